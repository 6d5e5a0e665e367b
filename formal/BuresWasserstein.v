(** * Two factors at positive semidefinite matrices           (bures-wasserstein)

    At a positive semidefinite W the operator is made of one root R = W^(1/N):
    A_{N,W}(X) = (1/N) sum_j R^(2(N-j)) X R^(2(j-1)).  Of two factors it is (W X + X W) / 2;
    the metric g^N / N of the submersion is then twice that of Bures and Wasserstein, of which
    W and (1 + X) W (1 + X) are joined by (1 + t X) W (1 + t X). *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum Operator Metric Pushforward Roots.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Operator.

Variables (F : rcfType) (d N : nat) (W P Q : 'M[F]_d).
Hypotheses (pW : psd W) (pP : psd P) (pQ : psd Q).
Hypotheses (eP : mpow P N = W *m W^T) (eQ : mpow Q N = W^T *m W).

Lemma mpowM (A : 'M[F]_d) k j : mpow A (k * j) = mpow (mpow A k) j.
Proof. by elim: j => [|j IH]; rewrite ?muln0 // mulnS mpowD IH. Qed.

Lemma psd_square (A : 'M[F]_d) : psd A -> psd (mpow A 2).
Proof. by case=> sA _; rewrite /= mulmx1 -{2}sA; apply: psd_gram. Qed.

Lemma roots_of_psd (R : 'M[F]_d) : (0 < N)%N -> psd R -> mpow R N = W ->
  P = mpow R 2 /\ Q = mpow R 2.
Proof.
move=> N0 pR eR; have [sW _] := pW.
have e : mpow (mpow R 2) N = W *m W by rewrite -mpowM mulnC mpowM eR /= mulmx1.
by split; apply: (psd_root_unique N0) (psd_square pR) _ => //; rewrite ?eP ?eQ sW e.
Qed.

Theorem operator_at_psd (R X : 'M[F]_d) : (0 < N)%N -> psd R -> mpow R N = W ->
  Op N P Q X =
  N%:R^-1 *: \sum_(1 <= j < N.+1) mpow R (2 * (N - j)) *m X *m mpow R (2 * (j - 1)).
Proof.
move=> N0 pR eR; have [-> ->] := roots_of_psd N0 pR eR.
by rewrite /Op; congr (_ *: _); apply: eq_bigr => j _; rewrite !mpowM.
Qed.

Theorem operator_of_two (X : 'M[F]_d) : N = 2%N ->
  Op N P Q X = 2%:R^-1 *: (W *m X + X *m W).
Proof.
move=> N2; have N0 : (0 < N)%N by rewrite N2.
have [R pR eR] := psd_root_exists N0 pW; have [-> ->] := roots_of_psd N0 pR eR.
have <- : mpow R 2 = W by rewrite -N2.
by rewrite N2 /Op big_ltn // big_nat1 !mpow1 !mulmx1 mul1mx.
Qed.

Theorem metric_of_two (X Y : 'M[F]_d) : N = 2%N -> \det (lin_mx (Op N P Q)) != 0 ->
  N%:R^-1 * metric N P Q Y (W *m X + X *m W) = frob Y X.
Proof.
move=> N2 regular; have two : 2%:R != 0 :> F by rewrite pnatr_eq0.
have -> : W *m X + X *m W = Op N P Q (2%:R *: X).
  by rewrite linearZ /= operator_of_two // scalerA mulfV // scale1r.
rewrite /metric /Op_inv -mul_vec_lin mulmxK ?mxvecK; last by rewrite unitmxE unitfE.
by rewrite frobZr N2 mulrA mulVf // mul1r.
Qed.

Theorem length_of_two (X : 'M[F]_d) : N = 2%N -> \det (lin_mx (Op N P Q)) != 0 ->
  symmetric_mx X ->
  N%:R^-1 * metric N P Q (W *m X + X *m W) (W *m X + X *m W) = 2%:R * frob X (W *m X).
Proof.
move=> N2 regular sX; have [sW _] := pW; rewrite metric_of_two // frobC frobDr.
rewrite mulr_natl mulr2n; congr (_ + _).
by rewrite /frob sX mulmxA mxtrace_mulC mulmxA [RHS]mxtrace_mulC.
Qed.

End Operator.

Section Path.

Variables (F : rcfType) (d : nat) (W X : 'M[F]_d).
Add Ring path_ring : (ring_bridge F).

(** The ends are W, at t = 0, and (1 + X) W (1 + X), at t = 1. *)
Theorem path_between (t : F) :
  (1%:M + t *: X) *m W *m (1%:M + t *: X) =
  (1 - t) ^+ 2 *: W + t ^+ 2 *: ((1%:M + X) *m W *m (1%:M + X))
  + (2%:R * t * (1 - t)) *: (2%:R^-1 *: (W *m (1%:M + X) + (1%:M + X) *m W)).
Proof.
have -> : 1%:M + t *: X = (1 - t) *: 1%:M + t *: (1%:M + X).
  by rewrite scalerDr addrA -scalerDl subrK scale1r.
move: (1%:M + X) => E; rewrite scalerA -[2%:R * t * _]mulrA mulrAC mulfV ?pnatr_eq0 // mul1r.
rewrite !mulmxDl !mulmxDr -!scalemxAl -!scalemxAr -!mulmxA !(mul1mx, mulmx1).
move: (W *m E) (E *m W) (E *m (W *m E)) => A B C; apply/matrixP => i j; rewrite !mxE.
by move: (W i j) (A i j) (B i j) (C i j) => w a b c; mcring F.
Qed.

End Path.
