r"""The scalar curvature of g^N in closed form, without 0/0 where singular values meet.

With q = 1/N (0 at infinite depth), x_i = sigma_i^{2q}, t_il = log(sigma_i / sigma_l), and

    s(t) = sinh(q t)/q (t for q = 0),   psi(t) = L(t) - q L(q t),   L(t) = coth t - 1/t,

a pair i < l and a triple i < l < m of singular values add

    k_il  = (1/x_i + 1/x_l)/2 psi'(t_il),
    k_ilm = [s(t_im)^2 psi(t_im)/x_l - s(t_il)^2 psi(t_il)/x_m - s(t_lm)^2 psi(t_lm)/x_i]
            / (s(t_il) s(t_lm) s(t_im)).

Beside k_ilm the three terms are large where two values are near, or all are far apart. With
e(t) = s(t) exp(-q t), where the nearer two are within a factor e the difference of two of the terms
is an integral, and elsewhere psi(t) is 1 + 2/(exp(2t) - 1) less q coth(q t), of which the three
terms cancel.
"""

from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from dlnproof.depth import Depth
from dlnproof.numeric.floats.arrays import Array, as_matrices, indices_like, namespace
from dlnproof.numeric.floats.decomposition import singular_values
from dlnproof.numeric.floats.differentiation import no_derivative
from dlnproof.numeric.floats.kernels import apart, in_parts, log_ratio, pairs, scaled_gap
from dlnproof.numeric.floats.log_shc import langevin, langevin_slope
from dlnproof.numeric.floats.matrix_powers import check_invertible
from dlnproof.numeric.floats.volume import as_columns, of_batch, zeros
from dlnproof.numeric.normalization import Normalization, inverse_depth_and_scale

_NEAR: Final = 1.0
"""Values within a factor e are near: what two of them add differs by a mean of its slope."""
_PLACES, _WEIGHTS = np.polynomial.legendre.leggauss(7)


def scalar_curvature(W: ArrayLike, depth: Depth, *, normalization: Normalization = "mean") -> Array:
    """Return the scalar curvature of g^N at W.

    It is a sum over pairs and over triples of singular values, each term positive for N >= 2 and
    d >= 2, so that the scalar curvature is; for N = 1 it is 0 (then W may be singular), and for
    d = 1. Of d = N = 2 it is 1/2 over the nuclear norm of W ("sum": 1 over it), where all values
    are s, (N^2 - 1) d (d - 1)^2 / (6 N^2 s^{2/N}). W has shape (..., d, d); the result has the
    batch's shape, a number if there is none. "sum" is N times "mean", finite depth only.
    Guaranteed: relative error 1e-12 + 100 eps sigma_1/sigma_d, coincidences included, d <= 8. Cost:
    one SVD without vectors, and a sum over triples. Raises :class:`~dlnproof.errors.InputError`,
    also for singular W (N >= 2). Source: our proof; not found in the sources listed.
    Arrays of torch and jax come back as what they are (docs/arrays.md), without derivatives; of
    float32, eps is 1.2e-7, and 1e-12 reads 1e-5.

    >>> round(float(scalar_curvature([[4, 0], [0, 1]], 2)), 12)
    0.1
    >>> round(float(scalar_curvature(2 * np.eye(3), float("inf"))), 12)
    2.0
    """
    q, scale = inverse_depth_and_scale(depth, normalization)
    matrices = as_matrices(W, "W")
    if q == 1:
        return zeros(matrices[..., 0])
    sigma = singular_values(no_derivative(matrices, "the scalar curvature"))
    check_invertible(sigma, "curvature", "a matrix near it has one")
    with np.errstate(all="ignore"):
        found = scale * in_parts(lambda some: of_values(some, q), as_columns(sigma))
    return of_batch(found, sigma)


