r"""The metric at infinite depth with its derivatives, in balls, and at places near W by a sum.

It is the integral of ((1-s) I + s W W^T)^(-1) Z ((1-s) I + s W^T W)^(-1) over 0 <= s <= 1: the
inverse of A_inf (kubo-mori), of which derivatives are those of inverse matrices.
"""

from __future__ import annotations

from functools import cache, cached_property
from itertools import product

import flint
from flint import acb, arb, arb_mat, fmpq

from dlnproof.numeric.exact.curvature_pullback import Place
from dlnproof.numeric.exact.points import ExactPoint

NODES = 160
"""Of a sum for an integral: for singular values between 1/3 and 3 it has sixty digits or more."""


class LimitMetric:
    """At Sigma, in the basis of the E_kl, by columns: so it is at W in the basis of u_k v_l^T."""

    def __init__(self, point: ExactPoint) -> None:
        self.sigma, self.size = point.sigma, point.width
        self.places = [(row, column) for column in range(self.size) for row in range(self.size)]

    @cache  # noqa: B019 - it lives as long as what is measured there
    def integral(self, *indices: int) -> arb:
        """Enclose that of s^(n-2) over the product of n numbers 1 - s + s sigma_i^2."""
        squares = [self.sigma[i] ** 2 for i in indices]

        def integrand(s: acb, _: bool) -> acb:
            found = s ** (len(squares) - 2)
            for p in squares:
                found /= 1 - s + s * p
            return found

        return acb.integral(integrand, 0, 1).real

    @cached_property
    def value(self) -> arb_mat:
        """The metric."""
        d2 = self.size**2
        found = arb_mat(d2, d2)
        for k, (row, column) in enumerate(self.places):
            found[k, k] = self.integral(*sorted((row, column)))
        return found

    @cached_property
    def first(self) -> list[arb_mat]:
        """Its derivatives in the entries of U^T W V, in the same order."""
        return [self._slope(*place) for place in self.places]

    def _slope(self, a: int, b: int) -> arb_mat:
        """Return that along E_ab, where W W^T moves by sigma_b (E_ab + E_ba), W^T W likewise."""
        d2 = self.size**2
        found = arb_mat(d2, d2)
        for (x, (k, l)), (y, (m, n)) in product(enumerate(self.places), repeat=2):
            rows = self.sigma[b] * (((k, m) == (a, b)) + ((k, m) == (b, a))) * (l == n)
            columns = self.sigma[a] * (((l, n) == (a, b)) + ((l, n) == (b, a))) * (k == m)
            if rows != 0:
                found[x, y] -= rows * self.integral(*sorted((k, m, l)))
            if columns != 0:
                found[x, y] -= columns * self.integral(*sorted((k, l, n)))
        return found


@cache
def _nodes(bits: int) -> list[tuple[arb, arb]]:
    """Return nodes and weights of the sum, with so many bits."""
    return [arb.legendre_p_root(NODES, k, weight=True) for k in range(NODES)]


class EntryLattice:
    """W and the metric at infinite depth at places of a lattice of the entries of W, of width h."""

    def __init__(self, point: ExactPoint, step: fmpq) -> None:
        self.W, self.h, self.size = arb_mat(point.W), arb(step), point.width**2

    def image(self, place: Place) -> arb_mat:
        """Return W, as a column."""
        base = self.W.transpose().entries()
        return arb_mat(self.size, 1, [x + self.h * k for x, k in zip(base, place, strict=True)])

    @cache  # noqa: B019 - a lattice lives as long as what is measured on it
    def metric(self, place: Place) -> arb_mat:
        """Return the metric, by columns."""
        d = self.W.nrows()
        turned, one = arb_mat(d, d, self.image(place).entries()), arb_mat(d, d, 1)
        grams = turned.transpose() * turned, turned * turned.transpose()
        total = arb_mat(self.size, self.size)
        for x, weight in _nodes(flint.ctx.prec):
            s = (1 + x) / 2
            rows, columns = ((one * (1 - s) + gram * s).inv() for gram in grams)
            total += _kronecker(columns, rows) * (weight / 2)
        return total


def _kronecker(a: arb_mat, b: arb_mat) -> arb_mat:
    """Return a kron b."""
    return arb_mat([[x * y for x in r for y in q] for r in a.table() for q in b.table()])
