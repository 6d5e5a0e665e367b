(** * Products over pairs, and the algebra of Theorem 1.1
                                          (metric-diagonalization, volume-form)

    CMV2023: det g^N = prod_{i,l} 1/lambda_il, where (i,l) runs over all ordered
    pairs, and with the Jacobian van(Sigma^2) of the singular value
    decomposition

      sqrt(prod_{i,l} 1/lambda_il) van(Sigma^2)
        = N^(d(d-1)/2) det(Sigma^2)^((1-N)/(2N)) van(Sigma^(2/N)).

    Here det(Sigma^2)^((1-N)/(2N)) = prod_i sigma_i^((1-N)/N) = prod_i t_i^(1-N).
    The squared statement holds over any field, the one with the square root
    over any real closed field.  Singular values may coincide.  That these
    products are the determinants they stand for is proved in VolumeForm.v. *)


From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Field.

Variables (F : fieldType) (d N : nat) (t : 'I_d -> F).

Theorem prod_lambda :
  \prod_(i < d) \prod_(l < d) lambda N t i l =
  (\prod_(i < d) lambda N t i i) *
  \prod_(i < d) \prod_(l < d | (i < l)%N) lambda N t i l ^+ 2.
Proof.
rewrite prod_pairs; congr (_ * _); apply: eq_bigr => i _; apply: eq_bigr => l _.
by rewrite [lambda N t l i]lambdaC expr2.
Qed.

(** van(Sigma^2), pair by pair. *)
Lemma van_lambda : N%:R != 0 :> F ->
  van (fun i => (t i ^+ N) ^+ 2) =
  N%:R ^+ (d * d.-1)./2
  * (\prod_(i < d) \prod_(l < d | (i < l)%N) lambda N t i l)
  * van (fun i => t i ^+ 2).
Proof.
move=> N0; rewrite -prod_pairs_const /van -!big_split /=; apply: eq_bigr => i _.
by rewrite -!big_split /=; apply: eq_bigr => l _; rewrite lambda_difference.
Qed.

Theorem volume_algebra_squared :
  N%:R != 0 :> F -> (forall i l, lambda N t i l != 0) ->
  (\prod_(i < d) \prod_(l < d) (lambda N t i l)^-1)
  * van (fun i => (t i ^+ N) ^+ 2) ^+ 2
  = (N%:R ^+ (d * d.-1)./2 * (\prod_(i < d) t i ^- (N - 1))
     * van (fun i => t i ^+ 2)) ^+ 2.
Proof.
move=> N0 l0; rewrite van_lambda //.
rewrite (eq_bigr _ (fun i _ => prodfV _ _ _)) prodfV prod_lambda.
have -> : \prod_(i < d) lambda N t i i = (\prod_(i < d) t i ^+ (N - 1)) ^+ 2.
  rewrite -prodrXl; apply: eq_bigr => i _.
  by rewrite lambda_diag // -!exprM mulnC.
have -> : \prod_(i < d) \prod_(l < d | (i < l)%N) lambda N t i l ^+ 2 =
          (\prod_(i < d) \prod_(l < d | (i < l)%N) lambda N t i l) ^+ 2.
  by rewrite -prodrXl; apply: eq_bigr => i _; rewrite -prodrXl.
rewrite prodfV; set L := \prod_i \prod_(l | _) _.
have L0 : L != 0.
  by apply/prodf_neq0 => i _; apply/prodf_neq0 => l _; apply: l0.
set a := \prod_(i < d) t i ^+ (N - 1); set v := van _; set c := _ ^+ (_./2).
rewrite -/a invfM -!exprVn -!exprMn; congr (_ ^+ 2).
by rewrite [c * L]mulrC -[L * c * v]mulrA -[a^-1 * _ * _]mulrA mulKf // mulrCA mulrA.
Qed.

End Field.

Section RealClosed.

Variables (R : rcfType) (d N : nat) (t : 'I_d -> R).

Lemma van_ge0 (x : 'I_d -> R) :
  (forall i l : 'I_d, (i < l)%N -> x l <= x i) -> 0 <= van x.
Proof.
move=> dec; apply: prodr_ge0 => i _; apply: prodr_ge0 => l il.
by rewrite subr_ge0 dec.
Qed.

Theorem volume_algebra :
  (0 < N)%N -> (forall i, 0 < t i) ->
  (forall i l : 'I_d, (i < l)%N -> t l <= t i) ->
  Num.sqrt (\prod_(i < d) \prod_(l < d) (lambda N t i l)^-1)
  * van (fun i => (t i ^+ N) ^+ 2)
  = N%:R ^+ (d * d.-1)./2 * (\prod_(i < d) t i ^- (N - 1))
    * van (fun i => t i ^+ 2).
Proof.
move=> N0 t0 dec.
have dec2 (i l : 'I_d) : (i < l)%N -> t l ^+ 2 <= t i ^+ 2.
  by move=> il; rewrite ler_expn2r ?nnegrE ?dec // ltW.
have decN (i l : 'I_d) : (i < l)%N -> (t l ^+ N) ^+ 2 <= (t i ^+ N) ^+ 2.
  by move=> il; rewrite -!exprM ![(N * 2)%N]mulnC !exprM
                        ler_expn2r ?nnegrE ?sqr_ge0 ?dec2.
apply: (@pexpIrn _ 2) => //.
- by rewrite nnegrE mulr_ge0 ?sqrtr_ge0 ?van_ge0.
- rewrite nnegrE mulr_ge0 ?van_ge0 ?mulr_ge0 ?exprn_ge0 ?ler0n //.
  by apply: prodr_ge0 => i _; rewrite invr_ge0 exprn_ge0 // ltW.
rewrite exprMn sqr_sqrtr; last first.
  by apply: prodr_ge0 => i _; apply: prodr_ge0 => l _; rewrite invr_ge0 lambda_ge0.
apply: volume_algebra_squared; first by rewrite pnatr_eq0 -lt0n.
by move=> i l; rewrite gt_eqF // lambda_positive // ltW.
Qed.

End RealClosed.
