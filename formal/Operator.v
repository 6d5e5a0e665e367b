(** * The operator A_{N,W}: spectrum, determinant, positivity
                                        (operator-spectrum, metric-diagonalization)

    CMV2023, Lemma 2.4.  Let W = U Sigma V^T with U, V orthogonal and
    sigma_i = t_i^N, and let P = (W W^T)^(1/N), Q = (W^T W)^(1/N), that is
    P = U diag(t_i^2) U^T, Q = V diag(t_i^2) V^T  (Roots.v: these are the only
    positive semidefinite N-th roots; SVD.v: such U, V, t exist for every W).
    The operator

      A_{N,W}(Z) = (1/N) sum_{j=1}^N P^(N-j) Z Q^(j-1)

    has the eigenvectors u_i v_l^T with eigenvalues lambda_il; its determinant as
    an operator on d x d matrices is the product of all lambda_il; it is
    self-adjoint, and positive definite when all t_i > 0. *)


From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section OperatorDefinition.

Variables (F : fieldType) (d : nat).

(** A_{N,W}(Z) with P = (W W^T)^(1/N) and Q = (W^T W)^(1/N). *)
Definition Op (N : nat) (P Q Z : 'M[F]_d) : 'M[F]_d :=
  N%:R^-1 *: \sum_(1 <= j < N.+1) mpow P (N - j) *m Z *m mpow Q (j - 1).

Lemma Op_is_linear N P Q : linear (Op N P Q).
Proof.
move=> a A B; rewrite /Op scalerA [a * _]mulrC -scalerA -scalerDr; congr (_ *: _).
rewrite scaler_sumr -big_split; apply: eq_bigr => j _ /=.
by rewrite mulmxDr mulmxDl -scalemxAr -scalemxAl.
Qed.
Canonical Op_linear N P Q := Linear (Op_is_linear N P Q).

End OperatorDefinition.

(** ** Linear maps on matrices and their determinants

    [lin_mx f] is MathComp's matrix of the linear map f on d x d matrices, in
    the basis of the d^2 elementary matrices. *)

Section LinearMaps.

Variables (R : comRingType) (d : nat).
Implicit Types (f g : {linear 'M[R]_d -> 'M[R]_d}) (c : 'I_d -> 'I_d -> R).

Lemma lin_mx_ext (f g : 'M[R]_d -> 'M[R]_d) : f =1 g -> lin_mx f = lin_mx g.
Proof. by move=> e; apply/matrixP=> i j; rewrite !mxE /= e. Qed.

Lemma lin_mx_uniq f (A : 'M[R]_(d * d)) :
  (forall Z, mxvec Z *m A = mxvec (f Z)) -> A = lin_mx f.
Proof.
move=> e; apply/row_matrixP => k; rewrite !rowE.
by rewrite -(vec_mxK (delta_mx 0 k)) e mul_vec_lin.
Qed.

Lemma lin_mx_comp f g : lin_mx (f \o g) = lin_mx g *m lin_mx f.
Proof.
apply/esym/(@lin_mx_uniq [linear of f \o g]) => Z.
by rewrite mulmxA !mul_vec_lin.
Qed.

Lemma lin_mx_id : lin_mx (fun Z : 'M[R]_d => Z) = 1%:M.
Proof. by apply/esym/(@lin_mx_uniq [linear of idfun]) => Z; rewrite mulmx1. Qed.

(** The map Z |-> (c_il Z_il): its matrix is diagonal. *)
Definition entrywise (c : 'I_d -> 'I_d -> R) (Z : 'M[R]_d) : 'M[R]_d :=
  \matrix_(i, l) (c i l * Z i l).

Lemma entrywise_is_linear c : linear (entrywise c).
Proof. by move=> a A B; apply/matrixP=> i l; rewrite !mxE mulrDr mulrCA. Qed.
Canonical entrywise_linear c := Linear (entrywise_is_linear c).

Lemma prod_mxvec (C : 'M[R]_d) :
  \prod_(k < d * d) mxvec C 0 k = \prod_(i < d) \prod_(l < d) C i l.
Proof.
rewrite (reindex _ (curry_mxvec_bij _ _)) /= pair_bigA /=.
by apply: eq_bigr => -[i l] _ /=; rewrite mxvecE.
Qed.

Lemma det_entrywise c :
  \det (lin_mx (entrywise c)) = \prod_(i < d) \prod_(l < d) c i l.
Proof.
have <- : diag_mx (mxvec (\matrix_(i, l) c i l)) = lin_mx (entrywise c).
  apply: (@lin_mx_uniq (entrywise_linear c)) => Z; apply/rowP=> k.
  rewrite mul_mx_diag mxE; case/mxvec_indexP: k => i l.
  by rewrite !mxvecE !mxE mulrC.
rewrite det_diag prod_mxvec; apply: eq_bigr => i _; apply: eq_bigr => l _.
by rewrite mxE.
Qed.

(** The change of basis Z |-> U Z V^T; for orthogonal U, V it is orthogonal. *)
Definition twist (U V Z : 'M[R]_d) : 'M[R]_d := U *m Z *m V^T.

Lemma twist_is_linear U V : linear (twist U V).
Proof. by move=> a A B; rewrite /twist mulmxDr mulmxDl -scalemxAr -scalemxAl. Qed.
Canonical twist_linear U V := Linear (twist_is_linear U V).

Lemma twistK U V : orthogonal U -> orthogonal V ->
  cancel (twist U V) (twist U^T V^T).
Proof. by move=> oU oV Z; rewrite /twist trmxK !mulmxA orthogonalT // mul1mx mulmx_orthK. Qed.

Lemma twistKV U V : orthogonal U -> orthogonal V ->
  cancel (twist U^T V^T) (twist U V).
Proof. by move=> oU oV Z; rewrite /twist trmxK !mulmxA oU mul1mx mulmx_orthKV. Qed.

Lemma det_twist U V : orthogonal U -> orthogonal V ->
  \det (lin_mx (twist U V)) * \det (lin_mx (twist U^T V^T)) = 1.
Proof.
move=> oU oV; rewrite -det_mulmx -lin_mx_comp (@lin_mx_ext _ (fun Z => Z)).
  by rewrite lin_mx_id det1.
exact: twistK.
Qed.

(** The rank-one matrix u_i v_l^T. *)
Lemma outerE (U V : 'M[R]_d) i l :
  col i U *m (col l V)^T = twist U V (delta_mx i l).
Proof.
by rewrite tr_col colE rowE /twist -(mul_delta_mx (0 : 'I_1) i l) !mulmxA.
Qed.

End LinearMaps.

Section Spectrum.

Variables (F : fieldType) (d N : nat) (U V : 'M[F]_d) (t : 'I_d -> F).
Hypotheses (oU : orthogonal U) (oV : orthogonal V).

Let A := Op N (root_of U t) (root_of V t).

Lemma mpow_root (X : 'M[F]_d) k : orthogonal X ->
  mpow (root_of X t) k = X *m Diag (fun i => (t i ^+ 2) ^+ k) *m X^T.
Proof. by move=> oX; rewrite /root_of mpow_conj // mpow_Diag. Qed.

(** In the bases of singular vectors A multiplies the entry (i,l) by lambda_il. *)
Lemma Op_twist Z : A (twist U V Z) = twist U V (entrywise (lambda N t) Z).
Proof.
have -> : entrywise (lambda N t) Z = N%:R^-1 *: \sum_(1 <= j < N.+1)
   Diag (fun i => (t i ^+ 2) ^+ (N - j)) *m Z *m Diag (fun i => (t i ^+ 2) ^+ (j - 1)).
  apply/matrixP=> i l; rewrite !mxE summxE /lambda -mulrA mulr_suml; congr (_ * _).
  by apply: eq_bigr => j _; rewrite mul_mx_DiagE mul_DiagE mulrAC.
rewrite /A /Op [RHS]linearZ /=; congr (_ *: _); rewrite [RHS]linear_sum /=; apply: eq_bigr => j _.
by rewrite !mpow_root // /twist !mulmxA !mulmx_orthK.
Qed.

Theorem operator_spectrum i l :
  A (col i U *m (col l V)^T) = lambda N t i l *: (col i U *m (col l V)^T).
Proof.
rewrite outerE Op_twist -linearZ; congr (twist U V _).
apply/matrixP=> j k; rewrite !mxE; case: eqP => [->|]; last by rewrite !mulr0.
by case: eqP => [->|]; last by rewrite !mulr0.
Qed.

(** These matrices are an orthonormal basis. *)
Theorem outer_orthonormal i l k m :
  frob (col i U *m (col l V)^T) (col k U *m (col m V)^T) = ((i == k) && (l == m))%:R.
Proof. by rewrite !outerE frob_orth // frob_delta mxE. Qed.

Theorem outer_expansion Z :
  Z = \sum_i \sum_l frob (col i U *m (col l V)^T) Z *: (col i U *m (col l V)^T).
Proof.
rewrite -[LHS](twistKV oU oV) [X in twist U V X]matrix_sum_delta linear_sum.
apply: eq_bigr => i _; rewrite linear_sum; apply: eq_bigr => l _.
rewrite linearZ outerE /=; congr (_ *: _).
by rewrite -[in RHS](twistKV oU oV Z) frob_orth // frob_delta.
Qed.

Theorem operator_determinant :
  \det (lin_mx A) = \prod_(i < d) \prod_(l < d) lambda N t i l.
Proof.
have -> : lin_mx A = lin_mx (twist U^T V^T) *m
    (lin_mx (entrywise (lambda N t)) *m lin_mx (twist U V)).
  rewrite -!lin_mx_comp; apply: lin_mx_ext => Z /=.
  by rewrite -Op_twist twistKV.
rewrite !det_mulmx det_entrywise mulrCA [_ * \det (lin_mx (twist U V))]mulrC.
by rewrite det_twist // mulr1.
Qed.

End Spectrum.

Section SelfAdjoint.

Variables (F : fieldType) (d N : nat).

Theorem operator_self_adjoint (P Q X Y : 'M[F]_d) :
  symmetric_mx P -> symmetric_mx Q ->
  frob (Op N P Q X) Y = frob X (Op N P Q Y).
Proof.
move=> sP sQ; rewrite frobZl frobZr; congr (_ * _).
rewrite frob_suml frob_sumr; apply: eq_bigr => j _.
by rewrite frob_mul !mpow_tr sP sQ.
Qed.

Lemma root_of_sym (U : 'M[F]_d) t : symmetric_mx (root_of U t).
Proof. by rewrite /symmetric_mx /root_of !trmx_mul trmxK Diag_tr mulmxA. Qed.

End SelfAdjoint.

Section Positive.

Variables (F : realFieldType) (d N : nat) (U V : 'M[F]_d) (t : 'I_d -> F).
Hypotheses (oU : orthogonal U) (oV : orthogonal V).

Lemma operator_quadratic Z :
  frob Z (Op N (root_of U t) (root_of V t) Z) =
  \sum_(i < d) \sum_(l < d) lambda N t i l * (U^T *m Z *m V) i l ^+ 2.
Proof.
rewrite -{1 2}(twistKV oU oV Z) Op_twist // frob_orth // frobE /twist trmxK.
apply: eq_bigr => i _; apply: eq_bigr => l _.
by rewrite [entrywise _ _ i l]mxE mulrCA expr2.
Qed.

Theorem operator_positive Z :
  (0 < N)%N -> (forall i, 0 < t i) -> Z != 0 ->
  0 < frob Z (Op N (root_of U t) (root_of V t) Z).
Proof.
move=> N0 t0 Z0; rewrite operator_quadratic lt0r.
have ge0 i l : 0 <= lambda N t i l * (U^T *m Z *m V) i l ^+ 2.
  by rewrite mulr_ge0 ?sqr_ge0 ?lambda_ge0.
apply/andP; split; last by apply: sumr_ge0 => i _; apply: sumr_ge0 => l _.
apply: contraNneq Z0 => /eqP; rewrite psumr_eq0 => [|i _]; last exact: sumr_ge0.
move=> /allP h; rewrite -(twistKV oU oV Z) (_ : twist _ _ Z = 0) ?linear0 //.
apply/matrixP=> i l; move: (h i (mem_index_enum _)) => /=.
rewrite psumr_eq0 // => /allP /(_ l (mem_index_enum _)) /=.
rewrite mulf_eq0 gt_eqF ?lambda_positive ?(ltW (t0 _)) //= expf_eq0 /=.
by rewrite /twist trmxK => /eqP ->; rewrite mxE.
Qed.

End Positive.
