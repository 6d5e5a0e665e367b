(** * Balanced factors as a tower of polar decompositions    (balanced-polar-tower)

    Balanced factors W_1, ..., W_N whose first has full rank share one matrix:
    with P the positive semidefinite root of W_1^T W_1, E its inverse, and
    V_j = W_j ... W_1 E^j, the V_j are orthogonal, W_j = V_j P V_{j-1}^T, and
    W_N ... W_1 = V_N P^N.  Factors of this form with a symmetric matrix are
    balanced; the matrix and the frames are unique up to one rotation. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics Pushforward Spectral SVD Roots.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section OfThisForm.

Variables (R : comRingType) (d N : nat) (Q : nat -> 'M[R]_d).
Hypothesis oQ : forall k, (k <= N)%N -> orthogonal (Q k).

(** R_j Z R_{j-1}^T *)
Definition tower (Z : 'M[R]_d) (j : nat) : 'M[R]_d := Q j *m Z *m (Q j.-1)^T.

Theorem tower_balanced Z j : (1 <= j < N)%N -> Z^T = Z ->
  (tower Z j.+1)^T *m tower Z j.+1 = tower Z j *m (tower Z j)^T.
Proof.
move=> /andP[j1 jN] sZ; have oj := oQ jN; have ol := oQ (ltnW jN).
have op : orthogonal (Q j.-1) by apply: oQ; apply: leq_trans (leq_pred j) (ltnW jN).
rewrite /tower /= !trmx_mul !trmxK sZ !mulmxA !mulmx_orthK //.
Qed.

Lemma tower_product_at Z j : (j <= N)%N -> phi (tower Z) j = Q j *m mpow Z j *m (Q 0%N)^T.
Proof.
elim: j => [|j IH] jN; first by rewrite /= mulmx1 oQ.
rewrite [LHS]/= IH ?(ltnW jN) // {1}/tower /= !mulmxA mulmx_orthK //.
exact: oQ (ltnW jN).
Qed.

Theorem tower_product Z : phi (tower Z) N = Q N *m mpow Z N *m (Q 0%N)^T.
Proof. exact: tower_product_at. Qed.

End OfThisForm.

Section Tower.

Variables (R : rcfType) (d N : nat) (W : nat -> 'M[R]_d) (P E : 'M[R]_d).
Hypotheses (N0 : (0 < N)%N) (bal : balanced W N).
Hypotheses (pP : psd P) (eP : mpow P 2 = (W 1%N)^T *m W 1%N) (PE : P *m E = 1%:M).

(** V_j = W_j ... W_1 E^j *)
Definition tower_frame (j : nat) : 'M[R]_d := phi W j *m mpow E j.

Let EP : E *m P = 1%:M. Proof. exact: mulmx1C. Qed.

Lemma powers_inverse j : mpow P j *m mpow E j = 1%:M.
Proof.
elim: j => [|j IH]; first exact: mulmx1.
by rewrite mpowSr [mpow E _]/= -mulmxA [P *m (_ *m _)]mulmxA PE mul1mx.
Qed.

Lemma product_square j : (j <= N)%N -> (phi W j)^T *m phi W j = mpow P j *m mpow P j.
Proof.
case: j => [|j] jN; first by rewrite /= trmx1 mulmx1.
have := @below_key _ _ W N bal j.+1 0; rewrite jN mulmx1 addn0 => -> //; rewrite -eP.
have -> : mpow P 2 = P *m P by rewrite /= mulmx1.
elim: j.+1 => {jN} [|k IH] /=; first by rewrite mulmx1.
by rewrite IH -!mulmxA [mpow P k *m (P *m _)]mulmxA -mpowSr /= -!mulmxA.
Qed.

Theorem tower_frames_orthogonal j : (j <= N)%N -> (tower_frame j)^T *m tower_frame j = 1%:M.
Proof.
move=> jN; rewrite /tower_frame trmx_mul mulmxA -(mulmxA _ (phi W j)^T) product_square //.
have sP : (mpow P j)^T = mpow P j by rewrite mpow_tr; case: pP => ->.
have e : (mpow E j)^T *m mpow P j = 1%:M by rewrite -sP -trmx_mul powers_inverse trmx1.
by rewrite mulmxA e mul1mx powers_inverse.
Qed.

Theorem tower_factors j : (1 <= j <= N)%N ->
  W j = tower_frame j *m P *m (tower_frame j.-1)^T.
Proof.
case: j => // j /= jN.
have o : tower_frame j *m (tower_frame j)^T = 1%:M.
  by apply: mulmx1C; apply: tower_frames_orthogonal; apply: ltnW.
have -> : tower_frame j.+1 *m P = W j.+1 *m tower_frame j.
  by rewrite /tower_frame mpowSr -!mulmxA EP mulmx1.
by rewrite -mulmxA o mulmx1.
Qed.

Theorem tower_whole_product : phi W N = tower_frame N *m mpow P N.
Proof. by rewrite /tower_frame -mulmxA (mulmx1C (powers_inverse N)) mulmx1. Qed.

Lemma psd_rotated (O X : 'M[R]_d) : psd X -> psd (O *m X *m O^T).
Proof.
move=> [sX X0]; split; first by rewrite /symmetric_mx !trmx_mul trmxK sX mulmxA.
by move=> x; have := X0 (x *m O); rewrite trmx_mul !mulmxA.
Qed.

Theorem tower_matrix_unique (Q : nat -> 'M[R]_d) (X : 'M[R]_d) :
  (forall k, (k <= N)%N -> orthogonal (Q k)) -> psd X ->
  (forall j, (1 <= j <= N)%N -> W j = tower Q X j) -> P = Q 0%N *m X *m (Q 0%N)^T.
Proof.
move=> oQ pX eW; apply: (@psd_root_unique _ _ 2) => //; first exact: psd_rotated.
have sX : X^T = X by case: pX.
rewrite eP eW // /tower !trmx_mul !trmxK sX mpow_conj; last exact: oQ.
by rewrite /= mulmx1 !mulmxA (mulmx_orthK (oQ _ N0)).
Qed.

Theorem tower_frames_unique (Q : nat -> 'M[R]_d) (Z : 'M[R]_d) (j : nat) :
  (forall k, (k <= N)%N -> orthogonal (Q k)) -> (j <= N)%N -> psd Z ->
  (forall k, (1 <= k <= N)%N -> W k = tower Q Z k) -> Q j = tower_frame j *m Q 0%N.
Proof.
move=> oQ jN pZ eW; have eq := tower_matrix_unique oQ pZ eW.
have e : phi W j = phi (tower Q Z) j.
  elim: j jN => //= j IH jN; rewrite IH ?(ltnW jN) // eW //.
have ep : Q j *m mpow Z j *m (Q 0%N)^T = Q j *m (Q 0%N)^T *m mpow P j.
  by rewrite eq mpow_conj; [rewrite !mulmxA (mulmx_orthK (oQ _ _)) | exact: oQ].
rewrite /tower_frame e (@tower_product_at _ _ N) // ep.
by rewrite -!mulmxA [mpow P j *m (_ *m _)]mulmxA powers_inverse mul1mx orthogonalT ?mulmx1 //; apply: oQ.
Qed.

End Tower.
