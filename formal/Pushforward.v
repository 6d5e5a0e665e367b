(** * The product map, its differential and the pushforward identity
                                                            (end-to-end-flow)

    phi(W_N, ..., W_1) = W_N ... W_1.  Its differential is
      dphi(X) = sum_{j=1}^N (W_N ... W_{j+1}) X_j (W_{j-1} ... W_1),
    and the adjoint for the Frobenius inner products is
      dphi^*(Z)_j = (W_N ... W_{j+1})^T Z (W_{j-1} ... W_1)^T.
    At balanced factors, W_{j+1}^T W_{j+1} = W_j W_j^T for 1 <= j < N,
      dphi(dphi^*(Z)) = sum_{j=1}^N (W_N W_N^T)^(N-j) Z (W_1^T W_1)^(j-1)
    and W W^T = (W_N W_N^T)^N, W^T W = (W_1^T W_1)^N.  No rank is assumed.

    The factors are a function j |-> W_j of the layer j = 1, ..., N. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum Operator.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

Section Definitions.

Variables (R : comRingType) (d : nat).
Implicit Types (W X : nat -> 'M[R]_d) (Z : 'M[R]_d).

(** phi W N = W_N W_{N-1} ... W_1 *)
Fixpoint phi W (N : nat) : 'M[R]_d :=
  if N is n.+1 then W n.+1 *m phi W n else 1%:M.

(** above W N j = W_N ... W_{j+1} *)
Definition above W (N j : nat) : 'M[R]_d := phi (fun k => W (j + k)%N) (N - j).

(** below W j = W_{j-1} ... W_1 *)
Definition below W (j : nat) : 'M[R]_d := phi W (j - 1).

Definition dphi W N X : 'M[R]_d :=
  \sum_(1 <= j < N.+1) above W N j *m X j *m below W j.

Definition dphi_adj W N Z (j : nat) : 'M[R]_d :=
  (above W N j)^T *m Z *m (below W j)^T.

Definition balanced W N : Prop :=
  forall j, (1 <= j < N)%N -> (W j.+1)^T *m W j.+1 = W j *m (W j)^T.

(** The inner product of two tuples of factors, <X, Y> = sum_j <X_j, Y_j>. *)
Definition frob_tuple N X (Y : nat -> 'M[R]_d) : R :=
  \sum_(1 <= j < N.+1) frob (X j) (Y j).

(** The linear curve W_j + s X_j, with polynomials in s as entries. *)
Definition line W X (j : nat) : 'M[{poly R}]_d :=
  map_mx polyC (W j) + 'X *: map_mx polyC (X j).

(** The matrix of the coefficients of s^k. *)
Definition coef_mx (k : nat) (A : 'M[{poly R}]_d) : 'M[R]_d :=
  \matrix_(i, l) (A i l)`_k.

End Definitions.

Section Facts.

Variables (R : comRingType) (d : nat).
Implicit Types (W X : nat -> 'M[R]_d) (Z : 'M[R]_d).

Lemma aboveS W N j : (j <= N)%N -> above W N.+1 j = W N.+1 *m above W N j.
Proof. by move=> jN; rewrite /above subSn //= -subSn // subnKC // leqW. Qed.

Lemma above_last W N : above W N N = 1%:M.
Proof. by rewrite /above subnn. Qed.

Lemma phi_Sr W N : phi W N.+1 = phi (fun k => W k.+1) N *m W 1%N.
Proof.
elim: N => [|N IH]; first by rewrite /= mulmx1 mul1mx.
by rewrite [LHS]/= -/(phi W N.+1) IH mulmxA.
Qed.

Lemma above_rec W N j : (j < N)%N -> above W N j = above W N j.+1 *m W j.+1.
Proof.
move=> jN; rewrite /above -(prednK (n := N - j)) ?subn_gt0 // phi_Sr addn1 -subnS.
congr (_ *m _); elim: (N - j.+1)%N => //= n ->; by rewrite addnS addSn.
Qed.

Lemma above0 W N : above W N 0 = phi W N.
Proof. by rewrite /above subn0. Qed.

Lemma above_phi W N j : (j <= N)%N -> above W N j *m phi W j = phi W N.
Proof.
elim: N => [|N IH]; first by rewrite leqn0 => /eqP ->; rewrite above_last mulmx1.
rewrite leq_eqVlt => /orP[/eqP ->|]; first by rewrite above_last mul1mx.
by rewrite ltnS => jN; rewrite aboveS // -mulmxA IH.
Qed.

Lemma dphiS W N X : dphi W N.+1 X = X N.+1 *m phi W N + W N.+1 *m dphi W N X.
Proof.
rewrite /dphi big_nat_recr //= above_last mul1mx /below subn1 /= addrC; congr (_ + _).
rewrite mulmx_sumr big_nat_cond [RHS]big_nat_cond; apply: eq_bigr => j.
by rewrite andbT => /andP[_ jN]; rewrite aboveS // !mulmxA.
Qed.

(** dphi is the first-order variation of phi: along the line W_j + s X_j the
    product is a polynomial in s whose constant term is phi(W) and whose
    coefficient of s is dphi(X). *)
Theorem dphi_first_order W X N :
  coef_mx 0 (phi (line W X) N) = phi W N /\
  coef_mx 1 (phi (line W X) N) = dphi W N X.
Proof.
elim: N => [|N [IH0 IH1]].
  rewrite /dphi big_nil; split; apply/matrixP=> i l; rewrite !mxE;
    by rewrite coefMn coef1 ?mul0rn.
have e0 : phi W N.+1 = W N.+1 *m phi W N by [].
rewrite dphiS e0 -IH0 -IH1; split; apply/matrixP=> i l; rewrite !mxE ?coef_sum.
  by apply: eq_bigr => k _; rewrite !mxE mulrDl coefD -mulrA coefXM coefCM addr0.
rewrite -big_split; apply: eq_bigr => k _ /=.
by rewrite !mxE mulrDl coefD -mulrA coefXM /= !coefCM addrC.
Qed.

Theorem dphi_adjoint W N Z X :
  frob Z (dphi W N X) = frob_tuple N (dphi_adj W N Z) X.
Proof. by rewrite frob_sumr; apply: eq_bigr => j _; rewrite frob_mul. Qed.

Lemma dphi_sub W N X Y : dphi W N (fun j => X j - Y j) = dphi W N X - dphi W N Y.
Proof.
by rewrite /dphi -sumrB; apply: eq_bigr => j _; rewrite mulmxBr mulmxBl.
Qed.

End Facts.

Section Balanced.

Variables (R : comRingType) (d : nat) (W : nat -> 'M[R]_d) (N : nat).
Hypothesis bal : balanced W N.

(** B (B^T B)^k B^T = (B B^T)^(k+1) *)
Lemma mpow_swap (B : 'M[R]_d) k :
  B *m mpow (B^T *m B) k *m B^T = mpow (B *m B^T) k.+1.
Proof.
elim: k => [|k IH]; first by rewrite mpow1 mulmx1.
by rewrite mpowSr [in RHS]mpowSr -IH !mulmxA.
Qed.

Lemma mpow_swapT (B : 'M[R]_d) k :
  B^T *m mpow (B *m B^T) k *m B = mpow (B^T *m B) k.+1.
Proof. by have := mpow_swap B^T k; rewrite trmxK. Qed.

Lemma below_key n k : (0 < n <= N)%N ->
  (phi W n)^T *m mpow (W n *m (W n)^T) k *m phi W n =
  mpow ((W 1%N)^T *m W 1%N) (n + k).
Proof.
elim: n k => // -[_|n IH] k nN.
  by rewrite /= mulmx1 mpow_swapT.
have e : phi W n.+2 = W n.+2 *m phi W n.+1 by [].
have -> : (n.+2 + k = n.+1 + k.+1)%N by rewrite addnS.
have nN' : (n.+1 < N)%N by case/andP: nN.
rewrite -IH ?(ltnW nN') // -(@bal n.+1) ?nN' // e trmx_mul -mpow_swapT !mulmxA.
by [].
Qed.

Lemma above_key j k : (j < N)%N ->
  above W N j *m mpow ((W j.+1)^T *m W j.+1) k *m (above W N j)^T =
  mpow (W N *m (W N)^T) (N - j + k).
Proof.
move=> jN; have [m e] : exists m, (N = j + m.+1)%N.
  by exists (N - j.+1)%N; rewrite addnS -addSn subnKC.
elim: m j k e jN => [|m IH] j k e jN.
  have ej : N = j.+1 by rewrite e addn1.
  have a1 : above W N j.+1 = 1%:M by rewrite -ej above_last.
  have -> : (N - j = 1)%N by rewrite ej subSn // subnn.
  by rewrite above_rec // a1 mul1mx mpow_swap -ej.
have jN' : (j.+1 < N)%N by rewrite e !addnS !ltnS leq_addr.
have e1 : above W N j *m mpow ((W j.+1)^T *m W j.+1) k *m (above W N j)^T =
  above W N j.+1 *m (W j.+1 *m mpow ((W j.+1)^T *m W j.+1) k *m (W j.+1)^T)
  *m (above W N j.+1)^T by rewrite above_rec // trmx_mul !mulmxA.
rewrite e1 mpow_swap -(@bal j.+1) ?jN' // IH //; last by rewrite e addSnnS.
by congr (mpow _ _); rewrite addnS -addSn subnSK.
Qed.

(** W_N ... W_{j+1} (W_N ... W_{j+1})^T = (W_N W_N^T)^(N-j) *)
Theorem above_power j : (j <= N)%N ->
  above W N j *m (above W N j)^T = mpow (W N *m (W N)^T) (N - j).
Proof.
rewrite leq_eqVlt => /orP[/eqP ->|jN]; first by rewrite above_last trmx1 mulmx1 subnn.
by have := above_key 0 jN; rewrite mulmx1 addn0.
Qed.

(** (W_{j-1} ... W_1)^T W_{j-1} ... W_1 = (W_1^T W_1)^(j-1) *)
Theorem below_power j : (0 < j <= N)%N ->
  (below W j)^T *m below W j = mpow ((W 1%N)^T *m W 1%N) (j - 1).
Proof.
case: j => // -[_|j jN]; first by rewrite /below subnn trmx1 mulmx1.
have j1N : (0 < j.+1 <= N)%N by rewrite /= ltnW.
by have := below_key 0 j1N; rewrite mulmx1 addn0 /below subn1.
Qed.

Theorem product_power_left : (0 < N)%N ->
  phi W N *m (phi W N)^T = mpow (W N *m (W N)^T) N.
Proof. by move=> N0; rewrite -above0 above_power // subn0. Qed.

Theorem product_power_right : (0 < N)%N ->
  (phi W N)^T *m phi W N = mpow ((W 1%N)^T *m W 1%N) N.
Proof.
move=> N0; have := @below_key N 0; rewrite N0 leqnn mulmx1 addn0; exact.
Qed.

Theorem pushforward Z :
  dphi W N (dphi_adj W N Z) =
  \sum_(1 <= j < N.+1)
     mpow (W N *m (W N)^T) (N - j) *m Z *m mpow ((W 1%N)^T *m W 1%N) (j - 1).
Proof.
rewrite /dphi big_nat_cond [RHS]big_nat_cond; apply: eq_bigr => j.
rewrite andbT ltnS => jN; rewrite -above_power; last by case/andP: jN.
by rewrite -below_power // /dphi_adj !mulmxA.
Qed.

End Balanced.

(** dphi dphi^* = N A_{N,W}. *)
Theorem pushforward_operator (F : fieldType) (d N : nat) (W : nat -> 'M[F]_d) Z :
  N%:R != 0 :> F -> balanced W N ->
  dphi W N (dphi_adj W N Z) =
  N%:R *: Op N (W N *m (W N)^T) ((W 1%N)^T *m W 1%N) Z.
Proof.
by move=> N0 bal; rewrite pushforward // /Op scalerA mulfV ?scale1r.
Qed.
