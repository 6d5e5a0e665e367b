"""An orthogonal basis of the directions in which balanced factors move, for every N and d."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.gauge import (
    FACTORED,
    both_entries,
    direction,
    first,
    lift,
    over_factors,
    second,
    wave,
)
from dlnproof.definitions.hypotheses import DEPTH, POSITIVE
from dlnproof.definitions.letters import N, d, factor, i, j, k, l, m, n, r, sigma, whole
from dlnproof.definitions.orbits import ROOTS, TURNED, turned
from dlnproof.kernel import ranges, signs
from dlnproof.kernel.entries import diagonals, entry_of, entry_off_unit, trace_with_unit
from dlnproof.kernel.induction import induction
from dlnproof.kernel.logic import (
    assume,
    cases,
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
from dlnproof.kernel.spectral import other_inverse
from dlnproof.kernel.terms import (
    Family,
    Term,
    at_most,
    choose,
    entry,
    equal,
    fresh,
    identity,
    inner,
    integer,
    less,
    number,
    positive,
    substitute,
    total,
    trace,
    transpose,
    unit,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces, words
from dlnproof.tactics.cancelling import same_traces, same_words
from dlnproof.tactics.equations import body, changed, inside, then
from dlnproof.tactics.rewriting import Known, repeated
from dlnproof.tactics.settle import proved, settle
from dlnproof.tactics.spectra import geometric

from ..factors.end_to_end_flow import turned as transposed
from . import waves

I, J, K, L, M, R = (v.term for v in (i, j, k, l, m, r))
GIVEN: Final = (*DEPTH, *POSITIVE, TURNED, *FACTORED)
PLACES: Final = tuple(c for v in (i, l, j, r) for c in within(v, 1, d))
RANGE: Final = within(k, 1, N)
ONE, ZERO = number(1), number(0)
HERE, THERE = unit(d, L, I), unit(d, J, R)
"""E_il^T, and E_jr."""


def own(index: Term) -> Theorem:
    """R_k^T R_k = I."""
    return specialise(assume(TURNED), index)


def made(index: Term) -> Theorem:
    """W_k = R_k Sigma^(1/N) R_{k-1}^T."""
    return specialise(assume(FACTORED[0]), index)


def delta(one: Term, other: Term) -> Term:
    """Return 1 for two equal indices, and 0 for others."""
    return choose(equal(one, other), ONE, ZERO)


# --- entries --------------------------------------------------------------------------------------


@cache
def entry_of_unit() -> Theorem:
    """(E_jr)_il is 1 for i = j and l = r, and 0 else."""
    start, target = entry(THERE, I, L), delta(I, J) * delta(L, R)
    found = []
    for row in (equal(I, J), negation(equal(I, J))):
        inner_ = []
        for column in (equal(L, R), negation(equal(L, R))):
            told = changed(
                target,
                *(
                    ranges.chosen(choice, assume(case))
                    for choice, case in zip(target.args, (row, column), strict=True)
                ),
            )
            if row.op == "=" and column.op == "=":
                value = changed(start, symmetric(assume(row)), symmetric(assume(column)))
                value = then(value, entry_of(unit(d, I, L), I, L))
            else:
                value = entry_off_unit(THERE, I, L, by_row=row.op != "=")
            last = field(sides(value)[1], sides(told)[1])
            inner_.append(settle(transitive(value, last, symmetric(told)), *PLACES, row, column))
        found.append(cases(*inner_, on=(equal(L, R), negation(equal(L, R)))))
    return settle(cases(*found, on=(equal(I, J), negation(equal(I, J)))), *PLACES)


def trace_of(matrix: Term) -> Theorem:
    """Tr(E_il^T X) for a product X of E_jr and diagonal matrices, by (E_jr)_il."""
    told = trace_with_unit(HERE, matrix)
    while others := [x for x in sides(told)[1].parts() if x.op == "entry" and x.args[0] != THERE]:
        told = then(told, entry_of(*others[0].args))
    return settle(told, *PLACES)


# --- directions of frames -------------------------------------------------------------------------

ROOT_I, ROOT_L = sigma(I) ** (1 / N), sigma(L) ** (1 / N)
E: Final = entry(THERE, I, L)


def pairing(at: Term, above: Term, below: Term, beside: Term) -> Term:
    """Return a y_k z_k + b y_{k-1} z_{k-1} - c (y_k z_{k-1} + y_{k-1} z_k)."""
    y, z, y_, z_ = first(at), second(at), first(at - 1), second(at - 1)
    return above * (y * z) + below * (y_ * z_) - beside * (y * z_ + y_ * z)


def both(at: Term) -> tuple[Term, Term]:
    """Return the directions of two entries, of one factor."""
    return direction(at, first, unit(d, I, L)), direction(at, second, THERE)


@cache
def one_factor() -> Theorem:
    """The inner product of two directions of one factor, by (E_jr)_il."""
    whole_ = inner(*both(K))
    forms = (THERE * ROOTS * ROOTS, ROOTS * (ROOTS * THERE), ROOTS * (THERE * ROOTS))
    traces_ = [trace(HERE * form) for form in forms]
    told = made(K)
    used = (told, transposed(told), own(K), own(K - 1))
    found = same_traces(whole_, pairing(K, *traces_), *used)
    found = then(found, *map(trace_of, forms))
    target = E * pairing(K, sigma(L) ** (2 / N), sigma(I) ** (2 / N), ROOT_I * ROOT_L)
    found = transitive(found, field(sides(found)[1], target))
    return settle(found, *GIVEN, *PLACES, *RANGE)


@cache
def gauge() -> Theorem:
    """The inner product of two directions: 0 for different entries."""
    whole_ = over_factors(lambda at: both(at)[0], lambda at: both(at)[1])
    told = ranges.congruence(whole_, one_factor(), k)
    x = fresh(ONE.sort)
    plain = total(k, 1, N, body(sides(told)[1], K).args[1])
    out = ranges.linear_image(plain, x, E * x.term)
    told = then(transitive(told, symmetric(out)), entry_of_unit())
    return settle(told, *GIVEN, *PLACES)


# --- waves ----------------------------------------------------------------------------------------


def waving(at: Term, middle: Term, mode: Term) -> Term:
    """Return the direction whose frames turn by a wave."""
    return direction(at, wave(mode), middle)


MODES: Final = waves.MODES
LENGTH: Final = (
    N
    / number(2)
    * (
        sigma(I) ** (2 / N)
        + sigma(L) ** (2 / N)
        - 2 * sigma(I) ** (1 / N) * sigma(L) ** (1 / N) * waves.turn(M)
    )
)


@cache
def weighed() -> Theorem:
    """What is left of waves: a multiple of their inner product."""
    put = {first: Family((k,), wave(M)(K)), second: Family((k,), wave(n.term)(K))}
    whole_ = substitute(sides(gauge())[1].args[1], put)
    told = ranges.sum_of_sums(whole_)
    told = then(told, ranges.sum_of_sums(sides(told)[1].args[0]))
    (above, below), beside = sides(told)[1].args[0].args, sides(told)[1].args[1]
    for sum_ in (above, below, beside):
        factor_, plain = body(sum_, K).args
        told = then(told, symmetric(waves.scaled(total(k, 1, N, plain), factor_)))
    told = then(told, waves.moved_both(), waves.neighbours())
    target = 2 / N * LENGTH * waves.PRODUCTS
    told = transitive(told, field(sides(told)[1], target))
    return settle(told, *GIVEN, *MODES, *PLACES)


@cache
def basis() -> Theorem:
    """Directions by waves are orthogonal, of squared length N / 2 times an eigenvalue."""
    put = {first: Family((k,), wave(M)(K)), second: Family((k,), wave(n.term)(K))}
    found = then(instance(gauge(), put), weighed(), waves.products())
    rows, columns = sides(found)[1].args[0].args
    target = rows * (columns * (delta(M, n.term) * LENGTH))
    found = transitive(found, field(sides(found)[1], target))
    known = (*PLACES, *MODES)
    return generalise(settle(found, *GIVEN, *known), (i, l, j, r, m, n), *known)


PAIR: Final = (*within(i, 1, d), *within(l, I + 1, d))


def added(term: Term, known: Known) -> Theorem | None:
    """A sum of sums."""
    return ranges.sum_of_sums(term) if term.op == "sum" and body(term, K).op in ("+", "-") else None


def of_pair(one: int, other: int) -> Theorem:
    """The inner product of directions by waves of E_il + E_li, or (-1) of E_il - E_li."""
    mode = n.term

    def product(at: Term, left: Term, right: Term) -> Term:
        return inner(waving(at, left, M), waving(at, right, mode))

    ends = [(I, L), (L, I)]
    places = [(*row, *column) for row in ends for column in ends]
    parts = [product(K, unit(d, *at[:2]), unit(d, *at[2:])) for at in places]
    whole_ = product(K, both_entries(I, L, one), both_entries(I, L, other))
    split = parts[0]
    for sign, part in zip((other, one, one * other), parts[1:], strict=True):
        split = split + part if sign == 1 else split - part
    told = ranges.congruence(total(k, 1, N, whole_), settle(traces(whole_, split)), k)
    told = transitive(told, repeated(sides(told)[1], added))
    told = then(told, *(specialise(basis(), *at, M, mode) for at in places))
    apart = [negation(equal(*at)) for at in ends]
    told = then(told, *(ranges.chosen(delta(*x.args), assume(x)) for x in apart))
    told = then(told, *(ranges.chosen(delta(x, x), reflexive(x)) for x in (I, L)))
    value = delta(M, mode) * (2 * LENGTH) if one == other else ZERO
    told = transitive(told, field(sides(told)[1], value))
    known = (*PAIR, *MODES)
    return generalise(settle(told, *GIVEN, *known), (i, l, m, n), *known)


@cache
def positive_length() -> Theorem:
    """These lengths are positive."""
    roots = [
        proved(positive(root), *GIVEN, *within(v, 1, d)) for root, v in ((ROOT_I, i), (ROOT_L, l))
    ]
    depth = proved(positive(number(N)), *DEPTH)
    square = (Fraction(1, 2), depth, ROOT_I - ROOT_L)
    found = signs.certificate(less(ZERO, LENGTH), [square, (depth, *roots, waves.below_one())])
    known = (*within(i, 1, d), *within(l, 1, d), *within(m, 1, N - 1))
    return generalise(settle(found, *GIVEN, *known), (i, l, m), *known)


# --- lifts ----------------------------------------------------------------------------------------


@cache
def below() -> Theorem:
    """W_k ... W_1 = R_k Sigma^(k/N) R_0^T."""

    def form(index: Term) -> tuple[Term, Term]:
        return whole(factor, 1, index), turned(index) * ROOTS**index * transpose(turned(0))

    sentence = equal(*form(K))
    left, right = form(integer(0))
    inverse = other_inverse(own(integer(0)))
    base = words(left, right, (None, ranges.empty(left), None), (-identity(d), inverse, None))
    left, right = form(K + 1)
    step = words(
        left,
        right,
        (None, ranges.top(left), None),
        (factor(K + 1), assume(sentence), None),
        (None, made(K + 1), turned(K) * ROOTS**K * transpose(turned(0))),
        (turned(K + 1) * ROOTS, own(K), ROOTS**K * transpose(turned(0))),
    )
    step = settle(step, *GIVEN, sentence, at_most(0, K), at_most(K + 1, N))
    return settle(induction(k, sentence, settle(base, *GIVEN), step, start=0, end=N), *GIVEN)


@cache
def above() -> Theorem:
    """W_N ... W_{N-k+1} = R_N Sigma^(k/N) R_{N-k}^T."""

    def form(index: Term) -> tuple[Term, Term]:
        last = turned(N) * ROOTS**index * transpose(turned(N - index))
        return whole(factor, N - index + 1, N), last

    sentence = equal(*form(K))
    left, right = form(integer(0))
    inverse = other_inverse(own(N))
    base = words(left, right, (None, ranges.empty(left), None), (-identity(d), inverse, None))
    left, right = form(K + 1)
    before = turned(N) * ROOTS**K
    step = words(
        left,
        right,
        (None, ranges.bottom(left), None),
        (None, assume(sentence), factor(N - K)),
        (before * transpose(turned(N - K)), made(N - K), None),
        (before, own(N - K), ROOTS * transpose(turned(N - K - 1))),
    )
    step = settle(step, *GIVEN, sentence, at_most(0, K), at_most(K + 1, N))
    return settle(induction(k, sentence, settle(base, *GIVEN), step, start=0, end=N), *GIVEN)


@cache
def lifted(row: Term, column: Term) -> Theorem:
    """The lift of R_N E_il R_0^T is R_k Sigma^((N-k)/N) E_il Sigma^((k-1)/N) R_{k-1}^T."""
    upper, lower = specialise(above(), N - K), specialise(below(), K - 1)
    used = (transposed(upper), transposed(lower), own(N), own(integer(0)))
    middle = ROOTS ** (N - K) * unit(d, row, column) * ROOTS ** (K - 1)
    target = turned(K) * middle * transpose(turned(K - 1))
    return settle(same_words(lift(K, row, column), target, *used), *GIVEN, *RANGE)


A_I, A_L = sigma(I) ** (2 / N), sigma(L) ** (2 / N)


@cache
def lifts_of_one_factor() -> Theorem:
    """The inner product of two lifts, of one factor, by (E_jr)_il."""
    one, other = lifted(I, L), lifted(J, R)
    upper, lower = ROOTS ** (N - K), ROOTS ** (K - 1)
    plain = trace(HERE * (upper * (upper * (THERE * lower * lower))))
    told = inner(lift(K, I, L), lift(K, J, R))
    found = same_traces(told, plain, one, transposed(one), other, own(K), own(K - 1))
    found = then(found, *map(diagonals, (upper, lower)))
    found = then(found, trace_of(sides(found)[1].args[0].args[1]))
    target = E * (A_I ** (N - K) * A_L ** (K - 1))
    found = transitive(found, field(sides(found)[1], target))
    return settle(found, *GIVEN, *PLACES, *RANGE)


@cache
def lifts() -> Theorem:
    """The inner product of two lifts: 0 for different entries."""
    whole_ = over_factors(lambda at: lift(at, I, L), lambda at: lift(at, J, R))
    told = ranges.congruence(whole_, lifts_of_one_factor(), k)
    plain = total(k, 1, N, body(sides(told)[1], K).args[1])
    told = then(told, symmetric(waves.scaled(plain, E)), entry_of_unit())
    return settle(told, *GIVEN, *PLACES)


SAME: Final = equal(sigma(I), sigma(L))


def lengths(*, alike: bool) -> Theorem:
    """What a lift's length is, where sigma_i = sigma_l, or not."""
    found = lifts()
    deltas, summed = sides(found)[1].args
    case = SAME if alike else negation(SAME)
    if alike:
        told = changed(summed, symmetric(assume(SAME)))
        value = sigma(I) ** (2 - 2 / N)
        each_ = inside(sides(told)[1], lambda at: field(body(sides(told)[1], at), value), *GIVEN)
        told = then(told, each_, ranges.constant(sides(each_)[1]))
        told = transitive(told, field(sides(told)[1], N * value))
    else:
        gap = A_I - A_L
        told = geometric(A_I, A_L, N)
        value = (sigma(I) ** 2 - sigma(L) ** 2) / gap
        told = field(summed, value, (1 / gap, told))
    known = (*PLACES, case)
    told = settle(told, *GIVEN, *known)
    found = then(found, told)
    rows, columns = deltas.args
    target = rows * (columns * sides(told)[1])
    found = settle(transitive(found, field(sides(found)[1], target)), *GIVEN, *known)
    return generalise(found, (i, l, j, r), *known)


