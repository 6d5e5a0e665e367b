(** * The limit of infinite depth                                (infinite-depth)

    At W = U diag(sigma) V^T, with the depth N tending to infinity:
      lambda_il(N) -> the logarithmic mean of sigma_i^2 and sigma_l^2, which is
        (sigma_i^2 - sigma_l^2) / (log sigma_i^2 - log sigma_l^2), and sigma_i^2
        where the two are equal;
      A_{N,W}(Z) -> A_inf(Z) = int_0^1 (W W^T)^(1-s) Z (W^T W)^s ds, which is
        diagonal in the bases of singular vectors with the logarithmic means;
      the volume form of Theorem 1.1 -> prod_i 1/sigma_i van(log sigma^2), with an
        error of at most C/N.
    Singular values may coincide.  R is Coq's field of real numbers. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import Rstruct.
From Coquelicot Require Import Coquelicot.
From DLN Require Import Basics GeometricSum Pairs Operator Metric Jacobian VolumeForm.
From DLN Require Import Exponential.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope R_scope with coqR.
Local Open Scope ring_scope.

(** sigma^(1/N) *)
Definition nroot (s : R) (N : nat) : R := Rpower s (/ INR N)%coqR.

Lemma nroot_gt0 s N : 0 < nroot s N.
Proof. by apply/RltP; apply: exp_pos. Qed.

Lemma nroot_pow s N : (0 < N)%N -> 0 < s -> nroot s N ^+ N = s.
Proof.
move=> N0 /RltP s0; rewrite -RpowE /nroot -Rpower_pow; last exact: exp_pos.
rewrite Rpower_mult Rinv_l ?Rpower_1 //.
by apply: not_0_INR => e; rewrite e in N0.
Qed.

Lemma nroot_sqr s N : nroot s N ^+ 2 = Rpower s (2 / INR N)%coqR.
Proof.
rewrite -RpowE -Rpower_pow; last exact: exp_pos.
by rewrite Rpower_mult /Rdiv [X in Rpower _ X]Rmult_comm.
Qed.

Lemma nroot_le s r N : (0 < N)%N -> 0 < s -> s <= r -> nroot s N <= nroot r N.
Proof.
move=> N0 s0 sr; have r0 := lt_le_trans s0 sr.
rewrite -(@ler_pexpn2r _ N) // ?nnegrE; try by rewrite ltW ?nroot_gt0.
by rewrite !nroot_pow.
Qed.

(** Limits of finite products. *)
Lemma is_lim_seq_prod (I : Type) (r : seq I) (P : pred I) (f : nat -> I -> R) (l : I -> R) :
  (forall i, P i -> is_lim_seq (f^~ i) (l i)) ->
  is_lim_seq (fun N => \prod_(i <- r | P i) f N i) (\prod_(i <- r | P i) l i).
Proof.
move=> h; elim: r => [|i r IH].
  apply: (is_lim_seq_ext (fun=> 1)); last by rewrite big_nil; apply: is_lim_seq_const.
  by move=> n; rewrite big_nil.
apply: (is_lim_seq_ext (fun N => if P i then f N i * \prod_(j <- r | P j) f N j
                                 else \prod_(j <- r | P j) f N j)).
  by move=> n; rewrite big_cons.
rewrite big_cons; case: (boolP (P i)) => [Pi|_]; last exact: IH.
by apply: is_lim_seq_mult'; [apply: h | apply: IH].
Qed.

(** Every pair: N (t_i^2 - t_l^2) -> log sigma_i^2 - log sigma_l^2. *)
Lemma pair_limit_t (s r : R) : 0 < s -> 0 < r ->
  is_lim_seq (fun N => N%:R * (nroot s N ^+ 2 - nroot r N ^+ 2))
             (ln (s ^+ 2) - ln (r ^+ 2)).
Proof.
move=> /RltP s0 /RltP r0; rewrite -!RpowE.
apply: is_lim_seq_ext (pair_limit _ _ s0 r0) => N.
by rewrite !nroot_sqr INRE.
Qed.

(** 1/t^(N-1) -> 1/sigma *)
Lemma root_limit (s : R) : 0 < s ->
  is_lim_seq (fun N => nroot s N ^- (N - 1)) (s^-1).
Proof.
move=> s0; have s0' := RltP _ _ s0.
apply: (@is_lim_seq_ext_loc (fun N => exp (ln s / INR N)%coqR * s^-1)).
  exists 1%N => N /ssrnat.leP N0.
  have e : exp (ln s / INR N)%coqR = nroot s N.
    by rewrite /nroot /Rpower; congr exp; rewrite /Rdiv Rmult_comm.
  rewrite e; have h := nroot_pow N0 s0; have p := nroot_gt0 s N.
  rewrite -{2}h; case: N N0 h p {e} => // n _ _ p.
  by rewrite subn1 /= exprS invfM mulVKf // gt_eqF.
rewrite -[X in is_lim_seq _ (Finite X)]mul1r; apply: is_lim_seq_mult'; last exact: is_lim_seq_const.
have -> : (1 : R) = exp 0 by rewrite exp_0.
apply: (is_lim_seq_continuous exp (fun n => (ln s / INR n)%coqR) 0%coqR).
  exact: derivable_continuous_pt (derivable_pt_exp _).
exact: is_lim_seq_inv_INR.
Qed.

(** ** The operator *)

(** The logarithmic mean of p and q. *)
Definition log_mean (p q : R) : R := if p == q then p else (p - q) / (ln p - ln q).

Theorem lambda_limit d (s : 'I_d -> R) (i l : 'I_d) : (forall i, 0 < s i) ->
  is_lim_seq (fun N => lambda N (fun i => nroot (s i) N) i l)
    (log_mean (s i ^+ 2) (s l ^+ 2)).
Proof.
move=> s0; rewrite /log_mean; case: eqVneq => [e|ne].
  have {}e : s i = s l by apply/eqP; rewrite -(@eqr_expn2 _ 2) ?ltW // e.
  have s2 : (s i)^-1 * (s i)^-1 != 0 by rewrite mulf_neq0 // invr_eq0 gt_eqF.
  have -> : s i ^+ 2 = Rinv ((s i)^-1 * (s i)^-1) by rewrite RinvE // invfM !invrK.
  apply: (@is_lim_seq_ext_loc (fun N => Rinv (nroot (s i) N ^- (N - 1) * nroot (s i) N ^- (N - 1)))).
    exists 1%N => N /ssrnat.leP N0; have p : nroot (s i) N != 0 by rewrite gt_eqF ?nroot_gt0.
    rewrite lambda_coincident ?e // ?pnatr_eq0 -?lt0n // -e.
    by rewrite RinvE ?mulf_neq0 ?invr_eq0 ?expf_neq0 // invfM !invrK exprAC expr2.
  apply: (is_lim_seq_inv _ (Finite ((s i)^-1 * (s i)^-1))); last by case; apply/eqP.
  by apply: is_lim_seq_mult'; apply: root_limit.
have lnne : ln (s i ^+ 2) - ln (s l ^+ 2) != 0.
  rewrite subr_eq0; apply: contra ne => /eqP e; apply/eqP.
  exact: ln_inv (RltP _ _ (exprn_gt0 2 (s0 i))) (RltP _ _ (exprn_gt0 2 (s0 l))) e.
rewrite -RdivE //.
apply: (@is_lim_seq_ext_loc (fun N => Rdiv (s i ^+ 2 - s l ^+ 2)
   (N%:R * (nroot (s i) N ^+ 2 - nroot (s l) N ^+ 2)))); last first.
  by apply: is_lim_seq_div'; [exact: is_lim_seq_const | exact: pair_limit_t | exact/eqP].
exists 1%N => N /ssrnat.leP N0.
have ne2 : nroot (s i) N ^+ 2 != nroot (s l) N ^+ 2.
  apply: contra ne => e; apply/eqP; congr (_ ^+ 2).
  have h : nroot (s i) N = nroot (s l) N.
    by apply/eqP; rewrite -(@eqr_expn2 _ 2) // ltW ?nroot_gt0.
  by rewrite -(nroot_pow N0 (s0 i)) h nroot_pow.
rewrite lambda_closed_form ?nroot_pow // RdivE ?invfM 1?mulrCA //.
by rewrite mulf_neq0 ?subr_eq0 // pnatr_eq0 -lt0n.
Qed.

Lemma is_RInt_sum (I : Type) (r : seq I) (P : pred I) (f : I -> R -> R) (l : I -> R) a b :
  (forall i, P i -> is_RInt (f i) a b (l i)) ->
  is_RInt (fun s => \sum_(i <- r | P i) f i s) a b (\sum_(i <- r | P i) l i).
Proof.
move=> h; elim: r => [|i r IH].
  rewrite big_nil; apply: (@is_RInt_ext _ (fun=> 0 : R)).
    by move=> s _; rewrite big_nil.
  have e : @scal R_AbsRing R_NormedModule (b - a)%coqR 0 = 0 by exact: Rmult_0_r.
  rewrite -[X in is_RInt _ _ _ X]e; exact: is_RInt_const.
apply: (@is_RInt_ext _ (fun s => if P i then f i s + \sum_(j <- r | P j) f j s
                                     else \sum_(j <- r | P j) f j s)).
  by move=> s _; rewrite big_cons.
rewrite big_cons; case: (boolP (P i)) => [Pi|_]; last exact: IH.
exact: (@is_RInt_plus R_NormedModule (f i) _ a b (l i) _ (h i Pi) IH).
Qed.

Lemma log_mean_is_RInt p q : 0 < p -> 0 < q ->
  is_RInt (fun s => Rpower p (1 - s)%coqR * Rpower q s) 0 1 (log_mean p q).
Proof.
move=> p0 q0; rewrite /log_mean; case: (eqVneq p q) => [<-|ne].
  by apply: diagonal_integral; apply/RltP.
rewrite -RdivE.
  by apply: log_mean_integral; [exact/RltP | exact/RltP | exact/eqP].
rewrite subr_eq0; apply: contra ne => /eqP e; apply/eqP.
by apply: ln_inv e; apply/RltP.
Qed.

(** A_inf(Z) = int_0^1 (W W^T)^(1-s) Z (W^T W)^s ds, entry by entry, is diagonal in the
    bases of singular vectors, with the logarithmic means of the sigma_i^2. *)
Theorem A_inf_integral d (U V Z : 'M[R]_d) (p : 'I_d -> R) i l :
  orthogonal U -> orthogonal V -> (forall k, 0 < p k) ->
  is_RInt (fun s => ((U *m Diag (fun k => Rpower (p k) (1 - s)%coqR) *m U^T) *m Z *m
                     (V *m Diag (fun k => Rpower (p k) s) *m V^T)) i l) 0 1
    (twist U V (entrywise (fun a b => log_mean (p a) (p b)) (U^T *m Z *m V)) i l).
Proof.
move=> oU oV p0; pose Y := U^T *m Z *m V.
apply: (@is_RInt_ext _ (fun s => \sum_b (\sum_a (U i a * Y a b * V l b) *
    (Rpower (p a) (1 - s)%coqR * Rpower (p b) s)))).
  move=> s _; set D1 := Diag _; set D2 := Diag _.
  have -> : U *m D1 *m U^T *m Z *m (V *m D2 *m V^T) = twist U V (D1 *m Y *m D2).
    by rewrite /twist /Y !mulmxA.
  rewrite /twist mxE; apply: eq_bigr => b _; rewrite [in RHS]mxE big_distrl /=.
  apply: eq_bigr => a _; rewrite [V^T b l]mxE /D2 mul_mx_DiagE /D1 mul_DiagE.
  move: (U i a) (Y a b) (V l b) (Rpower _ _) (Rpower _ _) => u y v z x.
  change (@eq R (u * y * v * (x * z))%coqR (u * (x * y * z) * v)%coqR); ring.
have -> : twist U V (entrywise (fun a b => log_mean (p a) (p b)) Y) i l =
   \sum_b (\sum_a (U i a * Y a b * V l b) * log_mean (p a) (p b)).
  rewrite /twist mxE; apply: eq_bigr => b _; rewrite mxE big_distrl /=.
  by apply: eq_bigr => a _; rewrite !mxE -!mulrA; congr (_ * _); rewrite mulrC -mulrA.
apply: (@is_RInt_sum _ _ _ (fun b s => \sum_a (U i a * Y a b * V l b) *
    (Rpower (p a) (1 - s)%coqR * Rpower (p b) s))) => b _.
apply: (@is_RInt_sum _ _ _ (fun a s => (U i a * Y a b * V l b) *
    (Rpower (p a) (1 - s)%coqR * Rpower (p b) s))) => a _.
exact: (@is_RInt_scal R_NormedModule _ 0 1 (U i a * Y a b * V l b) _ (log_mean_is_RInt (p0 a) (p0 b))).
Qed.

(** A_{N,W}(Z) -> A_inf(Z), entry by entry. *)
Lemma is_lim_seq_sum (I : Type) (r : seq I) (P : pred I) (f : nat -> I -> R) (l : I -> R) :
  (forall i, P i -> is_lim_seq (f^~ i) (l i)) ->
  is_lim_seq (fun N => \sum_(i <- r | P i) f N i) (\sum_(i <- r | P i) l i).
Proof.
move=> h; elim: r => [|i r IH].
  apply: (is_lim_seq_ext (fun=> 0)); last by rewrite big_nil; apply: is_lim_seq_const.
  by move=> n; rewrite big_nil.
apply: (is_lim_seq_ext (fun N => if P i then f N i + \sum_(j <- r | P j) f N j
                                 else \sum_(j <- r | P j) f N j)).
  by move=> n; rewrite big_cons.
rewrite big_cons; case: (boolP (P i)) => [Pi|_]; last exact: IH.
by apply: is_lim_seq_plus'; [apply: h | apply: IH].
Qed.

Theorem operator_limit d (U V Z : 'M[R]_d) (s : 'I_d -> R) i l :
  orthogonal U -> orthogonal V -> (forall k, 0 < s k) ->
  is_lim_seq (fun N => Op N (root_of U (fun k => nroot (s k) N))
                            (root_of V (fun k => nroot (s k) N)) Z i l)
    (twist U V (entrywise (fun a b => log_mean (s a ^+ 2) (s b ^+ 2)) (U^T *m Z *m V)) i l).
Proof.
move=> oU oV s0; pose Y := U^T *m Z *m V.
have E (c : 'I_d -> 'I_d -> R) : twist U V (entrywise c Y) i l =
    \sum_b \sum_a (U i a * Y a b * V l b) * c a b.
  rewrite /twist mxE; apply: eq_bigr => b _; rewrite mxE big_distrl /=.
  by apply: eq_bigr => a _; rewrite !mxE -!mulrA; congr (_ * _); rewrite mulrC -mulrA.
apply: (is_lim_seq_ext (fun N => \sum_b \sum_a (U i a * Y a b * V l b) *
    lambda N (fun k => nroot (s k) N) a b)).
  move=> N; rewrite -E -Op_twist //; congr (Op _ _ _ _ i l).
  by rewrite -[RHS](twistKV oU oV) /twist trmxK.
rewrite E; apply: is_lim_seq_sum => b _; apply: is_lim_seq_sum => a _.
by apply: is_lim_seq_mult'; [exact: is_lim_seq_const | apply: lambda_limit].
Qed.

(** ** The volume form *)

Theorem volume_form_limit d (U V : 'M[R]_d) (s : 'I_d -> R) :
  orthogonal U -> orthogonal V -> (forall i, 0 < s i) ->
  (forall i l : 'I_d, (i < l)%N -> s l <= s i) ->
  is_lim_seq (fun N => Num.sqrt (\det (svd_gram N U V (fun i => nroot (s i) N))))
    ((\prod_(i < d) (s i)^-1) *
     \prod_(i < d) \prod_(l < d | (i < l)%N) (ln (s i ^+ 2) - ln (s l ^+ 2))).
Proof.
move=> oU oV s0 dec.
apply: (@is_lim_seq_ext_loc (fun N => (\prod_(i < d) nroot (s i) N ^- (N - 1)) *
   \prod_(i < d) \prod_(l < d | (i < l)%N) (N%:R * (nroot (s i) N ^+ 2 - nroot (s l) N ^+ 2)))).
  exists 1%N => N /ssrnat.leP N0; rewrite volume_form //.
  - rewrite mulrAC mulrC; congr (_ * _).
    rewrite -prod_pairs_const /van -big_split /=; apply: eq_bigr => i _.
    by rewrite -big_split.
  - by move=> i; apply: nroot_gt0.
  - by move=> i l il; apply: nroot_le => //; apply: dec.
apply: is_lim_seq_mult'; first by apply: is_lim_seq_prod => i _; apply: root_limit.
apply: is_lim_seq_prod => i _; apply: is_lim_seq_prod => l _; exact: pair_limit_t.
Qed.

(** The rate O(1/N). *)
Definition rate (f : nat -> R) (l : R) : Prop :=
  exists C : R, forall N, (0 < N)%N -> `|f N - l| <= C / N%:R.
Arguments rate f%function_scope l%ring_scope.

Lemma rate_const c : rate (fun=> c) c.
Proof. by exists 0 => N _; rewrite subrr normr0 mul0r. Qed.

Lemma rate_mul f g l m : rate f l -> rate g m -> rate (fun N => f N * g N) (l * m).
Proof.
move=> [C hC] [D hD]; exists (`|C| * (`|m| + `|D|) + `|l| * `|D|) => N N0.
have N1 : 1 <= N%:R :> R by rewrite ler1n.
have i0 : 0 <= N%:R^-1 :> R by rewrite invr_ge0 ler0n.
have i1 : N%:R^-1 <= 1 :> R by rewrite invf_le1 // (lt_le_trans ltr01).
have hf : `|f N - l| <= `|C| / N%:R.
  by apply: le_trans (hC N N0) _; rewrite ler_wpmul2r // ler_norm.
have hg : `|g N - m| <= `|D| / N%:R.
  by apply: le_trans (hD N N0) _; rewrite ler_wpmul2r // ler_norm.
have gb : `|g N| <= `|m| + `|D|.
  rewrite -[g N](subrK m) addrC; apply: le_trans (ler_norm_add _ _) _.
  rewrite ler_add2l; apply: le_trans hg _.
  by rewrite ler_pimulr.
have -> : f N * g N - l * m = (f N - l) * g N + l * (g N - m).
  by rewrite mulrBl mulrBr addrA subrK.
apply: le_trans (ler_norm_add _ _) _; rewrite !normrM mulrDl.
apply: ler_add; last by rewrite -mulrA ler_wpmul2l.
by rewrite mulrAC; apply: ler_pmul.
Qed.

Lemma rate_prod (I : Type) (r : seq I) (P : pred I) (f : nat -> I -> R) (l : I -> R) :
  (forall i, P i -> rate (f^~ i) (l i)) ->
  rate (fun N => \prod_(i <- r | P i) f N i) (\prod_(i <- r | P i) l i).
Proof.
move=> h; elim: r => [|i r IH].
  by exists 0 => N _; rewrite !big_nil subrr normr0 mul0r.
rewrite big_cons; case: (boolP (P i)) => [Pi|nPi].
  have [D hD] := rate_mul (h i Pi) IH.
  by exists D => N N0; rewrite big_cons Pi; exact: hD.
by have [C hC] := IH; exists C => N N0; rewrite big_cons (negPf nPi); exact: hC.
Qed.

Lemma pair_rate_t (s r : R) : 0 < s -> 0 < r ->
  rate (fun N => N%:R * (nroot s N ^+ 2 - nroot r N ^+ 2)) (ln (s ^+ 2) - ln (r ^+ 2)).
Proof.
move=> /RltP s0 /RltP r0.
exists ((2 * ln s) ^ 2 * exp (Rabs (2 * ln s)) + (2 * ln r) ^ 2 * exp (Rabs (2 * ln r)))%coqR => N N0.
have := @pair_rate s r N s0 r0 (ssrnat.ltP N0) => /RleP.
rewrite [X in _ <= X]RdivE; last by rewrite INRE pnatr_eq0 -lt0n.
by rewrite -INRE !nroot_sqr -!RpowE; apply.
Qed.

Lemma root_rate (s : R) : 0 < s -> rate (fun N => nroot s N ^- (N - 1)) (s^-1).
Proof.
move=> s0; pose y := ln s.
have [C hC] : rate (fun N => nroot s N) 1.
  pose B : R := (y ^ 2 * exp (Rabs y))%coqR; exists (B + `|y|) => N N0.
  have B0 : 0 <= B by apply/RleP; apply: Rmult_le_pos; [apply: pow2_ge_0 | left; apply: exp_pos].
  have Np : 0 < N%:R :> R by rewrite ltr0n.
  have e : nroot s N = exp (y / INR N)%coqR.
    by rewrite /nroot /Rpower; congr exp; rewrite /Rdiv Rmult_comm.
  have := @exp_rate y N (ssrnat.ltP N0) => /RleP.
  rewrite -e [X in _ <= X]RdivE; last by rewrite INRE gt_eqF.
  rewrite INRE -/B => h.
  rewrite -(ler_pmul2l Np) [X in _ <= X]mulrC mulfVK ?gt_eqF //.
  rewrite -{1}[N%:R]gtr0_norm // -normrM.
  rewrite -[_ * _](subrK y); apply: le_trans (ler_norm_add _ _) _.
  rewrite ler_add2r; apply: le_trans h _.
  by rewrite ler_pimulr ?invf_le1 ?ler1n.
