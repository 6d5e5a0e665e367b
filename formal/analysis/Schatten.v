(** * Schatten norms of W_x, and the effective rank on the hyperbola
                                          (norm-conjecture, rank-one-minimizers)

    W_x = (x, 1; 1, 0) has singular values with sigma_1 sigma_2 = 1.  So for every real
    p > 0, sigma_1^p + sigma_2^p >= 2, with equality if and only if x = 0.
    A 2 x 2 matrix on the hyperbola x y = b_11 b_22, b_11 b_22 != 0, has effective rank 1.
    R is Coq's field of real numbers, a power is Rpower. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import Rstruct.
From Coquelicot Require Import Coquelicot.
From DLN Require Import Basics NormDivergence Completion.
From DLN Require Import Powers NormLimits.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope R_scope with coqR.
Local Open Scope ring_scope.

Section SchattenNorms.

Variables (x : R) (U V : 'M[R]_2) (s : 'I_2 -> R).
Hypotheses (oU : orthogonal U) (oV : orthogonal V).
Hypotheses (eW : W_x x = U *m Diag s *m V^T) (s0 : forall i, 0 <= s i).

Lemma values_of_W_x : [/\ 0 < s 0, 0 < s 1 & s 0 * s 1 = 1].
Proof.
have e : s 0 * s 1 = 1 by rewrite (product_of_values oU oV eW s0) det_W_x normrN1.
have n0 : s 0 * s 1 != 0 by rewrite e oner_neq0.
by move: n0; rewrite mulf_eq0 negb_or => /andP[a b]; split=> //; rewrite lt0r ?a ?b s0.
Qed.

Theorem second_power (p : R) : 0 < p -> Rpower (s 1) p = (Rpower (s 0) p)^-1.
Proof.
move=> _; have [a b e] := values_of_W_x; rewrite -RinvE.
  by apply: power_inverse; [exact/RltP|exact/RltP|].
by apply/eqP/Rgt_not_eq/exp_pos.
Qed.

Theorem schatten_least (p : R) : 0 < p -> 2%:R <= Rpower (s 0) p + (Rpower (s 0) p)^-1.
Proof.
move=> p0; rewrite -RinvE; last by apply/eqP/Rgt_not_eq/exp_pos.
by apply/RleP; apply: sum_with_inverse; exact: exp_pos.
Qed.

Theorem schatten_only (p : R) : 0 < p -> \sum_i Rpower (s i) p = 2%:R -> x = 0.
Proof.
move=> p0; rewrite sum_2 => h; have [a b e] := values_of_W_x.
have a1 : s 0 = 1 by apply: (@powers_of_one _ (s 1) p) => //; exact/RltP.
have b1 : s 1 = 1 by rewrite -e a1 mul1r.
have := nuclear_norm_W_x oU oV eW s0; rewrite a1 b1 -[1 + 1]/(2%:R) -natrX -[LHS]add0r => /addIr/esym/eqP.
by rewrite sqrf_eq0 => /eqP.
Qed.

Theorem schatten_attained (p : R) : 0 < p -> x = 0 -> \sum_i Rpower (s i) p = 2%:R.
Proof.
move=> p0 x0; have [a b e] := values_of_W_x.
have d0 : s 0 = s 1.
  apply/eqP; rewrite -subr_eq0 -sqrf_eq0 (difference_of_values oU oV eW s0) det_W_x normrN1.
  by rewrite frobenius_W_x x0 expr0n add0r mulr1 subrr.
have a1 : s 0 = 1 by apply/eqP; rewrite -(@eqr_expn2 _ 2) ?ler01 // expr1n expr2 {2}d0 e.
by rewrite sum_2 -d0 a1 /Rpower ln_1 Rmult_0_r exp_0.
Qed.

End SchattenNorms.

Theorem effective_rank_on_hyperbola (W U V : 'M[R]_2) (s : 'I_2 -> R) :
  orthogonal U -> orthogonal V -> W = U *m Diag s *m V^T ->
  (forall i, 0 <= s i) -> s 1 <= s 0 -> W 0 0 * W 1 1 != 0 ->
  W 0 1 * W 1 0 = W 0 0 * W 1 1 -> log_erank s = 0.
Proof.
move=> oU oV eW s0 dec b0 e; have s1 := iffRL (hyperbola oU oV eW s0 dec) e.
have p0 : s 0 != 0.
  rewrite gt_eqF // (not_zero oU oV eW s0 dec) //.
  by apply: contraNneq b0 => z; rewrite z mul0r.
by rewrite /log_erank sum_2 /share sum_2 s1 addr0 divff // ln_1 mul0r mul0r mulr0 addr0 oppr0.
Qed.
