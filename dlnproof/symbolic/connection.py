"""Christoffel symbols and sectional curvatures of g^N, from two derivatives of A_{N,W}.

As in :mod:`dlnproof.numeric.floats.riemann`; the derivatives of A are divided differences of
lambda(p, q), p = sigma_i^2 and q = sigma_l^2, in closed form at every depth. All is in the
coordinates U^T . V of the frame of W.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any, Final

import sympy

from dlnproof.errors import InputError
from dlnproof.numeric.normalization import Normalization
from dlnproof.symbolic.arguments import Expr, as_square
from dlnproof.symbolic.spectrum import Spectrum
from dlnproof.symbolic.svd import as_frames

_P, _Q = sympy.symbols("p q", positive=True)
_N: Final = sympy.Symbol("N", integer=True, positive=True)


def christoffel(
    Z1: Any,
    Z2: Any,
    depth: Any,
    sigma: Any = None,
    *,
    U: Any = None,
    V: Any = None,
    normalization: Normalization = "mean",
) -> Any:
    """Return Gamma(Z1, Z2), the Christoffel symbols of g^N in the entries of W = U Sigma V^T.

    Geodesics have W'' = -Gamma(W', W'). It is the same for both normalisations. Arguments, errors
    and cost as for :func:`sectional_curvature`. Source: the definition.

    >>> W, I = sympy.diag(4, 1), sympy.eye(2)
    >>> christoffel(W, W, 2, sigma=[4, 1], U=I, V=I)  # W(t) = (1 + t)^2 W(0): W' = W'' = 2 W(0)
    Matrix([
    [-2,    0],
    [ 0, -1/2]])
    """
    tensor, (x, y), (left, right) = _given(
        (Z1, Z2), Spectrum.of(depth, _width(Z1), sigma, normalization), U, V
    )
    P, Q = tensor.lowered(x), tensor.lowered(y)
    found = tensor.connection(P, Q, tensor.change(x, Q) + tensor.change(y, P))
    return left * found * right.T


def sectional_curvature(
    Z1: Any,
    Z2: Any,
    depth: Any,
    sigma: Any = None,
    *,
    U: Any = None,
    V: Any = None,
    normalization: Normalization = "mean",
) -> Expr:
    """Return the sectional curvature of g^N at W = U Sigma V^T of the plane of Z1 and Z2.

    ``Z1``, ``Z2`` are d x d; the other arguments are as for :func:`metric_matrix`. "sum" is N times
    "mean". Nothing is simplified: at symbols or roots the terms are many, d^6 at most; give
    numbers, or sigma = t^N, if they are to be put together. Raises
    :class:`~dlnproof.errors.InputError`, also for two that visibly span no plane. Source: the
    definition; not found in closed form in the sources listed.

    >>> S, K, I = sympy.Matrix([[0, 1], [1, 0]]), sympy.Matrix([[0, 1], [-1, 0]]), sympy.eye(2)
    >>> sectional_curvature(S, K, 2, sigma=[4, 1], U=I, V=I)
    -1/20
    """
    tensor, (x, y), _ = _given((Z1, Z2), Spectrum.of(depth, _width(Z1), sigma, normalization), U, V)
    square = tensor.inner(x, x) * tensor.inner(y, y) - tensor.inner(x, y) ** 2
    if sympy.Matrix.hstack(*(sympy.Matrix(z).vec() for z in (Z1, Z2))).rank() < 2:
        raise InputError("Z2: got a multiple of Z1, expected two directions that span a plane")
    return tensor.spectrum.scale * tensor.quadratic(x, y) / square


def _width(Z: Any) -> int:
    return int(as_square(Z, "Z1").rows)


def _given(
    directions: tuple[Any, Any], spectrum: Spectrum, U: Any, V: Any
) -> tuple[_Tensor, list[Any], tuple[Any, Any]]:
    """Return the tensor, two directions in its frame, and that."""
    d = len(spectrum.sigma)
    left, right = as_frames(d, U, V)
    given = [as_square(z, name, d) for z, name in zip(directions, ("Z1", "Z2"), strict=True)]
    return _Tensor(spectrum), [left.T * z * right for z in given], (left, right)


@cache
def _derivative(infinite: bool, first: int, second: int) -> Expr:
    """Return a derivative of lambda(p, q) where p and q differ."""
    logs = sympy.log(_P) - sympy.log(_Q)
    roots = _N * (_P ** (1 / _N) - _Q ** (1 / _N))
    return sympy.diff((_P - _Q) / (logs if infinite else roots), _P, first, _Q, second)


@dataclass(frozen=True, eq=False)
class _Tensor:
    """Riemann's tensor of "mean" in the frame of W; counts from 0."""

    spectrum: Spectrum

    @property
    def _all(self) -> range:
        return range(len(self.spectrum.sigma))

    def _value(self, i: int, l: int) -> Expr:
        return self.spectrum.eigenvalue(i, l) / self.spectrum.scale

    def _square(self, i: int) -> Expr:
        return self.spectrum.sigma[i] ** 2

    def _same(self, i: int, l: int) -> bool:
        return bool(self.spectrum.sigma[i] == self.spectrum.sigma[l])

    def _at(self, i: int, l: int, first: int, second: int, together: Expr) -> Expr:
        """Return a derivative of lambda at two values; ``together``: in units, where they agree."""
        p, N = self._square(i), self.spectrum.depth
        if self._same(i, l):
            limit = sympy.limit(together, _N, sympy.oo) if sympy.oo == N else together.subs(_N, N)
            return limit * self._value(i, i) / p ** (first + second)
        closed = _derivative(bool(sympy.oo == N), first, second)
        return closed.subs({_N: N, _P: p, _Q: self._square(l)})

    def first(self, i: int, m: int, l: int) -> Expr:
        """Return the divided difference of lambda(., sigma_l^2) at i and m."""
        if self._same(i, m):
            return self._at(i, l, 1, 0, (1 - 1 / _N) / 2)
        gap = self._square(i) - self._square(m)
        return (self._value(i, l) - self._value(m, l)) / gap

    def second(self, i: int, n: int, m: int, l: int) -> Expr:
        """Return that at i, n and m."""
        for a, b, c in ((i, n, m), (n, m, i), (m, i, n)):
            if not self._same(a, c):
                gap = self._square(a) - self._square(c)
                return (self.first(a, b, l) - self.first(b, c, l)) / gap
        return self._at(i, l, 2, 0, (1 - _N**2) / (6 * _N**2)) / 2

    def mixed(self, i: int, m: int, l: int, n: int) -> Expr:
        """Return the divided difference of lambda at i and m, and at l and n."""
        if not self._same(l, n):
            gap = self._square(l) - self._square(n)
            return (self.first(i, m, l) - self.first(i, m, n)) / gap
        if not self._same(i, m):
            gap = self._square(i) - self._square(m)
            return (self.first(l, l, i) - self.first(l, l, m)) / gap
        return self._at(i, l, 1, 1, (_N - 1) * (_N - 2) / (6 * _N**2))

    def _matrix(self, entry: Any) -> Any:
        size = len(self._all)
        return sympy.Matrix(size, size, lambda i, l: entry(int(i), int(l)))

    def lowered(self, x: Any) -> Any:
        """Return A^{-1}(x)."""
        return self._matrix(lambda i, l: x[i, l] / self._value(i, l))

    def inner(self, x: Any, y: Any) -> Expr:
        """Return g^N of two directions."""
        return _paired(x, self.lowered(y))

    def _squares(self, h: Any) -> tuple[Any, Any]:
        """Return how W W^T and W^T W change along h."""
        S = sympy.diag(*self.spectrum.sigma)
        return h * S + S * h.T, h.T * S + S * h

    def change(self, h: Any, z: Any) -> Any:
        """Return DA[h](z)."""
        E, F = self._squares(h)
        return self._matrix(
            lambda i, l: sympy.Add(
                *(self.first(i, m, l) * E[i, m] * z[m, l] for m in self._all if E[i, m] * z[m, l]),
                *(self.first(l, m, i) * F[m, l] * z[i, m] for m in self._all if F[m, l] * z[i, m]),
            )
        )

    def connection(self, P: Any, Q: Any, changes: Any) -> Any:
        """Return Gamma of two directions, from their momenta and the changes of A at these."""

        def slope(i: int, l: int) -> Expr:
            unit = self._matrix(lambda a, b: sympy.Integer((a, b) == (i, l)))
            return _paired(P, self.change(unit, Q))

        return self._matrix(lambda i, l: (self._value(i, l) * slope(i, l) - changes[i, l]) / 2)

    def curved(self, h: Any, k: Any, z: Any) -> Any:
        """Return D^2A[h, k](z)."""
        (E, F), (G, H) = self._squares(h), self._squares(k)
        left, right = h * k.T + k * h.T, h.T * k + k.T * h

        def bent(i: int, m: int, l: int, whole: Any, along: tuple[Any, Any]) -> Expr:
            """Return the second derivative of lambda(., sigma_l^2) of what changes, at i and m."""
            one, other = along
            twice = (one[i, n] * other[n, m] + other[i, n] * one[n, m] for n in self._all)
            return self.first(i, m, l) * whole[i, m] + sympy.Add(
                *(self.second(i, n, m, l) * x for n, x in enumerate(twice) if x)
            )

        def entry(i: int, l: int) -> Expr:
            found = [bent(i, m, l, left, (E, G)) * z[m, l] for m in self._all if z[m, l]]
            found += [bent(l, m, i, right, (F, H)) * z[i, m] for m in self._all if z[i, m]]
            for m, n in product(self._all, repeat=2):
                both = (E[i, m] * H[n, l] + G[i, m] * F[n, l]) * z[m, n]
                found += [self.mixed(i, m, l, n) * both] if both else []
            return sympy.Add(*found)

        return self._matrix(entry)

    def quadratic(self, x: Any, y: Any) -> Expr:
        """Return R(x, y, x, y)."""
        P, Q = self.lowered(x), self.lowered(y)
        xP, xQ, yP, yQ = (self.change(h, z) for h, z in ((x, P), (x, Q), (y, P), (y, Q)))
        mixed = self.connection(P, Q, xQ + yP)
        found = self.inner(xP, yQ) + self.inner(yP, xQ) - self.inner(xQ, xQ) - self.inner(yP, yP)
        found += self.inner(mixed, mixed)
        found -= self.inner(self.connection(P, P, 2 * xP), self.connection(Q, Q, 2 * yQ))
        straight = _paired(P, self.curved(x, y, Q))
        return (
            found
            - straight
            + (_paired(Q, self.curved(x, x, Q)) + _paired(P, self.curved(y, y, P))) / 2
        )


def _paired(x: Any, y: Any) -> Expr:
    """Return Tr(x^T y)."""
    return sympy.Add(*(a * b for a, b in zip(x, y, strict=True)))