def of_values(sigma: Array, q: float) -> Array:
    """Return it for q < 1 and decreasing sigma > 0, shape (d, batch)."""
    xp = namespace(sigma)
    large, small = pairs(sigma)
    t = log_ratio(large, small)
    roots = large ** (2 * q)
    total = xp.sum((1 + xp.exp(-2 * q * t)) / 2 * _grown_slope(t, q) / roots, axis=0)
    places = list(combinations(range(sigma.shape[0]), 3))
    if not places:
        return total
    first, second, third = (
        xp.take(sigma, indices_like(sigma, np.array(some)), axis=0)
        for some in zip(*places, strict=True)
    )
    triples = _of_triple(log_ratio(first, second), log_ratio(second, third), q)
    return total + xp.sum(triples / first ** (2 * q), axis=0)


def _psi(t: Array, q: float) -> Array:
    return langevin(t) - q * langevin(q * t) if q else langevin(t)


def _slope(t: Array, q: float) -> Array:
    return langevin_slope(t) - q**2 * langevin_slope(q * t)


def _grown_slope(t: Array, q: float) -> Array:
    """Return exp(2 q t) psi'(t), for t >= 0."""
    xp = namespace(t)
    near = t < _NEAR
    low, high = xp.where(near, t, xp.zeros_like(t)), xp.where(near, xp.ones_like(t), t)
    far = 4 / scaled_gap(high, q) ** 2 - 4 * xp.exp(-2 * (1 - q) * high) / xp.expm1(-2 * high) ** 2
    return xp.where(near, xp.exp(2 * q * low) * _slope(low, q), far)


def _shrunk(t: Array, q: float) -> Array:
    """Return e(t) = s(t) exp(-q t)."""
    return scaled_gap(t, q) / 2


def _of_triple(upper: Array, lower: Array, q: float) -> Array:
    """Return x_i k_ilm for t_il and t_lm, both >= 0."""
    xp = namespace(upper)
    by, to = xp.minimum(upper, lower), apart(xp.maximum(upper, lower))
    near = by < _NEAR
    close = _near(xp.where(near, by, xp.ones_like(by)), to, upper <= lower, q)
    one, other = (xp.where(near, xp.ones_like(by), t) for t in (upper, lower))
    return xp.where(near, close, _far(one, other, q))


def _near(by: Array, to: Array, above: Array, q: float) -> Array:
    """Return it where two values are near: sigma_i and sigma_l (``above``), or sigma_l and sigma_m.

    The logarithm of their quotient is ``by``, that of the other two ``to``.
    """
    xp, a = namespace(by), q * by
    total = xp.zeros_like(by)
    for place, weight in zip(_PLACES.tolist(), _WEIGHTS.tolist(), strict=True):
        u = (1 + place) / 2
        t = to + u * by
        e, slope = _shrunk(t, q), _grown_slope(t, q)
        slope = xp.where(above, xp.exp(-2 * q * t) * slope, slope)
        power = xp.where(above, (4 * u - 2) * a, (2 - 2 * u) * a)
        total = total + weight / 2 * xp.exp(power) * e * (2 * _psi(t, q) + e * slope)
    other = xp.where(above, xp.exp(2 * a), xp.exp(-2 * q * (to - by)))
    together = _shrunk(to, q) * _shrunk(to + by, q)
    some = apart(by)
    own = _shrunk(some, q)
    found = some / own * total - by / some * other * own * _psi(some, q)  # 0 at 0
    return xp.where(above, found, xp.exp(-2 * a) * found) / together


def _far(upper: Array, lower: Array, q: float) -> Array:
    """Return it where no two of the three values are near."""
    xp = namespace(upper)
    whole = upper + lower
    one, two, three = (_shrunk(t, q) for t in (upper, lower, whole))

    def left(t: Array, grown: Array) -> Array:
        """Return exp(grown) / (exp(2 t) - 1)."""
        return -xp.exp(grown - 2 * t) / xp.expm1(-2 * t)

    rest = three**2 * left(whole, 2 * q * upper) - one**2 * left(upper, 2 * q * upper)
    rest = rest - two**2 * left(lower, -2 * q * upper)
    return (2 * one * two + 2 * rest) / (one * two * three)
