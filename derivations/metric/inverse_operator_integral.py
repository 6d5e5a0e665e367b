"""The inverse of A_{N,W} as an integral of two resolvents, for every N >= 2 and d."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction, lent
from dlnproof.definitions.hypotheses import POSITIVE
from dlnproof.definitions.letters import N, X, d, i, k, l, n, s, t
from dlnproof.kernel import cosines, integrals, limits, ranges, signs
from dlnproof.kernel.determinants import inverse_linear
from dlnproof.kernel.logic import (
    assume,
    cases,
    cut,
    generalise,
    sides,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field, field_in
from dlnproof.kernel.terms import (
    PI,
    Term,
    at_most,
    cosine,
    less,
    number,
    opened,
    positive,
    substitute,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import changed, then, valued
from dlnproof.tactics.sequences import next_power
from dlnproof.tactics.settle import proved, settle

from . import metric_diagonalization
from .metric_diagonalization import ENTRY
from .operator_spectrum import DIFFERENT, PLACE, SAME
from .resolvents import GIVEN, LARGE, ZERO, I, Integrand, K, L, S, T, expanded, square

DEEP: Final = at_most(2, N)
NUMBER: Final = number(n.term)
P, Q = square(I), square(L)
ANGLE: Final = (number(1) / 2 - 1 / N) * PI
SINE: Final = cosine(ANGLE)
FACTOR: Final = number(N) ** 2 * SINE / PI
KNOWN: Final = (DEEP, *GIVEN, *PLACE)


@cache
def sine_positive() -> Theorem:
    """0 < sin(pi / N), which is cos((1/2 - 1/N) pi)."""
    pi, share = signs.pi_positive(), proved(positive(1 / number(N)), DEEP)
    more = settle(signs.positive_integer(assume(at_most(1, N - 1))), DEEP)
    low = signs.certificate(less(-PI / 2, ANGLE), [[pi, share, more]])
    high = signs.certificate(less(ANGLE, PI / 2), [[pi, share]])
    return settle(cut(cosines.cosine_positive(ANGLE), low, high), DEEP)


@cache
def denominator() -> Theorem:
    """0 < t^N + sigma_i^2 for 0 <= t."""
    known = (at_most(ZERO, T), *POSITIVE, *within(k, 1, d), DEEP)
    found = proved(positive(T**N + square(K)), *known)
    return generalise(settle(found, *known), k, *within(k, 1, d))


WHOLE: Final = Integrand(
    a=lambda at: at**N,
    end=NUMBER,
    weight=lambda at: FACTOR * at**N,
    known=(denominator(), DEEP, sine_positive(), signs.pi_positive()),
)


def simple(p: Term) -> Term:
    """Return 1 / (t^N + p)."""
    return 1 / (T**N + p)


def smooth(curve: Term) -> Theorem:
    """Return a derivative of a function of t, which is continuous then."""
    return settle(differentiate(substitute(curve, {t: S}), s, T), *WHOLE.given, *PLACE)


def multiple(c: Term, p: Term) -> Theorem:
    """The integral of c / (t^N + p) from 0 to n is c times that of 1 / (t^N + p)."""
    return integrals.integral_multiple(c, smooth(simple(p)), t, ZERO, NUMBER)


def of_simple(c: Term, p: Term) -> Theorem:
    """It tends to c (pi / N) p^(1/N - 1) / sin(pi / N)."""
    fixed = limits.limit_constant(limits.INFINITY, c)
    return limits.limit_product(fixed, integrals.euler(N, p))


def chosen(case: Term) -> Theorem:
    """Return 1 / lambda_il in a case."""
    return ranges.chosen(ENTRY, assume(case))


def tending(told: Theorem, found: Theorem, value: Term, *case: Theorem | Term) -> Theorem:
    """Return that the integral of the curve tends to a value, from what it is."""
    known = (*WHOLE.known, *KNOWN, *case)
    found = limits.limit_congruence(found, settle(symmetric(told), *known, LARGE), n, 1)
    return settle(valued(found, field(found.conclusion.args[0], value)), *known)


@cache
def distinct() -> Theorem:
    """Where the values differ: by partial fractions."""
    one, two = FACTOR * Q / (Q - P), -(FACTOR * P) / (Q - P)
    parts = one * simple(Q), two * simple(P)
    apart = settle(field(WHOLE.curve(T), parts[0] + parts[1]), *WHOLE.given, *PLACE, DIFFERENT)
    told = transitive(
        integrals.integral_congruence(apart, t, ZERO, NUMBER),
        integrals.integral_sum(smooth(parts[0]), smooth(parts[1]), t, ZERO, NUMBER),
    )
    told = then(told, multiple(one, Q), multiple(two, P))
    found = limits.limit_sum(of_simple(one, Q), of_simple(two, P))
    return tending(told, found, sides(chosen(DIFFERENT))[1], DIFFERENT)


@cache
def coincident() -> Theorem:
    """Where they are equal: by parts."""
    c = FACTOR / N
    alike = changed(WHOLE.curve(T), symmetric(assume(SAME)))
    rest = T / (T**N + P)
    moving = differentiate(substitute(rest, {t: S}), s, T)
    slope = (T**N + P - N * T**N) / (T**N + P) ** 2
    once = next_power(T, N - 1)
    powers = (T ** (N - 1), T**N)
    plain = field_in(powers, moving.conclusion.args[1], slope, (N / (T**N + P) ** 2, once))
    moving = settle(valued(moving, plain), *WHOLE.given, *PLACE)
    parts = c * simple(P), -c * slope
    apart = transitive(alike, field(sides(alike)[1], parts[0] + parts[1]))
    apart = settle(apart, *WHOLE.given, *PLACE, SAME)
    whole = integrals.fundamental(moving, smooth(slope), t, ZERO, NUMBER)
    told = transitive(
        integrals.integral_congruence(apart, t, ZERO, NUMBER),
        integrals.integral_sum(smooth(parts[0]), smooth(parts[1]), t, ZERO, NUMBER),
    )
    second = integrals.integral_multiple(-c, smooth(slope), t, ZERO, NUMBER)
    told = then(told, multiple(c, P), second, whole)
    found = limits.limit_sum(
        of_simple(c, P),
        limits.limit_product(limits.limit_constant(limits.INFINITY, -c), vanishing()),
    )
    return tending(told, found, sides(chosen(SAME))[1], SAME)


@cache
def vanishing() -> Theorem:
    """n / (n^N + p) - 0 / (0^N + p) tends to 0: it is u u^(N-2) / (1 + p u^N) at u = 1/n."""
    rest = T / (T**N + P)
    start, there = (substitute(rest, {t: at}) for at in (ZERO, NUMBER))
    tail = S * (S ** (N - 2) / (1 + P * S**N))
    outer = differentiate(tail, s, ZERO)
    found = limits.limit_through(outer, limits.limit_reciprocal())
    low = proved(positive(1 + P * ZERO**N), *KNOWN)
    powers = (ZERO ** (N - 2), ZERO**N)
    found = valued(found, field_in(powers, found.conclusion.args[0], ZERO))
    [here] = opened(found.conclusion, n.term)
    same_ = settle(field_in(powers, here, there - start), *KNOWN, LARGE)
    return settle(limits.limit_congruence(found, same_, n, 1), *KNOWN, low)


@cache
def curve() -> Theorem:
    """The integral of the curve tends to 1 / lambda_il."""
    on, found = (SAME, DIFFERENT), (coincident(), distinct())
    whole = (valued(x, symmetric(chosen(case))) for x, case in zip(found, on, strict=True))
    return settle(cases(*whole, on=on), *KNOWN)


@cache
def inverse() -> Theorem:
    """A^-1(X) = sum_i sum_l (u_i^T X v_l) (1 / lambda_il) u_i v_l^T."""
    map_ = cut(
        inverse_linear(metric_diagonalization.linear_operator()), metric_diagonalization.regular()
    )
    pairs = lent("metric-diagonalization", metric_diagonalization.inverse_at_pair())
    return expanded(settle(map_, DEEP, *GIVEN), pairs, DEEP)


@cache
def whole() -> Theorem:
    """The integral of the resolvents from 0 to n tends to A^-1(X)."""
    return settle(valued(WHOLE.tends(curve()), symmetric(inverse())), DEEP, *GIVEN)


@cache
def derive() -> Deduction:
    """Return the theorems about the inverse of the operator, for all N >= 2 and d."""
    proof = Deduction("inverse-operator-integral")
    proof.show("sine", sine_positive(), "An angle between two right ones has a cosine above zero:")
    found = generalise(distinct(), (i, l), *PLACE, DIFFERENT)
    proof.conclude("distinct", found, "By partial fractions, and an integral of Euler's,")
    proof.show("vanishing", vanishing(), "Of a primitive function there is left")
    found = generalise(coincident(), (i, l), *PLACE, SAME)
    proof.conclude("coincident", found, "so, by parts, where the values are equal")
    proof.show("pair", WHOLE.at_pair, "Of a pair, the integral of the resolvents is this one:")
    proof.conclude("inverse", generalise(whole(), X), "So in the basis")
    return proof
