"""The closed forms, each written once.

They are expressions in the letters of :mod:`dlnproof.core.spectrum` (sigma, its N-th root, its
logarithm, for an index i and an index l) and products of such over i and over pairs i < l. The same
object is proved, printed, and evaluated over rationals, balls, floats or sympy.
"""

from typing import Final

from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.product import (
    determinant,
    over_all_pairs,
    per_index,
    per_pair,
    per_place,
    van,
)
from dlnproof.core.spectrum import (
    COSINE,
    DOUBLED,
    FIRST_ROWS,
    LAST_ROWS,
    RANK,
    ROWS,
    WIDTH,
    I,
    L,
    N,
)

# --- eigenvalues of A_{N,W} (CMV2023 Lemma 2.4) -------------------------------------------------

EIGENVALUE: Final = (Number(1) / N) * ((I.sigma**2 - L.sigma**2) / (I.root**2 - L.root**2))
"""lambda_il for sigma_i != sigma_l."""

EIGENVALUE_COINCIDENT: Final = I.sigma**2 / I.root**2
"""lambda_il for sigma_i = sigma_l, i = l included: (sigma_i^2)^((N-1)/N)."""

METRIC_ENTRY: Final = N * ((I.root**2 - L.root**2) / (I.sigma**2 - L.sigma**2))
"""1 / lambda_il for sigma_i != sigma_l."""

METRIC_ENTRY_COINCIDENT: Final = I.root**2 / I.sigma**2
"""1 / lambda_il for sigma_i = sigma_l, i = l included."""

METRIC_TOGETHER: Final = (
    N * (I.root**2 - L.root**2) * (I.sigma - L.sigma) / (2 * (I.sigma + L.sigma))
)
"""The factor of (alpha_il + beta_il)^2 in g^N, alpha = U^T dU and beta = V^T dV."""

METRIC_APART: Final = N * (I.root**2 - L.root**2) * (I.sigma + L.sigma) / (2 * (I.sigma - L.sigma))
"""That of (alpha_il - beta_il)^2, for sigma_i != sigma_l."""

METRIC_APART_COINCIDENT: Final = 2 * I.root**2
"""The same for sigma_i = sigma_l."""

SUM_METRIC_TOGETHER: Final = (
    (I.root**2 - L.root**2) * (I.sigma - L.sigma) / (2 * (I.sigma + L.sigma))
)
SUM_METRIC_APART: Final = (I.root**2 - L.root**2) * (I.sigma + L.sigma) / (2 * (I.sigma - L.sigma))
SUM_METRIC_APART_COINCIDENT: Final = 2 * I.root**2 / N
"""The last three of the metric g^N / N."""

SUM_METRIC_ENTRY: Final = (I.root**2 - L.root**2) / (I.sigma**2 - L.sigma**2)
"""1 / (N lambda_il) for sigma_i != sigma_l."""

SUM_METRIC_ENTRY_COINCIDENT: Final = I.root**2 / (N * I.sigma**2)
"""1 / (N lambda_il) for sigma_i = sigma_l, i = l included."""

INFINITE_EIGENVALUE: Final = (I.sigma**2 - L.sigma**2) / (I.log - L.log)
"""lambda_il at infinite depth, sigma_i != sigma_l."""

INFINITE_EIGENVALUE_COINCIDENT: Final = I.sigma**2
"""lambda_il at infinite depth, sigma_i = sigma_l."""

INFINITE_METRIC_ENTRY: Final = (I.log - L.log) / (I.sigma**2 - L.sigma**2)
"""1 / lambda_il at infinite depth, sigma_i != sigma_l."""

INFINITE_METRIC_ENTRY_COINCIDENT: Final = 1 / I.sigma**2
"""1 / lambda_il at infinite depth, sigma_i = sigma_l."""


SUM_EIGENVALUE: Final = (I.sigma**2 - L.sigma**2) / (I.root**2 - L.root**2)
"""N lambda_il for sigma_i != sigma_l: the eigenvalue of dphi dphi^* ("sum" normalisation)."""

SUM_EIGENVALUE_COINCIDENT: Final = N * (I.sigma**2 / I.root**2)
"""N lambda_il for sigma_i = sigma_l > 0."""

LONGEST_STEP: Final = 2 * I.root**2 / (N * I.sigma**2)
"""Twice the reciprocal of that: the longest stable step of gradient descent."""


SUM_EIGENVALUE_EDGE: Final = I.sigma**2 / I.root**2
"""N lambda_il for sigma_i > 0 = sigma_l, at a singular W."""


