"""The effective rank: how many singular values a matrix has, counted by their entropy."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dlnproof.numeric.floats.arrays import Array, as_rectangular, namespace, number
from dlnproof.numeric.floats.spectral import SpectralFunction


def effective_rank(W: ArrayLike) -> Array:
    """Return exp of the Shannon entropy (natural log) of the distribution sigma_i / sum sigma.

    It lies between 1 and rank W, does not change with the scale of W, and is continuous where the
    rank jumps. W has shape (..., m, n); the result has the batch's shape, a number if there is
    none. It is NaN where W = 0: every value from 1 to min(m, n) is a limit there. Singular values
    at or below max(m, n) eps sigma_1 count as zero, as in :func:`dlnproof.log_volume_density`.
    Guaranteed: relative error 1e-12, m and n <= 8. Cost: one SVD without vectors. Raises
    :class:`~dlnproof.errors.InputError`. Source: RC2020, after Roy and Vetterli (2007).
    Arrays of torch and jax come back as what they are, with derivatives (docs/arrays.md); of
    float32, eps is 1.2e-7, and 1e-12 reads 1e-5.

    >>> float(effective_rank([[1, 0, 0], [0, 1, 0]]))
    2.0
    >>> round(float(effective_rank([[2, 0], [0, 1]])), 12)  # 3 / 2^(2/3)
    1.889881574842
    """
    return SpectralFunction(_EntropyOfShares(), _of_values)(as_rectangular(W, "W"))


def _of_values(sigma: Array) -> Array:
    with np.errstate(divide="ignore"):  # log 0 = -inf is meant
        rank = of_logarithms(namespace(sigma).log(sigma))
    return number(rank)


def of_logarithms(logs: Array) -> Array:
    """Return the effective rank from log singular values, (..., d); NaN where all are zero."""
    xp = namespace(logs)
    with np.errstate(invalid="ignore"):
        shifted = logs - xp.max(logs, axis=-1, keepdims=True)
        weights = xp.exp(shifted)
        total = xp.sum(weights, axis=-1, keepdims=True)
        # p log p = p (x - log total) is 0 in the limit p -> 0
        zero = xp.zeros_like(shifted)
        terms = xp.where(weights > 0, weights * xp.where(weights > 0, shifted, zero), zero)
        return xp.exp(xp.log(total[..., 0]) - xp.sum(terms, axis=-1) / total[..., 0])


@dataclass(frozen=True)
class _EntropyOfShares:
    """f = exp(h), h = -sum p_i log p_i of the shares p_i = sigma_i / sum sigma."""

    def gradient(self, sigma: Array) -> Array:
        """Return df/dsigma_i = -f (log p_i + h) / sum sigma."""
        xp = namespace(sigma)
        total = xp.sum(sigma, axis=-1, keepdims=True)
        logs = xp.log(sigma / total)
        h = -xp.sum(xp.exp(logs) * logs, axis=-1, keepdims=True)
        return -xp.exp(h) * (logs + h) / total
