(** * The volume form of infinite depth, and how near depth N is   (infinite-depth)

    A_inf(Z) = int_0^1 (W W^T)^(1-s) Z (W^T W)^s ds at W = U diag(sigma) V^T is
    invertible, and the root of det A_inf^{-1} times the determinant of
    (dSigma, dU, dV) -> dW is prod_i 1/sigma_i van(log sigma^2), coincidences included.
    At depth N the logarithm of the volume form over this one is between
      (1/N) sum_i d log(sigma_i^2)/2   and that plus
      1/(24 N^2) sum_{i<l} (log sigma_i^2 - log sigma_l^2)^2.
    R is Coq's field of real numbers. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import Rstruct.
From Coquelicot Require Import Coquelicot.
From DLN Require Import Basics GeometricSum Pairs Operator Metric Jacobian VolumeForm PowerMap.
From DLN Require Import Logarithms InfiniteDepth.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope R_scope with coqR.
Local Open Scope ring_scope.

Section InfiniteVolume.

Variables (d : nat) (U V : 'M[R]_d) (s : 'I_d -> R).
Hypotheses (oU : orthogonal U) (oV : orthogonal V) (s0 : forall i, 0 < s i).

(** A_inf(Z), entry by entry. *)
Definition A_inf (Z : 'M[R]_d) : 'M[R]_d :=
  \matrix_(i, l) RInt (fun x =>
    ((U *m Diag (fun k => Rpower (s k ^+ 2) (1 - x)%coqR) *m U^T) *m Z *m
     (V *m Diag (fun k => Rpower (s k ^+ 2) x) *m V^T)) i l) 0 1.

(** Its inverse, by inverting its d^2 x d^2 matrix. *)
Definition A_inf_inv (Z : 'M[R]_d) : 'M[R]_d := vec_mx (mxvec Z *m invmx (lin_mx A_inf)).

Let mean (i l : 'I_d) : R := log_mean (s i ^+ 2) (s l ^+ 2).

Lemma A_infE Z : A_inf Z = twist U V (entrywise mean (twist U^T V^T Z)).
Proof.
apply/matrixP=> i l; rewrite mxE; apply: is_RInt_unique.
have p0 k : 0 < s k ^+ 2 by rewrite exprn_gt0.
by have := @A_inf_integral d U V Z _ i l oU oV p0; rewrite /twist trmxK.
Qed.

Lemma mean_gt0 i l : 0 < mean i l.
Proof.
rewrite /mean /log_mean; case: eqVneq => [_|ne]; first by rewrite exprn_gt0.
have lnm (x y : R) : 0 < x -> x < y -> 0 < (y - x) / (ln y - ln x).
  move=> x0 xy; rewrite divr_gt0 ?subr_gt0 //; apply/RltP; apply: ln_increasing; exact/RltP.
case: (ltgtP (s i ^+ 2) (s l ^+ 2)) ne => // h _; last by apply: lnm; rewrite ?exprn_gt0.
by rewrite -mulrNN -invrN !opprB; apply: lnm; rewrite ?exprn_gt0.
Qed.

Lemma meanC i l : mean i l = mean l i.
Proof.
rewrite /mean /log_mean [s l ^+ 2 == _]eq_sym; case: eqVneq => // _.
by rewrite -mulrNN -invrN !opprB.
Qed.

Lemma det_A_inf_inv : \det (lin_mx A_inf_inv) = (\prod_i \prod_l mean i l)^-1.
Proof.
have eA : lin_mx A_inf = lin_mx (twist U^T V^T) *m lin_mx (entrywise mean) *m lin_mx (twist U V).
  rewrite -lin_mx_comp -(@lin_mx_comp _ _ (twist_linear U V) [linear of entrywise mean \o twist U^T V^T]).
  by apply: lin_mx_ext => Z; rewrite A_infE.
have -> : lin_mx A_inf_inv = invmx (lin_mx A_inf).
  apply/matrixP=> i l; rewrite mxE /= /A_inf_inv !vec_mxK -rowE.
  by rewrite mxE.
rewrite det_inv eA !det_mulmx det_entrywise mulrC mulrA det_twist // mul1r.
by [].
Qed.

Hypothesis dec : forall i l : 'I_d, (i < l)%N -> s l <= s i.

Definition infinite_volume_form : R :=
  (Num.sqrt (\det (lin_mx A_inf_inv)) * `|\det (lin_mx (dsvd U V s))|)%R.

Theorem infinite_volume_formE :
  infinite_volume_form = (\prod_(i < d) (s i)^-1) *
    \prod_(i < d) \prod_(l < d | (i < l)%N) (ln (s i ^+ 2) - ln (s l ^+ 2)).
Proof.
rewrite /infinite_volume_form det_A_inf_inv (abs_det_dsvd oU oV) //; last by move=> i; exact: ltW.
pose L := \prod_(i < d) \prod_(l < d | (i < l)%N) mean i l.
have L0 : 0 < L by apply: prodr_gt0 => i _; apply: prodr_gt0 => l _; exact: mean_gt0.
pose S := \prod_(i < d) s i; have S0 : 0 < S by apply: prodr_gt0.
have -> : \prod_i \prod_l mean i l = (S * L) ^+ 2.
  rewrite prod_pairs exprMn; congr (_ * _).
    by rewrite -prodrXl; apply: eq_bigr => i _; rewrite /mean /log_mean eqxx.
  rewrite -prodrXl; apply: eq_bigr => i _; rewrite -prodrXl; apply: eq_bigr => l _.
  by rewrite [mean l i]meanC expr2.
rewrite -exprVn sqrtr_sqr ger0_norm ?invr_ge0 ?mulr_ge0 ?ltW // invfM -prodfV -mulrA.
congr (_ * _); apply: (mulfI (lt0r_neq0 L0)); rewrite mulVKf ?gt_eqF // /van /L -big_split.
apply: eq_bigr => i _; rewrite -big_split; apply: eq_bigr => l il /=.
rewrite /mean /log_mean; case: eqVneq => [->|ne]; first by rewrite !subrr mulr0.
rewrite divfK // subr_eq0; apply: contra ne => /eqP e; apply/eqP.
exact: ln_inv (RltP _ _ (exprn_gt0 2 (s0 i))) (RltP _ _ (exprn_gt0 2 (s0 l))) e.
Qed.

End InfiniteVolume.

Section Rate.

Variables (d N : nat) (U V : 'M[R]_d) (s : 'I_d -> R).
Hypotheses (N0 : (0 < N)%N) (oU : orthogonal U) (oV : orthogonal V) (s0 : forall i, 0 < s i).
Hypothesis dec : forall i l : 'I_d, (i < l)%N -> s l < s i.

(** The volume form at depth N over that of infinite depth. *)
Definition volume_ratio : R :=
  (Num.sqrt (\det (svd_gram N U V (fun i => nroot (s i) N))) / infinite_volume_form U V s)%R.

Let y (i l : 'I_d) : R := ((ln (s i) - ln (s l)) / INR N)%coqR.
Let q (i l : 'I_d) : R := (sinh (y i l) / y i l)%coqR.

Lemma pair_quotient (i l : 'I_d) : (i < l)%N -> Rlt 0 (y i l) /\
  N%:R * (nroot (s i) N ^+ 2 - nroot (s l) N ^+ 2) / (ln (s i ^+ 2) - ln (s l ^+ 2)) =
  nroot (s i) N * nroot (s l) N * q i l.
Proof.
move=> il; have [h e] := pair_over_limit _ _ _ (RltP _ _ (s0 i)) (RltP _ _ (s0 l)) (RltP _ _ (dec il)) (ssrnat.ltP N0).
split=> //; apply: etrans _ e; rewrite -!nroot_sqr -INRE -!RpowE RdivE //.
rewrite subr_eq0 !RpowE gt_eqF //; apply/RltP; apply: ln_increasing; apply/RltP; first by rewrite exprn_gt0.
by rewrite ltr_expn2r ?dec // ltW.
Qed.

Lemma volume_ratioE : volume_ratio =
  (\prod_i nroot (s i) N) ^+ d * \prod_(i < d) \prod_(l < d | (i < l)%N) q i l.
Proof.
have le (i l : 'I_d) : (i < l)%N -> s l <= s i by move=> il; exact/ltW/dec.
rewrite /volume_ratio infinite_volume_formE // volume_form //; last 2 first.
- by move=> i; exact: nroot_gt0.
- by move=> i l il; apply: nroot_le => //; exact: le.
have -> : N%:R ^+ (d * d.-1)./2 * (\prod_(i < d) nroot (s i) N ^- (N - 1)) * van (fun i => nroot (s i) N ^+ 2)
   = (\prod_(i < d) nroot (s i) N ^- (N - 1)) *
     \prod_(i < d) \prod_(l < d | (i < l)%N) (N%:R * (nroot (s i) N ^+ 2 - nroot (s l) N ^+ 2)).
  rewrite mulrAC mulrC; congr (_ * _); rewrite -prod_pairs_const /van -big_split /=.
  by apply: eq_bigr => i _; rewrite -big_split.
rewrite invfM mulrACA.
have -> : (\prod_(i < d) nroot (s i) N ^- (N - 1)) / (\prod_(i < d) (s i)^-1) = \prod_i nroot (s i) N.
  rewrite -prodfV -big_split /=; apply: eq_bigr => i _; rewrite invrK.
  have p : nroot (s i) N != 0 by rewrite gt_eqF ?nroot_gt0.
  have e : s i = nroot (s i) N ^+ (N - 1) * nroot (s i) N.
    by rewrite -exprSr subn1 prednK // nroot_pow.
  by rewrite [X in _ * X]e mulKf // expf_neq0.
have -> : (\prod_i nroot (s i) N) ^+ d = (\prod_i nroot (s i) N) *
    \prod_(i < d) \prod_(l < d | (i < l)%N) (nroot (s i) N * nroot (s l) N).
  rewrite -(prod_pairs (fun i l => nroot (s i) N)) -prodrXl; apply: eq_bigr => i _.
  by rewrite prodr_const card_ord.
rewrite -mulrA; congr (_ * _); rewrite -prodfV -!big_split; apply: eq_bigr => i _ /=.
rewrite -prodfV -!big_split; apply: eq_bigr => l il /=.
by have [_ ->] := pair_quotient il.
Qed.

Lemma ln_mul (a b : R) : 0 < a -> 0 < b -> ln (a * b) = ln a + ln b.
Proof. by move=> /RltP a0 /RltP b0; exact: ln_mult. Qed.

Lemma ln_prod (I : finType) (P : pred I) (f : I -> R) : (forall i, P i -> 0 < f i) ->
  ln (\prod_(i | P i) f i) = \sum_(i | P i) ln (f i) /\ 0 < \prod_(i | P i) f i.
Proof.
move=> f0; apply: (big_rec2 (fun a b => ln a = b /\ 0 < a)) => [|i a b Pi [<- a0]].
  by rewrite ln_1 ltr01.
by rewrite ln_mul ?f0 // mulr_gt0 ?f0.
Qed.

Lemma ln_nroot i : ln (nroot (s i) N) = ln (s i ^+ 2) / 2%:R / N%:R.
Proof.
have -> : ln (s i ^+ 2) = ln (s i) * 2%:R by rewrite expr2 ln_mul // mulr_natr mulr2n.
rewrite mulfK ?pnatr_eq0 // /nroot /Rpower ln_exp INRE RinvE ?pnatr_eq0 -?lt0n //.
exact: mulrC.
Qed.

Lemma ln_ratio : ln volume_ratio = N%:R^-1 * (\sum_i d%:R * (ln (s i ^+ 2) / 2%:R)) +
  \sum_(i < d) \sum_(l < d | (i < l)%N) ln (q i l).
Proof.
have q0 (i l : 'I_d) : (i < l)%N -> 0 < q i l.
  move=> il; have [/RltP y0 _] := pair_quotient il; apply/RltP; apply: Rdiv_lt_0_compat; last exact/RltP.
  apply: Rlt_le_trans (RltP _ _ y0) _; apply: le_sinh; apply: Rlt_le; exact/RltP.
have [eP P0] := @ln_prod _ predT (fun i => nroot (s i) N) (fun i _ => nroot_gt0 (s i) N).
have inner (i : 'I_d) : ln (\prod_(l < d | (i < l)%N) q i l) = \sum_(l < d | (i < l)%N) ln (q i l) /\ 0 < \prod_(l < d | (i < l)%N) q i l.
  by apply: ln_prod => l; exact: q0.
have [eQ Q0] := @ln_prod _ predT (fun i : 'I_d => \prod_(l < d | (i < l)%N) q i l) (fun i _ => (inner i).2).
rewrite volume_ratioE ln_mul ?exprn_gt0 // eQ; congr (_ + _); last first.
  by apply: eq_bigr => i _; case: (inner i).
have lnX (a : R) n : 0 < a -> ln (a ^+ n) = n%:R * ln a.
  move=> a0; elim: n => [|n IH]; first by rewrite expr0 ln_1 mul0r.
  by rewrite exprS ln_mul ?exprn_gt0 // IH mulrS mulrDl mul1r.
rewrite lnX // eP !big_distrr; apply: eq_bigr => i _ /=.
by rewrite ln_nroot mulrA mulrC.
Qed.

Theorem volume_ratio_below :
  N%:R^-1 * (\sum_i d%:R * (ln (s i ^+ 2) / 2%:R)) <= ln volume_ratio.
Proof.
rewrite ln_ratio ler_addl; apply: sumr_ge0 => i _; apply: sumr_ge0 => l il.
by have [y0 _] := pair_quotient il; have [/RleP h _] := log_sinh_bounds _ y0.
Qed.

Theorem volume_ratio_above :
  ln volume_ratio <= N%:R^-1 * (\sum_i d%:R * (ln (s i ^+ 2) / 2%:R)) +
  (24%:R * N%:R ^+ 2)^-1 * \sum_(i < d) \sum_(l < d | (i < l)%N) (ln (s i ^+ 2) - ln (s l ^+ 2)) ^+ 2.
Proof.
rewrite ln_ratio ler_add2l big_distrr; apply: ler_sum => i _; rewrite big_distrr; apply: ler_sum => l il.
have [y0 _] := pair_quotient il; have [_ /RleP h] := log_sinh_bounds _ y0; apply: le_trans h _.
rewrite le_eqVlt; apply/orP; left; apply/eqP => /=.
have sq k : ln (s k ^+ 2) = (2 * ln (s k))%coqR.
  by rewrite expr2 ln_mul //; rewrite -[RHS]/((1 + 1) * ln (s k))%R mulrDl mul1r.
have Nn : INR N <> 0%coqR by apply: not_0_INR => e; move: N0; rewrite e.
have c24 : 24%:R = 24%coqR :> R by rewrite -INRE INR_IZR_INZ.
have -> : (24%:R * N%:R ^+ 2)^-1 = (/ (24 * (INR N * INR N)))%coqR :> R.
  rewrite c24 -(INRE N) expr2 -RinvE //; apply/eqP; apply: Rmult_integral_contrapositive; split.
    by apply: Rgt_not_eq; apply: IZR_lt.
  exact: Rmult_integral_contrapositive.
rewrite !sq /y expr2; change (((ln (s i) - ln (s l)) / INR N) ^ 2 / 6 =
  / (24 * (INR N * INR N)) * ((2 * ln (s i) - 2 * ln (s l)) * (2 * ln (s i) - 2 * ln (s l))))%coqR.
field; exact: Nn.
Qed.

End Rate.
