(** * The volumes as the last k singular values vanish, as limits  (volume-divergence)

    Let the last k of d decreasing singular values be multiplied by e, e -> 0+.
    At infinite depth the volume form prod_i 1/sigma_i van(log sigma^2), divided by
    e^(-k) log(1/e)^(k(d-k)), tends to a limit that is given and is positive.  At
    depth N, with the t_i (sigma_i = t_i^N) multiplied by e, both densities divided
    by the powers of e of Divergence.v tend to positive limits.
    R is Coq's field of real numbers. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import Rstruct.
From Coquelicot Require Import Coquelicot.
From DLN Require Import Basics Pairs Operator Metric Jacobian VolumeForm Divergence.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope R_scope with coqR.
Local Open Scope ring_scope.

(** ** Limits at 0 from the right *)

Definition right_limit (f : R -> R) (L : R) : Prop := filterlim f (at_right 0) (locally L).
Arguments right_limit f%function_scope L%ring_scope.

Lemma in_unit_ball (e : R) : ball (0 : R) 1%coqR e -> 0 < e -> e < 1.
Proof.
move=> he /RltP e0; apply/RltP; move: he.
rewrite /ball /= /AbsRing_ball /abs /minus /plus /opp /= Ropp_0 Rplus_0_r.
by rewrite Rabs_pos_eq //; apply: Rlt_le.
Qed.

Lemma right_limit_ext (f g : R -> R) L :
  (forall e, 0 < e -> e < 1 -> f e = g e) -> right_limit f L -> right_limit g L.
Proof.
move=> h; apply: filterlim_ext_loc; exists (mkposreal 1 Rlt_0_1) => e he /RltP e0.
by apply: h => //; apply: in_unit_ball.
Qed.

Lemma right_limit_const c : right_limit (fun=> c) c.
Proof. exact: filterlim_const. Qed.

Lemma right_limit_continuous (f : R -> R) : continuous f 0 -> right_limit f (f 0).
Proof.
move=> cf; apply: filterlim_filter_le_1 cf => P [d hd]; exists d => y yd _; exact: hd.
Qed.

Lemma right_limit_mul f g L M :
  right_limit f L -> right_limit g M -> right_limit (fun e => f e * g e) (L * M).
Proof.
move=> hf hg.
exact: (filterlim_comp_2 f g (fun x y : R => x * y) hf hg (@filterlim_mult R_AbsRing L M)).
Qed.

Lemma right_limit_add f g L M :
  right_limit f L -> right_limit g M -> right_limit (fun e => f e + g e) (L + M).
Proof.
move=> hf hg.
exact: (filterlim_comp_2 f g (fun x y : R => x + y) hf hg (@filterlim_plus _ R_NormedModule L M)).
Qed.

Lemma right_limit_prod (I : Type) (r : seq I) (P : pred I) (f : I -> R -> R) (L : I -> R) :
  (forall i, P i -> right_limit (f i) (L i)) ->
  right_limit (fun e => \prod_(i <- r | P i) f i e) (\prod_(i <- r | P i) L i).
Proof.
move=> h; elim: r => [|i r IH].
  apply: (@right_limit_ext (fun=> 1)); last by rewrite big_nil; apply: right_limit_const.
  by move=> e _ _; rewrite big_nil.
apply: (@right_limit_ext (fun e => if P i then f i e * \prod_(j <- r | P j) f j e
                                   else \prod_(j <- r | P j) f j e)).
  by move=> e _ _; rewrite big_cons.
rewrite big_cons; case: (boolP (P i)) => [Pi|_]; last exact: IH.
by apply: right_limit_mul => //; apply: h.
Qed.

(** log(1/e) tends to infinity. *)
Lemma right_limit_inv_log : right_limit (fun e => (- ln e)^-1) 0.
Proof.
apply: (@right_limit_ext (fun e => (/ - ln e)%coqR)).
  move=> e /RltP e0 /RltP e1; rewrite RinvE //; apply/eqP => h.
  have := ln_increasing _ _ e0 e1; rewrite ln_1 => l.
  by move: l; rewrite -[ln e]Ropp_involutive h Ropp_0 => /Rlt_irrefl.
apply: (filterlim_comp _ _ _ (fun e => (- ln e)%coqR) Rinv _ (Rbar_locally p_infty)).
  apply: (filterlim_comp _ _ _ ln Ropp _ (Rbar_locally m_infty)); first exact: is_lim_ln_0.
  exact: (filterlim_Rbar_opp m_infty).
exact: (filterlim_Rbar_inv p_infty).
Qed.

(** ** Infinite depth *)

(** The limit of the volume form, InfiniteDepth.v. *)
Definition infinite_volume d (s : 'I_d -> R) : R :=
  ((\prod_(i < d) (s i)^-1) *
   \prod_(i < d) \prod_(l < d | (i < l)%N) (ln (s i ^+ 2) - ln (s l ^+ 2)))%R.

Section InfiniteDepth.

Variables (d k : nat) (s : 'I_d -> R).
Hypotheses (kd : (k <= d)%N) (s0 : forall i, 0 < s i).
Hypothesis dec : forall i l : 'I_d, (i < l)%N -> s l < s i.

Let K := @last_k d k.
Let mixed (i l : 'I_d) := ~~ K i && K l.

Lemma mixed_pairs (x : R) :
  \prod_(i < d) \prod_(l < d | (i < l)%N) (if mixed i l then x else 1) = x ^+ (k * (d - k)).
Proof.
have e (i : 'I_d) : \prod_(l < d | (i < l)%N) (if mixed i l then x else 1) = if K i then 1 else x ^+ k.
  rewrite /mixed; case: (boolP (K i)) => Ki /=; first by rewrite big1.
  rewrite -big_mkcondr (eq_bigl K) ?prodr_const ?card_last_k // => l.
  apply/andP/idP => [[]//|Kl]; split=> //; move: Ki Kl; rewrite /K /last_k -ltnNge.
  exact: leq_trans.
rewrite (eq_bigr _ (fun i _ => e i)) (eq_bigr (fun i => if ~~ K i then x ^+ k else 1)); last first.
  by move=> i _; case: (K i).
rewrite -big_mkcond prodr_const -exprM; congr (_ ^+ (_ * _)).
have := cardC K; rewrite card_ord card_last_k // => h.
by apply: (@addnI k); rewrite subnKC.
Qed.

Lemma vanishing (x : R) : \prod_(i < d) (if K i then x else 1) = x ^+ k.
Proof. by rewrite -big_mkcond prodr_const card_last_k. Qed.

Definition infinite_limit : R :=
  ((\prod_(i < d) (s i)^-1) * \prod_(i < d) \prod_(l < d | (i < l)%N)
    (if mixed i l then 2%:R else ln (s i ^+ 2) - ln (s l ^+ 2)))%R.

Lemma log_dec (i l : 'I_d) : (i < l)%N -> 0 < ln (s i ^+ 2) - ln (s l ^+ 2).
Proof.
move=> il; rewrite subr_gt0; apply/RltP; apply: ln_increasing; apply/RltP.
  by rewrite exprn_gt0.
by rewrite ltr_expn2r ?dec // ?nnegrE ltW.
Qed.

Theorem infinite_depth_divergence :
  0 < infinite_limit /\
  right_limit (fun e => infinite_volume (scaled K e s) / (e ^- k * (- ln e) ^+ (k * (d - k))))
    infinite_limit.
Proof.
split.
  apply: mulr_gt0; first by apply: prodr_gt0 => i _; rewrite invr_gt0.
  apply: prodr_gt0 => i _; apply: prodr_gt0 => l il.
  by case: ifP => _; rewrite ?ltr0n ?log_dec.
pose c i l := ln (s i ^+ 2) - ln (s l ^+ 2).
apply: (@right_limit_ext (fun e => (\prod_(i < d) (s i)^-1) *
   \prod_(i < d) \prod_(l < d | (i < l)%N)
     (if mixed i l then 2%:R + c i l * (- ln e)^-1 else c i l))).
  move=> e e0 e1.
  have l0 : - ln e != 0.
    rewrite gt_eqF // oppr_gt0; apply/RltP.
    by have := ln_increasing e 1 (RltP _ _ e0) (RltP _ _ e1); rewrite ln_1.
  have lnm (x y : R) : 0 < x -> 0 < y -> ln (x * y) = ln x + ln y.
    by move=> /RltP x0 /RltP y0; apply: ln_mult.
  have lns (i : 'I_d) : ln (scaled K e s i ^+ 2) = ln (s i ^+ 2) + (if K i then 2%:R * ln e else 0).
    rewrite /scaled; case: ifP => _; last by rewrite addr0.
    rewrite exprMn lnm ?exprn_gt0 // addrC; congr (_ + _).
    by rewrite expr2 lnm // mulr_natl mulr2n.
  rewrite -(vanishing e) -mixed_pairs /infinite_volume.
  have -> : \prod_(i < d) (scaled K e s i)^-1 =
      (\prod_(i < d) (s i)^-1) * (\prod_(i < d) (if K i then e else 1))^-1.
    rewrite -prodfV -big_split /=; apply: eq_bigr => i _; rewrite /scaled.
    by case: (K i); rewrite ?invr1 ?mulr1 // invfM mulrC.
  have -> : \prod_(i < d) \prod_(l < d | (i < l)%N)
       (ln (scaled K e s i ^+ 2) - ln (scaled K e s l ^+ 2)) =
      (\prod_(i < d) \prod_(l < d | (i < l)%N)
        (if mixed i l then 2%:R + c i l * (- ln e)^-1 else c i l)) *
      \prod_(i < d) \prod_(l < d | (i < l)%N) (if mixed i l then - ln e else 1).
    rewrite -big_split; apply: eq_bigr => i _; rewrite -big_split; apply: eq_bigr => l il /=.
    rewrite !lns /mixed; have mono : K i -> K l.
      by rewrite /K /last_k => h; apply: leq_trans h (ltnW il).
    case: (K i) (K l) mono => -[] //= mono; first by rewrite opprD addrACA subrr addr0 mulr1.
    - by have := mono isT.
    - by rewrite addr0 opprD addrA [RHS]mulrDl -[X in _ = _ + X]mulrA mulVf // mulr1 mulrN addrC.
    - by rewrite !addr0 mulr1.
  have p0 : \prod_(i < d) (if K i then e else 1) != 0.
    by apply/prodf_neq0 => i _; case: (K i); rewrite ?oner_neq0 // gt_eqF.
  have q0 : \prod_(i < d) \prod_(l < d | (i < l)%N) (if mixed i l then - ln e else 1) != 0.
    by apply/prodf_neq0 => i _; apply/prodf_neq0 => l _; case: ifP; rewrite ?oner_neq0.
  move: p0 q0; move: (\prod_(i < d) (if K i then e else 1)) => p.
  move: (\prod_(i < d) \prod_(l < d | (i < l)%N) (if mixed i l then - ln e else 1)) => q p0 q0.
  move: (\prod_(i < d) (s i)^-1) (\prod_(i < d) _) => a b.
  by rewrite [X in _ = X / _]mulrACA mulfK // mulf_neq0 // invr_eq0.
rewrite /infinite_limit.
apply: right_limit_mul; first exact: right_limit_const.
apply: right_limit_prod => i _; apply: right_limit_prod => l il; case: ifP => _.
  have := @right_limit_add _ _ _ _ (@right_limit_const 2%:R)
            (@right_limit_mul _ _ _ _ (@right_limit_const (c i l)) right_limit_inv_log).
  by have -> : 2%:R + c i l * 0 = 2%:R :> R by rewrite mulr0 addr0.
exact: right_limit_const.
Qed.

End InfiniteDepth.

(** ** Finite depth *)

Lemma continuous_horner (q : {poly R}) : continuous (fun e => q.[e]) 0.
Proof.
elim/poly_ind: q => [|q c IH].
  by apply: (@continuous_ext _ _ (fun=> 0 : R)) (continuous_const _ _) => e; rewrite horner0.
apply: (@continuous_ext _ _ (fun e => q.[e] * e + c)).
  by move=> e; rewrite !hornerE.
apply: (@continuous_plus _ _ R_NormedModule (fun e => q.[e] * e) (fun=> c)).
  exact: (@continuous_mult _ R_AbsRing (fun e => q.[e]) id _ IH (continuous_id _)).
exact: continuous_const.
Qed.

Lemma right_limit_inv f L : L != 0 -> right_limit f L -> right_limit (fun e => (f e)^-1) L^-1.
Proof.
move=> L0 hf; have inv (x : R) : (/ x)%coqR = x^-1.
  by have [->|x0] := eqVneq x 0; [rewrite invr0; exact: Rinv_0 | rewrite RinvE].
apply: (@right_limit_ext (fun e => (/ f e)%coqR)) => [e _ _|]; first exact: inv.
rewrite -inv; apply: (filterlim_comp _ _ _ f Rinv _ (Rbar_locally (Finite L))) => //.
by apply: (filterlim_Rbar_inv (Finite L)); case; apply/eqP.
Qed.

Lemma right_limit_horner (q : {poly R}) : right_limit (fun e => q.[e]) q.[0].
Proof. exact: (@right_limit_continuous (fun e => q.[e]) (@continuous_horner q)). Qed.

Section FiniteDepth.

Variables (d N k : nat) (U V : 'M[R]_d) (t : 'I_d -> R).
Hypotheses (N0 : (0 < N)%N) (kd : (k <= d)%N) (oU : orthogonal U) (oV : orthogonal V).
Hypotheses (t0 : forall i, 0 < t i) (dec : forall i l : 'I_d, (i < l)%N -> t l < t i).

Lemma positive_limit f L : (forall e, 0 < e -> e < 1 -> 0 <= f e) -> L != 0 ->
  right_limit f L -> 0 < L.
Proof.
move=> f0 L0 hf; rewrite lt0r L0; apply/RleP.
apply: (@filterlim_le _ (at_right 0) _ (fun=> 0) f (Finite 0) (Finite L)) => //; last first.
  exact: filterlim_const.
exists (mkposreal 1 Rlt_0_1) => e he /RltP e0; apply/RleP; apply: f0 => //.
exact: in_unit_ball.
Qed.

Theorem volume_form_right_limit : exists2 L, 0 < L &
  right_limit (fun e => Num.sqrt (\det (svd_gram N U V (scaled (@last_k d k) e t)))
                        / e ^ (k%:Z * (k%:Z - N%:Z))) L.
Proof.
have [q q0 h] := volume_form_divergence N0 kd oU oV t0 dec.
have lim : right_limit (fun e => Num.sqrt (\det (svd_gram N U V (scaled (@last_k d k) e t)))
                        / e ^ (k%:Z * (k%:Z - N%:Z))) q.[0].
  apply: (@right_limit_ext (fun e => q.[e])); last exact: @right_limit_horner q.
  by move=> e e0 e1; rewrite h ?ltW // [X in X / _]mulrC mulfK // expfz_neq0 // gt_eqF.
exists q.[0] => //; apply: positive_limit lim => // e e0 e1.
by rewrite divr_ge0 ?sqrtr_ge0 // exprz_ge0 // ltW.
Qed.

Theorem density_right_limit : exists2 L, 0 < L &
  right_limit (fun e => Num.sqrt (\det (gram (metric N (root_of U (scaled (@last_k d k) e t))
                                   (root_of V (scaled (@last_k d k) e t))) (fun Z => Z)))
                        * e ^+ (k ^ 2 * (N - 1))) L.
Proof.
have [q [r [q0 r0 h]]] := density_divergence N0 kd oU oV t0 dec.
have lim : right_limit (fun e => Num.sqrt (\det (gram (metric N (root_of U (scaled (@last_k d k) e t))
                                   (root_of V (scaled (@last_k d k) e t))) (fun Z => Z)))
                        * e ^+ (k ^ 2 * (N - 1))) (q.[0] / r.[0]).
  apply: (@right_limit_ext (fun e => q.[e] * r.[e]^-1)).
    by move=> e e0 e1; rewrite h ?ltW // [RHS]mulrC mulVKf // expf_neq0 // gt_eqF.
  apply: right_limit_mul; first exact: @right_limit_horner q.
  exact: right_limit_inv r0 (@right_limit_horner r).
exists (q.[0] / r.[0]) => //; apply: positive_limit lim; last by rewrite mulf_neq0 ?invr_eq0.
by move=> e e0 e1; rewrite mulr_ge0 ?sqrtr_ge0 // exprn_ge0 // ltW.
Qed.

End FiniteDepth.
