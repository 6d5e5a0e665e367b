(** * Two factors out of balance by a multiple of the identity       (lambda-balanced)

    W_2^T W_2 - W_1 W_1^T = lambda 1 and W_2 W_1 = U diag(sigma_i) V^T, sigma_i of any sign.  With
    r_i = sqrt(lambda^2 + 4 sigma_i^2)
    - W_2 W_2^T = U diag((r_i + lambda)/2) U^T and W_1^T W_1 = V diag((r_i - lambda)/2) V^T,
    - the gradient flow of both factors moves the entry (i,l) of U^T W_2 W_1 V by
      - (r_i + r_l)/2 times that of the gradient,
    - which is at least abs(lambda) times. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics Pushforward Balancedness Spectral SVD Roots.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Spread.

Variable R : rcfType.
Implicit Types a s : R.

(** The root of lambda^2 + 4 sigma^2. *)
Definition spread a s : R := Num.sqrt (a ^+ 2 + 4%:R * s ^+ 2).

Lemma under_spread a s : 0 <= a ^+ 2 + 4%:R * s ^+ 2.
Proof. by rewrite addr_ge0 ?sqr_ge0 // mulr_ge0 ?ler0n ?sqr_ge0. Qed.

Lemma spreadN a s : spread (- a) s = spread a s.
Proof. by rewrite /spread sqrrN. Qed.

Lemma spread_ge a s : `|a| <= spread a s.
Proof.
rewrite -(ler_pexpn2r (n := 2)) ?nnegrE ?sqrtr_ge0 // sqr_sqrtr ?under_spread //.
by rewrite real_normK ?num_real // ler_addl mulr_ge0 ?ler0n ?sqr_ge0.
Qed.

Lemma half_spread_sqr a s : (spread a s / 2%:R) ^+ 2 = s ^+ 2 + (a / 2%:R) ^+ 2.
Proof.
have two : 2%:R != 0 :> R by rewrite pnatr_eq0.
rewrite !exprMn sqr_sqrtr ?under_spread // mulrDl addrC mulrAC exprVn.
by rewrite -[4%N]/(2 ^ 2)%N natrX mulfV ?expf_neq0 // mul1r.
Qed.

End Spread.

Section Factors.

Variables (R : rcfType) (d : nat).
Implicit Types (A B U V : 'M[R]_d) (a : R) (s : 'I_d -> R).

Lemma Diag_shift U a s : orthogonal U ->
  U *m Diag (fun i => s i + a) *m U^T = U *m Diag s *m U^T + a%:M.
Proof.
move=> oU; have -> : Diag (fun i => s i + a) = Diag s + a%:M.
  by apply/matrixP=> i l; rewrite [RHS]mxE !DiagE [a%:M i l]mxE mulrnDl.
by rewrite mulmxDr mulmxDl mul_mx_scalar -scalemxAl oU scalemx1.
Qed.

(** W_2 W_2^T, of A = W_2 and B = W_1. *)
Lemma last_factor A B U V a s : orthogonal U -> orthogonal V ->
  A^T *m A - B *m B^T = a%:M -> A *m B = U *m Diag s *m V^T ->
  A *m A^T = U *m Diag (fun i => (spread a (s i) + a) / 2%:R) *m U^T.
Proof.
move=> oU oV bal eW; have two : 2%:R != 0 :> R by rewrite pnatr_eq0.
have half : a / 2%:R + a / 2%:R = a by rewrite -mulr2n -mulr_natr mulfVK.
have -> : U *m Diag (fun i => (spread a (s i) + a) / 2%:R) *m U^T =
          U *m Diag (fun i => spread a (s i) / 2%:R) *m U^T + (a / 2%:R)%:M.
  by rewrite -Diag_shift //; congr (_ *m _ *m _); apply: eq_Diag => i; rewrite mulrDl.
apply/eqP; rewrite -subr_eq; apply/eqP.
apply: (@psd_root_unique _ _ 2) => //; last first.
- have -> : mpow (U *m Diag (fun i => spread a (s i) / 2%:R) *m U^T) 2 =
            A *m B *m (A *m B)^T + ((a / 2%:R) ^+ 2)%:M.
    rewrite mpow_conj // mpow_Diag eW.
    have -> : Diag (fun i => (spread a (s i) / 2%:R) ^+ 2) =
              Diag (fun i => s i ^+ 2 + (a / 2%:R) ^+ 2).
      by apply: eq_Diag => i; rewrite half_spread_sqr.
    rewrite Diag_shift // !trmx_mul trmxK Diag_tr !mulmxA mulmx_orthK // -(mulmxA U (Diag s)) Diag_mul.
    by congr (_ *m _ *m _ + _); apply: eq_Diag.
  have -> : A *m B *m (A *m B)^T = A *m A^T *m (A *m A^T) - a *: (A *m A^T).
    have eB : B *m B^T = A^T *m A - a%:M by rewrite -bal opprB addrC subrK.
    have -> : A *m B *m (A *m B)^T = A *m (B *m B^T) *m A^T by rewrite trmx_mul !mulmxA.
    by rewrite eB mulmxBr mulmxBl mul_mx_scalar -scalemxAl !mulmxA.
  move: (A *m A^T) => S; rewrite /= mulmx1 mulmxBr !mulmxBl mul_mx_scalar mul_scalar_mx.
  have -> : a *: S = (a / 2%:R) *: S + (a / 2%:R) *: S by rewrite -scalerDl half.
  by rewrite -scalar_mxM -expr2 opprB opprD !addrA [LHS]addrAC.
- apply: psd_diag => i; rewrite divr_ge0 ?ler0n //; exact: le_trans (spread_ge _ _).
have [P [Q [r [oP oQ r0 _ eA]]]] := svd_exists A.
have eS : A *m A^T = P *m Diag (fun i => r i ^+ 2) *m P^T.
  rewrite eA !trmx_mul trmxK Diag_tr !mulmxA mulmx_orthK // -(mulmxA P (Diag r)) Diag_mul.
  by congr (_ *m _ *m _); apply: eq_Diag.
have eT : A^T *m A = Q *m Diag (fun i => r i ^+ 2) *m Q^T.
  rewrite eA !trmx_mul trmxK Diag_tr !mulmxA mulmx_orthK // -(mulmxA Q (Diag r)) Diag_mul.
  by congr (_ *m _ *m _); apply: eq_Diag.
have ra i : a <= r i ^+ 2.
  rewrite -subr_ge0; have [_ /(_ (delta_mx 0 i *m Q^T))] := psd_gram B.
  have -> : B *m B^T = Q *m Diag (fun i => r i ^+ 2 + - a) *m Q^T.
    by rewrite Diag_shift // -eT -[(- a)%:M]/(- a)%:M raddfN /= -bal opprB addrC subrK.
  rewrite trmx_mul trmxK !mulmxA -(mulmxA _ Q^T Q) orthogonalT // mulmx1.
  rewrite -(mulmxA _ Q^T Q) orthogonalT // mulmx1.
  by rewrite -rowE trmx_delta -colE !mxE eqxx.
have -> : A *m A^T - (a / 2%:R)%:M = P *m Diag (fun i => r i ^+ 2 + - (a / 2%:R)) *m P^T.
  by rewrite Diag_shift // eS raddfN.
apply: psd_diag => i; rewrite subr_ge0 ler_pdivr_mulr ?ltr0n // mulr_natr mulr2n.
by rewrite (le_trans (ra i)) // ler_addl sqr_ge0.
Qed.

End Factors.

Section TwoLayers.

Variables (R : rcfType) (d : nat) (W : nat -> 'M[R]_d) (U V : 'M[R]_d) (a : R) (s : 'I_d -> R).
Hypothesis unbalanced : (W 2)^T *m W 2 - W 1%N *m (W 1%N)^T = a%:M.
Hypotheses (oU : orthogonal U) (oV : orthogonal V).
Hypothesis svd : W 2 *m W 1%N = U *m Diag s *m V^T.

Theorem unbalanced_last :
  W 2 *m (W 2)^T = U *m Diag (fun i => (Num.sqrt (a ^+ 2 + 4%:R * s i ^+ 2) + a) / 2%:R) *m U^T.
Proof. exact: last_factor oU oV unbalanced svd. Qed.

Theorem unbalanced_first :
  (W 1%N)^T *m W 1%N =
  V *m Diag (fun i => (Num.sqrt (a ^+ 2 + 4%:R * s i ^+ 2) - a) / 2%:R) *m V^T.
Proof.
have := @last_factor _ _ (W 1%N)^T (W 2)^T V U (- a) s oV oU; rewrite !trmxK => -> //.
- by congr (_ *m _ *m _); apply: eq_Diag => i; rewrite spreadN.
- by rewrite -opprB unbalanced raddfN.
- by rewrite -trmx_mul svd !trmx_mul trmxK Diag_tr mulmxA.
Qed.

(** Both factors a step of descent on. *)
Theorem unbalanced_flow (Z : 'M[R]_d) i l :
  (U^T *m coef_mx 1 ((map_mx polyC (W 2) + 'X *: map_mx polyC (- (Z *m (W 1%N)^T)))
                     *m (map_mx polyC (W 1%N) + 'X *: map_mx polyC (- ((W 2)^T *m Z))))
   *m V) i l =
  - ((Num.sqrt (a ^+ 2 + 4%:R * s i ^+ 2) + Num.sqrt (a ^+ 2 + 4%:R * s l ^+ 2)) / 2%:R
     * (U^T *m Z *m V) i l).
Proof.
set f := fun i => (Num.sqrt (a ^+ 2 + 4%:R * s i ^+ 2) + a) / 2%:R.
set g := fun i => (Num.sqrt (a ^+ 2 + 4%:R * s i ^+ 2) - a) / 2%:R.
rewrite coef_mx_line_mul.
have -> : - (Z *m (W 1%N)^T) *m W 1%N + W 2 *m - ((W 2)^T *m Z) =
          - (U *m Diag f *m U^T *m Z + Z *m (V *m Diag g *m V^T)).
  by rewrite -unbalanced_last -unbalanced_first mulmxN mulNmx -opprD addrC !mulmxA.
rewrite mulmxN mulNmx mxE; congr (- _).
rewrite mulmxDr mulmxDl.
have -> : U^T *m (Z *m (V *m Diag g *m V^T)) *m V = (U^T *m Z *m V) *m Diag g.
  by rewrite !mulmxA (mulmx_orthK oV).
have -> : U^T *m (U *m Diag f *m U^T *m Z) *m V = Diag f *m (U^T *m Z *m V).
  by rewrite !mulmxA orthogonalT // mul1mx.
rewrite mxE mul_DiagE mul_mx_DiagE [_ * g l]mulrC -mulrDl /f /g -mulrDl.
by congr (_ / _ * _); rewrite addrACA subrr addr0.
Qed.

Theorem unbalanced_slowest i l :
  `|a| <= (Num.sqrt (a ^+ 2 + 4%:R * s i ^+ 2) + Num.sqrt (a ^+ 2 + 4%:R * s l ^+ 2)) / 2%:R.
Proof.
by rewrite ler_pdivl_mulr ?ltr0n // mulr_natr mulr2n ler_add ?spread_ge.
Qed.

End TwoLayers.
