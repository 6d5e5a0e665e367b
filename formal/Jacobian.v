(** * The Jacobian of the singular value decomposition          (svd-jacobian)

    CMV2023, Lemma 2.7: up to orientation
       dW = van(Sigma^2) dSigma dU dV.
    A tangent vector is a diagonal matrix S and two skew matrices A = U^T dU,
    B = V^T dV; the differential of (U, Sigma, V) |-> U Sigma V^T is
       (S, A, B) |-> U (A Sigma + S - Sigma B) V^T.
    The d^2 coordinates are the S_ii, the A_il and the B_il with i < l; we keep
    them in one d x d matrix T:
       S_ii = T_ii,   A_il = T_il,   B_il = T_li      (i < l).
    Then the d^2 x d^2 determinant of the differential is
       +- prod_{i<l} (sigma_l^2 - sigma_i^2). *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics BlockDet Operator Metric Pushforward Balancedness.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

(** ** The determinant of T |-> (c_il T_il + e_il T_li) *)

Lemma det_mx_small (R : comRingType) n (M : nat -> nat -> R) :
  \det (\matrix_(a < n, b < n) M a b) =
  if n == 2%N then M 0%N 0%N * M 1%N 1%N - M 0%N 1%N * M 1%N 0%N
  else if n == 1%N then M 0%N 0%N else \det (\matrix_(a < n, b < n) M a b).
Proof.
case: eqP => [->|_]; last by case: eqP => // ->; rewrite det_mx11 mxE.
rewrite (expand_det_row _ 0) !big_ord_recl big_ord0 addr0 /cofactor.
by rewrite !det_mx11 !mxE /= expr0 expr1 mul1r mulN1r mulrN.
Qed.

Section PairMaps.

Variables (R : comRingType) (d : nat) (c e : 'I_d -> 'I_d -> R).

Definition pairmap (T : 'M[R]_d) : 'M[R]_d :=
  \matrix_(i, l) (c i l * T i l + e i l * T l i).

Lemma pairmap_is_linear : linear pairmap.
Proof.
move=> a A B; apply/matrixP=> i l; rewrite !mxE !mulrDr addrACA; congr (_ + _).
by rewrite ![_ * (a * _)]mulrCA.
Qed.
Canonical pairmap_linear := Linear pairmap_is_linear.

(** The blocks: one index for i = l, two for i < l, none for i > l. *)
Let k (p : 'I_d * 'I_d) : nat :=
  (if (p.1 < p.2) then 2 else if p.1 == p.2 then 1 else 0)%N.

Let posn (p : 'I_d * 'I_d) (a : nat) : 'I_(d * d) :=
  if a == 0%N then mxvec_index p.1 p.2 else mxvec_index p.2 p.1.
Let pos (p : 'I_d * 'I_d) (a : 'I_(k p)) : 'I_(d * d) := posn p a.

Let k_le p (a : 'I_(k p)) : (p.1 <= p.2)%N.
Proof.
case: a; rewrite /k; case: ltngtP => // lt m.
by case: eqP => // eq12; rewrite eq12 ltnn in lt.
Qed.

Let k_lt p (a : 'I_(k p)) : (0 < a)%N -> (p.1 < p.2)%N.
Proof.
case: a => m /=; rewrite /k; case: (p.1 < p.2)%N => //.
by case: eqP => // _; rewrite ltnS leqn0 => /eqP ->.
Qed.

Let posE p (a : 'I_(k p)) : exists i l, [/\ pos a = mxvec_index i l,
   p = (if (i <= l)%N then (i, l) else (l, i)) & (a == 0%N :> nat) = (i <= l)%N].
Proof.
rewrite /pos /posn; case: (posnP a) => [_|a0].
  by exists p.1, p.2; rewrite (k_le a); split=> //; case: p a.
exists p.2, p.1; rewrite leqNgt (k_lt a0) /=; split=> //.
by case: p a a0.
Qed.

Let blk (i l : 'I_d) : R :=
  if (i < l)%N then c i l * c l i - e i l * e l i else if i == l then c i i else 1.

Hypothesis e0 : forall i, e i i = 0.

Theorem det_pairmap :
  \det (lin_mx pairmap) =
  (\prod_(i < d) c i i) *
  \prod_(i < d) \prod_(l < d | (i < l)%N) (c i l * c l i - e i l * e l i).
Proof.
have ME i j m n : lin_mx pairmap (mxvec_index i j) (mxvec_index m n) =
    c m n *+ ((i == m) && (j == n)) + e m n *+ ((i == n) && (j == m)).
  rewrite (lin_mxE pairmap_linear) !mxE !mulr_natr.
  by rewrite (eq_sym m i) (eq_sym n j) (eq_sym n i) (eq_sym m j).
move: (lin_mx pairmap) ME => L ME; rewrite (@det_blocks _ _ _ k pos).
- rewrite (eq_bigr (fun p => blk p.1 p.2)); last first.
    move=> [i l] _; rewrite (det_mx_small _ (fun a b => L (posn (i, l) a) (posn (i, l) b))).
    rewrite /k /blk /posn /=; case: (boolP (i < l)%N) => il /=.
      have ne : (i == l) = false by apply/negbTE/eqP => e1; move: il; rewrite e1 ltnn.
      rewrite !ME !eqxx [l == i]eq_sym ne /= !mulr1n !mulr0n !addr0 !add0r.
      by rewrite [e l i * _]mulrC.
    case: (i =P l) => [e1|_] /=; last by rewrite det_mx00.
    by rewrite -e1 ME eqxx /= e0 mul0rn addr0 mulr1n.
  rewrite -(pair_bigA _ blk) /= /blk.
  rewrite prod_pairs; congr (_ * _).
    by apply: eq_bigr => i _; rewrite ltnn eqxx.
  apply: eq_bigr => i _; apply: eq_bigr => l il; rewrite il ltnNge (ltnW il) /=.
  case: (l =P i) => [e1|_]; last by rewrite mulr1.
  by move: il; rewrite e1 ltnn.
- move=> p a b eab; apply/val_inj.
  have [i [l [ea ep h]]] := posE a; have [i' [l' [eb ep' h']]] := posE b.
  move: eab; rewrite ea eb => /mxvec_index_inj [ei el]; subst i' l'.
  have hab : (a == 0%N :> nat) = (b == 0%N :> nat) by rewrite h h'.
  case: (posnP a) hab => [a0 /esym/eqP b0|a0 hb].
    exact: etrans a0 (esym b0).
  have kp : k p = 2%N by rewrite /k (k_lt a0).
  have b0 : (0 < b)%N by rewrite lt0n -hb //.
  have a1 : (a <= 1)%N by rewrite -ltnS -kp.
  have b1 : (b <= 1)%N by rewrite -ltnS -kp.
  by apply/eqP; rewrite eqn_leq (leq_trans a1 b0) (leq_trans b1 a0).
- move=> p q a b eab.
  have [i [l [ea ep _]]] := posE a; have [i' [l' [eb eq _]]] := posE b.
  by rewrite ep eq; move: eab; rewrite ea eb => /mxvec_index_inj [-> ->].
- move=> x; case/mxvec_indexP: x => i l; case: (ltngtP i l) => [il|li|/val_inj ->].
  + exists (i, l); have h : (0 < k (i, l))%N by rewrite /k /= il.
    by exists (Ordinal h).
  + exists (l, i); have h : (1 < k (l, i))%N by rewrite /k /= li.
    by exists (Ordinal h).
  + exists (l, l); have h : (0 < k (l, l))%N by rewrite /k /= ltnn eqxx.
    by exists (Ordinal h).
- move=> p q a b npq.
  have [i [l [ea ep _]]] := posE a; have [i' [l' [eb eq _]]] := posE b.
  rewrite ea eb ME; case: andP => [[/eqP ei /eqP el]|_].
    by case/negP: npq; rewrite ep eq ei el.
  case: andP => [[/eqP ei /eqP el]|_]; last by rewrite !mulr0n addr0.
  case/negP: npq; rewrite ep eq ei el.
  by case: (ltngtP i' l') => // /val_inj ->.
Qed.

End PairMaps.

(** ** The differential of (U, Sigma, V) |-> U Sigma V^T *)

Section Jacobian.

Variables (R : comRingType) (d : nat).
Implicit Types (T U V : 'M[R]_d) (s : 'I_d -> R).

(** The diagonal part dSigma, and the skew matrices U^T dU and V^T dV. *)
Definition dSigma T : 'M[R]_d := Diag (fun i => T i i).
Definition dU T : 'M[R]_d :=
  \matrix_(i, l) if (i < l)%N then T i l else if (l < i)%N then - T l i else 0.
Definition dV T : 'M[R]_d :=
  \matrix_(i, l) if (i < l)%N then T l i else if (l < i)%N then - T i l else 0.

Lemma dU_skew T : skew_mx (dU T).
Proof. by apply/matrixP=> i l; rewrite !mxE; case: ltngtP; rewrite ?opprK ?oppr0. Qed.

Lemma dV_skew T : skew_mx (dV T).
Proof. by apply/matrixP=> i l; rewrite !mxE; case: ltngtP; rewrite ?opprK ?oppr0. Qed.

(** U (A Sigma + S - Sigma B) V^T with Sigma = diag(s). *)
Definition dsvd U V s T : 'M[R]_d :=
  U *m (dU T *m Diag s + dSigma T - Diag s *m dV T) *m V^T.

(** The differential of (U, L, V) |-> U L V^T in the directions U A, S, V B with
    B skew: the coefficient of tau in U (1 + tau A) (L + tau S) (V (1 + tau B))^T. *)
Lemma triple_first_order U V A L S B : skew_mx B ->
  coef_mx 1 ((map_mx polyC U + 'X *: map_mx polyC (U *m A))
             *m (map_mx polyC L + 'X *: map_mx polyC S)
             *m (map_mx polyC V + 'X *: map_mx polyC (V *m B))^T)
  = U *m (A *m L + S - L *m B) *m V^T.
Proof.
move=> sB.
have -> : (map_mx polyC V + 'X *: map_mx polyC (V *m B))^T =
   map_mx polyC V^T + 'X *: map_mx polyC (V *m B)^T.
  by rewrite linearD linearZ /= !map_trmx.
have -> : (map_mx polyC U + 'X *: map_mx polyC (U *m A))
          *m (map_mx polyC (L) + 'X *: map_mx polyC (S)) =
   map_mx polyC (U *m L) + 'X *: (map_mx polyC (U *m S + U *m A *m L)
      + 'X *: map_mx polyC (U *m A *m S)).
  rewrite mulmxDl !mulmxDr -!scalemxAl -!scalemxAr -!map_mxM !scalerDr !map_mxD scalerDr.
  by rewrite !addrA.
set M0 := U *m L; set M1 := U *m S + _; set M2 := U *m A *m _.
have -> : (map_mx polyC M0 + 'X *: (map_mx polyC M1 + 'X *: map_mx polyC M2))
   *m (map_mx polyC V^T + 'X *: map_mx polyC (V *m B)^T) =
   map_mx polyC (M0 *m V^T) + 'X *: (map_mx polyC (M0 *m (V *m B)^T + M1 *m V^T)
     + 'X *: (map_mx polyC (M1 *m (V *m B)^T) +
        (map_mx polyC M2) *m (map_mx polyC V^T + 'X *: map_mx polyC (V *m B)^T))).
  rewrite mulmxDl -scalemxAl mulmxDl -[('X *: _) *m _ in LHS]scalemxAl.
  rewrite mulmxDr -scalemxAr -!map_mxM -addrA -scalerDr; congr (_ + _ *: _).
  rewrite [map_mx _ M1 *m _]mulmxDr -[map_mx _ M1 *m ('X *: _)]scalemxAr -!map_mxM.
  by rewrite map_mxD -!addrA scalerDr.
rewrite coef_mx1_line coef_mx0_line /M0 /M1 trmx_mul sB.
rewrite mulNmx mulmxN !mulmxDl !mulmxDr !mulmxDl !mulmxA mulmxN mulNmx.
by rewrite !mulmxA addrC [X in X - _]addrC.
Qed.

(** This is the differential: the coefficient of tau in
    U (1 + tau A) (Sigma + tau S) (V (1 + tau B))^T. *)
Theorem dsvd_first_order U V s T :
  coef_mx 1 ((map_mx polyC U + 'X *: map_mx polyC (U *m dU T))
             *m (map_mx polyC (Diag s) + 'X *: map_mx polyC (dSigma T))
             *m (map_mx polyC V + 'X *: map_mx polyC (V *m dV T))^T)
  = dsvd U V s T.
Proof. by apply: triple_first_order; apply: dV_skew. Qed.

Lemma dsvd_is_linear U V s : linear (dsvd U V s).
Proof.
move=> a A B; rewrite /dsvd.
have -> : dU (a *: A + B) = a *: dU A + dU B.
  by apply/matrixP=> i l; rewrite !mxE; do 2?case: ifP => _;
     rewrite ?opprD ?mulrN ?mulr0 ?addr0.
have -> : dV (a *: A + B) = a *: dV A + dV B.
  by apply/matrixP=> i l; rewrite !mxE; do 2?case: ifP => _;
     rewrite ?opprD ?mulrN ?mulr0 ?addr0.
have -> : dSigma (a *: A + B) = a *: dSigma A + dSigma B.
  by apply/matrixP=> i l; rewrite !mxE mulrnDl mulrnAr.
rewrite [(_ + _) *m Diag s]mulmxDl [Diag s *m (_ + _)]mulmxDr -scalemxAl -scalemxAr opprD -scalerN.
rewrite -[RHS]/(a *: twist U V _ + twist U V _) -(linearP (twist_linear U V)) /= /twist; congr (_ *m _ *m _).
by rewrite [in RHS]scalerDr [in RHS]scalerDr [X in X + _ = _]addrACA addrACA.
Qed.
Canonical dsvd_linear U V s := Linear (dsvd_is_linear U V s).

Theorem svd_jacobian U V s : orthogonal U -> orthogonal V ->
  \det (lin_mx (dsvd U V s)) =
  \det (lin_mx (twist U V)) *
  \prod_(i < d) \prod_(l < d | (i < l)%N) (s l ^+ 2 - s i ^+ 2).
Proof.
move=> oU oV.
pose c (i l : 'I_d) := if (i < l)%N then s l else if (l < i)%N then s i else 1.
pose e (i l : 'I_d) := if (i < l)%N then - s i else if (l < i)%N then - s l else 0.
have -> : lin_mx (dsvd U V s) = lin_mx (pairmap c e) *m lin_mx (twist U V).
  rewrite -lin_mx_comp; apply: lin_mx_ext => T /=; rewrite /dsvd /twist.
  congr (_ *m _ *m _); apply/matrixP=> i l.
  rewrite mxE [X in X + _ = _]mxE [X in _ + X = _]mxE mul_mx_DiagE mul_DiagE DiagE.
  rewrite !mxE /c /e.
  case: ltngtP => [il|li|/val_inj ->].
  - rewrite (_ : (i == l) = false) ?mulr0n ?addr0 1?mulrC ?mulNr //.
    by apply/negbTE/eqP=> h; rewrite h ltnn in il.
  - rewrite (_ : (i == l) = false) ?mulr0n ?addr0 ?mulrN ?mulNr ?opprK //.
      by rewrite addrC mulrC [T l i * _]mulrC.
    by apply/negbTE/eqP=> h; rewrite h ltnn in li.
  - by rewrite eqxx mulr0 subr0 mul0r add0r mul1r mul0r addr0.
rewrite det_mulmx mulrC det_pairmap => [|i]; last by rewrite /e ltnn.
rewrite big1 ?mul1r => [|i _]; last by rewrite /c ltnn.
congr (_ * _); apply: eq_bigr => i _; apply: eq_bigr => l il.
by rewrite /c /e il ltnNge (ltnW il) /= mulrNN !expr2.
Qed.

(** Up to orientation the determinant is van(Sigma^2). *)
Theorem svd_jacobian_squared U V s : orthogonal U -> orthogonal V ->
  \det (lin_mx (dsvd U V s)) ^+ 2 = van (fun i => s i ^+ 2) ^+ 2.
Proof.
move=> oU oV; rewrite svd_jacobian // exprMn det_twist_sqr // mul1r.
rewrite -!prodrXl; apply: eq_bigr => i _; rewrite -!prodrXl.
by apply: eq_bigr => l _; rewrite -sqrrN opprB.
Qed.

End Jacobian.
