"""The closed forms, each written once.

They are expressions in the letters of :mod:`dlnproof.core.spectrum` (sigma, its N-th root, its
logarithm, for an index i and an index l) and products of such over i and over pairs i < l. The same
object is proved, printed, and evaluated over rationals, balls, floats or sympy.
"""

from typing import Final

from dlnproof.core.expression import Expression, Number
from dlnproof.core.product import PairProduct, over_all_pairs
from dlnproof.core.spectrum import COSINE, DOUBLED, WIDTH, I, L, N

# --- eigenvalues of A_{N,W} (CMV2023 Lemma 2.4) -------------------------------------------------

EIGENVALUE: Final = (Number(1) / N) * ((I.sigma**2 - L.sigma**2) / (I.root**2 - L.root**2))
"""lambda_il for sigma_i != sigma_l."""

EIGENVALUE_COINCIDENT: Final = I.sigma**2 / I.root**2
"""lambda_il for sigma_i = sigma_l, i = l included: (sigma_i^2)^((N-1)/N)."""

METRIC_ENTRY: Final = N * ((I.root**2 - L.root**2) / (I.sigma**2 - L.sigma**2))
"""1 / lambda_il for sigma_i != sigma_l."""

METRIC_ENTRY_COINCIDENT: Final = I.root**2 / I.sigma**2
"""1 / lambda_il for sigma_i = sigma_l, i = l included."""

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


SUM_EIGENVALUE_EDGE: Final = I.sigma**2 / I.root**2
"""N lambda_il for sigma_i > 0 = sigma_l, at a singular W."""


# --- named products -----------------------------------------------------------------------------


def van(i: Expression, l: Expression, of: str) -> PairProduct:
    """Return van(x) = prod_{i<l} (x_i - x_l), which is >= 0 for x_1 >= ... >= x_d."""
    return PairProduct(pair=i - l, latex=rf"\operatorname{{van}}({of})")


def per_pair(factor: Expression, latex: str = "") -> PairProduct:
    """Return a constant to the power d(d-1)/2: once for each pair i < l."""
    return PairProduct(pair=factor, latex=latex)


def per_index(factor: Expression, latex: str = "") -> PairProduct:
    """Return prod_i of a factor."""
    return PairProduct(index=factor, latex=latex)


VAN_SIGMA2: Final = van(I.sigma**2, L.sigma**2, r"\Sigma^{2}")
VAN_ROOT: Final = van(I.root**2, L.root**2, r"\Sigma^{2/N}")
VAN_LOG: Final = van(I.log, L.log, r"\log\Sigma^{2}")
N_PER_PAIR: Final = per_pair(N, r"N^{\frac{d(d-1)}{2}}")
DET_POWER: Final = per_index(I.root / I.sigma, r"\det(\Sigma^{2})^{\frac{1-N}{2N}}")
INFINITE_DET_POWER: Final = per_index(1 / I.sigma, r"\det(\Sigma^{2})^{-\frac{1}{2}}")

# --- determinants and volumes -------------------------------------------------------------------

SVD_JACOBIAN: Final = VAN_SIGMA2
"""|det| of (dSigma, dU, dV) -> dW (CMV2023 Lemma 2.7)."""

METRIC_DETERMINANT: Final = over_all_pairs(
    METRIC_ENTRY_COINCIDENT, METRIC_ENTRY, r"\prod_{i,l=1}^{d}\frac{1}{\lambda_{il}}"
)
"""det g^N."""

METRIC_ROOT: Final = PairProduct(
    I.root / I.sigma,
    METRIC_ENTRY,
    METRIC_ENTRY_COINCIDENT,
    r"\Bigl(\prod_{i,l=1}^{d}\frac{1}{\lambda_{il}}\Bigr)^{\frac12}",
)
"""sqrt(det g^N): each pair i < l occurs twice below the root."""

VOLUME_FORM: Final = N_PER_PAIR * DET_POWER * VAN_ROOT
"""sqrt(det g^N) with respect to dSigma dU dV (CMV2023 Theorem 1.1)."""

ORBIT_SQUARED: Final = PairProduct(
    pair=SUM_EIGENVALUE,
    coincident=SUM_EIGENVALUE_COINCIDENT,
    latex=r"\frac{\operatorname{van}(\Sigma^{2})}{\operatorname{van}(\Sigma^{2/N})}",
)
"""(vol(O_W) / c_d^(N-1))^2 (MY2025)."""

ORBIT_EIGENVALUE: Final = I.root**2 + L.root**2 - 2 * I.root * L.root * COSINE
"""An eigenvalue of the Jacobi matrix of a pair, 0 < m < N (MY2025)."""

SKEW_LENGTH: Final = Number(2)
"""Tr(a^T a) of a = E_il - E_li: the squared length of one coordinate of so(d)."""

MANIFOLD_GRAM: Final = (
    per_pair(DOUBLED, r"2^{(N-1)\frac{d(d-1)}{2}}")
    * per_index(I.root**2 / (N * I.sigma**2), r"\prod_{i}\frac{\sigma_i^{2/N}}{N\sigma_i^{2}}")
    * VAN_ROOT
    * VAN_SIGMA2
)
"""The Gram determinant of the balanced manifold in the coordinates Sigma, U, V, Q_j (MY2025)."""

INFINITE_METRIC_DETERMINANT: Final = over_all_pairs(
    INFINITE_METRIC_ENTRY_COINCIDENT,
    INFINITE_METRIC_ENTRY,
    r"\prod_{i,l=1}^{d}\frac{1}{\lambda_{il}}",
)
"""det g^inf."""

INFINITE_VOLUME_FORM: Final = INFINITE_DET_POWER * VAN_LOG
"""sqrt(det g^inf) with respect to dSigma dU dV (CMV2023)."""

INFINITE_RATE: Final = WIDTH * (I.log / 2)
"""Summed over i, the coefficient of 1/N in log(volume form at depth N / at infinite depth)."""
