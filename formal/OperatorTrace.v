(** * The trace of the operator A_{N,W}                       (operator-trace)

    At W = U diag(t_i^N) V^T the trace of A_{N,W} over all d x d matrices,
    sum_{i,l} <E_il, A_{N,W}(E_il)>, is the sum of its eigenvalues: those of i = l,
    and twice each one of i < l. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum Operator MetricFrame.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section OperatorTrace.

Variables (F : realFieldType) (d N : nat) (U V : 'M[F]_d) (t : 'I_d -> F).
Hypotheses (N0 : (0 < N)%N) (oU : orthogonal U) (oV : orthogonal V) (t0 : forall i, 0 < t i).

Let sigma i := t i ^+ N.

(** Row k of an orthogonal matrix has length 1. *)
Lemma row_square (X : 'M[F]_d) k : orthogonal X -> \sum_i X i k ^+ 2 = 1.
Proof.
move=> oX; have <- : (X^T *m X) k k = 1 by rewrite orthogonalT // mxE eqxx.
by rewrite mxE; apply: eq_bigr => i _; rewrite mxE expr2.
Qed.

Lemma trace_of_eigenvalues :
  \sum_(i < d) \sum_(l < d)
    frob (delta_mx i l) (Op N (root_of U t) (root_of V t) (delta_mx i l)) =
  \sum_(i < d) \sum_(l < d) lambda N t i l.
Proof.
have entries i l k m : (U^T *m delta_mx i l *m V) k m = U i k * V l m.
  by rewrite -(mul_delta_mx (0 : 'I_1)) mulmxA -colE -mulmxA -rowE !mxE big_ord1 !mxE.
transitivity (\sum_(i < d) \sum_(l < d) \sum_(k < d) \sum_(m < d)
    lambda N t k m * (U i k ^+ 2 * V l m ^+ 2)).
  apply: eq_bigr => i _; apply: eq_bigr => l _; rewrite operator_quadratic //.
  by apply: eq_bigr => k _; apply: eq_bigr => m _; rewrite entries exprMn.
transitivity (\sum_(k < d) \sum_(m < d) \sum_(i < d) \sum_(l < d)
    lambda N t k m * (U i k ^+ 2 * V l m ^+ 2)).
  under eq_bigr do rewrite exchange_big.
  rewrite exchange_big; apply: eq_bigr => k _.
  under eq_bigr do rewrite exchange_big.
  by rewrite exchange_big.
apply: eq_bigr => k _; apply: eq_bigr => m _.
rewrite -[RHS]mulr1 -(row_square k oU) mulr_sumr; apply: eq_bigr => i _.
by rewrite -[in RHS](mulr1 (U i k ^+ 2)) -(row_square m oV) !mulr_sumr.
Qed.

Theorem operator_trace :
  \sum_(i < d) \sum_(l < d)
    frob (delta_mx i l) (Op N (root_of U t) (root_of V t) (delta_mx i l)) =
  (\sum_(i < d) (t i ^+ 2) ^+ (N - 1))
  + \sum_(i < d) \sum_(l < d | (i < l)%N)
      2%:R * (if sigma i == sigma l then (t i ^+ 2) ^+ (N - 1)
              else N%:R^-1 * ((sigma i ^+ 2 - sigma l ^+ 2) / (t i ^+ 2 - t l ^+ 2))).
Proof.
have Nn : N%:R != 0 :> F by rewrite pnatr_eq0 -lt0n.
have et i l : (sigma i == sigma l) = (t i ^+ 2 == t l ^+ 2).
  by rewrite !eqr_expn2 // ltW.
rewrite trace_of_eigenvalues sum_pairs; congr (_ + _).
  by apply: eq_bigr => i _; rewrite lambda_diag.
apply: eq_bigr => i _; apply: eq_bigr => l _.
rewrite [lambda N t l i]lambdaC -mulr2n -[_ *+ 2]mulr_natl et; congr (_ * _).
by case: eqVneq => [e|ne]; [exact: lambda_coincident | exact: lambda_closed_form].
Qed.

End OperatorTrace.