@cache
def crossed() -> Theorem:
    """Lifts are orthogonal to directions by waves."""

    def power(at: Term) -> Term:
        return wave(M)(at - 1) * (ROOT_I ** (N - at + 1) * ROOT_L ** (at - 1))

    whole_ = over_factors(lambda at: lift(at, I, L), lambda at: waving(at, THERE, M))
    one, told = lifted(I, L), made(K)
    upper, lower = ROOTS ** (N - K), ROOTS ** (K - 1)
    forms = (upper * (THERE * ROOTS * lower), upper * (ROOTS * (THERE * lower)))
    weights = wave(M)(K), wave(M)(K - 1)
    plain = weights[0] * trace(HERE * forms[0]) - weights[1] * trace(HERE * forms[1])
    used = (one, transposed(one), told, own(K), own(K - 1))
    found = same_traces(inner(lift(K, I, L), waving(K, THERE, M)), plain, *used)
    found = then(found, *map(diagonals, (upper, lower)))
    for part in sides(found)[1].args:
        found = then(found, trace_of(part.args[1].args[0].args[1]))
    found = transitive(found, field(sides(found)[1], E * (power(K + 1) - power(K))))
    found = ranges.congruence(whole_, settle(found, *GIVEN, *PLACES, *RANGE), k)
    summed = total(k, 1, N, power(K + 1) - power(K))
    found = then(
        found, symmetric(waves.scaled(summed, E)), waves.telescoped(summed, *waves.ends(M))
    )
    found = transitive(found, field(sides(found)[1], ZERO))
    known = (*PLACES, *within(m, 1, N - 1))
    return generalise(settle(found, *GIVEN, *known), (i, l, j, r, m), *known)


