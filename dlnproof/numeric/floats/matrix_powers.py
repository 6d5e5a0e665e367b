"""Powers of W W^T and their derivatives: what A_{N,W} and its derivatives are made of.

With P = W W^T and Q = W^T W the operator is a sum of positive weights times P^a Z Q^b,

    A_{N,W}(Z) = sum_j w_j P^{1 - q - s_j} Z Q^{s_j},        q = 1/N,

over s_j = (j - 1)/N with weights 1/N, or over the nodes of Gauss's rule for that measure, which is
Lebesgue's on [0, 1] at infinite depth. The derivative of a power is its divided difference in the
basis of eigenvectors (Daleckii and Krein), and so is every derivative after it:

    D^k(P^a) has the terms sum over m of f[p_i, p_m, ..., p_l] X_im ... Y_nl,        f(p) = p^a.

No difference here is taken of near numbers: eigenvalues may coincide.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np

from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import Array, FloatArray, first, known, like, namespace
from dlnproof.numeric.floats.decomposition import svd
from dlnproof.numeric.floats.differentiation import Primitive, no_further

_MOST_NODES: Final = 40
"""Gauss's rule is exact to rounding for exponentials of ratios up to 10^30 by so many nodes."""
_NEAR: Final = 0.2
"""Eigenvalues that differ by less, relative to the largest, are near: there a Taylor series."""
_TERMS: Final = 18


@lru_cache(maxsize=64)
def nodes(q: float) -> tuple[FloatArray, FloatArray]:
    """Return s_j and w_j: exact in exact arithmetic for N <= 40, else Gauss's rule.

    The measure with weight 1/N at 0, 1/N, ..., (N - 1)/N has the orthogonal polynomials of
    Chebyshev (Gram): mean (1 - q)/2, recurrence k^2 (1 - k^2 q^2) / (4 (4 k^2 - 1)).

    >>> nodes(1 / 2)[0].round(12) + 0.0, nodes(1 / 2)[1].round(12)
    (array([0. , 0.5]), array([0.5, 0.5]))
    """
    if q * _MOST_NODES >= 1:
        count = round(1 / q)
        return np.asarray(np.arange(count) * q), np.full(count, q)
    k = np.arange(1, _MOST_NODES)
    off = np.sqrt(k**2 * (1 - (k * q) ** 2) / (4 * (4 * k**2 - 1.0)))
    jacobi = np.diag(np.full(_MOST_NODES, (1 - q) / 2)) + np.diag(off, 1) + np.diag(off, -1)
    places, vectors = np.linalg.eigh(jacobi)
    return np.asarray(np.clip(places, 0.0, 1 - q)), np.asarray(vectors[0] ** 2)


def differences(p: Array, exponents: Array, order: int) -> Array:
    """Return f[p_i, ..., p_l] for f(p) = p^a, order + 1 points: shape (..., n, d, ..., d)."""
    xp = namespace(p)
    p = p[..., None, :]  # an axis for the exponents
    a = exponents[:, None]
    if order == 0:
        return p**a
    a = a[..., None]
    one, two = p[..., :, None], p[..., None, :]
    if order == 1:
        return first_difference(xp.maximum(one, two), xp.minimum(one, two), a)
    a = a[..., None]
    one, two, three = p[..., :, None, None], p[..., None, :, None], p[..., None, None, :]
    large, small = xp.maximum(one, two), xp.minimum(one, two)
    middle = xp.maximum(small, xp.minimum(large, three))
    large, small = xp.maximum(large, three), xp.minimum(small, three)
    apart = large - small > _NEAR * large
    gap = xp.where(apart, large - small, xp.ones_like(small))
    far = (first_difference(large, middle, a) - first_difference(middle, small, a)) / gap
    return xp.where(apart, far, _taylor(large, middle, small, a))


def first_difference(large: Array, small: Array, a: Array) -> Array:
    """Return (large^a - small^a) / (large - small), and the derivative where they coincide."""
    xp = namespace(large)
    a = a + xp.zeros_like(large)
    x = xp.log(large / small)
    same = x < (1e-30 if xp.finfo(x.dtype).eps < 1e-10 else 1e-15)
    x = xp.where(same, xp.ones_like(x), x)
    quotient = xp.expm1(-a * x) / xp.expm1(-x)
    return large ** (a - 1) * xp.where(same, a, quotient)


