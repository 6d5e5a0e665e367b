(** * Derivatives of a factor and of a root                           (auxiliary)

    If f = g E near t with f(t) = g(t) = 0, E continuous at t and E(t) not 0, then
    g'(t) = f'(t)/E(t).  If g >= 0 near t and g(t) > 0 then g' = (g^2)'/(2 g) at t.
    Coq's reals and Coquelicot alone: nothing of MathComp. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
Local Open Scope R_scope.

Lemma is_derive_is_lim (f : R -> R) (t l : R) :
  is_derive f t l <-> is_lim (fun h => (f (t + h) - f t) / h) 0 l.
Proof.
rewrite is_derive_Reals; split; intros h.
- apply is_lim_spec; intros e; destruct (h e (cond_pos e)) as [d hd].
  exists d; intros y yd y0; apply hd; [exact y0|].
  change (Rabs (y - 0) < d) in yd; rewrite Rminus_0_r in yd; exact yd.
- intros e e0; apply is_lim_spec in h; destruct (h (mkposreal e e0)) as [d hd].
  exists d; intros y y0 yd; apply hd; [|exact y0].
  change (Rabs (y - 0) < d); rewrite Rminus_0_r; exact yd.
Qed.

Theorem is_derive_factor (f g E : R -> R) (t l : R) :
  is_derive f t l -> f t = 0 -> g t = 0 -> continuous E t -> E t <> 0 ->
  locally t (fun r => g r * E r = f r) -> is_derive g t (l / E t).
Proof.
intros hf f0 g0 cE E0 e; apply is_derive_is_lim in hf; apply is_derive_is_lim.
assert (hE : is_lim (fun h => E (t + h)) 0 (E t)).
  apply (is_lim_comp_continuous (fun h => t + h) E 0 t).
  - replace (Finite t) with (Finite (t + 0)) by (f_equal; ring).
    apply is_lim_plus'; [apply is_lim_const|apply is_lim_id].
  - exact cE.
assert (n : locally t (fun r => E r <> 0)).
  assert (p : 0 < Rabs (E t)) by (apply Rabs_pos_lt; exact E0).
  apply (filter_imp (fun r => Rabs (E r - E t) < Rabs (E t))).
  - intros r hr z; rewrite z, Rminus_0_l, Rabs_Ropp in hr; lra.
  - apply (cE (fun y => Rabs (y - E t) < Rabs (E t))).
    exists (mkposreal _ p); intros y hy; exact hy.
apply is_lim_ext_loc with (fun h => (f (t + h) - f t) / h / E (t + h)).
- assert (both := filter_and _ _ e n); destruct both as [d hd].
  exists d; intros h hd' h0; destruct (hd (t + h)) as [q nz].
    change (Rabs (h - 0) < d) in hd'; change (Rabs (t + h - t) < d).
    replace (t + h - t) with (h - 0) by ring; exact hd'.
  rewrite f0, g0, <- q; field; split; assumption.
- apply (is_lim_div _ _ 0 l (E t) hf hE); [intros z; apply E0; injection z; auto|].
  simpl; unfold is_Rbar_div; simpl; trivial.
Qed.

Theorem is_derive_root (g : R -> R) (t l : R) :
  locally t (fun r => 0 <= g r) -> 0 < g t -> is_derive (fun r => g r ^ 2) t l ->
  is_derive g t (l / (2 * g t)).
Proof.
intros p g0 h; apply is_derive_ext_loc with (fun r => sqrt (g r ^ 2)).
  apply (filter_imp (fun r => 0 <= g r)); [|exact p]; intros r r0; apply sqrt_pow2; exact r0.
assert (q : 0 < g t ^ 2) by (apply pow_lt; exact g0).
assert (d : is_derive sqrt (g t ^ 2) (/ (2 * sqrt (g t ^ 2)))).
  apply is_derive_Reals; apply derivable_pt_lim_sqrt; exact q.
assert (c := is_derive_comp sqrt (fun r => g r ^ 2) t _ _ d h).
rewrite sqrt_pow2 in c by lra; exact c.
Qed.
