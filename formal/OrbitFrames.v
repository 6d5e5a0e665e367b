(** * The frames of balanced factors                        (orbit-volume, coarea)

    Balanced factors of W = U diag(t_i^N) V^T of full rank, t_i > 0, are
      W_j = Q_j diag(t_i) Q_{j-1}^T   with   Q_j = W_j ... W_1 V diag(t_i^(-j))
    orthogonal, Q_0 = V and Q_N = U: no other factors are balanced.
    In the coordinates (t, Q_0, ..., Q_N) the direction in which a value moves is
    orthogonal to those in which a frame turns. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum Operator Pushforward Balancedness.
From DLN Require Import Roots Jacobian Orbit Coarea.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Frames.

Variables (R : rcfType) (d N : nat) (W : nat -> 'M[R]_d) (U V : 'M[R]_d) (t : 'I_d -> R).
Hypotheses (N0 : (0 < N)%N) (bal : balanced W N).
Hypotheses (oU : orthogonal U) (oV : orthogonal V) (t0 : forall i, 0 < t i).
Hypothesis eW : phi W N = U *m Diag (fun i => t i ^+ N) *m V^T.

Definition frame (j : nat) : 'M[R]_d := phi W j *m V *m Diag (fun i => t i ^- j).

Lemma Diag_inverse j : Diag (fun i => t i ^+ j) *m Diag (fun i => t i ^- j) = 1%:M :> 'M[R]_d.
Proof.
by rewrite Diag_mul -Diag1; apply: eq_Diag => i; rewrite mulfV // expf_neq0 // gt_eqF.
Qed.

Theorem frames_orthogonal j : (j <= N)%N -> (frame j)^T *m frame j = 1%:M.
Proof.
move=> jN; have e : (phi W j)^T *m phi W j = V *m Diag (fun i => (t i ^+ 2) ^+ j) *m V^T.
  rewrite -mpow_root //; case: j jN => [|j] jN; first by rewrite /= trmx1 mulmx1.
  have := @below_key _ _ W N bal j.+1 0; rewrite jN mulmx1 addn0 => -> //; congr (mpow _ _).
  apply: (balanced_root_right N0 bal (psd_root_of _ _)).
  by rewrite (svd_gram_right oU oV eW).
rewrite /frame !trmx_mul Diag_tr !mulmxA -(mulmxA _ (phi W j)^T) e !mulmxA.
rewrite mulmx_orthK // -(mulmxA _ V^T) orthogonalT // mulmx1 !Diag_mul -Diag1.
apply: eq_Diag => i; rewrite -exprM mulnC exprM expr2 mulrA mulVf ?mul1r ?mulfV //.
  by rewrite expf_neq0 // gt_eqF.
by rewrite expf_neq0 // gt_eqF.
Qed.

Theorem first_frame : frame 0 = V.
Proof.
rewrite /frame /= mul1mx (_ : Diag _ = 1%:M) ?mulmx1 // -Diag1.
by apply: eq_Diag => i; rewrite expr0 invr1.
Qed.

Theorem last_frame : frame N = U.
Proof. by rewrite /frame eW mulmx_orthK // -mulmxA Diag_inverse mulmx1. Qed.

Theorem factors_by_frames j : (1 <= j <= N)%N ->
  W j = frame j *m Diag t *m (frame j.-1)^T.
Proof.
case: j => // j /= jN; have o : frame j *m (frame j)^T = 1%:M.
  by apply: mulmx1C; apply: frames_orthogonal; apply: ltnW.
have -> : frame j.+1 *m Diag t = W j.+1 *m frame j.
  rewrite /frame /= -!mulmxA; congr (_ *m (_ *m (_ *m _))); rewrite Diag_mul; apply: eq_Diag => i.
  by rewrite exprSr invfM divfK // gt_eqF.
by rewrite -mulmxA o mulmx1.
Qed.

End Frames.

Section Coordinates.

Variables (F : fieldType) (d N : nat) (Q : nat -> 'M[F]_d) (t : 'I_d -> F).
Hypothesis oQ : forall k, (k <= N)%N -> orthogonal (Q k).

(** The direction in which Q_j turns in the plane p, by (1 + s (e_il - e_li)). *)
Definition frame_tangent (j : nat) (p : pair_lt d) (k : nat) : 'M[F]_d :=
  (if k == j then Q j *m rot F p *m (Q j)^T *m factor Q t k else 0)
  - (if k == j.+1 then factor Q t k *m (Q j *m rot F p *m (Q j)^T) else 0).

(** The direction in which one value t_m^N moves. *)
Definition value_tangent (m k : nat) (i : 'I_d) : 'M[F]_d :=
  Q k *m (t i / (m%:R * t i ^+ m) *: delta_mx i i) *m (Q k.-1)^T.

Theorem frame_tangent_first_order j p k : (j <= N)%N -> (1 <= k <= N)%N ->
  coef_mx 1 (line Q (fun m => Q m *m turn F j p m) k
             *m (map_mx polyC (Diag t) + 'X *: map_mx polyC 0)
             *m (line Q (fun m => Q m *m turn F j p m) k.-1)^T)
  = frame_tangent j p k.
Proof.
move=> jN kN; rewrite velocity_first_order; last exact: turn_skew.
rewrite /velocity addr0 mulmxBr mulmxBl /frame_tangent /turn /factor.
have k1 : (k.-1 == j) = (k == j.+1) by case: k kN.
rewrite k1; have oj := oQ jN; congr (_ - _).
  by case: eqP => [->|_]; rewrite ?mul0mx ?mulmx0 ?mul0mx // !mulmxA mulmx_orthK //.
case: eqP => [->|_]; rewrite ?mulmx0 ?mul0mx // !mulmxA /= mulmx_orthK //.
Qed.

Theorem values_across_frames i j p : (j <= N)%N ->
  \sum_(1 <= k < N.+1) frob (value_tangent N k i) (frame_tangent j p k) = 0.
Proof.
move=> jN; rewrite big_nat big1 // => k /= /andP[k1 kN].
have skew0 m : (turn F j p m) i i = 0.
  by rewrite /turn; case: eqP => _; [exact: rot_diag | rewrite mxE].
rewrite -frame_tangent_first_order ?k1 // velocity_first_order; last exact: turn_skew.
rewrite /velocity /value_tangent addr0 frob_orth ?frobZl ?frob_delta; last 2 first.
- exact: oQ.
- by apply: oQ; rewrite (leq_trans (leq_pred _)).
rewrite mxE [X in _ + X]mxE mul_mx_DiagE mul_DiagE !skew0 mul0r mulr0 subr0 mulr0 //.
Qed.

End Coordinates.
