"""The determinant of the end-to-end matrix along its flow, for every N >= 2 and d: its sign."""

from fractions import Fraction
from functools import cache
from typing import Final

from dlnproof.definitions.completion import (
    CONTINUOUS,
    END_FLOW,
    SVD_OF_END,
    absolute,
)
from dlnproof.definitions.geometry import OPERATOR, pair
from dlnproof.definitions.hypotheses import DURING, POSITIVE, SVD, WIDTH, later
from dlnproof.definitions.letters import (
    G,
    N,
    U,
    V,
    W,
    d,
    e,
    end_at,
    gradient_at,
    i,
    k,
    l,
    left_at,
    right_at,
    s,
    sigma,
    sigma_at,
    t,
    x,
    y,
)
from dlnproof.kernel import ranges
from dlnproof.kernel.calculus import (
    derivative_congruence,
    derivative_determinant,
    keeps_sign,
    monotone,
)
from dlnproof.kernel.determinants import (
    determinant_of,
    orthogonal_determinant,
)
from dlnproof.kernel.entries import entry_of, trace_of_entries, trace_with_unit
from dlnproof.kernel.existence import bounded
from dlnproof.kernel.limits import (
    limit_congruence,
    limit_sum,
    limit_through,
    limit_total,
)
from dlnproof.kernel.logic import (
    absurd,
    assume,
    cases,
    contradiction,
    cut,
    generalise,
    instance,
    rewrite,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field, field_in, log_of_one
from dlnproof.kernel.signs import (
    certificate,
    chain,
    decided,
    exponent_antitone,
    exponent_monotone,
    gram_trace_nonnegative,
    log_monotone,
    nonzero_certificate,
    power_positive,
    stricter,
    sum_monotone,
    weaker,
)
from dlnproof.kernel.spectral import other_inverse
from dlnproof.kernel.terms import (
    Family,
    Symbol,
    Term,
    at_most,
    determinant,
    diagonal,
    different,
    each,
    entry,
    equal,
    every,
    fresh,
    inner,
    less,
    log,
    number,
    positive,
    product,
    total,
    trace,
    transpose,
    unit,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces, words
from dlnproof.tactics.cancelling import same_traces, same_words
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import body, changed, inside, then, valued
from dlnproof.tactics.rewriting import by, converted, repeated, rules
from dlnproof.tactics.settle import proved, settle
from dlnproof.tactics.summands import one_of
from dlnproof.tactics.tending import tends

from ..factors.interval import from_to
from ..metric import operator_spectrum

ONE, ZERO, HALF = number(1), number(0), Fraction(1, 2)
E, I, K, L, S, T, X = (letter.term for letter in (e, i, k, l, s, t, x))
PLACE: Final = (at_most(1, I), at_most(I, d))
DEPTH: Final = (at_most(2, N),)


# --- the flow, in its singular vectors ------------------------------------------------------------


def slope() -> Theorem:
    """(U^T A(G) V)_ii = sigma_i^(2-2/N) (U^T G V)_ii, where W = U Sigma V^T > 0."""
    spectrum = operator_spectrum.derive()
    vector = pair(I, I)
    image = specialise(spectrum.concluded["coincident"], I, I)
    turned = specialise(spectrum.concluded["self-adjoint"], vector, G)
    value = sides(image)[1].args[0]
    moved = transitive(turned, changed(sides(turned)[1], image))
    plain = traces(sides(moved)[1], value * inner(vector, G))
    found = transitive(moved, plain)
    return settle(
        field(
            _framed(OPERATOR(N, W, G)),
            value * _framed(G),
            (-ONE, _as_inner(OPERATOR(N, W, G))),
            (value, _as_inner(G)),
            (ONE, found),
        ),
        at_most(1, N),
        *WIDTH,
        *SVD,
        *POSITIVE,
        *PLACE,
    )


def _framed(matrix: Term) -> Term:
    """Return u_i^T M v_i."""
    return entry(transpose(U) * matrix * V, I, I)


def _as_inner(matrix: Term) -> Theorem:
    """Tr((u_i v_i^T)^T M) = u_i^T M v_i."""
    middle = transpose(U) * matrix * V
    e = unit(d, I, I)
    return transitive(
        traces(inner(pair(I, I), matrix), trace(e * middle)), trace_with_unit(e, middle)
    )


# --- the determinant along the flow ---------------------------------------------------------------

LEFT, RIGHT, END = left_at(T), right_at(T), end_at(T)
AT: Final[dict[Symbol, Term | Family]] = {
    W.data: END,
    U.data: LEFT,
    V.data: RIGHT,
    G.data: gradient_at(T),
    sigma: Family((i,), sigma_at(I, T)),
}
"""Values at time t in place of those of one matrix."""
VALUES: Final = diagonal(i, d, sigma_at(I, T))
ALL_POSITIVE: Final = each(i, 1, d, positive(sigma_at(I, T)))
GIVEN: Final = (*DEPTH, *WIDTH, *SVD_OF_END, *DURING)
svd, left, right, above = (specialise(assume(sentence), T) for sentence in SVD_OF_END)


def turned(matrix: Term) -> Term:
    """Return U(t)^T M V(t), with t fixed."""
    return transpose(LEFT) * matrix * RIGHT


def slope_at(index: Term) -> Theorem:
    """u_i^T A(G) v_i = sigma_i^(2-2/N) u_i^T G v_i at time t."""
    return settle(instance(slope(), {**AT, i: index}), svd, left, right, *GIVEN)


@cache
def signs_squared() -> tuple[Theorem, Theorem]:
    """(det U)^2 = 1 and (det V)^2 = 1."""
    return orthogonal_determinant(left), orthogonal_determinant(right)


@cache
def determinant_at() -> Theorem:
    """det W = det U det V sigma_1 ... sigma_d."""
    factors = converted(determinant(END), by(svd))
    factors = transitive(factors, repeated(sides(factors)[1], rules(determinant_of)))
    u, v, values = determinant(LEFT), determinant(RIGHT), product(i, 1, d, sigma_at(I, T))
    return settle(field(determinant(END), u * v * values, (ONE, factors)), *GIVEN)


@cache
def moving() -> Theorem:
    """(det W)' = -det U det V sum_i (the product of the other values) u_i^T A(G) v_i."""
    inner_ = differentiate(turned(end_at(S)), s, T, assume(END_FLOW[0]))
    change = turned(-OPERATOR(N, END, gradient_at(T)))
    inner_ = valued(inner_, words(inner_.conclusion.args[1], change))
    here = changed(turned(END), svd)
    plain = same_words(sides(here)[1], VALUES, left, right)
    found = derivative_determinant(inner_, transitive(here, plain))

    u, v = determinant(LEFT), determinant(RIGHT)
    scaled = differentiate(u * v * determinant(turned(end_at(S))), s, T, found)
    whole = found.conclusion.args[1]
    scaled = valued(scaled, field(scaled.conclusion.args[1], u * v * whole))
    factors = repeated(determinant(turned(end_at(S))), rules(determinant_of))
    one, other = signs_squared()
    same = field(
        u * v * determinant(turned(end_at(S))),
        determinant(end_at(S)),
        (u * v, factors),
        (v**2 * determinant(end_at(S)), one),
        (determinant(end_at(S)), other),
    )
    return settle(derivative_congruence(scaled, same, s), *GIVEN)


def rates() -> Term:
    """Return sum_i sigma_i^(1 - 2/N) u_i^T G v_i."""
    value = sigma_at(I, T)
    return total(i, 1, d, value ** (1 - 2 / N) * entry(turned(gradient_at(T)), I, I))


@cache
def change_where_positive() -> Theorem:
    """(det W)' = -det W sum_i sigma_i^(1 - 2/N) u_i^T G v_i, where all values are positive."""
    value = moving().conclusion.args[1]
    sum_ = value.args[1]
    values = product(i, 1, d, sigma_at(I, T))

    def summand(index: Term) -> Theorem:
        others, change = body(sum_, index).args
        parted = ranges.split(values, index)
        parted = then(parted, ranges.top(sides(parted)[1].args[0]))
        matrix, plain = change.args[0], -turned(OPERATOR(N, END, gradient_at(T)))
        entry_ = transitive(changed(change, words(matrix, plain)), entry_of(plain, index, index))
        return field(
            body(sum_, index),
            -values * body(rates(), index),
            (others, entry_),
            (-others, slope_at(index)),
            (body(rates(), index), parted),
        )

    summed = inside(sum_, summand, *GIVEN, ALL_POSITIVE)
    x_ = fresh(ONE.sort)
    pulled = ranges.linear_image(rates(), x_, -values * x_.term)
    found = field(
        value,
        -determinant(END) * rates(),
        (value.args[0], summed),
        (-value.args[0], pulled),
        (rates(), determinant_at()),
    )
    return settle(found, *GIVEN, ALL_POSITIVE)


def nonzero_sign(squared: Theorem) -> Theorem:
    """x != 0 from x^2 = 1."""
    value = sides(squared)[0].args[0]
    wrong = field(ONE, ZERO, (-ONE, squared), (value, assume(equal(value, 0))))
    return contradiction(absurd(wrong, decided(different(ONE, ZERO))), different(value, 0))


def rate() -> Theorem:
    """(log |det W|)' = -sum_i sigma_i^(1 - 2/N) u_i^T G v_i, where all values are positive."""
    size = determinant(END)
    signs = [nonzero_sign(squared) for squared in signs_squared()]
    values = proved(different(product(i, 1, d, sigma_at(I, T)), 0), ALL_POSITIVE, *GIVEN)
    nonzero = nonzero_certificate(different(size, 0), [*signs, values], [(-ONE, determinant_at())])
    change = valued(moving(), change_where_positive())
    found = differentiate(log(absolute(determinant(end_at(S)))), s, T, change)
    square = size**2
    value = field_in(
        [square],
        found.conclusion.args[1],
        -rates(),
        (rates() / square, field(square, size * size)),
    )
    found = settle(valued(found, value), nonzero, *GIVEN, ALL_POSITIVE)
    return generalise(found, t, *DURING, ALL_POSITIVE)


# --- its sign -------------------------------------------------------------------------------------

BOUND, STOP = y.term, x.term
"""Of |W|^2 + |G|^2, from time 0 to the time STOP."""
MOST = 1 + 2 * BOUND
"""A bound of sigma_i^(1 - 2/N) u_i^T G v_i."""


def square(matrix: Term) -> Term:
    """Return |M|^2."""
    return trace(transpose(matrix) * matrix)


def sizes(time: Term) -> Term:
    """Return |W|^2 + |G|^2, at a time."""
    return square(end_at(time)) + square(gradient_at(time))


def limited(stop: Term) -> Term:
    """Return that |W|^2 + |G|^2 <= y from time 0 to another."""
    return every(s, (at_most(ZERO, S), at_most(S, stop)), at_most(sizes(S), BOUND))


def each_limited() -> tuple[Theorem, Theorem]:
    """|W|^2 <= y and |G|^2 <= y, for 0 <= t <= STOP."""
    both = specialise(assume(limited(STOP)), T)
    one, other = end_at(T), gradient_at(T)
    return (
        certificate(at_most(square(one), BOUND), [[both], [gram_trace_nonnegative(other)]]),
        certificate(at_most(square(other), BOUND), [[both], [gram_trace_nonnegative(one)]]),
    )


def sum_of_squares(matrix: Term) -> Theorem:
    """|M|^2 is the sum over k and l of M_lk^2."""
    plain = trace_of_entries(transpose(matrix) * matrix)

    def column(k: Term) -> Theorem:
        found = entry_of(transpose(matrix) * matrix, k, k)

        def squared(l: Term) -> Theorem:
            turned_ = entry_of(transpose(matrix), k, l)
            here = changed(entry(transpose(matrix), k, l) * entry(matrix, l, k), turned_)
            return transitive(here, field(sides(here)[1], entry(matrix, l, k) ** 2))

        return then(found, inside(sides(found)[1], squared, *WIDTH, *range_of(k)))

    return settle(then(plain, inside(sides(plain)[1], column, *WIDTH)), *WIDTH)


def value_bounded(index: Term) -> Theorem:
    """sigma_i^2 <= y: the squares of all values add up to |W|^2."""
    size = square(END)
    plain = changed(size, svd)
    plain = transitive(plain, same_traces(sides(plain)[1], trace(VALUES * VALUES), left, right))
    plain = transitive(plain, trace_of_entries(VALUES * VALUES))
    whole = sides(plain)[1]

    def squared(k: Term) -> Theorem:
        found = entry_of(VALUES * VALUES, k, k)
        found = then(found, entry_of(VALUES, k, k))
        return transitive(found, field(sides(found)[1], sigma_at(k, T) ** 2))

    plain = settle(then(plain, inside(whole, squared, *GIVEN)), *GIVEN)
    one_ = one_of(sides(plain)[1], index, *GIVEN, *range_of(index))
    return chain(one_, weaker(symmetric(plain)), assume(at_most(size, BOUND)))


def range_of(index: Term) -> tuple[Term, Term]:
    """Return 1 <= i and i <= d."""
    return at_most(1, index), at_most(index, d)


def slope_bounded(index: Term) -> Theorem:
    """(u_i^T G v_i)^2 <= y: the squares of all entries of U^T G V add up to |G|^2."""
    middle, g = turned(gradient_at(T)), gradient_at(T)
    others = [other_inverse(theorem) for theorem in (left, right)]
    plain = symmetric(same_traces(square(middle), square(g), *others))
    plain = settle(transitive(plain, sum_of_squares(middle)), *GIVEN)
    columns = sides(plain)[1]
    known = (*GIVEN, *range_of(index))
    in_column = one_of(body(columns, index), index, *known)
    in_all = one_of(columns, index, *known)
    return chain(in_column, in_all, weaker(symmetric(plain)), assume(at_most(square(g), BOUND)))


def rate_bounded(index: Term) -> Theorem:
    """sigma_i^(1 - 2/N) u_i^T G v_i <= 1 + 2 y: the power is at most 1 + sigma_i."""
    value, exponent = sigma_at(index, T), 1 - 2 / N
    above_ = proved(positive(value), ALL_POSITIVE, *range_of(index))
    inverse = power_positive(proved(positive(number(N)), *GIVEN), -1)
    low = certificate(
        at_most(ZERO, exponent), [[proved(at_most(number(2), number(N)), *DEPTH), inverse]]
    )
    high = certificate(at_most(exponent, ONE), [[2, inverse]])
    goal = at_most(value**exponent, 1 + value)
    small, large = assume(at_most(value, ONE)), assume(less(ONE, value))
    at_zero, at_one = field(value**ZERO, ONE), field(value**ONE, value)
    one_ = exponent_antitone(above_, small, low)
    other = exponent_monotone(weaker(large), high)
    letters = [value**exponent, value**ZERO, value**ONE, value]
    power = cases(
        certificate(goal, [[one_], [above_]], [(-ONE, at_zero)], letters),
        certificate(goal, [[other], [1]], [(-ONE, at_one)], letters),
        on=(small.conclusion, large.conclusion),
    )
    slope_ = entry(turned(gradient_at(T)), index, index)
    rate_ = value**exponent
    low_rate = proved(at_most(ZERO, rate_), above_)
    found = certificate(
        at_most(rate_ * slope_, MOST),
        [
            [HALF, rate_ - slope_],
            [HALF, power, sum_of(low_rate, above_)],
            [HALF, value - 1],
            [3 * HALF, value_bounded(index)],
            [HALF, value],
            [HALF, slope_bounded(index)],
        ],
        [],
        [rate_, slope_, value],
    )
    return settle(found, above_, *GIVEN)


def sum_of(low_rate: Theorem, above_: Theorem) -> Theorem:
    """0 <= rate + (1 + sigma), the other factor of (1 + sigma)^2 - rate^2."""
    rate_, value = low_rate.conclusion.args[1], above_.conclusion.args[1]
    return certificate(at_most(ZERO, rate_ + (1 + value)), [[low_rate], [1], [above_]])


TOTAL = number(d) * MOST
"""A bound of sum_i sigma_i^(1 - 2/N) u_i^T G v_i."""
SIZE = determinant(END)


def all_positive() -> Theorem:
    """All singular values are positive where det W != 0."""
    values = product(i, 1, d, sigma_at(I, T))
    parted = ranges.split(values, I)
    parted = then(parted, ranges.top(sides(parted)[1].args[0]))
    before, rest = sides(parted)[1].args
    u, v = determinant(LEFT), determinant(RIGHT)
    zero_ = assume(equal(sigma_at(I, T), 0))
    vanishes = field(
        SIZE,
        ZERO,
        (ONE, determinant_at()),
        (u * v, parted),
        (u * v * before.args[0] * rest, zero_),
    )
    false = absurd(vanishes, assume(different(SIZE, 0)))
    positive_ = stricter(specialise(above, I), contradiction(false, different(sigma_at(I, T), 0)))
    return generalise(settle(positive_, *GIVEN, *PLACE), i, *PLACE)


@cache
def growth() -> Theorem:
    """-d (1 + 2y) (det W)^2 <= det W (det W)', whether or not det W = 0."""
    change = moving().conclusion.args[1]
    goal = at_most(-TOTAL * SIZE**2, SIZE * change)
    letters = [SIZE, change, rates()]

    at_zero = assume(equal(SIZE, 0))
    one_ = certificate(goal, [], [(change + TOTAL * SIZE, at_zero)], letters)

    nonzero = assume(different(SIZE, 0))
    each_ = settle(rate_bounded(I), *GIVEN, *PLACE)
    summed = sum_monotone(each_, i, 1, d)
    count = ranges.constant(summed.conclusion.args[1])
    below = certificate(at_most(rates(), TOTAL), [[summed]], [(-ONE, count)], [rates()])
    other = certificate(goal, [[SIZE, below]], [(SIZE, change_where_positive())], letters)
    other = cut(settle(other, *GIVEN), all_positive())
    return settle(cases(one_, other, on=(at_zero.conclusion, nonzero.conclusion)), *GIVEN)


def kept_off_zero() -> Theorem:
    """det W(STOP) != 0: (det W)^2 2^(ct) grows, for c log 2 = 2 d (1 + 2 y)."""
    rate_ = 2 * TOTAL / log(number(2))
    start, end = determinant(end_at(ZERO)), determinant(end_at(STOP))
    grown = differentiate(determinant(end_at(S)) ** 2 * number(2) ** (rate_ * S), s, T, moving())
    logarithm = log_monotone(decided(less(ZERO, ONE)), decided(less(ONE, number(2))))
    logarithm = rewrite(logarithm, log_of_one())
    weight, change = number(2) ** (rate_ * T), moving().conclusion.args[1]
    plain = field_in(
        [weight, change],
        grown.conclusion.args[1],
        weight * (2 * (SIZE * change) + 2 * (TOTAL * SIZE**2)),
    )
    grown = settle(valued(grown, plain), logarithm, *GIVEN)
    twice = power_positive(decided(less(ZERO, number(2))), rate_ * T)
    sign = certificate(
        at_most(ZERO, sides(plain)[1]), [[2, twice, growth()]], [], [weight, change, SIZE]
    )
    sign = settle(sign, *each_limited(), *GIVEN)
    grown, sign = (from_to(theorem, ZERO, STOP) for theorem in (grown, sign))
    found = monotone(grown, sign, t, ZERO, STOP, between=(ZERO, STOP))

    vanishes, before = assume(equal(end, 0)), assume(positive(start))
    first, last = (number(2) ** (rate_ * time) for time in (ZERO, STOP))
    wrong = certificate(
        less(ZERO, ZERO),
        [[found], [before, before, power_positive(decided(less(ZERO, number(2))), rate_ * ZERO)]],
        [(-end * last, vanishes)],
        [start, end, first, last],
    )
    false = absurd(wrong, decided(at_most(ZERO, ZERO)))
    return settle(contradiction(false, different(end, 0)), *GIVEN)


@cache
def continuous() -> Theorem:
    """|W|^2 + |G|^2 is continuous: W is differentiable, and the entries of G are continuous."""
    later = T + S * E
    near = tends(later, e)
    squares = differentiate(square(end_at(X)), x, T, assume(END_FLOW[0]))
    of_w = limit_through(squares, near, field(near.conclusion.args[0], T))

    place = (*range_of(K), *range_of(L))
    given = specialise(specialise(specialise(assume(CONTINUOUS[0]), L), K), T, S)
    of_g = settle(tends(entry(gradient_at(later), L, K) ** 2, e, given), *place)
    of_g = limit_total(limit_total(of_g, l, 1, d), k, 1, d)
    of_g = limit_congruence(of_g, symmetric(sum_of_squares(gradient_at(later))), e, 1)
    of_g = valued(of_g, symmetric(sum_of_squares(gradient_at(T))))
    return settle(limit_sum(of_w, of_g), *WIDTH, decided(less(ZERO, ONE)))


@cache
def sign() -> Theorem:
    """0 < det W(STOP): it does not vanish before, and is continuous."""
    within, place = (at_most(ZERO, S), at_most(S, T)), (at_most(ZERO, T), at_most(T, STOP))
    shorter = cut(specialise(assume(limited(STOP)), S), chain(assume(within[1]), assume(place[1])))
    shorter = generalise(shorter, s, *within)
    nonzero = cut(from_to(instance(kept_off_zero(), {x: T}), ZERO, STOP), shorter)
    start = assume(positive(determinant(end_at(ZERO))))
    found = keeps_sign(from_to(moving(), ZERO, STOP), nonzero, start, t, (ZERO, STOP))
    found = settle(found, *GIVEN)
    found = bounded(found, y, from_to(continuous(), ZERO, STOP), t, s, between=(ZERO, STOP))
    conditions = (*later(STOP), start.conclusion)
    return generalise(settle(found, *GIVEN), x, *conditions)
