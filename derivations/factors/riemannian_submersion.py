"""phi is a Riemannian submersion at every rank, for every N and d (MY2025, M2024)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.geometry import METRIC, pair
from dlnproof.definitions.hypotheses import (
    ADJOINT,
    BALANCED,
    DEPTH,
    NONNEGATIVE,
    POSITIVE,
    PRODUCT,
    SVD,
    WIDTH,
)
from dlnproof.definitions.letters import (
    SQUARE,
    N,
    U,
    V,
    W,
    X,
    Y,
    Z,
    adjoint,
    d,
    direction,
    factor,
    i,
    j,
    k,
    l,
    m,
    partial,
    sigma,
)
from dlnproof.kernel import ranges
from dlnproof.kernel.determinants import (
    eigenbasis_determinant,
    inverse_solves,
    inverse_value,
    linear_by_form,
    linear_multiple,
)
from dlnproof.kernel.entries import entry_of, entry_off_unit, trace_with_unit, unit_scaled
from dlnproof.kernel.logic import (
    assume,
    cases,
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
from dlnproof.kernel.numbers import field, field_in, power_of_sum, power_of_zero
from dlnproof.kernel.signs import (
    antisymmetric,
    certificate,
    chain,
    gram_trace_nonnegative,
    gram_trace_zero,
    stricter,
    sum_nonnegative,
    weaker,
)
from dlnproof.kernel.terms import (
    REAL,
    Term,
    at_most,
    different,
    equal,
    fresh,
    identity,
    inner,
    map_inverse,
    number,
    positive,
    total,
    trace,
    transpose,
    unit,
    within,
    zero,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces, words
from dlnproof.tactics.cancelling import same_traces, same_words
from dlnproof.tactics.equations import body, changed, inside, then
from dlnproof.tactics.rewriting import at_place
from dlnproof.tactics.settle import proved, settle
from dlnproof.tactics.spectra import conjugate, geometric, pulled_out, root_of
from dlnproof.tactics.summands import one_of

from ..factors import fixed_rank
from ..factors.end_to_end_flow import (
    LEFT,
    RANGE,
    RIGHT,
    above,
    adjoint_value,
    balance,
    below,
    composed,
    operator,
    rooted,
    turned,
)
from ..metric import operator_spectrum
from ..metric.metric_diagonalization import (
    A_OF_Z,
    BASIS,
    linear_operator,
    regular,
)
from ..metric.operator_spectrum import (
    ROOTS,
    SQUARES,
    left,
    right,
    root_power,
    squares,
    svd,
)

INVERTIBLE: Final = (*DEPTH, *WIDTH, *SVD, *POSITIVE)
GIVEN: Final = (*DEPTH, *PRODUCT, *BALANCED, *SVD, *NONNEGATIVE)
I, J, K, L = i.term, j.term, k.term, l.term
PLACE: Final = (*within(i, 1, d), *within(l, 1, d))
ZERO: Final = number(0)
M = m.term
OTHER: Final = (*within(k, 1, d), *within(m, 1, d))
Z_LETTER: Final = fresh(SQUARE)
PAIR: Final = pair(I, L)


def a(index: Term) -> Term:
    """Return sigma_i^(2/N)."""
    return sigma(index) ** (2 / N)


# --- eigenvectors at every rank -------------------------------------------------------------------


@cache
def root_to_the_depth() -> Theorem:
    """(sigma_i^(2/N))^N = sigma_i^2, also where sigma_i = 0."""
    left_, right_ = a(I) ** N, sigma(I) ** 2
    none = assume(equal(sigma(I), ZERO))
    told = then(changed(left_, none), power_of_zero(2 / N), power_of_zero(N))
    at_zero = transitive(told, symmetric(then(changed(right_, none), power_of_zero(2))))
    some = assume(different(sigma(I), ZERO))
    bound = specialise(assume(NONNEGATIVE[0]), I)
    elsewhere = settle(field(left_, right_), stricter(bound, some), *DEPTH)
    found = cases(at_zero, elsewhere, on=(none.conclusion, some.conclusion))
    return generalise(settle(found, *DEPTH, *within(i, 1, d)), i, *within(i, 1, d))


def root_square(value: Term, square: Term) -> Theorem:
    """(sigma_k^(2/N))^N = sigma_k^2, as it is needed at an index."""
    index = square.args[0].args[0]
    found = specialise(root_to_the_depth(), index)
    assert sides(found) == (value, square)
    return found


@cache
def roots() -> tuple[Theorem, Theorem]:
    """(W W^T)^(1/N) = U diag(sigma_i^(2/N)) U^T, and (W^T W)^(1/N) with V."""
    found = []
    for whole, own, q, frame in ((LEFT, left, U, right), (RIGHT, right, V, left)):
        both = changed(whole, svd)
        told = same_words(sides(both)[1], conjugate(q, SQUARES), frame, squares())
        powers = root_of(own, transitive(both, told), ROOTS, N, root_square)
        found.append(settle(powers, *GIVEN))
    return found[0], found[1]


@cache
def summand(c: Term) -> Theorem:
    """(W W^T)^((N-j)/N) (c u_i v_l^T) (W^T W)^((j-1)/N) is a multiple of u_i v_l^T."""
    one, two = root_power(left, N - J), root_power(right, J - 1)
    here = changed(rooted(c * PAIR), *roots(), one, two)
    first, second = (sides(x)[1].args[0].args[1] for x in (one, two))
    e, turn = unit(d, I, L), transpose(V)
    at_i, at_l = unit_scaled(first * e), unit_scaled(e * second)
    value = a(I) ** (N - J) * a(L) ** (J - 1)
    found = words(
        sides(here)[1],
        (c * value) * PAIR,
        (c * (U * first), left, e * turn * V * second * turn),
        (c * (U * first * e), right, second * turn),
        (c * U, at_i, second * turn),
        ((c * sides(at_i)[1].args[0]) * U, at_l, turn),
    )
    return settle(transitive(here, found), *GIVEN, *RANGE, *PLACE)


@cache
def image(c: Term) -> Theorem:
    """The sum of dphi_j(dphi_j^*(c u_i v_l^T)) is sum_j c a_i^(N-j) a_l^(j-1) u_i v_l^T."""
    told = transitive(instance(composed(), {Z: c * PAIR}), instance(operator(), {Z: c * PAIR}))
    summed = ranges.congruence(sides(told)[1], summand(c), j)
    return settle(transitive(told, summed, pulled_out(sides(summed)[1])), *GIVEN, *PLACE)


DISTINCT: Final = (a(I) - a(L)) / (sigma(I) ** 2 - sigma(L) ** 2)
EDGE: Final = sigma(I) ** (2 / N - 2)
COINCIDENT: Final = EDGE / N
DIFFER: Final = different(sigma(I), sigma(L))
SAME: Final = (equal(sigma(I), sigma(L)), positive(sigma(I)))
NONE: Final = (positive(sigma(I)), equal(sigma(L), ZERO))


def to_one(c: Term, divisor: Term, *parts: tuple[Callable[[Term], Term], Theorem]) -> Theorem:
    """sum_j c a_i^(N-j) a_l^(j-1) = 1, from the geometric sum."""
    summed = sides(geometric(a(I), a(L), N))[0].args[1]
    x = fresh(REAL)
    pulled = symmetric(ranges.linear_image(summed, x, c * x.term))
    powers = [specialise(root_to_the_depth(), index) for index in (I, L)]
    letters = (summed, a(I), a(L), *(sides(p)[0] for p in powers))
    last = field_in(
        letters,
        c * summed,
        number(1),
        (1 / divisor, geometric(a(I), a(L), N)),
        (1 / divisor, powers[0]),
        (-1 / divisor, powers[1]),
        *((part(summed), theorem) for part, theorem in parts),
    )
    return transitive(pulled, last)


@cache
def inverse_distinct() -> Theorem:
    """sum_j c a_i^(N-j) a_l^(j-1) = 1 for sigma_i != sigma_l."""
    found = to_one(DISTINCT, sigma(I) ** 2 - sigma(L) ** 2)
    return settle(found, *GIVEN, *PLACE, DIFFER)


@cache
def inverse_edge() -> Theorem:
    """sum_j c a_i^(N-j) a_l^(j-1) = 1 for sigma_i > sigma_l = 0."""
    none, square = assume(NONE[1]), sigma(I) ** 2
    at_zero = then(changed(a(L), none), power_of_zero(2 / N))
    found = to_one(
        EDGE,
        square,
        (lambda summed: summed, field(EDGE, a(I) / square)),
        (lambda summed: summed / square, at_zero),
        (lambda _: -sigma(L) / square, none),
    )
    return settle(found, *GIVEN, *PLACE, *NONE)


@cache
def inverse_coincident() -> Theorem:
    """sum_j c a_i^(N-j) a_l^(j-1) = 1 for sigma_i = sigma_l > 0: all summands are equal."""
    whole = sides(image(COINCIDENT))[1].args[0]
    told = changed(whole, symmetric(assume(SAME[0])))
    scope = sides(told)[1]
    equal_ones = inside(scope, lambda k: field(body(scope, k), 1 / N), *GIVEN, *PLACE, *SAME)
    told = then(told, equal_ones, ranges.constant(sides(equal_ones)[1]))
    return settle(transitive(told, field(sides(told)[1], number(1))), *GIVEN, *PLACE, *SAME)


@cache
def lift(c: Term, inverse: Callable[[], Theorem], *conditions: Term) -> Theorem:
    """The sum of dphi_j(dphi_j^*(c u_i v_l^T)) is u_i v_l^T."""
    told = then(image(c), inverse())
    found = transitive(told, words(sides(told)[1], PAIR))
    return settle(found, *GIVEN, *PLACE, *conditions)


# --- inner products -------------------------------------------------------------------------------


def paired(y: Term, at: Callable[[Term], Term]) -> Theorem:
    """The sum of Tr(dphi_j^*(Y)^T H_j) is Tr(Y^T sum of dphi_j(H_j))."""
    given = specialise(specialise(assume(ADJOINT[0]), J), at(J), y)
    summed = total(j, 1, N, partial(J, at(J)))
    out = ranges.linear_image(summed, Z_LETTER, inner(y, Z_LETTER.term))
    terms = ranges.congruence(total(j, 1, N, sides(given)[0]), given, j)
    return settle(transitive(terms, symmetric(out)), *DEPTH)


@cache
def isometry() -> Theorem:
    """The sum of Tr(dphi_j^*(Y)^T dphi_j^*(Z)) is Tr(Y^T N A(Z))."""
    return settle(then(paired(Y.term, lambda j: adjoint(j, Z.term)), composed()), *GIVEN)


@cache
def inner_of_pairs() -> Theorem:
    """Tr((u_i v_l^T)^T u_k v_m^T) is the entry i, l of E_km."""
    e, other = unit(d, L, I), unit(d, K, M)
    same = same_traces(inner(PAIR, pair(K, M)), trace(e * other), left, right)
    return settle(transitive(same, trace_with_unit(e, other)), *PLACE, *OTHER)


@cache
def norm(c: Term, inverse: Callable[[], Theorem], *conditions: Term) -> Theorem:
    """The lift of u_i v_l^T has the squared norm c."""
    whole = paired(c * PAIR, lambda j: adjoint(j, c * PAIR))
    told = then(whole, lift(c, inverse, *conditions))
    one = instance(inner_of_pairs(), {k: I, m: L})
    one = transitive(one, entry_of(unit(d, I, L), I, L))
    last = traces(sides(told)[1], c, (c, one, None))
    return settle(transitive(told, last), *GIVEN, *PLACE, *conditions)


def orthogonal_lifts(distinct: Term, *, by_row: bool) -> Theorem:
    """Lifts of different u_i v_l^T and u_k v_m^T are orthogonal."""
    other = {i: K, l: M}
    one = rewrite(image(number(1)), words(number(1) * PAIR, PAIR))
    told = then(paired(PAIR, lambda j: adjoint(j, pair(K, M))), instance(one, other))
    none = transitive(inner_of_pairs(), entry_off_unit(unit(d, K, M), I, L, by_row=by_row))
    value = sides(told)[1].args[0].args[1].args[0]
    found = transitive(told, traces(sides(told)[1], ZERO, (value, none, None)))
    return generalise(
        settle(found, *GIVEN, *PLACE, *OTHER, distinct), (i, l, k, m), *PLACE, *OTHER, distinct
    )


@cache
def kernel() -> Theorem:
    """The sum of dphi_j(dphi_j^*(u_i v_l^T)) is 0 where sigma_i = sigma_l = 0 and 2 <= N."""
    none = [assume(equal(sigma(index), ZERO)) for index in (I, L)]
    told = rewrite(image(number(1)), words(number(1) * PAIR, PAIR))
    at_zero = transitive(changed(a(I), none[0]), power_of_zero(2 / N))
    at_zero_l = transitive(changed(a(L), none[1]), power_of_zero(2 / N))
    whole = sides(told)[1].args[0]
    zeros = changed(whole, at_zero, at_zero_l)
    scope = sides(zeros)[1]

    def nothing(index: Term) -> Theorem:
        joined = symmetric(power_of_sum(ZERO, N - index, index - 1))
        last = transitive(joined, power_of_zero(N - 1))
        return field_in(sides(joined)[0].args, body(scope, index), ZERO, (number(1), last))

    conditions = (*(x.conclusion for x in none), at_most(2, N))
    summed = inside(scope, nothing, *GIVEN, at_most(2, N))
    zeros = then(zeros, summed, ranges.constant(sides(summed)[1]))
    told = then(told, zeros)
    found = transitive(told, words(sides(told)[1], zero(d)))
    found = settle(found, *GIVEN, *PLACE, *conditions)
    return generalise(found, (i, l), *PLACE, *conditions)


@cache
def beyond() -> Theorem:
    """u_i^T dphi(H) v_l = 0 where sigma_i = sigma_l = 0 and 2 <= N: dphi_j^*(u_i v_l^T) is 0."""
    at = adjoint(J, PAIR)
    lengths = then(paired(PAIR, lambda index: adjoint(index, PAIR)), specialise(kernel(), I, L))
    lengths = transitive(lengths, traces(sides(lengths)[1], ZERO))
    short = chain(one_of(sides(lengths)[0], J, *RANGE), weaker(lengths))
    none = gram_trace_zero(antisymmetric(short, gram_trace_nonnegative(at)))
    mixed = paired(PAIR, direction)
    summed = sides(mixed)[0]
    gone = traces(inner(at, direction(J)), ZERO, (None, turned(none), direction(J)))
    gone = ranges.congruence(summed, gone, j)
    gone = then(gone, ranges.constant(sides(gone)[1]))
    moved, e = sides(mixed)[1].args[0].args[1], unit(d, L, I)
    middle = transpose(U) * moved * V
    framed = transitive(traces(sides(mixed)[1], trace(e * middle)), trace_with_unit(e, middle))
    parts = ((number(-1), framed), (number(-1), mixed), (number(1), gone))
    found = field(sides(framed)[1], ZERO, *parts)
    conditions = (equal(sigma(I), ZERO), equal(sigma(L), ZERO), at_most(2, N))
    found = settle(found, *GIVEN, *PLACE, *conditions)
    return generalise(found, (i, l), *PLACE, *conditions)


H = direction(J)
LIFT = adjoint(J, Z.term)


def horizontal() -> Theorem:
    """dphi^*(Z) is orthogonal to every H with dphi(H) = 0."""
    vertical = assume(equal(total(j, 1, N, partial(J, H)), zero(d)))
    told = then(paired(Z.term, direction), vertical)
    found = transitive(told, traces(sides(told)[1], ZERO))
    return generalise(settle(found, *DEPTH), Z, vertical.conclusion)


def shortest() -> Theorem:
    """dphi^*(Z) is the shortest of all H with the same dphi(H)."""
    same = assume(equal(total(j, 1, N, partial(J, H)), total(j, 1, N, partial(J, LIFT))))
    mixed = then(paired(Z.term, direction), same)
    own = paired(Z.term, lambda index: adjoint(index, Z.term))
    square = inner(H - LIFT, H - LIFT)
    crossed = inner(LIFT, H)
    apart = (inner(H, H) + inner(LIFT, LIFT)) - (crossed + crossed)
    parts = ranges.congruence(total(j, 1, N, square), traces(square, apart), j)
    parts = then(parts, ranges.sum_of_sums(sides(parts)[1]))
    parts = then(parts, *map(ranges.sum_of_sums, sides(parts)[1].args))
    positive_ = sum_nonnegative(gram_trace_nonnegative(H - LIFT), j, 1, N)
    goal = at_most(total(j, 1, N, inner(LIFT, LIFT)), total(j, 1, N, inner(H, H)))
    combination = ((number(-1), parts), (number(2), mixed), (number(-2), own))
    found = settle(certificate(goal, [[positive_]], combination), *DEPTH)
    return generalise(found, Z, same.conclusion)


# --- the lift is tangent --------------------------------------------------------------------------


@cache
def neighbours() -> tuple[Theorem, Theorem]:
    """What dphi_j^*(Z) and dphi_{j+1}^*(Z) are, with what they have in common."""
    this = then(adjoint_value(), ranges.bottom(above(J)))
    following = then(instance(adjoint_value(), {j: J + 1}), ranges.top(below(J + 1)))
    return this, following


def tangent() -> Theorem:
    """dphi^*(Z) solves the equations of balance, linearised."""
    this, following = neighbours()
    here = within(j, 1, N - 1)
    upper, lower = factor(J + 1), factor(J)
    k_upper, k_lower = adjoint(J + 1, Z.term), adjoint(J, Z.term)
    found = same_words(
        transpose(upper) * k_upper + transpose(k_upper) * upper,
        lower * transpose(k_lower) + k_lower * transpose(lower),
        this,
        following,
        turned(this),
        turned(following),
    )
    return generalise(settle(generalise(found, Z), *DEPTH, *here), j, *here)


def vanishing(product_: Term, *used: Theorem) -> Theorem:
    """M = O, as Tr(M^T M) is 0 by equations."""
    return gram_trace_zero(same_traces(inner(product_, product_), ZERO, *used))


def rank() -> Theorem:
    """dphi_j^*(Z) maps the kernel of W_j into the range of W_j, where 2 <= N."""
    x, y, nothing = X.term, Y.term, zero(d)
    on_left = assume(equal(transpose(x) * factor(J), nothing))
    on_right = assume(equal(factor(J) * y, nothing))
    goal = transpose(x) * LIFT * y
    this, _ = neighbours()
    upper = vanishing(factor(J + 1) * x, balance(J), on_left)
    first = same_words(goal, nothing, this, turned(upper))
    below_last = at_most(J, N - 1)
    first = settle(first, *DEPTH, *RANGE, *BALANCED, below_last)
    following = then(adjoint_value(), ranges.top(below(J)))
    lower = vanishing(transpose(factor(J - 1)) * y, symmetric(balance(J - 1)), on_right)
    second = same_words(goal, nothing, following, lower)
    second = settle(second, *DEPTH, *RANGE, *BALANCED, at_most(N, J), at_most(2, N))
    found = cases(first, second, on=(below_last, at_most(N, J)))
    conditions = (at_most(2, N), on_left.conclusion, on_right.conclusion)
    return generalise(settle(found, *RANGE), (j, X, Y, Z), *RANGE, *conditions)


# --- the metric of an invertible matrix -----------------------------------------------------------


@cache
def multiple() -> tuple[Theorem, Theorem]:
    """N A is linear, and its determinant is not 0."""
    spelled = at_place(number(N) * A_OF_Z, 1, unfold(A_OF_Z))
    form = linear_by_form(Z, sides(spelled)[1])
    linear = settle(ranges.within_scope(form, symmetric(spelled), Z), *INVERTIBLE)
    told = specialise(operator_spectrum.derive().concluded["sum"], I, L)
    value = sides(told)[1].args[0]
    images = words(
        number(N) * sides(told)[0],
        (number(N) * value) * PAIR,
        (number(N) * identity(d), told, None),
    )
    images = generalise(settle(images, *PLACE), (i, l), *PLACE)
    found = cut(eigenbasis_determinant(BASIS, images, Z, number(N) * A_OF_Z), linear)
    found = settle(found, *INVERTIBLE)
    some = proved(different(sides(found)[1], 0), *INVERTIBLE)
    return linear, rewrite(some, symmetric(found))


def metric() -> Theorem:
    """Tr(X^T (N A)^-1(Y)) = (1/N) g^N(X, Y)."""
    linear, determinant = multiple()
    x, y = X.term, Y.term
    solved = inverse_solves(linear_operator(), y)
    inverse = map_inverse(Z, A_OF_Z, y)
    moved = linear_multiple(linear_operator(), 1 / N, inverse)
    found = words(
        number(N) * sides(moved)[0], y, (number(N) * identity(d), moved, None), (None, solved, None)
    )
    told = cut(inverse_value(linear, found, (1 / N) * inverse), determinant)
    told = cut(told, regular())
    g = METRIC(N, W, x, y)
    whole = inner(x, sides(told)[0])
    last = traces(whole, (1 / N) * g, (transpose(x), told, None), (-1 / N, unfold(g), None))
    return generalise(settle(last, *INVERTIBLE), (X, Y), *POSITIVE)


@cache
def derive() -> Deduction:
    """Return the theorems about lifts, for all N, d and ranks."""
    proof = Deduction("riemannian-submersion")
    proof.show("roots", root_to_the_depth(), "Also for singular values that are zero")
    proof.show("left", roots()[0], "so the positive semidefinite root is, at every rank,")
    proof.show("image", image(number(1)), "As the differential after its adjoint is $NA$,")
    proof.show("geometric", geometric(a(I), a(L), N), "where the sum telescopes:")
    cases_ = (
        ("distinct", DISTINCT, inverse_distinct, (DIFFER,)),
        ("coincident", COINCIDENT, inverse_coincident, SAME),
        ("edge", EDGE, inverse_edge, NONE),
    )
    for name, c, inverse, conditions in cases_:
        found = generalise(lift(c, inverse, *conditions), (i, l), *PLACE, *conditions)
        proof.conclude(f"lift-{name}", found, "So a multiple of the image is a lift:")
        found = generalise(norm(c, inverse, *conditions), (i, l), *PLACE, *conditions)
        proof.conclude(f"norm-{name}", found, "and its length is known from that:")
    for name, distinct, by_row in (
        ("rows", different(K, I), True),
        ("columns", different(M, L), False),
    ):
        found = orthogonal_lifts(distinct, by_row=by_row)
        proof.conclude(f"orthogonal-{name}", found, "Different pairs are orthogonal:")
    proof.conclude("kernel", kernel(), "Where both singular values are zero")
    proof.conclude("beyond", beyond(), "so that the adjoint vanishes there, and")
    proof.conclude("tangents", fixed_rank.tangents(), "The same holds of tangents of fixed rank,")
    for name, by_row in (("left", True), ("right", False)):
        found = fixed_rank.spanned(by_row=by_row)
        proof.conclude(f"spanned-{name}", found, "and all others are such tangents:")
    proof.conclude("horizontal", horizontal(), "An adjoint is orthogonal to the kernel.")
    proof.conclude("isometry", generalise(isometry(), (Y, Z)), "By the definition of the adjoint")
    proof.conclude("shortest", shortest(), "By Pythagoras")
    proof.conclude("tangent", tangent(), "Neighbours have their factors in common:")
    proof.conclude("rank", rank(), "By balance, two neighbours have a kernel in common:")
    proof.conclude("metric", metric(), "For an invertible matrix")
    return proof
