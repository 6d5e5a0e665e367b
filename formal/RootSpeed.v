(** * The speed of the roots of singular values             (distance-lower-bound)

    Where W = U Sigma V^T, sigma_i = t_i^N > 0, moves with dSigma = D, dU = U a, dV = V b,
    the roots sigma_i^(1/N) move with (t_i / (N sigma_i)) D_ii; N times the sum of the
    squares of these is at most g^N(dW, dW) / N, and equal to it where U and V rest. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum Operator Metric Pushforward Jacobian MetricFrame.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section RootSpeed.

Variables (F : realFieldType) (d N : nat) (U V : 'M[F]_d) (t : 'I_d -> F).
Hypotheses (N0 : (0 < N)%N) (oU : orthogonal U) (oV : orthogonal V) (t0 : forall i, 0 < t i).

Let sigma i := t i ^+ N.

(** dW, the derivative of (U + s U a) (Sigma + s D) (V + s V b)^T. *)
Definition velocity (D a b : 'M[F]_d) : 'M[F]_d :=
  coef_mx 1 ((map_mx polyC U + 'X *: map_mx polyC (U *m a))
             *m (map_mx polyC (Diag sigma) + 'X *: map_mx polyC D)
             *m (map_mx polyC V + 'X *: map_mx polyC (V *m b))^T).

Lemma rootsE (D : 'M[F]_d) :
  N%:R * (\sum_i (t i / (N%:R * sigma i) * D i i) ^+ 2) =
  N%:R^-1 * \sum_i t i ^+ 2 / sigma i ^+ 2 * D i i ^+ 2.
Proof.
rewrite !mulr_sumr; apply: eq_bigr => i _; have n0 : N%:R != 0 :> F by rewrite pnatr_eq0 -lt0n.
have -> : t i / (N%:R * sigma i) * D i i = N%:R^-1 * (t i / sigma i * D i i).
  by rewrite invfM mulrCA !mulrA.
have -> : t i ^+ 2 / sigma i ^+ 2 * D i i ^+ 2 = (t i / sigma i * D i i) ^+ 2.
  by rewrite exprMn exprMn exprVn.
by move: (t i / _ * _) => x; rewrite exprMn expr2 !mulrA mulfV // mul1r.
Qed.

Theorem root_speed_bound (D a b : 'M[F]_d) :
  D = Diag (fun i => D i i) -> skew_mx a -> skew_mx b ->
  N%:R * (\sum_i (t i / (N%:R * sigma i) * D i i) ^+ 2) <=
  N%:R^-1 * metric N (root_of U t) (root_of V t) (velocity D a b) (velocity D a b).
Proof.
move=> eD sa sb; rewrite rootsE (metric_svd_frame N0 oU oV t0 eD sa sb (erefl _)).
have Ni : 0 <= N%:R^-1 :> F by rewrite invr_ge0 ler0n.
apply: ler_wpmul2l => //; rewrite -addrA ler_addl.
have sp i : 0 < sigma i by rewrite exprn_gt0.
have le k i l : t l <= t i -> 0 <= t i ^+ k - t l ^+ k.
  by move=> h; rewrite subr_ge0; apply: ler_expn2r => //; rewrite nnegrE ltW.
have ge k i l : t l <= t i -> t l ^+ k - t i ^+ k <= 0 by move=> /(le k); rewrite -opprB oppr_ge0.
have two : 0 <= 2%:R :> F by exact: ler0n.
have pos i l : 0 <= sigma i + sigma l by apply: addr_ge0; exact: ltW (sp _).
have c0 i l : 0 <= N%:R * (t i ^+ 2 - t l ^+ 2) * (sigma i - sigma l).
  rewrite -mulrA; apply: mulr_ge0; first exact: ler0n.
  have [h|/ltW h] := lerP (t l) (t i).
    exact: (mulr_ge0 (le 2%N _ _ h) (le N _ _ h)).
  exact: (mulr_le0 (ge 2%N _ _ h) (ge N _ _ h)).
apply: addr_ge0; apply: sumr_ge0 => i _; apply: sumr_ge0 => l _; apply: mulr_ge0; rewrite ?sqr_ge0 //.
  apply: mulr_ge0; first exact: c0.
  by rewrite invr_ge0; exact: (mulr_ge0 two (pos _ _)).
case: eqP => [_|_]; first exact: (mulr_ge0 two (sqr_ge0 _)).
have [h|/ltW h] := lerP (t l) (t i).
  apply: mulr_ge0; first exact: (mulr_ge0 (mulr_ge0 (ler0n _ _) (le 2%N _ _ h)) (pos _ _)).
  by rewrite invr_ge0; exact: (mulr_ge0 two (le N _ _ h)).
apply: mulr_le0; first exact: (mulr_le0_ge0 (mulr_ge0_le0 (ler0n _ _) (ge 2%N _ _ h)) (pos _ _)).
by rewrite invr_le0; exact: (mulr_ge0_le0 two (ge N _ _ h)).
Qed.

Theorem root_speed_attained (D : 'M[F]_d) : D = Diag (fun i => D i i) ->
  N%:R^-1 * metric N (root_of U t) (root_of V t) (velocity D 0 0) (velocity D 0 0) =
  N%:R * (\sum_i (t i / (N%:R * sigma i) * D i i) ^+ 2).
Proof.
have s0 : skew_mx (0 : 'M[F]_d) by rewrite /skew_mx trmx0 oppr0.
move=> eD; rewrite rootsE (metric_svd_frame N0 oU oV t0 eD s0 s0 (erefl _)); congr (_ * _).
rewrite [X in _ + X + _]big1 ?addr0 => [|i _]; last first.
  by rewrite big1 // => l _; rewrite !mxE addr0 expr0n mulr0.
rewrite [X in _ + X]big1 ?addr0 // => i _.
by rewrite big1 // => l _; rewrite !mxE subr0 expr0n mulr0.
Qed.

End RootSpeed.
