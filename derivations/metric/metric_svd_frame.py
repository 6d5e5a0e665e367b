"""The metric along singular values and singular vectors, for every N and d."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.hypotheses import FRAME
from dlnproof.definitions.letters import D, N, a, b, d, differential, i, l, sigma
from dlnproof.kernel.logic import (
    assume,
    cases,
    generalise,
    instance,
    reflexive,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.ranges import chosen, pairs, sum_of_sums
from dlnproof.kernel.terms import Term, choose, entry, within
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.equations import body, changed, inside, then
from dlnproof.tactics.settle import settle

from ..volume import svd_jacobian
from ..volume.paths import of_pairs
from ..volume.svd_jacobian import FRAMES, PAIRS
from .metric_diagonalization import ENTRY, form, of_turned_pair
from .operator_spectrum import DIFFERENT, GIVEN, SAME

I, L = i.term, l.term
DW: Final = differential(D.term, a.term, b.term)
X: Final = sigma(I) ** (2 / N) - sigma(L) ** (2 / N)
LESS, MORE = sigma(I) - sigma(L), sigma(I) + sigma(L)
TOGETHER: Final = N * X * LESS / (2 * MORE)
APART: Final = choose(SAME, 2 * sigma(I) ** (2 / N), N * X * MORE / (2 * LESS))
KNOWN = (*GIVEN, *FRAME, *FRAMES)


@cache
def split() -> Theorem:
    """The metric is a sum over i, and over pairs of two terms each."""
    told = specialise(form(), DW, DW)
    told = then(told, pairs(sides(told)[1]))
    whole = sides(told)[1].args[1]

    def turned(v: Term, w: Term) -> Theorem:
        return changed(body(body(whole, v), w), instance(of_turned_pair(), {i: v, l: w}))

    return settle(then(told, of_pairs(whole, turned, *KNOWN)), *KNOWN)


@cache
def on_diagonal() -> Theorem:
    """Return the term of i."""
    whole = body(sides(split())[1].args[0], I)
    entry_ = chosen(whole.args[0], reflexive(sigma(I)))
    moved = specialise(svd_jacobian.on_diagonal(), D.term, a.term, b.term, I)
    told = changed(whole, entry_, moved)
    target = sigma(I) ** (2 / N - 2) * entry(D.term, I, I) ** 2
    return settle(transitive(told, field(sides(told)[1], target)), *KNOWN, *within(i, 1, d))


@cache
def of_pair() -> Theorem:
    """Return the two terms of a pair."""
    whole = body(body(sides(split())[1].args[1], I), L)
    moved = [
        specialise(svd_jacobian.off_diagonal(lower=flag), D.term, a.term, b.term, I, L)
        for flag in (False, True)
    ]
    told = changed(whole, *moved)
    x, y = (entry(turn.term, I, L) for turn in (a, b))
    target = TOGETHER * (x + y) ** 2 + APART * (x - y) ** 2
    found = []
    for case in (SAME, DIFFERENT):
        one = changed(sides(told)[1], chosen(ENTRY, assume(case)))
        other = changed(target, chosen(APART, assume(case)))
        if case == SAME:
            one, other = (then(x, symmetric(assume(case))) for x in (one, other))
        same = transitive(one, field(sides(one)[1], sides(other)[1]), symmetric(other))
        found.append(settle(same, *KNOWN, *PAIRS, case))
    joined = cases(*found, on=(SAME, DIFFERENT))
    return settle(transitive(told, joined), *KNOWN, *PAIRS)


def termwise(
    split_: Theorem, own: Theorem, pair: Theorem, *known: Theorem | Term
) -> tuple[Theorem, Theorem]:
    """Return both sums, over i and over pairs, by the term of i and the two terms of a pair.

    Of a pair there are two terms, and so of all pairs two sums.
    """
    radial, angular = sides(split_)[1].args
    one = inside(radial, lambda v: instance(own, {i: v}), *known)
    two = of_pairs(angular, lambda v, w: instance(pair, {i: v, l: w}), *known)
    whole = sides(two)[1]
    parts = inside(whole, lambda v: sum_of_sums(body(whole, v)), *known)
    return one, then(two, parts, sum_of_sums(sides(parts)[1]))


@cache
def frame() -> Theorem:
    """Return the metric."""
    return settle(then(split(), *termwise(split(), on_diagonal(), of_pair(), *KNOWN)), *KNOWN)


@cache
def derive() -> Deduction:
    """Return the theorem about the metric along a frame, for all N and d."""
    proof = Deduction("metric-svd-frame")
    proof.show("pair", of_pair(), "On the diagonal the frames drop out; the entries of a pair give")
    proof.conclude("frame", generalise(frame(), (D, a, b), *FRAMES), "Together")
    return proof
