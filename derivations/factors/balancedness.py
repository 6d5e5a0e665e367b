"""Balancedness is conserved by gradient flow on the factors, for every N and d."""

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.hypotheses import DURING, FLOW, GRADIENT, during
from dlnproof.definitions.letters import (
    N,
    X,
    d,
    factor_at,
    gradient_at,
    j,
    s,
    t,
    velocity_at,
    whole,
    x,
)
from dlnproof.kernel import ranges
from dlnproof.kernel.calculus import (
    gradient_linear,
    one_value,
)
from dlnproof.kernel.determinants import linear_by_form
from dlnproof.kernel.logic import (
    assume,
    generalise,
    instance,
    rewrite,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.terms import Term, at_most, identity, inner, transpose, zero
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces, words
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import valued
from dlnproof.tactics.settle import settle

from .interval import same_at_two_times

S, T, J = s.term, t.term, j.term
RANGE: Final = (at_most(1, J), at_most(J, N))
NEIGHBOURS: Final = (at_most(1, J), at_most(J, N - 1))


def above(index: Term) -> Term:
    """Return W_N ... W_{index + 1}, at time t."""
    return whole(factor_at, index + 1, N, T)


def below(index: Term) -> Term:
    """Return W_{index - 1} ... W_1, at time t."""
    return whole(factor_at, 1, index - 1, T)


def split() -> Theorem:
    """W_N ... W_1 is (W_N ... W_{j+1}) W_j (W_{j-1} ... W_1), for 1 <= j <= N."""
    parted = ranges.split(whole(factor_at, 1, N, T), J)
    last = ranges.top(whole(factor_at, 1, J, T))
    return settle(
        transitive(
            rewrite(parted, last),
            words(above(J) * (factor_at(J, T) * below(J)), above(J) * factor_at(J, T) * below(J)),
        ),
        *RANGE,
    )


BACK: Final = transpose(above(J)) * gradient_at(T) * transpose(below(J))
"""The gradient in W_j."""


def chained() -> Theorem:
    """The gradient in W_j is (W_N ... W_{j+1})^T G (W_{j-1} ... W_1)^T, for 1 <= j <= N."""
    moved = above(J) * X.term * below(J)
    return gradient_linear(
        specialise(assume(GRADIENT[0]), T),
        linear_by_form(X, moved),
        traces(inner(gradient_at(T), moved), inner(BACK, X.term)),
        X,
        factor_at(J, T),
        at=symmetric(split()),
    )


def velocity() -> Theorem:
    """W_j' is minus the gradient in W_j, for 1 <= j <= N."""
    given = specialise(specialise(assume(FLOW[1]), J), T)
    same = one_value(given, chained())
    return settle(words(velocity_at(J, T), -BACK, (-identity(d), same, None)), *RANGE)


def neighbours(moves: Theorem) -> tuple[Theorem, Theorem]:
    """Return how W_j and W_{j+1} move, each with the factor that is in both."""
    following = rewrite(instance(moves, {j: J + 1}), ranges.top(below(J + 1)))
    return rewrite(moves, ranges.bottom(above(J))), following


def defect(upper: Term, lower: Term) -> Term:
    """Return A^T A - B B^T."""
    return transpose(upper) * upper - lower * transpose(lower)


@cache
def derive() -> Deduction:
    """Return the derivation of what gradient flow conserves."""
    proof = Deduction("balancedness")
    proof.show("split", split(), "At each factor the product splits.")
    moves = proof.show("velocity", velocity(), "By the chain rule each factor moves with")
    this, following = neighbours(moves)
    proof.show("this", settle(this, *NEIGHBOURS), "Two neighbours have a factor in common:")
    proof.show("next", settle(following, *NEIGHBOURS), "and")
    rate = differentiate(defect(factor_at(J + 1, S), factor_at(J, S)), s, T, assume(FLOW[0]))
    proof.show("rate", settle(rate, *NEIGHBOURS), "By the product rule")
    rate = rewrite(rate, this, following)
    rate = valued(rate, words(rate.conclusion.args[1], zero(d)))
    rate = settle(rate, *NEIGHBOURS)
    proof.conclude(
        "derivative", _for_all(generalise(rate, t, *DURING)), "So the words cancel in pairs."
    )
    same = generalise(same_at_two_times(rate), (s, x), *during(S), *during(x.term))
    proof.conclude("constant", _for_all(same), "By the mean value theorem")
    return proof


def _for_all(theorem: Theorem) -> Theorem:
    return generalise(settle(theorem, *NEIGHBOURS), j, *NEIGHBOURS)
