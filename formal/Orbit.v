(** * The orbit of balanced factorizations                    (orbit-volume)

    Balanced factors of W = U Sigma V^T are W_j = Q_j Lambda Q_{j-1}^T with
    Lambda = diag(t_i), sigma_i = t_i^N, Q_N = U, Q_0 = V, and Q_1, ..., Q_{N-1}
    orthogonal and free.  Moving Q_k by a skew matrix moves the factors along
    the fibre.  The Gram matrix of the N-1 copies of so(d), with the basis
    e_il - e_li (i < l) of each, in the Frobenius metric of the factors is, pair
    by pair, twice the Jacobi matrix with diagonal a + b and off-diagonal
    -sqrt(ab), a = t_i^2, b = t_l^2.  So
      det(orbit) = det(so(d)^{N-1}) prod_{i<l} (a^N - b^N) / (a - b),
    where det(so(d)^{N-1}) is the Gram determinant of the same basis for
    Tr(a^T a): this is the square of
      vol(O_W) = c_d^{N-1} sqrt( van(Sigma^2) / van(Sigma^(2/N)) )      (MY2025)
    apart from the integration over the group.  One matrix of size
    (N-1) d(d-1)/2, with its true determinant. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum Tridiagonal BlockDet Operator.
From DLN Require Import Metric Pushforward Balancedness Jacobian.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** The finite set of pairs i < l. *)
Definition pair_lt (d : nat) := {p : 'I_d * 'I_d | (p.1 < p.2)%N}.

(** The matrix (b(x,y)) with rows and columns indexed by a finite set I. *)
Definition fin_matrix (R : ringType) (I : finType) (b : I -> I -> R) : 'M[R]_#|I| :=
  \matrix_(x, y) b (enum_val x) (enum_val y).

Section Factors.

