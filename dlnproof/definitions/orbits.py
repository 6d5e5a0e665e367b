r"""Primitive definitions about the orbit of balanced factors: their frames, and its tangents."""

from __future__ import annotations

from typing import Final

from dlnproof.definitions.letters import SQUARE, N, V, d, factor, i, j, k, l, sigma, whole
from dlnproof.kernel.orbits import gram
from dlnproof.kernel.terms import (
    INT,
    PI,
    Definition,
    Symbol,
    Term,
    array,
    cosine,
    diagonal,
    each,
    equal,
    identity,
    number,
    orbit_volume,
    positive,
    transpose,
)

_J = j.term

FRAME: Final = Definition(
    "Q",
    (j,),
    whole(factor, 1, _J) * V * diagonal(i, d, sigma(i.term) ** (-_J / N)),
    r"Q_{0}",
)
"""Q_j = W_j ... W_1 V Sigma^(-j/N), for an invertible W."""

ROOTS: Final = diagonal(i, d, sigma(i.term) ** (1 / N))
"""Sigma^(1/N)."""

ORBIT: Final = orbit_volume(j, N, factor(_J))
"""The volume of the orbit of W_N, ..., W_1."""

turned: Final = Symbol("R_j", SQUARE, (INT,), r"R_{0}")
"""Frames R_0, ..., R_N, any orthogonal matrices."""

TURNED: Final = each(j, 0, N, equal(transpose(turned(_J)) * turned(_J), identity(d)))
"""R_0, ..., R_N are orthogonal."""


def from_frames(frames: Symbol | Definition, at: Term) -> Term:
    """Return Q_j Sigma^(1/N) Q_{j-1}^T."""
    return frames(at) * ROOTS * transpose(frames(at - 1))


TURNED_ORBIT: Final = orbit_volume(j, N, from_frames(turned, _J))
"""The volume of the orbit of R_j Sigma^(1/N) R_{j-1}^T."""

SINGULAR: Final = (each(i, 1, d - 1, positive(sigma(i.term))), equal(sigma(d), number(0)))
"""Only sigma_d is 0."""


GRAM: Final = Definition(
    "G",
    (i, l),
    array(j, k, N - 1, N - 1, gram(ORBIT, j, FRAME(_J), (j, i, l, k, i, l))),
    r"G_{{0},{1}}",
)
"""The inner products of tangents of a pair i < l, where the frames j and k turn in its plane."""


def wave(mode: Term) -> Term:
    """Return the column with the entries cos((j m / N - 1/2) pi), that is sin(j m pi / N)."""
    return array(j, k, N - 1, 1, cosine((_J * mode / N - number(1) / 2) * PI))
