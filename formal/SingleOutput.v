(** * The flow of one row

    w = t^N u is a row, u u^T = 1, so that (w w^T)^(1/N) = t^2 and (w^T w)^(1/N) = t^2 u^T u.
    The operator N A_{N,w} of a row G is then
      t^(2N-2) (G + (N-1) G u^T u),
    |w|^(2-2/N) times G and N-1 times its projection on w. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

Section SingleOutput.

Variables (R : comRingType) (n N : nat) (t : R) (u : 'rV[R]_n).
Hypotheses (N0 : (0 < N)%N) (u1 : u *m u^T = 1%:M).

Let w : 'rV[R]_n := t ^+ N *: u.
Let P : 'M[R]_1 := (t ^+ 2)%:M.
Let Q : 'M[R]_n := t ^+ 2 *: (u^T *m u).

Lemma mpow_scalar k : mpow P k = ((t ^+ 2) ^+ k)%:M.
Proof. elim: k => [|k IH]; [by rewrite expr0 | by rewrite [LHS]/= IH [_ ^+ k.+1]exprS scalar_mxM]. Qed.

Lemma mpow_projection k : mpow Q k.+1 = (t ^+ 2) ^+ k.+1 *: (u^T *m u).
Proof.
elim: k => [|k IH]; first by rewrite mpow1 expr1.
rewrite [LHS]/= -/(mpow Q k.+1) IH /Q -scalemxAl -scalemxAr scalerA -exprS.
by rewrite -mulmxA (mulmxA u) u1 mul1mx.
Qed.

Theorem row_roots : mpow P N = w *m w^T /\ mpow Q N = w^T *m w.
Proof.
rewrite mpow_scalar /w linearZ /= -!scalemxAl -!scalemxAr !scalerA u1 scalemx1.
have e : (t ^+ 2) ^+ N = t ^+ N * t ^+ N by rewrite -expr2 exprAC.
by rewrite e -(prednK N0) mpow_projection (prednK N0) e.
Qed.

Theorem row_operator (G : 'rV[R]_n) :
  \sum_(1 <= j < N.+1) mpow P (N - j) *m G *m mpow Q (j - 1) =
  (t ^+ 2) ^+ (N - 1) *: (G + (N - 1)%:R *: (G *m (u^T *m u))).
Proof.
rewrite big_ltn // subnn mulmx1 mpow_scalar mul_scalar_mx scalerDr; congr (_ + _).
rewrite (eq_big_nat _ _ (F2 := fun=> (t ^+ 2) ^+ (N - 1) *: (G *m (u^T *m u)))) => [|j /andP[j1 jN]].
  by rewrite sumr_const_nat subSS scalerA mulrC -scalerA scaler_nat.
have -> : (j - 1 = (j - 2).+1)%N by rewrite -subSn.
rewrite mpow_projection mpow_scalar mul_scalar_mx -scalemxAl -scalemxAr scalerA -exprD.
by congr (_ ^+ _ *: _); rewrite -subSn // subSS addnBA ?(ltnW j1) // subnK.
Qed.

End SingleOutput.
