(** * Logarithms, powers and sinh                                    (auxiliary)

    (log |f|)' = f'/f where f is not 0, and (x^a)' = a x^a/x; sinh y <= y exp(y^2/6) for
    y >= 0, so that 0 <= log(sinh y / y) <= y^2/6 for y > 0, where sinh y / y grows; one
    pair of Theorem 1.1, and the logarithmic mean, by it.
    Coq's reals and Coquelicot alone: nothing of MathComp. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
Local Open Scope R_scope.

Lemma log_abs y : / 2 * ln (y ^ 2) = ln (Rabs y).
Proof.
destruct (Req_dec y 0) as [->|z].
  rewrite Rabs_R0; replace (0 ^ 2) with 0 by ring.
  unfold ln; destruct (Rlt_dec 0 0) as [r|r]; [exfalso; exact (Rlt_irrefl _ r)|field].
assert (p := Rabs_pos_lt _ z); rewrite <- pow2_abs; simpl; rewrite Rmult_1_r, ln_mult by exact p.
field.
Qed.

Lemma is_derive_log_abs (f : R -> R) (x l : R) : f x <> 0 -> is_derive f x l ->
  is_derive (fun y => ln (Rabs (f y))) x (l / f x).
Proof.
intros n h; apply is_derive_ext with (fun y => / 2 * ln (f y ^ 2)).
- intros y; apply log_abs.
- assert (p := pow2_gt_0 _ n).
  evar_last.
    apply (is_derive_scal (fun y => ln (f y ^ 2)) x (/ 2)).
    apply (is_derive_comp ln (fun y => f y ^ 2)).
      apply is_derive_ln; exact p.
    apply is_derive_pow; exact h.
  unfold scal; simpl; unfold mult; simpl; field; exact n.
Qed.

(** From 0 on, a function whose derivative is not negative does not fall below its value at 0. *)
Lemma grows (f df : R -> R) : (forall x, 0 <= x -> is_derive f x (df x)) ->
  (forall x, 0 <= x -> 0 <= df x) -> forall x, 0 <= x -> f 0 <= f x.
Proof.
intros d p x [x0|<-]; [|apply Rle_refl].
destruct (MVT_gen f 0 x df) as [c [hc e]].
- intros y hy; apply d; rewrite Rmin_left in hy by lra; lra.
- intros y hy; apply continuity_pt_filterlim; apply (@ex_derive_continuous R_AbsRing R_NormedModule f).
  exists (df y); apply d; rewrite Rmin_left in hy by lra; lra.
- rewrite Rmin_left, Rmax_right in hc by lra; assert (q := p c (proj1 hc)); nra.
Qed.

(** f'' >= f, f(0) = f'(0) = 0: then f >= 0. *)
Lemma convex_above (f df ddf : R -> R) :
  (forall x, 0 <= x -> is_derive f x (df x)) ->
  (forall x, 0 <= x -> is_derive df x (ddf x)) ->
  f 0 = 0 -> df 0 = 0 -> (forall x, 0 <= x -> f x <= ddf x) -> forall x, 0 <= x -> 0 <= f x.
Proof.
intros hf hdf f0 df0 le.
assert (k : forall x, 0 <= x -> 0 <= f x + df x).
  intros x x0; assert (h := grows (fun y => (f y + df y) * exp (- y))
    (fun y => (ddf y - f y) * exp (- y))).
  assert (g : (f 0 + df 0) * exp (- 0) <= (f x + df x) * exp (- x)).
    apply h; [| |exact x0].
    - intros y y0; evar_last.
        apply (is_derive_mult (fun y => f y + df y) (fun y => exp (- y)) y).
        + apply (is_derive_plus f df); [apply hf|apply hdf]; exact y0.
        + auto_derive; [exact I|reflexivity].
        + intros a b; apply Rmult_comm.
      unfold plus, mult; simpl; unfold plus; simpl; ring.
    - intros y y0; assert (a := le y y0); assert (b := exp_pos (- y)); nra.
  rewrite f0, df0, Rplus_0_r, Rmult_0_l in g; assert (b := exp_pos (- x)); nra.
intros x x0; assert (h := grows (fun y => f y * exp y) (fun y => (f y + df y) * exp y)).
assert (g : f 0 * exp 0 <= f x * exp x).
  apply h; [| |exact x0].
  - intros y y0; evar_last.
      apply (is_derive_mult f exp y); [apply hf; exact y0|apply is_derive_exp|].
      intros a b; apply Rmult_comm.
    unfold plus, mult; simpl; ring.
  - intros y y0; assert (a := k y y0); assert (b := exp_pos y); nra.
rewrite f0, Rmult_0_l in g; assert (b := exp_pos x); nra.
Qed.

Lemma sinh_le y : 0 <= y -> sinh y <= y * exp (y ^ 2 / 6).
Proof.
intros y0; assert (0 <= y * exp (y ^ 2 / 6) - sinh y); [|lra].
assert (square : forall x, x * (x * 1) * / 6 = x ^ 2 / 6) by (intros x; field).
apply (convex_above (fun x => x * exp (x ^ 2 / 6) - sinh x)
  (fun x => (1 + x ^ 2 / 3) * exp (x ^ 2 / 6) - cosh x)
  (fun x => (x + x ^ 3 / 9) * exp (x ^ 2 / 6) - sinh x)); [| | | |intros x x0|exact y0].
- intros x _; unfold sinh, cosh; auto_derive; [exact I|]; rewrite square; field.
- intros x _; unfold sinh, cosh; auto_derive; [exact I|]; rewrite square; field.
- rewrite sinh_0; ring.
- rewrite cosh_0; replace (0 ^ 2 / 6) with 0 by field; rewrite exp_0; field.
- assert (p := exp_pos (x ^ 2 / 6)); assert (q := pow_le x 3 x0); nra.
Qed.

Lemma le_sinh y : 0 <= y -> y <= sinh y.
Proof.
intros y0; assert (0 <= sinh y - y); [|lra].
apply (convex_above (fun x => sinh x - x) (fun x => cosh x - 1) sinh); [| | | |intros x x0; lra|exact y0].
- intros x _; unfold sinh, cosh; auto_derive; [exact I|]; field.
- intros x _; unfold sinh, cosh; auto_derive; [exact I|]; field.
- rewrite sinh_0; ring.
- rewrite cosh_0; ring.
Qed.

Theorem log_sinh_bounds y : 0 < y -> 0 <= ln (sinh y / y) <= y ^ 2 / 6.
Proof.
intros y0; assert (a := le_sinh y (Rlt_le _ _ y0)); assert (b := sinh_le y (Rlt_le _ _ y0)).
assert (lo : 1 <= sinh y / y).
  apply Rmult_le_reg_r with y; [exact y0|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l by lra; lra.
assert (hi : sinh y / y <= exp (y ^ 2 / 6)).
  apply Rmult_le_reg_r with y; [exact y0|]; unfold Rdiv at 1; rewrite Rmult_assoc, Rinv_l by lra; lra.
split.
- rewrite <- ln_1; apply Rcomplements.ln_le; lra.
- rewrite <- (ln_exp (y ^ 2 / 6)); apply Rcomplements.ln_le; lra.
Qed.

Lemma is_derive_power a x : 0 < x -> is_derive (fun y => Rpower y a) x (a * Rpower x a / x).
Proof. intros x0; unfold Rpower; auto_derive; [exact x0|]; field; lra. Qed.

(** Along c = 1 + k x, from x = 0, of what is c^a m for c > 0. *)
Lemma is_derive_along_ray (f : R -> R) a k m : (forall c, 0 < c -> f c = Rpower c a * m) ->
  is_derive (fun x => f (1 + x * k)) 0 (a * k * m).
Proof.
intros e; apply is_derive_ext_loc with (fun x => Rpower (1 + x * k) a * m).
- assert (h : continuous (fun x => 1 + x * k) 0).
    apply (@ex_derive_continuous R_AbsRing R_NormedModule); auto_derive; exact I.
  apply (filter_imp (fun x => 0 < 1 + x * k)); [intros x p; symmetry; exact (e _ p)|].
  apply (h (fun y => 0 < y)), open_gt; lra.
- unfold Rpower; auto_derive; [lra|].
  replace (1 + 0 * k) with 1 by ring; rewrite ln_1, Rmult_0_r, exp_0; field.
Qed.

(** One pair of Theorem 1.1 over its limit of infinite depth. *)
Lemma pair_over_limit a b n : 0 < a -> 0 < b -> b < a -> (0 < n)%nat ->
  let y := (ln a - ln b) / INR n in
  0 < y /\
  INR n * (Rpower a (2 / INR n) - Rpower b (2 / INR n)) / (ln (a ^ 2) - ln (b ^ 2))
  = Rpower a (/ INR n) * Rpower b (/ INR n) * (sinh y / y).
Proof.
intros a0 b0 ba n0 y; assert (N := lt_0_INR n n0); assert (l := ln_increasing b a b0 ba).
assert (y0 : 0 < y) by (apply Rdiv_lt_0_compat; lra); split; [exact y0|].
assert (sq : forall x, 0 < x -> ln (x ^ 2) = 2 * ln x).
  intros x x0; simpl; rewrite Rmult_1_r, ln_mult by exact x0; ring.
rewrite !sq by assumption; unfold Rpower, sinh.
rewrite <- exp_plus; set (m := / INR n * ln a + / INR n * ln b).
replace (2 / INR n * ln a) with (m + y) by (unfold m, y; field; lra).
replace (2 / INR n * ln b) with (m + - y) by (unfold m, y; field; lra).
rewrite !exp_plus; unfold y at 5; field; repeat split; lra.
Qed.

(** sinh y / y grows. *)
Lemma sinh_quotient_grows y z : 0 < y -> y < z -> sinh y / y < sinh z / z.
Proof.
intros y0 yz; assert (z0 : 0 < z) by lra; set (c := z / y).
assert (cy : c * y = z) by (unfold c; field; lra).
assert (c1 : 1 < c) by (apply Rmult_lt_reg_r with y; [exact y0|]; rewrite cy; lra).
destruct (MVT_cor2 (fun x => sinh (c * x) - c * sinh x)
  (fun x => c * (cosh (c * x) - cosh x)) 0 y y0) as [x [e [x0 xy]]].
- intros x _; apply is_derive_Reals; unfold sinh, cosh; auto_derive; [exact I|]; field.
- rewrite Rmult_0_r, sinh_0, Rmult_0_r, !Rminus_0_r, cy in e.
  assert (h : cosh x < cosh (c * x)).
    replace (cosh (c * x)) with (cosh x + 2 * sinh ((c * x + x) / 2) * sinh ((c * x - x) / 2)).
      assert (a : 0 < sinh ((c * x + x) / 2)) by (rewrite <- sinh_0; apply sinh_lt; nra).
      assert (b : 0 < sinh ((c * x - x) / 2)) by (rewrite <- sinh_0; apply sinh_lt; nra).
      nra.
    unfold sinh, cosh.
    replace (c * x) with ((c * x + x) / 2 + (c * x - x) / 2) at 5 6 by field.
    replace x with ((c * x + x) / 2 - (c * x - x) / 2) at 1 2 by field.
    set (u := (c * x + x) / 2); set (v := (c * x - x) / 2).
    replace (- (u - v)) with (- u + v) by ring; replace (- (u + v)) with (- u + - v) by ring.
    unfold Rminus; rewrite !exp_plus; field.
  apply Rmult_lt_reg_r with (y * z); [nra|].
  replace (sinh y / y * (y * z)) with (z * sinh y) by (field; lra).
  replace (sinh z / z * (y * z)) with (y * sinh z) by (field; lra).
  rewrite <- cy at 1; assert (k : 0 < c * (cosh (c * x) - cosh x) * y) by nra; nra.
Qed.

(** The logarithmic mean of a^2 and b^2. *)
Lemma log_mean_sinh a b : 0 < b -> b < a ->
  0 < ln a - ln b /\
  (a ^ 2 - b ^ 2) / (ln (a ^ 2) - ln (b ^ 2)) = a * b * (sinh (ln a - ln b) / (ln a - ln b)).
Proof.
intros b0 ba; assert (a0 : 0 < a) by lra; assert (l := ln_increasing b a b0 ba).
split; [lra|]; assert (sq : forall x, 0 < x -> ln (x ^ 2) = 2 * ln x).
  intros x x0; simpl; rewrite Rmult_1_r, ln_mult by exact x0; ring.
rewrite !sq by assumption; unfold sinh, Rminus; rewrite Ropp_plus_distr, Ropp_involutive.
rewrite !exp_plus, !exp_Ropp, !exp_ln by assumption; field; repeat split; lra.
Qed.
