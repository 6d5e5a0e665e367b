(** * Balancedness is conserved; the end-to-end flow
                                             (balancedness, end-to-end-flow)

    Let G be the gradient of the loss at W = W_N ... W_1.  The gradient with
    respect to the factors is dphi^*(G) (this is what "adjoint" says: the first
    variation of the loss is <G, dphi(X)> = <dphi^*(G), X>).  Along the gradient
    flow dW_j/dt = - dphi^*(G)_j, for any factors, balanced or not,
      d/dt ( W_{j+1}^T W_{j+1} - W_j W_j^T ) = 0,
    and at balanced factors
      dW/dt = - N A_{N,W}(G),
      d sigma_r/dt = - N sigma_r^(2-2/N) <G, u_r v_r^T>.
    Derivatives are coefficients of s along the line W_j + s X_j. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum Operator Pushforward.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

Section Balancedness.

Variables (R : comRingType) (d : nat).
Implicit Types (W X : nat -> 'M[R]_d) (G Z : 'M[R]_d).

(** X satisfies the linearised balance equations at W:
    X_{j+1}^T W_{j+1} + W_{j+1}^T X_{j+1} = X_j W_j^T + W_j X_j^T. *)
Definition balance_tangent W N X : Prop :=
  forall j, (1 <= j < N)%N ->
    (X j.+1)^T *m W j.+1 + (W j.+1)^T *m X j.+1 =
    X j *m (W j)^T + W j *m (X j)^T.

(** The velocity of the gradient flow in the space of factors. *)
Definition flow W N G (j : nat) : 'M[R]_d := - dphi_adj W N G j.

Lemma coef_mx0_line (A : 'M[R]_d) M : coef_mx 0 (map_mx polyC A + 'X *: M) = A.
Proof. by apply/matrixP=> i l; rewrite !mxE coefD coefC coefXM addr0. Qed.

Lemma coef_mx1_line (A : 'M[R]_d) M :
  coef_mx 1 (map_mx polyC A + 'X *: M) = coef_mx 0 M.
Proof. by apply/matrixP=> i l; rewrite !mxE coefD coefC coefXM add0r. Qed.

Lemma coef_mx_line_mul (A B A' B' : 'M[R]_d) :
  coef_mx 1 ((map_mx polyC A + 'X *: map_mx polyC A') *m
             (map_mx polyC B + 'X *: map_mx polyC B')) = A' *m B + A *m B'.
Proof.
rewrite mulmxDl !mulmxDr -!scalemxAl -!scalemxAr -!map_mxM -addrA -!scalerDr.
by rewrite coef_mx1_line addrA -map_mxD coef_mx0_line addrC.
Qed.

Lemma line_tr W X j : (line W X j)^T = map_mx polyC (W j)^T + 'X *: map_mx polyC (X j)^T.
Proof. by rewrite /line linearD linearZ /= !map_trmx. Qed.

(** The linearised balance equations are the balance equations to first order. *)
Theorem balance_tangent_derivative W N X :
  balance_tangent W N X <->
  forall j, (1 <= j < N)%N ->
    coef_mx 1 ((line W X j.+1)^T *m line W X j.+1) =
    coef_mx 1 (line W X j *m (line W X j)^T).
Proof.
by split=> h j jN; move: (h j jN); rewrite !line_tr /line !coef_mx_line_mul.
Qed.

Lemma dphi_adj_above W N Z j : (1 <= j < N)%N ->
  (W j.+1)^T *m dphi_adj W N Z j.+1 = dphi_adj W N Z j *m (W j)^T.
Proof.
case/andP=> j0 jN; rewrite /dphi_adj (above_rec W jN) trmx_mul -!mulmxA.
congr (_ *m (_ *m (_ *m _))).
by rewrite -trmx_mul /below subn1 /=; case: j j0 {jN} => // j _; rewrite subn1.
Qed.

Lemma dphi_adj_tangent W N Z : balance_tangent W N (dphi_adj W N Z).
Proof.
move=> j jN; have e := dphi_adj_above W Z jN.
have eT : (dphi_adj W N Z j.+1)^T *m W j.+1 = W j *m (dphi_adj W N Z j)^T.
  by rewrite -[LHS]trmxK trmx_mul trmxK e trmx_mul trmxK.
by rewrite e eT addrC.
Qed.

(** The gradient flow conserves W_{j+1}^T W_{j+1} - W_j W_j^T. *)
Theorem balancedness_conserved W N G j : (1 <= j < N)%N ->
  coef_mx 1 ((line W (flow W N G) j.+1)^T *m line W (flow W N G) j.+1) =
  coef_mx 1 (line W (flow W N G) j *m (line W (flow W N G) j)^T).
Proof.
apply: (iffLR (balance_tangent_derivative W N _)) => {}j jN.
have := dphi_adj_tangent W G jN; rewrite /flow !linearN /= ?mulNmx ?mulmxN.
by rewrite -!opprD => ->.
Qed.

(** - dphi^*(G) is the velocity of the gradient flow: <G, dphi X> = <dphi^* G, X>. *)
Theorem loss_first_variation W N G X :
  frob G (dphi W N X) = - frob_tuple N (flow W N G) X.
Proof.
rewrite dphi_adjoint /frob_tuple -sumrN; apply: eq_bigr => j _.
by rewrite /flow ![frob _ (X j)]frobC frobNr opprK.
Qed.

End Balancedness.

Section EndToEnd.

Variables (F : fieldType) (d N : nat) (W : nat -> 'M[F]_d).
Hypotheses (N0 : N%:R != 0 :> F) (bal : balanced W N).

Lemma dphi_opp (R : comRingType) (X W' : nat -> 'M[R]_d) :
  dphi W' N (fun j => - X j) = - dphi W' N X.
Proof.
by rewrite /dphi -sumrN; apply: eq_bigr => j _; rewrite mulmxN mulNmx.
Qed.

Theorem end_to_end_flow G :
  dphi W N (flow W N G) =
  - (N%:R *: Op N (W N *m (W N)^T) ((W 1%N)^T *m W 1%N) G).
Proof. by rewrite dphi_opp pushforward_operator. Qed.

(** The r-th singular value moves with u_r^T (dW/dt) v_r; here
    sigma_r^(2-2/N) = (t_r^2)^(N-1). *)
Theorem singular_value_flow (U V : 'M[F]_d) (t : 'I_d -> F) G r :
  orthogonal U -> orthogonal V ->
  W N *m (W N)^T = root_of U t -> (W 1%N)^T *m W 1%N = root_of V t ->
  (U^T *m dphi W N (flow W N G) *m V) r r =
  - (N%:R * (t r ^+ 2) ^+ (N - 1) * frob G (col r U *m (col r V)^T)).
Proof.
move=> oU oV eU eV; rewrite end_to_end_flow eU eV.
rewrite -{1}(twistKV oU oV G) Op_twist // mulmxN mulNmx -scalemxAr -scalemxAl.
have -> : U^T *m twist U V (entrywise (lambda N t) (twist U^T V^T G)) *m V =
          entrywise (lambda N t) (twist U^T V^T G).
  by have := twistK oU oV (entrywise (lambda N t) (twist U^T V^T G));
     rewrite {1}/twist trmxK.
rewrite !mxE lambda_diag // -mulrA; congr (- (_ * (_ * _))).
rewrite outerE frobC -[G in RHS](twistKV oU oV) frob_orth // frob_delta.
by rewrite mxE.
Qed.

End EndToEnd.
