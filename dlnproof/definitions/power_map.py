"""The power map R -> R (R^T R)^((N-1)/2), along singular values and singular vectors."""

from __future__ import annotations

from typing import Final

from dlnproof.definitions.letters import (
    D,
    N,
    R,
    U,
    V,
    a,
    b,
    d,
    i,
    image_differential,
    root_differential,
    s,
    sigma,
)
from dlnproof.definitions.orbits import ROOTS
from dlnproof.kernel.terms import Term, derivative, diagonal, entry, equal, every, number, transpose

_S, _I = s.term, i.term

ROOT: Final = (equal(R, U * ROOTS * transpose(V)),)
"""R = U Sigma^(1/N) V^T."""


def _along(middle: Term) -> Term:
    """Return (U + s U a) M (V + s V b)^T."""
    return (U + _S * (U * a.term)) * middle * transpose(V + _S * (V * b.term))


MOVING_ROOTS: Final = ROOTS + _S * D.term
POWERS: Final = diagonal(i, d, (sigma(_I) ** (1 / N) + _S * entry(D.term, _I, _I)) ** N)
"""(Sigma^(1/N) + s D)^N, for a diagonal D."""
ROOT_FRAME: Final = tuple(
    every((D, a, b), (), derivative(s, _along(middle), number(0), moves(D.term, a.term, b.term)))
    for middle, moves in ((MOVING_ROOTS, root_differential), (POWERS, image_differential))
)
"""dR(D, a, b) is the derivative at s = 0 of (U + s U a)(Sigma^(1/N) + s D)(V + s V b)^T, and
df(D, a, b) that of (U + s U a)(Sigma^(1/N) + s D)^N (V + s V b)^T: of the image of the former."""
