(** * Horizontal lifts are velocities of balanced factors
                                                     (riemannian-submersion)

    At balanced factors W_j = Q_j Lambda Q_{j-1}^T with distinct t_i^2 the
    horizontal lift dphi^*(Y) is the velocity of a curve of balanced factors: it
    is obtained by moving Lambda with velocity diag(s) and every Q_j with velocity
    Q_j a_j, a_j skew.  With y = Q_N^T Y Q_0,
      s_i = t_i^(N-1) y_ii,
      (a_j)_il = (t_i^(N-j) t_l^j y_il + t_l^(N-j) t_i^j y_li) / (t_l^2 - t_i^2).
    So the horizontal space lies in the tangent space of the manifold itself, not
    only in the solutions of the linearised balance equations. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum Operator Pushforward Orbit.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

Section Identity.

Variable R : comRingType.
Add Ring Rring : (ring_bridge R).

Lemma lift_identity (x z a b p q u v : R) :
  q * a * v * (z ^+ 2 - x ^+ 2) =
  (q * (z * v) * a + p * (x * u) * b) * z - x * (x * q * v * a + z * p * u * b).
Proof. by mcring R. Qed.

End Identity.

Section Horizontal.

Variables (F : fieldType) (d N : nat) (Q : nat -> 'M[F]_d) (t : 'I_d -> F).

(** The skew matrix a_j and the velocity s of Lambda, for y = Q_N^T Y Q_0. *)
Definition horizontal_turn (Y : 'M[F]_d) (j : nat) : 'M[F]_d :=
  let y := (Q N)^T *m Y *m Q 0%N in
  \matrix_(i, l)
    ((t i ^+ (N - j) * t l ^+ j * y i l + t l ^+ (N - j) * t i ^+ j * y l i)
     / (t l ^+ 2 - t i ^+ 2)).

Definition horizontal_stretch (Y : 'M[F]_d) (i : 'I_d) : F :=
  t i ^+ (N - 1) * ((Q N)^T *m Y *m Q 0%N) i i.

Lemma horizontal_turn_skew Y j : skew_mx (horizontal_turn Y j).
Proof.
apply/matrixP=> i l; rewrite !mxE -[in RHS]mulrN -invrN opprB.
by congr (_ / _); rewrite addrC.
Qed.

Lemma velocity_entry (A B : 'M[F]_d) (s : 'I_d -> F) i l :
  (A *m Diag t + Diag s - Diag t *m B) i l = A i l * t l + s i *+ (i == l) - t i * B i l.
Proof.
by rewrite mxE [X in X + _ = _]mxE [X in _ + X = _]mxE mul_mx_DiagE mul_DiagE DiagE.
Qed.

Theorem lift_is_velocity Y j :
  (forall k, orthogonal (Q k)) ->
  (forall i l, i != l -> t i ^+ 2 != t l ^+ 2) ->
  (1 <= j <= N)%N ->
  dphi_adj (factor Q t) N Y j =
  velocity Q t (horizontal_turn Y) (Diag (horizontal_stretch Y)) j.
Proof.
move=> oQ dist /andP[j0 jN]; rewrite /dphi_adj above_factor // below_factor //.
rewrite !trmx_mul !trmxK !mpow_tr !Diag_tr !mpow_Diag /velocity.
set y := (Q N)^T *m Y *m Q 0%N.
have -> : forall A B : 'M[F]_d, Q j *m (A *m (Q N)^T) *m Y *m (Q 0%N *m (B *m (Q j.-1)^T))
   = Q j *m (A *m y *m B) *m (Q j.-1)^T by move=> A B; rewrite /y !mulmxA.
congr (_ *m _ *m _); apply/matrixP=> i l.
rewrite velocity_entry mul_mx_DiagE mul_DiagE /horizontal_turn /horizontal_stretch -/y.
clearbody y; rewrite !mxE.
case: j j0 jN => // j _ jN; rewrite !subn1 /=.
have [->|il] := eqVneq i l.
  rewrite subrr invr0 !mulr0 mul0r add0r subr0 mulr1n mulrAC -exprD.
  by congr (_ ^+ _ * _); rewrite -{2}(subnK jN) addnS.
rewrite mulr0n addr0; have D0 : t l ^+ 2 - t i ^+ 2 != 0.
  by rewrite subr_eq0 eq_sym dist.
have common X Z : X / (t l ^+ 2 - t i ^+ 2) * t l - t i * (Z / (t l ^+ 2 - t i ^+ 2)) =
    (X * t l - t i * Z) / (t l ^+ 2 - t i ^+ 2) by rewrite mulrBl mulrAC mulrA.
rewrite common; apply: (mulIf D0); rewrite divfK // -(subnSK jN) !(exprS _ (N - j.+1)).
by rewrite !(exprS _ j); apply: lift_identity.
Qed.

End Horizontal.
