(** * What pairs of singular values add to the Ricci curvature along them   (ricci-sectional)

    With x_i = sigma_i^(2/N) = t_i^2 and kappa_il of ScalarCurvature.v, a pair adds

      rho_il = x_i x_l kappa_il / (x_i + x_l),

    times the squared difference of the relative speeds D_ii / sigma_i and D_ll / sigma_l, to N
    times the Ricci curvature of g^N (that it does is measured by the claim, not stated here).
    Its closed forms at different values and at a coincidence, its sign and that of the sum;
    one factor. *)

From Coq Require Import Field.
From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum CurvatureSums ScalarCurvature.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Algebra.

Variable F : fieldType.
Implicit Types a b p q n : F.
Add Field ricci_field : (field_bridge F).

Lemma radial_apart n a b p q : n != 0 -> a != 0 -> b != 0 -> a - b != 0 -> p - q != 0 ->
  a + b != 0 ->
  a * b * (2%:R * (a + b) * (1 / (n * (a - b) ^+ 2) - n * (p * q) / (a * b * (p - q) ^+ 2)))
    / (a + b) =
  2%:R / n * (a * b / (a - b) ^+ 2 - n ^+ 2 * (p * q) / (p - q) ^+ 2).
Proof. by move=> n0 a0 b0 ab pq s0; mcfield F. Qed.

Lemma radial_same n a two three six : n != 0 -> a != 0 -> two != 0 -> three != 0 ->
  six = two * three ->
  a * a * ((n ^+ 2 - 1) / (three * (n * a))) / (two * a) = (n ^+ 2 - 1) / (six * n).
Proof. by move=> n0 a0 two0 three0 ->; mcfield F. Qed.

End Algebra.

Section Ricci.

Variables (F : realFieldType) (d N : nat) (t : 'I_d -> F).
Hypotheses (N0 : (0 < N)%N) (t0 : forall i, 0 < t i).
Implicit Types i l : 'I_d.

Definition pair_radial i l : F :=
  t i ^+ 2 * t l ^+ 2 * pair_curvature N t i l / (t i ^+ 2 + t l ^+ 2).

Let n0 : N%:R != 0 :> F.
Proof. by rewrite pnatr_eq0 -lt0n. Qed.

Let x_gt0 i : 0 < t i ^+ 2.
Proof. exact: exprn_gt0. Qed.

Let s_gt0 i l : 0 < t i ^+ 2 + t l ^+ 2.
Proof. exact: addr_gt0. Qed.

Theorem ricci_pair i l : t i != t l ->
  pair_radial i l =
  2%:R / N%:R
  * (t i ^+ 2 * t l ^+ 2 / (t i ^+ 2 - t l ^+ 2) ^+ 2
     - N%:R ^+ 2 * ((t i ^+ 2) ^+ N * (t l ^+ 2) ^+ N)
       / ((t i ^+ 2) ^+ N - (t l ^+ 2) ^+ N) ^+ 2).
Proof.
move=> ne; have x2 : t i ^+ 2 - t l ^+ 2 != 0 by rewrite subr_eq0 eqr_expn2 ?ltW.
have pq : (t i ^+ 2) ^+ N - (t l ^+ 2) ^+ N != 0.
  by move: x2; rewrite !subr_eq0 (eqr_expn2 N0) ?sqr_ge0.
rewrite /pair_radial curvature_pair //.
move: (lt0r_neq0 (x_gt0 i)) (lt0r_neq0 (x_gt0 l)) (lt0r_neq0 (s_gt0 i l)) x2 pq.
by move=> a0 b0 s0 x2 pq; apply: radial_apart.
Qed.

Theorem ricci_pair_coincident i l : t i = t l ->
  pair_radial i l = (N%:R ^+ 2 - 1) / (6%:R * N%:R).
Proof.
move=> e; rewrite /pair_radial curvature_pair_coincident // -e.
rewrite -[t i ^+ 2 + _]mulr2n -[t i ^+ 2 *+ 2]mulr_natl.
by apply: radial_same => //; rewrite ?pnatr_eq0 ?lt0r_neq0 // -[6%N]/(2 * 3)%N natrM.
Qed.

Theorem ricci_pair_positive i l : (1 < N)%N -> 0 < pair_radial i l.
Proof.
by move=> N1; rewrite divr_gt0 // mulr_gt0 ?curvature_pair_positive // mulr_gt0.
Qed.

Theorem ricci_pair_flat i l : N = 1%N -> pair_radial i l = 0.
Proof. by move=> e; rewrite /pair_radial curvature_pair_flat // mulr0 mul0r. Qed.

Theorem ricci_nonnegative (D : 'M[F]_d) :
  0 <= \sum_(i < d) \sum_(l < d | (i < l)%N)
         pair_radial i l * (D i i / t i ^+ N - D l l / t l ^+ N) ^+ 2.
Proof.
apply: sumr_ge0 => i _; apply: sumr_ge0 => l _; rewrite mulr_ge0 ?sqr_ge0 //.
move: N0; rewrite leq_eqVlt => /orP[/eqP e|N1]; first by rewrite ricci_pair_flat.
by rewrite ltW ?ricci_pair_positive.
Qed.

End Ricci.
