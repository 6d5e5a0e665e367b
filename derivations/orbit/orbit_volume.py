"""The volume of the orbit of balanced factorizations, for every N and d."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.hypotheses import DEPTH, POSITIVE, WIDTH
from dlnproof.definitions.letters import N, d, i, j, k, l, m, sigma
from dlnproof.definitions.orbits import FRAME, GRAM, ORBIT, SINGULAR, TURNED, turned, wave
from dlnproof.kernel import signs
from dlnproof.kernel.arrays import entry_of_array
from dlnproof.kernel.entries import entry_of, entry_off_unit, same_entries, trace_with_unit
from dlnproof.kernel.induction import induction
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
from dlnproof.kernel.numbers import field, field_in, power_of_zero
from dlnproof.kernel.orbits import skew, volume_of_group, volume_of_no_group, volume_of_sphere
from dlnproof.kernel.ranges import chosen, congruence, constant, empty, picked, sum_of_sums, top
from dlnproof.kernel.terms import (
    INT,
    PI,
    Family,
    Term,
    array,
    at_most,
    choose,
    cosine,
    determinant,
    different,
    entry,
    equal,
    fresh,
    gamma,
    inner,
    integer,
    number,
    orthogonal_volume,
    positive,
    power,
    product,
    total,
    trace,
    unit,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces
from dlnproof.tactics.equations import body, changed, inside, then, transport
from dlnproof.tactics.rewriting import Known, by, decided, first, repeated, rules
from dlnproof.tactics.settle import settle

from . import frames, waves
from .balanced import (
    ALL,
    FROM_ONE,
    FROM_ZERO,
    J,
    factors,
    first_frame,
    frame,
    frames_orthogonal,
    last_frame,
    named,
)
from .jacobi import beside
from .tangents import PAIR, Q, value

I, L, K, M = i.term, l.term, k.term, m.term
INNER: Final = (at_most(1, J), at_most(J, N - 1))
ROOT: Final = Family((i,), sigma(I) ** (1 / N))
RAW: Final = Family((j,), frame(J))
SAME: Final = equal(sigma(I), sigma(L))
COINCIDENT: Final = N * sigma(I) ** (2 - number(2) / N)
DISTINCT: Final = (sigma(I) ** 2 - sigma(L) ** 2) / (sigma(I) ** (2 / N) - sigma(L) ** (2 / N))
SQUARED: Final = choose(SAME, COINCIDENT, DISTINCT)
X, Y = sigma(I) ** (1 / N), sigma(L) ** (1 / N)
ENDS: Final = (*DEPTH, positive(sigma(I)), positive(sigma(L)))
BLOCK: Final = array(j, k, N - 1, N - 1, beside(J, K, X * X + Y * Y, -(X * Y)))


# --- the determinant of a pair --------------------------------------------------------------------


@cache
def distinct() -> Theorem:
    """Return the determinant of the Jacobi matrix of a pair, for different values."""
    product, _, square = frames.pair_determinants()
    found = instance(cut(specialise(product, N - 1), square), {value: ROOT})
    over = 1 / (sigma(I) ** (2 / N) - sigma(L) ** (2 / N))
    return settle(field(determinant(BLOCK), DISTINCT, (over, found)), *ENDS, negation(SAME))


@cache
def coincident() -> Theorem:
    """Return the determinant of the Jacobi matrix of a pair, for equal values."""
    _, same, _ = frames.pair_determinants()
    one, other = next(iter(same.hypotheses)).args
    trivial = field(one, other)
    found = instance(cut(specialise(same, N - 1), trivial), {value: ROOT})
    alike = changed(determinant(BLOCK), symmetric(assume(SAME)))
    last = field(sides(found)[1], COINCIDENT)
    return settle(transitive(alike, found, last), *ENDS)


@cache
def vanishing() -> Theorem:
    """Return the determinant of the Jacobi matrix of a pair, where sigma_l = 0 < sigma_i."""
    product, _, square = frames.pair_determinants()
    found = instance(cut(specialise(product, N - 1), square), {value: ROOT})
    none, large = assume(equal(sigma(L), number(0))), sigma(I) ** (2 / N)
    y = then(changed(Y, none), power_of_zero(1 / N))
    small = then(changed(sigma(L) ** (2 / N), none), power_of_zero(2 / N))
    powers = changed((Y * Y) ** N, y)
    powers = then(powers, field(number(0) * number(0), number(0)), power_of_zero(N))
    det = determinant(BLOCK)
    over = 1 / large
    parts = ((over, found), (-over, powers), (over * Y * det, y))
    first = field_in([(Y * Y) ** N, Y], det, sigma(I) ** 2 / large, *parts)
    told = changed(DISTINCT, small, none)
    last = transitive(field(sigma(I) ** 2 / large, sides(told)[1]), symmetric(told))
    apart = rewrite(signs.apart(assume(positive(sigma(I)))), symmetric(none))
    choice = symmetric(chosen(SQUARED, apart))
    return settle(transitive(first, last, choice), *ENDS[:2], *none.hypotheses)


def by_choice(one: Theorem, other: Theorem) -> Theorem:
    """Return a determinant as a choice, by whether sigma_i = sigma_l."""
    parts = []
    for theorem, case in ((one, SAME), (other, negation(SAME))):
        parts.append(transitive(theorem, symmetric(chosen(SQUARED, assume(case)))))
    return cases(*parts, on=[SAME, negation(SAME)])


# --- volumes --------------------------------------------------------------------------------------


@cache
def factored_orbit() -> Theorem:
    """Return: the orbit is that of Q_j Sigma^(1/N) Q_{j-1}^T."""
    return settle(congruence(ORBIT, settle(factors(), *ALL), j), *ALL)


@cache
def volume() -> Theorem:
    """Return vol(O_W) = c_d^(N-1) root(...), for an invertible W."""
    found = instance(frames.volume(), {Q: RAW, value: ROOT})
    orthogonal = generalise(frames_orthogonal(), j, *FROM_ZERO)
    found = settle(transitive(factored_orbit(), found), orthogonal, *ALL)
    each_pair = settle(by_choice(coincident(), distinct()), *ALL, *PAIR)
    pair = generalise(each_pair, (i, l), *PAIR)
    return settle(transitive(found, repeated(sides(found)[1], by(pair))), *ALL)


@cache
def volume_at_corank_one() -> Theorem:
    """Return 2^(N-1) vol(orbit) = c_d^(N-1) root(...), where only sigma_d is 0."""
    found = instance(frames.volume_at_corank_one(), {Q: Family((j,), turned(J)), value: ROOT})
    none = SINGULAR[1]
    root = then(changed(sigma(d) ** (1 / N), assume(none)), power_of_zero(1 / N))
    root = settle(root, *DEPTH)
    found = cut(found, root)
    known = (*DEPTH, *WIDTH, TURNED, *SINGULAR)
    below = by_choice(coincident(), distinct())
    goal = equal(determinant(BLOCK), SQUARED)
    end = equal(d, L)
    last = transport(instance(vanishing(), {l: d}), l, goal, assume(end))
    over = negation(at_most(L, d - 1))
    pair = cases(
        settle(below, *known, *PAIR, at_most(L, d - 1)),
        settle(last, *known, *PAIR, over),
        on=[at_most(L, d - 1), over],
    )
    found = transitive(found, repeated(sides(found)[1], by(generalise(pair, (i, l), *PAIR))))
    return settle(found, *known)


# --- the eigenvalues of a pair --------------------------------------------------------------------


def beside_row(q: Term) -> Theorem:
    """Return an entry of the Jacobi matrix as a sum of choices of its column."""
    here, by_ = X * X + Y * Y, -(X * Y)
    choice = beside(J, q, here, by_)
    parts = [choose(equal(q, at), number(1), number(0)) for at in (J, J + 1, J - 1)]
    target = parts[0] * here + parts[1] * by_ + parts[2] * by_
    at = [equal(q, x) for x in (J, J + 1, J - 1)]

    def under(*known: Term) -> Theorem:
        one, other = (repeated(side, decided, *known) for side in (choice, target))
        middle = field(sides(one)[1], sides(other)[1])
        return transitive(one, middle, symmetric(other))

    found = under(*(negation(case) for case in at))
    for case in reversed(at):
        found = cases(under(case), found, on=[case, negation(case)])
    return found


def picked_or_end(at: Term, end: Term, zero: Theorem) -> Theorem:
    """Return the sum over the row's neighbour at an index, which may be the end, where it is 0."""
    q = fresh(INT)
    weight = -(X * Y)
    whole = total(
        q, 1, N - 1, choose(equal(q.term, at), number(1), number(0)) * (weight * wave_at(q.term))
    )
    inside_ = settle(picked(whole), *DEPTH, *INNER, different(at, end))
    none = repeated(whole, first(decided, nothing), *DEPTH, *INNER, equal(at, end))
    x, here = fresh(INT), weight * wave_at(at)
    moved = equal(here, weight * wave_at(x.term))
    ended = then(transport(reflexive(here), x, moved, assume(equal(at, end))), zero)
    ended = transitive(none, symmetric(transitive(ended, field(weight * number(0), number(0)))))
    case = equal(at, end)
    return cases(ended, inside_, on=[case, negation(case)])


