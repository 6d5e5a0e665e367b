(** * Notation shared by the whole development

    Everything is stated for square matrices of an arbitrary size d over a
    commutative ring, a field or a (real closed) ordered field, whichever the
    statement needs.  A singular value is written sigma_i = t_i^N, so that the
    fractional powers of the papers become powers with natural exponents:
    sigma_i^(2/N) is t_i^2, and (sigma_i^2)^((N-j)/N) is (t_i^2)^(N-j).
    Indices start at 0, the layers of the network at 1.

    This file defines: diagonal matrices, orthogonal matrices, powers of
    matrices, the Frobenius inner product, products over pairs and van. *)

From mathcomp Require Import all_ssreflect all_algebra.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

(** A bridge to the [ring] tactic of Coq's standard library: [mcring R] proves
    polynomial identities over the commutative ring R. *)
Section Bridge.
Variable R : comRingType.
Definition br_zero : R := 0.
Definition br_one : R := 1.
Definition br_add (x y : R) : R := x + y.
Definition br_mul (x y : R) : R := x * y.
Definition br_opp (x : R) : R := - x.
Definition br_sub (x y : R) : R := br_add x (br_opp y).
Lemma ring_bridge :
  Ring_theory.ring_theory br_zero br_one br_add br_mul br_sub br_opp eq.
Proof.
rewrite /br_zero /br_one /br_sub /br_add /br_mul /br_opp.
split=> *; rewrite ?add0r ?mul1r ?mulrDl ?addrA ?mulrA ?subrr //.
- exact: addrC.
- exact: mulrC.
Qed.
End Bridge.

Ltac mcring R :=
  rewrite ?(expr0, expr1, exprS, mulrS, mulr0n);
  match goal with |- @eq _ ?x ?y => change (@eq (GRing.ComRing.sort R) x y) end;
  rewrite -?[@GRing.add _]/(@br_add R) -?[@GRing.mul _]/(@br_mul R)
          -?[@GRing.opp _]/(@br_opp R) -?[@GRing.zero _]/(@br_zero R)
          -?[@GRing.one _]/(@br_one R);
  ring.

Section Definitions.

Variables (R : comRingType) (d : nat).

