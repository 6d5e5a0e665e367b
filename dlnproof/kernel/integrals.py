"""Integrals of continuous functions over an interval."""

from __future__ import annotations

from typing import Final

from dlnproof.kernel.calculus import interval, kept, minted, outside
from dlnproof.kernel.logic import sides
from dlnproof.kernel.terms import (
    INT,
    PI,
    REAL,
    Symbol,
    Term,
    at_most,
    cosine,
    equal,
    fresh,
    integer,
    integral,
    limit_at_infinity,
    linear,
    multiply,
    number,
    opened,
    positive,
)
from dlnproof.kernel.theorem import Named, Refused, Theorem, mint

FUNDAMENTAL: Final = Named(
    "fundamental theorem of calculus",
    "Rudin, Principles of Mathematical Analysis, Theorem 6.21",
)
EULER: Final = Named(
    "Euler's integral", "Conway, Functions of One Complex Variable I, 2nd ed., Example V.2.12"
)


def _continuous(theorem: Theorem, t: Symbol) -> Term:
    """Return f(t) from a derivative of f at t, of an f that does not depend on t."""
    if theorem.conclusion.op != "derivative":
        raise Refused(f"{theorem.conclusion} is no derivative: continuity is not known")
    if theorem.conclusion.args[0] != t.term:
        raise Refused(f"{theorem.conclusion} is not the derivative at {t.name}")
    outside(t, theorem.conclusion.args[2])
    [value] = opened(theorem.conclusion, t.term)
    return value


def fundamental(primitive: Theorem, continuous: Theorem, t: Symbol, lo: Term, hi: Term) -> Theorem:
    """The integral of f from lo to hi is F(hi) - F(lo), where lo <= hi.

    ``primitive`` is F'(t) = f(t), and ``continuous`` a derivative of f at t, both for
    lo <= t <= hi; t is free in no other hypothesis.
    """
    _continuous(primitive, t)
    f = _continuous(continuous, t)
    if primitive.conclusion.args[1] != f:
        raise Refused(f"the derivative is {primitive.conclusion.args[1]}, the integrand {f}")
    conditions = interval(t, (lo, hi))
    [start], [end] = opened(primitive.conclusion, lo), opened(primitive.conclusion, hi)
    conclusion = equal(integral(t, lo, hi, f), end - start)
    hypotheses = kept(primitive, t, *conditions) | kept(continuous, t, *conditions)
    return minted(
        "fundamental",
        conclusion,
        [primitive, continuous],
        [*hypotheses, at_most(lo, hi)],
        FUNDAMENTAL,
    )


def integral_sum(left: Theorem, right: Theorem, t: Symbol, lo: Term, hi: Term) -> Theorem:
    """The integral of f + g is the sum of the integrals, f and g having derivatives at t."""
    f, g = _continuous(left, t), _continuous(right, t)
    conditions = interval(t, (lo, hi))
    conclusion = equal(integral(t, lo, hi, f + g), integral(t, lo, hi, f) + integral(t, lo, hi, g))
    hypotheses = kept(left, t, *conditions) | kept(right, t, *conditions)
    return minted("integral_sum", conclusion, [left, right], [*hypotheses, at_most(lo, hi)])


def integral_multiple(factor: Term, theorem: Theorem, t: Symbol, lo: Term, hi: Term) -> Theorem:
    """The integral of c f is c times that of f, c a constant number, f having a derivative at t."""
    outside(t, factor)
    f = _continuous(theorem, t)
    conditions = interval(t, (lo, hi))
    conclusion = equal(
        integral(t, lo, hi, multiply(factor, f)), multiply(factor, integral(t, lo, hi, f))
    )
    hypotheses = [*kept(theorem, t, *conditions), at_most(lo, hi)]
    return minted("integral_multiple", conclusion, [theorem], hypotheses)


def integral_linear(map_: Theorem, theorem: Theorem, t: Symbol, lo: Term, hi: Term) -> Theorem:
    """The integral of L(f) is L of that of f, for a linear map L, f having a derivative at t."""
    if map_.conclusion.op != "linear":
        raise Refused(f"{map_.conclusion} does not say that a map is linear")
    outside(t, map_.conclusion)
    f = _continuous(theorem, t)
    conditions = interval(t, (lo, hi))
    [inside] = opened(map_.conclusion, f)
    [image] = opened(map_.conclusion, integral(t, lo, hi, f))
    hypotheses = map_.hypotheses | kept(theorem, t, *conditions)
    conclusion = equal(integral(t, lo, hi, inside), image)
    return minted("integral_linear", conclusion, [map_, theorem], [*hypotheses, at_most(lo, hi)])


def linear_integral(
    map_: Theorem, theorem: Theorem, x: Symbol, t: Symbol, between: tuple[Term, Term]
) -> Theorem:
    """x -> the integral of f(t, x) is linear, if x -> f(t, x) is, and f has a derivative at t.

    Both for all t ``between`` lo and hi; t is free in no other hypothesis, and x in none of those
    of the derivative.
    """
    if map_.conclusion.op != "linear":
        raise Refused(f"{map_.conclusion} does not say that a map is linear")
    outside(x, map_.conclusion)
    conditions = interval(t, between)
    f = _continuous(theorem, t)
    if opened(map_.conclusion, x.term) != (f,):
        raise Refused(f"{f} is not the linear map, at {x.name}")
    outside(x, *between)
    hypotheses = kept(map_, t, *conditions) | kept(theorem, t, *conditions)
    kept(theorem, x)
    conclusion = linear(x, integral(t, *between, f))
    return minted("linear_integral", conclusion, [map_, theorem], [*hypotheses, at_most(*between)])


def integral_congruence(equation: Theorem, t: Symbol, lo: Term, hi: Term) -> Theorem:
    """From f(t) = g(t) for lo <= t <= hi: their integrals are equal, where lo <= hi."""
    if t.sort != REAL:
        raise Refused(f"{t.name} is no number")
    f, g = sides(equation)
    conclusion = equal(integral(t, lo, hi, f), integral(t, lo, hi, g))
    hypotheses = kept(equation, t, *interval(t, (lo, hi)))
    return minted("integral_congruence", conclusion, [equation], [*hypotheses, at_most(lo, hi)])


def euler(m: Term | int, p: Term) -> Theorem:
    """The integral of 1 / (t^m + p) from 0 to n tends to (pi / m) p^(1/m - 1) / sin(pi / m).

    For an integer m >= 2 and p > 0. The sine is cos((1/2 - 1/m) pi). In the book t^m is p x.
    """
    m, t, n = integer(m), fresh(REAL), fresh(INT)
    whole = integral(t, number(0), number(n.term), 1 / (t.term**m + p))
    sine = cosine((number(1) / 2 - 1 / number(m)) * PI)
    value = (PI / m) * p ** (1 / number(m) - 1) / sine
    sentence = limit_at_infinity(n, whole, value)
    return mint("euler", sentence, more=[at_most(2, m), positive(p)], named=EULER)
