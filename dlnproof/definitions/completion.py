"""Matrices of width two that agree with what is observed, and norms of matrices."""

from __future__ import annotations

from typing import Final

from dlnproof.definitions.letters import SQUARE, X, Y, Z, d, t, x
from dlnproof.kernel.terms import (
    REAL,
    Definition,
    Symbol,
    Term,
    at_most,
    entry,
    equal,
    every,
    identity,
    multiply,
    power,
    root,
    transpose,
    unit,
)

TWO: Final = (equal(d, 2),)
"""Matrices are 2 x 2."""


def absolute(value: Term) -> Term:
    """Return |x|, which is the root of x^2."""
    return root(power(value, 2))


FREE: Final = Definition(
    "W_x", (x,), multiply(x.term, unit(d, 1, 1)) + unit(d, 1, 2) + unit(d, 2, 1), r"W_{0}"
)
"""The 2 x 2 matrices with w_12 = w_21 = 1 and w_22 = 0: w_11 = x is free."""

_X: Final = X.term
TILTED: Final = Definition(
    "tau",
    (X,),
    absolute(entry(_X, 1, 1) + entry(_X, 1, 2))
    + absolute(entry(_X, 1, 2))
    + absolute(entry(_X, 2, 1))
    + absolute(entry(_X, 2, 2)),
    r"\tau({0})",
)
"""|w_11 + w_12| + |w_12| + |w_21| + |w_22|."""

norm: Final = Symbol("nu", REAL, (SQUARE,), r"\nu({0})")
"""Any norm of d x d matrices."""


def is_norm(size: Symbol | Definition) -> tuple[Term, Term]:
    """Return that the triangle inequality holds, and that |c| comes out."""
    return (
        every((X, Y), (), at_most(size(_X + Y.term), size(_X) + size(Y.term))),
        every((t, X), (), equal(size(multiply(t.term, _X)), absolute(t.term) * size(_X))),
    )


def _orthogonal(value: Symbol) -> Term:
    return equal(transpose(value.term) * value.term, identity(d))


INVARIANT: Final = (
    *is_norm(norm),
    every(
        (X, Y, Z),
        (_orthogonal(X), _orthogonal(Z)),
        equal(norm(_X * Y.term * Z.term), norm(Y.term)),
    ),
)
"""A norm that does not change with orthogonal matrices on both sides."""
