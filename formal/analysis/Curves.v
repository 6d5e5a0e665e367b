(** * Derivatives of curves of matrices                            (auxiliary)

    A curve of matrices is a function of R to 'M[R]_d, its derivative is taken entry
    by entry.  Sums and products; transposes and products of matrices; a curve of
    vanishing derivative is constant; and Jacobi's formula
      d/dt det W = Tr(adj(W) W'),  W singular or not.
    R is Coq's field of real numbers. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra perm.
From mathcomp Require Import Rstruct.
From Coquelicot Require Import Coquelicot.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope R_scope with coqR.
Local Open Scope ring_scope.

Lemma is_derive_sum (I : Type) (r : seq I) (P : pred I) (f : I -> R -> R) (df : I -> R) (t : R) :
  (forall i, P i -> is_derive (f i) t (df i)) ->
  is_derive (fun s => \sum_(i <- r | P i) f i s) t (\sum_(i <- r | P i) df i).
Proof.
move=> h; elim: r => [|i r IH].
  rewrite big_nil; apply: (@is_derive_ext _ _ (fun=> 0 : R)) (is_derive_const _ _) => s.
  by rewrite big_nil.
apply: (@is_derive_ext _ _ (fun s => if P i then f i s + \sum_(j <- r | P j) f j s
                                     else \sum_(j <- r | P j) f j s)).
  by move=> s; rewrite big_cons.
rewrite big_cons; case: (boolP (P i)) => [Pi|_]; last exact: IH.
exact: (@is_derive_plus R_AbsRing R_NormedModule (f i) _ t (df i) _ (h i Pi) IH).
Qed.

Lemma is_derive_prod (I : eqType) (r : seq I) (f : I -> R -> R) (df : I -> R) (t : R) :
  uniq r -> (forall i, is_derive (f i) t (df i)) ->
  is_derive (fun s => \prod_(i <- r) f i s) t
    (\sum_(i <- r) df i * \prod_(j <- r | j != i) f j t).
Proof.
move=> ur h; elim: r ur => [_|i r IH /= /andP[ir ur]].
  rewrite big_nil; apply: (@is_derive_ext _ _ (fun=> 1 : R)) (is_derive_const _ _) => s.
  by rewrite big_nil.
apply: (@is_derive_ext _ _ (fun s => f i s * \prod_(j <- r) f j s)).
  by move=> s; rewrite big_cons.
have -> : \sum_(k <- i :: r) df k * \prod_(j <- i :: r | j != k) f j t =
  df i * (\prod_(j <- r) f j t) + f i t * \sum_(k <- r) df k * \prod_(j <- r | j != k) f j t.
  rewrite big_cons big_cons eqxx /=; congr (_ * _ + _).
    rewrite big_seq_cond [RHS]big_seq; apply: eq_bigl => j.
    by case: (boolP (j \in r)) => //= jr; apply: contraNneq ir => <-.
  rewrite big_distrr /= big_seq [RHS]big_seq; apply: eq_bigr => k kr.
  rewrite big_cons; case: eqP => [e|_]; first by move: ir; rewrite e kr.
  by rewrite /= mulrCA.
exact: (@is_derive_mult R_AbsRing (f i) _ t (df i) _ (h i) (IH ur) Rmult_comm).
Qed.

(** d/dt det W = Tr(adj(W) W') *)
Theorem is_derive_det d (W : R -> 'M[R]_d) (dW : 'M[R]_d) (t : R) :
  (forall i l, is_derive (fun s => W s i l) t (dW i l)) ->
  is_derive (fun s => \det (W s)) t (\tr (\adj (W t) *m dW)).
Proof.
move=> h.
have -> : \tr (\adj (W t) *m dW) =
  \sum_(p : 'S_d) (-1) ^+ p * \sum_i dW i (p i) * \prod_(j | j != i) W t j (p j).
  rewrite (eq_bigr (fun p : 'S_d => \sum_i (-1) ^+ p * (dW i (p i) * \prod_(j | j != i) W t j (p j)))).
    rewrite exchange_big /= mxtrace_mulC /mxtrace; apply: eq_bigr => i _.
    pose A : 'M[R]_d := \matrix_(j, l) if j == i then dW i l else W t j l.
    have -> : (dW *m \adj (W t)) i i = \det A.
      rewrite (expand_det_row A i) mxE; apply: eq_bigr => l _; rewrite !mxE eqxx.
      congr (_ * _); rewrite /cofactor; congr (_ * \det _); apply/matrixP=> a b.
      by rewrite !mxE eq_sym (negPf (neq_lift _ _)).
    rewrite /determinant; apply: eq_bigr => p _; congr (_ * _).
    rewrite (bigD1 i) //= mxE eqxx; congr (_ * _).
    by apply: eq_bigr => j ji; rewrite mxE (negPf ji).
  by move=> p _; rewrite mulr_sumr.
apply: (@is_derive_sum _ _ _ (fun (p : 'S_d) s => (-1) ^+ p * \prod_i W s i (p i))) => p _.
apply: (@is_derive_scal (fun s => \prod_i W s i (p i)) t ((-1) ^+ p)).
by apply: (is_derive_prod (f := fun i s => W s i (p i))) => //; apply: index_enum_uniq.
Qed.

(** The derivative of a curve of matrices, entry by entry. *)
Definition is_derive_mx d (A : R -> 'M[R]_d) (t : R) (dA : 'M[R]_d) : Prop :=
  forall i l, is_derive (fun s => A s i l) t (dA i l).

Lemma is_derive_mulmx d (A B : R -> 'M[R]_d) t (dA dB : 'M[R]_d) :
  is_derive_mx A t dA -> is_derive_mx B t dB ->
  is_derive_mx (fun s => A s *m B s) t (dA *m B t + A t *m dB).
Proof.
move=> hA hB i l; apply: (@is_derive_ext _ _ (fun s => \sum_j A s i j * B s j l)).
  by move=> s; rewrite mxE.
rewrite !mxE -big_split /=; apply: (@is_derive_sum _ _ _ (fun j s => A s i j * B s j l)) => j _.
exact: (@is_derive_mult R_AbsRing (fun s => A s i j) _ t _ _ (hA i j) (hB j l) Rmult_comm).
Qed.

Lemma is_derive_trmx d (A : R -> 'M[R]_d) t (dA : 'M[R]_d) :
  is_derive_mx A t dA -> is_derive_mx (fun s => (A s)^T) t dA^T.
Proof.
move=> hA i l; rewrite mxE; apply: is_derive_ext (hA l i) => s; by rewrite mxE.
Qed.

Lemma is_derive_submx d (A B : R -> 'M[R]_d) t (dA dB : 'M[R]_d) :
  is_derive_mx A t dA -> is_derive_mx B t dB ->
  is_derive_mx (fun s => A s - B s) t (dA - dB).
Proof.
move=> hA hB i l; rewrite !mxE; apply: (@is_derive_ext _ _ (fun s => A s i l - B s i l)).
  by move=> s; rewrite !mxE.
exact: (@is_derive_minus R_AbsRing R_NormedModule (fun s => A s i l) (fun s => B s i l) t _ _ (hA i l) (hB i l)).
Qed.

Lemma constant_mx d (A : R -> 'M[R]_d) (T : R) :
  (forall t, 0 <= t <= T -> is_derive_mx A t 0) ->
  forall t, 0 <= t <= T -> A t = A 0.
Proof.
move=> h t /andP[t0 tT]; apply/matrixP=> i l.
have [e|t1] : t = 0 \/ 0 < t by move: t0; rewrite le_eqVlt => /orP[/eqP <-|]; [left|right].
  by rewrite e.
apply/esym; apply: (@eq_is_derive R_NormedModule (fun s => A s i l) 0 t); last exact/RltP.
move=> s [/RleP s0 /RleP st].
have := h s; rewrite s0 (le_trans st tT) => /(_ isT i l); by rewrite mxE.
Qed.
