(** * The rate of the root of a singular value                  (distance-lower-bound)

    (d/ds) (sigma_i + s Z_ii)^(1/N) at s = 0 is sigma_i^(1/N) / (N sigma_i) Z_ii.
    R is Coq's field of real numbers. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import Rstruct.
From Coquelicot Require Import Coquelicot.
From DLN Require Import Basics.
From DLN Require Import InfiniteDepth ValueTangents.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope R_scope with coqR.
Local Open Scope ring_scope.

(** The derivative of (s + y c)^(1/N) at y = 0. *)
Lemma is_derive_nroot_line (N : nat) (s c : R) : (0 < N)%N -> 0 < s ->
  is_derive (fun y : R => nroot (s + y * c)%R N) 0 (nroot s N / (N%:R * s) * c)%R.
Proof.
move=> N0 s0.
have h : is_derive (fun y => nroot y N) (s + 0 * c)%R (nroot s N / (N%:R * s))%R.
  by rewrite mul0r addr0; exact: is_derive_nroot.
have dl : is_derive (fun y : R => Rplus s (Rmult y c)) 0 c.
  by auto_derive => //; rewrite Rmult_1_l.
have := @is_derive_comp R_AbsRing R_NormedModule (fun y => nroot y N) _ 0 _ _ h dl.
by rewrite /scal /= /mult /= Rmult_comm.
Qed.

Theorem root_rate (d N : nat) (s : 'I_d -> R) (Z : 'M[R]_d) (i : 'I_d) :
  (0 < N)%N -> (forall k, 0 < s k) ->
  is_derive (fun y : R => nroot (s i + y * Z i i)%R N) 0 (nroot (s i) N / (N%:R * s i) * Z i i)%R.
Proof. by move=> N0 s0; exact: is_derive_nroot_line. Qed.
