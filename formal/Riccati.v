(** * Gradient flow of two factors as one equation                    (two-layer-riccati)

    W_2^T W_2 - W_1 W_1^T = lambda 1, and E and F ([upper], [lower]) have together
    orthonormal columns, such as 1 over 0 and 0 over 1.  Q = E W_1^T + F W_2.  A step s of
    gradient flow of |W_2 W_1 - Y|^2 / 2 moves Q by
      s (K Q - Q Q^T Q / 2),  K = F Y E^T + E Y^T F^T + lambda/2 (F F^T - E E^T),
    so that Q Q^T moves, to first order in s, with K Q Q^T + Q Q^T K - (Q Q^T)^2. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

Section Riccati.

Variables (F : fieldType) (m d : nat) (W : nat -> 'M[F]_d) (Y : 'M[F]_d) (a : F).
Hypotheses (two : 2%:R != 0 :> F) (unbalanced : (W 2)^T *m W 2 - W 1%N *m (W 1%N)^T = a%:M).
Variables upper lower : 'M[F]_(m, d).
Hypotheses (upper1 : upper^T *m upper = 1%:M) (lower1 : lower^T *m lower = 1%:M).
Hypothesis apart : upper^T *m lower = 0.

(** W_1^T in the first block, and W_2 in the other. *)
Definition stacked (A B : 'M[F]_d) : 'M[F]_(m, d) := upper *m A^T + lower *m B.

(** Both factors a step of descent on. *)
Definition moved (s : F) : 'M[F]_(m, d) :=
  stacked (W 1%N - s *: ((W 2)^T *m (W 2 *m W 1%N - Y)))
          (W 2 - s *: ((W 2 *m W 1%N - Y) *m (W 1%N)^T)).

Definition pulling : 'M[F]_m :=
  lower *m Y *m upper^T + upper *m Y^T *m lower^T
  + (a / 2%:R) *: (lower *m lower^T - upper *m upper^T).

Let Q := stacked (W 1%N) (W 2).

Let lower0 : lower^T *m upper = 0.
Proof. by rewrite -[LHS]trmxK trmx_mul trmxK apart trmx0. Qed.

Lemma blocks_gram : Q^T *m Q = W 1%N *m (W 1%N)^T + (W 2)^T *m W 2.
Proof.
rewrite /Q /stacked [(_ + _)^T]linearD /= !trmx_mul trmxK mulmxDl !mulmxDr !mulmxA.
rewrite -(mulmxA (W 1%N)) -(mulmxA (W 1%N) _ lower) -(mulmxA (W 2)^T) -(mulmxA (W 2)^T _ lower).
by rewrite upper1 lower1 apart lower0 !mulmx1 !mulmx0 !mul0mx addr0 add0r.
Qed.

Lemma pulling_stacked : pulling *m Q =
  upper *m (Y^T *m W 2 - (a / 2%:R) *: (W 1%N)^T)
  + lower *m (Y *m (W 1%N)^T + (a / 2%:R) *: W 2).
Proof.
have eU : upper^T *m Q = (W 1%N)^T.
  by rewrite /Q /stacked mulmxDr !mulmxA upper1 apart mul1mx mul0mx addr0.
have eL : lower^T *m Q = W 2.
  by rewrite /Q /stacked mulmxDr !mulmxA lower1 lower0 mul1mx mul0mx add0r.
rewrite /pulling !mulmxDl -scalemxAl mulmxBl -!mulmxA eU eL !mulmxDr mulmxN -!scalemxAr scalerBr.
rewrite [RHS]addrACA; congr (_ + _); exact: addrC.
Qed.

Let half_last : (1 / 2%:R) *: (W 1%N *m (W 1%N)^T + (W 2)^T *m W 2) =
  (W 2)^T *m W 2 - (a / 2%:R)%:M.
Proof.
have -> : W 1%N *m (W 1%N)^T = (W 2)^T *m W 2 - a%:M by rewrite -unbalanced opprB addrC subrK.
by rewrite addrAC -mulr2n scalerBr -scaler_nat scalerA scale_scalar_mx mul1r mulVf // scale1r mulrC.
Qed.

Let half_first : (1 / 2%:R) *: (W 1%N *m (W 1%N)^T + (W 2)^T *m W 2) =
  W 1%N *m (W 1%N)^T + (a / 2%:R)%:M.
Proof.
rewrite half_last; have -> : (W 2)^T *m W 2 = W 1%N *m (W 1%N)^T + a%:M by rewrite -unbalanced addrC subrK.
rewrite -addrA -raddfB /=; congr (_ + _%:M).
by apply/eqP; rewrite subr_eq -mulr2n -mulr_natr mulfVK.
Qed.

Definition velocity : 'M[F]_(m, d) := pulling *m Q - (1 / 2%:R) *: (Q *m Q^T *m Q).

Theorem riccati_flow s :
  moved s = Q + s *: (pulling *m Q - (1 / 2%:R) *: (Q *m Q^T *m Q)).
Proof.
rewrite -/velocity; have -> : velocity = - (upper *m ((W 2)^T *m (W 2 *m W 1%N - Y))^T
                        + lower *m ((W 2 *m W 1%N - Y) *m (W 1%N)^T)).
  have e : Q *m ((1 / 2%:R) *: (W 1%N *m (W 1%N)^T + (W 2)^T *m W 2)) =
           upper *m ((W 1%N)^T *m ((W 2)^T *m W 2 - (a / 2%:R)%:M))
           + lower *m (W 2 *m (W 1%N *m (W 1%N)^T + (a / 2%:R)%:M)).
    by rewrite -half_last -half_first /Q /stacked mulmxDl -!mulmxA.
  rewrite /velocity pulling_stacked -mulmxA blocks_gram scalemxAr e.
  have swap (x y z w : 'M[F]_(m, d)) : x + y - (z + w) = (x - z) + (y - w) by rewrite opprD addrACA.
  rewrite swap -(mulmxBr upper) -(mulmxBr lower) [RHS]opprD -(mulmxN upper) -(mulmxN lower).
  congr (upper *m _ + lower *m _).
    rewrite mulmxBr mul_mx_scalar opprB addrA subrK.
    by rewrite trmx_mul [(_ - _)^T]linearB /= trmxK trmx_mul mulmxBl opprB !mulmxA.
  rewrite mulmxDr mul_mx_scalar opprD addrACA subrr addr0.
  by rewrite mulmxBl opprB !mulmxA.
have eT (A B : 'M[F]_d) : (A - s *: B)^T = A^T - s *: B^T by rewrite linearB linearZ.
rewrite /moved /Q /stacked eT !(mulmxBr upper) !(mulmxBr lower) -!scalemxAr.
by rewrite scalerN scalerDr opprD addrACA.
Qed.

Lemma square_line (A X : 'M[F]_(m, d)) (s : F) : (A + s *: X) *m (A + s *: X)^T =
  A *m A^T + s *: (X *m A^T + A *m X^T) + s ^+ 2 *: (X *m X^T).
Proof.
have -> : (A + s *: X)^T = A^T + s *: X^T by rewrite linearD linearZ.
rewrite mulmxDl !mulmxDr -!scalemxAl -!scalemxAr scalerA -expr2 scalerDr !addrA.
by rewrite [X in X + _ = _]addrAC.
Qed.

Theorem riccati_square s :
  moved s *m (moved s)^T =
  Q *m Q^T
  + s *: (pulling *m (Q *m Q^T) + Q *m Q^T *m pulling - Q *m Q^T *m (Q *m Q^T))
  + s ^+ 2 *: (velocity *m velocity^T).
Proof.
have sym : pulling^T = pulling.
  have eT (A B C E : 'M[F]_m) (c : F) : (A + B + c *: (C - E))^T = A^T + B^T + c *: (C^T - E^T).
    by rewrite linearD linearZ /= linearB linearD.
  rewrite /pulling eT !trmx_mul !trmxK !mulmxA.
  by congr (_ + _); rewrite addrC.
have e : velocity *m Q^T + Q *m velocity^T =
         pulling *m (Q *m Q^T) + Q *m Q^T *m pulling - Q *m Q^T *m (Q *m Q^T).
  rewrite /velocity [(_ - _)^T]linearB /= [(_ *: _)^T]linearZ /= !trmx_mul sym trmxK.
  rewrite mulmxBl mulmxBr -scalemxAl -scalemxAr !mulmxA addrACA -opprD -scalerDl.
  by rewrite -mulrDl -[1 + 1]/(2%:R) mulfV // scale1r.
by rewrite riccati_flow -/velocity square_line e.
Qed.

End Riccati.
