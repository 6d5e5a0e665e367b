"""The density at a small distance from the hyperbola of minimisers, to leading order."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from dlnproof.definitions.hypotheses import DEPTH
from dlnproof.definitions.letters import N, e
from dlnproof.definitions.small import (
    ABOVE,
    BELOW,
    LEFT,
    NEAR,
    OBSERVED,
    RADIUS,
    RIGHT,
    SIDE,
    START,
    b_11,
    b_22,
    first_near,
    left_near,
    right_near,
    s_1,
    s_2,
    second_near,
    x,
    x_0,
    y,
    y_0,
)
from dlnproof.kernel.limits import (
    limit_after,
    limit_congruence,
    limit_power,
    limit_product,
    limit_sum,
    limit_total,
)
from dlnproof.kernel.logic import (
    absurd,
    assume,
    contradiction,
    instance,
    negation,
    rewrite,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field, field_in, power_of_zero
from dlnproof.kernel.ranges import bottom, constant
from dlnproof.kernel.signs import certificate, unique_root
from dlnproof.kernel.terms import (
    INT,
    Term,
    at_most,
    equal,
    fresh,
    integer,
    less,
    number,
    positive,
    root,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.equations import changed, then, valued
from dlnproof.tactics.settle import proved, settle
from dlnproof.tactics.tending import tends

from . import corners, entries

E = e.term
S, T = first_near(E), second_near(E)
HERE = {
    s_1: S,
    s_2: T,
    LEFT.data: left_near(E),
    RIGHT.data: right_near(E),
    x: ABOVE,
    y: BELOW,
}
CLOSE = (positive(E), less(E, START))
GIVEN = (*DEPTH, *OBSERVED, *NEAR)
ON, UNIT = (assume(h) for h in NEAR[:2])
C, F0 = b_11 * b_22, b_11**2 + b_22**2 + (x_0**2 + y_0**2)
LENGTH = b_11**2 + b_22**2 + ABOVE**2 + BELOW**2
DETERMINANT = C - ABOVE * BELOW
GAP = corners.GAP


@cache
def known() -> tuple[Theorem | Term, ...]:
    """Return what is known at a small distance."""
    values = [specialise(assume(h), E) for h in NEAR[3:]]
    first = settle(certificate(positive(S), [[values[3]], [values[4]]]), *CLOSE)
    radius = proved(positive(x_0**2 + y_0**2), free())
    return (*GIVEN, *CLOSE, *values, first, radius, free())


@cache
def free() -> Theorem:
    """Return x_0 != 0: the product is not zero."""
    none = equal(x_0, number(0))
    vanishes = field(C, number(0), (number(-1), ON), (y_0, assume(none)))
    return settle(contradiction(absurd(vanishes, assume(OBSERVED[0])), negation(none)), *GIVEN)


@cache
def radius() -> Theorem:
    """Return r^2 = x_0^2 + y_0^2."""
    return settle(field(RADIUS**2, x_0**2 + y_0**2), *known())


@cache
def length() -> Theorem:
    """Return sigma_1^2 + sigma_2^2, of the entries."""
    found = instance(entries.length(), HERE)
    return settle(transitive(found, field(sides(found)[1], LENGTH)), *known())


SLOPE = SIDE * RADIUS + E * (C / RADIUS**2)
SQUARE = SLOPE**2


@cache
def determinant() -> Theorem:
    """Return c - x y = -e (tau r + e c / r^2)."""
    k = E / RADIUS
    found = field_in(
        (RADIUS,),
        DETERMINANT,
        -E * SLOPE,
        (-1 - SIDE**2 * k**2, ON),
        (SIDE * k, radius()),
        (-C * k**2, UNIT),
    )
    return settle(found, *known())


@cache
def ratio() -> Theorem:
    """Return sigma_1 sigma_2 / e = |tau r + e c / r^2|."""
    squared = instance(entries.product_squared(), HERE)
    found = field_in(
        (RADIUS,),
        (S * T / E) ** 2,
        SQUARE,
        (1 / E**2, squared),
        ((DETERMINANT - E * SLOPE) / E**2, determinant()),
    )
    above = proved(at_most(number(0), S * T / E), *known())
    return settle(symmetric(unique_root(above, found)), *known())


DISCRIMINANT = LENGTH**2 - 4 * DETERMINANT**2
FIRST, SECOND = ((LENGTH + sign * root(DISCRIMINANT)) / 2 for sign in (1, -1))


@cache
def difference() -> Theorem:
    """Return sigma_1^2 - sigma_2^2 as the root of (sigma_1^2 + sigma_2^2)^2 - 4 (det)^2."""
    squared = instance(entries.product_squared(), HERE)
    whole = S**2 + T**2
    found = field(
        (S**2 - T**2) ** 2,
        DISCRIMINANT,
        (whole + LENGTH, length()),
        (number(-4), squared),
    )
    above = certificate(
        at_most(number(0), S**2 - T**2),
        [[proved(at_most(T, S), *known()), proved(at_most(number(0), S + T), *known())]],
    )
    return settle(symmetric(unique_root(above, found)), *known())


@cache
def squares() -> tuple[Theorem, Theorem]:
    """Return sigma_1^2 and sigma_2^2, by the entries."""
    half, letters = number(Fraction(1, 2)), (root(DISCRIMINANT),)
    first = field_in(letters, S**2, FIRST, (half, length()), (half, difference()))
    second = field_in(letters, T**2, SECOND, (half, length()), (-half, difference()))
    return settle(first, *known()), settle(second, *known())


# --- limits ---------------------------------------------------------------------------------------


def tending(
    function: Term, value: Term, *parts: Theorem, letters: tuple[Term, ...] = ()
) -> Theorem:
    """Return function -> value as e -> 0, by its form, with limits of parts."""
    found = tends(function, e, *parts)
    got = found.conclusion.args[0]
    equation = field_in(letters, got, value) if got != value else None
    found = found if equation is None else valued(found, equation)
    return settle(found, *steady())


@cache
def steady() -> tuple[Theorem | Term, ...]:
    """Return what is known besides: nothing about e."""
    radius_ = proved(positive(x_0**2 + y_0**2), free())
    limit = proved(positive(F0), *GIVEN, free(), radius_)
    return (*GIVEN, free(), radius_, limit)


@cache
def limits_of_squares() -> tuple[Theorem, Theorem, Theorem]:
    """Return the limits of |tau r + e c / r^2|^2, sigma_1^2 and sigma_2^2."""
    steep = tending(SQUARE, (SIDE * RADIUS) ** 2, letters=(RADIUS,))
    told = field_in((RADIUS,), (SIDE * RADIUS) ** 2, RADIUS**2, (RADIUS**2, UNIT))
    steep = valued(steep, settle(told, *steady()))
    lengths = tending(LENGTH, F0, letters=(RADIUS,))
    dets = tending(DETERMINANT, C - x_0 * y_0, letters=(RADIUS,))
    dets = valued(dets, field(C - x_0 * y_0, number(0), (number(-1), ON)))
    inside_ = tending(DISCRIMINANT, F0**2, lengths, dets)
    roots = tending(root(DISCRIMINANT), F0, inside_)
    first = tending(FIRST, F0, lengths, roots)
    second = tending(SECOND, number(0), lengths, roots)
    return steep, first, second


A, B = FIRST ** (1 / N), SECOND ** (1 / N)
J = fresh(INT)
SUMMAND = A ** (N - J.term) * B ** (J.term - 1)
VALUE = N * (RADIUS * F0) ** -GAP
"""The leading coefficient."""


@cache
def limit_of_roots() -> tuple[Theorem, Theorem]:
    """Return the limits of sigma_1^(2/N) and sigma_2^(2/N)."""
    _, first, second = limits_of_squares()
    above = rewrite(proved(positive(T**2), *known()), squares()[1])
    low = limit_after(limit_power(1 / N), second, settle(above, *known()), e, START)
    return tending(A, F0 ** (1 / N), first), settle(low, *steady())


@cache
def limit_of_sum() -> Theorem:
    """Return the limit of sum_j a^(N-j) b^(j-1): only the first summand is left."""
    up, low = limit_of_roots()
    a = F0 ** (1 / N)
    ranges = within(J, 2, N)
    powers = tends(B ** (J.term - 1), e, low)
    powers = valued(powers, power_of_zero(J.term - 1))
    summand = limit_product(tends(A ** (N - J.term), e, up), powers)
    summand = valued(summand, field(summand.conclusion.args[0], number(0)))
    rest = limit_total(settle(summand, *steady(), *ranges), J, 2, N)
    none = constant(rest.conclusion.args[0])
    rest = valued(rest, transitive(none, field(sides(none)[1], number(0))))
    first = tending(A ** (N - 1) * B ** (integer(1) - 1), a ** (N - 1), up, low)
    found = limit_sum(first, rest)
    return settle(valued(found, field(found.conclusion.args[0], a ** (N - 1))), *steady())


@cache
def density_near() -> Theorem:
    """Return e^(1-1/N) density in terms of the entries."""
    at = {v: HERE[v] for v in (s_1, s_2, LEFT.data, RIGHT.data)}
    told = instance(corners.density_by_powers(), at)
    told = changed(E**GAP * sides(told)[0], told)
    total_ = sides(told)[1].args[1].args[1].args[1]
    apart = field(sides(told)[1], (S * T / E) ** -GAP * (N / total_))
    told = then(transitive(told, apart), ratio())
    roots = [field(v ** (2 / N), (v**2) ** (1 / N)) for v in (S, T)]
    told = then(told, *(settle(root_, *known()) for root_ in roots), *squares())
    [whole] = {part for part in sides(told)[1].parts() if part.op == "sum"}
    return settle(then(told, bottom(whole)), *known())


@cache
def leading() -> Theorem:
    """Return e^(1-1/N) density -> N (r (b_11^2 + b_22^2 + r^2))^(-(1-1/N))."""
    steep, *_ = limits_of_squares()
    slope = tending(root(SQUARE), RADIUS, steep, letters=(RADIUS,))
    told = density_near()
    function = sides(told)[1]
    found = tends(function, e, slope, limit_of_sum())
    found = valued(found, field(found.conclusion.args[0], VALUE))
    found = limit_congruence(found, symmetric(told), e, START)
    return settle(found, *steady())
