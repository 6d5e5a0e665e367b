"""One row of d entries: a network of one output, whose end-to-end matrix has one singular value."""

from __future__ import annotations

from typing import Final

from dlnproof.definitions.letters import d, j, sigma
from dlnproof.kernel.terms import (
    REAL,
    Symbol,
    Term,
    different,
    equal,
    every,
    gradient,
    identity,
    integer,
    matrix_sort,
    positive,
    psd_root,
    total,
    transpose,
    variable,
    zero,
)

_ROW: Final = matrix_sort(1, d)
row: Final = variable("w", _ROW).term
unit: Final = variable("v", matrix_sort(d, 1)).term
"""The column of its direction."""
pull: Final = variable("c_w", _ROW, "c").term
"""A gradient that is the same everywhere."""
G, Y, Z = (variable(f"{name}_w", _ROW, name) for name in "GYZ")
"""Rows to bind."""
VALUE: Final = sigma(integer(1))
"""The singular value of the row, its norm."""

ROW_SVD: Final = (
    equal(row, VALUE * transpose(unit)),
    equal(transpose(unit) * unit, identity(1)),
    positive(VALUE),
)
"""w = sigma_1 v^T with v of norm 1, and 0 < sigma_1."""


def moves(depth: Term | int, at: Term, gradient: Term) -> Term:
    """Return N A_{N,w}(G) of rows: the velocity of gradient flow but for its sign."""
    depth = integer(depth)
    left, right = psd_root(at * transpose(at), depth), psd_root(transpose(at) * at, depth)
    return total(j, 1, depth, left ** (depth - j.term) * gradient * right ** (j.term - 1))


def projected(matrix: Term) -> Term:
    """Return the projection of a row to the line of w."""
    return matrix * unit * transpose(unit)


def to(value: Symbol, direction: Term) -> Term:
    """Return w + s Y."""
    return row + value.term * direction


potential: Final = Symbol("loss_w", REAL, (_ROW,), r"\ell({0})")
"""Any function of a row."""


def has_potential(depth: Term) -> Term:
    """Return: N A_{N,w}(c) is the gradient of the function at all rows w but 0."""
    there = different(G.term, zero(1, d))
    return every(G, (there,), gradient(Y, potential(Y.term), G.term, moves(depth, G.term, pull)))
