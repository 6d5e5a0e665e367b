(** * Waves that vanish at both ends                 (jacobi-basis, orbit-volume)

    cos((jm/n - 1/2) pi) = sin(j m pi/n), j = 0, ..., n, vanishes at j = 0 and j = n; the
    neighbours of an entry add up to 2 cos(m pi/n) times it; and
      sum_{j=1}^n sin(j m pi/n) sin(j k pi/n) = n/2 where m = k, 0 otherwise, 1 <= m,k < n.
    Coq's reals alone: nothing of MathComp. *)

From Coq Require Import Reals Lra Lia.
Local Open Scope R_scope.

Definition wave (n m j : nat) : R := cos ((INR (j * m) / INR n - / 2) * PI).

Lemma wave_sin n m j : (0 < n)%nat -> wave n m j = sin (INR j * (INR m * PI / INR n)).
Proof.
intros n0; assert (N := lt_0_INR n n0); unfold wave; rewrite mult_INR.
replace ((INR j * INR m / INR n - / 2) * PI)
  with (INR j * (INR m * PI / INR n) - PI / 2) by (field; lra).
rewrite cos_minus, cos_PI2, sin_PI2; ring.
Qed.

Lemma sin_multiple m : sin (INR m * PI) = 0.
Proof. apply sin_eq_0_1; exists (Z.of_nat m); rewrite <- INR_IZR_INZ; reflexivity. Qed.

Theorem wave_zero n m : (0 < n)%nat -> wave n m 0 = 0.
Proof. intros n0; rewrite wave_sin by exact n0; simpl; rewrite Rmult_0_l; exact sin_0. Qed.

Theorem wave_end n m : (0 < n)%nat -> wave n m n = 0.
Proof.
intros n0; assert (N := lt_0_INR n n0); rewrite wave_sin by exact n0.
replace (INR n * (INR m * PI / INR n)) with (INR m * PI) by (field; lra).
apply sin_multiple.
Qed.

Lemma wave_neighbours n m j : (0 < n)%nat ->
  wave n m (S (S j)) + wave n m j = 2 * cos (INR m * PI / INR n) * wave n m (S j).
Proof.
intros n0; rewrite !wave_sin, !S_INR by exact n0; set (x := INR m * PI / INR n).
replace ((INR j + 1 + 1) * x) with ((INR j + 1) * x + x) by ring.
replace (INR j * x) with ((INR j + 1) * x - x) by ring.
rewrite sin_plus, sin_minus; ring.
Qed.

Theorem wave_first_positive n m : (0 < m < n)%nat -> 0 < wave n m 1.
Proof.
intros [m0 mn]; assert (n0 : (0 < n)%nat) by lia; rewrite wave_sin by exact n0.
assert (M := lt_0_INR m m0); assert (N := lt_0_INR n n0); assert (l := lt_INR m n mn).
assert (p := PI_RGT_0); assert (q : INR m * PI / INR n * INR n = INR m * PI) by (field; lra).
simpl (INR 1); rewrite Rmult_1_l; apply sin_gt_0.
- apply Rdiv_lt_0_compat; nra.
- apply Rmult_lt_reg_r with (INR n); [exact N|]; rewrite q; nra.
Qed.

(** sum_{j=1}^k cos(j x) *)
Fixpoint cos_sum (k : nat) (x : R) : R :=
  match k with O => 0 | S j => cos_sum j x + cos (INR (S j) * x) end.

Lemma cos_sum_telescopes k x :
  2 * sin (x / 2) * cos_sum k x = sin (INR k * x + x / 2) - sin (x / 2).
Proof.
induction k as [|k IH]; cbn [cos_sum].
  simpl; replace (0 * x + x / 2) with (x / 2) by ring; ring.
rewrite Rmult_plus_distr_l, IH, S_INR.
replace (INR k * x + x / 2) with ((INR k + 1) * x - x / 2) by field.
rewrite sin_plus, sin_minus; ring.
Qed.

Lemma sin_shift p x : sin (INR p * PI + x) = (-1) ^ p * sin x.
Proof.
induction p as [|p IH]; [simpl; rewrite Rmult_0_l, Rplus_0_l; ring|].
rewrite S_INR; replace ((INR p + 1) * PI + x) with (INR p * PI + x + PI) by ring.
rewrite neg_sin, IH; simpl; ring.
Qed.

Lemma cos_sum_whole n p : (0 < p < 2 * n)%nat ->
  cos_sum n (INR p * PI / INR n) = ((-1) ^ p - 1) / 2.
Proof.
intros [p0 pn]; assert (n0 : (0 < n)%nat) by lia.
assert (P := lt_0_INR p p0); assert (N := lt_0_INR n n0); assert (l := lt_INR _ _ pn).
rewrite mult_INR in l; simpl (INR 2) in l; assert (q := PI_RGT_0).
set (x := INR p * PI / INR n); assert (e : INR n * x = INR p * PI) by (unfold x; field; lra).
assert (s : 0 < sin (x / 2)).
  assert (x0 : 0 < x) by (apply Rdiv_lt_0_compat; nra).
  apply sin_gt_0; [lra|]; apply Rmult_lt_reg_r with (INR n); [exact N|]; nra.
assert (t := cos_sum_telescopes n x); rewrite e, sin_shift in t.
apply Rmult_eq_reg_l with (2 * sin (x / 2)); [rewrite t; field | lra].
Qed.

(** sum_{j=1}^k wave n m j * wave n l j *)
Fixpoint wave_sum (n m l k : nat) : R :=
  match k with O => 0 | S j => wave_sum n m l j + wave n m (S j) * wave n l (S j) end.

Lemma wave_sum_cosines n m l k : (0 < n)%nat -> (l <= m)%nat ->
  wave_sum n m l k =
  (cos_sum k (INR (m - l) * PI / INR n) - cos_sum k (INR (m + l) * PI / INR n)) / 2.
Proof.
intros n0 lm; assert (N := lt_0_INR n n0); induction k as [|k IH]; cbn [wave_sum]; cbn [cos_sum]; [field|].
rewrite IH, !wave_sin by exact n0; set (j := INR (S k)).
rewrite minus_INR, plus_INR by exact lm.
replace (j * ((INR m - INR l) * PI / INR n))
  with (j * (INR m * PI / INR n) - j * (INR l * PI / INR n)) by (field; lra).
replace (j * ((INR m + INR l) * PI / INR n))
  with (j * (INR m * PI / INR n) + j * (INR l * PI / INR n)) by (field; lra).
rewrite cos_minus, cos_plus; field.
Qed.

Lemma cos_sum_zero k : cos_sum k 0 = INR k.
Proof.
induction k as [|k IH]; [reflexivity|].
cbn [cos_sum]; rewrite IH, Rmult_0_r, cos_0, S_INR; reflexivity.
Qed.

Lemma wave_sum_comm n m l k : wave_sum n m l k = wave_sum n l m k.
Proof. induction k as [|k IH]; simpl; [|rewrite IH, Rmult_comm]; reflexivity. Qed.

Lemma even_power p k : (-1) ^ (p + 2 * k) = (-1) ^ p.
Proof. rewrite pow_add, pow_1_even; ring. Qed.

Lemma wave_sum_same n m : (0 < m < n)%nat -> wave_sum n m m n = INR n / 2.
Proof.
intros [m0 mn]; rewrite wave_sum_cosines by lia; rewrite Nat.sub_diag.
replace (INR 0 * PI / INR n) with 0 by (simpl; unfold Rdiv; ring).
rewrite cos_sum_zero, cos_sum_whole by lia.
replace (m + m)%nat with (0 + 2 * m)%nat by lia; rewrite even_power; simpl; field.
Qed.

Lemma wave_sum_less n m l : (0 < l < m)%nat -> (m < n)%nat -> wave_sum n m l n = 0.
Proof.
intros [l0 lm] mn; rewrite wave_sum_cosines, !cos_sum_whole by lia.
replace (m + l)%nat with (m - l + 2 * l)%nat by lia; rewrite even_power; field.
Qed.

Lemma wave_sum_other n m l : (0 < m < n)%nat -> (0 < l < n)%nat -> m <> l ->
  wave_sum n m l n = 0.
Proof.
intros hm hl ne; destruct (Nat.lt_gt_cases m l) as [h _]; destruct (h ne) as [c|c].
- rewrite wave_sum_comm; apply wave_sum_less; lia.
- apply wave_sum_less; lia.
Qed.

Lemma cos_fraction_lt1 n m : (0 < m)%nat -> (m < n)%nat -> cos (INR m * PI / INR n) < 1.
Proof.
intros m0 mn; assert (n0 : (0 < n)%nat) by lia.
assert (M := lt_0_INR m m0); assert (N := lt_0_INR n n0); assert (l := lt_INR m n mn).
assert (p := PI_RGT_0); set (x := INR m * PI / INR n).
assert (e : x * INR n = INR m * PI) by (unfold x; field; lra).
assert (x0 : 0 < x) by (apply Rdiv_lt_0_compat; nra).
rewrite <- cos_0; apply cos_decreasing_1; nra.
Qed.
