"""Wrong theorems must not build.

    python3 mutants.py [FILE ...]

Each mutant changes one exponent, index, factor, sign, inequality or hypothesis in
the statement of one theorem, in a scratch copy of the built development, and
compiles that file again: Coq must refuse it with an error at the file.  As a
control every file that is mutated is first compiled unchanged in the same scratch
copy and must be accepted, so that a refusal is due to the mutation.  Exit status
0: all mutants refused, and theorems that rest on another axiom than the gate
admits found out; 1: one was accepted, timed out or does not apply any more;
3: coqc is not installed.
"""

import os
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import check

LIMIT = 30  # seconds of CPU

# (file, its text, the axiom): each theorem rests on an axiom that its kind of file may not use.
FOREIGN = [
    (
        "Foreign.v",
        "From Coq Require Import Classical.\n"
        "Theorem foreign (P : Prop) : P \\/ ~ P.\nProof. exact (classic P). Qed.\n",
        "Classical_Prop.classic",
    ),
    (
        "analysis/Pure.v",
        "From Coq Require Import Epsilon.\n"
        "Theorem pure (P : nat -> Prop) : (exists n, P n) -> {n | P n}.\n"
        "Proof. exact (constructive_indefinite_description P). Qed.\n",
        "Epsilon.epsilon_statement",
    ),
    (
        "analysis/Bridge.v",
        "From mathcomp Require Import boolp.\n"
        "Theorem bridge (P Q : Prop) : P <-> Q -> P = Q.\nProof. exact (@propext P Q). Qed.\n",
        "boolp.functional_extensionality_dep",
    ),
]

