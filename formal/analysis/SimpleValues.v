(** * Simple singular values are differentiable   (end-to-end-flow, volume-gradient)

    Let W = U diag(s) V^T on an open interval with decreasing s_i >= 0, any U and V at each
    time, and W' = D at time t.  Where s_i(t) > 0 differs from all other s_l(t), s_i has the
    derivative (U^T D V)_ii at t: nothing is asked of how U, V and s depend on time.
    For det(W W^T - s_i(t)^2) is the product of all s_k^2 - s_i(t)^2, whose factors k != i
    are continuous (Perturbation.v) and not 0 at t.  R is Coq's field of real numbers. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import Rstruct.
From Coquelicot Require Import Coquelicot.
From DLN Require Import Basics DetFlow Perturbation.
From DLN Require Import SimpleRoots Curves DetSign.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope R_scope with coqR.
Local Open Scope ring_scope.

(** An entry of the adjugate of a diagonal matrix. *)
Lemma adj_Diag_entry (F : fieldType) n (y : 'I_n -> F) i :
  \adj (Diag y) i i = \prod_(k | k != i) y k.
Proof.
pose z k := if k == i then 1 else y k.
have -> : \adj (Diag y) i i = \adj (Diag z) i i.
  rewrite !mxE /cofactor; congr (_ * \det _); apply/matrixP=> j l; rewrite !mxE /z.
  by rewrite [lift i _ == i]eq_sym (negPf (neq_lift _ _)).
have := adj_Diag z i; rewrite {2}/z eqxx mulr1 => ->.
rewrite /Diag det_diag (bigD1 i) //= mxE {1}/z eqxx mul1r.
by apply: eq_bigr => k ne; rewrite mxE /z (negPf ne).
Qed.

Section SimpleValue.

Variables (d : nat) (W U V : R -> 'M[R]_d) (s : R -> 'I_d -> R) (D : 'M[R]_d) (a b t : R).
Hypothesis oU : forall r, a < r -> r < b -> orthogonal (U r).
Hypothesis oV : forall r, a < r -> r < b -> orthogonal (V r).
Hypothesis eW : forall r, a < r -> r < b -> W r = U r *m Diag (s r) *m (V r)^T.
Hypothesis s0 : forall r, a < r -> r < b -> forall i, 0 <= s r i.
Hypothesis dec : forall r, a < r -> r < b -> forall i l : 'I_d, (i <= l)%N -> s r l <= s r i.
Hypotheses (at_ : a < t) (tb : t < b) (dW : is_derive_mx W t D).

Let S r := W r *m (W r)^T.

Lemma near (P : R -> Prop) : (forall r, a < r -> r < b -> P r) -> locally t P.
Proof.
move=> h; have : locally t (fun r => Rlt a r /\ Rlt r b).
  by apply: (@locally_interval _ t (Finite a) (Finite b)) => //=; exact/RltP.
by apply: filter_imp => r [/RltP ar /RltP rb]; exact: h.
Qed.

Lemma gram_spectral r : a < r -> r < b -> S r = U r *m Diag (fun k => s r k ^+ 2) *m (U r)^T.
Proof.
move=> ar rb; rewrite /S eW // !trmx_mul trmxK Diag_tr !mulmxA (mulmx_orthK (oV ar rb)).
by rewrite -(mulmxA (U r)) Diag_mul; congr (_ *m _ *m _); apply: eq_Diag => k; rewrite expr2.
Qed.

Lemma dS : is_derive_mx S t (D *m (W t)^T + W t *m D^T).
Proof. exact: is_derive_mulmx dW (is_derive_trmx dW). Qed.

(** The squares are continuous. *)
Lemma squares_continuous k : continuous (fun r => s r k ^+ 2) t.
Proof.
pose e r : R := (\sum_i \sum_l `|S r i l - S t i l|)%R.
have ce : continuous e t.
  apply: continuous_sum => i; apply: continuous_sum => l.
  apply: (@continuous_comp _ _ _ (fun r => S r i l - S t i l) (fun y : R => `|y|)); last exact: continuous_Rabs.
  apply: (@continuous_minus _ R_AbsRing R_NormedModule (fun r => S r i l) (fun=> S t i l)); last exact: continuous_const.
  by apply: ex_derive_continuous; eexists; exact: dS.
have et : e t = 0 by rewrite /e big1 // => i _; rewrite big1 // => l _; rewrite subrr normr0.
have bound r : a < r -> r < b -> `|s r k ^+ 2 - s t k ^+ 2| <= e r.
  move=> ar rb; have sq q : a < q -> q < b -> forall i l : 'I_d, (i <= l)%N -> s q l ^+ 2 <= s q i ^+ 2.
    by move=> aq qb i l il; apply: ler_expn2r; rewrite ?nnegrE ?s0 // dec.
  have h1 := weyl k (oU ar rb) (oU at_ tb) (gram_spectral ar rb) (gram_spectral at_ tb) (sq _ ar rb) (sq _ at_ tb).
  have h2 := weyl k (oU at_ tb) (oU ar rb) (gram_spectral at_ tb) (gram_spectral ar rb) (sq _ at_ tb) (sq _ ar rb).
  rewrite ler_norml h1 andbT ler_oppl opprB; apply: le_trans h2 _.
  by rewrite le_eqVlt; apply/orP; left; apply/eqP; apply: eq_bigr => i _; apply: eq_bigr => l _; rewrite distrC.
move=> P [eps hP]; have := ce (fun y => Rlt (Rabs (y - e t)) eps).
case; first by exists eps => y hy; exact: hy.
move=> dl hd; have [dl2 hd2] := near (P := fun r => `|s r k ^+ 2 - s t k ^+ 2| <= e r) bound.
have m0 : Rlt 0 (Rmin dl dl2) by apply: Rmin_pos; exact: cond_pos.
exists (mkposreal _ m0) => r hr; apply: hP.
have r1 : ball t dl r by apply: Rlt_le_trans hr _; exact: Rmin_l.
have r2 : ball t dl2 r by apply: Rlt_le_trans hr _; exact: Rmin_r.
have := hd r r1; rewrite et Rminus_0_r => small.
change (Rlt (Rabs (s r k ^+ 2 - s t k ^+ 2)) eps).
apply: Rle_lt_trans _ small; apply: Rle_trans (RleP _ _ (hd2 r r2)) _; exact: Rle_abs.
Qed.

Variable i : 'I_d.
Hypotheses (si : 0 < s t i) (simple : forall l, l != i -> s t l != s t i).

Let x : R := (s t i ^+ 2)%R.
Let f r := \det (S r - x%:M).
Let g r := (s r i ^+ 2 - x)%R.
Let E r := (\prod_(k | k != i) (s r k ^+ 2 - x))%R.

Lemma shifted_spectral r : a < r -> r < b ->
  S r - x%:M = U r *m Diag (fun k => s r k ^+ 2 - x) *m (U r)^T.
Proof.
move=> ar rb; rewrite gram_spectral //.
have -> : Diag (fun k => s r k ^+ 2 - x) = Diag (fun k => s r k ^+ 2) - x%:M :> 'M[R]_d.
  by apply/matrixP=> j l; rewrite DiagE [RHS]mxE DiagE [X in _ = _ + X]mxE [x%:M j l]mxE mulrnBl.
by rewrite mulmxBr mulmxBl mul_mx_scalar -scalemxAl oU // scale_scalar_mx mulr1.
Qed.

Lemma det_orth_sqr (Q : 'M[R]_d) : orthogonal Q -> \det Q * \det Q = 1.
Proof. by move=> oQ; rewrite -{2}det_tr -det_mulmx oQ det1. Qed.

Lemma factored r : a < r -> r < b -> g r * E r = f r.
Proof.
move=> ar rb; rewrite /f shifted_spectral // !det_mulmx det_tr mulrAC det_orth_sqr ?mul1r; last exact: oU.
by rewrite /Diag det_diag (bigD1 i) //= mxE /g /E; congr (_ * _); apply: eq_bigr => k _; rewrite mxE.
Qed.

Lemma others_not0 k : k != i -> s t k ^+ 2 - x != 0.
Proof.
by move=> ne; rewrite subr_eq0 eqr_expn2 ?simple // ?(s0 at_ tb) // ltW.
Qed.

Lemma E_not0 : E t != 0.
Proof. by apply/prodf_neq0 => k; exact: others_not0. Qed.

Lemma E_continuous : continuous E t.
Proof.
rewrite /E; elim: (index_enum _) => [|k ks IH].
  apply: (@continuous_ext _ _ (fun=> 1 : R)) (continuous_const _ _) => r; by rewrite big_nil.
apply: (@continuous_ext _ _ (fun r => if k != i then (s r k ^+ 2 - x) * \prod_(j <- ks | j != i) (s r j ^+ 2 - x)
                                      else \prod_(j <- ks | j != i) (s r j ^+ 2 - x))).
  by move=> r; rewrite big_cons.
case: (k != i) => //; apply: (@continuous_mult _ R_AbsRing (fun r => s r k ^+ 2 - x)) => //.
apply: (@continuous_minus _ R_AbsRing R_NormedModule (fun r => s r k ^+ 2) (fun=> x)); last exact: continuous_const.
exact: squares_continuous.
Qed.

Let H := (U t)^T *m D *m V t.

Lemma f_derivative : is_derive f t (E t * (2%:R * s t i * H i i)).
Proof.
have h : is_derive_mx (fun r => S r - x%:M) t (D *m (W t)^T + W t *m D^T).
  have := is_derive_submx dS (_ : is_derive_mx (fun=> x%:M) t 0); rewrite subr0; apply.
  by move=> j l; rewrite [(0 : 'M[R]_d) j l]mxE; exact: is_derive_const.
have := is_derive_det h; rewrite shifted_spectral // !adj_mulmx.
have o := oU at_ tb; have o' := oV at_ tb.
rewrite (adj_orth (orthogonal_tr o)) (adj_orth o) det_tr trmxK -!scalemxAr -!scalemxAl scalerA.
rewrite det_orth_sqr // scale1r.
set A := \adj _; set M := D *m _ + _.
suff -> : \tr (U t *m (A *m (U t)^T) *m M) = E t * (2%:R * s t i * H i i) by [].
rewrite -mulmxA mxtrace_mulC -!mulmxA /mxtrace (bigD1 i) //= big1 ?addr0 => [|k ne].
  rewrite mxE (bigD1 i) //= big1 ?addr0 => [|l ne]; last by rewrite adj_Diag_off ?mul0r // eq_sym.
  rewrite adj_Diag_entry -/(E t); congr (_ * _).
  have eM : (U t)^T *m (M *m U t) = H *m Diag (s t) + Diag (s t) *m H^T.
    rewrite /M /H eW // !trmx_mul !trmxK Diag_tr mulmxDl mulmxDr !mulmxA.
    by rewrite mulmx_orthK // orthogonalT // mul1mx.
  rewrite eM mxE mul_mx_DiagE mul_DiagE [H^T i i]mxE mulrC -mulrDl.
  by rewrite -mulr2n mulr_natl.
rewrite mxE big1 // => l _; case: (eqVneq l k) => [->|lk]; last by rewrite adj_Diag_off ?mul0r // eq_sym.
suff -> : A k k = 0 by rewrite mul0r.
apply: (mulIf (others_not0 ne)); rewrite mul0r adj_Diag /Diag det_diag (bigD1 i) //= mxE.
by rewrite /x subrr mul0r.
Qed.

Theorem simple_value_velocity : is_derive (fun r => s r i) t (((U t)^T *m D *m V t) i i).
Proof.
have hg : is_derive g t (2%:R * s t i * H i i).
  have e : (E t * (2%:R * s t i * H i i))%R / E t = 2%:R * s t i * H i i.
    by rewrite mulrAC mulfV ?mul1r // E_not0.
  have f0 : f t = 0 by rewrite -factored // /g subrr mul0r.
  have g0 : g t = 0 by rewrite /g subrr.
  have := @is_derive_factor f g E t _ f_derivative f0 g0 E_continuous (elimN eqP E_not0) (near factored).
  by rewrite RdivE ?E_not0 // e.
have hs : is_derive (fun r => (s r i ^ 2)%coqR) t (2%:R * s t i * H i i).
  apply: (@is_derive_ext _ _ (fun r => g r + x)); first by move=> r; rewrite /g subrK RpowE.
  rewrite -[X in is_derive _ _ X]addr0.
  exact: (@is_derive_plus R_AbsRing R_NormedModule g (fun=> x) t _ _ hg (is_derive_const _ _)).
have := @is_derive_root (fun r => s r i) t _ _ (RltP _ _ si) hs.
have -> : (2%:R * s t i * H i i / (2 * s t i))%coqR = H i i.
  have n0 : (2 * s t i)%coqR != 0 by rewrite mulf_neq0 ?gt_eqF //; apply/RltP; exact: Rlt_0_2.
  rewrite RdivE //; change (2%:R * s t i * H i i / (2%:R * s t i) = H i i).
  by rewrite mulrAC mulfV ?mul1r.
by apply; apply: near => r ar rb; apply/RleP; exact: s0.
Qed.

End SimpleValue.