LAMBDA: Final = Letter("lambda_il", r"\lambda_{il}")
"""An eigenvalue of the operator, in what is printed."""

# --- named products -----------------------------------------------------------------------------

VAN_SIGMA2: Final = van(I.sigma**2)
VAN_ROOT: Final = van(I.root**2)
VAN_LOG: Final = van(I.log)
N_PER_PAIR: Final = per_pair(N)
N_PER_INDEX: Final = per_index(N)
N_PER_PLACE: Final = per_place(N)
DET_POWER: Final = determinant(root=1, sigma=-1)
INFINITE_DET_POWER: Final = determinant(sigma=-1)

# --- determinants and volumes -------------------------------------------------------------------

SVD_JACOBIAN: Final = VAN_SIGMA2
"""|det| of (dSigma, dU, dV) -> dW (CMV2023 Lemma 2.7)."""

METRIC_DETERMINANT: Final = over_all_pairs(1 / LAMBDA, METRIC_ENTRY, METRIC_ENTRY_COINCIDENT)
"""det g^N."""

SUM_METRIC_DETERMINANT: Final = over_all_pairs(
    1 / (N * LAMBDA), SUM_METRIC_ENTRY, SUM_METRIC_ENTRY_COINCIDENT
)
"""The determinant of the metric in the "sum" normalisation: N^(-d^2) det g^N."""

SUM_VOLUME_FORM_SQUARED: Final = per_index(I.root**2 / (N * I.sigma**2)) * VAN_ROOT**2
"""The square of the volume form in the "sum" normalisation: N^(-d^2) times that of g^N."""

VOLUME_FORM: Final = N_PER_PAIR * DET_POWER * VAN_ROOT
"""sqrt(det g^N) with respect to dSigma dU dV (CMV2023 Theorem 1.1)."""

POWER_EXPONENT: Final = (N - 1) / 2
"""Of R^T R in the power map, whose singular values are the N-th powers of those of R."""

POWER_DENSITY: Final = N_PER_PLACE * VAN_ROOT
"""sqrt(det g^N) with respect to dSigma^(1/N) dU dV."""

ORBIT_SQUARED: Final = VAN_SIGMA2.over(VAN_ROOT, SUM_EIGENVALUE_COINCIDENT)
"""(vol(O_W) / c_d^(N-1))^2 (MY2025)."""

ORBIT_INDICES: Final = per_index(SUM_EIGENVALUE_COINCIDENT)
"""What imaginary units add for each i: a path of N - 1 frames, of length sigma_i^(2/N)."""

ORBIT_EIGENVALUE: Final = I.root**2 + L.root**2 - 2 * I.root * L.root * COSINE
"""An eigenvalue of the Jacobi matrix of a pair, 0 < m < N (MY2025)."""

WAVE_LENGTH: Final = N / 2
"""The sum of sin(k m pi / N)^2 over k = 1, ..., N, 0 < m < N."""

GAUGE_LENGTH: Final = (N / 2) * ORBIT_EIGENVALUE
"""The squared length of a direction by sines, where R_k E_il R_k^T turns the frame R_k."""

SKEW_LENGTH: Final = Number(2)
"""Tr(a^T a) of a = E_il - E_li: the squared length of one coordinate of so(d)."""

MANIFOLD_DIMENSION: Final = WIDTH**2 + (N - 1) * (WIDTH * (WIDTH - 1) / 2)
"""The dimension of the balanced manifold, at invertible W (MY2025)."""

PRODUCT_DIMENSION: Final = RANK * (LAST_ROWS + FIRST_ROWS - RANK)
"""That of the matrices of rank r with d_N rows and d_0 columns."""

FRAME_DIMENSION: Final = RANK * ROWS - RANK * (RANK + 1) / 2
"""That of the frames of r orthonormal columns with d_j rows."""

MANIFOLD_GRAM: Final = (
    per_pair(DOUBLED) * per_index(I.root**2 / (N * I.sigma**2)) * VAN_ROOT * VAN_SIGMA2
)
"""The Gram determinant of the balanced manifold in the coordinates Sigma, U, V, Q_j (MY2025)."""

DENSITY_SLOPE: Final = (1 / N - Number(1)) / I.sigma
"""The derivative of log sqrt(det g^N) in sigma_i, but for pairs."""

