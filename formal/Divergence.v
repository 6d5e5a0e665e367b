(** * Exponents of the volumes as singular values vanish     (volume-divergence)

    The last k of the roots t_1 > ... > t_d > 0 are multiplied by e, 0 < e <= 1,
    so that the last k singular values are multiplied by eps = e^N.  There are
    polynomials q, r in e, different from 0 at e = 0, such that
    - the density with respect to dSigma dU dV is e^(k(k-N)) q(e),
    - the density with respect to dW is e^(-k^2 (N-1)) q(e) / r(e),
    - the volume of the orbit, up to its constant, is
      e^((N-1) k(k-1)/2) sqrt(r(e) / q(e)),
    for every N >= 1, d and k <= d: in terms of eps the exponents are
    k(k-N)/N, -k^2 (N-1)/N and k(k-1)/2 (1 - 1/N).  The left-hand sides are the
    true determinants of VolumeForm.v, Metric.v and OrbitVolume.v. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum Pairs Operator Metric Jacobian VolumeForm Orbit OrbitVolume.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** The number of pairs i < l inside K. *)
Lemma pairs_inside d (K : pred 'I_d) :
  (\sum_(i < d) \sum_(l < d | (i < l)%N) (K i && K l) = 'C(#|K|, 2))%N.
Proof.
set n := (\sum_(i < d) _)%N; pose x : int := 2%:R.
have inj : injective (GRing.exp x) by exact: ieexprIn.
have e : ((#|K| * #|K|) = #|K| + n * 2)%N.
  apply: inj; have := prod_pairs (fun i l : 'I_d => x ^+ (K i && K l)).
  have cK : (\sum_(i < d) K i = #|K|)%N.
    by rewrite -sum1_card [RHS]big_mkcond; apply: eq_bigr => i _; rewrite unfold_in; case: (K i).
  rewrite (eq_bigr (fun i : 'I_d => x ^+ (K i * #|K|))) => [|i _]; last first.
    rewrite -expr_sum -cK big_distrr /=; congr (_ ^+ _); apply: eq_bigr => l _.
    by case: (K i); case: (K l).
  rewrite -expr_sum -big_distrl /= cK => ->; rewrite exprD; congr (_ * _).
    by rewrite -expr_sum -[in RHS]cK; congr (_ ^+ _); apply: eq_bigr => i _; rewrite andbb.
  rewrite muln2 -addnn exprD /n expr_sum -big_split /=; apply: eq_bigr => i _.
  rewrite expr_sum -big_split; apply: eq_bigr => l _.
  by rewrite [K l && K i]andbC.
have -> : 'C(#|K|, 2) = (n * 2)./2 by rewrite bin2 -subn1 mulnBr muln1 e addKn.
by rewrite muln2 doubleK.
Qed.

Lemma bin2_twice k : (2 * 'C(k, 2) + k = k * k)%N.
Proof.
rewrite -[X in (X * _)%N]/(2`!) mulnC bin_ffact ffactnS ffactn1.
by case: k => // k; rewrite mulnS addnC.
Qed.

Add Ring intring : (ring_bridge [comRingType of int]).

Section Scaling.

Variables (F : fieldType) (d : nat) (K : pred 'I_d).
Implicit Types (t x : 'I_d -> F) (e : F).
Add Ring Fring : (ring_bridge F).

(** The values with K i are multiplied by e. *)
Definition scaled e t : 'I_d -> F := fun i => if K i then e * t i else t i.

(** One pair. *)
Let pairpoly m x (i l : 'I_d) : {poly F} :=
  (if K i && ~~ K l then 'X^m else 1) * (x i)%:P
  - (if K l && ~~ K i then 'X^m else 1) * (x l)%:P.

Let pairpolyE m x e i l :
  scaled (e ^+ m) x i - scaled (e ^+ m) x l = (e ^+ m) ^+ (K i && K l) * (pairpoly m x i l).[e].
Proof.
rewrite /scaled /pairpoly !(hornerD, hornerN, hornerM, hornerC).
case: (K i) (K l) => -[] /=; rewrite ?hornerXn ?hornerC ?expr0 ?expr1 ?mul1r //.
by rewrite mulrBr.
Qed.

Let pairpoly0 m x i l : (0 < m)%N -> x i != x l -> x i != 0 -> x l != 0 ->
  (pairpoly m x i l).[0] != 0.
Proof.
move=> m0 ne xi xl; rewrite /pairpoly !(hornerD, hornerN, hornerM, hornerC).
case: (K i) (K l) => -[] /=; rewrite ?hornerXn ?hornerC ?mul1r ?expr0n ?gtn_eqF ?mul0r //=.
- by rewrite subr_eq0.
- by rewrite sub0r oppr_eq0.
- by rewrite subr0.
- by rewrite subr_eq0.
Qed.

(** van: the power of e, times a polynomial in e that does not vanish at 0. *)
Theorem van_scaled m x : (0 < m)%N -> (forall i, x i != 0) ->
  (forall i l : 'I_d, (i < l)%N -> x i != x l) ->
  exists2 q : {poly F}, q.[0] != 0 &
  forall e, van (scaled (e ^+ m) x) = e ^+ (m * 'C(#|K|, 2)) * q.[e].
Proof.
move=> m0 x0 ne.
exists (\prod_(i < d) \prod_(l < d | (i < l)%N) pairpoly m x i l).
  rewrite horner_prod; apply/prodf_neq0 => i _.
  by rewrite horner_prod; apply/prodf_neq0 => l il; apply: pairpoly0; rewrite ?ne.
move=> e; rewrite exprM -pairs_inside expr_sum horner_prod -big_split /=.
apply: eq_bigr => i _; rewrite expr_sum horner_prod -big_split /=.
by apply: eq_bigr => l _; apply: pairpolyE.
Qed.

Lemma scaled_pow e t n : (fun i => scaled e t i ^+ n) =1 scaled (e ^+ n) (fun i => t i ^+ n).
Proof. by move=> i; rewrite /scaled; case: (K i); rewrite // exprMn. Qed.

Lemma eq_van x y : x =1 y -> van x = van y.
Proof. by move=> h; apply: eq_bigr => i _; apply: eq_bigr => l _; rewrite !h. Qed.

Lemma prod_scaled e t n : e != 0 ->
  \prod_(i < d) scaled e t i ^- n = e ^- (n * #|K|) * \prod_(i < d) t i ^- n.
Proof.
move=> e0; have cK : (\sum_(i < d) K i = #|K|)%N.
  by rewrite -sum1_card [RHS]big_mkcond; apply: eq_bigr => i _; rewrite unfold_in; case: (K i).
rewrite -cK -exprVn exprM expr_sum -big_split; apply: eq_bigr => i _ /=.
rewrite /scaled; case: (K i); rewrite ?expr0 ?mul1r // expr1.
by rewrite exprMn invfM exprVn.
Qed.

(** The right-hand side of Theorem 1.1. *)
Theorem volume_scaled (N : nat) t : (0 < N)%N -> N%:R != 0 :> F ->
  (forall i, t i != 0) -> (forall i l : 'I_d, (i < l)%N -> t i ^+ 2 != t l ^+ 2) ->
  exists2 q : {poly F}, q.[0] != 0 & forall e, e != 0 ->
    N%:R ^+ (d * d.-1)./2 * (\prod_(i < d) scaled e t i ^- (N - 1))
    * van (fun i => scaled e t i ^+ 2)
    = e ^ (#|K|%:Z * (#|K|%:Z - N%:Z)) * q.[e].
Proof.
move=> N0 Nn0 t0 ne.
have [|||q q0 qE] := @van_scaled 2 (fun i => t i ^+ 2) => // [i|].
  by rewrite expf_neq0.
pose c := N%:R ^+ (d * d.-1)./2 * \prod_(i < d) t i ^- (N - 1).
have c0 : c != 0.
  rewrite mulf_neq0 ?expf_neq0 //; apply/prodf_neq0 => i _.
  by rewrite invr_eq0 expf_neq0.
exists (c *: q) => [|e e0]; first by rewrite hornerZ mulf_neq0.
rewrite (eq_van (scaled_pow e t 2)) qE prod_scaled // hornerZ.
have -> : e ^ (#|K|%:Z * (#|K|%:Z - N%:Z)) = e ^- ((N - 1) * #|K|) * e ^+ (2 * 'C(#|K|, 2)).
  rewrite (exprnP e (2 * _)) exprnN -expfzDr //; congr (e ^ _).
  have := congr1 Posz (bin2_twice #|K|); rewrite PoszD => /(canRL (addrK _)) ->.
  rewrite !PoszM -subzn //; move: (#|K|%:Z) (N%:Z) => k m.
  by rewrite -[Posz 1]/(1 : int) mulrBl mul1r opprB [RHS]addrC addrA subrK mulrBr [m * k]mulrC.
rewrite /c; set a := N%:R ^+ _; set p := \prod_(i < d) _; set w := q.[e].
set y := e ^- _; set z := e ^+ _.
by move: a p w y z => a p w y z; mcring F.
Qed.

End Scaling.

Section Volumes.

Variables (R : rcfType) (d N k : nat) (U V : 'M[R]_d) (t : 'I_d -> R).
Hypotheses (N0 : (0 < N)%N) (kd : (k <= d)%N) (oU : orthogonal U) (oV : orthogonal V).
Hypotheses (t0 : forall i, 0 < t i) (dec : forall i l : 'I_d, (i < l)%N -> t l < t i).

(** The last k of d decreasing values. *)
Definition last_k : pred 'I_d := fun i => (d - k <= i)%N.

Lemma card_last_k : #|last_k| = k.
Proof.
rewrite -sum1_card (eq_bigl (fun i : 'I_d => (d - k <= i)%N)) //.
rewrite -(big_mkord (fun i => d - k <= i)%N (fun=> 1%N)) sum1_count /index_iota subn0.
rewrite -[X in iota _ X](subnK kd) iotaD count_cat add0n.
rewrite (@eq_in_count _ _ pred0) => [|i]; last first.
  by rewrite mem_iota add0n /= => h; rewrite leqNgt h.
rewrite count_pred0 add0n (@eq_in_count _ _ predT) => [|i]; last first.
  by rewrite mem_iota => /andP[].
by rewrite count_predT size_iota.
Qed.

Let Nn0 : N%:R != 0 :> R. Proof. by rewrite pnatr_eq0 -lt0n. Qed.
Let tn0 i : t i != 0. Proof. by rewrite gt_eqF. Qed.
Let ne n (i l : 'I_d) : (0 < n)%N -> (i < l)%N -> t i ^+ n != t l ^+ n.
Proof. by move=> n0 il; rewrite gt_eqF // ltr_expn2r -?lt0n ?dec ?ltW. Qed.

Lemma scaled_gt0 e i : 0 < e -> 0 < scaled last_k e t i.
Proof. by move=> e0; rewrite /scaled; case: ifP => // _; rewrite mulr_gt0. Qed.

Lemma scaled_dec e (i l : 'I_d) : 0 < e -> e <= 1 -> (i < l)%N ->
  scaled last_k e t l < scaled last_k e t i.
Proof.
move=> e0 e1 il; rewrite /scaled /last_k; case: (leqP (d - k) i) => hi.
  by rewrite (leq_trans hi (ltnW il)) ltr_pmul2l ?dec.
case: ifP => _; last exact: dec.
by apply: le_lt_trans (dec il); rewrite ler_pimull // ltW.
Qed.

(** With respect to dSigma dU dV: e^(k(k-N)), that is eps^(k(k-N)/N). *)
Theorem volume_form_divergence :
  exists2 q : {poly R}, q.[0] != 0 & forall e, 0 < e -> e <= 1 ->
    Num.sqrt (\det (svd_gram N U V (scaled last_k e t)))
    = e ^ (k%:Z * (k%:Z - N%:Z)) * q.[e].
Proof.
have [|q q0 qE] := volume_scaled last_k N0 Nn0 tn0; first by move=> i l; exact: ne.
exists q => // e e0 e1; rewrite volume_form //.
- by rewrite qE ?gt_eqF // card_last_k.
- by move=> i; apply: scaled_gt0.
- by move=> i l il; apply/ltW/scaled_dec.
Qed.

(** With respect to dW: e^(-k^2 (N-1)). *)
Theorem density_divergence :
  exists q r : {poly R}, [/\ q.[0] != 0, r.[0] != 0 & forall e, 0 < e -> e <= 1 ->
    Num.sqrt (\det (gram (metric N (root_of U (scaled last_k e t))
                                   (root_of V (scaled last_k e t))) (fun Z => Z)))
    = e ^- (k ^ 2 * (N - 1)) * (q.[e] / r.[e]) ].
Proof.
have [|q q0 qE] := volume_scaled last_k N0 Nn0 tn0; first by move=> i l; exact: ne.
have [|||r r0 rE] := @van_scaled _ _ last_k (N * 2) (fun i => (t i ^+ N) ^+ 2).
- by rewrite muln_gt0 N0.
- by move=> i; rewrite !expf_neq0.
- by move=> i l il; rewrite -!exprM ne // muln_gt0 N0.
exists q, r; split=> // e e0 e1.
have en0 : e != 0 by rewrite gt_eqF.
have tp i : 0 < scaled last_k e t i by apply: scaled_gt0.
have td (i l : 'I_d) : (i < l)%N -> scaled last_k e t l < scaled last_k e t i by apply: scaled_dec.
have l0 i l : lambda N (scaled last_k e t) i l != 0.
  by rewrite gt_eqF // lambda_positive // ltW.
rewrite metric_determinant //.
have := @volume_algebra R d N (scaled last_k e t) N0 tp (fun i l il => ltW (td i l il)).
rewrite qE // card_last_k.
have vE : van (fun i => (scaled last_k e t i ^+ N) ^+ 2) = e ^+ (N * 2 * 'C(k, 2)) * r.[e].
  have := rE e; rewrite card_last_k => <-; apply: eq_van => i.
  by rewrite -exprM scaled_pow /scaled !exprM.
have : van (fun i => (scaled last_k e t i ^+ N) ^+ 2) != 0.
  apply/prodf_neq0 => i _; apply/prodf_neq0 => l il.
  by rewrite subr_eq0 -!exprM gt_eqF // ltr_expn2r ?td ?ltW // -lt0n muln_gt0 N0.
rewrite vE mulf_eq0 negb_or => /andP[en re] /(canRL (mulfK (mulf_neq0 en re))) ->.
rewrite invfM mulrACA; congr (_ * _); rewrite !exprnN -expfzDr //; congr (e ^ _).
have := congr1 Posz (bin2_twice k); rewrite PoszD => /(canRL (addrK _)) h.
rewrite -[(N * 2 * _)%N]mulnA (PoszM N) h -mulnn !PoszM -subzn //; move: (k%:Z) (N%:Z) => x m.
rewrite -[Posz 1]/(1 : int); mcring [comRingType of int].
Qed.

(** The volume of the orbit: e^((N-1) k(k-1)/2), that is eps^(k(k-1)/2 (1-1/N)). *)
Theorem orbit_divergence (Q : nat -> 'M[R]_d) : (forall j, orthogonal (Q j)) ->
  exists q r : {poly R}, [/\ q.[0] != 0, r.[0] != 0 & forall e, 0 < e -> e <= 1 ->
    Num.sqrt (\det (orbit_gram N Q (scaled last_k e t)) / \det (group_gram R d N))
    = e ^+ ((N - 1) * 'C(k, 2)) * Num.sqrt (r.[e] / q.[e]) ].
Proof.
move=> oQ.
have [|||q q0 qE] := @van_scaled _ _ last_k 2 (fun i => t i ^+ 2) => //.
- by move=> i; rewrite expf_neq0.
- by move=> i l il; rewrite ne.
have [|||r r0 rE] := @van_scaled _ _ last_k (N * 2) (fun i => (t i ^+ N) ^+ 2).
- by rewrite muln_gt0 N0.
- by move=> i; rewrite !expf_neq0.
- by move=> i l il; rewrite -!exprM ne // muln_gt0 N0.
exists q, r; split=> // e e0 e1; have en0 : e != 0 by rewrite gt_eqF.
rewrite orbit_volume //; [|by move=> i; apply: scaled_gt0|by move=> i l il; apply: scaled_dec].
have -> : van (fun i => (scaled last_k e t i ^+ N) ^+ 2) = e ^+ (N * 2 * 'C(k, 2)) * r.[e].
  have := rE e; rewrite card_last_k => <-; apply: eq_van => i.
  by rewrite -exprM scaled_pow /scaled !exprM.
have -> : van (fun i => scaled last_k e t i ^+ 2) = e ^+ (2 * 'C(k, 2)) * q.[e].
  by have := qE e; rewrite card_last_k => <-; apply: eq_van => i; rewrite scaled_pow.
have h n c : (0 < n)%N -> (n * 2 * c = (n - 1) * c * 2 + 2 * c)%N.
  by case: n => // n _; rewrite subn1 mulnAC mulSn mulnDl addnC [(c * 2)%N]mulnC.
rewrite h // exprD invfM mulrACA mulfK ?expf_neq0 // [e ^+ (_ * 2)]exprM.
by rewrite [X in X = _]sqrtrM ?sqr_ge0 // sqrtr_sqr ger0_norm // exprn_ge0 // ltW.
Qed.

End Volumes.

