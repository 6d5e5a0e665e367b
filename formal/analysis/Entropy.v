(** * The entropy of two shares                                  (norm-divergence)

    For shares 1 - x and x with 0 <= x <= y^2, y <= 1/2, the entropy
      - (1 - x) log (1 - x) - x log x
    is between 0 and 3 y.  The logarithm of the effective rank of a 2 x 2 matrix
    is such an entropy, x the share of the smaller singular value.
    Coq's reals and Coquelicot alone: nothing of MathComp. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
Local Open Scope R_scope.

Lemma share_bound x : 0 < x -> x <= 1 -> 0 <= - (x * ln x) <= 2 * sqrt x.
Proof.
intros x0 x1; assert (l : ln x <= 0).
  rewrite <- ln_1; destruct x1 as [x1| ->]; [left; apply ln_increasing; lra|lra].
split; [nra|].
assert (s := sqrt_lt_R0 x x0); assert (e : sqrt x * sqrt x = x) by (apply sqrt_sqrt; lra).
assert (i : ln (/ sqrt x) <= / sqrt x - 1).
  assert (h := exp_ineq1_le (ln (/ sqrt x))); rewrite exp_ln in h.
    lra.
  apply Rinv_0_lt_compat; exact s.
rewrite ln_Rinv in i by exact s.
assert (ln x = 2 * ln (sqrt x)).
  rewrite <- e at 1; rewrite ln_mult by exact s; ring.
assert (ii : sqrt x * / sqrt x = 1) by (apply Rinv_r; lra).
rewrite H; nra.
Qed.

(** The share that is nearly 1. *)
Lemma large_share_bound x : 0 <= x -> x < 1 -> 0 <= - ((1 - x) * ln (1 - x)) <= x.
Proof.
intros x0 x1; set (y := 1 - x); assert (y0 : 0 < y) by (unfold y; lra).
assert (i : ln (/ y) <= / y - 1).
  assert (h := exp_ineq1_le (ln (/ y))); rewrite exp_ln in h.
    lra.
  apply Rinv_0_lt_compat; exact y0.
assert (l : ln y <= 0).
  rewrite <- ln_1; destruct x0 as [x0|x0].
    left; apply ln_increasing; unfold y; lra.
  unfold y; rewrite <- x0, Rminus_0_r; lra.
rewrite ln_Rinv in i by exact y0.
assert (ii : y * / y = 1) by (apply Rinv_r; lra).
split; unfold y in *; nra.
Qed.

Theorem entropy_bound x y :
  0 <= x -> x <= y ^ 2 -> 0 <= y -> y <= / 2 ->
  0 <= - ((1 - x) * ln (1 - x)) - x * ln x <= 3 * y.
Proof.
intros x0 xy y0 y1; assert (x1 : x < 1) by nra.
assert (h := large_share_bound x x0 x1).
destruct x0 as [x0|x0].
- assert (k := share_bound x x0 (Rlt_le _ _ x1)).
  assert (s : sqrt x <= y).
    rewrite <- (sqrt_pow2 y y0); apply sqrt_le_1_alt; exact xy.
  nra.
- rewrite <- x0 in *; rewrite Rmult_0_l; nra.
Qed.

(** The entropy in terms of the ratio e of the smaller to the larger value. *)
Theorem entropy_of_ratio e : 0 < e ->
  - (/ (1 + e) * ln (/ (1 + e)) + e / (1 + e) * ln (e / (1 + e)))
  = ln (1 + e) + e / (1 + e) * ln (/ e).
Proof.
intros e0; assert (i := Rinv_0_lt_compat (1 + e) ltac:(lra)).
unfold Rdiv at 2; rewrite ln_mult, !ln_Rinv by lra; field; lra.
Qed.

Theorem entropy_of_ratio_bound e : 0 < e -> e <= 1 ->
  ln (1 + e) + e / (1 + e) * ln (/ e) <= e * (1 + ln (/ e)).
Proof.
intros e0 e1; assert (a : ln (1 + e) <= e).
  assert (h := exp_ineq1_le (ln (1 + e))); rewrite exp_ln in h; lra.
assert (b : 0 <= ln (/ e)).
  rewrite ln_Rinv by exact e0; destruct e1 as [e1| ->]; [|rewrite ln_1; lra].
  assert (h := ln_increasing e 1 e0 e1); rewrite ln_1 in h; lra.
assert (c : e / (1 + e) <= e).
  apply Rmult_le_reg_r with (1 + e); [lra|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l by lra; nra.
nra.
Qed.

Lemma small_ratio_bound e y : 0 < e -> e <= y ^ 2 -> 0 <= y -> e * (1 + ln (/ e)) <= 2 * y.
Proof.
intros e0 ey y0; assert (s := sqrt_lt_R0 e e0).
assert (q : sqrt e * sqrt e = e) by (apply sqrt_sqrt; lra).
assert (r : sqrt e <= y) by (rewrite <- (sqrt_pow2 y y0); apply sqrt_le_1_alt; exact ey).
assert (p := Rinv_0_lt_compat _ s).
assert (h := exp_ineq1_le (ln (/ sqrt e))); rewrite exp_ln in h by exact p.
assert (l : ln (/ e) = 2 * ln (/ sqrt e)).
  rewrite <- q at 1; rewrite Rinv_mult, ln_mult by lra; ring.
assert (i : sqrt e * / sqrt e = 1) by (apply Rinv_r; lra).
rewrite l; assert (k : e * / sqrt e = sqrt e) by (rewrite <- q at 1; rewrite Rmult_assoc, i; ring).
nra.
Qed.
