(** * The Gram determinants of values and of frames                      (coarea)

    In the coordinates (Sigma, Q_0, ..., Q_N) of balanced factors, sigma_i = t_i^N, the Gram
    determinant of the directions in which values move, times that of the directions in which
    frames turn, is
      2^((N-1) d(d-1)/2) prod_i (t_i^2 / (N sigma_i^2)) van(t^2) van(sigma^2),
    and this is the Gram determinant of the orbit, times the determinant of (N A_{N,W})^{-1},
    times the square of the determinant of (dSigma, dU, dV) -> dW. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum Pairs BlockDet Operator Metric Pushforward.
From DLN Require Import Jacobian VolumeForm Orbit OrbitVolume Coarea OrbitFrames.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Grams.

Variables (F : realFieldType) (d N : nat) (Q : nat -> 'M[F]_d) (t : 'I_d -> F).
Hypotheses (N0 : (0 < N)%N) (oQ : forall k, orthogonal (Q k)) (t0 : forall i, 0 < t i).

Definition values_gram : 'M[F]_d :=
  \matrix_(i, l) \sum_(1 <= k < N.+1) frob (value_tangent Q t N k i) (value_tangent Q t N k l).

Definition frames_gram : 'M[F]_#|{: 'I_N.+1 * pair_lt d}| :=
  fin_matrix (fun x y : 'I_N.+1 * pair_lt d =>
    frob_tuple N (frame_tangent Q t x.1 x.2) (frame_tangent Q t y.1 y.2)).

Let Nn : N%:R != 0 :> F. Proof. by rewrite pnatr_eq0 -lt0n. Qed.

Lemma det_values_gram : \det values_gram = \prod_i (t i ^+ 2 / (N%:R * (t i ^+ N) ^+ 2)).
Proof.
have -> : values_gram = Diag (fun i => t i ^+ 2 / (N%:R * (t i ^+ N) ^+ 2)).
  apply/matrixP=> i l; rewrite DiagE mxE (eq_bigr (fun=>
    (t i / (N%:R * t i ^+ N)) * (t l / (N%:R * t l ^+ N)) * (i == l)%:R)) => [|k _]; last first.
    by rewrite frob_orth // frobZl frobZr frob_delta mxE andbb mulrA.
  rewrite sumr_const_nat subSS subn0; case: eqP => [<-|_]; last by rewrite mulr0 mul0rn.
  rewrite mulr1 mulr1n -expr2 expr_div_n exprMn -mulr_natl.
  by rewrite mulrCA; congr (_ * _); rewrite [N%:R ^+ 2]expr2 -mulrA invfM mulVKf.
rewrite /Diag det_diag; apply: eq_bigr => i _; by rewrite mxE.
Qed.

Lemma frame_is_turn j p k : (j <= N)%N -> (1 <= k <= N)%N ->
  frame_tangent Q t j p k = turn_velocity Q t j p k.
Proof.
move=> jN kN; have oQN m : (m <= N)%N -> orthogonal (Q m) by move=> _; exact: oQ.
rewrite -(frame_tangent_first_order t oQN) //.
rewrite velocity_first_order; last exact: turn_skew.
by rewrite /turn_velocity /velocity; congr (_ *m (_ + _ - _) *m _); apply/matrixP=> a b; rewrite ?mxE ?DiagE ?mul0rn.
Qed.

