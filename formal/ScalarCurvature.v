(** * What pairs and triples of singular values add to the scalar curvature
                                                              (scalar-curvature)

    With x_i = sigma_i^(2/N) = t_i^2 and h_k(i,l) = sum_j x_i^(k-j) x_l^(j-1), a pair adds

      kappa_il = 2 (x_i + x_l) sum_{k<N} (N-k) (x_i x_l)^(N-1-k) h_k(i,l)^2 / (N h_N(i,l)^2),

    a triple 4 h_{N-2}(x_i, x_l, x_m) h_{N-1}(x_i x_l, x_l x_m, x_m x_i) over
    h_N(i,l) h_N(l,m) h_N(i,m), to N times the scalar curvature of g^N (that it does is
    measured by the claim, not stated here).  Their closed forms, which divide by differences,
    at different values and at coincidences; their signs; one factor and two. *)

From Coq Require Import Field.
From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum CurvatureSums.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section FieldBridge.

Variable F : fieldType.

Definition br_inv (x : F) : F := x^-1.
Definition br_div (x y : F) : F := br_mul x (br_inv y).

Lemma field_bridge : Field_theory.field_theory (br_zero F) (br_one F)
  (@br_add F) (@br_mul F) (@br_sub F) (@br_opp F) br_div br_inv eq.
Proof.
split=> //; first exact: ring_bridge.
  by apply/eqP; exact: oner_neq0.
by move=> x /eqP x0; exact: mulVf.
Qed.

End FieldBridge.

(** Identities of rational functions, by [field]; what is divided by is among the hypotheses. *)
Ltac mcfield F :=
  rewrite ?(expr0, expr1, exprS, mulrS, mulr0n);
  match goal with |- @eq _ ?x ?y => change (@eq (GRing.ComRing.sort F) x y) end;
  rewrite -?[@GRing.inv _]/(@br_inv F)
          -?[@GRing.add _]/(@br_add F) -?[@GRing.mul _]/(@br_mul F)
          -?[@GRing.opp _]/(@br_opp F) -?[@GRing.zero _]/(@br_zero F)
          -?[@GRing.one _]/(@br_one F);
  field; repeat split; apply/eqP; assumption.

Section Values.

Variable F : fieldType.
Implicit Types a b c : F.

(** kappa_il and kappa_ilm at a = x_i, b = x_l, c = x_m. *)
Definition pair_at N a b : F :=
  2%:R * (a + b) * pair_sum N a b / (N%:R * geom N a b ^+ 2).

Definition triple_at N a b c : F :=
  4%:R * triple_less N a b c * triple_more N a b c / (geom N a b * geom N b c * geom N a c).

(** The share of a pair in what a triple of different values adds; a^N is sigma_i^2. *)
Definition share N a b : F :=
  (a - b) ^+ 2 * (a ^+ N + b ^+ N) / (a ^+ N - b ^+ N).

(** What a triple adds in which sigma_i comes twice, and another value once. *)
Definition twice N a b : F :=
  4%:R * (a ^+ N / a) * (a * a ^+ N - b * b ^+ N) / ((a ^+ N - b ^+ N) ^+ 2 * (a - b))
  - 4%:R * (N%:R + 1) * (a ^+ N / a) * b ^+ N / (a ^+ N - b ^+ N) ^+ 2
  - 4%:R * (a * a ^+ N - b * b ^+ N) / (N%:R * (a ^+ N - b ^+ N) * (a - b) ^+ 2)
  + 4%:R * (N%:R + 1) * b ^+ N / (N%:R * (a ^+ N - b ^+ N) * (a - b)).

End Values.

Section Algebra.

Variables (F : fieldType) (N : nat).
Hypotheses (N0 : (0 < N)%N) (n0 : N%:R != 0 :> F).
Implicit Types a b c : F.
Add Field curvature_field : (field_bridge F).

Let geomE a b : a - b != 0 -> geom N a b = (a ^+ N - b ^+ N) / (a - b).
Proof. by move=> ne; rewrite -geometric_sum mulrAC mulfV ?mul1r. Qed.

Let geomS a : geom N a a = N%:R * a ^+ N.-1.
Proof. by rewrite -{1}(prednK N0) geom_same prednK. Qed.

