(** * Existence of the singular value decomposition, sorted
                                                        (operator-spectrum)

    Over a real closed field every square matrix, of any rank, is
    W = U diag(sigma_1, ..., sigma_d) V^T with U, V orthogonal and
    sigma_1 >= ... >= sigma_d >= 0; moreover sigma_i = t_i^N with t_i >= 0. *)

From mathcomp Require Import all_ssreflect all_algebra all_fingroup.
From DLN Require Import Basics Spectral.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section SVD.

Variable R : rcfType.

(** A pair of singular vectors. *)
Lemma singular_pair n (W : 'M[R]_n.+1) :
  exists (s : R) (u v : 'rV[R]_n.+1),
    [/\ 0 <= s, dot u u = 1, dot v v = 1, v *m W^T = s *: u & u *m W = s *: v].
Proof.
have sG : symmetric_mx (W^T *m W) by rewrite /symmetric_mx trmx_mul trmxK.
have [a [v [v1 va]]] := real_eigenvector sG.
have ea : dot (v *m W^T) (v *m W^T) = a.
  by rewrite dot_mulmx trmxK dotC -mulmxA va dotZl v1 mulr1.
have a0 : 0 <= a by rewrite -ea dot_ge0.
have [az|anz] := eqVneq a 0.
  have vW : v *m W^T = 0 by apply/eqP; rewrite -dot_eq0 ea az.
  have v0 : v != 0 by rewrite -dot_eq0 v1 oner_eq0.
  have : \det W == 0.
    by rewrite -det_tr; apply/det0P; exists v.
  case/det0P => u u0 uW; have [c c1] := normalize u0.
  exists 0, (c *: u), v; rewrite c1 v1 vW !scale0r -scalemxAl uW scaler0.
  by split.
pose s := Num.sqrt a.
have s2 : s * s = a by rewrite -expr2 sqr_sqrtr.
have s0 : s != 0 by apply: contraNneq anz => e; rewrite -s2 e mul0r.
exists s, (s^-1 *: (v *m W^T)), v; split; rewrite ?sqrtr_ge0 //.
- by rewrite dotZl dotZr ea mulrA -invfM s2 mulVf.
- by rewrite scalerA mulfV ?scale1r.
- by rewrite -scalemxAl -mulmxA va scalerA -s2 mulKf.
Qed.

(** The singular value decomposition, in any order. *)
Lemma svd_unsorted n (W : 'M[R]_n) :
  exists (U V : 'M[R]_n) (s : 'I_n -> R),
    [/\ orthogonal U, orthogonal V, forall i, 0 <= s i & W = U *m Diag s *m V^T].
Proof.
elim: n W => [|n IH] W.
  exists 1%:M, 1%:M, (fun=> 0); split; try exact: orthogonal1; first by case.
  by apply/matrixP=> -[].
have [s [u [v [s0 u1 v1 vW uW]]]] := singular_pair W.
have [H [oH Hu]] := householder u1; have [K [oK Kv]] := householder v1.
pose M : 'M[R]_(1 + n) := H *m W *m K^T.
have rM : row 0 M = s *: delta_mx 0 0.
  rewrite /M !row_mul Hu uW -scalemxAl -Kv -row_mul oK.
  by congr (_ *: _); apply/rowP=> j; rewrite !mxE eq_sym.
have cM : row 0 M^T = s *: delta_mx 0 0.
  have -> : M^T = K *m W^T *m H^T by rewrite /M !trmx_mul trmxK mulmxA.
  rewrite !row_mul Kv vW -scalemxAl -Hu -row_mul oH.
  by congr (_ *: _); apply/rowP=> j; rewrite !mxE eq_sym.
have eM : M = block_mx s%:M 0 0 (drsubmx M) by apply: block_first.
have eW : W = H^T *m M *m K by rewrite /M !mulmxA orthogonalT // mul1mx mulmx_orthK.
have [U [V [r [oU oV r0 eB]]]] := IH (drsubmx M).
clearbody M.
pose A : 'M[R]_(1 + n) := block_mx 1%:M 0 0 U.
pose B : 'M[R]_(1 + n) := block_mx 1%:M 0 0 V.
have BT : B^T = block_mx 1%:M 0 0 V^T by rewrite /B tr_block_mx !trmx0 trmx1.
have eAB : M = (A *m (Diag (cons_fun s r) : 'M_(1 + n))) *m B^T.
  rewrite [LHS]eM eB Diag_cons BT /A !mulmx_block.
  by rewrite !(mul0mx, mulmx0, mul1mx, mulmx1, addr0, add0r).
exists (H^T *m A), (K^T *m B), (cons_fun s r); split.
- by apply: orthogonal_mul; [apply: orthogonal_tr | apply: orthogonal_block].
- by apply: orthogonal_mul; [apply: orthogonal_tr | apply: orthogonal_block].
- by move=> i; rewrite /cons_fun; case: unliftP => [j|] _ /=.
- by rewrite eW eAB trmx_mul trmxK !mulmxA.
Qed.

(** Reordering the singular values. *)
Lemma sort_fun n (s : 'I_n -> R) :
  exists p : 'S_n, forall i l : 'I_n, (i <= l)%N -> s (p l) <= s (p i).
Proof.
pose r : rel R := fun x y => y <= x.
have tot : total r by move=> x y; rewrite /r le_total.
have tr : transitive r by move=> x y z yx zy; exact: le_trans zy yx.
pose st := [tuple s i | i < n].
have /tuple_permP [p ep] : perm_eq (sort r st) st by rewrite perm_sort.
exists p => i l il.
have sorted_st : sorted r (sort r st) by exact: sort_sorted.
have e (j : 'I_n) : nth 0 (sort r st) j = s (p j).
  by rewrite ep -tnth_nth !tnth_mktuple.
rewrite -!e; move: il; rewrite leq_eqVlt => /orP[/eqP/val_inj -> //|il].
have := sorted_ltn_nth tr 0 sorted_st; apply; rewrite ?inE ?size_sort ?size_tuple //.
Qed.

Theorem svd_exists n (W : 'M[R]_n) :
  exists (U V : 'M[R]_n) (s : 'I_n -> R),
    [/\ orthogonal U, orthogonal V, forall i, 0 <= s i,
        forall i l : 'I_n, (i <= l)%N -> s l <= s i
      & W = U *m Diag s *m V^T].
Proof.
have [U [V [s [oU oV s0 eW]]]] := svd_unsorted W.
have [p sp] := sort_fun s; pose P : 'M[R]_n := perm_mx p.
have oP : orthogonal P by rewrite /orthogonal /P tr_perm_mx -perm_mxM mulgV perm_mx1.
exists (U *m P^T), (V *m P^T), (fun i => s (p i)); split=> //.
- by apply: orthogonal_mul => //; apply: orthogonal_tr.
- by apply: orthogonal_mul => //; apply: orthogonal_tr.
have -> : Diag (fun i => s (p i)) = P *m Diag s *m P^T.
  apply/matrixP=> i l; rewrite /P tr_perm_mx -row_permE -col_permE !mxE.
  by rewrite (inj_eq perm_inj).
by rewrite trmx_mul trmxK !mulmxA !(mulmx_orthK oP) eW.
Qed.

(** N-th roots of numbers. *)
Lemma nth_root_exists N (x : R) : (0 < N)%N -> 0 <= x -> exists2 t, 0 <= t & t ^+ N = x.
Proof.
move=> N0 x0; pose p : {poly R} := 'X^N - x%:P.
have x1 : 0 <= x + 1 by rewrite addr_ge0 ?ler01.
have [|t /andP[t0 _]] := @poly_ivt R p 0 (x + 1) x1.
  rewrite !hornerE hornerXn expr0n gtn_eqF // sub0r oppr_le0 x0 /=.
  rewrite hornerXn subr_ge0.
  have h : 1 <= x + 1 by rewrite ler_addr.
  apply: (@le_trans _ _ (x + 1)); first by rewrite ler_addl ler01.
  exact: ler_eexpr.
by rewrite rootE !hornerE hornerXn subr_eq0 => /eqP e; exists t.
Qed.

Lemma nth_root_mono N (x y : R) : (0 < N)%N -> 0 <= x -> 0 <= y ->
  x ^+ N <= y ^+ N -> x <= y.
Proof. by move=> N0 x0 y0; rewrite ler_pexpn2r ?nnegrE. Qed.

(** The form used throughout: sigma_i = t_i^N. *)
Theorem svd_exists_root n N (W : 'M[R]_n) : (0 < N)%N ->
  exists (U V : 'M[R]_n) (t : 'I_n -> R),
    [/\ orthogonal U, orthogonal V, forall i, 0 <= t i,
        forall i l : 'I_n, (i <= l)%N -> t l <= t i
      & W = U *m Diag (fun i => t i ^+ N) *m V^T].
Proof.
move=> N0; have [U [V [s [oU oV s0 dec eW]]]] := svd_exists W.
have root i := nth_root_exists N0 (s0 i).
have [t ht] : exists t : 'I_n -> R, forall i, 0 <= t i /\ t i ^+ N = s i.
  have /fin_all_exists2 [t t0 et] := root.
  by exists t => i; split.
exists U, V, t; split=> // [i|i l il|]; first by case: (ht i).
  apply: (nth_root_mono N0 (ht l).1 (ht i).1).
  by rewrite (ht l).2 (ht i).2 dec.
by rewrite eW; congr (_ *m _ *m _); apply: eq_Diag => i; rewrite (ht i).2.
Qed.

End SVD.
