(** * Inversion is an isometry of the metric of infinite depth

    At W = U diag(s_i) V^T, s_i > 0, of Z and X the metric Tr(Z^T A_inf^{-1}(X)) is that at
    W^{-1} of - W^{-1} Z W^{-1} and - W^{-1} X W^{-1}, which are the velocities of W^{-1}.
    R is Coq's field of real numbers. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import Rstruct.
From Coquelicot Require Import Coquelicot.
From DLN Require Import Basics Operator.
From DLN Require Import InfiniteDepth InfiniteVolume ConeGrowth.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope R_scope with coqR.
Local Open Scope ring_scope.

Section Inversion.

Variables (d : nat) (U V : 'M[R]_d) (s : 'I_d -> R).
Hypotheses (oU : orthogonal U) (oV : orthogonal V) (s0 : forall i, 0 < s i).

Lemma A_inf_invE (Z : 'M[R]_d) :
  A_inf_inv U V s Z =
  twist U V (entrywise (fun i l => (log_mean (s i ^+ 2) (s l ^+ 2))^-1) (U^T *m Z *m V)).
Proof.
set Y := RHS; have e : A_inf U V s Y = Z.
  rewrite (A_infE oU oV s0) /Y (twistK oU oV) -[RHS](twistKV oU oV Z); congr (twist U V _).
  apply/matrixP => i l; rewrite /twist trmxK !(mxE _ (fun i l => _ * _)) mulVKf // gt_eqF //.
  exact: mean_gt0.
have eL : lin_mx (A_inf U V s) = lin_mx (twist U V \o entrywise (fun i l => log_mean (s i ^+ 2) (s l ^+ 2)) \o twist U^T V^T).
  by apply: lin_mx_ext => M; exact: A_infE.
have m : mxvec Z = mxvec Y *m lin_mx (A_inf U V s).
  by rewrite eL mul_vec_lin -[in LHS]e (A_infE oU oV s0).
by rewrite /A_inf_inv m mulmxK ?mxvecK // A_inf_unit.
Qed.

Lemma infinite_metricE (Z X : 'M[R]_d) :
  frob Z (A_inf_inv U V s X) =
  \sum_i \sum_l (log_mean (s i ^+ 2) (s l ^+ 2))^-1 * ((U^T *m Z *m V) i l * (U^T *m X *m V) i l).
Proof.
rewrite A_inf_invE -{1}(twistKV oU oV Z) frob_orth // frobE /twist trmxK.
by apply: eq_bigr => i _; apply: eq_bigr => l _; rewrite [entrywise _ _ i l]mxE mulrCA.
Qed.

End Inversion.

Lemma log_mean_inverse (p q : R) : 0 < p -> 0 < q ->
  log_mean p^-1 q^-1 = log_mean p q / (p * q).
Proof.
move=> p0 q0; rewrite /log_mean (inj_eq invr_inj); have [p1 q1] := (lt0r_neq0 p0, lt0r_neq0 q0).
case: eqVneq => [->|ne]; first by rewrite invfM mulVKf.
have lnV (a : R) : 0 < a -> ln a^-1 = - ln a.
  by move=> a0; rewrite -RinvE ?gt_eqF // ln_Rinv //; exact/RltP.
have -> : p^-1 - q^-1 = - ((p - q) / (p * q)).
  by rewrite mulrBl invfM mulVKf // [p^-1 / q]mulrC mulVKf // opprB.
by rewrite !lnV // -opprD invrN mulrNN mulrAC.
Qed.

Section Isometry.

Variables (d : nat) (U V : 'M[R]_d) (s : 'I_d -> R).
Hypotheses (oU : orthogonal U) (oV : orthogonal V) (s0 : forall i, 0 < s i).

Let W : 'M[R]_d := U *m Diag s *m V^T.

Lemma inverseE : invmx W = V *m Diag (fun i => (s i)^-1) *m U^T.
Proof.
have e : V *m Diag (fun i => (s i)^-1) *m U^T *m W = 1%:M.
  rewrite /W !mulmxA mulmx_orthK // -(mulmxA V) Diag_mul.
  rewrite (eq_Diag (y := fun=> 1)) ?Diag1 ?mulmx1 // => i; by rewrite mulVf // gt_eqF.
by have [_ u] := mulmx1_unit e; rewrite -[RHS](mulmxK u) e mul1mx.
Qed.

Theorem inversion_isometry (Z X : 'M[R]_d) :
  frob (- (invmx W *m Z *m invmx W))
    (A_inf_inv V U (fun i => (s i)^-1) (- (invmx W *m X *m invmx W))) =
  frob Z (A_inf_inv U V s X).
Proof.
have si i : 0 < (s i)^-1 by rewrite invr_gt0.
have entry Y i l : (V^T *m (- (invmx W *m Y *m invmx W)) *m U) i l = - ((U^T *m Y *m V) i l / (s i * s l)).
  rewrite inverseE mulmxN mulNmx mxE; congr (- _).
  rewrite !mulmxA orthogonalT // mul1mx mulmx_orthK // -!mulmxA mul_DiagE !mulmxA mul_mx_DiagE.
  by rewrite invfM mulrCA mulrA.
rewrite !infinite_metricE //; apply: eq_bigr => i _; apply: eq_bigr => l _.
rewrite !entry mulrNN !exprVn log_mean_inverse ?exprn_gt0 // -exprMn.
have : s i * s l != 0 by rewrite mulf_neq0 // gt_eqF.
move: (s i * s l) (log_mean _ _) => a m a0; rewrite invfM invrK [_ / a * _]mulrACA -invfM -expr2 -(mulrA m^-1).
by congr (_ * _); rewrite [LHS]mulrC divfK // expf_neq0.
Qed.

End Isometry.
