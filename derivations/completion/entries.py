"""Singular values of 2 x 2 matrices from their entries, and where they are least."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from functools import cache

from dlnproof.definitions import small
from dlnproof.definitions.small import (
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
    sides,
    symmetric,
    transitive,
    weaken,
)
from dlnproof.kernel.numbers import field, field_in
from dlnproof.kernel.signs import apart, certificate, power_injective, power_monotone
from dlnproof.kernel.terms import (
    FALSE,
    INT,
    Symbol,
    Term,
    array,
    at_most,
    determinant,
    entry,
    equal,
    fresh,
    inner,
    integer,
    less,
    number,
    positive,
    root,
    trace,
    transpose,
    within,
)
from dlnproof.kernel.theorem import Refused, Theorem
from dlnproof.kernel.words import traces
from dlnproof.tactics.equations import changed, then
from dlnproof.tactics.rewriting import repeated
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
    given = (*GIVEN, IS, *POSITIVE, SIDES[side])
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
    given = (*GIVEN, IS, *POSITIVE, SIDES[side])
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
    given = (*BOTH, SIDES[side])
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
