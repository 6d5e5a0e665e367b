(** * The densities as the last k singular values vanish: their limits   (volume-divergence)

    Let the last k of d decreasing singular values be multiplied by e -> 0+.  Over
      e^(k(k-N)/N)                      at depth N, with respect to dSigma dU dV,
      e^(-k^2 (N-1)/N)                  at depth N, with respect to dW,
      e^(-k) log(1/e)^(k(d-k))          at infinite depth, with respect to dSigma dU dV,
      e^(-k^2) log(1/e)^(k(d-k))        at infinite depth, with respect to dW
    the densities have the limits given here, which are positive.
    R is Coq's field of real numbers. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import Rstruct.
From Coquelicot Require Import Coquelicot.
From DLN Require Import Basics GeometricSum Pairs Operator Metric Jacobian VolumeForm PowerMap Divergence.
From DLN Require Import InfiniteDepth DivergenceLimits CornerLimits InfiniteVolume.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope R_scope with coqR.
Local Open Scope ring_scope.

Lemma continuous_square_line (a b : R) : continuous (fun x : R => (a - x ^+ 2 * b)%R) 0.
Proof.
pose p : {poly R} := a%:P - 'X^2 * b%:P.
apply: (@continuous_ext _ _ (fun x => p.[x])) (@continuous_horner p) => x.
by rewrite /p !hornerE.
Qed.

Section Powers.

Variable F : fieldType.
Add Ring powers_ring : (ring_bridge F).

Lemma cancel_powers (a b v p q r u : F) : p != 0 -> q != 0 -> r != 0 -> u != 0 ->
  r * u = p * q -> a * (p^-1 * b) * v / (q / u) = a * b * (v / r).
Proof.
move=> p0 q0 r0 u0 e; have -> : q / u = r / p.
  by apply: (mulIf u0); apply: (mulIf p0); rewrite divfK // [r / p * u]mulrAC divfK // e mulrC.
have -> : a * (p^-1 * b) * v / (r / p) = a * b * (v / r) * (p^-1 * p).
  by rewrite invf_div; move: (p^-1) (r^-1) => y z; mcring F.
by rewrite mulVf // mulr1.
Qed.

Lemma regroup (D v a b : F) : a != 0 -> b != 0 -> v != 0 ->
  D * v / a * (v / b)^-1 = D / (a / b).
Proof.
move=> a0 b0 v0; rewrite !invf_div.
have -> : D * v / a * (b / v) = D * (b / a) * (v^-1 * v).
  by move: (a^-1) (v^-1) => y z; mcring F.
by rewrite mulVf // mulr1.
Qed.

End Powers.

Lemma exponents (k n : nat) : (0 < n)%N -> (k * (k - 1) + k * n = (n - 1) * k + k * k)%N.
Proof.
case: n => // n _; rewrite !subn1 /= [(n * k)%N]mulnC; case: k => [|k]; first by rewrite !mul0n.
by rewrite /= !mulnS [LHS]addnCA [RHS]addnCA; congr addn; exact: addnC.
Qed.

Lemma exponents_of_density (k n : nat) : (0 < n)%N ->
  (k * n + n * (k * (k - 1)) = k * k + k * k * (n - 1))%N.
Proof.
move=> n0; rewrite -mulnS !subn1 (prednK n0) [(k * n)%N]mulnC -mulnDr mulnC; congr muln.
by case: k => // k; rewrite -mulnS.
Qed.

Section Vanishing.

Variables (d k : nat).
Hypothesis kd : (k <= d)%N.

Let K := @last_k d k.

(** i is not among the last k, l is. *)
Definition across (i l : 'I_d) : bool := ~~ @last_k d k i && @last_k d k l.

(** The limit of van(t^2), with the last k of the t_i multiplied by x, over x^(k(k-1)). *)
Definition van_limit (t : 'I_d -> R) : R :=
  (\prod_(i < d) \prod_(l < d | (i < l)%N) (if across i l then t i ^+ 2 else t i ^+ 2 - t l ^+ 2))%R.

Lemma two_pairs : (2 * 'C(k, 2) = k * (k - 1))%N.
Proof. by rewrite mulnBr muln1 -(bin2_twice k) addnK. Qed.

Lemma van_factors (t : 'I_d -> R) (x : R) :
  van (fun i => scaled K x t i ^+ 2) = x ^+ (k * (k - 1)) *
  \prod_(i < d) \prod_(l < d | (i < l)%N)
    (if across i l then t i ^+ 2 - x ^+ 2 * t l ^+ 2 else t i ^+ 2 - t l ^+ 2).
Proof.
have -> : x ^+ (k * (k - 1)) = \prod_(i < d) \prod_(l < d | (i < l)%N) (x ^+ 2) ^+ (K i && K l).
  rewrite -two_pairs exprM -[X in 'C(X, 2)](card_last_k kd) -pairs_inside expr_sum.
  by apply: eq_bigr => i _; rewrite expr_sum.
rewrite /van -big_split; apply: eq_bigr => i _; rewrite -big_split; apply: eq_bigr => l il /=.
rewrite /scaled /across -/K; have mono : K i -> K l.
  by rewrite /K /last_k => h; apply: leq_trans h (ltnW il).
case: (K i) (K l) mono => -[] //= mono; rewrite ?expr1 ?expr0 ?mul1r ?exprMn ?mulrBr //.
by have := mono isT.
Qed.

Lemma van_right_limit (t : 'I_d -> R) :
  right_limit (fun x => van (fun i => scaled K x t i ^+ 2) / x ^+ (k * (k - 1))) (van_limit t).
Proof.
apply: (@right_limit_ext (fun x => \prod_(i < d) \prod_(l < d | (i < l)%N)
    (if across i l then t i ^+ 2 - x ^+ 2 * t l ^+ 2 else t i ^+ 2 - t l ^+ 2))).
  by move=> x x0 _; rewrite van_factors mulrAC mulfV ?mul1r // expf_neq0 // gt_eqF.
apply: right_limit_prod => i _; apply: right_limit_prod => l il; case: ifP => _; last exact: right_limit_const.
have := @right_limit_continuous _ (@continuous_square_line (t i ^+ 2) (t l ^+ 2)).
by rewrite expr0n mul0r subr0.
Qed.

Lemma van_limit_gt0 (t : 'I_d -> R) : (forall i, 0 < t i) ->
  (forall i l : 'I_d, (i < l)%N -> t l < t i) -> 0 < van_limit t.
Proof.
move=> t0 dec; apply: prodr_gt0 => i _; apply: prodr_gt0 => l il; case: ifP => _.
  by rewrite exprn_gt0.
by rewrite subr_gt0 ltr_expn2r ?dec ?ltW.
Qed.

Variables (U V : 'M[R]_d) (s : 'I_d -> R).
Hypotheses (oU : orthogonal U) (oV : orthogonal V) (s0 : forall i, 0 < s i).
Hypothesis dec : forall i l : 'I_d, (i < l)%N -> s l < s i.

Let values (e : R) := scaled K e s.

Lemma values_gt0 e i : 0 < e -> 0 < values e i.
Proof. exact: (scaled_gt0 k s0). Qed.

Lemma values_dec e (i l : 'I_d) : 0 < e -> e < 1 -> (i < l)%N -> values e l < values e i.
Proof. by move=> e0 e1; apply: scaled_dec => //; exact: ltW. Qed.

Section FiniteDepth.

Variable N : nat.
Hypothesis N0 : (0 < N)%N.

Let t i := nroot (s i) N.

Definition form_limit : R :=
  ((\prod_(i < d) (nroot (s i) N / s i)) * \prod_(i < d) \prod_(l < d | (i < l)%N)
     (if across i l then N%:R * nroot (s i) N ^+ 2
      else N%:R * (nroot (s i) N ^+ 2 - nroot (s l) N ^+ 2)))%R.

Definition density_limit : R :=
  ((\prod_(i < d) (nroot (s i) N / s i)) * \prod_(i < d) \prod_(l < d | (i < l)%N)
     (if across i l then N%:R * nroot (s i) N ^+ 2 / s i ^+ 2
      else N%:R * (nroot (s i) N ^+ 2 - nroot (s l) N ^+ 2) / (s i ^+ 2 - s l ^+ 2)))%R.

Let t0 i : 0 < t i. Proof. exact: nroot_gt0. Qed.
Let tdec (i l : 'I_d) : (i < l)%N -> t l < t i.
Proof.
move=> il; rewrite -(@ltr_pexpn2r _ N) ?nnegrE ?(ltW (t0 _)) // /t !nroot_pow //.
exact: dec.
Qed.

Theorem form_limit_gt0 : 0 < form_limit.
Proof.
apply: mulr_gt0; first by apply: prodr_gt0 => i _; rewrite divr_gt0 ?nroot_gt0.
apply: prodr_gt0 => i _; apply: prodr_gt0 => l il; case: ifP => _; rewrite mulr_gt0 ?ltr0n //.
  by rewrite exprn_gt0 ?nroot_gt0.
by rewrite subr_gt0 ltr_expn2r ?(ltW (nroot_gt0 _ _)) //; exact: tdec.
Qed.

Lemma density_limitE : density_limit * van_limit s = form_limit.
Proof.
rewrite /density_limit -mulrA; congr (_ * _); rewrite -big_split; apply: eq_bigr => i _.
rewrite -big_split; apply: eq_bigr => l il /=; case: ifP => _; rewrite divfK //.
  by rewrite expf_neq0 // gt_eqF.
by rewrite gt_eqF // subr_gt0 ltr_expn2r ?dec ?ltW.
Qed.

Theorem density_limit_gt0 : 0 < density_limit.
Proof.
have v0 : 0 < van_limit s by exact: van_limit_gt0.
by rewrite -(pmulr_lgt0 _ v0) density_limitE form_limit_gt0.
Qed.

(** The roots of the values. *)
Lemma nroot_values e i : 0 < e -> nroot (values e i) N = scaled K (nroot e N) t i.
Proof.
move=> e0; rewrite /values /scaled; case: ifP => // _; apply/eqP.
rewrite -(@eqr_expn2 _ N) ?mulr_ge0 ?ltW ?nroot_gt0 // exprMn !nroot_pow ?mulr_gt0 //.
Qed.

Lemma power_of_root (e : R) (m n : nat) : 0 < e ->
  Rpower e ((m%:R - n%:R) / N%:R) = nroot e N ^+ m / nroot e N ^+ n.
Proof.
move=> e0; have x0 := nroot_gt0 e N; have Nn : N%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
have p (j : nat) : nroot e N ^+ j = Rpower (nroot e N) (INR j).
  by rewrite Rpower_pow ?RpowE //; exact/RltP.
rewrite !p -RinvE; last by rewrite gt_eqF //; apply/RltP; exact: exp_pos.
rewrite -!INRE.
change (Rpower e ((INR m - INR n) * / INR N) = Rpower (nroot e N) (INR m) * / Rpower (nroot e N) (INR n))%coqR.
rewrite -Rpower_Ropp -Rpower_plus /nroot Rpower_mult; congr Rpower.
exact: Rmult_comm.
Qed.

Let c : R := (N%:R ^+ (d * d.-1)./2 * \prod_(i < d) t i ^- (N - 1))%R.

Lemma form_limitE : form_limit = c * van_limit t.
Proof.
rewrite /form_limit /c -prod_pairs_const [_ * \prod_(i < d) t i ^- _]mulrC -mulrA; congr (_ * _).
  apply: eq_bigr => i _; have p : t i != 0 by rewrite gt_eqF.
  have e : s i = t i * t i ^+ (N - 1) by rewrite -exprS subn1 prednK // nroot_pow.
  by rewrite -/(t i) [X in _ / X]e invfM mulrA mulfV // mul1r.
rewrite -big_split; apply: eq_bigr => i _; rewrite -big_split; apply: eq_bigr => l il /=.
by case: ifP.
Qed.

Lemma formE e : 0 < e -> e < 1 ->
  Num.sqrt (\det (svd_gram N U V (fun i => nroot (values e i) N))) /
    Rpower e (((k * k)%:R - (k * N)%:R) / N%:R) =
  c * (van (fun i => scaled K (nroot e N) t i ^+ 2) / nroot e N ^+ (k * (k - 1))).
Proof.
move=> e0 e1; have x0 := nroot_gt0 e N; set x := nroot e N in x0 *.
rewrite volume_form //; last 2 first.
- by move=> i; exact: nroot_gt0.
- by move=> i l il; apply: nroot_le; rewrite ?values_gt0 // ltW ?values_dec.
have -> : van (fun i => nroot (values e i) N ^+ 2) = van (fun i => scaled K x t i ^+ 2).
  by apply: eq_van => i; rewrite nroot_values.
have -> : \prod_(i < d) nroot (values e i) N ^- (N - 1) = \prod_(i < d) scaled K x t i ^- (N - 1).
  by apply: eq_bigr => i _; rewrite nroot_values.
have xn j : x ^+ j != 0 by rewrite expf_neq0 // gt_eqF.
rewrite prod_scaled ?gt_eqF // card_last_k // power_of_root // -/x /c.
apply: cancel_powers; rewrite ?xn // -!exprD exponents //.
Qed.

Theorem form_vanishing_limit :
  right_limit (fun e => Num.sqrt (\det (svd_gram N U V (fun i => nroot (values e i) N)))
                        / Rpower e (((k * k)%:R - (k * N)%:R) / N%:R)) form_limit.
Proof.
rewrite form_limitE; apply: (@right_limit_ext (fun e => c * (van (fun i => scaled K (nroot e N) t i ^+ 2) / nroot e N ^+ (k * (k - 1))))).
  by move=> e e0 e1; rewrite formE.
apply: right_limit_mul; first exact: right_limit_const.
exact: (filterlim_comp _ _ _ _ _ _ _ _ (nroot_right N0) (@van_right_limit t)).
Qed.

(** With respect to dW. *)
Lemma densityE e : 0 < e -> e < 1 ->
  Num.sqrt (\det (gram (metric N (root_of U (fun i => nroot (values e i) N))
                                 (root_of V (fun i => nroot (values e i) N))) (fun Z => Z)))
  * van (fun i => values e i ^+ 2) =
  Num.sqrt (\det (svd_gram N U V (fun i => nroot (values e i) N))).
Proof.
move=> e0 e1; set r := fun i => nroot (values e i) N.
have r0 i : 0 < r i by exact: nroot_gt0.
have rdec (i l : 'I_d) : (i < l)%N -> r l <= r i.
  by move=> il; apply: nroot_le; rewrite ?values_gt0 // ltW ?values_dec.
have l0 i l : lambda N r i l != 0 by rewrite gt_eqF // lambda_positive // ltW.
rewrite metric_determinant // volume_form // -volume_algebra //; congr (_ * _); apply: eq_van => i.
by rewrite /r nroot_pow ?values_gt0.
Qed.

Lemma density_power e : 0 < e -> Rpower e (- ((k * k * (N - 1))%:R / N%:R)) =
  Rpower e (((k * k)%:R - (k * N)%:R) / N%:R) / e ^+ (k * (k - 1)).
Proof.
move=> e0; have := @power_of_root e 0 (k * k * (N - 1)) e0.
rewrite /Rdiv Rminus_0_l Ropp_mult_distr_l_reverse => ->; rewrite power_of_root //.
rewrite -[X in _ = _ / X ^+ _](nroot_pow N0 e0) -exprM; have x0 := nroot_gt0 e N.
set x := nroot e N in x0 *; have xn j : x ^+ j != 0 by rewrite expf_neq0 // gt_eqF.
apply: (mulIf (xn (k * k * (N - 1))%N)); rewrite expr0 divfK //.
apply: (mulIf (xn (k * N)%N)); apply: (mulIf (xn (N * (k * (k - 1)))%N)).
rewrite mul1r -!mulrA.
have -> : x ^+ (k * k) * ((x ^+ (k * N))^-1 * ((x ^+ (N * (k * (k - 1))))^-1 *
    (x ^+ (k * k * (N - 1)) * (x ^+ (k * N) * x ^+ (N * (k * (k - 1))))))) =
    x ^+ (k * k) * x ^+ (k * k * (N - 1)).
  move: (x ^+ (k * N)) (xn (k * N)%N) => y y0.
  rewrite [x ^+ (k * k * _) * _]mulrA [_ * x ^+ (N * _)]mulrC mulKf //.
  by rewrite [x ^+ (k * k * _) * y]mulrC mulKf.
by rewrite -!exprD exponents_of_density.
Qed.

Theorem density_vanishing_limit :
  right_limit (fun e => Num.sqrt (\det (gram (metric N (root_of U (fun i => nroot (values e i) N))
                                 (root_of V (fun i => nroot (values e i) N))) (fun Z => Z)))
                        / Rpower e (- ((k * k * (N - 1))%:R / N%:R))) density_limit.
Proof.
have v0 : 0 < van_limit s by exact: van_limit_gt0.
have -> : density_limit = form_limit * (van_limit s)^-1.
  by rewrite -density_limitE mulfK // gt_eqF.
have := right_limit_mul form_vanishing_limit (right_limit_inv (lt0r_neq0 v0) (@van_right_limit s)).
apply: right_limit_ext => e e0 e1; rewrite -densityE // density_power //; apply: regroup.
- by rewrite gt_eqF //; apply/RltP; exact: exp_pos.
- by rewrite expf_neq0 // gt_eqF.
- apply/prodf_neq0 => i _; apply/prodf_neq0 => l il; rewrite subr_eq0 gt_eqF //.
  by rewrite ltr_expn2r ?(values_dec e0) // ltW ?values_gt0.
Qed.

End FiniteDepth.

Section InfiniteDepth.

Definition infinite_density_limit : R :=
  ((\prod_(i < d) (s i)^-1) * \prod_(i < d) \prod_(l < d | (i < l)%N)
    (if across i l then 2%:R / s i ^+ 2
     else (ln (s i ^+ 2) - ln (s l ^+ 2)) / (s i ^+ 2 - s l ^+ 2)))%R.

Theorem infinite_form_vanishing_limit :
  right_limit (fun e => infinite_volume_form U V (values e) / (e ^- k * ln e^-1 ^+ (k * (d - k))))
    (infinite_limit k s).
Proof.
have [_] := infinite_depth_divergence kd s0 dec; apply: right_limit_ext => e e0 e1.
rewrite infinite_volume_formE //; last 2 first.
- by move=> i; exact: values_gt0.
- by move=> i l il; rewrite ltW ?values_dec.
have -> : ln e^-1 = - ln e by rewrite -RinvE ?gt_eqF // ln_Rinv //; exact/RltP.
by [].
Qed.

Theorem infinite_form_limit_gt0 : 0 < infinite_limit k s.
Proof. by have [] := infinite_depth_divergence kd s0 dec. Qed.

Lemma infinite_density_limitE : infinite_density_limit * van_limit s = infinite_limit k s.
Proof.
rewrite /infinite_density_limit -mulrA; congr (_ * _); rewrite -big_split; apply: eq_bigr => i _.
rewrite -big_split; apply: eq_bigr => l il /=; rewrite -/(across i l); case: ifP => _; rewrite divfK //.
  by rewrite expf_neq0 // gt_eqF.
by rewrite gt_eqF // subr_gt0 ltr_expn2r ?dec ?ltW.
Qed.

Theorem infinite_density_limit_gt0 : 0 < infinite_density_limit.
Proof.
have v0 : 0 < van_limit s by exact: van_limit_gt0.
by rewrite -(pmulr_lgt0 _ v0) infinite_density_limitE infinite_form_limit_gt0.
Qed.

Theorem infinite_density_vanishing_limit :
  right_limit (fun e => Num.sqrt (\det (lin_mx (A_inf_inv U V (values e))))
                        / (e ^- (k * k) * ln e^-1 ^+ (k * (d - k)))) infinite_density_limit.
Proof.
have v0 : 0 < van_limit s by exact: van_limit_gt0.
have -> : infinite_density_limit = infinite_limit k s * (van_limit s)^-1.
  by rewrite -infinite_density_limitE mulfK // gt_eqF.
have := right_limit_mul infinite_form_vanishing_limit (right_limit_inv (lt0r_neq0 v0) (@van_right_limit s)).
apply: right_limit_ext => e e0 e1.
have vdec (i l : 'I_d) : (i < l)%N -> values e l <= values e i.
  by move=> il; rewrite ltW ?values_dec.
have e2 : e ^- (k * k) = e ^- k / e ^+ (k * (k - 1)).
  by rewrite -invfM -exprD addnC -mulnSr; case: (k) => [|m]; rewrite ?mul0n // subn1 prednK.
have l0 : 0 < ln e^-1.
  rewrite -RinvE ?gt_eqF // ln_Rinv; last exact/RltP.
  by rewrite oppr_gt0; have := ln_increasing e 1 (RltP _ _ e0) (RltP _ _ e1); rewrite ln_1 => /RltP.
rewrite /infinite_volume_form (abs_det_dsvd oU oV) //; last by move=> i; rewrite ltW ?values_gt0.
rewrite e2 [X in _ = _ / X]mulrAC; apply: regroup.
- by rewrite mulf_neq0 ?invr_eq0 ?expf_neq0 // gt_eqF.
- by rewrite expf_neq0 // gt_eqF.
- apply/prodf_neq0 => i _; apply/prodf_neq0 => l il; rewrite subr_eq0 gt_eqF //.
  by rewrite ltr_expn2r ?(values_dec e0) // ltW ?values_gt0.
Qed.

End InfiniteDepth.

End Vanishing.
