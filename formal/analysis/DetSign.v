(** * The determinant keeps its sign along the flow              (norm-divergence)

    On [0, T] let W' = - A_{N,W}(G) with G continuous and N >= 2, and det W(0) > 0.
    Then det W > 0 on [0, T].  By Jacobi's formula and DetFlow.v
      (det W)' = - det W sum_i t_i^(N-2) u_i^T G v_i,     sigma_i = t_i^N,
    where W may be singular; the sum is bounded on [0, T] because W and G are, and
    Growth.v does the rest.  The singular vectors are any, at each time: nothing is
    asked of how they depend on time.  R is Coq's field of real numbers. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import Rstruct.
From Coquelicot Require Import Coquelicot.
From DLN Require Import Basics GeometricSum Operator DetFlow.
From DLN Require Import Growth Curves.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope R_scope with coqR.
Local Open Scope ring_scope.

(** ** A bound on the sum at one time *)

Section Bound.

Variables (R : realFieldType) (d N : nat) (U V G : 'M[R]_d) (t : 'I_d -> R).
Hypotheses (oU : orthogonal U) (oV : orthogonal V).

Lemma power_bound (y : R) (n m : nat) : 0 <= y -> (n <= m)%N -> y ^+ n <= 1 + y ^+ m.
Proof.
move=> y0 nm; case: (lerP y 1) => y1.
  by apply: le_trans (exprn_ile1 _ y0 y1) _; rewrite ler_addl exprn_ge0.
by apply: le_trans (ler_weexpn2l (ltW y1) nm) _; rewrite ler_addr ler01.
Qed.

Lemma orthogonal_entry (X : 'M[R]_d) i l : orthogonal X -> `|X i l| <= 1.
Proof.
move=> oX; rewrite -(@ler_pexpn2r _ 2) ?nnegrE // expr1n real_normK ?num_real //.
have /matrixP /(_ i i) := oX; rewrite [1%:M i i]mxE eqxx mulr1n mxE => <-.
rewrite (bigD1 l) //= mxE -expr2 ler_addl; apply: sumr_ge0 => k _.
by rewrite mxE -expr2 sqr_ge0.
Qed.

Definition growth_bound (W : 'M[R]_d) : R :=
  d%:R * (1 + \sum_i \sum_l W i l * W i l) * \sum_i \sum_l (1 + G i l * G i l).

Lemma velocity_bound (W : 'M[R]_d) : W = U *m Diag (fun i => t i ^+ N.+2) *m V^T ->
  `|\sum_i t i ^+ N * (U^T *m G *m V) i i| <= growth_bound W.
Proof.
move=> eW; pose F := \sum_i \sum_l W i l * W i l.
have eF : F = \sum_i (t i ^+ N.+2) ^+ 2.
  rewrite /F -frobE eW frob_orth // frobE; apply: eq_bigr => i _.
  rewrite (bigD1 i) //= big1 ?addr0 ?DiagE ?eqxx ?mulr1n ?expr2 // => l li.
  by rewrite DiagE eq_sym (negPf li) mulr0.
apply: le_trans (ler_norm_sum _ _ _) _; rewrite /growth_bound -/F -mulrA mulr_natl.
rewrite -[X in _ *+ X]card_ord -sumr_const; apply: ler_sum => i _; rewrite normrM; apply: ler_pmul => //.
  rewrite normrX; apply: le_trans (@power_bound _ N (N.+2 * 2) _ _) _ => //.
    by apply: leq_trans (leq_addr 2 N) _; rewrite addn2 muln2 -addnn leq_addr.
  rewrite ler_add2l eF (bigD1 i) //= exprM -normrX real_normK ?num_real // ler_addl.
  by apply: sumr_ge0 => l _; rewrite sqr_ge0.
rewrite mxE; apply: le_trans (ler_norm_sum _ _ _) _; rewrite exchange_big /=.
apply: ler_sum => b _; rewrite mxE normrM.
apply: le_trans (ler_pimulr _ (orthogonal_entry b i oV)) _ => //.
apply: le_trans (ler_norm_sum _ _ _) _; apply: ler_sum => a _.
rewrite mxE normrM; apply: le_trans (ler_pimull _ (orthogonal_entry a i oU)) _ => //.
rewrite -[`|_|]expr1; apply: le_trans (@power_bound _ 1 2 _ _) _ => //.
by rewrite real_normK ?num_real // expr2.
Qed.

End Bound.

(** ** Along the flow *)

Definition continuous_mx d (A : R -> 'M[R]_d) (t : R) : Prop :=
  forall i l, continuous (fun s => A s i l) t.

Lemma continuous_sum (I : Type) (r : seq I) (f : I -> R -> R) (t : R) :
  (forall i, continuous (f i) t) -> continuous (fun s => \sum_(i <- r) f i s) t.
Proof.
move=> h; elim: r => [|i r IH].
  apply: (@continuous_ext _ _ (fun=> 0 : R)) (continuous_const _ _) => s.
  by rewrite big_nil.
apply: (@continuous_ext _ _ (fun s => f i s + \sum_(j <- r) f j s)).
  by move=> s; rewrite big_cons.
exact: (@continuous_plus _ _ R_NormedModule (f i)).
Qed.

Lemma continuous_growth_bound d (W G : R -> 'M[R]_d) t :
  continuous_mx W t -> continuous_mx G t ->
  continuous (fun s => growth_bound (G s) (W s)) t.
Proof.
move=> cW cG; rewrite /growth_bound.
have sq (A : R -> 'M[R]_d) i l : continuous_mx A t -> continuous (fun s => A s i l * A s i l) t.
  by move=> cA; apply: (@continuous_mult _ R_AbsRing (fun s => A s i l)); apply: cA.
have add1 (f : R -> R) : continuous f t -> continuous (fun s => 1 + f s) t.
  exact: (@continuous_plus _ _ R_NormedModule (fun=> 1) f _ (continuous_const _ _)).
apply: (@continuous_mult _ R_AbsRing
          (fun s => d%:R * (1 + \sum_i \sum_l W s i l * W s i l))
          (fun s => \sum_i \sum_l (1 + G s i l * G s i l))).
  apply: (@continuous_mult _ R_AbsRing (fun=> d%:R) _ _ (continuous_const _ _)).
  apply: add1; apply: continuous_sum => i; apply: continuous_sum => l; exact: sq.
apply: continuous_sum => i; apply: continuous_sum => l; apply: add1; exact: sq.
Qed.

Theorem det_keeps_sign d N (W U V G : R -> 'M[R]_d) (t : R -> 'I_d -> R) (T : R) :
  (forall s, 0 <= s <= T -> [/\ orthogonal (U s), orthogonal (V s) &
     W s = U s *m Diag (fun i => t s i ^+ N.+2) *m (V s)^T]) ->
  (forall s, 0 <= s <= T ->
     is_derive_mx W s (- Op N.+2 (root_of (U s) (t s)) (root_of (V s) (t s)) (G s))) ->
  (forall s, 0 <= s <= T -> continuous_mx G s) ->
  0 < \det (W 0) -> forall s, 0 <= s <= T -> 0 < \det (W s).
Proof.
move=> svd flowW cG d0 s /andP[s0 sT]; apply/RltP.
have T0 : 0 <= T := le_trans s0 sT.
have mem r : Rle 0 r /\ Rle r T -> 0 <= r <= T.
  by move=> [/RleP r0 /RleP rT]; rewrite r0 rT.
have [|B hB] := @bounded_on_segment (fun r => growth_bound (G r) (W r)) T (RleP _ _ T0).
  move=> r /mem rT; apply: continuous_growth_bound; last exact: cG.
  by move=> i l; apply: ex_derive_continuous; eexists; apply: flowW.
apply: (@growth_sign (fun r => \det (W r))
  (fun r => \tr (\adj (W r) *m - Op N.+2 (root_of (U r) (t r)) (root_of (V r) (t r)) (G r))) B T).
- exact/RleP.
- move=> r /mem rT; apply: is_derive_det => i l; exact: flowW.
- move=> r rT; have := hB r rT; move/mem: rT => rT hBr.
  have [oU oV eW] := svd r rT.
  have Nn0 : N.+2%:R != 0 :> R by rewrite pnatr_eq0.
  have := @det_velocity _ d N (U r) (V r) (G r) (t r) oU oV Nn0.
  rewrite /= -eW mulmxN linearN /= => ->.
  have h : `|- (\det (W r) * \sum_i t r i ^+ N * ((U r)^T *m G r *m V r) i i)|
           <= B * `|\det (W r)|.
    rewrite normrN normrM [X in X <= _]mulrC; apply: ler_wpmul2r; first exact: normr_ge0.
    apply: le_trans (velocity_bound _ oU oV eW) _; apply: le_trans (ler_norm _) _.
    exact/RleP.
  exact/RleP.
- exact/RltP.
- by split; apply/RleP.
Qed.
