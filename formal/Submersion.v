(** * Riemannian submersion: horizontal lifts           (riemannian-submersion)

    MY2025, M2024.  Fix factors W_N, ..., W_1.  The horizontal lift that belongs
    to a matrix Y is dphi^*(Y); it projects to Z = dphi(dphi^*(Y)).
    - It satisfies the linearised balance equations.
    - Its squared length is <Y, Z>.
    - Among all X with dphi(X) = Z it is the only one of smallest length.
    At balanced factors of any rank (t_i >= 0) every Z with u_i^T Z v_l = 0
    wherever sigma_i = sigma_l = 0 has such a lift, of squared length
      sum_{i,l} (u_i^T Z v_l)^2 / (N lambda_il),
    where the terms with lambda_il = 0 are left out (in Coq 1/0 = 0): this is
    Tr(Z^T (N A_{N,W})^+ Z), with the pseudo-inverse.  For N >= 2 no other Z is
    in the range of dphi. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum Operator Pushforward Balancedness.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Lifts.

Variables (F : realFieldType) (d N : nat) (W : nat -> 'M[F]_d).
Implicit Types (X : nat -> 'M[F]_d) (Y Z : 'M[F]_d).

Theorem lift_tangent Y : balance_tangent W N (dphi_adj W N Y).
Proof. exact: dphi_adj_tangent. Qed.

Theorem lift_norm Y :
  frob_tuple N (dphi_adj W N Y) (dphi_adj W N Y) = frob Y (dphi W N (dphi_adj W N Y)).
Proof. by rewrite dphi_adjoint. Qed.

Lemma frob_tuple_ge0 X : 0 <= frob_tuple N X X.
Proof. by apply: sumr_ge0 => j _; apply: frob_ge0. Qed.

Lemma frob_tuple_split X Y : dphi W N X = dphi W N (dphi_adj W N Y) ->
  frob_tuple N X X = frob_tuple N (dphi_adj W N Y) (dphi_adj W N Y) +
    frob_tuple N (fun j => X j - dphi_adj W N Y j) (fun j => X j - dphi_adj W N Y j).
Proof.
set L := dphi_adj W N Y => e; set D := fun j => X j - L j.
have LD : frob_tuple N L D = 0.
  by rewrite -dphi_adjoint dphi_sub e subrr frob0r.
have -> : frob_tuple N X X =
  frob_tuple N L L + frob_tuple N D D + frob_tuple N L D *+ 2.
  rewrite mulr2n /frob_tuple -!big_split; apply: eq_bigr => j _ /=.
  have -> : X j = L j + D j by rewrite /D addrC subrK.
  move: (L j) (D j) => a b; rewrite frobDl !frobDr [frob b a]frobC.
  by rewrite -!addrA; congr (_ + _); rewrite addrA addrC.
by rewrite LD mul0rn addr0.
Qed.

Theorem lift_minimal X Y : dphi W N X = dphi W N (dphi_adj W N Y) ->
  frob_tuple N (dphi_adj W N Y) (dphi_adj W N Y) <= frob_tuple N X X.
Proof. by move=> /frob_tuple_split ->; rewrite ler_addl frob_tuple_ge0. Qed.

Theorem lift_minimal_unique X Y : dphi W N X = dphi W N (dphi_adj W N Y) ->
  frob_tuple N X X = frob_tuple N (dphi_adj W N Y) (dphi_adj W N Y) ->
  forall j, (1 <= j <= N)%N -> X j = dphi_adj W N Y j.
Proof.
move=> /frob_tuple_split ->; rewrite -[X in _ = X]addr0 => /addrI /eqP.
rewrite /frob_tuple.
rewrite big_nat_cond psumr_eq0 => [/allP h j jN|j _]; last exact: frob_ge0.
have := h j; rewrite mem_index_iota ltnS jN /= frob_eq0 => /(_ isT).
by rewrite subr_eq0 => /eqP.
Qed.

End Lifts.

Section Submersion.

Variables (F : realFieldType) (d N : nat) (W : nat -> 'M[F]_d).
Variables (U V : 'M[F]_d) (t : 'I_d -> F).
Hypotheses (N0 : (0 < N)%N) (bal : balanced W N).
Hypotheses (oU : orthogonal U) (oV : orthogonal V) (t0 : forall i, 0 <= t i).
Hypotheses (eU : W N *m (W N)^T = root_of U t).
Hypotheses (eV : (W 1%N)^T *m W 1%N = root_of V t).

(** The submersion metric Tr(Z^T (N A_{N,W})^+ Z): the terms with
    lambda_il = 0 vanish because 0^-1 = 0. *)
Definition submersion_norm (Z : 'M[F]_d) : F :=
  \sum_(i < d) \sum_(l < d) (N%:R * lambda N t i l)^-1 * (U^T *m Z *m V) i l ^+ 2.

Let Nn0 : N%:R != 0 :> F. Proof. by rewrite pnatr_eq0 -lt0n. Qed.

Lemma lambda_neq0 i l : (0 < t i) || (0 < t l) -> lambda N t i l != 0.
Proof.
case/orP=> h; first by rewrite gt_eqF ?lambda_positive.
by rewrite lambdaC gt_eqF ?lambda_positive.
Qed.

(** The matrix Y of the lift of Z: (N A_{N,W})^+ Z. *)
Definition pinv (Z : 'M[F]_d) : 'M[F]_d :=
  twist U V (entrywise (fun i l => (N%:R * lambda N t i l)^-1) (U^T *m Z *m V)).

Lemma dphi_lift_pinv Z :
  (forall i l, t i = 0 -> t l = 0 -> (U^T *m Z *m V) i l = 0) ->
  dphi W N (dphi_adj W N (pinv Z)) = Z.
Proof.
move=> h; rewrite pushforward_operator // eU eV /pinv Op_twist // -linearZ /=.
rewrite -[RHS](twistKV oU oV Z) /twist trmxK; congr (_ *m _ *m _).
apply/matrixP=> i l; rewrite mxE [entrywise _ _ i l]mxE [entrywise _ _ i l]mxE.
move: (@lambda_neq0 i l) (h i l); move: (lambda N t i l) => lam lam0 hz.
rewrite !mulrA; case: (boolP ((0 < t i) || (0 < t l))) => [p|].
  by rewrite mulfV ?mul1r // mulf_neq0 ?Nn0 ?lam0.
rewrite negb_or -!leNgt => /andP[ti tl].
by rewrite hz ?mulr0 //; apply/eqP; rewrite eq_le t0 ?ti ?tl.
Qed.

Theorem riemannian_submersion Z :
  (forall i l, t i = 0 -> t l = 0 -> (U^T *m Z *m V) i l = 0) ->
  exists X : nat -> 'M[F]_d,
    [/\ balance_tangent W N X, dphi W N X = Z, frob_tuple N X X = submersion_norm Z
      & forall X', dphi W N X' = Z -> frob_tuple N X X <= frob_tuple N X' X'].
Proof.
move=> h; exists (dphi_adj W N (pinv Z)); have e := dphi_lift_pinv h.
split=> [||| X' eX'] //.
- exact: lift_tangent.
- rewrite lift_norm e /pinv -{2}(twistKV oU oV Z) frob_orth // frobE.
  rewrite /submersion_norm /twist trmxK; apply: eq_bigr => i _; apply: eq_bigr => l _.
  by rewrite [entrywise _ _ i l]mxE -mulrA expr2.
- by apply: lift_minimal; rewrite e eX'.
Qed.

(** If B B^T has a zero in the place (i,i) then the i-th row of B is zero. *)
Lemma row_zero (B : 'M[F]_d) i : (B *m B^T) i i = 0 -> row i B = 0.
Proof.
rewrite mxE => /eqP; rewrite psumr_eq0 => [/allP h|k _]; last first.
  by rewrite mxE -expr2 sqr_ge0.
apply/rowP=> k; move: (h k (mem_index_enum _)).
by rewrite !mxE /= mulf_eq0 orbb => /eqP.
Qed.

Lemma row_zero_root (X B : 'M[F]_d) k i : orthogonal X -> t i = 0 ->
  B *m B^T = mpow (root_of X t) k.+1 -> row i (X^T *m B) = 0.
Proof.
move=> oX ti eB; apply: row_zero.
rewrite trmx_mul trmxK mulmxA -(mulmxA X^T) eB mpow_root // !mulmxA.
by rewrite orthogonalT // mul1mx mulmx_orthK // DiagE eqxx ti !expr0n.
Qed.

(** Two layers or more: nothing else is in the range of dphi. *)
Theorem range_dphi X i l : (1 < N)%N -> t i = 0 -> t l = 0 ->
  (U^T *m dphi W N X *m V) i l = 0.
Proof.
move=> N1 ti tl; rewrite /dphi mulmx_sumr mulmx_suml summxE.
rewrite big_nat_cond big1 // => j; rewrite andbT ltnS => /andP[j1 jN].
move: jN; rewrite leq_eqVlt => /orP[/eqP ej|jN].
  have : row l (V^T *m (below W j)^T) = 0.
    apply: (@row_zero_root _ _ (N - 2)) => //.
    rewrite trmxK (below_power bal) ?j1 ?ej ?leqnn // eV; congr (mpow _ _).
    by rewrite -subSn.
  rewrite -trmx_mul -tr_col => /(congr1 trmx); rewrite trmxK trmx0 colE -mulmxA => e.
  suff: (U^T *m (above W N j *m X j) *m (below W j *m V)) i l = 0 by rewrite !mulmxA.
  move/matrixP: e => e; rewrite mxE big1 // => k _.
  by have := e k 0; rewrite mulmxA -colE !mxE => ->; rewrite mulr0.
have : row i (U^T *m above W N j) = 0.
  apply: (@row_zero_root _ _ (N - j).-1) => //.
  by rewrite prednK ?subn_gt0 // (above_power bal) ?eU // ltnW.
move=> e.
suff: (U^T *m above W N j *m (X j *m below W j *m V)) i l = 0 by rewrite !mulmxA.
rewrite mxE big1 // => k _.
by move/rowP: e => /(_ k); rewrite !mxE => ->; rewrite mul0r.
Qed.

End Submersion.
