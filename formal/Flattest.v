(** * Balanced factors are the flattest

    u and v are unit vectors with u^T W v = t^N, t >= 0, W = W_N ... W_1 of any factors.
    Then dphi^* (u v^T) has at least the squared length N t^(2N-2): so the largest eigenvalue
    of dphi dphi^* is at least N sigma_1^(2-2/N), which at balanced factors it is. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum Operator Pushforward.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Gap.

Variable R : comRingType.
Add Ring flattest_ring : (ring_bridge R).

Lemma square_gap (x y p : R) : y * y * x - (y * p * p + y * p * p) + p * p * y = y * (x * y - p * p).
Proof. by mcring R. Qed.

End Gap.

Section Flattest.

Variables (F : realFieldType) (d N : nat) (W : nat -> 'M[F]_d) (u v : 'cV[F]_d) (t : F).
Hypotheses (N0 : (0 < N)%N) (u1 : \tr (u^T *m u) = 1) (v1 : \tr (v^T *m v) = 1) (t0 : 0 <= t).
Hypothesis uv : (u^T *m phi W N *m v) 0 0 = t ^+ N.

(** |x|^2 of a column *)
Definition square (x : 'cV[F]_d) : F := \tr (x^T *m x).

Lemma squareE x : square x = \sum_k x k 0 ^+ 2.
Proof.
rewrite /square /mxtrace big_ord_recl big_ord0 addr0 mxE.
by apply: eq_bigr => k _; rewrite mxE expr2.
Qed.

Lemma square_ge0 x : 0 <= square x.
Proof. by rewrite squareE; apply: sumr_ge0 => k _; exact: sqr_ge0. Qed.

Lemma frob_outer (x y : 'cV[F]_d) : frob (x *m y^T) (x *m y^T) = square x * square y.
Proof.
rewrite frobE !squareE mulr_suml; apply: eq_bigr => k _; rewrite mulr_sumr.
apply: eq_bigr => l _; rewrite mxE big_ord_recl big_ord0 addr0 -expr2 exprMn.
by rewrite [y^T _ _]mxE.
Qed.

(** Cauchy and Schwarz *)
Lemma pairing_square (x y : 'cV[F]_d) : (x^T *m y) 0 0 ^+ 2 <= square x * square y.
Proof.
have e : (x^T *m y) 0 0 = \sum_k x k 0 * y k 0.
  by rewrite mxE; apply: eq_bigr => k _; rewrite mxE.
have [z|nz] := eqVneq (square y) 0.
  have y0 k : y k 0 = 0.
    move/eqP: z; rewrite squareE psumr_eq0 => [/allP/(_ k (mem_index_enum _))|i _]; last exact: sqr_ge0.
    by rewrite sqrf_eq0 => /eqP.
  by rewrite z mulr0 e big1 ?expr0n // => k _; rewrite y0 mulr0.
have yp : 0 < square y by rewrite lt_def nz square_ge0.
set p := (x^T *m y) 0 0; have : 0 <= square (square y *: x - p *: y) by exact: square_ge0.
have -> : square (square y *: x - p *: y) = square y * (square x * square y - p ^+ 2).
  have -> : square (square y *: x - p *: y) =
      square y ^+ 2 * square x - (square y * p * p) *+ 2 + p ^+ 2 * square y.
    have mid : \sum_k (square y * x k 0) * (p * y k 0) = square y * p * p.
      by rewrite {3}/p e mulr_sumr; apply: eq_bigr => k _; rewrite mulrACA.
    rewrite -mid [in RHS](squareE x) [X in _ + _ * X](squareE y) !mulr_sumr -sumrMnl -sumrB -big_split.
    rewrite squareE; apply: eq_bigr => k _ /=.
    by rewrite !mxE sqrrD sqrrN mulrN mulNrn !exprMn.
  by rewrite mulr2n !expr2 square_gap.
by rewrite pmulr_rge0 // subr_ge0.
Qed.

Let a j := square ((above W N j)^T *m u).
Let b j := square (phi W j *m v).

Lemma neighbours j : (j <= N)%N -> t ^+ N ^+ 2 <= a j * b j.
Proof.
move=> jN; rewrite -uv; have := pairing_square ((above W N j)^T *m u) (phi W j *m v).
by rewrite trmx_mul trmxK !mulmxA -(mulmxA _ (above W N j)) above_phi.
Qed.

Lemma lift_square j : (0 < j)%N -> frob (dphi_adj W N (u *m v^T) j) (dphi_adj W N (u *m v^T) j) = a j * b j.-1.
Proof.
case: j => // j _; rewrite /dphi_adj /below subn1 /=.
set x := (above W N j.+1)^T *m u; set y := phi W j *m v.
have -> : (above W N j.+1)^T *m (u *m v^T) *m (phi W j)^T = x *m y^T by rewrite /x /y trmx_mul !mulmxA.
exact: frob_outer.
Qed.

Theorem flattest :
  N%:R * (t ^+ 2) ^+ (N - 1) <= frob_tuple N (dphi_adj W N (u *m v^T)) (dphi_adj W N (u *m v^T)).
Proof.
have a0 j : 0 <= a j by exact: square_ge0.
have b0 j : 0 <= b j by exact: square_ge0.
have bound : (t ^+ N ^+ 2) ^+ (N - 1) <= \prod_(j < N) (a j.+1 * b j).
  have [n eN] : exists n, N = n.+1 by exists N.-1; rewrite prednK.
  have aN : a N = 1 by rewrite /a above_last trmx1 mul1mx.
  have b1 : b 0%N = 1 by rewrite /b /= mul1mx.
  rewrite big_split /= eN subn1 /= big_ord_recr [X in _ * X]big_ord_recl /= -eN aN b1 mulr1 mul1r.
  rewrite -big_split -[X in _ ^+ X]card_ord -prodr_const; apply: ler_prod => j _.
  rewrite exprn_ge0 ?exprn_ge0 //=; apply: neighbours.
  by rewrite eN; exact: ltnW (ltn_ord j).
have sum : frob_tuple N (dphi_adj W N (u *m v^T)) (dphi_adj W N (u *m v^T)) = \sum_(j < N) (a j.+1 * b j).
  rewrite /frob_tuple big_add1 /= big_mkord; apply: eq_bigr => j _.
  by rewrite lift_square.
have ge0 : {in 'I_N, forall j : 'I_N, 0 <= a j.+1 * b j}.
  by move=> j _; rewrite mulr_ge0.
have [agm _] := leif_AGM ge0; rewrite card_ord in agm.
set mu := (_ / _) in agm; have := le_trans bound agm; rewrite sum.
have -> : (t ^+ N ^+ 2) ^+ (N - 1) = ((t ^+ 2) ^+ (N - 1)) ^+ N by rewrite -!exprM mulnCA [in LHS](mulnC N).
have mu0 : 0 <= mu by rewrite divr_ge0 ?ler0n ?sumr_ge0 // => j _; rewrite mulr_ge0.
rewrite ler_pexpn2r ?nnegrE ?exprn_ge0 // ler_pdivl_mulr ?ltr0n //.
by rewrite mulrC.
Qed.

Theorem flattest_bound (c : F) :
  (forall Z, frob Z (dphi W N (dphi_adj W N Z)) <= c * frob Z Z) -> N%:R * (t ^+ 2) ^+ (N - 1) <= c.
Proof.
move=> /(_ (u *m v^T)); rewrite dphi_adjoint frob_outer /square u1 v1 !mulr1.
exact: le_trans flattest.
Qed.

End Flattest.
