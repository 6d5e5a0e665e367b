(** * Isometries of g^N, and its section of diagonal matrices

    At W = U diag(t_i^N) V^T, t_i > 0, the metric g^N is that at Q W S^T of Q Z S^T and
    Q X S^T, Q and S orthogonal, and that at W^T of Z^T and X^T.  At diag(t_i^N) it is
    N^2 sum_i x_i z_i of the velocities that belong to the velocities x and z of t: flat
    among the diagonal matrices.  The directions a W - W b, a and b skew, of the motions
    by Q and S are orthogonal to those. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum Operator Metric.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Squares.

Variable R : comRingType.
Add Ring isometries_ring : (ring_bridge R).

Lemma two_squares (n y x z : R) : n * y * x * (n * y * z) = y * y * (n * n * (x * z)).
Proof. by mcring R. Qed.

End Squares.

Section Isometries.

Variables (F : realFieldType) (d N : nat) (t : 'I_d -> F).
Hypotheses (N0 : (0 < N)%N) (t0 : forall i, 0 < t i).

Let l0 (i l : 'I_d) : lambda N t i l != 0.
Proof. by rewrite gt_eqF // lambda_positive // ltW. Qed.

Theorem rotation_isometry (U V Q S Z X : 'M[F]_d) :
  orthogonal U -> orthogonal V -> orthogonal Q -> orthogonal S ->
  metric N (root_of (Q *m U) t) (root_of (S *m V) t) (Q *m Z *m S^T) (Q *m X *m S^T) =
  metric N (root_of U t) (root_of V t) Z X.
Proof.
move=> oU oV oQ oS; rewrite !metric_diagonal //; try exact: orthogonal_mul.
apply: eq_bigr => i _; apply: eq_bigr => l _.
have e Y : (Q *m U)^T *m (Q *m Y *m S^T) *m (S *m V) = U^T *m Y *m V.
  by rewrite trmx_mul !mulmxA !mulmx_orthK.
by rewrite !e.
Qed.

Theorem transpose_isometry (U V Z X : 'M[F]_d) : orthogonal U -> orthogonal V ->
  metric N (root_of V t) (root_of U t) Z^T X^T = metric N (root_of U t) (root_of V t) Z X.
Proof.
move=> oU oV; rewrite !metric_diagonal // exchange_big.
apply: eq_bigr => i _; apply: eq_bigr => l _; rewrite lambdaC.
have e Y : (V^T *m Y^T *m U) l i = (U^T *m Y *m V) i l.
  by have -> : V^T *m Y^T *m U = (U^T *m Y *m V)^T; [rewrite !trmx_mul trmxK mulmxA | rewrite mxE].
by rewrite !e.
Qed.

Let P := root_of 1%:M t.

Lemma section_metric (Z X : 'M[F]_d) :
  metric N P P Z X = \sum_(i < d) \sum_(l < d) (lambda N t i l)^-1 * (Z i l * X i l).
Proof.
rewrite metric_diagonal //; try exact: orthogonal1.
by apply: eq_bigr => i _; apply: eq_bigr => l _; rewrite trmx1 !mul1mx !mulmx1.
Qed.

(** The derivative of diag(t_i^N) where t moves with the velocity x. *)
Definition along_section (x : 'I_d -> F) : 'M[F]_d := Diag (fun i => N%:R * t i ^+ (N - 1) * x i).

Theorem section_flat (x z : 'I_d -> F) :
  metric N P P (along_section x) (along_section z) = N%:R ^+ 2 * \sum_(i < d) x i * z i.
Proof.
rewrite section_metric mulr_sumr; apply: eq_bigr => i _.
rewrite (bigD1 i) //= [X in _ + X]big1 ?addr0 => [|l ne]; last first.
  by rewrite !DiagE eq_sym (negPf ne) !mulr0n !mulr0.
rewrite !DiagE eqxx !mulr1n lambda_diag ?pnatr_eq0 -?lt0n // exprAC.
have : t i ^+ (N - 1) != 0 by rewrite expf_neq0 // gt_eqF.
by move: (t i ^+ (N - 1)) => y y0; rewrite two_squares -!expr2 mulKf // expf_neq0.
Qed.

Theorem section_orthogonal (x : 'I_d -> F) (a b : 'M[F]_d) : skew_mx a -> skew_mx b ->
  let W := Diag (fun i => t i ^+ N) in metric N P P (along_section x) (a *m W - W *m b) = 0 :> F.
Proof.
have none (c : 'M[F]_d) i : skew_mx c -> c i i = 0.
  move=> /matrixP /(_ i i); rewrite !mxE => /eqP; rewrite -addr_eq0 -mulr2n mulrn_eq0 /=.
  by move/eqP.
move=> sa sb W; rewrite section_metric big1 // => i _; rewrite big1 // => l _.
case: (eqVneq i l) => [<-|ne]; last by rewrite DiagE (negPf ne) mulr0n mul0r mulr0.
rewrite [X in _ * (_ * X)]mxE [X in _ * (_ * (_ + X))]mxE mul_mx_DiagE mul_DiagE (none a) //.
by rewrite (none b) // mul0r mulr0 subrr !mulr0.
Qed.

End Isometries.
