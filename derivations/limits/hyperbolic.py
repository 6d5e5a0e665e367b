"""1 <= sinh(y)/y <= exp(y^2/6), for y = x log r > 0, where sinh(y) = (r^x - r^-x)/2."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Final

from dlnproof.definitions.letters import e, s, t
from dlnproof.kernel import limits
from dlnproof.kernel.calculus import monotone
from dlnproof.kernel.logic import assume, instance, rewrite, transitive
from dlnproof.kernel.numbers import field, log_of_one
from dlnproof.kernel.signs import certificate, chain, log_monotone
from dlnproof.kernel.terms import (
    REAL,
    Term,
    at_most,
    less,
    log,
    number,
    opened,
    positive,
    power,
    variable,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import valued
from dlnproof.tactics.rewriting import at_place
from dlnproof.tactics.settle import proved, settle

R: Final = variable("r", REAL)
X: Final = variable("x", REAL)
r, x, S, T, ZERO = R.term, X.term, s.term, t.term, number(0)
SCALE: Final = log(r)
BASE: Final = (positive(r), positive(SCALE))
"""r > 0 with log r > 0."""
HERE: Final = (*BASE, at_most(ZERO, T))


def sinh(at: Term) -> Term:
    """Return (r^x - r^-x) / 2."""
    return (power(r, at) - power(r, -at)) / 2


def cosh(at: Term) -> Term:
    """Return (r^x + r^-x) / 2."""
    return (power(r, at) + power(r, -at)) / 2


@cache
def cosh_above() -> Theorem:
    """1 <= cosh: cosh - 1 is half a square."""
    half = power(r, T / 2) - power(r, -T / 2)
    return settle(certificate(at_most(number(1), cosh(T)), [[half, Fraction(1, 2)]]), *BASE)


def grows(function: Term, rate: Term, sign: Theorem) -> Theorem:
    """0 <= f(x) for 0 <= x, from f(0) = 0 and f' >= 0, which is the rate."""
    moving = differentiate(function, s, T)
    plain = field(moving.conclusion.args[1], rate)
    moving = settle(valued(moving, plain), *HERE)
    found = monotone(moving, settle(sign, *HERE), t, ZERO, x, between=(ZERO, x))
    start, _ = found.conclusion.args
    found = rewrite(found, field(start, ZERO))
    return settle(found, *BASE, at_most(ZERO, x), itself(x))


def itself(value: Term) -> Theorem:
    """a <= a."""
    return certificate(at_most(value, value), [])


@cache
def above_zero() -> Theorem:
    """x log r <= sinh for 0 <= x: the derivative of the difference is log r (cosh - 1)."""
    rate = SCALE * (cosh(T) - 1)
    sign = proved(at_most(ZERO, rate), *HERE, cosh_above())
    found = grows(sinh(S) - SCALE * S, rate, sign)
    return settle(certificate(at_most(SCALE * x, sinh(x)), [[found]]), *BASE, at_most(ZERO, x))


def at_time(theorem: Theorem) -> Theorem:
    """Return what holds at x for t."""
    return instance(theorem, {X: T})


@cache
def first() -> Theorem:
    """0 <= x log r cosh - sinh, whose derivative is x (log r)^2 sinh."""
    rate = SCALE**2 * T * sinh(T)
    low = chain(proved(at_most(ZERO, SCALE * T), *HERE), at_time(above_zero()))
    return grows(SCALE * S * cosh(S) - sinh(S), rate, proved(at_most(ZERO, rate), *HERE, low))


@cache
def second() -> Theorem:
    """0 <= ((x log r)^2/3 + 1) sinh - x log r cosh."""
    inside = SCALE * T * cosh(T) - sinh(T)
    rate = SCALE**2 * T / 3 * inside
    function = ((SCALE * S) ** 2 / 3 + 1) * sinh(S) - SCALE * S * cosh(S)
    sign = proved(at_most(ZERO, rate), *HERE, at_time(first()))
    return grows(function, rate, sign)


