(** * Gauge directions, gradient descent and weight decay

    D_j = W_{j+1}^T W_{j+1} - W_j W_j^T is the defect of balance, 1 <= j < N, and
    g_j = (W_N ... W_{j+1})^T G (W_{j-1} ... W_1)^T the gradient, of any loss.
    - One step of gradient descent of size eta moves D_j exactly by
      eta^2 (g_{j+1}^T g_{j+1} - g_j g_j^T).
    - With weight decay, W_j' = - g_j - mu W_j, the velocity of D_j is - 2 mu D_j.
    - The directions a_j W_j - W_j a_{j-1}, a_0 = a_N = 0, do not move the product,
      and horizontal lifts are orthogonal to them.
    - At balanced factors those of skew a_j are orthogonal to those of symmetric a_j. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics Pushforward Balancedness.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Gauge.

Variables (R : comRingType) (d N : nat).
Add Ring gauge_ring : (ring_bridge R).
Implicit Types (W X a s : nat -> 'M[R]_d) (G H : 'M[R]_d).

Definition defect W (j : nat) : 'M[R]_d := (W j.+1)^T *m W j.+1 - W j *m (W j)^T.

(** One step of gradient descent. *)
Theorem gradient_step_defect W G (eta : R) j : (1 <= j < N)%N ->
  defect (fun k => W k - eta *: dphi_adj W N G k) j =
  defect W j + eta ^+ 2 *: defect (dphi_adj W N G) j.
Proof.
move=> jN; have e := dphi_adj_above W G jN.
have eT : (dphi_adj W N G j.+1)^T *m W j.+1 = W j *m (dphi_adj W N G j)^T.
  by rewrite -[LHS]trmxK trmx_mul trmxK e trmx_mul trmxK.
rewrite /defect; move: (dphi_adj W N G j.+1) (dphi_adj W N G j) e eT => g h e eT.
rewrite ![(_ - _)^T]linearB /= ![(eta *: _)^T]linearZ /= !mulmxBl !mulmxBr.
rewrite -!scalemxAl -!scalemxAr e eT !scalerA -expr2 scalerBr.
move: (eta *: (h *m _)) (eta *: (W j *m _)) => x y.
move: (_ *m W j.+1) (W j *m (W j)^T) (eta ^+ 2 *: _) (eta ^+ 2 *: _) => p q u v.
by apply/matrixP=> r c; rewrite !mxE; mcring R.
Qed.

Theorem weight_decay_defect W G (mu : R) j : (1 <= j < N)%N ->
  let X k := - dphi_adj W N G k - mu *: W k in
  (X j.+1)^T *m W j.+1 + (W j.+1)^T *m X j.+1 - (X j *m (W j)^T + W j *m (X j)^T) =
  - ((mu + mu) *: defect W j).
Proof.
move=> jN X; have e := dphi_adj_above W G jN.
have eT : (dphi_adj W N G j.+1)^T *m W j.+1 = W j *m (dphi_adj W N G j)^T.
  by rewrite -[LHS]trmxK trmx_mul trmxK e trmx_mul trmxK.
rewrite /X /defect; move: (dphi_adj W N G j.+1) (dphi_adj W N G j) e eT => g h e eT.
rewrite ![(_ - _)^T]linearB /= ![(- _)^T]linearN /= ![(mu *: _)^T]linearZ /=.
rewrite !mulmxBl !mulmxBr !mulNmx !mulmxN -!scalemxAl -!scalemxAr e eT scalerDl scalerBr.
move: (h *m _) (W j *m h^T) (mu *: _) (mu *: _) => x y u v.
by apply/matrixP=> r c; rewrite !mxE; mcring R.
Qed.

Definition gauge W a (j : nat) : 'M[R]_d := a j *m W j - W j *m a j.-1.

Theorem gauge_in_kernel W a : a 0%N = 0 -> a N = 0 -> dphi W N (gauge W a) = 0.
Proof.
move=> a0 aN; pose T j := above W N j *m a j *m phi W j.
rewrite /dphi (eq_big_nat _ _ (F2 := fun j => T j - T j.-1)) => [|j /andP[j0 jN]]; last first.
  case: j j0 jN => // j _ jN; rewrite /gauge /T /below subn1 /= mulmxBr mulmxBl !mulmxA.
  by rewrite (@above_rec _ _ W N j jN).
rewrite big_add1 /= telescope_sumr //; by rewrite /T a0 aN mulmx0 mul0mx mulmx0 mul0mx subrr.
Qed.

Theorem lift_orthogonal_to_gauge W a H : a 0%N = 0 -> a N = 0 ->
  frob_tuple N (dphi_adj W N H) (gauge W a) = 0.
Proof. by move=> a0 aN; rewrite -dphi_adjoint gauge_in_kernel // frob0r. Qed.

End Gauge.

(** Skew gauge directions are orthogonal to symmetric ones, at balanced factors. *)
Section Balanced.

Variables (F : realFieldType) (d N : nat) (W a s : nat -> 'M[F]_d).
Hypotheses (bal : balanced W N) (skew : forall j, skew_mx (a j)).
Hypothesis symmetric : forall j, symmetric_mx (s j).
Hypotheses (a0 : a 0%N = 0) (aN : a N = 0).

Lemma frob_skew_symmetric (A S : 'M[F]_d) : skew_mx A -> symmetric_mx S -> frob A S = 0.
Proof.
move=> sA sS; have : frob A S = - frob A S.
  by rewrite {1}/frob sA mulNmx linearN /= mxtrace_mulC -{1}sS -/(frob S A) frobC.
by move/eqP; rewrite -addr_eq0 -mulr2n mulrn_eq0 /= => /eqP.
Qed.

Theorem vertical_orthogonal_to_normal : frob_tuple N (gauge W a) (gauge W s) = 0.
Proof.
pose P j := frob (a j) (s j *m (W j *m (W j)^T)).
have cross1 A S (M : 'M[F]_d) : skew_mx A -> symmetric_mx S -> frob (A *m M) (M *m S) = 0.
  move=> sA sS; have -> : frob (A *m M) (M *m S) = frob (M^T *m A *m M) S.
    by rewrite /frob !trmx_mul trmxK !mulmxA.
  by rewrite frob_skew_symmetric // /skew_mx !trmx_mul trmxK sA mulNmx mulmxN mulmxA.
have cross2 A S (M : 'M[F]_d) : skew_mx A -> symmetric_mx S -> frob (M *m A) (S *m M) = 0.
  move=> sA sS; have -> : frob (M *m A) (S *m M) = frob A (M^T *m S *m M).
    by rewrite /frob !trmx_mul !mulmxA.
  by rewrite frob_skew_symmetric // /symmetric_mx !trmx_mul trmxK sS mulmxA.
have bl (A B X : 'M[F]_d) : frob (A - B) X = frob A X - frob B X.
  by rewrite frobC frobBr !(frobC X).
have eP j : frob (a j *m W j) (s j *m W j) = P j.
  by rewrite /P /frob trmx_mul -mulmxA mxtrace_mulC !mulmxA.
have eQ j : (j < N)%N -> frob (W j.+1 *m a j) (W j.+1 *m s j) = - P j.
  move=> jN; case: j jN => [_|j jN].
    by rewrite /P a0 mulmx0 !frob0l oppr0.
  have -> : frob (W j.+2 *m a j.+1) (W j.+2 *m s j.+1) =
            frob (a j.+1) (((W j.+2)^T *m W j.+2) *m s j.+1).
    by rewrite /frob trmx_mul !mulmxA.
  rewrite bal //; apply/eqP; rewrite -addr_eq0 -frobDr frob_skew_symmetric //.
  by rewrite /symmetric_mx linearD /= !trmx_mul trmxK symmetric addrC mulmxA.
rewrite /frob_tuple (eq_big_nat _ _ (F2 := fun j => P j - P j.-1)) => [|j /andP[j0 jN]]; last first.
  case: j j0 jN => // j _ jN; rewrite /gauge /= frobBr !bl eP cross2 // cross1 // eQ //.
  by rewrite subr0 sub0r opprK.
by rewrite big_add1 /= telescope_sumr // /P a0 aN !frob0l subrr.
Qed.

End Balanced.
