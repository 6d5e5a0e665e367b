"""The minimisers of rank one of a 3 x 3 diagonal completion problem."""

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.hypotheses import NONNEGATIVE, ORDERED, SVD
from dlnproof.definitions.letters import SIGMA, U, V, W, X, Y, d, i, l, sigma
from dlnproof.definitions.three import (
    COST,
    QUOTIENTS,
    RANK_ONE,
    SIGNED,
    SIGNS,
    THREE,
    p,
    u_ratio,
    v_ratio,
)
from dlnproof.kernel.entries import diagonals, entry_of, identity_is_diagonal
from dlnproof.kernel.logic import (
    absurd,
    assume,
    contradiction,
    generalise,
    instance,
    sides,
    specialise,
    symmetric,
    transitive,
    unfold,
)
from dlnproof.kernel.numbers import field, field_in
from dlnproof.kernel.signs import (
    Factor,
    antisymmetric,
    certificate,
    decided,
    power_positive,
)
from dlnproof.kernel.spectral import other_inverse
from dlnproof.kernel.terms import (
    Term,
    at_most,
    different,
    each,
    entry,
    equal,
    identity,
    integer,
    less,
    number,
    transpose,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics import small
from dlnproof.tactics.absolute import zero_of_square
from dlnproof.tactics.cancelling import same_words
from dlnproof.tactics.entrywise import at_each, squares_of_values, written_out
from dlnproof.tactics.equations import body, changed, inside, then
from dlnproof.tactics.rewriting import at_place
from dlnproof.tactics.settle import proved, settle

ONE, ZERO = number(1), number(0)
I, L = i.term, l.term
FIRST, SECOND, THIRD = (sigma(k) for k in (1, 2, 3))
ROW, COLUMN = ((at_most(1, v), at_most(v, d)) for v in (I, L))
PLACE: Final = (*ROW, *COLUMN)
KNOWN: Final = (*THREE, *NONNEGATIVE, *ORDERED)
svd, left, right = map(assume, SVD)


def for_all(theorem: Theorem, *conditions: Term) -> Theorem:
    """Return the theorem about all i and l, under conditions."""
    found = generalise(settle(theorem, *KNOWN, *conditions, *PLACE), l, *COLUMN)
    return generalise(generalise(found, i, *ROW), (), *conditions)


def for_each(theorem: Theorem, *conditions: Term) -> Theorem:
    """Return the theorem about all i, under conditions."""
    found = generalise(settle(theorem, *KNOWN, *conditions, *ROW), i, *ROW)
    return generalise(found, (), *conditions)


# --- rank one, with a unit diagonal ---------------------------------------------------------------


def third() -> Theorem:
    """sigma_3 = 0 where sigma_2 = 0."""
    none = assume(RANK_ONE[0])
    order = proved(at_most(THIRD, SECOND), *KNOWN)
    low = certificate(at_most(THIRD, ZERO), [[order]], [(-ONE, none)])
    return antisymmetric(low, proved(at_most(ZERO, THIRD), *KNOWN))


def in_vectors(row: Term, col: Term) -> Theorem:
    """w_il = sigma_1 u_i1 v_l1 where sigma_2 = 0."""
    here = changed(entry(W, row, col), svd)
    plain = transitive(here, written_out(sides(here)[1], rows=3))
    u, v = ([entry(m, at, k) for k in (1, 2, 3)] for m, at in ((U, row), (V, col)))
    return field(
        entry(W, row, col),
        FIRST * u[0] * v[0],
        (ONE, plain),
        (u[1] * v[1], assume(RANK_ONE[0])),
        (u[2] * v[2], third()),
    )


def on_diagonal(index: Term) -> Theorem:
    """sigma_1 u_i1 v_i1 = 1."""
    known = specialise(assume(RANK_ONE[1]), index)
    value = FIRST * entry(U, index, 1) * entry(V, index, 1)
    return field(value, ONE, (ONE, known), (-ONE, in_vectors(index, index)))


def nonzero(index: Term) -> Theorem:
    """u_i1 != 0."""
    value = entry(U, index, 1)
    rest = FIRST * entry(V, index, 1)
    wrong = field(ONE, ZERO, (-ONE, on_diagonal(index)), (rest, assume(equal(value, 0))))
    return contradiction(absurd(wrong, decided(different(ONE, ZERO))), different(value, 0))


def quotients() -> Theorem:
    """w_il = u_i1 / u_l1."""
    u_i, u_l = entry(U, I, 1), entry(U, L, 1)
    found = field(entry(W, I, L), u_i / u_l, (ONE, in_vectors(I, L)), (u_i / u_l, on_diagonal(L)))
    return settle(found, nonzero(L), *KNOWN, *RANK_ONE, *PLACE)


# --- quotients have rank one ----------------------------------------------------------------------


def given(row: Term | int, col: Term | int) -> Theorem:
    """w_il = p_i / p_l."""
    row, col = integer(row), integer(col)
    return settle(specialise(specialise(assume(QUOTIENTS[1]), row), col), *KNOWN, *PLACE)


@cache
def all_given() -> tuple[Theorem, ...]:
    """The nine entries."""
    return tuple(given(row, col) for row in (1, 2, 3) for col in (1, 2, 3))


def turned(row: int, col: int) -> Theorem:
    """(sum_i u_ik p_i) (sum_l v_lm / p_l) = Sigma_km, the entries of U^T W V."""
    middle = transpose(U) * W * V
    here = changed(middle, svd)
    plain = transitive(here, same_words(sides(here)[1], SIGMA, left, right))
    value = changed(entry(middle, row, col), plain)
    value = then(value, entry_of(SIGMA, row, col))
    written = written_out(sides(value)[0], *all_given(), rows=3)
    one, other = along_left(row), along_right(col)
    return settle(
        field(one * other, sides(value)[1], (ONE, value), (-ONE, written)),
        *KNOWN,
        *QUOTIENTS,
    )


def along_left(k: int) -> Term:
    """Return sum_i u_ik p_i."""
    return entry(U, 1, k) * p(1) + entry(U, 2, k) * p(2) + entry(U, 3, k) * p(3)


def along_right(k: int) -> Term:
    """Return sum_l v_lk / p_l."""
    return entry(V, 1, k) / p(1) + entry(V, 2, k) / p(2) + entry(V, 3, k) / p(3)


@cache
def second() -> Theorem:
    """sigma_2 = 0: sigma_2^2 <= sigma_1 sigma_2, which is a product of two that vanish."""
    a_1, a_2, b_1, b_2 = along_left(1), along_left(2), along_right(1), along_right(2)
    letters = [a_1, a_2, b_1, b_2]
    none = field_in(
        letters,
        FIRST * SECOND,
        ZERO,
        (-SECOND, turned(1, 1)),
        (-a_1 * b_1, turned(2, 2)),
        (a_1 * b_2, turned(2, 1)),
    )
    low = certificate(
        at_most(SECOND**2, ZERO),
        [[proved(at_most(SECOND, FIRST), *KNOWN), proved(at_most(ZERO, SECOND), *KNOWN)]],
        [(-ONE, none)],
    )
    above = certificate(at_most(ZERO, SECOND**2), [[SECOND]])
    return settle(zero_of_square(antisymmetric(low, above)), *KNOWN, *QUOTIENTS)


# --- their size -----------------------------------------------------------------------------------

RATIOS: Final = (
    *QUOTIENTS,
    equal(u_ratio, (p(1) / p(2)) ** 2),
    equal(v_ratio, (p(2) / p(3)) ** 2),
)


@cache
def squares() -> Theorem:
    """sigma_1^2 is the sum of the squares of all entries."""
    values = squares_of_values(svd, left, right, rows=3)
    written = written_out(sides(values)[0], rows=3)
    entries = [entry(W, row, col) ** 2 for row in (1, 2, 3) for col in (1, 2, 3)]
    total = entries[0]
    for square in entries[1:]:
        total = total + square
    none = second()
    order = proved(at_most(THIRD, SECOND), *KNOWN)
    gone = antisymmetric(
        certificate(at_most(THIRD, ZERO), [[order]], [(-ONE, none)]),
        proved(at_most(ZERO, THIRD), *KNOWN),
    )
    found = field(
        FIRST**2,
        total,
        (-ONE, values),
        (ONE, written),
        (-SECOND, none),
        (-THIRD, gone),
    )
    return settle(found, *KNOWN, *QUOTIENTS)


def formula(u: Term, v: Term) -> Term:
    """Return 3 + (u + 1/u) + (v + 1/v) + (u v + 1/(u v))."""
    return 3 + (u + 1 / u) + (v + 1 / v) + (u * v + 1 / (u * v))


FIRST_RATIO, SECOND_RATIO = ((p(k) / p(k + 1)) ** 2 for k in (1, 2))


@cache
def in_quotients() -> Theorem:
    """sigma_1^2 in the ratios (p_1/p_2)^2 and (p_2/p_3)^2."""
    entries = written_out(sides(squares())[1], *all_given(), rows=3)
    value = formula(FIRST_RATIO, SECOND_RATIO)
    found = field(FIRST**2, value, (ONE, squares()), (ONE, entries))
    return settle(found, *KNOWN, *QUOTIENTS)


def size() -> Theorem:
    """sigma_1^2 in u and v."""
    named = changed(formula(u_ratio, v_ratio), assume(RATIOS[2]), assume(RATIOS[3]))
    return settle(transitive(in_quotients(), symmetric(named)), *KNOWN, *RATIOS)


def signs_positive() -> tuple[Theorem, Theorem]:
    """0 < u and 0 < v."""
    found = []
    for value, row in ((u_ratio, 1), (v_ratio, 2)):
        ratio = p(row) / p(row + 1)
        parts = [specialise(assume(QUOTIENTS[0]), integer(k)) for k in (row, row + 1)]
        parts = [settle(part, *KNOWN) for part in parts]
        nonzero_ = proved(different(ratio, 0), *parts)
        stated = assume(equal(value, ratio**2))
        found.append(certificate(less(ZERO, value), [[nonzero_]], [(ONE, stated)], [ratio]))
    return found[0], found[1]


def least() -> Theorem:
    """9 <= 3 + (u + 1/u) + (v + 1/v) + (u v + 1/(u v))."""
    u, v = u_ratio, v_ratio
    one, other = signs_positive()
    goal = at_most(number(9), 3 + (u + 1 / u) + (v + 1 / v) + (u * v + 1 / (u * v)))
    found = certificate(
        goal,
        [
            [u - 1, power_positive(one, -1)],
            [v - 1, power_positive(other, -1)],
            [u * v - 1, power_positive(one, -1), power_positive(other, -1)],
        ],
    )
    return settle(found, one, other, *KNOWN, *RATIOS)


def equal_squares() -> Theorem:
    """p_i^2 = p_1^2 where sigma_1^2 = 9: both ratios are 1."""
    u, v = FIRST_RATIO, SECOND_RATIO
    nonzero_ = [settle(specialise(assume(QUOTIENTS[0]), integer(k)), *KNOWN) for k in (1, 2, 3)]
    one, other = (proved(less(ZERO, ratio), *nonzero_) for ratio in (u, v))
    up, down = power_positive(one, -1), power_positive(other, -1)
    nine = assume(equal(FIRST**2, 9))
    ones = []
    others: list[tuple[Term, list[list[Factor]]]] = [
        (u, [[one, v - 1, down], [one, u * v - 1, up, down]]),
        (v, [[other, u - 1, up], [other, u * v - 1, up, down]]),
    ]
    for ratio, rest in others:
        low = certificate(
            at_most((ratio - 1) ** 2, ZERO),
            rest,
            [(ratio, in_quotients()), (-ratio, nine)],
            [u, v],
        )
        above = certificate(at_most(ZERO, (ratio - 1) ** 2), [[ratio - 1]], (), [ratio])
        ones.append(zero_of_square(settle(antisymmetric(low, above), one, other)))
    first = field(p(1) ** 2, p(1) ** 2)
    second_ = field(p(2) ** 2, p(1) ** 2, (-(p(2) ** 2), ones[0]))
    third_ = field(p(3) ** 2, p(1) ** 2, (-(p(2) ** 2), ones[0]), (-(p(3) ** 2), ones[1]))
    parts = [settle(theorem, *nonzero_) for theorem in (first, second_, third_)]
    return at_each(parts, i, equal(p(I) ** 2, p(1) ** 2), d)


def signs() -> Theorem:
    """w_il^2 = 1 where sigma_1^2 = 9."""
    squares_ = equal_squares()
    at_i = squares_
    at_l = instance(squares_, {i: L})
    found = field(
        entry(W, I, L) ** 2,
        ONE,
        (entry(W, I, L) + p(I) / p(L), given(I, L)),
        (1 / p(L) ** 2, at_i),
        (-1 / p(L) ** 2, at_l),
    )
    return settle(found, *KNOWN, *QUOTIENTS, *PLACE)


SIGN: Final = each(i, 1, d, each(l, 1, d, equal(entry(W, I, L) ** 2, 1)))


def sign(row: Term, col: Term) -> Theorem:
    """w_il^2 = 1 for a sign pattern."""
    return specialise(specialise(assume(SIGN), row), col)


def nine() -> Theorem:
    """sigma_1^2 = 9 for a sign pattern."""
    places = [(integer(row), integer(col)) for row in (1, 2, 3) for col in (1, 2, 3)]
    found = field(FIRST**2, number(9), (ONE, squares()), *((ONE, sign(*at)) for at in places))
    return settle(found, *KNOWN, *QUOTIENTS)


def involution() -> Theorem:
    """Q Q = I for Q = diag(w_11, w_21, w_31)."""
    product = diagonals(SIGNS * SIGNS)
    whole = sides(product)[1]
    one = integer(1)
    ones = inside(whole, lambda at: field(body(whole, at), ONE, (ONE, sign(at, one))), *KNOWN, SIGN)
    told = transitive(product, ones, symmetric(identity_is_diagonal(d)))
    return generalise(settle(told, *KNOWN), (), SIGN)


def turned_to_ones() -> Theorem:
    """(Q W Q)_il = 1: all sign patterns are the matrix of ones, with signs changed."""
    one = integer(1)
    here = entry_of(SIGNS * W * SIGNS, I, L)
    here = then(here, entry_of(SIGNS * W, I, L))
    w_i, w_l, w = entry(W, I, 1), entry(W, L, 1), entry(W, I, L)
    p_i, p_l, p_1 = p(I), p(L), p(1)
    found = field(
        sides(here)[0],
        ONE,
        (ONE, here),
        (w * w_l, given(I, one)),
        (p_i / p_1 * w_l, given(I, L)),
        (p_i / p_1 * (p_i / p_l), given(L, one)),
        (ONE, sign(I, one)),
        (-(w_i + p_i / p_1), given(I, one)),
    )
    return for_all(found, *QUOTIENTS, SIGN)


# --- symmetries of the loss -----------------------------------------------------------------------

ORTHOGONAL, SINGLE = (assume(sentence) for sentence in SIGNED)


def after_signed(row: int) -> Theorem:
    """((Y X Y^T)_ii - 1)^2 = sum_k y_ik^2 (x_kk - 1)^2."""
    at = integer(row)
    q = [entry(Y.term, at, k) for k in (1, 2, 3)]
    w = [entry(X.term, k, k) - 1 for k in (1, 2, 3)]
    pairs = [(0, 1), (0, 2), (1, 2)]
    none = [specialise(SINGLE, at, integer(k + 1), integer(m + 1)) for k, m in pairs]
    norm = changed(entry(Y.term * transpose(Y.term), at, at), other_inverse(ORTHOGONAL))
    norm = then(norm, entry_of(identity(d), at, at))
    unit_row = field(
        q[0] ** 2 + q[1] ** 2 + q[2] ** 2,
        ONE,
        (ONE, norm),
        (-ONE, written_out(sides(norm)[0], rows=3)),
    )
    moved = entry(Y.term * X.term * transpose(Y.term), at, at)
    value = written_out(moved, rows=3)
    sum_ = q[0] ** 2 * w[0] + q[1] ** 2 * w[1] + q[2] ** 2 * w[2]
    mixed = [
        (entry(X.term, k + 1, m + 1) + entry(X.term, m + 1, k + 1), theorem)
        for (k, m), theorem in zip(pairs, none, strict=True)
    ]
    less_one = field(moved - 1, sum_, (ONE, value), *mixed, (ONE, unit_row))
    squares_ = q[0] ** 2 * w[0] ** 2 + q[1] ** 2 * w[1] ** 2 + q[2] ** 2 * w[2] ** 2
    crossed = [
        (-(q[k] * q[m]) * (w[k] - w[m]) ** 2, theorem)
        for (k, m), theorem in zip(pairs, none, strict=True)
    ]
    squared = field(sum_**2, squares_, (squares_, unit_row), *crossed)
    return settle(
        field((moved - 1) ** 2, squares_, (moved - 1 + sum_, less_one), (ONE, squared)), *KNOWN
    )


def cost(value: Term) -> Theorem:
    """The loss, as a sum of three squares."""
    opened = unfold(COST(value))
    whole = sides(opened)[1].args[1]
    return then(opened, small.written_out(at_place(whole, 1, assume(THREE[0]))))


def symmetry() -> Theorem:
    """The loss does not change under conjugation by signed permutations."""
    moved = Y.term * X.term * transpose(Y.term)
    columns = []
    for k in (1, 2, 3):
        at = integer(k)
        norm = changed(entry(transpose(Y.term) * Y.term, at, at), ORTHOGONAL)
        norm = then(norm, entry_of(identity(d), at, at))
        q = [entry(Y.term, row, k) for row in (1, 2, 3)]
        column = field(
            q[0] ** 2 + q[1] ** 2 + q[2] ** 2,
            ONE,
            (ONE, norm),
            (-ONE, written_out(sides(norm)[0], rows=3)),
        )
        columns.append(((entry(X.term, k, k) - 1) ** 2 / 2, column))
    found = field(
        COST(moved),
        COST(X.term),
        (ONE, cost(moved)),
        (-ONE, cost(X.term)),
        *((ONE / 2, after_signed(row)) for row in (1, 2, 3)),
        *columns,
    )
    return generalise(settle(found, *KNOWN), (X, Y), *SIGNED)


def transposition() -> Theorem:
    """The loss does not change under transposition."""
    turned_ = transpose(X.term)
    opened = unfold(COST(turned_))
    whole = sides(opened)[1].args[1]

    def entry_(at: Term) -> Theorem:
        return changed(body(whole, at), entry_of(turned_, at, at))

    told = then(opened, inside(whole, entry_, *KNOWN))
    return generalise(settle(transitive(told, symmetric(unfold(COST(X.term)))), *KNOWN), X)


def derive() -> Deduction:
    """Return the derivation of what is not measured: the sign patterns have the least sigma_1."""
    proof = Deduction("diagonal-3x3")
    proof.show("vectors", settle(in_vectors(I, L), *KNOWN, *PLACE), "Of rank one, the matrix is")
    proof.conclude("nonzero", for_each(nonzero(I), *RANK_ONE), "so that, with a unit diagonal,")
    proof.conclude("quotients", for_all(quotients(), *RANK_ONE), "and")
    ones = field(entry(W, I, I), ONE, (ONE, given(I, I)))
    proof.conclude("diagonal", for_each(ones, *QUOTIENTS), "Conversely")
    proof.conclude("rank", generalise(second(), (), *QUOTIENTS), "and, in the singular vectors,")
    proof.show("squares", squares(), "The only singular value is the sum of all squares,")
    proof.conclude("square", generalise(size(), (), *RATIOS), "which is")
    proof.conclude("least", generalise(least(), (), *RATIOS), "A number and its inverse add to 2:")
    nine_ = equal(FIRST**2, 9)
    proof.conclude("only", for_all(signs(), *QUOTIENTS, nine_), "Where this is equal")
    proof.conclude("attained", generalise(nine(), (), *QUOTIENTS, SIGN), "and back.")
    proof.conclude("involution", involution(), "The first column changes signs,")
    proof.conclude("orbit", turned_to_ones(), "all of them to $1$.")
    proof.conclude("symmetry", symmetry(), "Signed permutations exchange the entries observed,")
    proof.conclude("transposition", transposition(), "and a transposition keeps them.")
    return proof
