(** * The volume form of g^N                       (volume-form, Theorem 1.1)

    CMV2023, Theorem 1.1:
      sqrt(det g^N) dW
        = N^(d(d-1)/2) det(Sigma^2)^((1-N)/(2N)) van(Sigma^(2/N)) dSigma dU dV.

    Here: the Gram matrix of g^N in the coordinates (Sigma, U, V) is the
    d^2 x d^2 matrix g^N(dsvd(e_k), dsvd(e_k')), where e_0, e_1, ... are the
    coordinate vectors of Jacobian.v, and sigma_i = t_i^N.  The theorem gives the
    square root of its determinant.  It holds for all t_1 >= ... >= t_d > 0;
    singular values may coincide. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum Pairs Operator Metric Jacobian.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** The Gram matrix of g^N at W = U Sigma V^T, Sigma = diag(t_i^N), in the
    coordinates of the singular value decomposition. *)
Definition svd_gram (F : fieldType) (d N : nat) (U V : 'M[F]_d) (t : 'I_d -> F)
  : 'M[F]_(d * d) :=
  gram (metric N (root_of U t) (root_of V t)) (dsvd U V (fun i => t i ^+ N)).

Theorem volume_form_squared (F : fieldType) (d N : nat) (U V : 'M[F]_d) (t : 'I_d -> F) :
  N%:R != 0 :> F -> orthogonal U -> orthogonal V ->
  (forall i l, lambda N t i l != 0) ->
  \det (svd_gram N U V t) =
  (N%:R ^+ (d * d.-1)./2 * (\prod_(i < d) t i ^- (N - 1))
   * van (fun i => t i ^+ 2)) ^+ 2.
Proof.
move=> N0 oU oV l0; rewrite -volume_algebra_squared // /svd_gram.
by rewrite (@det_gram_metric _ _ N _ _ _ oU oV [linear of dsvd U V _]) svd_jacobian_squared // mulrC.
Qed.

Theorem volume_form (R : rcfType) (d N : nat) (U V : 'M[R]_d) (t : 'I_d -> R) :
  (0 < N)%N -> orthogonal U -> orthogonal V ->
  (forall i, 0 < t i) ->
  (forall i l : 'I_d, (i < l)%N -> t l <= t i) ->
  Num.sqrt (\det (svd_gram N U V t)) =
  N%:R ^+ (d * d.-1)./2 * (\prod_(i < d) t i ^- (N - 1))
  * van (fun i => t i ^+ 2).
Proof.
move=> N0 oU oV t0 dec; rewrite volume_form_squared //; first last.
- by move=> i l; rewrite gt_eqF // lambda_positive // ltW.
- by rewrite pnatr_eq0 -lt0n.
rewrite sqrtr_sqr ger0_norm // mulr_ge0 ?van_ge0 ?mulr_ge0 ?exprn_ge0 ?ler0n //.
  by apply: prodr_ge0 => i _; rewrite invr_ge0 exprn_ge0 // ltW.
by move=> i l il; rewrite ler_expn2r ?nnegrE ?dec // ltW.
Qed.