Let pred_power a : a != 0 -> a ^+ N.-1 = a ^+ N / a.
Proof. by move=> a0; rewrite -{2}(prednK N0) exprS mulrAC mulfV ?mul1r. Qed.

Let quotient (c x y : F) : c != 0 -> c * x = y -> x = y / c.
Proof. by move=> c0 <-; rewrite mulrAC mulfV ?mul1r. Qed.

Lemma pair_apart a b : a != 0 -> b != 0 -> a - b != 0 -> a ^+ N - b ^+ N != 0 ->
  pair_at N a b =
  2%:R * (a + b) * (1 / (N%:R * (a - b) ^+ 2)
                    - N%:R * (a ^+ N * b ^+ N) / (a * b * (a ^+ N - b ^+ N) ^+ 2)).
Proof.
move=> a0 b0 ab pq; rewrite /pair_at.
have := pair_sum_apart N.-1 a b; rewrite prednK // exprMn !pred_power //.
move/(quotient (expf_neq0 4 ab)) => ->; rewrite geomE //.
move: (a ^+ N) (b ^+ N) (N%:R : F) n0 pq => p q n nn pq.
by mcfield F.
Qed.

Lemma pair_same a : a != 0 -> 3%:R != 0 :> F -> 4%:R != 0 :> F ->
  pair_at N a a = (N%:R ^+ 2 - 1) / (3%:R * (N%:R * a)).
Proof.
move=> a0 t0 f0; rewrite /pair_at geomS.
have c0 : 3%:R * 4%:R * a ^+ 2 != 0 by rewrite !mulf_neq0 // expf_neq0.
have := pair_sum_same N.-1 a; rewrite prednK // mulrA -[12%N]/(3 * 4)%N natrM.
move=> /(quotient c0) ->.
have -> : 2%:R * (a + a) = 4%:R * a by mcring F.
move: (a ^+ N.-1) (expf_neq0 N.-1 a0) (N%:R : F) n0 (3%:R : F) t0 (4%:R : F) f0 => p p0 n nn.
by move=> three t0 four f0; mcfield F.
Qed.

Lemma triple_apart a b c : a - b != 0 -> b - c != 0 -> a - c != 0 ->
  a ^+ N - b ^+ N != 0 -> b ^+ N - c ^+ N != 0 -> a ^+ N - c ^+ N != 0 ->
  (a - b) * (b - c) * (c - a) * triple_at N a b c =
  2%:R * share N a b + 2%:R * share N b c + 2%:R * share N c a.
Proof.
move=> ab bc ac pq qr pr; rewrite /triple_at /share.
have D0 : (a - b) * (b - c) * (a - c) != 0 by rewrite !mulf_neq0.
have := less_apart N.-1 a b c; rewrite prednK // => /(quotient D0) ->.
have /(quotient D0) -> := more_apart N a b c.
rewrite !geomE // !exprMn.
have rp : c ^+ N - a ^+ N != 0 by rewrite -opprB oppr_eq0.
move: (a ^+ N) (b ^+ N) (c ^+ N) pq qr pr rp => p q r pq qr pr rp.
by mcfield F.
Qed.

Lemma triple_first_two a c : a != 0 -> a - c != 0 -> a ^+ N - c ^+ N != 0 ->
  triple_at N a a c = twice N a c.
Proof.
move=> a0 ac pr; rewrite /triple_at /twice geomS !geomE //.
have D0 : (a - c) ^+ 2 != 0 by exact: expf_neq0.
have := less_twice N.-1 a c; have := more_twice N.-1 a c.
rewrite prednK // => /(quotient D0) -> /(quotient D0) ->; rewrite !pred_power //.
move: (a ^+ N) (expf_neq0 N a0) (c ^+ N) (N%:R : F) n0 pr => p p0 r n nn pr.
by mcfield F.
Qed.

Lemma triple_last_two a b : b != 0 -> b - a != 0 -> b ^+ N - a ^+ N != 0 ->
  triple_at N a b b = twice N b a.
