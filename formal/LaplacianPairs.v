(** * Pairs of singular values cancel in the Laplacian of W
                                             (laplacian-of-matrix, radial-laplacian)

    With sigma_i = t_i^N and x_i = t_i^2, two parts make the i-th diagonal entry of the Laplacian
    of g^N of W, in the frames of W (that they do is measured by the claim, not stated here): how
    A_{N,W} moves, and lambda_ii times how the logarithm of the density does.  Of a pair
      2 sigma_i (lambda_il - lambda_ii) / (sigma_l^2 - sigma_i^2)
      + lambda_ii (2 x_i / (N sigma_i (x_i - x_l)) - 2 sigma_i / (sigma_i^2 - sigma_l^2)) = 0,
    and what is left is (1 - 1/N) sigma_i / x_i.  And g^N(X, Z) for the direction Z in which t_i
    alone grows is N^2 times how t_i moves along X. *)

From Coq Require Import Field.
From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum Operator Metric CurvatureSums ScalarCurvature.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Algebra.

Variable F : fieldType.
Implicit Types n x w p e z two : F.
Add Field laplacian_field : (field_bridge F).

Lemma pair_cancels n x w p e two : n != 0 -> x != 0 -> w != 0 -> p != 0 -> e != 0 ->
  two * (p * (n^-1 * (e / w) - p ^+ 2 / x) / - e)
  + p ^+ 2 / x * (two / n * (x / p) / w - two * p / e) = 0.
Proof. by move=> n0 x0 w0 p0 e0; rewrite invrN; mcfield F. Qed.

Lemma part_left n x p : n != 0 -> x != 0 -> p != 0 ->
  (2%:R - 2%:R / n) * (p / x) + p ^+ 2 / x * ((1 / n - 1) / p) = (1 - 1 / n) * (p / x).
Proof. by move=> n0 x0 p0; mcfield F. Qed.

Lemma metric_along n p z : p != 0 -> n != 0 ->
  (p ^+ 2)^-1 * (z * (n * p)) = n ^+ 2 * (1 / n / p * z).
Proof. by move=> p0 n0; mcfield F. Qed.

End Algebra.

Section Laplacian.

Variables (F : realFieldType) (d N : nat) (t : 'I_d -> F).
Hypotheses (N0 : (0 < N)%N) (t0 : forall i, 0 < t i).
Hypothesis decreasing : forall i l : 'I_d, (i < l)%N -> t l < t i.

Let sigma i := t i ^+ N.

Let n0 : N%:R != 0 :> F.
Proof. by rewrite pnatr_eq0 -lt0n. Qed.

Let own i : lambda N t i i = sigma i ^+ 2 / t i ^+ 2.
Proof.
have x0 : t i ^+ 2 != 0 by rewrite expf_neq0 // gt_eqF.
have -> : sigma i ^+ 2 = t i ^+ 2 * (t i ^+ 2) ^+ N.-1 by rewrite -exprS prednK // exprAC.
by rewrite lambda_diag // subn1 mulrAC mulfV ?mul1r.
Qed.

Theorem laplacian_pair i l : i != l ->
  2%:R * (sigma i * (lambda N t i l - lambda N t i i) / (sigma l ^+ 2 - sigma i ^+ 2))
  + lambda N t i i * (2%:R / N%:R * (t i ^+ 2 / sigma i) / (t i ^+ 2 - t l ^+ 2)
                      - 2%:R * sigma i / (sigma i ^+ 2 - sigma l ^+ 2)) = 0.
Proof.
move=> il; have ne : t i != t l.
  case: (ltngtP i l) => [h|h|/val_inj h]; last by rewrite h eqxx in il.
  - by rewrite gt_eqF // decreasing.
  - by rewrite lt_eqF // decreasing.
have x2 : t i ^+ 2 - t l ^+ 2 != 0 by rewrite subr_eq0 eqr_expn2 ?ltW.
have s2 : sigma i ^+ 2 - sigma l ^+ 2 != 0.
  by rewrite subr_eq0 !eqr_expn2 ?exprn_ge0 // ltW.
rewrite own lambda_closed_form; last by rewrite -subr_eq0.
rewrite -/(sigma i) -/(sigma l).
rewrite -[sigma l ^+ 2 - _]opprB.
by apply: pair_cancels; rewrite // ?expf_neq0 // gt_eqF // exprn_gt0.
Qed.

Theorem laplacian_no_pair i :
  (2%:R - 2%:R / N%:R) * (sigma i / t i ^+ 2) + lambda N t i i * ((1 / N%:R - 1) / sigma i) =
  (1 - 1 / N%:R) * (sigma i / t i ^+ 2).
Proof.
by rewrite own; apply: part_left => //; rewrite ?expf_neq0 ?gt_eqF ?exprn_gt0.
Qed.

(** The direction in which t_i alone grows; t_i moves with (1/N) t_i^(1-N) u_i^T X v_i. *)
Theorem radial_metric (U V X : 'M[F]_d) i : orthogonal U -> orthogonal V ->
  metric N (root_of U t) (root_of V t) X (N%:R * t i ^+ (N - 1) *: (U *m delta_mx i i *m V^T)) =
  N%:R ^+ 2 * (1 / N%:R / t i ^+ (N - 1) * (U^T *m X *m V) i i).
Proof.
move=> oU oV; have lp k l : 0 < lambda N t k l by rewrite lambda_positive // ltW.
have p0 : t i ^+ (N - 1) != 0 by rewrite expf_neq0 // gt_eqF.
rewrite metric_diagonal //; last by move=> k l; rewrite gt_eqF.
have -> : U^T *m (N%:R * t i ^+ (N - 1) *: (U *m delta_mx i i *m V^T)) *m V =
          N%:R * t i ^+ (N - 1) *: delta_mx i i.
  by rewrite -scalemxAr -scalemxAl !mulmxA orthogonalT // mul1mx mulmx_orthK.
pose c := N%:R * t i ^+ (N - 1).
have E k l : (c *: delta_mx i i : 'M[F]_d) k l = c * ((k == i) && (l == i))%:R by rewrite !mxE.
rewrite (bigD1 i) //= (bigD1 i) //= big1 => [|l li]; last by rewrite E (negPf li) andbF !mulr0.
rewrite [X in _ + X]big1 => [|k ki]; last by rewrite big1 // => l _; rewrite E (negPf ki) !mulr0.
rewrite !addr0 E !eqxx mulr1 lambda_diag // exprAC.
exact: metric_along.
Qed.

End Laplacian.