# (file, what the mutation is, the text as it stands, the wrong text); the first
# is required to occur exactly once.
MUTANTS = [
    (
        "GeometricSum.v",
        "exponent of the geometric sum",
        "(a - b) * geom N a b = a ^+ N - b ^+ N",
        "(a - b) * geom N a b = a ^+ N.+1 - b ^+ N.+1",
    ),
    (
        "GeometricSum.v",
        "lambda_il without its 1/N at rank-deficient points",
        "lambda N t i l = N%:R^-1 * (t i ^+ 2) ^+ (N - 1)",
        "lambda N t i l = (t i ^+ 2) ^+ (N - 1)",
    ),
    (
        "GeometricSum.v",
        "positivity for sigma_i >= 0 only",
        "(0 < N)%N -> 0 < t i -> 0 <= t l -> 0 < lambda N t i l",
        "(0 < N)%N -> 0 <= t i -> 0 <= t l -> 0 < lambda N t i l",
    ),
    (
        "Tridiagonal.v",
        "index of the Jacobi determinant",
        "(a - b) * \\det (tridiag n (fun=> a + b) p q) = a ^+ n.+1 - b ^+ n.+1",
        "(a - b) * \\det (tridiag n (fun=> a + b) p q) = a ^+ n - b ^+ n",
    ),
    (
        "Pairs.v",
        "each pair counted once",
        "  \\prod_(i < d) \\prod_(l < d | (i < l)%N) lambda N t i l ^+ 2.\nProof",
        "  \\prod_(i < d) \\prod_(l < d | (i < l)%N) lambda N t i l.\nProof",
    ),
    (
        "Operator.v",
        "index of the eigenvalue",
        "= lambda N t i l *: (col i U *m (col l V)^T)",
        "= lambda N t i i *: (col i U *m (col l V)^T)",
    ),
    (
        "Operator.v",
        "determinant over the pairs i < l only",
        "\\det (lin_mx A) = \\prod_(i < d) \\prod_(l < d) lambda N t i l",
        "\\det (lin_mx A) = \\prod_(i < d) \\prod_(l < d | (i < l)%N) lambda N t i l",
    ),
    (
        "Metric.v",
        "determinant of the operator in place of the metric's",
        "  \\det (gram (metric P Q) (fun Z => Z)) =\n"
        "  \\prod_(i < d) \\prod_(l < d) (lambda N t i l)^-1",
        "  \\det (gram (metric P Q) (fun Z => Z)) =\n"
        "  \\prod_(i < d) \\prod_(l < d) lambda N t i l",
    ),
    (
        "Pushforward.v",
        "exponents of the two roots exchanged",
        "     mpow (W N *m (W N)^T) (N - j) *m Z *m mpow ((W 1%N)^T *m W 1%N) (j - 1).\nProof",
        "     mpow (W N *m (W N)^T) (j - 1) *m Z *m mpow ((W 1%N)^T *m W 1%N) (N - j).\nProof",
    ),
    (
        "Pushforward.v",
        "the factor N between the two normalisations",
        "  N%:R *: Op N (W N *m (W N)^T) ((W 1%N)^T *m W 1%N) Z.\nProof",
        "  Op N (W N *m (W N)^T) ((W 1%N)^T *m W 1%N) Z.\nProof",
    ),
    (
        "Balancedness.v",
        "the balance condition as extracted from the slides",
        "  coef_mx 1 (line W (flow W N G) j *m (line W (flow W N G) j)^T).\nProof",
        "  coef_mx 1 ((line W (flow W N G) j)^T *m line W (flow W N G) j).\nProof",
    ),
    (
        "Balancedness.v",
        "sign of the end-to-end flow",
        "  - (N%:R *: Op N (W N *m (W N)^T) ((W 1%N)^T *m W 1%N) G).\nProof",
        "  N%:R *: Op N (W N *m (W N)^T) ((W 1%N)^T *m W 1%N) G.\nProof",
    ),
    (
        "Submersion.v",
        "the horizontal lift as the longest lift",
        "frob_tuple N (dphi_adj W N Y) (dphi_adj W N Y) <= frob_tuple N X X",
        "frob_tuple N X X <= frob_tuple N (dphi_adj W N Y) (dphi_adj W N Y)",
    ),
    (
        "Submersion.v",
        "the submersion metric with the mean normalisation",
        "\\sum_(i < d) \\sum_(l < d) (N%:R * lambda N t i l)^-1 * (U^T *m Z *m V) i l ^+ 2.",
        "\\sum_(i < d) \\sum_(l < d) (lambda N t i l)^-1 * (U^T *m Z *m V) i l ^+ 2.",
    ),
    (
        "Jacobian.v",
        "orientation of the Jacobian",
        "\\prod_(i < d) \\prod_(l < d | (i < l)%N) (s l ^+ 2 - s i ^+ 2)",
        "\\prod_(i < d) \\prod_(l < d | (i < l)%N) (s i ^+ 2 - s l ^+ 2)",
    ),
    (
        "VolumeForm.v",
        "exponent of the singular values in Theorem 1.1",
        "  N%:R ^+ (d * d.-1)./2 * (\\prod_(i < d) t i ^- (N - 1))\n"
        "  * van (fun i => t i ^+ 2).\nProof",
        "  N%:R ^+ (d * d.-1)./2 * (\\prod_(i < d) t i ^- N)\n  * van (fun i => t i ^+ 2).\nProof",
    ),
    (
        "VolumeForm.v",
        "exponent of N in Theorem 1.1",
        "  N%:R ^+ (d * d.-1)./2 * (\\prod_(i < d) t i ^- (N - 1))\n"
        "  * van (fun i => t i ^+ 2).\nProof",
        "  N%:R ^+ (d * d.-1) * (\\prod_(i < d) t i ^- (N - 1))\n"
        "  * van (fun i => t i ^+ 2).\nProof",
    ),
    (
        "VolumeForm.v",
        "increasing singular values in Theorem 1.1",
        "(forall i l : 'I_d, (i < l)%N -> t l <= t i) ->",
        "(forall i l : 'I_d, (i < l)%N -> t i <= t l) ->",
    ),
    (
        "Horizontal.v",
        "sign in the horizontal lift's rotation",
        "* y i l + t l ^+ (N - j) * t i ^+ j * y l i)",
        "* y i l - t l ^+ (N - j) * t i ^+ j * y l i)",
    ),
    (
        "OrbitVolume.v",
        "the orbit volume without its square root, as the slides print it",
        "  Num.sqrt (van (fun i => (t i ^+ N) ^+ 2) / van (fun i => t i ^+ 2)).\nProof",
        "  van (fun i => (t i ^+ N) ^+ 2) / van (fun i => t i ^+ 2).\nProof",
    ),
    (
        "OrbitVolume.v",
        "power of two in the orbit determinant",
        "    (2%:R ^+ (N - 1) * geom N (t i ^+ 2) (t l ^+ 2)).\nProof",
        "    (2%:R ^+ N * geom N (t i ^+ 2) (t l ^+ 2)).\nProof",
    ),
    (
        "Coarea.v",
        "the coarea factor d sigma / d t not squared",
        "  (\\prod_(i < d) (N%:R * t i ^+ (N - 1))) ^+ 2\n"
        "  * \\det (submersion_gram N t (Q N) (Q 0%N))",
        "  (\\prod_(i < d) (N%:R * t i ^+ (N - 1)))\n  * \\det (submersion_gram N t (Q N) (Q 0%N))",
    ),
    (
        "SVD.v",
        "singular values in increasing order",
        "        forall i l : 'I_n, (i <= l)%N -> s l <= s i\n      & W = U *m Diag s *m V^T]",
        "        forall i l : 'I_n, (i <= l)%N -> s i <= s l\n      & W = U *m Diag s *m V^T]",
    ),
    (
        "Roots.v",
        "uniqueness of roots that are not positive",
        "Theorem psd_root_unique N P Q : (0 < N)%N -> psd P -> psd Q ->",
        "Theorem psd_root_unique N P Q : (0 < N)%N -> psd P -> symmetric_mx Q ->",
    ),
    (
        "NormDivergence.v",
        "the bound on the unobserved entry with 1 + rho",
        "Theorem free_entry_large : 0 < \\det W -> (1 - rho) ^+ 2 / rho <= `|W 0 0|.",
        "Theorem free_entry_large : 0 < \\det W -> (1 + rho) ^+ 2 / rho <= `|W 0 0|.",
    ),
    (
        "NormDivergence.v",
        "the bound on the unobserved entry at a negative determinant",
        "Theorem free_entry_large : 0 < \\det W ->",
        "Theorem free_entry_large : \\det W < 0 ->",
    ),
    (
        "NormDivergence.v",
        "half of the bound on the second singular value",
        "  s 1 <= rho /\\ (1 - rho) ^+ 2 / rho <= s 0.",
        "  s 1 <= rho / 2%:R /\\ (1 - rho) ^+ 2 / rho <= s 0.",
    ),
    (
        "NormDivergence.v",
        "rho^3 in the ratio",
        "(1 - rho) ^+ 2 * s 1 <= rho ^+ 2 * s 0",
        "(1 - rho) ^+ 2 * s 1 <= rho ^+ 3 * s 0",
    ),
    (
        "NormDivergence.v",
        "the bound on quasi-norms with 1 + rho",
        "  (1 - rho) ^+ 2 / rho * nu (delta_mx 0 0) <=",
        "  (1 + rho) ^+ 2 / rho * nu (delta_mx 0 0) <=",
    ),
    (
        "Divergence.v",
        "k times the exponent of one vanishing value",
        "    = e ^ (k%:Z * (k%:Z - N%:Z)) * q.[e].",
        "    = e ^ (k%:Z * (1 - N%:Z)) * q.[e].",
    ),
    (
        "Divergence.v",
        "the density's exponent linear in k",
        "    = e ^- (k ^ 2 * (N - 1)) * (q.[e] / r.[e]) ].",
        "    = e ^- (k * (N - 1)) * (q.[e] / r.[e]) ].",
    ),
    (
        "Divergence.v",
        "the exponent of the squared volume of the orbit",
        "    = e ^+ ((N - 1) * 'C(k, 2)) * Num.sqrt (r.[e] / q.[e]) ].",
        "    = e ^+ ((N - 1) * 'C(k, 2) * 2) * Num.sqrt (r.[e] / q.[e]) ].",
    ),
    (
        "DetFlow.v",
        "sigma^(2-2/N) in the determinant's velocity",
        "  \\det W * \\sum_i t i ^+ N * (U^T *m G *m V) i i.",
        "  \\det W * \\sum_i t i ^+ N.+2 * (U^T *m G *m V) i i.",
    ),
    (
        "DetFlow.v",
        "the order of the factors of an adjugate",
        "\\adj (A *m B) = \\adj B *m \\adj A.",
        "\\adj (A *m B) = \\adj A *m \\adj B.",
    ),
    (
        "Completion.v",
        "the other side of the hyperbola",
        "  (`|W 0 1| - `|W 1 0|) ^+ 2 = (s 0 + s 1) ^+ 2 - (`|W 0 0| + `|W 1 1|) ^+ 2.",
        "  (`|W 0 1| - `|W 1 0|) ^+ 2 = (s 0 - s 1) ^+ 2 - (`|W 0 0| + `|W 1 1|) ^+ 2.",
    ),
    (
        "Completion.v",
        "signs of x and y that differ from those of the diagonal",
        "  0 <= W 0 0 * W 1 1 * (W 0 1 * W 1 0) -> `|W 0 1 * W 1 0| <= `|W 0 0 * W 1 1| ->",
        "  `|W 0 1 * W 1 0| <= `|W 0 0 * W 1 1| ->",
    ),
    (
        "Completion.v",
        "a density that grows",
        "  0 < t 1 -> t' 1 = t 1 -> 0 < t 0 -> t 0 < t' 0 ->",
        "  0 < t 1 -> t' 1 = t 1 -> 0 < t 0 -> t' 0 < t 0 ->",
    ),
    (
        "Completion.v",
        "a density that falls at depth one",
        "  (1 < N)%N -> orthogonal U -> orthogonal V -> orthogonal U'",
        "  (0 < N)%N -> orthogonal U -> orthogonal V -> orthogonal U'",
    ),
    (
        "Completion.v",
        "rank one where x y = - b_11 b_22",
        "Theorem hyperbola : s 1 = 0 <-> W 0 1 * W 1 0 = W 0 0 * W 1 1.",
        "Theorem hyperbola : s 1 = 0 <-> W 0 1 * W 1 0 = - (W 0 0 * W 1 1).",
    ),
    (
        "Completion.v",
        "the first singular value on the hyperbola",
        "Theorem rank_one_iff : s 1 = 0 <-> \\det W = 0.",
        "Theorem rank_one_iff : s 0 = 0 <-> \\det W = 0.",
    ),
    (
        "Completion.v",
        "a product of singular values without its absolute value",
        "Theorem product_of_values : s 0 * s 1 = `|\\det W|.",
        "Theorem product_of_values : s 0 * s 1 = \\det W.",
    ),
    (
        "Completion.v",
        "the nuclear norm of W_x with the Frobenius norm's constant",
        "  (s 0 + s 1) ^+ 2 = x ^+ 2 + 4%:R.",
        "  (s 0 + s 1) ^+ 2 = x ^+ 2 + 2%:R.",
    ),
    (
        "Completion.v",
        "every norm has its minimum at 0",
        "  (forall U V Z, orthogonal U -> orthogonal V -> nu (U *m Z *m V) = nu Z) ->\n",
        "",
    ),
    (
        "Completion.v",
        "the other norm is greater at -1",
        "Theorem tau_elsewhere : tau (W_x (-1)) < tau (W_x 0).",
        "Theorem tau_elsewhere : tau (W_x 0) < tau (W_x (-1)).",
    ),
    (
        "Completion.v",
        "squares that sum to more than d^2",
        "Theorem squares_at_least : (d ^ 2)%:R <= ",
        "Theorem squares_at_least : (d ^ 2)%:R < ",
    ),
    (
        "Completion.v",
        "ones in place of squares that are one",
        "= (d ^ 2)%:R <-> forall i l, (p i / p l) ^+ 2 = 1.",
        "= (d ^ 2)%:R <-> forall i l, p i / p l = 1.",
    ),
    (
        "Completion.v",
        "the entries of a matrix of rank one upside down",
        "  forall i l, u l != 0 /\\ W i l = u i / u l.",
        "  forall i l, u l != 0 /\\ W i l = u l / u i.",
    ),
    (
        "Gauge.v",
        "a defect that a step of descent moves by eta",
        "  defect W j + eta ^+ 2 *: defect (dphi_adj W N G) j.",
        "  defect W j + eta *: defect (dphi_adj W N G) j.",
    ),
    (
        "Gauge.v",
        "the rate of weight decay without its factor 2",
        "  - ((mu + mu) *: defect W j).",
        "  - (mu *: defect W j).",
    ),
    (
        "Gauge.v",
        "a gauge direction with the other sign",
        ": 'M[R]_d := a j *m W j - W j *m a j.-1.",
        ": 'M[R]_d := a j *m W j + W j *m a j.-1.",
    ),
    (
        "Gauge.v",
        "a gauge direction that moves the last frame",
        "Theorem gauge_in_kernel W a : a 0%N = 0 -> a N = 0 -> ",
        "Theorem gauge_in_kernel W a : a 0%N = 0 -> a 0%N = 0 -> ",
    ),
    (
        "Gauge.v",
        "vertical and normal directions at any factors",
        "Hypotheses (bal : balanced W N) (skew",
        "Hypotheses (bal : balanced W 0) (skew",
    ),
    (
        "analysis/Solutions.v",
        "weight decay at the rate mu",
        "  defect (W t) j = exp (- ((mu + mu) * t))%R *: defect (W 0) j.",
        "  defect (W t) j = exp (- (mu * t))%R *: defect (W 0) j.",
    ),
    (
        "analysis/Growth.v",
        "a solution that grows",
        "  forall t, 0 <= t <= T -> y t = exp (- (c * t)) * y 0.",
        "  forall t, 0 <= t <= T -> y t = exp (c * t) * y 0.",
    ),
    (
        "analysis/Exponential.v",
        "the logarithms of a and b, not of their squares",
        "    (ln (a ^ 2) - ln (b ^ 2)).\nProof",
        "    (ln a - ln b).\nProof",
    ),
    (
        "analysis/Exponential.v",
        "the integral with exchanged exponents and the other sign",
        "  is_RInt (fun s => Rpower p (1 - s) * Rpower q s) 0 1 ((p - q) / (ln p - ln q)).\nProof",
        "  is_RInt (fun s => Rpower p (1 - s) * Rpower q s) 0 1 ((q - p) / (ln p - ln q)).\nProof",
    ),
    (
        "analysis/Exponential.v",
        "a rate of 1/N^2",
        "* exp (Rabs (2 * ln b))) / INR n.\nProof",
        "* exp (Rabs (2 * ln b))) / INR n ^ 2.\nProof",
    ),
    (
        "analysis/InfiniteDepth.v",
        "the volume form's limit with 1/sigma^2",
        "    ((\\prod_(i < d) (s i)^-1) *\n"
        "     \\prod_(i < d) \\prod_(l < d | (i < l)%N) (ln (s i ^+ 2) - ln (s l ^+ 2))).\nProof",
        "    ((\\prod_(i < d) (s i)^-2) *\n"
        "     \\prod_(i < d) \\prod_(l < d | (i < l)%N) (ln (s i ^+ 2) - ln (s l ^+ 2))).\nProof",
    ),
    (
        "analysis/InfiniteDepth.v",
        "the logarithmic mean of sigma in place of sigma^2",
        "    (log_mean (s i ^+ 2) (s l ^+ 2)).\nProof",
        "    (log_mean (s i) (s l)).\nProof",
    ),
    (
        "analysis/InfiniteDepth.v",
        "A_inf with U and V exchanged",
        "    (twist U V (entrywise (fun a b => log_mean (p a) (p b)) (U^T *m Z *m V)) i l).\nProof",
        "    (twist V U (entrywise (fun a b => log_mean (p a) (p b)) (V^T *m Z *m U)) i l).\nProof",
    ),
    (
        "analysis/InfiniteDepth.v",
        "a limit at vanishing singular values",
        "  orthogonal U -> orthogonal V -> (forall k, 0 < s k) ->\n  is_lim_seq (fun N => Op N",
        "  orthogonal U -> orthogonal V -> (forall k, 0 <= s k) ->\n  is_lim_seq (fun N => Op N",
    ),
    (
        "analysis/Growth.v",
        "a sign kept without a bound on the growth",
        "  (forall t, 0 <= t <= T -> Rabs (dy t) <= C * Rabs (y t)) ->\n"
        "  0 < y 0 -> forall t, 0 <= t <= T -> 0 < y t.",
        "  (forall t, 0 <= t <= T -> Rabs (dy t) <= C) ->\n"
        "  0 < y 0 -> forall t, 0 <= t <= T -> 0 < y t.",
    ),
    (
        "analysis/Curves.v",
        "Jacobi's formula with the transposed adjugate",
        "  is_derive (fun s => \\det (W s)) t (\\tr (\\adj (W t) *m dW)).\nProof",
        "  is_derive (fun s => \\det (W s)) t (\\tr ((\\adj (W t))^T *m dW)).\nProof",
    ),
    (
        "analysis/Solutions.v",
        "the balance with the transpose on the other factor",
        "  (W t j.+1)^T *m W t j.+1 - W t j *m (W t j)^T =\n",
        "  W t j.+1 *m (W t j.+1)^T - (W t j)^T *m W t j =\n",
    ),
    (
        "analysis/Solutions.v",
        "the end-to-end flow from factors that are not balanced",
        "  (0 < N)%N -> balanced (W 0) N ->\n",
        "  (0 < N)%N ->\n",
    ),
    (
        "analysis/Solutions.v",
        "the end-to-end flow without the factor N",
        "    (- (N%:R *: Op N",
        "    (- (1%:R *: Op N",
    ),
    (
        "analysis/DetSign.v",
        "the determinant's sign at depth one and more",
        "     W s = U s *m Diag (fun i => t s i ^+ N.+2) *m (V s)^T]) ->\n"
        "  (forall s, 0 <= s <= T ->\n"
        "     is_derive_mx W s (- Op N.+2 (",
        "     W s = U s *m Diag (fun i => t s i ^+ N.+1) *m (V s)^T]) ->\n"
        "  (forall s, 0 <= s <= T ->\n"
        "     is_derive_mx W s (- Op N.+1 (",
    ),
    (
        "analysis/DetSign.v",
        "the determinant's sign along a flow with any G",
        "  (forall s, 0 <= s <= T -> continuous_mx G s) ->\n",
        "",
    ),
    (
        "analysis/DetSign.v",
        "a determinant that grows",
        "  0 < \\det (W 0) -> forall s, 0 <= s <= T -> 0 < \\det (W s).",
        "  0 < \\det (W 0) -> forall s, 0 <= s <= T -> \\det (W 0) <= \\det (W s).",
    ),
    (
        "analysis/Entropy.v",
        "an entropy of the order of the share",
        "  0 <= x -> x <= y ^ 2 -> 0 <= y -> y <= / 2 ->\n"
        "  0 <= - ((1 - x) * ln (1 - x)) - x * ln x <= 3 * y.",
        "  0 <= x -> x <= y ^ 2 -> 0 <= y -> y <= / 2 ->\n"
        "  0 <= - ((1 - x) * ln (1 - x)) - x * ln x <= y ^ 2.",
    ),
    (
        "analysis/NormLimits.v",
        "an observed entry that tends to infinity",
        "Theorem free_entry_diverges : is_lim (fun t => `|W t 0 0|) p_infty p_infty.",
        "Theorem free_entry_diverges : is_lim (fun t => `|W t 1 1|) p_infty p_infty.",
    ),
    (
        "analysis/NormLimits.v",
        "a quasi-norm that may vanish at E_11",
        "  0 < nu (delta_mx 0 0) ->\n  is_lim (fun t => nu (W t)) p_infty p_infty.",
        "  0 <= nu (delta_mx 0 0) ->\n  is_lim (fun t => nu (W t)) p_infty p_infty.",
    ),
    (
        "analysis/NormLimits.v",
        "an effective rank that tends to 2",
        "  is_lim (fun t => exp (log_erank (s t))) p_infty (1 : R).",
        "  is_lim (fun t => exp (log_erank (s t))) p_infty (2%:R : R).",
    ),
    (
        "analysis/NormLimits.v",
        "the flow from a negative determinant",
        "Hypothesis start : 0 < \\det (W 0).",
        "Hypothesis start : \\det (W 0) < 0.",
    ),
    (
        "analysis/DivergenceLimits.v",
        "the power of the logarithm at infinite depth",
        "infinite_volume (scaled K e s) / (e ^- k * (- ln e) ^+ (k * (d - k))))",
        "infinite_volume (scaled K e s) / (e ^- k * (- ln e) ^+ (k * d)))",
    ),
    (
        "analysis/DivergenceLimits.v",
        "the limit at infinite depth with 1 in place of 2",
        "    (if mixed i l then 2%:R else ln (s i ^+ 2) - ln (s l ^+ 2)))%R.",
        "    (if mixed i l then 1%:R else ln (s i ^+ 2) - ln (s l ^+ 2)))%R.",
    ),
    (
        "analysis/DivergenceLimits.v",
        "the exponent of the volume form at depth N",
        "                        / e ^ (k%:Z * (k%:Z - N%:Z))) L.\nProof",
        "                        / e ^ (k%:Z * (1 - N%:Z))) L.\nProof",
    ),
    (
        "analysis/WidthOne.v",
        "a loss that stays at least 1",
        "Theorem flow_is_stuck t : 0 <= t <= T -> / 2 <= (",
        "Theorem flow_is_stuck t : 0 <= t <= T -> 1 <= (",
    ),
    (
        "analysis/WidthOne.v",
        "opposite factors at time 0",
        "Hypothesis start : w1 0 = w2 0.",
        "Hypothesis start : w1 0 = - w2 0.",
    ),
    (
        "analysis/WidthOne.v",
        "a function that vanishes later",
        "  y 0 = 0 -> forall t, 0 <= t <= T -> y t = 0.",
        "  y T = 1 -> forall t, 0 <= t <= T -> y t = 0.",
    ),
    (
        "DetFlow.v",
        "singular vectors in the other order in the determinant's velocity",
        "  \\det W * \\sum_i t i ^+ N * (U^T *m G *m V) i i.",
        "  \\det W * \\sum_i t i ^+ N * (V^T *m G *m U) i i.",
    ),
    (
        "SignPatterns.v",
        "entries p_l / p_i",
        "W i l = U i 0 / U l 0.",
        "W i l = U l 0 / U i 0.",
    ),
    (
        "SignPatterns.v",
        "rank one without its ratios",
        "  (forall i l, W i l = p i / p l) -> s 1 = 0.",
        "  (forall i l, W i l = p i / p l) -> s 0 = 0.",
    ),
    (
        "SignPatterns.v",
        "signs at 2d",
        "s 1 = 0 -> s 0 ^+ 2 = (n.+2 ^ 2)%:R -> W i l ^+ 2 = 1.",
        "s 1 = 0 -> s 0 ^+ 2 = (2 * n.+2)%:R -> W i l ^+ 2 = 1.",
    ),
    (
        "SignPatterns.v",
        "an orbit without rank one",
        "Theorem sign_pattern_orbit : s 1 = 0 -> (",
        "Theorem sign_pattern_orbit : s 1 = s 1 -> (",
    ),
    (
        "SignPatterns.v",
        "without the third pair",
        "  s 0 ^+ 2 = 3%:R + (u + u^-1) + (v + v^-1) + (u * v + (u * v)^-1).",
        "  s 0 ^+ 2 = 3%:R + (u + u^-1) + (v + v^-1).",
    ),
    (
        "SignPatterns.v",
        "ten or more",
        "Theorem nine_or_more : 9%:R <=",
        "Theorem nine_or_more : 10%:R <=",
    ),
    (
        "SignPatterns.v",
        "any orthogonal matrix keeps the loss",
        "alone : forall i l k, l != k -> Z i l * Z i k = 0).",
        "alone : forall i l k, l != l -> Z i l * Z i k = 0).",
    ),
    (
        "Operator.v",
        "singular vectors that match in one index only",
        "= ((i == k) && (l == m))%:R.",
        "= ((i == k) || (l == m))%:R.",
    ),
    (
        "Operator.v",
        "an expansion along u_i v_l^T with exchanged components",
        "frob (col i U *m (col l V)^T) Z *: (col i U *m (col l V)^T).",
        "frob (col i U *m (col l V)^T) Z *: (col l U *m (col i V)^T).",
    ),
    (
        "SubmersionSpectrum.v",
        "the lift with the sum of the squares",
        "  let c := (t i ^+ 2 - t l ^+ 2) / ((t i ^+ N) ^+ 2 - (t l ^+ N) ^+ 2) in",
        "  let c := (t i ^+ 2 - t l ^+ 2) / ((t i ^+ N) ^+ 2 + (t l ^+ N) ^+ 2) in",
    ),
    (
        "SubmersionSpectrum.v",
        "the coincident lift without its factor N",
        "  let c := t i ^+ 2 / (N%:R * (t i ^+ N) ^+ 2) in",
        "  let c := t i ^+ 2 / ((t i ^+ N) ^+ 2) in",
    ),
    (
        "SubmersionSpectrum.v",
        "the edge of the rank as a limit of coincident values",
        "  let c := t i ^+ 2 / (t i ^+ N) ^+ 2 in",
        "  let c := t i ^+ 2 / (N%:R * (t i ^+ N) ^+ 2) in",
    ),
    (
        "SubmersionSpectrum.v",
        "lifts that vanish at depth one",
        "Theorem lift_beyond_rank i l : (1 < N)%N ->",
        "Theorem lift_beyond_rank i l : (0 < N)%N ->",
    ),
    (
        "SubmersionSpectrum.v",
        "the rank linearised at depth one",
        "Theorem lift_keeps_rank (Z X Y : 'M[R]_d) j : (1 < N)%N ->",
        "Theorem lift_keeps_rank (Z X Y : 'M[R]_d) j : (0 < N)%N ->",
    ),
    (
        "SubmersionSpectrum.v",
        "the metric g^N itself downstairs",
        "-> frob Z X = N%:R^-1 * metric N",
        "-> frob Z X = metric N",
    ),
    (
        "SubmersionSpectrum.v",
        "tangents of rank r at one vanishing value",
        "  t i = 0 -> t l = 0 -> (U^T *m Y *m V) i l = 0.",
        "  t i = 0 -> (U^T *m Y *m V) i l = 0.",
    ),
    (
        "SubmersionSpectrum.v",
        "a tangent divided by the root",
        "'X *: map_mx polyC ((t i ^+ N)^-1 *: (V *m delta_mx i l *m V^T)))) =",
        "'X *: map_mx polyC ((t i)^-1 *: (V *m delta_mx i l *m V^T)))) =",
    ),
    (
        "Splitting.v",
        "vertical directions that are symmetric",
        "balanced W N -> (forall j, (j <= N)%N -> skew_mx (a j)) ->",
        "balanced W N -> (forall j, (j <= N)%N -> symmetric_mx (a j)) ->",
    ),
    (
        "Splitting.v",
        "normal directions that are skew",
        "Theorem normal_to_tangents : (forall j, (j <= N)%N -> symmetric_mx (b j)) ->",
        "Theorem normal_to_tangents : (forall j, (j <= N)%N -> skew_mx (b j)) ->",
    ),
    (
        "Splitting.v",
        "normal directions with a free end",
        "  b 0%N = 0 -> b N = 0 ->\n",
        "  b 0%N = 0 ->\n",
    ),
    (
        "Splitting.v",
        "a splitting into vertical directions alone",
        "-> H j = gauge W a j + gauge W b j.",
        "-> H j = gauge W a j.",
    ),
    (
        "Splitting.v",
        "a last end at any tuple",
        "  dphi W N H = 0 -> a N + b N = 0.",
        "  a N + b N = 0.",
    ),
    (
        "MetricFrame.v",
        "turns in one sense and in the other exchanged",
        "(2%:R * (sigma i + sigma l)) * (a i l + b i l) ^+ 2)",
        "(2%:R * (sigma i + sigma l)) * (a i l - b i l) ^+ 2)",
    ),
    (
        "MetricFrame.v",
        "the factor 1/2 left out",
        "c i l * (sigma i + sigma l) / (2%:R * (sigma i - sigma l))) *",
        "c i l * (sigma i + sigma l) / (sigma i - sigma l)) *",
    ),
    (
        "MetricFrame.v",
        "the coincident value halved",
        "(if sigma i == sigma l then 2%:R * t i ^+ 2",
        "(if sigma i == sigma l then t i ^+ 2",
    ),
    (
        "MetricFrame.v",
        "any turns",
        "D = Diag (fun i => D i i) -> skew_mx a -> skew_mx b ->",
        "D = Diag (fun i => D i i) -> skew_mx a -> skew_mx a ->",
    ),
    (
        "OrbitFrames.v",
        "frames with one power too few",
        "phi W j *m V *m Diag (fun i => t i ^- j).",
        "phi W j *m V *m Diag (fun i => t i ^- j.-1).",
    ),
    (
        "OrbitFrames.v",
        "a last frame at V",
        "Theorem last_frame : frame N = U.",
        "Theorem last_frame : frame N = V.",
    ),
    (
        "OrbitFrames.v",
        "factors with exchanged frames",
        "  W j = frame j *m Diag t *m (frame j.-1)^T.",
        "  W j = frame j.-1 *m Diag t *m (frame j)^T.",
    ),
    (
        "OrbitFrames.v",
        "a turning frame that moves one factor only",
        "  - (if k == j.+1 then factor",
        "  - (if k == j then factor",
    ),
    (
        "Corners.v",
        "the density without its factor N",
        "  density U V t = N%:R * (t 0 * t 1 / (",
        "  density U V t = (t 0 * t 1 / (",
    ),
    (
        "Corners.v",
        "a density that falls at a fixed determinant at depth one",
        "Theorem density_falls_at_determinant U V U' V' t t' : (1 < N)%N ->",
        "Theorem density_falls_at_determinant U V U' V' t t' : (0 < N)%N ->",
    ),
    (
        "Corners.v",
        "a fixed determinant with the values in the other order",
        "  0 < t 1 -> t 1 <= t 0 -> 0 < t' 1 -> t 0 < t' 0 ->\n  t 0 ^+ N",
        "  0 < t 1 -> t 0 <= t 1 -> 0 < t' 1 -> t 0 < t' 0 ->\n  t 0 ^+ N",
    ),
    (
        "Corners.v",
        "x + b_11 b_22 / x on the hyperbola",
        "(W 0 1 - W 0 0 * W 1 1 / W 0 1) ^+ 2.",
        "(W 0 1 + W 0 0 * W 1 1 / W 0 1) ^+ 2.",
    ),
    (
        "Corners.v",
        "the difference on the rays inside",
        "-> s 0 + s 1 = `|W 0 0| + `|W 1 1|.",
        "-> s 0 - s 1 = `|W 0 0| + `|W 1 1|.",
    ),
    (
        "Corners.v",
        "rays through the other corners",
        "same : 0 <= b * (W 0 1 * W 1 0)).",
        "same : b * (W 0 1 * W 1 0) <= 0).",
    ),
    (
        "Corners.v",
        "second values reached outside at the difference",
        "  W 0 1 ^+ 2 = (`|W 0 0| + x) * (`|W 1 1| + x) -> s 1 = x.",
        "  W 0 1 ^+ 2 = (`|W 0 0| + x) * (`|W 1 1| - x) -> s 1 = x.",
    ),
    (
        "Corners.v",
        "the density smallest on the rays",
        "Theorem largest_at_second : t' 1 = t 1 -> density N U V t <= density N U' V' t'.",
        "Theorem largest_at_second : t' 1 = t 1 -> density N U' V' t' <= density N U V t.",
    ),
    (
        "Corners.v",
        "the largest density on either side",
        "Hypothesis side : 0 <= (W 0 0",
        "Hypothesis side : 0 <= - (W 0 0",
    ),
    (
        "Corners.v",
        "corners with the smallest leading coefficient",
        "  N%:R * r ^- (N - 1) <= N%:R * r' ^- (N - 1).",
        "  N%:R * r' ^- (N - 1) <= N%:R * r ^- (N - 1).",
    ),
    (
        "Completion.v",
        "the nuclear norm for the Frobenius norm of W_x",
        "frob (W_x x) (W_x x) = x ^+ 2 + 2%:R.",
        "frob (W_x x) (W_x x) = x ^+ 2 + 4%:R.",
    ),
    (
        "Completion.v",
        "the value of the other norm at 0",
        "Theorem tau_value : tau (W_x (-1)) = 2%:R.",
        "Theorem tau_value : tau (W_x 0) = 2%:R.",
    ),
    (
        "Completion.v",
        "W_x not symmetric",
        "Theorem W_x_not_positive (R : rcfType) (x : R) : ~ psd (W_x x).",
        "Theorem W_x_not_positive (R : rcfType) (x : R) : ~ symmetric_mx (W_x x).",
    ),
    (
        "LeastNorm.v",
        "a step up",
        "  X^T *m z - Z = X^T *m (z - (X *m X^T *m z - y)).",
        "  X^T *m z - Z = X^T *m (z + (X *m X^T *m z - y)).",
    ),
    (
        "LeastNorm.v",
        "a gradient without the factor 1/2",
        "  (forall H, (2%:R^-1 *: \\tr (",
        "  (forall H, (1 *: \\tr (",
    ),
    (
        "LeastNorm.v",
        "descent from anywhere",
        "  w 0%N = 0 -> (forall j,",
        "  w 1%N = w 1%N -> (forall j,",
    ),
    (
        "LeastNorm.v",
        "the solution of greatest norm",
        "  \\tr ((X^T *m z)^T *m (X^T *m z)) <= \\tr (Z^T *m Z).",
        "  \\tr (Z^T *m Z) <= \\tr ((X^T *m z)^T *m (X^T *m z)).",
    ),
    (
        "LeastNorm.v",
        "two solutions that are combinations of the columns",
        "-> X^T *m Z = X^T *m z.",
        "-> Z = z.",
    ),
    (
        "LeastNorm.v",
        "faster below the threshold",
        "Theorem rate_above : c < t ^+ N ->",
        "Theorem rate_above : t ^+ N < c ->",
    ),
    (
        "LeastNorm.v",
        "the threshold N^(-1)",
        "Hypothesis threshold : c ^+ (2 * N - 2) * N%:R ^+ N = 1.",
        "Hypothesis threshold : c ^+ (2 * N - 2) * N%:R = 1.",
    ),
    (
        "analysis/Powers.v",
        "a sum with the inverse that is at least 3",
        "Lemma sum_with_inverse (u : R) : 0 < u -> 2 <= u + / u.",
        "Lemma sum_with_inverse (u : R) : 0 < u -> 3 <= u + / u.",
    ),
    (
        "analysis/Schatten.v",
        "equal powers",
        "0 < p -> Rpower (s 1) p = (Rpower (s 0) p)^-1.",
        "0 < p -> Rpower (s 1) p = Rpower (s 0) p.",
    ),
    (
        "analysis/Schatten.v",
        "the minimum at x = 1",
        "-> \\sum_i Rpower (s i) p = 2%:R -> x = 0.",
        "-> \\sum_i Rpower (s i) p = 2%:R -> x = 1.",
    ),
    (
        "analysis/Schatten.v",
        "a minimum of 1",
        "0 < p -> x = 0 -> \\sum_i Rpower (s i) p = 2%:R.",
        "0 < p -> x = 0 -> \\sum_i Rpower (s i) p = 1%:R.",
    ),
    (
        "analysis/Schatten.v",
        "an effective rank of e on the hyperbola",
        "  W 0 1 * W 1 0 = W 0 0 * W 1 1 -> log_erank s = 0.",
        "  W 0 1 * W 1 0 = W 0 0 * W 1 1 -> log_erank s = 1.",
    ),
    (
        "analysis/Frames.v",
        "frames at rest in the velocity of a singular value",
        "is_derive (fun r => s r i) t (H t i i).",
        "is_derive (fun r => s r i) t (alpha t i i).",
    ),
    (
        "analysis/Frames.v",
        "left and right singular vectors exchanged",
        "  alpha t i l = (s t l * H t i l + s t i * H t l i)",
        "  alpha t i l = (s t i * H t i l + s t l * H t l i)",
    ),
    (
        "analysis/Frames.v",
        "turns with the opposite sign",
        "  beta t i l = (s t i * H t i l + s t l * H t l i) / (s t l ^+ 2 - s t i ^+ 2).",
        "  beta t i l = (s t i * H t i l + s t l * H t l i) / (s t i ^+ 2 - s t l ^+ 2).",
    ),
    (
        "analysis/Components.v",
        "weight decay at the rate mu",
        "(- ((mu + mu) *: defect (W t) j)).",
        "(- (mu *: defect (W t) j)).",
    ),
    (
        "analysis/Components.v",
        "balance without balanced factors at time 0",
        "(start : balanced (W 0) N).",
        "(start : balanced (W 0) 0).",
    ),
    (
        "analysis/Components.v",
        "components without the inverse",
        "/ (r i ^+ 2 - r l ^+ 2) * (U^T *m G t *m V) i l)).",
        "* (r i ^+ 2 - r l ^+ 2) * (U^T *m G t *m V) i l)).",
    ),
    (
        "analysis/Components.v",
        "coincident components without the factor N",
        "    (- (N%:R * (r i ^+ 2) ^+ (N - 1) * (U^T *m G t *m V) i l)).",
        "    (- ((r i ^+ 2) ^+ (N - 1) * (U^T *m G t *m V) i l)).",
    ),
    (
        "analysis/Components.v",
        "the rate at width one inverted",
        "  is_derive (fun s => phi (W s) N 0 0) t (- (N%:R * (r ^+ 2) ^+ (N - 1) * G t 0 0)).",
        "  is_derive (fun s => phi (W s) N 0 0) t (- (N%:R * (r ^+ 2) ^- (N - 1) * G t 0 0)).",
    ),
    (
        "analysis/WidthOne.v",
        "a gradient without the other factor",
        "u (v * (u * v + 1)).",
        "u (u * v + 1).",
    ),
    (
        "analysis/CornerLimits.v",
        "the leading coefficient without its factor N",
        "              (N%:R * (r ^+ 3 / sigma ^+ 3)).",
        "              (r ^+ 3 / sigma ^+ 3).",
    ),
    (
        "analysis/CornerLimits.v",
        "the square of the leading coefficient",
        "  right_limit (fun e => nroot e N ^+ (N - 1) * density",
        "  right_limit (fun e => nroot e N ^+ N * density",
    ),
    (
        "analysis/CornerLimits.v",
        "an infinite density at depth one",
        "Theorem density_infinite : (1 < N)%N ->",
        "Theorem density_infinite : (0 < N)%N ->",
    ),
    (
        "CoareaGram.v",
        "the group's length 2 counted once",
        "  2%:R ^+ ((N - 1) * (d * d.-1)./2) * (\\prod_i",
        "  2%:R ^+ (d * d.-1)./2 * (\\prod_i",
    ),
    (
        "CoareaGram.v",
        "values without the factor 1/N",
        "(\\prod_i (t i ^+ 2 / (N%:R * (t i ^+ N) ^+ 2)))\n  * van",
        "(\\prod_i (t i ^+ 2 / ((t i ^+ N) ^+ 2)))\n  * van",
    ),
    (
        "CoareaGram.v",
        "the metric g^N itself downstairs",
        ": 'M[F]_d := N%:R^-1 *: Op_inv N P P' Z.",
        ": 'M[F]_d := Op_inv N P P' Z.",
    ),
    (
        "CoareaGram.v",
        "the Jacobian not squared",
        "  * \\det (lin_mx (dsvd (Q N) (Q 0%N) (fun i => t i ^+ N))) ^+ 2.\nProof.\nhave l0",
        "  * \\det (lin_mx (dsvd (Q N) (Q 0%N) (fun i => t i ^+ N))).\nProof.\nhave l0",
    ),
    (
        "PolarTower.v",
        "the frame of the same layer on both sides",
        "W j = tower_frame j *m P *m (tower_frame j.-1)^T.",
        "W j = tower_frame j *m P *m (tower_frame j)^T.",
    ),
    (
        "PolarTower.v",
        "the matrix turned the other way",
        "tower Q X j) -> P = Q 0%N *m X *m (Q 0%N)^T.",
        "tower Q X j) -> P = (Q 0%N)^T *m X *m Q 0%N.",
    ),
    (
        "PolarTower.v",
        "balanced with a matrix that need not be symmetric",
        "(1 <= j < N)%N -> Z^T = Z ->",
        "(1 <= j < N)%N -> Z = Z ->",
    ),
    (
        "PolarTower.v",
        "exponent of the product",
        "phi (tower Z) N = Q N *m mpow Z N *m",
        "phi (tower Z) N = Q N *m mpow Z N.+1 *m",
    ),
    (
        "FrameDirections.v",
        "the indices of a pair exchanged",
        "  ((i == k) && (l == m))%:R * pair_form y z i l.\nProof",
        "  ((i == k) && (l == m))%:R * pair_form y z l i.\nProof",
    ),
    (
        "FrameDirections.v",
        "sign of the neighbours",
        "(t i ^+ 2 + t l ^+ 2 - c * (t i * t l)) *",
        "(t i ^+ 2 + t l ^+ 2 + c * (t i * t l)) *",
    ),
    (
        "FrameDirections.v",
        "lengths of lifts without N",
        "((i == k) && (l == m))%:R * (N%:R * (t i ^+ 2) ^+ (N - 1)).",
        "((i == k) && (l == m))%:R * (t i ^+ 2) ^+ (N - 1).",
    ),
    (
        "analysis/Waves.v",
        "waves of length N",
        "(m == l)%:R * (N%:R / 2%:R).",
        "(m == l)%:R * N%:R.",
    ),
    (
        "analysis/Waves.v",
        "half of the normal directions' length",
        "(frame_direction Q t (wave N n) (delta_mx i l + delta_mx l i)) =\n  (m == n)%:R * (N%:R *",
        "(frame_direction Q t (wave N n) (delta_mx i l + delta_mx l i)) =\n"
        "  (m == n)%:R * (N%:R / 2%:R *",
    ),
    (
        "analysis/Waves.v",
        "positive for the constant wave too",
        "(forall i, 0 < t i) -> (0 < m < N)%N ->",
        "(forall i, 0 < t i) -> (0 <= m < N)%N ->",
    ),
    (
        "analysis/OrbitWaves.v",
        "the next eigenvalue",
        "= wave_value N t i l m *: \\col_j wave N m j.+1.",
        "= wave_value N t i l m.+1 *: \\col_j wave N m j.+1.",
    ),
    (
        "analysis/OrbitWaves.v",
        "the Gram matrix without its half",
        "\\matrix_(j, k) (2%:R^-1 * \\sum_",
        "\\matrix_(j, k) (\\sum_",
    ),
    (
        "analysis/OrbitWaves.v",
        "waves from the layer 0 on",
        "pair_gram i l *m \\col_j wave N m j.+1 =",
        "pair_gram i l *m \\col_j wave N m j =",
    ),
    (
        "PowerMap.v",
        "a power of N for the pairs alone",
        "  N%:R ^+ (d * d.+1)./2 * van (fun i => t i ^+ 2).",
        "  N%:R ^+ (d * d.-1)./2 * van (fun i => t i ^+ 2).",
    ),
    (
        "PowerMap.v",
        "exponent of N for the submersion",
        "  N%:R ^+ d * `|\\det (lin_mx (dsvd U V t))| ^+ 2.",
        "  N%:R ^+ d.+1 * `|\\det (lin_mx (dsvd U V t))| ^+ 2.",
    ),
    (
        "PowerMap.v",
        "exponent of the root",
        "X *m mpow H (N - 1) = U",
        "X *m mpow H N = U",
    ),
    (
        "NormDivergence.v",
        "a bound four times as large",
        "  4%:R * c * (t + c * (2%:R",
        "  1%:R * c * (t + c * (2%:R",
    ),
    (
        "analysis/DetRate.v",
        "sign of the determinant's rate",
        "time (- \\sum_i t i ^+ N * (U^T",
        "time (\\sum_i t i ^+ N * (U^T",
    ),
    (
        "analysis/DetRate.v",
        "exponent of the determinant's rate",
        "time (- \\sum_i t i ^+ N * (U^T",
        "time (- \\sum_i t i ^+ N.+1 * (U^T",
    ),
    (
        "analysis/DetRate.v",
        "from a determinant of any sign",
        "  0 < \\det (W 0) -> 0 <= time <= T ->",
        "  0 < 1 :> R -> 0 <= time <= T ->",
    ),
    (
        "analysis/EffectiveRank.v",
        "the logarithm of the ratio itself",
        "log_erank s = ln (1 + e) + e / (1 + e) * ln e^-1.",
        "log_erank s = ln (1 + e) + e / (1 + e) * ln e.",
    ),
    (
        "analysis/EffectiveRank.v",
        "bounded without the ratio itself",
        "e / (1 + e) * ln e^-1 <= e * (1 + ln e^-1).",
        "e / (1 + e) * ln e^-1 <= e * ln e^-1.",
    ),
    (
        "analysis/EffectiveRank.v",
        "half of the bound by the loss",
        "log_erank s <= 2%:R * rho / (1 - rho).",
        "log_erank s <= rho / (1 - rho).",
    ),
    (
        "analysis/ValueTangents.v",
        "every value moves",
        "s i + x * (i == j)%:R) N) *m (Q k.-1)^T) 0\n    (value",
        "s i + x) N) *m (Q k.-1)^T) 0\n    (value",
    ),
    (
        "analysis/ValueTangents.v",
        "the frame of the same layer on both sides",
        "(i == j)%:R) N) *m (Q k.-1)^T) 0\n    (value",
        "(i == j)%:R) N) *m (Q k)^T) 0\n    (value",
    ),
    (
        "analysis/ValueTangents.v",
        "the derivative without 1/N",
        "s (nroot s N / (N%:R * s)).",
        "s (nroot s N / s).",
    ),
    (
        "analysis/Descent.v",
        "eigenvalues up to 2",
        "(small : forall i, lam i < 2%:R)",
        "(small : forall i, lam i <= 2%:R)",
    ),
    (
        "analysis/Descent.v",
        "descent from any point",
        "(w0 : w 0%N = 0) (step",
        "(w0 : w 0%N = w 0%N) (step",
    ),
    (
        "analysis/Descent.v",
        "twice the limit",
        "is_lim_seq (fun j => w j i 0) ((X^T *m z) i 0).",
        "is_lim_seq (fun j => w j i 0) ((X^T *m (z + z)) i 0).",
    ),
    (
        "analysis/InfiniteVolume.v",
        "logarithms of the values themselves",
        "    \\prod_(i < d) \\prod_(l < d | (i < l)%N) (ln (s i ^+ 2) - ln (s l ^+ 2)).",
        "    \\prod_(i < d) \\prod_(l < d | (i < l)%N) (ln (s i) - ln (s l)).",
    ),
    (
        "analysis/InfiniteVolume.v",
        "the first-order coefficient without the width",
        "  N%:R^-1 * (\\sum_i d%:R * (ln (s i ^+ 2) / 2%:R)) <= ln volume_ratio.",
        "  N%:R^-1 * (\\sum_i (ln (s i ^+ 2) / 2%:R)) <= ln volume_ratio.",
    ),
    (
        "analysis/InfiniteVolume.v",
        "half of the second-order coefficient",
        "  (24%:R * N%:R ^+ 2)^-1 * \\sum_",
        "  (48%:R * N%:R ^+ 2)^-1 * \\sum_",
    ),
    (
        "analysis/VanishingValues.v",
        "the power of e without the pairs",
        "                        / Rpower e (((k * k)%:R - (k * N)%:R) / N%:R)) form_limit.",
        "                        / Rpower e ((k%:R - (k * N)%:R) / N%:R)) form_limit.",
    ),
    (
        "analysis/VanishingValues.v",
        "the power of e at depth one more",
        "Rpower e (- ((k * k * (N - 1))%:R / N%:R))) density_limit.",
        "Rpower e (- ((k * k * N)%:R / N%:R))) density_limit.",
    ),
    (
        "analysis/VanishingValues.v",
        "all pairs counted as if both vanished",
        "     (if across i l then N%:R * nroot (s i) N ^+ 2\n",
        "     (if across i l then nroot (s i) N ^+ 2\n",
    ),
    (
        "analysis/VanishingValues.v",
        "the logarithm counted for each vanishing value",
        "(e ^- (k * k) * ln e^-1 ^+ (k * (d - k)))) infinite_density_limit.",
        "(e ^- (k * k) * ln e^-1 ^+ (k * d))) infinite_density_limit.",
    ),
    (
        "analysis/OperatorDerivative.v",
        "the two singular values of a pair exchanged",
        "(lam t i l * pair_velocity N (s t i) (s t l) (H t i i) (H t l l)).\nProof",
        "(lam t i l * pair_velocity N (s t l) (s t i) (H t i i) (H t l l)).\nProof",
    ),
    (
        "analysis/OperatorDerivative.v",
        "on the diagonal the derivative in one of two equal values",
        "((2%:R - 2%:R / N%:R) / x * X)%R.",
        "((1%:R - 1%:R / N%:R) / x * X)%R.",
    ),
    (
        "analysis/OperatorDerivative.v",
        "the turns of the left vectors exchanged",
        "* (s t k * H t i k + s t i * H t k i) * Z k l)%R.",
        "* (s t i * H t i k + s t k * H t k i) * Z k l)%R.",
    ),
    (
        "analysis/OperatorDerivative.v",
        "turns without the right singular vectors",
        "     + left_turns Z i l + right_turns Z i l).\nProof",
        "     + left_turns Z i l).\nProof",
    ),
    (
        "analysis/PairVelocities.v",
        "squares alone",
        "   - 2 / INR n * Rpower p (2 / INR n - 1)",
        "   - 0 * Rpower p (2 / INR n - 1)",
    ),
    (
        "analysis/InfiniteCorners.v",
        "the density of a smaller first value",
        "falls_at_second : s' 1 = s 1 -> s 0 < s' 0 ->\n",
        "falls_at_second : s' 1 = s 1 -> s' 0 < s 0 ->\n",
    ),
    (
        "analysis/InfiniteCorners.v",
        "at a given quotient",
        "Theorem infinite_falls_at_determinant : s 0 < s' 0 -> s 0 * s 1 = s' 0 * s' 1 ->",
        "Theorem infinite_falls_at_determinant : s 0 < s' 0 -> s 0 * s' 1 = s' 0 * s 1 ->",
    ),
    (
        "analysis/InfiniteCorners.v",
        "smallest on the rays",
        "at_second : s' 1 = s 1 -> infinite_density U V s <= infinite_density U' V' s'.",
        "at_second : s' 1 = s 1 -> infinite_density U' V' s' <= infinite_density U V s.",
    ),
    (
        "analysis/ValuesAlongPaths.v",
        "the flow of a singular value without its factor N",
        "    (- (N%:R * (r t i ^+ 2) ^+ (N - 1) * ((U t)^T *m G t *m V t) i i)).\nProof",
        "    (- ((r t i ^+ 2) ^+ (N - 1) * ((U t)^T *m G t *m V t) i i)).\nProof",
    ),
    (
        "analysis/ValuesAlongPaths.v",
        "the gradient of the volume with the other sign of the pairs",
        "     - \\sum_(i < d) \\sum_(l < d | (i < l)%N) pair_velocity N",
        "     + \\sum_(i < d) \\sum_(l < d | (i < l)%N) pair_velocity N",
    ),
    (
        "analysis/ValuesAlongPaths.v",
        "the gradient of the volume with 2/N",
        "    (\\sum_i (N%:R^-1 - 1) / s t i * H i i\n",
        "    (\\sum_i (2%:R / N%:R - 1) / s t i * H i i\n",
    ),
    (
        "analysis/SimpleValues.v",
        "the velocity of a value at W^T",
        "is_derive (fun r => s r i) t (((U t)^T *m D *m V t) i i).",
        "is_derive (fun r => s r i) t (((V t)^T *m D *m U t) i i).",
    ),
    (
        "analysis/SimpleValues.v",
        "differentiable at any positive singular value",
        "(simple : forall l, l != i -> s t l != s t i).",
        "(simple : forall l, l != i -> s t l == s t l).",
    ),
    (
        "Perturbation.v",
        "eigenvalues in any order",
        "  (forall i l : 'I_d, (i <= l)%N -> q l <= q i) ->\n  p k",
        "  (forall i l : 'I_d, (i <= l)%N -> q l <= q l) ->\n  p k",
    ),
    (
        "analysis/HyperbolaLimit.v",
        "the limit without its factor N",
        "    (N%:R * Rpower (rho * F)%R (- 1 + / INR N)).",
        "    (Rpower (rho * F)%R (- 1 + / INR N)).",
    ),
    (
        "analysis/HyperbolaLimit.v",
        "the exponent of the limit without 1/N",
        "    (N%:R * Rpower (rho * F)%R (- 1 + / INR N)).",
        "    (N%:R * Rpower (rho * F)%R (- 1)).",
    ),
    (
        "analysis/HyperbolaLimit.v",
        "a direction of another length",
        "(tau1 : tau ^+ 2 = 1).",
        "(tau1 : tau ^+ 2 = tau ^+ 2).",
    ),
    (
        "analysis/ValuesAlongPaths.v",
        "the gradient of the entropy without its half",
        "    (2%:R^-1 * \\sum_(i < d) \\sum_(l < d | (i < l)%N) pair_velocity N",
        "    (1%:R^-1 * \\sum_(i < d) \\sum_(l < d | (i < l)%N) pair_velocity N",
    ),
    (
        "analysis/Sines.v",
        "zero at the layer 1",
        "Theorem wave_zero n m : (0 < n)%nat -> wave n m 0 = 0.",
        "Theorem wave_zero n m : (0 < n)%nat -> wave n m 1 = 0.",
    ),
    (
        "analysis/Sines.v",
        "zero beyond the last layer",
        "Theorem wave_end n m : (0 < n)%nat -> wave n m n = 0.",
        "Theorem wave_end n m : (0 < n)%nat -> wave n m (S n) = 0.",
    ),
    (
        "analysis/Sines.v",
        "positive for the constant wave too",
        "Theorem wave_first_positive n m : (0 < m < n)%nat ->",
        "Theorem wave_first_positive n m : (0 <= m < n)%nat ->",
    ),
    (
        "OperatorTrace.v",
        "each pair once",
        "      2%:R * (if sigma i == sigma l then",
        "      (if sigma i == sigma l then",
    ),
    (
        "OperatorTrace.v",
        "the factor 1/N left out",
        "else N%:R^-1 * ((sigma i ^+ 2",
        "else ((sigma i ^+ 2",
    ),
    (
        "OperatorTrace.v",
        "the exponent N of sigma_i^(2/N)",
        "  (\\sum_(i < d) (t i ^+ 2) ^+ (N - 1))\n",
        "  (\\sum_(i < d) (t i ^+ 2) ^+ N)\n",
    ),
    (
        "FactorNorms.v",
        "the singular values, not their squares",
        "\\tr (W^T *m W) = \\sum_(i < r) s i ^+ 2.",
        "\\tr (W^T *m W) = \\sum_(i < r) s i.",
    ),
    (
        "FactorNorms.v",
        "the factor N left out",
        "= \\sum_(i < r) N%:R * t i ^+ 2.",
        "= \\sum_(i < r) t i ^+ 2.",
    ),
    (
        "FactorNorms.v",
        "sigma^(1/N) in place of sigma^(2/N)",
        "= \\sum_(i < r) N%:R * t i ^+ 2.",
        "= \\sum_(i < r) N%:R * t i.",
    ),
    (
        "StraightLines.v",
        "the exponents of the lift exchanged",
        "  lift j = Q j *m mpow P (N - j) *m K *m mpow P (j - 1) *m (Q j.-1)^T.",
        "  lift j = Q j *m mpow P (j - 1) *m K *m mpow P (N - j) *m (Q j.-1)^T.",
    ),
    (
        "StraightLines.v",
        "the defect with the opposite sign",
        "  s ^+ 2 *: (Q j *m P *m ((joint j)^T *m joint j - joint j *m (joint j)^T) *m P",
        "  s ^+ 2 *: (Q j *m P *m (joint j *m (joint j)^T - (joint j)^T *m joint j) *m P",
    ),
    (
        "StraightLines.v",
        "K need not be normal",
        "Theorem line_straight s j : K^T *m K = K *m K^T -> K *m P = P *m K ->",
        "Theorem line_straight s j : K *m P = P *m K ->",
    ),
    (
        "StraightLines.v",
        "commuting where N = 2",
        "Theorem line_commutes : (3 <= N)%N ->",
        "Theorem line_commutes : (2 <= N)%N ->",
    ),
    (
        "StraightLines.v",
        "K in place of P^(N-1) K",
        "mpow (P + s *: (mpow P (N - 1) *m K)) N",
        "mpow (P + s *: K) N",
    ),
    (
        "Cone.v",
        "the weight 1/N",
        "(c ^+ N *: Z) (c ^+ N *: X) =\n  c ^+ 2 * metric N (root_of U t) (root_of V t) Z X.",
        "(c ^+ N *: Z) (c ^+ N *: X) =\n  c * metric N (root_of U t) (root_of V t) Z X.",
    ),
    (
        "Cone.v",
        "the radial field in place of the gradient",
        "  N%:R^-1 * metric N P Q (2%:R * N%:R *: phi W N) (dphi W N H).",
        "  N%:R^-1 * metric N P Q (N%:R *: phi W N) (dphi W N H).",
    ),
    (
        "Cone.v",
        "the squared length 1",
        "  4%:R * frob_tuple N W W.",
        "  frob_tuple N W W.",
    ),
    (
        "RootSpeed.v",
        "without the factor 1/N",
        "  N%:R^-1 * metric N (root_of U t) (root_of V t) (velocity D a b) (velocity D a b).",
        "  metric N (root_of U t) (root_of V t) (velocity D a b) (velocity D a b).",
    ),
    (
        "RootSpeed.v",
        "the opposite inequality",
        "(t i / (N%:R * sigma i) * D i i) ^+ 2) <=",
        "(t i / (N%:R * sigma i) * D i i) ^+ 2) >=",
    ),
    (
        "RootSpeed.v",
        "equality though a vector moves",
        "(velocity D 0 0) (velocity D 0 0) =",
        "(velocity D 1%:M 0) (velocity D 1%:M 0) =",
    ),
    (
        "analysis/RootRates.v",
        "the rate without 1/N",
        "0 (nroot (s i) N / (N%:R * s i) * Z i i)%R.\nProof. by",
        "0 (nroot (s i) N / s i * Z i i)%R.\nProof. by",
    ),
    (
        "analysis/ConeGrowth.v",
        "2 in place of 4: how lengths grow",
        "0 (4%:R * metric_at s Z X).",
        "0 (2%:R * metric_at s Z X).",
    ),
    (
        "analysis/ConeGrowth.v",
        "the metric of infinite depth scaled as the Euclidean",
        "  frob (c *: Z) (A_inf_inv U V (fun i => c * s i) (c *: X)) = frob Z (A_inf_inv U V s X).",
        "  frob (c *: Z) (A_inf_inv U V (fun i => c * s i) (c *: X)) =\n"
        "  c ^+ 2 * frob Z (A_inf_inv U V s X).",
    ),
    (
        "analysis/ConeGrowth.v",
        "the same of directions that do not grow with W",
        "  frob (c *: Z) (A_inf_inv U V (fun i => c * s i) (c *: X)) = frob Z (A_inf_inv U V s X).",
        "  frob Z (A_inf_inv U V (fun i => c * s i) X) = frob Z (A_inf_inv U V s X).",
    ),
    (
        "Isometries.v",
        "rotated on one side alone",
        "  metric N (root_of (Q *m U) t) (root_of (S *m V) t) (Q *m Z *m S^T) (Q *m X *m S^T) =",
        "  metric N (root_of (Q *m U) t) (root_of (S *m V) t) (Q *m Z *m V^T) (Q *m X *m S^T) =",
    ),
    (
        "Isometries.v",
        "a motion that is not orthogonal",
        "orthogonal U -> orthogonal V -> orthogonal Q -> orthogonal S ->",
        "orthogonal U -> orthogonal V -> Q \\in unitmx -> orthogonal S ->",
    ),
    (
        "Isometries.v",
        "the transposes at W itself",
        "  metric N (root_of V t) (root_of U t) Z^T X^T = metric",
        "  metric N (root_of U t) (root_of V t) Z^T X^T = metric",
    ),
    (
        "Isometries.v",
        "the scale N of the submersion",
        "(along_section z) = N%:R ^+ 2 * \\sum_(i < d) x i * z i.",
        "(along_section z) = N%:R * \\sum_(i < d) x i * z i.",
    ),
    (
        "Isometries.v",
        "motions that are not skew",
        "skew_mx a -> skew_mx b ->\n  let W",
        "skew_mx a -> symmetric_mx b ->\n  let W",
    ),
    (
        "Rectangular.v",
        "the two roots exchanged",
        "mpow (W N *m (W N)^T) (N - j) *m Z *m mpow ((W 0%N)^T *m W 0%N) j.",
        "mpow (W N *m (W N)^T) j *m Z *m mpow ((W 0%N)^T *m W 0%N) (N - j).",
    ),
    (
        "Rectangular.v",
        "factors that are not balanced",
        "  (forall j, (j < N)%N -> (W j.+1)^T *m W j.+1 = W j *m (W j)^T) ->\n  rdphi (rlift Z)",
        "  (forall j, (j < N)%N -> (W j.+1)^T *m W j.+1 = (W j.+1)^T *m W j.+1) ->\n"
        "  rdphi (rlift Z)",
    ),
    (
        "Rectangular.v",
        "the value in place of the derivative",
        "(chain (rline X) k i l)`_1 = rdphi (first_layers X k) i l.",
        "(chain (rline X) k i l)`_0 = rdphi (first_layers X k) i l.",
    ),
    (
        "Rectangular.v",
        "the longest in place of the shortest",
        "  rinner (rlift W Y) (rlift W Y) <= rinner X X.",
        "  rinner X X <= rinner (rlift W Y) (rlift W Y).",
    ),
    (
        "analysis/Inversion.v",
        "the metric at W in place of that at its inverse",
        "(A_inf_inv V U (fun i => (s i)^-1) (- (",
        "(A_inf_inv U V (fun i => s i) (- (",
    ),
    (
        "analysis/Inversion.v",
        "a velocity of the transpose",
        "  frob (- (invmx W *m Z *m invmx W))",
        "  frob (- (invmx W *m Z^T *m invmx W))",
    ),
    (
        "analysis/Inversion.v",
        "the logarithmic mean of inverses as that of the numbers",
        "log_mean p^-1 q^-1 = log_mean p q / (p * q).",
        "log_mean p^-1 q^-1 = log_mean p q.",
    ),
    (
        "SingleOutput.v",
        "N times the projection",
        "(t ^+ 2) ^+ (N - 1) *: (G + (N - 1)%:R *: (G *m (u^T *m u))).",
        "(t ^+ 2) ^+ (N - 1) *: (G + N%:R *: (G *m (u^T *m u))).",
    ),
    (
        "SingleOutput.v",
        "the exponent 2 in place of 2 - 2/N",
        "  (t ^+ 2) ^+ (N - 1) *: (G + (N - 1)",
        "  (t ^+ 2) ^+ N *: (G + (N - 1)",
    ),
    (
        "SingleOutput.v",
        "a vector u that is no unit vector",
        "(N0 : (0 < N)%N) (u1 : u *m u^T = 1%:M).",
        "(N0 : (0 < N)%N) (u1 : u *m u^T = u *m u^T).",
    ),
    (
        "analysis/SingularVectors.v",
        "the opposite sign",
        "  alpha t i l = - ((M i l * s l + s i * M l i) / (r t l ^+ 2 - r t i ^+ 2)) /\\",
        "  alpha t i l = (M i l * s l + s i * M l i) / (r t l ^+ 2 - r t i ^+ 2) /\\",
    ),
    (
        "analysis/SingularVectors.v",
        "singular values in place of their roots in the gap",
        "  alpha t i l = - ((M i l * s l + s i * M l i) / (r t l ^+ 2 - r t i ^+ 2)) /\\",
        "  alpha t i l = - ((M i l * s l + s i * M l i) / (s l ^+ 2 - s i ^+ 2)) /\\",
    ),
    (
        "analysis/SingularVectors.v",
        "the two frames exchanged",
        "  beta t i l = - ((M i l * s i + s l * M l i)",
        "  beta t i l = - ((M i l * s l + s i * M l i)",
    ),
    (
        "analysis/RowCurl.v",
        "the factor (N - 1)^2",
        "- ((N%:R - 1) * (N%:R - 2%:R) / N%:R",
        "- ((N%:R - 1) * (N%:R - 1) / N%:R",
    ),
    (
        "analysis/RowCurl.v",
        "no potential at N = 2",
        "row_not_symmetric i j : (2 < N)%N ->",
        "row_not_symmetric i j : (1 < N)%N ->",
    ),
    (
        "analysis/RowCurl.v",
        "the potential for every N",
        "row_potential j : N = 2%N ->",
        "row_potential j : (0 < N)%N ->",
    ),
    (
        "Flattest.v",
        "the exponent 2 in place of 2 - 2/N",
        "  N%:R * (t ^+ 2) ^+ (N - 1) <= frob_tuple",
        "  N%:R * (t ^+ 2) ^+ N <= frob_tuple",
    ),
    (
        "Flattest.v",
        "the opposite inequality",
        "  N%:R * (t ^+ 2) ^+ (N - 1) <= frob_tuple",
        "  N%:R * (t ^+ 2) ^+ (N - 1) >= frob_tuple",
    ),
    (
        "Flattest.v",
        "a vector of any length",
        "(v1 : \\tr (v^T *m v) = 1) (t0",
        "(v1 : \\tr (v^T *m v) = \\tr (v^T *m v)) (t0",
    ),
    (
        "Flattest.v",
        "below a bound on half of the directions' lengths",
        "(dphi_adj W N Z)) <= c * frob Z Z) ->",
        "(dphi_adj W N Z)) <= (c + c) * frob Z Z) ->",
    ),
    (
        "BuresWasserstein.v",
        "the root's power not doubled",
        "mpow R (2 * (N - j)) *m X *m",
        "mpow R (N - j) *m X *m",
    ),
    (
        "BuresWasserstein.v",
        "a root that need not be positive semidefinite",
        "Theorem operator_at_psd (R X : 'M[F]_d) : (0 < N)%N -> psd R -> mpow R N = W ->",
        "Theorem operator_at_psd (R X : 'M[F]_d) : (0 < N)%N -> mpow R N = W ->",
    ),
    (
        "BuresWasserstein.v",
        "the operator of two factors without 1/2",
        "  Op N P Q X = 2%:R^-1 *: (W *m X + X *m W).",
        "  Op N P Q X = W *m X + X *m W.",
    ),
    (
        "BuresWasserstein.v",
        "the metric of Bures and Wasserstein itself",
        "(W *m X + X *m W) = frob Y X.",
        "(W *m X + X *m W) = 2%:R^-1 * frob Y X.",
    ),
    (
        "BuresWasserstein.v",
        "the factor 4 of g^N",
        "= 2%:R * frob X (W *m X).",
        "= 4%:R * frob X (W *m X).",
    ),
    (
        "BuresWasserstein.v",
        "the mixed terms once",
        "  + (2%:R * t * (1 - t)) *: (2%:R^-1",
        "  + (t * (1 - t)) *: (2%:R^-1",
    ),
    (
        "CurvatureSums.v",
        "a cube for the fourth power",
        "(a - b) ^+ 4 * pair_sum n.+1 a b =\n",
        "(a - b) ^+ 3 * pair_sum n.+1 a b =\n",
    ),
    (
        "CurvatureSums.v",
        "the power of the product",
        "n.+1%:R ^+ 2 * ((a * b) ^+ n * (a - b) ^+ 2).",
        "n.+1%:R ^+ 2 * ((a * b) ^+ n.+1 * (a - b) ^+ 2).",
    ),
    (
        "CurvatureSums.v",
        "6 for 12 where two coincide",
        "12%:R * (a ^+ 2 * pair_sum n.+1 a a) =\n",
        "6%:R * (a ^+ 2 * pair_sum n.+1 a a) =\n",
    ),
    (
        "CurvatureSums.v",
        "a sign between three values",
        "(b - c) * a ^+ n.+1 + (a - b) * c ^+ n.+1 - (a - c) * b ^+ n.+1.",
        "(b - c) * a ^+ n.+1 + (a - b) * c ^+ n.+1 + (a - c) * b ^+ n.+1.",
    ),
    (
        "CurvatureSums.v",
        "the last two as the first",
        "(b - a) ^+ 2 * triple_more n.+1 a b b =\n",
        "(b - a) ^+ 2 * triple_more n.+1 a a b =\n",
    ),
    (
        "ScalarCurvature.v",
        "without the N of the second term of a pair",
        "     - N%:R * ((t i ^+ 2) ^+ N * (t l ^+ 2) ^+ N)\n",
        "     - ((t i ^+ 2) ^+ N * (t l ^+ 2) ^+ N)\n",
    ),
    (
        "ScalarCurvature.v",
        "a pair that coincides by the closed form of two different values",
        "Theorem curvature_pair i l : t i != t l ->\n",
        "Theorem curvature_pair i l :\n",
    ),
    (
        "ScalarCurvature.v",
        "at a coincident pair what is so of a triple",
        "(N%:R ^+ 2 - 1) / (3%:R * (N%:R * t i ^+ 2)).",
        "(N%:R ^+ 2 - 1) / (N%:R * t i ^+ 2).",
    ),
    (
        "ScalarCurvature.v",
        "the other sign of shares",
        "(t i ^+ 2 - t l ^+ 2) * (t l ^+ 2 - t m ^+ 2) * (t m ^+ 2 - t i ^+ 2)\n",
        "(t i ^+ 2 - t l ^+ 2) * (t l ^+ 2 - t m ^+ 2) * (t i ^+ 2 - t m ^+ 2)\n",
    ),
    (
        "ScalarCurvature.v",
        "the single value in place of the double one",
        "triple_curvature i l m = twice N (t i ^+ 2) (t m ^+ 2).",
        "triple_curvature i l m = twice N (t m ^+ 2) (t i ^+ 2).",
    ),
    (
        "ScalarCurvature.v",
        "the last two by the values in the other order",
        "triple_curvature i l m = twice N (t l ^+ 2) (t i ^+ 2).",
        "triple_curvature i l m = twice N (t i ^+ 2) (t l ^+ 2).",
    ),
    (
        "ScalarCurvature.v",
        "three equal values by N^2 + 1",
        "triple_curvature i l m = (N%:R ^+ 2 - 1) / (N%:R * t i ^+ 2).",
        "triple_curvature i l m = (N%:R ^+ 2 + 1) / (N%:R * t i ^+ 2).",
    ),
    (
        "ScalarCurvature.v",
        "a pair positive for one factor",
        "Theorem curvature_pair_positive i l : (1 < N)%N ->",
        "Theorem curvature_pair_positive i l : (0 < N)%N ->",
    ),
    (
        "ScalarCurvature.v",
        "a triple positive for one factor",
        "Theorem curvature_triple_positive i l m : (1 < N)%N ->",
        "Theorem curvature_triple_positive i l m : (0 < N)%N ->",
    ),
    (
        "ScalarCurvature.v",
        "flat with two factors, a pair",
        "Theorem curvature_pair_flat i l : N = 1%N ->",
        "Theorem curvature_pair_flat i l : N = 2%N ->",
    ),
    (
        "ScalarCurvature.v",
        "flat with two factors, a triple",
        "Theorem curvature_triple_flat i l m : N = 1%N ->",
        "Theorem curvature_triple_flat i l m : N = 2%N ->",
    ),
    (
        "ScalarCurvature.v",
        "two factors with 2 over the sum",
        "  pair_curvature i l = 1 / (t i ^+ N + t l ^+ N).",
        "  pair_curvature i l = 2%:R / (t i ^+ N + t l ^+ N).",
    ),
    (
        "CurvatureSign.v",
        "without the N of the difference of two planes",
        "  * (N%:R * ((t i ^+ 2) ^+ N + (t l ^+ 2) ^+ N) / (",
        "  * (((t i ^+ 2) ^+ N + (t l ^+ 2) ^+ N) / (",
    ),
    (
        "CurvatureSign.v",
        "two planes exchanged",
        "     - (t i ^+ 2 + t l ^+ 2) / (t i ^+ 2 - t l ^+ 2)).",
        "     + (t i ^+ 2 + t l ^+ 2) / (t i ^+ 2 - t l ^+ 2)).",
    ),
    (
        "CurvatureSign.v",
        "at a coincident pair what it adds to the scalar curvature",
        "  pair_split i l = 2%:R * (N%:R ^+ 2 - 1) / (3%:R * (N%:R * t i ^+ 2)).",
        "  pair_split i l = (N%:R ^+ 2 - 1) / (3%:R * (N%:R * t i ^+ 2)).",
    ),
    (
        "CurvatureSign.v",
        "a negative curvature of one factor too",
        "Theorem curvature_negative i l : (1 < N)%N -> - pair",
        "Theorem curvature_negative i l : (0 < N)%N -> - pair",
    ),
    (
        "CurvatureSign.v",
        "two factors without the 2",
        "  pair_split i l = 2%:R * pair_curvature N t i l.",
        "  pair_split i l = pair_curvature N t i l.",
    ),
    (
        "RicciSectional.v",
        "the depth in place of its square",
        "- N%:R ^+ 2 * ((t i ^+ 2)",
        "- N%:R * ((t i ^+ 2)",
    ),
    (
        "RicciSectional.v",
        "a third in place of a sixth",
        "(N%:R ^+ 2 - 1) / (6%:R * N%:R).",
        "(N%:R ^+ 2 - 1) / (3%:R * N%:R).",
    ),
    (
        "RicciSectional.v",
        "positive with one factor too",
        "Theorem ricci_pair_positive i l : (1 < N)%N ->",
        "Theorem ricci_pair_positive i l : (0 < N)%N ->",
    ),
    (
        "RicciSectional.v",
        "a sum that never vanishes",
        "  0 <= \\sum_(i < d) \\sum_(l < d | (i < l)%N)\n         pair",
        "  0 < \\sum_(i < d) \\sum_(l < d | (i < l)%N)\n         pair",
    ),
    (
        "Hamiltonian.v",
        "the velocity in the mean normalisation",
        "s * (N%:R * frob (Op N P Q X) Z)",
        "s * frob (Op N P Q X) Z",
    ),
    (
        "Hamiltonian.v",
        "the momentum turned on one side alone",
        "hamiltonian N P' Q' (A *m X *m B^T) = hamiltonian N P Q X.",
        "hamiltonian N P' Q' (A *m X) = hamiltonian N P Q X.",
    ),
    (
        "Hamiltonian.v",
        "singular values not divided by N",
        "(\\sum_i 1 / (2%:R * N%:R) * (",
        "(\\sum_i 1 / 2%:R * (",
    ),
    (
        "Hamiltonian.v",
        "rows and columns added where they are subtracted",
        "* (rows i l - columns i l) ^+ 2",
        "* (rows i l + columns i l) ^+ 2",
    ),
    (
        "Hamiltonian.v",
        "the momentum of all invertible matrices",
        "Let rows := U^T *m (X *m W^T - W *m X^T) *m U.",
        "Let rows := U^T *m (X *m W^T) *m U.",
    ),
    (
        "FreeEntry.v",
        "the entry of the inverse not transposed",
        "\\det W * (1 + t * X l i).",
        "\\det W * (1 + t * X i l).",
    ),
    (
        "FreeEntry.v",
        "the determinant that shrinks",
        "\\det W * (1 + t * X l i).",
        "\\det W * (1 - t * X l i).",
    ),
    (
        "FreeEntry.v",
        "another entry that the loss does not see",
        "omega i l = 0 ->",
        "omega l i = 0 ->",
    ),
    (
        "TwoLayers.v",
        "the last factor as the first",
        "W 2 *m (W 2)^T = U *m Diag (fun i => (Num.sqrt (a ^+ 2 + 4%:R * s i ^+ 2) + a) / 2%:R)",
        "W 2 *m (W 2)^T = U *m Diag (fun i => (Num.sqrt (a ^+ 2 + 4%:R * s i ^+ 2) - a) / 2%:R)",
    ),
    (
        "TwoLayers.v",
        "the first factor as if balanced",
        "  V *m Diag (fun i => (Num.sqrt (a ^+ 2 + 4%:R * s i ^+ 2) - a) / 2%:R) *m V^T.\nProof",
        "  V *m Diag s *m V^T.\nProof",
    ),
    (
        "TwoLayers.v",
        "the other sign of lambda",
        "W 1%N *m (W 1%N)^T = a%:M.",
        "W 1%N *m (W 1%N)^T = - a%:M.",
    ),
    (
        "TwoLayers.v",
        "the sum in place of the mean",
        " + Num.sqrt (a ^+ 2 + 4%:R * s l ^+ 2)) / 2%:R\n     *",
        " + Num.sqrt (a ^+ 2 + 4%:R * s l ^+ 2))\n     *",
    ),
    (
        "TwoLayers.v",
        "never slowest",
        "  `|a| <= (Num",
        "  `|a| < (Num",
    ),
    (
        "LaplacianPairs.v",
        "a turn of one side alone",
        "  2%:R * (sigma i * (lambda N t i l - lambda N t i i)",
        "  (sigma i * (lambda N t i l - lambda N t i i)",
    ),
    (
        "LaplacianPairs.v",
        "a pair of values alone",
        "(2%:R / N%:R * (t i ^+ 2 / sigma i) / (t i ^+ 2 - t l ^+ 2)",
        "(0 * (t i ^+ 2 / sigma i) / (t i ^+ 2 - t l ^+ 2)",
    ),
    (
        "LaplacianPairs.v",
        "twice the drift",
        "  (1 - 1 / N%:R) * (sigma i / t i ^+ 2).",
        "  (2%:R - 2%:R / N%:R) * (sigma i / t i ^+ 2).",
    ),
    (
        "LaplacianPairs.v",
        "the length in the sum normalisation",
        "  N%:R ^+ 2 * (1 / N%:R / t i",
        "  N%:R * (1 / N%:R / t i",
    ),
    (
        "Riccati.v",
        "lambda in place of its half",
        "  + (a / 2%:R) *: (lower *m lower^T - upper",
        "  + a *: (lower *m lower^T - upper",
    ),
    (
        "Riccati.v",
        "the blocks exchanged",
        "(lower *m lower^T - upper *m upper^T)",
        "(upper *m upper^T - lower *m lower^T)",
    ),
    (
        "Riccati.v",
        "without the half",
        "  moved s = Q + s *: (pulling *m Q - (1 / 2%:R) *: (Q",
        "  moved s = Q + s *: (pulling *m Q - (1 / 1%:R) *: (Q",
    ),
    (
        "Riccati.v",
        "a square that grows",
        "Q *m Q^T *m pulling - Q *m Q^T *m (Q *m Q^T))\n",
        "Q *m Q^T *m pulling + Q *m Q^T *m (Q *m Q^T))\n",
    ),
    (
        "analysis/OperatorEntries.v",
        "an eigenvalue as of a sum",
        "    ((2%:R - 2%:R / N%:R) * (s t i / nroot",
        "    ((1 - 1 / N%:R) * (s t i / nroot",
    ),
    (
        "analysis/OperatorEntries.v",
        "one velocity for both turns of the rows",
        "(s t l ^+ 2 - s t i ^+ 2) * H t i l).",
        "(s t l ^+ 2 - s t i ^+ 2) * H t l i).",
    ),
    (
        "analysis/OperatorEntries.v",
        "the component of a row",
        "  is_derive (component i i l) t",
        "  is_derive (component i l i) t",
    ),
    (
        "analysis/ValuesAlongPaths.v",
        "the velocity of singular values in place of their roots",
        "* (x i / s t i) / (x i - x l) - 2%:R * s t i",
        "* (1 / s t i) / (x i - x l) - 2%:R * s t i",
    ),
]


