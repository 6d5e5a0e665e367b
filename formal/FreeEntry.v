(** * One entry that moves, and a loss that does not see it   (no-free-energy-minimiser)

    Along W + t E_il the determinant is det W (1 + t (W^{-1})_li), and the loss
      1/2 sum_km omega_km (W_km - b_km)^2,  omega_il = 0,
    stays as it is. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

Section FreeEntry.

Variables (F : fieldType) (d : nat) (W : 'M[F]_d) (i l : 'I_d).

Theorem entry_determinant (X : 'M[F]_d) (t : F) : W *m X = 1%:M ->
  \det (W + t *: delta_mx i l) = \det W * (1 + t * X l i).
Proof.
move=> WX; have adjE : \adj W l i = \det W * X l i.
  by rewrite -[\adj W]mulmx1 -WX mulmxA mul_adj_mx mul_scalar_mx mxE.
rewrite mulrDr mulr1 mulrCA -adjE [\adj W l i]mxE.
rewrite (expand_det_row _ i) [\det W](expand_det_row _ i).
rewrite [in RHS](bigD1 l) //= (bigD1 l) //= addrAC; congr (_ + _).
  rewrite -mulrDl !mxE !eqxx mulr1; congr (_ * (_ * \det _)).
  by apply/matrixP=> a b; rewrite !mxE eq_sym (negPf (neq_lift _ _)) mulr0 addr0.
apply: eq_bigr => k kl; rewrite !mxE eqxx (negPf kl) mulr0 addr0; congr (_ * (_ * \det _)).
by apply/matrixP=> a b; rewrite !mxE eq_sym (negPf (neq_lift _ _)) mulr0 addr0.
Qed.

Theorem entry_unseen (omega b : 'I_d -> 'I_d -> F) (t : F) : omega i l = 0 ->
  let loss (Y : 'M[F]_d) := (\sum_k \sum_m omega k m * (Y k m - b k m) ^+ 2) / 2%:R in
  loss (W + t *: delta_mx i l) = loss W.
Proof.
move=> free loss; congr (_ / _); apply: eq_bigr => k _; apply: eq_bigr => m _; rewrite !mxE.
case: (eqVneq k i) => [->|_]; last by rewrite mulr0 addr0.
by case: (eqVneq m l) => [->|_]; [rewrite free !mul0r | rewrite mulr0 addr0].
Qed.

End FreeEntry.
