(** * A function that grows at most exponentially keeps its sign    (norm-divergence)

    If |y'| <= C |y| on [0, T] then y is nowhere zero on [0, T], or everywhere; so
    y(0) > 0 gives y > 0 on [0, T].  Nothing is asked of y'/y, which need not be
    continuous.  And a function that is continuous on [0, T] is bounded there.
    Coq's reals and Coquelicot alone: nothing of MathComp. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
Local Open Scope R_scope.

(** The nearest point of [0, T]: by it what is known on [0, T] is used by theorems
    about the whole line. *)
Definition clamp (T t : R) : R := Rmax 0 (Rmin t T).

Lemma clamp_id T t : 0 <= t <= T -> clamp T t = t.
Proof. intros [? ?]; unfold clamp; rewrite Rmin_left, Rmax_right; trivial. Qed.

Lemma clamp_in T t : 0 <= T -> 0 <= clamp T t <= T.
Proof.
intros; unfold clamp; split; [apply Rmax_l|].
apply Rmax_lub; [assumption|apply Rmin_r].
Qed.

Lemma clamp_lip T u v : Rabs (clamp T u - clamp T v) <= Rabs (u - v).
Proof.
unfold clamp, Rmax, Rmin; repeat destruct Rle_dec;
unfold Rabs; repeat destruct Rcase_abs; lra.
Qed.

(** |y'| <= C |y|: y does not vanish and keeps its sign.  No continuity of y'/y. *)
Theorem growth_nonzero (y dy : R -> R) C T : 0 <= T ->
  (forall t, 0 <= t <= T -> is_derive y t (dy t)) ->
  (forall t, 0 <= t <= T -> Rabs (dy t) <= C * Rabs (y t)) ->
  forall t, 0 <= t <= T -> y 0 ^ 2 <= y t ^ 2 * exp (2 * C * t).
Proof.
intros T0 hy hC t [t0 tT].
pose (u := fun s => y s ^ 2 * exp (2 * C * s)).
pose (du := fun s => (2 * y s * dy s + 2 * C * y s ^ 2) * exp (2 * C * s)).
assert (hu : forall s, 0 <= s <= T -> is_derive u s (du s)).
  intros s hs; unfold u, du.
  auto_derive; [repeat split; eexists; apply hy; exact hs|].
  replace (Derive _ s) with (dy s) by (symmetry; apply is_derive_unique, hy; exact hs).
  ring.
destruct (MVT_gen u 0 t du) as [c [hc e]].
- intros s hs; rewrite Rmin_left, Rmax_right in hs by lra; apply hu; lra.
- intros s hs; rewrite Rmin_left, Rmax_right in hs by lra.
  apply derivable_continuous_pt; exists (du s); apply is_derive_Reals, hu; lra.
- rewrite Rmin_left, Rmax_right in hc by lra.
  assert (p : 0 <= du c).
    unfold du; apply Rmult_le_pos; [|left; apply exp_pos].
    assert (h := hC c (conj (proj1 hc) (Rle_trans _ _ _ (proj2 hc) tT))).
    assert (q : Rabs (y c * dy c) <= C * y c ^ 2).
      rewrite Rabs_mult; replace (y c ^ 2) with (Rabs (y c) * Rabs (y c)).
        assert (w := Rabs_pos (y c)); nra.
      rewrite <- Rabs_mult, Rabs_pos_eq; simpl; [ring|nra].
    assert (w := Rle_abs (- (y c * dy c))); rewrite Rabs_Ropp in w; lra.
  unfold u in e; rewrite Rmult_0_r, exp_0, Rmult_1_r in e.
  assert (0 <= du c * (t - 0)) by (apply Rmult_le_pos; lra); lra.
Qed.

Theorem growth_sign (y dy : R -> R) C T : 0 <= T ->
  (forall t, 0 <= t <= T -> is_derive y t (dy t)) ->
  (forall t, 0 <= t <= T -> Rabs (dy t) <= C * Rabs (y t)) ->
  0 < y 0 -> forall t, 0 <= t <= T -> 0 < y t.
Proof.
intros T0 hy hC y0 t ht.
assert (nz : forall s, 0 <= s <= T -> y s <> 0).
  intros s hs e; assert (h := growth_nonzero y dy C T T0 hy hC s hs).
  rewrite e in h; simpl in h; nra.
destruct (Rlt_le_dec 0 (y t)) as [|yt]; [assumption|exfalso].
pose (z := fun s => y (clamp T s)).
assert (cz : continuity z).
  intros s; apply continuity_pt_filterlim; intros P hP.
  assert (cy : continuous y (clamp T s)).
    apply (ex_derive_continuous y); eexists; apply hy, clamp_in; exact T0.
  destruct (cy P hP) as [d hd]; exists d; intros u us; apply (hd (clamp T u)).
  apply Rle_lt_trans with (2 := us); apply clamp_lip.
assert (z0 : z 0 = y 0) by (unfold z; rewrite clamp_id; [reflexivity|lra]).
assert (zt : z t = y t) by (unfold z; rewrite clamp_id; [reflexivity|lra]).
destruct (IVT_gen z 0 t 0 cz) as [x [hx ex]].
  rewrite z0, zt; unfold Rmin, Rmax; destruct (Rle_dec (y 0) (y t)); lra.
exact (nz _ (clamp_in T x T0) ex).
Qed.

(** A function that is continuous on [0, T] is bounded there. *)
Lemma bounded_on_segment (f : R -> R) T : 0 <= T ->
  (forall t, 0 <= t <= T -> continuous f t) ->
  exists B, forall t, 0 <= t <= T -> Rabs (f t) <= B.
Proof.
intros T0 cf.
destruct (continuity_ab_maj (fun t => Rabs (f t)) 0 T T0) as [m [hm _]].
  intros t ht; apply continuity_pt_filterlim, (continuous_comp f Rabs).
    apply cf; exact ht.
  apply continuous_Rabs.
exists (Rabs (f m)); exact hm.
Qed.

(** The solution of y' = - c y. *)
Theorem linear_decay (y : R -> R) c T :
  (forall t, 0 <= t <= T -> is_derive y t (- (c * y t))) ->
  forall t, 0 <= t <= T -> y t = exp (- (c * t)) * y 0.
Proof.
intros hy t [t0 tT].
assert (E : y 0 * exp (c * 0) = y t * exp (c * t)).
  destruct t0 as [t0|<-]; [|reflexivity].
  apply (eq_is_derive (fun s => y s * exp (c * s)) 0 t); [|exact t0].
  intros s hs; assert (d := hy s (conj (proj1 hs) (Rle_trans _ _ _ (proj2 hs) tT))).
  auto_derive; [repeat split; eexists; exact d|].
  replace (Derive _ s) with (- (c * y s)) by (symmetry; apply is_derive_unique; exact d).
  unfold zero; simpl; ring.
rewrite Rmult_0_r, exp_0, Rmult_1_r in E; rewrite E.
rewrite Rmult_comm, Rmult_assoc, <- exp_plus, Rplus_opp_r, exp_0; ring.
Qed.
