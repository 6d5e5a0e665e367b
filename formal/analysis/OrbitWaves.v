(** * Eigenvectors of the Gram matrix of a pair                   (orbit-volume)

    At balanced factors of W = U diag(t_i^N) V^T of full rank let Q_j be their frames.  The
    Gram matrix of the directions in which Q_1, ..., Q_{N-1} turn in the plane (i,l),
    halved, has the eigenvectors cos((jm/N - 1/2) pi), j = 1, ..., N-1, with the
    eigenvalues t_i^2 + t_l^2 - 2 t_i t_l cos(m pi/N), m = 1, ..., N-1.
    R is Coq's field of real numbers. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import Rstruct.
From DLN Require Import Basics Pushforward Orbit OrbitFrames FrameDirections.
From DLN Require Import Sines Waves.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope R_scope with coqR.
Local Open Scope ring_scope.

Section PairGram.

Variables (d N : nat) (W : nat -> 'M[R]_d) (U V : 'M[R]_d) (t : 'I_d -> R).
Hypotheses (N0 : (0 < N)%N) (bal : balanced W N).
Hypotheses (oU : orthogonal U) (oV : orthogonal V) (t0 : forall i, 0 < t i).
Hypothesis eW : phi W N = U *m Diag (fun i => t i ^+ N) *m V^T.

Let Q := frame W V t.
Let E (i l : 'I_d) : 'M[R]_d := delta_mx i l - delta_mx l i.

(** Only Q_j turns, by (1 + s (e_il - e_li)). *)
Definition turn_of_frame (j : nat) (i l : 'I_d) (m : nat) : 'M[R]_d :=
  (m == j)%:R *: (Q j *m E i l *m (Q j)^T *m W m)
  - (m == j.+1)%:R *: (W m *m (Q j *m E i l *m (Q j)^T)).

Definition pair_gram (i l : 'I_d) : 'M[R]_(N.-1) :=
  \matrix_(j, k) (2%:R^-1 * \sum_(1 <= m < N.+1)
                    frob (turn_of_frame j.+1 i l m) (turn_of_frame k.+1 i l m)).

Let unit_at (j m : nat) : R := (m == j)%:R.

Lemma turn_of_frameE j i l m : (1 <= m <= N)%N ->
  turn_of_frame j i l m = frame_direction Q t (unit_at j) (E i l) m.
Proof.
move=> mN; have eM : W m = factor Q t m by exact: (factors_by_frames N0 bal oU oV t0 eW mN).
rewrite /turn_of_frame /frame_direction -eM /unit_at scalemxAl -scalemxAr; congr (_ - _).
  by case: eqP => [->|_]; rewrite ?scale0r.
have -> : (m.-1 == j) = (m == j.+1) by case: m mN {eM}.
by case: eqP => [->|_]; rewrite ?scale0r.
Qed.

Lemma pair_gramE (i l : 'I_d) (j k : 'I_N.-1) : (i < l)%N -> pair_gram i l j k =
  2%:R^-1 * (pair_form N t (unit_at j.+1) (unit_at k.+1) i l
             + pair_form N t (unit_at j.+1) (unit_at k.+1) l i).
Proof.
move=> il; rewrite mxE; congr (_ * _).
have oQ m : (m <= N)%N -> orthogonal (Q m).
  by move=> mN; apply: mulmx1C; exact: (frames_orthogonal N0 bal oU oV t0 eW mN).
rewrite (eq_big_nat _ _ (F2 := fun m => frob (frame_direction Q t (unit_at j.+1) (E i l) m)
                                            (frame_direction Q t (unit_at k.+1) (E i l) m))).
  rewrite -/(frob_tuple N _ _) /E -scaleN1r pair_inner_products ?neq_ltn ?il //.
  by rewrite mulrNN !mul1r.
by move=> m mN; rewrite !turn_of_frameE.
Qed.

Theorem pair_gram_waves (i l : 'I_d) m : (i < l)%N -> (0 < m < N)%N ->
  pair_gram i l *m \col_j wave N m j.+1 = wave_value N t i l m *: \col_j wave N m j.+1.
Proof.
move=> il hm; apply/colP=> j; rewrite mxE [RHS]mxE [in RHS]mxE.
have P0 := ssrnat.ltP N0; have inner (k : 'I_N.-1) : (k.+1 < N)%N by rewrite -ltn_predRL.
have form (a b : 'I_d) : \sum_(k < N.-1) pair_form N t (unit_at j.+1) (unit_at k.+1) a b * wave N m k.+1 =
    wave_value N t a b m * wave N m j.+1.
  rewrite (eq_bigr (fun k : 'I_N.-1 => wave N m k.+1 * pair_form N t (unit_at j.+1) (unit_at k.+1) a b));
    last by move=> k _; rewrite mulrC.
  rewrite -pair_form_sum.
  have whole p : (p <= N)%N -> \sum_(k < N.-1) wave N m k.+1 * unit_at k.+1 p = wave N m p.
    case: p => [_|p pN]; first by rewrite wave_zero // big1 // => k _; rewrite /unit_at mulr0.
    move: pN; rewrite leq_eqVlt => /orP[/eqP e|pN].
      by rewrite e wave_end // big1 // => k _; rewrite /unit_at gtn_eqF ?mulr0.
    have pn : (p < N.-1)%N by rewrite -ltnS prednK.
    rewrite (bigD1 (Ordinal pn)) //= /unit_at eqxx mulr1 big1 ?addr0 // => k ne.
    by rewrite eqSS (_ : (p == k) = false) ?mulr0 //; apply: contraNF ne => /eqP e; apply/eqP/val_inj.
  transitivity (pair_form N t (unit_at j.+1) (wave N m) a b).
    apply: eq_big_nat => p /andP[p1 pN]; rewrite ltnS in pN.
    by rewrite !whole // (leq_trans (leq_pred p)).
  rewrite pair_formC (@pair_form_waves _ _ _ _ (2%:R * cos_at N m)) ?wave_zero ?wave_end //.
  - rewrite [2%:R * cos_at N m * _]mulrAC -/(wave_value N t a b m); congr (_ * _).
    rewrite (bigD1_seq j.+1) ?mem_index_iota ?iota_uniq //=; last by rewrite ltnS ltnW ?inner.
    rewrite /unit_at eqxx mulr1 big1 ?addr0 // => k /negPf ->; exact: mulr0.
  - by rewrite /unit_at gtn_eqF ?inner.
  - by move=> k; exact: wave_step.
rewrite (eq_bigr (fun k : 'I_N.-1 => 2%:R^-1 * (pair_form N t (unit_at j.+1) (unit_at k.+1) i l * wave N m k.+1
             + pair_form N t (unit_at j.+1) (unit_at k.+1) l i * wave N m k.+1))); last first.
  by move=> k _; rewrite pair_gramE // [X in _ * X]mxE -mulrA mulrDl.
rewrite -big_distrr big_split /= !form (wave_valueC _ _ l) -mulr2n -[X in _ * X = _]mulr_natl mulKf //.
by rewrite pnatr_eq0.
Qed.

End PairGram.