DENSITY_PAIR_SLOPE: Final = (Number(2) / N) * (I.root**2 / I.sigma) / (
    I.root**2 - L.root**2
) - 2 * I.sigma / (I.sigma**2 - L.sigma**2)
"""What a pair adds to that for sigma_i != sigma_l: the derivative of -log lambda_il in sigma_i."""

DENSITY_PAIR_SLOPE_L: Final = 2 * L.sigma / (I.sigma**2 - L.sigma**2) - (Number(2) / N) * (
    L.root**2 / L.sigma
) / (I.root**2 - L.root**2)
"""The same in sigma_l."""

RADIAL_LENGTH: Final = N**2
"""The squared length in g^N of the direction in which sigma_i^(1/N) grows at unit speed."""

RADIAL_DRIFT: Final = 2 * I.root / (I.root**2 - L.root**2)
"""What sigma_l adds to the derivative of log van(Sigma^(2/N)) in sigma_i^(1/N)."""

RADIAL_DRIFT_L: Final = 2 * L.root / (L.root**2 - I.root**2)
"""The same of sigma_i and sigma_l exchanged."""

RADIAL_SCALE: Final = 1 / N**2
"""Of the radial part of the Laplacian of g^N, in the roots sigma_i^(1/N)."""

ENTROPY_SLOPE: Final = I.sigma / (I.sigma**2 - L.sigma**2) - (1 / N) * (I.root**2 / I.sigma) / (
    I.root**2 - L.root**2
)
"""What a pair adds to the derivative of log vol(O_W) in sigma_i: that of log(lambda_il) / 2."""

ENTROPY_SLOPE_L: Final = (1 / N) * (L.root**2 / L.sigma) / (I.root**2 - L.root**2) - L.sigma / (
    I.sigma**2 - L.sigma**2
)
"""The same in sigma_l."""

_SQUARES: Final = I.sigma**2 - L.sigma**2
_ROOTS: Final = I.root**2 - L.root**2
ENTROPY_SECOND: Final = (
    1 / _SQUARES
    - 2 * I.sigma**2 / _SQUARES**2
    + (1 - 2 / N) * (1 / N) * (I.root**2 / I.sigma**2) / _ROOTS
    + (2 / N**2) * (I.root**4 / I.sigma**2) / _ROOTS**2
)
"""What a pair adds to the second derivative of log vol(O_W) in sigma_i."""

ENTROPY_MIXED: Final = (
    2 * I.sigma * L.sigma / _SQUARES**2
    - (2 / N**2) * (I.root**2 * L.root**2 / (I.sigma * L.sigma)) / _ROOTS**2
)
"""The derivative in sigma_i and sigma_l."""

ENTROPY_SECOND_L: Final = (
    (2 / N**2) * (L.root**4 / L.sigma**2) / _ROOTS**2
    - (1 - 2 / N) * (1 / N) * (L.root**2 / L.sigma**2) / _ROOTS
    - 1 / _SQUARES
    - 2 * L.sigma**2 / _SQUARES**2
)
"""The second derivative in sigma_l."""

ENTROPY_SLOPE_COINCIDENT: Final = (N - 1) / (2 * N * I.sigma)
"""The same where both values are equal."""

EQUILIBRIUM: Final = (WIDTH - Number(1)) * (N - 1) / (2 * N)
"""sigma_i times the derivative of log vol(O_W) in sigma_i, where all singular values are equal."""

EIGENVALUE_SLOPE: Final = 2 * I.sigma / (I.sigma**2 - L.sigma**2) - (Number(2) / N) * (
    I.root**2 / I.sigma
) / (I.root**2 - L.root**2)
"""The derivative of log(lambda_il) in sigma_i, for sigma_i != sigma_l."""

EIGENVALUE_SLOPE_L: Final = (Number(2) / N) * (L.root**2 / L.sigma) / (
    I.root**2 - L.root**2
) - 2 * L.sigma / (I.sigma**2 - L.sigma**2)
"""The same in sigma_l."""

EIGENVALUE_SLOPE_COINCIDENT: Final = (2 - Number(2) / N) / I.sigma
"""The derivative of log(lambda_ii) in sigma_i."""

TURN: Final = L.sigma / (L.sigma**2 - I.sigma**2)
"""How u_i^T u_l' follows u_i^T W' v_l, and v_i^T v_l' follows u_l^T W' v_i."""

TURN_CROSSED: Final = I.sigma / (L.sigma**2 - I.sigma**2)
"""How u_i^T u_l' follows u_l^T W' v_i, and v_i^T v_l' follows u_i^T W' v_l."""

