"""Directions of balanced factors: what keeps balance, what stays at the ends, what is inverted."""

from __future__ import annotations

from typing import Final

from dlnproof.definitions.letters import N, d, direction, factor, inverse_below, j, whole
from dlnproof.kernel.terms import Symbol, Term, each, equal, identity, transpose, zero

_J: Final = j.term


def ends(family: Symbol) -> tuple[Term, Term]:
    """Return c_0 = O and c_N = O: the product stays, as nothing moves at the ends."""
    return equal(family(0), zero(d)), equal(family(N), zero(d))


def linearised(upper: Term, lower: Term) -> Term:
    """Return: balance is kept where W_{j+1} and W_j move so."""
    above, below = factor(_J + 1), factor(_J)
    return equal(
        transpose(above) * upper + transpose(upper) * above,
        below * transpose(lower) + lower * transpose(below),
    )


MOVING: Final = each(j, 1, N - 1, linearised(direction(_J + 1), direction(_J)))
"""The directions H_j keep balance."""
INVERTIBLE: Final = each(j, 0, N, equal(whole(factor, 1, _J) * inverse_below(_J), identity(d)))
"""W_j ... W_1 has the inverse E_j."""
