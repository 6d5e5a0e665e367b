"""Balanced factors over the real and complex numbers and the quaternions, as real matrices.

A d x d matrix over a field of dimension beta is a real beta d x beta d matrix, and the inner
product, the real part of Tr(X^* Y), is Tr(X^T Y) / beta of these.
"""

from __future__ import annotations

from typing import Final

from dlnproof.definitions.letters import N, d, i, j, k, l, m, n, r, sigma
from dlnproof.kernel.terms import (
    INT,
    Symbol,
    Term,
    array,
    at_most,
    choose,
    each,
    equal,
    every,
    fresh,
    identity,
    inner,
    matrix_sort,
    number,
    total,
    trace,
    transpose,
    variable,
    within,
)

_I, _L, _M, _N, _J, _K, _R = (v.term for v in (i, l, m, n, j, k, r))

beta: Final = variable("beta_F", INT, r"\beta").term
"""The dimension of the field: 1, 2 or 4."""
h: Final = variable("h")
"""A second unit of the field."""
SIZE: Final = beta * d
_WHOLE: Final = matrix_sort(SIZE)

frame: Final = Symbol("R_j", _WHOLE, (INT,), "R_{0}")
"""Frames R_0, ..., R_N: unitary matrices are orthogonal ones."""
unit: Final = Symbol("E_ril", _WHOLE, (INT, INT, INT), r"E_{{0},{1},{2}}")
"""e_r E_il, for the units e_1 = 1, e_2, ..., e_beta of the field."""

DIMENSION: Final = (at_most(1, beta),)
FRAMED: Final = each(j, 0, N, equal(transpose(frame(_J)) * frame(_J), identity(SIZE)))
"""R_0, ..., R_N are orthogonal."""


def _delta(one: Term, other: Term | int) -> Term:
    return choose(equal(one, other), number(1), number(0))


def _of_units(*names: Symbol) -> tuple[Term, ...]:
    """Return the ranges of units and of places."""
    ends = ((v, beta if v in (r, h) else d) for v in names)
    return tuple(c for v, end in ends for c in within(v, 1, end))


UNITS: Final = (
    every(
        (r, i, l, m),
        _of_units(r, i, l, m),
        equal(unit(_R, _I, _L) * unit(1, _M, _M), _delta(_M, _L) * unit(_R, _I, _L)),
    ),
    every(
        (r, i, l),
        _of_units(r, i, l),
        equal(
            transpose(unit(_R, _I, _L)),
            (2 * _delta(_R, 1) - 1) * unit(_R, _L, _I),
        ),
    ),
    every(
        (r, i, l, h, m, n),
        _of_units(r, i, l, h, m, n),
        equal(
            trace(transpose(unit(_R, _I, _L)) * unit(h.term, _M, _N)),
            _delta(_R, h.term) * (_delta(_I, _M) * (_delta(_L, _N) * beta)),
        ),
    ),
)
"""e_r E_il E_mm is e_r E_il for m = l, and O else; the conjugate transpose of e_r E_il is that of
e_r times E_li, where e_1 is real and the others are imaginary; inner products of units."""

root: Final = variable("P_beta", _WHOLE, "P").term
"""Sigma^(1/N)."""
turn: Final = Symbol("A_ril", _WHOLE, (INT, INT, INT), r"A_{{0},{1},{2}}")
"""The turns of frames: e_r E_il less its conjugate transpose."""
tangent: Final = Symbol("T_qjril", _WHOLE, (INT,) * 5, r"T_{{0},{1},{2},{3},{4}}")
"""How W_q = R_q P R_{q-1}^T moves where R_j turns by R_j A_ril."""

ROOTED: Final = equal(root, total(m, 1, d, sigma(_M) ** (1 / N) * unit(1, _M, _M)))
TURNS: Final = every(
    (r, i, l),
    _of_units(r, i, l),
    equal(turn(_R, _I, _L), unit(_R, _I, _L) - transpose(unit(_R, _I, _L))),
)


def _moved(at: Term, which: Term) -> Term:
    """Return R_q (delta_qj A P - delta_{q-1,j} P A) R_{q-1}^T."""
    here, after = _delta(at, which), _delta(at, which + 1)
    turned = turn(_R, _I, _L)
    return frame(at) * (here * (turned * root) - after * (root * turned)) * transpose(frame(at - 1))


MOVES: Final = every(
    (k, j, r, i, l),
    (*within(k, 1, N), *within(j, 0, N), *_of_units(r, i, l)),
    equal(tangent(_K, _J, _R, _I, _L), _moved(_K, _J)),
)
MOVING: Final = (ROOTED, TURNS, MOVES)


def curve(at: Term, which: Term, by: Term) -> Term:
    """Return W_q = R_q P R_{q-1}^T where the frame R_j moves by s R_j A_ril."""
    turned = turn(_R, _I, _L)
    upper = frame(at) + (by * _delta(at, which)) * (frame(at) * turned)
    lower = frame(at - 1) + (by * _delta(at, which + 1)) * (frame(at - 1) * turned)
    return upper * root * transpose(lower)


def products(one: tuple[Term, ...], other: tuple[Term, ...]) -> Term:
    """Return the inner product of tangents over all factors: of a frame and a turn each."""
    q = fresh(INT)
    return total(q, 1, N, inner(tangent(q.term, *one), tangent(q.term, *other)))


def gram(length: int, row: Term, column: Term) -> Term:
    """Return the inner products where the frames j and k turn, over the length of the turn."""
    share = number(1) / (length * number(beta))
    return array(j, k, N - 1, N - 1, share * products((_J, _R, row, column), (_K, _R, row, column)))


PAIR_GRAM: Final = gram(2, _I, _L)
"""Of e_r E_il less its conjugate transpose, i < l: a turn of squared length 2 beta."""
INDEX_GRAM: Final = gram(4, _I, _I)
"""Of twice e_r E_ii, for an imaginary unit."""