def gap(at: Term) -> Term:
    """Return (x log r)^2/6 - log(sinh / (x log r))."""
    return (SCALE * at) ** 2 / 6 - log(sinh(at) / (SCALE * at))


@cache
def gap_grows() -> Theorem:
    """The gap at e is at most that at x, for 0 < e < x."""
    known = (*BASE, positive(e.term), less(e.term, x))
    here = (*known, at_most(e.term, T), at_most(T, x))
    later = chain(assume(positive(e.term)), assume(at_most(e.term, T)))
    sine = settle(at_time(above_zero()), *here, later)
    above = proved(positive(sinh(T)), chain(proved(positive(SCALE * T), *here, later), sine))
    rate = (((SCALE * T) ** 2 / 3 + 1) * sinh(T) - SCALE * T * cosh(T)) / (T * sinh(T))
    moving = differentiate(gap(S), s, T)
    plain = field(moving.conclusion.args[1], rate)
    moving = settle(valued(moving, plain), *here, later, above)
    sign = proved(at_most(ZERO, rate), *here, later, above, settle(at_time(second()), *here, later))
    found = monotone(moving, sign, t, e.term, x, between=(e.term, x))
    return settle(found, *known, itself(x), itself(e.term))


@cache
def gap_vanishes() -> Theorem:
    """The gap tends to 0 as x -> 0: the derivative of sinh at 0 is log r."""
    slope = differentiate(sinh(S), s, ZERO)
    slope = settle(valued(slope, field(slope.conclusion.args[1], SCALE)), *BASE)
    ratio = limits.limit_quotient_at_zero(slope)
    ratio = limits.limit_product(limits.limit_constant(limits.ZERO, 1 / SCALE), ratio)
    ratio = valued(ratio, field((1 / SCALE) * SCALE, number(1)))
    [function] = opened(ratio.conclusion, e.term)
    same = field(function, sinh(e.term) / (SCALE * e.term))
    near = (positive(e.term), less(e.term, number(1)))
    ratio = limits.limit_congruence(settle(ratio, *BASE), settle(same, *BASE, *near), e, 1)
    logarithm = differentiate(log(S), s, number(1))
    small = limits.limit_through(logarithm, ratio)
    square = differentiate((SCALE * S) ** 2 / 6, s, ZERO)
    whole = limits.limit_difference(limits.limit_through(square, limits.limit_identity()), small)
    value = whole.conclusion.args[0]
    zero = transitive(at_place(value, 1, log_of_one()), field(value.args[0] - ZERO, ZERO))
    return settle(valued(whole, zero), *BASE)


@cache
def below_square() -> Theorem:
    """log(sinh / (x log r)) <= (x log r)^2 / 6 for 0 < x."""
    fixed = limits.limit_constant(limits.ZERO, gap(x))
    known = (*BASE, positive(x))
    order = settle(gap_grows(), *BASE, positive(e.term), less(e.term, x))
    found = limits.limit_ordered(gap_vanishes(), fixed, order, e, x)
    value = (SCALE * x) ** 2 / 6
    goal = at_most(log(sinh(x) / (SCALE * x)), value)
    letter = log(sinh(x) / (SCALE * x))
    return settle(certificate(goal, [[found]], letters=[letter]), *known)


@cache
def above_one() -> Theorem:
    """1 <= sinh / (x log r) for 0 < x."""
    scaled = SCALE * x
    part = proved(positive(1 / scaled), *BASE, positive(x))
    goal = at_most(number(1), sinh(x) / scaled)
    return settle(certificate(goal, [[above_zero(), part]]), *BASE, positive(x))


@cache
def log_above() -> Theorem:
    """0 <= log(sinh / (x log r)) for 0 < x."""
    found = log_monotone(proved(positive(number(1))), above_one())
    return rewrite(found, log_of_one())
