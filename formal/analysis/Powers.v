(** * Powers of two numbers whose product is 1                      (norm-conjecture)

    b^p = 1/a^p; a^p + b^p >= 2; and a^p + b^p = 2 for one p > 0 only if a = 1.
    Coq's reals and Coquelicot alone: nothing of MathComp. *)

From Coq Require Import Reals Lra.
Local Open Scope R_scope.

Lemma power_inverse (a b p : R) : 0 < a -> 0 < b -> a * b = 1 -> Rpower b p = / Rpower a p.
Proof.
intros a0 b0 e; rewrite <- (Rmult_1_l (/ _)).
replace 1 with (Rpower a p * Rpower b p).
  field; apply Rgt_not_eq, exp_pos.
rewrite Rpower_mult_distr by assumption; rewrite e; unfold Rpower; rewrite ln_1, Rmult_0_r.
exact exp_0.
Qed.

Lemma sum_with_inverse (u : R) : 0 < u -> 2 <= u + / u.
Proof.
intros u0; assert (i := Rinv_0_lt_compat u u0).
assert (e : u + / u - 2 = (u - 1) * (u - 1) * / u) by (field; lra).
assert (0 <= (u - 1) * (u - 1) * / u) by (apply Rmult_le_pos; [exact (Rle_0_sqr (u - 1))|lra]); lra.
Qed.

Lemma powers_of_one (a b p : R) : 0 < a -> 0 < b -> 0 < p -> a * b = 1 ->
  Rpower a p + Rpower b p = 2 -> a = 1.
Proof.
intros a0 b0 p0 e h; rewrite (power_inverse a b p a0 b0 e) in h.
assert (u0 : 0 < Rpower a p) by apply exp_pos; set (u := Rpower a p) in *.
assert (e1 : (u - 1) * (u - 1) = u * (u + / u - 2)) by (field; lra).
assert (z : (u - 1) * (u - 1) = 0) by (rewrite e1, h; ring).
assert (u1 : u = 1) by (destruct (Rmult_integral _ _ z); lra).
assert (l : p * ln a = 0) by (apply exp_inv; rewrite exp_0; exact u1).
apply ln_inv; [exact a0|lra|]; rewrite ln_1; nra.
Qed.
