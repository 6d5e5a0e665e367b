(** * The directions in which singular values move                     (coarea)

    The factor R_k diag(sigma_i^(1/N)) R_{k-1}^T moves, where sigma_j moves with velocity 1,
    with the velocity R_k (sigma_j^(1/N) / (N sigma_j)) E_jj R_{k-1}^T.
    R is Coq's field of real numbers. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import Rstruct.
From Coquelicot Require Import Coquelicot.
From DLN Require Import Basics OrbitFrames.
From DLN Require Import Logarithms Curves InfiniteDepth.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope R_scope with coqR.
Local Open Scope ring_scope.

(** The derivative of sigma^(1/N). *)
Lemma is_derive_nroot (N : nat) (s : R) : (0 < N)%N -> 0 < s ->
  is_derive (fun y => nroot y N) s (nroot s N / (N%:R * s)).
Proof.
move=> N0 s0; have := is_derive_power (/ INR N) s (RltP _ _ s0).
have n0 : N%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
have -> : (/ INR N * Rpower s (/ INR N) / s)%coqR = nroot s N / (N%:R * s).
  rewrite RdivE ?gt_eqF // INRE RinvE // invfM mulrA [nroot s N * _]mulrC /nroot INRE RinvE //.
by [].
Qed.

Section Values.

Variables (d N : nat) (Q : nat -> 'M[R]_d) (s : 'I_d -> R).
Hypotheses (N0 : (0 < N)%N) (s0 : forall i, 0 < s i).

Theorem value_tangent_derivative (j : 'I_d) k :
  is_derive_mx (fun x => Q k *m Diag (fun i => nroot (s i + x * (i == j)%:R) N) *m (Q k.-1)^T) 0
    (value_tangent Q (fun i => nroot (s i) N) N k j).
Proof.
pose D (x : R) : 'M[R]_d := Diag (fun i => nroot (s i + x * (i == j)%:R)%R N).
pose c : R := (nroot (s j) N / (N%:R * s j))%R.
have hD : is_derive_mx D 0 (c *: delta_mx j j).
  move=> a b; rewrite mxE [delta_mx _ _ _ _]mxE.
  apply: (@is_derive_ext _ _ (fun x : R => (nroot (s a + x * (a == j)%:R)%R N *+ (a == b))%R)).
    by move=> x; rewrite /D DiagE.
  case: (eqVneq a b) => [<-|ne]; last first.
    rewrite (_ : (a == j) && (b == j) = false) ?mulr0; first exact: is_derive_const.
    by apply/negbTE/negP => /andP[/eqP aj /eqP bj]; move: ne; rewrite aj bj eqxx.
  rewrite andbb; case: (eqVneq a j) => [->|_]; last first.
    rewrite mulr0; apply: (@is_derive_ext _ _ (fun=> nroot (s a) N)); last exact: is_derive_const.
    by move=> x; rewrite mulr0 addr0.
  rewrite mulr1; apply: (@is_derive_ext _ _ (fun x : R => nroot (s j + x)%R N)).
    by move=> x; rewrite mulr1.
  have h : is_derive (fun y => nroot y N) (s j + 0)%R c by rewrite addr0; exact: is_derive_nroot.
  have d1 : is_derive (fun x : R => (s j + x)%R) 0 (1 : R).
    rewrite -[X in is_derive _ _ X]add0r.
    by apply: (@is_derive_plus R_AbsRing R_NormedModule (fun=> s j) id 0); [exact: is_derive_const | exact: is_derive_id].
  have := @is_derive_comp R_AbsRing R_NormedModule (fun y => nroot y N) (fun x : R => (s j + x)%R) 0 c 1 h d1.
  have sc : @scal R_AbsRing R_NormedModule (1 : R) c = c by exact: Rmult_1_l.
  by rewrite sc.
have const (M : 'M[R]_d) : is_derive_mx (fun=> M) 0 (0 : 'M[R]_d).
  by move=> a b; rewrite mxE; exact: is_derive_const.
have := is_derive_mulmx (is_derive_mulmx (const (Q k)) hD) (const (Q k.-1)^T).
by rewrite mul0mx add0r mulmx0 addr0 /value_tangent nroot_pow.
Qed.

End Values.
