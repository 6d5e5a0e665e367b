(** * The metric g^N as a cone                               (riemannian-cone)

    At W = U diag(t_i^N) V^T, t_i > 0, the metric g^N at c^N W of c^N Z and c^N X is
    c^2 times that of Z and X at W.  For balanced factors of W, r^2 = sum_j |W_j|^2
    is N sum_i t_i^2; its gradient for g^N / N is the vector field 2 N W, of
    squared length 4 r^2. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum Operator Metric Pushforward Roots FactorNorms.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Scaling.

Variables (F : realFieldType) (d N : nat) (U V : 'M[F]_d) (t : 'I_d -> F).
Hypotheses (N0 : (0 < N)%N) (oU : orthogonal U) (oV : orthogonal V) (t0 : forall i, 0 < t i).

Lemma lambda_scaled c i l : lambda N (fun k => c * t k) i l = (c ^+ 2) ^+ (N - 1) * lambda N t i l.
Proof.
rewrite /lambda mulrCA; congr (_ * _); rewrite /geom mulr_sumr; apply: eq_big_nat => j /andP[j1 jN].
have -> : (N - 1 = N - j + (j - 1))%N by rewrite addnBA // subnK.
rewrite [(c * t i) ^+ 2]exprMn [(c * t l) ^+ 2]exprMn; move: (c ^+ 2) (t i ^+ 2) (t l ^+ 2) => x y z.
by rewrite exprD !exprMn mulrACA.
Qed.

(** The multiple c^N W has the singular values (c t_i)^N. *)
Theorem metric_scaled (c : F) (Z X : 'M[F]_d) : 0 < c ->
  metric N (root_of U (fun i => c * t i)) (root_of V (fun i => c * t i))
    (c ^+ N *: Z) (c ^+ N *: X) =
  c ^+ 2 * metric N (root_of U t) (root_of V t) Z X.
Proof.
move=> c0; have l0 (s : 'I_d -> F) : (forall i, 0 < s i) -> forall i l, lambda N s i l != 0.
  by move=> s0 i l; rewrite gt_eqF // lambda_positive // ltW.
rewrite !metric_diagonal //; [|exact: l0|by apply: l0 => i; rewrite mulr_gt0].
rewrite mulr_sumr; apply: eq_bigr => i _; rewrite mulr_sumr; apply: eq_bigr => l _.
rewrite lambda_scaled -!scalemxAr -!scalemxAl mxE [(_ *: (U^T *m X *m V)) i l]mxE.
have key : ((c ^+ 2) ^+ (N - 1))^-1 * (c ^+ N * c ^+ N) = c ^+ 2.
  rewrite -exprD addnn -mul2n exprM; move: (c ^+ 2) (expf_neq0 2 (lt0r_neq0 c0)) => x x0.
  by rewrite -{2}(prednK N0) exprS subn1 mulrC mulfK // expf_neq0.
by rewrite invfM (mulrACA (c ^+ N)) [LHS]mulrACA key.
Qed.

(** The same where the roots of the multiple k W are given, with k = c^N. *)
Lemma metric_of_multiple (c k : F) (r : 'I_d -> F) (Z X : 'M[F]_d) :
  0 < c -> c ^+ N = k -> (forall i, r i = c * t i) ->
  metric N (root_of U r) (root_of V r) (k *: Z) (k *: X) =
  c ^+ 2 * metric N (root_of U t) (root_of V t) Z X.
Proof.
move=> c0 <- er; have e M : root_of M r = root_of M (fun i => c * t i).
  by rewrite /root_of; congr (_ *m _ *m _); apply: eq_Diag => i; rewrite er.
by rewrite !e; exact: metric_scaled.
Qed.

End Scaling.

(** The form of the inverse of a linear map, at c times two matrices: c^2 times the map leaves it. *)
Lemma form_of_multiple (F : fieldType) (d : nat) (c : F) (f g : 'M[F]_d -> 'M[F]_d) Z X :
  c != 0 -> (forall Y, g Y = c ^+ 2 *: f Y) -> lin_mx f \in unitmx ->
  frob (c *: Z) (vec_mx (mxvec (c *: X) *m invmx (lin_mx g))) =
  frob Z (vec_mx (mxvec X *m invmx (lin_mx f))).
Proof.
move=> c0 gf uf; have -> : lin_mx g = c ^+ 2 *: lin_mx f.
  by apply/matrixP => i l; rewrite !mxE /= gf [mxvec (_ *: _)]linearZ mxE.
have c2 : c ^+ 2 != 0 by exact: expf_neq0.
rewrite invmxZ ?unitmxZ ?unitfE //.
have -> : vec_mx (mxvec (c *: X) *m ((c ^+ 2)^-1 *: invmx (lin_mx f))) =
  (c * (c ^+ 2)^-1) *: vec_mx (mxvec X *m invmx (lin_mx f)).
  by rewrite -scalemxAr [mxvec (c *: X)]linearZ -scalemxAl scalerA [(_ * c)]mulrC [LHS]linearZ.
by rewrite frobZl frobZr !mulrA -expr2 mulfV // mul1r.
Qed.

Section Factors.

Variable F : comRingType.
Add Ring cone_ring : (ring_bridge F).

Lemma four_factors (a b n x : F) : a * (b * n * (b * n * x)) = a * n * (b * b) * (n * x).
Proof. by mcring F. Qed.

End Factors.

Section Radius.

Variables (R : rcfType) (d N : nat) (W : nat -> 'M[R]_d) (U V : 'M[R]_d) (t : 'I_d -> R).
Hypotheses (N0 : (0 < N)%N) (bal : balanced W N) (oU : orthogonal U) (oV : orthogonal V).
Hypotheses (t0 : forall i, 0 < t i) (eW : phi W N = U *m Diag (fun i => t i ^+ N) *m V^T).

Let P := root_of U t.
Let Q := root_of V t.

Theorem cone_radius : frob_tuple N W W = \sum_(i < d) N%:R * t i ^+ 2.
Proof.
have root : (W 1%N)^T *m W 1%N = Q.
  by apply: (balanced_root_right N0 bal (psd_root_of _ _)); rewrite (svd_gram_right oU oV eW).
have same j : (1 <= j <= N)%N -> frob (W j) (W j) = \sum_(i < d) t i ^+ 2.
  case: j => // j; elim: j => [|j IH] jN; first by rewrite /frob root thin_trace // orthogonalT.
  by rewrite /frob bal // mxtrace_mulC; apply: IH; exact: ltnW.
transitivity (\sum_(1 <= j < N.+1) \sum_(i < d) t i ^+ 2).
  by apply: eq_big_nat => j h; apply: same.
rewrite sumr_const_nat subn1 /=.
by rewrite -mulr_natl mulr_sumr.
Qed.

Lemma Op_inv_product : Op_inv N P Q (phi W N) = U *m Diag (fun i => t i ^+ N / (t i ^+ 2) ^+ (N - 1)) *m V^T.
Proof.
have l0 i l : lambda N t i l != 0 by rewrite gt_eqF // lambda_positive // ltW.
rewrite Op_inv_twist // eW /twist; congr (U *m _ *m V^T).
rewrite !mulmxA orthogonalT // mul1mx mulmx_orthK //; apply/matrixP => i l.
rewrite mxE !DiagE; case: eqVneq => [<-|_]; last by rewrite !mulr0n mulr0.
by rewrite !mulr1n lambda_diag ?pnatr_eq0 -?lt0n // mulrC.
Qed.

Lemma root_powers j : (1 <= j <= N)%N ->
  mpow P (N - j) *m Op_inv N P Q (phi W N) *m mpow Q (j - 1) = phi W N.
Proof.
move=> /andP[j1 jN]; rewrite Op_inv_product eW !mpow_root //.
rewrite !mulmxA !mulmx_orthK // -(mulmxA U (Diag _) (Diag _)) Diag_mul -(mulmxA U (Diag _) (Diag _)) Diag_mul.
congr (U *m _ *m V^T); apply: eq_Diag => i.
rewrite mulrAC -exprD.
have -> : (N - j + (j - 1) = N - 1)%N by rewrite addnBA // subnK.
by rewrite mulrC mulfVK // expf_neq0 // expf_neq0 // gt_eqF.
Qed.

Lemma lift_of_product j : (1 <= j <= N)%N -> dphi_adj W N (Op_inv N P Q (phi W N)) j = W j.
Proof.
move=> h; have /andP[j1 jN] := h; rewrite /dphi_adj; set C := Op_inv _ _ _ _.
have eP : W N *m (W N)^T = P.
  by apply: (balanced_root_left N0 bal (psd_root_of _ _)); rewrite (svd_gram_left oU oV eW).
have eQ : (W 1%N)^T *m W 1%N = Q.
  by apply: (balanced_root_right N0 bal (psd_root_of _ _)); rewrite (svd_gram_right oU oV eW).
have whole : above W N j *m W j *m below W j = phi W N.
  rewrite -(above_phi W jN) /below subn1 -mulmxA; congr (_ *m _).
  by case: j j1 {h jN} => // j _.
have unit : phi W N \in unitmx.
  have [[u _] [v _]] := (mulmx1_unit oU, mulmx1_unit (orthogonalT oV)).
  rewrite eW !unitmx_mul u v andbT unitmxE det_diag unitfE /=; apply/prodf_neq0 => i _.
  by rewrite mxE expf_neq0 // gt_eqF.
have /andP[/andP[ua _] ub] : (above W N j \in unitmx) && (W j \in unitmx) && (below W j \in unitmx).
  by rewrite -!unitmx_mul whole.
rewrite -[LHS](mulKmx ua) -[RHS](mulKmx ua); congr (_ *m _).
rewrite -[LHS](mulmxK ub) -[RHS](mulmxK ub); congr (_ *m _).
by rewrite whole -(root_powers h) -/C -eP -eQ -(above_power bal jN) -(below_power bal h) !mulmxA.
Qed.

Lemma square_first_order (F : comRingType) (x y : F) :
  ((x%:P + 'X * y%:P) * (x%:P + 'X * y%:P))`_1 = 2%:R * (x * y).
Proof.
rewrite coefM !big_ord_recl big_ord0 /= !coefD !coefXM !coefC /= !addr0 add0r.
by rewrite [y * x]mulrC -mulr2n mulr_natl.
Qed.

(** Along W_j + s H_j, the coefficient of s of sum_j |W_j + s H_j|^2. *)
Theorem radius_gradient (H : nat -> 'M[R]_d) :
  (\sum_(1 <= j < N.+1) \tr ((line W H j)^T *m line W H j))`_1 =
  N%:R^-1 * metric N P Q (2%:R * N%:R *: phi W N) (dphi W N H).
Proof.
have l0 i l : lambda N t i l != 0 by rewrite gt_eqF // lambda_positive // ltW.
have sym Z X : metric N P Q Z X = metric N P Q X Z.
  rewrite !metric_diagonal //; apply: eq_bigr => i _; apply: eq_bigr => l _.
  by rewrite [X in _ * X]mulrC.
rewrite /metric frobZl -/(metric N P Q _ _) sym /metric frobC dphi_adjoint.
rewrite mulrA mulrCA mulVf ?pnatr_eq0 -?lt0n // mulr1 coef_sum /frob_tuple mulr_sumr.
apply: eq_big_nat => j h; rewrite lift_of_product // frobE /mxtrace coef_sum exchange_big mulr_sumr.
apply: eq_bigr => i _; rewrite mxE coef_sum mulr_sumr; apply: eq_bigr => k _.
by rewrite !mxE square_first_order.
Qed.

Theorem gradient_length :
  N%:R^-1 * metric N P Q (2%:R * N%:R *: phi W N) (2%:R * N%:R *: phi W N) =
  4%:R * frob_tuple N W W.
Proof.
rewrite /metric /Op_inv linearZ -scalemxAl linearZ -/(Op_inv N P Q _) frobZl frobZr.
have -> : frob (phi W N) (Op_inv N P Q (phi W N)) = \sum_(i < d) t i ^+ 2.
  rewrite Op_inv_product {1}eW frob_orth // /frob Diag_tr Diag_mul /mxtrace.
  apply: eq_bigr => i _; rewrite DiagE eqxx mulr1n mulrA.
  have -> : t i ^+ N * t i ^+ N = t i ^+ 2 * (t i ^+ 2) ^+ (N - 1).
    by rewrite -exprD addnn -mul2n exprM -exprS subn1 prednK.
  by rewrite mulfK // !expf_neq0 // gt_eqF.
rewrite cone_radius -mulr_sumr; move: (\sum_(i < d) _) => S; have n0 : N%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
by rewrite four_factors mulVf // mul1r -natrM.
Qed.

End Radius.