DIVERGENCE_OWN: Final = (2 - Number(2) / N) * (I.sigma / I.root**2)
"""How u_i^T A(u_i v_i^T) v_i follows u_i^T W' v_i."""

DIVERGENCE_TURN: Final = I.sigma * (EIGENVALUE - EIGENVALUE_COINCIDENT) / (L.sigma**2 - I.sigma**2)
"""How u_l^T A(u_i v_i^T) v_i follows u_l^T W' v_i, for sigma_i != sigma_l."""

DIVERGENCE_CROSSED: Final = (
    L.sigma * (EIGENVALUE - EIGENVALUE_COINCIDENT) / (L.sigma**2 - I.sigma**2)
)
"""How it follows u_i^T W' v_l."""

DRIFT: Final = (1 - 1 / N) * (I.sigma / I.root**2)
"""The Laplacian of g^N of W, in the frames of W: the drift of Brownian motion."""

CURVATURE_PAIR: Final = (
    2
    * (I.root**2 + L.root**2)
    * (
        1 / (N * (I.root**2 - L.root**2) ** 2)
        - N * (I.sigma**2 * L.sigma**2) / (I.root**2 * L.root**2 * (I.sigma**2 - L.sigma**2) ** 2)
    )
)
"""What a pair adds to the scalar curvature of g^N / N, for sigma_i != sigma_l."""

CURVATURE_PAIR_COINCIDENT: Final = (N**2 - 1) / (3 * (N * I.root**2))
"""The same for sigma_i = sigma_l."""

CURVATURE_SHARE: Final = (
    (I.root**2 - L.root**2) ** 2 * (I.sigma**2 + L.sigma**2) / (I.sigma**2 - L.sigma**2)
)
"""The share of a pair in what a triple of distinct values adds, but for a common factor."""


def curvature_twice(times: int) -> Expression:
    """Return so many quarters of what a triple adds in which sigma_i comes twice."""
    return (
        times
        * (I.sigma**2 / I.root**2)
        * (I.root**2 * I.sigma**2 - L.root**2 * L.sigma**2)
        / ((I.sigma**2 - L.sigma**2) ** 2 * (I.root**2 - L.root**2))
        - times * (N + 1) * (I.sigma**2 / I.root**2) * L.sigma**2 / (I.sigma**2 - L.sigma**2) ** 2
        - times
        * (I.root**2 * I.sigma**2 - L.root**2 * L.sigma**2)
        / (N * (I.sigma**2 - L.sigma**2) * (I.root**2 - L.root**2) ** 2)
        + times * (N + 1) * L.sigma**2 / (N * (I.sigma**2 - L.sigma**2) * (I.root**2 - L.root**2))
    )


CURVATURE_TWICE: Final = curvature_twice(4)
"""What a triple adds in which sigma_i comes twice, and sigma_l != sigma_i once."""

CURVATURE_TRIPLE_COINCIDENT: Final = (N**2 - 1) / (N * I.root**2)
"""What a triple of equal values adds."""

CURVATURE: Final = (
    CURVATURE_PAIR,
    CURVATURE_PAIR_COINCIDENT,
    CURVATURE_SHARE,
    CURVATURE_TWICE,
    CURVATURE_TRIPLE_COINCIDENT,
)
"""All of these."""

CURVATURE_SPLIT: Final = (
    2
    * (I.sigma * L.sigma)
    * (I.root**2 + L.root**2)
    / (I.root**2 * L.root**2 * (I.sigma**2 - L.sigma**2))
    * (
        N * (I.sigma**2 + L.sigma**2) / (I.sigma**2 - L.sigma**2)
        - (I.root**2 + L.root**2) / (I.root**2 - L.root**2)
    )
)
"""How far the sectional curvatures of g^N / N are apart of a pair's planes with a diagonal
direction, for sigma_i != sigma_l."""

CURVATURE_SPLIT_COINCIDENT: Final = 2 * (N**2 - 1) / (3 * (N * I.root**2))
"""The same for sigma_i = sigma_l."""

RICCI_RADIAL: Final = (2 / N) * (
    I.root**2 * L.root**2 / (I.root**2 - L.root**2) ** 2
    - N**2 * (I.sigma**2 * L.sigma**2) / (I.sigma**2 - L.sigma**2) ** 2
)
"""What a pair adds to N times the Ricci curvature of g^N along the singular values, for
sigma_i != sigma_l, in units of the squared difference of their relative speeds."""

