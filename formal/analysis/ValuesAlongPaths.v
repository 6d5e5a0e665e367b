(** * Singular values and the volume along paths    (end-to-end-flow, volume-gradient)

    Along the gradient flow of the factors, balanced at time 0, a simple singular value of
    their product moves with - N sigma_i^(2-2/N) (U^T G V)_ii.  Along any path of matrices
    W with decreasing positive singular values, W' = D at time t and H = U^T D V, the
    logarithm of the root of det g^N has the derivative
      sum_i (1/N - 1)/sigma_i H_ii - sum_{i<l} (log lambda_il)',
    the latter as PairVelocities.v gives it.  Nothing is asked of how U, V and the singular
    values depend on time.  R is Coq's field of real numbers. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import Rstruct.
From Coquelicot Require Import Coquelicot.
From DLN Require Import Basics GeometricSum Pairs Operator Metric Pushforward Balancedness.
From DLN Require Import Orbit OrbitVolume.
From DLN Require Import PairVelocities InfiniteDepth InfiniteVolume Curves Solutions Components.
From DLN Require Import SimpleValues.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope R_scope with coqR.
Local Open Scope ring_scope.

Section Flow.

Variables (d N : nat) (W : R -> nat -> 'M[R]_d) (G U V : R -> 'M[R]_d) (r : R -> 'I_d -> R) (a b : R).
Hypotheses (N0 : (0 < N)%N) (a0 : a < 0) (b0 : 0 < b) (start : balanced (W 0) N).
Hypothesis hW : forall t k, a < t -> t < b -> is_derive_mx (fun s => W s k) t (flow (W t) N (G t) k).
Hypothesis oU : forall t, a < t -> t < b -> orthogonal (U t).
Hypothesis oV : forall t, a < t -> t < b -> orthogonal (V t).
Hypothesis eW : forall t, a < t -> t < b ->
  phi (W t) N = U t *m Diag (fun i => r t i ^+ N) *m (V t)^T.
Hypothesis r0 : forall t, a < t -> t < b -> forall i, 0 < r t i.
Hypothesis dec : forall t, a < t -> t < b -> forall i l : 'I_d, (i <= l)%N -> r t l <= r t i.

Theorem simple_value_along_flow t i : a < t -> t < b ->
  (forall l, l != i -> r t l ^+ N != r t i ^+ N) ->
  is_derive (fun u => r u i ^+ N) t
    (- (N%:R * (r t i ^+ 2) ^+ (N - 1) * ((U t)^T *m G t *m V t) i i)).
Proof.
move=> at_ tb simple; have pN u j : a < u -> u < b -> 0 < r u j ^+ N by move=> au ub; rewrite exprn_gt0 // r0.
have hD := product_velocity N0 a0 b0 start hW at_ tb.
have const (M : 'M[R]_d) : is_derive_mx (fun=> M) t (0 : 'M[R]_d).
  by move=> j k; rewrite mxE; exact: is_derive_const.
have h1 := is_derive_mulmx (is_derive_mulmx (const (U t)^T) hD) (const (V t)) i i.
have h2 := component_coincident N0 a0 b0 start hW at_ tb (oU at_ tb) (oV at_ tb)
  (eW at_ tb) (erefl (r t i)).
have e := is_derive_unique _ _ _ h1; rewrite (is_derive_unique _ _ _ h2) mul0mx add0r mulmx0 addr0 in e.
rewrite e; apply: (@simple_value_velocity d (fun u => phi (W u) N) U V (fun u j => r u j ^+ N) _ a b) => //.
- by move=> u au ub j; exact/ltW/pN.
- move=> u au ub j l jl; apply: ler_expn2r; rewrite ?nnegrE;
    [exact/ltW/r0 | exact/ltW/r0 | exact: dec].
- exact: pN.
Qed.

End Flow.

Section Volume.

Variables (d N : nat) (W U V : R -> 'M[R]_d) (s : R -> 'I_d -> R) (D : 'M[R]_d) (a b t : R).
Hypothesis N0 : (0 < N)%N.
Hypothesis oU : forall r, a < r -> r < b -> orthogonal (U r).
Hypothesis oV : forall r, a < r -> r < b -> orthogonal (V r).
Hypothesis eW : forall r, a < r -> r < b -> W r = U r *m Diag (s r) *m (V r)^T.
Hypothesis s0 : forall r, a < r -> r < b -> forall i, 0 < s r i.
Hypothesis dec : forall r, a < r -> r < b -> forall i l : 'I_d, (i < l)%N -> s r l < s r i.
Hypotheses (at_ : a < t) (tb : t < b) (dW : is_derive_mx W t D).

(** The density of the volume of g^N with respect to dW. *)
Definition path_density (r : R) : R :=
  Num.sqrt (\det (gram (metric N (root_of (U r) (fun i => nroot (s r i) N))
                               (root_of (V r) (fun i => nroot (s r i) N))) (fun Z => Z))).

Let H := (U t)^T *m D *m V t.

Lemma values_differ r (i l : 'I_d) : a < r -> r < b -> i != l -> s r i != s r l.
Proof.
move=> ar rb ne; case: (ltngtP i l) => [h|h|/val_inj h]; last by rewrite h eqxx in ne.
- by rewrite gt_eqF // dec.
- by rewrite lt_eqF // dec.
Qed.

Lemma value_velocity i : is_derive (fun r => s r i) t (H i i).
Proof.
apply: (simple_value_velocity oU oV eW _ _ at_ tb dW).
- by move=> r ar rb j; exact/ltW/s0.
- move=> r ar rb j l; rewrite leq_eqVlt => /orP[/eqP/val_inj -> //|jl]; exact/ltW/dec.
- exact: s0.
- by move=> l; exact: values_differ.
Qed.

Lemma lambda_pair r (i l : 'I_d) : a < r -> r < b -> (i < l)%N ->
  lambda N (fun i => nroot (s r i) N) i l = pair_value N (s r i) (s r l) /\
  [/\ s r i ^+ 2 - s r l ^+ 2 != 0 & nroot (s r i) N ^+ 2 - nroot (s r l) N ^+ 2 != 0].
Proof.
move=> ar rb il; have p := s0 ar rb; have ne : s r i != s r l by apply: values_differ; rewrite // neq_ltn il.
have n1 : s r i ^+ 2 - s r l ^+ 2 != 0 by rewrite subr_eq0 eqr_expn2 ?ltW.
have n2 : nroot (s r i) N ^+ 2 - nroot (s r l) N ^+ 2 != 0.
  rewrite subr_eq0 eqr_expn2 ?ltW ?nroot_gt0 //; apply: contra ne => /eqP e; apply/eqP.
  by rewrite -(nroot_pow N0 (p i)) e nroot_pow.
split=> //; rewrite lambda_closed_form; last by rewrite -subr_eq0.
rewrite !nroot_pow // /pair_value -!nroot_sqr.
have inv (x : R) : x != 0 -> x^-1 = (/ x)%coqR by move=> x0; rewrite RinvE.
by rewrite inv ?pnatr_eq0 -?lt0n // inv // -INRE -!RpowE.
Qed.

Lemma log_density r : a < r -> r < b -> ln (path_density r) =
  \sum_i (N%:R^-1 - 1) * ln (s r i) - \sum_(i < d) \sum_(l < d | (i < l)%N) ln (pair_value N (s r i) (s r l)).
Proof.
move=> ar rb; pose x i := nroot (s r i) N; have x0 i : 0 < x i by exact: nroot_gt0.
have lp i l : 0 < lambda N x i l by rewrite lambda_positive // ltW.
have l0 i l : lambda N x i l != 0 by rewrite gt_eqF.
have Nn : N%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
pose A := \prod_i x i ^+ (N - 1).
pose B := \prod_(i < d) \prod_(l < d | (i < l)%N) lambda N x i l.
have A0 : 0 < A by apply: prodr_gt0 => i _; exact: exprn_gt0.
have B0 : 0 < B by apply: prodr_gt0 => i _; apply: prodr_gt0.
have -> : path_density r = (A * B)^-1.
  rewrite /path_density metric_determinant //; [|exact: oU|exact: oV].
  rewrite (eq_bigr _ (fun i _ => prodfV _ _ _)) prodfV prod_lambda.
  have -> : \prod_i lambda N x i i = A ^+ 2.
    by rewrite /A -prodrXl; apply: eq_bigr => i _; rewrite lambda_diag // exprAC.
  have -> : \prod_(i < d) \prod_(l < d | (i < l)%N) lambda N x i l ^+ 2 = B ^+ 2.
    by rewrite /B -prodrXl; apply: eq_bigr => i _; rewrite -prodrXl.
  by rewrite -exprMn -exprVn sqrtr_sqr ger0_norm // invr_ge0 mulr_ge0 // ltW.
have lnV (y : R) : 0 < y -> ln y^-1 = - ln y.
  by move=> y0; rewrite -RinvE ?gt_eqF // ln_Rinv //; exact/RltP.
rewrite lnV ?mulr_gt0 // ln_mul // opprD; congr (_ + - _).
  rewrite (@ln_prod _ predT (fun i => x i ^+ (N - 1)) (fun i _ => exprn_gt0 _ (x0 i))).1 -sumrN.
  apply: eq_bigr => i _; have p := s0 ar rb i.
  have e : s r i = x i * x i ^+ (N - 1) by rewrite -exprS subn1 prednK // nroot_pow.
  have h : ln (s r i) = ln (x i) + ln (x i ^+ (N - 1)) by rewrite {1}e ln_mul // exprn_gt0.
  have hx : ln (x i) = N%:R^-1 * ln (s r i).
    by rewrite /x /nroot /Rpower ln_exp INRE RinvE.
  by rewrite mulrBl mul1r -hx h opprD addrA subrr add0r.
have inner (i : 'I_d) : ln (\prod_(l < d | (i < l)%N) lambda N x i l) = \sum_(l < d | (i < l)%N) ln (lambda N x i l) /\
    0 < \prod_(l < d | (i < l)%N) lambda N x i l by exact: ln_prod.
rewrite (@ln_prod _ predT (fun i : 'I_d => \prod_(l < d | (i < l)%N) lambda N x i l) (fun i _ => (inner i).2)).1.
apply: eq_bigr => i _; rewrite (inner i).1; apply: eq_bigr => l il.
by have [-> _] := lambda_pair ar rb il.
Qed.

Lemma is_derive_ln_of (f : R -> R) (l : R) : 0 < f t -> is_derive f t l ->
  is_derive (fun r => ln (f r)) t (l / f t).
Proof.
move=> f0 hf; have := @is_derive_comp R_AbsRing R_NormedModule ln f t _ _ (is_derive_ln _ (RltP _ _ f0)) hf.
by have -> : scal l (/ f t)%coqR = l / f t by rewrite -RdivE ?gt_eqF.
Qed.

Theorem log_density_velocity :
  is_derive (fun r => ln (path_density r)) t
    (\sum_i (N%:R^-1 - 1) / s t i * H i i
     - \sum_(i < d) \sum_(l < d | (i < l)%N) pair_velocity N (s t i) (s t l) (H i i) (H l l)).
Proof.
apply: (@is_derive_ext_loc _ _ (fun r => \sum_i (N%:R^-1 - 1) * ln (s r i)
   - \sum_(i < d) \sum_(l < d | (i < l)%N) ln (pair_value N (s r i) (s r l)))).
  by apply: (near at_ tb) => r ar rb; rewrite log_density.
apply: (@is_derive_minus R_AbsRing R_NormedModule).
  apply: (@is_derive_sum _ _ _ (fun i r => (N%:R^-1 - 1) * ln (s r i))) => i _.
  rewrite mulrAC -mulrA; apply: (@is_derive_scal (fun r => ln (s r i)) t (N%:R^-1 - 1)%R).
  by apply: is_derive_ln_of; [exact: s0 | exact: value_velocity].
apply: (@is_derive_sum _ _ _ (fun (i : 'I_d) r => \sum_(l < d | (i < l)%N) ln (pair_value N (s r i) (s r l)))) => i _.
apply: (@is_derive_sum _ _ _ (fun (l : 'I_d) r => ln (pair_value N (s r i) (s r l)))) => l il.
have [e [n1 n2]] := lambda_pair at_ tb il.
have p : 0 < pair_value N (s t i) (s t l) by rewrite -e lambda_positive ?nroot_gt0 // ltW ?nroot_gt0.
have := @is_derive_pair_value N (fun r => s r i) (fun r => s r l) t (H i i) (H l l) (ssrnat.ltP N0)
  (RltP _ _ (s0 at_ tb i)) (RltP _ _ (s0 at_ tb l)).
rewrite !RpowE -!nroot_sqr => h.
have := is_derive_ln_of p (h (elimN eqP n1) (elimN eqP n2) (value_velocity i) (value_velocity l)).
by rewrite mulrAC mulfV ?mul1r // gt_eqF.
Qed.

Let x i := nroot (s t i) N ^+ 2.

(** The same in the roots of the values. *)
Theorem log_density_in_roots :
  is_derive (fun r => ln (path_density r)) t
    (\sum_i (1 / N%:R - 1) / s t i * H i i
     + \sum_(i < d) \sum_(l < d | (i < l)%N)
         ((2%:R / N%:R * (x i / s t i) / (x i - x l) - 2%:R * s t i / (s t i ^+ 2 - s t l ^+ 2)) * H i i
          + (2%:R * s t l / (s t i ^+ 2 - s t l ^+ 2) - 2%:R / N%:R * (x l / s t l) / (x i - x l)) * H l l)).
Proof.
have := log_density_velocity; set A := (X in is_derive _ _ X -> _).
set B := (X in _ -> is_derive _ _ X); suff -> : A = B by [].
rewrite /A /B -sumrN; congr (_ + _); first by apply: eq_bigr => i _; rewrite mul1r.
apply: eq_bigr => i _; rewrite -sumrN; apply: eq_bigr => l il.
have [_ [n1 n2]] := lambda_pair at_ tb il.
have inv (y : R) : y != 0 -> y^-1 = (/ y)%coqR by move=> y0; rewrite RinvE.
rewrite (inv N%:R) ?pnatr_eq0 -?lt0n // (inv (s t i)) ?gt_eqF ?s0 // (inv (s t l)) ?gt_eqF ?s0 //.
rewrite (inv _ n1) (inv _ n2) /x !nroot_sqr -!RpowE -(INRE N).
exact: (pair_velocity_roots N _ _ _ _ (RltP _ _ (s0 at_ tb i)) (RltP _ _ (s0 at_ tb l))).
Qed.

(** The volume of the orbit over its constant, for any frames. *)
Theorem log_orbit_velocity (Q : R -> nat -> 'M[R]_d) :
  (forall r k, a < r -> r < b -> orthogonal (Q r k)) ->
  is_derive (fun r => ln (Num.sqrt (\det (orbit_gram N (Q r) (fun i => nroot (s r i) N))
                                    / \det (group_gram [comRingType of R] d N)))) t
    (2%:R^-1 * \sum_(i < d) \sum_(l < d | (i < l)%N) pair_velocity N (s t i) (s t l) (H i i) (H l l)).
Proof.
move=> oQ; have N1 : 0 < N%:R :> R by rewrite ltr0n.
have lp r (i l : 'I_d) : a < r -> r < b -> (i < l)%N -> 0 < pair_value N (s r i) (s r l).
  move=> ar rb il; have [<- _] := lambda_pair ar rb il.
  by rewrite lambda_positive ?nroot_gt0 // ltW ?nroot_gt0.
apply: (@is_derive_ext_loc _ _ (fun r => 2%:R^-1 * \sum_(i < d) \sum_(l < d | (i < l)%N)
    ln (N%:R * pair_value N (s r i) (s r l)))).
  apply: (near at_ tb) => r ar rb; have p := s0 ar rb.
  have tdec (i l : 'I_d) : (i < l)%N -> nroot (s r l) N < nroot (s r i) N.
    move=> il; rewrite -(@ltr_pexpn2r _ N) ?nnegrE ?(ltW (nroot_gt0 _ _)) // !nroot_pow //.
    exact: dec.
  rewrite orbit_volume //; [|by move=> k; exact: oQ|by move=> i; exact: nroot_gt0].
  have -> : van (fun i => (nroot (s r i) N ^+ N) ^+ 2) / van (fun i => nroot (s r i) N ^+ 2) =
      \prod_(i < d) \prod_(l < d | (i < l)%N) (N%:R * pair_value N (s r i) (s r l)).
    rewrite /van -prodf_div; apply: eq_bigr => i _; rewrite -prodf_div; apply: eq_bigr => l il.
    have [<- [n1 n2]] := lambda_pair ar rb il.
    by rewrite lambda_closed_form; [rewrite mulrA mulfV ?mul1r // gt_eqF | rewrite -subr_eq0].
  have P0 (i : 'I_d) : 0 < \prod_(l < d | (i < l)%N) (N%:R * pair_value N (s r i) (s r l)).
    by apply: prodr_gt0 => l il; rewrite mulr_gt0 ?lp.
  have P1 : 0 < \prod_(i < d) \prod_(l < d | (i < l)%N) (N%:R * pair_value N (s r i) (s r l)).
    by apply: prodr_gt0 => i _; exact: P0.
  rewrite -[RHS](mulKf (_ : 2%:R != 0)) ?pnatr_eq0 //; congr (_ * _).
  have two (z : R) : 2%:R * z = z + z by rewrite mulr_natl mulr2n.
  have root (P : R) : 0 < P -> ln (Num.sqrt P) + ln (Num.sqrt P) = ln P.
    by move=> p0; rewrite -ln_mul ?sqrtr_gt0 //; congr ln; rewrite -[RHS](sqr_sqrtr (ltW p0)) expr2.
  rewrite two root //.
  rewrite (@ln_prod _ predT (fun i : 'I_d => \prod_(l < d | (i < l)%N) (N%:R * pair_value N (s r i) (s r l))) (fun i _ => P0 i)).1.
  apply: eq_bigr => i _; rewrite (@ln_prod _ (fun l : 'I_d => (i < l)%N) (fun l => N%:R * pair_value N (s r i) (s r l)) _).1 //.
  by move=> l il; rewrite mulr_gt0 ?lp.
apply: (@is_derive_scal (fun r => \sum_(i < d) \sum_(l < d | (i < l)%N) ln (N%:R * pair_value N (s r i) (s r l))) t 2%:R^-1).
apply: (@is_derive_sum _ _ _ (fun (i : 'I_d) r => \sum_(l < d | (i < l)%N) ln (N%:R * pair_value N (s r i) (s r l)))) => i _.
apply: (@is_derive_sum _ _ _ (fun (l : 'I_d) r => ln (N%:R * pair_value N (s r i) (s r l)))) => l il.
have [e [n1 n2]] := lambda_pair at_ tb il; have q := lp t i l at_ tb il.
have := @is_derive_pair_value N (fun r => s r i) (fun r => s r l) t (H i i) (H l l) (ssrnat.ltP N0)
  (RltP _ _ (s0 at_ tb i)) (RltP _ _ (s0 at_ tb l)).
rewrite !RpowE -!nroot_sqr => h.
have h' := h (elimN eqP n1) (elimN eqP n2) (value_velocity i) (value_velocity l).
have := @is_derive_ln_of (fun r => N%:R * pair_value N (s r i) (s r l)) _ (mulr_gt0 N1 q)
  (@is_derive_scal (fun r => pair_value N (s r i) (s r l)) t N%:R _ h').
set X := (X in is_derive _ _ X); suff -> : X = pair_velocity N (s t i) (s t l) (H i i) (H l l) by [].
rewrite /X; move: (pair_velocity _ _ _ _ _) (pair_value _ _ _) q => v p p0.
change (N%:R * (p * v) / (N%:R * p) = v).
by rewrite mulrA mulrAC mulfV ?mul1r // mulf_neq0 // gt_eqF.
Qed.

End Volume.
