"""How orbits of balanced factors bend, in the plane of a pair, along how the factors move.

Where R_j turns by R_j S, S = E_il - E_li, the factors beside it are multiplied by R_j S R_j^T, one
from the left and one, with a minus, from the right: where two frames turn, it is so twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from dlnproof.definitions.hypotheses import DEPTH, POSITIVE, WIDTH
from dlnproof.definitions.letters import N, d, i, j, k, l, m, n, r, sigma
from dlnproof.definitions.orbits import (
    BENDING,
    ROOTS,
    TURNED,
    TURNED_GRAM,
    turned,
    turned_factor,
    turned_twice,
)
from dlnproof.kernel import signs
from dlnproof.kernel.arrays import entry_of_array
from dlnproof.kernel.entries import (
    between_units,
    entry_of,
    entry_off_unit,
    same_entries,
    trace_with_unit,
    unit_product,
    unit_scaled,
)
from dlnproof.kernel.indices import indices
from dlnproof.kernel.logic import (
    assume,
    cases,
    instance,
    negation,
    reflexive,
    sides,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.ranges import chosen, congruence
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Term,
    array,
    choose,
    different,
    entry,
    equal,
    fresh,
    identity,
    inner,
    number,
    opened,
    substitute,
    trace,
    transpose,
    unit,
    variable,
    within,
    zero,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import words
from dlnproof.tactics.cancelling import same_traces, same_words
from dlnproof.tactics.equations import then, transport
from dlnproof.tactics.rewriting import decided, first, repeated
from dlnproof.tactics.settle import settle

from . import frames
from .coarea import FRAMES_AT, orthogonal, unfolded_tangents
from .jacobi import beside
from .tangents import APART, PAIR, THIS, by_distance, never, picking

GIVEN: Final = (*DEPTH, *WIDTH, *POSITIVE, TURNED)
I, J, K, L, M, R = (v.term for v in (i, j, k, l, m, n))
ONE, ZERO = number(1), number(0)
FRAMES: Final = (*within(j, 1, N - 1), *within(k, 1, N - 1))
PLACE: Final = (*PAIR, *within(m, 1, d))
ROOT_I, ROOT_L, ROOT_M = (sigma(x) ** (1 / N) for x in (I, L, M))
OWN: Final = unit(d, M, M)
RATE: Final = ROOT_M / (N * sigma(M))


def delta(one: Term, other: Term) -> Term:
    """Return 1 for two equal indices, and 0 for others."""
    return choose(equal(one, other), ONE, ZERO)


def moves(at: Term) -> Term:
    """Return how lambda_i moves with sigma_m."""
    return delta(at, M) * (sigma(at) ** (1 / N) / (N * sigma(at)))


# --- products of units ----------------------------------------------------------------------------

SQUARE: Final = THIS * THIS
ACROSS: Final = THIS * ROOTS * THIS


@cache
def products() -> tuple[Theorem, ...]:
    """Products of E_il and E_li, alone and with Lambda between them; of Lambda and E_mm."""
    found = []
    for u in (unit(d, I, L), unit(d, L, I)):
        for v in (unit(d, I, L), unit(d, L, I)):
            told = between_units(u, ROOTS, v)
            found += [then(told, entry_of(ROOTS, u.args[2], v.args[1])), unit_product(u * v)]
    return (*found, unit_scaled(ROOTS * OWN), unit_scaled(OWN * ROOTS))


@cache
def picked(at: Term) -> Theorem:
    """Tr(E_mm E_ii) is 1 for m = i, and 0 else."""
    told = trace_with_unit(OWN, unit(d, at, at))
    value, same = delta(at, M), equal(at, M)
    here = entry_of(unit(d, at, at), at, at)
    here = transitive(here, symmetric(chosen(delta(at, at), reflexive(at))))
    on = transport(here, m, equal(sides(told)[1], value), assume(same))
    off = entry_off_unit(unit(d, at, at), M, M, by_row=True)
    off = transitive(off, symmetric(chosen(value, assume(negation(same)))))
    off = settle(off, signs.turned(assume(negation(same))))
    return settle(transitive(told, cases(on, off, on=[same, negation(same)])), *GIVEN, *PLACE)


@cache
def carried(at: Term) -> tuple[Theorem, Theorem]:
    """What stands beside such a choice is of i, or of m: how lambda_m moves, and lambda_m."""
    same, found = equal(at, M), []
    for one in (RATE, ROOT_M):
        other = substitute(one, {m: at})
        goal = equal(delta(at, M) * one, delta(at, M) * other)
        on = transport(reflexive(delta(at, at) * other), m, goal, assume(same))
        none = chosen(delta(at, M), assume(negation(same)))
        off = field(goal.args[0], goal.args[1], (one - other, none))
        found.append(settle(cases(on, off, on=[same, negation(same)]), *GIVEN, *PLACE))
    return found[0], found[1]


# --- the second derivatives of a pair -------------------------------------------------------------

HERE: Final = -2 * (moves(I) * ROOT_I + moves(L) * ROOT_L)
BESIDE: Final = moves(I) * ROOT_L + moves(L) * ROOT_I


def summed(at: Term, other: Term, *known: Term) -> Theorem:
    """An entry of K as a sum of the traces that are not 0."""
    [whole] = opened(BENDING, at, other)
    found = repeated(whole, unfolded_tangents)
    place = fresh(INT)
    q = place.term
    [body] = opened(sides(found)[1], q)
    a, b, along = _turn(at), _turn(other), body.args[0].args[1]
    parts = None
    for one, two, twice, sign in (
        (at, other, a * (b * turned_factor(q)), 1),
        (at, other + 1, a * (turned_factor(q) * b), -1),
        (at + 1, other, (b * turned_factor(q)) * a, -1),
        (at + 1, other + 1, (turned_factor(q) * b) * a, 1),
    ):
        part = delta(q, one) * (delta(q, two) * inner(twice, along))
        parts = part if parts is None else parts + part if sign == 1 else parts - part
    assert parts is not None
    told = congruence(sides(found)[1], same_traces(body, parts), place)
    facts = (*DEPTH, *WIDTH, *known)
    steps = repeated(sides(told)[1], first(decided, picking, never), *facts)
    return settle(transitive(found, told, steps), *facts)


def _turn(at: Term) -> Term:
    return turned(at) * THIS * transpose(turned(at))


def entry_at(at: Term, other: Term, plain: Term, units: Term, value: Term, *by: Term) -> Theorem:
    """An entry of K: the frames cancel; then products of units; then by what is of i and of l."""
    known = within(j, 1, N - 1)
    found = summed(at, other, *known)
    cancelled = [orthogonal(place) for place in (at - 1, at, at + 1)]
    found = transitive(found, same_traces(sides(found)[1], plain, *cancelled))
    found = transitive(found, same_traces(plain, units, *products()))
    found = then(found, picked(I), picked(L))
    used = zip(by, (*carried(I), *carried(L)), strict=True)
    found = transitive(found, field(sides(found)[1], value, *used))
    return settle(found, *GIVEN, *PLACE, *known)


@cache
def entry_of_pair() -> Theorem:
    """The entries of K: on its diagonal, beside it, and elsewhere 0."""
    goal = equal(opened(BENDING, J, K)[0], beside(J, K, HERE, BESIDE))

    def at(theorem: Theorem, other: Term, *known: Term) -> Theorem:
        right = substitute(goal.args[1], {k: other})
        return transitive(theorem, frames.agree(sides(theorem)[1], right, *known))

    ones = [trace(OWN * unit(d, x, x)) for x in (I, L)]
    squares = RATE * trace(OWN * (SQUARE * ROOTS)) + RATE * trace(OWN * (ROOTS * SQUARE))
    rates = [sigma(x) ** (1 / N) / (N * sigma(x)) for x in (I, L)]
    weights = (-2 * ROOT_M, -2 * rates[0], -2 * ROOT_M, -2 * rates[1])
    plain = -(2 * RATE * ROOT_M * (ones[0] + ones[1]))
    found = [at(entry_at(J, J, squares, plain, HERE, *weights), J)]
    across = -(RATE * trace(OWN * ACROSS))
    plain = RATE * (ROOT_L * ones[0] + ROOT_I * ones[1])
    weights = (ROOT_L, ZERO, ROOT_I, ZERO)
    found += [at(entry_at(J, x, across, plain, BESIDE, *weights), x) for x in (J + 1, J - 1)]
    far = summed(J, K, *FRAMES, *APART)
    found.append(at(transitive(far, field(sides(far)[1], ZERO)), K, *APART))
    return settle(by_distance(goal, *found), *GIVEN, *PLACE, *FRAMES)


# --- as combinations of two matrices --------------------------------------------------------------

COUNT: Final = N - 1
NEXT: Final = array(j, k, COUNT, COUNT, beside(J, K, ZERO, ONE))
"""The matrix B with 1 beside the diagonal, and 0 elsewhere."""
a_, b_ = (variable(name, REAL).term for name in ("a_", "b_"))


def banded(here: Term, by: Term) -> Term:
    """Return a I + b B."""
    return here * identity(COUNT) + by * NEXT


@cache
def _combined() -> Theorem:
    matrix, one, same = (
        array(j, k, COUNT, COUNT, beside(J, K, a_, b_)),
        identity(COUNT),
        equal(J, K),
    )
    on = transitive(entry_of(one, J, J), symmetric(chosen(delta(J, J), reflexive(J))))
    on = transport(on, k, equal(entry(one, J, K), delta(J, K)), assume(same))
    off = symmetric(chosen(delta(J, K), assume(negation(same))))
    off = transitive(entry_of(one, J, K), off)
    told = entry_of(banded(a_, b_), J, K)
    told = then(told, *(entry_of(*part.args) for part in sides(told)[1].args))
    told = then(told, cases(on, off, on=[same, negation(same)]), entry_of_array(NEXT, J, K))
    left = entry_of_array(matrix, J, K)
    found = transitive(left, frames.agree(sides(left)[1], sides(told)[1]), symmetric(told))
    return settle(same_entries(settle(found, *DEPTH, *FRAMES), j, k), *DEPTH)


def in_bands(here: Term, by: Term) -> Theorem:
    """Return: the matrix with a on its diagonal, and b beside it, is a I + b B."""
    return instance(_combined(), {a_.data: here, b_.data: by})


@cache
def bending() -> Theorem:
    """The matrix K of a pair, as a I + b B."""
    found = transitive(congruence(BENDING, entry_of_pair(), j, k), in_bands(HERE, BESIDE))
    return settle(found, *GIVEN, *PLACE)


@cache
def gram() -> Theorem:
    """The Gram matrix of a pair, as a I + b B."""
    [whole] = opened(TURNED_GRAM, J, K)
    told = repeated(whole, unfolded_tangents)
    told = transitive(told, instance(frames.same_pair(), FRAMES_AT))
    here, by = 2 * (ROOT_I * ROOT_I + ROOT_L * ROOT_L), -(2 * (ROOT_I * ROOT_L))
    told = transitive(told, frames.agree(sides(told)[1], beside(J, K, here, by), *FRAMES))
    told = settle(told, *GIVEN, *PAIR, *FRAMES)
    found = transitive(congruence(TURNED_GRAM, told, j, k), in_bands(here, by))
    return settle(found, *GIVEN, *PAIR)


# --- what does not bend ---------------------------------------------------------------------------

BESIDES: Final = (different(I, M), different(L, M))
WHERE: Final = (*within(k, 1, N), *within(j, 1, N - 1), *within(r, 1, N - 1))


@cache
def others() -> Theorem:
    """K is O along the other values."""
    found = then(bending(), *(chosen(delta(*x.args), assume(x)) for x in BESIDES))
    found = transitive(found, words(sides(found)[1], zero(COUNT)))
    return settle(found, *GIVEN, *PLACE, *BESIDES)


def _commutes(at: Term) -> Theorem:
    """E_ii E_mm = E_mm E_ii."""
    own, same = unit(d, at, at), equal(at, M)
    goal = equal(own * OWN, OWN * own)
    on = transport(reflexive(own * own), m, goal, assume(same))
    none = [unit_product(side) for side in goal.args]
    apart = signs.turned(assume(negation(same)))
    off = settle(transitive(none[0], symmetric(none[1])), apart, assume(negation(same)))
    return settle(cases(on, off, on=[same, negation(same)]), *PLACE)


def _diagonal(middle: Term, one: Term, other: Term) -> Theorem:
    """A product with E_mm may be turned, for -(a E_ii + b E_ll)."""
    plain = -(one * unit(d, I, I)) - other * unit(d, L, L)
    scaled = (unit_scaled(ROOTS * unit(d, x, x)) for x in (I, L))
    scaled_too = (unit_scaled(unit(d, x, x) * ROOTS) for x in (I, L))
    told = same_words(middle, plain, *products(), *scaled, *scaled_too)
    parts = ((-one * identity(d), _commutes(I), None), (-other * identity(d), _commutes(L), None))
    whole = middle * OWN, OWN * middle
    return words(*whole, (None, told, OWN), *parts, (-OWN, told, None))


@cache
def sideways() -> Theorem:
    """R_q^T D_j D_r W_q R_{q-1} is diagonal: the orbit bends along what moves values alone."""
    ways = {
        (0, 0): (SQUARE * ROOTS, ROOT_I, ROOT_L),
        (1, 1): (ROOTS * SQUARE, ROOT_I, ROOT_L),
        (0, 1): (-ACROSS, -ROOT_L, -ROOT_I),
    }
    whole = transpose(turned(K)) * turned_twice(K, J, r.term) * turned(K - 1)
    unfolded_ = repeated(whole, unfolded_tangents)

    def at(*chosen_: tuple[int, Term]) -> Theorem:
        facts: list[Term] = []
        places = []
        for way, frame in chosen_:
            here, after = equal(K, frame), equal(K, frame + 1)
            facts += ((here,), (negation(here), after), (negation(here), negation(after)))[way]
            if way < 2:
                places.append(indices(equal(frame, K - way), (here, after)[way]))
        told = then(unfolded_, repeated(sides(unfolded_)[1], decided, *facts), *places)
        kinds = [kind for kind, _ in chosen_]
        left = ways.get((min(kinds), max(kinds)))
        plain = zero(d) if left is None else left[0]
        told = then(told, same_words(sides(told)[1], plain, orthogonal(K), orthogonal(K - 1)))
        last = words(plain * OWN, OWN * plain) if left is None else _diagonal(*left)
        return words(
            whole * OWN, OWN * whole, (None, told, OWN), (None, last, None), (-OWN, told, None)
        )

    def by_place(frame: Term, of: Sequence[Theorem]) -> Theorem:
        here, after = equal(K, frame), equal(K, frame + 1)
        later = cases(*of[1:], on=[after, negation(after)])
        return cases(of[0], later, on=[here, negation(here)])

    ends = range(3)
    rows = [by_place(r.term, [at((one, J), (two, r.term)) for two in ends]) for one in ends]
    return settle(by_place(J, rows), *GIVEN, *PLACE, *WHERE)
