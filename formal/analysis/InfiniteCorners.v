(** * The density at infinite depth among 2 x 2 matrices           (volume-corners)

    The density of the volume of A_inf^{-1} at U diag(s_1, s_2) V^T, s_1 > s_2 > 0, is
      1 / ((s_1 s_2)^2 sinh(y)/y),   y = log s_1 - log s_2.
    It falls as s_1 grows, at a given s_2 and at a given product; so among the matrices
    with the same diagonal on one side of the hyperbola it is largest on the rays.
    R is Coq's field of real numbers. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import Rstruct.
From DLN Require Import Basics Completion Corners.
From DLN Require Import Logarithms InfiniteDepth InfiniteVolume.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope R_scope with coqR.
Local Open Scope ring_scope.

(** The density of the volume of infinite depth with respect to dW. *)
Definition infinite_density (U V : 'M[R]_2) (s : 'I_2 -> R) : R :=
  Num.sqrt (\det (lin_mx (A_inf_inv U V s))).

(** sinh(y)/y *)
Definition quotient (y : R) : R := (sinh y / y)%coqR.

Section Algebra.
Variable F : comRingType.
Add Ring infinite_corners_ring : (ring_bridge F).
Lemma product_of_means (x y q : F) :
  x ^+ 2 * (x * y * q) * (x * y * q * y ^+ 2) = ((x * y) ^+ 2 * q) ^+ 2.
Proof. mcring F. Qed.
End Algebra.

Section Density.

Variables (U V : 'M[R]_2) (s : 'I_2 -> R).
Hypotheses (oU : orthogonal U) (oV : orthogonal V) (s1 : 0 < s 1) (s10 : s 1 < s 0).

Lemma both_positive i : 0 < s i.
Proof. by case: (ord_2 i) => -> //; exact: lt_trans s10. Qed.

Lemma log_difference_gt0 : Rlt 0 (ln (s 0) - ln (s 1)).
Proof. by have [h _] := log_mean_sinh _ _ (RltP _ _ s1) (RltP _ _ s10). Qed.

Lemma quotient_gt0 y : Rlt 0 y -> 0 < quotient y.
Proof.
move=> y0; apply/RltP; apply: Rdiv_lt_0_compat => //.
by apply: (Rlt_le_trans _ _ _ y0); apply: le_sinh; exact: Rlt_le.
Qed.

Lemma log_mean_quotient :
  log_mean (s 0 ^+ 2) (s 1 ^+ 2) = s 0 * s 1 * quotient (ln (s 0) - ln (s 1)).
Proof.
have [_ e] := log_mean_sinh _ _ (RltP _ _ s1) (RltP _ _ s10).
have ne : s 0 ^+ 2 != s 1 ^+ 2 by rewrite gt_eqF // ltr_expn2r // ltW.
rewrite /log_mean (negPf ne) /quotient; apply: etrans _ e; rewrite !RpowE RdivE // subr_eq0 gt_eqF //.
by apply/RltP; apply: ln_increasing; apply/RltP; rewrite ?exprn_gt0 // ltr_expn2r // ltW.
Qed.

Lemma infinite_density_value :
  infinite_density U V s = ((s 0 * s 1) ^+ 2 * quotient (ln (s 0) - ln (s 1)))^-1.
Proof.
rewrite /infinite_density (det_A_inf_inv oU oV both_positive) !prod_2.
have c : log_mean (s 1 ^+ 2) (s 0 ^+ 2) = log_mean (s 0 ^+ 2) (s 1 ^+ 2).
  exact: (meanC s 1 0).
rewrite c log_mean_quotient /log_mean !eqxx; set q := quotient _.
have -> : s 0 ^+ 2 * (s 0 * s 1 * q) * (s 0 * s 1 * q * s 1 ^+ 2) = ((s 0 * s 1) ^+ 2 * q) ^+ 2.
  exact: product_of_means.
rewrite -exprVn sqrtr_sqr ger0_norm // invr_ge0 mulr_ge0 ?sqr_ge0 // ltW //.
exact/quotient_gt0/log_difference_gt0.
Qed.

End Density.

Section Falls.

Variables (U V U' V' : 'M[R]_2) (s s' : 'I_2 -> R).
Hypotheses (oU : orthogonal U) (oV : orthogonal V) (oU' : orthogonal U') (oV' : orthogonal V').
Hypotheses (s1 : 0 < s 1) (s10 : s 1 < s 0) (s1' : 0 < s' 1) (s10' : s' 1 < s' 0).

Lemma infinite_density_less : s 0 * s 1 <= s' 0 * s' 1 ->
  Rlt (ln (s 0) - ln (s 1)) (ln (s' 0) - ln (s' 1)) ->
  infinite_density U' V' s' < infinite_density U V s.
Proof.
move=> le lt; rewrite !infinite_density_value //.
have y0 := log_difference_gt0 s1 s10; have y0' := log_difference_gt0 s1' s10'.
have s0 := lt_trans s1 s10; have s0' := lt_trans s1' s10'.
have p : 0 < s 0 * s 1 by exact: mulr_gt0.
have p' : 0 < s' 0 * s' 1 by exact: mulr_gt0.
have q := mulr_gt0 (exprn_gt0 2 p) (quotient_gt0 y0).
have q' := mulr_gt0 (exprn_gt0 2 p') (quotient_gt0 y0').
rewrite ltf_pinv ?posrE //.
apply: (@le_lt_trans _ _ ((s' 0 * s' 1) ^+ 2 * quotient (ln (s 0) - ln (s 1)))).
  by rewrite ler_pmul2r ?quotient_gt0 //; apply: ler_expn2r => //; rewrite nnegrE ltW.
rewrite ltr_pmul2l ?exprn_gt0 //; apply/RltP; exact: sinh_quotient_grows.
Qed.

Let ln_less (x y : R) : 0 < x -> x < y -> Rlt (ln x) (ln y).
Proof. by move=> x0 xy; apply: ln_increasing; exact/RltP. Qed.

Theorem infinite_falls_at_second : s' 1 = s 1 -> s 0 < s' 0 ->
  infinite_density U' V' s' < infinite_density U V s.
Proof.
move=> e lt; apply: infinite_density_less; first by rewrite e ler_pmul2r // ltW.
rewrite e; apply: Rplus_lt_compat_r; apply: ln_less lt; exact: lt_trans s10.
Qed.

Theorem infinite_falls_at_determinant : s 0 < s' 0 -> s 0 * s 1 = s' 0 * s' 1 ->
  infinite_density U' V' s' < infinite_density U V s.
Proof.
move=> lt e; apply: infinite_density_less; first by rewrite e.
have s0 := lt_trans s1 s10.
have down : s' 1 < s 1.
  rewrite ltNge; apply/negP => h; have : s 0 * s 1 < s' 0 * s' 1.
    by apply: (@lt_le_trans _ _ (s' 0 * s 1)); rewrite ?ltr_pmul2r // ler_pmul2l // (lt_trans s0).
  by rewrite e ltxx.
have a := ln_less s0 lt; have b := ln_less s1' down.
by apply: (Rplus_lt_compat _ _ _ _ a); exact: Ropp_lt_contravar.
Qed.

End Falls.

Section Largest.

Variables (W U V W' U' V' : 'M[R]_2) (s s' : 'I_2 -> R).
Hypotheses (oU : orthogonal U) (oV : orthogonal V) (oU' : orthogonal U') (oV' : orthogonal V').
Hypotheses (eW : W = U *m Diag s *m V^T) (eW' : W' = U' *m Diag s' *m V'^T).
Hypotheses (s1 : 0 < s 1) (s10 : s 1 < s 0) (s1' : 0 < s' 1) (s10' : s' 1 < s' 0).
Hypotheses (b0 : W 0 0 * W 1 1 != 0) (e00 : W' 0 0 = W 0 0) (e11 : W' 1 1 = W 1 1).
Hypothesis side : 0 <= (W 0 0 * W 1 1 - W 0 1 * W 1 0) * (W 0 0 * W 1 1 - W' 0 1 * W' 1 0).
Hypotheses (ray : W' 0 1 ^+ 2 = W' 1 0 ^+ 2) (same : 0 <= W 0 0 * W 1 1 * (W' 0 1 * W' 1 0)).

(** The square roots of the values: at depth 2. *)
Let t i := nroot (s i) 2.
Let t' i := nroot (s' i) 2.

Lemma roots_of_values : [/\ (forall i, t i ^+ 2 = s i), (forall i, t' i ^+ 2 = s' i),
  t 1 <= t 0 & t' 1 <= t' 0].
Proof.
split; try (by apply: nroot_le => //; exact: ltW); move=> i; apply: nroot_pow => //; exact: both_positive.
Qed.

Let eWt : W = U *m Diag (fun i => t i ^+ 2) *m V^T.
Proof. by have [e _ _ _] := roots_of_values; rewrite eW; congr (_ *m _ *m _); apply: eq_Diag => i; rewrite e. Qed.

Let eWt' : W' = U' *m Diag (fun i => t' i ^+ 2) *m V'^T.
Proof. by have [_ e _ _] := roots_of_values; rewrite eW'; congr (_ *m _ *m _); apply: eq_Diag => i; rewrite e. Qed.

Lemma infinite_density_eq : s' 0 = s 0 -> s' 1 = s 1 -> infinite_density U V s = infinite_density U' V' s'.
Proof. by move=> e0 e1; rewrite !infinite_density_value // e0 e1. Qed.

Theorem infinite_largest_at_second : s' 1 = s 1 -> infinite_density U V s <= infinite_density U' V' s'.
Proof.
move=> e; have [h h' d d'] := roots_of_values.
have e1 : t' 1 = t 1 by rewrite /t' /t e.
have := values_at_second oU oV oU' oV' eWt eWt' (nroot_gt0 _ _) d (nroot_gt0 _ _) d' b0 e00 e11 side ray same e1.
rewrite h h' le_eqVlt => /orP[/eqP e0|lt]; first by rewrite infinite_density_eq.
by apply/ltW/infinite_falls_at_second.
Qed.

Theorem infinite_largest_at_determinant : s 0 * s 1 = s' 0 * s' 1 ->
  infinite_density U V s <= infinite_density U' V' s'.
Proof.
move=> e; have [h h' d d'] := roots_of_values.
have e1 : t 0 ^+ 2 * t 1 ^+ 2 = t' 0 ^+ 2 * t' 1 ^+ 2 by rewrite !h !h'.
have := values_at_determinant oU oV oU' oV' eWt eWt' (nroot_gt0 _ _) d (nroot_gt0 _ _) d' b0 e00 e11 side ray same e1.
rewrite h h' le_eqVlt => /orP[/eqP e0|lt]; last by apply/ltW/infinite_falls_at_determinant.
rewrite infinite_density_eq //; have n0 : s 0 != 0 by rewrite gt_eqF // (lt_trans s1).
by apply: (mulfI n0); rewrite -[X in X * _]e0.
Qed.

End Largest.
