"""Directions in which balanced factors move with the frames between them, one entry at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from dlnproof.definitions.letters import N, d, factor, j, k, whole
from dlnproof.definitions.orbits import angle, from_frames, turned
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Symbol,
    Term,
    cosine,
    each,
    equal,
    inner,
    total,
    transpose,
    unit,
)

_J, _K = j.term, k.term
Weights = Callable[[Term], Term]

FACTORED: Final = (each(j, 1, N, equal(factor(_J), from_frames(turned, _J))),)
"""W_j = R_j Sigma^(1/N) R_{j-1}^T for 1 <= j <= N."""
first: Final = Symbol("y_j", REAL, (INT,), "y_{0}")
second: Final = Symbol("z_j", REAL, (INT,), "z_{0}")
"""Numbers for the frames R_0, ..., R_N."""


def direction(at: Term, weight: Weights, middle: Term) -> Term:
    """Return y_k C_k W_k - y_{k-1} W_k C_{k-1}, with C_k = R_k X R_k^T."""

    def between(frame: Term) -> Term:
        return turned(frame) * middle * transpose(turned(frame))

    upper, lower = weight(at) * between(at), weight(at - 1) * between(at - 1)
    return upper * factor(at) - factor(at) * lower


def lift(at: Term, row: Term, column: Term) -> Term:
    """Return (W_N ... W_{k+1})^T R_N E_il R_0^T (W_{k-1} ... W_1)^T."""
    above, below = whole(factor, at + 1, N), whole(factor, 1, at - 1)
    middle = turned(N) * unit(d, row, column) * transpose(turned(0))
    return transpose(above) * middle * transpose(below)


def both_entries(row: Term, column: Term, sign: int) -> Term:
    """Return E_il + E_li, or (``sign`` -1) E_il - E_li."""
    one, other = unit(d, row, column), unit(d, column, row)
    return one + other if sign == 1 else one - other


def over_factors(one: Callable[[Term], Term], other: Callable[[Term], Term]) -> Term:
    """Return the inner product of two tuples of matrices."""
    return total(k, 1, N, inner(one(_K), other(_K)))


def wave(mode: Term) -> Weights:
    """Return sin(k m pi / N) for each k, written as a cosine."""
    return lambda at: cosine(angle(at, mode))
