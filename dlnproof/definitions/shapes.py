"""Factors of any shapes, W_j with d_j rows and d_{j-1} columns, whose product has any rank r."""

from __future__ import annotations

from typing import Final

from dlnproof.definitions.letters import N, i, j, r, sigma
from dlnproof.kernel.terms import (
    INT,
    Symbol,
    Term,
    argument,
    at_most,
    diagonal,
    each,
    equal,
    fresh,
    identity,
    matrix_sort,
    positive,
    product,
    transpose,
    variable,
)

RANK: Final = r.term
"""The number of singular values that are not zero."""
size: Final = Symbol("d_j", INT, (INT,), r"d_{{0}}")
"""The widths of the layers, d_0, ..., d_N."""
factor: Final = Symbol(
    "W_j", matrix_sort(size(argument(0)), size(argument(0) - 1)), (INT,), r"W_{0}"
)
LEFT: Final = variable("U", matrix_sort(size(N), RANK)).term
RIGHT: Final = variable("V", matrix_sort(size(0), RANK)).term
WHOLE: Final = variable("W", matrix_sort(size(N), size(0))).term
VALUES: Final = diagonal(i, RANK, sigma(i.term))


def whole(lo: Term | int, hi: Term | int) -> Term:
    """Return the product of factors from hi down to lo."""
    index = fresh(INT)
    return product(index, lo, hi, factor(index.term))


def _balance(index: Term) -> Term:
    above, below = factor(index + 1), factor(index)
    return equal(transpose(above) * above, below * transpose(below))


SOME_RANK: Final = (at_most(0, RANK),)
WIDE: Final = (each(j, 0, N, at_most(RANK, size(j.term))),)
"""No layer has fewer than r rows."""
THIN_SVD: Final = (
    equal(WHOLE, LEFT * VALUES * transpose(RIGHT)),
    equal(transpose(LEFT) * LEFT, identity(RANK)),
    equal(transpose(RIGHT) * RIGHT, identity(RANK)),
)
"""W = U Sigma V^T, of which U and V have r orthonormal columns."""
POSITIVE: Final = (each(i, 1, RANK, positive(sigma(i.term))),)
BALANCED: Final = (each(j, 1, N - 1, _balance(j.term)),)
PRODUCT: Final = (equal(WHOLE, whole(1, N)),)
