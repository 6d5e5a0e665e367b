"""Tangents of the orbit of balanced factors over a field, for every N, d and beta."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.fields import (
    DIMENSION,
    FRAMED,
    INDEX_GRAM,
    MOVES,
    MOVING,
    PAIR_GRAM,
    ROOTED,
    TURNS,
    UNITS,
    beta,
    curve,
    frame,
    h,
    products,
    root,
    unit,
)
from dlnproof.definitions.hypotheses import DEPTH, POSITIVE, WIDTH
from dlnproof.definitions.letters import N, d, i, j, k, l, m, n, r, s, sigma
from dlnproof.kernel import ranges
from dlnproof.kernel.logic import (
    assume,
    cut,
    generalise,
    instance,
    negation,
    reflexive,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Symbol,
    Term,
    choose,
    determinant,
    different,
    equal,
    fresh,
    inner,
    integer,
    number,
    product,
    substitute,
    total,
    trace,
    transpose,
    variable,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.cancelling import same_traces, same_words
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import body, changed, inside, then, valued
from dlnproof.tactics.rewriting import by, decided, first, repeated
from dlnproof.tactics.settle import settle

from ..factors.end_to_end_flow import turned as transposed
from . import orbit_volume
from .frames import agree
from .jacobi import beside
from .tangents import APART, by_distance, never, picking

I, J, K, L, M, R, H = (v.term for v in (i, j, k, l, m, r, h))
SECOND: Final = fresh(INT)
J_: Final = SECOND.term
OTHER_FRAME: Final[dict[Symbol, Term]] = {SECOND: K}
O: Final = n.term
ONE, ZERO = number(1), number(0)
GIVEN: Final = (*DEPTH, *WIDTH, *DIMENSION, *POSITIVE, FRAMED, *UNITS, *MOVING)
UNIT: Final = within(r, 1, beta)
PLACES: Final = (*UNIT, *within(i, 1, d), *within(l, 1, d))
ORDERED: Final = (*UNIT, *within(i, 1, d), *within(l, I, d))
OTHER: Final = (*within(h, 1, beta), *within(m, 1, d), *within(n, M, d))
FRAMES: Final = (*within(j, 0, N), *within(k, 0, N))
RANGE: Final = within(k, 1, N)
X, Y = unit(R, I, L), unit(H, M, O)
SIGN: Final = 2 * choose(equal(R, 1), ONE, ZERO) - 1


def own(at: Term) -> Theorem:
    """R_k^T R_k = I."""
    return specialise(assume(FRAMED), at)


def scale(index: Term) -> Term:
    """Return sigma_i^(1/N)."""
    return sigma(index) ** (1 / N)


# --- units and Sigma^(1/N) ------------------------------------------------------------------------


@cache
def flipped() -> Theorem:
    """(e_r E_il)^T is e_r E_li, or minus that."""
    return settle(specialise(assume(UNITS[1]), R, I, L), *PLACES)


@cache
def above() -> Theorem:
    """e_r E_il P = sigma_l^(1/N) e_r E_il."""
    x = fresh(X.sort)
    told = changed(X * root, assume(ROOTED))
    told = then(told, ranges.linear_image(sides(told)[1].args[1], x, X * x.term))

    def summand(at: Term) -> Theorem:
        ones = specialise(assume(UNITS[0]), R, I, L, at)
        share = X * (scale(at) * unit(1, at, at))
        return same_words(share, choose(equal(at, L), ONE, ZERO) * (scale(at) * X), ones)

    told = then(told, inside(sides(told)[1], summand, *GIVEN, *PLACES))
    told = then(told, ranges.picked(sides(told)[1]))
    return settle(told, *GIVEN, *PLACES)


@cache
def upright() -> Theorem:
    """P^T = P."""
    x = fresh(X.sort)
    whole = sides(assume(ROOTED))[1]
    told = changed(transpose(root), assume(ROOTED))
    told = then(told, ranges.linear_image(whole, x, transpose(x.term)))

    def summand(at: Term) -> Theorem:
        own_ = specialise(assume(UNITS[1]), integer(1), at, at)
        own_ = transitive(own_, repeated(sides(own_)[1], decided))
        share = scale(at) * unit(1, at, at)
        return same_words(transpose(share), share, own_)

    told = then(told, inside(sides(told)[1], summand, *GIVEN, *PLACES), symmetric(assume(ROOTED)))
    return settle(told, *GIVEN)


def mirrored(theorem: Theorem) -> Theorem:
    """Return what is said of e_r E_li."""
    return instance(theorem, {i: L, l: I})


@cache
def rooted() -> tuple[Theorem, ...]:
    """What P makes of e_r E_il and of its transpose, on either side."""
    right = above()
    other = same_words(transpose(X) * root, scale(I) * transpose(X), flipped(), mirrored(right))
    symmetric_ = symmetric(upright())
    left = same_words(root * X, scale(I) * X, symmetric_, transposed(other))
    last = same_words(root * transpose(X), scale(L) * transpose(X), symmetric_, transposed(right))
    return right, other, left, last


# --- tangents -------------------------------------------------------------------------------------


def delta(one: Term, other: Term) -> Term:
    """Return 1 for two equal indices, and 0 for others."""
    return choose(equal(one, other), ONE, ZERO)


def weight(at: Term, which: Term, before: Term, after: Term) -> Term:
    """Return delta_qj u - delta_{q-1,j} v."""
    return delta(at, which) * before - delta(at, which + 1) * after


def weights(at: Term, which: Term, row: Term, column: Term) -> tuple[Term, Term]:
    """Return the multiples of e_r E_il, and of its transpose, that W_q moves by."""
    return weight(at, which, column, row), weight(at, which, row, column)


@cache
def moves() -> Theorem:
    """The derivative of W_k where a frame moves."""
    turned = settle(specialise(assume(TURNS), R, I, L), *PLACES)
    moved = specialise(assume(MOVES), K, J, R, I, L)
    found = differentiate(curve(K, J, s.term), s, ZERO)
    value = sides(found)[1] if found.conclusion.op == "=" else found.conclusion.args[1]
    found = valued(found, same_words(value, sides(moved)[0], moved, turned, transposed(turned)))
    known = (*RANGE, *within(j, 0, N), *ORDERED)
    return generalise(settle(found, *GIVEN, *known), (k, j, r, i, l), *known)


@cache
def moved() -> Theorem:
    """W_k moves by multiples of R_k e_r E_il R_{k-1}^T, and of its transpose between the frames."""
    told = specialise(assume(MOVES), K, J, R, I, L)
    turned = specialise(assume(TURNS), R, I, L)
    one, other = weights(K, J, scale(I), scale(L))
    middle = frame(K) * (one * X - other * transpose(X)) * transpose(frame(K - 1))
    found = same_words(sides(told)[0], middle, told, turned, *rooted())
    return settle(found, *GIVEN, *RANGE, *within(j, 0, N), *PLACES)


@cache
def of_one_factor() -> Theorem:
    """The inner product of two tangents of one factor, by those of units."""
    second = {j: J_, r: H, i: M, l: O}
    told = moved(), instance(moved(), second)
    (a, b), (a_, b_) = weights(K, J, scale(I), scale(L)), weights(K, J_, scale(M), scale(O))
    target = (a * a_ + b * b_) * inner(X, Y) - (a * b_ + b * a_) * trace(X * Y)
    start = inner(*(sides(t)[0] for t in told))
    return same_traces(start, target, *told, *map(transposed, told), own(K), own(K - 1))


@cache
def straight() -> Theorem:
    """Tr((e_r E_il)^T e_h E_mn)."""
    return settle(specialise(assume(UNITS[2]), R, I, L, H, M, O), *PLACES, *OTHER)


@cache
def crossed() -> Theorem:
    """Tr(e_r E_il e_h E_mn)."""
    told = same_traces(trace(X * Y), SIGN * inner(unit(R, L, I), Y), transposed(flipped()))
    return settle(then(told, mirrored(straight())), *PLACES, *OTHER)


# --- inner products -------------------------------------------------------------------------------

INNER: Final = (*within(j, 1, N - 1), *within(k, 1, N - 1))
u, v = (variable(name, REAL).term for name in "uv")


@cache
def path() -> Theorem:
    """The sum over q of half of what two frames and two numbers u and v give: a Jacobi matrix."""
    q = fresh(INT)
    (a, b), (a_, b_) = ((weight(q.term, x, v, u), weight(q.term, x, u, v)) for x in (J, K))
    whole = total(q, 1, N, (a * a_ + b * b_) / 2)
    square, between = (u * u + v * v) / 2, u * v
    here, after, here_, after_ = (delta(q.term, x) for x in (J, J + 1, K, K + 1))
    parts = here * (here_ * square) + after * (after_ * square)
    parts = parts - here * (after_ * between) - after * (here_ * between)
    spread = ranges.congruence(whole, field(body(whole, q.term), parts), q)
    goal = equal(sides(spread)[0], beside(J, K, u * u + v * v, -(u * v)))

    def at(which: Term, *known: Term) -> Theorem:
        put = {k: which}
        facts = (*DEPTH, *(substitute(c, put) for c in INNER), *known)
        told = instance(spread, put)
        told = transitive(told, repeated(sides(told)[1], first(decided, picking, never), *facts))
        last = agree(sides(told)[1], substitute(goal.args[1], put), *facts)
        return settle(transitive(told, last), *facts)

    found = by_distance(goal, at(J), at(J + 1), at(J - 1), at(K, *APART), known=INNER)
    return settle(found, *DEPTH, *INNER)


def jacobi(gram: Term, put: dict[Symbol, Term], *known: Term) -> Theorem:
    """Return that the inner products of tangents of one unit, over a length, are such a matrix."""
    whole, q = body(gram, J, K), fresh(INT)
    share, sum_ = whole.args
    row, column = put[i], put[l]
    ways = [instance(t, {h: R, m: row, n: column, **put}) for t in (straight(), crossed())]
    ways = [settle(then_decided(t, *known), *known) for t in ways]
    told = instance(of_one_factor(), {**OTHER_FRAME, k: q.term, h: R, m: row, n: column, **put})
    told = then(told, *ways)
    x = fresh(REAL)
    spread = ranges.linear_image(sum_, x, share * x.term)
    one, other = ({u: scale(row), v: scale(column)}[x] for x in (u, v))
    numbers = instance(path(), {u.data: one, v.data: other})
    each_ = field(body(sides(spread)[1], q.term), body(sides(numbers)[0], q.term), (share, told))
    each_ = settle(each_, *GIVEN, *known, *INNER, *within(q, 1, N))
    found = transitive(spread, ranges.congruence(sides(spread)[1], each_, q), numbers)
    found = settle(found, *GIVEN, *INNER, *known)
    return settle(ranges.congruence(gram, found, j, k), *GIVEN, *known)


def then_decided(theorem: Theorem, *known: Term) -> Theorem:
    """Make the choices on the right of an equation that are decided by what is known."""
    return transitive(theorem, repeated(sides(theorem)[1], decided, *known))


PAIR: Final = (*UNIT, *within(i, 1, d), *within(l, I + 1, d))
INDEX: Final = (*within(r, 2, beta), *within(i, 1, d))
SAME: Final = equal(sigma(I), sigma(L))


@cache
def of_pair() -> Theorem:
    """The determinant of a pair, by whether its values are equal."""
    matrix = jacobi(PAIR_GRAM, {i: I, l: L}, *PAIR)
    both = orbit_volume.by_choice(orbit_volume.coincident(), orbit_volume.distinct())
    return settle(transitive(changed(determinant(PAIR_GRAM), matrix), both), *GIVEN, *PAIR)


@cache
def of_index() -> Theorem:
    """The determinant of an imaginary unit: that of a pair of two values that are one."""
    matrix = jacobi(INDEX_GRAM, {i: I, l: I}, *INDEX)
    alike = cut(instance(orbit_volume.coincident(), {l: I}), reflexive(sigma(I)))
    found = transitive(changed(determinant(INDEX_GRAM), matrix), alike)
    return settle(found, *GIVEN, *INDEX)


def of_others(condition: Term) -> Theorem:
    """Tangents of different units or places are orthogonal."""
    known = (*FRAMES, *ORDERED, *OTHER, condition)
    zeros = [transitive(t, agree(sides(t)[1], ZERO, *known)) for t in (straight(), crossed())]
    q, whole = fresh(INT), products((J, R, I, L), (K, H, M, O))
    told = then(instance(of_one_factor(), {**OTHER_FRAME, k: q.term}), *zeros)
    told = transitive(told, field(sides(told)[1], ZERO))
    told = settle(told, *GIVEN, *known, *within(q, 1, N))
    told = ranges.congruence(whole, told, q)
    found = then(told, ranges.constant(sides(told)[1]))
    found = transitive(found, field(sides(found)[1], ZERO))
    return generalise(settle(found, *GIVEN, *known), (j, k, r, i, l, h, m, n), *known)


@cache
def volume() -> Theorem:
    """The product over all units, pairs and indices: beta, and beta - 1, equal ones."""
    pair = generalise(of_pair(), (r, i, l), *PAIR)
    index = generalise(of_index(), (r, i), *INDEX)
    pairs = product(r, 1, beta, product(i, 1, d, product(l, I + 1, d, determinant(PAIR_GRAM))))
    indices = product(r, 2, beta, product(i, 1, d, determinant(INDEX_GRAM)))
    found = changed(pairs * indices)
    for whole, each_ in ((pairs, pair), (indices, index)):
        told = repeated(whole, by(each_), *GIVEN)
        found = then(found, transitive(told, ranges.constant(sides(told)[1])))
    return settle(found, *GIVEN)


def of_case(case: Term) -> Theorem:
    """Return the determinant of a pair in a case."""
    choice = ranges.chosen(sides(of_pair())[1], assume(case))
    known = (*PAIR, case)
    return generalise(settle(transitive(of_pair(), choice), *GIVEN, *known), (r, i, l), *known)


@cache
def derive() -> Deduction:
    """Return the theorems about tangents of the orbit over a field, for all N, d and beta."""
    proof = Deduction("entropy-fields")
    proof.conclude("moves", moves(), "The derivative of a product:")
    right, _, left, _ = rooted()
    proof.show("right", right, "As $P$ is a sum of units,")
    proof.show("left", left, "and, transposed,")
    proof.show("moved", moved(), "so that")
    proof.conclude("distinct", of_case(negation(SAME)), "The Gram matrix is tridiagonal:")
    proof.conclude("coincident", of_case(SAME), "and for equal values")
    index = generalise(of_index(), (r, i), *INDEX)
    proof.conclude("index", index, "An imaginary unit is as a pair of equal values:")
    proof.conclude("units", of_others(different(R, H)), "Different units are orthogonal:")
    proof.conclude("rows", of_others(different(I, M)), "and so are different places:")
    proof.conclude("columns", of_others(different(L, O)))
    proof.conclude("volume", volume(), "The product of all determinants is")
    return proof
