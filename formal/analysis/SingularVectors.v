(** * Singular vectors along the gradient flow

    On an open interval let W' = - N A_{N,W}(G), W = U diag(r_i^N) V^T with r_i >= 0,
    U' = U alpha, V' = V beta.  With M = U^T G V, where r_i != r_l, i != l,
      alpha_il = - (M_il sigma_l + sigma_i M_li) / (r_l^2 - r_i^2),
      beta_il = - (M_il sigma_i + sigma_l M_li) / (r_l^2 - r_i^2);
    so both are zero if and only if M_il = M_li = 0.
    R is Coq's field of real numbers. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import Rstruct.
From Coquelicot Require Import Coquelicot.
From DLN Require Import Basics GeometricSum Operator.
From DLN Require Import Curves Frames.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope R_scope with coqR.
Local Open Scope ring_scope.

Section Pair.

Variable F : fieldType.
Add Ring vectors_ring : (ring_bridge F).

Lemma minus_multiple (a b g h m : F) : a * - (m * g) + b * - (m * h) = - ((g * a + b * h) * m).
Proof. by mcring F. Qed.

Lemma flow_pair (m p q g h a b : F) : m * (p - q) = a ^+ 2 - b ^+ 2 -> p != q -> a ^+ 2 != b ^+ 2 ->
  (a * - (m * g) + b * - (m * h)) / (a ^+ 2 - b ^+ 2) = - ((g * a + b * h) / (p - q)).
Proof.
move=> e pq ab; have pq0 : p - q != 0 by rewrite subr_eq0.
have ab0 : a ^+ 2 - b ^+ 2 != 0 by rewrite subr_eq0.
apply: (mulIf ab0); rewrite divfK // -e mulNr [m * (p - q)]mulrC mulrA divfK //.
exact: minus_multiple.
Qed.

Lemma pair_zero (g h a b : F) : g * a + b * h = 0 -> g * b + a * h = 0 ->
  g * (a ^+ 2 - b ^+ 2) = 0 /\ h * (a ^+ 2 - b ^+ 2) = 0.
Proof.
move=> e1 e2; split.
  transitivity (a * (g * a + b * h) - b * (g * b + a * h)); first by mcring F.
  by rewrite e1 e2 !mulr0 subr0.
transitivity (a * (g * b + a * h) - b * (g * a + b * h)); first by mcring F.
by rewrite e1 e2 !mulr0 subr0.
Qed.

End Pair.

Section Flow.

Variables (d N : nat) (W U V G alpha beta : R -> 'M[R]_d) (r : R -> 'I_d -> R) (a b : R).
Hypothesis N0 : (0 < N)%N.
Hypothesis oU : forall t, a < t -> t < b -> orthogonal (U t).
Hypothesis oV : forall t, a < t -> t < b -> orthogonal (V t).
Hypothesis eW : forall t, a < t -> t < b -> W t = U t *m Diag (fun i => r t i ^+ N) *m (V t)^T.
Hypothesis dW : forall t, a < t -> t < b ->
  is_derive_mx W t (- (N%:R *: Op N (root_of (U t) (r t)) (root_of (V t) (r t)) (G t))).
Hypothesis dU : forall t, a < t -> t < b -> is_derive_mx U t (U t *m alpha t).
Hypothesis dV : forall t, a < t -> t < b -> is_derive_mx V t (V t *m beta t).

Variable t : R.
Hypotheses (at_ : a < t) (tb : t < b).

Let M : 'M[R]_d := (U t)^T *m G t *m V t.
Let s (i : 'I_d) : R := r t i ^+ N.

Theorem vectors_along_flow i l : i != l -> 0 <= r t i -> 0 <= r t l -> r t i != r t l ->
  alpha t i l = - ((M i l * s l + s i * M l i) / (r t l ^+ 2 - r t i ^+ 2)) /\
  beta t i l = - ((M i l * s i + s l * M l i) / (r t l ^+ 2 - r t i ^+ 2)).
Proof.
move=> il ri rl ne.
pose H u : 'M[R]_d := (U u)^T *m (- (N%:R *: Op N (root_of (U u) (r u)) (root_of (V u) (r u)) (G u))) *m V u.
have dW' u : a < u -> u < b -> is_derive_mx W u (U u *m H u *m (V u)^T).
  by move=> au ub; rewrite /H !mulmxA (oU au ub) mul1mx (mulmx_orthKV (oV au ub)); exact: (dW au ub).
have ne2 k : (0 < k)%N -> r t l ^+ k != r t i ^+ k by move=> k0; rewrite eqr_expn2 // eq_sym.
have nes : s l ^+ 2 != s i ^+ 2 by rewrite /s -!exprM ne2 // muln_gt0 N0.
have [-> ->] := @singular_vector_velocities d W U V H alpha beta (fun u i => r u i ^+ N) a b
  oU oV eW dW' dU dV t at_ tb i l il nes.
have n0 : N%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
have HE k m : H t k m = - (N%:R * lambda N (r t) k m * M k m).
  have eG : G t = twist (U t) (V t) M.
    by rewrite -[LHS](twistKV (oU at_ tb) (oV at_ tb)) /twist trmxK.
  rewrite /H eG (Op_twist N (r t) (oU at_ tb) (oV at_ tb)) /twist mulmxN mulNmx mxE; congr (- _).
  rewrite -scalemxAr -scalemxAl mxE -mulrA; congr (_ * _).
  by rewrite !mulmxA (orthogonalT (oU at_ tb)) mul1mx (mulmx_orthK (oV at_ tb)) mxE.
have e : N%:R * lambda N (r t) l i * (r t l ^+ 2 - r t i ^+ 2) = s l ^+ 2 - s i ^+ 2.
  exact: lambda_difference.
rewrite !HE [lambda N (r t) i l]lambdaC -/(s i) -/(s l); split.
  by rewrite (flow_pair _ _ e) // ne2.
by rewrite addrC (flow_pair _ _ e) ?ne2 // addrC [s i * _]mulrC [_ * s l]mulrC.
Qed.

Theorem vectors_at_rest i l : i != l -> 0 <= r t i -> 0 <= r t l -> r t i != r t l ->
  (alpha t i l = 0 /\ beta t i l = 0) <-> (M i l = 0 /\ M l i = 0).
Proof.
move=> il ri rl ne; have [-> ->] := vectors_along_flow il ri rl ne.
split=> [[/eqP e1 /eqP e2]|[-> ->]]; last by rewrite !mul0r !mulr0 addr0 mul0r oppr0.
have ne2 k : (0 < k)%N -> r t l ^+ k - r t i ^+ k != 0.
  by move=> k0; rewrite subr_eq0 eqr_expn2 // eq_sym.
have nes : s l ^+ 2 - s i ^+ 2 != 0 by rewrite /s -!exprM ne2 // muln_gt0 N0.
move: e1 e2; rewrite !oppr_eq0 !mulf_eq0 invr_eq0 (negPf (ne2 2%N isT)) !orbF => /eqP e1 /eqP e2.
have [g0 h0] := pair_zero e1 e2; by split; apply: (mulIf nes); rewrite mul0r.
Qed.

End Flow.
