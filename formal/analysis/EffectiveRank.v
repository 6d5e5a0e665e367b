(** * The effective rank near the observed entries               (norm-divergence)

    For a 2 x 2 matrix W with det W > 0 and the ratio e = sigma_2/sigma_1
      log erank(W) = log(1 + e) + e/(1 + e) log(1/e) <= e (1 + log(1/e)),
    and if the root rho of twice the loss is less than 1 that is at most 2 rho/(1 - rho).
    R is Coq's field of real numbers. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import Rstruct.
From DLN Require Import Basics NormDivergence Completion.
From DLN Require Import Entropy NormLimits.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope R_scope with coqR.
Local Open Scope ring_scope.

Section EffectiveRank.

Variables (W U V : 'M[R]_2) (s : 'I_2 -> R).
Hypotheses (oU : orthogonal U) (oV : orthogonal V) (eW : W = U *m Diag s *m V^T).
Hypotheses (s0 : forall i, 0 <= s i) (dec : forall i l : 'I_2, (i <= l)%N -> s l <= s i).
Hypothesis dW : 0 < \det W.

Let e : R := (s 1 / s 0)%R.

Lemma values_positive : 0 < s 0 /\ 0 < s 1.
Proof.
have p : s 0 * s 1 != 0 by rewrite (product_of_values oU oV eW s0) normr_eq0 gt_eqF.
by move: p; rewrite mulf_eq0 negb_or => /andP[a b]; split; rewrite lt0r ?a ?b s0.
Qed.

Lemma ratio_range : 0 < e /\ e <= 1.
Proof.
have [a b] := values_positive; split; first exact: divr_gt0.
by rewrite ler_pdivr_mulr // mul1r dec.
Qed.

Theorem log_erank_ratio : log_erank s = ln (1 + e) + e / (1 + e) * ln e^-1.
Proof.
have [a b] := values_positive; have [e0 e1] := ratio_range.
have n0 : s 0 != 0 by rewrite gt_eqF.
have q0 : 0 < 1 + e by rewrite addr_gt0 ?ltr01.
have q : 1 + e != 0 by rewrite gt_eqF.
have S : s 0 + s 1 = s 0 * (1 + e) by rewrite mulrDr mulr1 /e mulrCA mulfV // mulr1.
have x0 : s 0 / (s 0 + s 1) = (1 + e)^-1 by rewrite S invfM mulrA mulfV // mul1r.
have x1 : s 1 / (s 0 + s 1) = e / (1 + e) by rewrite S invfM mulrA.
rewrite /log_erank sum_2 /share sum_2 x0 x1.
have := entropy_of_ratio e (RltP _ _ e0).
by rewrite -!RinvE ?gt_eqF // => <-; rewrite -RdivE.
Qed.

Theorem log_erank_bounded : ln (1 + e) + e / (1 + e) * ln e^-1 <= e * (1 + ln e^-1).
Proof.
have [e0 e1] := ratio_range; have q0 : 0 < 1 + e by rewrite addr_gt0 ?ltr01.
have q : 1 + e != 0 by rewrite gt_eqF.
have := entropy_of_ratio_bound e (RltP _ _ e0) (RleP _ _ e1).
by move/RleP; rewrite -RdivE // -RinvE ?gt_eqF.
Qed.

Theorem log_erank_by_loss (rho : R) : 0 < rho -> rho < 1 ->
  (W 0 1 - 1) ^+ 2 + (W 1 0 - 1) ^+ 2 + W 1 1 ^+ 2 <= rho ^+ 2 ->
  log_erank s <= 2%:R * rho / (1 - rho).
Proof.
move=> r0 r1 close; have [e0 e1] := ratio_range; have [a b] := values_positive.
have p : 0 < 1 - rho by rewrite subr_gt0.
rewrite log_erank_ratio; apply: le_trans log_erank_bounded _.
have ey : e <= (rho / (1 - rho)) ^+ 2.
  rewrite expr_div_n ler_pdivl_mulr ?exprn_gt0 // /e mulrAC ler_pdivr_mulr //.
  by rewrite mulrC (singular_value_ratio r0 r1 close dW oU oV s0 dec eW).
set y : R := (rho / (1 - rho))%R in ey *; have y0 : 0 <= y by rewrite ltW ?divr_gt0.
have := @small_ratio_bound e y (RltP _ _ e0); rewrite RpowE => h.
by have := h (RleP _ _ ey) (RleP _ _ y0) => /RleP; rewrite RinvE ?gt_eqF // -mulrA.
Qed.

End EffectiveRank.
