"""The Ricci curvature of g^N: a form that is diagonal in the turns of pairs of singular vectors."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import sympy

from dlnproof import formulas as f
from dlnproof.core.expression import Expression
from dlnproof.core.spectrum import N, pair_values
from dlnproof.numeric.normalization import Normalization
from dlnproof.symbolic.arguments import Expr, as_square
from dlnproof.symbolic.spectrum import Spectrum, level
from dlnproof.symbolic.svd import as_frames


def ricci(
    Z1: Any,
    Z2: Any,
    depth: Any,
    sigma: Any = None,
    *,
    U: Any = None,
    V: Any = None,
    normalization: Normalization = "mean",
) -> Expr:
    """Return the Ricci curvature Ric(Z1, Z2) of g^N at W = U Sigma V^T.

    With x = U^T Z1 V it is a sum over pairs i < l: of (x_ii/sigma_i - x_ll/sigma_l) times the same
    of Z2, of x_il + x_li and of x_il - x_li. It is the same for both normalisations. ``Z1``, ``Z2``
    are d x d; the other arguments are as for :func:`metric_matrix`. It is not simplified. Raises
    :class:`~dlnproof.errors.InputError`. Source: our proof, of what is not measured; not found in
    the sources listed.

    >>> K, I = sympy.Matrix([[0, 1], [-1, 0]]), sympy.eye(2)
    >>> ricci(K, K, 2, sigma=[4, 1], U=I, V=I), ricci(K, I, 2, sigma=[4, 1], U=I, V=I)
    (-2/25, 0)
    """
    one = as_square(Z1, "Z1")
    d = int(one.rows)
    two = as_square(Z2, "Z2", d)
    spectrum = Spectrum.of(depth, d, sigma, normalization)
    left, right = as_frames(d, U, V)
    x, y = (left.T * z * right for z in (one, two))
    values = _Values(spectrum.sigma, spectrum.depth)

    def speeds(z: Any, i: int, l: int) -> Expr:
        s, t = spectrum.sigma[i], spectrum.sigma[l]
        return z[i, i] / s - z[l, l] / t

    terms = []
    for i, l in combinations(range(d), 2):
        terms.append(values.radial(i, l) * speeds(x, i, l) * speeds(y, i, l))
        length = spectrum.metric_entry(i, l) * spectrum.scale  # of "mean": half that of S and of K
        both, apart = values.others(i, l), values.split(i, l)
        for sign in (1, -1):
            turns = (x[i, l] + sign * x[l, i]) * (y[i, l] + sign * y[l, i])
            terms.append((both + sign * apart) / 4 * length * turns)
    return sympy.Add(*terms)


@dataclass(frozen=True)
class _Values:
    """What pairs have of Ricci curvature, for "mean"; counts from 0."""

    sigma: tuple[Expr, ...]
    depth: Expr

    @property
    def infinite(self) -> bool:
        return bool(self.depth == sympy.oo)

    def radial(self, i: int, l: int) -> Expr:
        """Return that along the singular values, by the squared difference of their speeds."""
        if self.infinite:
            return self._at(f.INFINITE_RICCI_RADIAL, f.INFINITE_RICCI_RADIAL_COINCIDENT, i, l)
        return self._at(f.RICCI_RADIAL, f.RICCI_RADIAL_COINCIDENT, i, l) / self.depth

    def split(self, i: int, l: int) -> Expr:
        """Return how far apart those of S and K are, of unit length."""
        if self.infinite:
            return self._at(f.INFINITE_CURVATURE_SPLIT, f.INFINITE_CURVATURE_SPLIT_COINCIDENT, i, l)
        return self._at(f.CURVATURE_SPLIT, f.CURVATURE_SPLIT_COINCIDENT, i, l) / self.depth

    def others(self, i: int, l: int) -> Expr:
        """Return what those of S and K add up to."""
        rest = [m for m in range(len(self.sigma)) if m not in {i, l}]
        s, t = (level(self.sigma[k], self.depth) for k in (i, l))
        if self.sigma[i] == self.sigma[l]:
            unit = 1 if self.infinite else 1 / s[1] ** 2
            return 2 * unit * sympy.Add(*(self.radial(i, m) for m in rest))
        gap = s[2] - t[2] if self.infinite else self.depth * (s[1] ** 2 - t[1] ** 2)
        return 2 * sympy.Add(*(self._slope(i, m) - self._slope(l, m) for m in rest)) / gap

    def _slope(self, i: int, m: int) -> Expr:
        if self.sigma[i] == self.sigma[m]:
            return sympy.Integer(0)
        return self._at(f.INFINITE_RICCI_SLOPE if self.infinite else f.RICCI_SLOPE, None, i, m)

    def _at(self, distinct: Expression, coincident: Expression | None, i: int, l: int) -> Expr:
        s, t = self.sigma[i], self.sigma[l]
        formula = distinct if coincident is None or s != t else coincident
        values = pair_values({N: self.depth}, level(s, self.depth), level(t, self.depth))
        return formula.at(values, sympy.Integer)
