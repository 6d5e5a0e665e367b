(** * Horizontal, vertical and normal directions               (three-way-splitting)

    At balanced factors, with a_j skew and b_j symmetric, 0 <= j <= N:
    - vertical directions a_j W_j - W_j a_{j-1} satisfy the linearised balance
      equations, as horizontal lifts do;
    - normal directions b_j W_j - W_j b_{j-1}, b_0 = b_N = 0, are orthogonal to every
      solution of these equations.
    At invertible partial products every tuple H of directions is the sum of a vertical
    and a normal one: H_j = (a_j + b_j) W_j - W_j (a_{j-1} + b_{j-1}) where a_j + b_j is
    (sum_{k<=j} W_j ... W_{k+1} H_k W_{k-1} ... W_1) (W_j ... W_1)^{-1}, which is 0 at
    j = 0, and at j = N if H does not move the product. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics Pushforward Balancedness Gauge.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Splitting.

Variables (F : realFieldType) (d N : nat) (W a b E H : nat -> 'M[F]_d).

Theorem vertical_tangent : balanced W N -> (forall j, (j <= N)%N -> skew_mx (a j)) ->
  (forall j, (1 <= j <= N)%N -> H j = gauge W a j) ->
  forall j, (1 <= j < N)%N ->
  (W j.+1)^T *m H j.+1 + (H j.+1)^T *m W j.+1 = W j *m (H j)^T + H j *m (W j)^T.
Proof.
move=> bal sk eH [|j] // /= jN; have j1N := ltnW jN; rewrite !eH ?jN ?j1N // /gauge /=.
have s2 : (a j.+2)^T = - a j.+2 := sk _ jN; have s1 : (a j.+1)^T = - a j.+1 := sk _ j1N.
have s0 : (a j)^T = - a j := sk _ (ltnW j1N).
rewrite ![(_ - _)^T]linearB /= !trmx_mul s2 s1 s0 !mulmxBl !mulmxBr ?(mulmxN, mulNmx) !mulmxA.
rewrite bal // -(mulmxA (a j.+1) (W j.+2)^T) bal // !mulmxA.
by rewrite !opprK addrACA subrr add0r [RHS]addrACA subrr addr0.
Qed.

Theorem horizontal_tangent Z j : (1 <= j < N)%N ->
  (W j.+1)^T *m dphi_adj W N Z j.+1 + (dphi_adj W N Z j.+1)^T *m W j.+1 =
  W j *m (dphi_adj W N Z j)^T + dphi_adj W N Z j *m (W j)^T.
Proof. by move=> jN; rewrite addrC (dphi_adj_tangent W Z jN) addrC. Qed.

Lemma frob_symmetric (S A : 'M[F]_d) : symmetric_mx S -> frob S A^T = frob S A.
Proof. by move=> sS; rewrite /frob -mxtrace_tr trmx_mul trmxK sS trmxK mxtrace_mulC. Qed.

Theorem normal_to_tangents : (forall j, (j <= N)%N -> symmetric_mx (b j)) ->
  b 0%N = 0 -> b N = 0 ->
  (forall j, (1 <= j < N)%N ->
    (W j.+1)^T *m H j.+1 + (H j.+1)^T *m W j.+1 = W j *m (H j)^T + H j *m (W j)^T) ->
  frob_tuple N (gauge W b) H = 0.
Proof.
move=> sb b0 bN tangent; pose P j := frob (b j) (H j *m (W j)^T).
have left j : frob (b j *m W j) (H j) = P j.
  by rewrite /P /frob trmx_mul -mulmxA mxtrace_mulC mulmxA.
have right j : (j < N)%N -> frob (W j.+1 *m b j) (H j.+1) = P j.
  move=> jN; have -> : frob (W j.+1 *m b j) (H j.+1) = frob (b j) ((W j.+1)^T *m H j.+1).
    by rewrite /frob trmx_mul mulmxA.
  case: j jN => [_|j jN]; first by rewrite /P b0 !frob0l.
  have s := sb _ (ltnW jN).
  have two (A : 'M[F]_d) : frob (b j.+1) A *+ 2 = frob (b j.+1) (A + A^T).
    by rewrite frobDr frob_symmetric // mulr2n.
  apply/eqP; rewrite -(eqr_pmuln2r (_ : 0 < 2)%N) // !two !trmx_mul !trmxK.
  by rewrite tangent // addrC.
rewrite /frob_tuple (eq_big_nat _ _ (F2 := fun j => P j - P j.-1)) => [|[|j] // /andP[_ jN]].
  by rewrite big_add1 /= telescope_sumr // /P b0 bN !frob0l subrr.
by rewrite /gauge /= frobC frobBr !(frobC (H j.+1)) left right.
Qed.

(** ** Invertible partial products *)

Hypothesis partial : forall j, (j <= N)%N -> (a j + b j) *m phi W j = dphi W j H.

Theorem splitting_first_end : a 0%N + b 0%N = 0.
Proof. by have := partial (leq0n N); rewrite mulmx1 /dphi big_geq. Qed.

Theorem splitting_sum : (forall j, (j <= N)%N -> phi W j *m E j = 1%:M) ->
  forall j, (1 <= j <= N)%N -> H j = gauge W a j + gauge W b j.
Proof.
move=> inv [|j] // /= jN; have e := partial jN.
rewrite dphiS -(partial (ltnW jN)) /= in e.
have := congr1 (fun A => A *m E j) e; rewrite /= [RHS]mulmxDl -!mulmxA inv ?(ltnW jN) // !mulmx1.
by rewrite /gauge /= addrACA -opprD -mulmxDl -mulmxDr => ->; rewrite addrK.
Qed.

Theorem splitting_last_end : (forall j, (j <= N)%N -> phi W j *m E j = 1%:M) ->
  dphi W N H = 0 -> a N + b N = 0.
Proof.
move=> inv e; have := congr1 (fun A => A *m E N) (partial (leqnn N)).
by rewrite /= e mul0mx -mulmxA inv // mulmx1.
Qed.

End Splitting.
