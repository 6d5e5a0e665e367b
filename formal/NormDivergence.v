(** * The unobserved entry and the singular values          (norm-divergence)

    RC2020, Theorem 1.  The observed entries of the 2 x 2 matrix W are w_12 = 1,
    w_21 = 1, w_22 = 0; rho is at least the root of twice the loss,
    (w_12 - 1)^2 + (w_21 - 1)^2 + w_22^2 <= rho^2, and 0 < rho < 1.
    If det W > 0 then
      |w_11| >= (1 - rho)^2 / rho,
    for every sorted singular value decomposition of W
      sigma_2 <= rho,   sigma_1 >= (1 - rho)^2 / rho,
      rho^2 sigma_1 >= (1 - rho)^2 sigma_2,
    and for every quasi-norm nu with constant c
      c (nu(W) + c (1 + rho) nu(E_12) + c^2 ((1 + rho) nu(E_21) + rho nu(E_22)))
        >= (1 - rho)^2 / rho nu(E_11).
    The bound on sigma_2 needs a row v with |v W| <= rho |v|: on the segment from
    the matrix with the entries w_11, 1, 1, 0, whose determinant is -1, to W there
    is a singular matrix, which is nearer to W than rho. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics Spectral SVD.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Lemma det_2 (R : comRingType) (M : 'M[R]_2) : \det M = M 0 0 * M 1 1 - M 0 1 * M 1 0.
Proof.
rewrite (expand_det_row _ 0) !big_ord_recl big_ord0 addr0 /cofactor.
rewrite !det_mx11 !mxE /= expr0 expr1 mul1r mulN1r mulrN.
by congr (_ * M _ _ - M _ _ * M _ _); apply/val_inj.
Qed.

Section Entry.

Variables (R : realFieldType) (W : 'M[R]_2) (rho : R).
Hypotheses (rho0 : 0 < rho) (rho1 : rho < 1).
Hypothesis close : (W 0 1 - 1) ^+ 2 + (W 1 0 - 1) ^+ 2 + W 1 1 ^+ 2 <= rho ^+ 2.

Lemma norm_le_sqr (x y : R) : 0 <= y -> x ^+ 2 <= y ^+ 2 -> `|x| <= y.
Proof. by move=> y0 h; rewrite -(@ler_pexpn2r _ 2) ?nnegrE // real_normK ?num_real. Qed.

Lemma close01_sqr : (W 0 1 - 1) ^+ 2 <= rho ^+ 2.
Proof. by apply: le_trans close; rewrite -addrA ler_addl addr_ge0 ?sqr_ge0. Qed.

Lemma close10_sqr : (W 1 0 - 1) ^+ 2 <= rho ^+ 2.
Proof. by apply: le_trans close; rewrite addrAC ler_addr addr_ge0 ?sqr_ge0. Qed.

Lemma observed_ge (x : R) : (x - 1) ^+ 2 <= rho ^+ 2 -> 1 - rho <= x.
Proof.
move/(norm_le_sqr (ltW rho0)); rewrite ler_norml => /andP[h _].
by rewrite -(ler_add2r (-1)) addrAC subrr add0r.
Qed.

Lemma close11 : `|W 1 1| <= rho.
Proof.
apply: norm_le_sqr (ltW rho0) (le_trans _ close).
by rewrite ler_addr addr_ge0 ?sqr_ge0.
Qed.

(** The unobserved entry. *)
Theorem free_entry_large : 0 < \det W -> (1 - rho) ^+ 2 / rho <= `|W 0 0|.
Proof.
move=> dW; rewrite ler_pdivr_mulr //.
have r0 : 0 <= 1 - rho by rewrite subr_ge0 ltW.
have h1 : (1 - rho) ^+ 2 <= W 0 1 * W 1 0.
  by rewrite expr2; apply: ler_pmul => //; apply: observed_ge; [exact: close01_sqr | exact: close10_sqr].
have h2 : W 0 1 * W 1 0 <= W 0 0 * W 1 1 by move: dW; rewrite det_2 subr_gt0 => /ltW.
apply: le_trans h1 (le_trans h2 (le_trans (ler_norm _) _)).
by rewrite normrM ler_wpmul2l ?close11.
Qed.

Lemma observed_le (x : R) : `|x - 1| <= rho -> `|x| <= 1 + rho.
Proof.
move=> h; rewrite -[x](subrK 1) addrC; apply: le_trans (ler_norm_add _ _) _.
by rewrite normr1 ler_add2l.
Qed.

(** Every quasi-norm nu with constant c; a norm is one with c = 1. *)
Theorem quasi_norm_large (nu : 'M[R]_2 -> R) (c : R) : 0 < c ->
  (forall Z, 0 <= nu Z) ->
  (forall Z X, nu (Z + X) <= c * (nu Z + nu X)) ->
  (forall x Z, nu (x *: Z) = `|x| * nu Z) ->
  0 < \det W ->
  (1 - rho) ^+ 2 / rho * nu (delta_mx 0 0) <=
  c * (nu W + (c * (1 + rho) * nu (delta_mx 0 1)
               + c ^+ 2 * ((1 + rho) * nu (delta_mx 1 0) + rho * nu (delta_mx 1 1)))).
Proof.
move=> c0 nu0 tri mult dW; have c1 := ltW c0.
have multN x Z : nu (- (x *: Z)) = `|x| * nu Z by rewrite -scaleNr mult normrN.
have e : W 0 0 *: delta_mx 0 0 = W + (- (W 0 1 *: delta_mx 0 1)
   + (- (W 1 0 *: delta_mx 1 0) + - (W 1 1 *: delta_mx 1 1))) :> 'M[R]_2.
  have ord2 (k : 'I_2) : k = 0 \/ k = 1.
    by case: k => -[|[|//]] p; [left | right]; apply/val_inj.
  apply/matrixP=> i l; rewrite !mxE.
  by case: (ord2 i) (ord2 l) => -> [] ->; rewrite /= ?mulr1 ?mulr0 ?oppr0 ?addr0 ?add0r ?subrr.
have h01 := observed_le (norm_le_sqr (ltW rho0) close01_sqr).
have h10 := observed_le (norm_le_sqr (ltW rho0) close10_sqr).
apply: (@le_trans _ _ (nu (W 0 0 *: delta_mx 0 0))).
  by rewrite mult ler_wpmul2r // free_entry_large.
rewrite e; apply: le_trans (tri _ _) _; rewrite ler_wpmul2l // ler_add2l.
apply: le_trans (tri _ _) _; rewrite [X in X <= _]mulrDr; apply: ler_add.
  by rewrite multN -mulrA ler_wpmul2l // ler_wpmul2r.
rewrite expr2 -mulrA; rewrite ler_wpmul2l //; apply: le_trans (tri _ _) _.
by rewrite ler_wpmul2l // !multN; apply: ler_add; rewrite ler_wpmul2r // close11.
Qed.

(** An arbitrary bound. *)
Theorem arbitrary_bound (nu : 'M[R]_2 -> R) (c t : R) : 0 < c ->
  (forall Z, 0 <= nu Z) ->
  (forall Z X, nu (Z + X) <= c * (nu Z + nu X)) ->
  (forall x Z, nu (x *: Z) = `|x| * nu Z) ->
  0 < \det W -> 2%:R * rho <= 1 ->
  4%:R * c * (t + c * (2%:R * nu (delta_mx 0 1)
                       + c * (2%:R * nu (delta_mx 1 0) + 2%:R * nu (delta_mx 1 1)))) * rho
    <= nu (delta_mx 0 0) ->
  t <= nu W.
Proof.
move=> c0 nu0 tri mult dW r2; set K := c * (2%:R * _ + _) => ht.
have c1 := ltW c0; have r0 := ltW rho0.
have h := quasi_norm_large c0 nu0 tri mult dW; set k := c * (1 + rho) * _ + _ in h.
have kK : k <= K.
  have one : 1 + rho <= 2%:R by rewrite (natrD _ 1 1) ler_add2l ltW.
  have rle : rho <= 2%:R by apply: le_trans one; rewrite ler_addr ler01.
  rewrite /k /K expr2 -!mulrA -mulrDr ler_wpmul2l // ler_add ?ler_wpmul2r // ler_wpmul2l //.
  by rewrite ler_add // ler_wpmul2r.
have q : (4%:R * rho)^-1 <= (1 - rho) ^+ 2 / rho.
  rewrite invfM ler_wpmul2r ?invr_ge0 // (natrM _ 2 2) invfM -expr2.
  have half : 2%:R^-1 <= 1 - rho.
    rewrite -(ler_pmul2l (_ : 0 < 2%:R)) ?ltr0n // mulfV ?pnatr_eq0 // mulrBr mulr1 ler_subr_addr.
    by rewrite [X in _ <= X](natrD _ 1 1) ler_add2l.
  by rewrite ler_expn2r ?nnegrE ?invr_ge0 ?ler0n // (le_trans _ half) ?invr_ge0 ?ler0n.
have {}h : c * (t + K) <= c * (nu W + k).
  apply: le_trans h; apply: le_trans (ler_wpmul2r (nu0 _) q).
  rewrite ler_pdivl_mull ?mulr_gt0 ?ltr0n //; apply: le_trans ht.
  by rewrite -mulrA mulrAC !mulrA.
rewrite ler_pmul2l // in h; rewrite -(ler_add2r K); apply: le_trans h _.
by rewrite ler_add2l.
Qed.

End Entry.

Section SingularValues.

Variables (R : rcfType) (n : nat).
Implicit Types (W U V : 'M[R]_n.+1) (v : 'rV[R]_n.+1).

(** |v W|^2 between the extreme squared singular values. *)
Lemma dot_svd W U V (s : 'I_n.+1 -> R) v : orthogonal U -> orthogonal V ->
  W = U *m Diag s *m V^T ->
  dot (v *m W) (v *m W) = \sum_k ((v *m U) 0 k * s k) ^+ 2.
Proof.
move=> oU oV ->; rewrite !mulmxA dot_mulmx trmxK /dot.
rewrite -[v *m U *m _ *m V^T *m V]mulmxA orthogonalT // mulmx1 -/(dot _ _).
by rewrite dotE; apply: eq_bigr => k _; rewrite mul_mx_DiagE expr2.
Qed.

Lemma dot_orth U v : orthogonal U -> dot (v *m U) (v *m U) = dot v v.
Proof. by move=> oU; rewrite dot_mulmx -mulmxA oU mulmx1. Qed.

Lemma smallest_singular_le W U V (s : 'I_n.+1 -> R) v (r : R) :
  orthogonal U -> orthogonal V -> (forall i, 0 <= s i) ->
  (forall i l : 'I_n.+1, (i <= l)%N -> s l <= s i) ->
  W = U *m Diag s *m V^T -> 0 <= r -> v != 0 ->
  dot (v *m W) (v *m W) <= r ^+ 2 * dot v v -> s ord_max <= r.
Proof.
move=> oU oV s0 dec eW r0 v0; rewrite (dot_svd v oU oV eW) => h.
have vv : 0 < dot v v by rewrite lt0r dot_eq0 v0 dot_ge0.
rewrite -(@ler_pexpn2r _ 2) ?nnegrE // -(ler_pmul2r vv); apply: le_trans h.
rewrite -(dot_orth v oU) dotE mulr_sumr; apply: ler_sum => k _.
rewrite exprMn -[X in _ * X <= _]expr2 mulrC; apply: ler_wpmul2r; first exact: sqr_ge0.
by rewrite ler_pexpn2r ?nnegrE // dec // -ltnS.
Qed.

Lemma largest_singular_ge W U V (s : 'I_n.+1 -> R) i l :
  orthogonal U -> orthogonal V -> (forall i, 0 <= s i) ->
  (forall i l : 'I_n.+1, (i <= l)%N -> s l <= s i) ->
  W = U *m Diag s *m V^T -> `|W i l| <= s 0.
Proof.
move=> oU oV s0 dec eW.
rewrite -(@ler_pexpn2r _ 2) ?nnegrE // real_normK ?num_real //.
pose v : 'rV[R]_n.+1 := delta_mx 0 i.
have v1 : dot v v = 1 by rewrite /dot /v trmx_delta mul_delta_mx mxE !eqxx.
apply: (@le_trans _ _ (dot (v *m W) (v *m W))).
  rewrite dotE (bigD1 l) //= -rowE mxE -expr2 ler_addl.
  by apply: sumr_ge0 => k _; rewrite -expr2 sqr_ge0.
rewrite (dot_svd v oU oV eW) -[X in _ <= X]mulr1 -v1 -(dot_orth v oU) dotE mulr_sumr.
apply: ler_sum => k _; rewrite exprMn -[X in _ <= _ * X]expr2 mulrC.
by apply: ler_wpmul2r; [exact: sqr_ge0 | rewrite ler_pexpn2r ?nnegrE // dec].
Qed.

End SingularValues.

Section Divergence.

Variables (R : rcfType) (W : 'M[R]_2) (rho : R).
Hypotheses (rho0 : 0 < rho) (rho1 : rho < 1).
Hypothesis close : (W 0 1 - 1) ^+ 2 + (W 1 0 - 1) ^+ 2 + W 1 1 ^+ 2 <= rho ^+ 2.
Hypothesis dW : 0 < \det W.

Add Ring nd_ring : (ring_bridge R).

(** The segment from [[w_11, 1], [1, 0]] (det -1) to W (det > 0). *)
Lemma root_on_segment : exists2 s : R, 0 <= s <= 1 &
  W 0 0 * (s * W 1 1) - (1 + s * (W 0 1 - 1)) * (1 + s * (W 1 0 - 1)) = 0.
Proof.
pose p : {poly R} := (W 0 0)%:P * ('X * (W 1 1)%:P)
  - (1 + 'X * (W 0 1 - 1)%:P) * (1 + 'X * (W 1 0 - 1)%:P).
have pE s : p.[s] = W 0 0 * (s * W 1 1) - (1 + s * (W 0 1 - 1)) * (1 + s * (W 1 0 - 1)).
  by rewrite /p !hornerE.
have [||s s01 /rootP ps] := @poly_ivt R p 0 1; first exact: ler01.
  rewrite !pE !mul0r mulr0 !addr0 mulr1 sub0r oppr_le0 ler01 /=.
  rewrite !mul1r [1 + _]addrC subrK [1 + _]addrC subrK.
  by move: dW; rewrite det_2 => /ltW.
by exists s; rewrite // -pE.
Qed.

(** A row v with |v W| <= rho |v|. *)
Lemma short_row : exists2 v : 'rV[R]_2, v != 0 & dot (v *m W) (v *m W) <= rho ^+ 2 * dot v v.
Proof.
have [s /andP[s0 s1] e] := root_on_segment.
pose E : 'M[R]_2 := \matrix_(i, l) if (i == 0) && (l == 0) then 0 else
   W i l - (if i == l then 0 else 1).
have [E00 E01 E10 E11] :
    [/\ E 0 0 = 0, E 0 1 = W 0 1 - 1, E 1 0 = W 1 0 - 1 & E 1 1 = W 1 1].
  by rewrite !mxE /= !subr0.
pose EE := (E00, E01, E10, E11).
pose M := W - (1 - s) *: E.
have ME i l : M i l = W i l - (1 - s) * E i l by rewrite !mxE.
have : \det M == 0.
  apply/eqP; rewrite det_2 !ME !EE -[RHS]e.
  move: (W 0 0) (W 0 1) (W 1 0) (W 1 1) => x b c q; mcring R.
case/det0P => v v0 vM; exists v => //.
have -> : v *m W = (1 - s) *: (v *m E).
  by apply/eqP; rewrite -subr_eq0 -vM /M mulmxBr -scalemxAr.
have ss : (1 - s) ^+ 2 <= 1.
  rewrite expr_le1 // ?subr_ge0 //.
  by rewrite ler_subl_addr ler_addl.
have vE : dot (v *m E) (v *m E) <= rho ^+ 2 * dot v v.
  apply: le_trans (ler_wpmul2r (dot_ge0 v) close).
  rewrite !dotE !big_ord_recl !big_ord0 !addr0 ![(v *m E) _ _]mxE.
  rewrite !big_ord_recl !big_ord0 !addr0.
  have -> : lift ord0 ord0 = 1 :> 'I_2 by apply/val_inj.
  have -> : ord0 = 0 :> 'I_2 by [].
  rewrite !EE; move: (v 0 0) (v 0 1) (W 0 1 - 1) (W 1 0 - 1) (W 1 1) => p q a b c.
  rewrite -subr_ge0 (_ : _ - _ = (p * b) ^+ 2 + (q * a - p * c) ^+ 2).
    by rewrite addr_ge0 ?sqr_ge0.
  mcring R.
rewrite dotZl dotZr mulrA -expr2; apply: le_trans vE.
by rewrite ler_pimull ?dot_ge0.
Qed.

(** The singular values. *)
Theorem singular_values_separate U V (s : 'I_2 -> R) :
  orthogonal U -> orthogonal V -> (forall i, 0 <= s i) ->
  (forall i l : 'I_2, (i <= l)%N -> s l <= s i) ->
  W = U *m Diag s *m V^T ->
  s 1 <= rho /\ (1 - rho) ^+ 2 / rho <= s 0.
Proof.
move=> oU oV s0 dec eW; split; last first.
  apply: le_trans (free_entry_large rho0 rho1 close dW) _.
  exact: largest_singular_ge oU oV s0 dec eW.
have [v v0 h] := short_row.
have -> : (1 : 'I_2) = ord_max by apply/val_inj.
exact: (smallest_singular_le oU oV s0 dec eW (ltW rho0) v0 h).
Qed.

Theorem singular_value_ratio U V (s : 'I_2 -> R) :
  orthogonal U -> orthogonal V -> (forall i, 0 <= s i) ->
  (forall i l : 'I_2, (i <= l)%N -> s l <= s i) ->
  W = U *m Diag s *m V^T ->
  (1 - rho) ^+ 2 * s 1 <= rho ^+ 2 * s 0.
Proof.
move=> oU oV s0 dec eW; have [h1] := singular_values_separate oU oV s0 dec eW.
rewrite ler_pdivr_mulr // => h0.
apply: (@le_trans _ _ ((1 - rho) ^+ 2 * rho)); first by rewrite ler_wpmul2l ?sqr_ge0.
have -> : rho ^+ 2 * s 0 = s 0 * rho * rho by rewrite expr2 mulrC mulrA.
by rewrite ler_wpmul2r // ltW.
Qed.

End Divergence.

