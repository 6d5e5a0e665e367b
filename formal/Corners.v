(** * Where the density of the volume is largest                (volume-corners)

    2 x 2 matrices W = U diag(t_0^N, t_1^N) V^T, with the diagonal b_11, b_22, b_11 b_22 != 0,
    and x, y off it.  The density of the volume with respect to dW is
      N (t_0 t_1 / (sigma_0 sigma_1)) (t_0^2 - t_1^2) / (sigma_0^2 - sigma_1^2);
    for N >= 2 it falls where sigma_0 grows at the same sigma_1, or at the same
    sigma_0 sigma_1.  On the rays x^2 = y^2, b_11 b_22 x y >= 0,
      sigma_0 +- sigma_1 = |b_11| + |b_22|,
    + where |x y| <= |b_11 b_22| and - where |x y| >= |b_11 b_22|; at all other matrices on
    the same side that is larger.  So at a given sigma_1, or a given determinant, the density
    is largest on the rays, which are the ones through the corners of x y = b_11 b_22. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum Operator Metric NormDivergence Completion.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Lemma ord_2 (k : 'I_2) : k = 0 \/ k = 1.
Proof. by case: k => -[|[|//]] p; [left | right]; apply/val_inj. Qed.

(** ** The density *)

Section Density.

Variables (R : rcfType) (N : nat).
Implicit Types (U V : 'M[R]_2) (t : 'I_2 -> R).
Add Ring density_ring : (ring_bridge R).

(** The density of the volume of g^N with respect to dW at U diag(t_i^N) V^T. *)
Definition density U V t : R :=
  Num.sqrt (\det (gram (metric N (root_of U t) (root_of V t)) (fun Z => Z))).

Lemma density_value U V t : (0 < N)%N -> orthogonal U -> orthogonal V -> (forall i, 0 < t i) ->
  density U V t = ((t 0 * t 1) ^+ (N - 1) * lambda N t 0 1)^-1.
Proof.
move=> N0 oU oV t0; have lp i l : 0 < lambda N t i l by rewrite lambda_positive // ltW.
have Nn : N%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
have l0 i l : lambda N t i l != 0 by rewrite gt_eqF.
rewrite /density metric_determinant //.
rewrite !prod_2 -!invfM (lambdaC N t 1 0) !lambda_diag //.
set a := t 0; set b := t 1; set l := lambda N t 0 1.
have -> : (a ^+ 2) ^+ (N - 1) * l * (l * (b ^+ 2) ^+ (N - 1)) = ((a * b) ^+ (N - 1) * l) ^+ 2.
  rewrite (exprAC a) (exprAC b) [(a * b) ^+ _]exprMn; move: (a ^+ _) (b ^+ _) => x y; mcring R.
by rewrite -exprVn sqrtr_sqr gtr0_norm // invr_gt0; exact: (mulr_gt0 (exprn_gt0 _ (mulr_gt0 (t0 0) (t0 1))) (lp 0 1)).
Qed.

Theorem density_closed_form U V t : (0 < N)%N -> orthogonal U -> orthogonal V ->
  0 < t 1 -> t 1 < t 0 ->
  density U V t = N%:R * (t 0 * t 1 / (t 0 ^+ N * t 1 ^+ N))
                  * ((t 0 ^+ 2 - t 1 ^+ 2) / ((t 0 ^+ N) ^+ 2 - (t 1 ^+ N) ^+ 2)).
Proof.
move=> N0 oU oV t1 lt; have t0 i : 0 < t i by case: (ord_2 i) => -> //; apply: lt_trans t1 lt.
have p0 : t 0 * t 1 != 0 by rewrite mulf_neq0 // gt_eqF.
have ne : t 0 ^+ 2 != t 1 ^+ 2 by rewrite gt_eqF // ltr_expn2r // ltW.
rewrite density_value // lambda_closed_form //.
have -> : t 0 ^+ N * t 1 ^+ N = t 0 * t 1 * (t 0 * t 1) ^+ (N - 1).
  by rewrite -exprMn -exprS subn1 prednK.
move: (t 0 * t 1) p0 (_ ^+ 2 - _) (t 0 ^+ 2 - _) => p p0 S T.
by rewrite !invfM !invrK mulVKf // [S^-1 * T]mulrC mulrA [_ * N%:R]mulrC.
Qed.

(** It falls where lambda_01 and the product of the roots grow. *)
Lemma density_less U V U' V' t t' : (0 < N)%N ->
  orthogonal U -> orthogonal V -> orthogonal U' -> orthogonal V' ->
  (forall i, 0 < t i) -> (forall i, 0 < t' i) ->
  t 0 * t 1 <= t' 0 * t' 1 -> lambda N t 0 1 < lambda N t' 0 1 ->
  density U' V' t' < density U V t.
Proof.
move=> N0 oU oV oU' oV' t0 t0' le lt; rewrite !density_value //.
have lp (r : 'I_2 -> R) : (forall i, 0 < r i) -> 0 < lambda N r 0 1 by move=> rp; rewrite lambda_positive // ltW.
have pp (r : 'I_2 -> R) : (forall i, 0 < r i) -> 0 < (r 0 * r 1) ^+ (N - 1) by move=> rp; rewrite exprn_gt0 ?mulr_gt0.
have both r rp := mulr_gt0 (pp r rp) (lp r rp).
rewrite ltf_pinv ?posrE ?both //.
apply: (@le_lt_trans _ _ ((t' 0 * t' 1) ^+ (N - 1) * lambda N t 0 1)).
  rewrite ler_pmul2r ?lp //; apply: ler_expn2r => //; rewrite nnegrE; apply: mulr_ge0; exact: ltW.
by rewrite ltr_pmul2l ?pp.
Qed.

Theorem density_falls_at_second U V U' V' t t' : (1 < N)%N ->
  orthogonal U -> orthogonal V -> orthogonal U' -> orthogonal V' ->
  0 < t 0 -> 0 < t 1 -> t' 1 = t 1 -> t 0 < t' 0 -> density U' V' t' < density U V t.
Proof.
move=> N1 oU oV oU' oV' t0 t1 e lt; have N0 := ltnW N1.
have tp i : 0 < t i by case: (ord_2 i) => ->.
have tp' i : 0 < t' i by case: (ord_2 i) => ->; rewrite ?e // (lt_trans t0).
apply: density_less => //; first by rewrite e ler_pmul2r // ltW.
rewrite /lambda ltr_pmul2l ?invr_gt0 ?ltr0n // e !geom_ord.
case: N N1 => [|[|n]] // _; rewrite big_ord_recl [X in _ < X]big_ord_recl !subn0 /= !mulr1; apply: ltr_le_add.
  by rewrite -!exprM ltr_expn2r ?(ltW t0) // mul2n.
apply: ler_sum => j _; rewrite ler_pmul2r ?exprn_gt0 //.
by rewrite -!exprM ler_expn2r ?nnegrE ?(ltW t0) ?(ltW (tp' _)) ?ltW.
Qed.

(** At a given product a sum of two powers grows with the larger factor. *)
Lemma sum_of_powers (a b a' b' : R) m n : 0 < b -> b <= a -> a < a' -> a * b = a' * b' ->
  a ^+ m * b ^+ n + a ^+ n * b ^+ m <= a' ^+ m * b' ^+ n + a' ^+ n * b' ^+ m
    ?= iff (m == n).
Proof.
move=> b0 ba lt e; have a0 := lt_le_trans b0 ba; have a0' := lt_trans a0 lt.
wlog : m n / (n <= m)%N => [h|nm].
  case: (leqP n m) => [|/ltnW mn]; first exact: h.
  by rewrite addrC [X in _ <= X ?= iff _]addrC eq_sym; apply: h.
have ek : (m == n) = (m - n == 0)%N by rewrite subn_eq0 eqn_leq nm andbT.
move: (m - n)%N (subnK nm) ek => k <- ->.
have split (x y : R) : x ^+ (k + n) * y ^+ n + x ^+ n * y ^+ (k + n) =
    (x * y) ^+ n * (x ^+ k + y ^+ k).
  rewrite !exprD exprMn; move: (x ^+ k) (x ^+ n) (y ^+ k) (y ^+ n) => u v w z; mcring R.
rewrite !split -e; have p0 : 0 < (a * b) ^+ n by rewrite exprn_gt0 // mulr_gt0.
rewrite (mono_leif (ler_pmul2l p0)).
have [->|k0] := posnP k.
  by rewrite !expr0; apply/leif_refl.
suff h : a ^+ k + b ^+ k < a' ^+ k + b' ^+ k by split; [exact: ltW | exact: lt_eqF].
rewrite -subr_gt0 -(pmulr_rgt0 _ (exprn_gt0 k a0')).
have e2 : a ^+ k * b ^+ k = a' ^+ k * b' ^+ k by rewrite -!exprMn e.
have -> : a' ^+ k * (a' ^+ k + b' ^+ k - (a ^+ k + b ^+ k)) = (a' ^+ k - a ^+ k) * (a' ^+ k - b ^+ k).
  rewrite mulrBr mulrDr -e2; move: (a' ^+ k) (a ^+ k) (b ^+ k) => x y z; mcring R.
have less x : 0 < x -> x < a' -> 0 < a' ^+ k - x ^+ k.
  by move=> x0 xa; rewrite subr_gt0 ltr_expn2r ?(ltW x0) // -lt0n.
by apply: mulr_gt0; apply: less => //; exact: le_lt_trans ba lt.
Qed.

Theorem density_falls_at_determinant U V U' V' t t' : (1 < N)%N ->
  orthogonal U -> orthogonal V -> orthogonal U' -> orthogonal V' ->
  0 < t 1 -> t 1 <= t 0 -> 0 < t' 1 -> t 0 < t' 0 ->
  t 0 ^+ N * t 1 ^+ N = t' 0 ^+ N * t' 1 ^+ N -> density U' V' t' < density U V t.
Proof.
move=> N1 oU oV oU' oV' t1 t10 t1' lt e; have N0 := ltnW N1.
have tp i : 0 < t i by case: (ord_2 i) => -> //; exact: lt_le_trans t1 t10.
have tp' i : 0 < t' i by case: (ord_2 i) => -> //; exact: lt_trans (tp 0) lt.
have ep : t 0 * t 1 = t' 0 * t' 1.
  by apply/eqP; rewrite -(eqr_expn2 N0) ?mulr_ge0 ?(ltW (tp _)) ?(ltW (tp' _)) // !exprMn e.
apply: density_less => //; first by rewrite ep lexx.
rewrite /lambda ltr_pmul2l ?invr_gt0 ?ltr0n //.
set a := t 0 ^+ 2; set b := t 1 ^+ 2; set a' := t' 0 ^+ 2; set b' := t' 1 ^+ 2.
have b0 : 0 < b by rewrite exprn_gt0.
have ba : b <= a by apply: ler_expn2r => //; rewrite nnegrE ltW.
have aa : a < a' by rewrite ltr_expn2r ?(ltW (tp _)).
have eab : a * b = a' * b' by rewrite -!exprMn ep.
have grow m n := sum_of_powers m n b0 ba aa eab.
have twice x y : geom N x y *+ 2 = \sum_(j < N) (x ^+ (N.-1 - j) * y ^+ j + x ^+ j * y ^+ (N.-1 - j)).
  rewrite mulr2n {2}geomC !geom_ord -big_split; apply: eq_bigr => j _ /=.
  by congr (_ + _); exact: mulrC.
rewrite -(@ltr_pmuln2r _ 2) // !twice; case: N N1 grow => [|[|n]] // _ grow.
rewrite big_ord_recl [X in _ < X]big_ord_recl; apply: ltr_le_add.
  by rewrite lt_neqAle (grow _ _).1 (grow _ _).2.
by apply: ler_sum => j _; exact: (grow _ _).1.
Qed.

End Density.

(** ** On the hyperbola, with sigma_0 of any sign *)

Section Hyperbola.

Variables (R : realFieldType) (W U V : 'M[R]_2) (s : 'I_2 -> R).
Hypotheses (oU : orthogonal U) (oV : orthogonal V) (eW : W = U *m Diag s *m V^T).
Hypotheses (b0 : W 0 0 * W 1 1 != 0) (s1 : s 1 = 0).
Add Ring hyperbola_ring : (ring_bridge R).

Lemma on_hyperbola : W 0 1 * W 1 0 = W 0 0 * W 1 1.
Proof.
have : \det W = 0 by rewrite eW !det_mulmx /Diag det_diag prod_2 !mxE s1 !mulr0 mul0r.
by rewrite det_2 => /eqP; rewrite subr_eq0 => /eqP.
Qed.

Lemma square_on_hyperbola :
  s 0 ^+ 2 = W 0 0 ^+ 2 + W 1 1 ^+ 2 + (W 0 1 ^+ 2 + W 1 0 ^+ 2).
Proof.
rewrite -[LHS]addr0 -[X in _ + X](expr0n R 2) -s1 (sum_of_squares oU oV eW) frob_2.
by move: (W 0 0 ^+ 2) (W 0 1 ^+ 2) (W 1 0 ^+ 2) (W 1 1 ^+ 2) => *; mcring R.
Qed.

Theorem value_on_hyperbola :
  s 0 ^+ 2 = (W 0 0 + W 1 1) ^+ 2 + (W 0 1 - W 0 0 * W 1 1 / W 0 1) ^+ 2.
Proof.
have h := on_hyperbola; have x0 : W 0 1 != 0 by apply: contraNneq b0 => x0; rewrite -h x0 mul0r.
have -> : W 0 0 * W 1 1 / W 0 1 = W 1 0 by rewrite -h mulrAC divff // mul1r.
rewrite square_on_hyperbola [(_ + _) ^+ 2]sqrrD [(_ - _) ^+ 2]sqrrB h.
by move: (W 0 0 * W 1 1) (W 0 0 ^+ 2) (W 1 1 ^+ 2) (W 0 1 ^+ 2) (W 1 0 ^+ 2) => *; mcring R.
Qed.

Lemma value_by_norms : s 0 ^+ 2 = (`|W 0 0| + `|W 1 1|) ^+ 2 + (`|W 0 1| - `|W 1 0|) ^+ 2.
Proof.
rewrite square_on_hyperbola squares_of_norms squares_of_norms_sum on_hyperbola.
by rewrite [RHS]addrACA subrr addr0.
Qed.

Theorem least_value_on_hyperbola : (`|W 0 0| + `|W 1 1|) ^+ 2 <= s 0 ^+ 2.
Proof. by rewrite value_by_norms ler_addl sqr_ge0. Qed.

Theorem value_at_corners : W 0 1 ^+ 2 = W 1 0 ^+ 2 -> s 0 ^+ 2 = (`|W 0 0| + `|W 1 1|) ^+ 2.
Proof.
move=> e; rewrite value_by_norms (_ : `|W 0 1| = `|W 1 0|) ?subrr ?expr0n ?addr0 //.
by apply/eqP; rewrite -(@eqr_expn2 _ 2) // !real_normK ?num_real // e.
Qed.

End Hyperbola.

(** ** The rays *)

Section Rays.

Variables (R : realFieldType) (W U V : 'M[R]_2) (s : 'I_2 -> R).
Hypotheses (oU : orthogonal U) (oV : orthogonal V) (eW : W = U *m Diag s *m V^T).
Hypotheses (s0 : forall i, 0 <= s i) (dec : s 1 <= s 0).
Hypothesis b0 : W 0 0 * W 1 1 != 0.
Add Ring rays_ring : (ring_bridge R).

Let b := W 0 0 * W 1 1.
Let S := `|W 0 0| + `|W 1 1|.

(** e and f are the signs of b and of e det W. *)
Lemma on_one_side (e f : R) : e * b = `|b| -> e ^+ 2 = 1 -> f ^+ 2 = 1 -> 0 <= f * (e * \det W) ->
  (s 0 + f * s 1) ^+ 2 = S ^+ 2 + (W 0 1 - e * W 1 0) ^+ 2.
Proof.
move=> eb e1 f1 side; have prod := product_of_values oU oV eW s0.
have nd : `|\det W| = f * e * \det W.
  have one (x : R) : x ^+ 2 = 1 -> `|x| = 1.
    by move=> x1; apply/eqP; rewrite -sqrp_eq1 // real_normK ?num_real // x1.
  by rewrite -mulrA -(ger0_norm side) !normrM (one e e1) (one f f1) !mul1r.
have -> : (s 0 + f * s 1) ^+ 2 = frob W W + 2%:R * (f * (s 0 * s 1)).
  rewrite -(sum_of_squares oU oV eW); transitivity (s 0 ^+ 2 + f ^+ 2 * s 1 ^+ 2 + 2%:R * (f * (s 0 * s 1))).
    by move: (s 0) (s 1) => u v; mcring R.
  by rewrite f1 mul1r.
have -> : f * (s 0 * s 1) = e * \det W by rewrite prod nd !mulrA -expr2 f1 mul1r.
rewrite det_2 frob_2.
have -> : S ^+ 2 = W 0 0 ^+ 2 + W 1 1 ^+ 2 + 2%:R * (e * b).
  by rewrite /S sqrrD !real_normK ?num_real // -normrM -eb mulr_natl addrAC.
transitivity (W 0 0 ^+ 2 + W 1 1 ^+ 2 + 2%:R * (e * b) + (W 0 1 ^+ 2 + e ^+ 2 * W 1 0 ^+ 2 - 2%:R * e * (W 0 1 * W 1 0))).
  rewrite e1 /b; move: (W 0 0) (W 0 1) (W 1 0) (W 1 1) => p x y q; mcring R.
by congr (_ + _); move: (W 0 1) (W 1 0) => x y; mcring R.
Qed.

Lemma sign_of_b : exists2 e : R, e ^+ 2 = 1 & e * b = `|b|.
Proof. by exists (Num.sg b); [rewrite sqr_sg b0 | rewrite normrEsg]. Qed.

(** On the rays. *)
Hypotheses (ray : W 0 1 ^+ 2 = W 1 0 ^+ 2) (same : 0 <= b * (W 0 1 * W 1 0)).

Lemma ray_signed (e : R) : e ^+ 2 = 1 -> e * b = `|b| -> e * (W 0 1 * W 1 0) = W 0 1 ^+ 2.
Proof.
move=> e1 eb; have pos : 0 <= e * (W 0 1 * W 1 0).
  have n0 : 0 < `|b| by rewrite normr_gt0.
  rewrite -(pmulr_rge0 _ n0) -eb; suff -> : e * b * (e * (W 0 1 * W 1 0)) = e ^+ 2 * (b * (W 0 1 * W 1 0)).
    by rewrite e1 mul1r.
  move: b (W 0 1 * W 1 0) => p z; mcring R.
have sq : (e * (W 0 1 * W 1 0)) ^+ 2 = (W 0 1 ^+ 2) ^+ 2.
  by rewrite exprMn e1 mul1r exprMn -ray -expr2.
by apply/eqP; rewrite -(@eqr_expn2 _ 2) ?sqr_ge0 // sq.
Qed.

Lemma ray_difference (e : R) : e ^+ 2 = 1 -> e * b = `|b| -> W 0 1 - e * W 1 0 = 0.
Proof.
move=> e1 eb; have ep := ray_signed e1 eb; apply/eqP; rewrite -sqrf_eq0; apply/eqP.
transitivity (W 0 1 ^+ 2 + e ^+ 2 * W 1 0 ^+ 2 - 2%:R * (e * (W 0 1 * W 1 0))).
  by move: (W 0 1) (W 1 0) => x y; mcring R.
by rewrite ep e1 mul1r -ray mulr_natl mulr2n subrr.
Qed.

Lemma on_ray (e f : R) : e * b = `|b| -> e ^+ 2 = 1 -> f ^+ 2 = 1 -> 0 <= f * (e * \det W) ->
  (s 0 + f * s 1) ^+ 2 = S ^+ 2.
Proof. by move=> *; rewrite (@on_one_side e) // ray_difference // expr0n addr0. Qed.

Lemma S_ge0 : 0 <= S. Proof. by rewrite addr_ge0. Qed.

Lemma side_of_det (e z : R) : e * b = `|b| -> (0 <= b * z) = (0 <= e * z).
Proof.
move=> eb; have n0 : 0 < `|b| by rewrite normr_gt0.
have eE : e = Num.sg b by apply: (mulIf b0); rewrite eb normrEsg.
by rewrite eE {1}[b]numEsg -mulrA mulrCA pmulr_rge0.
Qed.

Theorem ray_inside : 0 <= b * (b - W 0 1 * W 1 0) -> s 0 + s 1 = `|W 0 0| + `|W 1 1|.
Proof.
have [e e1 eb] := sign_of_b; rewrite (side_of_det _ eb) -det_2 => side.
apply/eqP; rewrite -(@eqr_expn2 _ 2) ?addr_ge0 //.
by rewrite -{1}[s 1]mul1r (on_ray eb e1 (expr1n _ 2)) // mul1r.
Qed.

Theorem ray_outside : b * (b - W 0 1 * W 1 0) <= 0 -> s 0 - s 1 = `|W 0 0| + `|W 1 1|.
Proof.
have [e e1 eb] := sign_of_b; rewrite -oppr_ge0 -[- (b * _)]mulrN (side_of_det _ eb) -det_2 => side.
have f1 : (-1) ^+ 2 = 1 :> R by rewrite sqrrN expr1n.
have := on_ray eb e1 f1; rewrite !mulN1r -mulrN => /(_ side) h.
by apply/eqP; rewrite -(@eqr_expn2 _ 2) ?subr_ge0 ?addr_ge0 // h.
Qed.

(** Every second singular value is reached on the rays, on either side. *)
Lemma ray_product : `|W 0 1 * W 1 0| = W 0 1 ^+ 2 /\ `|\det W| = `| `|b| - `|W 0 1 * W 1 0| |.
Proof.
have [e e1 eb] := sign_of_b; have pos := same; rewrite (side_of_det _ eb) in pos.
have one : `|e| = 1 by apply/eqP; rewrite -sqrp_eq1 // real_normK ?num_real // e1.
have ez : `|W 0 1 * W 1 0| = e * (W 0 1 * W 1 0) by rewrite -(ger0_norm pos) [in RHS]normrM one mul1r.
split; first by rewrite ez; exact: ray_signed e1 eb.
by rewrite ez -eb -mulrBr normrM one mul1r det_2.
Qed.

Theorem second_value_inside (x : R) : 0 <= x -> x <= `|W 0 0| -> x <= `|W 1 1| ->
  W 0 1 ^+ 2 = (`|W 0 0| - x) * (`|W 1 1| - x) -> s 1 = x.
Proof.
move=> x0 xp xq e; have [nz nd] := ray_product.
have nb : `|b| = `|W 0 0| * `|W 1 1| by rewrite normrM.
have eS : `|b| - `|W 0 1 * W 1 0| = x * (S - x).
  by rewrite nz e nb /S; move: `|W 0 0| `|W 1 1| => p q; mcring R.
have xS : x <= S - x by rewrite ler_subr_addr /S ler_add.
have side : 0 <= b * (b - W 0 1 * W 1 0).
  rewrite mulrBr subr_ge0 -expr2 -(ger0_norm same) normrM -[b ^+ 2]real_normK ?num_real // expr2.
  by rewrite ler_wpmul2l // -subr_ge0 eS mulr_ge0 // (le_trans x0).
have sum := ray_inside side; have prod := product_of_values oU oV eW s0.
rewrite nd eS ger0_norm ?mulr_ge0 ?(le_trans x0) // in prod.
have e0 : s 0 = S - s 1 by rewrite /S -sum addrK.
have : (s 1 - x) * (s 1 - (S - x)) = 0.
  transitivity (x * (S - x) - (S - s 1) * s 1); last by rewrite -e0 prod subrr.
  by move: S (s 1) => p q; mcring R.
move/eqP; rewrite mulf_eq0 !subr_eq0 => /orP[/eqP //|/eqP e1].
have e2 : s 0 = x by rewrite e0 e1 subKr.
by apply/eqP; rewrite eq_le -{1}e2 dec e1.
Qed.

Theorem second_value_outside (x : R) : 0 <= x ->
  W 0 1 ^+ 2 = (`|W 0 0| + x) * (`|W 1 1| + x) -> s 1 = x.
Proof.
move=> x0 e; have [nz nd] := ray_product.
have nb : `|b| = `|W 0 0| * `|W 1 1| by rewrite normrM.
have eS : `|W 0 1 * W 1 0| - `|b| = x * (S + x).
  by rewrite nz e nb /S; move: `|W 0 0| `|W 1 1| => p q; mcring R.
have pS : 0 <= x * (S + x) by rewrite mulr_ge0 // addr_ge0 // S_ge0.
have side : b * (b - W 0 1 * W 1 0) <= 0.
  rewrite mulrBr subr_le0 -expr2 -(ger0_norm same) normrM -[b ^+ 2]real_normK ?num_real // expr2.
  by rewrite ler_wpmul2l // -subr_ge0 eS.
have dif := ray_outside side; have prod := product_of_values oU oV eW s0.
rewrite nd distrC eS ger0_norm // in prod.
have e0 : s 0 = S + s 1 by rewrite /S -dif subrK.
have : (s 1 - x) * (s 1 + x + S) = 0.
  transitivity ((S + s 1) * s 1 - x * (S + x)); last by rewrite -e0 prod subrr.
  by move: S (s 1) => p q; mcring R.
have pos : 0 < s 1 + x + S.
  apply: ltr_paddl; first by rewrite addr_ge0.
  by apply: ltr_paddr => //; rewrite normr_gt0; apply: contraNneq b0 => z; rewrite z mul0r.
by move/eqP; rewrite mulf_eq0 subr_eq0 (gt_eqF pos) orbF => /eqP.
Qed.

End Rays.

(** ** At a given second singular value or determinant *)

Section Largest.

Variables (R : rcfType) (N : nat) (W U V W' U' V' : 'M[R]_2) (t t' : 'I_2 -> R).
Hypotheses (N1 : (1 < N)%N) (oU : orthogonal U) (oV : orthogonal V).
Hypotheses (oU' : orthogonal U') (oV' : orthogonal V').
Hypothesis eW : W = U *m Diag (fun i => t i ^+ N) *m V^T.
Hypothesis eW' : W' = U' *m Diag (fun i => t' i ^+ N) *m V'^T.
Hypotheses (t1 : 0 < t 1) (t10 : t 1 <= t 0) (t1' : 0 < t' 1) (t10' : t' 1 <= t' 0).
Hypotheses (b0 : W 0 0 * W 1 1 != 0) (e00 : W' 0 0 = W 0 0) (e11 : W' 1 1 = W 1 1).
(** W and W' lie on the same side of the hyperbola, and W' on a ray. *)
Hypothesis side : 0 <= (W 0 0 * W 1 1 - W 0 1 * W 1 0) * (W 0 0 * W 1 1 - W' 0 1 * W' 1 0).
Hypotheses (ray : W' 0 1 ^+ 2 = W' 1 0 ^+ 2) (same : 0 <= W 0 0 * W 1 1 * (W' 0 1 * W' 1 0)).

Add Ring largest_ring : (ring_bridge R).
Let s (i : 'I_2) := t i ^+ N.
Let s' (i : 'I_2) := t' i ^+ N.

Let N0 : (0 < N)%N := ltnW N1.

Lemma positive_values : (forall i, 0 < s i) /\ (forall i, 0 < s' i).
Proof.
split=> i; apply: exprn_gt0; case: (ord_2 i) => -> //; [exact: lt_le_trans t1 t10|].
exact: lt_le_trans t1' t10'.
Qed.

Lemma sums_on_one_side : exists2 f : R, f ^+ 2 = 1 &
  [/\ 0 <= s 0 + f * s 1, 0 <= s' 0 + f * s' 1 & s' 0 + f * s' 1 <= s 0 + f * s 1].
Proof.
have [sp sp'] := positive_values; have le r : r 1 <= r 0 -> 0 <= r 1 -> 0 <= r 0 -> forall f : R, f ^+ 2 = 1 -> 0 <= r 0 + f * r 1.
  move=> r10 r1 r0 f /eqP; rewrite sqrf_eq1 => /orP[] /eqP ->; rewrite ?mul1r ?mulN1r ?subr_ge0 ?addr_ge0 //.
have d10 : s 1 <= s 0 by apply: ler_expn2r => //; rewrite nnegrE ltW //; exact: lt_le_trans t1 t10.
have d10' : s' 1 <= s' 0 by apply: ler_expn2r => //; rewrite nnegrE ltW //; exact: lt_le_trans t1' t10'.
have [e e1 eb] := sign_of_b b0.
have b0' : W' 0 0 * W' 1 1 != 0 by rewrite e00 e11.
have prod := product_of_values oU oV eW (fun i => ltW (sp i)).
have dW : \det W != 0 by rewrite -normr_eq0 -prod mulf_neq0 // gt_eqF ?sp.
have g1 : Num.sg (e * \det W) ^+ 2 = 1.
  have e0 : e != 0 by apply: contra_eq_neq e1 => ->; rewrite expr0n eq_sym oner_neq0.
  by rewrite sqr_sg mulf_neq0.
exists (Num.sg (e * \det W)) => //; set f := Num.sg _.
have p1 : 0 <= s 0 + f * s 1 by apply: le => //; exact: ltW.
have p2 : 0 <= s' 0 + f * s' 1 by apply: le => //; exact: ltW.
split=> //; rewrite -(@ler_pexpn2r _ 2) ?nnegrE //.
have h : 0 <= f * (e * \det W) by rewrite /f -normrEsg.
have dW' : \det W' = W 0 0 * W 1 1 - W' 0 1 * W' 1 0 by rewrite det_2 e00 e11.
have h' : 0 <= f * (e * \det W').
  have n0 : 0 < `|e * \det W| by rewrite normr_gt0 mulf_neq0 // (contra_eq_neq _ e1) // => ->; rewrite expr0n eq_sym oner_neq0.
  rewrite -(pmulr_rge0 _ n0) normrEsg -/f.
  have squares (g u v : R) : g * (e * u) * (g * (e * v)) = g ^+ 2 * e ^+ 2 * (u * v) by mcring R.
  rewrite squares.
  by rewrite g1 e1 !mul1r dW' det_2.
have eb' : e * (W' 0 0 * W' 1 1) = `|W' 0 0 * W' 1 1| by rewrite e00 e11.
have same' : 0 <= W' 0 0 * W' 1 1 * (W' 0 1 * W' 1 0) by rewrite e00 e11.
rewrite (on_one_side oU oV eW (fun i => ltW (sp i)) eb e1 g1 h).
rewrite (on_ray oU' oV' eW' (fun i => ltW (sp' i)) b0' ray same' eb' e1 g1 h') e00 e11.
by rewrite ler_addl sqr_ge0.
Qed.

Lemma root_le : s' 0 <= s 0 -> t' 0 <= t 0.
Proof.
rewrite ler_pexpn2r ?nnegrE ?(ltnW N1) //; apply: ltW; [exact: lt_le_trans t1' t10'|].
exact: lt_le_trans t1 t10.
Qed.

Lemma values_at_second : t' 1 = t 1 -> s' 0 <= s 0.
Proof. by move=> e; have [f f1 [_ _ le]] := sums_on_one_side; move: le; rewrite /s' e ler_add2r. Qed.

Theorem largest_at_second : t' 1 = t 1 -> density N U V t <= density N U' V' t'.
Proof.
move=> e; have /root_le := values_at_second e.
have t0' : 0 < t' 0 := lt_le_trans t1' t10'.
rewrite le_eqVlt => /orP[/eqP e0|lt]; last by apply/ltW/density_falls_at_second.
have tp i : 0 < t i by case: (ord_2 i) => ->; rewrite // -e0.
have tp' i : 0 < t' i by case: (ord_2 i) => ->.
by rewrite !density_value // /lambda e0 e.
Qed.

Lemma values_at_determinant : t 0 ^+ N * t 1 ^+ N = t' 0 ^+ N * t' 1 ^+ N -> s' 0 <= s 0.
Proof.
move=> e; have [f f1 [p1 p2 le]] := sums_on_one_side.
have [sp sp'] := positive_values.
rewrite leNgt; apply/negP => lt; move: le; rewrite leNgt => /negP; apply.
have e2 : s 0 * s 1 = s' 0 * s' 1 by [].
have d10 : s 1 < s' 0.
  apply: le_lt_trans lt; apply: ler_expn2r => //; rewrite nnegrE ltW //; exact: lt_le_trans t1 t10.
have down : s' 1 < s 1.
  rewrite -(ltr_pmul2l (sp' 0)) -e2 mulrC [s 1 * _]mulrC; rewrite ltr_pmul2r //.
move: f1 => /eqP; rewrite sqrf_eq1 => /orP[] /eqP ->; last first.
  by rewrite !mulN1r; apply: ltr_sub.
rewrite !mul1r -subr_gt0 -(pmulr_rgt0 _ (sp' 0)).
have -> : s' 0 * (s' 0 + s' 1 - (s 0 + s 1)) = (s' 0 - s 0) * (s' 0 - s 1).
  by rewrite mulrBr mulrDr -e2; move: (s' 0) (s 0) (s 1) => x y z; mcring R.
by rewrite mulr_gt0 // subr_gt0.
Qed.

Theorem largest_at_determinant : t 0 ^+ N * t 1 ^+ N = t' 0 ^+ N * t' 1 ^+ N ->
  density N U V t <= density N U' V' t'.
Proof.
move=> e; have [sp sp'] := positive_values; have t0' : 0 < t' 0 := lt_le_trans t1' t10'.
have /root_le := values_at_determinant e.
rewrite le_eqVlt => /orP[/eqP e0|lt]; last by apply/ltW/density_falls_at_determinant.
have e1 : t' 1 = t 1.
  have : s 1 = s' 1.
    have sn : s 0 != 0 by rewrite gt_eqF.
    have es : s' 0 = s 0 by rewrite /s' e0.
    by apply: (mulfI sn); rewrite -[in RHS]es; exact: e.
  by move/eqP; rewrite /s /s' eqr_expn2 ?(ltnW N1) ?(ltW t1) ?(ltW t1') // => /eqP ->.
have tp i : 0 < t i by case: (ord_2 i) => ->; rewrite // -e0.
have tp' i : 0 < t' i by case: (ord_2 i) => ->.
by rewrite !density_value // /lambda e0 e1.
Qed.

End Largest.

(** To leading order at a small distance from the hyperbola: at the corners x^2 = y^2 the
    coefficient N r^(1-N), r^N = sqrt(x^2 + y^2) (b_11^2 + b_22^2 + x^2 + y^2), is largest. *)
Theorem corners_at_small_distance (R : rcfType) (N : nat) (p q x y x' y' r r' : R) : (1 < N)%N ->
  p * q != 0 -> x * y = p * q -> x' * y' = p * q -> x' ^+ 2 = y' ^+ 2 -> 0 <= r -> 0 <= r' ->
  r ^+ N = Num.sqrt (x ^+ 2 + y ^+ 2) * (p ^+ 2 + q ^+ 2 + x ^+ 2 + y ^+ 2) ->
  r' ^+ N = Num.sqrt (x' ^+ 2 + y' ^+ 2) * (p ^+ 2 + q ^+ 2 + x' ^+ 2 + y' ^+ 2) ->
  N%:R * r ^- (N - 1) <= N%:R * r' ^- (N - 1).
Proof.
move=> N1 b0 exy exy' ray r0 r0' er er'.
have least : x' ^+ 2 + y' ^+ 2 <= x ^+ 2 + y ^+ 2.
  have -> : x' ^+ 2 + y' ^+ 2 = 2%:R * `|p * q|.
    rewrite -exy' normrM mulr_natl -ray -mulr2n -[x' ^+ 2]real_normK ?num_real // expr2; congr (_ *+ _).
    by congr (_ * _); apply/eqP; rewrite -(@eqr_expn2 _ 2) // !real_normK ?num_real // ray.
  by rewrite -exy -subr_ge0 -squares_of_norms sqr_ge0.
have pos : 0 < x' ^+ 2 + y' ^+ 2.
  rewrite ltr_paddr ?sqr_ge0 // exprn_even_gt0 //=.
  by apply: contraNneq b0 => z; rewrite -exy' z mul0r.
have grow : r' ^+ N <= r ^+ N.
  rewrite er er' ler_pmul ?sqrtr_ge0 ?ler_wsqrtr //.
    by rewrite -addrA addr_ge0 ?(ltW pos) ?addr_ge0 ?sqr_ge0.
  by rewrite -!(addrA (p ^+ 2 + q ^+ 2)) ler_add2l.
have rp : 0 < r' ^+ N.
  rewrite er' mulr_gt0 ?sqrtr_gt0 // -addrA ltr_paddl // addr_ge0 ?sqr_ge0 //.
have rp' : 0 < r'.
  by rewrite lt_neqAle r0' andbT; apply: contraTneq rp => <-; rewrite expr0n gtn_eqF ?ltxx // (ltnW N1).
rewrite ler_pmul2l ?ltr0n ?(ltnW N1) // lef_pinv ?posrE ?exprn_gt0 //; last first.
  by apply: lt_le_trans rp' _; rewrite -(@ler_pexpn2r _ N) ?nnegrE ?(ltnW N1).
by apply: ler_expn2r; rewrite ?nnegrE // -(@ler_pexpn2r _ N) ?nnegrE ?(ltnW N1).
Qed.
