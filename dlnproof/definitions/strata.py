"""Balanced factors of a product of rank r, and how they move with the frames between them."""

from __future__ import annotations

from typing import Final

from dlnproof.definitions.letters import N, i, j, k, l, sigma
from dlnproof.definitions.shapes import RANK, size
from dlnproof.kernel.orbits import skew
from dlnproof.kernel.terms import (
    INT,
    Symbol,
    Term,
    argument,
    array,
    choose,
    diagonal,
    each,
    equal,
    fresh,
    identity,
    inner,
    matrix_sort,
    number,
    total,
    transpose,
    zero,
)

_J: Final = j.term
_THIN: Final = matrix_sort(size(argument(0)), RANK)

frame: Final = Symbol("R_j", _THIN, (INT,), "R_{0}")
"""Frames R_0, ..., R_N, of which R_j has d_j rows and r columns."""
within_frame: Final = Symbol("a_j", matrix_sort(RANK), (INT,), "a_{0}")
"""r x r matrices: how frames turn in themselves."""
across_frame: Final = Symbol("Z_j", _THIN, (INT,), "Z_{0}")
"""How frames move out of themselves."""
ROOTS: Final = diagonal(i, RANK, sigma(i.term) ** (1 / N))
"""Sigma^(1/N), of the r singular values that are not zero."""

FRAMED: Final = (each(j, 0, N, equal(transpose(frame(_J)) * frame(_J), identity(RANK))),)
"""R_0, ..., R_N have r orthonormal columns."""
ACROSS: Final = (
    each(j, 0, N, equal(transpose(frame(_J)) * across_frame(_J), zero(RANK))),
    equal(across_frame(0), zero(size(0), RANK)),
    equal(across_frame(N), zero(size(N), RANK)),
)
"""The columns of Z_j are orthogonal to those of R_j; Z_0 and Z_N are O."""


def _moved(at: Term) -> Term:
    """Return the direction in which a frame moves."""
    return frame(at) * within_frame(at) + across_frame(at)


def curve(at: Term, by: Term) -> Term:
    """Return W_k = R_k Sigma^(1/N) R_{k-1}^T where each frame moves by s (R_j a_j + Z_j)."""
    upper, lower = (frame(q) + by * _moved(q) for q in (at, at - 1))
    return upper * ROOTS * transpose(lower)


def tangent(at: Term) -> Term:
    """Return how W_k moves then."""
    upper, lower = _moved(at), _moved(at - 1)
    return upper * ROOTS * transpose(frame(at - 1)) + frame(at) * ROOTS * transpose(lower)


def inside(at: Term) -> Term:
    """Return how Sigma^(1/N) moves between frames that turn in themselves."""
    return within_frame(at) * ROOTS + ROOTS * transpose(within_frame(at - 1))


def pair_tangent(at: Term, which: Term, row: Term, column: Term) -> Term:
    """Return how W_q moves where R_j turns by R_j (E_il - E_li)."""
    turned = skew(RANK, row, column)
    here, after = (choose(equal(at, x), number(1), number(0)) for x in (which, which + 1))
    middle = here * (turned * ROOTS) - after * (ROOTS * turned)
    return frame(at) * middle * transpose(frame(at - 1))


def pair_products(one: tuple[Term, Term, Term], other: tuple[Term, Term, Term]) -> Term:
    """Return the inner product of two of these: of a frame and a pair of indices each."""
    q = fresh(INT)
    return total(q, 1, N, inner(pair_tangent(q.term, *one), pair_tangent(q.term, *other)))


_PAIR: Final = (i.term, l.term)
PAIR_GRAM: Final = array(
    j, k, N - 1, N - 1, number(1) / 2 * pair_products((_J, *_PAIR), (k.term, *_PAIR))
)
"""The inner products of tangents of a pair, halved: E_il - E_li has the squared length 2."""
