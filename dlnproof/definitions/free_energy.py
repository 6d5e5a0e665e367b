"""The free energy E - S / beta of a loss that is a sum over singular values."""

from __future__ import annotations

from typing import Final

from dlnproof.definitions.letters import N, d, i, j, s, x, y
from dlnproof.definitions.orbits import turned
from dlnproof.definitions.two_values import entropy
from dlnproof.kernel.terms import (
    REAL,
    Symbol,
    Term,
    derivative,
    diagonal,
    every,
    less,
    log,
    orbit_volume,
    positive,
    transpose,
    variable,
)

beta: Final = variable("beta", REAL, r"\beta").term
"""The inverse temperature."""
energy: Final = Symbol("e", REAL, (REAL,), "e({0})")
"""What one singular value adds to the loss."""
force: Final = Symbol("e'", REAL, (REAL,), "e'({0})")

ENERGY: Final = (
    every(y, (positive(y.term),), derivative(s, energy(s.term), y.term, force(y.term))),
    every((x, y), (positive(x.term), less(x.term, y.term)), less(force(x.term), force(y.term))),
)
"""e' is the derivative of e, and increases."""
TEMPERATURE: Final = (positive(beta),)


def of_two(first: Term, second: Term) -> Term:
    """Return e(x) + e(y) - S / beta, for 2 x 2 matrices with the singular values x and y."""
    return energy(first) + energy(second) - entropy(first, second) / beta


def of_equal(value: Term) -> Term:
    """Return d e(x) - S / beta, for d x d matrices whose singular values are all x."""
    same = diagonal(i, d, value ** (1 / N))
    between = turned(j.term) * same * transpose(turned(j.term - 1))
    return d * energy(value) - log(orbit_volume(j, N, between)) / beta
