(** * Limits of n (x^(1/n) - 1), and logarithmic means          (infinite-depth)

    For a, b > 0
      n (a^(2/n) - b^(2/n)) -> log a^2 - log b^2, with an error of at most C/n;
      int_0^1 p^(1-s) q^s ds = (p - q) / (log p - log q), and p where p = q.
    Coq's reals and Coquelicot alone: nothing of MathComp. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
Local Open Scope R_scope.

(** ** exp x - 1 - x is between 0 and x^2 exp|x| *)
Lemma exp_ge x : 1 + x <= exp x.
Proof.
destruct (Req_dec x 0) as [->|n]; [rewrite exp_0; lra|].
left; apply exp_ineq1; exact n.
Qed.

Lemma exp_taylor1 x : 0 <= exp x - 1 - x <= x ^ 2 * exp (Rabs x).
Proof.
assert (h := exp_ge x); assert (h' := exp_ge (- x)).
assert (p := exp_pos x); assert (i : exp x * exp (- x) = 1).
  rewrite <- exp_plus, Rplus_opp_r; apply exp_0.
assert (u : exp x - 1 <= x * exp x) by nra.
split; [lra|].
destruct (Rle_dec 0 x) as [x0|x0].
- rewrite Rabs_pos_eq by exact x0; nra.
- assert (xn : x < 0) by lra.
  rewrite Rabs_left by exact xn.
  assert (exp 0 <= exp (- x)) by (left; apply exp_increasing; lra).
  rewrite exp_0 in H; nra.
Qed.

(** ** N (exp (y/N) - 1) -> y, with the rate *)
Lemma exp_rate y n : (0 < n)%nat ->
  Rabs (INR n * (exp (y / INR n) - 1) - y) <= y ^ 2 * exp (Rabs y) / INR n.
Proof.
intros n0; assert (N1 : 1 <= INR n) by (apply (le_INR 1); exact n0).
set (N := INR n) in *; assert (h := exp_taylor1 (y / N)).
assert (e : y / N * N = y) by (field; lra).
set (x := y / N) in *.
replace (N * (exp x - 1) - y) with (N * (exp x - 1 - x)) by (rewrite <- e; ring).
rewrite Rabs_pos_eq by (apply Rmult_le_pos; lra).
apply Rle_trans with (N * (x ^ 2 * exp (Rabs x))).
  apply Rmult_le_compat_l; lra.
replace (y ^ 2 * exp (Rabs y) / N) with (N * (x ^ 2 * exp (Rabs y))).
2: { rewrite <- e; field; lra. }
apply Rmult_le_compat_l; [lra|]; apply Rmult_le_compat_l; [apply pow2_ge_0|].
assert (Rabs x <= Rabs y).
  rewrite <- e, Rabs_mult, (Rabs_pos_eq N) by lra.
  assert (q := Rabs_pos x); nra.
destruct H as [l| ->]; [left; apply exp_increasing; exact l|apply Rle_refl].
Qed.

Lemma is_lim_seq_inv_INR c : is_lim_seq (fun n => c / INR n) 0.
Proof.
apply is_lim_seq_ext with (fun n => c * / INR n); [reflexivity|].
replace (Finite 0) with (Rbar_mult c 0) by (simpl; f_equal; ring).
apply is_lim_seq_scal_l.
apply (is_lim_seq_inv INR p_infty); [exact is_lim_seq_INR|discriminate].
Qed.

Lemma lim_exp y : is_lim_seq (fun n => INR n * (exp (y / INR n) - 1)) y.
Proof.
apply is_lim_seq_ext with (fun n => y + (INR n * (exp (y / INR n) - 1) - y)).
  intros n; ring.
replace (Finite y) with (Rbar_plus y 0) by (simpl; f_equal; ring).
apply is_lim_seq_plus'; [apply is_lim_seq_const|].
apply is_lim_seq_abs_0.
apply is_lim_seq_le_le_loc with (fun _ => 0) (fun n => y ^ 2 * exp (Rabs y) / INR n).
- exists 1%nat; intros n n1; split; [apply Rabs_pos|apply exp_rate; exact n1].
- apply is_lim_seq_const.
- apply is_lim_seq_inv_INR.
Qed.

(** ** The limit of every pair (Theorem 1.1 at infinite depth) *)
Lemma Rpower_2N a n : Rpower a (2 / INR n) = exp (2 * ln a / INR n).
Proof. unfold Rpower; f_equal; unfold Rdiv; ring. Qed.

Lemma ln_sqr a : 0 < a -> ln (a ^ 2) = 2 * ln a.
Proof. intros a0; simpl; rewrite Rmult_1_r, ln_mult by exact a0; ring. Qed.

Theorem pair_limit a b : 0 < a -> 0 < b ->
  is_lim_seq (fun n => INR n * (Rpower a (2 / INR n) - Rpower b (2 / INR n)))
    (ln (a ^ 2) - ln (b ^ 2)).
Proof.
intros a0 b0; rewrite !ln_sqr by assumption.
apply is_lim_seq_ext with (fun n => INR n * (exp (2 * ln a / INR n) - 1)
                                    - INR n * (exp (2 * ln b / INR n) - 1)).
  intros n; rewrite !Rpower_2N; ring.
apply is_lim_seq_minus'; apply lim_exp.
Qed.

Theorem pair_rate a b n : 0 < a -> 0 < b -> (0 < n)%nat ->
  Rabs (INR n * (Rpower a (2 / INR n) - Rpower b (2 / INR n)) - (ln (a ^ 2) - ln (b ^ 2)))
  <= ((2 * ln a) ^ 2 * exp (Rabs (2 * ln a)) + (2 * ln b) ^ 2 * exp (Rabs (2 * ln b))) / INR n.
Proof.
intros a0 b0 n0; rewrite !Rpower_2N, !ln_sqr by assumption.
assert (ha := exp_rate (2 * ln a) n n0); assert (hb := exp_rate (2 * ln b) n n0).
replace (INR n * (exp (2 * ln a / INR n) - exp (2 * ln b / INR n)) - (2 * ln a - 2 * ln b))
  with ((INR n * (exp (2 * ln a / INR n) - 1) - 2 * ln a)
        - (INR n * (exp (2 * ln b / INR n) - 1) - 2 * ln b)) by ring.
unfold Rdiv in *; rewrite Rmult_plus_distr_r.
eapply Rle_trans; [apply Rabs_triang|]; rewrite Rabs_Ropp; apply Rplus_le_compat; assumption.
Qed.

(** ** The integral of A_inf *)
Theorem log_mean_integral p q : 0 < p -> 0 < q -> p <> q ->
  is_RInt (fun s => Rpower p (1 - s) * Rpower q s) 0 1 ((p - q) / (ln p - ln q)).
Proof.
intros p0 q0 pq.
assert (D : ln p - ln q <> 0) by (intros e; apply pq; apply ln_inv; lra).
replace ((p - q) / (ln p - ln q)) with
  (minus (Rpower p (1 - 1) * Rpower q 1 / (ln q - ln p))
         (Rpower p (1 - 0) * Rpower q 0 / (ln q - ln p))).
2: { unfold minus, plus, opp; simpl.
     rewrite Rminus_0_r, Rminus_eq_0, !Rpower_1, !Rpower_O by assumption; field; lra. }
apply (is_RInt_derive (fun s => Rpower p (1 - s) * Rpower q s / (ln q - ln p))).
- intros s _; unfold Rpower; auto_derive; [lra|].
  set (x := exp _); set (y := exp _); field; lra.
- intros s _; apply (ex_derive_continuous (fun s => Rpower p (1 - s) * Rpower q s)).
  unfold Rpower; auto_derive; trivial.
Qed.

Theorem diagonal_integral p : 0 < p ->
  is_RInt (fun s => Rpower p (1 - s) * Rpower p s) 0 1 p.
Proof.
intros p0; apply is_RInt_ext with (fun _ => p).
  intros s _; rewrite <- Rpower_plus.
  replace (1 - s + s) with 1 by ring; symmetry; apply Rpower_1; exact p0.
assert (e : @scal R_AbsRing R_NormedModule (1 - 0) p = p).
  unfold scal; simpl; unfold mult; simpl; ring.
exact (eq_ind _ (fun l : R => is_RInt (fun _ : R => p) 0 1 l) (@is_RInt_const R_NormedModule 0 1 p) _ e).
Qed.
