(** * The determinant along the flow, and an arbitrary bound       (norm-divergence)

    Along W' = - A_{N,W}(G), N >= 2, W = U diag(t_i^N) V^T at each time, any U and V:
      d/dt log |det W| = - sum_i sigma_i^(1-2/N) (U^T G V)_ii  where all sigma_i > 0.
    For 2 x 2 matrices with G continuous and det W(0) > 0, every quasi-norm of W(t) is at
    least any number for which the root of twice the loss at time t is small enough.
    R is Coq's field of real numbers. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import Rstruct.
From Coquelicot Require Import Coquelicot.
From DLN Require Import Basics GeometricSum Operator DetFlow NormDivergence.
From DLN Require Import Logarithms Curves DetSign NormLimits.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope R_scope with coqR.
Local Open Scope ring_scope.

Theorem det_rate d N (W : R -> 'M[R]_d) (U V G : 'M[R]_d) (t : 'I_d -> R) (time : R) :
  orthogonal U -> orthogonal V -> (forall i, 0 < t i) ->
  W time = U *m Diag (fun i => t i ^+ N.+2) *m V^T ->
  is_derive_mx W time (- Op N.+2 (root_of U t) (root_of V t) G) ->
  is_derive (fun s => ln `|\det (W s)|) time (- \sum_i t i ^+ N * (U^T *m G *m V) i i).
Proof.
move=> oU oV t0 eW hW.
have Nn0 : N.+2%:R != 0 :> R by rewrite pnatr_eq0.
have := @det_velocity _ d N U V G t oU oV Nn0; rewrite /= -eW => v.
have h := is_derive_det hW.
rewrite mulmxN linearN /= v in h.
have d0 : \det (W time) != 0.
  rewrite eW !det_mulmx det_tr /Diag det_diag !mulf_neq0 //.
  - by apply/eqP => z; have := congr1 (fun M => \det M) oU; rewrite /= det_mulmx z mul0r det1 => /esym/eqP; rewrite oner_eq0.
  - by apply/prodf_neq0 => i _; rewrite mxE expf_neq0 // gt_eqF.
  - by apply/eqP => z; have := congr1 (fun M => \det M) oV; rewrite /= det_mulmx z mul0r det1 => /esym/eqP; rewrite oner_eq0.
have := @is_derive_log_abs (fun s => \det (W s)) time _ (elimN eqP d0) h.
by rewrite RdivE // mulNr mulrAC mulfV // mul1r.
Qed.

Section AtATime.

Variables (N : nat) (W U V G : R -> 'M[R]_2) (t : R -> 'I_2 -> R) (T : R).
Hypothesis svd : forall s, 0 <= s <= T -> [/\ orthogonal (U s), orthogonal (V s) &
  W s = U s *m Diag (fun i => t s i ^+ N.+2) *m (V s)^T].
Hypothesis flowW : forall s, 0 <= s <= T ->
  is_derive_mx W s (- Op N.+2 (root_of (U s) (t s)) (root_of (V s) (t s)) (G s)).
Hypothesis cG : forall s, 0 <= s <= T -> continuous_mx G s.

Theorem arbitrary_bound_along_flow (nu : 'M[R]_2 -> R) (c s x time : R) : 0 < c ->
  (forall Z, 0 <= nu Z) ->
  (forall Z X, nu (Z + X) <= c * (nu Z + nu X)) ->
  (forall y Z, nu (y *: Z) = `|y| * nu Z) ->
  0 < \det (W 0) -> 0 <= time <= T ->
  x = Num.sqrt (distance2 (W time)) -> 2%:R * x <= 1 ->
  4%:R * c * (s + c * (2%:R * nu (delta_mx 0 1)
                       + c * (2%:R * nu (delta_mx 1 0) + 2%:R * nu (delta_mx 1 1)))) * x
    <= nu (delta_mx 0 0) ->
  s <= nu (W time).
Proof.
move=> c0 nu0 tri mult start timeT ex x2 hs.
have dW := det_keeps_sign svd flowW cG start timeT.
have q0 : 0 <= distance2 (W time) by rewrite /distance2 !addr_ge0 ?sqr_ge0.
have close : distance2 (W time) <= x ^+ 2 by rewrite ex sqr_sqrtr.
have x1 : x < 1.
  have x0 : 0 <= x by rewrite ex sqrtr_ge0.
  apply: (@le_lt_trans _ _ 2%:R^-1); last by rewrite invf_lt1 ?ltr0n ?ltr1n.
  by rewrite -(ler_pmul2l (_ : 0 < 2%:R)) ?ltr0n // mulfV // pnatr_eq0.
have x0 : 0 < x.
  rewrite lt0r ex sqrtr_ge0 andbT sqrtr_eq0 -ltNge lt0r q0 andbT; apply/negP => /eqP z.
  move: z dW; rewrite /distance2 det_2 => /eqP; rewrite paddr_eq0 ?addr_ge0 ?sqr_ge0 //.
  rewrite paddr_eq0 ?sqr_ge0 // !sqrf_eq0 !subr_eq0 => /andP[/andP[/eqP -> /eqP ->] /eqP ->].
  by rewrite mulr0 sub0r mulr1 oppr_gt0 ltNge ler01.
exact: (@arbitrary_bound _ (W time) x x0 x1 close nu c s c0 nu0 tri mult dW x2 hs).
Qed.

End AtATime.
