"""With weight decay the defect of balance decays, for every N and d."""

from functools import cache

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.hypotheses import DECAY, DURING, EULER, during
from dlnproof.definitions.letters import d, euler, factor_at, j, mu, s, t, velocity_at, x
from dlnproof.kernel.calculus import one_value
from dlnproof.kernel.logic import assume, generalise, rewrite, sides, specialise, transitive
from dlnproof.kernel.terms import Term, identity, power, zero
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import words
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import changed, valued
from dlnproof.tactics.settle import settle

from .balancedness import BACK, NEIGHBOURS, RANGE, J, S, T, chained, defect, neighbours
from .interval import same_at_two_times

X = x.term


@cache
def velocity() -> Theorem:
    """W_j' is minus the gradient in W_j, and less mu W_j, for 1 <= j <= N."""
    given = specialise(specialise(assume(DECAY[1]), J), T)
    same = one_value(given, chained())
    value = -BACK - mu * factor_at(J, T)
    return settle(words(velocity_at(J, T), value, (-identity(d), same, None)), *RANGE)


def of_neighbours(time: Term) -> Term:
    """Return W_{j+1}^T W_{j+1} - W_j W_j^T, at a time."""
    return defect(factor_at(J + 1, time), factor_at(J, time))


@cache
def rate() -> Theorem:
    """The defect of balance moves by -2 mu times itself."""
    found = differentiate(of_neighbours(S), s, T, assume(DECAY[0]))
    found = rewrite(found, *neighbours(velocity()))
    plain = words(found.conclusion.args[1], -((2 * mu) * of_neighbours(T)))
    return settle(valued(found, plain), *NEIGHBOURS)


def grown(time: Term) -> Term:
    """Return e^(2 mu t)."""
    return power(euler, 2 * mu * time)


@cache
def constant() -> Theorem:
    """The derivative of e^(2 mu t) times the defect is 0."""
    found = differentiate(grown(S) * of_neighbours(S), s, T, rate())
    told = changed(found.conclusion.args[1], assume(EULER[1]))
    found = valued(found, transitive(told, words(sides(told)[1], zero(d))))
    return settle(found, *NEIGHBOURS, *DURING, *EULER)


def decay() -> Theorem:
    """D(t) = e^(-2 mu (t - s)) D(s), with e^(-2 mu t) outside."""
    same = same_at_two_times(constant())
    left, right = (of_neighbours(time) for time in (X, S))
    back, factor = (power(euler, -(2 * mu * time)) for time in (X, X - S))
    found = words(left, factor * right, (-1 * (back * identity(d)), same, None))
    return settle(found, *NEIGHBOURS, *during(S), *during(X), *EULER)


@cache
def derive() -> Deduction:
    """Return the theorems about weight decay, for all N and d."""
    proof = Deduction("weight-decay-balances")
    proof.show("velocity", velocity(), "By the chain rule each factor moves with")
    found = generalise(generalise(rate(), t, *DURING), j, *NEIGHBOURS)
    proof.conclude("derivative", found, "The words with $G$ cancel in pairs, which leaves")
    proof.show("constant", constant(), "With a factor that grows")
    found = generalise(decay(), (s, x), *during(S), *during(X))
    found = generalise(found, j, *NEIGHBOURS)
    proof.conclude("decay", found, "By the mean value theorem")
    return proof
