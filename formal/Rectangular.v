(** * The differential of a product of factors of any shapes

    W_j has any shape n_j x n_{j-1}, phi = W_N ... W_1.  The differential of phi is the
    coefficient of s along W_j + s X_j; its adjoint for the inner products Tr(A^T B) is
      dphi^*(Z)_j = (W_N ... W_{j+1})^T Z (W_{j-1} ... W_1)^T,
    and at balanced factors, of any ranks,
      dphi(dphi^*(Z)) = sum_{j=1}^N (W_N W_N^T)^(N-j) Z (W_1^T W_1)^(j-1).
    Among all X with the same dphi(X), dphi^*(Y) is shortest; its squared length is
    <Y, dphi(dphi^*(Y))>. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics FactorNorms.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Rectangular.

Variables (R : comRingType) (n : nat -> nat) (W : forall j, 'M[R]_(n j.+1, n j)).

(** One matrix a layer, of its shape, the last first; layer j + 1 stands below W j. *)
Fixpoint layers (k : nat) : Type :=
  if k is k'.+1 then ('M[R]_(n k'.+1, n k') * layers k')%type else unit.

(** dphi(X) *)
Fixpoint rdphi (k : nat) : layers k -> 'M[R]_(n k, n 0%N) :=
  if k is k'.+1 then fun X => X.1 *m chain W k' + W k' *m rdphi X.2 else fun=> 0.

(** dphi^*(Z) *)
Fixpoint rlift (k : nat) : 'M[R]_(n k, n 0%N) -> layers k :=
  if k is k'.+1 then fun Z => (Z *m (chain W k')^T, rlift ((W k')^T *m Z)) else fun=> tt.

(** sum_j Tr(X_j^T Y_j) *)
Fixpoint rinner (k : nat) : layers k -> layers k -> R :=
  if k is k'.+1 then fun X Y => \tr (X.1^T *m Y.1) + rinner X.2 Y.2 else fun _ _ => 0.

Theorem rectangular_adjoint k (Z : 'M[R]_(n k, n 0%N)) (X : layers k) :
  \tr (Z^T *m rdphi X) = rinner (rlift Z) X.
Proof.
elim: k Z X => [|k IH] Z X /=; first by rewrite mulmx0 mxtrace0.
rewrite mulmxDr mxtraceD -IH !trmx_mul !trmxK; congr (_ + _); last by rewrite !mulmxA.
by rewrite mulmxA mxtrace_mulC !mulmxA.
Qed.

(** The matrices X_j of all layers, those of the first k. *)
Fixpoint first_layers (X : forall j, 'M[R]_(n j.+1, n j)) (k : nat) : layers k :=
  if k is k'.+1 then (X k', first_layers X k') else tt.

(** W_j + s X_j *)
Definition rline (X : forall j, 'M[R]_(n j.+1, n j)) (j : nat) : 'M[{poly R}]_(n j.+1, n j) :=
  map_mx polyC (W j) + 'X *: map_mx polyC (X j).

Theorem rectangular_differential (X : forall j, 'M[R]_(n j.+1, n j)) k i l :
  (chain (rline X) k i l)`_1 = rdphi (first_layers X k) i l.
Proof.
have both : (forall a b, (chain (rline X) k a b)`_0 = chain W k a b) /\
    forall a b, (chain (rline X) k a b)`_1 = rdphi (first_layers X k) a b.
  elim: k {i l} => [|k [IH0 IH1]]; first by split=> a b; rewrite !mxE coefMn coef1 ?mul0rn.
  split=> a b /=; rewrite !mxE coef_sum -?big_split; apply: eq_bigr => c _.
    by rewrite !mxE mulrDl coefD -mulrA coefXM coefCM addr0 IH0.
  by rewrite !mxE mulrDl coefD -mulrA coefXM /= !coefCM addrC IH0 IH1.
by case: both.
Qed.

Theorem rectangular_pushforward N (Z : 'M[R]_(n N.+1, n 0%N)) :
  (forall j, (j < N)%N -> (W j.+1)^T *m W j.+1 = W j *m (W j)^T) ->
  rdphi (rlift Z) =
  \sum_(j < N.+1) mpow (W N *m (W N)^T) (N - j) *m Z *m mpow ((W 0%N)^T *m W 0%N) j.
Proof.
move=> bal; elim: N Z bal => [|N IH] Z bal.
  by rewrite big_ord_recl big_ord0 /= !mulmx1 mulmx0 !addr0 trmx1 mulmx1 mul1mx.
have -> : rdphi (rlift Z) = Z *m (chain W N.+1)^T *m chain W N.+1 +
    W N.+1 *m rdphi (rlift ((W N.+1)^T *m Z)) by [].
rewrite IH => [|j jN]; last exact/bal/ltnW.
have gram : (chain W N.+1)^T *m chain W N.+1 = mpow ((W 0%N)^T *m W 0%N) N.+1.
  have bal' j : (j.+1 < N.+2)%N -> (W j.+1)^T *m W j.+1 = W j *m (W j)^T by exact: bal.
  by have := @chain_power _ _ W N.+2 bal' N 0 (leqnSn _); rewrite mulmx1 addn0.
rewrite [RHS]big_ord_recr -mulmxA gram [LHS]addrC; congr (_ + _); last by rewrite /= subnn mul1mx.
rewrite mulmx_sumr; apply: eq_bigr => j _; rewrite -bal //.
have -> : (N.+1 - widen_ord (leqnSn N.+1) j = (N - j).+1)%N by rewrite /= subSn // -ltnS ltn_ord.
have := power_between (W N.+1)^T (N - j); rewrite trmxK => <-.
by rewrite !mulmxA.
Qed.

End Rectangular.

Section Shortest.

Variables (F : realDomainType) (n : nat -> nat) (W : forall j, 'M[F]_(n j.+1, n j)).

(** X - Y, layer by layer. *)
Fixpoint rdiff (k : nat) : layers F n k -> layers F n k -> layers F n k :=
  if k is k'.+1 then fun X Y => (X.1 - Y.1, rdiff X.2 Y.2) else fun _ _ => tt.

Lemma rdphi_diff k (X Y : layers F n k) : rdphi W (rdiff X Y) = rdphi W X - rdphi W Y.
Proof.
elim: k X Y => [|k IH] X Y /=; first by rewrite subr0.
by rewrite IH mulmxBl mulmxBr opprD addrACA.
Qed.

Lemma gram_ge0 p q (A : 'M[F]_(p, q)) : 0 <= \tr (A^T *m A).
Proof.
apply: sumr_ge0 => i _; rewrite mxE; apply: sumr_ge0 => l _.
by rewrite mxE -expr2 sqr_ge0.
Qed.

Lemma rinner_ge0 k (X : layers F n k) : 0 <= rinner X X.
Proof. by elim: k X => //= k IH X; rewrite addr_ge0 ?gram_ge0. Qed.

Lemma gram_split p q (A B : 'M[F]_(p, q)) :
  \tr ((A + B)^T *m (A + B)) = \tr (A^T *m A) + \tr (B^T *m B) + \tr (A^T *m B) *+ 2.
Proof.
have e : \tr (B^T *m A) = \tr (A^T *m B) by rewrite -mxtrace_tr trmx_mul trmxK.
have -> : (A + B)^T = A^T + B^T by apply/matrixP => i l; rewrite !mxE.
rewrite mulmxDl !mulmxDr !mxtraceD e mulr2n -!addrA; congr (_ + _).
by rewrite addrA addrC.
Qed.

Lemma rinner_split k (X L : layers F n k) :
  rinner X X = rinner L L + rinner (rdiff X L) (rdiff X L) + rinner L (rdiff X L) *+ 2.
Proof.
elim: k X L => [|k IH] X L /=; first by rewrite mul0rn !addr0.
rewrite (IH _ L.2) mulrnDl -{1 2}[X.1](subrK L.1) [X.1 - L.1 + L.1]addrC gram_split.
by rewrite [LHS]addrACA [X in X + _ = _]addrACA.
Qed.

Theorem rectangular_shortest k (Y : 'M[F]_(n k, n 0%N)) (X : layers F n k) :
  rdphi W X = rdphi W (rlift W Y) ->
  \tr (Y^T *m rdphi W (rlift W Y)) = rinner (rlift W Y) (rlift W Y) /\
  rinner (rlift W Y) (rlift W Y) <= rinner X X.
Proof.
move=> e; rewrite rectangular_adjoint; split=> //; rewrite (rinner_split X (rlift W Y)).
have -> : rinner (rlift W Y) (rdiff X (rlift W Y)) = 0.
  by rewrite -rectangular_adjoint rdphi_diff e subrr mulmx0 mxtrace0.
by rewrite mul0rn addr0 ler_addl rinner_ge0.
Qed.

End Shortest.
