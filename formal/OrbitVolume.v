(** * The volume of the orbit: the Gram determinant           (orbit-volume)

    See Orbit.v for the setting.  The Gram matrix of the velocities of the
    fibre (Q_1, ..., Q_{N-1} turning, W fixed) is one matrix with rows and
    columns indexed by the pairs (k, (i,l)), 1 <= k <= N-1, i < l, and
      det(orbit) van(Sigma^(2/N)) = det(so(d)^{N-1}) van(Sigma^2),
    so that for distinct singular values (MY2025)
      vol(O_W) / c_d^{N-1} = sqrt(det(orbit) / det(so(d)^{N-1}))
                           = sqrt(van(Sigma^2) / van(Sigma^(2/N))). *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum Pairs Tridiagonal BlockDet Operator.
From DLN Require Import Metric Pushforward Balancedness Jacobian Orbit.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Gram.

Variables (R : comRingType) (d N : nat) (Q : nat -> 'M[R]_d) (t : 'I_d -> R).
Add Ring Rring : (ring_bridge R).

(** Q_k turns in the plane (i,l); everything else stands still. *)
Definition turn_velocity (k : nat) (p : pair_lt d) : nat -> 'M[R]_d :=
  velocity Q t (turn R k p) (Diag (fun=> 0)).

(** The Gram matrix of the velocities of the fibre. *)
Definition orbit_gram : 'M[R]_#|{: 'I_(N - 1) * pair_lt d}| :=
  fin_matrix (fun x y : 'I_(N - 1) * pair_lt d =>
    frob_tuple N (turn_velocity x.1.+1 x.2) (turn_velocity y.1.+1 y.2)).

(** The Gram matrix of the same basis of so(d)^{N-1} for Tr(a^T a). *)
Definition group_gram : 'M[R]_#|{: 'I_(N - 1) * pair_lt d}| :=
  fin_matrix (fun x y : 'I_(N - 1) * pair_lt d =>
    if x.1 == y.1 then frob (rot R x.2) (rot R y.2) else 0).

Lemma prod_pair_lt (f : 'I_d -> 'I_d -> R) :
  \prod_(p : pair_lt d) f (val p).1 (val p).2 =
  \prod_(i < d) \prod_(l < d | (i < l)%N) f i l.
Proof.
rewrite pair_big_dep /=.
rewrite (reindex_omap (val : pair_lt d -> _) insub) /=; last first.
  by move=> p hp; rewrite insubT.
apply: eq_bigl => p; rewrite (valP p) /=; apply/esym/eqP.
by rewrite valK.
Qed.

