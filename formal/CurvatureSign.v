(** * The curvature of the planes of a pair of singular values     (curvature-sign)

    With x_i = sigma_i^(2/N) = t_i^2 and h_k(i,l) = sum_j x_i^(k-j) x_l^(j-1), the sectional
    curvatures of two planes with a diagonal direction are apart by theta_il / N, where

      theta_il = 2 sigma_i sigma_l (x_i + x_l) sum_{k<N} h_k h_{N-k} / (x_i x_l h_N^2)

    (that they are is measured by the claim, not stated here).  Its closed forms, at different
    values and at a coincidence; the signs of two planes; one factor and two. *)

From Coq Require Import Field.
From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum CurvatureSums ScalarCurvature.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Sums.

Variable R : comRingType.
Implicit Types a b : R.
Add Ring split_ring : (ring_bridge R).

(** sum_{k=1}^{N-1} h_k(a,b) h_{N-k}(a,b) *)
Definition split_sum N a b : R :=
  \sum_(1 <= k < N) geom k a b * geom (N - k) a b.

Lemma split_partial n m a b :
  (a - b) ^+ 3 * (\sum_(1 <= k < n.+1) geom k a b * geom (n + m - k) a b) =
  n%:R * (a - b) * (a ^+ (n + m) + b ^+ (n + m))
  - a * b ^+ m * (a ^+ n - b ^+ n) - b * a ^+ m * (a ^+ n - b ^+ n).
Proof.
elim: n m => [|n IH] m; first by rewrite big_geq // !expr0; mcring R.
rewrite big_nat_recr //= mulrDr addSnnS IH -addSnnS.
have -> : (n.+1 + m - n.+1)%N = m by rewrite addnC addnK.
have -> x y : (a - b) ^+ 3 * (x * y) = (a - b) * ((a - b) * x) * ((a - b) * y) by mcring R.
rewrite !geometric_sum !exprS !exprD !mulrS.
by move: (a ^+ n) (b ^+ n) (a ^+ m) (b ^+ m) (n%:R) => p q u v z; mcring R.
Qed.

Lemma split_apart n a b :
  (a - b) ^+ 3 * split_sum n.+1 a b =
  n.+1%:R * (a - b) * (a ^+ n.+1 + b ^+ n.+1) - (a + b) * (a ^+ n.+1 - b ^+ n.+1).
Proof.
rewrite /split_sum; have := split_partial n 1 a b; rewrite addn1 => ->.
by rewrite !exprS mulrS; move: (a ^+ n) (b ^+ n) (n%:R) => p q z; mcring R.
Qed.

Lemma split_same_partial n m a :
  6%:R * (a ^+ 2 * \sum_(1 <= k < n.+1) geom k a a * geom (n + m - k) a a) =
  n%:R * (n%:R + 1) * (3%:R * m%:R + n%:R - 1) * a ^+ (n + m).
Proof.
elim: n m => [|n IH] m; first by rewrite big_geq //; mcring R.
rewrite big_nat_recr //= mulrDr mulrDr addSnnS IH -addSnnS.
have -> : (n.+1 + m - n.+1)%N = m by rewrite addnC addnK.
rewrite geom_same; case: m => [|m].
  by rewrite geom0 !exprD !exprS !mulrS; move: (a ^+ n) (n%:R) => p z; mcring R.
rewrite geom_same !exprD !exprS !mulrS.
by move: (a ^+ n) (a ^+ m) (n%:R) (m%:R) => p q z w; mcring R.
Qed.

Lemma split_same n a :
  6%:R * (a ^+ 2 * split_sum n.+1 a a) =
  n.+1%:R * (n.+1%:R ^+ 2 - 1) * a ^+ n.+1.
Proof.
rewrite /split_sum; have := split_same_partial n 1 a; rewrite addn1 => ->.
by rewrite !mulrS; move: (a ^+ n.+1) (n%:R) => p z; mcring R.
Qed.

Lemma split_sum1 a b : split_sum 1 a b = 0.
Proof. by rewrite /split_sum big_geq. Qed.

End Sums.

(** theta_il at a = x_i, b = x_l, c = sigma_i sigma_l. *)
Definition split_at (F : fieldType) N (a b c : F) : F :=
  2%:R * c * (a + b) * split_sum N a b / (a * b * geom N a b ^+ 2).

Section Algebra.

Variables (F : fieldType) (N : nat).
Hypotheses (N0 : (0 < N)%N) (n0 : N%:R != 0 :> F).
Implicit Types a b c : F.
Add Field sign_field : (field_bridge F).

Let quotient (c x y : F) : c != 0 -> c * x = y -> x = y / c.
Proof. by move=> c0 <-; rewrite mulrAC mulfV ?mul1r. Qed.

Lemma split_at_apart a b c : a != 0 -> b != 0 -> a - b != 0 -> a ^+ N - b ^+ N != 0 ->
  split_at N a b c =
  2%:R * c * (a + b) / (a * b * (a ^+ N - b ^+ N))
  * (N%:R * (a ^+ N + b ^+ N) / (a ^+ N - b ^+ N) - (a + b) / (a - b)).
Proof.
move=> a0 b0 ab pq; rewrite /split_at.
have := split_apart N.-1 a b; rewrite prednK //.
move/(quotient (expf_neq0 3 ab)) => ->.
have -> := quotient ab (geometric_sum N a b).
by move: (a ^+ N) (b ^+ N) (N%:R : F) pq => p q n pq; mcfield F.
Qed.