exists (C * s^-1) => N N0; have h := nroot_pow N0 s0; have p := nroot_gt0 s N.
have -> : nroot s N ^- (N - 1) = nroot s N * s^-1.
  have -> : s^-1 = (nroot s N ^+ N)^-1 by rewrite h.
  case: N N0 {h} p => // n _ p.
  by rewrite subn1 /= exprS invfM mulVKf // gt_eqF.
rewrite -{2}[s^-1]mul1r -mulrBl normrM [`|s^-1|]gtr0_norm ?invr_gt0 //.
rewrite [X in _ <= X]mulrAC; apply: ler_wpmul2r; last exact: hC.
by rewrite invr_ge0 ltW.
Qed.

Theorem volume_form_rate d (U V : 'M[R]_d) (s : 'I_d -> R) :
  orthogonal U -> orthogonal V -> (forall i, 0 < s i) ->
  (forall i l : 'I_d, (i < l)%N -> s l <= s i) ->
  exists C : R, forall N, (0 < N)%N ->
  `|Num.sqrt (\det (svd_gram N U V (fun i => nroot (s i) N))) -
    (\prod_(i < d) (s i)^-1) *
     \prod_(i < d) \prod_(l < d | (i < l)%N) (ln (s i ^+ 2) - ln (s l ^+ 2))| <= C / N%:R.
Proof.
move=> oU oV s0 dec.
have [C hC] : rate (fun N => (\prod_(i < d) nroot (s i) N ^- (N - 1)) *
     \prod_(i < d) \prod_(l < d | (i < l)%N) (N%:R * (nroot (s i) N ^+ 2 - nroot (s l) N ^+ 2)))
   ((\prod_(i < d) (s i)^-1) *
     \prod_(i < d) \prod_(l < d | (i < l)%N) (ln (s i ^+ 2) - ln (s l ^+ 2))).
  apply: rate_mul; first by apply: rate_prod => i _; apply: root_rate.
  by apply: rate_prod => i _; apply: rate_prod => l _; apply: pair_rate_t.
exists C => N N0; apply: le_trans _ (hC N N0); rewrite volume_form //.
- rewrite le_eqVlt; apply/orP; left; apply/eqP; congr `|_ - _|; rewrite mulrAC mulrC; congr (_ * _).
  rewrite -prod_pairs_const /van -big_split /=; apply: eq_bigr => i _.
  by rewrite -big_split.
- by move=> i; apply: nroot_gt0.
- by move=> i l il; apply: nroot_le => //; apply: dec.
Qed.
