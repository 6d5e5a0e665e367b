(** * The determinant of a tridiagonal (Jacobi) matrix         (orbit-volume)

    Let D_n be the determinant of the n x n tridiagonal matrix with diagonal
    a + b and off-diagonal entries p (above) and q (below) with p q = a b.
    Then  D_n = sum_{j=1}^{n+1} a^(n+1-j) b^(j-1),  that is
    (a - b) D_n = a^(n+1) - b^(n+1)                                  (MY2025).

    With the two corner entries halved, n >= 2, the determinant is
    (a - b) (a^(n-1) - b^(n-1)) / 4: this is the Gram matrix of the whole
    balanced manifold, one pair of singular values at a time      (coarea). *)


From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

(** The n x n matrix with diagonal c_0, ..., c_{n-1}, entries p just above the
    diagonal, q just below it, and 0 elsewhere. *)
Definition tridiag (R : ringType) (n : nat) (c : nat -> R) (p q : R) : 'M[R]_n :=
  \matrix_(i < n, j < n)
    if (i == j :> nat) then c i
    else if (j == i.+1 :> nat) then p
    else if (i == j.+1 :> nat) then q
    else 0.

Section Tridiagonal.

Variable R : comRingType.
Implicit Types (a b p q : R) (c : nat -> R).
Add Ring Rring : (ring_bridge R).

(** Laplace twice: along the first row, then along the first column. *)
Lemma det_tridiag_rec n c p q :
  \det (tridiag n.+2 c p q) =
  c 0%N * \det (tridiag n.+1 (fun k => c k.+1) p q)
  - p * q * \det (tridiag n (fun k => c k.+2) p q).
Proof.
rewrite (expand_det_row (tridiag n.+2 c p q) 0) big_ord_recl big_ord_recl.
rewrite [X in _ + (_ + X)]big1 ?addr0 => [|k _]; last first.
  by rewrite mxE /= /bump /= ?add1n mul0r.
rewrite !mxE /=; congr (_ * _ + _).
  rewrite /cofactor expr0 mul1r; congr (\det _).
  by apply/matrixP=> i j; rewrite !mxE /= /bump /= ?add1n !eqSS.
rewrite /cofactor /= expr1 mulN1r mulrN -mulrA; congr (- (_ * _)).
set B := row' _ _.
rewrite (expand_det_col B 0) big_ord_recl big1 ?addr0 => [|k _]; last first.
  by rewrite !mxE /= /bump /= ?add1n mul0r.
rewrite !mxE /= /bump /= /cofactor /= expr0 mul1r; congr (_ * \det _).
by apply/matrixP=> i j; rewrite !mxE /= /bump /= ?add1n ?add2n /= !eqSS.
Qed.

Lemma det_tridiag0 c p q : \det (tridiag 0 c p q) = 1.
Proof. exact: det_mx00. Qed.

Lemma det_tridiag1 c p q : \det (tridiag 1 c p q) = c 0%N.
Proof. by rewrite det_mx11 mxE. Qed.

Lemma geom_rec N a b :
  geom N.+2 a b = (a + b) * geom N.+1 a b - a * b * geom N a b.
Proof.
have geomSl n : geom n.+1 a b = a * geom n a b + b ^+ n.
  rewrite !geom_ord big_ord_recr /= subnn expr0 mul1r mulr_sumr; congr (_ + _).
  case: n => [|n]; first by rewrite !big_ord0.
  apply: eq_bigr => j _ /=; rewrite mulrA -exprS subSn // -ltnS //.
rewrite (geomSl N.+1) (geomSl N) !exprS; mcring R.
Qed.

Theorem det_tridiag_sum n a b p q : p * q = a * b ->
  \det (tridiag n (fun=> a + b) p q) = geom n.+1 a b.
Proof.
move=> pq; elim/ltn_ind: n => -[|[|n]] IH.
- by rewrite det_tridiag0 geom1.
- rewrite det_tridiag1 geom_rec geom1 geom0. mcring R.
- by rewrite det_tridiag_rec /= (IH n.+1) // (IH n (leqW (leqnn _))) pq -geom_rec.
Qed.

Theorem det_tridiag n a b p q : p * q = a * b ->
  (a - b) * \det (tridiag n (fun=> a + b) p q) = a ^+ n.+1 - b ^+ n.+1.
Proof. by move=> pq; rewrite det_tridiag_sum // geometric_sum. Qed.

(** The last diagonal entry halved. *)
Lemma det_tridiag_end n e a b p q : p * q = a * b -> e *+ 2 = a + b ->
  \det (tridiag n (fun k => if k.+1 == n then e else a + b) p q) *+ 2 =
  a ^+ n + b ^+ n.
Proof.
move=> pq e2; elim/ltn_ind: n => -[|[|n]] IH.
- by rewrite det_tridiag0 !expr0.
- by rewrite det_tridiag1.
rewrite det_tridiag_rec /= mulrnBl -!mulrnAr.
have -> : \det (tridiag n.+1 (fun k => if k.+2 == n.+2 then e else a + b) p q) *+ 2
          = a ^+ n.+1 + b ^+ n.+1 by exact: (IH n.+1).
have -> : \det (tridiag n (fun k => if k.+3 == n.+2 then e else a + b) p q) *+ 2
          = a ^+ n + b ^+ n by exact: (IH n (leqW (leqnn _))).
by rewrite pq !exprS; mcring R.
Qed.

(** Both corner entries halved. *)
Theorem det_tridiag_ends n e a b p q : p * q = a * b -> e *+ 2 = a + b ->
  \det (tridiag n.+2 (fun k => if (k == 0%N) || (k == n.+1) then e else a + b) p q) *+ 4 =
  (a - b) * (a ^+ n.+1 - b ^+ n.+1).
Proof.
move=> pq e2; rewrite det_tridiag_rec /= (mulrnA _ 2 2) mulrnBl -!mulrnAr.
have -> : \det (tridiag n.+1 (fun k => if k.+1 == n.+1 then e else a + b) p q) *+ 2
          = a ^+ n.+1 + b ^+ n.+1 by exact: det_tridiag_end.
rewrite mulrnBl -mulrnAl e2 -!mulrnAr.
have -> : \det (tridiag n (fun k => if k.+2 == n.+1 then e else a + b) p q) *+ 2
          = a ^+ n + b ^+ n by exact: det_tridiag_end.
by rewrite pq !exprS; mcring R.
Qed.

End Tridiagonal.