Proof.
move=> b0 ba qp; rewrite -triple_first_two // /triple_at less_last_two (geomC N a b).
have D0 : (b - a) ^+ 2 != 0 by exact: expf_neq0.
have -> : triple_more N a b b = triple_more N b b a.
  by apply: (mulfI D0); rewrite -(prednK N0) more_last_two more_twice.
by rewrite [geom N b a * _]mulrC.
Qed.

Lemma triple_same a : a != 0 -> 2%:R != 0 :> F ->
  triple_at N a a a = (N%:R ^+ 2 - 1) / (N%:R * a).
Proof.
move=> a0 t0; rewrite /triple_at geomS.
have c0 : 2%:R * a != 0 by rewrite mulf_neq0.
have := less_same N.-1 a; have := more_same N.-1 a.
rewrite prednK // mulrA => /(quotient t0) -> /(quotient c0) ->.
have -> : N.-1%:R = N%:R - 1 :> F by rewrite -{2}(prednK N0) mulrS addrAC subrr add0r.
move: (a ^+ N.-1) (expf_neq0 N.-1 a0) (N%:R : F) n0 => p p0 n nn.
by mcfield F.
Qed.

End Algebra.

Section Curvature.

Variables (F : realFieldType) (d N : nat) (t : 'I_d -> F).
Hypotheses (N0 : (0 < N)%N) (t0 : forall i, 0 < t i).
Implicit Types i l m : 'I_d.

Definition pair_curvature i l : F := pair_at N (t i ^+ 2) (t l ^+ 2).

Definition triple_curvature i l m : F := triple_at N (t i ^+ 2) (t l ^+ 2) (t m ^+ 2).

Let n0 : N%:R != 0 :> F.
Proof. by rewrite pnatr_eq0 -lt0n. Qed.

Let x_gt0 i : 0 < t i ^+ 2.
Proof. exact: exprn_gt0. Qed.

Let x0 i : t i ^+ 2 != 0.
Proof. exact: lt0r_neq0. Qed.

(** What is divided by, of two different values. *)
Let apart i l : t i != t l -> t i ^+ 2 - t l ^+ 2 != 0.
Proof. by move=> ne; rewrite subr_eq0 eqr_expn2 ?ltW. Qed.

Let powers_apart i l : t i != t l -> (t i ^+ 2) ^+ N - (t l ^+ 2) ^+ N != 0.
Proof. by move=> /apart; rewrite !subr_eq0 (eqr_expn2 N0) ?sqr_ge0. Qed.

Theorem curvature_pair i l : t i != t l ->
  pair_curvature i l =
  2%:R * (t i ^+ 2 + t l ^+ 2)
  * (1 / (N%:R * (t i ^+ 2 - t l ^+ 2) ^+ 2)
     - N%:R * ((t i ^+ 2) ^+ N * (t l ^+ 2) ^+ N)
       / (t i ^+ 2 * t l ^+ 2 * ((t i ^+ 2) ^+ N - (t l ^+ 2) ^+ N) ^+ 2)).
Proof. by move=> ne; apply: pair_apart => //; [exact: apart|exact: powers_apart]. Qed.

Theorem curvature_pair_coincident i l : t i = t l ->
  pair_curvature i l = (N%:R ^+ 2 - 1) / (3%:R * (N%:R * t i ^+ 2)).
Proof. by move=> e; rewrite /pair_curvature -e pair_same // pnatr_eq0. Qed.

Theorem curvature_triple i l m : t i != t l -> t l != t m -> t i != t m ->
  (t i ^+ 2 - t l ^+ 2) * (t l ^+ 2 - t m ^+ 2) * (t m ^+ 2 - t i ^+ 2)
    * triple_curvature i l m =
  2%:R * share N (t i ^+ 2) (t l ^+ 2) + 2%:R * share N (t l ^+ 2) (t m ^+ 2)
  + 2%:R * share N (t m ^+ 2) (t i ^+ 2).
Proof.
by move=> il lm im; apply: triple_apart => //; by [exact: apart|exact: powers_apart].
Qed.

Theorem curvature_first_two i l m : t i = t l -> t i != t m ->
  triple_curvature i l m = twice N (t i ^+ 2) (t m ^+ 2).
Proof.
by move=> e im; rewrite /triple_curvature -e triple_first_two //; [exact: apart|exact: powers_apart].
Qed.

Theorem curvature_last_two i l m : t l = t m -> t i != t l ->
  triple_curvature i l m = twice N (t l ^+ 2) (t i ^+ 2).
Proof.
move=> e; rewrite eq_sym => li; rewrite /triple_curvature -e.
by rewrite triple_last_two //; [exact: apart|exact: powers_apart].
Qed.

Theorem curvature_triple_coincident i l m : t i = t l -> t i = t m ->
  triple_curvature i l m = (N%:R ^+ 2 - 1) / (N%:R * t i ^+ 2).
Proof. by move=> el em; rewrite /triple_curvature -el -em triple_same // pnatr_eq0. Qed.

Let geom_pos k i l : (0 < k)%N -> 0 < geom k (t i ^+ 2) (t l ^+ 2).
Proof. by move=> k0; rewrite geom_gt0 ?ltW. Qed.

Theorem curvature_pair_positive i l : (1 < N)%N -> 0 < pair_curvature i l.
Proof.
move=> N1; have [xi xl] := (x_gt0 i, x_gt0 l).
apply: divr_gt0; last by rewrite mulr_gt0 ?exprn_gt0 ?geom_pos ?ltr0n.
apply: mulr_gt0; first by apply: mulr_gt0; rewrite ?ltr0n // addr_gt0.
rewrite /pair_sum big_ltn //; apply: ltr_spaddl.
  by rewrite !mulr_gt0 ?ltr0n ?subn_gt0 ?exprn_gt0 ?mulr_gt0 ?geom_pos.
apply: sumr_ge0 => k _.
by rewrite mulr_ge0 ?sqr_ge0 // mulr_ge0 ?ler0n // exprn_ge0 // ltW // mulr_gt0.
Qed.

Theorem curvature_triple_positive i l m : (1 < N)%N -> 0 < triple_curvature i l m.
Proof.
move=> N1; have [[xi xl] xm] := (x_gt0 i, x_gt0 l, x_gt0 m).
apply: divr_gt0; last by rewrite !mulr_gt0 ?geom_pos.
apply: mulr_gt0; first apply: mulr_gt0; first by rewrite ltr0n.
  rewrite /triple_less big_ltn //; apply: ltr_spaddl.
    by rewrite mulr_gt0 ?exprn_gt0 ?geom_pos.
  by apply: sumr_ge0 => k _; rewrite mulr_ge0 ?exprn_ge0 ?geom_ge0 // ltW.
rewrite /triple_more big_ltn //; apply: ltr_spaddl.
  by rewrite !mulr_gt0 ?exprn_gt0 ?mulr_gt0 ?geom_pos.
by apply: sumr_ge0 => k _; rewrite !mulr_ge0 ?geom_ge0 ?exprn_ge0 ?mulr_ge0 // ltW.
Qed.

Theorem curvature_pair_flat i l : N = 1%N -> pair_curvature i l = 0.
Proof. by move=> e; rewrite /pair_curvature /pair_at e pair_sum1 mulr0 mul0r. Qed.

Theorem curvature_triple_flat i l m : N = 1%N -> triple_curvature i l m = 0.
Proof. by move=> e; rewrite /triple_curvature /triple_at e less1 mulr0 !mul0r. Qed.

Theorem curvature_two_factors i l : N = 2%N ->
  pair_curvature i l = 1 / (t i ^+ N + t l ^+ N).
Proof.
move=> e; rewrite /pair_curvature /pair_at e pair_sumS pair_sum1 pair_tailS pair_tail1.
rewrite geom1 !mulr0 !add0r expr1n mulr1.
have -> : geom 2 (t i ^+ 2) (t l ^+ 2) = t i ^+ 2 + t l ^+ 2.
  by rewrite geom_ord !big_ord_recl big_ord0 /= addr0 mulr1 mul1r.
have := addr_gt0 (x_gt0 i) (x_gt0 l); move: (_ + _) => s /lt0r_neq0 s0.
have u0 : 2%:R * s != 0 by rewrite mulf_neq0 ?pnatr_eq0.
by rewrite expr2 mulrA invfM mulrA mulfV.
Qed.

End Curvature.
