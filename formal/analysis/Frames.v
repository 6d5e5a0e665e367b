(** * Velocities of singular values and vectors            (operator-derivative)

    On an open interval let W(t) = U(t) Sigma(t) V(t)^T with U, V orthogonal, Sigma diagonal,
    U' = U alpha, V' = V beta and W' = U H V^T.  Then alpha and beta are skew, sigma_i has the
    derivative H_ii, and where sigma_i != +- sigma_l
      alpha_il = (sigma_l H_il + sigma_i H_li) / (sigma_l^2 - sigma_i^2),
      beta_il = (sigma_i H_il + sigma_l H_li) / (sigma_l^2 - sigma_i^2).
    R is Coq's field of real numbers. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import Rstruct.
From Coquelicot Require Import Coquelicot.
From DLN Require Import Basics.
From DLN Require Import Curves.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope R_scope with coqR.
Local Open Scope ring_scope.

(** Curves that agree on an open interval have the same derivative in it. *)
Lemma is_derive_mx_on d (A B : R -> 'M[R]_d) (a b t : R) (dA dB : 'M[R]_d) : a < t -> t < b ->
  (forall s, a < s -> s < b -> A s = B s) ->
  is_derive_mx A t dA -> is_derive_mx B t dB -> dA = dB.
Proof.
move=> at_ tb e hA hB; apply/matrixP=> i l.
rewrite -(is_derive_unique _ _ _ (hB i l)); apply/esym/is_derive_unique.
apply: (@is_derive_ext_loc _ _ (fun s => A s i l)) (hA i l).
have : locally t (fun s => Rlt a s /\ Rlt s b).
  by apply: (@locally_interval _ t (Finite a) (Finite b)) => //=; exact/RltP.
by apply: filter_imp => s [/RltP sa /RltP sb]; rewrite e.
Qed.

Section Algebra.

Variable F : fieldType.
Add Ring frames_ring : (ring_bridge F).

Lemma solve_pair (p q x y u v : F) : v ^+ 2 - u ^+ 2 != 0 ->
  p + (u * y - x * v) = 0 -> q + (v * - y - - x * u) = 0 ->
  x = (v * p + u * q) / (v ^+ 2 - u ^+ 2) /\ y = (u * p + v * q) / (v ^+ 2 - u ^+ 2).
Proof.
move=> ne e1 e2; split; apply: (mulIf ne); rewrite divfK //.
  transitivity (v * p + u * q - v * (p + (u * y - x * v)) - u * (q + (v * - y - - x * u))).
    by mcring F.
  by rewrite e1 e2 !mulr0 !subr0.
transitivity (u * p + v * q - u * (p + (u * y - x * v)) - v * (q + (v * - y - - x * u))).
  by mcring F.
by rewrite e1 e2 !mulr0 !subr0.
Qed.

End Algebra.

Section Frames.

Variables (d : nat) (W U V H alpha beta : R -> 'M[R]_d) (s : R -> 'I_d -> R) (a b : R).
Hypothesis oU : forall t, a < t -> t < b -> orthogonal (U t).
Hypothesis oV : forall t, a < t -> t < b -> orthogonal (V t).
Hypothesis eW : forall t, a < t -> t < b -> W t = U t *m Diag (s t) *m (V t)^T.
Hypothesis dW : forall t, a < t -> t < b -> is_derive_mx W t (U t *m H t *m (V t)^T).
Hypothesis dU : forall t, a < t -> t < b -> is_derive_mx U t (U t *m alpha t).
Hypothesis dV : forall t, a < t -> t < b -> is_derive_mx V t (V t *m beta t).

Variable t : R.
Hypotheses (at_ : a < t) (tb : t < b).

Lemma is_derive_const_mx (M : 'M[R]_d) : is_derive_mx (fun=> M) t 0.
Proof. by move=> i l; rewrite mxE; exact: is_derive_const. Qed.

Lemma frame_velocity_skew (Q : R -> 'M[R]_d) (q : 'M[R]_d) :
  (forall r, a < r -> r < b -> orthogonal (Q r)) -> is_derive_mx Q t (Q t *m q) -> skew_mx q.
Proof.
move=> oQ dQ; have e r : a < r -> r < b -> (Q r)^T *m Q r = 1%:M.
  by move=> ar rb; apply: orthogonalT; exact: oQ.
have := is_derive_mx_on at_ tb e (is_derive_mulmx (is_derive_trmx dQ) dQ) (is_derive_const_mx _).
rewrite trmx_mul -mulmxA mulmxA [(Q t)^T *m (_ *m _)]mulmxA e // mul1mx -mulmxA e // mulmx1.
by move/eqP; rewrite addr_eq0 => /eqP.
Qed.

(** U^T W V is diagonal, and its derivative is alpha^T Sigma + H + Sigma beta. *)
Lemma is_derive_diagonal :
  is_derive_mx (fun r => Diag (s r)) t (H t + (Diag (s t) *m beta t - alpha t *m Diag (s t))).
Proof.
have sa := frame_velocity_skew oU (dU at_ tb).
have := is_derive_mulmx (is_derive_mulmx (is_derive_trmx (dU at_ tb)) (dW at_ tb)) (dV at_ tb).
have oUt := oU at_ tb; have oVt := oV at_ tb.
rewrite trmx_mul sa (eW at_ tb) => h i l.
apply: (@is_derive_ext_loc _ _ (fun r => ((U r)^T *m W r *m V r) i l)).
  have : locally t (fun r => Rlt a r /\ Rlt r b).
    by apply: (@locally_interval _ t (Finite a) (Finite b)) => //=; exact/RltP.
  apply: filter_imp => r [/RltP ar /RltP rb]; rewrite (eW ar rb) !mulmxA orthogonalT ?mul1mx ?(mulmx_orthK (oV ar rb)) //.
  exact: oU.
move: (h i l); set X := (X in is_derive _ _ (X i l)); suff -> : X = H t + (Diag (s t) *m beta t - alpha t *m Diag (s t)) by [].
rewrite /X mulmxDl !mulmxA !(mulmx_orthK oVt) (mulmx_orthK oUt) !orthogonalT // !mul1mx mulNmx.
by rewrite addrAC addrC [- _ + _]addrC.
Qed.

Theorem singular_value_velocity i : is_derive (fun r => s r i) t (H t i i).
Proof.
have := is_derive_diagonal i i; have sk (M : 'M[R]_d) : skew_mx M -> M i i = 0.
  by move=> /matrixP/(_ i i); rewrite !mxE => /eqP; rewrite -addr_eq0 -mulr2n mulrn_eq0 /= => /eqP.
rewrite mxE [X in _ + X]mxE [X in _ + (_ + X)]mxE mul_DiagE mul_mx_DiagE.
rewrite (sk _ (frame_velocity_skew oU (dU at_ tb))) (sk _ (frame_velocity_skew oV (dV at_ tb))).
rewrite mulr0 mul0r subr0 addr0; apply: is_derive_ext => r; by rewrite DiagE eqxx.
Qed.

Lemma off_diagonal i l : i != l -> H t i l + (s t i * beta t i l - alpha t i l * s t l) = 0.
Proof.
move=> il; have h := is_derive_diagonal i l.
have : is_derive (fun r => Diag (s r) i l) t 0.
  by apply: (@is_derive_ext _ _ (fun=> 0 : R)) (is_derive_const _ _) => r; rewrite DiagE (negPf il).
move/is_derive_unique; rewrite (is_derive_unique _ _ _ h).
by rewrite mxE [X in _ + X]mxE [X in _ + (_ + X)]mxE mul_DiagE mul_mx_DiagE.
Qed.

Theorem singular_vector_velocities i l : i != l -> s t l ^+ 2 != s t i ^+ 2 ->
  alpha t i l = (s t l * H t i l + s t i * H t l i) / (s t l ^+ 2 - s t i ^+ 2) /\
  beta t i l = (s t i * H t i l + s t l * H t l i) / (s t l ^+ 2 - s t i ^+ 2).
Proof.
move=> il ne; have e1 := off_diagonal il; have := @off_diagonal l i; rewrite eq_sym => /(_ il).
have sk (M : 'M[R]_d) : skew_mx M -> M l i = - M i l by move=> /matrixP/(_ i l); rewrite !mxE.
rewrite (sk _ (frame_velocity_skew oU (dU at_ tb))) (sk _ (frame_velocity_skew oV (dV at_ tb))).
by move=> e2; apply: solve_pair => //; rewrite subr_eq0.
Qed.

End Frames.
