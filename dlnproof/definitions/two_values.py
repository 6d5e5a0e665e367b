"""Balanced factors of 2 x 2 matrices by their singular values: the entropy as a function of two."""

from __future__ import annotations

from typing import Final

from dlnproof.definitions.letters import N, e, j, p, s, sigma, t
from dlnproof.definitions.small import LEFT, ORTHOGONAL_2, s_1, s_2, through
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Symbol,
    Term,
    derivative,
    each,
    equal,
    every,
    fresh,
    integer,
    less,
    log,
    orbit_volume,
    positive,
    product,
    transpose,
)

FIRST, SECOND = sigma(integer(1)), sigma(integer(2))
factor: Final = Symbol("W_j(s)", LEFT.sort, (INT, REAL, REAL), "W_{0}({1},{2})")
"""The factors, by singular values."""


def apart(first: Term, second: Term) -> tuple[Term, Term]:
    """Return 0 < sigma_2 < sigma_1."""
    return positive(second), less(second, first)


def _whole(first: Term, second: Term) -> Term:
    index = fresh(INT)
    return product(index, 1, N, factor(index.term, first, second))


def _balance(index: Term) -> Term:
    above, below = (factor(at, s_1.term, s_2.term) for at in (index + 1, index))
    return equal(transpose(above) * above, below * transpose(below))


_ALL: Final = apart(s_1.term, s_2.term)
FACTORED: Final = (
    every((s_1, s_2), _ALL, equal(through(s_1.term, s_2.term), _whole(s_1.term, s_2.term))),
    every((s_1, s_2), _ALL, each(j, 1, N - 1, _balance(j.term))),
)
"""Of all such values the factors are balanced, and their product is U diag(...) V^T."""
FRAMES: Final = ORTHOGONAL_2[:2]
VALUES: Final = apart(FIRST, SECOND)


def entropy(first: Term, second: Term) -> Term:
    """Return log vol(O_W) at U diag(sigma_1, sigma_2) V^T."""
    return log(orbit_volume(j, N, factor(j.term, first, second)))


def slope_of_first(first: Term, second: Term) -> Term:
    """Return the derivative of the entropy by the first value."""
    roots = first ** (2 / N) - second ** (2 / N)
    return first / (first**2 - second**2) - (1 / N) * first ** (2 / N - 1) / roots


def slope_of_second(first: Term, second: Term) -> Term:
    """Return that by the second."""
    roots = first ** (2 / N) - second ** (2 / N)
    return (1 / N) * second ** (2 / N - 1) / roots - second / (first**2 - second**2)


SLOPES: Final = (
    (slope_of_first(s.term, SECOND), FIRST),
    (slope_of_first(FIRST, s.term), SECOND),
    (slope_of_second(FIRST, s.term), SECOND),
)
"""The slopes as functions of s, each with the value at which it is differentiated."""
SECONDS: Final = tuple(
    derivative(s, *slope, value.term) for slope, value in zip(SLOPES, (p, t, e), strict=True)
)
"""Their derivatives are p, t and e."""
