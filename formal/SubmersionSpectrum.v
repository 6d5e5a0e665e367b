(** * Horizontal lifts of u_i v_l^T                        (riemannian-submersion)

    Balanced factors of W = U diag(t_i^N) V^T, t_i >= 0, of any rank.  Then
      dphi(dphi^*(u_i v_l^T)) = N lambda_il u_i v_l^T,
    so that the lifts of c u_i v_l^T, c = 1/(N lambda_il), project to u_i v_l^T and have
    the squared length c; lifts of different u_i v_l^T are orthogonal; and if N >= 2 and
    sigma_i = sigma_l = 0 the lift vanishes.  At full rank the inverse of N A_{N,W} is
    g^N / N.  The linearised rank equations; tangents of curves of fixed rank. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum Operator Metric Pushforward Balancedness.
From DLN Require Import Roots Submersion.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Lifts.

Variables (R : rcfType) (d N : nat) (W : nat -> 'M[R]_d) (U V : 'M[R]_d) (t : 'I_d -> R).
Hypotheses (N0 : (0 < N)%N) (bal : balanced W N).
Hypotheses (oU : orthogonal U) (oV : orthogonal V) (t0 : forall i, 0 <= t i).
Hypothesis eW : phi W N = U *m Diag (fun i => t i ^+ N) *m V^T.

Implicit Types (H : nat -> 'M[R]_d) (Y Z : 'M[R]_d).

(** u_i v_l^T *)
Definition outer i l : 'M[R]_d := col i U *m (col l V)^T.

Let Nn0 : N%:R != 0 :> R. Proof. by rewrite pnatr_eq0 -lt0n. Qed.

Lemma root_left : W N *m (W N)^T = root_of U t.
Proof. by apply: (balanced_root_left N0 bal (psd_root_of _ _)); rewrite (svd_gram_left oU oV eW). Qed.

Lemma root_right : (W 1%N)^T *m W 1%N = root_of V t.
Proof. by apply: (balanced_root_right N0 bal (psd_root_of _ _)); rewrite (svd_gram_right oU oV eW). Qed.

Lemma dphi_lift Z : dphi W N (dphi_adj W N Z) = N%:R *: Op N (root_of U t) (root_of V t) Z.
Proof. by rewrite pushforward_operator // root_left root_right. Qed.

(** <dphi^*(Z), dphi^*(Y)> = Tr(Z^T N A_{N,W}(Y)) *)
Theorem lift_inner_products Z Y :
  frob_tuple N (dphi_adj W N Z) (dphi_adj W N Y) =
  frob Z (N%:R *: Op N (root_of U t) (root_of V t) Y).
Proof. by rewrite -dphi_adjoint dphi_lift. Qed.

Lemma Op_scale P Q c Z : Op N P Q (c *: Z) = c *: Op N P Q Z.
Proof. exact: (linearZ_LR (Op_linear N P Q)). Qed.

Lemma Op_outer i l :
  Op N (root_of U t) (root_of V t) (outer i l) = lambda N t i l *: outer i l.
Proof. exact: operator_spectrum. Qed.

Lemma dphi_lift_outer (c : R) i l :
  dphi W N (dphi_adj W N (c *: outer i l)) = (c * (N%:R * lambda N t i l)) *: outer i l.
Proof. by rewrite dphi_lift Op_scale Op_outer !scalerA [c * (_ * _)]mulrCA mulrA. Qed.

Lemma outer_inner i l k m : frob (outer i l) (outer k m) = ((i == k) && (l == m))%:R.
Proof. exact: outer_orthonormal. Qed.

Lemma norm_lift_outer (c : R) i l : c * (N%:R * lambda N t i l) = 1 ->
  frob_tuple N (dphi_adj W N (c *: outer i l)) (dphi_adj W N (c *: outer i l)) = c.
Proof.
by move=> e; rewrite -dphi_adjoint dphi_lift_outer e scale1r frobZl outer_inner !eqxx mulr1.
Qed.

Lemma square_of_value i : (t i ^+ N) ^+ 2 = t i ^+ 2 * (t i ^+ 2) ^+ (N - 1).
Proof. by rewrite -exprS subn1 prednK // -!exprM mulnC. Qed.

(** The values of 1/(N lambda_il). *)
Lemma inverse_distinct i l : t i != t l ->
  (t i ^+ 2 - t l ^+ 2) / ((t i ^+ N) ^+ 2 - (t l ^+ N) ^+ 2) * (N%:R * lambda N t i l) = 1.
Proof.
move=> ne; have ne2 k : (0 < k)%N -> t i ^+ k - t l ^+ k != 0.
  by move=> k0; rewrite subr_eq0 eqr_expn2.
by rewrite mulrAC [_ * (N%:R * _)]mulrC lambda_difference // divff // -!exprM ne2 // muln_gt0 N0.
Qed.

Lemma inverse_coincident i l : t i = t l -> 0 < t i ->
  t i ^+ 2 / (N%:R * (t i ^+ N) ^+ 2) * (N%:R * lambda N t i l) = 1.
Proof.
move=> e ti; rewrite lambda_coincident ?e // -e square_of_value mulrAC mulrCA mulfV //.
by rewrite (mulf_neq0 Nn0) // mulf_neq0 ?expf_neq0 // gt_eqF.
Qed.

Lemma inverse_edge i l : 0 < t i -> t l = 0 ->
  t i ^+ 2 / (t i ^+ N) ^+ 2 * (N%:R * lambda N t i l) = 1.
Proof.
move=> ti e; rewrite lambda_rank_deficient // mulVKf // square_of_value mulrAC mulfV //.
by rewrite mulf_neq0 ?expf_neq0 // gt_eqF.
Qed.

Theorem lift_distinct i l : t i != t l ->
  let c := (t i ^+ 2 - t l ^+ 2) / ((t i ^+ N) ^+ 2 - (t l ^+ N) ^+ 2) in
  dphi W N (dphi_adj W N (c *: outer i l)) = outer i l /\
  frob_tuple N (dphi_adj W N (c *: outer i l)) (dphi_adj W N (c *: outer i l)) = c.
Proof.
move=> ne c; have e := inverse_distinct ne; split; last exact: norm_lift_outer.
by rewrite dphi_lift_outer e scale1r.
Qed.

Theorem lift_coincident i l : t i = t l -> 0 < t i ->
  let c := t i ^+ 2 / (N%:R * (t i ^+ N) ^+ 2) in
  dphi W N (dphi_adj W N (c *: outer i l)) = outer i l /\
  frob_tuple N (dphi_adj W N (c *: outer i l)) (dphi_adj W N (c *: outer i l)) = c.
Proof.
move=> eil ti c; have e := inverse_coincident eil ti; split; last exact: norm_lift_outer.
by rewrite dphi_lift_outer e scale1r.
Qed.

Theorem lift_at_edge i l : 0 < t i -> t l = 0 ->
  let c := t i ^+ 2 / (t i ^+ N) ^+ 2 in
  dphi W N (dphi_adj W N (c *: outer i l)) = outer i l /\
  frob_tuple N (dphi_adj W N (c *: outer i l)) (dphi_adj W N (c *: outer i l)) = c.
Proof.
move=> ti el c; have e := inverse_edge ti el; split; last exact: norm_lift_outer.
by rewrite dphi_lift_outer e scale1r.
Qed.

Theorem lifts_orthogonal i l k m : (k != i) || (m != l) ->
  frob_tuple N (dphi_adj W N (outer i l)) (dphi_adj W N (outer k m)) = 0.
Proof.
move=> ne; rewrite lift_inner_products Op_outer !frobZr outer_inner.
by rewrite (eq_sym i) (eq_sym l) (_ : _ && _ = false) ?mulr0 //; apply/negbTE; rewrite negb_and.
Qed.

Theorem lift_beyond_rank i l : (1 < N)%N -> t i = 0 -> t l = 0 ->
  dphi W N (dphi_adj W N (outer i l)) = 0.
Proof.
by move=> N1 ei el; rewrite -[outer i l]scale1r dphi_lift_outer lambda_both_zero // !mulr0 scale0r.
Qed.

(** The rank of the factors, linearised. *)
Theorem lift_keeps_rank (Z X Y : 'M[R]_d) j : (1 < N)%N -> (1 <= j <= N)%N ->
  Z^T *m W j = 0 -> W j *m X = 0 -> Z^T *m dphi_adj W N Y j *m X = 0.
Proof.
move=> N1 /andP[j1 jN] eZ eX.
have gram0 (B : 'M[R]_d) : B^T *m B = 0 -> B = 0.
  by move=> e; apply/eqP; rewrite -frob_eq0 /frob e mxtrace0.
rewrite /dphi_adj; case: (ltnP j N) => [lt|ge].
  have e : W j.+1 *m Z = 0.
    apply: gram0; rewrite trmx_mul -mulmxA (mulmxA (W j.+1)^T) bal ?j1 // -mulmxA mulmxA eZ.
    by rewrite mul0mx.
  have eT : Z^T *m (W j.+1)^T = 0 by rewrite -trmx_mul e trmx0.
  by rewrite above_rec // trmx_mul !mulmxA eT !mul0mx.
have ej : j = N by apply/eqP; rewrite eqn_leq jN ge.
case: N ej N1 bal => [|[|n]] // ej _ baln; rewrite ej in eX *.
have e : (W n.+1)^T *m X = 0.
  apply: gram0; rewrite trmx_mul trmxK mulmxA -(mulmxA X^T) -baln ?ltnSn // !mulmxA -mulmxA.
  by rewrite eX mulmx0.
by rewrite /below subn1 /= trmx_mul -!mulmxA e !mulmx0.
Qed.

(** Lifts are orthogonal to the kernel. *)
Theorem lift_orthogonal_to_kernel H Z : dphi W N H = 0 ->
  frob_tuple N (dphi_adj W N Z) H = 0.
Proof. by move=> e; rewrite -dphi_adjoint e frob0r. Qed.

(** The inverse of N A_{N,W} gives g^N / N. *)
Theorem submersion_metric Z Y : (forall i, 0 < t i) ->
  let N_Op X := N%:R *: Op N (root_of U t) (root_of V t) X in
  (exists X, N_Op X = Y) /\
  forall X, N_Op X = Y -> frob Z X = N%:R^-1 * metric N (root_of U t) (root_of V t) Z Y.
Proof.
move=> tp N_Op; have l0 i l : lambda N t i l != 0 by rewrite gt_eqF // lambda_positive // ltW.
split; first exists (N%:R^-1 *: Op_inv N (root_of U t) (root_of V t) Y).
  by rewrite /N_Op Op_scale Op_invK // scalerA divff // scale1r.
move=> X <-; rewrite /metric /N_Op -Op_scale Op_invKV // frobZr mulKf //.
Qed.

(** ** Curves of fixed rank *)

(** The derivative of (1 + s Z) W (1 + s X). *)
Lemma two_sided_first_order (Z M X : 'M[R]_d) :
  coef_mx 1 ((map_mx polyC 1%:M + 'X *: map_mx polyC Z) *m map_mx polyC M *m
             (map_mx polyC 1%:M + 'X *: map_mx polyC X)) = Z *m M + M *m X.
Proof.
have -> : (map_mx polyC 1%:M + 'X *: map_mx polyC Z) *m map_mx polyC M =
          map_mx polyC M + 'X *: map_mx polyC (Z *m M) :> 'M[{poly R}]_d.
  by rewrite mulmxDl -scalemxAl -!map_mxM mul1mx.
by rewrite coef_mx_line_mul mulmx1.
Qed.

Theorem tangent_beyond_rank (Z X Y : 'M[R]_d) i l :
  coef_mx 1 ((map_mx polyC 1%:M + 'X *: map_mx polyC Z) *m map_mx polyC (phi W N) *m
             (map_mx polyC 1%:M + 'X *: map_mx polyC X)) = Y ->
  t i = 0 -> t l = 0 -> (U^T *m Y *m V) i l = 0.
Proof.
move=> <- ei el; rewrite two_sided_first_order eW mulmxDr mulmxDl mxE.
have -> : U^T *m (Z *m (U *m Diag (fun i => t i ^+ N) *m V^T)) *m V =
          (U^T *m Z *m U) *m Diag (fun i => t i ^+ N) by rewrite !mulmxA mulmx_orthK.
have -> : U^T *m (U *m Diag (fun i => t i ^+ N) *m V^T *m X) *m V =
          Diag (fun i => t i ^+ N) *m (V^T *m X *m V) by rewrite !mulmxA orthogonalT // mul1mx.
by rewrite mul_mx_DiagE mul_DiagE ei el expr0n gtn_eqF // mulr0 mul0r addr0.
Qed.

Theorem tangent_from_right i l : 0 < t i ->
  coef_mx 1 (map_mx polyC (phi W N) *m
    (map_mx polyC 1%:M + 'X *: map_mx polyC ((t i ^+ N)^-1 *: (V *m delta_mx i l *m V^T)))) =
  outer i l.
Proof.
move=> ti; have := two_sided_first_order 0 (phi W N) ((t i ^+ N)^-1 *: (V *m delta_mx i l *m V^T)).
rewrite map_mx0 scaler0 addr0 map_mx1 mul1mx mul0mx add0r => ->.
rewrite -scalemxAr eW /outer outerE /twist !mulmxA mulmx_orthK // -(mulmxA U).
have -> : Diag (fun i => t i ^+ N) *m delta_mx i l = t i ^+ N *: delta_mx i l :> 'M[R]_d.
  by apply/matrixP=> j k; rewrite mul_DiagE !mxE; case: eqP => [->|]; rewrite ?mulr0.
by rewrite -scalemxAr -scalemxAl scalerA mulVf ?scale1r // expf_neq0 // gt_eqF.
Qed.

Theorem tangent_from_left i l : 0 < t l ->
  coef_mx 1 ((map_mx polyC 1%:M +
    'X *: map_mx polyC ((t l ^+ N)^-1 *: (U *m delta_mx i l *m U^T))) *m map_mx polyC (phi W N)) =
  outer i l.
Proof.
move=> tl; have := two_sided_first_order ((t l ^+ N)^-1 *: (U *m delta_mx i l *m U^T)) (phi W N) 0.
rewrite map_mx0 scaler0 addr0 map_mx1 mulmx1 mulmx0 addr0 => ->.
rewrite -scalemxAl eW /outer outerE /twist !mulmxA mulmx_orthK // -(mulmxA U (delta_mx i l)).
have -> : delta_mx i l *m Diag (fun i => t i ^+ N) = t l ^+ N *: delta_mx i l :> 'M[R]_d.
  apply/matrixP=> j k; rewrite mul_mx_DiagE !mxE; case: (k =P l) => [->|]; rewrite ?andbF ?mul0r ?mulr0 //.
  by rewrite mulrC.
by rewrite -scalemxAr -scalemxAl scalerA mulVf ?scale1r // expf_neq0 // gt_eqF.
Qed.

End Lifts.
