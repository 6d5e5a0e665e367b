"""The loss |W_N ... W_1 - Y|^2 / 2 of factors, and what it is along lines of them."""

from collections.abc import Callable

from dlnproof.definitions.end_flow import TARGET
from dlnproof.definitions.letters import N, direction, factor, j, s
from dlnproof.kernel.terms import INT, Symbol, Term, fresh, inner, product, total, transpose

Factors = Callable[[Term], Term]
"""A matrix for each index."""


def line(moves: Factors) -> Factors:
    """Return the factors W_k + s M_k."""
    return lambda index: factor(index) + s.term * moves(index)


def over(factors: Factors, lo: Term | int, hi: Term | int) -> Term:
    """Return the product of factors from hi down to lo."""
    index = fresh(INT)
    return product(index, lo, hi, factors(index.term))


def slope(factors: Factors, index: Term) -> Term:
    """Return the gradient in a factor: (W_N ... W_{j+1})^T (W - Y) (W_{j-1} ... W_1)^T."""
    above, below = over(factors, index + 1, N), over(factors, 1, index - 1)
    return transpose(above) * (over(factors, 1, N) - TARGET) * transpose(below)


def pairing(factors: Factors, ways: Symbol = direction) -> Term:
    """Return the sum of Tr(g_j^T H_j), g_j the gradients."""
    return total(j, 1, N, inner(slope(factors, j.term), ways(j.term)))


def energy(factors: Factors) -> Term:
    """Return |g_1|^2 + ... + |g_N|^2."""
    return total(j, 1, N, inner(slope(factors, j.term), slope(factors, j.term)))


def downhill(index: Term) -> Term:
    """Return the gradient in a factor, at the factors themselves."""
    return slope(factor, index)
