(** * The hypotheses can be satisfied                         (non-vacuity)

    For every N >= 1 and every d there are orthogonal Q_0, ..., Q_N and
    t_1 > ... > t_d > 0; the factors built from them are balanced, their product
    is invertible, and all lambda_il are different from 0.  So none of the
    theorems of this development is empty. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum Pushforward Orbit.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Theorem witness (R : realFieldType) (d N : nat) : (0 < N)%N ->
  exists (Q : nat -> 'M[R]_d) (t : 'I_d -> R),
    [/\ forall k, orthogonal (Q k),
        (forall i, 0 < t i) /\ (forall i l : 'I_d, (i < l)%N -> t l < t i),
        balanced (factor Q t) N,
        phi (factor Q t) N \in unitmx
      & forall i l, lambda N t i l != 0].
Proof.
move=> N0; exists (fun=> 1%:M), (fun i => (d - i)%:R).
have oQ (k : nat) : orthogonal (1%:M : 'M[R]_d) by apply: orthogonal1.
have t0 (i : 'I_d) : 0 < (d - i)%:R :> R by rewrite ltr0n subn_gt0.
split=> //.
- split=> // i l il; rewrite ltr_nat ltn_sub2l //.
- exact: factor_balanced.
- rewrite factor_product // trmx1 mul1mx mulmx1 unitmxE unitfE /Diag det_diag.
  by apply/prodf_neq0 => i _; rewrite mxE expf_neq0 // gt_eqF.
- by move=> i l; rewrite gt_eqF // lambda_positive // ltW.
Qed.
