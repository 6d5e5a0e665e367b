"""Volumes in logarithms: of g^N, with respect to dW and in SVD coordinates, and of the orbit.

For "sum" normalisation the metric is g^N / N, so both logarithms shift by -(d^2 / 2) log N.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from dlnproof.depth import Depth, as_finite_depth
from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import FloatArray, as_matrices, as_singular_values
from dlnproof.numeric.floats.decomposition import singular_values
from dlnproof.numeric.floats.kernels import log_density, log_form, log_orbit
from dlnproof.numeric.normalization import Normalization, inverse_depth_and_scale

_DEEPEST_ORBIT: Final = 10**15


def log_volume_density(
    W: ArrayLike, depth: Depth, *, normalization: Normalization = "mean"
) -> np.float64 | FloatArray:
    """Return log sqrt(det g^N) at W, the density of the volume with respect to dW.

    It is -1/2 sum over all i, l of log lambda_il. W has shape (..., d, d); the result has the
    batch's shape, a number if there is none. For N >= 2 a singular W gives +inf, and W counts as
    singular when sigma_d <= d eps sigma_1 (``numpy.linalg.matrix_rank``'s rule: the SVD cannot
    tell such a value from zero; where sigma is known, sum log ``operator_eigenvalues(sigma)``).
    N = 1 gives 0 whatever W. Guaranteed: error 30 d^2 eps sigma_1/sigma_d + 1e-12 max(1, |value|),
    d <= 8. Cost: one SVD without vectors, whatever N. Raises
    :class:`~dlnproof.errors.InputError`. Source: CMV2023, Lemma 2.4.

    >>> round(math.exp(log_volume_density([[4, 0], [0, 1]], 2)), 12)
    0.2
    >>> float(log_volume_density([[1, 2], [2, 4]], 2))
    inf
    """
    q, scale = inverse_depth_and_scale(depth, normalization)
    matrices = as_matrices(W, "W")
    if q == 1:
        return np.zeros(matrices.shape[:-2])[()]
    sigma = singular_values(matrices)
    value = log_density(_columns(sigma), q) - _shift(sigma, scale)
    return value.reshape(sigma.shape[:-1])[()]


def log_volume_form(
    sigma: ArrayLike, depth: Depth, *, normalization: Normalization = "mean"
) -> np.float64 | FloatArray:
    """Return the logarithm of N^{d(d-1)/2} det(Sigma^2)^{(1-N)/(2N)} van(Sigma^{2/N}).

    That is the density of g^N's volume with respect to dSigma dU dV; at infinite depth
    det(Sigma^2)^{-1/2} van(log Sigma^2). ``sigma`` has shape (..., d), any order; the result has
    the batch's shape, a number if there is none. A coincidence gives -inf. For N >= 2 one zero
    gives +inf, and two zeros, or a zero and a coincidence, NaN: the limit depends on the way
    there. N = 1 is log van(Sigma^2). Guaranteed: error 1e-12 max(1, |value|) for sigma in
    [1e-150, 1e150], however near one another, d <= 8. Raises
    :class:`~dlnproof.errors.InputError`. Source: CMV2023, Theorem 1.1.

    >>> round(math.exp(log_volume_form([4, 1], 2)), 12)
    3.0
    """
    q, scale = inverse_depth_and_scale(depth, normalization)
    decreasing = np.sort(as_singular_values(sigma), axis=-1)[..., ::-1]
    value = log_form(_columns(decreasing), q) - _shift(decreasing, scale)
    return value.reshape(decreasing.shape[:-1])[()]


def log_orbit_volume(sigma: ArrayLike, depth: int) -> np.float64 | FloatArray:
    """Return log vol(O_W) = (N-1) log c_d + 1/2 log(van(Sigma^2) / van(Sigma^{2/N})).

    O_W is the fibre of balanced factorizations of an invertible W, an orbit of O_d^{N-1}, with the
    volume of the Frobenius metric on factors; c_d = 2^{d(d-1)/4} prod_{k=1}^d vol(S^{k-1}) is that
    of O_d, both components. ``sigma`` has shape (..., d), any order; the result has the batch's
    shape, a number if there is none. Coincidences and one zero give the limit, which for a zero
    is 2^{N-1} times the volume of that fibre; N >= 2 and two zeros give -inf. N = 1 gives 0: the
    fibre is a point. Guaranteed: error 1e-12 max(1, |value|) for sigma in [1e-150, 1e150] or 0,
    however near one another, d <= 8. Finite depth only, N <= 10^15. Raises
    :class:`~dlnproof.errors.InputError`. Source: MY2025, entropy formula; slides "Theorem 10",
    there without the square root.

    >>> round(math.exp(log_orbit_volume([4, 1], 2)) / math.pi, 12)  # c_2 sqrt(15 / 3)
    12.649110640674
    """
    N = as_finite_depth(depth, "the orbit of balanced factorizations")
    if N > _DEEPEST_ORBIT:
        raise InputError(
            "depth: got an integer above 10^15, expected at most that; "
            "vol(O_W) grows like c_d^(N - 1) and has no limit at infinite depth"
        )
    decreasing = np.sort(as_singular_values(sigma), axis=-1)[..., ::-1]
    if N == 1:
        return np.zeros(decreasing.shape[:-1])[()]
    group = (N - 1) * log_group_volume(decreasing.shape[-1])
    value = group + log_orbit(_columns(decreasing), 1 / N)
    return value.reshape(decreasing.shape[:-1])[()]


def log_group_volume(width: int) -> float:
    """Return log c_d, the volume of O_d (both components) for the metric Tr(a^T a) on so(d).

    >>> round(math.exp(log_group_volume(2)) / math.pi, 12)  # sqrt(2) vol(S^0) vol(S^1)
    5.656854249492
    """
    spheres = (
        math.log(2) + k / 2 * math.log(math.pi) - math.lgamma(k / 2) for k in range(1, width + 1)
    )
    return width * (width - 1) / 4 * math.log(2) + math.fsum(spheres)


def _columns(sigma: FloatArray) -> FloatArray:
    """Return singular values (..., d) as (d, batch): what is summed over pairs is contiguous."""
    return np.ascontiguousarray(sigma.reshape(-1, sigma.shape[-1]).T)


def _shift(sigma: FloatArray, scale: float) -> float:
    """Return what g^N / scale takes off the logarithm of the volume: (d^2 / 2) log(scale)."""
    d: int = sigma.shape[-1]
    return d * d / 2 * math.log(scale)