Lemma split_at_same a : a != 0 -> 2%:R != 0 :> F -> 3%:R != 0 :> F ->
  split_at N a a (a ^+ N) = 2%:R * (N%:R ^+ 2 - 1) / (3%:R * (N%:R * a)).
Proof.
move=> a0 t0 h0; rewrite /split_at -{3}(prednK N0) geom_same prednK //.
have c0 : 2%:R * 3%:R * a ^+ 2 != 0 by rewrite !mulf_neq0 // expf_neq0.
have := split_same N.-1 a; rewrite prednK // mulrA -[6%N]/(2 * 3)%N natrM.
move=> /(quotient c0) ->.
have -> : a ^+ N = a * a ^+ N.-1 by rewrite -exprS prednK.
move: (a ^+ N.-1) (expf_neq0 N.-1 a0) (N%:R : F) n0 => p p0 n nn.
have -> : a + a = 2%:R * a by mcring F.
by move: (2%:R : F) t0 (3%:R : F) h0 => two t0 three h0; mcfield F.
Qed.

Lemma split_at_two a b : a != 0 -> b != 0 -> a + b != 0 ->
  split_at 2 a b (a * b) = 2%:R * (1 / (a + b)).
Proof.
move=> a0 b0 ab; rewrite /split_at /split_sum big_nat1 !geom1 mulr1.
have -> : geom 2 a b = a + b by rewrite geom_ord !big_ord_recl big_ord0 /= addr0 mulr1 mul1r.
by mcfield F.
Qed.

End Algebra.

Section Curvature.

Variables (F : realFieldType) (d N : nat) (t : 'I_d -> F).
Hypotheses (N0 : (0 < N)%N) (t0 : forall i, 0 < t i).
Implicit Types i l : 'I_d.

Definition pair_split i l : F := split_at N (t i ^+ 2) (t l ^+ 2) (t i ^+ N * t l ^+ N).

Let n0 : N%:R != 0 :> F.
Proof. by rewrite pnatr_eq0 -lt0n. Qed.

Let x_gt0 i : 0 < t i ^+ 2.
Proof. exact: exprn_gt0. Qed.

Let x0 i : t i ^+ 2 != 0.
Proof. exact: lt0r_neq0. Qed.

Theorem curvature_split i l : t i != t l ->
  pair_split i l =
  2%:R * (t i ^+ N * t l ^+ N) * (t i ^+ 2 + t l ^+ 2)
  / (t i ^+ 2 * t l ^+ 2 * ((t i ^+ 2) ^+ N - (t l ^+ 2) ^+ N))
  * (N%:R * ((t i ^+ 2) ^+ N + (t l ^+ 2) ^+ N) / ((t i ^+ 2) ^+ N - (t l ^+ 2) ^+ N)
     - (t i ^+ 2 + t l ^+ 2) / (t i ^+ 2 - t l ^+ 2)).
Proof.
move=> ne; have ne2 : t i ^+ 2 != t l ^+ 2 by rewrite eqr_expn2 ?ltW.
by apply: split_at_apart => //; rewrite subr_eq0 // (eqr_expn2 N0) ?sqr_ge0.
Qed.

Theorem curvature_split_coincident i l : t i = t l ->
  pair_split i l = 2%:R * (N%:R ^+ 2 - 1) / (3%:R * (N%:R * t i ^+ 2)).
Proof.
move=> e; rewrite /pair_split -e -exprD addnn -mul2n exprM.
by rewrite split_at_same // pnatr_eq0.
Qed.

Let split_gt0 i l : (1 < N)%N -> 0 < pair_split i l.
Proof.
move=> N1; have [xi xl] := (x_gt0 i, x_gt0 l).
have geom_pos k : (0 < k)%N -> 0 < geom k (t i ^+ 2) (t l ^+ 2).
  by move=> k0; rewrite geom_gt0 ?ltW.
apply: divr_gt0; last by rewrite !mulr_gt0 ?exprn_gt0 ?geom_pos.
apply: mulr_gt0; first by rewrite !mulr_gt0 ?exprn_gt0 ?ltr0n ?addr_gt0.
rewrite /split_sum big_ltn //; apply: ltr_spaddl.
  by rewrite mulr_gt0 ?geom_pos ?subn_gt0.
by apply: sumr_ge0 => k _; rewrite mulr_ge0 ?geom_ge0 ?ltW.
Qed.

Theorem curvature_negative i l : (1 < N)%N -> - pair_curvature N t i l / (2%:R * N%:R) < 0.
Proof.
move=> N1; rewrite mulNr oppr_lt0; apply: divr_gt0; last by rewrite mulr_gt0 ?ltr0n.
exact: curvature_pair_positive.
Qed.

Theorem curvature_positive i l : (1 < N)%N ->
  0 < (pair_curvature N t i l + pair_split i l) / (2%:R * N%:R).
Proof.
move=> N1; apply: divr_gt0; last by rewrite mulr_gt0 ?ltr0n.
by rewrite addr_gt0 ?split_gt0 // curvature_pair_positive.
Qed.

Theorem curvature_split_flat i l : N = 1%N -> pair_split i l = 0.
Proof. by move=> e; rewrite /pair_split /split_at e split_sum1 mulr0 mul0r. Qed.

Theorem curvature_split_two_factors i l : N = 2%N ->
  pair_split i l = 2%:R * pair_curvature N t i l.
Proof.
move=> e; rewrite curvature_two_factors // /pair_split e split_at_two //.
by apply: lt0r_neq0; rewrite addr_gt0.
Qed.

End Curvature.
