"""Least squares, descent on it, and two scalar factors with the target -1."""

from __future__ import annotations

from typing import Final

from dlnproof.definitions.letters import X, d, factor_at, i, k, loss, m, n
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Symbol,
    Term,
    at_most,
    diagonal,
    each,
    entry,
    equal,
    every,
    identity,
    less,
    matrix_sort,
    number,
    trace,
    transpose,
    variable,
    zero,
)

ROWS, COLS = m.term, n.term
"""How many equations, and unknowns."""
COLUMN: Final = matrix_sort(COLS, 1)
DATA: Final = variable("data", matrix_sort(ROWS, COLS), "X").term
TARGET: Final = variable("target", matrix_sort(ROWS, 1), "y").term
COEFFICIENTS: Final = variable("z", matrix_sort(ROWS, 1)).term
w, g = (variable(name, COLUMN) for name in "wg")
"""Columns to bind."""
u: Final = variable("u", matrix_sort(ROWS, 1))
iterate: Final = Symbol("w(k)", COLUMN, (INT,), r"w_{0}")
"""The iterates of descent."""
value: Final = Symbol("lambda", REAL, (INT,), r"\lambda_{0}")
FRAME: Final = variable("Q", matrix_sort(COLS)).term
"""Eigenvalues and eigenvectors of X^T X."""


def length_squared(column: Term) -> Term:
    """Return |w|^2."""
    return trace(transpose(column) * column)


def squares(column: Term) -> Term:
    """Return |X w - y|^2 / 2."""
    return (number(1) / 2) * length_squared(DATA * column - TARGET)


def step(column: Term) -> Term:
    """Return w - X^T (X w - y)."""
    return column - transpose(DATA) * (DATA * column - TARGET)


SIZES: Final = (at_most(1, COLS),)
DESCENT: Final = (
    equal(iterate(0), zero(COLS, 1)),
    every(k, (at_most(0, k.term),), equal(iterate(k.term + 1), step(iterate(k.term)))),
)
"""w_0 = 0, and each w_(k+1) is one step after w_k."""
EIGENVALUES: Final = (
    equal(
        transpose(DATA) * DATA,
        FRAME * diagonal(i, COLS, value(i.term)) * transpose(FRAME),
    ),
    equal(transpose(FRAME) * FRAME, identity(COLS)),
    each(i, 1, COLS, less(value(i.term), number(2))),
)
"""X^T X = Q diag(lambda) Q^T with Q orthogonal, all lambda_i < 2."""

common: Final = variable("w", REAL).term
"""The common value of two equal scalar factors."""
SCALAR: Final = (equal(d, 1),)
TARGET_MINUS_ONE: Final = (
    every(
        X,
        (),
        equal(loss(X.term), (number(1) / 2) * (entry(X.term, 1, 1) + 1) ** 2),
    ),
)
"""The loss of the target -1, at width 1."""


def scalar(index: Term | int, time: Term) -> Term:
    """Return the factor w_j(t) as a number, at width 1."""
    return entry(factor_at(index, time), 1, 1)
