(** * The Hamiltonian of the geodesic flow                      (geodesic-hamiltonian)

    H(W, X) = N/2 Tr(X^T A_{N,W}(X)), with P = (W W^T)^(1/N) and Q = (W^T W)^(1/N).
    - Along X + s Z it grows with N Tr(A_{N,W}(X)^T Z).
    - H(Q W R^T, Q X R^T) = H(W, X) for orthogonal Q and R, W of any rank.
    - At W = U diag(t_i^N) V^T with different t_i > 0, it is
        sum_i (N sigma_i / t_i u_i^T X v_i)^2 / (2N)
        + sum_{i<l} (sigma_i + sigma_l) (a_il - b_il)^2 / (4 (x_i - x_l) (sigma_i - sigma_l))
        + sum_{i<l} (sigma_i - sigma_l) (a_il + b_il)^2 / (4 (x_i - x_l) (sigma_i + sigma_l))
      with x = t^2, a = U^T (X W^T - W X^T) U and b = V^T (W^T X - X^T W) V. *)

From Coq Require Import Field.
From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum Operator Pushforward Balancedness MetricFrame.
From DLN Require Import CurvatureSums ScalarCurvature Roots.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Hamiltonian.

Variables (F : fieldType) (d : nat).
Add Ring hamiltonian_ring : (ring_bridge F).