def wave_at(at: Term) -> Term:
    """Return the entry of an eigenvector in a row."""
    return waves.wave(at, M)


def nothing(term: Term, known: Known) -> Theorem | None:
    """Add up what is 0."""
    if term.op == "*" and term.args[0] == number(0):
        return field(term, number(0))
    if term.op == "sum" and body(term, number_of_no_use) == number(0):
        return transitive(constant(term), field(sides(constant(term))[1], number(0)))
    return None


number_of_no_use: Final = fresh(INT).term


@cache
def row() -> Theorem:
    """Return: a row of the Jacobi matrix times an eigenvector is a multiple of its entry."""
    q = fresh(INT)
    weight, here = -(X * Y), X * X + Y * Y
    whole = total(q, 1, N - 1, beside(J, q.term, here, weight) * wave_at(q.term))
    choices = [choose(equal(q.term, at), number(1), number(0)) for at in (J, J + 1, J - 1)]
    w = wave_at(q.term)
    parts = choices[0] * (here * w) + choices[1] * (weight * w) + choices[2] * (weight * w)
    split = field(body(whole, q.term), parts, (w, beside_row(q.term)))
    found = congruence(whole, settle(split, *ENDS), q)
    apart = rules(sum_of_sums)
    found = transitive(found, repeated(sides(found)[1], apart))
    middle = picked(total(q, 1, N - 1, choices[0] * (here * w)))
    first_zero, last_zero = waves.ends(M)
    above = picked_or_end(J + 1, N, last_zero)
    below = picked_or_end(J - 1, N * 0, first_zero)
    found = transitive(found, repeated(sides(found)[1], by(middle, above, below)))
    last = field(sides(found)[1], EIGENVALUE * wave_at(J), (weight, waves.recurrence(J, M)))
    return settle(transitive(found, last), *ENDS, *INNER)


