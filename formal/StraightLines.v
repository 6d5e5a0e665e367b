(** * Straight lines of balanced factors              (straight-horizontal-lines)

    Let W_j = R_j P R_{j-1}^T with orthogonal R_j and symmetric P, and let H be the
    horizontal lift of R_N K R_0^T, any K.  Along W + s H the defect of balance at j is
    s^2 R_j P (J^T J - J J^T) P R_j^T with J = P^(N-1-j) K P^(j-1).  So the line stays
    balanced where K is normal and, for N >= 3, commutes with P; where P is positive
    definite only there: by the theorem of Fuglede and Putnam, for the Frobenius norm. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics Pushforward Spectral SVD Roots PolarTower.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Lines.

Variables (R : comRingType) (d N : nat) (Q : nat -> 'M[R]_d) (P K : 'M[R]_d).

(** The horizontal lift of R_N K R_0^T at the factors R_j P R_{j-1}^T. *)
Definition lift (j : nat) : 'M[R]_d := dphi_adj (tower Q P) N (Q N *m K *m (Q 0%N)^T) j.

(** W_j + s H_j *)
Definition moved (s : R) (j : nat) : 'M[R]_d := tower Q P j + s *: lift j.

(** P^(N-1-j) K P^(j-1) *)
Definition joint (j : nat) : 'M[R]_d := mpow P (N - 1 - j) *m K *m mpow P (j - 1).

Hypotheses (oQ : forall k, (k <= N)%N -> orthogonal (Q k)) (sP : symmetric_mx P).

Lemma sym_power k : (mpow P k)^T = mpow P k.
Proof. by rewrite mpow_tr sP. Qed.

Lemma tower_above j : (j <= N)%N ->
  above (tower Q P) N j = Q N *m mpow P (N - j) *m (Q j)^T.
Proof.
move=> jN; have [m e] : exists m, (N = j + m)%N by exists (N - j)%N; rewrite subnKC.
elim: m j jN e => [|m IH] j jN e.
  have ej : j = N by rewrite e addn0.
  by rewrite ej above_last subnn mulmx1 oQ.
have lt : (j < N)%N by rewrite e addnS ltnS leq_addr.
rewrite above_rec // IH // ?e ?addSnnS // -e /tower /= !mulmxA mulmx_orthK; last exact: oQ.
by rewrite -(mulmxA (Q N)) -mpowSr subnSK.
Qed.

Theorem lift_frames j : (1 <= j <= N)%N ->
  lift j = Q j *m mpow P (N - j) *m K *m mpow P (j - 1) *m (Q j.-1)^T.
Proof.
move=> /andP[j1 jN]; have jN' : (j.-1 <= N)%N by exact: leq_trans (leq_pred j) jN.
rewrite /lift /dphi_adj tower_above // /below subn1 (tower_product_at oQ) //.
rewrite !trmx_mul !trmxK !sym_power !mulmxA; do 2!(rewrite mulmx_orthK; last exact: oQ).
by [].
Qed.

Lemma moved_below s j : (1 <= j < N)%N ->
  moved s j = Q j *m (P + s *: (P *m joint j)) *m (Q j.-1)^T.
Proof.
move=> /andP[j1 jN]; rewrite /moved lift_frames ?j1 ?(ltnW jN) // /tower /joint mulmxDr mulmxDl.
rewrite -!scalemxAr -!scalemxAl !mulmxA -(mulmxA (Q j) P (mpow _ _)).
by rewrite -[P *m mpow P _]/(mpow P _.+1) -subnDA add1n subnSK.
Qed.

Lemma moved_above s j : (1 <= j < N)%N ->
  moved s j.+1 = Q j.+1 *m (P + s *: (joint j *m P)) *m (Q j)^T.
Proof.
move=> /andP[j1 jN]; rewrite /moved lift_frames // /tower /joint mulmxDr mulmxDl.
have -> : (N - j.+1 = N - 1 - j)%N by rewrite -subnDA add1n.
have -> : mpow P (j.+1 - 1) = mpow P (j - 1) *m P by rewrite -mpowSr -subSn.
by rewrite -!scalemxAr -!scalemxAl !mulmxA.
Qed.

Theorem defect_along_line s j : (1 <= j < N)%N ->
  (moved s j.+1)^T *m moved s j.+1 - moved s j *m (moved s j)^T =
  s ^+ 2 *: (Q j *m P *m ((joint j)^T *m joint j - joint j *m (joint j)^T) *m P *m (Q j)^T).
Proof.
move=> h; have /andP[j1 jN] := h; rewrite moved_above // moved_below //.
have op : orthogonal (Q j.-1) by apply: oQ; apply: leq_trans (leq_pred j) (ltnW jN).
move: (joint j) => J; set A := P + _; set B := P + _.
have -> : (Q j.+1 *m A *m (Q j)^T)^T *m (Q j.+1 *m A *m (Q j)^T) = Q j *m (A^T *m A) *m (Q j)^T.
  by rewrite !trmx_mul trmxK !mulmxA mulmx_orthK //; exact: oQ.
have -> : (Q j *m B *m (Q j.-1)^T) *m (Q j *m B *m (Q j.-1)^T)^T = Q j *m (B *m B^T) *m (Q j)^T.
  by rewrite !trmx_mul trmxK !mulmxA mulmx_orthK.
rewrite -mulmxBl -mulmxBr.
have -> : A^T *m A - B *m B^T = s ^+ 2 *: (P *m (J^T *m J - J *m J^T) *m P).
  have tr : A^T = P + s *: (P *m J^T) by rewrite linearD linearZ /= trmx_mul sP.
  have trB : B^T = P + s *: (J^T *m P) by rewrite linearD linearZ /= trmx_mul sP.
  rewrite mulmxBr mulmxBl scalerBr tr trB /A /B !mulmxDl !mulmxDr.
  rewrite -!scalemxAl -!scalemxAr !scalerA -expr2 !mulmxA.
  by rewrite addrACA opprD addrACA subrr add0r opprD addrACA subrr add0r.
by rewrite -scalemxAr -scalemxAl !mulmxA.
Qed.

Lemma balanced_of_joint s j : (1 <= j < N)%N -> (joint j)^T *m joint j = joint j *m (joint j)^T ->
  (moved s j.+1)^T *m moved s j.+1 = moved s j *m (moved s j)^T.
Proof.
move=> h e; apply/eqP; rewrite -subr_eq0 defect_along_line // e subrr.
by rewrite mulmx0 !mul0mx scaler0.
Qed.

Theorem line_straight_two s j : N = 2%N -> K^T *m K = K *m K^T -> (1 <= j < N)%N ->
  (moved s j.+1)^T *m moved s j.+1 = moved s j *m (moved s j)^T.
Proof.
move=> e2 nK h; apply: balanced_of_joint => //.
have -> : j = 1%N by move: h; rewrite e2; case: j => [|[|]].
by rewrite /joint e2 /= mul1mx mulmx1.
Qed.

Lemma commute_power (X : 'M[R]_d) k : X *m P = P *m X -> X *m mpow P k = mpow P k *m X.
Proof.
move=> e; elim: k => [|k IH] /=; first by rewrite mulmx1 mul1mx.
by rewrite mulmxA e -mulmxA IH mulmxA.
Qed.

Theorem line_straight s j : K^T *m K = K *m K^T -> K *m P = P *m K -> (1 <= j < N)%N ->
  (moved s j.+1)^T *m moved s j.+1 = moved s j *m (moved s j)^T.
Proof.
move=> nK cK h; apply: balanced_of_joint => //.
have cT : K^T *m P = P *m K^T by rewrite -{1}sP -trmx_mul -cK trmx_mul sP.
have -> : joint j = mpow P (N - 1 - j + (j - 1)) *m K.
  by rewrite /joint -mulmxA commute_power // mulmxA -mpowD.
have c1 := commute_power (N - 1 - j + (j - 1)) cT; have c2 := commute_power (N - 1 - j + (j - 1)) cK.
move: (mpow P _) (sym_power (N - 1 - j + (j - 1))) c1 c2 => M sM c1 c2.
rewrite trmx_mul sM; transitivity (M *m (K^T *m K) *m M); first by rewrite c1 -c2 !mulmxA.
by rewrite nK !mulmxA.
Qed.

Lemma eq_phi (A B : nat -> 'M[R]_d) n : (forall j, (1 <= j <= n)%N -> A j = B j) -> phi A n = phi B n.
Proof.
elim: n => //= n IH e; rewrite e ?ltnS ?leqnn // IH // => j /andP[j1 jn].
by rewrite e // j1 ltnW.
Qed.

Theorem line_image s : (0 < N)%N -> K *m P = P *m K ->
  phi (moved s) N = Q N *m mpow (P + s *: (mpow P (N - 1) *m K)) N *m (Q 0%N)^T.
Proof.
move=> N0 cK; rewrite -(tower_product oQ); apply: eq_phi => j /andP[j1 jN].
rewrite /moved lift_frames ?j1 // /tower mulmxDr mulmxDl -!scalemxAr -!scalemxAl; congr (_ + _ *: _).
congr (_ *m _); rewrite -!mulmxA; congr (_ *m _); rewrite commute_power // !mulmxA -mpowD.
by rewrite addnBA // subnK.
Qed.

Theorem line_image_two s : N = 2%N ->
  moved s 2 *m moved s 1 =
  Q 2 *m (1%:M + s *: K) *m mpow P 2 *m (1%:M + s *: K) *m (Q 0%N)^T.
Proof.
move=> e2; have h : (1 <= 1 < N)%N by rewrite e2.
rewrite moved_above // moved_below // /joint e2 /= mul1mx !mulmx1.
have -> : P + s *: (K *m P) = (1%:M + s *: K) *m P by rewrite mulmxDl mul1mx scalemxAl.
have -> : P + s *: (P *m K) = P *m (1%:M + s *: K) by rewrite mulmxDr mulmx1 scalemxAr.
rewrite !mulmxA mulmx_orthK //.
by apply: oQ; rewrite e2.
Qed.

End Lines.

Section Converse.

Variables (R : rcfType) (d N : nat) (Q : nat -> 'M[R]_d) (P E K : 'M[R]_d).
Hypotheses (oQ : forall k, (k <= N)%N -> orthogonal (Q k)) (pP : psd P) (PE : P *m E = 1%:M).

(** Fuglede and Putnam: of normal A, B with A X = X B. *)
Lemma fuglede_putnam (A B X : 'M[R]_d) : A^T *m A = A *m A^T -> B^T *m B = B *m B^T ->
  A *m X = X *m B -> A^T *m X = X *m B^T.
Proof.
move=> nA nB e; apply/eqP; rewrite -subr_eq0 -frob_eq0.
have square (Y Z : 'M[R]_d) : frob (Y - Z) (Y - Z) = frob Y Y - 2%:R * frob Y Z + frob Z Z.
  rewrite frobBr [frob (Y - Z) Y]frobC [frob (Y - Z) Z]frobC !frobBr [frob Z Y]frobC.
  by rewrite mulr_natl mulr2n opprB opprD !addrA addrAC.
have e0 : frob (A *m X - X *m B) (A *m X - X *m B) = 0 by rewrite e subrr frob0r.
rewrite -e0 !square; apply/eqP; congr (_ - _ * _ + _); rewrite /frob !trmx_mul !trmxK.
- by rewrite !mulmxA -(mulmxA _ A) -nA !mulmxA.
- by rewrite -[RHS]mxtrace_tr !trmx_mul !trmxK [in LHS]mulmxA [LHS]mxtrace_mulC !mulmxA.
by rewrite [LHS]mxtrace_mulC [RHS]mxtrace_mulC !mulmxA -(mulmxA X B^T) nB !mulmxA.
Qed.

(** What commutes with the square of a positive semidefinite matrix commutes with it. *)
Lemma commute_root (A : 'M[R]_d) : A *m (P *m P) = P *m P *m A -> A *m P = P *m A.
Proof.
have [U [s [oU s0 eP]]] := psd_spectral pP; rewrite eP.
have -> : U *m Diag s *m U^T *m (U *m Diag s *m U^T) = U *m Diag (fun i => s i * s i) *m U^T.
  by rewrite !mulmxA mulmx_orthK // -(mulmxA U) Diag_mul.
have [X eA] : exists X, A = U *m X *m U^T.
  by exists (U^T *m A *m U); rewrite !mulmxA oU mul1mx mulmx_orthKV.
have conj (Y Z : 'M[R]_d) : U *m Y *m U^T *m (U *m Z *m U^T) = U *m (Y *m Z) *m U^T.
  by rewrite !mulmxA mulmx_orthK.
rewrite eA !conj => /(congr1 (fun M => U^T *m M *m U)) e.
have h : X *m Diag (fun i => s i * s i) = Diag (fun i => s i * s i) *m X.
  by move: e; rewrite !mulmxA orthogonalT // !mul1mx !mulmx_orthK.
congr (U *m _ *m U^T); apply/matrixP => i l.
move/matrixP: h => /(_ i l); rewrite !mul_DiagE !mul_mx_DiagE => h.
have [->|x0] := eqVneq (X i l) 0; first by rewrite mulr0 mul0r.
have : s l ^+ 2 = s i ^+ 2 by apply: (mulfI x0); rewrite !expr2 h mulrC.
by move/eqP; rewrite eqr_expn2 // => /eqP ->; rewrite mulrC.
Qed.

Let EP : E *m P = 1%:M. Proof. exact: mulmx1C. Qed.
Let sP : symmetric_mx P. Proof. by case: pP. Qed.

Lemma cancelP (X Y : 'M[R]_d) : P *m X = P *m Y -> X = Y.
Proof. by move/(congr1 (mulmx E)); rewrite !mulmxA EP !mul1mx. Qed.

Lemma cancel_power k (X Y : 'M[R]_d) : mpow P k *m X = mpow P k *m Y -> X = Y.
Proof.
by elim: k X Y => [|k IH] X Y /=; rewrite ?mul1mx // -!mulmxA => /cancelP; exact: IH.
Qed.

Lemma joint_normal j : (1 <= j < N)%N ->
  (moved N Q P K 1 j.+1)^T *m moved N Q P K 1 j.+1 =
    moved N Q P K 1 j *m (moved N Q P K 1 j)^T ->
  (joint N P K j)^T *m joint N P K j = joint N P K j *m (joint N P K j)^T.
Proof.
move=> h /eqP; rewrite -subr_eq0 defect_along_line // expr1n scale1r => /eqP e.
have /andP[_ jN] := h; have oj := oQ (ltnW jN).
apply/eqP; rewrite -subr_eq0; apply/eqP; move: e; move: (_ - _) => D e.
have -> : D = E *m ((Q j)^T *m (Q j *m P *m D *m P *m (Q j)^T) *m Q j) *m E.
  by rewrite !mulmxA !mulmx_orthK // EP mul1mx -mulmxA PE mulmx1.
by rewrite e mulmx0 mul0mx mulmx0 mul0mx.
Qed.

Definition straight_line : Prop := forall s j, (1 <= j < N)%N ->
  (moved N Q P K s j.+1)^T *m moved N Q P K s j.+1 = moved N Q P K s j *m (moved N Q P K s j)^T.

Theorem line_normal_two : N = 2%N -> straight_line -> K^T *m K = K *m K^T.
Proof.
move=> e2 st; have h : (1 <= 1 < N)%N by rewrite e2.
by have := joint_normal h (st 1 _ h); rewrite /joint e2 /= mul1mx mulmx1.
Qed.

Theorem line_commutes : (3 <= N)%N -> straight_line -> K *m P = P *m K.
Proof.
move=> N3 st; have h1 : (1 <= 1 < N)%N by exact: ltnW N3.
have h2 : (1 <= 2 < N)%N by [].
have n1 := joint_normal h1 (st 1 _ h1); have n2 := joint_normal h2 (st 1 _ h2).
have e : joint N P K 1 *m P = P *m joint N P K 2.
  have e12 : (N - 1 - 1 = (N - 1 - 2).+1)%N by rewrite subnSK //; case: N N3 => [|[|[|n]]].
  by rewrite /joint e12 /= !mulmx1 !mulmxA.
have eT := fuglede_putnam n1 n2 e.
have sq : (joint N P K 1) *m (P *m P) = P *m P *m joint N P K 1.
  have e2 : P *m (joint N P K 1) = joint N P K 2 *m P.
    by have := congr1 trmx eT; rewrite !trmx_mul !trmxK sP.
  by rewrite (mulmxA _ P P) e -(mulmxA P (joint N P K 2) P) -e2 (mulmxA P P).
have := commute_root sq; rewrite /joint /= !mulmx1 mulmxA.
by rewrite -[P *m mpow P _]/(mpow P _.+1) mpowSr -!mulmxA => /cancel_power.
Qed.

Theorem line_normal : (3 <= N)%N -> straight_line -> K^T *m K = K *m K^T.
Proof.
move=> N3 st; have cK := line_commutes N3 st; have h1 : (1 <= 1 < N)%N by exact: ltnW N3.
have cT : K^T *m P = P *m K^T by rewrite -{1}sP -trmx_mul -cK trmx_mul sP.
have := joint_normal h1 (st 1 _ h1); rewrite /joint /= !mulmx1; move: (N - 1 - 1)%N => k.
have c1 := commute_power k cT; have c2 := commute_power k cK; have sM := sym_power sP k.
have l : K^T *m mpow P k *m (mpow P k *m K) = mpow P k *m (mpow P k *m (K^T *m K)).
  by rewrite c1 -mulmxA (mulmxA K^T) c1 -mulmxA.
have r : mpow P k *m K *m (K^T *m mpow P k) = mpow P k *m (mpow P k *m (K *m K^T)).
  by rewrite c1 -mulmxA (mulmxA K) c2 -mulmxA.
by rewrite trmx_mul sM l r => /cancel_power/cancel_power.
Qed.

End Converse.
