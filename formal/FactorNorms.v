(** * Norms of balanced factors of any shapes and of their product    (factor-norms)

    W_j has any shape n_j x n_{j-1}, and the product W any rank r: W = U diag(sigma_i) V^T
    with U^T U = 1, V^T V = 1 of r columns and sigma_i = t_i^N.  Then
    Tr(W^T W) = sum_i sigma_i^2, and balanced factors of W have
    sum_j Tr(W_j^T W_j) = N sum_i t_i^2.  No rank of a factor is assumed. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics Spectral Roots.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Thin.

Variables (R : comRingType) (m n r : nat) (U : 'M[R]_(m, r)) (V : 'M[R]_(n, r)).
Hypotheses (oU : U^T *m U = 1%:M) (oV : V^T *m V = 1%:M).

Lemma thin_gram (s : 'I_r -> R) (W : 'M[R]_(m, n)) :
  W = U *m Diag s *m V^T -> W^T *m W = V *m Diag (fun i => s i ^+ 2) *m V^T.
Proof.
move=> ->; rewrite !trmx_mul trmxK Diag_tr !mulmxA -(mulmxA _ U^T U) oU mulmx1.
by rewrite -(mulmxA V) Diag_mul; congr (V *m _ *m _); apply: eq_Diag => i; rewrite expr2.
Qed.

Lemma thin_trace (s : 'I_r -> R) : \tr (V *m Diag s *m V^T) = \sum_(i < r) s i.
Proof.
rewrite mxtrace_mulC mulmxA oV mul1mx; apply: eq_bigr => i _.
by rewrite DiagE eqxx mulr1n.
Qed.

Lemma thin_power (s : 'I_r -> R) k :
  mpow (V *m Diag s *m V^T) k.+1 = V *m Diag (fun i => s i ^+ k.+1) *m V^T.
Proof.
elim: k => [|k IH]; first by rewrite mpow1; congr (V *m _ *m _); apply: eq_Diag => i; rewrite expr1.
rewrite [LHS]/= -/(mpow _ k.+1) IH !mulmxA -(mulmxA _ V^T V) oV mulmx1 -(mulmxA V) Diag_mul.
by congr (V *m _ *m _); apply: eq_Diag => i; rewrite [RHS]exprS.
Qed.

Theorem norm_of_product (s : 'I_r -> R) (W : 'M[R]_(m, n)) :
  W = U *m Diag s *m V^T -> \tr (W^T *m W) = \sum_(i < r) s i ^+ 2.
Proof. by move=> eW; rewrite (thin_gram eW) thin_trace. Qed.

End Thin.

Section Chain.

Variables (R : comRingType) (n : nat -> nat) (W : forall j, 'M[R]_(n j.+1, n j)).

(** The layer j + 1 is W j; chain k = W_k ... W_1. *)
Fixpoint chain (k : nat) : 'M[R]_(n k, n 0%N) :=
  if k is k'.+1 then W k' *m chain k' else 1%:M.

Lemma power_between p q (B : 'M[R]_(p, q)) k :
  B^T *m mpow (B *m B^T) k *m B = mpow (B^T *m B) k.+1.
Proof.
elim: k => [|k IH]; first by rewrite mpow1 mulmx1.
by rewrite [mpow _ k.+1]mpowSr [RHS]mpowSr -IH !mulmxA.
Qed.

Variable N : nat.
Hypothesis bal : forall j, (j.+1 < N)%N -> (W j.+1)^T *m W j.+1 = W j *m (W j)^T.

Lemma chain_power j k : (j < N)%N ->
  (chain j.+1)^T *m mpow (W j *m (W j)^T) k *m chain j.+1 = mpow ((W 0%N)^T *m W 0%N) (j.+1 + k).
Proof.
elim: j k => [|j IH] k jN; first by rewrite /= mulmx1 power_between.
rewrite [chain j.+2]/= -/(chain j.+1) trmx_mul.
have -> : (chain j.+1)^T *m (W j.+1)^T *m mpow (W j.+1 *m (W j.+1)^T) k *m (W j.+1 *m chain j.+1) =
    (chain j.+1)^T *m ((W j.+1)^T *m mpow (W j.+1 *m (W j.+1)^T) k *m W j.+1) *m chain j.+1.
  by rewrite !mulmxA.
by rewrite power_between bal // IH ?addnS // ltnW.
Qed.

End Chain.

Section Factors.

Variables (R : rcfType) (N r : nat) (n : nat -> nat) (W : forall j, 'M[R]_(n j.+1, n j)).
Hypothesis bal : forall j, (j.+1 < N)%N -> (W j.+1)^T *m W j.+1 = W j *m (W j)^T.

Lemma same_norm j : (j < N)%N -> \tr ((W j)^T *m W j) = \tr ((W 0%N)^T *m W 0%N).
Proof. by elim: j => // j IH jN; rewrite bal // mxtrace_mulC IH // ltnW. Qed.

Lemma psd_of_gram p q (B : 'M[R]_(p, q)) : psd (B *m B^T).
Proof.
split; first by rewrite /symmetric_mx trmx_mul trmxK.
by move=> x; rewrite mulmxA -mulmxA -trmx_mul; apply: dot_ge0.
Qed.

Variables (U : 'M[R]_(n N, r)) (V : 'M[R]_(n 0%N, r)) (t : 'I_r -> R).
Hypotheses (N0 : (0 < N)%N) (oU : U^T *m U = 1%:M) (oV : V^T *m V = 1%:M).
Hypothesis eW : chain W N = U *m Diag (fun i => t i ^+ N) *m V^T.

Theorem norms_of_factors :
  \sum_(j < N) \tr ((W j)^T *m W j) = \sum_(i < r) N%:R * t i ^+ 2.
Proof.
have root : (W 0%N)^T *m W 0%N = V *m Diag (fun i => t i ^+ 2) *m V^T.
  apply: (psd_root_unique N0).
  - by have := psd_of_gram (W 0%N)^T; rewrite trmxK.
  - have -> : V *m Diag (fun i => t i ^+ 2) *m V^T = V *m Diag t *m (V *m Diag t)^T.
      rewrite trmx_mul Diag_tr !mulmxA -(mulmxA V (Diag t)) Diag_mul.
      by congr (V *m _ *m _); apply: eq_Diag => i; rewrite expr2.
    exact: psd_of_gram.
  have := thin_gram oU eW; have [k ek] : exists k, N = k.+1 by exists N.-1; rewrite prednK.
  have h : (k < N)%N by rewrite ek.
  have := @chain_power _ _ W N bal k 0 h; rewrite mulmx1 addn0 -ek => <- ->.
  rewrite [in RHS]ek thin_power //; congr (V *m _ *m _); apply: eq_Diag => i.
  by rewrite -ek -!exprM mulnC.
rewrite (eq_bigr (fun=> \sum_(i < r) t i ^+ 2)) => [|j _]; last first.
  by rewrite same_norm // root thin_trace.
by rewrite sumr_const card_ord -mulr_natl mulr_sumr.
Qed.

End Factors.
