"""What may leave the metric as it is: turns of the rows and the columns of W, and its inverse."""

from __future__ import annotations

from typing import Final

from dlnproof.definitions.letters import Q, R, W, d
from dlnproof.definitions.tower import E
from dlnproof.kernel.terms import Term, equal, identity, transpose

_Q: Final = Q.term
ORTHOGONAL: Final = tuple(equal(transpose(q) * q, identity(d)) for q in (_Q, R))
"""Q and R are orthogonal."""
INVERSE: Final = (equal(E * W, identity(d)),)
"""E is the inverse of W."""


def turned(matrix: Term) -> Term:
    """Return Q M R^T."""
    return _Q * matrix * transpose(R)


def moved(matrix: Term) -> Term:
    """Return E M E: the derivative of the inverse, up to its sign."""
    return E * matrix * E