(** The diagonal matrix with entries x_i. *)
Definition Diag (x : 'I_d -> R) : 'M[R]_d := diag_mx (\row_i x i).

(** U is orthogonal: U U^T = 1 (then U^T U = 1 as well, [orthogonalT]). *)
Definition orthogonal (U : 'M[R]_d) : Prop := U *m U^T = 1%:M.

(** Powers of a matrix; P^0 = 1 even when P is singular. *)
Fixpoint mpow (P : 'M[R]_d) (k : nat) : 'M[R]_d :=
  if k is k'.+1 then P *m mpow P k' else 1%:M.

(** The Frobenius inner product <A, B> = Tr(A^T B). *)
Definition frob (A B : 'M[R]_d) : R := \tr (A^T *m B).

(** Symmetric and skew-symmetric matrices. *)
Definition symmetric_mx (P : 'M[R]_d) : Prop := P^T = P.
Definition skew_mx (A : 'M[R]_d) : Prop := A^T = - A.

(** van(x) = prod_{i<l} (x_i - x_l). *)
Definition van (x : 'I_d -> R) : R :=
  \prod_(i < d) \prod_(l < d | (i < l)%N) (x i - x l).

(** U diag(t_i^2) U^T.  With W = U diag(t_i^N) V^T this is (W W^T)^(1/N), and
    V diag(t_i^2) V^T is (W^T W)^(1/N). *)
Definition root_of (U : 'M[R]_d) (t : 'I_d -> R) : 'M[R]_d :=
  U *m Diag (fun i => t i ^+ 2) *m U^T.

End Definitions.

(** ** Elementary facts *)

Section Facts.

Variables (R : comRingType) (d : nat).
Implicit Types (U V P Q A B : 'M[R]_d) (x y : 'I_d -> R).

Lemma DiagE x i l : Diag x i l = x i *+ (i == l).
Proof. by rewrite !mxE. Qed.

Lemma Diag_tr x : (Diag x)^T = Diag x.
Proof. exact: tr_diag_mx. Qed.

Lemma eq_Diag x y : x =1 y -> Diag x = Diag y.
Proof. by move=> e; apply/matrixP=> i l; rewrite !DiagE e. Qed.

Lemma Diag_mul x y : Diag x *m Diag y = Diag (fun i => x i * y i).
Proof.
rewrite /Diag mulmx_diag; congr diag_mx.
by apply/rowP=> i; rewrite !mxE.
Qed.

Lemma Diag1 : Diag (fun=> 1) = 1%:M :> 'M[R]_d.
Proof. by apply/matrixP=> i l; rewrite DiagE mxE. Qed.

Lemma mul_DiagE x A i l : (Diag x *m A) i l = x i * A i l.
Proof. by rewrite /Diag mul_diag_mx !mxE. Qed.

Lemma mul_mx_DiagE m (A : 'M[R]_(m, d)) x i l : (A *m Diag x) i l = A i l * x l.
Proof. by rewrite /Diag mul_mx_diag !mxE. Qed.

Lemma orthogonalT U : orthogonal U -> U^T *m U = 1%:M.
Proof. exact: mulmx1C. Qed.

Lemma orthogonal_tr U : orthogonal U -> orthogonal U^T.
Proof. by move=> oU; rewrite /orthogonal trmxK; apply: orthogonalT. Qed.

Lemma orthogonal1 : orthogonal (1%:M : 'M[R]_d).
Proof. by rewrite /orthogonal trmx1 mulmx1. Qed.

Lemma orthogonal_mul U V : orthogonal U -> orthogonal V -> orthogonal (U *m V).
Proof.
by move=> oU oV; rewrite /orthogonal trmx_mul mulmxA -(mulmxA U) oV mulmx1.
Qed.

Lemma orthK U : orthogonal U -> forall A, U^T *m (U *m A) = A.
Proof. by move=> oU A; rewrite mulmxA orthogonalT ?mul1mx. Qed.

Lemma orthKV U : orthogonal U -> forall A, U *m (U^T *m A) = A.
Proof. by move=> oU A; rewrite mulmxA oU mul1mx. Qed.

Lemma mulmx_orthK U : orthogonal U -> forall A, A *m U^T *m U = A.
Proof. by move=> oU A; rewrite -mulmxA orthogonalT ?mulmx1. Qed.

Lemma mulmx_orthKV U : orthogonal U -> forall A, A *m U *m U^T = A.
Proof. by move=> oU A; rewrite -mulmxA oU mulmx1. Qed.

Lemma mpow1 P : mpow P 1 = P.
Proof. exact: mulmx1. Qed.

Lemma mpowD P j k : mpow P (j + k) = mpow P j *m mpow P k.
Proof. by elim: j => [|j IH]; rewrite ?mul1mx // addSn /= IH mulmxA. Qed.

Lemma mpowSr P k : mpow P k.+1 = mpow P k *m P.
Proof. by rewrite -addn1 mpowD mpow1. Qed.

Lemma mpow_tr P k : (mpow P k)^T = mpow P^T k.
Proof. by elim: k => [|k IH]; rewrite ?trmx1 // mpowSr trmx_mul IH. Qed.

Lemma mpow_Diag x k : mpow (Diag x) k = Diag (fun i => x i ^+ k).
Proof.
elim: k => [|k IH] /=; first by rewrite -Diag1; apply: eq_Diag.
by rewrite IH Diag_mul; apply: eq_Diag => i; rewrite exprS.
Qed.

Lemma mpow_conj U P k : orthogonal U ->
  mpow (U *m P *m U^T) k = U *m mpow P k *m U^T.
Proof.
move=> oU; elim: k => [|k IH] /=; first by rewrite mulmx1 oU.
by rewrite IH !mulmxA mulmx_orthK.
Qed.

Lemma frobC A B : frob A B = frob B A.
Proof. by rewrite /frob -mxtrace_tr trmx_mul trmxK. Qed.

Lemma frobE A B : frob A B = \sum_i \sum_l A i l * B i l.
Proof.
rewrite /frob exchange_big /=; apply: eq_bigr => l _.
by rewrite mxE; apply: eq_bigr => i _; rewrite mxE.
Qed.

Lemma frobDr A B C : frob A (B + C) = frob A B + frob A C.
Proof. by rewrite /frob mulmxDr mxtraceD. Qed.

Lemma frobDl A B C : frob (A + B) C = frob A C + frob B C.
Proof. by rewrite frobC frobDr ![frob C _]frobC. Qed.

Lemma frobZr a A B : frob A (a *: B) = a * frob A B.
Proof. by rewrite /frob -scalemxAr mxtraceZ. Qed.

Lemma frobZl a A B : frob (a *: A) B = a * frob A B.
Proof. by rewrite frobC frobZr frobC. Qed.

Lemma frob0r A : frob A 0 = 0.
Proof. by rewrite /frob mulmx0 mxtrace0. Qed.

Lemma frob0l A : frob 0 A = 0.
Proof. by rewrite frobC frob0r. Qed.

Lemma frobNr A B : frob A (- B) = - frob A B.
Proof. by rewrite -scaleN1r frobZr mulN1r. Qed.

Lemma frobBr A B C : frob A (B - C) = frob A B - frob A C.
Proof. by rewrite frobDr frobNr. Qed.

Lemma frob_sumr (I : Type) (r : seq I) (p : pred I) A (F : I -> 'M[R]_d) :
  frob A (\sum_(i <- r | p i) F i) = \sum_(i <- r | p i) frob A (F i).
Proof. by rewrite /frob mulmx_sumr raddf_sum. Qed.

Lemma frob_suml (I : Type) (r : seq I) (p : pred I) A (F : I -> 'M[R]_d) :
  frob (\sum_(i <- r | p i) F i) A = \sum_(i <- r | p i) frob (F i) A.
Proof. by rewrite frobC frob_sumr; apply: eq_bigr => i _; rewrite frobC. Qed.

(** The adjoint of Z |-> P Z Q is Z |-> P^T Z Q^T. *)
Lemma frob_mul P Q A B : frob A (P *m B *m Q) = frob (P^T *m A *m Q^T) B.
Proof.
rewrite /frob !trmx_mul !trmxK !mulmxA mxtrace_mulC !mulmxA.
by congr (\tr _); rewrite !mulmxA.
Qed.

Lemma frob_orth U V A B : orthogonal U -> orthogonal V ->
  frob (U *m A *m V^T) (U *m B *m V^T) = frob A B.
Proof.
move=> oU oV; rewrite frob_mul trmxK !mulmxA orthogonalT // mul1mx.
by rewrite mulmx_orthK.
Qed.

Lemma frob_delta i l A : frob (delta_mx i l) A = A i l.
Proof.
rewrite frobE (bigD1 i) //= (bigD1 l) //= mxE !eqxx mul1r.
rewrite [X in _ + X + _]big1 => [|k nk]; last by rewrite mxE (negPf nk) andbF mul0r.
rewrite [X in _ + X]big1 ?addr0 // => k nk.
by rewrite big1 // => j _; rewrite mxE (negPf nk) mul0r.
Qed.

(** A product over all ordered pairs: the diagonal and the pairs i < l. *)
Lemma prod_pairs (f : 'I_d -> 'I_d -> R) :
  \prod_(i < d) \prod_(l < d) f i l =
  (\prod_(i < d) f i i) *
  \prod_(i < d) \prod_(l < d | (i < l)%N) (f i l * f l i).
Proof.
have split3 i : \prod_(l < d) f i l =
    f i i * \prod_(l < d | (i < l)%N) f i l * \prod_(l < d | (l < i)%N) f i l.
  rewrite (bigD1 i) //= -mulrA; congr (_ * _).
  rewrite (bigID (fun l : 'I_d => (i < l)%N)) /=; congr (_ * _);
    apply: eq_bigl => l; rewrite -(inj_eq val_inj) /=; last by rewrite -leqNgt [RHS]ltn_neqAle.
  by rewrite andb_idl // => il; rewrite gtn_eqF.
rewrite (eq_bigr _ (fun i _ => split3 i)) !big_split /= -mulrA; congr (_ * _).
rewrite -[X in _ * X = _]/(\prod_(i < d) \prod_(l < d | (l < i)%N) f i l).
rewrite [X in _ * X = _](exchange_big_dep predT) //= -big_split /=.
by apply: eq_bigr => i _; rewrite -big_split.
Qed.

(** There are d(d-1)/2 pairs i < l. *)
Lemma prod_pairs_const (c : R) :
  \prod_(i < d) \prod_(l < d | (i < l)%N) c = c ^+ (d * d.-1)./2.
Proof.
have -> : (d * d.-1)./2 = (\sum_(i < d) (d - i.+1))%N.
  rewrite -bin2 -textbook_triangular_sum big_nat_rev big_mkord.
  by apply: eq_bigr => i _; rewrite add0n.
rewrite expr_sum; apply: eq_bigr => i _.
rewrite prodr_const; congr (_ ^+ _).
have -> : #|[pred l : 'I_d | (i < l)%N]| = count (fun l => i < l)%N (iota 0 d).
  rewrite -sum1_card -(big_mkord (fun l => i < l)%N (fun=> 1%N)) sum1_count.
  by rewrite /index_iota subn0.
move: (ltn_ord i); move: (i : nat) => m md.
rewrite -{1}(subnKC md) iotaD count_cat add0n.
rewrite (@eq_in_count _ _ pred0) => [|l]; last first.
  by rewrite mem_iota add0n ltnS /= => li; rewrite ltnNge li.
rewrite count_pred0 add0n (@eq_in_count _ _ predT) => [|l]; last first.
  by rewrite mem_iota => /andP[].
by rewrite count_predT size_iota.
Qed.

End Facts.

Section OrderedFacts.
Variables (R : realDomainType) (d : nat).
Implicit Types A B : 'M[R]_d.

Lemma frob_ge0 A : 0 <= frob A A.
Proof.
rewrite frobE; apply: Num.Theory.sumr_ge0 => i _; apply: Num.Theory.sumr_ge0 => l _.
by rewrite -expr2 Num.Theory.sqr_ge0.
Qed.

Lemma frob_eq0 A : (frob A A == 0) = (A == 0).
Proof.
apply/eqP/eqP=> [|->]; last by rewrite frob0r.
rewrite frobE => e; apply/matrixP=> i l; rewrite mxE; apply/eqP.
have h0 k : 0 <= \sum_l A k l * A k l.
  by apply: Num.Theory.sumr_ge0 => j _; rewrite -expr2 Num.Theory.sqr_ge0.
move/eqP: e; rewrite Num.Theory.psumr_eq0 // => /allP /(_ i (mem_index_enum _)) /=.
rewrite Num.Theory.psumr_eq0 => [|j _]; last by rewrite -expr2 Num.Theory.sqr_ge0.
by move/allP => /(_ l (mem_index_enum _)) /=; rewrite mulf_eq0 orbb.
Qed.

End OrderedFacts.
