(** * The metric along singular values and vectors             (metric-svd-frame)

    W = U Sigma V^T with sigma_i = t_i^N > 0 moves with dSigma = D diagonal, dU = U a,
    dV = V b, a and b skew.  Then g^N(dW, dW) is
      sum_i sigma_i^(2/N-2) D_ii^2
      + sum_{i<l} N (t_i^2 - t_l^2) (sigma_i - sigma_l) / (2 (sigma_i + sigma_l)) (a_il + b_il)^2
      + sum_{i<l} N (t_i^2 - t_l^2) (sigma_i + sigma_l) / (2 (sigma_i - sigma_l)) (a_il - b_il)^2,
    where the last quotient is 2 t_i^2 at sigma_i = sigma_l. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum Operator Metric Pushforward Jacobian.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Lemma sum_pairs (R : comRingType) d (f : 'I_d -> 'I_d -> R) :
  \sum_(i < d) \sum_(l < d) f i l =
  \sum_(i < d) f i i + \sum_(i < d) \sum_(l < d | (i < l)%N) (f i l + f l i).
Proof.
have split3 i : \sum_(l < d) f i l =
    f i i + \sum_(l < d | (i < l)%N) f i l + \sum_(l < d | (l < i)%N) f i l.
  rewrite (bigD1 i) //= -addrA; congr (_ + _).
  rewrite (bigID (fun l : 'I_d => (i < l)%N)) /=; congr (_ + _);
    apply: eq_bigl => l; rewrite -(inj_eq val_inj) /=; last by rewrite -leqNgt [RHS]ltn_neqAle.
  by rewrite andb_idl // => il; rewrite gtn_eqF.
rewrite (eq_bigr _ (fun i _ => split3 i)) !big_split /= -addrA; congr (_ + _).
rewrite -[X in _ + X = _]/(\sum_(i < d) \sum_(l < d | (l < i)%N) f i l).
rewrite [X in _ + X = _](exchange_big_dep predT) //= -big_split /=.
by apply: eq_bigr => i _; rewrite -big_split.
Qed.

Section Pair.

Variable F : fieldType.
Add Ring frame_ring : (ring_bridge F).

(** One pair: p and q for sigma_i and sigma_l. *)
Lemma pair_squares (x y p q : F) :
  2%:R * ((x * q - p * y) * (x * q - p * y) + (x * p - q * y) * (x * p - q * y)) =
  (p - q) ^+ 2 * (x + y) ^+ 2 + (p + q) ^+ 2 * (x - y) ^+ 2.
Proof. by mcring F. Qed.

Lemma pair_quotients (c M S h u v m s : F) : M * m = 1 -> S * s = 1 ->
  c * (m * s) * (h * (M ^+ 2 * u + S ^+ 2 * v)) =
  c * M * (h * s) * u + c * S * (h * m) * v.
Proof.
move=> eM eS; transitivity (M * m * (c * M * (h * s) * u) + S * s * (c * S * (h * m) * v)).
  by mcring F.
by rewrite eM eS !mul1r.
Qed.

Lemma pair_coincident (T q v x : F) : x * (2%:R * q ^+ 2) = 1 ->
  T * x * ((2%:R * q) ^+ 2 * v) = 2%:R * T * v.
Proof.
move=> e; transitivity (x * (2%:R * q ^+ 2) * (2%:R * T * v)); first by mcring F.
by rewrite e mul1r.
Qed.

End Pair.

Section MetricFrame.

Variables (F : realFieldType) (d N : nat) (U V : 'M[F]_d) (t : 'I_d -> F).
Hypotheses (N0 : (0 < N)%N) (oU : orthogonal U) (oV : orthogonal V) (t0 : forall i, 0 < t i).

Let sigma i := t i ^+ N.
Let c i l := N%:R * (t i ^+ 2 - t l ^+ 2).

(** dW is the derivative of (U + s U a) (Sigma + s D) (V + s V b)^T. *)
Theorem metric_svd_frame (D a b dW : 'M[F]_d) :
  D = Diag (fun i => D i i) -> skew_mx a -> skew_mx b ->
  coef_mx 1 ((map_mx polyC U + 'X *: map_mx polyC (U *m a))
             *m (map_mx polyC (Diag sigma) + 'X *: map_mx polyC D)
             *m (map_mx polyC V + 'X *: map_mx polyC (V *m b))^T) = dW ->
  metric N (root_of U t) (root_of V t) dW dW =
  (\sum_i t i ^+ 2 / sigma i ^+ 2 * D i i ^+ 2)
  + (\sum_(i < d) \sum_(l < d | (i < l)%N)
       c i l * (sigma i - sigma l) / (2%:R * (sigma i + sigma l)) * (a i l + b i l) ^+ 2)
  + \sum_(i < d) \sum_(l < d | (i < l)%N)
      (if sigma i == sigma l then 2%:R * t i ^+ 2
       else c i l * (sigma i + sigma l) / (2%:R * (sigma i - sigma l))) * (a i l - b i l) ^+ 2.
Proof.
move=> eD sa sb <-; rewrite triple_first_order //.
have Nn : N%:R != 0 :> F by rewrite pnatr_eq0 -lt0n.
have lp i l : 0 < lambda N t i l by rewrite lambda_positive // ltW.
have two : 2%:R != 0 :> F by rewrite pnatr_eq0.
have sp i : 0 < sigma i by rewrite exprn_gt0.
have square i : sigma i ^+ 2 = t i ^+ 2 * (t i ^+ 2) ^+ (N - 1).
  by rewrite -exprS subn1 prednK // /sigma -!exprM mulnC.
rewrite metric_diagonal //; last by move=> i l; rewrite gt_eqF.
set Y := a *m _ + D - _.
have -> : U^T *m (U *m Y *m V^T) *m V = Y by rewrite !mulmxA orthogonalT // mul1mx mulmx_orthK.
have YE i l : Y i l = a i l * sigma l + D i l - sigma i * b i l.
  by rewrite mxE [X in X + _ = _]mxE [X in _ + X = _]mxE mul_mx_DiagE mul_DiagE.
have skE (A : 'M[F]_d) i l : skew_mx A -> A l i = - A i l.
  by move=> /matrixP/(_ i l); rewrite !mxE.
have sk0 (A : 'M[F]_d) i : skew_mx A -> A i i = 0.
  by move=> /(skE A i i)/eqP; rewrite -addr_eq0 -mulr2n mulrn_eq0 /= => /eqP.
rewrite sum_pairs -addrA; congr (_ + _).
  apply: eq_bigr => i _; rewrite YE (sk0 a) // (sk0 b) // mul0r mulr0 add0r subr0 -expr2.
  by rewrite lambda_diag // square invfM mulVKf // expf_neq0 // gt_eqF.
rewrite -big_split; apply: eq_bigr => i _; rewrite -big_split; apply: eq_bigr => l il /=.
have D0 : D i l = 0 /\ D l i = 0.
  have ne : (i == l) = false by apply/negbTE; rewrite -(inj_eq val_inj) /= ltn_eqF.
  by split; rewrite eD DiagE ?(eq_sym l) ne mulr0n.
have e1 : Y i l = a i l * sigma l - sigma i * b i l by rewrite YE D0.1 addr0.
have e2 : Y l i = - (a i l * sigma i - sigma l * b i l).
  by rewrite YE D0.2 addr0 (skE a i l) // (skE b i l) // mulNr mulrN opprB addrC opprK.
rewrite (lambdaC N t l) -mulrDr e1 e2 mulrNN.
have e := pair_squares (a i l) (b i l) (sigma i) (sigma l).
case: eqP => [eq|/eqP ne].
  have et : t i = t l.
    by apply/eqP; rewrite -(eqr_expn2 N0) ?ltW //; apply/eqP.
  rewrite /c et subrr mulr0 !mul0r add0r lambda_coincident ?et // -et.
  have -> : 2%:R * t i ^+ 2 * (a i l - b i l) ^+ 2 =
      t i ^+ 2 / (2%:R * sigma i ^+ 2) * ((sigma i + sigma l) ^+ 2 * (a i l - b i l) ^+ 2).
    have -> : sigma i + sigma l = 2%:R * sigma i by rewrite -eq mulr_natl mulr2n.
    by apply/esym/pair_coincident; rewrite mulVf // mulf_neq0 // expf_neq0 // gt_eqF.
  have := e; rewrite -eq subrr expr0n mul0r add0r => <-.
  rewrite mulrA; congr (_ * _); rewrite square [2%:R * _]mulrC invfM mulrA divfK //.
  by rewrite invfM mulVKf // expf_neq0 // gt_eqF.
have neM : sigma i - sigma l != 0 by rewrite subr_eq0.
have neS : sigma i + sigma l != 0 by rewrite gt_eqF // addr_gt0.
have net : t i ^+ 2 - t l ^+ 2 != 0.
  rewrite subr_eq0 eqr_expn2 ?ltW //; apply: contra ne => /eqP et; by rewrite /sigma et.
have -> : (lambda N t i l)^-1 = c i l * ((sigma i - sigma l)^-1 * (sigma i + sigma l)^-1).
  have ld := @lambda_difference _ _ N t i l Nn; rewrite -/(sigma i) -/(sigma l) [in RHS]subr_sqr in ld.
  rewrite -invfM -ld /c [N%:R * lambda N t i l * _]mulrAC; move: (lambda N t i l) => lam.
  by rewrite [(_ * lam)^-1]invfM mulVKf // mulf_neq0.
move/(congr1 (fun z => 2%:R^-1 * z)): e; rewrite mulKf // => ->.
rewrite (pair_quotients _ _ _ _ (mulfV neM) (mulfV neS)).
by rewrite !invfM.
Qed.

End MetricFrame.