Definition hamiltonian (N : nat) (P Q X : 'M[F]_d) : F :=
  N%:R / 2%:R * frob X (Op N P Q X).

Lemma hamiltonian_turn N (A B P Q X : 'M[F]_d) : orthogonal A -> orthogonal B ->
  hamiltonian N (A *m P *m A^T) (B *m Q *m B^T) (A *m X *m B^T) = hamiltonian N P Q X.
Proof.
move=> oA oB; congr (_ * _).
suff -> : Op N (A *m P *m A^T) (B *m Q *m B^T) (A *m X *m B^T) = A *m Op N P Q X *m B^T.
  exact: frob_orth.
rewrite /Op -scalemxAr -scalemxAl mulmx_sumr mulmx_suml; congr (_ *: _).
apply: eq_bigr => j _; rewrite !mpow_conj // !mulmxA.
by rewrite (mulmx_orthK oA) (mulmx_orthK oB).
Qed.

(** The coefficient of s is the derivative. *)
Theorem hamiltonian_velocity N (P Q X Z : 'M[F]_d) (s : F) : 2%:R != 0 :> F ->
  symmetric_mx P -> symmetric_mx Q ->
  hamiltonian N P Q (X + s *: Z) =
  hamiltonian N P Q X + s * (N%:R * frob (Op N P Q X) Z) + s ^+ 2 * hamiltonian N P Q Z.
Proof.
move=> two sP sQ; have sym := operator_self_adjoint N X Z sP sQ.
have eN : N%:R = N%:R / 2%:R * 2%:R :> F by rewrite divfK.
rewrite /hamiltonian linearD linearZ /= [X in s * (X * _)]eN.
move: (Op N P Q X) (Op N P Q Z) sym => A B sym.
rewrite !frobDr !frobDl !frobZr !frobZl -sym (frobC Z A).
by move: (N%:R / 2%:R) (frob X A) (frob A Z) (frob Z B) => n a b c; mcring F.
Qed.

End Hamiltonian.

Section Turned.

Variables (R : rcfType) (d N : nat).
Hypothesis N0 : (0 < N)%N.

Lemma psd_turn (A P : 'M[R]_d) : psd P -> psd (A *m P *m A^T).
Proof.
move=> [sP p]; split; first by rewrite /symmetric_mx !trmx_mul trmxK sP mulmxA.
by move=> x; have := p (x *m A); rewrite trmx_mul !mulmxA.
Qed.

(** P and Q are the roots at W, P' and Q' those at A W B^T. *)
Theorem hamiltonian_turned (W X A B P Q P' Q' : 'M[R]_d) : orthogonal A -> orthogonal B ->
  psd P -> mpow P N = W *m W^T -> psd Q -> mpow Q N = W^T *m W ->
  let W' := A *m W *m B^T in
  psd P' -> mpow P' N = W' *m W'^T -> psd Q' -> mpow Q' N = W'^T *m W' ->
  hamiltonian N P' Q' (A *m X *m B^T) = hamiltonian N P Q X.
Proof.
move=> oA oB pP eP pQ eQ W' pP' eP' pQ' eQ'.
have -> : P' = A *m P *m A^T.
  apply: (psd_root_unique N0 pP' (psd_turn _ pP)).
  by rewrite eP' mpow_conj // eP /W' !trmx_mul trmxK !mulmxA (mulmx_orthK oB).
have -> : Q' = B *m Q *m B^T.
  apply: (psd_root_unique N0 pQ' (psd_turn _ pQ)).
  by rewrite eQ' mpow_conj // eQ /W' !trmx_mul trmxK !mulmxA (mulmx_orthK oA).
exact: hamiltonian_turn.
Qed.

End Turned.

Section Pair.

Variable F : fieldType.
Implicit Types (n p q two y z : F).
Add Field hamiltonian_field : (field_bridge F).

Lemma hamiltonian_own n two p y : n != 0 -> two != 0 ->
  n / two * (p ^+ 2 * y ^+ 2) = 1 / (two * n) * (n * p * y) ^+ 2.
Proof. by move=> n0 two0; mcfield F. Qed.

Lemma hamiltonian_pair n (la a b four : F) p q y z : four != 0 -> four = 2%:R * 2%:R ->
  n * la * (a - b) = p ^+ 2 - q ^+ 2 -> a - b != 0 -> p - q != 0 -> p + q != 0 ->
  n / 2%:R * (la * y ^+ 2 + la * z ^+ 2) =
  (p + q) / (four * (a - b) * (p - q)) * (y * q - p * z - (p * y - z * q)) ^+ 2
  + (p - q) / (four * (a - b) * (p + q)) * (y * q - p * z + (p * y - z * q)) ^+ 2.
Proof.
move=> f0 ef e ab m0 s0.
have two0 : 2%:R != 0 :> F by apply: contra f0; rewrite ef => /eqP ->; rewrite mul0r.
transitivity ((p ^+ 2 - q ^+ 2) / (2%:R * (a - b)) * (y ^+ 2 + z ^+ 2)).
  by rewrite -e; move: (2%:R : F) two0 => two two0; mcfield F.
transitivity ((p ^+ 2 - q ^+ 2) / (four * (a - b)) * ((y + z) ^+ 2 + (y - z) ^+ 2)).
  have -> : (y + z) ^+ 2 + (y - z) ^+ 2 = 2%:R * (y ^+ 2 + z ^+ 2) by mcring F.
  by rewrite ef; move: (2%:R : F) two0 => two two0; mcfield F.
by mcfield F.
Qed.

End Pair.

Section Frame.

Variables (F : realFieldType) (d N : nat) (U V W X : 'M[F]_d) (t : 'I_d -> F).
Hypotheses (N0 : (0 < N)%N) (oU : orthogonal U) (oV : orthogonal V).
Hypotheses (t0 : forall i, 0 < t i) (distinct : forall i l, i != l -> t i != t l).

Let sigma i := t i ^+ N.
Hypothesis svd : W = U *m Diag sigma *m V^T.

(** What is conserved where rows turn, and where columns do, in the frames. *)
Let rows := U^T *m (X *m W^T - W *m X^T) *m U.
Let columns := V^T *m (W^T *m X - X^T *m W) *m V.

Theorem hamiltonian_frame :
  hamiltonian N (root_of U t) (root_of V t) X =
  (\sum_i 1 / (2%:R * N%:R) * (N%:R * sigma i / t i * (U^T *m X *m V) i i) ^+ 2)
  + ((\sum_(i < d) \sum_(l < d | (i < l)%N)
        (sigma i + sigma l) / (4%:R * (t i ^+ 2 - t l ^+ 2) * (sigma i - sigma l))
        * (rows i l - columns i l) ^+ 2)
     + \sum_(i < d) \sum_(l < d | (i < l)%N)
        (sigma i - sigma l) / (4%:R * (t i ^+ 2 - t l ^+ 2) * (sigma i + sigma l))
        * (rows i l + columns i l) ^+ 2).
Proof.
pose Y := U^T *m X *m V; have n0 : N%:R != 0 :> F by rewrite pnatr_eq0 -lt0n.
have rowsE i l : rows i l = Y i l * sigma l - sigma i * Y l i.
  have -> : rows = Y *m Diag sigma - Diag sigma *m Y^T.
    rewrite /rows svd /Y !trmx_mul !trmxK Diag_tr mulmxBr mulmxBl !mulmxA.
    by rewrite (mulmx_orthK oU) orthogonalT // mul1mx.
  by rewrite mxE [X in _ + X = _]mxE mul_mx_DiagE mul_DiagE [Y^T _ _]mxE.
have columnsE i l : columns i l = sigma i * Y i l - Y l i * sigma l.
  have -> : columns = Diag sigma *m Y - Y^T *m Diag sigma.
    rewrite /columns svd /Y !trmx_mul !trmxK Diag_tr mulmxBr mulmxBl !mulmxA.
    by rewrite (mulmx_orthK oV) orthogonalT // mul1mx.
  by rewrite mxE [X in _ + X = _]mxE mul_mx_DiagE mul_DiagE [Y^T _ _]mxE.
rewrite /hamiltonian operator_quadratic // -/Y sum_pairs mulrDr; congr (_ + _).
  rewrite mulr_sumr; apply: eq_bigr => i _.
  have e : sigma i / t i = t i ^+ N.-1.
    by rewrite /sigma -{1}(prednK N0) exprS mulrC mulKf // gt_eqF.
  rewrite lambda_diag // subn1 exprAC -[N%:R * sigma i / t i]mulrA e.
  by apply: hamiltonian_own; rewrite // pnatr_eq0.
rewrite mulr_sumr -big_split; apply: eq_bigr => i _ /=.
rewrite mulr_sumr -big_split; apply: eq_bigr => l il /=.
have ne : t i != t l by apply: distinct; rewrite -(inj_eq val_inj) /= ltn_eqF.
rewrite (lambdaC N t l) rowsE columnsE; apply: hamiltonian_pair.
- by rewrite pnatr_eq0.
- by rewrite -natrM.
- exact: lambda_difference.
- by rewrite subr_eq0 eqr_expn2 ?ltW.
- by rewrite subr_eq0 /sigma (eqr_expn2 N0) ?ltW.
- by rewrite gt_eqF // addr_gt0 // exprn_gt0.
Qed.

End Frame.
