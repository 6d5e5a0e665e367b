"""2 x 2 matrices through their singular values, and the density of the metric at them."""

from __future__ import annotations

from typing import Final

from dlnproof.definitions.geometry import INFINITE_METRIC_DETERMINANT, METRIC_DETERMINANT
from dlnproof.definitions.letters import N, U, V, W, d, e, k
from dlnproof.kernel.terms import (
    REAL,
    Definition,
    Symbol,
    Term,
    at_most,
    choose,
    diagonal,
    different,
    equal,
    every,
    identity,
    integer,
    number,
    root,
    substitute,
    transpose,
    unit,
    variable,
)

_SIZE: Final = {d.data: integer(2)}
_W: Final = substitute(W, _SIZE).data
LEFT: Final = substitute(U, _SIZE)
RIGHT: Final = substitute(V, _SIZE)
"""Orthogonal 2 x 2 matrices."""
OTHER_LEFT: Final = variable("U'", LEFT.sort).term
OTHER_RIGHT: Final = variable("V'", LEFT.sort).term
"""Orthogonal 2 x 2 matrices of another matrix."""
_FRAMES: Final = (LEFT, RIGHT, OTHER_LEFT, OTHER_RIGHT)
ORTHOGONAL_2: Final = tuple(equal(transpose(q) * q, identity(2)) for q in _FRAMES)

s_1, s_2 = (variable(f"s_{k}", REAL, rf"\sigma_{k}") for k in (1, 2))
r_1, r_2 = (variable(f"r_{k}", REAL, rf"\sigma_{k}'") for k in (1, 2))
"""Singular values of two matrices, to bind."""
b_11, b_22 = (variable(f"b_{at}", REAL, rf"b_{{{at}}}").term for at in ("11", "22"))
x, y = (variable(name, REAL) for name in "xy")
z, w = (variable(f"{name}'", REAL) for name in "xy")
"""The entries of 2 x 2 matrices: the diagonal observed, and the others, to bind."""

_NUMBER: Final = variable("a", REAL)
_A: Final = _NUMBER.term
ABSOLUTE: Final = Definition("abs", (_NUMBER,), choose(at_most(0, _A), _A, -_A), "|{0}|")

OBSERVED: Final = (different(b_11 * b_22, 0),)
"""The entries on the diagonal are not zero."""


def completed(x: Term, y: Term) -> Term:
    """Return the matrix with the observed diagonal, x above it and y below it."""
    above, below = x * unit(2, 1, 2), y * unit(2, 2, 1)
    return b_11 * unit(2, 1, 1) + above + below + b_22 * unit(2, 2, 2)


DENSITY: Final = Definition(
    "density",
    (N.data, _W),
    substitute(root(METRIC_DETERMINANT(N, W)), _SIZE),
    r"\sqrt{\det g^{0}_{1}}",
)
"""sqrt(det g^N) at a 2 x 2 matrix: the density with respect to dW."""


def values(first: Term, second: Term) -> Term:
    """Return diag(sigma_1, sigma_2)."""
    return diagonal(k, 2, choose(equal(k.term, 1), number(first), number(second)))


def through(first: Term, second: Term, left: Term = LEFT, right: Term = RIGHT) -> Term:
    """Return U diag(sigma_1, sigma_2) V^T."""
    return left * values(first, second) * transpose(right)


def density(first: Term, second: Term, left: Term = LEFT, right: Term = RIGHT) -> Term:
    """Return the density at U diag(sigma_1, sigma_2) V^T."""
    return DENSITY(N, through(first, second, left, right))


# --- near a point of the hyperbola x y = b_11 b_22, along its normal ------------------------------

x_0, y_0 = (variable(f"{name}_0", REAL, f"{name}_0").term for name in "xy")
"""A point of the hyperbola."""
SIDE: Final = variable("tau", REAL, r"\tau").term
"""1 or -1: on which side."""
RADIUS: Final = root(x_0**2 + y_0**2)
_E: Final = e.term
ABOVE, BELOW = (one + SIDE * (_E / RADIUS) * other for one, other in ((x_0, y_0), (y_0, x_0)))
"""The entries at the distance e from the point."""
near = Symbol("W(e)", LEFT.sort, (REAL,), r"W({0})")
"""The matrix there."""
NEAR: Final = (
    equal(x_0 * y_0, b_11 * b_22),
    equal(SIDE**2, 1),
    every(e, (), equal(near(_E), completed(ABOVE, BELOW))),
)
"""A point of the hyperbola, 1 or -1, a side of it, and the matrices on this side."""

INFINITE_DENSITY: Final = Definition(
    "density_inf",
    (_W,),
    substitute(root(INFINITE_METRIC_DETERMINANT(W)), _SIZE),
    r"\sqrt{\det g^{\infty}_{0}}",
)
"""sqrt(det g^inf) at a 2 x 2 matrix."""


def infinite_density(first: Term, second: Term, left: Term = LEFT, right: Term = RIGHT) -> Term:
    """Return the density at infinite depth at U diag(sigma_1, sigma_2) V^T."""
    return INFINITE_DENSITY(through(first, second, left, right))