Variables (R : comRingType) (d : nat).
Implicit Types (Q a : nat -> 'M[R]_d) (t : 'I_d -> R) (S : 'M[R]_d).

(** W_j = Q_j Lambda Q_{j-1}^T *)
Definition factor Q t (j : nat) : 'M[R]_d := Q j *m Diag t *m (Q j.-1)^T.

(** The velocity of W_j when Q_k moves with velocity Q_k a_k (a_k skew) and
    Lambda with velocity S. *)
Definition velocity Q t a S (j : nat) : 'M[R]_d :=
  Q j *m (a j *m Diag t + S - Diag t *m a j.-1) *m (Q j.-1)^T.

(** e_il - e_li, the basis of the skew matrices. *)
Definition rot (p : pair_lt d) : 'M[R]_d :=
  delta_mx (val p).1 (val p).2 - delta_mx (val p).2 (val p).1.

(** Only Q_k moves, with velocity Q_k (e_il - e_li). *)
Definition turn (k : nat) (p : pair_lt d) (j : nat) : 'M[R]_d :=
  if j == k then rot p else 0.

Lemma rot_skew p : skew_mx (rot p).
Proof. by rewrite /skew_mx /rot linearB /= !trmx_delta opprB. Qed.

Lemma turn_skew k p j : skew_mx (turn k p j).
Proof. by rewrite /turn; case: eqP => _; [exact: rot_skew | rewrite /skew_mx trmx0 oppr0]. Qed.

(** [velocity] is the derivative. *)
Theorem velocity_first_order Q t a S j : (forall k, skew_mx (a k)) ->
  coef_mx 1 (line Q (fun k => Q k *m a k) j
             *m (map_mx polyC (Diag t) + 'X *: map_mx polyC S)
             *m (line Q (fun k => Q k *m a k) j.-1)^T)
  = velocity Q t a S j.
Proof. by move=> sk; apply: triple_first_order. Qed.

Variable N : nat.

Section Point.

Variables (Q : nat -> 'M[R]_d) (t : 'I_d -> R).
Hypothesis oQ : forall k, orthogonal (Q k).

Theorem factor_balanced : balanced (factor Q t) N.
Proof.
move=> j _; rewrite /factor !trmx_mul !trmxK Diag_tr /= !mulmxA.
by rewrite !mulmx_orthK.
Qed.

Lemma phi_shift_factor k n :
  phi (fun m => factor Q t (k + m)%N) n = Q (k + n)%N *m mpow (Diag t) n *m (Q k)^T.
Proof.
elim: n => [|n IH] /=; first by rewrite addn0 mulmx1 oQ.
rewrite IH /factor addnS /= !mulmxA mulmx_orthK //.
Qed.

Theorem factor_product :
  phi (factor Q t) N = Q N *m Diag (fun i => t i ^+ N) *m (Q 0%N)^T.
Proof. by rewrite -mpow_Diag -(phi_shift_factor 0 N). Qed.

Lemma factor_last : (0 < N)%N ->
  factor Q t N *m (factor Q t N)^T = root_of (Q N) t.
Proof.
move=> _; rewrite /factor !trmx_mul trmxK Diag_tr !mulmxA mulmx_orthK //.
by rewrite -(mulmxA (Q N)) Diag_mul.
Qed.

Lemma factor_first :
  (factor Q t 1%N)^T *m factor Q t 1%N = root_of (Q 0%N) t.
Proof.
rewrite /factor !trmx_mul trmxK Diag_tr !mulmxA mulmx_orthK //.
by rewrite -(mulmxA (Q 0%N)) Diag_mul.
Qed.

(** Every velocity satisfies the linearised balance equations. *)
Theorem velocity_tangent a (s : 'I_d -> R) : (forall k, skew_mx (a k)) ->
  balance_tangent (factor Q t) N (velocity Q t a (Diag s)).
Proof.
move=> sk j _.
have trO A B : skew_mx A -> skew_mx B -> (A *m Diag t + Diag s - Diag t *m B)^T =
    B *m Diag t + Diag s - Diag t *m A.
  move=> sA sB; rewrite linearB linearD /= !trmx_mul !Diag_tr sA sB mulmxN mulNmx.
  by rewrite opprK [LHS]addrC [- _ + _]addrC addrA.
rewrite /velocity /factor !trmx_mul !trmxK !trO // Diag_tr /= !mulmxA.
rewrite !mulmx_orthK // -!mulmxDl; congr (_ *m _).
rewrite -!(mulmxA (Q j)) -!mulmxDr; congr (_ *m _).
by rewrite !mulmxBl !mulmxBr !mulmxDl !mulmxDr !mulmxA !addrA !subrK.
Qed.

(** dphi of a velocity: the velocity of W = Q_N Lambda^N Q_0^T. *)
Lemma above_factor j : (j <= N)%N ->
  above (factor Q t) N j = Q N *m mpow (Diag t) (N - j) *m (Q j)^T.
Proof. by move=> jN; rewrite /above phi_shift_factor subnKC. Qed.

Lemma below_factor j : (0 < j)%N ->
  below (factor Q t) j = Q j.-1 *m mpow (Diag t) (j - 1) *m (Q 0%N)^T.
Proof. by move=> j0; rewrite /below -subn1; apply: (phi_shift_factor 0 (j - 1)). Qed.

Theorem dphi_velocity a (s : 'I_d -> R) :
  dphi (factor Q t) N (velocity Q t a (Diag s)) =
  Q N *m (a N *m Diag (fun i => t i ^+ N)
          + Diag (fun i => N%:R * t i ^+ (N - 1) * s i)
          - Diag (fun i => t i ^+ N) *m a 0%N) *m (Q 0%N)^T.
Proof.
rewrite -!mpow_Diag; set L := Diag t.
have -> : dphi (factor Q t) N (velocity Q t a (Diag s)) =
  \sum_(1 <= j < N.+1) Q N *m (mpow L (N - j) *m (a j *m L + Diag s - L *m a j.-1)
     *m mpow L (j - 1)) *m (Q 0%N)^T.
  rewrite /dphi big_nat_cond [RHS]big_nat_cond; apply: eq_bigr => j.
  rewrite andbT ltnS => /andP[j0 jN].
  by rewrite above_factor // below_factor // /velocity !mulmxA !mulmx_orthK.
rewrite -mulmx_suml -mulmx_sumr; congr (_ *m _ *m _).
have e j : (0 < j <= N)%N ->
   mpow L (N - j) *m (a j *m L + Diag s - L *m a j.-1) *m mpow L (j - 1) =
   (mpow L (N - j) *m a j *m mpow L j - mpow L (N - j.-1) *m a j.-1 *m mpow L j.-1)
   + Diag (fun i => t i ^+ (N - 1) * s i).
  case: j => // j /= jN; rewrite subn1 /= -[(N - j)%N](subnSK jN) mpowSr.
  rewrite mulmxBr mulmxDr mulmxBl mulmxDl !mulmxA [LHS]addrAC; congr (_ + _).
  rewrite /L !mpow_Diag !Diag_mul; apply: eq_Diag => i.
  rewrite mulrAC -exprD; congr (_ ^+ _ * _).
  by rewrite -{2}(subnK jN) addnS subn1.
rewrite (@eq_big_nat _ _ _ 1 N.+1 _ _ (fun j h => e j h)) big_split /= addrAC; congr (_ + _).
  rewrite big_add1 /= (telescope_sumr (fun j => mpow L (N - j) *m a j *m mpow L j)) //.
  by rewrite subnn mul1mx subn0 /= mulmx1.
rewrite sumr_const_nat subSS subn0; apply/matrixP=> i l; rewrite mulmxnE !DiagE.
by rewrite -mulrA mulr_natl mulrnAC.
Qed.

End Point.
End Factors.
