(** * Norms diverge along the flow, and the effective rank tends to 1   (norm-divergence)

    Let W(t) be 2 x 2 with det W(t) > 0 for t >= 0, and let the loss of
    w_12 = w_21 = 1, w_22 = 0 tend to 0 as t tends to infinity.  Then
      |w_11| tends to infinity, and so does every norm and every quasi-norm of W that
        is not zero at E_11;
      the effective rank tends to 1.
    Along W' = - A_{N,W}(G), with N >= 2 and G continuous, det W(0) > 0 is enough.
    That the loss tends to 0 is a hypothesis, and so are solutions for all times.
    R is Coq's field of real numbers. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import Rstruct.
From Coquelicot Require Import Coquelicot.
From DLN Require Import Basics Operator NormDivergence.
From DLN Require Import Entropy Curves DetSign.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope R_scope with coqR.
Local Open Scope ring_scope.

(** Twice the loss. *)
Definition distance2 (W : 'M[R]_2) : R :=
  ((W 0 1 - 1) ^+ 2 + (W 1 0 - 1) ^+ 2 + W 1 1 ^+ 2)%R.

(** The share of a singular value, and log erank(W). *)
Definition share d (s : 'I_d -> R) (i : 'I_d) : R := (s i / \sum_l s l)%R.
Definition log_erank d (s : 'I_d -> R) : R := (- \sum_i share s i * ln (share s i))%R.

Section Fitted.

Variable W : R -> 'M[R]_2.
Hypothesis fit : is_lim (fun t => distance2 (W t)) p_infty (0 : R).
Hypothesis positive : forall t, 0 <= t -> 0 < \det (W t).

Lemma close_at_last (rho : R) : 0 < rho ->
  exists M, forall t, Rlt M t -> 0 <= t /\ distance2 (W t) <= rho ^+ 2.
Proof.
move=> rho0; have r2 : Rlt 0 (rho ^+ 2) by apply/RltP; rewrite exprn_gt0.
have [M hM] := (is_lim_spec _ _ _).2 fit (mkposreal _ r2).
exists (Rmax M 0) => t ht; split.
  by apply/RleP; apply: Rle_trans (Rmax_r M 0) (Rlt_le _ _ ht).
have /RltP := hM t (Rle_lt_trans _ _ _ (Rmax_l M 0) ht); rewrite /= Rminus_0_r => h.
by apply: ltW; apply: le_lt_trans h; exact: ler_norm.
Qed.

(** rho is chosen so that (1 - rho)^2 / rho is at least B. *)
Lemma small_rho (B : R) : 1 <= B ->
  let rho := (4%:R * B)^-1 in [/\ 0 < rho, rho < 1 & B <= (1 - rho) ^+ 2 / rho].
Proof.
move=> B1 /=; have B0 : 0 < B := lt_le_trans ltr01 B1.
have p : 0 < 4%:R * B by rewrite mulr_gt0 ?ltr0n.
have h : (4%:R * B)^-1 <= 2%:R^-1.
  rewrite lef_pinv ?posrE ?ltr0n //; apply: (@le_trans _ _ (4%:R * 1)).
    by rewrite mulr1 ler_nat.
  by rewrite ler_pmul2l ?ltr0n.
have h2 : (2%:R^-1 : R) < 1 by rewrite invf_lt1 ?ltr0n ?ltr1n.
split; [by rewrite invr_gt0 | exact: le_lt_trans h h2 |].
have q : 2%:R^-1 <= 1 - (4%:R * B)^-1.
  rewrite ler_subr_addr; apply: le_trans (_ : 2%:R^-1 + 2%:R^-1 <= 1); first by rewrite ler_add2l.
  by rewrite -mulr2n -[X in X *+ _]mulr1 -mulrnAr mulVf // pnatr_eq0.
rewrite invrK mulrA; apply: ler_pemull => //; first exact: ltW.
apply: (@le_trans _ _ (2%:R^-1 ^+ 2 * 4%:R)); first by rewrite exprVn -natrX mulVf // pnatr_eq0.
by rewrite ler_wpmul2r ?ler0n // ler_expn2r ?nnegrE ?invr_ge0 ?ler0n // (le_trans _ q) ?invr_ge0 ?ler0n.
Qed.

Theorem free_entry_diverges : is_lim (fun t => `|W t 0 0|) p_infty p_infty.
Proof.
apply/is_lim_spec => M; have B1 : 1 <= 1 + `|M| + 1 by rewrite -addrA ler_addl addr_ge0.
have [r0 r1 hB] := small_rho B1.
have [T hT] := close_at_last r0; exists T => t /hT[t0 ht].
apply/RltP; apply: (@lt_le_trans _ _ (1 + `|M| + 1)).
  by rewrite (le_lt_trans (ler_norm M)) // addrAC ltr_addr addr_gt0 ?ltr01.
exact: le_trans hB (free_entry_large r0 r1 ht (positive t0)).
Qed.

Theorem quasi_norm_diverges (nu : 'M[R]_2 -> R) (c : R) : 0 < c ->
  (forall Z, 0 <= nu Z) ->
  (forall Z X, nu (Z + X) <= c * (nu Z + nu X)) ->
  (forall x Z, nu (x *: Z) = `|x| * nu Z) ->
  0 < nu (delta_mx 0 0) ->
  is_lim (fun t => nu (W t)) p_infty p_infty.
Proof.
move=> c0 nu0 tri mult e0; apply/is_lim_spec => M.
pose K := c * (1 + 1) * nu (delta_mx 0 1)
          + c ^+ 2 * ((1 + 1) * nu (delta_mx 1 0) + 1 * nu (delta_mx 1 1)).
have K0 : 0 <= K.
  have two : 0 <= 1 + 1 :> R by rewrite addr_ge0 ?ler01.
  by apply: addr_ge0; rewrite mulr_ge0 ?addr_ge0 ?mulr_ge0 ?exprn_ge0 ?ler01 ?(ltW c0).
pose B := 1 + c * (`|M| + 1 + K) / nu (delta_mx 0 0).
have B1 : 1 <= B.
  by rewrite ler_addl divr_ge0 ?(ltW e0) // mulr_ge0 ?(ltW c0) // addr_ge0 // addr_ge0 ?ler01.
have [r0 r1 hB] := small_rho B1; set rho := (4%:R * B)^-1 in r0 r1 hB.
have [T hT] := close_at_last r0; exists T => t /hT[t0 ht]; apply/RltP.
have := quasi_norm_large r0 r1 ht c0 nu0 tri mult (positive t0).
have eB : B * nu (delta_mx 0 0) = nu (delta_mx 0 0) + c * (`|M| + 1 + K).
  by rewrite /B mulrDl mul1r divfK ?gt_eqF.
move/(le_trans (ler_wpmul2r (nu0 _) hB)); rewrite eB => h.
have {}h := le_trans (ler_add (ltW e0) (lexx _)) h; rewrite add0r ler_pmul2l // in h.
have {}h : `|M| + 1 + K <= nu (W t) + K.
  apply: le_trans h _; rewrite ler_add2l; apply: ler_add.
    by rewrite ler_wpmul2r // ler_wpmul2l ?(ltW c0) // ler_add2l ltW.
  rewrite ler_wpmul2l ?exprn_ge0 ?(ltW c0) //; apply: ler_add; rewrite ler_wpmul2r //.
    by rewrite ler_add2l ltW.
  exact: ltW.
rewrite ler_add2r in h; apply: lt_le_trans h.
by rewrite (le_lt_trans (ler_norm M)) // ltr_addl ltr01.
Qed.

Theorem effective_rank_limit (U V : R -> 'M[R]_2) (s : R -> 'I_2 -> R) :
  (forall t, 0 <= t -> [/\ orthogonal (U t), orthogonal (V t) & W t = U t *m Diag (s t) *m (V t)^T]) ->
  (forall t, 0 <= t -> (forall i, 0 <= s t i) /\ forall i l : 'I_2, (i <= l)%N -> s t l <= s t i) ->
  is_lim (fun t => exp (log_erank (s t))) p_infty (1 : R).
Proof.
move=> svd sorted.
have -> : (1 : R) = exp 0 by rewrite exp_0.
apply: (is_lim_comp_continuous (fun t => log_erank (s t)) exp); last first.
  by apply: ex_derive_continuous; eexists; exact: is_derive_exp.
apply/is_lim_spec => e1; pose e : R := pos e1; have e0 : 0 < e by apply/RltP; exact: cond_pos.
pose B := 1 + 2%:R / e; have B1 : 1 <= B by rewrite ler_addl divr_ge0 ?ler0n ?ltW.
have B0 : 0 < B := lt_le_trans ltr01 B1.
have [r0 r1 hB] := small_rho B1; set rho := (4%:R * B)^-1 in r0 r1 hB.
have [T hT] := close_at_last r0; exists T => t /hT[t0 ht].
have [oU oV eW] := svd t t0; have [s0 dec] := sorted t t0.
have ratio := singular_value_ratio r0 r1 ht (positive t0) oU oV s0 dec eW.
have [_ large] := singular_values_separate r0 r1 ht (positive t0) oU oV s0 dec eW.
have r4 : 4%:R * rho <= 1.
  by rewrite /rho invfM mulVKf ?pnatr_eq0 // invf_le1 // (lt_le_trans ltr01).
have s00 : 0 < s t 0 := lt_le_trans B0 (le_trans hB large).
pose S := s t 0 + s t 1; have S0 : 0 < S by rewrite ltr_paddr.
pose x := s t 1 / S.
have x0 : 0 <= x by rewrite divr_ge0 // ltW.
have ex : s t 0 / S = 1 - x.
  by apply/eqP; rewrite eq_sym subr_eq -mulrDl divff // gt_eqF.
have r2 : 2%:R * rho <= 2%:R^-1.
  by rewrite -(ler_pmul2l (_ : 0 < 2%:R)) ?ltr0n // mulrA -natrM mulfV ?pnatr_eq0.
have xy : x <= (2%:R * rho) ^+ 2.
  rewrite ler_pdivr_mulr // exprMn -natrX -mulrA.
  apply: (@le_trans _ _ (4%:R * (rho ^+ 2 * s t 0))); last first.
    by rewrite ler_pmul2l ?ltr0n // ler_wpmul2l ?sqr_ge0 // ler_addl.
  apply: le_trans (_ : 4%:R * ((1 - rho) ^+ 2 * s t 1) <= _); last first.
    by rewrite ler_pmul2l ?ltr0n.
  rewrite mulrA ler_pemull //; apply: (@le_trans _ _ (4%:R * 2%:R^-1 ^+ 2)).
    by rewrite exprVn -natrX mulfV // pnatr_eq0.
  have h : 2%:R^-1 <= 1 - rho.
    rewrite ler_subr_addr; apply: (@le_trans _ _ (2%:R^-1 + 2%:R * rho)).
      by rewrite ler_add2l mulr_natl mulr2n ler_addl ltW.
    apply: le_trans (_ : 2%:R^-1 + 2%:R^-1 <= 1); first by rewrite ler_add2l.
    by rewrite -mulr2n -[X in X *+ _]mulr1 -mulrnAr mulVf // pnatr_eq0.
  by rewrite ler_pmul2l ?ltr0n // ler_expn2r ?nnegrE ?invr_ge0 ?ler0n // (le_trans _ h) ?invr_ge0 ?ler0n.
have eS : log_erank (s t) = (- ((1 - x) * ln (1 - x)) - x * ln x)%coqR.
  have e2 (f : 'I_2 -> R) : \sum_i f i = f 0 + f 1.
    by rewrite !big_ord_recl big_ord0 addr0; congr (_ + f _); exact/val_inj.
  rewrite /log_erank e2 /share e2 -/S -/x ex; exact: Ropp_plus_distr.
have hx : Rle x ((2%:R * rho) ^ 2)%coqR by apply/RleP; rewrite RpowE.
have hy : Rle 0 (2%:R * rho) by apply/RleP; rewrite mulr_ge0 ?ler0n // ltW.
have hz : Rle (2%:R * rho) (/ 2)%coqR.
  by apply/RleP; apply: le_trans r2 _; rewrite -RinvE ?pnatr_eq0.
have [h0 /RleP h1] := entropy_bound x (2%:R * rho) (RleP _ _ x0) hx hy hz.
rewrite eS Rminus_0_r Rabs_pos_eq //; apply/RltP; apply: le_lt_trans h1 _.
have -> : (3 * (2%:R * rho))%coqR = 3%:R * (2%:R * rho) by [].
apply: (@le_lt_trans _ _ (2%:R * (4%:R * rho))).
  by rewrite !mulrA -!natrM ler_pmul2r // ler_nat.
have -> : 4%:R * rho = B^-1 by rewrite /rho invfM mulVKf // pnatr_eq0.
by rewrite ltr_pdivr_mulr // /B mulrDr mulr1 mulrCA divff ?gt_eqF // mulr1 ltr_addr.
Qed.

End Fitted.

(** Along the end-to-end flow. *)
Section AlongTheFlow.

Variables (N : nat) (W U V G : R -> 'M[R]_2) (t : R -> 'I_2 -> R).
Hypothesis svd : forall s, 0 <= s -> [/\ orthogonal (U s), orthogonal (V s) &
  W s = U s *m Diag (fun i => t s i ^+ N.+2) *m (V s)^T].
Hypothesis flowW : forall s, 0 <= s ->
  is_derive_mx W s (- Op N.+2 (root_of (U s) (t s)) (root_of (V s) (t s)) (G s)).
Hypothesis cG : forall s, 0 <= s -> continuous_mx G s.
Hypothesis fit : is_lim (fun s => distance2 (W s)) p_infty (0 : R).
Hypothesis start : 0 < \det (W 0).

Lemma positive_along s : 0 <= s -> 0 < \det (W s).
Proof.
move=> s0; apply: (@det_keeps_sign 2 N W U V G t s) => //; last by rewrite s0 lexx.
- by move=> r /andP[r0 _]; exact: svd.
- by move=> r /andP[r0 _]; exact: flowW.
- by move=> r /andP[r0 _]; exact: cG.
Qed.

Theorem free_entry_along_flow : is_lim (fun s => `|W s 0 0|) p_infty p_infty.
Proof. exact: free_entry_diverges fit positive_along. Qed.

Theorem quasi_norm_along_flow (nu : 'M[R]_2 -> R) (c : R) : 0 < c ->
  (forall Z, 0 <= nu Z) ->
  (forall Z X, nu (Z + X) <= c * (nu Z + nu X)) ->
  (forall x Z, nu (x *: Z) = `|x| * nu Z) ->
  0 < nu (delta_mx 0 0) ->
  is_lim (fun s => nu (W s)) p_infty p_infty.
Proof. by move=> c0 *; apply: (quasi_norm_diverges fit positive_along c0). Qed.

Theorem effective_rank_along_flow : (forall s i, 0 <= s -> 0 <= t s i) ->
  (forall s, 0 <= s -> t s 1 <= t s 0) ->
  is_lim (fun s => exp (log_erank (fun i => t s i ^+ N.+2))) p_infty (1 : R).
Proof.
move=> t0 dec; apply: (effective_rank_limit fit positive_along svd) => s s0; split.
  by move=> i; rewrite exprn_ge0 ?t0.
move=> i l il; rewrite ler_expn2r ?nnegrE ?t0 //.
have ord2 (k : 'I_2) : k = 0 \/ k = 1.
  by case: k => -[|[|//]] p; [left | right]; apply/val_inj.
by case: (ord2 i) (ord2 l) il => -> [] -> // _; exact: dec.
Qed.

End AlongTheFlow.
