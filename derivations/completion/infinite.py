"""The density at 2 x 2 matrices at infinite depth, as the limit of those at finite depths."""

from __future__ import annotations

from functools import cache

from dlnproof.definitions.letters import N, W, d, k, n, s, sigma
from dlnproof.definitions.small import ORTHOGONAL_2, infinite_density, through, values
from dlnproof.kernel.limits import (
    INFINITY,
    limit_after,
    limit_congruence,
    limit_constant,
    limit_ordered,
    limit_product,
    limit_quotient_at_zero,
    limit_reciprocal,
    limit_through,
    limit_value,
)
from dlnproof.kernel.logic import (
    assume,
    instance,
    reflexive,
    sides,
    symmetric,
    transitive,
    transport,
    unfold,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.ranges import chosen
from dlnproof.kernel.signs import weaker
from dlnproof.kernel.terms import (
    REAL,
    Family,
    Put,
    Term,
    at_most,
    different,
    fresh,
    integer,
    less,
    log,
    number,
    opened,
    positive,
    substitute,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import body, then
from dlnproof.tactics.settle import proved, settle
from dlnproof.tactics.small import decided, written_out

from ..limits import infinite_depth
from . import corners

S, T = corners.S, corners.T
NUMBER = number(n.term)
LOGS = log(S**2) - log(T**2)
GIVEN = (*ORTHOGONAL_2, positive(S), positive(T), less(T, S))
LARGE = at_most(1, n.term)


@cache
def density_value() -> Theorem:
    """Return the density at infinite depth, for sigma_2 < sigma_1."""
    first, second = sigma(1), sigma(2)
    size = {d.data: integer(2)}
    told = written_out(instance(infinite_depth.metric_root(), size))
    [choice] = {x for x in sides(told)[1].parts() if x.op == "if"}
    told = then(told, chosen(choice, assume(different(first, second))))
    whole = substitute(W, size).data
    put = {sigma: Family((k,), corners.CHOICE), whole: through(S, T)}
    told = written_out(instance(told, put))
    known = (*GIVEN, corners.positive_values(), reflexive(through(S, T)), apart_values())
    return transitive(unfold(infinite_density(S, T)), settle(told, *known))


def apart_values() -> Theorem:
    """Return that the choices of sigma_1 and sigma_2 differ."""
    x = fresh(REAL)
    found = settle(assume(different(S, T)), *GIVEN)
    choices = [body(values(S, T), integer(k_)) for k_ in (1, 2)]
    one, two = (symmetric(decided(choice)) for choice in choices)
    found = transport(found, x, different(x.term, T), one)
    return transport(found, x, different(choices[0], x.term), two)


@cache
def tends_to() -> Theorem:
    """Return: the density at depth n tends to that at infinite depth, for sigma_2 < sigma_1."""
    slope = differentiate((S**2) ** s.term - (T**2) ** s.term, s, number(0))
    quotient = limit_quotient_at_zero(slope)
    late = settle(proved(positive(1 / NUMBER), LARGE))
    logs = limit_after(quotient, limit_reciprocal(), late, n, 1)
    falls = []
    for value in (S, T):
        outer = differentiate(value ** -(1 - s.term), s, number(0))
        falls.append(limit_through(outer, limit_reciprocal()))
    found = limit_product(limit_product(*falls), logs)
    found = limit_product(found, limit_constant(INFINITY, 1 / (S**2 - T**2)))
    finite = instance(corners.density_value(), {N.data: n.term})
    [function] = opened(found.conclusion, n.term)
    same_ = transitive(field(function, sides(finite)[1]), symmetric(finite))
    found = limit_congruence(found, settle(same_, *GIVEN, LARGE), n, 1)
    infinite = density_value()
    value = field(found.conclusion.args[0], sides(infinite)[1])
    found = limit_value(found, transitive(value, symmetric(infinite)))
    return settle(found, *GIVEN, proved(positive(LOGS), *GIVEN))


def in_the_limit(theorem: Theorem, low: Put, high: Put, *known: Term) -> Theorem:
    """Return at infinite depth what holds of two densities at all depths N >= 2, if not strictly.

    What is put for the letters of ``tends_to`` says which densities these are.
    """
    order = instance(theorem, {N.data: n.term})
    order = order if order.conclusion.op == "<=" else weaker(order)
    large = at_most(2, n.term)
    limits_ = [instance(tends_to(), put) for put in (low, high)]
    found = limit_ordered(*limits_, settle(order, *known, large), n, 2)
    return settle(found, *known)