EIGENVALUE: Final = (
    sigma(I) ** (2 / N)
    + sigma(L) ** (2 / N)
    - 2 * sigma(I) ** (1 / N) * sigma(L) ** (1 / N) * cosine(M * PI / N)
)


@cache
def eigenvector() -> Theorem:
    """Return G x = mu x, for the matrix of inner products of the tangents of a pair."""
    column = wave(M)
    product = BLOCK * column
    known = (*ENDS, *INNER, at_most(1, K), at_most(K, 1))
    left_ = entry_of(product, J, K)

    def entries(q: Term) -> Theorem:
        term = entry(BLOCK, J, q) * entry(column, q, K)
        return changed(term, entry_of_array(BLOCK, J, q), entry_of_array(column, q, K))

    left_ = transitive(left_, inside(sides(left_)[1], entries, *known), row())
    right_ = then(entry_of(EIGENVALUE * column, J, K), entry_of_array(column, J, K))
    both = settle(transitive(left_, symmetric(right_)), *known)
    found = transitive(changed(GRAM(I, L) * column, pair_gram()), same_entries(both, j, k))
    return settle(found, *ALL, *PAIR)


@cache
def pair_gram() -> Theorem:
    """Return the matrix of inner products of the tangents of a pair: a Jacobi matrix."""
    whole = unfold(GRAM(I, L))
    orthogonal = named(frames_orthogonal(), J)
    of_factors = generalise(named(factors(), J, J - 1), j, *FROM_ONE)
    framed = repeated(sides(whole)[1], by(of_factors), *ALL)
    put = {Q: Family((j,), FRAME(J)), value: ROOT}
    entries = instance(frames.pair_entries(), put)
    entries = settle(entries, generalise(orthogonal, j, *FROM_ZERO), *ALL, *PAIR)
    found = transitive(whole, framed, congruence(sides(framed)[1], entries, j, k))
    return settle(found, *ALL, *PAIR)


