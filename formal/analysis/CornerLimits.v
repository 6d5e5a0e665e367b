(** * The density of the volume at matrices of rank one          (volume-corners)

    2 x 2 matrices U diag(sigma, e) V^T, sigma > 0, e -> 0+: the density with respect to dW,
    times e^(1-1/N), tends to N sigma^(3/N-3); for N >= 2 the density tends to infinity, so
    that its inverse tends to 0.
    R is Coq's field of real numbers, sigma^(1/N) is nroot sigma N. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import Rstruct.
From Coquelicot Require Import Coquelicot.
From DLN Require Import Basics GeometricSum Completion Corners.
From DLN Require Import InfiniteDepth DivergenceLimits.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope R_scope with coqR.
Local Open Scope ring_scope.

Arguments nroot s%ring_scope N%nat_scope.

(** e^(1/N) tends to 0 from the right. *)
Lemma nroot_right N : (0 < N)%N -> filterlim (fun e => nroot e N) (at_right 0) (at_right 0).
Proof.
move=> N0 P [d hd]; have dp : 0 < (d : R) by apply/RltP; exact: cond_pos.
have dN : Rlt 0 ((d : R) ^+ N) by apply/RltP; rewrite exprn_gt0.
exists (mkposreal _ dN) => e he /RltP e0; apply: hd; last exact/RltP/nroot_gt0.
have small : e < (d : R) ^+ N.
  apply/RltP; move: he; rewrite /ball /= /AbsRing_ball /abs /minus /plus /opp /= Ropp_0 Rplus_0_r.
  by rewrite Rabs_pos_eq //; apply: Rlt_le; exact/RltP.
rewrite /ball /= /AbsRing_ball /abs /minus /plus /opp /= Ropp_0 Rplus_0_r Rabs_pos_eq; last first.
  by apply/RleP/ltW/nroot_gt0.
apply/RltP; rewrite -(@ltr_pexpn2r _ N) ?nnegrE ?(ltW (nroot_gt0 _ _)) ?(ltW dp) //.
by rewrite nroot_pow.
Qed.

Section RankOne.

Variables (N : nat) (U V : 'M[R]_2) (sigma : R).
Hypotheses (N0 : (0 < N)%N) (oU : orthogonal U) (oV : orthogonal V) (sigma0 : 0 < sigma).

(** The roots of the singular values sigma and e. *)
Definition roots (e : R) (i : 'I_2) : R := if i == 0 then nroot sigma N else nroot e N.

Let r := nroot sigma N.

Lemma root_positive : 0 < r. Proof. exact: nroot_gt0. Qed.

(** lambda_01 as a polynomial in e^(1/N). *)
Definition lambda_poly : {poly R} := N%:R^-1 *: geom N (r ^+ 2)%:P ('X ^+ 2).

Lemma lambda_polyE e : lambda_poly.[nroot e N] = lambda N (roots e) 0 1.
Proof.
rewrite /lambda_poly hornerZ /lambda /geom horner_sum; congr (_ * _).
by apply: eq_bigr => j _; rewrite hornerM !horner_exp hornerC hornerX.
Qed.

Lemma lambda_poly0 : lambda_poly.[0] = N%:R^-1 * (r ^+ 2) ^+ (N - 1).
Proof.
rewrite /lambda_poly hornerZ -(geom_zero (r ^+ 2) N0) /geom horner_sum; congr (_ * _).
apply: eq_bigr => j _; rewrite hornerM !horner_exp hornerC hornerX.
by rewrite expr0n.
Qed.

Lemma density_of_roots e : 0 < e ->
  density N U V (roots e) = ((r * nroot e N) ^+ (N - 1) * lambda_poly.[nroot e N])^-1.
Proof.
move=> e0; rewrite density_value //; first by rewrite lambda_polyE.
by move=> i; rewrite /roots; case: eqP => _; exact: nroot_gt0.
Qed.

Theorem density_leading :
  right_limit (fun e => nroot e N ^+ (N - 1) * density N U V (roots e))
              (N%:R * (r ^+ 3 / sigma ^+ 3)).
Proof.
have Nn : N%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
have r0 : r != 0 by rewrite gt_eqF // root_positive.
have -> : N%:R * (r ^+ 3 / sigma ^+ 3) = (r ^+ (N - 1) * lambda_poly.[0])^-1.
  rewrite lambda_poly0 -(nroot_pow N0 sigma0) -/r [(r ^+ 2) ^+ _]exprAC.
  have -> : r ^+ N = r * r ^+ (N - 1) by rewrite -exprS subn1 prednK.
  move: (r ^+ (N - 1)) => y; rewrite [(r * y) ^+ 3]exprMn [(_ * y ^+ 3)^-1]invfM mulVKf ?expf_neq0 //.
  by rewrite [(y * _)^-1]invfM [(N%:R^-1 * _)^-1]invfM invrK mulrCA; congr (_ * _); rewrite -invfM -exprS.
apply: (@right_limit_ext (fun e => (r ^+ (N - 1) * lambda_poly.[nroot e N])^-1)).
  move=> e e0 _; rewrite density_of_roots // exprMn.
  have : nroot e N ^+ (N - 1) != 0 by rewrite expf_neq0 // gt_eqF // nroot_gt0.
  move: (_ ^+ (N - 1)) (r ^+ _) (lambda_poly.[_]) => y z l y0.
  by rewrite [z * y]mulrC -mulrA [(y * _)^-1]invfM mulVKf.
apply: right_limit_inv.
  rewrite mulf_neq0 ?expf_neq0 // lambda_poly0 mulf_neq0 ?invr_eq0 // !expf_neq0 //.
apply: right_limit_mul; first exact: right_limit_const.
exact: (filterlim_comp _ _ _ _ _ _ _ _ (nroot_right N0) (@right_limit_horner lambda_poly)).
Qed.

Theorem density_infinite : (1 < N)%N -> right_limit (fun e => (density N U V (roots e))^-1) 0.
Proof.
move=> N1; pose q : {poly R} := (r *: 'X) ^+ (N - 1) * lambda_poly.
have q0 : q.[0] = 0 by rewrite hornerM horner_exp hornerZ hornerX mulr0 expr0n subn_eq0 leqNgt N1 mul0r.
rewrite -q0; apply: (@right_limit_ext (fun e => q.[nroot e N])).
  by move=> e e0 _; rewrite density_of_roots // invrK hornerM horner_exp hornerZ hornerX.
exact: (filterlim_comp _ _ _ _ _ _ _ _ (nroot_right N0) (@right_limit_horner q)).
Qed.

End RankOne.