def _taylor(large: Array, middle: Array, small: Array, a: Array) -> Array:
    """Return f[large, middle, small] for near points: sum of f^(n+2)(c)/(n+2)! h_n, c between.

    h_n is the complete homogeneous polynomial of the distances from c.
    """
    xp = namespace(large)
    center = (large + small) / 2
    x, y, z = ((p - center) / center for p in (large, middle, small))
    h_x = h_xy = h_xyz = xp.ones_like(x)
    coefficient = a * (a - 1) / 2
    total = coefficient * h_xyz
    for n in range(1, _TERMS):
        h_x = h_x * x
        h_xy = h_x + y * h_xy
        h_xyz = h_xy + z * h_xyz
        coefficient = coefficient * (a - n - 1) / (n + 2)
        total = total + coefficient * h_xyz
    return center ** (a - 2) * total


@dataclass(frozen=True)
class PowerDifference(Primitive):
    """U (sum over m of f[p_i, p_m, p_l] X^_im Y^_ml) U^T at W, for f(p) = p^a of each exponent.

    W has shape (..., d, d), X and Y, as many as ``order`` says, (..., n, d, d) for n exponents;
    hats are U^T . U. Of order 0 these are the powers of W W^T, and the derivative of one order is
    the next.
    """

    exponents: tuple[float, ...]
    order: int = 0

    def value(self, W: Array, *inner: Array) -> Array:
        """Return the sum. Raises :class:`InputError` for a derivative at a singular W."""
        U, sigma, _ = svd(W)
        if self.order:
            check_invertible(sigma)
        xp, U = namespace(W), U[..., None, :, :]
        table = differences(sigma**2, like(W, self.exponents), self.order)
        hats = [U.mT @ X @ U for X in inner]
        if self.order == 0:
            return (U * table[..., None, :]) @ U.mT
        if self.order == 1:
            return U @ (table * hats[0]) @ U.mT
        middle = table * hats[0][..., :, :, None] * hats[1][..., None, :, :]
        return U @ xp.sum(middle, axis=-2) @ U.mT

    def push(self, place: int, arrays: tuple[Array, ...], tangent: Array) -> Array:
        """Return the derivative: linear in X and Y; in W the next difference, E put anywhere."""
        W, *inner = arrays
        if place:
            inner[place - 1] = tangent
            return self(W, *inner)
        E = with_exponents(tangent @ W.mT + W @ tangent.mT, len(self.exponents))
        higher = self._next()
        terms = [higher(W, *inner[:k], E, *inner[k:]) for k in range(self.order + 1)]
        return sum(terms[1:], terms[0])

    def pull(self, place: int, arrays: tuple[Array, ...], cotangent: Array) -> Array:
        """Return the adjoint: a difference is symmetric in its points, so of the same kind."""
        W, *inner = arrays
        if place:
            return self._adjoint(W, inner, place - 1, cotangent)
        higher, K = self._next(), 0
        for k in range(self.order + 1):
            K = K + higher._adjoint(W, [*inner[:k], None, *inner[k:]], k, cotangent)
        K = namespace(W).sum(K, axis=-3)
        return (K + K.mT) @ W

    def _adjoint(self, W: Array, inner: list[Any], place: int, cotangent: Array) -> Array:
        """Return the adjoint in one of the inner arrays, which is not looked at."""
        if self.order == 1:
            return self(W, cotangent)
        if place == 0:
            return self(W, cotangent, inner[1].mT)
        return self(W, inner[0].mT, cotangent)

    def _next(self) -> "PowerDifference":
        if self.order == 2:
            no_further("third order in W")
        return PowerDifference(self.exponents, self.order + 1)


def check_invertible(sigma: Array, missing: str = "derivative", advice: str = "detach it") -> None:
    """Raise :class:`InputError` where W is singular and values can be looked at.

    It says what is missing there, and what to do but leave it out.
    """
    singular = namespace(sigma).any(sigma == 0, axis=-1)
    if known(namespace(sigma).any(singular)):
        where = first(singular) if singular.ndim else ()
        name = f"W[{', '.join(map(str, where))}]" if where else "W"
        raise InputError(
            f"{name}: got a singular matrix, expected an invertible one: there is no "
            f"{missing} there (a value <= d eps sigma_1 counts as 0); {advice}, or leave it out"
        )


def with_exponents(E: Array, count: int) -> Array:
    """Return a matrix (..., d, d) beside each exponent: (..., n, d, d)."""
    return namespace(E).broadcast_to(E[..., None, :, :], (*E.shape[:-2], count, *E.shape[-2:]))


def power_of_right(W: Array, exponents: tuple[float, ...]) -> Array:
    """Return (W^T W)^a for each exponent a: shape (..., n, d, d)."""
    return PowerDifference(exponents)(W.mT)
