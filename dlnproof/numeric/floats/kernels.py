"""The closed forms as float64 kernels, without cancellation where singular values meet.

Everything depends on the depth through q = 1/N (0 at infinite depth) and, for a pair
sigma_i >= sigma_l, on x = log(sigma_i / sigma_l) through one function, the scaled gap

    E_q(x) = (1 - exp(-2 q x)) / q = N (1 - (sigma_l / sigma_i)^{2/N}),    E_0(x) = 2 x:

    lambda_il                         = sigma_i^{2 (1 - q)} E_1(x) / E_q(x),
    N (sigma_i^{2/N} - sigma_l^{2/N}) = sigma_i^{2 q} E_q(x).

x is found to full relative accuracy, however near the two values; expm1 keeps it.
"""

from typing import Final

import numpy as np

from dlnproof.numeric.floats.arrays import FloatArray

# E_1(x) / E_q(x) -> 1 as x -> 0. Distinct doubles have x > 1e-16, so only x = 0 is moved, to
# where the quotient is 1 in float64.
_COINCIDENT: Final = 1e-30


def log_ratio(large: FloatArray, small: FloatArray) -> FloatArray:
    """Return log(large / small) for large >= small >= 0 of one shape; 0 for two zeros.

    The difference of two near doubles is exact, so the relative accuracy survives coincidences.
    """
    x = np.log1p((large - small) / small)
    beyond = ~np.isfinite(x)
    if beyond.any():  # the quotient overflowed, or small = 0
        np.copyto(x, np.log(large) - np.log(small), where=beyond)
        np.copyto(x, 0.0, where=large == small)
    return x


def scaled_gap(x: FloatArray, q: float) -> FloatArray:
    """Return E_q(x) = (1 - exp(-2 q x)) / q, and 2 x for q = 0."""
    return 2 * x if q == 0 else -np.expm1(-2 * q * x) / q


def _mean_ratio(x: FloatArray, q: float) -> FloatArray:
    """Return E_1(x) / E_q(x), which is lambda_il / sigma_i^{2 (1 - q)}: 1 at x = 0."""
    x = np.maximum(x, _COINCIDENT)
    return scaled_gap(x, 1.0) / scaled_gap(x, q)


@np.errstate(all="ignore")
def eigenvalues(sigma: FloatArray, q: float) -> FloatArray:
    """Return lambda_il, shape (..., d, d), for sigma of shape (..., d) in any order."""
    large = np.maximum(sigma[..., :, None], sigma[..., None, :])
    small = np.minimum(sigma[..., :, None], sigma[..., None, :])
    return np.asarray(large ** (2 * (1 - q)) * _mean_ratio(log_ratio(large, small), q))


@np.errstate(all="ignore")
def log_density(sigma: FloatArray, q: float) -> FloatArray:
    """Return -1/2 sum over i, l of log lambda_il, for q < 1 and decreasing sigma, shape (d, batch).

    The pair (i, l) has the power of the larger value, so sigma_i counts 2 (d - i) + 1 times
    (i = 1..d). A zero makes the sum -inf, and nothing in it is +inf.
    """
    d = len(sigma)
    larger, smaller = np.triu_indices(d, 1)
    powers = (1 - q) * (2 * np.arange(d, 0, -1) - 1)
    ratios = np.log(_mean_ratio(log_ratio(sigma[larger], sigma[smaller]), q))
    return np.asarray(-(powers @ np.log(sigma)) - ratios.sum(axis=0))


@np.errstate(all="ignore")
def log_orbit(sigma: FloatArray, q: float) -> FloatArray:
    """Return 1/2 sum over i < l of log(N lambda_il), 0 < q < 1, decreasing sigma (d, batch).

    The smallest value is never the larger of a pair: one zero leaves the sum finite, a second
    makes it -inf.
    """
    d = len(sigma)
    larger, smaller = np.triu_indices(d, 1)
    powers = (1 - q) * np.arange(d - 1, 0, -1)
    ratios = np.log(_mean_ratio(log_ratio(sigma[larger], sigma[smaller]), q) / q)
    return np.asarray(powers @ np.log(sigma[:-1]) + ratios.sum(axis=0) / 2)


@np.errstate(all="ignore")
def log_form(sigma: FloatArray, q: float) -> FloatArray:
    """Return the logarithm of Theorem 1.1's density, for decreasing sigma, shape (d, batch).

    Infinities add up as they should: a zero gives +inf through the determinant (q < 1), a
    coincidence, two zeros included, -inf through its gap, and both together NaN.
    """
    d = len(sigma)
    larger, smaller = np.triu_indices(d, 1)
    log_sigma = np.log(sigma)
    powers = 2 * q * np.arange(d - 1, 0, -1)
    gaps = np.log(scaled_gap(log_ratio(sigma[larger], sigma[smaller]), q))
    van = powers @ log_sigma[:-1] + gaps.sum(axis=0)
    # at N = 1 the determinant has exponent 0, and a zero singular value must not matter
    return np.asarray(van if q == 1 else van + (q - 1) * log_sigma.sum(axis=0))
