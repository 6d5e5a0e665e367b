"""3 x 3 matrices with ones on the diagonal: rank one, sign patterns, and signed permutations."""

from __future__ import annotations

from typing import Final

from dlnproof.definitions.letters import Q, W, d, i, k, l, m, sigma
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Symbol,
    Term,
    array,
    diagonal,
    different,
    each,
    entry,
    equal,
    every,
    identity,
    number,
    total,
    transpose,
    variable,
    within,
)

THREE: Final = (equal(d, 3),)
"""Matrices are 3 x 3."""
UNIT_DIAGONAL: Final = (each(i, 1, d, equal(entry(W, i.term, i.term), 1)),)
"""The diagonal, which is observed, has ones."""
RANK_ONE: Final = (equal(sigma(2), 0),)
"""At most one singular value is not zero."""

weight: Final = Symbol("p_i", REAL, (INT,), r"p_{0}")
"""Numbers whose ratios are the entries of a matrix."""
u, v = (variable(name, REAL).term for name in "uv")
RATIOS: Final = (
    each(i, 1, d, different(weight(i.term), 0)),
    each(i, 1, d, each(l, 1, d, equal(entry(W, i.term, l.term), weight(i.term) / weight(l.term)))),
)
"""w_il = p_i / p_l."""
SQUARED_RATIOS: Final = (
    equal(u, (weight(1) / weight(2)) ** 2),
    equal(v, (weight(2) / weight(3)) ** 2),
)
"""u = (p_1 / p_2)^2 and v = (p_2 / p_3)^2."""

SIGNS: Final = (each(i, 1, d, each(l, 1, d, equal(entry(W, i.term, l.term) ** 2, 1))),)
"""All entries are 1 or -1."""
ONES: Final = array(i, l, d, d, number(1))
"""The matrix of ones."""
SIGN_CHANGE: Final = diagonal(i, d, entry(W, i.term, 1))
"""The diagonal matrix of the first column of W."""

_Q: Final = Q.term


def one_in_each_row(value: Term) -> Term:
    """Return that q_ik q_im = 0 for k != m: at most one entry in each row is not zero."""
    at, one, other = i.term, k.term, m.term
    ranges = (*within(i, 1, d), *within(k, 1, d), *within(m, 1, d))
    product = entry(value, at, one) * entry(value, at, other)
    return every((i, k, m), (*ranges, different(one, other)), equal(product, 0))


SIGNED_PERMUTATION: Final = (
    equal(transpose(_Q) * _Q, identity(d)),
    one_in_each_row(_Q),
)
"""Q is orthogonal, with one entry in each row that is not zero."""


def loss(value: Term) -> Term:
    """Return half the sum of (x_ii - 1)^2, the loss of a matrix whose diagonal is observed."""
    return total(i, 1, d, (entry(value, i.term, i.term) - 1) ** 2) / 2


def signed(value: Term) -> Term:
    """Return Q X Q^T."""
    return _Q * value * transpose(_Q)
