(** * How the metric grows along the radius, and infinite depth       (riemannian-cone)

    g^N at (1 + 2 N x) W of (1 + 2 N x) Z and (1 + 2 N x) X has the derivative
    4 g^N_W(Z, X) at x = 0.  The metric of infinite depth is the same at every
    positive multiple.  R is Coq's field of real numbers. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import Rstruct.
From Coquelicot Require Import Coquelicot.
From DLN Require Import Basics Operator Metric Cone.
From DLN Require Import Logarithms InfiniteDepth InfiniteVolume.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope R_scope with coqR.
Local Open Scope ring_scope.

Lemma nrootM (N : nat) (x y : R) : 0 < x -> 0 < y -> nroot (x * y)%R N = (nroot x N * nroot y N)%R.
Proof. by move=> /RltP x0 /RltP y0; apply: esym; exact: Rpower_mult_distr. Qed.

Section Growth.

Variables (d N : nat) (U V : 'M[R]_d).
Hypotheses (N0 : (0 < N)%N) (oU : orthogonal U) (oV : orthogonal V).

(** g^N(Z, X) at U diag(s) V^T. *)
Definition metric_at (s : 'I_d -> R) (Z X : 'M[R]_d) : R :=
  metric N (root_of U (fun i => nroot (s i) N)) (root_of V (fun i => nroot (s i) N)) Z X.

Variable s : 'I_d -> R.
Hypothesis s0 : forall i, 0 < s i.

Lemma metric_at_multiple (c : R) (Z X : 'M[R]_d) : 0 < c ->
  metric_at (fun i => c * s i) (c *: Z) (c *: X) = nroot c N ^+ 2 * metric_at s Z X.
Proof.
move=> c0; have t0 i : 0 < nroot (s i) N by exact: nroot_gt0.
apply: (metric_of_multiple N0 oU oV t0 Z X (nroot_gt0 c N) (nroot_pow N0 c0)) => i.
exact: nrootM.
Qed.

Theorem metric_growth (Z X : 'M[R]_d) :
  is_derive (fun x : R => let c : R := 1 + x * (2%:R * N%:R) in
    metric_at (fun i => c * s i) (c *: Z) (c *: X)) 0 (4%:R * metric_at s Z X).
Proof.
have n0 : INR N <> 0%coqR by apply: not_0_INR => e; move: N0; rewrite e.
have h (c : R) : Rlt 0 c ->
  metric_at (fun i => c * s i) (c *: Z) (c *: X) = Rmult (Rpower c (2 / INR N)) (metric_at s Z X).
  by move=> /RltP c0; rewrite metric_at_multiple // nroot_sqr.
have e : Rmult (2 / INR N) (2%:R * N%:R) = 4%:R.
  have c2 : 2%:R = 2%coqR :> R by rewrite -INRE INR_IZR_INZ.
  have c4 : 4%:R = 4%coqR :> R by rewrite -INRE INR_IZR_INZ.
  by rewrite c2 c4 -INRE; change (2 / INR N * (2 * INR N) = 4)%coqR; field.
have := is_derive_along_ray
  (fun c => metric_at (fun i => (c * s i)%R) (c *: Z) (c *: X)) _ (2%:R * N%:R)%R _ h.
by rewrite e.
Qed.

End Growth.

Section Infinite.

Variables (d : nat) (U V : 'M[R]_d) (s : 'I_d -> R).
Hypotheses (oU : orthogonal U) (oV : orthogonal V) (s0 : forall i, 0 < s i).

Lemma log_mean_multiple (k p q : R) : 0 < k -> 0 < p -> 0 < q ->
  log_mean (k * p)%R (k * q)%R = k * log_mean p q.
Proof.
move=> k0 p0 q0; rewrite /log_mean (inj_eq (mulfI (lt0r_neq0 k0))); case: eqVneq => // _.
by rewrite !ln_mul // opprD addrACA subrr add0r -mulrBr mulrA.
Qed.

Lemma A_inf_multiple (c : R) (Y : 'M[R]_d) : 0 < c ->
  A_inf U V (fun i => c * s i) Y = c ^+ 2 *: A_inf U V s Y.
Proof.
move=> c0; have cs i : 0 < c * s i by exact: mulr_gt0.
rewrite (A_infE oU oV cs) (A_infE oU oV s0) -linearZ; congr (twist U V _).
apply/matrixP => i l; rewrite !mxE mulrA; congr (_ * _).
by rewrite !exprMn log_mean_multiple ?exprn_gt0.
Qed.

Lemma A_inf_unit : lin_mx (A_inf U V s) \in unitmx.
Proof.
have e : lin_mx (A_inf_inv U V s) = invmx (lin_mx (A_inf U V s)).
  by apply/matrixP=> i l; rewrite mxE /= /A_inf_inv !vec_mxK -rowE mxE.
rewrite -unitmx_inv -e unitmxE (det_A_inf_inv oU oV s0) unitfE invr_eq0.
by apply/prodf_neq0 => i _; apply/prodf_neq0 => l _; rewrite gt_eqF // mean_gt0.
Qed.

Theorem infinite_metric_scaled (c : R) (Z X : 'M[R]_d) : 0 < c ->
  frob (c *: Z) (A_inf_inv U V (fun i => c * s i) (c *: X)) = frob Z (A_inf_inv U V s X).
Proof.
move=> c0; apply: (form_of_multiple Z X (lt0r_neq0 c0)); last exact: A_inf_unit.
by move=> Y; exact: A_inf_multiple.
Qed.

End Infinite.
