"""The density at 2 x 2 matrices at infinite depth, as the limit of those at finite depths."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from dlnproof.definitions.letters import N, W, d, k, n, s, sigma
from dlnproof.definitions.small import (
    ORTHOGONAL_2,
    infinite_density,
    r_1,
    r_2,
    s_1,
    s_2,
    through,
    values,
)
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
)
from dlnproof.kernel.logic import (
    assume,
    instance,
    reflexive,
    rewrite,
    sides,
    symmetric,
    transitive,
    unfold,
)
from dlnproof.kernel.numbers import field, log_of_power
from dlnproof.kernel.ranges import chosen
from dlnproof.kernel.signs import apart, certificate, chain, log_monotone, power_monotone, weaker
from dlnproof.kernel.terms import (
    REAL,
    Family,
    Put,
    Symbol,
    Term,
    at_most,
    different,
    equal,
    fresh,
    integer,
    less,
    log,
    number,
    opened,
    positive,
    root,
    substitute,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import body, changed, then, transport, valued
from dlnproof.tactics.rewriting import Known
from dlnproof.tactics.settle import proved, settle
from dlnproof.tactics.small import reduced, written_out

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
    put: dict[Symbol, Term | Family] = {sigma: Family((k,), corners.CHOICE), whole: through(S, T)}
    told = written_out(instance(told, put))
    known: Known = (*GIVEN, corners.positive_values(), reflexive(through(S, T)), apart_values())
    return transitive(unfold(infinite_density(S, T)), settle(told, *known))


def apart_values() -> Theorem:
    """Return that the choices of sigma_1 and sigma_2 differ."""
    x = fresh(REAL)
    found = settle(assume(different(S, T)), *GIVEN)
    choices = [body(values(S, T), integer(k_)) for k_ in (1, 2)]
    one, two = (symmetric(reduced(choice)) for choice in choices)
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
    closed = field(found.conclusion.args[0], sides(infinite)[1])
    found = valued(found, transitive(closed, symmetric(infinite)))
    return settle(found, *GIVEN, proved(positive(LOGS), *GIVEN))


def in_the_limit(theorem: Theorem, low: Put, high: Put, *known: Theorem | Term) -> Theorem:
    """Return at infinite depth what holds of two densities at all depths N >= 2, if not strictly.

    What is put for the letters of ``tends_to`` says which densities these are.
    """
    order = instance(theorem, {N.data: n.term})
    order = order if order.conclusion.op == "<=" else weaker(order)
    large = at_most(2, n.term)
    one, other = (instance(tends_to(), put) for put in (low, high))
    found = limit_ordered(one, other, settle(order, *known, large), n, 2)
    return settle(found, *known)


# --- strictly decreasing --------------------------------------------------------------------------

R, Q = corners.R, corners.Q
BOTH = (*GIVEN, positive(R), positive(Q), less(Q, R), less(S, R))
SECOND, PRODUCT = equal(Q, T), equal(S * T, R * Q)
ROOTS = {s_1: root(S), s_2: root(T), r_1: root(R), r_2: root(Q)}
THERE = {s_1: R, s_2: Q}


def above_zero(value: Term) -> Theorem:
    """Return 0 < value."""
    return proved(positive(value), *BOTH)


@cache
def halved() -> Theorem:
    """Return density_inf(s, t) = density_inf(s^(1/2), t^(1/2)) 2 / ((s t)^(1/2) (s + t))."""
    one, two = density_value(), instance(density_value(), ROOTS)
    factor = 2 / (root(S) * root(T) * (S + T))
    told = changed(sides(two)[0] * factor, two)
    for v in (S, T):
        told = then(told, field(root(v) ** 2, v))
        one = then(one, log_of_power(v, integer(2)))
    found = transitive(one, field(sides(one)[1], sides(told)[1]), symmetric(told))
    return settle(found, *GIVEN, roots_ordered(), logs_apart())


def roots_ordered() -> Theorem:
    """Return t^(1/2) < s^(1/2) for t < s."""
    return power_monotone(weaker(assume(positive(T))), assume(less(T, S)), Fraction(1, 2))


@cache
def logs_apart() -> Theorem:
    """Return 2 log s - 2 log t != 0 for t < s."""
    order = log_monotone(assume(positive(T)), assume(less(T, S)))
    return apart(certificate(positive(2 * log(S) - 2 * log(T)), [[order, 2]]))


@cache
def positive_density() -> Theorem:
    """Return 0 < density_inf(s, t)."""
    order = log_monotone(proved(positive(T**2), *GIVEN), proved(less(T**2, S**2), *GIVEN))
    told = density_value()
    sign = proved(positive(sides(told)[1]), *GIVEN, order)
    return settle(rewrite(sign, symmetric(told)), *GIVEN)


def weight(first: Term, second: Term) -> Term:
    """Return (s t)^(1/2) (s + t)."""
    return root(first) * root(second) * (first + second)


def strictly(order: Theorem, weights: Theorem, second: Term, *known: Theorem | Term) -> Theorem:
    """Return density_inf(r) < density_inf(s) from <= at the roots, and that weights grow."""
    put = {s_1: R, s_2: second}
    one, other = halved(), instance(halved(), put)
    big, small = weight(R, second), weight(S, T)
    inverse = proved(positive(1 / (big * small)), *known)
    factors = certificate(less(2 / big, 2 / small), [[weights, inverse, 2]])
    above = instance(positive_density(), {s_1: root(R), s_2: root(second)})
    goal = less(sides(other)[0], sides(one)[0])
    size = proved(positive(2 / small), *known)
    found = certificate(
        goal, [[order, size], [above, factors]], [(number(1), one), (number(-1), other)]
    )
    there = instance(roots_ordered(), put)
    return settle(found, *known, roots_ordered(), there)


@cache
def fixed_product() -> Theorem:
    """Return density_inf(r) < density_inf(s) for s_1 < r_1 and r_1 r_2 = s_1 s_2."""
    given: Known = (*BOTH, PRODUCT)
    roots = transitive(
        symmetric(field((S * T) ** Fraction(1, 2), root(S) * root(T))),
        changed((S * T) ** Fraction(1, 2), assume(PRODUCT)),
        field((R * Q) ** Fraction(1, 2), root(R) * root(Q)),
    )
    roots = settle(roots, *given)
    rising = power_monotone(weaker(assume(positive(S))), assume(less(S, R)), Fraction(1, 2))
    here, there = roots_ordered(), instance(roots_ordered(), THERE)
    known: Known = (*given, roots, rising, here, there, weaker(here))
    finite = instance(corners.fixed_product(), ROOTS)
    order = in_the_limit(finite, {s_1: root(R), s_2: root(Q)}, {s_1: root(S), s_2: root(T)}, *given)
    above = proved(positive(root(R) * root(Q) / R), *given)
    wide = chain(assume(less(T, S)), assume(less(S, R)))
    weights = certificate(
        less(weight(S, T), weight(R, Q)),
        [[assume(less(S, R)), wide, above]],
        [(-(S + T), roots), (-root(R) * root(Q) / R, assume(PRODUCT))],
    )
    return strictly(settle(order, *known), settle(weights, *given), Q, *known)


@cache
def fixed_second() -> Theorem:
    """Return density_inf(r_1, t) < density_inf(s_1, t) for t < s_1 < r_1."""
    wide = chain(assume(less(T, S)), assume(less(S, R)))
    given: Known = (*GIVEN, less(S, R))
    more: Known = (wide, chain(assume(positive(S)), assume(less(S, R))))
    rising = power_monotone(weaker(assume(positive(S))), assume(less(S, R)), Fraction(1, 2))
    here, there = roots_ordered(), instance(roots_ordered(), {s_1: R})
    known: Known = (*given, *more, rising, here, there)
    finite = instance(corners.decreasing(), {**ROOTS, r_2: r_2.term})
    low = {s_1: root(R), s_2: root(T)}
    order = in_the_limit(finite, low, {s_1: root(S), s_2: root(T)}, *known)
    parts = [proved(positive(x), *given, *more) for x in (root(T), R + T, root(S))]
    weights = certificate(
        less(weight(S, T), weight(R, T)),
        [[parts[0], rising, parts[1]], [parts[0], parts[2], assume(less(S, R))]],
    )
    found = strictly(order, weights, T, *known)
    return settle(found, *known)
