"""The inverse of the operator of infinite depth as an integral of two resolvents, for every d."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction, lent
from dlnproof.definitions.hypotheses import POSITIVE
from dlnproof.definitions.letters import W, X, d, i, k, l, n, s, t
from dlnproof.kernel import integrals, limits, ranges
from dlnproof.kernel.determinants import inverse_linear
from dlnproof.kernel.logic import (
    assume,
    cases,
    cut,
    generalise,
    rewrite,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field, log_of_product
from dlnproof.kernel.spectral import symmetric_of
from dlnproof.kernel.terms import (
    Term,
    at_most,
    less,
    log,
    number,
    opened,
    positive,
    psd,
    substitute,
    transpose,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import words
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import changed, then, valued
from dlnproof.tactics.settle import proved, settle

from ..metric.operator_spectrum import DIFFERENT, PLACE, SAME
from ..metric.resolvents import GIVEN, LARGE, Integrand, S, T, expanded, square
from . import infinite_depth
from .infinite_depth import VALUE, I, K, L

ZERO, ONE = number(0), number(1)
NUMBER: Final = number(n.term)
P, Q = square(I), square(L)
CLOSED: Final = (log(P) - log(Q)) / (P - Q)
KNOWN: Final = (*GIVEN, *PLACE)


def mixed() -> Theorem:
    """0 < 1 - t + t sigma_i^2 for 0 <= t <= 1: one of the two summands is positive."""
    value, ends = (ONE - T) + T * square(K), (at_most(ZERO, T), at_most(T, ONE))
    known = (*POSITIVE, *within(k, 1, d), *ends)
    on = (less(T, ONE), at_most(ONE, T))
    found = cases(*(proved(positive(value), *known, case) for case in on), on=on)
    return generalise(found, k, *within(k, 1, d))


LATE: Final = Integrand(a=lambda at: at, end=NUMBER)
UNIT: Final = Integrand(a=lambda at: 1 - at, b=lambda at: at, end=ONE, known=(mixed(),))


# --- the inverse ----------------------------------------------------------------------------------


@cache
def at_pair() -> Theorem:
    """A_inf^-1(u_i v_l^T) = (1 / lambda_il) u_i v_l^T."""
    return specialise(lent("infinite-depth", infinite_depth.inverse_at_pair()), I, L)


def differing() -> Theorem:
    """log sigma_i^2 != log sigma_l^2."""
    return infinite_depth.logs_differ()


@cache
def reciprocals() -> tuple[Theorem, Theorem]:
    """1 / lambda_il, where the values are equal, and where they differ."""
    equal_ = changed(1 / VALUE, ranges.chosen(VALUE, assume(SAME)))
    other = changed(1 / VALUE, ranges.chosen(VALUE, assume(DIFFERENT)))
    other = transitive(other, field(sides(other)[1], CLOSED))
    return settle(equal_, *KNOWN, SAME), settle(other, *KNOWN, differing(), DIFFERENT)


def of_pair(reciprocal: Theorem, case: Term) -> Theorem:
    """Return A_inf^-1(u_i v_l^T) for all i, l in a case."""
    found = settle(then(at_pair(), reciprocal), *KNOWN, case)
    return generalise(found, (i, l), *PLACE, case)


@cache
def inverse() -> Theorem:
    """A_inf^-1(X) = sum_i sum_l (u_i^T X v_l) (1 / lambda_il) u_i v_l^T."""
    map_ = cut(inverse_linear(infinite_depth.linear_operator()), infinite_depth.regular())
    return expanded(settle(map_, *GIVEN), at_pair())


# --- integrals ------------------------------------------------------------------------------------


def integrated(whole: Integrand, curve: Term, primitive: Term, *case: Theorem | Term) -> Theorem:
    """Return the integral of a curve, from a primitive: a function of s."""
    known: tuple[Theorem | Term, ...] = (*whole.given, *PLACE, *case)
    rate = differentiate(primitive, s, T)
    rate = valued(rate, field(rate.conclusion.args[1], curve))
    at = differentiate(substitute(curve, {t: S}), s, T)
    found = integrals.fundamental(settle(rate, *known), settle(at, *known), t, ZERO, whole.end)
    return settle(found, *KNOWN, *case, LARGE)


def as_equal(whole: Integrand) -> Theorem:
    """The curve where sigma_i = sigma_l."""
    return changed(whole.curve(T), symmetric(assume(SAME)))


@cache
def to_one() -> Theorem:
    """1 / lambda_il is the integral of 1 / ((1 - t + t sigma_i^2) (1 - t + t sigma_l^2)) to 1."""
    found = []
    apart = (log(UNIT.value(I, S)) - log(UNIT.value(L, S))) / (P - Q)
    told = integrated(UNIT, UNIT.curve(T), apart, DIFFERENT)
    ends = [(UNIT.value(x, at), y) for x in (I, L) for at, y in ((ZERO, ONE), (ONE, square(x)))]
    told = then(told, *(field(*end) for end in ends))
    found.append(transitive(told, field(sides(told)[1], CLOSED), symmetric(reciprocals()[1])))
    alike = as_equal(UNIT)
    told = integrated(UNIT, sides(alike)[1], S / UNIT.value(I, S))
    plain = integrals.integral_congruence(settle(alike), t, ZERO, ONE)
    last = field(sides(told)[1], 1 / P)
    found.append(transitive(plain, told, last, symmetric(reciprocals()[0])))
    on = (DIFFERENT, SAME)
    settled = [settle(x, *KNOWN, y, mixed()) for x, y in zip(found, on, strict=True)]
    return cases(*settled, on=on)


@cache
def by_unit() -> Theorem:
    """A_inf^-1(X) is the integral from 0 to 1."""
    whole = expanded(UNIT.linear, then(UNIT.at_pair, to_one()))
    return settle(transitive(inverse(), symmetric(whole)), *GIVEN)


@cache
def late() -> Theorem:
    """The integral of 1 / ((t + sigma_i^2) (t + sigma_l^2)) from 0 to n tends to 1 / lambda_il."""
    apart = (log(LATE.value(L, S)) - log(LATE.value(I, S))) / (P - Q)
    told = integrated(LATE, LATE.curve(T), apart, DIFFERENT)
    told = then(told, *(part for x in (I, L) for part in at_ends(x)))
    tail = (log(1 + Q * S) - log(1 + P * S)) / (P - Q)
    first = tending(told, tail + CLOSED, CLOSED, DIFFERENT, differing())
    alike = as_equal(LATE)
    told = integrated(LATE, sides(alike)[1], -1 / LATE.value(I, S))
    told = transitive(integrals.integral_congruence(settle(alike), t, ZERO, NUMBER), told)
    second = tending(told, 1 / P - S / (1 + P * S), 1 / P, SAME)
    found = [valued(x, symmetric(y)) for x, y in zip((second, first), reciprocals(), strict=True)]
    on = (SAME, DIFFERENT)
    return cases(*(settle(x, *KNOWN, y) for x, y in zip(found, on, strict=True)), on=on)


def at_ends(index: Term) -> tuple[Theorem, Theorem]:
    """sigma_i^2 is what is added at 0, and log(n + sigma_i^2) = log n + log(1 + sigma_i^2 / n)."""
    value, rest = LATE.value(index, NUMBER), 1 + square(index) * (1 / NUMBER)
    told = changed(log(value), field(value, NUMBER * rest))
    told = settle(then(told, log_of_product(NUMBER, rest)), *KNOWN, LARGE)
    return field(LATE.value(index, ZERO), square(index)), told


def tending(told: Theorem, tail: Term, value: Term, *case: Theorem | Term) -> Theorem:
    """Return that the integral tends to a value: it is a function of s at s = 1/n."""
    outer = differentiate(tail, s, ZERO)
    found = limits.limit_through(outer, limits.limit_reciprocal())
    at_zero = found.conclusion.args[0]
    logs = {x for x in at_zero.parts() if x.op == "log" and ZERO in x.parts()}
    for one in sorted(logs, key=str):
        found = valued(found, changed(found.conclusion.args[0], field(one.args[0], ONE)))
    found = valued(found, field(found.conclusion.args[0], value))
    [here] = opened(found.conclusion, n.term)
    same_ = transitive(field(here, sides(told)[1]), symmetric(told))
    same_ = settle(same_, *KNOWN, *case, LARGE)
    whole = limits.limit_congruence(found, same_, n, 1)
    return settle(whole, *KNOWN, *case)


@cache
def by_line() -> Theorem:
    """The integral of the resolvents from 0 to n tends to A_inf^-1(X)."""
    return settle(valued(LATE.tends(late()), symmetric(inverse())), *GIVEN)


@cache
def definite() -> Theorem:
    """Both densities are W^2 where W is positive semidefinite."""
    flat = symmetric_of(assume(psd(W)))
    found = by_line()
    for gram in (W * transpose(W), transpose(W) * W):
        found = rewrite(found, then(changed(gram, flat), words(W * W, W**2)))
    return settle(found, *GIVEN, psd(W))


@cache
def derive() -> Deduction:
    """Return the theorems about the inverse of the operator of infinite depth, for all d."""
    proof = Deduction("kubo-mori")
    equal_, other = reciprocals()
    proof.conclude("distinct", of_pair(other, DIFFERENT), "The inverse has the reciprocals.")
    proof.conclude("coincident", of_pair(equal_, SAME), "Where the values are equal,")
    proof.show("pair", LATE.at_pair, "Of a pair, the integral is one of numbers:")
    proof.show("tends", generalise(late(), (i, l), *PLACE), "By a primitive function")
    proof.conclude("line", generalise(by_line(), X), "So in the basis")
    proof.conclude("definite", generalise(definite(), X, psd(W)), "There")
    proof.show("to-one", generalise(to_one(), (i, l), *PLACE), "By another primitive function")
    proof.conclude("interval", generalise(by_unit(), X), "So in the basis")
    return proof
