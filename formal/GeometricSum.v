(** * The geometric sum and the eigenvalues lambda_il      (operator-spectrum)

    Lemma 2.4 of CMV2023: the eigenvalues of A_{N,W} are

      lambda_il = (1/N) sum_{j=1}^N (sigma_i^2)^((N-j)/N) (sigma_l^2)^((j-1)/N)
                = (1/N) (sigma_i^2 - sigma_l^2) / (sigma_i^(2/N) - sigma_l^(2/N))
                                                        when sigma_i <> sigma_l,
                = (sigma_i^2)^((N-1)/N)                 when sigma_i = sigma_l.

    With sigma_i = t_i^N this is the geometric sum in a = t_i^2, b = t_l^2. *)


From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** geom N a b = sum_{j=1}^N a^(N-j) b^(j-1) *)
Definition geom (R : comRingType) (N : nat) (a b : R) : R :=
  \sum_(1 <= j < N.+1) a ^+ (N - j) * b ^+ (j - 1).

(** lambda N t i l is the eigenvalue lambda_il for sigma_i = t_i^N. *)
Definition lambda (F : fieldType) (d N : nat) (t : 'I_d -> F) (i l : 'I_d) : F :=
  N%:R^-1 * geom N (t i ^+ 2) (t l ^+ 2).

Section CommutativeRing.

Variable R : comRingType.
Implicit Types a b : R.

Lemma geom_ord N a b : geom N a b = \sum_(j < N) a ^+ (N.-1 - j) * b ^+ j.
Proof.
rewrite /geom big_add1 big_mkord; apply: eq_bigr => j _.
by rewrite subn1 /= -subn1 -subnDA add1n.
Qed.

Theorem geometric_sum N a b :
  (a - b) * geom N a b = a ^+ N - b ^+ N.
Proof. by rewrite geom_ord subrXX. Qed.

Theorem geometric_sum_diagonal N a :
  geom N a a = a ^+ (N - 1) *+ N.
Proof.
rewrite geom_ord (eq_bigr (fun=> a ^+ (N - 1))).
  by rewrite sumr_const card_ord.
case: N => [[]//|n] j _; rewrite -exprD subnK ?subn1 //.
by rewrite -ltnS.
Qed.

Lemma geomC N a b : geom N a b = geom N b a.
Proof.
rewrite !geom_ord (reindex_inj rev_ord_inj) /=; apply: eq_bigr => j _.
rewrite mulrC; case: N j => [[]//|n] j; rewrite subSS.
by congr (_ * _ ^+ _); rewrite /= subKn // -ltnS.
Qed.

Lemma geom0 a b : geom 0 a b = 0.
Proof. by rewrite geom_ord big_ord0. Qed.

Lemma geom1 a b : geom 1 a b = 1.
Proof. by rewrite geom_ord big_ord1 mulr1. Qed.

(** One of the two arguments is zero: the rank-deficient case. *)
Lemma geom_zero N a : (0 < N)%N -> geom N a 0 = a ^+ (N - 1).
Proof.
case: N => // N _; rewrite geom_ord big_ord_recl subn0 mulr1 subn1 /=.
by rewrite big1 ?addr0 // => j _; rewrite /bump add1n exprS mul0r mulr0.
Qed.

End CommutativeRing.

Section Field.

Variables (F : fieldType) (d N : nat) (t : 'I_d -> F).
Implicit Types i l : 'I_d.

(** The closed form for sigma_i <> sigma_l (a difference that is not zero). *)
Theorem lambda_closed_form i l : t i ^+ 2 != t l ^+ 2 ->
  lambda N t i l =
  N%:R^-1 * (((t i ^+ N) ^+ 2 - (t l ^+ N) ^+ 2) / (t i ^+ 2 - t l ^+ 2)).
Proof.
move=> ne; have ne0 : t i ^+ 2 - t l ^+ 2 != 0 by rewrite subr_eq0.
rewrite /lambda -!exprM ![(N * 2)%N]mulnC !exprM -geometric_sum.
by rewrite mulrAC mulfV ?mul1r.
Qed.

(** The same identity without a division: it also holds when sigma_i = sigma_l. *)
Theorem lambda_difference i l : N%:R != 0 :> F ->
  N%:R * lambda N t i l * (t i ^+ 2 - t l ^+ 2) = (t i ^+ N) ^+ 2 - (t l ^+ N) ^+ 2.
Proof.
move=> N0; rewrite /lambda mulVKf // mulrC geometric_sum.
by rewrite -!exprM !(mulnC 2%N).
Qed.

(** The closed form for sigma_i = sigma_l. *)
Theorem lambda_coincident i l : N%:R != 0 :> F -> t i ^+ 2 = t l ^+ 2 ->
  lambda N t i l = (t i ^+ 2) ^+ (N - 1).
Proof.
move=> N0 e; rewrite /lambda -e geometric_sum_diagonal -[X in _ * X]mulr_natl.
by rewrite mulrA mulVf ?mul1r.
Qed.

Lemma lambda_diag i : N%:R != 0 :> F -> lambda N t i i = (t i ^+ 2) ^+ (N - 1).
Proof. by move=> N0; apply: lambda_coincident. Qed.

Lemma lambdaC i l : lambda N t i l = lambda N t l i.
Proof. by rewrite /lambda geomC. Qed.

(** Rank-deficient points: t_l = 0. *)
Theorem lambda_rank_deficient i l : (0 < N)%N -> t l = 0 ->
  lambda N t i l = N%:R^-1 * (t i ^+ 2) ^+ (N - 1).
Proof. by move=> N0 e; rewrite /lambda e expr0n geom_zero. Qed.

Theorem lambda_both_zero i l : (1 < N)%N -> t i = 0 -> t l = 0 ->
  lambda N t i l = 0.
Proof.
case: N => [|[|n]] // _ ei el.
by rewrite /lambda ei el expr0n geom_zero // expr0n subn1 mulr0.
Qed.

End Field.

Section Ordered.

Variables (F : realFieldType) (d N : nat) (t : 'I_d -> F).

Lemma geom_gt0 (a b : F) : (0 < N)%N -> 0 < a -> 0 <= b -> 0 < geom N a b.
Proof.
case: N => // n _ a0 b0; rewrite geom_ord big_ord_recl.
rewrite ltr_spaddl ?mulr1 ?exprn_gt0 //.
by apply: sumr_ge0 => j _; rewrite mulr_ge0 ?exprn_ge0 // ltW.
Qed.

Lemma geom_ge0 (a b : F) : 0 <= a -> 0 <= b -> 0 <= geom N a b.
Proof.
by move=> a0 b0; rewrite geom_ord; apply: sumr_ge0 => j _; rewrite mulr_ge0 ?exprn_ge0.
Qed.

Theorem lambda_positive (i l : 'I_d) :
  (0 < N)%N -> 0 < t i -> 0 <= t l -> 0 < lambda N t i l.
Proof.
move=> N0 ti tl; rewrite /lambda mulr_gt0 ?invr_gt0 ?ltr0n //.
by rewrite geom_gt0 ?exprn_gt0 ?exprn_ge0.
Qed.

Lemma lambda_ge0 (i l : 'I_d) : 0 <= lambda N t i l.
Proof. by rewrite mulr_ge0 ?invr_ge0 ?ler0n ?geom_ge0 ?sqr_ge0. Qed.

End Ordered.
