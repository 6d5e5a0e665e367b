(** * The density near the hyperbola                               (volume-corners)

    W(e) has the diagonal b_1, b_2 and the entries x + tau e y/rho, y + tau e x/rho, where
    x y = b_1 b_2 != 0, tau^2 = 1 and rho = sqrt(x^2 + y^2): its distance from the matrices
    of rank one is e to leading order.  As e -> 0+
      e^(1-1/N) sqrt(det g^N) -> N (rho (b_1^2 + b_2^2 + x^2 + y^2))^(-1+1/N).
    The singular vectors are any, at each e.  R is Coq's field of real numbers. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import Rstruct.
From Coquelicot Require Import Coquelicot.
From DLN Require Import Basics GeometricSum NormDivergence Completion Corners.
From DLN Require Import Logarithms InfiniteDepth DivergenceLimits CornerLimits.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope R_scope with coqR.
Local Open Scope ring_scope.

Lemma right_limit_sum (I : Type) (r : seq I) (f : I -> R -> R) (L : I -> R) :
  (forall i, right_limit (f i) (L i)) ->
  right_limit (fun e => \sum_(i <- r) f i e) (\sum_(i <- r) L i).
Proof.
move=> h; elim: r => [|i r IH].
  apply: (@right_limit_ext (fun=> 0)); last by rewrite big_nil; apply: right_limit_const.
  by move=> e _ _; rewrite big_nil.
apply: (@right_limit_ext (fun e => f i e + \sum_(j <- r) f j e)).
  by move=> e _ _; rewrite big_cons.
by rewrite big_cons; exact: right_limit_add.
Qed.

Lemma right_limit_pow f L n : right_limit f L -> right_limit (fun e => f e ^+ n) (L ^+ n).
Proof.
move=> h; elim: n => [|n IH].
  by apply: (@right_limit_ext (fun=> 1)); [move=> e _ _; rewrite expr0 | rewrite expr0; exact: right_limit_const].
apply: (@right_limit_ext (fun e => f e * f e ^+ n)); first by move=> e _ _; rewrite exprS.
by rewrite exprS; exact: right_limit_mul.
Qed.

(** Functions that are continuous at the limit. *)
Lemma right_limit_of (f g : R -> R) L : continuous g L -> right_limit f L -> right_limit (fun e => g (f e)) (g L).
Proof. by move=> cg hf; exact: (filterlim_comp _ _ _ f g _ _ _ hf cg). Qed.

Lemma nroot_continuous N (x : R) : 0 < x -> continuous (fun y => nroot y N) x.
Proof.
move=> x0; apply: (@ex_derive_continuous R_AbsRing R_NormedModule); eexists.
exact: (is_derive_power (/ INR N) x (RltP _ _ x0)).
Qed.

Section Algebra.

Variable F : comRingType.
Add Ring hyperbola_ring : (ring_bridge F).

Lemma expand (x y tau e z : F) : (x + tau * (e * z) * y) * (y + tau * (e * z) * x) =
  x * y + (tau * e * (z * (x ^+ 2 + y ^+ 2)) + tau ^+ 2 * (e ^+ 2 * (x * y * z ^+ 2))).
Proof. mcring F. Qed.

Lemma combine (tau e r p : F) : tau * e * r + e ^+ 2 * p = e * (tau * r + e * p).
Proof. mcring F. Qed.

Lemma turned (tau e z x : F) : tau * (e * z) * x = e * (tau * z * x).
Proof. mcring F. Qed.

Lemma four_squares (a b x y : F) : a + b + x + y = a + x + (y + b).
Proof. mcring F. Qed.

Lemma square_difference (u v : F) :
  (u ^+ 2 + v ^+ 2) ^+ 2 - 4%:R * (u * v) ^+ 2 = (u ^+ 2 - v ^+ 2) ^+ 2.
Proof. mcring F. Qed.

End Algebra.

Section Hyperbola.

Variables (N : nat) (b1 b2 x y tau : R) (U V : R -> 'M[R]_2) (s : R -> 'I_2 -> R).
Hypotheses (N0 : (0 < N)%N) (b0 : b1 * b2 != 0) (xy : x * y = b1 * b2) (tau1 : tau ^+ 2 = 1).

Definition rho : R := Num.sqrt (x ^+ 2 + y ^+ 2)%R.

(** W(e) *)
Definition near_hyperbola (e : R) : 'M[R]_2 := \matrix_(i, l)
  if i == 0 then (if l == 0 then b1 else x + tau * (e / rho) * y)%R
  else (if l == 0 then y + tau * (e / rho) * x else b2)%R.

Hypothesis oU : forall e, 0 < e -> orthogonal (U e).
Hypothesis oV : forall e, 0 < e -> orthogonal (V e).
Hypothesis eW : forall e, 0 < e -> near_hyperbola e = U e *m Diag (s e) *m (V e)^T.
Hypothesis s0 : forall e, 0 < e -> forall i, 0 <= s e i.
Hypothesis dec : forall e, 0 < e -> s e 1 <= s e 0.

Let F : R := (b1 ^+ 2 + b2 ^+ 2 + x ^+ 2 + y ^+ 2)%R.

Lemma rho_sqr : rho ^+ 2 = x ^+ 2 + y ^+ 2.
Proof. by rewrite sqr_sqrtr // addr_ge0 ?sqr_ge0. Qed.

Lemma rho_gt0 : 0 < rho.
Proof.
rewrite sqrtr_gt0 lt0r addr_ge0 ?sqr_ge0 // andbT paddr_eq0 ?sqr_ge0 // !sqrf_eq0.
by apply: contra b0 => /andP[/eqP x0 _]; rewrite -xy x0 mul0r.
Qed.

Lemma F_gt0 : 0 < F.
Proof.
rewrite /F -addrA ltr_paddl ?addr_ge0 ?sqr_ge0 // -rho_sqr exprn_gt0 //.
exact: rho_gt0.
Qed.

Let c : R := (x * y / rho ^+ 2)%R.
Let m (e : R) : R := `|tau * rho + e * c|.
Let q (e : R) : R := (b1 ^+ 2 + (x + e * (tau / rho * y)) ^+ 2 + ((y + e * (tau / rho * x)) ^+ 2 + b2 ^+ 2))%R.

Lemma det_near e : \det (near_hyperbola e) = - (e * (tau * rho + e * c)).
Proof.
rewrite det_2 !mxE /= -xy expand -rho_sqr tau1 mul1r opprD addrA subrr sub0r.
have -> : rho^-1 * rho ^+ 2 = rho by rewrite expr2 mulKf // gt_eqF ?rho_gt0.
by rewrite /c exprVn combine.
Qed.

Lemma frob_near e : frob (near_hyperbola e) (near_hyperbola e) = q e.
Proof.
by rewrite frob_2 !mxE /= /q !turned.
Qed.

Lemma right_limit_line (u v : R) : right_limit (fun e => u + e * v) u.
Proof.
have := right_limit_add (@right_limit_const u)
          (right_limit_mul (@right_limit_continuous id (continuous_id _)) (@right_limit_const v)).
by rewrite mul0r addr0.
Qed.

Lemma m_limit : right_limit m rho.
Proof.
have -> : rho = `|tau * rho|.
  rewrite normrM [`|rho|]gtr0_norm ?rho_gt0 // (_ : `|tau| = 1) ?mul1r //.
  by apply/eqP; rewrite -sqrp_eq1 // real_normK ?num_real // tau1.
apply: (@right_limit_of (fun e => tau * rho + e * c) (fun z : R => `|z|)); first exact: continuous_Rabs.
exact: right_limit_line.
Qed.

Lemma q_limit : right_limit q F.
Proof.
have -> : F = b1 ^+ 2 + x ^+ 2 + (y ^+ 2 + b2 ^+ 2).
  exact: four_squares.
apply: right_limit_add; apply: right_limit_add; try exact: right_limit_const;
  apply: right_limit_pow; exact: right_limit_line.
Qed.

(** sigma_1^2 *)
Let h (e : R) : R := ((q e + sqrt (q e ^+ 2 - 4%:R * (e * m e) ^+ 2)%R) / 2%:R)%R.

Lemma h_limit : right_limit h F.
Proof.
have inside : right_limit (fun e => q e ^+ 2 - 4%:R * (e * m e) ^+ 2) (F ^+ 2).
  have e0 := @right_limit_pow _ _ 2 (right_limit_mul (@right_limit_continuous id (continuous_id _)) m_limit).
  have := right_limit_add (@right_limit_pow _ _ 2 q_limit) (right_limit_mul (@right_limit_const (- 4%:R)) e0).
  rewrite mul0r expr0n mulr0 addr0; apply: right_limit_ext => e _ _; by rewrite mulNr.
have := right_limit_of (@continuous_sqrt (F ^+ 2)) inside.
have -> : sqrt (F ^+ 2) = F by rewrite -RpowE sqrt_pow2 //; apply/RleP/ltW/F_gt0.
move=> hs; have := right_limit_mul (right_limit_add q_limit hs) (@right_limit_const 2%:R^-1).
by rewrite mulrDl -splitr.
Qed.

Section AtE.

Variable e : R.
Hypotheses (e0 : 0 < e) (m0 : 0 < m e).

Lemma values_product : s e 0 * s e 1 = e * m e.
Proof.
rewrite (product_of_values (oU e0) (oV e0) (eW e0) (s0 e0)) det_near normrN normrM [`|e|]gtr0_norm //.
Qed.

Lemma both_values : 0 < s e 0 /\ 0 < s e 1.
Proof.
have p : s e 0 * s e 1 != 0 by rewrite values_product mulf_neq0 // gt_eqF.
by move: p; rewrite mulf_eq0 negb_or => /andP[u v]; split; rewrite lt0r ?u ?v s0.
Qed.

Lemma first_square : s e 0 ^+ 2 = h e.
Proof.
have sum := sum_of_squares (oU e0) (oV e0) (eW e0); rewrite frob_near in sum.
have d0 : 0 <= s e 0 ^+ 2 - s e 1 ^+ 2.
  by rewrite subr_ge0; apply: ler_expn2r; rewrite ?nnegrE ?s0 // dec.
have root : sqrt (q e ^+ 2 - 4%:R * (e * m e) ^+ 2)%R = s e 0 ^+ 2 - s e 1 ^+ 2.
  by rewrite -values_product -sum square_difference -(RpowE (s e 0 ^+ 2 - s e 1 ^+ 2) 2) sqrt_pow2 //; exact/RleP.
by rewrite /h root -sum addrACA subrr addr0 mulrDl -splitr.
Qed.

(** The density, by powers that have limits. *)
Lemma density_near : let A := nroot e N in let M := nroot (m e) N in let T := nroot (h e) N in
  A ^+ (N - 1) * density N (U e) (V e) (fun i => nroot (s e i) N) =
  (M ^+ (N - 1) * (N%:R^-1 * geom N T ((A * M) ^+ 2 * T^-1)))^-1.
Proof.
move=> A M T; have [p0 p1] := both_values; have A0 : 0 < A by exact: nroot_gt0.
pose t i := nroot (s e i) N; have tp i : 0 < t i by exact: nroot_gt0.
have M0 : 0 < M by exact: nroot_gt0.
have T0 : 0 < T by exact: nroot_gt0.
have root_eq (u v : R) : 0 < u -> 0 < v -> u ^+ N = v ^+ N -> u = v.
  by move=> u0 v0 /eqP; rewrite eqr_expn2 ?ltW // => /eqP.
have tt : t 0 * t 1 = A * M.
  by apply: root_eq; [exact: mulr_gt0 | exact: mulr_gt0 | rewrite !exprMn !nroot_pow // values_product].
have tT : t 0 ^+ 2 = T.
  apply: root_eq; [exact: exprn_gt0 | exact: T0 |].
  by rewrite exprAC !nroot_pow ?first_square // -first_square exprn_gt0.
have tv : t 1 ^+ 2 = (A * M) ^+ 2 * T^-1.
  by rewrite -tt -tT exprMn mulrAC mulfV ?mul1r // expf_neq0 // gt_eqF.
rewrite density_value //; [|exact: oU|exact: oV].
rewrite -/(t 0) -/(t 1) tt /lambda -/(t 0) -/(t 1) tT tv exprMn -!mulrA invfM mulVKf //.
by rewrite expf_neq0 // gt_eqF.
Qed.

End AtE.

Lemma density_limit_form : right_limit (fun e =>
    (nroot (m e) N ^+ (N - 1) * (N%:R^-1 * geom N (nroot (h e) N) ((nroot e N * nroot (m e) N) ^+ 2 * (nroot (h e) N)^-1)))^-1)
  (N%:R * (nroot rho N * nroot F N) ^- (N - 1)).
Proof.
have A0 : right_limit (fun e => nroot e N) 0.
  move=> P [dl hd]; have := nroot_right N0 (P := fun z => P z); apply; exists dl => z hz _; exact: hd.
have M0 : right_limit (fun e => nroot (m e) N) (nroot rho N).
  exact: (right_limit_of (@nroot_continuous N _ rho_gt0) m_limit).
have T0 : right_limit (fun e => nroot (h e) N) (nroot F N).
  exact: (right_limit_of (@nroot_continuous N _ F_gt0) h_limit).
have Tn : nroot F N != 0 by rewrite gt_eqF ?nroot_gt0.
have V0 : right_limit (fun e => (nroot e N * nroot (m e) N) ^+ 2 * (nroot (h e) N)^-1) 0.
  have := right_limit_mul (@right_limit_pow _ _ 2 (right_limit_mul A0 M0)) (right_limit_inv Tn T0).
  by rewrite mul0r expr0n mul0r.
have G0 : right_limit (fun e => geom N (nroot (h e) N) ((nroot e N * nroot (m e) N) ^+ 2 * (nroot (h e) N)^-1))
    (geom N (nroot F N) 0).
  apply: right_limit_sum => j; apply: right_limit_mul; exact: right_limit_pow.
rewrite geom_zero // in G0.
have Nn : N%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
have -> : N%:R * (nroot rho N * nroot F N) ^- (N - 1) =
    (nroot rho N ^+ (N - 1) * (N%:R^-1 * nroot F N ^+ (N - 1)))^-1.
  by rewrite exprMn !invfM invrK mulrCA.
apply: right_limit_inv.
  by rewrite !mulf_neq0 ?invr_eq0 ?expf_neq0 // gt_eqF ?nroot_gt0.
apply: right_limit_mul; first exact: right_limit_pow.
apply: right_limit_mul => //; exact: right_limit_const.
Qed.

Theorem density_near_hyperbola :
  right_limit (fun e => Rpower e (1 - / INR N) * density N (U e) (V e) (fun i => nroot (s e i) N))
    (N%:R * Rpower (rho * F)%R (- 1 + / INR N)).
Proof.
have Nn : N%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
have powers (z : R) : 0 < z -> Rpower z (1 - / INR N) = nroot z N ^+ (N - 1).
  move=> z0; have x0 := nroot_gt0 z N; apply: (mulfI (lt0r_neq0 x0)).
  rewrite -exprS subn1 prednK // nroot_pow //.
  change ((Rpower z (/ INR N) * Rpower z (1 - / INR N))%coqR = z).
  by rewrite -Rpower_plus (_ : (/ INR N + (1 - / INR N))%coqR = 1%coqR) ?Rpower_1 //; [exact/RltP | ring].
have pF : 0 < rho * F by rewrite mulr_gt0 ?rho_gt0 ?F_gt0.
have -> : Rpower (rho * F)%R (- 1 + / INR N) = (nroot rho N * nroot F N) ^- (N - 1).
  have -> : (- 1 + / INR N)%coqR = (- (1 - / INR N))%coqR by ring.
  rewrite Rpower_Ropp powers // RinvE; last by rewrite expf_neq0 // gt_eqF ?nroot_gt0.
  congr (_^-1); congr (_ ^+ _); apply/eqP; rewrite -(@eqr_expn2 _ N) ?mulr_ge0 ?ltW ?nroot_gt0 //.
  by rewrite exprMn !nroot_pow ?rho_gt0 ?F_gt0.
apply: filterlim_ext_loc density_limit_form.
pose bound : R := (rho / (1 + `|c|))%R; have c1 : 0 < 1 + `|c| by rewrite ltr_paddr.
have b1' : Rlt 0 bound by apply/RltP; rewrite divr_gt0 ?rho_gt0.
exists (mkposreal _ b1') => e he /RltP e0.
have small : e < bound.
  apply/RltP; move: he; rewrite /ball /= /AbsRing_ball /abs /minus /plus /opp /= Ropp_0 Rplus_0_r.
  by rewrite Rabs_pos_eq //; apply: Rlt_le; exact/RltP.
have m0 : 0 < m e.
  rewrite normr_gt0; apply/eqP => z; have e1 : `|e * c| = rho.
    have -> : e * c = - (tau * rho) by apply/eqP; rewrite -addr_eq0 addrC z.
    rewrite normrN normrM [`|rho|]gtr0_norm ?rho_gt0 // (_ : `|tau| = 1) ?mul1r //.
    by apply/eqP; rewrite -sqrp_eq1 // real_normK ?num_real // tau1.
  move: small; rewrite ltr_pdivl_mulr // -e1 (normrM e c) (gtr0_norm e0) mulrDr mulr1.
  by rewrite ltNge ler_addr ltW.
by rewrite powers // density_near.
Qed.

End Hyperbola.