(** The whole Gram matrix is made of two blocks. *)
Lemma det_balanced_blocks : \det (balanced_gram N Q t) = N%:R ^+ d * \det frames_gram.
Proof.
pose J := ('I_N.+1 * pair_lt d)%type.
pose size (x : bool) : nat := if x then d else #|{: J}|.
pose place (x : bool) : 'I_(size x) -> 'I_#|{: 'I_d + J}| :=
  match x return 'I_(size x) -> 'I_#|{: 'I_d + J}| with
  | true => fun i => enum_rank (inl i : 'I_d + J)
  | false => fun a => enum_rank (inr (enum_val a) : 'I_d + J)
  end.
rewrite (@det_blocks _ _ _ size place).
- rewrite big_bool /=; congr (_ * _).
    rewrite (_ : \matrix_(_, _) _ = Diag (fun=> N%:R)).
      by rewrite /Diag det_diag (eq_bigr (fun=> N%:R)) ?prodr_const ?card_ord // => i _; rewrite mxE.
    apply/matrixP=> i l; rewrite DiagE !mxE !enum_rankK frob_stretch_stretch //.
    by rewrite mulr_natr.
  congr (\det _); apply/matrixP=> a b; rewrite !mxE !enum_rankK /=.
  case: (enum_val a) (enum_val b) => [j p] [j' p'] /=; rewrite /frob_tuple; apply: eq_big_nat => k kN; rewrite ltnS in kN.
  by rewrite !frame_is_turn ?leq_ord //.
- move=> [] a b /enum_rank_inj; first by case.
  by case=> /enum_val_inj.
- by move=> [] [] a b /enum_rank_inj.
- move=> x; case e: (enum_val x) => [i|y].
    by exists true, i; rewrite /= -e enum_valK.
  by exists false, (enum_rank y); rewrite /= enum_rankK -e enum_valK.
- move=> [] [] a b // _; rewrite !mxE !enum_rankK /=; last first.
    rewrite /frob_tuple (eq_bigr _ (fun j _ => frobC _ _)).
    by case: (enum_val a) => k p; exact: frob_stretch_turn.
  by case: (enum_val b) => k p; exact: frob_stretch_turn.
Qed.

Let two : 2%:R != 0 :> F. Proof. by rewrite pnatr_eq0. Qed.

Theorem tangent_gram_determinants :
  \det values_gram * \det frames_gram =
  2%:R ^+ ((N - 1) * (d * d.-1)./2) * (\prod_i (t i ^+ 2 / (N%:R * (t i ^+ N) ^+ 2)))
  * van (fun i => t i ^+ 2) * van (fun i => (t i ^+ N) ^+ 2).
Proof.
have -> : \det frames_gram = \prod_(i < d) \prod_(l < d | (i < l)%N)
     (2%:R ^+ (N - 1) * ((t i ^+ 2 - t l ^+ 2) * ((t i ^+ N) ^+ 2 - (t l ^+ N) ^+ 2))).
  apply: (mulfI (expf_neq0 d Nn)); rewrite -det_balanced_blocks; exact: balanced_gram_det.
have pairs (f g : 'I_d -> 'I_d -> F) :
    \prod_(i < d) \prod_(l < d | (i < l)%N) (f i l * g i l) =
    (\prod_(i < d) \prod_(l < d | (i < l)%N) f i l) * \prod_(i < d) \prod_(l < d | (i < l)%N) g i l.
  by rewrite -big_split; apply: eq_bigr => i _; rewrite big_split.
by rewrite det_values_gram !pairs prod_pairs_const -exprM -/(van _) mulrCA !mulrA.
Qed.

(** Z -> (1/N) A_{N,W}^{-1}(Z) *)
Definition scaled_inverse (P P' Z : 'M[F]_d) : 'M[F]_d := N%:R^-1 *: Op_inv N P P' Z.

Lemma lin_mx_inverse P P' : lin_mx (scaled_inverse P P') =
  N%:R^-1 *: invmx (lin_mx (Op N P P')).
Proof.
apply/matrixP=> k j; rewrite [LHS]mxE /= /scaled_inverse /Op_inv linearZ /= !vec_mxK -rowE.
by rewrite [LHS]mxE [X in _ * X]mxE [RHS]mxE.
Qed.

Theorem tangent_gram_coarea :
  \det values_gram * \det frames_gram =
  \det (orbit_gram N Q t) * \det (lin_mx (scaled_inverse (root_of (Q N) t) (root_of (Q 0%N) t)))
  * \det (lin_mx (dsvd (Q N) (Q 0%N) (fun i => t i ^+ N))) ^+ 2.
Proof.
have l0 i l : lambda N t i l != 0 by rewrite gt_eqF // lambda_positive // ltW.
have sub : \det (submersion_gram N t (Q N) (Q 0%N)) =
    \det (lin_mx (scaled_inverse (root_of (Q N) t) (root_of (Q 0%N) t)))
    * \det (lin_mx (dsvd (Q N) (Q 0%N) (fun i => t i ^+ N))) ^+ 2.
  have -> : submersion_gram N t (Q N) (Q 0%N) = N%:R^-1 *: svd_gram N (Q N) (Q 0%N) t.
    by apply/matrixP=> k k'; rewrite !mxE.
  rewrite lin_mx_inverse !detZ det_inv operator_determinant //.
  rewrite /svd_gram (@det_gram_metric _ _ N _ _ _ (oQ N) (oQ 0%N) [linear of dsvd _ _ _]) //.
  rewrite [RHS]mulrAC [LHS]mulrA; congr (_ * _).
  by rewrite -prodfV; apply: eq_bigr => i _; rewrite prodfV.
rewrite -mulrA -sub; apply: (mulfI (expf_neq0 d Nn)).
rewrite mulrCA -det_balanced_blocks coarea // det_values_gram.
suff key : (\prod_i (t i ^+ 2 / (N%:R * (t i ^+ N) ^+ 2))) * (\prod_(i < d) (N%:R * t i ^+ (N - 1))) ^+ 2
           = N%:R ^+ d.
  rewrite -key; move: (\det (orbit_gram _ _ _)) (\det (submersion_gram _ _ _ _)) (_ ^+ 2) (\prod_i _).
  by move=> x y z w; rewrite [x * y]mulrC -!mulrA.
rewrite -prodrXl -big_split (eq_bigr (fun=> N%:R)) ?prodr_const ?card_ord // => i _ /=.
have ti : t i != 0 by rewrite gt_eqF.
have -> : t i ^+ N = t i * t i ^+ (N - 1) by rewrite -exprS subn1 prednK.
move: (t i ^+ (N - 1)) (expf_neq0 (N - 1) ti) => y y0.
rewrite [(t i * y) ^+ 2]exprMn [(N%:R * y) ^+ 2]exprMn [(N%:R * _)^-1]invfM [(t i ^+ 2 * _)^-1]invfM.
have e : t i ^+ 2 * (N%:R^-1 * ((t i ^+ 2)^-1 * (y ^+ 2)^-1)) = N%:R^-1 * (y ^+ 2)^-1.
  by rewrite mulrCA mulVKf ?expf_neq0.
by rewrite e mulrACA mulVf ?expf_neq0 // mulr1 expr2 mulKf.
Qed.

End Grams.
