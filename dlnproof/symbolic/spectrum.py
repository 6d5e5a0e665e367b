"""The eigenvalues of A_{N,W} and of g^N: closed forms at symbols, each in the branch that holds."""

from __future__ import annotations

from collections.abc import Iterator, Sized
from dataclasses import dataclass
from typing import Any

import sympy

from dlnproof import formulas
from dlnproof.core.expression import Expression
from dlnproof.core.spectrum import N, pair_values
from dlnproof.numeric.normalization import Normalization
from dlnproof.symbolic.arguments import Expr, as_index, as_width, depth_and_scale
from dlnproof.symbolic.svd import as_sigma


def level(s: Expr, depth: Expr) -> tuple[Expr, Expr, Expr]:
    """Return (sigma, sigma^(1/N), log sigma^2), the values of one singular value's letters."""
    return s, s ** (1 / depth), 2 * sympy.log(s)


@dataclass(frozen=True)
class Spectrum:
    """Singular values at a depth N; ``scale`` is the operator's factor, 1 or N. Counts from 0."""

    sigma: tuple[Expr, ...]
    depth: Expr
    scale: Expr

    @classmethod
    def of(cls, depth: Any, width: Any, sigma: Any, normalization: Normalization) -> Spectrum:
        """Return the spectrum a caller asks for. Raises :class:`~dlnproof.errors.InputError`."""
        d = as_width(width)
        return cls(as_sigma(sigma, int(d)), *depth_and_scale(depth, normalization))

    def eigenvalue(self, i: int, l: int) -> Expr:
        """Return lambda_il, times the scale."""
        if self.depth == sympy.oo:
            distinct = formulas.INFINITE_EIGENVALUE
            coincident: Expression = formulas.INFINITE_EIGENVALUE_COINCIDENT
        else:
            distinct, coincident = formulas.EIGENVALUE, formulas.EIGENVALUE_COINCIDENT
        return self.scale * self._at(distinct, coincident, i, l)

    def metric_entry(self, i: int, l: int) -> Expr:
        """Return 1 / lambda_il, over the scale."""
        if self.depth == sympy.oo:
            return 1 / self.eigenvalue(i, l)
        return self._at(formulas.METRIC_ENTRY, formulas.METRIC_ENTRY_COINCIDENT, i, l) / self.scale

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Yield (i, l) in the order of vec: i runs first."""
        d = len(self.sigma)
        return ((i, l) for l in range(d) for i in range(d))

    def _at(self, distinct: Expression, coincident: Expression, i: int, l: int) -> Expr:
        # symmetric in i and l: in the order i <= l the differences print with positive values
        large, small = self.sigma[min(i, l)], self.sigma[max(i, l)]
        formula = coincident if large == small else distinct
        values = pair_values({N: self.depth}, level(large, self.depth), level(small, self.depth))
        return formula.at(values, sympy.Integer)


def eigenvalue(
    i: int,
    l: int,
    depth: Any,
    sigma: Any = None,
    *,
    normalization: Normalization = "mean",
) -> Expr:
    """Return lambda_il, the eigenvalue of A_{N,W} at u_i v_l^T (times N for "sum").

    lambda_il = (1/N) (sigma_i^2 - sigma_l^2) / (sigma_i^{2/N} - sigma_l^{2/N}), at infinite depth
    (sigma_i^2 - sigma_l^2) / (log sigma_i^2 - log sigma_l^2), and the limit of these where
    sigma_i = sigma_l. Indices start at 1. ``depth``: an integer >= 1, a positive integer symbol,
    ``oo``. ``sigma``: positive and exact, the symbols sigma_1, sigma_2, ... by default; different
    symbols stand for different values. Raises :class:`~dlnproof.errors.InputError`.
    Source: CMV2023, Lemma 2.4.

    >>> eigenvalue(1, 2, depth=2)
    (sigma_1**2 - sigma_2**2)/(2*(sigma_1 - sigma_2))
    >>> eigenvalue(1, 2, depth=2, sigma=[4, 1]), eigenvalue(1, 2, depth=2, sigma=[4, 4])
    (5/2, 4)
    """
    last = (len(sigma) or None) if isinstance(sigma, Sized) else None
    row, column = as_index(i, "i", last), as_index(l, "l", last)
    width = last or max(row, column) + 1
    return Spectrum.of(depth, width, sigma, normalization).eigenvalue(row, column)


def eigenvalues(
    depth: Any, width: Any, sigma: Any = None, *, normalization: Normalization = "mean"
) -> Any:
    """Return the d x d matrix of the eigenvalues lambda_il of A_{N,W} (times N for "sum").

    Arguments, guarantees, errors and source as for :func:`eigenvalue`.

    >>> eigenvalues(2, 2, sigma=[4, 1])
    Matrix([
    [  4, 5/2],
    [5/2,   1]])
    """
    spectrum = Spectrum.of(depth, width, sigma, normalization)
    d = len(spectrum.sigma)
    return sympy.Matrix(d, d, lambda i, l: spectrum.eigenvalue(int(i), int(l)))
