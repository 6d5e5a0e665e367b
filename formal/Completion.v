(** * Completion problems    (norm-conjecture, rank-one-minimizers, volume-corners, diagonal-3x3)

    Of a 2 x 2 matrix W with singular values s_0 >= s_1 >= 0:
      s_0^2 + s_1^2 = Tr(W^T W), s_0 s_1 = |det W|, and s_1 = 0 iff det W = 0;
      W_x = (x, 1; 1, 0): det -1, (s_0 + s_1)^2 = x^2 + 4, every unitarily invariant
        norm has its minimum at x = 0, and another norm is smaller at x = -1;
      b_11 and b_22 on the diagonal, x and y off it:
        (|x| - |y|)^2 = (s_0 +- s_1)^2 - (|b_11| + |b_22|)^2,
      and where s_0 grows at the same s_1 > 0 the density of the volume falls.
    Of a d x d matrix of rank one with ones on its diagonal: its entries are
    p_i / p_l, their squares sum to at least d^2, and to d^2 iff each is 1. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum Operator Metric SVD Roots NormDivergence.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section SingularValues.

Variables (R : realFieldType) (W U V : 'M[R]_2) (s : 'I_2 -> R).
Hypotheses (oU : orthogonal U) (oV : orthogonal V) (eW : W = U *m Diag s *m V^T).
Hypotheses (s0 : forall i, 0 <= s i) (dec : s 1 <= s 0).

Lemma sum_2 (f : 'I_2 -> R) : \sum_i f i = f 0 + f 1.
Proof. by rewrite !big_ord_recl big_ord0 addr0; congr (_ + f _); exact/val_inj. Qed.

Lemma prod_2 (f : 'I_2 -> R) : \prod_i f i = f 0 * f 1.
Proof. by rewrite !big_ord_recl big_ord0 mulr1; congr (_ * f _); exact/val_inj. Qed.

Theorem sum_of_squares : s 0 ^+ 2 + s 1 ^+ 2 = frob W W.
Proof.
rewrite eW frob_orth // frobE sum_2 !sum_2 !DiagE !eqxx /= !mulr1n !mulr0n.
by rewrite !mul0r addr0 add0r !expr2.
Qed.

Theorem product_of_values : s 0 * s 1 = `|\det W|.
Proof.
have one (X : 'M[R]_2) : orthogonal X -> `|\det X| = 1.
  move=> oX; apply/eqP; rewrite -sqrp_eq1 // real_normK ?num_real // expr2 -{2}det_tr -det_mulmx.
  by rewrite oX det1.
rewrite eW !det_mulmx det_tr !normrM (one U oU) (one V oV) mul1r mulr1 /Diag det_diag prod_2 !mxE.
by rewrite ger0_norm // mulr_ge0.
Qed.

Theorem sum_of_values : (s 0 + s 1) ^+ 2 = frob W W + 2%:R * `|\det W|.
Proof. by rewrite sqrrD -product_of_values -sum_of_squares addrAC mulr_natl. Qed.

Theorem difference_of_values : (s 0 - s 1) ^+ 2 = frob W W - 2%:R * `|\det W|.
Proof. by rewrite sqrrB -product_of_values -sum_of_squares addrAC mulr_natl. Qed.

Theorem rank_one_iff : s 1 = 0 <-> \det W = 0.
Proof.
split=> [e|e]; first by apply/eqP; rewrite -normr_eq0 -product_of_values e mulr0.
have /eqP := product_of_values; rewrite e normr0 mulf_eq0 => /orP[/eqP e0|/eqP//].
by apply/eqP; rewrite eq_le s0 andbT -e0.
Qed.

Lemma frob_2 : frob W W = W 0 0 ^+ 2 + W 0 1 ^+ 2 + (W 1 0 ^+ 2 + W 1 1 ^+ 2).
Proof. by rewrite frobE sum_2 !sum_2 !expr2. Qed.

(** With its diagonal given. *)
Theorem hyperbola : s 1 = 0 <-> W 0 1 * W 1 0 = W 0 0 * W 1 1.
Proof.
rewrite rank_one_iff det_2; split=> [/eqP|->]; last by rewrite subrr.
by rewrite subr_eq0 => /eqP.
Qed.

Theorem not_zero : W 0 0 != 0 -> 0 < s 0.
Proof.
move=> w0; rewrite lt0r s0 andbT; apply: contra w0 => /eqP e.
have e1 : s 1 = 0 by apply/eqP; rewrite eq_le s0 andbT -e.
have := sum_of_squares; rewrite e e1 !expr0n /= addr0 frob_2 -addrA => /esym/eqP.
rewrite paddr_eq0 ?sqr_ge0 ?addr_ge0 ?sqr_ge0 //.
by rewrite expf_eq0 /= => /andP[].
Qed.

(** Inside the hyperbola, and outside. *)
Lemma norm_difference (p q : R) : 0 <= p * q -> `|q| <= `|p| -> `|p - q| = `|p| - `|q|.
Proof.
case: (ltgtP p 0) => [p0|p0|->]; last 1 first.
- by rewrite normr0 normr_le0 => _ /eqP ->; rewrite subrr normr0 ?subr0.
- rewrite nmulr_rge0 // => q0; rewrite (ltr0_norm p0) (ler0_norm q0) ler_opp2 => pq.
  by rewrite ler0_norm ?subr_le0 // opprD.
- rewrite pmulr_rge0 // => q0; rewrite (gtr0_norm p0) (ger0_norm q0) => qp.
  by rewrite ger0_norm // subr_ge0.
Qed.

Add Ring completion_ring : (ring_bridge R).

Lemma squares_of_norms (x y : R) : (`|x| - `|y|) ^+ 2 = x ^+ 2 + y ^+ 2 - 2%:R * `|x * y|.
Proof. by rewrite sqrrB !real_normK ?num_real // normrM mulr_natl addrAC. Qed.

Lemma squares_of_norms_sum (x y : R) : (`|x| + `|y|) ^+ 2 = x ^+ 2 + y ^+ 2 + 2%:R * `|x * y|.
Proof. by rewrite sqrrD !real_normK ?num_real // normrM mulr_natl addrAC. Qed.

Theorem corners_inside :
  0 <= W 0 0 * W 1 1 * (W 0 1 * W 1 0) -> `|W 0 1 * W 1 0| <= `|W 0 0 * W 1 1| ->
  (`|W 0 1| - `|W 1 0|) ^+ 2 = (s 0 + s 1) ^+ 2 - (`|W 0 0| + `|W 1 1|) ^+ 2.
Proof.
move=> same inside; rewrite sum_of_values det_2 frob_2 squares_of_norms squares_of_norms_sum.
rewrite norm_difference //.
move: (`|W 0 0 * W 1 1|) (`|W 0 1 * W 1 0|) => p q; mcring R.
Qed.

Theorem corners_outside :
  0 <= W 0 0 * W 1 1 * (W 0 1 * W 1 0) -> `|W 0 0 * W 1 1| <= `|W 0 1 * W 1 0| ->
  (`|W 0 1| - `|W 1 0|) ^+ 2 = (s 0 - s 1) ^+ 2 - (`|W 0 0| + `|W 1 1|) ^+ 2.
Proof.
move=> same outside; rewrite difference_of_values det_2 frob_2 squares_of_norms squares_of_norms_sum.
rewrite distrC norm_difference 1?[_ * (W 0 0 * _)]mulrC //.
move: (`|W 0 0 * W 1 1|) (`|W 0 1 * W 1 0|) => p q; mcring R.
Qed.

Theorem largest_value_on_hyperbola : s 1 = 0 ->
  s 0 ^+ 2 = (`|W 0 0| + `|W 1 1|) ^+ 2 + (`|W 0 1| - `|W 1 0|) ^+ 2.
Proof.
move=> e; have h := iffLR hyperbola e.
by rewrite corners_inside ?h // -?expr2 ?sqr_ge0 // e addr0 addrC subrK.
Qed.

End SingularValues.

(** The density of the volume with respect to dW falls where the larger value grows. *)
Theorem density_decreases (R : realFieldType) (N : nat) (U V U' V' : 'M[R]_2) (t t' : 'I_2 -> R) :
  (1 < N)%N -> orthogonal U -> orthogonal V -> orthogonal U' -> orthogonal V' ->
  0 < t 1 -> t' 1 = t 1 -> 0 < t 0 -> t 0 < t' 0 ->
  \det (gram (metric N (root_of U' t') (root_of V' t')) (fun Z => Z)) <
  \det (gram (metric N (root_of U t) (root_of V t)) (fun Z => Z)).
Proof.
move=> N1 oU oV oU' oV' t1 e t0 lt; have N0 : (0 < N)%N by apply: ltnW.
have Nn : N%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
have ord2 (k : 'I_2) : k = 0 \/ k = 1.
  by case: k => -[|[|//]] p; [left | right]; apply/val_inj.
have tp i : 0 < t i by case: (ord2 i) => ->.
have tp' i : 0 < t' i by case: (ord2 i) => ->; rewrite ?e // (lt_trans t0).
have le i : t i <= t' i by case: (ord2 i) => ->; rewrite ?e // ltW.
have lp (r : 'I_2 -> R) i l : (forall i, 0 < r i) -> 0 < lambda N r i l.
  by move=> rp; rewrite lambda_positive // ltW.
have up i l : lambda N t i l <= lambda N t' i l.
  rewrite /lambda ler_pmul2l ?invr_gt0 ?ltr0n //; apply: ler_sum => j _.
  have sq k : t k ^+ 2 <= t' k ^+ 2 by rewrite ler_expn2r ?nnegrE ?le ?ltW.
  apply: ler_pmul; try by rewrite exprn_ge0 ?sqr_ge0.
    by apply: ler_expn2r; rewrite ?nnegrE ?sqr_ge0 ?sq.
  by apply: ler_expn2r; rewrite ?nnegrE ?sqr_ge0 ?sq.
rewrite !metric_determinant //; try by move=> i l; rewrite gt_eqF // lp.
have pp (r : 'I_2 -> R) : (forall i, 0 < r i) ->
    lambda N r 0 0 * lambda N r 0 1 * (lambda N r 1 0 * lambda N r 1 1) \is Num.pos.
  by move=> rp; rewrite posrE; apply: mulr_gt0; apply: mulr_gt0; apply: lp.
rewrite !prod_2 -!invfM ltf_pinv ?pp //.
have up0 : lambda N t 0 0 < lambda N t' 0 0.
  by rewrite !lambda_diag // -!exprM ltr_expn2r ?(ltW t0) // -lt0n muln_gt0 subn_gt0.
apply: (@lt_le_trans _ _ (lambda N t' 0 0 * lambda N t 0 1 * (lambda N t 1 0 * lambda N t 1 1))).
  have lt0 i l : 0 < lambda N t i l by apply: lp.
  by rewrite ltr_pmul2r ?(mulr_gt0 (lt0 _ _) (lt0 _ _)) // ltr_pmul2r.
by do 2?[apply: ler_pmul; rewrite ?lambda_ge0 ?up ?lexx // ?(mulr_ge0 (lambda_ge0 _ _ _ _) (lambda_ge0 _ _ _ _))].
Qed.

(** ** W_x *)

Section OneFreeEntry.

Variable R : realFieldType.
Implicit Type x : R.

Definition W_x x : 'M[R]_2 :=
  \matrix_(i, l) if (i == 0) && (l == 0) then x else (i != l)%:R.

Lemma W_xE x : [/\ W_x x 0 0 = x, W_x x 0 1 = 1, W_x x 1 0 = 1 & W_x x 1 1 = 0].
Proof. by rewrite !mxE. Qed.

Theorem det_W_x x : \det (W_x x) = -1.
Proof. by rewrite det_2; have [-> -> -> ->] := W_xE x; rewrite mulr0 mulr1 sub0r. Qed.

Theorem nuclear_norm_W_x x (U V : 'M[R]_2) (s : 'I_2 -> R) :
  orthogonal U -> orthogonal V -> W_x x = U *m Diag s *m V^T -> (forall i, 0 <= s i) ->
  (s 0 + s 1) ^+ 2 = x ^+ 2 + 4%:R.
Proof.
move=> oU oV eW s0; rewrite (sum_of_values oU oV eW s0) det_W_x normrN1 (frob_2 (W_x x)).
have [-> -> -> ->] := W_xE x; rewrite expr0n /= !expr1n addr0 mulr1 -!addrA; congr (_ + _).
Qed.

Theorem frobenius_W_x x : frob (W_x x) (W_x x) = x ^+ 2 + 2%:R.
Proof.
rewrite frob_2; have [-> -> -> ->] := W_xE x.
by rewrite !expr1n expr0n addr0 -addrA.
Qed.

End OneFreeEntry.

Theorem W_x_not_positive (R : rcfType) (x : R) : ~ psd (W_x x).
Proof.
case=> _ /(_ (\row_(i < 2) if i == 0 then 1 else - (`|x| + 1))).
have -> : ((\row_(i < 2) if i == 0 then 1 else - (`|x| + 1)) *m W_x x
           *m (\row_(i < 2) if i == 0 then 1 else - (`|x| + 1))^T) 0 0
        = x - (`|x| + 1) - (`|x| + 1).
  by rewrite mxE sum_2 !mxE !sum_2 !mxE /= !(mul1r, mulr1, mulr0, addr0, mul0r) -addrA.
have h1 : x - (`|x| + 1) < 0 by rewrite subr_lt0 (le_lt_trans (ler_norm x)) // ltr_addl ltr01.
have h2 : - (`|x| + 1) < 0 by rewrite oppr_lt0 ltr_paddl.
by rewrite leNgt -[X in _ < X]addr0 ltr_add.
Qed.

(** ** Norms of W_x *)

Theorem invariant_norm_minimum (R : rcfType) (nu : 'M[R]_2 -> R) (x : R) :
  (forall Z X, nu (Z + X) <= nu Z + nu X) ->
  (forall a Z, nu (a *: Z) = `|a| * nu Z) ->
  (forall U V Z, orthogonal U -> orthogonal V -> nu (U *m Z *m V) = nu Z) ->
  nu (W_x 0) <= nu (W_x x).
Proof.
move=> tri mult inv; have [U [V [s [oU oV s0 _ eW]]]] := svd_exists (W_x x).
have oV' := orthogonal_tr oV.
have ord2 (k : 'I_2) : k = 0 \/ k = 1.
  by case: k => -[|[|//]] p; [left | right]; apply/val_inj.
have oP : orthogonal (W_x (0 : R)).
  apply/matrixP=> i l; rewrite mxE sum_2 !mxE.
  by case: (ord2 i) (ord2 l) => -> [] ->; rewrite /= ?mulr0 ?mul0r ?mulr1 ?addr0 ?add0r.
have eP : W_x 0 *m Diag s *m W_x 0 = Diag (fun i => s (1 - i)).
  apply/matrixP=> i l; rewrite !mxE !sum_2 !mxE !sum_2 !mxE.
  case: (ord2 i) (ord2 l) => -> [] ->; rewrite /= ?mulr0 ?mul0r ?mulr1 ?mul1r ?addr0 ?add0r ?mulr0n //.
  by rewrite subrr.
have nu1 : 0 <= nu 1%:M.
  have := tri 1%:M (- 1%:M); rewrite subrr -[- 1%:M]scaleN1r mult normrN1 mul1r.
  by rewrite -(scale0r (1%:M : 'M[R]_2)) mult normr0 mul0r -mulr2n pmulrn_lge0.
have two : 2%:R <= s 0 + s 1.
  rewrite -(@ler_pexpn2r _ 2) ?nnegrE ?ler0n ?addr_ge0 // (nuclear_norm_W_x oU oV eW s0).
  by rewrite -natrX ler_addr sqr_ge0.
have sum : Diag s + Diag (fun i => s (1 - i)) = (s 0 + s 1) *: 1%:M :> 'M[R]_2.
  apply/matrixP=> i l; rewrite !mxE.
  case: (ord2 i) (ord2 l) => -> [] ->; rewrite /= ?mulr0 ?mulr0n ?addr0 ?mulr1n ?mulr1 ?subr0 ?subrr //.
  by rewrite addrC.
have -> : nu (W_x 0) = nu 1%:M by rewrite -[RHS](inv _ _ _ oP (orthogonal1 R 2)) !mulmx1.
rewrite eW inv // -(@ler_pmul2l _ 2%:R) ?ltr0n //.
apply: (@le_trans _ _ ((s 0 + s 1) * nu 1%:M)); first by rewrite ler_wpmul2r.
rewrite -{1}[s 0 + s 1]ger0_norm ?addr_ge0 // -mult -sum; apply: le_trans (tri _ _) _.
by rewrite -eP inv // mulr_natl mulr2n.
Qed.

(** A norm whose minimum is elsewhere. *)
Section AnotherNorm.

Variable R : realFieldType.

Definition tau (X : 'M[R]_2) : R := `|X 0 0 + X 0 1| + `|X 0 1| + `|X 1 0| + `|X 1 1|.

Theorem tau_triangle Z X : tau (Z + X) <= tau Z + tau X.
Proof.
rewrite /tau !mxE.
have sums (a b c e a' b' c' e' : R) :
    a + b + c + e + (a' + b' + c' + e') = a + a' + (b + b') + (c + c') + (e + e').
  by rewrite addrACA; congr (_ + _); rewrite addrACA; congr (_ + _); rewrite addrACA.
rewrite sums [X in `|X|]addrACA; do 3?[apply: ler_add]; exact: ler_norm_add.
Qed.

Theorem tau_multiple a Z : tau (a *: Z) = `|a| * tau Z.
Proof. by rewrite /tau !mxE -mulrDr !normrM !mulrDr. Qed.

Theorem tau_zero Z : tau Z = 0 -> Z = 0.
Proof.
move/eqP; rewrite /tau !paddr_eq0 ?addr_ge0 // !normr_eq0.
case/andP=> /andP[/andP[/eqP a /eqP b] /eqP c] /eqP e; rewrite b addr0 in a.
have ord2 (k : 'I_2) : k = 0 \/ k = 1.
  by case: k => -[|[|//]] p; [left | right]; apply/val_inj.
by apply/matrixP=> i l; rewrite mxE; case: (ord2 i) (ord2 l) => -> [] ->.
Qed.

Theorem tau_value : tau (W_x (-1)) = 2%:R.
Proof.
rewrite /tau; have [-> -> -> ->] := W_xE (-1 : R).
by rewrite addNr normr0 normr1 add0r addr0.
Qed.

Theorem tau_elsewhere : tau (W_x (-1)) < tau (W_x 0).
Proof.
rewrite /tau; have [-> -> -> ->] := W_xE (-1 : R); have [-> -> -> ->] := W_xE (0 : R).
by rewrite addNr add0r normr0 normr1 add0r !addr0 ltr_addl ltr01.
Qed.

End AnotherNorm.

(** ** Rank one, with ones on the diagonal *)

Theorem rank_one_entries (F : fieldType) d (W : 'M[F]_d) (u v : 'I_d -> F) :
  (forall i l, W i l = u i * v l) -> (forall i, W i i = 1) ->
  forall i l, u l != 0 /\ W i l = u i / u l.
Proof.
move=> e one i l; have h : u l * v l = 1 by rewrite -e one.
have u0 : u l != 0 by apply: contra_eq_neq h => ->; rewrite mul0r eq_sym oner_neq0.
by split=> //; rewrite e -[v l]mul1r -{1}(mulVf u0) -mulrA h mulr1.
Qed.

Section DiagonalOfOnes.

Variables (R : realFieldType) (d : nat) (p : 'I_d -> R).
Hypothesis p0 : forall i, p i != 0.

Let q i l := (p i / p l) ^+ 2.

Lemma pair_of_squares i l : q i l + q l i = 2%:R + (p i / p l - p l / p i) ^+ 2.
Proof.
have one : p i / p l * (p l / p i) = 1 by rewrite mulrA divfK // divff.
by rewrite /q sqrrB one -addrA addrCA addNKr.
Qed.

Lemma sum_of_pairs : 2%:R * (\sum_i \sum_l q i l) =
  2%:R * (d ^ 2)%:R + \sum_i \sum_l (p i / p l - p l / p i) ^+ 2.
Proof.
rewrite mulr_natl mulr2n {2}exchange_big -big_split /=.
have -> : 2%:R * (d ^ 2)%:R = \sum_(i < d) \sum_(l < d) 2%:R :> R.
  by rewrite !sumr_const !card_ord -mulrnA mulr_natr mulnn.
rewrite -big_split; apply: eq_bigr => i _; rewrite -!big_split; apply: eq_bigr => l _.
exact: pair_of_squares.
Qed.

Theorem squares_at_least : (d ^ 2)%:R <= \sum_i \sum_l (p i / p l) ^+ 2.
Proof.
rewrite -(@ler_pmul2l _ 2%:R) ?ltr0n // sum_of_pairs ler_addl.
by apply: sumr_ge0 => i _; apply: sumr_ge0 => l _; rewrite sqr_ge0.
Qed.

Theorem squares_equal :
  \sum_i \sum_l (p i / p l) ^+ 2 = (d ^ 2)%:R <-> forall i l, (p i / p l) ^+ 2 = 1.
Proof.
split=> [h i l|h]; last first.
  rewrite (eq_bigr (fun=> d%:R)) => [|i _].
    by rewrite sumr_const card_ord -mulrnA mulnn.
  by rewrite (eq_bigr (fun=> 1)) ?sumr_const ?card_ord // => l _; exact: h.
have /eqP := sum_of_pairs; rewrite /q h eq_sym addrC -subr_eq0 addrK psumr_eq0; last first.
  by move=> j _; apply: sumr_ge0 => m _; rewrite sqr_ge0.
move/allP/(_ i (mem_index_enum _)); rewrite /= psumr_eq0; last by move=> m _; rewrite sqr_ge0.
move/allP/(_ l (mem_index_enum _)); rewrite /= sqrf_eq0 subr_eq0 => /eqP e.
by rewrite expr2 {2}e mulrA divfK // divff.
Qed.

End DiagonalOfOnes.
