(** * Eigenvalues of symmetric matrices move no faster than the matrices    (auxiliary)

    Weyl: let A = U diag(p) U^T and B = V diag(q) V^T with U, V orthogonal and p, q
    decreasing.  Then p_k - q_k is at most the sum of all |A_il - B_il|.  There is a row
    x = y U^T with y_j = 0 for j > k and (x V)_j = 0 for j < k, for which
    p_k |x|^2 <= x A x^T and x B x^T <= q_k |x|^2. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Weyl.

Variables (R : realFieldType) (d : nat).
Implicit Types (A U : 'M[R]_d) (x : 'rV[R]_d).

Definition form A x : R := (x *m A *m x^T) 0 0.

Lemma formE A x : form A x = \sum_i \sum_l x 0 i * A i l * x 0 l.
Proof.
rewrite /form mxE exchange_big; apply: eq_bigr => l _; rewrite !mxE big_distrl.
by apply: eq_bigr => i _.
Qed.

Lemma form_diagonal U (p : 'I_d -> R) x :
  form (U *m Diag p *m U^T) x = \sum_i p i * (x *m U) 0 i ^+ 2.
Proof.
have -> : form (U *m Diag p *m U^T) x = form (Diag p) (x *m U).
  by rewrite /form trmx_mul !mulmxA.
rewrite /form mxE; apply: eq_bigr => i _.
by rewrite mul_mx_DiagE [(x *m U)^T i 0]mxE mulrAC -expr2 mulrC.
Qed.

Lemma form1_orth U x : orthogonal U -> form 1%:M x = \sum_i (x *m U) 0 i ^+ 2.
Proof.
move=> oU; rewrite -oU -[U in U *m _]mulmx1 -Diag1 form_diagonal.
by apply: eq_bigr => i _; rewrite mul1r.
Qed.

Lemma form1E x : form 1%:M x = \sum_i x 0 i ^+ 2.
Proof. by rewrite (form1_orth x (orthogonal1 R d)) mulmx1. Qed.

Lemma form1_gt0 x : x != 0 -> 0 < form 1%:M x.
Proof.
move=> x0; rewrite form1E lt0r sumr_ge0 ?andbT => [|i _]; last exact: sqr_ge0.
apply: contra x0; rewrite psumr_eq0 => [/allP h|i _]; last exact: sqr_ge0.
apply/eqP/rowP=> i; rewrite mxE; apply/eqP; rewrite -sqrf_eq0.
exact: (implyP (h i (mem_index_enum _))).
Qed.

Lemma form_difference A B x :
  form A x - form B x <= (\sum_i \sum_l `|A i l - B i l|) * form 1%:M x.
Proof.
rewrite (formE A) (formE B) -sumrB mulr_suml; apply: ler_sum => i _; rewrite -sumrB mulr_suml; apply: ler_sum => l _.
have -> : x 0 i * A i l * x 0 l - x 0 i * B i l * x 0 l = (A i l - B i l) * (x 0 i * x 0 l).
  by rewrite -mulrBl -mulrBr mulrAC mulrC.
apply: le_trans (ler_norm _) _; rewrite normrM ler_wpmul2l //.
have le k : x 0 k ^+ 2 <= form 1%:M x.
  by rewrite form1E (bigD1 k) //= ler_addl sumr_ge0 // => j _; exact: sqr_ge0.
rewrite -(@ler_pmul2l _ 2%:R) ?ltr0n // mulr_natl mulr_natl [X in _ <= X]mulr2n.
apply: le_trans _ (ler_add (le i) (le l)).
rewrite -[x 0 i ^+ 2]real_normK ?num_real // -[x 0 l ^+ 2]real_normK ?num_real // normrM.
by rewrite -subr_ge0 -addrAC -sqrrB sqr_ge0.
Qed.

Theorem weyl A B U V (p q : 'I_d -> R) k : orthogonal U -> orthogonal V ->
  A = U *m Diag p *m U^T -> B = V *m Diag q *m V^T ->
  (forall i l : 'I_d, (i <= l)%N -> p l <= p i) ->
  (forall i l : 'I_d, (i <= l)%N -> q l <= q i) ->
  p k - q k <= \sum_i \sum_l `|A i l - B i l|.
Proof.
move=> oU oV eA eB decp decq.
pose C : 'M[R]_d := \matrix_(i, j)
  if (j < k)%N then (U^T *m V) i j else if (k < j)%N then (i == j)%:R else 0.
have /det0P[y y0 yC] : \det C == 0.
  by rewrite (expand_det_col C k) big1 // => i _; rewrite mxE !ltnn mul0r.
have above (j : 'I_d) : (k < j)%N -> y 0 j = 0.
  move=> kj; have /rowP/(_ j) := yC; rewrite !mxE (bigD1 j) //= mxE ltnNge (ltnW kj) kj eqxx mulr1.
  by rewrite big1 ?addr0 // => i ne; rewrite mxE ltnNge (ltnW kj) kj (negPf ne) mulr0.
pose x := y *m U^T.
have xU : x *m U = y by rewrite /x -mulmxA orthogonalT ?mulmx1.
have below (j : 'I_d) : (j < k)%N -> (x *m V) 0 j = 0.
  move=> jk; have /rowP/(_ j) := yC; rewrite [X in _ = X]mxE => <-.
  by rewrite /x -mulmxA !mxE; apply: eq_bigr => i _; rewrite [C i j]mxE jk.
have x0 : x != 0 by apply: contraNneq y0 => e; rewrite -xU e mul0mx.
have n0 := form1_gt0 x0.
have lo : p k * form 1%:M x <= form A x.
  rewrite eA form_diagonal (form1_orth x oU) mulr_sumr xU; apply: ler_sum => j _.
  case: (leqP j k) => h; first by rewrite ler_wpmul2r ?sqr_ge0 // decp.
  by rewrite above // expr0n !mulr0.
have hi : form B x <= q k * form 1%:M x.
  rewrite eB form_diagonal (form1_orth x oV) mulr_sumr; apply: ler_sum => j _.
  case: (leqP k j) => h; first by rewrite ler_wpmul2r ?sqr_ge0 // decq.
  by rewrite below // expr0n !mulr0.
rewrite -(ler_pmul2r n0) mulrBl; apply: le_trans (form_difference A B x).
exact: ler_sub.
Qed.

End Weyl.
