(** * The derivatives of the flow of one row                         (auxiliary)

    One component of rho^(1-a) c + k q rho^(-a) w, rho = |w|^2 and q = <c, w>, where one
    entry of w moves; the difference of two such derivatives; and rho^(1/2) q.
    Coq's reals and Coquelicot alone: nothing of MathComp. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
Local Open Scope R_scope.

(** F_i where w_j moves with velocity 1 and w_i with velocity e, q = <c, w>. *)
Definition field_line (rho q ci cj wi wj e a k x : R) : R :=
  Rpower (rho + 2 * wj * x + x ^ 2) (1 - a) * ci +
  k * (q + cj * x) * Rpower (rho + 2 * wj * x + x ^ 2) (- a) * (wi + e * x).

Definition field_slope (rho q ci cj wi wj e a k : R) : R :=
  Rpower rho (- a) * (2 * (1 - a) * wj * ci + k * (cj * wi - 2 * a * q * wj * wi / rho + q * e)).

Lemma is_derive_field rho q ci cj wi wj e a k : 0 < rho ->
  is_derive (field_line rho q ci cj wi wj e a k) 0 (field_slope rho q ci cj wi wj e a k).
Proof.
intros p; unfold field_line, field_slope.
assert (s : Rpower rho (1 - a) = rho * Rpower rho (- a)).
  replace (1 - a) with (1 + - a) by ring; rewrite Rpower_plus, Rpower_1 by exact p; reflexivity.
evar_last.
  unfold Rpower; auto_derive; [|reflexivity].
  repeat split; replace (rho + 2 * wj * 0 + 0 * (0 * 1)) with rho by ring; exact p.
replace (rho + 2 * wj * 0 + 0 * (0 * 1)) with rho by ring.
change (exp ((1 - a) * ln rho)) with (Rpower rho (1 - a)).
change (exp (- a * ln rho)) with (Rpower rho (- a)).
rewrite s; field; lra.
Qed.

Lemma slope_difference rho q c1 c2 w1 w2 e n : 0 < rho -> 0 < n ->
  field_slope rho q c1 c2 w1 w2 e (1 / n) (n - 1) - field_slope rho q c2 c1 w2 w1 e (1 / n) (n - 1) =
  - ((n - 1) * (n - 2) * / n * Rpower rho (- (1 / n)) * (c1 * w2 - c2 * w1)).
Proof. intros r p; unfold field_slope; field; lra. Qed.

Lemma is_derive_potential rho q ci cj wi wj e : 0 < rho ->
  is_derive (fun x => Rpower (rho + 2 * wj * x + x ^ 2) (1 / 2) * (q + cj * x)) 0
    (field_line rho q cj ci wj wi e (1 / 2) 1 0).
Proof.
intros p; unfold field_line.
assert (s : Rpower rho (1 - 1 / 2) = rho * Rpower rho (- (1 / 2))).
  replace (1 - 1 / 2) with (1 + - (1 / 2)) by field; rewrite Rpower_plus, Rpower_1 by exact p; reflexivity.
assert (h : Rpower rho (1 / 2) = rho * Rpower rho (- (1 / 2))) by (rewrite <- s; f_equal; field).
evar_last.
  unfold Rpower; auto_derive; [|reflexivity].
  repeat split; replace (rho + 2 * wj * 0 + 0 * (0 * 1)) with rho by ring; exact p.
replace (rho + 2 * wj * 0 + 0 * (0 * 1)) with rho by ring.
change (exp (1 / 2 * ln rho)) with (Rpower rho (1 / 2)).
replace (rho + 2 * wi * 0 + 0 ^ 2) with rho by ring.
rewrite s, h; field; lra.
Qed.
