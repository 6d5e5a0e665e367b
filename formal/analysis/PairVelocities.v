(** * Velocities of the eigenvalue of a pair                    (operator-derivative)

    (1/n) (p^2 - q^2) / (p^(2/n) - q^(2/n)) along curves p and q of positive numbers, p != q.
    Coq's reals and Coquelicot alone: nothing of MathComp. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
Local Open Scope R_scope.

Definition pair_value (n : nat) (p q : R) : R :=
  / INR n * ((p ^ 2 - q ^ 2) / (Rpower p (2 / INR n) - Rpower q (2 / INR n))).

(** Its velocity over its value, p and q moving with the velocities P and Q. *)
Definition pair_velocity (n : nat) (p q P Q : R) : R :=
  (2 * p / (p ^ 2 - q ^ 2)
   - 2 / INR n * Rpower p (2 / INR n - 1) / (Rpower p (2 / INR n) - Rpower q (2 / INR n))) * P
  + (2 / INR n * Rpower q (2 / INR n - 1) / (Rpower p (2 / INR n) - Rpower q (2 / INR n))
     - 2 * q / (p ^ 2 - q ^ 2)) * Q.

Lemma power_less a x : 0 < x -> Rpower x (a - 1) = Rpower x a / x.
Proof.
intros x0; unfold Rminus; rewrite Rpower_plus, Rpower_Ropp, Rpower_1 by exact x0; reflexivity.
Qed.

Lemma pair_velocity_roots n p q P Q : 0 < p -> 0 < q ->
  - pair_velocity n p q P Q =
  (2 * / INR n * (Rpower p (2 / INR n) * / p) * / (Rpower p (2 / INR n) - Rpower q (2 / INR n))
   - 2 * p * / (p ^ 2 - q ^ 2)) * P
  + (2 * q * / (p ^ 2 - q ^ 2)
     - 2 * / INR n * (Rpower q (2 / INR n) * / q) * / (Rpower p (2 / INR n) - Rpower q (2 / INR n))) * Q.
Proof.
intros p0 q0; unfold pair_velocity; rewrite !power_less by assumption; unfold Rdiv; ring.
Qed.

Theorem is_derive_pair_value n (p q : R -> R) t P Q : (0 < n)%nat ->
  0 < p t -> 0 < q t -> p t ^ 2 - q t ^ 2 <> 0 ->
  Rpower (p t) (2 / INR n) - Rpower (q t) (2 / INR n) <> 0 ->
  is_derive p t P -> is_derive q t Q ->
  is_derive (fun x => pair_value n (p x) (q x)) t
    (pair_value n (p t) (q t) * pair_velocity n (p t) (q t) P Q).
Proof.
intros n0 p0 q0 ne ne2 hp hq; assert (N := lt_0_INR n n0).
assert (eP := is_derive_unique _ _ _ hp); assert (eQ := is_derive_unique _ _ _ hq).
unfold pair_value, pair_velocity; rewrite !power_less by assumption; unfold Rpower in *.
auto_derive.
- repeat split; try assumption; [exists P; exact hp|exists Q; exact hq|exists P; exact hp|exists Q; exact hq].
- fold (Rminus (exp (2 / INR n * ln (p t))) (exp (2 / INR n * ln (q t)))) in *.
  unfold Rdiv in *; set (x := exp (2 * / INR n * ln (p t))) in *.
  set (y := exp (2 * / INR n * ln (q t))) in *.
  replace (Derive (fun u : R => p u) t) with P by (symmetry; exact eP).
  replace (Derive (fun u : R => q u) t) with Q by (symmetry; exact eQ).
  field; repeat split; lra.
Qed.