RICCI_RADIAL_COINCIDENT: Final = (N**2 - 1) / (6 * N)
"""The same for sigma_i = sigma_l."""

RICCI_SLOPE: Final = (I.sigma**2 + L.sigma**2) / (I.sigma**2 - L.sigma**2) - (1 / N) * (
    (I.root**2 + L.root**2) / (I.root**2 - L.root**2)
)
"""What a third value adds to N times the Ricci curvature of the two turns of a pair, half of it, is
the divided difference of this in its first letter, by the squares of the roots; sigma_i !=
sigma_l."""

INFINITE_CURVATURE_PAIR: Final = (
    4 / (I.log - L.log) ** 2 - 4 * (I.sigma**2 * L.sigma**2) / (I.sigma**2 - L.sigma**2) ** 2
)
"""What a pair adds to the scalar curvature of g^inf, for sigma_i != sigma_l: the limit of 1/N times
the above."""

INFINITE_CURVATURE_PAIR_COINCIDENT: Final = Number(1) / 3
"""The same for sigma_i = sigma_l."""

INFINITE_CURVATURE_SHARE: Final = (
    (I.log - L.log) ** 2 * (I.sigma**2 + L.sigma**2) / (I.sigma**2 - L.sigma**2)
)
"""The share of a pair in what a triple of distinct values adds, but for a common factor."""

INFINITE_CURVATURE_TWICE: Final = 4 * (
    (I.sigma**2 + L.sigma**2) / (I.sigma**2 - L.sigma**2) / (I.log - L.log)
    - I.sigma**2 * L.sigma**2 / (I.sigma**2 - L.sigma**2) ** 2
    - 1 / (I.log - L.log) ** 2
)
"""What a triple adds in which sigma_i comes twice, and sigma_l != sigma_i once."""

INFINITE_CURVATURE_TRIPLE_COINCIDENT: Final = Number(1)
"""What a triple of equal values adds."""

INFINITE_CURVATURE: Final = (
    INFINITE_CURVATURE_PAIR,
    INFINITE_CURVATURE_PAIR_COINCIDENT,
    INFINITE_CURVATURE_SHARE,
    INFINITE_CURVATURE_TWICE,
    INFINITE_CURVATURE_TRIPLE_COINCIDENT,
)
"""All of these."""

INFINITE_RICCI_RADIAL: Final = (
    2 / (I.log - L.log) ** 2 - 2 * (I.sigma**2 * L.sigma**2) / (I.sigma**2 - L.sigma**2) ** 2
)
"""What a pair adds to the Ricci curvature of g^inf along the singular values, in units of the
squared difference of their relative speeds, for sigma_i != sigma_l."""

INFINITE_RICCI_RADIAL_COINCIDENT: Final = Number(1) / 6
"""The same for sigma_i = sigma_l."""

INFINITE_RICCI_SLOPE: Final = (I.sigma**2 + L.sigma**2) / (I.sigma**2 - L.sigma**2) - 2 / (
    I.log - L.log
)
"""Half of what a third value adds to the Ricci curvature of the two turns of a pair is the divided
difference of this in its first letter, by log sigma^2; sigma_i != sigma_l."""

INFINITE_CURVATURE_SPLIT: Final = (
    4 * (I.sigma * L.sigma) / (I.sigma**2 - L.sigma**2) * INFINITE_RICCI_SLOPE
)
"""How far the Ricci curvatures of the two turns are apart, for sigma_i != sigma_l."""

INFINITE_CURVATURE_SPLIT_COINCIDENT: Final = Number(2) / 3
"""The same for sigma_i = sigma_l."""

INFINITE_METRIC_DETERMINANT: Final = over_all_pairs(
    1 / LAMBDA, INFINITE_METRIC_ENTRY, INFINITE_METRIC_ENTRY_COINCIDENT
)
"""det g^inf."""

INFINITE_VOLUME_FORM: Final = INFINITE_DET_POWER * VAN_LOG
"""sqrt(det g^inf) with respect to dSigma dU dV (CMV2023)."""

INFINITE_DRIFT: Final = 2 / (I.log - L.log)
"""By how much log sigma_i drifts beside sigma_l in the Laplacian at infinite depth."""

INFINITE_DRIFT_L: Final = 2 / (L.log - I.log)
"""By how much log sigma_l drifts beside sigma_i there."""

INFINITE_RATE: Final = WIDTH * (I.log / 2)
"""Summed over i, the coefficient of 1/N in log(volume form at depth N / at infinite depth)."""
