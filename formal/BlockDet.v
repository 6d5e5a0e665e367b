(** * Determinants of matrices that are block diagonal up to the order of the
      basis                                                   (auxiliary)

    Let the index set of a matrix M be a disjoint union of blocks, block p being
    listed without repetition as e p 0, ..., e p (k p - 1), and let M vanish
    between different blocks.  Then det M is the product of the determinants of
    the blocks.  Only lists of indices are used: no reordering of the basis. *)


From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

Section Sylvester.

Variable R : comRingType.

(** det(1 + A B) = det(1 + B A). *)
Lemma det_1_mul m n (A : 'M[R]_(m, n)) (B : 'M[R]_(n, m)) :
  \det (1%:M + A *m B) = \det (1%:M + B *m A).
Proof.
have e1 : block_mx 1%:M (- A) B 1%:M =
    block_mx 1%:M 0 B 1%:M *m block_mx 1%:M (- A) 0 (1%:M + B *m A).
  rewrite mulmx_block !(mul1mx, mulmx1, mul0mx, mulmx0, addr0, add0r).
  by rewrite mulmxN addrCA addNr addr0.
have e2 : block_mx 1%:M (- A) B 1%:M =
    block_mx 1%:M (- A) 0 1%:M *m block_mx (1%:M + A *m B) 0 B 1%:M.
  rewrite mulmx_block !(mul1mx, mulmx1, mul0mx, mulmx0, addr0, add0r).
  by rewrite mulNmx addrK.
have := congr1 determinant e2; rewrite e1 !det_mulmx.
by rewrite !det_lblock !det_ublock !det1 !mul1r !mulr1.
Qed.

End Sylvester.

Section Blocks.

Variables (R : comRingType) (n : nat) (P : finType).
Variables (k : P -> nat) (e : forall p, 'I_(k p) -> 'I_n).
Variable M : 'M[R]_n.

Let E p : 'M[R]_(n, k p) := \matrix_(i, a) (i == e a)%:R.
Let B p : 'M[R]_(k p) := \matrix_(a, b) M (e a) (e b).

Hypothesis e_inj : forall p (a b : 'I_(k p)), e a = e b -> a = b.
Hypothesis e_disj : forall p q (a : 'I_(k p)) (b : 'I_(k q)), e a = e b -> p = q.
Hypothesis e_cover : forall i, exists p, exists a : 'I_(k p), i = e a.
Hypothesis M_block : forall p q (a : 'I_(k p)) (b : 'I_(k q)),
  p != q -> M (e a) (e b) = 0.

Let EtE p : (E p)^T *m E p = 1%:M.
Proof.
apply/matrixP=> a b; rewrite !mxE (bigD1 (e a)) //= !mxE eqxx mul1r.
rewrite big1 ?addr0 => [|i ni]; last by rewrite !mxE (negPf ni) mul0r.
by congr (_%:R); case: eqP => [/e_inj ->|ne]; case: eqP => // ab; case: ne; rewrite ab.
Qed.

Let EtE0 p q : p != q -> (E p)^T *m E q = 0.
Proof.
move=> pq; apply/matrixP=> a b; rewrite !mxE big1 // => i _; rewrite !mxE.
case: eqP => [->|]; last by rewrite mul0r.
by case: eqP => [/e_disj pq'|]; [rewrite pq' eqxx in pq | rewrite mulr0].
Qed.

Let T p : 'M[R]_n := 1%:M + E p *m (B p - 1%:M) *m (E p)^T.

Let detT p : \det (T p) = \det (B p).
Proof.
rewrite /T -mulmxA det_1_mul -mulmxA EtE mulmx1; congr (\det _).
by rewrite addrCA subrr addr0.
Qed.

Let prodT (s : seq P) : uniq s ->
  \det (1%:M + \sum_(p <- s) E p *m (B p - 1%:M) *m (E p)^T) =
  \prod_(p <- s) \det (B p).
Proof.
elim: s => [|p s IH] /=; first by rewrite !big_nil addr0 det1.
case/andP=> ps us; rewrite !big_cons -IH // -detT -det_mulmx; congr (\det _).
rewrite mulmxDr mulmx1 /T mulmxDl mul1mx mulmx_sumr.
rewrite [X in _ = _ + (_ + X)]big_seq [X in _ = _ + (_ + X)]big1 ?addr0.
  by rewrite -addrA [X in _ + X]addrC.
move=> q qs; rewrite -!mulmxA [(E p)^T *m (_ *m _)]mulmxA EtE0.
  by rewrite !(mul0mx, mulmx0).
by apply: contraNneq ps => ->.
Qed.

Theorem det_blocks :
  \det M = \prod_(p : P) \det (\matrix_(a < k p, b < k p) M (e a) (e b)).
Proof.
rewrite -[RHS](prodT (index_enum_uniq P)); congr (\det _).
have EBE p i j : (E p *m (B p - 1%:M) *m (E p)^T) i j =
    \sum_(a < k p) \sum_(b < k p)
      (i == e a)%:R * (j == e b)%:R * (M (e a) (e b) - (a == b)%:R).
  rewrite mxE; apply: (etrans _ (exchange_big _ _ _ _ _ _)) => /=.
  apply: eq_bigr => b _; rewrite mxE big_distrl /=.
  by apply: eq_bigr => a _; rewrite !mxE mulrAC.
apply/matrixP=> i j; rewrite mxE summxE (eq_bigr _ (fun p _ => EBE p i j)).
have [p [a ->]] := e_cover i; have [q [b ->]] := e_cover j.
rewrite (bigD1 p) //= [X in _ + (_ + X)]big1 ?addr0; last first.
  move=> p' np; rewrite big1 // => a' _; rewrite big1 // => b' _.
  by case: eqP => [/e_disj pp|]; [rewrite pp eqxx in np | rewrite !mul0r].
rewrite (bigD1 a) //= [X in _ + (_ + X)]big1 ?addr0; last first.
  move=> a' na; rewrite big1 // => b' _; case: eqP => [/e_inj aa|].
    by rewrite aa eqxx in na.
  by rewrite !mul0r.
rewrite eqxx mxE; have [pq|npq] := eqVneq p q; last first.
  rewrite M_block // big1 ?addr0 => [|b' _]; last first.
    case: eqP => [/esym/e_disj pq|]; first by rewrite pq eqxx in npq.
    by rewrite mulr0 mul0r.
  case: eqP => // /e_disj pq; by rewrite pq eqxx in npq.
case: q / pq b => b; rewrite (bigD1 b) //= big1 ?addr0; last first.
  move=> b' nb; case: eqP => [/e_inj bb|]; last by rewrite mulr0 mul0r.
  by rewrite bb eqxx in nb.
rewrite eqxx !mul1r.
have -> : (e a == e b) = (a == b).
  by apply/eqP/eqP=> [/e_inj|->].
by rewrite addrCA subrr addr0.
Qed.

End Blocks.
