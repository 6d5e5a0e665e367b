(** * The metric g^N and its determinant               (metric-diagonalization)

    g^N(Z1, Z2) = Tr(Z1^T A_{N,W}^{-1} Z2).  In the bases of singular vectors it
    is diagonal with entries 1/lambda_il, so its determinant (the determinant of
    the d^2 x d^2 matrix of the bilinear form) is prod_{i,l} 1/lambda_il
    (CMV2023). *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum Operator.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Coordinates.

Variables (R : comRingType) (d : nat).
Implicit Types A B : 'M[R]_d.

(** The k-th of the d^2 elementary matrices. *)
Definition basis_mx (k : 'I_(d * d)) : 'M[R]_d := vec_mx (delta_mx 0 k).

(** The matrix of a bilinear form on d x d matrices, pulled back by a linear
    map f: the Gram matrix of f(basis_0), f(basis_1), ... *)
Definition gram (b : 'M[R]_d -> 'M[R]_d -> R) (f : 'M[R]_d -> 'M[R]_d) : 'M[R]_(d * d) :=
  \matrix_(k, k') b (f (basis_mx k)) (f (basis_mx k')).

Lemma basis_mxE i l : basis_mx (mxvec_index i l) = delta_mx i l.
Proof. by rewrite /basis_mx vec_mx_delta. Qed.

Lemma row_lin_mx (f : {linear 'M[R]_d -> 'M[R]_d}) k :
  row k (lin_mx f) = mxvec (f (basis_mx k)).
Proof. by rewrite rowE -(vec_mxK (delta_mx 0 k)) mul_vec_lin. Qed.

Lemma lin_mxE (f : {linear 'M[R]_d -> 'M[R]_d}) i j k l :
  lin_mx f (mxvec_index i j) (mxvec_index k l) = f (delta_mx i j) k l.
Proof.
by move/rowP: (row_lin_mx f (mxvec_index i j)) => /(_ (mxvec_index k l));
   rewrite mxE mxvecE basis_mxE.
Qed.

Lemma frob_mxvec A B : frob A B = (mxvec A *m (mxvec B)^T) 0 0.
Proof.
rewrite frobE mxE (reindex _ (curry_mxvec_bij _ _)) /= pair_bigA /=.
by apply: eq_bigr => -[i l] _ /=; rewrite mxE !mxvecE.
Qed.

Lemma mxvec_index_inj i j i' j' :
  mxvec_index i j = mxvec_index i' j' :> 'I_(d * d) -> (i, j) = (i', j').
Proof. by move/cast_ord_inj/enum_rank_inj. Qed.

(** The determinant of the orthogonal map Z |-> U Z V^T is +1 or -1. *)
Lemma det_twist_sqr (U V : 'M[R]_d) : orthogonal U -> orthogonal V ->
  \det (lin_mx (twist U V)) ^+ 2 = 1.
Proof.
move=> oU oV; rewrite -(det_twist oU oV) expr2; congr (_ * _).
rewrite -det_tr; congr (\det _); apply/matrixP=> p q; rewrite mxE.
case/mxvec_indexP: p => i j; case/mxvec_indexP: q => k l; rewrite !lin_mxE.
rewrite /twist -[X in X = _]frob_delta -[X in _ = X]frob_delta.
by rewrite frob_mul frobC /= /twist !trmxK.
Qed.

End Coordinates.

Section Metric.

Variables (F : fieldType) (d N : nat) (U V : 'M[F]_d) (t : 'I_d -> F).
Hypotheses (oU : orthogonal U) (oV : orthogonal V).

(** The inverse of the operator A_{N,W} for given P = (W W^T)^(1/N) and
    Q = (W^T W)^(1/N): by inverting its d^2 x d^2 matrix. *)
Definition Op_inv (P Q Z : 'M[F]_d) : 'M[F]_d :=
  vec_mx (mxvec Z *m invmx (lin_mx (Op N P Q))).

(** g^N(Z1, Z2) = Tr(Z1^T A_{N,W}^{-1} Z2) *)
Definition metric (P Q Z1 Z2 : 'M[F]_d) : F := frob Z1 (Op_inv P Q Z2).

Let P := root_of U t.
Let Q := root_of V t.

Hypothesis l0 : forall i l, lambda N t i l != 0.

Lemma Op_unit : lin_mx (Op N P Q) \in unitmx.
Proof.
rewrite unitmxE unitfE operator_determinant //.
by apply/prodf_neq0 => i _; apply/prodf_neq0.
Qed.

Theorem Op_invK : cancel (Op_inv P Q) (Op N P Q).
Proof.
move=> Z; rewrite -[LHS]mxvecK -mul_vec_lin /Op_inv vec_mxK mulmxKV ?mxvecK //.
exact: Op_unit.
Qed.

Theorem Op_invKV : cancel (Op N P Q) (Op_inv P Q).
Proof. by move=> Z; rewrite /Op_inv -mul_vec_lin mulmxK ?mxvecK ?Op_unit. Qed.

Lemma Op_inv_twist Z :
  Op_inv P Q Z = twist U V (entrywise (fun i l => (lambda N t i l)^-1) (U^T *m Z *m V)).
Proof.
rewrite -[RHS]Op_invKV Op_twist //; congr (Op_inv P Q _).
rewrite -[LHS](twistKV oU oV Z) /twist trmxK; congr (_ *m _ *m _).
by apply/matrixP=> i l; rewrite !(mxE _ (fun i l => _ * _)) mulVKf.
Qed.

(** Diagonal in the bases of singular vectors, with entries 1/lambda_il. *)
Theorem metric_diagonal Z1 Z2 :
  metric P Q Z1 Z2 =
  \sum_(i < d) \sum_(l < d)
     (lambda N t i l)^-1 * ((U^T *m Z1 *m V) i l * (U^T *m Z2 *m V) i l).
Proof.
rewrite /metric Op_inv_twist -{1}(twistKV oU oV Z1) frob_orth // frobE /twist trmxK.
apply: eq_bigr => i _; apply: eq_bigr => l _.
by rewrite [entrywise _ _ i l]mxE mulrCA.
Qed.

Lemma gram_metric (f : {linear 'M[F]_d -> 'M[F]_d}) :
  gram (metric P Q) f = lin_mx f *m (invmx (lin_mx (Op N P Q)))^T *m (lin_mx f)^T.
Proof.
apply/matrixP=> k k'; rewrite [LHS]mxE /metric frob_mxvec /Op_inv vec_mxK.
rewrite -!row_lin_mx trmx_mul mulmxA -row_mul [LHS]mxE [RHS]mxE.
by apply: eq_bigr => j _; rewrite [row k _ 0 j]mxE [_^T j 0]mxE [row k' _ 0 j]mxE [_^T j k']mxE.
Qed.

Lemma det_gram_metric (f : {linear 'M[F]_d -> 'M[F]_d}) :
  \det (gram (metric P Q) f) =
  \det (lin_mx f) ^+ 2 * \prod_(i < d) \prod_(l < d) (lambda N t i l)^-1.
Proof.
rewrite gram_metric !det_mulmx !det_tr det_inv operator_determinant //.
rewrite mulrAC expr2; congr (_ * _).
by rewrite -prodfV; apply: eq_bigr => i _; rewrite prodfV.
Qed.

(** det g^N = prod_{i,l} 1/lambda_il, with the determinant of the matrix of the
    bilinear form g^N in the basis of the elementary matrices. *)
Theorem metric_determinant :
  \det (gram (metric P Q) (fun Z => Z)) =
  \prod_(i < d) \prod_(l < d) (lambda N t i l)^-1.
Proof.
by have := det_gram_metric [linear of idfun]; rewrite lin_mx_id det1 expr1n mul1r.
Qed.

End Metric.