@cache
def not_zero() -> Theorem:
    """Return 0 < x_1, for an eigenvector x."""
    told = symmetric(entry_of_array(wave(M), 1, 1))
    return settle(rewrite(waves.first_positive(), told), *DEPTH, *within(m, 1, N - 1))


# --- the volume of the group ----------------------------------------------------------------------


@cache
def length() -> Theorem:
    """Return Tr(a^T a) = 2, for a = E_di - E_id and each 1 <= i < d."""
    a, (up, down) = skew(d, d, I), (unit(d, d, I), unit(d, I, d))
    told = traces(
        inner(a, a), trace(down * up) - trace(down * down) - trace(up * up) + trace(up * down)
    )
    for u, v in ((down, up), (down, down), (up, up), (up, down)):
        told = then(told, trace_with_unit(u, v))
    for u, (row_, col) in ((down, (d, I)), (up, (I, d))):
        told = then(told, entry_off_unit(u, row_, col, by_row=True))
    told = then(told, entry_of(up, d, I), entry_of(down, I, d))
    known = (at_most(1, I), at_most(I, d - 1))
    found = settle(transitive(told, field(sides(told)[1], number(2))), *known)
    return generalise(found, i, *known)


@cache
def group_product() -> Theorem:
    """Return vol(O_d) = prod_k 2^((k-1)/2) vol(S^(k-1)), by induction on d."""

    def factor_at(index: Term) -> Term:
        half = number(index) / 2
        return power(number(2), number(index - 1) / 2) * (2 * power(PI, half) / gamma(half))

    def whole(size: Term) -> Term:
        return product(k, 1, size, factor_at(k.term))

    sentence = equal(orthogonal_volume(M), whole(M))
    base = transitive(volume_of_no_group(), symmetric(empty(whole(integer(0)))))
    fibre = instance(length(), {d.data: M + 1})
    step = then(volume_of_group(M + 1, fibre), volume_of_sphere(M + 1), assume(sentence))
    longer = top(whole(M + 1))
    last = field(sides(step)[1], sides(longer)[1])
    step = settle(transitive(step, last, symmetric(longer)), at_most(0, M))
    return specialise(induction(m, sentence, base, step, start=0), d)


# --- the sentences --------------------------------------------------------------------------------


def where(theorem: Theorem, *conditions: Term) -> Theorem:
    """Return an implication: what follows from conditions."""
    return generalise(theorem, (), *conditions)


@cache
def derive() -> Deduction:
    """Return the theorems about the orbit of balanced factors, for all N and d."""
    proof = Deduction("orbit-volume")
    orthogonal, factors_ = named(frames_orthogonal(), J), named(factors(), J, J - 1)
    proof.conclude(
        "frames",
        where(generalise(orthogonal, j, *FROM_ZERO), *POSITIVE),
        "By the balance, $W_j\\cdots W_1$ has the Gram matrix $V\\Sigma^{2j/N}V^T$:",
    )
    proof.conclude("factors", where(generalise(factors_, j, *FROM_ONE), *POSITIVE))
    proof.conclude("first", where(named(first_frame(), J * 0), *POSITIVE))
    proof.conclude("last", where(named(last_frame(), N), *POSITIVE))
    proof.show("pair", pair_gram(), "Tangents of different pairs are orthogonal, those of one have")
    proof.show("determinant", by_choice(coincident(), distinct()), "with the determinant")
    proof.conclude("volume", where(volume(), *POSITIVE), "The volume is that of the group, times")
    proof.conclude("corank-one", where(volume_at_corank_one(), TURNED, *SINGULAR))
    modes = (at_most(1, M), at_most(M, N - 1))
    vectors = generalise(eigenvector(), m, *modes)
    for index, low in ((l, I + 1), (i, integer(1))):
        known = within(index, low, d)
        vectors = generalise(settle(vectors, *ALL, *known, at_most(1, I)), index, *known)
    proof.conclude("eigenvector", where(vectors, *POSITIVE))
    proof.conclude("not-zero", generalise(settle(not_zero(), *DEPTH, *modes), m, *modes))
    proof.show("length", length(), "The group lies over the sphere, where")
    proof.conclude("group", settle(volume_of_group(d, length()), *WIDTH))
    proof.conclude("no-group", volume_of_no_group())
    proof.conclude("group-product", settle(group_product(), *WIDTH), "and so, by induction,")
    return proof
