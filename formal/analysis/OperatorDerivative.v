(** * The derivative of the operator A_{N,W} along a path     (operator-derivative)

    On an open interval let W(t) = U(t) Sigma(t) V(t)^T with decreasing positive singular
    values, U' = U alpha, V' = V beta and W' = U H V^T.  The eigenvalues lambda_il of
    A_{N,W} at u_i v_l^T move with
      lambda_il (f(sigma_i, sigma_l) H_ii + g(sigma_i, sigma_l) H_ll),   i != l,
      lambda_ii (2 - 2/N) / sigma_i H_ii,
    f and g as PairVelocities.v gives them; and in the bases of time t the operator
    A_{N,W} moves by this and by divided differences of the eigenvalues.
    R is Coq's field of real numbers. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import Rstruct.
From Coquelicot Require Import Coquelicot.
From DLN Require Import Basics GeometricSum Operator.
From DLN Require Import Logarithms PairVelocities InfiniteDepth Curves Frames.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope R_scope with coqR.
Local Open Scope ring_scope.

Section Algebra.

Variable F : comRingType.
Add Ring operator_derivative_ring : (ring_bridge F).

Lemma divided_left (a x y z : F) : a * (x - y) * z = a * (x * z) - y * (a * z).
Proof. mcring F. Qed.

Lemma divided_right (x y z a : F) : (x - y) * z * a = x * (z * a) - y * z * a.
Proof. mcring F. Qed.

Lemma regrouped (p q u v w : F) : p + (q + (u - v)) - w = q + (p - v) + (u - w).
Proof. mcring F. Qed.

Lemma swap_left (x y u z w : F) : u * w * (x - y) * z = (y - x) * - w * u * z.
Proof. mcring F. Qed.

Lemma swap_right (x u z w : F) : x * z * (u * w) = x * w * u * z.
Proof. mcring F. Qed.

End Algebra.

Section OperatorDerivative.

Variables (d N : nat) (W U V H alpha beta : R -> 'M[R]_d) (s : R -> 'I_d -> R) (a b : R).
Hypothesis N0 : (0 < N)%N.
Hypothesis oU : forall t, a < t -> t < b -> orthogonal (U t).
Hypothesis oV : forall t, a < t -> t < b -> orthogonal (V t).
Hypothesis eW : forall t, a < t -> t < b -> W t = U t *m Diag (s t) *m (V t)^T.
Hypothesis s0 : forall t, a < t -> t < b -> forall i, 0 < s t i.
Hypothesis dec : forall t, a < t -> t < b -> forall i l : 'I_d, (i < l)%N -> s t l < s t i.
Hypothesis dW : forall t, a < t -> t < b -> is_derive_mx W t (U t *m H t *m (V t)^T).
Hypothesis dU : forall t, a < t -> t < b -> is_derive_mx U t (U t *m alpha t).
Hypothesis dV : forall t, a < t -> t < b -> is_derive_mx V t (V t *m beta t).

(** A_{N,W(t)} *)
Definition operator_at (t : R) (Z : 'M[R]_d) : 'M[R]_d :=
  Op N (root_of (U t) (fun i => nroot (s t i) N)) (root_of (V t) (fun i => nroot (s t i) N)) Z.

(** Its eigenvalues. *)
Variable lam : R -> 'I_d -> 'I_d -> R.
Hypothesis eigen : forall t, a < t -> t < b -> forall i l,
  operator_at t (U t *m delta_mx i l *m (V t)^T) = lam t i l *: (U t *m delta_mx i l *m (V t)^T).

Variable t : R.
Hypotheses (at_ : a < t) (tb : t < b).

Lemma eigenvalueE r i l : a < r -> r < b -> lam r i l = lambda N (fun i => nroot (s r i) N) i l.
Proof.
move=> ar rb; have e := eigen ar rb i l; have o := oU ar rb; have o' := oV ar rb.
have := operator_spectrum N (fun i => nroot (s r i) N) o o' i l.
rewrite outerE /twist -/(operator_at r _) e => h.
have := congr1 (fun M => ((U r)^T *m M *m V r) i l) h.
have c x : ((U r)^T *m (x *: (U r *m delta_mx i l *m (V r)^T)) *m V r) i l = x.
  rewrite -scalemxAr -scalemxAl !mulmxA orthogonalT // mul1mx mulmx_orthK // !mxE !eqxx.
  exact: mulr1.
by rewrite /= !c.
Qed.

Lemma value_differences r (i l : 'I_d) : a < r -> r < b -> i != l ->
  s r i ^+ 2 - s r l ^+ 2 != 0 /\ nroot (s r i) N ^+ 2 - nroot (s r l) N ^+ 2 != 0.
Proof.
move=> ar rb il; have p := s0 ar rb; have ne : s r i != s r l.
  case: (ltngtP i l) => [h|h|/val_inj h]; last by rewrite h eqxx in il.
  - by rewrite gt_eqF // dec.
  - by rewrite lt_eqF // dec.
split; rewrite subr_eq0 eqr_expn2 ?ltW ?nroot_gt0 //.
apply: contra ne => /eqP e; apply/eqP.
by rewrite -(nroot_pow N0 (p i)) e nroot_pow.
Qed.

Lemma eigenvalue_pair r i l : a < r -> r < b -> i != l ->
  lam r i l = pair_value N (s r i) (s r l).
Proof.
move=> ar rb il; have [n1 n2] := value_differences ar rb il; rewrite eigenvalueE //.
rewrite lambda_closed_form; last by rewrite -subr_eq0.
rewrite !nroot_pow ?(s0 ar rb) // /pair_value -!nroot_sqr.
have inv (x : R) : x != 0 -> x^-1 = (/ x)%coqR by move=> x0; rewrite RinvE.
rewrite inv ?pnatr_eq0 -?lt0n // inv // -INRE -!RpowE.
by [].
Qed.

Lemma near_t (P : R -> Prop) : (forall r, a < r -> r < b -> P r) -> locally t P.
Proof.
move=> h; have : locally t (fun r => Rlt a r /\ Rlt r b).
  by apply: (@locally_interval _ t (Finite a) (Finite b)) => //=; exact/RltP.
by apply: filter_imp => r [/RltP ar /RltP rb]; exact: h.
Qed.

Let ds i : is_derive (fun r => s r i) t (H t i i).
Proof. exact: (singular_value_velocity oU oV eW dW dU dV at_ tb). Qed.

Theorem eigenvalue_velocity i l : i != l ->
  is_derive (fun r => lam r i l) t
    (lam t i l * pair_velocity N (s t i) (s t l) (H t i i) (H t l l)).
Proof.
move=> il; have [n1 n2] := value_differences at_ tb il.
rewrite eigenvalue_pair //.
apply: (@is_derive_ext_loc _ _ (fun r => pair_value N (s r i) (s r l))).
  by apply: near_t => r ar rb; rewrite eigenvalue_pair.
apply: is_derive_pair_value; [exact/ssrnat.ltP|exact/RltP/s0|exact/RltP/s0| | |exact: ds|exact: ds].
- by apply/eqP; rewrite !RpowE.
- by apply/eqP; rewrite -!nroot_sqr.
Qed.

(** (2 - 2/N) / sigma times the velocity of sigma. *)
Definition diagonal_velocity (x X : R) : R := ((2%:R - 2%:R / N%:R) / x * X)%R.

Lemma eigenvalue_diagonal r i : a < r -> r < b ->
  lam r i i = Rpower (s r i) (2 - 2 / INR N).
Proof.
move=> ar rb; have p := s0 ar rb i; have Nn : N%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
rewrite eigenvalueE // lambda_diag //.
have n0 : nroot (s r i) N ^+ 2 != 0 by rewrite expf_neq0 // gt_eqF ?nroot_gt0.
apply: (mulfI n0); rewrite -exprS subn1 prednK // -exprM mulnC exprM nroot_pow // nroot_sqr.
change (s r i ^+ 2 = (Rpower (s r i) (2 / INR N) * Rpower (s r i) (2 - 2 / INR N))%coqR).
rewrite -Rpower_plus (_ : (2 / INR N + (2 - 2 / INR N))%coqR = INR 2); last by rewrite /=; ring.
by rewrite Rpower_pow ?RpowE //; exact/RltP.
Qed.

Theorem eigenvalue_velocity_coincident i :
  is_derive (fun r => lam r i i) t (lam t i i * diagonal_velocity (s t i) (H t i i)).
Proof.
have p := s0 at_ tb i; rewrite eigenvalue_diagonal //.
apply: (@is_derive_ext_loc _ _ (fun r => Rpower (s r i) (2 - 2 / INR N)%coqR)).
  by apply: near_t => r ar rb; rewrite eigenvalue_diagonal.
have := @is_derive_comp R_AbsRing R_NormedModule (fun y => Rpower y (2 - 2 / INR N)%coqR)
  (fun r => s r i) t _ _ (is_derive_power (2 - 2 / INR N) (s t i) (RltP _ _ p)) (ds i).
set X := scal _ _; suff -> : X = Rpower (s t i) (2 - 2 / INR N) * diagonal_velocity (s t i) (H t i i) by [].
have Nn : N%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
have -> : diagonal_velocity (s t i) (H t i i) = ((2 - 2 / INR N) * / s t i * H t i i)%coqR.
  have e : (2 - 2 / INR N)%coqR = 2%:R - 2%:R / N%:R :> R.
    by rewrite RdivE INRE.
  by rewrite e RinvE ?gt_eqF.
rewrite /X; change (H t i i * ((2 - 2 / INR N) * Rpower (s t i) (2 - 2 / INR N) / s t i) =
  Rpower (s t i) (2 - 2 / INR N) * ((2 - 2 / INR N) * / s t i * H t i i))%coqR.
by rewrite /Rdiv; ring.
Qed.

(** The velocity of lambda_il. *)
Definition eigenvalue_rate (i l : 'I_d) : R :=
  (lam t i l * (if i == l then diagonal_velocity (s t i) (H t i i)
                else pair_velocity N (s t i) (s t l) (H t i i) (H t l l)))%R.

Lemma eigenvalue_rateP i l : is_derive (fun r => lam r i l) t (eigenvalue_rate i l).
Proof.
rewrite /eigenvalue_rate; case: (eqVneq i l) => [<-|ne]; first exact: eigenvalue_velocity_coincident.
exact: eigenvalue_velocity.
Qed.

Lemma operator_in_bases r Z : a < r -> r < b ->
  operator_at r Z = U r *m entrywise (lam r) ((U r)^T *m Z *m V r) *m (V r)^T.
Proof.
move=> ar rb; rewrite /operator_at -{1}[Z](twistKV (oU ar rb) (oV ar rb)).
rewrite Op_twist; [|exact: oU|exact: oV].
rewrite /twist trmxK; congr (_ *m _ *m _); apply/matrixP=> i l.
by rewrite [LHS]mxE [RHS]mxE -eigenvalueE.
Qed.

Let X (Z : 'M[R]_d) (r : R) : 'M[R]_d :=
  (U t)^T *m operator_at r (U t *m Z *m (V t)^T) *m V t.

Lemma components (Z : 'M[R]_d) i l :
  is_derive (fun r => X Z r i l) t
    (eigenvalue_rate i l * Z i l
     + \sum_k alpha t i k * (lam t k l - lam t i l) * Z k l
     + \sum_k (lam t i l - lam t i k) * Z i k * beta t k l).
Proof.
pose P r : 'M[R]_d := (U t)^T *m U r; pose Q r : 'M[R]_d := (V t)^T *m V r.
have const (M : 'M[R]_d) : is_derive_mx (fun=> M) t (0 : 'M[R]_d).
  by move=> i' l'; rewrite mxE; exact: is_derive_const.
have oUt := oU at_ tb; have oVt := oV at_ tb.
have P1 : P t = 1%:M by rewrite /P orthogonalT.
have Q1 : Q t = 1%:M by rewrite /Q orthogonalT.
have dP : is_derive_mx P t (alpha t).
  have := is_derive_mulmx (const (U t)^T) (dU at_ tb).
  by rewrite mul0mx add0r mulmxA orthogonalT // mul1mx.
have dQ : is_derive_mx Q t (beta t).
  have := is_derive_mulmx (const (V t)^T) (dV at_ tb).
  by rewrite mul0mx add0r mulmxA orthogonalT // mul1mx.
have sa := frame_velocity_skew at_ tb oU (dU at_ tb).
have sb := frame_velocity_skew at_ tb oV (dV at_ tb).
pose M r : 'M[R]_d := (P r)^T *m Z *m Q r.
have dM : is_derive_mx M t (Z *m beta t - alpha t *m Z).
  have := is_derive_mulmx (is_derive_mulmx (is_derive_trmx dP) (const Z)) dQ.
  by rewrite mulmx0 addr0 P1 Q1 trmx1 mul1mx mulmx1 sa mulNmx addrC.
have M1 : M t = Z by rewrite /M P1 Q1 trmx1 mul1mx mulmx1.
pose L r : 'M[R]_d := entrywise (lam r) (M r).
pose dL : 'M[R]_d := \matrix_(i, l) (eigenvalue_rate i l * Z i l
  + lam t i l * (Z *m beta t - alpha t *m Z) i l).
have hL : is_derive_mx L t dL.
  move=> i' l'; rewrite mxE; apply: (@is_derive_ext _ _ (fun r => lam r i' l' * M r i' l')).
    by move=> r; rewrite [RHS]mxE.
  rewrite -[in X in _ * X + _]M1.
  exact: (@is_derive_mult R_AbsRing (fun r => lam r i' l') (fun r => M r i' l') t _ _ (eigenvalue_rateP i' l') (dM i' l') Rmult_comm).
have := is_derive_mulmx (is_derive_mulmx dP hL) (is_derive_trmx dQ).
rewrite P1 Q1 trmx1 !mulmx1 !mul1mx sb mulmxN => h.
apply: (@is_derive_ext_loc _ _ (fun r => (P r *m L r *m (Q r)^T) i l)).
  apply: near_t => r ar rb; congr (fun_of_matrix _ i l).
  rewrite /X operator_in_bases // /L /M /P /Q !trmx_mul !trmxK !mulmxA.
  by [].
have := h i l; set T := (X in is_derive _ _ X); suff -> : T = eigenvalue_rate i l * Z i l
     + \sum_k alpha t i k * (lam t k l - lam t i l) * Z k l
     + \sum_k (lam t i l - lam t i k) * Z i k * beta t k l by [].
have eL k m : L t k m = lam t k m * Z k m by rewrite mxE M1.
have -> : T = \sum_k alpha t i k * (lam t k l * Z k l)
  + (eigenvalue_rate i l * Z i l
     + lam t i l * (\sum_k Z i k * beta t k l - \sum_k alpha t i k * Z k l))
  - \sum_k lam t i k * Z i k * beta t k l.
  transitivity ((alpha t *m L t) i l + dL i l + (- (L t *m beta t)) i l).
    by rewrite /T mxE; congr (_ + _); rewrite mxE.
  congr (_ + _ + _).
  - by rewrite mxE; apply: eq_bigr => k _; rewrite eL.
  - rewrite mxE; congr (_ + _ * _); rewrite mxE; congr (_ + _); first by rewrite mxE.
    by rewrite mxE; congr (- _); rewrite mxE.
  - by rewrite mxE; congr (- _); rewrite mxE; apply: eq_bigr => k _; rewrite eL.
have -> : \sum_k alpha t i k * (lam t k l - lam t i l) * Z k l =
    \sum_k alpha t i k * (lam t k l * Z k l) - lam t i l * \sum_k alpha t i k * Z k l.
  by rewrite big_distrr -sumrB; apply: eq_bigr => k _; exact: divided_left.
have -> : \sum_k (lam t i l - lam t i k) * Z i k * beta t k l =
    lam t i l * (\sum_k Z i k * beta t k l) - \sum_k lam t i k * Z i k * beta t k l.
  by rewrite big_distrr -sumrB; apply: eq_bigr => k _; exact: divided_right.
by rewrite mulrBr; exact: regrouped.
Qed.

(** The divided differences, with the turns of the left and the right singular vectors. *)
Definition left_turns (Z : 'M[R]_d) (i l : 'I_d) : R :=
  (\sum_k (if k == i then 0 else (lam t i l - lam t k l) / (s t i ^+ 2 - s t k ^+ 2))
          * (s t k * H t i k + s t i * H t k i) * Z k l)%R.

Definition right_turns (Z : 'M[R]_d) (i l : 'I_d) : R :=
  (\sum_k (if k == l then 0 else (lam t i l - lam t i k) / (s t l ^+ 2 - s t k ^+ 2))
          * (s t k * H t k l + s t l * H t l k) * Z i k)%R.

Lemma turnsE (Z : 'M[R]_d) i l :
  \sum_k alpha t i k * (lam t k l - lam t i l) * Z k l = left_turns Z i l /\
  \sum_k (lam t i l - lam t i k) * Z i k * beta t k l = right_turns Z i l.
Proof.
split; apply: eq_bigr => k _.
  case: (eqVneq k i) => [->|ne]; first by rewrite subrr mulr0 !mul0r.
  have ik : i != k by rewrite eq_sym.
  have n : s t k ^+ 2 != s t i ^+ 2 by have [n _] := value_differences at_ tb ne; rewrite -subr_eq0.
  have [-> _] := singular_vector_velocities oU oV eW dW dU dV at_ tb ik n.
  by rewrite -[s t i ^+ 2 - _]opprB invrN; exact: swap_left.
case: (eqVneq k l) => [->|ne]; first by rewrite subrr !mul0r.
have lk : l != k by rewrite eq_sym.
have n : s t l ^+ 2 != s t k ^+ 2 by have [n _] := value_differences at_ tb lk; rewrite -subr_eq0.
have [_ ->] := singular_vector_velocities oU oV eW dW dU dV at_ tb ne n.
exact: swap_right.
Qed.

Theorem operator_velocity (Z : 'M[R]_d) i l : i != l ->
  is_derive (fun r => ((U t)^T *m operator_at r (U t *m Z *m (V t)^T) *m V t) i l) t
    (lam t i l * pair_velocity N (s t i) (s t l) (H t i i) (H t l l) * Z i l
     + left_turns Z i l + right_turns Z i l).
Proof.
move=> ne; have := components Z i l; have [-> ->] := turnsE Z i l.
by rewrite /eigenvalue_rate (negPf ne).
Qed.

Theorem operator_velocity_diagonal (Z : 'M[R]_d) i :
  is_derive (fun r => ((U t)^T *m operator_at r (U t *m Z *m (V t)^T) *m V t) i i) t
    (lam t i i * diagonal_velocity (s t i) (H t i i) * Z i i
     + left_turns Z i i + right_turns Z i i).
Proof.
have := components Z i i; have [-> ->] := turnsE Z i i.
by rewrite /eigenvalue_rate eqxx.
Qed.

End OperatorDerivative.
