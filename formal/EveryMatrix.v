(** * The theorems for every matrix, with nothing assumed about its SVD
                     (operator-spectrum, end-to-end-flow, riemannian-submersion)

    Over a real closed field:
    - for every W and N >= 1 the operator A_{N,W}, defined by the positive
      semidefinite N-th roots of W W^T and W^T W, has the orthonormal basis of
      eigenvectors u_i v_l^T with eigenvalues lambda_il (CMV2023, Lemma 2.4);
    - at balanced factors of any rank dphi dphi^* = N A_{N,W};
    - phi is a Riemannian submersion at every balanced tuple, of any rank:
      the horizontal lift and its squared length (MY2025, M2024). *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum Operator Pushforward Balancedness.
From DLN Require Import Submersion SVD Roots Orbit.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section EveryMatrix.

Variables (R : rcfType) (d N : nat).
Hypothesis N0 : (0 < N)%N.

Theorem spectrum_of_every_matrix (W P Q : 'M[R]_d) :
  psd P -> mpow P N = W *m W^T ->
  psd Q -> mpow Q N = W^T *m W ->
  exists (U V : 'M[R]_d) (t : 'I_d -> R),
    [/\ orthogonal U /\ orthogonal V,
        (forall i, 0 <= t i) /\ (forall i l : 'I_d, (i <= l)%N -> t l <= t i),
        W = U *m Diag (fun i => t i ^+ N) *m V^T
      & forall i l, Op N P Q (col i U *m (col l V)^T)
                    = lambda N t i l *: (col i U *m (col l V)^T)].
Proof.
move=> pP eP pQ eQ; have [U [V [t [oU oV t0 dec eW]]]] := svd_exists_root W N0.
exists U, V, t; split=> // i l.
have -> : P = root_of U t.
  apply: (psd_root_unique N0 pP (psd_root_of _ _)).
  by rewrite eP; apply: svd_gram_left oU oV eW.
have -> : Q = root_of V t.
  apply: (psd_root_unique N0 pQ (psd_root_of _ _)).
  by rewrite eQ; apply: svd_gram_right oU oV eW.
exact: operator_spectrum.
Qed.

(** At balanced factors W_N W_N^T and W_1^T W_1 are the roots of W W^T and
    W^T W, so the pushforward is N A_{N,W} with W = W_N ... W_1. *)
Theorem pushforward_every_balanced (W : nat -> 'M[R]_d) (P Q Z : 'M[R]_d) :
  balanced W N ->
  psd P -> mpow P N = phi W N *m (phi W N)^T ->
  psd Q -> mpow Q N = (phi W N)^T *m phi W N ->
  dphi W N (dphi_adj W N Z) = N%:R *: Op N P Q Z.
Proof.
move=> bal pP eP pQ eQ.
rewrite pushforward_operator ?pnatr_eq0 -?lt0n //.
by rewrite (balanced_root_left N0 bal pP eP) (balanced_root_right N0 bal pQ eQ).
Qed.

(** The factors at a balanced tuple in terms of the SVD of the product. *)
Lemma balanced_svd (W : nat -> 'M[R]_d) : balanced W N ->
  exists (U V : 'M[R]_d) (t : 'I_d -> R),
    [/\ orthogonal U /\ orthogonal V,
        (forall i, 0 <= t i) /\ (forall i l : 'I_d, (i <= l)%N -> t l <= t i),
        phi W N = U *m Diag (fun i => t i ^+ N) *m V^T,
        W N *m (W N)^T = root_of U t
      & (W 1%N)^T *m W 1%N = root_of V t].
Proof.
move=> bal; have [U [V [t [oU oV t0 dec eW]]]] := svd_exists_root (phi W N) N0.
exists U, V, t; split=> //.
  apply: (balanced_root_left N0 bal (psd_root_of _ _)).
  by rewrite (svd_gram_left oU oV eW).
apply: (balanced_root_right N0 bal (psd_root_of _ _)).
by rewrite (svd_gram_right oU oV eW).
Qed.

(** Riemannian submersion at every balanced tuple, of any rank.  The inverse of
    lambda_il = 0 is 0, so the sum runs over the (i,l) with sigma_i or sigma_l
    positive: it is Tr(Z^T (N A_{N,W})^+ Z). *)
Theorem submersion_every_balanced (W : nat -> 'M[R]_d) : balanced W N ->
  exists (U V : 'M[R]_d) (t : 'I_d -> R),
    [/\ orthogonal U /\ orthogonal V,
        (forall i, 0 <= t i) /\ (forall i l : 'I_d, (i <= l)%N -> t l <= t i),
        phi W N = U *m Diag (fun i => t i ^+ N) *m V^T
      & forall Z : 'M[R]_d,
          (forall i l, t i = 0 -> t l = 0 -> (U^T *m Z *m V) i l = 0) ->
          exists X : nat -> 'M[R]_d,
            [/\ balance_tangent W N X,
                dphi W N X = Z,
                frob_tuple N X X =
                  \sum_(i < d) \sum_(l < d)
                    (N%:R * lambda N t i l)^-1 * (U^T *m Z *m V) i l ^+ 2
              & forall X', dphi W N X' = Z -> frob_tuple N X X <= frob_tuple N X' X']].
Proof.
move=> bal; have [U [V [t [[oU oV] [t0 dec] eW eU eV]]]] := balanced_svd bal.
exists U, V, t; split=> // Z hZ.
exact: (riemannian_submersion N0 bal oU oV t0 eU eV).
Qed.

(** Every matrix is the product of balanced factors. *)
Theorem balanced_factors_exist (W : 'M[R]_d) :
  exists2 F : nat -> 'M[R]_d, balanced F N & phi F N = W.
Proof.
have [U [V [t [oU oV t0 dec eW]]]] := svd_exists_root W N0.
pose Q k := if k == 0%N then V else if k == N then U else 1%:M.
have oQ k : orthogonal (Q k).
  by rewrite /Q; do 2?case: ifP => // _; apply: orthogonal1.
exists (factor Q t); first exact: factor_balanced.
rewrite factor_product // eW; congr (_ *m _ *m _^T); rewrite /Q ?eqxx //.
by rewrite gtn_eqF.
Qed.

End EveryMatrix.
