(** * The solution of least norm, and the rate at width one            (recap)

    Linear regression X w = y by gradient descent from 0, w_{j+1} = w_j - X^T (X w_j - y):
    the iterates stay in the row space of X, where there is one solution at most, X^T z with
    X X^T z = y, and that is the solution of least norm.
    At width one the flow of the product is N sigma^(2-2/N) = N t^(2N-2) times as fast as at
    depth one, sigma = t^N: faster above sigma = N^(-N/(2N-2)), slower below. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Regression.

Variables (R : realFieldType) (m n : nat) (X : 'M[R]_(m, n)) (y : 'cV[R]_m).

Lemma trace_square_ge0 k (v : 'cV[R]_k) : 0 <= \tr (v^T *m v).
Proof.
by rewrite trace_mx11 mxE sumr_ge0 // => i _; rewrite mxE -expr2 sqr_ge0.
Qed.

Lemma trace_square_eq0 k (v : 'cV[R]_k) : \tr (v^T *m v) = 0 -> v = 0.
Proof.
rewrite trace_mx11 mxE => /eqP; rewrite psumr_eq0 => [/allP h|i _]; last by rewrite mxE -expr2 sqr_ge0.
apply/colP=> i; move: (h i (mem_index_enum _)); rewrite /= !mxE mulf_eq0 orbb.
by move/eqP.
Qed.

(** The residual X (Y + s H) - y along a line, with polynomials in s as entries. *)
Definition residual (Y H : 'cV[R]_n) : 'cV[{poly R}]_m :=
  map_mx polyC X *m (map_mx polyC Y + 'X *: map_mx polyC H) - map_mx polyC y.

(** Z is the gradient of (1/2) Tr((XY-y)^T (XY-y)) at Y = X^T z. *)
Theorem descent_step (z : 'cV[R]_m) (Z : 'cV[R]_n) :
  (forall H, (2%:R^-1 *: \tr ((residual (X^T *m z) H)^T *m residual (X^T *m z) H))`_1
             = \tr (Z^T *m H)) ->
  X^T *m z - Z = X^T *m (z - (X *m X^T *m z - y)).
Proof.
set a := X *m X^T *m z - y => grad; suff -> : Z = X^T *m a by rewrite [RHS]mulmxBr.
have rE H : residual (X^T *m z) H = map_mx polyC a + 'X *: map_mx polyC (X *m H).
  rewrite /residual mulmxDr -scalemxAr -!map_mxM mulmxA addrAC /a; congr (_ + _).
  by rewrite map_mxB.
have first (b : 'cV[R]_m) :
    (\tr ((map_mx polyC a + 'X *: map_mx polyC b)^T *m (map_mx polyC a + 'X *: map_mx polyC b)))`_1
    = \tr (a^T *m b) *+ 2.
  rewrite [(_ + _)^T]linearD /= [('X *: _)^T]linearZ /= !map_trmx mulmxDl !mulmxDr -!scalemxAl -!scalemxAr -!map_mxM.
  rewrite !mxtraceD !mxtraceZ !trace_map_mx /= !coefD !coefXM /= !coefC /= !(addr0, add0r) mulr2n.
  by congr (_ + _); rewrite -mxtrace_tr trmx_mul trmxK.
have eq H : \tr ((Z - X^T *m a)^T *m H) = 0.
  rewrite linearB /= mulmxBl mxtraceD linearN /= -grad rE coefZ first -[\tr _ *+ 2]mulr_natl mulKf ?pnatr_eq0 //.
  by rewrite trmx_mul trmxK mulmxA subrr.
by apply/eqP; rewrite -subr_eq0; apply/eqP/trace_square_eq0/eq.
Qed.

Theorem iterates_in_row_space (w : nat -> 'cV[R]_n) :
  w 0%N = 0 -> (forall j, w j.+1 = w j - X^T *m (X *m w j - y)) ->
  forall j Z, X *m Z = 0 -> \tr (Z^T *m w j) = 0.
Proof.
move=> w0 step j Z e; elim: j => [|j IH]; first by rewrite w0 mulmx0 mxtrace0.
rewrite step mulmxBr mxtraceD IH add0r linearN /= mulmxA -trmx_mul e.
by rewrite trmx0 mul0mx mxtrace0 oppr0.
Qed.

Theorem row_space_solution_unique (z Z : 'cV[R]_m) :
  X *m X^T *m z = y -> X *m X^T *m Z = y -> X^T *m Z = X^T *m z.
Proof.
move=> ez eZ; apply/eqP; rewrite -subr_eq0 -mulmxBr; apply/eqP/trace_square_eq0.
by rewrite trmx_mul trmxK -mulmxA [X *m (_ *m _)]mulmxA mulmxBr ez eZ subrr mulmx0 mxtrace0.
Qed.

Theorem row_space_solution_least (z : 'cV[R]_m) (Z : 'cV[R]_n) :
  X *m X^T *m z = y -> X *m Z = y ->
  \tr ((X^T *m z)^T *m (X^T *m z)) <= \tr (Z^T *m Z).
Proof.
move=> ez eZ; set p := X^T *m z.
have [D eD] : exists D, Z = p + D by exists (Z - p); rewrite addrC subrK.
have pD : \tr (p^T *m D) = 0.
  have -> : D = Z - p by rewrite eD addrAC subrr add0r.
  by rewrite {1}/p trmx_mul trmxK -mulmxA mulmxBr eZ /p mulmxA ez subrr mulmx0 mxtrace0.
rewrite eD.
rewrite [(p + D)^T]linearD /= mulmxDl !mulmxDr !mxtraceD pD addr0 ler_addl.
have -> : \tr (D^T *m p) = 0 by rewrite -mxtrace_tr trmx_mul trmxK.
by rewrite add0r trace_square_ge0.
Qed.

End Regression.

Section Rate.

Variables (R : realFieldType) (N : nat) (t c : R).

Theorem rate_at_depth_one : N = 1%N -> N%:R * (t ^+ 2) ^+ (N - 1) = 1.
Proof. by move=> ->; rewrite mulr1. Qed.

(** c is N^(-N/(2N-2)). *)
Hypotheses (N1 : (1 < N)%N) (t0 : 0 < t) (c0 : 0 < c).
Hypothesis threshold : c ^+ (2 * N - 2) * N%:R ^+ N = 1.

Let N0 : (0 < N)%N := ltnW N1.

Lemma rate_power : (N%:R * (t ^+ 2) ^+ (N - 1)) ^+ N = (t ^+ N) ^+ (2 * N - 2) * N%:R ^+ N.
Proof.
rewrite exprMn mulrC -!exprM [(N * _)%N]mulnC; congr (t ^+ (_ * _) * _).
by rewrite mulnBr muln1.
Qed.

Lemma exponent_positive : (0 < 2 * N - 2)%N.
Proof. by rewrite -[X in (_ - X)%N]muln1 -mulnBr muln_gt0 subn_gt0. Qed.

Lemma rate_positive : 0 < N%:R * (t ^+ 2) ^+ (N - 1).
Proof. by rewrite mulr_gt0 ?ltr0n // !exprn_gt0. Qed.

Theorem rate_above : c < t ^+ N -> 1 < N%:R * (t ^+ 2) ^+ (N - 1).
Proof.
move=> lt; rewrite -(@ltr_pexpn2r _ N) ?nnegrE ?ler01 ?(ltW rate_positive) // expr1n rate_power.
rewrite -[X in X < _]threshold ltr_pmul2r ?exprn_gt0 ?ltr0n //.
by rewrite ltr_expn2r ?(ltW c0) // -lt0n exponent_positive.
Qed.

Theorem rate_below : t ^+ N < c -> N%:R * (t ^+ 2) ^+ (N - 1) < 1.
Proof.
move=> lt; rewrite -(@ltr_pexpn2r _ N) ?nnegrE ?ler01 ?(ltW rate_positive) // expr1n rate_power.
rewrite -[X in _ < X]threshold ltr_pmul2r ?exprn_gt0 ?ltr0n //.
by rewrite ltr_expn2r ?exprn_ge0 ?(ltW t0) // -lt0n exponent_positive.
Qed.

End Rate.