(** det_blocks for an index set I x J that is block diagonal over J. *)
Lemma det_fin_matrix (I J : finType) n (f : 'I_n -> I) (b : I * J -> I * J -> R) :
  bijective f ->
  (forall x y, x.2 != y.2 -> b x y = 0) ->
  \det (fin_matrix b) =
  \prod_(p : J) \det (\matrix_(k < n, k' < n) b (f k, p) (f k', p)).
Proof.
move=> [g fK gK] b0.
rewrite (@det_blocks _ _ J (fun=> n) (fun p k => enum_rank (f k, p))).
- apply: eq_bigr => p _; congr (\det _); apply/matrixP=> k k'.
  by rewrite !mxE !enum_rankK.
- by move=> p k k' /enum_rank_inj [/(can_inj fK)].
- by move=> p q k k' /enum_rank_inj [].
- move=> x; exists (enum_val x).2, (g (enum_val x).1).
  by rewrite gK -surjective_pairing enum_valK.
- by move=> p q k k' npq; rewrite !mxE !enum_rankK b0.
Qed.

Lemma rotE (p q : pair_lt d) :
  rot R q (val p).1 (val p).2 = (p == q)%:R /\ rot R q (val p).2 (val p).1 = - (p == q)%:R.
Proof.
case: p q => -[i l] /= il [[j m] /= jm]; rewrite /rot !mxE /=.
have -> : (exist _ (i, l) il == exist _ (j, m) jm :> pair_lt d) = (i == j) && (l == m).
  by rewrite -val_eqE.
have n1 : (i == m) && (l == j) = false.
  apply/negbTE/negP => /andP[/eqP e1 /eqP e2]; move: il; rewrite e1 e2.
  by rewrite ltnNge (ltnW jm).
by rewrite [(l == j) && _]andbC n1 [(l == m) && _]andbC subr0 sub0r.
Qed.

Lemma rot_DiagE (p : pair_lt d) :
  rot R p *m Diag t = t (val p).2 *: delta_mx (val p).1 (val p).2
                    - t (val p).1 *: delta_mx (val p).2 (val p).1.
Proof.
apply/matrixP=> i l; rewrite mul_mx_DiagE /rot !mxE mulrBl; congr (_ - _).
  by case: (l =P _) => [->|_]; rewrite ?andbF ?mul0r ?mulr0 // mulrC.
by case: (l =P _) => [->|_]; rewrite ?andbF ?mul0r ?mulr0 // mulrC.
Qed.

Lemma Diag_rotE (p : pair_lt d) :
  Diag t *m rot R p = t (val p).1 *: delta_mx (val p).1 (val p).2
                    - t (val p).2 *: delta_mx (val p).2 (val p).1.
Proof.
apply/matrixP=> i l; rewrite mul_DiagE /rot !mxE mulrBr; congr (_ - _).
  by case: (i =P _) => [->|_]; rewrite ?mulr0.
by case: (i =P _) => [->|_]; rewrite ?mulr0.
Qed.

Lemma frob_pair x y (p : pair_lt d) (M : 'M[R]_d) :
  frob (x *: delta_mx (val p).1 (val p).2 - y *: delta_mx (val p).2 (val p).1) M =
  x * M (val p).1 (val p).2 - y * M (val p).2 (val p).1.
Proof. by rewrite frobDl -scaleN1r !frobZl !frob_delta mulN1r. Qed.

(** The four inner products of rot p Lambda and Lambda rot p. *)
Let al (p : pair_lt d) : R := t (val p).1 ^+ 2 + t (val p).2 ^+ 2.
Let be (p : pair_lt d) : R := (t (val p).1 * t (val p).2) *+ 2.

Lemma frob_rD_rD (p q : pair_lt d) : frob (rot R p *m Diag t) (rot R q *m Diag t) = al p * (p == q)%:R.
Proof.
rewrite rot_DiagE frob_pair !mul_mx_DiagE; have [-> ->] := rotE p q.
by rewrite mulNr mulrN opprK ![_%:R * _]mulrC !mulrA -mulrDl addrC -!expr2.
Qed.

Lemma frob_Dr_Dr (p q : pair_lt d) : frob (Diag t *m rot R p) (Diag t *m rot R q) = al p * (p == q)%:R.
Proof.
rewrite Diag_rotE frob_pair !mul_DiagE; have [-> ->] := rotE p q.
by rewrite !mulrN opprK !mulrA -mulrDl -!expr2.
Qed.

Lemma frob_rD_Dr (p q : pair_lt d) : frob (rot R p *m Diag t) (Diag t *m rot R q) = be p * (p == q)%:R.
Proof.
rewrite rot_DiagE frob_pair !mul_DiagE; have [-> ->] := rotE p q.
by rewrite !mulrN opprK !mulrA -mulrDl /be mulr2n [t _ * t (val p).1]mulrC.
Qed.

Lemma frob_Dr_rD (p q : pair_lt d) : frob (Diag t *m rot R p) (rot R q *m Diag t) = be p * (p == q)%:R.
Proof.
rewrite frobC frob_rD_Dr eq_sym; case: eqP => [->//|_]; by rewrite !mulr0.
Qed.

Hypothesis oQ : forall k, orthogonal (Q k).

Lemma frob_velocity a b S T j :
  frob (velocity Q t a S j) (velocity Q t b T j) =
  frob (a j *m Diag t + S - Diag t *m a j.-1) (b j *m Diag t + T - Diag t *m b j.-1).
Proof. exact: frob_orth. Qed.

Lemma turn_scale k (p : pair_lt d) j : turn R k p j = (j == k)%:R *: rot R p.
Proof. by rewrite /turn; case: eqP => _; rewrite ?scale1r ?scale0r. Qed.

Lemma sum_indicator n k (f : nat -> R) :
  \sum_(1 <= j < n.+1) (j == k)%:R * f j = (0 < k <= n)%N%:R * f k.
Proof.
case: (boolP (0 < k <= n)%N) => h.
  rewrite (bigD1_seq k) ?iota_uniq ?mem_index_iota //= eqxx.
  by rewrite big1 ?addr0 // => j /negPf ->; rewrite mul0r.
rewrite mul0r big_nat_cond big1 // => j; rewrite andbT ltnS => hj.
by case: eqP => [jk|_]; [rewrite -jk hj in h | rewrite mul0r].
Qed.

Lemma sum_indicator_pred n k (f : nat -> R) :
  \sum_(1 <= j < n.+1) (j.-1 == k)%:R * f j = (k < n)%N%:R * f k.+1.
Proof.
rewrite -[(k < n)%N]/((0 < k.+1 <= n)%N) -sum_indicator.
rewrite big_nat_cond [RHS]big_nat_cond; apply: eq_bigr => j.
by rewrite andbT => /andP[]; case: j.
Qed.

Lemma frob_turn k (p : pair_lt d) k' (q : pair_lt d) :
  frob_tuple N (turn_velocity k p) (turn_velocity k' q) =
  (p == q)%:R *
   ((0 < k <= N)%N%:R * ((k == k')%:R * al p - (k.-1 == k')%:R * be p)
    + (k < N)%N%:R * ((k == k')%:R * al p - (k.+1 == k')%:R * be p)).
Proof.
rewrite -(sum_indicator _ _ (fun j => (j == k')%:R * al p - (j.-1 == k')%:R * be p)).
rewrite -(sum_indicator_pred _ _ (fun j => (j.-1 == k')%:R * al p - (j == k')%:R * be p)).
rewrite -big_split mulr_sumr /frob_tuple; apply: eq_bigr => j _ /=.
have D0 : Diag (fun=> 0) = 0 :> 'M[R]_d.
  by apply/matrixP=> i l; rewrite DiagE mxE mul0rn.
rewrite frob_velocity !turn_scale D0 !addr0 -!scalemxAl -!scalemxAr.
rewrite frobBr !frobZr -!scaleN1r !frobDl !frobZl !mulN1r.
rewrite frob_rD_rD frob_Dr_rD frob_rD_Dr frob_Dr_Dr.
move: (j == k)%:R (j.-1 == k)%:R (j == k')%:R (j.-1 == k')%:R (al p) (be p) (p == q)%:R.
clear; move=> x y x' y' A B e.
mcring R.
Qed.

Lemma frob_rot (p q : pair_lt d) : frob (rot R p) (rot R q) = (p == q)%:R *+ 2.
Proof.
have e : rot R p = 1 *: delta_mx (val p).1 (val p).2 - 1 *: delta_mx (val p).2 (val p).1.
  by rewrite !scale1r.
by rewrite e frob_pair; have [-> ->] := rotE p q; rewrite !mul1r opprK mulr2n.
Qed.

Lemma geom_double n (a b : R) : geom n.+1 (a *+ 2) (b *+ 2) = 2%:R ^+ n * geom n.+1 a b.
Proof.
rewrite !geom_ord mulr_sumr; apply: eq_bigr => j _ /=.
rewrite -(mulr_natl a) -(mulr_natl b) !exprMn mulrACA -exprD subnK //; by rewrite -ltnS.
Qed.

Lemma double_product (x y : R) :
  - ((x * y) *+ 2) * - ((x * y) *+ 2) = x ^+ 2 *+ 2 * (y ^+ 2 *+ 2).
Proof. by mcring R. Qed.

Lemma double_power (x y z : R) :
  2%:R * x * (2%:R * y * z) = y * (x * z) * (2%:R * 2%:R).
Proof. by mcring R. Qed.

Lemma cancel_squares (x y z v P q : R) : P * q = 1 ->
  x * y * z ^+ 2 * v * v = x * P ^+ 2 * y * z * q * v * z * q * v.
Proof.
move=> e; transitivity (x * y * z ^+ 2 * v * v * ((P * q) * (P * q))).
  by rewrite e; mcring R.
by mcring R.
Qed.

(** The entries of twice the Jacobi matrix. *)
Lemma tridiag_entry (k k' : nat) (x y z : R) :
  (k == k')%:R * (x + y) - (k == k'.+1)%:R * z
  + ((k == k')%:R * (x + y) - (k.+1 == k')%:R * z) =
  (if k == k' then x *+ 2 + y *+ 2
   else if k' == k.+1 then - z else if k == k'.+1 then - z else 0).
Proof.
have [->|n1] := eqVneq k k'.
  by rewrite (ltn_eqF (ltnSn k')) (gtn_eqF (ltnSn k')); mcring R.
rewrite (eq_sym k') mul0r !add0r; have [e2|n2] := eqVneq k.+1 k'.
  rewrite -e2 (ltn_eqF (leqW (ltnSn k))); mcring R.
by case: eqP => _; mcring R.
Qed.

Theorem orbit_gram_det : (0 < N)%N ->
  \det orbit_gram =
  \prod_(i < d) \prod_(l < d | (i < l)%N)
    (2%:R ^+ (N - 1) * geom N (t i ^+ 2) (t l ^+ 2)).
Proof.
move=> N0; rewrite -prod_pair_lt /orbit_gram (@det_fin_matrix _ _ (N - 1) id); first last.
- by move=> [k p] [k' q] /= npq; rewrite frob_turn (negPf npq) mul0r.
- by exists id.
apply: eq_bigr => p _; set a := t _ ^+ 2; set b := t _ ^+ 2.
have eN : N = (N - 1).+1 by rewrite subn1 prednK.
rewrite [in geom N]eN -geom_double.
rewrite -(@det_tridiag_sum _ (N - 1) _ _ (- be p) (- be p)); last first.
  by rewrite /be /a /b; mcring R.
congr (\det _); apply/matrixP=> k k'; rewrite [LHS]mxE [RHS]mxE frob_turn eqxx mul1r.
have kN : (k.+1 < N)%N by move: (ltn_ord k); rewrite -ltnS -eN.
rewrite (ltnW kN) kN !mul1r !eqSS /= /al -/a -/b.
exact: tridiag_entry.
Qed.

Theorem group_gram_det :
  \det group_gram =
  \prod_(i < d) \prod_(l < d | (i < l)%N) 2%:R ^+ (N - 1).
Proof.
rewrite -(prod_pair_lt (fun _ _ => 2%:R ^+ (N - 1))).
rewrite /group_gram (@det_fin_matrix _ _ (N - 1) id); last first.
- move=> [k p] [k' q] /= npq; rewrite frob_rot (negPf npq) mul0rn.
  by case: ifP.
- by exists id.
apply: eq_bigr => p _; rewrite -det_scalar; congr (\det _).
by apply/matrixP=> k k'; rewrite !mxE /= frob_rot eqxx; case: eqP.
Qed.

(** The orbit determinant, as a ratio: the square of the volume formula. *)
Theorem orbit_volume_squared : (0 < N)%N ->
  \det orbit_gram * van (fun i => t i ^+ 2) =
  \det group_gram * van (fun i => (t i ^+ N) ^+ 2).
Proof.
move=> N0; rewrite orbit_gram_det // group_gram_det /van -!big_split /=.
apply: eq_bigr => i _; rewrite -!big_split /=; apply: eq_bigr => l _.
by rewrite -mulrA [geom _ _ _ * _]mulrC geometric_sum -!exprM !(mulnC 2%N).
Qed.

End Gram.

(** For distinct singular values: the ratio of volumes. *)
Theorem orbit_volume (R : rcfType) (d N : nat) (Q : nat -> 'M[R]_d) (t : 'I_d -> R) :
  (0 < N)%N -> (forall k, orthogonal (Q k)) -> (forall i, 0 < t i) ->
  (forall i l : 'I_d, (i < l)%N -> t l < t i) ->
  Num.sqrt (\det (orbit_gram N Q t) / \det (group_gram R d N)) =
  Num.sqrt (van (fun i => (t i ^+ N) ^+ 2) / van (fun i => t i ^+ 2)).
Proof.
move=> N0 oQ t0 dec; congr Num.sqrt.
have g0 : \det (group_gram R d N) != 0.
  rewrite group_gram_det; apply/prodf_neq0 => i _; apply/prodf_neq0 => l _.
  by rewrite expf_neq0 // pnatr_eq0.
have v0 : van (fun i => t i ^+ 2) != 0.
  apply/prodf_neq0 => i _; apply/prodf_neq0 => l il.
  by rewrite subr_eq0 gt_eqF // ltr_expn2r ?nnegrE ?dec // ltW.
by apply/eqP; rewrite eqr_div // orbit_volume_squared // mulrC.
Qed.
