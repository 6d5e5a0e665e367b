(** * The real spectral theorem over a real closed field
                                              (auxiliary, operator-spectrum)

    Every symmetric matrix A has an orthonormal basis of eigenvectors:
    A = U diag(s) U^T with U orthogonal.  An eigenvector exists over the complex
    numbers; its eigenvalue is real, and its real or its imaginary part is a real
    eigenvector.  A Householder reflection carries the first basis vector to it,
    and one goes on in dimension d - 1. *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import complex.
From DLN Require Import Basics.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Vectors.

Variable R : rcfType.

(** The inner product of row vectors. *)
Definition dot n (x y : 'rV[R]_n) : R := (x *m y^T) 0 0.

Lemma dotC n (x y : 'rV[R]_n) : dot x y = dot y x.
Proof. by rewrite /dot -[in LHS](trmxK x) -trmx_mul mxE. Qed.

Lemma dotE n (x y : 'rV[R]_n) : dot x y = \sum_k x 0 k * y 0 k.
Proof. by rewrite /dot mxE; apply: eq_bigr => k _; rewrite mxE. Qed.

Lemma dot_ge0 n (x : 'rV[R]_n) : 0 <= dot x x.
Proof. by rewrite dotE; apply: sumr_ge0 => k _; rewrite -expr2 sqr_ge0. Qed.

Lemma dot_eq0 n (x : 'rV[R]_n) : (dot x x == 0) = (x == 0).
Proof.
apply/eqP/eqP=> [|->]; last by rewrite /dot mul0mx mxE.
rewrite dotE => /eqP; rewrite psumr_eq0 => [/allP h|k _]; last by rewrite -expr2 sqr_ge0.
apply/rowP=> k; have := h k (mem_index_enum _).
by rewrite mxE /= mulf_eq0 orbb => /eqP.
Qed.

Lemma dotZl n a (x y : 'rV[R]_n) : dot (a *: x) y = a * dot x y.
Proof. by rewrite /dot -scalemxAl mxE. Qed.

Lemma dotZr n a (x y : 'rV[R]_n) : dot x (a *: y) = a * dot x y.
Proof. by rewrite dotC dotZl dotC. Qed.

Lemma dotBl n (x y z : 'rV[R]_n) : dot (x - y) z = dot x z - dot y z.
Proof. by rewrite /dot mulmxBl mxE [X in _ + X]mxE. Qed.

Lemma dotDl n (x y z : 'rV[R]_n) : dot (x + y) z = dot x z + dot y z.
Proof. by rewrite /dot mulmxDl mxE. Qed.

Lemma dotBr n (x y z : 'rV[R]_n) : dot x (y - z) = dot x y - dot x z.
Proof. by rewrite dotC dotBl ![dot _ x]dotC. Qed.

Lemma dot_mulmx n (x y : 'rV[R]_n) (A : 'M[R]_n) : dot (x *m A) y = dot x (y *m A^T).
Proof. by rewrite /dot trmx_mul trmxK mulmxA. Qed.

(** Scaling to length 1. *)
Lemma normalize n (x : 'rV[R]_n) : x != 0 ->
  exists a : R, dot (a *: x) (a *: x) = 1.
Proof.
rewrite -dot_eq0 => x0; exists (Num.sqrt (dot x x))^-1.
rewrite dotZl dotZr mulrA -invfM -expr2 sqr_sqrtr ?dot_ge0 // mulVf //.
Qed.

(** Every unit vector is the first row of an orthogonal matrix. *)
Lemma householder n (u : 'rV[R]_n.+1) : dot u u = 1 ->
  exists H : 'M[R]_n.+1, orthogonal H /\ row 0 H = u.
Proof.
move=> u1; pose e : 'rV[R]_n.+1 := delta_mx 0 0.
have e1 : dot e e = 1.
  by rewrite /dot /e trmx_delta mul_delta_mx mxE !eqxx.
have rowE0 A : row 0 A = e *m A by rewrite rowE.
have [ue|ue] := eqVneq u e.
  by exists 1%:M; split; [exact: orthogonal1 | rewrite rowE0 mulmx1].
pose w := u - e; pose c := 2%:R / dot w w.
have w0 : dot w w != 0 by rewrite dot_eq0 subr_eq0.
have we : dot e w = - (dot w w / 2%:R).
  have ew : dot e w = dot u e - 1 by rewrite /w dotBr e1 dotC.
  have uw : dot u w = 1 - dot u e by rewrite /w dotBr u1.
  have ww : dot w w = (1 - dot u e) * 2%:R.
    by rewrite {1}/w dotBl uw ew opprB mulr_natr mulr2n.
  by rewrite ww mulfK ?pnatr_eq0 // opprB.
have [M [MT MM eM]] : exists M : 'M[R]_n.+1,
    [/\ M^T = M, M *m M = dot w w *: M & e *m M = dot e w *: w].
  exists (w^T *m w); split; first by rewrite trmx_mul trmxK.
    rewrite mulmxA -(mulmxA w^T) [w *m w^T]mx11_scalar -/(dot w w).
    by rewrite mul_mx_scalar -scalemxAl.
  by rewrite mulmxA [e *m w^T]mx11_scalar -/(dot e w) mul_scalar_mx.
exists (1%:M - c *: M); split.
  have HT : (1%:M - c *: M)^T = 1%:M - c *: M by rewrite linearB linearZ /= trmx1 MT.
  rewrite /orthogonal HT mulmxBl mul1mx mulmxBr mulmx1 -scalemxAl -scalemxAr MM.
  rewrite !scalerA.
  have -> : c * c * dot w w = c + c.
    by rewrite -mulrA {2}/c divfK // mulr_natr mulr2n.
  by rewrite scalerDl opprB addrK subrK.
rewrite rowE0 mulmxBr mulmx1 -scalemxAr eM scalerA we mulrN /c mulrA divfK //.
by rewrite mulfV ?pnatr_eq0 // scaleN1r opprK /w addrC subrK.
Qed.

(** A symmetric matrix has a real eigenvector. *)
Lemma real_eigenvector n (A : 'M[R]_n.+1) : symmetric_mx A ->
  exists a : R, exists x : 'rV[R]_n.+1, dot x x = 1 /\ x *m A = a *: x.
Proof.
move=> sA; pose Ac := map_mx (real_complex R) A.
have [a] : exists a, root (char_poly Ac) a.
  by apply/closed_rootP; rewrite size_char_poly.
rewrite -eigenvalue_root_char => /eigenvalueP [v vA v0].
pose x : 'rV[R]_n.+1 := \row_k complex.Re (v 0 k).
pose y : 'rV[R]_n.+1 := \row_k complex.Im (v 0 k).
pose p := complex.Re a; pose q := complex.Im a.
have reM (z : complex R) r : complex.Re (z * real_complex R r) = complex.Re z * r.
  by case: z => b c /=; rewrite mulr0 subr0.
have imM (z : complex R) r : complex.Im (z * real_complex R r) = complex.Im z * r.
  by case: z => b c /=; rewrite mulr0 add0r.
have ea (z : complex R) : complex.Re (a * z) = p * complex.Re z - q * complex.Im z
   /\ complex.Im (a * z) = p * complex.Im z + q * complex.Re z.
  by rewrite /p /q; case: (a) z => b c [b' c'].
have xA : x *m A = p *: x - q *: y.
  apply/rowP=> j; move/rowP: vA => /(_ j) /(congr1 (@complex.Re R)).
  rewrite mxE raddf_sum [in RHS]mxE (ea _).1 => h.
  rewrite !mxE -h; apply: eq_bigr => k _; rewrite !mxE; exact: (esym (reM _ _)).
have yA : y *m A = p *: y + q *: x.
  apply/rowP=> j; move/rowP: vA => /(_ j) /(congr1 (@complex.Im R)).
  rewrite mxE raddf_sum [in RHS]mxE (ea _).2 => h.
  rewrite !mxE -h; apply: eq_bigr => k _; rewrite !mxE; exact: (esym (imM _ _)).
have s0 : dot x x + dot y y != 0.
  rewrite paddr_eq0 ?dot_ge0 // !dot_eq0; apply: contra v0 => /andP[/eqP x0 /eqP y0].
  apply/eqP/rowP=> k; rewrite mxE; apply/eqP; rewrite eq_complex.
  move/rowP: x0 => /(_ k); move/rowP: y0 => /(_ k); rewrite !mxE => -> ->.
  by rewrite !eqxx.
have q0 : q = 0.
  have := dot_mulmx x y A; rewrite sA xA yA dotBl !dotZl [dot x (_ + _)]dotC.
  rewrite dotDl !dotZl [dot y x]dotC => /eqP; rewrite subr_eq -!addrA.
  rewrite -[X in X == _]addr0 => /eqP /addrI /esym /eqP.
  by rewrite -mulrDr mulf_eq0 (negPf s0) orbF => /eqP.
have key (z : 'rV[R]_n.+1) : z != 0 -> z *m A = p *: z ->
    exists b, exists z', dot z' z' = 1 /\ z' *m A = b *: z'.
  move=> z0 zA; have [c c1] := normalize z0; exists p, (c *: z).
  by rewrite c1 -scalemxAl zA !scalerA mulrC.
have [x0|x0] := eqVneq x 0; last first.
  by apply: (key x x0); rewrite xA q0 scale0r subr0.
apply: (key y); last by rewrite yA q0 scale0r addr0.
by apply: contraNneq s0 => ->; rewrite x0 /dot !mul0mx !mxE addr0.
Qed.

(** diag(x_0, ..., x_{n-1}) as a block matrix. *)
Definition cons_fun n (a : R) (s : 'I_n -> R) (i : 'I_n.+1) : R :=
  oapp s a (unlift 0 i).

Lemma Diag_cons n a (s : 'I_n -> R) :
  Diag (cons_fun a s) = block_mx a%:M 0 0 (Diag s) :> 'M_(1 + n).
Proof.
apply/matrixP=> i j; rewrite DiagE /cons_fun.
case: (split_ordP i) => i' ->; case: (split_ordP j) => j' ->.
- rewrite block_mxEul !ord1 mxE eqxx.
  by rewrite (_ : lshift n 0 = 0) ?unlift_none //; apply/val_inj.
- by rewrite block_mxEur mxE; case: eqP => // /eqP; rewrite eq_lrshift.
- by rewrite block_mxEdl mxE; case: eqP => // /eqP; rewrite eq_rlshift.
- rewrite block_mxEdr DiagE (inj_eq (@rshift_inj 1 n)).
  by rewrite (_ : rshift 1 i' = lift 0 i') ?liftK //; apply/val_inj.
Qed.

Lemma orthogonal_block n (U : 'M[R]_n) : orthogonal U ->
  orthogonal (block_mx 1%:M 0 0 U : 'M_(1 + n)).
Proof.
move=> oU; rewrite /orthogonal tr_block_mx mulmx_block !trmx0 trmx1.
by rewrite !(mul0mx, mulmx0, mul1mx, addr0, add0r) oU -scalar_mx_block.
Qed.

(** A matrix with first row and first column a e_0 is a block matrix. *)
Lemma block_first n a (M : 'M[R]_(1 + n)) :
  row 0 M = a *: delta_mx 0 0 -> row 0 M^T = a *: delta_mx 0 0 ->
  M = block_mx a%:M 0 0 (drsubmx M).
Proof.
move=> r c; rewrite -[LHS]submxK; congr block_mx; apply/matrixP=> i j.
- move/rowP: r => /(_ (lshift n j)); rewrite !mxE !ord1 => e.
  have -> : lshift n (0 : 'I_1) = 0 by apply/val_inj.
  rewrite (_ : lshift n (0 : 'I_1) = 0) in e; last by apply/val_inj.
  by rewrite e !eqxx mulr1.
- move/rowP: r => /(_ (rshift 1 j)); rewrite !mxE !ord1 => e.
  rewrite (_ : lshift n (0 : 'I_1) = 0); last by apply/val_inj.
  by rewrite e /= mulr0.
- move/rowP: c => /(_ (rshift 1 i)); rewrite !mxE !ord1 => e.
  rewrite (_ : lshift n (0 : 'I_1) = 0); last by apply/val_inj.
  by rewrite e /= mulr0.
Qed.

Lemma eq_row0 n (A : 'M[R]_(1 + n)) : row 0 A = delta_mx 0 0 *m A.
Proof. exact: rowE. Qed.

(** The real spectral theorem. *)
Theorem spectral_theorem n (A : 'M[R]_n) : symmetric_mx A ->
  exists (U : 'M[R]_n) (s : 'I_n -> R),
    orthogonal U /\ A = U *m Diag s *m U^T.
Proof.
elim: n A => [|n IH] A sA.
  exists 1%:M, (fun=> 0); split; first exact: orthogonal1.
  by apply/matrixP=> -[].
have [a [x [x1 xA]]] := real_eigenvector sA.
have [H [oH Hx]] := householder x1.
pose M : 'M[R]_(1 + n) := H *m A *m H^T.
have sM : M^T = M by rewrite /M !trmx_mul trmxK sA mulmxA.
have rM : row 0 M = a *: delta_mx 0 0.
  rewrite /M !row_mul Hx xA -scalemxAl -Hx -row_mul oH.
  by congr (_ *: _); apply/rowP=> j; rewrite !mxE eq_sym.
have eM : M = block_mx a%:M 0 0 (drsubmx M) by apply: block_first; rewrite ?sM.
have eA : A = H^T *m M *m H by rewrite /M !mulmxA orthogonalT // mul1mx mulmx_orthK.
have sB : symmetric_mx (drsubmx M).
  by rewrite /symmetric_mx trmx_drsub sM.
have [U [s [oU eB]]] := IH _ sB.
pose K : 'M[R]_(1 + n) := block_mx 1%:M 0 0 U.
have oK : orthogonal K by apply: orthogonal_block.
have KT : K^T = block_mx 1%:M 0 0 U^T by rewrite /K tr_block_mx !trmx0 trmx1.
have eK : M = (K *m (Diag (cons_fun a s) : 'M_(1 + n))) *m K^T.
  rewrite [LHS]eM eB Diag_cons KT /K !mulmx_block.
  by rewrite !(mul0mx, mulmx0, mul1mx, mulmx1, addr0, add0r).
exists (H^T *m K), (cons_fun a s); split.
  by apply: orthogonal_mul; first apply: orthogonal_tr.
by rewrite eA eK trmx_mul trmxK !mulmxA.
Qed.

End Vectors.