@cache
def derive() -> Deduction:
    """Return the theorems about the basis, for all N and d."""
    proof = Deduction("jacobi-basis")
    proof.show("one-factor", one_factor(), "The frames cancel, factor by factor:")
    found = generalise(gauge(), (i, l, j, r), *PLACES)
    proof.conclude("gauge", found, "Summed,")
    modes = within(m, 1, N - 1)
    for name, zero in zip(("first-end", "last-end"), waves.ends(M), strict=True):
        proof.conclude(name, generalise(zero, m, *modes), "A cosine vanishes here:")
    recurrence = settle(waves.recurrence(waves.J, M), *DEPTH)
    proof.show("recurrence", recurrence, "By the sum of two cosines")
    proof.show("orthogonal", waves.orthogonal(), "so a sum telescopes for two cosines that differ,")
    proof.show("steady", waves.steady(), "and, as this does not change,")
    found = generalise(waves.products(), (m, n), *MODES)
    proof.conclude("norm", found, "all in all")
    proof.show("neighbours", waves.neighbours(), "Beside that")
    proof.conclude("basis", basis(), "So, of directions by waves,")
    for name, *kinds in (("vertical", -1, -1), ("normal", 1, 1), ("vertical-normal", -1, 1)):
        proof.conclude(name, of_pair(*kinds), "As lengths of $E_{il}$ and of $E_{li}$ are equal,")
    proof.conclude("positive", positive_length(), "As these cosines are less than 1")
    proof.show("lifts", lifts(), "The frames cancel in lifts too:")
    proof.conclude("distinct", lengths(alike=False), "This is a geometric sum,")
    proof.conclude("coincident", lengths(alike=True), "or one of equal terms")
    proof.conclude("crossed", crossed(), "With directions by waves the sum telescopes:")
    return proof
