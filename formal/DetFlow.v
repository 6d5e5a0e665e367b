(** * The determinant along the end-to-end flow                (norm-divergence)

    Along W' = - A_{N,W}(G) the determinant moves with - Tr(adj(W) A_{N,W}(G)).
    For W = U diag(t_i^N) V^T and N >= 2
      Tr(adj(W) A_{N,W}(G)) = det W sum_i t_i^(N-2) u_i^T G v_i,
    singular W included; t_i^(N-2) is sigma_i^(1-2/N).  On the way: the adjugate
    reverses products, over any field. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum Operator.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Theorem adj_mulmx (F : fieldType) n (A B : 'M[F]_n) : \adj (A *m B) = \adj B *m \adj A.
Proof.
pose a := char_poly_mx (- A); pose b := char_poly_mx (- B).
have ab0 : \det (a *m b) != 0.
  by rewrite det_mulmx mulf_neq0 // -/(char_poly _) monic_neq0 // char_poly_monic.
have e : \adj (a *m b) = \adj b *m \adj a.
  have : (a *m b) *m (\adj (a *m b) - \adj b *m \adj a) = 0.
    rewrite mulmxBr mul_mx_adj -[a *m b *m _]mulmxA [b *m _]mulmxA mul_mx_adj.
    by rewrite mul_scalar_mx -scalemxAr mul_mx_adj det_mulmx scale_scalar_mx [\det b * _]mulrC subrr.
  move/(congr1 (mulmx (\adj (a *m b)))); rewrite mulmxA mul_adj_mx mulmx0 mul_scalar_mx.
  move=> h; apply/eqP; rewrite -subr_eq0; apply/eqP/matrixP=> i l.
  move: (_ - _) h => M /matrixP /(_ i l) /eqP.
  by rewrite !mxE mulf_eq0 (negPf ab0) => /eqP.
have ev (C : 'M[F]_n) : map_mx (horner_eval 0) (char_poly_mx (- C)) = C.
  apply/matrixP=> i l; rewrite !mxE /horner_eval hornerD hornerN hornerC hornerMn hornerX mul0rn.
  by rewrite sub0r opprK.
have := congr1 (map_mx (horner_eval 0)) e.
by rewrite map_mxM !map_mx_adj map_mxM !ev.
Qed.

Lemma adj_orth (F : fieldType) n (U : 'M[F]_n) : orthogonal U -> \adj U = \det U *: U^T.
Proof.
by move=> oU; rewrite -[\adj U]mulmx1 -oU mulmxA mul_adj_mx mul_scalar_mx.
Qed.

Lemma adj_Diag (F : fieldType) n (s : 'I_n -> F) i : \adj (Diag s) i i * s i = \det (Diag s).
Proof.
have /matrixP /(_ i i) := mul_adj_mx (Diag s).
by rewrite mul_mx_DiagE [_%:M i i]mxE eqxx mulr1n.
Qed.

Lemma adj_Diag_off (F : fieldType) n (s : 'I_n -> F) i k : k != i -> \adj (Diag s) i k = 0.
Proof.
move=> ki; rewrite mxE /cofactor.
case: (unliftP k i) => [j ij|e]; last by rewrite e eqxx in ki.
rewrite (expand_det_row _ j) big1 ?mulr0 // => l _.
by rewrite !mxE -ij (negPf (neq_lift _ _)) mulr0n mul0r.
Qed.

(** Tr(adj(W) A_{N,W}(G)) = det W sum_i t_i^(N-2) u_i^T G v_i, singular W included. *)
Theorem det_velocity (F : fieldType) d N (U V G : 'M[F]_d) (t : 'I_d -> F) :
  orthogonal U -> orthogonal V -> N.+2%:R != 0 :> F ->
  let W := U *m Diag (fun i => t i ^+ N.+2) *m V^T in
  \tr (\adj W *m Op N.+2 (root_of U t) (root_of V t) G) =
  \det W * \sum_i t i ^+ N * (U^T *m G *m V) i i.
Proof.
move=> oU oV N0 W; pose Y := entrywise (lambda N.+2 t) (twist U^T V^T G).
have eO : Op N.+2 (root_of U t) (root_of V t) G = U *m Y *m V^T.
  by rewrite -{1}(twistKV oU oV G) Op_twist.
rewrite eO /W !adj_mulmx; set D := Diag _.
have -> : \adj V^T *m (\adj D *m \adj U) *m (U *m Y *m V^T) =
   \det U *: (\adj V^T *m (\adj D *m Y) *m V^T).
  rewrite !mulmxA -[\adj V^T *m \adj D *m \adj U *m U]mulmxA mul_adj_mx.
  by rewrite mul_mx_scalar -!scalemxAl.
rewrite mxtraceZ mxtrace_mulC mulmxA mul_mx_adj mul_scalar_mx mxtraceZ.
suff -> : \tr (\adj D *m Y) = \det D * \sum_i t i ^+ N * (U^T *m G *m V) i i.
  by rewrite !det_mulmx -!mulrA; congr (_ * _); rewrite mulrCA.
rewrite mulr_sumr /mxtrace; apply: eq_bigr => i _.
have -> : (\adj D *m Y) i i = \adj D i i * Y i i.
  rewrite mxE (bigD1 i) //= big1 ?addr0 // => k ki.
  by rewrite adj_Diag_off // mul0r.
rewrite [Y i i]mxE lambda_diag // /twist trmxK mulrA [in RHS]mulrA; congr (_ * _).
rewrite -(adj_Diag _ i) -exprM -mulrA -exprD; congr (_ * _ ^+ _).
by rewrite subn1 /= mul2n -addnn addSnnS addnC.
Qed.
