(** * N-th roots of positive semidefinite matrices
                                        (operator-spectrum, end-to-end-flow)

    A positive semidefinite matrix has exactly one positive semidefinite N-th
    root; repeated eigenvalues and the eigenvalue 0 are included.  Hence, at
    balanced factors of any rank, W_N W_N^T = (W W^T)^(1/N) and
    W_1^T W_1 = (W^T W)^(1/N). *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum Operator Pushforward Spectral SVD.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Roots.

Variables (R : rcfType) (d : nat).
Implicit Types (P Q U V : 'M[R]_d).

(** Positive semidefinite: symmetric with x P x^T >= 0 for every row x. *)
Definition psd P : Prop :=
  symmetric_mx P /\ forall x : 'rV[R]_d, 0 <= (x *m P *m x^T) 0 0.

Lemma psd_gram (A : 'M[R]_d) : psd (A *m A^T).
Proof.
split; first by rewrite /symmetric_mx trmx_mul trmxK.
by move=> x; rewrite mulmxA -mulmxA -trmx_mul; apply: dot_ge0.
Qed.

Lemma psd_diag U (s : 'I_d -> R) : (forall i, 0 <= s i) -> psd (U *m Diag s *m U^T).
Proof.
move=> s0; split; first by rewrite /symmetric_mx !trmx_mul trmxK Diag_tr mulmxA.
move=> x; rewrite !mulmxA -(mulmxA _ U^T) -trmx_mul; move: (x *m U) => y.
rewrite mxE; apply: sumr_ge0 => k _.
by rewrite mul_mx_DiagE mxE mulrAC mulr_ge0 // -expr2 sqr_ge0.
Qed.

Lemma psd_spectral P : psd P ->
  exists U (s : 'I_d -> R),
    [/\ orthogonal U, forall i, 0 <= s i & P = U *m Diag s *m U^T].
Proof.
move=> [sP P0]; have [U [s [oU eP]]] := spectral_theorem sP.
exists U, s; split=> // i; have := P0 (delta_mx 0 i *m U^T); rewrite eP.
rewrite trmx_mul trmxK !mulmxA -(mulmxA _ U^T U) orthogonalT // mulmx1.
rewrite -(mulmxA _ U^T U) orthogonalT // mulmx1.
by rewrite -rowE trmx_delta -colE !mxE eqxx.
Qed.

(** Uniqueness of the N-th root. *)
Theorem psd_root_unique N P Q : (0 < N)%N -> psd P -> psd Q ->
  mpow P N = mpow Q N -> P = Q.
Proof.
move=> N0 /psd_spectral [U [s [oU s0 eP]]] /psd_spectral [V [r [oV r0 eQ]]].
rewrite {1}eP {1}eQ !mpow_conj // !mpow_Diag => e.
pose X := U^T *m V.
have eX : Diag (fun i => s i ^+ N) *m X = X *m Diag (fun i => r i ^+ N).
  have := congr1 (fun M => U^T *m M *m V) e.
  by rewrite /= !mulmxA orthogonalT // mul1mx (mulmx_orthK oV) /X ?mulmxA.
have eX1 : Diag s *m X = X *m Diag r.
  apply/matrixP=> i l; move/matrixP: eX => /(_ i l).
  rewrite !mul_DiagE !mul_mx_DiagE => h.
  have [->|x0] := eqVneq (X i l) 0; first by rewrite mulr0 mul0r.
  have : s i ^+ N = r l ^+ N by apply: (mulIf x0); rewrite h mulrC.
  move/eqP; rewrite eqr_expn2 // => /eqP ->; exact: mulrC.
rewrite eP eQ; have -> : U *m Diag s *m U^T = U *m (Diag s *m X) *m V^T.
  by rewrite /X !mulmxA (mulmx_orthKV oV).
by rewrite eX1 /X !mulmxA oU mul1mx.
Qed.

(** Existence of the N-th root. *)
Theorem psd_root_exists N P : (0 < N)%N -> psd P -> exists2 Q, psd Q & mpow Q N = P.
Proof.
move=> N0 /psd_spectral [U [s [oU s0 eP]]].
have /fin_all_exists2 [t t0 et] := fun i => nth_root_exists N0 (s0 i).
exists (U *m Diag t *m U^T); first exact: psd_diag.
rewrite mpow_conj // mpow_Diag eP; congr (_ *m _ *m _).
by apply: eq_Diag.
Qed.

(** The roots of W W^T and W^T W in terms of a singular value decomposition. *)
Lemma psd_root_of U (t : 'I_d -> R) : psd (root_of U t).
Proof. by apply: psd_diag => i; rewrite sqr_ge0. Qed.

Lemma svd_gram_left U V N (t : 'I_d -> R) W : orthogonal U -> orthogonal V ->
  W = U *m Diag (fun i => t i ^+ N) *m V^T -> W *m W^T = mpow (root_of U t) N.
Proof.
move=> oU oV ->; rewrite /root_of mpow_conj // mpow_Diag !trmx_mul trmxK Diag_tr.
rewrite !mulmxA mulmx_orthK // -(mulmxA U) Diag_mul; congr (_ *m _ *m _).
by apply: eq_Diag => i; rewrite -expr2 -!exprM mulnC.
Qed.

Lemma svd_gram_right U V N (t : 'I_d -> R) W : orthogonal U -> orthogonal V ->
  W = U *m Diag (fun i => t i ^+ N) *m V^T -> W^T *m W = mpow (root_of V t) N.
Proof.
move=> oU oV eW; have := @svd_gram_left V U N t W^T oV oU; rewrite trmxK; apply.
by rewrite eW !trmx_mul trmxK Diag_tr mulmxA.
Qed.

(** At balanced factors W_N W_N^T is the root of W W^T. *)
Theorem balanced_root_left N (W : nat -> 'M[R]_d) P : (0 < N)%N -> balanced W N ->
  psd P -> mpow P N = phi W N *m (phi W N)^T -> W N *m (W N)^T = P.
Proof.
move=> N0 bal pP eP; apply: (psd_root_unique N0 (psd_gram _) pP).
by rewrite eP -product_power_left.
Qed.

Theorem balanced_root_right N (W : nat -> 'M[R]_d) Q : (0 < N)%N -> balanced W N ->
  psd Q -> mpow Q N = (phi W N)^T *m phi W N -> (W 1%N)^T *m W 1%N = Q.
Proof.
move=> N0 bal pQ eQ; apply: (psd_root_unique N0 _ pQ).
  by have := psd_gram (W 1%N)^T; rewrite trmxK.
by rewrite eQ (product_power_right bal).
Qed.

End Roots.
