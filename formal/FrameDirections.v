(** * Directions of balanced factors in their frames   (jacobi-basis, orbit-volume)

    At the factors W_j = R_j Lambda R_{j-1}^T, Lambda = diag(t_i), the direction
      X_j = y_j R_j M R_j^T W_j - W_j y_{j-1} R_{j-1} M R_{j-1}^T
    is that of the frames, with a sequence y of numbers and a matrix M.  Those of two
    sequences and two matrices have the inner product
      sum_il M_il M'_il sum_j (t_l y_j - t_i y_{j-1}) (t_l z_j - t_i z_{j-1}),
    so that different e_il are orthogonal.  Where y_0 = y_N = 0 the product of the
    factors does not move, and lifts are orthogonal.  The lifts of R_N e_il R_0^T are
    orthogonal to each other, of squared length N lambda_il. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum Operator Pushforward Balancedness Gauge.
From DLN Require Import Orbit Roots SubmersionSpectrum.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Directions.

Variables (F : comRingType) (d N : nat) (Q : nat -> 'M[F]_d) (t : 'I_d -> F).
Hypothesis oQ : forall k, (k <= N)%N -> orthogonal (Q k).
Implicit Types (y z : nat -> F) (M : 'M[F]_d).
Add Ring directions_ring : (ring_bridge F).

Definition frame_direction y M (k : nat) : 'M[F]_d :=
  (y k *: (Q k *m M *m (Q k)^T)) *m factor Q t k
  - factor Q t k *m (y k.-1 *: (Q k.-1 *m M *m (Q k.-1)^T)).

(** The Gram form of e_il. *)
Definition pair_form y z (i l : 'I_d) : F :=
  \sum_(1 <= k < N.+1) (t l ^+ 2 * (y k * z k) + t i ^+ 2 * (y k.-1 * z k.-1)
                        - t i * t l * (y k * z k.-1 + y k.-1 * z k)).

Lemma frame_directionE y M k : (1 <= k <= N)%N ->
  frame_direction y M k =
  Q k *m (\matrix_(i, l) ((t l * y k - t i * y k.-1) * M i l)) *m (Q k.-1)^T.
Proof.
case/andP=> k1 kN; have ok := oQ kN; have op := oQ (leq_trans (leq_pred k) kN).
transitivity (Q k *m (y k *: (M *m Diag t) - y k.-1 *: (Diag t *m M)) *m (Q k.-1)^T).
  rewrite /frame_direction /factor mulmxBr mulmxBl -!scalemxAl -!scalemxAr -!scalemxAl.
  by rewrite !mulmxA !mulmx_orthK.
congr (_ *m _ *m _); apply/matrixP=> i l.
rewrite [LHS]mxE [X in X + _ = _]mxE [X in _ + X = _]mxE [X in _ - X = _]mxE mul_mx_DiagE mul_DiagE mxE.
move: (M i l) => m; mcring F.
Qed.

Theorem frame_direction_inner y z M M' :
  frob_tuple N (frame_direction y M) (frame_direction z M') =
  \sum_i \sum_l M i l * M' i l * pair_form y z i l.
Proof.
rewrite /frob_tuple (eq_big_nat _ _ (F2 := fun k => \sum_i \sum_l M i l * M' i l *
   (t l ^+ 2 * (y k * z k) + t i ^+ 2 * (y k.-1 * z k.-1)
    - t i * t l * (y k * z k.-1 + y k.-1 * z k)))).
  rewrite exchange_big; apply: eq_bigr => i _; rewrite exchange_big; apply: eq_bigr => l _.
  by rewrite -big_distrr.
move=> k kN; rewrite ltnS in kN; rewrite !frame_directionE //; case/andP: kN => k1 kN.
rewrite frob_orth; last 2 first.
- exact: oQ.
- by apply: oQ; exact: leq_trans (leq_pred k) kN.
rewrite frobE; apply: eq_bigr => i _; apply: eq_bigr => l _; rewrite !mxE; mcring F.
Qed.

Lemma sum_delta (i l k m : 'I_d) (f : 'I_d -> 'I_d -> F) :
  \sum_a \sum_b (delta_mx i l : 'M[F]_d) a b * (delta_mx k m : 'M[F]_d) a b * f a b =
  ((i == k) && (l == m))%:R * f i l.
Proof.
transitivity (frob (delta_mx i l) (\matrix_(a, b) ((delta_mx k m : 'M[F]_d) a b * f a b))).
  by rewrite frobE; apply: eq_bigr => a _; apply: eq_bigr => b _; rewrite [X in _ = _ * X]mxE mulrA.
by rewrite frob_delta !mxE.
Qed.

(** The directions of the e_il. *)
Theorem gauge_inner_products y z (i l k m : 'I_d) :
  frob_tuple N (frame_direction y (delta_mx i l)) (frame_direction z (delta_mx k m)) =
  ((i == k) && (l == m))%:R * pair_form y z i l.
Proof. by rewrite frame_direction_inner sum_delta. Qed.

(** The directions of e_il + c e_li. *)
Lemma pair_inner_products y z (c c' : F) (i l : 'I_d) : i != l ->
  frob_tuple N (frame_direction y (delta_mx i l + c *: delta_mx l i))
               (frame_direction z (delta_mx i l + c' *: delta_mx l i)) =
  pair_form y z i l + c * c' * pair_form y z l i.
Proof.
move=> il; rewrite frame_direction_inner.
have entry (x : F) a b : (delta_mx i l + x *: delta_mx l i : 'M[F]_d) a b =
    (delta_mx i l : 'M[F]_d) a b + x * (delta_mx l i : 'M[F]_d) a b.
  by rewrite mxE [X in _ + X]mxE.
transitivity (\sum_a \sum_b (delta_mx i l : 'M[F]_d) a b * (delta_mx i l : 'M[F]_d) a b * pair_form y z a b
  + c' * (\sum_a \sum_b (delta_mx i l : 'M[F]_d) a b * (delta_mx l i : 'M[F]_d) a b * pair_form y z a b)
  + c * (\sum_a \sum_b (delta_mx l i : 'M[F]_d) a b * (delta_mx i l : 'M[F]_d) a b * pair_form y z a b)
  + c * c' * (\sum_a \sum_b (delta_mx l i : 'M[F]_d) a b * (delta_mx l i : 'M[F]_d) a b * pair_form y z a b)).
  rewrite !big_distrr -!big_split; apply: eq_bigr => a _ /=.
  rewrite !big_distrr -!big_split; apply: eq_bigr => b _ /=.
  rewrite !entry; move: (delta_mx i l a b) (delta_mx l i a b) (pair_form y z a b) => p q r.
  mcring F.
rewrite !sum_delta !eqxx (negPf il) eq_sym (negPf il) /= !mul0r !mulr0 !addr0 !mul1r.
by [].
Qed.

Lemma pair_formC y z i l : pair_form y z i l = pair_form z y i l.
Proof. by apply: eq_bigr => k _; mcring F. Qed.

Lemma pair_form_sum (I : finType) z (a : I -> F) (b : I -> nat -> F) i l :
  pair_form z (fun m => \sum_k a k * b k m) i l = \sum_k a k * pair_form z (b k) i l.
Proof.
rewrite /pair_form (eq_bigr (fun m => \sum_k a k * (t l ^+ 2 * (z m * b k m)
  + t i ^+ 2 * (z m.-1 * b k m.-1) - t i * t l * (z m * b k m.-1 + z m.-1 * b k m)))); last first.
  move=> m _; rewrite !big_distrr -!big_split /= !big_distrr -sumrB /= -?big_split.
  by rewrite -?sumrB; apply: eq_bigr => k _; mcring F.
by rewrite exchange_big; apply: eq_bigr => k _; rewrite -big_distrr.
Qed.

(** Sequences whose neighbours add up to c times the entry, with vanishing ends. *)
Theorem pair_form_waves (c : F) y z i l :
  y 0%N = 0 -> z 0%N = 0 -> y N = 0 -> z N = 0 ->
  (forall k, y k.+2 + y k = c * y k.+1) ->
  pair_form y z i l =
  (t i ^+ 2 + t l ^+ 2 - c * (t i * t l)) * \sum_(1 <= k < N.+1) y k * z k.
Proof.
rewrite /pair_form !big_add1 /=; case: N => [|n] y0 z0 yN zN h.
  by rewrite !big_geq // mulr0.
have A0 : \sum_(0 <= k < n.+1) y k.+1 * z k.+1 = \sum_(0 <= k < n) y k.+1 * z k.+1.
  by rewrite big_nat_recr //= yN mul0r addr0.
have A1 : \sum_(0 <= k < n.+1) y k * z k = \sum_(0 <= k < n) y k.+1 * z k.+1.
  by rewrite big_nat_recl // y0 mul0r add0r.
have A2 : \sum_(0 <= k < n.+1) (y k.+1 * z k + y k * z k.+1) =
    c * \sum_(0 <= k < n) y k.+1 * z k.+1.
  rewrite big_split /= big_nat_recl // z0 mulr0 add0r [X in _ + X]big_nat_recr //= zN mulr0 addr0.
  rewrite -big_split big_distrr; apply: eq_bigr => k _ /=.
  by rewrite -mulrDl h mulrA.
rewrite A0 sumrB big_split /= -!big_distrr /= A0 A1 A2.
by move: (\sum_(0 <= k < n) _) => s; mcring F.
Qed.

(** The product of the factors does not move. *)
Theorem frame_direction_vertical y M : y 0%N = 0 -> y N = 0 ->
  dphi (factor Q t) N (frame_direction y M) = 0.
Proof.
move=> y0 yN.
have e : forall k, (k <= N)%N -> dphi (factor Q t) k (frame_direction y M) =
    (y k *: (Q k *m M *m (Q k)^T)) *m phi (factor Q t) k.
  elim=> [|k IH] kN; first by rewrite /dphi big_geq // y0 scale0r mul0mx.
  rewrite dphiS IH ?(ltnW kN) // {1}/frame_direction /= mulmxBl !mulmxA.
  by rewrite addrAC -addrA subrr addr0.
by rewrite e // yN scale0r mul0mx.
Qed.

Theorem lift_across_directions y M Z : y 0%N = 0 -> y N = 0 ->
  frob_tuple N (dphi_adj (factor Q t) N Z) (frame_direction y M) = 0.
Proof. by move=> y0 yN; rewrite -dphi_adjoint frame_direction_vertical // frob0r. Qed.

End Directions.

Section Lifts.

Variables (R : rcfType) (d N : nat) (Q : nat -> 'M[R]_d) (t : 'I_d -> R).
Hypotheses (N0 : (0 < N)%N) (oQ : forall k, orthogonal (Q k)) (t0 : forall i, 0 < t i).

Let corner i l : 'M[R]_d := Q N *m delta_mx i l *m (Q 0%N)^T.

Lemma corner_lift_inner i l k m :
  frob_tuple N (dphi_adj (factor Q t) N (corner i l)) (dphi_adj (factor Q t) N (corner k m)) =
  ((i == k) && (l == m))%:R * (N%:R * lambda N t i l).
Proof.
have bal : balanced (factor Q t) N by exact: factor_balanced.
have eW : phi (factor Q t) N = Q N *m Diag (fun i => t i ^+ N) *m (Q 0%N)^T by exact: factor_product.
have e a b : corner a b = outer (Q N) (Q 0%N) a b by rewrite /outer outerE.
rewrite !e (lift_inner_products N0 bal (oQ N) (oQ 0%N) eW) Op_outer //.
rewrite !frobZr (outer_inner (oQ N) (oQ 0%N)).
by case: eqP => [<-|_]; case: eqP => [<-|_]; rewrite ?mulr0 ?mul0r ?mulr1 ?mul1r.
Qed.

Theorem lifts_distinct i l k m : t i != t l ->
  frob_tuple N (dphi_adj (factor Q t) N (Q N *m delta_mx i l *m (Q 0%N)^T))
               (dphi_adj (factor Q t) N (Q N *m delta_mx k m *m (Q 0%N)^T)) =
  ((i == k) && (l == m))%:R *
  (((t i ^+ N) ^+ 2 - (t l ^+ N) ^+ 2) / (t i ^+ 2 - t l ^+ 2)).
Proof.
move=> ne; rewrite corner_lift_inner; congr (_ * _).
have ne2 : t i ^+ 2 - t l ^+ 2 != 0 by rewrite subr_eq0 eqr_expn2 ?ltW.
by apply: (mulIf ne2); rewrite divfK // lambda_difference // pnatr_eq0 -lt0n.
Qed.

Theorem lifts_coincident i l k m : t i = t l ->
  frob_tuple N (dphi_adj (factor Q t) N (Q N *m delta_mx i l *m (Q 0%N)^T))
               (dphi_adj (factor Q t) N (Q N *m delta_mx k m *m (Q 0%N)^T)) =
  ((i == k) && (l == m))%:R * (N%:R * (t i ^+ 2) ^+ (N - 1)).
Proof.
move=> e; rewrite corner_lift_inner; congr (_ * (_ * _)).
by rewrite lambda_coincident ?e // pnatr_eq0 -lt0n.
Qed.

End Lifts.
