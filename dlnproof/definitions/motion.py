"""Factors that move: their radius, their speed, and how they turn."""

from dlnproof.definitions.letters import N, factor_at, j, velocity_at
from dlnproof.kernel.terms import Term, inner, total, transpose


def _summed(one: Term, other: Term) -> Term:
    """Return the sum of Tr(M_j^T M_j') over the factors."""
    return total(j, 1, N, inner(one, other))


def radius(time: Term) -> Term:
    """Return |W_1|^2 + ... + |W_N|^2, at a time."""
    return _summed(factor_at(j.term, time), factor_at(j.term, time))


def crossed(time: Term) -> Term:
    """Return the sum of Tr(W_j^T W_j')."""
    return _summed(factor_at(j.term, time), velocity_at(j.term, time))


def energy(time: Term) -> Term:
    """Return |W_1'|^2 + ... + |W_N'|^2."""
    return _summed(velocity_at(j.term, time), velocity_at(j.term, time))


def after(index: Term, time: Term) -> Term:
    """Return how W_j turns on its left: W_j' W_j^T less its transpose."""
    W, moves = factor_at(index, time), velocity_at(index, time)
    return moves * transpose(W) - W * transpose(moves)


def before(index: Term, time: Term) -> Term:
    """Return how W_j turns on its right: W_j^T W_j' less its transpose."""
    W, moves = factor_at(index, time), velocity_at(index, time)
    return transpose(W) * moves - transpose(moves) * W
