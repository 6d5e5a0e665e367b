"""What the planes of a pair of singular values have for curvatures, for every N and d."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.curvature import COMPLETE, PAIRS, SPLITS, of_pair, split
from dlnproof.definitions.hypotheses import DEPTH, POSITIVE
from dlnproof.definitions.letters import N, i, l, sigma
from dlnproof.kernel.logic import (
    assume,
    generalise,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.ranges import single
from dlnproof.kernel.terms import Term, less, number, positive
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.equations import then
from dlnproof.tactics.settle import proved, settle

from .scalar_curvature import (
    APART,
    DEEP,
    ONE,
    PAIR,
    SAME,
    TWO,
    A,
    B,
    I,
    L,
    Rules,
    above,
    all_of,
    apart,
    closed,
    equal_values,
    of_two,
    of_two_factors,
    put,
    rules,
    signed,
    two_factors,
    without_sums,
)

GIVEN: Final = (*DEPTH, *POSITIVE, *COMPLETE, *PAIRS, *SPLITS)


def as_defined() -> Theorem:
    """Return theta_il as it is defined."""
    return specialise(assume(SPLITS[0]), I, L)


def both(told: Callable[[], Theorem], *same: Term) -> Rules:
    """Return what h_k and h_(N-k) are, at k."""
    named = rules((told, I, L), same=same)
    return lambda at: [specialise(told(), N - at, I, L), *named(at)]


@cache
def split_apart() -> Theorem:
    """theta_il, where sigma_i != sigma_l."""

    def end(at: Term) -> Term:
        whole = number(at) * (A - B) * (A**N + B**N)
        return whole - A**at * B ** (N - at + 1) + B**at * A ** (N - at + 1)

    y, z = sigma(I) ** 2, sigma(L) ** 2
    front = 2 * (sigma(I) * sigma(L)) * (A + B) / (A * B * (y - z))
    form = front * (N * (y + z) / (y - z) - (A + B) / (A - B))
    return closed(as_defined(), both(apart), [((A - B) ** 3, end)], form, APART)


@cache
def split_same() -> Theorem:
    """theta_il, where sigma_i = sigma_l."""

    def end(at: Term) -> Term:
        n, k = number(N), number(at)
        return 3 * n * k * (k - 1) - (k - 1) * k * (2 * k - 1)

    form = 2 * (N**2 - 1) / (3 * (N * A))
    values = both(equal_values, SAME)
    return closed(as_defined(), values, [(6 / A ** (N - 2), end)], form, SAME)


def pair_positive() -> Theorem:
    """0 < kappa_il, for N >= 2."""
    return signed(of_two())


@cache
def negative() -> Theorem:
    """-kappa_il / (2 N) < 0, for N >= 2."""
    told = less(-of_pair(I, L) / (2 * number(N)), 0)
    return proved(told, *GIVEN, *PAIR, *DEEP, pair_positive())


@cache
def above_zero() -> Theorem:
    """0 < (kappa_il + theta_il) / (2 N), for N >= 2."""
    told = positive((of_pair(I, L) + split(I, L)) / (2 * number(N)))
    return proved(told, *GIVEN, *PAIR, *DEEP, pair_positive(), signed(as_defined()))


@cache
def split_of_two_factors() -> Theorem:
    """theta_il = 2 kappa_il, for N = 2."""
    told = then(as_defined(), assume(TWO))
    whole = next(p for p in sides(told)[1].parts() if p.op == "sum")
    told = then(told, single(whole))
    told = transitive(told, put(sides(told)[1], [of_two_factors(1), of_two_factors(2)]))
    pair = two_factors()
    told = transitive(told, field(sides(told)[1], 2 * sides(pair)[1]))
    return settle(then(told, symmetric(pair)), *GIVEN, *PAIR, TWO)


@cache
def derive() -> Deduction:
    """Return the theorems about the planes of a pair, for all N and d."""
    proof = Deduction("curvature-sign")
    two = (i, l)
    proof.show("above", above(), "As each term of a geometric sum is positive,")
    proof.show("pair-positive", all_of(pair_positive(), two), "so is what a pair adds,")
    proof.conclude("negative", generalise(all_of(negative(), two), (), *DEEP), "so that")
    proof.show("split-positive", all_of(signed(as_defined()), two), "The other sum likewise:")
    proof.conclude("positive", generalise(all_of(above_zero(), two), (), *DEEP), "so that")
    proof.conclude(
        "apart",
        all_of(split_apart(), two, APART),
        "The sum over $k$ telescopes when multiplied by the third power of the difference:",
    )
    proof.conclude("coincident", all_of(split_same(), two, SAME), "and where they coincide,")
    flat = generalise(all_of(without_sums(as_defined()), two), (), ONE)
    proof.conclude("flat", flat, "Of one factor the sum has no term.")
    last = generalise(all_of(split_of_two_factors(), two), (), TWO)
    proof.conclude("two-factors", last, "Of two factors it has one.")
    return proof
