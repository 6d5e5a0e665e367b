(** * Sums over pairs and triples of singular values            (scalar-curvature)

    With h_k(a, b) = sum_j a^(k-j) b^(j-1) and p = a^N, q = b^N, r = c^N:

      (a - b)^4 sum_{k<N} (N-k) (ab)^(N-1-k) h_k(a,b)^2 = (p - q)^2 - N^2 (ab)^(N-1) (a - b)^2

    and, with D = (a - b)(b - c)(a - c),

      D sum_{j<N} b^(N-1-j) h_j(a,c) = (b - c) p + (a - b) r - (a - c) q,
      D sum_{j<=N} a^(j-1) (bc)^(N-j) h_j(b,c) = (a - b) pq - (a - c) pr + (b - c) qr,

    and what these are where two or three of a, b, c are equal. *)

From mathcomp Require Import all_ssreflect all_algebra.
From DLN Require Import Basics GeometricSum.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Sums.

Variable R : comRingType.
Implicit Types a b c : R.
Add Ring sums_ring : (ring_bridge R).

(** sum_{k=1}^{N-1} (N-k) (ab)^(N-1-k) h_k(a,b)^2 *)
Definition pair_sum N a b : R :=
  \sum_(1 <= k < N) (N - k)%:R * (a * b) ^+ (N - 1 - k) * geom k a b ^+ 2.

(** h_{N-2}(a, b, c) = sum_{j=1}^{N-1} b^(N-1-j) h_j(a,c) *)
Definition triple_less N a b c : R :=
  \sum_(1 <= j < N) b ^+ (N - 1 - j) * geom j a c.

(** h_{N-1}(ab, bc, ca) = sum_{j=1}^N a^(j-1) (bc)^(N-j) h_j(b,c) *)
Definition triple_more N a b c : R :=
  \sum_(1 <= j < N.+1) a ^+ (j - 1) * (b * c) ^+ (N - j) * geom j b c.

(** The sum of a pair without its weights N - k. *)
Definition pair_tail N a b : R :=
  \sum_(1 <= k < N) (a * b) ^+ (N - 1 - k) * geom k a b ^+ 2.

Lemma pair_tail1 a b : pair_tail 1 a b = 0.
Proof. by rewrite /pair_tail big_geq. Qed.

Lemma pair_sum1 a b : pair_sum 1 a b = 0.
Proof. by rewrite /pair_sum big_geq. Qed.

Lemma less1 a b c : triple_less 1 a b c = 0.
Proof. by rewrite /triple_less big_geq. Qed.

Lemma more0 a b c : triple_more 0 a b c = 0.
Proof. by rewrite /triple_more big_geq. Qed.

Lemma pair_tailS n a b :
  pair_tail n.+2 a b = a * b * pair_tail n.+1 a b + geom n.+1 a b ^+ 2.
Proof.
rewrite /pair_tail big_nat_recr //= !subn1 /= subnn mul1r; congr (_ + _).
rewrite mulr_sumr; apply: eq_big_nat => k /andP[_ kn].
by rewrite mulrA -exprS subSn.
Qed.

Lemma pair_sumS n a b :
  pair_sum n.+2 a b = a * b * pair_sum n.+1 a b + pair_tail n.+2 a b.
Proof.
rewrite /pair_tail big_nat_recr //= addrA {1}/pair_sum big_nat_recr //=.
rewrite subSnn mul1r; congr (_ + _).
rewrite mulr_sumr -big_split; apply: eq_big_nat => k /andP[_ kn] /=.
have e : (a * b) ^+ (n.+2 - 1 - k) = a * b * (a * b) ^+ (n.+1 - 1 - k).
  by rewrite -exprS !subSS !subn0 subSn.
rewrite e [in LHS]subSn; last exact: ltnW.
rewrite -[(_ - _).+1]addn1 natrD; move: ((a * b) ^+ _) (geom k a b ^+ 2) (_%:R) => x y z.
by mcring R.
Qed.

Lemma lessS n a b c : triple_less n.+2 a b c = b * triple_less n.+1 a b c + geom n.+1 a c.
Proof.
rewrite /triple_less big_nat_recr //= !subn1 /= subnn mul1r; congr (_ + _).
rewrite mulr_sumr; apply: eq_big_nat => k /andP[_ kn].
by rewrite mulrA -exprS subSn.
Qed.

Lemma moreS n a b c :
  triple_more n.+1 a b c = b * c * triple_more n a b c + a ^+ n * geom n.+1 b c.
