"""Two factors that are out of balance by a multiple of the identity."""

from __future__ import annotations

from typing import Final

from dlnproof.definitions.letters import U, V, W, Z, d, factor, i, s, unbalance
from dlnproof.kernel.terms import Term, diagonal, equal, identity, transpose

FIRST: Final = factor(1)
SECOND: Final = factor(2)
UNBALANCED: Final = (
    equal(transpose(SECOND) * SECOND - FIRST * transpose(FIRST), unbalance * identity(d)),
)
"""W_2^T W_2 - W_1 W_1^T = lambda I."""
PRODUCT_OF_TWO: Final = (equal(W, SECOND * FIRST),)
"""W = W_2 W_1."""


def in_frame(frame: Term, entries: Term) -> Term:
    """Return Q diag(f_i) Q^T."""
    return frame * diagonal(i, d, entries) * transpose(frame)


def pulled() -> Term:
    """Return U^T (W_2 - s Z W_1^T) (W_1 - s W_2^T Z) V: both factors a step of descent on."""
    z = Z.term
    above = SECOND - s.term * (z * transpose(FIRST))
    below = FIRST - s.term * (transpose(SECOND) * z)
    return transpose(U) * (above * below) * V