def compiles(directory, name):
    """'accepted', 'refused' or 'timeout', with Coq's last words."""
    command = ["coqc", "-w", "none", "-Q", str(directory), "DLN", str(directory / name)]
    try:
        output, status = check.run(command, LIMIT)
    except check.GateError:
        return "timeout", ""
    if status == 0:
        return "accepted", ""
    refused = "Error" in output and name in output
    return ("refused" if refused else f"broken (status {status})"), output


def admitted(directory):
    """The files of FOREIGN that the gate of the assumptions lets pass, or that do not compile."""
    here, check.HERE = check.HERE, directory
    passed = []
    for name, text, axiom in FOREIGN:
        (directory / name).write_text(text, encoding="utf-8")
        theorem = Path(name).stem.lower()
        try:
            answer = compiles(directory, name)[1]
            check.check_assumptions([{"file": name, "theorem": theorem}], alone=False)
        except check.GateError as failure:
            answer = str(failure)
        if not answer.startswith(f"all ({check.kind(name)}) rests on {axiom}"):
            passed.append(f"{name}: {answer or 'admitted'}")
    check.HERE = here
    return passed


def tried(name, mutants):
    """How many mutants of a file are not refused, or stale, in a copy of the development."""
    wrong, text = 0, check.read(name)
    with tempfile.TemporaryDirectory() as temporary:
        scratch = copied(temporary)
        outcome, output = compiles(scratch, name)
        if outcome != "accepted":
            print(f"control {name}: {outcome}, expected accepted\n{output}")
            wrong += 1
        compiled = (scratch / (name + "o")).read_bytes()
        for _, title, old, new in mutants:
            if text.count(old) != 1:
                print(f"STALE    {name}: {title}: its text occurs {text.count(old)} times")
                wrong += 1
                continue
            (scratch / name).write_text(text.replace(old, new), encoding="utf-8")
            outcome, output = compiles(scratch, name)
            (scratch / (name + "o")).write_bytes(compiled)
            wrong += outcome != "refused"
            words = f"\n{output}" if outcome.startswith("broken") else ""
            print(f"{outcome:8s} {name}: {title}{words}", flush=True)
    return wrong


def copied(folder):
    """A folder, with a copy of the built development in it."""
    for name in check.sources():
        (Path(folder) / name).parent.mkdir(exist_ok=True)
        for path in (name, name + "o"):
            shutil.copy2(check.HERE / path, Path(folder) / path)
    return Path(folder)


def main():
    """Run the controls and all mutants; returns the exit status."""
    if check.missing():
        print("formal mutants: NOT RUN: not installed: " + ", ".join(check.missing()))
        return 3
    check.build()
    began, by_file = time.time(), {}
    for mutant in MUTANTS:
        if mutant[0] in (sys.argv[1:] or check.sources()):
            by_file.setdefault(mutant[0], []).append(mutant)
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # of what waits for coqc
        wrong = sum(pool.map(tried, by_file, by_file.values()))
    with tempfile.TemporaryDirectory() as temporary:
        for answer in admitted(copied(temporary)):
            print(f"an axiom: {answer}")
            wrong += 1
    print(
        f"formal mutants: {sum(map(len, by_file.values()))} mutants, {len(FOREIGN)} axioms, "
        f"{wrong} not refused as they should be, "
        f"{time.time() - began:.0f} s"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
