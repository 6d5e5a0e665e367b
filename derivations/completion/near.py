"""The density at a small distance from the hyperbola of minimisers, to leading order."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from dlnproof.definitions.hypotheses import DEPTH
from dlnproof.definitions.letters import N, e, i, k, l
from dlnproof.definitions.small import (
    ABOVE,
    BELOW,
    LEFT,
    NEAR,
    OBSERVED,
    RADIUS,
    RIGHT,
    SIDE,
    b_11,
    b_22,
    near,
    s_1,
    s_2,
    values,
    x,
    x_0,
    y,
    y_0,
)
from dlnproof.kernel.existence import decomposed
from dlnproof.kernel.indices import indices
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
    cases,
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
from dlnproof.kernel.ranges import bottom, chosen, congruence, constant
from dlnproof.kernel.signs import certificate, chain, unique_root
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Symbol,
    Term,
    at_most,
    diagonal,
    each,
    equal,
    every,
    fresh,
    identity,
    integer,
    less,
    number,
    opened,
    positive,
    root,
    transpose,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.absolute import positive_factor
from dlnproof.tactics.equations import changed, then, valued
from dlnproof.tactics.settle import proved, settle
from dlnproof.tactics.tending import tends

from . import corners, entries

E = e.term
I, K, L = i.term, k.term, l.term
left_near, right_near = (Symbol(name, LEFT.sort, (REAL,)) for name in ("U(e)", "V(e)"))
value_near = Symbol("sigma(e)", REAL, (INT, REAL))
"""Singular vectors and values of the matrix at the distance e: there are some."""
LEFT_E, RIGHT_E = left_near(E), right_near(E)
S, T = value_near(1, E), value_near(2, E)
HERE = {s_1: S, s_2: T, LEFT.data: LEFT_E, RIGHT.data: RIGHT_E, x: ABOVE, y: BELOW}
CLOSE = (positive(E), less(E, RADIUS))
DECOMPOSED = (
    equal(near(E), LEFT_E * diagonal(k, 2, value_near(K, E)) * transpose(RIGHT_E)),
    equal(transpose(LEFT_E) * LEFT_E, identity(2)),
    equal(transpose(RIGHT_E) * RIGHT_E, identity(2)),
    each(i, 1, 2, each(l, I + 1, 2, at_most(value_near(L, E), value_near(I, E)))),
    each(i, 1, 2, at_most(0, value_near(I, E))),
)
GIVEN = (*DEPTH, *OBSERVED, *NEAR)
ON, UNIT = (assume(h) for h in NEAR[:2])
C, F0 = b_11 * b_22, b_11**2 + b_22**2 + (x_0**2 + y_0**2)
LENGTH = b_11**2 + b_22**2 + ABOVE**2 + BELOW**2
DETERMINANT = C - ABOVE * BELOW
GAP = corners.GAP
SLOPE = SIDE * RADIUS + E * (C / RADIUS**2)
SQUARE = SLOPE**2


@cache
def by_two_values() -> Theorem:
    """Return diag(sigma) = diag(sigma_1, sigma_2)."""
    first, choice = equal(K, 1), opened(values(S, T), K)[0]
    cases_ = []
    for condition, index in ((first, 1), (negation(first), 2)):
        same = indices(equal(K, index), condition, *within(k, 1, 2))
        told = changed(value_near(K, E), same)
        cases_.append(transitive(told, symmetric(chosen(choice, assume(condition)))))
    both = cases(*cases_, on=(first, negation(first)))
    return settle(congruence(diagonal(k, 2, value_near(K, E)), both, k))


@cache
def decomposition() -> Theorem:
    """Return U diag(sigma_1, sigma_2) V^T = W at a small distance."""
    here = specialise(assume(every(e, CLOSE, DECOMPOSED[0])), E)
    return symmetric(rewrite(here, by_two_values()))


@cache
def vectors_and_values() -> tuple[Theorem | Term, ...]:
    """Return what U, sigma and V are at a small distance, and that sigma_1 >= sigma_2 >= 0."""
    left, right, order, above = (
        specialise(assume(every(e, CLOSE, sentence)), E) for sentence in DECOMPOSED[1:]
    )
    ordered = settle(specialise(specialise(order, integer(1)), integer(2)))
    nonnegative = [settle(specialise(above, integer(index))) for index in (1, 2)]
    entries_ = transitive(decomposition(), specialise(assume(NEAR[2]), E))
    return (*GIVEN, *CLOSE, entries_, left, right, ordered, *nonnegative)


@cache
def known() -> tuple[Theorem | Term, ...]:
    """Return what is known at a small distance."""
    radius_ = proved(positive(x_0**2 + y_0**2), free())
    some = (*vectors_and_values(), radius_, free())
    second = second_positive(some)
    first = chain(second, proved(at_most(T, S), *some))
    return (*some, first, second)


def second_positive(known: tuple[Theorem | Term, ...]) -> Theorem:
    """Return 0 < sigma_2: (sigma_1 sigma_2)^2 = (det W)^2 > 0, nearer than the radius."""
    half, away, near_ = Fraction(1, 2), assume(CLOSE[0]), assume(CLOSE[1])
    inverse = proved(positive(RADIUS**-2), *known)
    steep = certificate(
        less(number(0), SIDE * SLOPE),
        [[near_], [half, away], [half, away, inverse, x_0 + SIDE * y_0]],
        [
            (RADIUS - E * y_0**2 / (2 * RADIUS**2), UNIT),
            (E / (2 * RADIUS**2), radius()),
            (-SIDE * E / RADIUS**2, ON),
        ],
        (RADIUS,),
    )
    above = certificate(
        less(number(0), T * (T * S**2)),
        [[away, away, steep, steep]],
        [
            (number(1), instance(entries.product_squared(), HERE)),
            (DETERMINANT - E * SLOPE, determinant()),
            (-(E**2) * SLOPE**2, UNIT),
        ],
        (RADIUS,),
    )
    return settle(positive_factor(proved(at_most(number(0), T), *known), above), *known)


@cache
def free() -> Theorem:
    """Return x_0 != 0: the product is not zero."""
    none = equal(x_0, number(0))
    vanishes = field(C, number(0), (number(-1), ON), (y_0, assume(none)))
    return settle(contradiction(absurd(vanishes, assume(OBSERVED[0])), negation(none)), *GIVEN)


@cache
def radius() -> Theorem:
    """Return r^2 = x_0^2 + y_0^2."""
    return settle(field(RADIUS**2, x_0**2 + y_0**2), *steady())


@cache
def length() -> Theorem:
    """Return sigma_1^2 + sigma_2^2, of the entries."""
    found = instance(entries.length(), HERE)
    return settle(transitive(found, field(sides(found)[1], LENGTH)), *known())


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
    return settle(found, *steady())


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
VALUE = N * (RADIUS * F0) ** -GAP
"""The leading coefficient."""


@cache
def limit_of_roots() -> tuple[Theorem, Theorem]:
    """Return the limits of sigma_1^(2/N) and sigma_2^(2/N)."""
    _, first, second = limits_of_squares()
    above = rewrite(proved(positive(T**2), *known()), squares()[1])
    low = limit_after(limit_power(1 / N), second, settle(above, *known()), e, RADIUS)
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
    return settle(rewrite(then(told, bottom(whole)), decomposition()), *known())


@cache
def leading() -> Theorem:
    """Return e^(1-1/N) density -> N (r (b_11^2 + b_22^2 + r^2))^(-(1-1/N))."""
    steep, *_ = limits_of_squares()
    slope = tending(root(SQUARE), RADIUS, steep, letters=(RADIUS,))
    told = density_near()
    function = sides(told)[1]
    found = tends(function, e, slope, limit_of_sum())
    found = valued(found, field(found.conclusion.args[0], VALUE))
    found = limit_congruence(found, symmetric(told), e, RADIUS)
    there = settle(found, *steady())
    return decomposed(there, near(E), left_near, value_near, right_near, at=(e,), conditions=CLOSE)
