(** * The image of u_i v_i^T along a path                          (laplacian-of-matrix)

    Along the paths of OperatorDerivative.v, W' = U H V^T, the components of A_{N,W}(u_i v_i^T) in
    the frames of one time move with
      (2 - 2/N) sigma_i / sigma_i^(2/N) H_ii                         at u_i v_i^T,
      (sigma_i H_li + sigma_l H_il) (lambda_il - lambda_ii) / (sigma_l^2 - sigma_i^2)
                                                                     at u_l v_i^T,
    and with H_il and H_li exchanged at u_i v_l^T.  R is Coq's field of real numbers. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import Rstruct.
From Coquelicot Require Import Coquelicot.
From DLN Require Import Basics GeometricSum Operator.
From DLN Require Import Logarithms PairVelocities InfiniteDepth Curves Frames OperatorDerivative.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope R_scope with coqR.
Local Open Scope ring_scope.

Section Algebra.

Variable F : comRingType.
Add Ring operator_entries_ring : (ring_bridge F).

Lemma turn_apart (x e p q y z : F) : x * e * (p * y + q * z) = p * x * e * y + q * x * e * z.
Proof. mcring F. Qed.

Lemma own_moves (x v y c h : F) : x * v = 1 -> x ^+ 2 * y * (c * v * h) = c * (x * y) * h.
Proof. by move=> e; transitivity (x * v * (c * (x * y) * h)); [mcring F | rewrite e mul1r]. Qed.

End Algebra.

Section OperatorEntries.

Variables (d N : nat) (W U V H alpha beta : R -> 'M[R]_d) (s : R -> 'I_d -> R) (a b : R).
Hypothesis N0 : (0 < N)%N.
Hypothesis oU : forall t, a < t -> t < b -> orthogonal (U t).
Hypothesis oV : forall t, a < t -> t < b -> orthogonal (V t).
Hypothesis eW : forall t, a < t -> t < b -> W t = U t *m Diag (s t) *m (V t)^T.
Hypothesis s0 : forall t, a < t -> t < b -> forall i, 0 < s t i.
Hypothesis dec : forall t, a < t -> t < b -> forall i l : 'I_d, (i < l)%N -> s t l < s t i.
Hypothesis dW : forall t, a < t -> t < b -> is_derive_mx W t (U t *m H t *m (V t)^T).
Hypothesis dU : forall t, a < t -> t < b -> is_derive_mx U t (U t *m alpha t).
Hypothesis dV : forall t, a < t -> t < b -> is_derive_mx V t (V t *m beta t).

Variable t : R.
Hypotheses (at_ : a < t) (tb : t < b).

Let lam r i l : R := lambda N (fun i => nroot (s r i) N) i l.

(** A_{N,W(r)}(u_i v_i^T), with the vectors of time t, and its component at u_k v_m^T. *)
Let component i k m (r : R) : R :=
  ((U t)^T *m operator_at N U V s r (U t *m delta_mx i i *m (V t)^T) *m V t) k m.

Let eigen r : a < r -> r < b -> forall i l,
  operator_at N U V s r (U r *m delta_mx i l *m (V r)^T) = lam r i l *: (U r *m delta_mx i l *m (V r)^T).
Proof.
move=> ar rb i l; have := operator_spectrum N (fun i => nroot (s r i) N) (oU ar rb) (oV ar rb) i l.
by rewrite outerE.
Qed.

Let left_at i k m : left_turns H s lam t (delta_mx i i) k m =
  if (k == i) || (m != i) then 0
  else (lam t k i - lam t i i) / (s t k ^+ 2 - s t i ^+ 2) * (s t i * H t k i + s t k * H t i k).
Proof.
rewrite /left_turns (bigD1 i) //= big1 => [|j ji]; last by rewrite mxE (negPf ji) mulr0.
rewrite addr0 mxE eqxx /= (eq_sym i k).
case: (eqVneq m i) => [->|_]; last by rewrite orbT mulr0.
by rewrite orbF mulr1; case: eqP => _; rewrite ?mul0r.
Qed.

Let right_at i k m : right_turns H s lam t (delta_mx i i) k m =
  if (m == i) || (k != i) then 0
  else (lam t i m - lam t i i) / (s t m ^+ 2 - s t i ^+ 2) * (s t i * H t i m + s t m * H t m i).
Proof.
rewrite /right_turns (bigD1 i) //= big1 => [|j ji]; last by rewrite mxE (negPf ji) andbF mulr0.
rewrite addr0 mxE eqxx andbT (eq_sym i m).
case: (eqVneq k i) => [->|_]; last by rewrite orbT mulr0.
by rewrite orbF mulr1; case: eqP => _; rewrite ?mul0r.
Qed.

Theorem operator_own i :
  is_derive (component i i i) t
    ((2%:R - 2%:R / N%:R) * (s t i / nroot (s t i) N ^+ 2) * H t i i).
Proof.
have := operator_velocity_diagonal N0 oU oV eW s0 dec dW dU dV eigen at_ tb (delta_mx i i) i.
rewrite left_at right_at eqxx !addr0 mxE eqxx mulr1 /diagonal_velocity.
have p := s0 at_ tb i; have n0 : nroot (s t i) N ^+ 2 != 0 by rewrite expf_neq0 // gt_eqF ?nroot_gt0.
have -> : lam t i i = s t i ^+ 2 / nroot (s t i) N ^+ 2.
  apply: (mulIf n0); rewrite divfK // /lam lambda_diag ?pnatr_eq0 -?lt0n // -exprSr subn1 prednK //.
  by rewrite exprAC nroot_pow.
by rewrite (own_moves _ _ _ (mulfV _)) // gt_eqF.
Qed.

Theorem operator_rows i l : i != l ->
  is_derive (component i l i) t
    (s t i * (lam t i l - lam t i i) / (s t l ^+ 2 - s t i ^+ 2) * H t l i
     + s t l * (lam t i l - lam t i i) / (s t l ^+ 2 - s t i ^+ 2) * H t i l).
Proof.
rewrite eq_sym => il.
have := operator_velocity N0 oU oV eW s0 dec dW dU dV eigen at_ tb (delta_mx i i) il.
rewrite left_at right_at eqxx (negPf il) /= addr0 mxE (negPf il) mulr0 add0r.
by rewrite /lam (lambdaC N _ l) turn_apart.
Qed.

Theorem operator_columns i l : i != l ->
  is_derive (component i i l) t
    (s t i * (lam t i l - lam t i i) / (s t l ^+ 2 - s t i ^+ 2) * H t i l
     + s t l * (lam t i l - lam t i i) / (s t l ^+ 2 - s t i ^+ 2) * H t l i).
Proof.
move=> il; have li : l == i = false by rewrite eq_sym (negPf il).
have := operator_velocity N0 oU oV eW s0 dec dW dU dV eigen at_ tb (delta_mx i i) il.
rewrite left_at right_at eqxx li /= mxE li andbF mulr0 !add0r.
by rewrite turn_apart.
Qed.

End OperatorEntries.
