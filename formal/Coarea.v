(** * The balanced manifold as a whole                               (coarea)

    MY2025.  The balanced factors W_j = Q_j Lambda Q_{j-1}^T of full rank are
    parametrised by Lambda = diag(t_i) and Q_0, ..., Q_N.  The Gram matrix of
    these coordinates in the Frobenius metric of the factors is one block matrix
    of size d + (N+1) d(d-1)/2; its determinant is
      N^d prod_{i<l} 2^(N-1) (t_i^2 - t_l^2) (sigma_i^2 - sigma_l^2).
    The volume element of the balanced manifold therefore factors: its square is
      (prod_i d sigma_i / d t_i)^2
        x  the Gram determinant of the submersion metric Tr(Z^T (N A_{N,W})^{-1} Z)
           in the coordinates (Sigma, U, V) = (diag(t_i^N), Q_N, Q_0)
        x  the Gram determinant of the orbit, coordinates Q_1, ..., Q_{N-1}.
    This ties Theorem 1.1, the orbit volume and the submersion together: it would
    fail if one of them had a wrong power or constant. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum Pairs Tridiagonal BlockDet Operator.
From DLN Require Import Metric Pushforward Balancedness Jacobian VolumeForm.
From DLN Require Import Orbit OrbitVolume.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Definitions.

Variables (F : fieldType) (d N : nat) (Q : nat -> 'M[F]_d) (t : 'I_d -> F).

(** The coordinate directions: t_i grows with velocity 1, or Q_k turns in the
    plane (i,l), 0 <= k <= N. *)
Definition balanced_velocity (x : 'I_d + 'I_N.+1 * pair_lt d) : nat -> 'M[F]_d :=
  match x with
  | inl i => velocity Q t (fun=> 0) (delta_mx i i)
  | inr (k, p) => turn_velocity Q t k p
  end.

Definition balanced_gram : 'M[F]_#|{: 'I_d + 'I_N.+1 * pair_lt d}| :=
  fin_matrix (fun x y => frob_tuple N (balanced_velocity x) (balanced_velocity y)).

(** The Gram matrix of the submersion metric Tr(Z1^T (N A_{N,W})^{-1} Z2). *)
Definition submersion_gram (U V : 'M[F]_d) : 'M[F]_(d * d) :=
  gram (fun Z1 Z2 => N%:R^-1 * metric N (root_of U t) (root_of V t) Z1 Z2)
       (dsvd U V (fun i => t i ^+ N)).

End Definitions.

Section Coarea.

Variables (F : fieldType) (d : nat) (Q : nat -> 'M[F]_d) (t : 'I_d -> F).
Hypothesis oQ : forall k, orthogonal (Q k).
Add Ring Fring : (ring_bridge F).

(** The fibre is vertical: W does not move when Q_1, ..., Q_{N-1} turn. *)
Theorem orbit_vertical N k p : (0 < k < N)%N ->
  dphi (factor Q t) N (turn_velocity Q t k p) = 0.
Proof.
case/andP=> k0 kN; rewrite /turn_velocity dphi_velocity // /turn.
rewrite (gtn_eqF kN) (ltn_eqF k0) mul0mx mulmx0 subr0 add0r.
have -> : Diag (fun i => N%:R * t i ^+ (N - 1) * 0) = 0 :> 'M[F]_d.
  by apply/matrixP=> i l; rewrite DiagE mulr0 mul0rn mxE.
by rewrite mulmx0 mul0mx.
Qed.

Lemma frob_stretch_stretch N i l :
  frob_tuple N (velocity Q t (fun=> 0) (delta_mx i i))
               (velocity Q t (fun=> 0) (delta_mx l l)) = N%:R * (i == l)%:R.
Proof.
rewrite /frob_tuple (eq_bigr (fun=> (i == l)%:R)) => [|j _].
  by rewrite sumr_const_nat subSS subn0 mulr_natl.
by rewrite frob_velocity // !mul0mx !mulmx0 !subr0 !add0r frob_delta mxE andbb.
Qed.

Lemma rot_diag (p : pair_lt d) i : rot F p i i = 0.
Proof.
rewrite /rot !mxE; case: p => -[j l] /= jl.
have h : (i == j) && (i == l) = false.
  by apply/negbTE/negP => /andP[/eqP e1 /eqP e2]; move: jl; rewrite -e1 -e2 ltnn.
by rewrite h andbC h subr0.
Qed.

Lemma frob_stretch_turn N i k p :
  frob_tuple N (velocity Q t (fun=> 0) (delta_mx i i)) (turn_velocity Q t k p) = 0.
Proof.
rewrite /frob_tuple big1 // => j _; rewrite frob_velocity //.
rewrite !mul0mx !mulmx0 !subr0 !add0r frob_delta !turn_scale.
have rz c : (c *: rot F p) i i = 0 by rewrite mxE rot_diag mulr0.
rewrite mxE [X in X + _ = _]mxE [X in _ + X = _]mxE mul_mx_DiagE mul_DiagE DiagE.
by rewrite !rz mul0r mulr0 mul0rn oppr0 !addr0.
Qed.
(** The indices of one block: {t_i}, or (Q_0, ..., Q_N) in the plane (i,l). *)
Let size N (x : 'I_d + pair_lt d) : nat := if x is inl _ then 1 else N.+1.

Let place N (x : 'I_d + pair_lt d) :
    'I_(size N x) -> 'I_#|{: 'I_d + 'I_N.+1 * pair_lt d}| :=
  match x return 'I_(size N x) -> 'I_#|{: 'I_d + 'I_N.+1 * pair_lt d}| with
  | inl i => fun=> enum_rank (inl i : 'I_d + 'I_N.+1 * pair_lt d)
  | inr p => fun k : 'I_N.+1 => enum_rank (inr (k, p) : 'I_d + 'I_N.+1 * pair_lt d)
  end.

(** The entries of one block. *)
Lemma ends_entry n (k k' : nat) (x y e z : F) :
  (k <= n.+1)%N -> (k' <= n.+1)%N -> e *+ 2 = x + y ->
  (0 < k)%N%:R * ((k == k')%:R * e - (k.-1 == k')%:R * z)
  + (k < n.+1)%N%:R * ((k == k')%:R * e - (k.+1 == k')%:R * z) =
  (if k == k' then (if (k == 0%N) || (k == n.+1) then e else x + y)
   else if k' == k.+1 then - z else if k == k'.+1 then - z else 0).
Proof.
move=> kn kn' exy; have [<-|n1] := eqVneq k k'.
  rewrite (gtn_eqF (ltnSn k)) mul0r subr0; case: k kn {kn'} => [|k] kn /=.
    by rewrite mul0r add0r !mul1r.
  rewrite (ltn_eqF (ltnSn k)) mul0r subr0 !mul1r eqSS ltnS.
  have [->|nk] := eqVneq k n; first by rewrite ltnn mul0r addr0.
  by rewrite ltn_neqAle nk -ltnS kn mul1r -exy mulr2n.
rewrite mul0r !sub0r; have [e2|n2] := eqVneq k' k.+1.
  rewrite e2 (ltn_eqF (leq_ltn_trans (leq_pred k) (ltnSn k))).
  by rewrite -e2 kn' !mul0r oppr0 mulr0 add0r !mul1r.
rewrite mul0r oppr0 mulr0 addr0.
case: k kn n1 n2 => [|k] kn n1 n2 /=; first by rewrite mul0r.
rewrite eqSS mul1r; case: (k =P k') => _; by rewrite ?mul1r ?mul0r ?oppr0.
Qed.

Theorem balanced_gram_det N : (0 < N)%N -> 2%:R != 0 :> F ->
  \det (balanced_gram N Q t) =
  N%:R ^+ d *
  \prod_(i < d) \prod_(l < d | (i < l)%N)
     (2%:R ^+ (N - 1) * ((t i ^+ 2 - t l ^+ 2) * ((t i ^+ N) ^+ 2 - (t l ^+ N) ^+ 2))).
Proof.
case: N => // n _ F2; set N := n.+1.
rewrite -(prod_pair_lt (fun i l => 2%:R ^+ (N - 1) *
  ((t i ^+ 2 - t l ^+ 2) * ((t i ^+ N) ^+ 2 - (t l ^+ N) ^+ 2)))).
rewrite (@det_blocks _ _ _ (size N) (@place N)).
- rewrite big_sumType /=; congr (_ * _).
    rewrite (eq_bigr (fun=> N%:R)) => [|i _].
      by rewrite prodr_const card_ord.
    by rewrite det_mx11 !mxE !enum_rankK frob_stretch_stretch eqxx mulr1.
  apply: eq_bigr => p _; set a := t _ ^+ 2; set b := t _ ^+ 2.
  pose be := (t (val p).1 * t (val p).2) *+ 2.
  have e2 : (a + b) *+ 2 = a *+ 2 + b *+ 2 by rewrite mulrnDl.
  have pq : - be * - be = a *+ 2 * (b *+ 2) by apply: double_product.
  have := det_tridiag_ends n pq e2.
  set T := tridiag _ _ _ _; set M := \matrix_(_, _) _ => eT.
  have -> : M = T.
    apply/matrixP=> k k'; rewrite [LHS]mxE [RHS]mxE [LHS]mxE !enum_rankK.
    rewrite frob_turn // eqxx mul1r -/a -/b -/be.
    by rewrite -[(0 < k <= N)%N]andbC -ltnS ltn_ord /=; apply: ends_entry; rewrite // -ltnS.
  have F4 : 4%:R != 0 :> F by rewrite (natrM _ 2 2) mulf_neq0.
  apply: (mulIf F4); rewrite mulr_natr eT subn1 /=.
  have d2 x m : (x *+ 2) ^+ m = 2%:R ^+ m * x ^+ m :> F.
    by rewrite -(mulr_natl x) exprMn.
  rewrite (d2 a) (d2 b) -mulrBr -mulrnBl -(mulr_natl (a - b)) /a /b.
  rewrite -!exprM ![(N * 2)%N]mulnC [2%:R ^+ N]exprS (natrM _ 2 2).
  exact: double_power.
- move=> [i|p] /= k k'; first by rewrite !ord1.
  by move/enum_rank_inj => [].
- by move=> [i|p] [i'|p'] /= k k' /enum_rank_inj // [] => [->|_ ->].
- move=> x; case e: (enum_val x) => [i|[k p]].
    by exists (inl i), ord0; rewrite /= -e enum_valK.
  by exists (inr p), k; rewrite /= -e enum_valK.
- move=> [i|p] [i'|p'] /= k k' npq; rewrite !mxE !enum_rankK /=.
  + rewrite frob_stretch_stretch; case: eqP => [e|_]; last by rewrite mulr0.
    by rewrite e eqxx in npq.
  + exact: frob_stretch_turn.
  + rewrite /frob_tuple (eq_bigr _ (fun j _ => frobC _ _)).
    exact: frob_stretch_turn.
  + rewrite frob_turn //; case: eqP => [e|_]; last by rewrite mul0r.
    by rewrite e eqxx in npq.
Qed.

(** The volume element of the balanced manifold factors, squared. *)
Theorem coarea N : (0 < N)%N -> 2%:R != 0 :> F -> N%:R != 0 :> F ->
  (forall i l, lambda N t i l != 0) ->
  \det (balanced_gram N Q t) =
  (\prod_(i < d) (N%:R * t i ^+ (N - 1))) ^+ 2
  * \det (submersion_gram N t (Q N) (Q 0%N))
  * \det (orbit_gram N Q t).
Proof.
move=> N0 F2 Nn0 l0.
have -> : submersion_gram N t (Q N) (Q 0%N) = N%:R^-1 *: svd_gram N (Q N) (Q 0%N) t.
  by apply/matrixP=> k k'; rewrite !mxE.
rewrite detZ volume_form_squared // balanced_gram_det // orbit_gram_det //.
set n := N%:R; set h := (_./2)%N; set v := van _.
have -> : \prod_(i < d) (n * t i ^+ (N - 1)) = n ^+ d * \prod_(i < d) t i ^+ (N - 1).
  by rewrite big_split /= prodr_const card_ord.
have -> : \prod_(i < d) t i ^- (N - 1) = (\prod_(i < d) t i ^+ (N - 1))^-1.
  by rewrite -prodfV.
set P := \prod_(i < d) t i ^+ (N - 1).
have P0 : P != 0.
  apply/prodf_neq0 => i _; have := l0 i i; rewrite lambda_diag // -exprM mulnC exprM.
  by rewrite expf_eq0.
have -> : \prod_(i < d) \prod_(l < d | (i < l)%N)
     (2%:R ^+ (N - 1) * ((t i ^+ 2 - t l ^+ 2) * ((t i ^+ N) ^+ 2 - (t l ^+ N) ^+ 2)))
   = v ^+ 2 * \prod_(i < d) \prod_(l < d | (i < l)%N)
     (2%:R ^+ (N - 1) * geom N (t i ^+ 2) (t l ^+ 2)).
  rewrite /v /van -prodrXl -big_split /=; apply: eq_bigr => i _.
  rewrite -prodrXl -big_split /=; apply: eq_bigr => l _.
  rewrite -!exprM ![(N * 2)%N]mulnC !exprM -(geometric_sum N (t i ^+ 2)).
  move: (t i ^+ 2 - t l ^+ 2) (geom _ _ _) (_ ^+ (N - 1)) => x g c.
  by rewrite expr2 !mulrA; congr (_ * _); rewrite -mulrA mulrC.
rewrite !mulrA; congr (_ * _).
have hd : (d + h.*2 = d * d)%N.
  have := odd_double_half (d * d.-1); rewrite -/h.
  have -> : odd (d * d.-1) = false by rewrite oddM; case: (d) => //= m; case: odd.
  by rewrite add0n => ->; case: (d) => // m /=; rewrite -mulnS.
have e : (n ^+ d) ^+ 2 * n^-1 ^+ (d * d) * (n ^+ h) ^+ 2 = n ^+ d.
  rewrite -hd exprD -!exprM !muln2 -(addnn d) [n ^+ (d + d)]exprD !exprVn.
  by rewrite mulrA mulfK ?expf_neq0 // -mulrA mulVf ?mulr1 ?expf_neq0.
rewrite -[in LHS]e !exprMn; apply: cancel_squares.
by rewrite mulfV.
Qed.

End Coarea.

(** The volume element of the balanced manifold factors. *)
Theorem coarea_volume (R : rcfType) (d N : nat) (Q : nat -> 'M[R]_d) (t : 'I_d -> R) :
  (0 < N)%N -> (forall k, orthogonal (Q k)) -> (forall i, 0 < t i) ->
  Num.sqrt (\det (balanced_gram N Q t)) =
  (\prod_(i < d) (N%:R * t i ^+ (N - 1)))
  * Num.sqrt (\det (submersion_gram N t (Q N) (Q 0%N)))
  * Num.sqrt (\det (orbit_gram N Q t)).
Proof.
move=> N0 oQ t0.
have Nn0 : N%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
have l0 i l : lambda N t i l != 0 by rewrite gt_eqF // lambda_positive // ltW.
have p0 : 0 <= \prod_(i < d) (N%:R * t i ^+ (N - 1)).
  by apply: prodr_ge0 => i _; rewrite mulr_ge0 ?ler0n ?exprn_ge0 // ltW.
have s0 : 0 <= \det (submersion_gram N t (Q N) (Q 0%N)).
  have -> : submersion_gram N t (Q N) (Q 0%N) = N%:R^-1 *: svd_gram N (Q N) (Q 0%N) t.
    by apply/matrixP=> k k'; rewrite !mxE.
  by rewrite detZ volume_form_squared // mulr_ge0 ?sqr_ge0 // exprn_ge0 // invr_ge0 ler0n.
rewrite coarea //; last by rewrite pnatr_eq0.
rewrite sqrtrM ?mulr_ge0 ?sqr_ge0 // sqrtrM ?sqr_ge0 // sqrtr_sqr ger0_norm //.
Qed.
