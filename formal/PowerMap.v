(** * The volume as an image of Lebesgue measure                    (power-map)

    f(R) = R (R^T R)^((N-1)/2) takes R = U diag(t_i) V^T to W = U diag(t_i^N) V^T.  In the
    coordinates (t, U, V) the volume of g^N at f(R) is N^(d(d+1)/2) times Lebesgue measure
    dR, and that of g^N / N, the metric of the submersion, is N^(d/2) times it: N^d for
    the squares.  Along values and vectors it is N^(d(d+1)/2) van(t^2). *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum Pairs Operator Metric Pushforward Jacobian VolumeForm.
From DLN Require Import Spectral SVD Roots.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Definitions.

Variables (F : comRingType) (d N : nat) (U V : 'M[F]_d) (t : 'I_d -> F).
Add Ring power_map_ring : (ring_bridge F).

(** f along a line: U (1 + s U^T dU) diag((t_i + s T_ii)^N) (V (1 + s V^T dV))^T. *)
Definition power_line (T : 'M[F]_d) : 'M[{poly F}]_d :=
  (map_mx polyC U + 'X *: map_mx polyC (U *m dU T))
  *m Diag (fun i => ((t i)%:P + 'X * (T i i)%:P) ^+ N)
  *m (map_mx polyC V + 'X *: map_mx polyC (V *m dV T))^T.

(** The differential of f in these coordinates. *)
Definition dpower (T : 'M[F]_d) : 'M[F]_d :=
  U *m (dU T *m Diag (fun i => t i ^+ N) + Diag (fun i => N%:R * t i ^+ (N - 1) * T i i)
        - Diag (fun i => t i ^+ N) *m dV T) *m V^T.

Lemma coef_mx0_mul (A B : 'M[{poly F}]_d) :
  coef_mx 0 (A *m B) = coef_mx 0 A *m coef_mx 0 B.
Proof.
apply/matrixP=> i l; rewrite !mxE coef_sum; apply: eq_bigr => k _.
by rewrite !mxE coefM big_ord1.
Qed.

Lemma coef_mx1_mul (A B : 'M[{poly F}]_d) :
  coef_mx 1 (A *m B) = coef_mx 1 A *m coef_mx 0 B + coef_mx 0 A *m coef_mx 1 B.
Proof.
apply/matrixP=> i l; rewrite !mxE coef_sum -big_split; apply: eq_bigr => k _ /=.
by rewrite !mxE coefM big_ord_recl big_ord1 addrC.
Qed.

Lemma coef_power (a b : F) n :
  ((a%:P + 'X * b%:P) ^+ n)`_0 = a ^+ n /\
  ((a%:P + 'X * b%:P) ^+ n)`_1 = n%:R * a ^+ (n - 1) * b.
Proof.
have c0 : (a%:P + 'X * b%:P)`_0 = a by rewrite coefD coefC coefXM addr0.
have c1 : (a%:P + 'X * b%:P)`_1 = b by rewrite coefD coefC coefXM /= coefC add0r.
elim: n => [|n [IH0 IH1]]; first by rewrite expr0 !coef1 !mul0r.
rewrite exprS !coefM big_ord1 big_ord_recl big_ord1 /= /bump /= !subn0 c0 c1 IH0 IH1; split.
  by rewrite exprS.
case: n {IH0 IH1} => [|n]; first by rewrite expr0 !mul0r mulr0 add0r mulr1 !mul1r.
rewrite !subn1 /= [n.+2%:R]mulrSr [a ^+ n.+1]exprS; move: (n.+1%:R) (a ^+ n) => m c; mcring F.
Qed.

Theorem dpower_first_order T : coef_mx 1 (power_line T) = dpower T.
Proof.
rewrite /power_line coef_mx1_mul coef_mx1_mul coef_mx0_mul.
have line0 (A B : 'M[F]_d) : coef_mx 0 (map_mx polyC A + 'X *: map_mx polyC B) = A.
  by apply/matrixP=> i l; rewrite !mxE coefD coefC coefXM addr0.
have line1 (A B : 'M[F]_d) : coef_mx 1 (map_mx polyC A + 'X *: map_mx polyC B) = B.
  by apply/matrixP=> i l; rewrite !mxE coefD coefC coefXM /= coefC add0r.
have tr k (A : 'M[{poly F}]_d) : coef_mx k A^T = (coef_mx k A)^T.
  by apply/matrixP=> i l; rewrite !mxE.
have D0 : coef_mx 0 (Diag (fun i => ((t i)%:P + 'X * (T i i)%:P) ^+ N)) = Diag (fun i => t i ^+ N).
  apply/matrixP=> i l; rewrite mxE !DiagE coefMn; congr (_ *+ _).
  by case: (coef_power (t i) (T i i) N).
have D1 : coef_mx 1 (Diag (fun i => ((t i)%:P + 'X * (T i i)%:P) ^+ N)) =
    Diag (fun i => N%:R * t i ^+ (N - 1) * T i i).
  apply/matrixP=> i l; rewrite mxE !DiagE coefMn; congr (_ *+ _).
  by case: (coef_power (t i) (T i i) N).
rewrite !tr !line0 !line1 D0 D1 trmx_mul dV_skew /dpower.
by rewrite mulmxBr mulmxDr mulmxBl mulNmx !mulmxN !mulmxA.
Qed.

End Definitions.

Section Image.

Variables (R : rcfType) (d N : nat) (U V : 'M[R]_d) (t : 'I_d -> R).
Hypotheses (N0 : (0 < N)%N) (oU : orthogonal U) (oV : orthogonal V) (t0 : forall i, 0 < t i).

(** H is the root of R^T R. *)
Theorem power_map_image (X H : 'M[R]_d) : X = U *m Diag t *m V^T -> psd H -> mpow H 2 = X^T *m X ->
  X *m mpow H (N - 1) = U *m Diag (fun i => t i ^+ N) *m V^T.
Proof.
move=> eX pH eH; have -> : H = V *m Diag t *m V^T.
  apply: (@psd_root_unique _ _ 2) => //; first by apply: psd_diag => i; exact: ltW.
  rewrite eH eX mpow_conj // mpow_Diag !trmx_mul trmxK Diag_tr !mulmxA mulmx_orthK //.
  by rewrite -(mulmxA V) Diag_mul; congr (_ *m _ *m _); apply: eq_Diag => i; rewrite expr2.
rewrite mpow_conj // mpow_Diag eX !mulmxA mulmx_orthK // -(mulmxA U) Diag_mul.
by congr (_ *m _ *m _); apply: eq_Diag => i; rewrite -exprS subn1 prednK.
Qed.

Let P := root_of U t.
Let Q := root_of V t.

Lemma det_dpower : \det (lin_mx (dpower N U V t)) =
  \det (lin_mx (dsvd U V (fun i => t i ^+ N))) * \prod_i (N%:R * t i ^+ (N - 1)).
Proof.
pose c (i l : 'I_d) : R := if i == l then N%:R * t i ^+ (N - 1) else 1.
have -> : \prod_i (N%:R * t i ^+ (N - 1)) = \det (lin_mx (entrywise c)).
  rewrite det_entrywise; apply: eq_bigr => i _; rewrite (bigD1 i) //= /c eqxx big1 ?mulr1 // => l ne.
  by rewrite eq_sym (negPf ne).
rewrite mulrC -det_mulmx -lin_mx_comp; congr (\det _); apply: lin_mx_ext => T /=.
have off i l : i != l -> entrywise c T i l = T i l.
  by move=> /negPf ne; rewrite mxE /c ne mul1r.
have eU : dU (entrywise c T) = dU T.
  apply/matrixP=> i l; rewrite [LHS]mxE [RHS]mxE.
  by case: ltngtP => // h; rewrite off // -(inj_eq val_inj) /= (ltn_eqF h).
have eV : dV (entrywise c T) = dV T.
  apply/matrixP=> i l; rewrite [LHS]mxE [RHS]mxE.
  by case: ltngtP => // h; rewrite off // -(inj_eq val_inj) /= (gtn_eqF h).
have eS : dSigma (entrywise c T) = Diag (fun i => N%:R * t i ^+ (N - 1) * T i i).
  by apply: eq_Diag => i; rewrite mxE /c eqxx.
by rewrite /dpower /dsvd eU eV eS.
Qed.

Let l0 i l : lambda N t i l != 0. Proof. by rewrite gt_eqF // lambda_positive // ltW. Qed.
Let Nn0 : N%:R != 0 :> R. Proof. by rewrite pnatr_eq0 -lt0n. Qed.

Lemma abs_det_dsvd (s : 'I_d -> R) : (forall i, 0 <= s i) ->
  (forall i l : 'I_d, (i < l)%N -> s l <= s i) ->
  `|\det (lin_mx (dsvd U V s))| = van (fun i => s i ^+ 2).
Proof.
move=> s0 dec; have v0 : 0 <= van (fun i => s i ^+ 2).
  by apply: van_ge0 => i l il; rewrite ler_expn2r ?nnegrE ?s0 // dec.
by apply: (@pexpIrn _ 2) => //; rewrite ?nnegrE // real_normK ?num_real // svd_jacobian_squared.
Qed.

Hypothesis dec : forall i l : 'I_d, (i < l)%N -> t l <= t i.

Theorem power_map_density :
  Num.sqrt (\det (gram (metric N P Q) (fun Z => Z))) * `|\det (lin_mx (dpower N U V t))| =
  N%:R ^+ (d * d.+1)./2 * van (fun i => t i ^+ 2).
Proof.
rewrite det_dpower normrM metric_determinant // abs_det_dsvd; last 2 first.
- by move=> i; rewrite exprn_ge0 // ltW.
- by move=> i l il; rewrite ler_expn2r ?nnegrE ?dec // ltW.
have p0 : 0 < \prod_(i < d) t i ^+ (N - 1) by apply: prodr_gt0 => i _; rewrite exprn_gt0.
have eP : `|\prod_i (N%:R * t i ^+ (N - 1))| = N%:R ^+ d * \prod_(i < d) t i ^+ (N - 1).
  by rewrite big_split /= prodr_const card_ord ger0_norm // mulr_ge0 ?exprn_ge0 ?ler0n // ltW.
have -> : (d * d.+1)./2 = ((d * d.-1)./2 + d)%N.
  have -> : (d * d.+1 = d * d.-1 + d.*2)%N.
    by case: (d) => // n; rewrite -muln2 -mulnDr addn2.
  by rewrite halfD odd_double andbF add0n doubleK.
rewrite eP mulrA volume_algebra // prodfV exprD; set p := \prod_(i < d) _ in p0 *.
move: (N%:R ^+ _) (N%:R ^+ d) (van _) => a b v.
by rewrite [a * p^-1 * v]mulrAC [b * p]mulrC -[LHS]mulrA mulKf ?gt_eqF // mulrAC.
Qed.

Theorem power_map_volume :
  Num.sqrt (\det (gram (metric N P Q) (fun Z => Z))) * `|\det (lin_mx (dpower N U V t))| =
  N%:R ^+ (d * d.+1)./2 * `|\det (lin_mx (dsvd U V t))|.
Proof. by rewrite power_map_density abs_det_dsvd // => i; exact: ltW. Qed.

Theorem power_map_submersion :
  \det (lin_mx (fun Z => N%:R^-1 *: Op_inv N P Q Z)) * `|\det (lin_mx (dpower N U V t))| ^+ 2 =
  N%:R ^+ d * `|\det (lin_mx (dsvd U V t))| ^+ 2.
Proof.
have squares (a x b y : R) : a * x = b * y -> a ^+ 2 * x ^+ 2 = b ^+ 2 * y ^+ 2.
  by move=> e; rewrite -!exprMn e.
have g0 : 0 <= \det (gram (metric N P Q) (fun Z => Z)).
  rewrite metric_determinant //; apply: prodr_ge0 => i _; apply: prodr_ge0 => l _.
  by rewrite invr_ge0 ltW // lambda_positive // ltW.
have := squares _ _ _ _ power_map_volume; rewrite (sqr_sqrtr g0).
have -> : \det (lin_mx (fun Z => N%:R^-1 *: Op_inv N P Q Z)) =
    N%:R^-1 ^+ (d * d) * \det (gram (metric N P Q) (fun Z => Z)).
  rewrite metric_determinant // (eq_bigr _ (fun i _ => prodfV _ _ _)) prodfV.
  rewrite -(operator_determinant N t oU oV) -det_inv -detZ; congr (\det _).
  apply/matrixP=> k j; rewrite mxE /= linearZ /= mxE /Op_inv !vec_mxK -rowE.
  by rewrite mxE [RHS]mxE.
have h : ((d * d.+1)./2 * 2 = d * d + d)%N.
  by rewrite muln2 [RHS]addnC -mulnS -[RHS]odd_double_half oddM /= andbN.
have last (D x y : R) : D * x = (N%:R ^+ (d * d.+1)./2) ^+ 2 * y ->
    N%:R^-1 ^+ (d * d) * D * x = N%:R ^+ d * y.
  rewrite -exprM h exprD => e.
  by rewrite -mulrA e !mulrA -exprMn mulVf // expr1n mul1r.
exact: last.
Qed.

End Image.
