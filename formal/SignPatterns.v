(** * Matrices with ones on the diagonal, and sign patterns          (diagonal-3x3)

    W = U diag(s) V^T is a d x d matrix, d >= 2, with ones on its diagonal.
    - s_1 = 0 (rank one) if and only if W_il = p_i / p_l with all p_i != 0, and then
      p_i = U_i0 will do; s_0^2 is the sum of the squares of the entries.
    - At d = 3 that is 3 + (u + 1/u) + (v + 1/v) + (uv + 1/(uv)) >= 9 with
      u = (p_0/p_1)^2, v = (p_1/p_2)^2.
    - Of rank one, s_0^2 = d^2 if and only if each entry squares to one, and then
      W = D J D^T, J all ones, D the diagonal matrix of its first column.
    - Z Z^T = 1 with one entry at most in each row that is not 0 (a signed permutation):
      Z J Z^T is a sign pattern, and X -> Z X Z^T keeps the loss
      (1/2) sum_i (X_ii - 1)^2, as X -> X^T does. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics SVD Completion.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section SignPatterns.

Variables (R : realFieldType) (n : nat).
Variables (W U V : 'M[R]_n.+2) (s : 'I_n.+2 -> R).
Hypotheses (oU : orthogonal U) (oV : orthogonal V) (eW : W = U *m Diag s *m V^T).
Hypotheses (s0 : forall i, 0 <= s i) (dec : forall i l : 'I_n.+2, (i <= l)%N -> s l <= s i).
Hypothesis one : forall i, W i i = 1.

Lemma values_vanish i : s 1 = 0 -> i != 0 -> s i = 0.
Proof.
move=> e i0; apply/eqP; rewrite eq_le s0 andbT -e dec //=.
by rewrite modn_small // lt0n.
Qed.

Lemma rank_one_product i l : s 1 = 0 -> W i l = U i 0 * (s 0 * V l 0).
Proof.
move=> e; rewrite eW mxE (bigD1 0) //= big1 => [|k k0]; last first.
  by rewrite mul_mx_DiagE values_vanish // mulr0 mul0r.
by rewrite addr0 mul_mx_DiagE mxE mulrA.
Qed.

Theorem first_vector_nonzero i : s 1 = 0 -> U i 0 != 0.
Proof. by move=> e; have [] := rank_one_entries (fun i l => rank_one_product i l e) one i i. Qed.

Theorem entries_are_ratios i l : s 1 = 0 -> W i l = U i 0 / U l 0.
Proof. by move=> e; have [] := rank_one_entries (fun i l => rank_one_product i l e) one i l. Qed.

Theorem ratios_have_rank_one (p : 'I_n.+2 -> R) : (forall j, p j != 0) ->
  (forall i l, W i l = p i / p l) -> s 1 = 0.
Proof.
move=> p0 e; pose a := U^T *m \col_i p i; pose b := (\row_l (p l)^-1) *m V.
have eab i l : Diag s i l = a i 0 * b 0 l.
  have -> : Diag s = a *m b.
    rewrite /a /b mulmxA -(mulmxA U^T) (_ : _ *m (\row_l _) = W).
      by rewrite eW !mulmxA orthogonalT // mul1mx mulmx_orthK.
    by apply/matrixP=> j k; rewrite mxE big_ord1 !mxE e.
  by rewrite mxE big_ord1.
have : s 0 * s 1 = 0.
  have d00 := eab 0 0; have d11 := eab 1 1; have d01 := eab 0 1.
  rewrite DiagE eqxx mulr1n in d00; rewrite DiagE eqxx mulr1n in d11.
  rewrite DiagE mulr0n in d01.
  by rewrite d00 d11 mulrACA -[b 0 0 * _]mulrC mulrACA -d01 mul0r.
move/eqP; rewrite mulf_eq0 => /orP[/eqP e0|/eqP //].
by apply/eqP; rewrite eq_le s0 andbT -e0 dec.
Qed.

Lemma square_of_first : s 1 = 0 -> s 0 ^+ 2 = \sum_i \sum_l W i l ^+ 2.
Proof.
move=> e; have -> : \sum_i \sum_l W i l ^+ 2 = frob W W.
  by rewrite frobE; apply: eq_bigr => i _; apply: eq_bigr => l _; rewrite expr2.
rewrite eW frob_orth // frobE (bigD1 0) //= (bigD1 0) //= DiagE eqxx mulr1n -expr2.
rewrite !big1 ?addr0 // => i i0; last by rewrite DiagE eq_sym (negPf i0) mulr0.
by rewrite big1 // => l _; rewrite DiagE values_vanish // mul0rn mul0r.
Qed.

Theorem least_are_signs i l : s 1 = 0 -> s 0 ^+ 2 = (n.+2 ^ 2)%:R -> W i l ^+ 2 = 1.
Proof.
move=> e; rewrite square_of_first // entries_are_ratios // => h.
have p0 j : U j 0 != 0 by apply: first_vector_nonzero.
apply: (iffLR (squares_equal p0)); rewrite -h.
by apply: eq_bigr => j _; apply: eq_bigr => k _; rewrite entries_are_ratios.
Qed.

Theorem signs_are_least : s 1 = 0 -> (forall i l, W i l ^+ 2 = 1) -> s 0 ^+ 2 = (n.+2 ^ 2)%:R.
Proof.
move=> e h; rewrite square_of_first // (eq_bigr (fun=> n.+2%:R)) => [|i _].
  by rewrite sumr_const card_ord -mulrnA mulnn.
by rewrite (eq_bigr (fun=> 1)) ?sumr_const ?card_ord.
Qed.

(** The diagonal matrix of the first column, and the matrix of ones. *)
Definition first_column : 'M[R]_n.+2 := Diag (fun i => W i 0).
Definition ones : 'M[R]_n.+2 := const_mx 1.

Theorem sign_pattern_orbit : s 1 = 0 -> (forall i l, W i l ^+ 2 = 1) ->
  W = first_column *m ones *m first_column^T.
Proof.
move=> e h; apply/matrixP=> i l; rewrite Diag_tr mul_mx_DiagE mul_DiagE mxE mulr1.
have := h l 0; rewrite !entries_are_ratios // => hl.
have u0 j : U j 0 != 0 by apply: first_vector_nonzero.
by rewrite -[LHS]mulr1 -hl expr2 mulrA -[_ / _ * (U l 0 / _)]mulrA mulKf // mulrA.
Qed.

Theorem first_column_orthogonal : (forall i l, W i l ^+ 2 = 1) ->
  first_column^T *m first_column = 1%:M.
Proof. by move=> h; rewrite Diag_tr Diag_mul -Diag1; apply: eq_Diag => i; rewrite -expr2. Qed.

Theorem first_column_alone i l k : l != k -> first_column i l * first_column i k = 0.
Proof.
move=> lk; rewrite !DiagE; have [->|_] := eqVneq i l; first by rewrite (negPf lk) mulr0.
by rewrite mul0r.
Qed.

End SignPatterns.

(** There are such matrices: the one with all entries 1. *)
Theorem sign_pattern_exists (R : rcfType) n : exists (U V : 'M[R]_n.+2) (s : 'I_n.+2 -> R),
  [/\ orthogonal U /\ orthogonal V, forall i, 0 <= s i,
      forall i l : 'I_n.+2, (i <= l)%N -> s l <= s i,
      ones R n = U *m Diag s *m V^T & s 1 = 0].
Proof.
have [U [V [s [oU oV s0 dec e]]]] := svd_exists (ones R n); exists U, V, s; split=> //.
apply: (ratios_have_rank_one oU oV e s0 dec (p := fun=> 1)) => *; first exact: oner_neq0.
by rewrite mxE divr1.
Qed.

(** ** At width 3 *)

Section Three.

Variables (R : realFieldType) (p : 'I_3 -> R) (u v : R).
Hypotheses (p0 : forall j, p j != 0) (eu : u = (p 0 / p 1) ^+ 2) (ev : v = (p 1 / p 2%:R) ^+ 2).
Add Ring sign_pattern_ring : (ring_bridge R).

Lemma sum_3 (f : 'I_3 -> R) : \sum_i f i = f 0 + f 1 + f 2%:R.
Proof.
rewrite !big_ord_recl big_ord0 addr0 addrA; congr (_ + f _ + f _); exact/val_inj.
Qed.

Lemma nine_squares :
  \sum_i \sum_l (p i / p l) ^+ 2 = 3%:R + (u + u^-1) + (v + v^-1) + (u * v + (u * v)^-1).
Proof.
have -> : u * v = (p 0 / p 2%:R) ^+ 2 by rewrite eu ev -exprMn mulrA divfK.
rewrite eu ev -!exprVn !invf_div !sum_3 !divff // !expr1n.
set a := (p 0 / p 1) ^+ 2; set a' := (p 1 / p 0) ^+ 2; set b := (p 1 / _) ^+ 2.
set b' := (_ / p 1) ^+ 2; set c := (p 0 / _) ^+ 2; set c' := (_ / p 0) ^+ 2.
have -> : 3%:R = 1 + 1 + 1 :> R by rewrite -[1 + 1]/(1 *+ 2) -mulrSr.
move: a a' b b' c c' => a a' b b' c c'; mcring R.
Qed.

Theorem nine_or_more : 9%:R <= 3%:R + (u + u^-1) + (v + v^-1) + (u * v + (u * v)^-1).
Proof. by rewrite -nine_squares; exact: squares_at_least p0. Qed.

Theorem square_at_three (W U V : 'M[R]_3) (s : 'I_3 -> R) :
  orthogonal U -> orthogonal V -> W = U *m Diag s *m V^T ->
  (forall i, 0 <= s i) -> (forall i l : 'I_3, (i <= l)%N -> s l <= s i) ->
  (forall i l, W i l = p i / p l) ->
  s 0 ^+ 2 = 3%:R + (u + u^-1) + (v + v^-1) + (u * v + (u * v)^-1).
Proof.
move=> oU oV eW s0 dec e; have e1 : s 1 = 0 by apply: (ratios_have_rank_one oU oV eW s0 dec p0 e).
rewrite (square_of_first oU oV eW s0 dec e1) -nine_squares.
by apply: eq_bigr => i _; apply: eq_bigr => l _; rewrite e.
Qed.

End Three.

(** ** Signed permutations, and transposition *)

Section SignedPermutations.

Variables (R : realFieldType) (d : nat) (Z : 'M[R]_d).
Hypotheses (oZ : Z^T *m Z = 1%:M) (alone : forall i l k, l != k -> Z i l * Z i k = 0).

Lemma row_of_squares i : \sum_k Z i k ^+ 2 = 1.
Proof.
have /matrixP/(_ i i) := mulmx1C oZ; rewrite !mxE eqxx mulr1n => <-.
by apply: eq_bigr => k _; rewrite mxE expr2.
Qed.

Lemma column_of_squares k : \sum_i Z i k ^+ 2 = 1.
Proof.
have /matrixP/(_ k k) := oZ; rewrite !mxE eqxx mulr1n => <-.
by apply: eq_bigr => i _; rewrite mxE expr2.
Qed.

(** Squares of sums along a row have no cross terms. *)
Lemma row_square i (x : 'I_d -> R) :
  (\sum_k Z i k * x k) ^+ 2 = \sum_k (Z i k * x k) ^+ 2.
Proof.
rewrite expr2 big_distrl /=; apply: eq_bigr => k _; rewrite big_distrr (bigD1 k) //= big1 ?addr0 //.
by move=> l lk; rewrite mulrACA alone ?mul0r // eq_sym.
Qed.

Theorem signed_permutation_of_ones i l : (Z *m const_mx 1 *m Z^T) i l ^+ 2 = 1.
Proof.
have row j : (\sum_k Z j k * 1) ^+ 2 = 1.
  by rewrite row_square -[RHS](row_of_squares j); apply: eq_bigr => k _; rewrite mulr1.
have -> : (Z *m const_mx 1 *m Z^T) i l = (\sum_k Z i k * 1) * \sum_k Z l k * 1.
  rewrite mxE big_distrr; apply: eq_bigr => k _ /=.
  by rewrite !mxE mulr1; congr (_ * _); apply: eq_bigr => j _; rewrite mxE.
by rewrite exprMn !row mulr1.
Qed.

Theorem signed_permutations_keep_the_loss (X : 'M[R]_d) :
  (\sum_i ((Z *m X *m Z^T) i i - 1) ^+ 2) / 2%:R = (\sum_i (X i i - 1) ^+ 2) / 2%:R.
Proof.
have idem i k : Z i k ^+ 2 * Z i k ^+ 2 = Z i k ^+ 2.
  rewrite -[RHS]mulr1 -(row_of_squares i) big_distrr (bigD1 k) //= big1 ?addr0 // => l lk.
  by rewrite -exprMn alone ?expr0n // eq_sym.
have entry i : (Z *m X *m Z^T) i i - 1 = \sum_k Z i k * (Z i k * (X k k - 1)).
  rewrite -[X in _ - X = _](row_of_squares i) mxE -sumrB; apply: eq_bigr => l _.
  rewrite !mulrBr mulr1 -expr2; congr (_ - _).
  rewrite [(Z *m X) i l]mxE mxE big_distrl (bigD1 l) //= big1 ?addr0.
    by rewrite mulrAC mulrA.
  by move=> k kl; rewrite mulrAC alone ?mul0r.
congr (_ / _); rewrite (eq_bigr (fun i => \sum_k Z i k ^+ 2 * (X k k - 1) ^+ 2)) => [|i _].
  by rewrite exchange_big; apply: eq_bigr => k _; rewrite -big_distrl column_of_squares /= mul1r.
rewrite entry row_square; apply: eq_bigr => k _.
by rewrite !exprMn mulrA idem.
Qed.

End SignedPermutations.

Theorem transposition_keeps_the_loss (R : fieldType) (d : nat) (Z : 'M[R]_d) :
  (\sum_i (Z^T i i - 1) ^+ 2) / 2%:R = (\sum_i (Z i i - 1) ^+ 2) / 2%:R.
Proof. by congr (_ / _); apply: eq_bigr => i _; rewrite mxE. Qed.
