(** * Waves along the layers                          (jacobi-basis, orbit-volume)

    The waves cos((jm/N - 1/2) pi), m = 1, ..., N-1, along the layers j = 0, ..., N:
    their inner products; the directions of frames that they make, orthogonal for
    different m and different e_il, of squared length
      N/2 (t_i^2 + t_l^2 - 2 t_i t_l cos(m pi/N)) > 0,   sigma_i = t_i^N,
    with their combinations e_il - e_li (vertical) and e_il + e_li (normal); and the
    waves as eigenvectors of the Gram matrix of a pair.
    R is Coq's field of real numbers. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import Rstruct.
From DLN Require Import Basics Pushforward Orbit OrbitFrames FrameDirections.
From DLN Require Import Sines.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope R_scope with coqR.
Local Open Scope ring_scope.

(** cos(m pi/N) *)
Definition cos_at (N m : nat) : R := cos (INR m * PI / INR N)%coqR.

(** t_i^2 + t_l^2 - 2 t_i t_l cos(m pi/N) *)
Definition wave_value d N (t : 'I_d -> R) (i l : 'I_d) (m : nat) : R :=
  (t i ^+ 2 + t l ^+ 2 - 2%:R * (t i * t l) * cos_at N m)%R.

Lemma wave_sumE N m l k : wave_sum N m l k = \sum_(1 <= j < k.+1) wave N m j * wave N l j.
Proof.
rewrite big_add1 /=; elim: k => [|k IH] /=; first by rewrite big_geq.
by rewrite big_nat_recr //= -IH.
Qed.

Lemma in_range (N m : nat) : (0 < m < N)%N -> lt 0 m /\ lt m N.
Proof. by case/andP=> /ssrnat.ltP ? /ssrnat.ltP. Qed.

Theorem wave_inner_products N m l : (0 < m < N)%N -> (0 < l < N)%N ->
  \sum_(1 <= j < N.+1) wave N m j * wave N l j = (m == l)%:R * (N%:R / 2%:R).
Proof.
move=> hm hl; rewrite -wave_sumE; case: eqP => [<-|ne].
  rewrite mul1r wave_sum_same; last exact: in_range.
  have e : (2%coqR : R) = 2%:R by [].
  by rewrite e RdivE ?INRE // pnatr_eq0.
by rewrite mul0r wave_sum_other //; exact: in_range.
Qed.

Section Waves.

Variables (d N : nat) (Q : nat -> 'M[R]_d) (t : 'I_d -> R).
Hypothesis oQ : forall k, (k <= N)%N -> orthogonal (Q k).

Let X m M := frame_direction Q t (wave N m) M.

Lemma wave_step m k : (0 < N)%N -> wave N m k.+2 + wave N m k = 2%:R * cos_at N m * wave N m k.+1.
Proof. by move=> /ssrnat.ltP N0; exact: wave_neighbours. Qed.

Lemma wave_form m n i l : (0 < m < N)%N -> (0 < n < N)%N ->
  pair_form N t (wave N m) (wave N n) i l =
  (m == n)%:R * (N%:R / 2%:R * wave_value N t i l m).
Proof.
move=> hm hn; have N0 : (0 < N)%N by case/andP: hm => [m0 /(ltn_trans m0)].
have P0 := ssrnat.ltP N0.
rewrite (@pair_form_waves _ _ _ _ (2%:R * cos_at N m)) ?wave_zero ?wave_end //.
  rewrite wave_inner_products // [2%:R * cos_at N m * _]mulrAC -/(wave_value N t i l m).
  by rewrite mulrCA [_ * (N%:R / _)]mulrC.
by move=> k; exact: wave_step.
Qed.

Theorem waves_orthogonal m n (i l k j : 'I_d) : (0 < m < N)%N -> (0 < n < N)%N ->
  frob_tuple N (frame_direction Q t (wave N m) (delta_mx i l))
               (frame_direction Q t (wave N n) (delta_mx k j)) =
  ((i == k) && (l == j))%:R * ((m == n)%:R * (N%:R / 2%:R * wave_value N t i l m)).
Proof. by move=> hm hn; rewrite gauge_inner_products // wave_form. Qed.

Lemma wave_valueC i l m : wave_value N t i l m = wave_value N t l i m.
Proof. by rewrite /wave_value [t l * _]mulrC [t l ^+ 2 + _]addrC. Qed.

Lemma half_twice (x : R) : N%:R / 2%:R * x + N%:R / 2%:R * x = N%:R * x.
Proof. by rewrite -mulrDl -mulr2n -mulr_natr divfK // pnatr_eq0. Qed.

Theorem waves_vertical m n (i l : 'I_d) : (0 < m < N)%N -> (0 < n < N)%N -> (i < l)%N ->
  frob_tuple N (frame_direction Q t (wave N m) (delta_mx i l - delta_mx l i))
               (frame_direction Q t (wave N n) (delta_mx i l - delta_mx l i)) =
  (m == n)%:R * (N%:R * wave_value N t i l m).
Proof.
move=> hm hn il; rewrite -scaleN1r pair_inner_products ?neq_ltn ?il //.
by rewrite mulrNN !mul1r !wave_form // -mulrDr (wave_valueC l) half_twice.
Qed.

Theorem waves_normal m n (i l : 'I_d) : (0 < m < N)%N -> (0 < n < N)%N -> (i < l)%N ->
  frob_tuple N (frame_direction Q t (wave N m) (delta_mx i l + delta_mx l i))
               (frame_direction Q t (wave N n) (delta_mx i l + delta_mx l i)) =
  (m == n)%:R * (N%:R * wave_value N t i l m).
Proof.
move=> hm hn il; rewrite -[delta_mx l i]scale1r pair_inner_products ?neq_ltn ?il //.
by rewrite !mul1r !wave_form // -mulrDr (wave_valueC l) half_twice.
Qed.

Theorem waves_vertical_normal m n (i l : 'I_d) : (0 < m < N)%N -> (0 < n < N)%N -> (i < l)%N ->
  frob_tuple N (frame_direction Q t (wave N m) (delta_mx i l - delta_mx l i))
               (frame_direction Q t (wave N n) (delta_mx i l + delta_mx l i)) = 0.
Proof.
move=> hm hn il; rewrite -scaleN1r -{2}[delta_mx l i]scale1r pair_inner_products ?neq_ltn ?il //.
by rewrite mulr1 mulN1r !wave_form // (wave_valueC l) subrr.
Qed.

Theorem wave_length_positive m (i l : 'I_d) : (forall i, 0 < t i) -> (0 < m < N)%N ->
  0 < N%:R / 2%:R * wave_value N t i l m.
Proof.
move=> t0 /in_range[m0 mN]; have N0 : (0 < N)%N by apply/ssrnat.ltP; exact: Nat.lt_trans mN.
rewrite mulr_gt0 ?divr_gt0 ?ltr0n //.
have c1 : cos_at N m < 1 by apply/RltP; exact: cos_fraction_lt1.
have -> : wave_value N t i l m = (t i - t l) ^+ 2 + 2%:R * (t i * t l) * (1 - cos_at N m).
  rewrite /wave_value sqrrB mulrBr mulr1 addrA; congr (_ - _).
  by rewrite -mulr_natl addrAC subrK addrC.
by rewrite ltr_paddl ?sqr_ge0 // mulr_gt0 ?mulr_gt0 ?ltr0n // subr_gt0.
Qed.

Theorem lift_across_waves m (Z M : 'M[R]_d) : (0 < N)%N ->
  frob_tuple N (dphi_adj (factor Q t) N Z) (frame_direction Q t (wave N m) M) = 0.
Proof.
by move=> /ssrnat.ltP N0; apply: lift_across_directions => //; [exact: wave_zero | exact: wave_end].
Qed.

End Waves.
