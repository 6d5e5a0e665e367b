"""The drift of Brownian motion on (GL_d, g^N), where W itself is the coordinate."""

import numpy as np
from numpy.typing import ArrayLike

from dlnproof.depth import Depth
from dlnproof.numeric.floats.arrays import Array, Home, as_matrices, in_range
from dlnproof.numeric.floats.decomposition import svd
from dlnproof.numeric.floats.matrix_powers import check_invertible
from dlnproof.numeric.normalization import Normalization, inverse_depth_and_scale


@np.errstate(all="ignore")
def brownian_drift(W: ArrayLike, depth: Depth, *, normalization: Normalization = "mean") -> Array:
    """Return Delta_g W, entry by entry: the drift b of dW = b dt + sqrt(2) A_{N,W}^{1/2} dB.

    That is the process with generator Delta_g, and b = (1-q) U diag(sigma_i^{1-2q}) V^T with
    q = 1/N (0 at infinite depth, where b = W); N times that for "sum". W and the result have shape
    (..., d, d). N = 1 gives 0. Guaranteed: error (1e-12 + 100 eps sigma_1/sigma_d) times its norm,
    coincidences included. Raises :class:`~dlnproof.errors.InputError`, also for singular W
    (N >= 2), where at N = 2 b has another limit from each side. Our proof: the divergence of
    A_{N,W} for the volume of g^N.

    >>> brownian_drift([[4, 0], [0, 1]], 2)  # half the polar factor
    array([[0.5, 0. ],
           [0. , 0.5]])
    """
    q, scale = inverse_depth_and_scale(depth, normalization)
    base = as_matrices(W, "W", Home(np, np.float64))
    if q == 1:
        return 0 * base
    U, sigma, Vt = svd(base)
    check_invertible(sigma, "drift", "move it off det W = 0")
    values = scale * drift_values(sigma, q)
    return in_range((U * values[..., None, :]) @ Vt, "the drift")


def drift_values(sigma: Array, q: float) -> Array:
    """Return (1-q) sigma_i^{1-2q}, the drift of W = U diag(sigma) V^T in its frames ("mean")."""
    return (1 - q) * sigma ** (1 - 2 * q)
