(** * Components of the flow of the product  (end-to-end-flow, weight-decay-balances, recap)

    The gradient flow W_j' = - g_j on an open interval around 0, balanced at time 0, is
    balanced at every time, before 0 too.  The components of the velocity of the product
    W = U diag(t_i^N) V^T along u_i v_l^T are then
      - (sigma_i^2 - sigma_l^2) / (sigma_i^(2/N) - sigma_l^(2/N)) (U^T G V)_il,
      - N sigma_i^(2-2/N) (U^T G V)_il   at sigma_i = sigma_l,
    with U and V those of one time.  At width one that is W' = - N sigma^(2-2/N) G.
    With weight decay the defect of balance has the derivative - 2 mu times itself.
    R is Coq's field of real numbers. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import Rstruct.
From Coquelicot Require Import Coquelicot.
From DLN Require Import Basics GeometricSum Operator Pushforward Balancedness.
From DLN Require Import Roots SubmersionSpectrum Gauge.
From DLN Require Import Curves Solutions.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope R_scope with coqR.
Local Open Scope ring_scope.

Theorem weight_decay_derivative d N (W : R -> nat -> 'M[R]_d) (G : R -> 'M[R]_d) (mu t : R) j :
  (1 <= j < N)%N ->
  (forall k, is_derive_mx (fun s => W s k) t (flow (W t) N (G t) k - mu *: W t k)) ->
  is_derive_mx (fun s => defect (W s) j) t (- ((mu + mu) *: defect (W t) j)).
Proof.
move=> jN hW; have h1 := hW j.+1; have h2 := hW j.
have := is_derive_submx (is_derive_mulmx (is_derive_trmx h1) h1)
                        (is_derive_mulmx h2 (is_derive_trmx h2)).
have e := @weight_decay_defect _ d N (W t) (G t) mu j jN; rewrite /= in e.
by rewrite /flow e.
Qed.

Section Flow.

Variables (d N : nat) (W : R -> nat -> 'M[R]_d) (G : R -> 'M[R]_d) (a b : R).
Hypotheses (N0 : (0 < N)%N) (a0 : a < 0) (b0 : 0 < b) (start : balanced (W 0) N).
Hypothesis hW : forall t k, a < t -> t < b ->
  is_derive_mx (fun s => W s k) t (flow (W t) N (G t) k).

Theorem balanced_at_all_times t : a < t -> t < b -> balanced (W t) N.
Proof.
move=> at_ tb j jN; apply/eqP; rewrite -subr_eq0; apply/eqP.
have b1 : (W 0 j.+1)^T *m W 0 j.+1 - W 0 j *m (W 0 j)^T = 0 by rewrite start // subrr.
have [t0|t0] := leP 0 t.
  rewrite (@balance_conserved d N W G t) ?t0 ?lexx // => r k /andP[r0 rt].
  by apply: hW; [exact: lt_le_trans a0 r0 | exact: le_lt_trans rt tb].
(* the flow from time t on *)
have := @balance_conserved d N (fun r => W (r + t)%R) (fun r => G (r + t)%R) (- t) j jN.
have shift r k : 0 <= r <= - t ->
    is_derive_mx (fun u => W (u + t)%R k) r (flow (W (r + t)%R) N (G (r + t)%R) k).
  case/andP=> r0 rt i l.
  have d1 : is_derive (fun u : R => u + t) r (1 : R).
    by rewrite -[X in is_derive _ _ X]addr0; apply: (@is_derive_plus R_AbsRing R_NormedModule id (fun=> t) r) (is_derive_id _) (is_derive_const _ _).
  have ar : a < r + t by apply: lt_le_trans at_ _; rewrite ler_addr.
  have rb : r + t < b by apply: le_lt_trans b0; rewrite -ler_subr_addr sub0r.
  have := @is_derive_comp R_AbsRing R_NormedModule (fun u => W u k i l) (fun u => u + t) r _ _ (hW k ar rb i l) d1.
  by rewrite /scal /= /mult /= Rmult_1_l.
move/(_ shift (- t)); rewrite lexx oppr_ge0 (ltW t0) => /(_ isT); rewrite /= addNr add0r b1.
by move/esym.
Qed.

Theorem product_velocity t : a < t -> t < b ->
  is_derive_mx (fun s => phi (W s) N) t
    (- (N%:R *: Op N (W t N *m (W t N)^T) ((W t 1%N)^T *m W t 1%N) (G t))).
Proof.
move=> at_ tb; rewrite -end_to_end_flow ?pnatr_eq0 -?lt0n //; last exact: balanced_at_all_times.
by apply: is_derive_phi => k; exact: hW.
Qed.

Section Components.

Variables (t : R) (U V : 'M[R]_d) (r : 'I_d -> R).
Hypotheses (at_ : a < t) (tb : t < b) (oU : orthogonal U) (oV : orthogonal V).
Hypotheses (r0 : forall i, 0 <= r i) (eW : phi (W t) N = U *m Diag (fun i => r i ^+ N) *m V^T).

Lemma component_velocity i l :
  is_derive (fun s => (U^T *m phi (W s) N *m V) i l) t
    (- (N%:R * lambda N r i l * (U^T *m G t *m V) i l)).
Proof.
have bal := balanced_at_all_times at_ tb; have c (M : 'M[R]_d) : is_derive_mx (fun=> M) t 0.
  by move=> j k; rewrite mxE; exact: is_derive_const.
have := is_derive_mulmx (is_derive_mulmx (c U^T) (product_velocity at_ tb)) (c V) i l.
rewrite mulmx0 addr0 mul0mx add0r (root_left N0 bal oU oV eW) (root_right N0 bal oU oV eW).
set X := (X in is_derive _ _ X); suff -> : X = - (N%:R * lambda N r i l * (U^T *m G t *m V) i l) by [].
rewrite /X -{1}(twistKV oU oV (G t)) Op_twist // mulmxN mulNmx -scalemxAr -scalemxAl.
have := twistK oU oV (entrywise (lambda N r) (twist U^T V^T (G t))); rewrite {1}/twist trmxK => ->.
by rewrite mxE [X in - X]mxE [entrywise _ _ i l]mxE /twist trmxK mulrA.
Qed.

Theorem component_distinct i l : r i != r l ->
  is_derive (fun s => (U^T *m phi (W s) N *m V) i l) t
    (- (((r i ^+ N) ^+ 2 - (r l ^+ N) ^+ 2) / (r i ^+ 2 - r l ^+ 2) * (U^T *m G t *m V) i l)).
Proof.
move=> ne; have := component_velocity i l; rewrite lambda_closed_form; last by rewrite eqr_expn2.
by rewrite mulrA divff ?mul1r // pnatr_eq0 -lt0n.
Qed.

Theorem component_coincident i l : r i = r l ->
  is_derive (fun s => (U^T *m phi (W s) N *m V) i l) t
    (- (N%:R * (r i ^+ 2) ^+ (N - 1) * (U^T *m G t *m V) i l)).
Proof.
by move=> e; have := component_velocity i l; rewrite lambda_coincident ?e // pnatr_eq0 -lt0n.
Qed.

End Components.
End Flow.

(** At width one: sigma = W = r^N > 0. *)
Theorem rate_at_width_one N (W : R -> nat -> 'M[R]_1) (G : R -> 'M[R]_1) (a b t r : R) :
  (0 < N)%N -> a < 0 -> 0 < b -> balanced (W 0) N ->
  (forall t k, a < t -> t < b -> is_derive_mx (fun s => W s k) t (flow (W t) N (G t) k)) ->
  a < t -> t < b -> 0 < r -> phi (W t) N 0 0 = r ^+ N ->
  is_derive (fun s => phi (W s) N 0 0) t (- (N%:R * (r ^+ 2) ^+ (N - 1) * G t 0 0)).
Proof.
move=> N0 a0 b0 start hW at_ tb r0 e.
have o1 : orthogonal (1%:M : 'M[R]_1) := orthogonal1 _ _.
have eW : phi (W t) N = 1%:M *m Diag (fun=> r ^+ N) *m 1%:M^T.
  by apply/matrixP=> i l; rewrite !ord1 mul1mx trmx1 mulmx1 DiagE.
have := @component_coincident _ N W G a b N0 a0 b0 start hW t 1%:M 1%:M (fun=> r) at_ tb o1 o1 eW 0 0 erefl.
rewrite trmx1 mul1mx mulmx1; apply: is_derive_ext => s; by rewrite mul1mx mulmx1.
Qed.
