"""The drift of Brownian motion for g^N: the Laplacian of the entries of W."""

import numpy as np
from numpy.typing import ArrayLike

from dlnproof.depth import Depth
from dlnproof.numeric.floats.arrays import Array, as_rectangular, in_range
from dlnproof.numeric.floats.decomposition import as_rank, svd
from dlnproof.numeric.floats.differentiation import no_derivative
from dlnproof.numeric.floats.frame import check_edges
from dlnproof.numeric.floats.matrix_powers import check_invertible
from dlnproof.numeric.normalization import Normalization, inverse_depth_and_scale


def brownian_drift(
    W: ArrayLike,
    depth: Depth,
    *,
    normalization: Normalization = "mean",
    rank: int | None = None,
) -> Array:
    """Return the Laplacian of g^N of each entry of W: the Ito drift of its Brownian motion.

    It is (1 - 1/N) U Sigma^{1-2/N} V^T = (1 - 1/N) W (W^T W)^{-1/N}, at infinite depth W itself:
    singular values do not act on one another. The process with the generator Delta is dW =
    sqrt(2) A_{N,W}^{1/2}(dB) + drift dt; :func:`dlnproof.operator` has that root (``power=1/2``).
    "sum" is N times "mean", finite depth only. W and the result have shape (..., m, n): it is the
    same formula for every shape, and on the matrices of a lower ``rank``, which all W then have. W
    of a lower rank than that, or than full rank, is allowed for N >= 3, where its part for a zero
    value is 0, and N = 1, where the drift is 0;
    of two factors it is half an orthogonal matrix ("sum": that matrix), which jumps there.
    Guaranteed: error (1e-12 + 100 eps sigma_1/sigma_r) times its norm. Raises
    :class:`~dlnproof.errors.InputError`, also for singular W (N = 2), and at infinite depth unless
    W is square of full rank. Source: our proof; not found
    in the sources listed.
    Arrays of torch and jax come back as what they are, without derivatives (docs/arrays.md); of
    float32, eps is 1.2e-7, and 1e-12 reads 1e-5.

    >>> brownian_drift([[4, 0], [0, 1]], 2)
    array([[0.5, 0. ],
           [0. , 0.5]])
    >>> brownian_drift([[4, 0], [0, 1]], float("inf"))
    array([[4., 0.],
           [0., 1.]])
    """
    q, scale = inverse_depth_and_scale(depth, normalization)
    matrices = no_derivative(as_rectangular(W, "W"), "the drift")
    r = as_rank(rank, matrices)
    check_edges(q, matrices.shape, r)
    if q == 1 and r is None:
        return 0 * matrices
    U, sigma, Vt = svd(matrices, r)
    if q == 1 / 2:
        check_invertible(sigma, "drift of two factors", "it has another limit from each side")
    with np.errstate(all="ignore"):
        found = scale * (U * drift_values(sigma, q)[..., None, :]) @ Vt
    return in_range(found, "the drift")


def drift_values(sigma: Array, q: float) -> Array:
    """Return the drift in the frames of W ("mean"): (1 - q) sigma_i^{1-2q}."""
    return (1 - q) * sigma ** (1 - 2 * q)
