"""S(t) = log(sinh(t) / t), even and smooth, and its derivatives: all that pairs contribute.

    log lambda_il                 = (1 - q)(x_i + x_l) + S(t) - S(q t),        t = x_i - x_l,
    log N |s_i^{2q} - s_l^{2q}|   = q (x_i + x_l) + log 2|t| + S(q t),         x = log s,

S' = coth t - 1/t is Langevin's function. Near 0 they are summed as series.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from dlnproof.numeric.floats.arrays import Array, FloatArray, namespace
from dlnproof.numeric.floats.differentiation import Primitive, no_further

_NEAR: Final = 0.5
_SUMMED: Final = 1000.0
_TERMS: Final = 11  # the series converge for |t| < pi: (0.5 / pi)^22 is rounding


@cache
def _coefficients() -> FloatArray:
    """Return c_n of S(t) = sum over n >= 1 of c_n t^{2n}: 2 zeta(2n) (-1)^{n-1} / (2n pi^{2n}).

    >>> _coefficients()[:2] * [6, 180]
    array([ 1., -1.])
    """
    n = np.arange(1, _TERMS + 1)
    k, s = np.arange(1.0, _SUMMED)[:, None], 2.0 * n
    # the rest of the sum by Euler and Maclaurin
    rest = _SUMMED ** (1 - s) / (s - 1) + _SUMMED**-s / 2 + s * _SUMMED ** (-s - 1) / 12
    zeta = np.sum(k**-s, axis=0) + rest
    return np.asarray((-1.0) ** (n - 1) * zeta / (n * np.pi ** (2.0 * n)))


def _even_series(square: Array, coefficients: FloatArray) -> Array:
    total = namespace(square).zeros_like(square)
    for c in coefficients[::-1].tolist():
        total = total * square + c
    return total


def psi_series(square: Array, q: float) -> Array:
    """Return (S'(t) - q S'(q t)) / t for |t| <= 0.05, from t^2."""
    n = 2.0 * np.arange(1, 7)
    return _even_series(square, n * _coefficients()[:6] * (1 - q**n))


def log_shc(t: Array) -> Array:
    """Return S(t)."""
    xp = namespace(t)
    near, size = xp.abs(t) < _NEAR, xp.abs(t)
    big = xp.where(near, xp.ones_like(t), size)
    far = big + xp.log(-xp.expm1(-2 * big) / (2 * big))
    return xp.where(near, t * t * _even_series(t * t, _coefficients()), far)


def langevin(t: Array) -> Array:
    """Return S'(t) = coth t - 1/t."""
    xp = namespace(t)
    near = xp.abs(t) < _NEAR
    big = xp.where(near, xp.ones_like(t), t)
    n = 2.0 * np.arange(1, _TERMS + 1)
    return xp.where(near, t * _even_series(t * t, n * _coefficients()), 1 / xp.tanh(big) - 1 / big)


def langevin_slope(t: Array) -> Array:
    """Return S''(t) = 1/t^2 - 1/sinh(t)^2."""
    xp = namespace(t)
    near = xp.abs(t) < _NEAR
    big = xp.where(near, xp.ones_like(t), xp.abs(t))
    decay = xp.exp(-2 * big)
    far = 1 / big**2 - 4 * decay / xp.expm1(-2 * big) ** 2
    n = 2.0 * np.arange(1, _TERMS + 1)
    return xp.where(near, _even_series(t * t, n * (n - 1) * _coefficients()), far)


@dataclass(frozen=True)
class LogShc(Primitive):
    """S, S' or S'', entry by entry."""

    order: int = 0

    def value(self, *arrays: Array) -> Array:
        """Return the derivative of this order."""
        return (log_shc, langevin, langevin_slope)[self.order](*arrays)

    def push(self, place: int, arrays: tuple[Array, ...], tangent: Array) -> Array:
        """Return the next derivative, times the tangent."""
        if self.order == 2:
            no_further("third order in sigma")
        return LogShc(self.order + 1)(*arrays) * tangent

    def pull(self, place: int, arrays: tuple[Array, ...], cotangent: Array) -> Array:
        """Return the same: a diagonal map is its own adjoint."""
        return self.push(place, arrays, cotangent)
