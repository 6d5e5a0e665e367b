"""The closed forms as kernels, without cancellation where singular values meet.

Everything depends on the depth through q = 1/N (0 at infinite depth) and, for a pair
sigma_i >= sigma_l, on x = log(sigma_i / sigma_l) through one function, the scaled gap

    E_q(x) = (1 - exp(-2 q x)) / q = N (1 - (sigma_l / sigma_i)^{2/N}),    E_0(x) = 2 x:

    lambda_il                         = sigma_i^{2 (1 - q)} E_1(x) / E_q(x),
    N (sigma_i^{2/N} - sigma_l^{2/N}) = sigma_i^{2 q} E_q(x).

x is found to full relative accuracy, however near the two values; expm1 keeps it.
"""

import math
from collections.abc import Callable
from typing import Final

import numpy as np

from dlnproof.numeric.floats.arrays import Array, epsilon, indices_like, known, like, namespace

# E_1(x) / E_q(x) -> 1 as x -> 0. Distinct floats have x > eps / 2, so only x = 0 is moved, to
# where the quotient is 1 and q x no subnormal number (which some libraries flush to zero).
_COINCIDENT: Final = {"float64": 1e-30, "float32": 1e-15}

_AT_ONCE: Final = 2**15
"""So many pairs of singular values fit in a cache, with what is computed of them."""


def in_parts(function: Callable[[Array], Array], columns: Array) -> Array:
    """Return a function of singular values (d, batch), whose last axis is the batch, in numpy of
    parts of the batch.
    """
    d, batch = columns.shape
    parts = batch * d * (d - 1) // (2 * _AT_ONCE) + 1
    if not isinstance(columns, np.ndarray) or parts == 1:
        return function(columns)
    pieces = [function(some) for some in np.array_split(columns, parts, axis=1)]
    return np.concatenate(pieces, axis=-1)


def log_ratio(large: Array, small: Array) -> Array:
    """Return log(large / small) for large >= small >= 0 of one shape; 0 for two zeros.

    The difference of two near floats is exact, so the relative accuracy survives coincidences.
    """
    xp = namespace(large)
    x = xp.log1p((large - small) / small)
    finite = xp.isfinite(x)
    if not known(xp.all(finite)):  # the quotient overflowed, or small = 0
        x = xp.where(finite, x, xp.log(large) - xp.log(small))
        x = xp.where(large == small, xp.zeros_like(x), x)
    return x


def scaled_gap(x: Array, q: float) -> Array:
    """Return E_q(x) = (1 - exp(-2 q x)) / q, and 2 x for q = 0."""
    return 2 * x if q == 0 else -namespace(x).expm1(-2 * q * x) / q


def mean_ratio(x: Array, q: float) -> Array:
    """Return E_1(x) / E_q(x), which is lambda_il / sigma_i^{2 (1 - q)}: 1 at x = 0."""
    x = apart(x)
    return scaled_gap(x, 1.0) / scaled_gap(x, q)


def apart(x: Array) -> Array:
    """Return x >= 0, with a number so small in place of 0 that quotients are what they tend to."""
    xp = namespace(x)
    least = _COINCIDENT["float32" if epsilon(x) > 1e-10 else "float64"]
    return xp.where(x < least, xp.full_like(x, least), x)


@np.errstate(all="ignore")
def eigenvalues(sigma: Array, q: float) -> Array:
    """Return lambda_il, shape (..., d, d), for sigma of shape (..., d) in any order."""
    xp = namespace(sigma)
    large = xp.maximum(sigma[..., :, None], sigma[..., None, :])
    small = xp.minimum(sigma[..., :, None], sigma[..., None, :])
    return large ** (2 * (1 - q)) * mean_ratio(log_ratio(large, small), q)


@np.errstate(all="ignore")
def edge_eigenvalues(sigma: Array, q: float) -> Array:
    """Return lambda_i0 = sigma_i^{2 (1 - q)} q, where the other singular value is zero."""
    return sigma ** (2 * (1 - q)) * q


def pairs(sigma: Array) -> tuple[Array, Array]:
    """Return sigma_i and sigma_l for all pairs i < l, of sigma of shape (d, batch)."""
    larger, smaller = np.triu_indices(sigma.shape[0], 1)
    if isinstance(sigma, np.ndarray):
        return sigma[larger], sigma[smaller]
    xp = namespace(sigma)
    first, second = (xp.take(sigma, indices_like(sigma, k), axis=0) for k in (larger, smaller))
    return first, second


@np.errstate(all="ignore")
def log_density(sigma: Array, q: float) -> Array:
    """Return -1/2 sum over i, l of log lambda_il, for q < 1 and decreasing sigma, shape (d, batch).

    The pair (i, l) has the power of the larger value, so sigma_i counts 2 (d - i) + 1 times
    (i = 1..d). A zero makes the sum -inf, and nothing in it is +inf.
    """
    d, xp = sigma.shape[0], namespace(sigma)
    powers = like(sigma, (1 - q) * (2 * np.arange(d, 0, -1) - 1))

    def density(sigma: Array) -> Array:
        ratios = xp.log(mean_ratio(log_ratio(*pairs(sigma)), q))
        return -(powers @ xp.log(sigma)) - xp.sum(ratios, axis=0)

    return in_parts(density, sigma)


@np.errstate(all="ignore")
def log_orbit(sigma: Array, q: float) -> Array:
    """Return 1/2 sum over i < l of log(N lambda_il), 0 < q < 1, decreasing sigma (d, batch).

    The smallest value is never the larger of a pair: one zero leaves the sum finite, a second
    makes it -inf.
    """
    d, xp = sigma.shape[0], namespace(sigma)
    powers = like(sigma, (1 - q) * np.arange(d - 1, 0, -1))
    ratios = xp.log(mean_ratio(log_ratio(*pairs(sigma)), q) / q)
    return powers @ xp.log(sigma[:-1, ...]) + xp.sum(ratios, axis=0) / 2


@np.errstate(all="ignore")
def log_form(sigma: Array, q: float, edges: int = 0, beta: int = 1) -> Array:
    """Return the logarithm of Theorem 1.1's density, for decreasing sigma, shape (d, batch).

    With ``edges`` m + n - 2d that of the m x n matrices of rank d, finite depth; without, that
    over a field of dimension ``beta``.
    Infinities add up as they should: a zero gives +inf through the determinant (of negative
    exponent), a coincidence, two zeros included, -inf through its gap, and both together NaN.
    """
    d, xp = sigma.shape[0], namespace(sigma)
    log_sigma = xp.log(sigma)
    powers = like(sigma, 2 * q * np.arange(d - 1, 0, -1))
    gaps = xp.log(scaled_gap(log_ratio(*pairs(sigma)), q))
    van = powers @ log_sigma[:-1, ...] + xp.sum(gaps, axis=0)
    van = beta * van
    exponent = determinant_exponent(q, edges, beta)
    found = van - d * edges / 2 * math.log(q) if edges else van
    return found if exponent == 0 else found + exponent * xp.sum(log_sigma, axis=0)


def determinant_exponent(q: float, edges: int, beta: int = 1) -> float:
    """Return the exponent of det Sigma in that density: 0 where a zero value must not matter."""
    return (1 + edges - round(1 / q)) * q if edges else beta * q - 1
