(** * Along solutions of the gradient flow            (balancedness, end-to-end-flow)

    W_j' = - (W_N ... W_{j+1})^T G (W_{j-1} ... W_1)^T on [0, T], with any G(t).
    Then W_{j+1}^T W_{j+1} - W_j W_j^T is constant on [0, T], and if the factors are
    balanced at time 0 their product W = W_N ... W_1 solves W' = - N A_{N,W}(G).
    With weight decay, W_j' = - g_j - mu W_j, the defect of balance is its value at
    time 0 times e^(-2 mu t).
    R is Coq's field of real numbers; that there are solutions is not proved. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import Rstruct.
From Coquelicot Require Import Coquelicot.
From DLN Require Import Basics GeometricSum Operator Pushforward Balancedness Gauge.
From DLN Require Import Growth Curves.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope R_scope with coqR.
Local Open Scope ring_scope.

Theorem balance_conserved d N (W : R -> nat -> 'M[R]_d) (G : R -> 'M[R]_d) (T : R) j :
  (1 <= j < N)%N ->
  (forall t k, 0 <= t <= T -> is_derive_mx (fun s => W s k) t (flow (W t) N (G t) k)) ->
  forall t, 0 <= t <= T ->
  (W t j.+1)^T *m W t j.+1 - W t j *m (W t j)^T =
  (W 0 j.+1)^T *m W 0 j.+1 - W 0 j *m (W 0 j)^T.
Proof.
move=> jN hW.
apply: (@constant_mx d (fun t => (W t j.+1)^T *m W t j.+1 - W t j *m (W t j)^T)) => t tT.
have h1 := hW t j.+1 tT; have h2 := hW t j tT.
have := is_derive_submx (is_derive_mulmx (is_derive_trmx h1) h1)
                        (is_derive_mulmx h2 (is_derive_trmx h2)).
set D := (X in is_derive_mx _ _ X); suff -> : D = 0 by [].
rewrite /D /flow !linearN /= ?mulNmx ?mulmxN -!opprD.
by rewrite (dphi_adj_tangent (W t) (G t) jN) subrr oppr0.
Qed.

(** The product of a curve of factors moves with dphi. *)
Lemma is_derive_phi d (W : R -> nat -> 'M[R]_d) (X : nat -> 'M[R]_d) t N :
  (forall k, is_derive_mx (fun s => W s k) t (X k)) ->
  is_derive_mx (fun s => phi (W s) N) t (dphi (W t) N X).
Proof.
move=> h; elim: N => [|N IH].
  rewrite /dphi big_geq // => i l; rewrite [(0 : 'M_d) i l]mxE; exact: is_derive_const.
by rewrite dphiS; apply: (is_derive_mulmx (h N.+1) IH).
Qed.

Theorem end_to_end_solution d N (W : R -> nat -> 'M[R]_d) (G : R -> 'M[R]_d) (T : R) :
  (0 < N)%N -> balanced (W 0) N ->
  (forall t k, 0 <= t <= T -> is_derive_mx (fun s => W s k) t (flow (W t) N (G t) k)) ->
  forall t, 0 <= t <= T ->
  is_derive_mx (fun s => phi (W s) N) t
    (- (N%:R *: Op N (W t N *m (W t N)^T) ((W t 1%N)^T *m W t 1%N) (G t))).
Proof.
move=> N0 b0 hW t tT; rewrite -end_to_end_flow ?pnatr_eq0 -?lt0n //; last first.
  move=> j jN; apply/eqP; rewrite -subr_eq0 (balance_conserved jN hW tT).
  by rewrite b0 // subrr.
by apply: is_derive_phi => k; exact: hW.
Qed.

Theorem weight_decay_balances d N (W : R -> nat -> 'M[R]_d) (G : R -> 'M[R]_d) (mu T : R) j :
  (1 <= j < N)%N ->
  (forall t k, 0 <= t <= T ->
     is_derive_mx (fun s => W s k) t (flow (W t) N (G t) k - mu *: W t k)) ->
  forall t, 0 <= t <= T ->
  defect (W t) j = exp (- ((mu + mu) * t))%R *: defect (W 0) j.
Proof.
move=> jN hW t /andP[/RleP t0 /RleP tT]; apply/matrixP=> i l; rewrite [RHS]mxE.
apply: (@linear_decay (fun s => defect (W s) j i l) (mu + mu) T) => // s [/RleP s0 /RleP sT].
have sI : 0 <= s <= T by rewrite s0.
have h1 := hW s j.+1 sI; have h2 := hW s j sI.
have := is_derive_submx (is_derive_mulmx (is_derive_trmx h1) h1)
                        (is_derive_mulmx h2 (is_derive_trmx h2)).
have e := @weight_decay_defect _ d N (W s) (G s) mu j jN; rewrite /= in e.
rewrite /flow e => /(_ i l); by rewrite !mxE.
Qed.