Proof.
rewrite /triple_more big_nat_recr //= subSS subn0 subnn mulr1; congr (_ + _).
rewrite mulr_sumr; apply: eq_big_nat => k /andP[_ kn].
rewrite subSn // exprS; move: (a ^+ _) ((b * c) ^+ _) (geom _ _ _) => x y z.
by mcring R.
Qed.

Lemma geom_same n a : geom n.+1 a a = n.+1%:R * a ^+ n.
Proof. by rewrite geometric_sum_diagonal subn1 mulr_natl. Qed.

(** Of two. *)

Lemma pair_tail_apart n a b :
  (a - b) ^+ 3 * pair_tail n.+1 a b =
  a ^+ (2 * n).+1 - b ^+ (2 * n).+1 - (2 * n).+1%:R * ((a * b) ^+ n * (a - b)).
Proof.
elim: n => [|n IH]; first by rewrite pair_tail1 muln0 !expr1 expr0; mcring R.
rewrite pair_tailS mulrDr.
have -> : (a - b) ^+ 3 * (a * b * pair_tail n.+1 a b) =
  a * b * ((a - b) ^+ 3 * pair_tail n.+1 a b) by rewrite mulrCA.
have -> : (a - b) ^+ 3 * geom n.+1 a b ^+ 2 = (a - b) * ((a - b) * geom n.+1 a b) ^+ 2.
  by move: (geom _ _ _) => x; mcring R.
rewrite IH geometric_sum mulnS add2n ![_.+1%:R]mulrS natrM [(2 * n)%N]mulnC !exprS !exprM !exprMn.
by move: (a ^+ n) (b ^+ n) (n%:R) => x y z; mcring R.
Qed.

Lemma pair_sum_apart n a b :
  (a - b) ^+ 4 * pair_sum n.+1 a b =
  (a ^+ n.+1 - b ^+ n.+1) ^+ 2 - n.+1%:R ^+ 2 * ((a * b) ^+ n * (a - b) ^+ 2).
Proof.
elim: n => [|n IH]; first by rewrite pair_sum1 expr0; mcring R.
rewrite pair_sumS mulrDr.
have -> : (a - b) ^+ 4 * (a * b * pair_sum n.+1 a b) =
  a * b * ((a - b) ^+ 4 * pair_sum n.+1 a b) by rewrite mulrCA.
rewrite IH; have -> x : (a - b) ^+ 4 * x = (a - b) * ((a - b) ^+ 3 * x) by rewrite mulrA -exprS.
rewrite pair_tail_apart [(2 * n.+1).+1%:R]mulrS natrM ![n.+1%:R]mulrS ![n.+2%:R]mulrS.
rewrite ![n.+1%:R]mulrS [(2 * n.+1)%N]mulnC !exprS !exprM !exprS !exprMn.
by move: (a ^+ n) (b ^+ n) (n%:R) => x y z; mcring R.
Qed.

Lemma pair_tail_same n a :
  6%:R * (a ^+ 2 * pair_tail n.+1 a a) = n%:R * (n%:R + 1) * (2%:R * n%:R + 1) * (a ^+ n) ^+ 2.
Proof.
elim: n => [|n IH]; first by rewrite pair_tail1; mcring R.
rewrite pair_tailS mulrDr [a ^+ 2 * (_ * _)]mulrCA -expr2 mulrDr [6%:R * (a ^+ 2 * _)]mulrCA.
rewrite IH geom_same ![_.+1%:R]mulrS !exprS.
by move: (a ^+ n) (n%:R) => x z; mcring R.
Qed.

Lemma pair_sum_same n a :
  12%:R * (a ^+ 2 * pair_sum n.+1 a a) =
  n.+1%:R ^+ 2 * (n.+1%:R ^+ 2 - 1) * (a ^+ n) ^+ 2.
Proof.
elim: n => [|n IH]; first by rewrite pair_sum1; mcring R.
rewrite pair_sumS mulrDr [a ^+ 2 * (_ * _)]mulrCA -expr2 mulrDr [12%:R * (a ^+ 2 * _)]mulrCA IH.
have -> x : 12%:R * x = 2%:R * (6%:R * x) by rewrite mulrA -natrM.
rewrite pair_tail_same ![_.+1%:R]mulrS !exprS.
by move: (a ^+ n) (n%:R) => x z; mcring R.
Qed.

(** Of three. *)

Lemma less_apart n a b c :
  (a - b) * (b - c) * (a - c) * triple_less n.+1 a b c =
  (b - c) * a ^+ n.+1 + (a - b) * c ^+ n.+1 - (a - c) * b ^+ n.+1.
