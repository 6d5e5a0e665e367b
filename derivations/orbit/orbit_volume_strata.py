"""Tangents of the orbit of balanced factors whose product has any rank, for all widths."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.hypotheses import DEPTH
from dlnproof.definitions.letters import N, d, i, j, k, l, m, n, s, sigma
from dlnproof.definitions.shapes import POSITIVE, RANK, SOME_RANK
from dlnproof.definitions.strata import (
    ACROSS,
    FRAMED,
    PAIR_GRAM,
    ROOTS,
    across_frame,
    curve,
    inside,
    pair_products,
    tangent,
)
from dlnproof.kernel import ranges
from dlnproof.kernel.entries import diagonals, entry_of, trace_of_entries
from dlnproof.kernel.logic import (
    assume,
    generalise,
    instance,
    negation,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Family,
    Symbol,
    Term,
    determinant,
    different,
    entry,
    equal,
    fresh,
    identity,
    inner,
    integer,
    number,
    product,
    substitute,
    total,
    trace,
    transpose,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces, words
from dlnproof.tactics.cancelling import same_traces
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import body, changed, then, valued
from dlnproof.tactics.equations import inside as in_scope
from dlnproof.tactics.settle import settle

from ..factors.end_to_end_flow import turned
from . import frames, orbit_volume
from .tangents import Q, products, value

I, J, K, L, M, R = (v.term for v in (i, j, k, l, m, n))
GIVEN: Final = (*DEPTH, *SOME_RANK, *POSITIVE, *FRAMED, *ACROSS)
RANGE: Final = within(k, 1, N)
ZERO: Final = number(0)


def own(at: Term) -> Theorem:
    """R_k^T R_k = I."""
    return specialise(assume(FRAMED[0]), at)


def across(at: Term) -> Theorem:
    """R_k^T Z_k = O."""
    return specialise(assume(ACROSS[0]), at)


# --- how factors move -----------------------------------------------------------------------------


@cache
def moves() -> Theorem:
    """The derivative of W_k where the frames move."""
    found = differentiate(curve(K, s.term), s, ZERO)
    found = valued(found, words(found.conclusion.args[1], tangent(K)))
    return generalise(settle(found, *RANGE), k, *RANGE)


def beyond(at: Term) -> Term:
    """Return Tr(Sigma^(1/N) Sigma^(1/N) Z_j^T Z_j)."""
    return trace(ROOTS * ROOTS * squared(at))


@cache
def of_one_factor() -> Theorem:
    """The squared length of how one factor moves: three parts."""
    used = [own(K), own(K - 1), across(K), across(K - 1)]
    used += [turned(across(at)) for at in (K, K - 1)]
    left = inner(tangent(K), tangent(K))
    right = inner(inside(K), inside(K)) + beyond(K) + beyond(K - 1)
    return settle(same_traces(left, right, *used), *GIVEN, *RANGE)


def squared(at: Term) -> Term:
    """Return Z_j^T Z_j."""
    return transpose(across_frame(at)) * across_frame(at)


def share(at: Term, index: Term) -> Term:
    """Return sigma_i^(2/N) (Z_j^T Z_j)_ii."""
    return sigma(index) ** (2 / N) * entry(squared(at), index, index)


@cache
def by_entries() -> Theorem:
    """Tr(Sigma^(2/N) Z_j^T Z_j) = sum_i sigma_i^(2/N) (Z_j^T Z_j)_ii."""
    square = diagonals(ROOTS * ROOTS)
    told = changed(beyond(J), square)
    told = then(told, trace_of_entries(sides(told)[1].args[0]))
    whole = sides(told)[1]

    def summand(at: Term) -> Theorem:
        here = entry_of(*body(whole, at).args)
        return transitive(here, field(sides(here)[1], share(J, at)))

    return settle(then(told, in_scope(whole, summand, *GIVEN)), *GIVEN)


@cache
def of_all_factors() -> Theorem:
    """The squared length of how all factors move, by frames: those at the ends stay."""
    told = ranges.congruence(total(k, 1, N, inner(tangent(K), tangent(K))), of_one_factor(), k)
    told = then(told, ranges.sum_of_sums(sides(told)[1]))
    both, lower = sides(told)[1].args
    split = ranges.sum_of_sums(both)
    upper = sides(split)[1].args[1]
    last = then(ranges.top(upper), *nothing(N))
    moved = ranges.shift(lower, -1)
    first = then(moved, ranges.bottom(sides(moved)[1]), *nothing(integer(0)))
    told = then(told, split)
    inner_ = total(j, 1, N - 1, beyond(J))
    target = sides(split)[1].args[0] + 2 * inner_
    ends = field(sides(told)[1], target, (number(1), last), (number(1), first))
    return settle(transitive(told, ends), *GIVEN)


def nothing(end: Term) -> tuple[Theorem, ...]:
    """Z_j = O at an end, and the trace that it stands in."""
    fixed = assume(ACROSS[1 if end == integer(0) else 2])
    none = sides(fixed)[1]
    return fixed, traces(trace(ROOTS * ROOTS * (transpose(none) * none)), ZERO)


@cache
def splits() -> Theorem:
    """The same, with each frame that moves out of itself by entries."""
    told = of_all_factors()
    by_frames = ranges.congruence(sides(told)[1].args[1].args[1], by_entries(), j)
    by_values = ranges.exchange(sides(by_frames)[1])
    x, lengths = fresh(REAL), total(j, 1, N - 1, entry(squared(J), I, I))
    out = ranges.linear_image(lengths, x, sigma(I) ** (2 / N) * x.term)
    out = ranges.congruence(sides(by_values)[1], symmetric(out), i)
    return settle(then(told, by_frames, by_values, out), *GIVEN)


# --- pairs of indices -----------------------------------------------------------------------------

ROOT: Final = Family((i,), sigma(I) ** (1 / N))
FIXED: Final[dict[Symbol, Term | Family]] = {
    d.data: RANK,
    value: ROOT,
    Q: Family((j,), identity(RANK)),
}
"""r x r factors whose frames are I: each is Sigma^(1/N)."""
PLACES: Final = (*within(i, 1, RANK), *within(l, I + 1, RANK))
OTHER: Final = (*within(m, 1, RANK), *within(n, M + 1, RANK))
FRAMES: Final = (*within(j, 0, N), *within(k, 0, N))
INNER: Final = (*within(j, 1, N - 1), *within(k, 1, N - 1))


@cache
def orthogonal() -> Theorem:
    """I^T I = I, for each frame."""
    found = words(transpose(identity(RANK)) * identity(RANK), identity(RANK))
    return generalise(found, j, *within(j, 0, N))


def framed(one: tuple[Term, Term, Term], other: tuple[Term, Term, Term]) -> Theorem:
    """An inner product of tangents of pairs is that where all frames are I."""
    whole, q = pair_products(one, other), fresh(INT)
    put = {**FIXED, j: one[0], i: one[1], l: one[2], k: other[0], m: other[1], n: other[2]}
    plain = substitute(products(J, K), put)
    each = same_traces(body(whole, q.term), body(plain, q.term), own(q.term), own(q.term - 1))
    return settle(ranges.congruence(whole, settle(each, *GIVEN, *within(q, 1, N)), q), *DEPTH)


@cache
def gram() -> Theorem:
    """The Gram matrix of a pair is a Jacobi matrix."""
    told = framed((J, I, L), (K, I, L))
    entries = instance(frames.pair_entries(), FIXED)
    half = number(1) / 2
    found = changed(half * sides(told)[0], told)
    found = settle(transitive(found, entries), orthogonal(), *GIVEN, *INNER, *PLACES)
    return settle(ranges.congruence(PAIR_GRAM, found, j, k), *GIVEN, *PLACES)


SAME: Final = equal(sigma(I), sigma(L))


def of_pair(value_: Theorem, case: Term) -> Theorem:
    """The determinant of the Gram matrix of a pair, of which the values are equal or not."""
    found = transitive(changed(determinant(PAIR_GRAM), gram()), value_)
    return generalise(settle(found, *GIVEN, *PLACES, case), (i, l), *PLACES, case)


def of_others(condition: Term) -> Theorem:
    """Tangents of different pairs are orthogonal."""
    found = transitive(framed((J, I, L), (K, M, R)), instance(frames.other_pairs(condition), FIXED))
    known = (*FRAMES, *PLACES, *OTHER, condition)
    found = settle(found, orthogonal(), *GIVEN, *known)
    return generalise(found, (j, k, i, l, m, n), *known)


@cache
def vanishing() -> Theorem:
    """What the frames add for an index, all together: the determinant of a pair at sigma_l = 0."""
    root_ = sigma(I) ** (2 / N)
    told = ranges.constant(product(j, 1, N - 1, root_))
    found = transitive(told, field(sides(told)[1], sigma(I) ** (2 - 2 / N)))
    return generalise(settle(found, *GIVEN, *within(i, 1, RANK)), i, *within(i, 1, RANK))


@cache
def derive() -> Deduction:
    """Return the theorems about tangents of the orbit at any rank, for all N and widths."""
    proof = Deduction("orbit-volume-strata")
    proof.conclude("moves", moves(), "The derivative of a product:")
    proof.show("factor", of_one_factor(), "As $R_k^TR_k=I$ and $R_k^TZ_k=O$, of one factor")
    proof.show("entries", by_entries(), "and, by entries,")
    proof.conclude("splits", splits(), "Together, as the frames at the ends stay,")
    proof.show("gram", gram(), "The frames $R_j$ leave inner products as they are if all are $I$:")
    distinct, coincident = orbit_volume.distinct(), orbit_volume.coincident()
    proof.conclude("distinct", of_pair(distinct, negation(SAME)), "This has the determinant")
    proof.conclude("coincident", of_pair(coincident, SAME), "and for equal values")
    proof.conclude("rows", of_others(different(I, M)), "Different pairs are orthogonal:")
    proof.conclude("columns", of_others(different(L, R)), "and")
    proof.conclude("vanishing", vanishing(), "Out of themselves, the frames add for each index")
    return proof
