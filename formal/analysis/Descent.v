(** * Descent from the origin converges                                 (recap)

    Linear regression X w = y by w_{j+1} = w_j - X^T (X w_j - y), w_0 = 0, with the
    eigenvalues of X^T X less than 2: if X X^T z = y then w_j tends to X^T z.
    R is Coq's field of real numbers. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import Rstruct.
From Coquelicot Require Import Coquelicot.
From DLN Require Import Basics LeastNorm.
From DLN Require Import InfiniteDepth.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope R_scope with coqR.
Local Open Scope ring_scope.

Section Descent.

Variables (m n : nat) (X : 'M[R]_(m, n)) (y z : 'cV[R]_m) (w : nat -> 'cV[R]_n).
Variables (Q : 'M[R]_n) (lam : 'I_n -> R).
Hypotheses (w0 : w 0%N = 0) (step : forall j, w j.+1 = w j - X^T *m (X *m w j - y)).
Hypotheses (oQ : orthogonal Q) (eX : X^T *m X = Q *m Diag lam *m Q^T).
Hypotheses (small : forall i, lam i < 2%:R) (ez : X *m X^T *m z = y).

Let p : 'cV[R]_n := X^T *m z.
Let f (j : nat) : 'cV[R]_n := Q^T *m (w j - p).

Lemma gram_in_basis : (X *m Q)^T *m (X *m Q) = Diag lam.
Proof.
rewrite trmx_mul -mulmxA [X^T *m _]mulmxA eX !mulmxA orthogonalT // mul1mx.
by rewrite -mulmxA orthogonalT // mulmx1.
Qed.

Lemma eigenvalue_column i : \tr ((col i (X *m Q))^T *m col i (X *m Q)) = lam i.
Proof.
have := congr1 (fun M : 'M[R]_n => M i i) gram_in_basis; rewrite /= DiagE eqxx mulr1n => <-.
by rewrite trace_mx11 !mxE; apply: eq_bigr => k _; rewrite !mxE.
Qed.

Lemma eigenvalue_ge0 i : 0 <= lam i.
Proof. by rewrite -eigenvalue_column; exact: trace_square_ge0. Qed.

Lemma component_step j i : f j.+1 i 0 = (1 - lam i) * f j i 0.
Proof.
have e : w j.+1 - p = (w j - p) - X^T *m X *m (w j - p).
  have r : X^T *m X *m (w j - p) = X^T *m (X *m w j - y).
    by rewrite -mulmxA mulmxBr /p mulmxA ez.
  by rewrite r step addrAC.
rewrite /f e mulmxBr eX !mulmxA orthogonalT // mul1mx -!mulmxA.
rewrite /Diag mul_diag_mx mxE [X in _ + X = _]mxE [X in _ - X = _]mxE [(\row_k lam k) _ _]mxE.
by rewrite mulrBl mul1r.
Qed.

Lemma component j i : f j i 0 = (1 - lam i) ^+ j * f 0 i 0.
Proof. by elim: j => [|j IH]; rewrite ?expr0 ?mul1r // component_step IH exprS mulrA. Qed.

Lemma component_limit i : is_lim_seq (fun j => f j i 0) (0 : R).
Proof.
have [l0|ne] := eqVneq (lam i) 0.
  have c0 : col i (X *m Q) = 0 by apply: trace_square_eq0; rewrite eigenvalue_column.
  have f0 : f 0 i 0 = 0.
    rewrite /f w0 sub0r mulmxN mxE /p mulmxA -trmx_mul mxE big1 ?oppr0 // => k _.
    by rewrite mxE; have /colP/(_ k) := c0; rewrite !mxE => ->; rewrite mul0r.
  apply: (is_lim_seq_ext (fun=> 0 : R)); last exact: is_lim_seq_const.
  by move=> j; rewrite [RHS]component f0 mulr0.
apply: (is_lim_seq_ext (fun j => f 0 i 0 * pow (1 - lam i)%R j)).
  by move=> j; rewrite [RHS]component RpowE mulrC.
have e0 : (f 0 i 0 * 0)%R = 0 :> R by rewrite mulr0.
rewrite -[X in is_lim_seq _ (Finite X)]e0.
apply: is_lim_seq_mult'; first exact: is_lim_seq_const.
apply: is_lim_seq_geom; apply/RltP.
have l0 : 0 < lam i by rewrite lt0r ne eigenvalue_ge0.
rewrite -[Rabs _]/(`|1 - lam i|) ltr_norml; apply/andP; split.
  by rewrite ltr_subr_addr addrC -ltr_subr_addr opprK; exact: small.
by rewrite ltr_subl_addr ltr_addl.
Qed.

Theorem descent_converges i : is_lim_seq (fun j => w j i 0) ((X^T *m z) i 0).
Proof.
apply: (is_lim_seq_ext (fun j => p i 0 + \sum_k Q i k * f j k 0)).
  move=> j; have e : w j = p + Q *m f j by rewrite /f mulmxA oQ mul1mx addrC subrK.
  by rewrite [in RHS]e [RHS]mxE [X in _ = _ + X]mxE.
rewrite -/p -[X in is_lim_seq _ (Finite X)]addr0.
apply: is_lim_seq_plus'; first exact: is_lim_seq_const.
have := @is_lim_seq_sum _ (index_enum _) predT (fun j k => Q i k * f j k 0) (fun=> 0).
rewrite big1_eq; apply => k _; have e0 : (Q i k * 0)%R = 0 :> R by rewrite mulr0.
rewrite -[X in is_lim_seq _ (Finite X)]e0.
apply: is_lim_seq_mult'; [exact: is_lim_seq_const | exact: component_limit].
Qed.

End Descent.