Proof.
elim: n => [|n IH]; first by rewrite less1; mcring R.
rewrite lessS.
have -> x y : (a - b) * (b - c) * (a - c) * (b * x + y) =
  b * ((a - b) * (b - c) * (a - c) * x) + (a - b) * (b - c) * ((a - c) * y) by mcring R.
rewrite IH geometric_sum.
by rewrite !exprS; move: (a ^+ n) (b ^+ n) (c ^+ n) => x y z; mcring R.
Qed.

Lemma more_apart n a b c :
  (a - b) * (b - c) * (a - c) * triple_more n a b c =
  (a - b) * (a * b) ^+ n - (a - c) * (a * c) ^+ n + (b - c) * (b * c) ^+ n.
Proof.
elim: n => [|n IH]; first by rewrite more0; mcring R.
rewrite moreS.
have -> x y z : (a - b) * (b - c) * (a - c) * (b * c * x + y * z) =
  b * c * ((a - b) * (b - c) * (a - c) * x) + (a - b) * (a - c) * y * ((b - c) * z) by mcring R.
rewrite IH.
rewrite geometric_sum !exprS !exprMn.
by move: (a ^+ n) (b ^+ n) (c ^+ n) => x y z; mcring R.
Qed.

Lemma less_twice n a c :
  (a - c) ^+ 2 * triple_less n.+1 a a c =
  n.+1%:R * a ^+ n * (a - c) - (a ^+ n.+1 - c ^+ n.+1).
Proof.
elim: n => [|n IH]; first by rewrite less1; mcring R.
rewrite lessS.
have -> x y : (a - c) ^+ 2 * (a * x + y) =
  a * ((a - c) ^+ 2 * x) + (a - c) * ((a - c) * y) by mcring R.
rewrite IH geometric_sum.
by rewrite ![_.+1%:R]mulrS !exprS; move: (a ^+ n) (c ^+ n) (n%:R) => x y z; mcring R.
Qed.

Lemma more_twice n a c :
  (a - c) ^+ 2 * triple_more n.+1 a a c =
  a ^+ n * (a * (a ^+ n.+1 - c ^+ n.+1) - n.+1%:R * c ^+ n.+1 * (a - c)).
Proof.
elim: n => [|n IH].
  by rewrite moreS more0 geom1; mcring R.
rewrite moreS.
have -> x y z : (a - c) ^+ 2 * (a * c * x + y * z) =
  a * c * ((a - c) ^+ 2 * x) + (a - c) * y * ((a - c) * z) by mcring R.
rewrite IH geometric_sum ![_.+1%:R]mulrS !exprS.
by move: (a ^+ n) (c ^+ n) (n%:R) => x y z; mcring R.
Qed.

Lemma less_last_two N a b : triple_less N a b b = triple_less N b b a.
Proof. by apply: eq_bigr => j _; rewrite geomC. Qed.

Lemma more_last_two n a b :
  (b - a) ^+ 2 * triple_more n.+1 a b b =
  b ^+ n * (b * (b ^+ n.+1 - a ^+ n.+1) - n.+1%:R * a ^+ n.+1 * (b - a)).
Proof.
elim: n => [|n IH].
  by rewrite moreS more0 geom1; mcring R.
rewrite moreS.
have -> x y z : (b - a) ^+ 2 * (b * b * x + y * z) =
  b * b * ((b - a) ^+ 2 * x) + (b - a) ^+ 2 * y * z by mcring R.
rewrite IH geom_same ![_.+1%:R]mulrS !exprS.
by move: (a ^+ n) (b ^+ n) (n%:R) => x y z; mcring R.
Qed.

Lemma less_same n a : 2%:R * (a * triple_less n.+1 a a a) = n.+1%:R * n%:R * a ^+ n.
Proof.
elim: n => [|n IH]; first by rewrite less1; mcring R.
rewrite lessS.
have -> x y : 2%:R * (a * (a * x + y)) = a * (2%:R * (a * x)) + 2%:R * (a * y) by mcring R.
rewrite IH geom_same.
by rewrite ![_.+1%:R]mulrS !exprS; move: (a ^+ n) (n%:R) => x z; mcring R.
Qed.

Lemma more_same n a : 2%:R * triple_more n.+1 a a a = n.+1%:R * (n.+1%:R + 1) * (a ^+ n) ^+ 2.
Proof.
elim: n => [|n IH]; first by rewrite moreS more0 geom1; mcring R.
rewrite moreS.
have -> x y z : 2%:R * (a * a * x + y * z) = a * a * (2%:R * x) + 2%:R * (y * z) by mcring R.
rewrite IH geom_same.
by rewrite ![_.+1%:R]mulrS !exprS; move: (a ^+ n) (n%:R) => x z; mcring R.
Qed.

End Sums.
