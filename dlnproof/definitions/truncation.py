"""The path on which all singular values but the first r shrink to 0, their roots in equal steps."""

from __future__ import annotations

from typing import Final

from dlnproof.definitions.letters import N, U, V, d, end_at, end_velocity_at, i, r, s, sigma, t
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Symbol,
    Term,
    at_most,
    choose,
    derivative,
    diagonal,
    each,
    equal,
    every,
    less,
    number,
    transpose,
)

_T: Final = t.term
RANK: Final = (at_most(0, r.term), at_most(r.term, d))
"""0 <= r <= d."""
BEFORE: Final = (less(_T, number(1)),)
"""t < 1: at 1 the path ends."""
lost: Final = Symbol("e_i", REAL, (INT,), "e_{0}")
LOST: Final = (
    each(i, 1, d, equal(lost(i.term), choose(at_most(i.term, r.term), number(0), number(1)))),
)
"""e_i is 0 of the first r indices, and 1 of the others."""


def left(index: Term, time: Term) -> Term:
    """Return what is left of the root of a value: 1 - t e_i."""
    return number(1) - time * lost(index)


def path(time: Term) -> Term:
    """Return U diag(sigma_i (1 - t e_i)^N) V^T."""
    return U * diagonal(i, d, sigma(i.term) * left(i.term, time) ** N) * transpose(V)


PATH: Final = (
    every(t, (), equal(end_at(_T), path(_T))),
    every(t, BEFORE, derivative(s, end_at(s.term), _T, end_velocity_at(_T))),
)
"""W(t) is that path, and W'(t) its velocity."""


def moves(time: Term, rate: Term) -> Term:
    """Return U diag(-rate e_i (1 - t e_i)^(N-1)) V^T; ``rate`` is of i."""
    value = -(rate * lost(i.term) * left(i.term, time) ** (N - 1))
    return U * diagonal(i, d, value) * transpose(V)
