(** * The flow of one row is no gradient flow for N >= 3

    For rows w != 0 and c, and N >= 1, the vector field
      F(w) = |w|^(2-2/N) (c + (N-1) <c, w> w / |w|^2)
    has at w the partial derivatives J_ij = d F_i / d w_j with
      J_ij - J_ji = - ((N-1)(N-2)/N) |w|^(-2/N) (c_i w_j - c_j w_i);
    at N = 2 it is the gradient of |w| <c, w>.  By SingleOutput.v, F(w) = N A_{N,w}(c).
    R is Coq's field of real numbers. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import Rstruct.
From Coquelicot Require Import Coquelicot.
From DLN Require Import Curl.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope R_scope with coqR.
Local Open Scope ring_scope.

Section RowCurl.

Variables (n N : nat) (c : 'I_n -> R).

Definition square_norm (v : 'I_n -> R) : R := (\sum_k v k ^+ 2)%R.
Definition pairing (v : 'I_n -> R) : R := (\sum_k c k * v k)%R.

(** F_i(v) *)
Definition row_field (v : 'I_n -> R) (i : 'I_n) : R :=
  (Rpower (square_norm v) (1 - 1 / INR N) * c i +
   (INR N - 1) * pairing v * Rpower (square_norm v) (- (1 / INR N)) * v i)%coqR.

Variable w : 'I_n -> R.
Hypotheses (N0 : (0 < N)%N) (w0 : 0 < square_norm w).

(** w with w_j + x in place of w_j *)
Definition moved (j : 'I_n) (x : R) (k : 'I_n) : R := (w k + (k == j)%:R * x)%R.

(** dF_i/dw_j *)
Definition row_partial (i j : 'I_n) : R :=
  field_slope (square_norm w) (pairing w) (c i) (c j) (w i) (w j) (i == j)%:R
    (1 / INR N)%coqR (INR N - 1)%coqR.

Lemma pairing_moved j x : pairing (moved j x) = (pairing w + c j * x)%coqR.
Proof.
rewrite /pairing /moved (eq_bigr (fun k => c k * w k + c k * ((k == j)%:R * x))) => [|k _].
  rewrite big_split /=; congr Rplus; rewrite (bigD1 j) //= eqxx mul1r big1 ?addr0 // => k /negPf ->.
  by rewrite mul0r mulr0.
by rewrite mulrDr.
Qed.

Lemma square_norm_moved j x : square_norm (moved j x) = (square_norm w + 2 * w j * x + x ^ 2)%coqR.
Proof.
rewrite /square_norm /moved (bigD1 j) //= eqxx mul1r [in RHS](bigD1 j) //=.
rewrite (eq_bigr (fun k => w k ^+ 2)) => [|k /negPf ->]; last by rewrite mul0r addr0.
move: (\sum_(k < n | _) _) => S; rewrite !expr2.
by change ((w j + x) * (w j + x) + S = w j * w j + S + 2 * w j * x + x ^ 2)%coqR; ring.
Qed.

Theorem row_partial_derivative i j :
  is_derive (fun x => row_field (moved j x) i) 0 (row_partial i j).
Proof.
have := is_derive_field (square_norm w) (pairing w) (c i) (c j) (w i) (w j) (i == j)%:R
  (1 / INR N)%coqR (INR N - 1)%coqR (RltP _ _ w0).
apply: is_derive_ext => x; rewrite /field_line /row_field square_norm_moved pairing_moved.
by congr (_ + _)%coqR.
Qed.

Theorem row_curl i j :
  row_partial i j - row_partial j i =
  - ((N%:R - 1) * (N%:R - 2%:R) / N%:R * Rpower (square_norm w) (- (1 / INR N)) * (c i * w j - c j * w i)).
Proof.
have n0 : Rlt 0 (INR N) by apply: lt_0_INR; exact/ssrnat.ltP.
rewrite /row_partial [j == i]eq_sym.
have := slope_difference (square_norm w) (pairing w) (c i) (c j) (w i) (w j) (i == j)%:R (INR N) (RltP _ _ w0) n0.
have -> : 1 = 1%coqR :> R by [].
have c2 : 2%:R = 2%coqR :> R by rewrite -INRE INR_IZR_INZ.
by rewrite c2 -INRE -RinvE ?INRE ?pnatr_eq0 -?lt0n.
Qed.

Theorem row_not_symmetric i j : (2 < N)%N -> c i * w j != c j * w i ->
  row_partial i j != row_partial j i.
Proof.
move=> N3 ne; rewrite -subr_eq0 row_curl oppr_eq0 !mulf_neq0 ?subr_eq0 ?invr_eq0 ?pnatr_eq0 -?lt0n //.
- by rewrite (eqr_nat _ N 1) gtn_eqF // ltnW.
- by rewrite eqr_nat gtn_eqF.
- by apply/eqP; apply: Rgt_not_eq; exact: exp_pos.
Qed.

Theorem row_potential j : N = 2%N ->
  is_derive (fun x => Rpower (square_norm (moved j x)) (1 / 2)%coqR * pairing (moved j x)) 0 (row_field w j).
Proof.
move=> N2; have e2 : INR N = 2%coqR by rewrite N2.
have := is_derive_potential (square_norm w) (pairing w) (c j) (c j) (w j) (w j) 1 (RltP _ _ w0).
have -> : field_line (square_norm w) (pairing w) (c j) (c j) (w j) (w j) 1 (1 / 2)%coqR 1 0 = row_field w j.
  rewrite /field_line /row_field e2.
  have -> : (square_norm w + 2 * w j * 0 + 0 ^ 2)%coqR = square_norm w by ring.
  by ring.
by apply: is_derive_ext => x; rewrite square_norm_moved pairing_moved.
Qed.

End RowCurl.
