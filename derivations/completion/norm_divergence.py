"""Gradient flow drives every norm to infinity on one completion problem (RC2020, Theorem 1)."""

from fractions import Fraction
from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.completion import (
    LOG_RANK,
    QUASI,
    RHO,
    TWO,
    absolute,
    distance,
    nu,
)
from dlnproof.definitions.hypotheses import LATER, NONNEGATIVE, ORDERED, SVD
from dlnproof.definitions.letters import (
    SIGMA,
    V,
    W,
    c,
    d,
    e,
    end_at,
    rho,
    sigma,
    t,
    x,
    y,
)
from dlnproof.kernel.determinants import (
    determinant_of_two,
)
from dlnproof.kernel.entries import entry_of
from dlnproof.kernel.limits import log_below
from dlnproof.kernel.logic import (
    absurd,
    assume,
    contradiction,
    cut,
    generalise,
    instance,
    rewrite,
    sides,
    specialise,
    symmetric,
    transitive,
    unfold,
)
from dlnproof.kernel.numbers import field, field_in, log_of_one, log_of_power, log_of_quotient
from dlnproof.kernel.signs import (
    certificate,
    decided,
    log_monotone,
    power_injective,
    power_monotone,
    power_positive,
    stricter,
    unique_root,
    weaker,
)
from dlnproof.kernel.signs import turned as turned_sides
from dlnproof.kernel.spectral import other_inverse
from dlnproof.kernel.terms import (
    Term,
    at_most,
    determinant,
    different,
    entry,
    equal,
    identity,
    less,
    log,
    multiply,
    number,
    positive,
    root,
    transpose,
    unit,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.absolute import (
    absolute_nonnegative,
    absolute_of_product,
    absolute_squared,
    below_absolute,
    below_by_squares,
    length,
    length_squared,
    positive_factor,
    triangle_of_lengths,
)
from dlnproof.tactics.cancelling import same_words
from dlnproof.tactics.entrywise import (
    same_matrices,
    same_numbers,
    square_of_product,
    squares_of_values,
    written_out,
)
from dlnproof.tactics.equations import changed, then
from dlnproof.tactics.settle import proved, settle

from .determinant_flow import (
    continuous,
    determinant_at,
    growth,
    moving,
    rate,
    sign,
    slope,
)

ONE, ZERO, HALF = number(1), number(0), Fraction(1, 2)
T = t.term


# --- where the loss is small ----------------------------------------------------------------------

W11, W12, W21, W22 = (entry(W, r, k) for r in (1, 2) for k in (1, 2))
DISTANCE = rho.term
FIRST, SECOND = sigma(1), sigma(2)
DET = determinant(W)
OBSERVED: Final = (*TWO, positive(DET), less(DISTANCE, ONE))
KNOWN: Final = (*OBSERVED, *NONNEGATIVE, *ORDERED)


def observed(theorem: Theorem) -> Theorem:
    """Return the theorem as a sentence about what is observed."""
    return generalise(settle(theorem, *KNOWN), (), *OBSERVED)


def in_ratio(theorem: Theorem) -> Theorem:
    """Return the theorem as a sentence about what is observed, with e for sigma_2 / sigma_1."""
    ratio_ = assume(equal(e.term, SECOND / FIRST))
    short = rewrite(settle(theorem, *KNOWN), symmetric(ratio_))
    return generalise(short, (), *OBSERVED, ratio_.conclusion)


@cache
def distance_squared() -> Theorem:
    """rho^2 = (w_12 - 1)^2 + (w_21 - 1)^2 + w_22^2."""
    root_ = sides(assume(RHO[0]))[1]
    squares = root_.args[0]
    return settle(field(DISTANCE**2, squares, (DISTANCE + root_, assume(RHO[0]))))


@cache
def distance_nonnegative() -> Theorem:
    """0 <= rho."""
    root_ = sides(assume(RHO[0]))[1]
    return rewrite(proved(at_most(ZERO, root_)), symmetric(assume(RHO[0])))


def within_distance(value: Term, *others: Term) -> Theorem:
    """x <= rho where rho^2 is x^2 and other squares."""
    squares = certificate(
        at_most(value**2, DISTANCE**2), [[other] for other in others], [(ONE, distance_squared())]
    )
    return below_by_squares(squares, distance_nonnegative())


def residuals() -> dict[Term, Theorem]:
    """1 - w_12 <= rho, 1 - w_21 <= rho, and |w_22| <= rho."""
    squares = certificate(
        at_most(absolute(W22) ** 2, DISTANCE**2),
        [[W12 - 1], [W21 - 1]],
        [(ONE, distance_squared()), (-ONE, absolute_squared(W22))],
        [absolute(W22)],
    )
    return {
        W12: within_distance(1 - W12, W21 - 1, W22),
        W21: within_distance(1 - W21, W12 - 1, W22),
        W22: below_by_squares(squares, distance_nonnegative()),
    }


def gap() -> Theorem:
    """0 < 1 - rho."""
    return certificate(less(ZERO, 1 - DISTANCE), [[assume(OBSERVED[2])]])


@cache
def product_bounded() -> Theorem:
    """(1 - rho)^2 <= |w_11| rho: |w_11| |w_22| > w_12 w_21, and rho >= |w_22|."""
    close, positive_ = residuals(), assume(OBSERVED[1])
    size, other, both = absolute(W11), absolute(W22), absolute(W11 * W22)
    return certificate(
        at_most((1 - DISTANCE) ** 2, size * DISTANCE),
        [
            [positive_],
            [below_absolute(W11 * W22, 1)],
            [absolute_nonnegative(W11), close[W22]],
            [close[W12], close[W21]],
            [gap(), close[W12]],
            [gap(), close[W21]],
        ],
        [(-ONE, determinant_of_two(W)), (-ONE, absolute_of_product(W11, W22))],
        [size, other, both],
    )


@cache
def distance_positive() -> Theorem:
    """0 < rho: else 0 were (1 - rho)^2 = 1."""
    is_zero = assume(equal(DISTANCE, 0))
    wrong = certificate(
        less(ZERO, ZERO),
        [[product_bounded()], [gap(), gap()]],
        [(-absolute(W11), is_zero)],
        [absolute(W11)],
    )
    false = absurd(wrong, decided(at_most(ZERO, ZERO)))
    distinct = contradiction(false, different(DISTANCE, 0))
    return stricter(distance_nonnegative(), turned_sides(distinct))


def least_entry() -> Theorem:
    """(1 - rho)^2 / rho <= |w_11|."""
    inverse = power_positive(distance_positive(), -1)
    found = certificate(
        at_most((1 - DISTANCE) ** 2 / DISTANCE, absolute(W11)),
        [[product_bounded(), inverse]],
        [],
        [absolute(W11)],
    )
    return settle(found, distance_positive())


# --- singular values ------------------------------------------------------------------------------


@cache
def squares() -> Theorem:
    """sigma_1^2 + sigma_2^2 = w_11^2 + w_12^2 + w_21^2 + w_22^2."""
    values = squares_of_values(*map(assume, SVD))
    size = sides(values)[0]
    entries = same_numbers(size, W11**2 + W12**2 + W21**2 + W22**2)
    return settle(transitive(symmetric(values), entries), *KNOWN)


@cache
def both() -> Theorem:
    """sigma_1 sigma_2 = det W."""
    squared = square_of_product(*map(assume, SVD))
    above_ = proved(at_most(ZERO, FIRST * SECOND), *KNOWN)
    return settle(power_injective(above_, weaker(assume(OBSERVED[1])), squared), *KNOWN)


@cache
def positive_values() -> tuple[Theorem, Theorem]:
    """0 < sigma_1 and 0 < sigma_2."""
    whole = certificate(less(ZERO, FIRST * SECOND), [[assume(OBSERVED[1])]], [(ONE, both())])
    one_, other = (
        positive_factor(proved(at_most(ZERO, value), *KNOWN), whole) for value in (FIRST, SECOND)
    )
    return one_, other


def second_value() -> Theorem:
    """sigma_2 <= rho: sigma_1 + sigma_2 and sigma_1 - sigma_2 are lengths of vectors.

    Of (w_11 + w_22, w_12 - w_21) and (w_11 - w_22, w_12 + w_21), which are (w_11, 0) and (w_11, 2)
    up to vectors whose lengths are together at most 2 rho.
    """
    b, g = W12 - 1, W21 - 1

    def is_length(value: Term, x_: Term, y_: Term, sign: int) -> Theorem:
        squared = field(
            value**2,
            x_**2 + y_**2,
            (ONE, squares()),
            (2 * sign * ONE, both()),
            (2 * sign * ONE, determinant_of_two(W)),
        )
        return unique_root(proved(at_most(ZERO, value), *KNOWN), squared)

    sum_ = is_length(FIRST + SECOND, W11 + W22, ZERO + (b - g), 1)
    difference = is_length(FIRST - SECOND, W11 - W22, W12 + W21, -1)
    one_ = triangle_of_lengths((W11, ZERO), (W22, b - g))
    other = triangle_of_lengths((W11 - W22, W12 + W21), (W22, -(b + g)))
    u, v = length(W22, b - g), length(W22, -(b + g))
    low, high = length(W11, ZERO), other.conclusion.args[0]
    longer = certificate(at_most(low.args[0], high.args[0]), [[4]])
    longer = power_monotone(proved(at_most(ZERO, low.args[0])), longer, low.args[1])
    squared = certificate(
        at_most((u + v) ** 2, (2 * DISTANCE) ** 2),
        [[u - v]],
        [
            (4 * ONE, distance_squared()),
            (-2 * ONE, length_squared(W22, b - g)),
            (-2 * ONE, length_squared(W22, -(b + g))),
        ],
        [u, v],
    )
    twice = certificate(at_most(ZERO, 2 * DISTANCE), [[2, distance_nonnegative()]])
    short = below_by_squares(squared, twice)
    found = certificate(
        at_most(SECOND, DISTANCE),
        [[HALF, theorem] for theorem in (short, one_, longer, other)],
        [(ONE / 2, sum_), (-ONE / 2, difference)],
        [u, v, low, high, sides(sum_)[0], sides(difference)[0]],
    )
    return settle(found, *KNOWN)


@cache
def first_value() -> Theorem:
    """|w_11| <= sigma_1: w_11^2 + w_21^2 = sigma_1^2 v_11^2 + sigma_2^2 v_12^2."""
    svd_, left_, right_ = (assume(sentence) for sentence in SVD)
    gram, values = transpose(W) * W, V * SIGMA * SIGMA * transpose(V)
    plain = changed(gram, svd_)
    plain = transitive(plain, same_words(sides(plain)[1], values, left_))
    v_1, v_2 = entry(V, 1, 1), entry(V, 1, 2)
    moved = changed(entry(gram, 1, 1), plain)
    by_values = same_numbers(sides(moved)[1], FIRST**2 * v_1**2 + SECOND**2 * v_2**2)
    column = same_numbers(entry(gram, 1, 1), W11**2 + W21**2)
    unit_row = changed(entry(V * transpose(V), 1, 1), other_inverse(right_))
    row = field(
        v_1**2 + v_2**2,
        ONE,
        (ONE, unit_row),
        (-ONE, same_numbers(sides(unit_row)[0], v_1**2 + v_2**2)),
        (ONE, entry_of(identity(d), 1, 1)),
    )
    ordered = proved(at_most(SECOND, FIRST), *KNOWN)
    above_ = proved(at_most(ZERO, FIRST + SECOND), *KNOWN)
    found = certificate(
        at_most(absolute(W11) ** 2, FIRST**2),
        [[W21], [ordered, above_, v_2]],
        [
            (-ONE, absolute_squared(W11)),
            (ONE, column),
            (-ONE, moved),
            (-ONE, by_values),
            (-(FIRST**2), row),
        ],
        [absolute(W11)],
    )
    first = proved(at_most(ZERO, FIRST), *KNOWN)
    return settle(below_by_squares(found, first), *KNOWN)


@cache
def ratio() -> Theorem:
    """(1 - rho)^2 sigma_2 <= rho^2 sigma_1."""
    found = certificate(
        at_most((1 - DISTANCE) ** 2 * SECOND, DISTANCE**2 * FIRST),
        [
            [distance_nonnegative(), distance_nonnegative(), first_value()],
            [distance_nonnegative(), product_bounded()],
            [gap(), gap(), second_value()],
        ],
        [],
        [absolute(W11)],
    )
    return settle(found, *KNOWN)


# --- the effective rank ---------------------------------------------------------------------------

SHARE: Final = SECOND / FIRST
INVERSE: Final = log(1 / SHARE)
ENTROPY: Final = log(1 + SHARE) + SHARE / (1 + SHARE) * INVERSE


def entropy_of_two() -> Theorem:
    """The entropy of 1/(1 + e) and e/(1 + e) is log(1 + e) + e/(1 + e) log(1/e)."""
    plain = transitive(unfold(LOG_RANK()), written_out(sides(unfold(LOG_RANK()))[1]))
    plain = settle(plain, *KNOWN)
    whole = FIRST + SECOND
    logs = []
    for value, share in ((FIRST, ONE), (SECOND, SHARE)):
        same = changed(log(value / whole), field(value / whole, share / (1 + SHARE)))
        logs.append(then(same, log_of_quotient(share, 1 + SHARE)))
    found = field(
        LOG_RANK(),
        ENTROPY,
        (ONE, plain),
        (-FIRST / whole, logs[0]),
        (-SECOND / whole, logs[1]),
        (-FIRST / whole, log_of_one()),
        (-SHARE / (1 + SHARE), log_of_quotient(ONE, SHARE)),
        (-SHARE / (1 + SHARE), log_of_one()),
    )
    return settle(found, *positive_values(), *KNOWN)


@cache
def entropy_bounded() -> Theorem:
    """log(1 + e) + e/(1 + e) log(1/e) <= e (1 + log(1/e)), as e <= 1."""
    share = proved(positive(SHARE), *positive_values())
    inverse = power_positive(positive_values()[0], -1)
    most = certificate(at_most(SHARE, ONE), [[proved(at_most(SECOND, FIRST), *KNOWN), inverse]])
    least = certificate(at_most(ONE, 1 / SHARE), [[most, power_positive(share, -1)]], [], [SHARE])
    logarithm = rewrite(log_monotone(decided(less(ZERO, ONE)), least), log_of_one())
    other = power_positive(proved(positive(1 + SHARE), share), -1)
    found = certificate(
        at_most(ENTROPY, SHARE * (1 + INVERSE)),
        [[log_below(1 + SHARE)], [logarithm, SHARE, other]],
        [],
        [SHARE, INVERSE],
    )
    return settle(found, share, *positive_values(), *KNOWN)


def rank_bounded() -> Theorem:
    """log erank <= 2 rho / (1 - rho): with w^2 = e, e (1 + log(1/e)) <= 2 w - w^2."""
    share = proved(positive(SHARE), *positive_values())
    w = root(SHARE)
    above_ = power_positive(share, w.args[1])
    square = settle(field_in([SHARE], w**2, SHARE), share)
    same = field_in([SHARE, w], 1 / SHARE, (1 / w) ** 2, (1 / (SHARE * w**2), square))
    twice = then(changed(INVERSE, same), log_of_power(1 / w, 2))
    most = DISTANCE / (1 - DISTANCE)
    first = power_positive(positive_values()[0], -1)
    less_ = power_positive(gap(), -1)
    squares_ = certificate(
        at_most(w**2, most**2), [[ratio(), first, less_, less_]], [(-ONE, square)], [w]
    )
    below = below_by_squares(squares_, proved(at_most(ZERO, most), distance_nonnegative(), gap()))
    found = certificate(
        at_most(LOG_RANK(), 2 * DISTANCE / (1 - DISTANCE)),
        [[entropy_bounded()], [2, share, log_below(1 / w)], [2, below], [w]],
        [
            (-ONE, entropy_of_two()),
            (-SHARE, twice),
            (2 / w - 1, square),
        ],
        [w, SHARE, LOG_RANK(), INVERSE],
    )
    return settle(found, share, above_, *positive_values(), gap(), *KNOWN)


# --- norms ----------------------------------------------------------------------------------------

C = c.term
UNITS = {(r, k): unit(d, r, k) for r in (1, 2) for k in (1, 2)}
LENGTHS = {place: nu(matrix) for place, matrix in UNITS.items()}
positive_c, nonnegative_nu, sum_nu, multiple_nu = (assume(sentence) for sentence in QUASI)


@cache
def norm_bounded() -> Theorem:
    """The bound of |w_11|, times |E_11|, is at most c |W| and what the other entries add."""
    first, second, third, fourth = (
        multiply(entry(W, r, k), UNITS[r, k]) for r, k in ((1, 1), (1, 2), (2, 1), (2, 2))
    )
    rest, last = second + (third + fourth), third + fourth
    minus = multiply(number(-1), rest)
    parted = changed(nu(first), same_matrices(first, W + minus))
    sizes = [
        specialise(multiple_nu, entry(W, r, k), UNITS[r, k])
        for r, k in ((1, 1), (1, 2), (2, 1), (2, 2))
    ]
    turned_ = specialise(multiple_nu, number(-1), rest)
    sums = [
        specialise(sum_nu, one_, other)
        for one_, other in ((W, minus), (second, last), (third, fourth))
    ]
    signs = {place: specialise(nonnegative_nu, matrix) for place, matrix in UNITS.items()}
    most = {
        W12: entry_bounded(W12, W21),
        W21: entry_bounded(W21, W12),
        W22: residuals()[W22],
    }
    bound = (1 - DISTANCE) ** 2 / DISTANCE
    others = C * ((1 + DISTANCE) * LENGTHS[1, 2]) + C**2 * (
        (1 + DISTANCE) * LENGTHS[2, 1] + DISTANCE * LENGTHS[2, 2]
    )
    found = certificate(
        at_most(bound * LENGTHS[1, 1], C * (nu(W) + others)),
        [
            [sums[0]],
            [least_entry(), signs[1, 1]],
            [positive_c, sums[1]],
            [positive_c, positive_c, most[W12], signs[1, 2]],
            [positive_c, positive_c, sums[2]],
            [positive_c, positive_c, positive_c, most[W21], signs[2, 1]],
            [positive_c, positive_c, positive_c, most[W22], signs[2, 2]],
        ],
        [
            (-ONE, parted),
            (ONE, sizes[0]),
            (-(C**2), sizes[1]),
            (-(C**3), sizes[2]),
            (-(C**3), sizes[3]),
            (-C, turned_),
        ],
        [absolute(e) for e in (W11, W12, W21, W22)],
    )
    return settle(found, distance_positive(), *KNOWN)


def entry_bounded(value: Term, other: Term) -> Theorem:
    """|w| <= 1 + rho, for w within rho of 1."""
    above_, below = (
        within_distance(sign * (value - 1), other - 1, W22) for sign in (number(1), number(-1))
    )
    squares_ = certificate(
        at_most(absolute(value) ** 2, (1 + DISTANCE) ** 2),
        [[above_, below], [2, above_]],
        [(-ONE, absolute_squared(value))],
        [absolute(value)],
    )
    top = certificate(at_most(ZERO, 1 + DISTANCE), [[1], [distance_nonnegative()]])
    return below_by_squares(squares_, top)


@cache
def divergence() -> Theorem:
    """Every number is at most |W|, as soon as rho is small."""
    others = 2 * LENGTHS[1, 2] + C * (2 * LENGTHS[2, 1] + 2 * LENGTHS[2, 2])
    half = at_most(2 * DISTANCE, ONE)
    small = at_most(4 * C * (T + C * others) * DISTANCE, LENGTHS[1, 1])
    short, inverse = assume(half), power_positive(distance_positive(), -1)
    by_c = power_positive(positive_c, -1)
    low = certificate(at_most(DISTANCE, 3 * ONE / 2), [[HALF, short], [1]])
    signs = {place: specialise(nonnegative_nu, matrix) for place, matrix in UNITS.items()}
    found = certificate(
        at_most(T, nu(W)),
        [
            [by_c, norm_bounded()],
            [by_c, HALF, short, low, inverse, signs[1, 1]],
            [by_c, Fraction(1, 4), inverse, assume(small)],
            [positive_c, HALF, short, signs[1, 2]],
            [positive_c, HALF, signs[1, 2]],
            [positive_c, positive_c, HALF, short, signs[2, 1]],
            [positive_c, positive_c, HALF, signs[2, 1]],
            [positive_c, positive_c, HALF, short, signs[2, 2]],
            [positive_c, positive_c, 3 * HALF, signs[2, 2]],
        ],
    )
    return generalise(
        settle(found, distance_positive(), positive_c, *KNOWN), t, *OBSERVED, half, small
    )


def divergence_along() -> Theorem:
    """The same along the flow, from det W(0) > 0: the determinant keeps its sign."""
    time, bound, size = (letter.term for letter in (t, y, x))
    start = positive(determinant(end_at(ZERO)))
    above = settle(specialise(sign(), time), start, *LATER)
    put = {W.data: end_at(time), rho: size}
    found = instance(specialise(divergence(), bound), put)
    half = assume(at_most(2 * size, ONE))
    small = certificate(less(size, ONE), [[HALF, half], [HALF]])
    found = cut(found, above, small)
    is_distance = equal(size, distance(end_at(time)))
    [short] = [h for h in found.hypotheses if bound.data in h.free]
    conditions = (*LATER, *TWO, start, is_distance, half.conclusion, short)
    return generalise(found, (t, y, x), *conditions)


@cache
def derive() -> Deduction:
    """Return the derivation that the determinant keeps its sign, and of what it implies."""
    proof = Deduction("norm-divergence")
    proof.show("slope", slope(), "In the singular vectors of $W$ the operator is a multiple:")
    proof.show("determinant", determinant_at(), "The determinant is, up to a sign,")
    proof.show("moving", moving(), "and moves, by Jacobi's formula, with")
    proof.conclude("rate", rate(), "Where it does not vanish, its logarithm moves too.")
    proof.show("growth", growth(), "While $W$ and $G$ are bounded it cannot fall fast,")
    proof.show("continuous", continuous(), "and they are, as they are continuous:")
    proof.conclude("sign", sign(), "So it never falls to zero.")
    proof.show("product", product_bounded(), "Now $w_{11}w_{22}>w_{12}w_{21}$; so")
    proof.conclude("entry", observed(least_entry()), "and")
    proof.conclude("small", observed(second_value()), "By the triangle inequality")
    proof.show("largest", first_value(), "The other singular value is at least")
    proof.conclude("ratio", observed(ratio()), "so that")
    proof.conclude("erank", in_ratio(entropy_of_two()), "The entropy of two shares is")
    proof.conclude("entropy", in_ratio(entropy_bounded()), "and, as a logarithm is concave,")
    proof.conclude("rank", observed(rank_bounded()), "With the ratio above")
    proof.conclude("norm", observed(norm_bounded()), "Three triangle inequalities give")
    proof.conclude("divergence", divergence(), "which exceeds any bound:")
    proof.conclude("along", divergence_along(), "and so, as the determinant keeps its sign,")
    return proof
