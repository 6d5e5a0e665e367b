"""Singular values of 2 x 2 matrices from their entries, and where they are least."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from functools import cache

from dlnproof.definitions import small
from dlnproof.definitions.small import (
    ABSOLUTE,
    LEFT,
    OBSERVED,
    ORTHOGONAL_2,
    OTHER_LEFT,
    OTHER_RIGHT,
    RIGHT,
    b_11,
    b_22,
    completed,
    r_1,
    r_2,
    s_1,
    s_2,
    through,
    values,
)
from dlnproof.kernel.arrays import empty_determinant, entry_of_array, last_row, single_determinant
from dlnproof.kernel.determinants import determinant_of, orthogonal_determinant
from dlnproof.kernel.entries import diagonals, entry_of, same_entries, trace_of_entries
from dlnproof.kernel.indices import indices
from dlnproof.kernel.logic import (
    absurd,
    assume,
    cases,
    contradiction,
    generalise,
    instance,
    negation,
    rewrite,
    sides,
    symmetric,
    transitive,
    unfold,
    weaken,
)
from dlnproof.kernel.numbers import field, field_in
from dlnproof.kernel.ranges import chosen
from dlnproof.kernel.signs import apart, certificate, power_injective, power_monotone
from dlnproof.kernel.terms import (
    FALSE,
    INT,
    Symbol,
    Term,
    array,
    at_most,
    determinant,
    different,
    entry,
    equal,
    fresh,
    inner,
    integer,
    less,
    number,
    positive,
    root,
    substitute,
    trace,
    transpose,
    unfolded,
    within,
)
from dlnproof.kernel.theorem import Refused, Theorem
from dlnproof.kernel.words import traces
from dlnproof.tactics.agreement import same
from dlnproof.tactics.equations import changed, then
from dlnproof.tactics.rewriting import Known, repeated
from dlnproof.tactics.settle import proved, settle
from dlnproof.tactics.small import of_units, written_out

S, T = s_1.term, s_2.term
P = through(S, T)
left, right = (assume(h) for h in ORTHOGONAL_2[:2])


def at(row: int, col: int) -> Term:
    """Return an entry of U diag(sigma_1, sigma_2) V^T."""
    return entry(P, row, col)


@cache
def squares() -> Theorem:
    """Return sigma_1^2 + sigma_2^2 = the sum of the squares of the entries."""
    d, vt = values(S, T), transpose(RIGHT)
    one = traces(
        inner(P, P),
        trace(d * d),
        (RIGHT * d, left, d * vt),
        (d * d, right, None),
    )
    one = then(one, diagonals(d * d))
    one = written_out(then(one, trace_of_entries(sides(one)[1].args[0])))
    for k in (1, 2):
        diagonal = sides(diagonals(d * d))[1]
        one = written_out(then(one, entry_of(diagonal, k, k)))
    two = written_out(trace_of_entries(transpose(P) * P))
    for k in (1, 2):
        two = written_out(then(two, entry_of(transpose(P) * P, k, k)))
        for row in (1, 2):
            two = then(two, entry_of(transpose(P), k, row))
    total = sum((at(i, l) ** 2 for i, l in ((1, 2), (2, 1), (2, 2))), at(1, 1) ** 2)
    found = transitive(symmetric(one), two)
    value = field(S**2 + T**2, sides(one)[1])
    return settle(transitive(value, found, field(sides(found)[1], total)))


@cache
def determinants() -> Theorem:
    """Return (w_11 w_22 - w_12 w_21)^2 = sigma_1^2 sigma_2^2."""
    i, l = fresh(INT), fresh(INT)
    whole = array(i, l, 2, 2, entry(P, i.term, l.term))
    same = same_entries(symmetric(entry_of_array(whole, i.term, l.term)), i, l)
    rows = [
        nothing(i, equal(entry(P, *place), number(0)))
        for place in ((integer(2), i.term), (i.term, integer(2)))
    ]
    told = then(changed(determinant(P), same), last_row(determinant(whole), *rows))
    one, none = (determinant(array(i, l, n, n, entry(P, i.term, l.term))) for n in (1, 0))
    told = then(told, single_determinant(one), empty_determinant(none))
    told = then(told, entry_of_array(one.args[0], 1, 1))
    factors = then(determinant_of(determinant(P)), determinant_of(determinant(LEFT * values(S, T))))
    factors = then(factors, determinant_of(determinant(transpose(RIGHT))))
    factors = written_out(then(factors, determinant_of(determinant(values(S, T)))))
    value = at(1, 1) * at(2, 2) - at(1, 2) * at(2, 1)
    v = determinant(RIGHT)
    one_, two = orthogonal_determinant(left), orthogonal_determinant(right)
    both = transitive(symmetric(told), factors)
    found = field(
        value**2,
        S**2 * T**2,
        (value + sides(factors)[1], both),
        (S**2 * T**2 * v**2, one_),
        (S**2 * T**2, two),
    )
    return settle(found)


def nothing(i: Symbol, sentence: Term) -> Theorem:
    """Return a sentence for each of no indices."""
    ends = within(i, 1, 0)
    false = weaken(indices(FALSE, *ends), negation(sentence))
    return generalise(contradiction(false, sentence), i, *ends)


# --- with the diagonal observed -------------------------------------------------------------------

x, y = small.x.term, small.y.term
C = b_11 * b_22
K = root(C**2)
GIVEN = (*ORTHOGONAL_2, *OBSERVED)
IS = equal(P, completed(x, y))
POSITIVE = (positive(S), positive(T))
SIDES = {side: at_most(number(0), side * (C * (C - x * y))) for side in (1, -1)}
"""On which side of the hyperbola x y = b_11 b_22."""


def known(theorem: Theorem) -> Theorem:
    """Return an equation about entries with those of the matrix put in."""
    whole = completed(x, y)
    told = theorem
    for i in (1, 2):
        for l in (1, 2):
            found = changed(at(i, l), assume(IS))
            told = then(told, transitive(found, repeated(entry(whole, i, l), of_units)))
    return told


@cache
def length() -> Theorem:
    """Return sigma_1^2 + sigma_2^2 = b_11^2 + b_22^2 + x^2 + y^2."""
    told = known(squares())
    value = b_11**2 + b_22**2 + x**2 + y**2
    return settle(transitive(told, field(sides(told)[1], value)))


@cache
def product_squared() -> Theorem:
    """Return sigma_1^2 sigma_2^2 = (b_11 b_22 - x y)^2."""
    told = known(symmetric(determinants()))
    return settle(transitive(told, field(sides(told)[1], (C - x * y) ** 2)))


@cache
def size() -> Theorem:
    """Return |c|^2 = c^2, for c = b_11 b_22."""
    return settle(field_in((C**2,), K**2, C**2), *GIVEN)


@cache
def product(side: int) -> Theorem:
    """Return sigma_1 sigma_2 = |c| - (c/|c|) x y on one side, c = b_11 b_22; minus it beyond."""
    given: Known = (*GIVEN, IS, *POSITIVE, SIDES[side])
    value = side * (K - C / K * x * y)
    inverse = proved(positive(1 / K), *given)
    goal = at_most(number(0), value)
    low_ = certificate(goal, [[assume(SIDES[side]), inverse]], [(side / K, size())], (K,))
    equation = field_in(
        (K,),
        (S * T) ** 2,
        value**2,
        (number(1), product_squared()),
        ((x * y / K) ** 2 - 1, size()),
    )
    low = proved(at_most(number(0), S * T), *given)
    return settle(power_injective(low, low_, equation), *given)


@cache
def together(side: int) -> Theorem:
    """Return (s_1 +- s_2)^2 = b_11^2 + b_22^2 + 2 |c| + (x - (c/|c|) y)^2."""
    given: Known = (*GIVEN, IS, *POSITIVE, SIDES[side])
    value = b_11**2 + b_22**2 + 2 * K + (x - C / K * y) ** 2
    equations = [
        (number(1), length()),
        (number(2 * side), product(side)),
        (y**2 / K**2, size()),
    ]
    found = field_in((K,), (S + side * T) ** 2, value, *equations)
    return settle(found, *given)


# --- on the rays |x| = |y| ------------------------------------------------------------------------

R, Q = r_1.term, r_2.term
z, w = small.z.term, small.w.term
OTHER = {
    s_1: R,
    s_2: Q,
    small.x: z,
    small.y: w,
    LEFT.data: OTHER_LEFT,
    RIGHT.data: OTHER_RIGHT,
}
THERE = equal(through(R, Q, OTHER_LEFT, OTHER_RIGHT), completed(z, w))
SAME_SIDE = at_most(number(0), (C - x * y) * (C - z * w))
RAY = (equal(z**2, w**2), at_most(number(0), C * (z * w)))
ORDER = (at_most(T, S), at_most(Q, R))
BOTH = (*GIVEN, IS, THERE, *POSITIVE, positive(R), positive(Q), *ORDER, SAME_SIDE, *RAY)


def unsquared(squares_: Theorem, *known: Theorem | Term) -> Theorem:
    """Return a <= b from a^2 <= b^2, for a, b >= 0."""
    a, b = (side.args[0] for side in squares_.conclusion.args)
    low, wrong = above(b), assume(less(b, a))
    against = absurd(squares_, power_monotone(low, wrong, 2))
    return settle(contradiction(against, at_most(a, b)), *known)


def above(value: Term) -> Theorem:
    """Return 0 <= s + t or 0 <= s - t, for t <= s and positive s and t."""
    first, second = (R, Q) if R in value.args else (S, T)
    for terms in ([at_most(second, first)], [positive(first), positive(second)]):
        with suppress(Refused):
            return certificate(at_most(number(0), value), [[assume(term)] for term in terms])
    raise Refused(f"the sign of {value} is not known")


@cache
def ray() -> Theorem:
    """Return (c/|c|) z w = z^2 on a ray."""
    value = C / K * (z * w)
    inverse = proved(positive(1 / K), *GIVEN)
    above = certificate(at_most(number(0), value), [[assume(RAY[1]), inverse]], (), (K,))
    low = proved(at_most(number(0), z**2))
    equation = field_in(
        (K,),
        value**2,
        (z**2) ** 2,
        (-((z * w) ** 2) / K**2, size()),
        (-(z**2), assume(RAY[0])),
    )
    return settle(power_injective(above, low, equation), *GIVEN)


@cache
def there(side: int) -> Theorem:
    """Return that the other matrix is on the same side."""
    condition = SIDES[side]
    distinct = nonzero_difference()
    inverse = proved(positive(1 / (C - x * y) ** 2), *GIVEN, distinct)
    goal = at_most(number(0), side * (C * (C - z * w)))
    return settle(
        certificate(goal, [[assume(SAME_SIDE), assume(condition), inverse]]), *GIVEN, distinct
    )


@cache
def nonzero_difference() -> Theorem:
    """Return b_11 b_22 - x y != 0: its square is sigma_1^2 sigma_2^2."""
    same = equal(C - x * y, number(0))
    value = changed((C - x * y) ** 2, assume(same))
    zero_ = field(S**2 * T**2, number(0), (number(1), product_squared()), (number(1), value))
    above = apart(proved(positive(S**2 * T**2), *POSITIVE))
    return contradiction(absurd(zero_, above), negation(same))


@cache
def least(side: int) -> Theorem:
    """Return (r_1 +- r_2)^2 <= (s_1 +- s_2)^2, for the second matrix on the ray."""
    given: Known = (*BOTH, SIDES[side])
    one, other = together(side), instance(together(side), OTHER)
    other = settle(other, *given, there(side))
    goal = at_most(sides(other)[0], sides(one)[0])
    found = certificate(
        goal,
        [[x - C / K * y]],
        [
            (number(1), one),
            (number(-1), other),
            (number(2), ray()),
            (number(1), assume(RAY[0])),
            (w**2 / K**2, size()),
        ],
        (K,),
    )
    return settle(found, *given)


def over_both_sides(found: Callable[[int], Theorem]) -> Theorem:
    """Return what holds on either side of the hyperbola."""
    plain = at_most(number(0), C * (C - x * y))
    on = (plain, negation(plain))
    parts = [settle(found(side), *BOTH, case) for side, case in zip((1, -1), on, strict=True)]
    return cases(*parts, on=on)


@cache
def smaller_first() -> Theorem:
    """Return r_1 <= s_1 where r_2 = s_2."""
    same = equal(Q, T)

    def on(side: int) -> Theorem:
        given = (*BOTH, same, SIDES[side])
        sums = unsquared(least(side), *given)
        goal = at_most(R, S)
        return settle(certificate(goal, [[sums]], [(number(side), assume(same))]), *given)

    return over_both_sides(on)


@cache
def smaller_product() -> Theorem:
    """Return r_1 <= s_1 where r_1 r_2 = s_1 s_2."""
    product_ = equal(S * T, R * Q)

    def on(side: int) -> Theorem:
        given = (*BOTH, product_, SIDES[side])
        one = least(side)
        goal = at_most((R - side * Q) ** 2, (S - side * T) ** 2)
        other = certificate(goal, [[one]], [(number(-4 * side), assume(product_))])
        sums = [unsquared(squares_, *given) for squares_ in (one, other)]
        half = Fraction(1, 2)
        return settle(certificate(at_most(R, S), [[half, x] for x in sums]), *given)

    return over_both_sides(on)


# --- on the hyperbola -----------------------------------------------------------------------------

SINGULAR = equal(through(S, number(0)), completed(x, y))


def absolute_squared(value: Term) -> Theorem:
    """Return |a|^2 = a^2."""
    size_ = ABSOLUTE(value)
    told = changed(size_**2, unfold(size_))
    return transitive(told, same(sides(told)[1], value**2))


def absolute_above(value: Term) -> Theorem:
    """Return 0 <= |a|."""
    choice = unfolded(ABSOLUTE(value))
    on = (at_most(0, value), negation(at_most(0, value)))
    parts = []
    for case in on:
        chosen_ = chosen(choice, assume(case))
        low = proved(at_most(number(0), sides(chosen_)[1]), case)
        parts.append(rewrite(low, symmetric(chosen_)))
    return rewrite(cases(*parts, on=on), symmetric(unfold(ABSOLUTE(value))))


ABS_11, ABS_22, ABS_X = (ABSOLUTE(v) for v in (b_11, b_22, x))
SINGULAR_GIVEN = (*GIVEN, SINGULAR)


@cache
def on_hyperbola() -> Theorem:
    """Return b_11 b_22 = x y where sigma_2 = 0."""
    squared_ = instance(product_squared(), {s_2: number(0)})
    none = field((C - x * y) ** 2, number(0), (number(-1), squared_))
    wrong = different(C, x * y)
    above_ = apart(proved(positive((C - x * y) ** 2), wrong))
    return settle(contradiction(absurd(none, above_), equal(C, x * y)), *SINGULAR_GIVEN)


@cache
def free_entry() -> Theorem:
    """Return x != 0 where sigma_2 = 0."""
    none = equal(x, number(0))
    vanishes = field(C, number(0), (number(1), on_hyperbola()), (y, assume(none)))
    return settle(
        contradiction(absurd(vanishes, assume(OBSERVED[0])), negation(none)), *SINGULAR_GIVEN
    )


@cache
def only_value() -> Theorem:
    """Return sigma_1^2 = (|b_11| + |b_22|)^2 + (|x| - |b_11| |b_22| / |x|)^2 where sigma_2 = 0."""
    told = instance(length(), {s_2: number(0)})
    p, q, r = (absolute_squared(v) for v in (b_11, b_22, x))
    value = (ABS_11 + ABS_22) ** 2 + (ABS_X - ABS_11 * ABS_22 / ABS_X) ** 2
    known_ = proved(different(ABS_X, 0), *SINGULAR_GIVEN, absolute_nonzero())
    found = field(
        S**2,
        value,
        (number(1), told),
        (number(-1), p),
        (number(-1), q),
        (number(-1) + (ABS_11 * ABS_22) ** 2 / (ABS_X**2 * x**2), r),
        (-(ABS_22**2) / x**2, p),
        (-(b_11**2) / x**2, q),
        (-(C + x * y) / x**2, on_hyperbola()),
    )
    return settle(found, *SINGULAR_GIVEN, known_, free_entry())


@cache
def absolute_nonzero() -> Theorem:
    """Return |x| != 0 where sigma_2 = 0."""
    none = equal(ABS_X, number(0))
    told = transitive(symmetric(absolute_squared(x)), changed(ABS_X**2, assume(none)))
    zero_ = transitive(told, field(number(0) ** 2, number(0)))
    above_ = apart(proved(positive(x**2), free_entry()))
    return settle(contradiction(absurd(zero_, above_), negation(none)), *SINGULAR_GIVEN)


def corner_bound() -> Theorem:
    """Return (|b_11| + |b_22|)^2 <= sigma_1^2 where sigma_2 = 0."""
    told = only_value()
    goal = at_most((ABS_11 + ABS_22) ** 2, S**2)
    square_ = ABS_X - ABS_11 * ABS_22 / ABS_X
    found = certificate(goal, [[square_]], [(number(1), told)])
    return settle(found, *SINGULAR_GIVEN, absolute_nonzero())


def corner() -> Theorem:
    """Return sigma_1^2 = (|b_11| + |b_22|)^2 where sigma_2 = 0 and x^2 = y^2."""
    alike = assume(equal(x**2, y**2))
    p, q, r = (absolute_squared(v) for v in (b_11, b_22, x))
    squares_ = field(
        (ABS_11 * ABS_22) ** 2,
        (ABS_X**2) ** 2,
        (ABS_22**2, p),
        (b_11**2, q),
        (C + x * y, on_hyperbola()),
        (-(x**2), alike),
        (-(ABS_X**2 + x**2), r),
    )
    low = certificate(
        at_most(number(0), ABS_11 * ABS_22), [[absolute_above(b_11), absolute_above(b_22)]]
    )
    same_ = power_injective(low, proved(at_most(number(0), ABS_X**2)), squares_)
    value = (ABS_11 + ABS_22) ** 2
    ratio = ABS_X - ABS_11 * ABS_22 / ABS_X
    found = field(S**2, value, (number(1), only_value()), (-ratio / ABS_X, same_))
    return settle(found, *SINGULAR_GIVEN, absolute_nonzero())


def on_ray(side: int) -> Theorem:
    """Return s_1 +- s_2 = |b_11| + |b_22| on a ray, on one side of the hyperbola."""
    here = {small.z: x, small.w: y}
    rays = [assume(substitute(h, here)) for h in RAY]
    given: Known = (*GIVEN, IS, *POSITIVE, ORDER[0], SIDES[side], *rays)
    p, q = absolute_squared(b_11), absolute_squared(b_22)
    sizes = field_in(
        (K,),
        (ABS_11 * ABS_22) ** 2,
        K**2,
        (ABS_22**2, p),
        (b_11**2, q),
        (number(-1), size()),
    )
    low = certificate(
        at_most(number(0), ABS_11 * ABS_22), [[absolute_above(b_11), absolute_above(b_22)]]
    )
    product_ = power_injective(low, proved(at_most(number(0), K), *GIVEN), sizes)
    whole = ABS_11 + ABS_22
    squares_ = field_in(
        (K,),
        (S + side * T) ** 2,
        whole**2,
        (number(1), together(side)),
        (number(-1), p),
        (number(-1), q),
        (number(-2), product_),
        (number(-2), instance(ray(), here)),
        (number(-1), rays[0]),
        (-(y**2) / K**2, size()),
    )
    above_ = certificate(
        at_most(number(0), whole), [[absolute_above(b_11)], [absolute_above(b_22)]]
    )
    return settle(power_injective(above(S + side * T), above_, squares_), *given)


# --- a point of the rays with a given second value ------------------------------------------------

ALIKE, SAME_SIGN = (substitute(h, {small.z: x, small.w: y}) for h in RAY)


def moved(value: Term, side: int) -> Term:
    """Return v - r_2 inside, v + r_2 outside."""
    return value - Q if side > 0 else value + Q


def reached(side: int) -> Theorem:
    """Return s_2 = r_2 on a ray, where x^2 = (|b_11| +- r_2) (|b_22| +- r_2)."""
    first, second = moved(ABS_11, side), moved(ABS_22, side)
    other, rest = first + ABS_22, first + second if side > 0 else ABS_11 + ABS_22
    place = (at_most(number(0), T), at_most(T, S), at_most(number(0), Q))
    small_ = (at_most(Q, ABS_11), at_most(Q, ABS_22)) if side > 0 else ()
    above_ = [absolute_above(v) for v in (b_11, b_22)]
    given: Known = (*GIVEN, IS, *place, *small_, *above_)
    entry_, alike = assume(equal(x**2, first * second)), assume(ALIKE)
    squares_ = [absolute_squared(v) for v in (b_11, b_22)]

    def same_roots(one: Term, two: Term, *combination: tuple[Term, Theorem]) -> Theorem:
        low = [proved(at_most(number(0), v), *given) for v in (one, two)]
        return power_injective(low[0], low[1], field(one**2, two**2, *combination))

    diagonal_ = ABS_11 * ABS_22
    off = power_injective(
        assume(SAME_SIGN),
        proved(at_most(number(0), diagonal_ * x**2), *given),
        field(
            (C * (x * y)) ** 2,
            (diagonal_ * x**2) ** 2,
            (-(C**2) * x**2, alike),
            (-(x**4) * b_22**2, squares_[0]),
            (-(x**4) * ABS_11**2, squares_[1]),
        ),
    )
    product_ = same_roots(
        S * T,
        Q * other,
        (number(1), product_squared()),
        (-(b_22**2), squares_[0]),
        (-(ABS_11**2), squares_[1]),
        (number(-2), off),
        (-(x**2), alike),
        (x**2 - diagonal_ - side * Q * other, entry_),
    )
    lengths = (
        (number(1), length()),
        *((number(-1), squared) for squared in squares_),
        (number(-1), alike),
        (number(2), entry_),
    )
    sum_ = same_roots(S + T, Q + other, *lengths, (number(2), product_))
    difference = same_roots(S - T, rest, *lengths, (number(-2), product_))
    half = number(Fraction(1, 2))
    found = settle(field(T, Q, (half, sum_), (-half, difference)), *given)
    conditions = (IS, *place, *small_, entry_.conclusion, ALIKE, SAME_SIGN)
    return generalise(found, (s_1, s_2, r_2, small.x, small.y), *conditions)
