"""The volume element of the balanced manifold, for every N and d: orbits times metric."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.hypotheses import DEPTH, ORDERED, POSITIVE, SVD, WIDTH
from dlnproof.definitions.letters import N, U, V, W, d, i, j, k, l, m, n, s, sigma
from dlnproof.definitions.orbits import (
    FRAME_TANGENT,
    FRAMES_GRAM,
    INNER_GRAM,
    ROOTS,
    SUBMERSED,
    TURNED,
    TURNED_FRAME,
    TURNED_PRODUCT,
    VALUE_TANGENT,
    VALUES_GRAM,
    frame_curve,
    inner_sum,
    turned,
    value_curve,
)
from dlnproof.kernel.arrays import entry_of_array
from dlnproof.kernel.calculus import derivative_diagonal, derivative_power
from dlnproof.kernel.determinants import (
    determinant_of,
)
from dlnproof.kernel.entries import (
    diagonal_of_units,
    entry_of,
    entry_off_unit,
    same_entries,
    trace_with_unit,
)
from dlnproof.kernel.indices import indices
from dlnproof.kernel.logic import (
    assume,
    cases,
    cut,
    generalise,
    instance,
    negation,
    reflexive,
    rewrite,
    sides,
    specialise,
    symmetric,
    transitive,
    unfold,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.ranges import congruence, constant, picked
from dlnproof.kernel.terms import (
    Family,
    Symbol,
    Term,
    array,
    choose,
    determinant,
    diagonal,
    entry,
    equal,
    integer,
    number,
    opened,
    pair_determinant,
    positive,
    power,
    product,
    substitute,
    trace,
    unfolded,
    unit,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import words
from dlnproof.tactics.agreement import joined, same, squared
from dlnproof.tactics.cancelling import same_traces, same_words
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import body, changed, inside, then, transport, valued
from dlnproof.tactics.rewriting import Known, by, decided, repeated
from dlnproof.tactics.settle import proved, settle

from ..metric.metric_diagonalization import sum_determinant
from ..volume import svd_jacobian
from . import frames, jacobi, orbit_volume, tangents
from .jacobi import a, b
from .tangents import PAIR, THIS, Q, value

GIVEN: Final = (*DEPTH, *WIDTH, *POSITIVE, TURNED)
OF_METRIC: Final = (*DEPTH, *WIDTH, *SVD, *POSITIVE)
ROOT: Final = Family((i,), sigma(i.term) ** (1 / N))
FRAMES_AT: Final = {Q: Family((j,), turned(j.term)), value: ROOT}
I, J, K, L, M, R = i.term, j.term, k.term, l.term, m.term, n.term
RANGE: Final = (*within(m, 1, d), *within(k, 1, N))


def unfolded_tangents(term: Term, known: Known) -> Theorem | None:
    """Convert a tangent to what it stands for."""
    own = term.op == "defined" and term.data in (VALUE_TANGENT, FRAME_TANGENT)
    return unfold(term) if own else None


def orthogonal(at: Term) -> Theorem:
    """Return R_j^T R_j = I."""
    return specialise(assume(TURNED), at)


# --- tangents -------------------------------------------------------------------------------------


@cache
def moving_values() -> Theorem:
    """Return the derivative of (Sigma + s E_mm)^(1/N): a multiple of E_mm."""
    moved = value_curve(K, M, s.term).args[0].args[1]
    known = within(i, 1, d)
    own = body(moved, I)
    base = differentiate(own.args[0], s, number(0))
    at = own.args[0]
    start = substitute(at, {s: number(0)})
    plain = field(start, sigma(I))
    above = rewrite(proved(positive(sigma(I)), *POSITIVE, *known), symmetric(plain))
    power_ = settle(cut(derivative_power(base, own.args[1]), above), *POSITIVE, *known)
    told = derivative_diagonal(power_, i, d)
    value_ = told.conclusion.args[1]
    choice = choose(equal(I, M), number(1), number(0))
    tangent = sigma(I) ** (1 / N) / (N * sigma(I))

    def entry_(at_: Term) -> Theorem:
        here = changed(body(value_, at_), instance(plain, {i: at_}))
        aim = substitute(choice * tangent, {i: at_})
        return transitive(here, field(sides(here)[1], aim))

    units = transitive(
        inside(value_, entry_, *GIVEN), diagonal_of_units(diagonal(i, d, choice * tangent))
    )
    summed = sides(units)[1]

    def apart(at_: Term) -> Theorem:
        put = {i: at_}
        one, two = (substitute(x, put) for x in (choice, tangent))
        return words(body(summed, at_), one * (two * unit(d, at_, at_)))

    units = then(units, inside(summed, apart, *GIVEN))
    units = transitive(units, picked(sides(units)[1]))
    return settle(valued(told, units), *GIVEN, *within(m, 1, d))


@cache
def value_tangent() -> Theorem:
    """Return the derivative of W_k in sigma_m."""
    found = differentiate(value_curve(K, M, s.term), s, number(0), moving_values())
    value_ = found.conclusion.args[1]
    plain = transitive(
        words(value_, unfolded(VALUE_TANGENT(K, M))), symmetric(unfold(VALUE_TANGENT(K, M)))
    )
    return settle(valued(found, plain), *GIVEN, *RANGE)


@cache
def frame_tangent() -> Theorem:
    """Return the derivative of W_k where the frame R_j moves by s R_j (E_il - E_li)."""
    found = differentiate(frame_curve(K, J, I, L, s.term), s, number(0))
    tangent = FRAME_TANGENT(K, J, I, L)
    value_ = found.conclusion.args[1]
    at, after = equal(K, J), equal(K, J + 1)
    plain = []
    for facts, place in (
        ((at,), indices(equal(J, K), at)),
        ((negation(at), after), indices(equal(J, K - 1), after)),
        ((negation(at), negation(after)), None),
    ):
        one = repeated(value_, decided, *facts)
        other = transitive(unfold(tangent), repeated(unfolded(tangent), decided, *facts))
        if place is not None:
            one, other = (then(x, place) if J.data in sides(x)[1].free else x for x in (one, other))
        words_ = same_words(sides(one)[1], sides(other)[1], orthogonal(K), orthogonal(K - 1))
        plain.append(transitive(one, words_, symmetric(other)))
    later = cases(*plain[1:], on=[after, negation(after)])
    whole = cases(plain[0], later, on=[at, negation(at)])
    return settle(valued(found, whole), *GIVEN, *within(k, 1, N), *within(j, 0, N), *PAIR)


# --- inner products -------------------------------------------------------------------------------


def diagonal_entry() -> Theorem:
    """Return (E_il - E_li)_mm = 0."""
    whole = entry_of(THIS, M, M)
    parts = []
    for u in (part.args[0] for part in sides(whole)[1].args):
        row = equal(M, u.args[1])
        off = entry_off_unit(u, M, M, by_row=True)
        on = settle(entry_off_unit(u, M, M, by_row=False), row, *PAIR)
        parts.append(cases(on, off, on=[row, negation(row)]))
    zero = field(
        sides(whole)[0],
        number(0),
        (number(1), whole),
        (number(1), parts[0]),
        (-number(1), parts[1]),
    )
    return settle(zero, *WIDTH, *PAIR, *within(m, 1, d))


def traced(x: Term) -> Theorem:
    """Return Tr(E_mm X) = 0, for X the product of E_il - E_li and a diagonal matrix."""
    told = transitive(trace_with_unit(unit(d, M, M), x), entry_of(x, M, M))
    told = then(told, diagonal_entry())
    return transitive(told, field(sides(told)[1], number(0)))


@cache
def across() -> Theorem:
    """Return: tangents where a value moves, and where a frame moves, are orthogonal."""
    whole = inner_sum(lambda q: VALUE_TANGENT(q, M), lambda q: FRAME_TANGENT(q, J, I, L))
    found = repeated(whole, unfolded_tangents)
    [summed] = opened(sides(found)[1], K)
    factor_ = sigma(M) ** (1 / N) / (N * sigma(M))
    at, after = equal(K, J), equal(K, J + 1)
    parts = []
    for facts, place, x in (
        ((at,), indices(equal(J, K), at), THIS * ROOTS),
        ((negation(at), after), indices(equal(J, K - 1), after), ROOTS * THIS),
        ((negation(at), negation(after)), None, None),
    ):
        one = repeated(summed, decided, *facts)
        if place is None or x is None:
            parts.append(transitive(one, same_traces(sides(one)[1], number(0))))
            continue
        one = then(one, place)
        aim = factor_ * trace(unit(d, M, M) * x)
        told = same_traces(
            sides(one)[1], aim if facts == (at,) else -aim, orthogonal(K), orthogonal(K - 1)
        )
        one = then(transitive(one, told), traced(x))
        parts.append(transitive(one, field(sides(one)[1], number(0))))
    later = cases(*parts[1:], on=[after, negation(after)])
    zero = cases(parts[0], later, on=[at, negation(at)])
    known = (*GIVEN, *within(m, 1, d), *within(j, 0, N), *PAIR)
    zero = settle(zero, *known, *within(k, 1, N))
    found = transitive(found, congruence(sides(found)[1], zero, k))
    found = transitive(found, constant(sides(found)[1]))
    return settle(transitive(found, field(sides(found)[1], number(0))), *known)


@cache
def values_gram() -> Theorem:
    """Return the determinant of the inner products where values move: prod_m N (c_m)^2."""
    [pair_] = opened(VALUES_GRAM, M, R)
    found = repeated(pair_, unfolded_tangents)
    [summed] = opened(sides(found)[1], K)
    cs = [sigma(x) ** (1 / N) / (N * sigma(x)) for x in (M, R)]
    unit_ = trace(unit(d, M, M) * unit(d, R, R))
    told = same_traces(summed, (cs[0] * cs[1]) * unit_, orthogonal(K), orthogonal(K - 1))
    told = then(told, trace_with_unit(unit(d, M, M), unit(d, R, R)))
    known = (*GIVEN, *within(m, 1, d), *within(n, 1, d))
    told = settle(told, *known, *within(k, 1, N))
    found = transitive(found, congruence(sides(found)[1], told, k))
    found = transitive(found, constant(sides(found)[1]))
    value_ = sigma(M) ** (2 / N - 2) / N
    diagonal_ = diagonal(m, d, value_)
    goal = equal(entry(VALUES_GRAM, M, R), entry(diagonal_, M, R))
    told = transitive(entry_of_array(VALUES_GRAM, M, R), found)
    off = then(told, entry_off_unit(unit(d, R, R), M, M, by_row=True))
    off = transitive(off, field(sides(off)[1], number(0)), symmetric(entry_of(diagonal_, M, R)))
    on = then(instance(told, {n: M}), entry_of(unit(d, M, M), M, M))
    on = transitive(on, field(sides(on)[1], value_), symmetric(entry_of(diagonal_, M, M)))
    same = equal(M, R)
    whole = cases(transport(on, n, goal, assume(same)), off, on=[same, negation(same)])
    matrix = same_entries(settle(whole, *known), m, n)
    found = transitive(
        changed(determinant(VALUES_GRAM), matrix), determinant_of(determinant(diagonal_))
    )
    return settle(found, *GIVEN)


# --- the Gram determinant of all frames -----------------------------------------------------------


ROOT_I, ROOT_L = sigma(I) ** (1 / N), sigma(L) ** (1 / N)
PUT: Final = {
    a.data: ROOT_I * ROOT_I,
    b.data: ROOT_L * ROOT_L,
    jacobi.r.data: ROOT_I * ROOT_L,
}
DOUBLED: Final = power(number(2), N - 1)
ROOTS_APART: Final = sigma(I) ** (2 / N) - sigma(L) ** (2 / N)
SQUARES_APART: Final = sigma(I) ** 2 - sigma(L) ** 2
ENDS: Final = (*DEPTH, positive(sigma(I)), positive(sigma(L)))


def over_pairs(value_: Term) -> Term:
    """Return the product over pairs i < l."""
    return product(i, 1, d, product(l, I + 1, d, value_))


def in_pairs(whole: Term, shift: int, pair_: Theorem, entry_: Term) -> Theorem:
    """Return a Gram determinant of frames as a product over pairs.

    ``pair_`` is the determinant of the matrix of a pair, with ``entry_`` in row j and column k.
    """
    raw = repeated(whole, unfolded_tangents)
    generic = pair_determinant(
        (j, i, l, k, m, n), whole.args[0], d, tangents.products(J - shift, K - shift)
    )
    generic_entry = substitute(entry_, {})
    told = instance(frames.blocks(generic, shift, generic_entry), FRAMES_AT)
    each_pair = generalise(settle(pair_, *GIVEN, *PAIR), (i, l), *PAIR)
    found = transitive(raw, told)
    return settle(transitive(found, repeated(sides(found)[1], by(each_pair))), *GIVEN)


@cache
def frames_gram() -> Theorem:
    """Return the Gram determinant of all frames: the product of 2^(N-1) (...) (...) over pairs."""
    count = N + 1
    matrix = jacobi.two_corners(count)
    generic = {a.data: frames.A, b.data: frames.B, jacobi.r.data: frames.BETWEEN}
    [entry_] = opened(substitute(matrix, generic), J, K)
    found = instance(specialise(jacobi.corners(), N), PUT)
    square = field(PUT[jacobi.r.data] * PUT[jacobi.r.data], PUT[a.data] * PUT[b.data])
    det = determinant(substitute(matrix, PUT))
    half = number(1) / 2
    told = field(det, DOUBLED * (ROOTS_APART * SQUARES_APART), (half, cut(found, square)))
    return in_pairs(FRAMES_GRAM, 1, settle(told, *ENDS), entry_)


@cache
def inner_gram() -> Theorem:
    """Return the Gram determinant of the orbit: the product of 2^(N-1) det(...) over pairs."""
    here, beside_ = frames.SQUARES, frames.BETWEEN
    entry_ = jacobi.beside(J, K, 2 * here, -(2 * beside_))
    single = array(j, k, N - 1, N - 1, jacobi.beside(J, K, here, -beside_))
    double = array(j, k, N - 1, N - 1, entry_)
    left = entry_of_array(double, J, K)
    right = then(entry_of(2 * single, J, K), entry_of_array(single, J, K))
    both = transitive(left, frames.agree(entry_, sides(right)[1]), symmetric(right))
    inside_ = (*DEPTH, *within(j, 1, N - 1), *within(k, 1, N - 1))
    matrix = same_entries(settle(both, *inside_), j, k)
    told = transitive(changed(determinant(double), matrix), determinant_of(determinant(2 * single)))
    closed = orbit_volume.by_choice(orbit_volume.coincident(), orbit_volume.distinct())
    told = then(instance(told, {value: ROOT}), closed)
    return in_pairs(INNER_GRAM, 0, settle(told, *ENDS), entry_)


# --- the metric, and the coarea formula -----------------------------------------------------------

AT_W: Final = {U.data: turned(N), V.data: turned(0), W.data: TURNED_PRODUCT}


@cache
def submersed() -> Theorem:
    """Return det(g / N) = prod_i sigma_i^(2/N-2) / N prod_{i<l} (D_il / N)^2."""
    found = instance(sum_determinant(), AT_W)
    ends = (settle(orthogonal(at), *GIVEN) for at in (N, integer(0)))
    return settle(found, reflexive(TURNED_PRODUCT), *GIVEN, *ends)


@cache
def gram() -> Theorem:
    """Return the Gram determinant of the balanced manifold."""
    whole = determinant(VALUES_GRAM) * FRAMES_GRAM
    return settle(changed(whole, values_gram(), frames_gram()), *GIVEN)


@cache
def coarea() -> Theorem:
    """Return: it is that of the orbit times that of the metric, in the coordinates Sigma, U, V."""
    jacobian = instance(svd_jacobian.derive().concluded["jacobian"], AT_W)
    jacobian = settle(
        jacobian, *GIVEN, *ORDERED, *TURNED_FRAME, orthogonal(N), orthogonal(integer(0))
    )
    frame = sides(jacobian)[0]
    known = (*GIVEN, *ORDERED)
    right = INNER_GRAM * (SUBMERSED * frame**2)
    told = changed(right, inner_gram(), submersed(), jacobian)
    orbit_, rest = sides(told)[1].args
    (values_, off), square = rest.args[0].args, rest.args[1]
    told = then(told, squared(square.args[0], *known))
    squares = sides(squared(square.args[0], *known))[1]
    plain = field(sides(told)[1], values_ * ((orbit_ * off) * squares))
    told = then(transitive(told, plain), joined(orbit_, off, *known))
    both = sides(joined(orbit_, off, *known))[1]
    told = then(told, joined(both, squares, *known))
    left = gram()
    middle = same(sides(left)[1], sides(told)[1], *known)
    return settle(transitive(left, middle, symmetric(told)), *known, *TURNED_FRAME)


@cache
def derive() -> Deduction:
    """Return the theorems about the volume of the balanced manifold, for all N and d."""
    proof = Deduction("coarea")
    by_value = nested(value_tangent(), (m, 1, d), (k, 1, N))
    by_frame = nested(frame_tangent(), (j, 0, N), (i, 1, d), (l, I + 1, d), (k, 1, N))
    proof.conclude("value-tangent", by_value, "Where $\\sigma_m$ moves,")
    proof.conclude("frame-tangent", by_frame, "and where the frame $R_j$ turns,")
    orthogonal_ = nested(across(), (m, 1, d), (j, 0, N), (i, 1, d), (l, I + 1, d))
    proof.conclude("across", orthogonal_, "these are orthogonal to each other:")
    proof.show("values", values_gram(), "Those of the values are orthogonal, with")
    proof.show("frames", frames_gram(), "those of the frames fall apart into pairs:")
    proof.conclude("gram", gram(), "Together,")
    proof.show("orbit", inner_gram(), "The orbit turns all frames but the first and the last:")
    proof.show("metric", submersed(), "The metric has the eigenvalues of the operator:")
    found = generalise(coarea(), (), *ORDERED, *TURNED_FRAME)
    proof.conclude("coarea", found, "Multiplied pair by pair,")
    return proof


def nested(theorem: Theorem, *ranges: tuple[Symbol, int | Term, Term]) -> Theorem:
    """Return a theorem for each of the indices, the last one inmost."""
    known = [c for v, first, last in ranges for c in within(v, first, last)]
    found = settle(theorem, *GIVEN, *known)
    for v, first, last in reversed(ranges):
        found = generalise(found, v, *within(v, first, last))
    return found
