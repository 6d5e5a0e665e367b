(** * Width one                                                            (recap)

    For d = 1, N = 2, the loss (w + 1)^2 / 2 and equal factors at time 0:
      w_1' = - w_2 (w_1 w_2 + 1),  w_2' = - w_1 (w_1 w_2 + 1)
    keep w_1 = w_2 on [0, T], so that the loss stays at least 1/2: the flow is stuck.
    Coq's reals and Coquelicot alone: nothing of MathComp. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From DLN Require Import Growth.
Local Open Scope R_scope.

(** A function that vanishes at 0 and grows at most exponentially vanishes. *)
Theorem growth_zero (y dy : R -> R) C T : 0 <= T ->
  (forall t, 0 <= t <= T -> is_derive y t (dy t)) ->
  (forall t, 0 <= t <= T -> Rabs (dy t) <= C * Rabs (y t)) ->
  y 0 = 0 -> forall t, 0 <= t <= T -> y t = 0.
Proof.
intros T0 hy hC y0 t [t0 tT].
(* run backwards from t: z s = y (t - s) *)
assert (h : y t ^ 2 <= y 0 ^ 2 * exp (2 * C * t)).
  assert (k := growth_nonzero (fun s => y (t - s)) (fun s => - dy (t - s)) C t t0).
  replace (y t) with (y (t - 0)) by (f_equal; ring).
  replace (y 0) with (y (t - t)) by (f_equal; ring).
  apply k; [| |split; [exact t0|apply Rle_refl]].
  - intros s hs; assert (d := hy (t - s)).
    replace (- dy (t - s)) with (scal (-1) (dy (t - s))).
      apply (is_derive_comp y (fun s => t - s)); [apply d; lra|].
      auto_derive; [exact I|ring].
    unfold scal; simpl; unfold mult; simpl; ring.
  - intros s hs; rewrite Rabs_Ropp; apply hC; lra.
rewrite y0 in h; simpl in h; nra.
Qed.

(** The derivative of the loss with respect to one factor u, the other v fixed. *)
Theorem loss_gradient (u v : R) :
  is_derive (fun x => (x * v + 1) ^ 2 / 2) u (v * (u * v + 1)).
Proof. auto_derive; [exact I|field]. Qed.

Section Stuck.

Variables (w1 w2 : R -> R) (T : R).
Hypothesis T0 : 0 <= T.
Hypothesis flow1 : forall t, 0 <= t <= T -> is_derive w1 t (- (w2 t * (w1 t * w2 t + 1))).
Hypothesis flow2 : forall t, 0 <= t <= T -> is_derive w2 t (- (w1 t * (w1 t * w2 t + 1))).
Hypothesis start : w1 0 = w2 0.

Theorem factors_stay_equal t : 0 <= t <= T -> w1 t = w2 t.
Proof.
intros tT.
destruct (bounded_on_segment (fun s => w1 s * w2 s + 1) T T0) as [B hB].
  intros s hs; apply (ex_derive_continuous (fun s => w1 s * w2 s + 1)).
  assert (e1 : ex_derive w1 s) by (eexists; apply flow1; exact hs).
  assert (e2 : ex_derive w2 s) by (eexists; apply flow2; exact hs).
  auto_derive; repeat split; assumption.
assert (h : w1 t - w2 t = 0); [|lra].
apply (growth_zero (fun s => w1 s - w2 s)
  (fun s => (w1 s - w2 s) * (w1 s * w2 s + 1)) B T T0); [| |lra|exact tT].
- intros s hs.
  replace ((w1 s - w2 s) * (w1 s * w2 s + 1))
    with (minus (- (w2 s * (w1 s * w2 s + 1))) (- (w1 s * (w1 s * w2 s + 1)))).
    apply (is_derive_minus w1 w2); [apply flow1|apply flow2]; exact hs.
  unfold minus, plus, opp; simpl; ring.
- intros s hs; rewrite Rabs_mult, Rmult_comm.
  apply Rmult_le_compat_r; [apply Rabs_pos|apply hB; exact hs].
Qed.

Theorem loss_of_equal_factors t : 0 <= t <= T ->
  (w1 t * w2 t + 1) ^ 2 / 2 = (w1 t ^ 2 + 1) ^ 2 / 2.
Proof. intros tT; rewrite (factors_stay_equal t tT); field. Qed.

Theorem flow_is_stuck t : 0 <= t <= T -> / 2 <= (w1 t * w2 t + 1) ^ 2 / 2.
Proof.
intros tT; rewrite (factors_stay_equal t tT); assert (0 <= w2 t * w2 t) by nra; nra.
Qed.

End Stuck.
