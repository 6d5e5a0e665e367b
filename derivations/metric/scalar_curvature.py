"""What pairs and triples of singular values add to the scalar curvature, for every N and d.

Sums over pairs telescope: a multiple of each summand is F(k + 1) - F(k).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.curvature import (
    COMPLETE,
    PAIRS,
    POLYNOMIALS,
    TRIPLES,
    square,
)
from dlnproof.definitions.hypotheses import DEPTH, POSITIVE
from dlnproof.definitions.letters import N, d, i, k, l, m, sigma
from dlnproof.kernel.logic import (
    assume,
    generalise,
    reflexive,
    rewrite,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.ranges import bottom, constant, empty, linear_image, single, telescope
from dlnproof.kernel.terms import (
    REAL,
    Symbol,
    Term,
    at_most,
    different,
    equal,
    fresh,
    integer,
    number,
    positive,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.equations import body, inside, then
from dlnproof.tactics.settle import proved, settle
from dlnproof.tactics.spectra import geometric

GIVEN: Final = (*DEPTH, *POSITIVE, *COMPLETE, *PAIRS, *POLYNOMIALS, *TRIPLES)
I, L, M, K = i.term, l.term, m.term, k.term
A, B, C = square(I), square(L), square(M)
PAIR: Final = (*within(i, 1, d), *within(l, 1, d))
TRIPLE: Final = (*PAIR, *within(m, 1, d))
APART: Final = different(sigma(I), sigma(L))
SAME: Final = equal(sigma(I), sigma(L))
DEEP: Final = (at_most(2, N),)
ONE: Final = equal(N, 1)
TWO: Final = equal(N, 2)
End = Callable[[Term], Term]
Rules = Callable[[Term], list[Theorem]]
"""What h_k is at k."""


# --- h_k ------------------------------------------------------------------------------------------


@cache
def opened() -> Theorem:
    """h_k = sum_j x_i^(k-j) x_l^(j-1)."""
    return specialise(assume(COMPLETE[0]), K, I, L)


@cache
def apart() -> Theorem:
    """h_k = (x_i^k - x_l^k) / (x_i - x_l), for all k, i, l with sigma_i != sigma_l."""
    told = opened()
    closed = (A**K - B**K) / (A - B)
    last = field(sides(told)[1], closed, (1 / (A - B), geometric(A, B, K)))
    conditions = (at_most(0, K), *PAIR, APART)
    found = settle(transitive(told, last), *GIVEN, *conditions)
    return generalise(found, (k, i, l), *conditions)


@cache
def equal_values() -> Theorem:
    """h_k = k x_i^(k-1), for all k, i, l with sigma_i = sigma_l."""
    told = then(opened(), symmetric(assume(SAME)))
    whole = sides(told)[1]
    summed = inside(whole, lambda j: field(body(whole, j), A ** (K - 1)), *GIVEN, *PAIR, SAME)
    told = then(told, summed, constant(sides(summed)[1]))
    conditions = (at_most(0, K), *PAIR, SAME)
    return generalise(settle(told, *GIVEN, *conditions), (k, i, l), *conditions)


@cache
def above() -> Theorem:
    """0 < h_k, for all k >= 1, i and l."""
    conditions = (at_most(1, K), *PAIR)
    lemma = proved(positive(sides(opened())[1]), *GIVEN, *conditions)
    found = settle(rewrite(lemma, symmetric(opened())), *GIVEN, *conditions)
    return generalise(found, (k, i, l), *conditions)


# --- what is added --------------------------------------------------------------------------------


def put(term: Term, equations: list[Theorem]) -> Theorem:
    """Return what a term becomes by equations, one after the other, where they say anything."""
    told = reflexive(term)
    for equation in equations:
        if sides(equation)[0] in set(sides(told)[1].parts()):
            told = then(told, equation)
    return told


def summed(whole: Term, values: Rules, by: Term, end: End, *case: Theorem | Term) -> Theorem:
    """Return what a sum is, with the values of h_k, and with what a multiple of it telescopes to.

    ``by`` times each summand is F(k + 1) - F(k), of which ``end`` is F.
    """
    inner = inside(whole, lambda at: put(body(whole, at), values(at)), *GIVEN, *TRIPLE, *case)
    x, scope = fresh(REAL), sides(inner)[1]
    pulled = linear_image(scope, x, by * x.term)
    many = sides(pulled)[1]
    steps = inside(
        many, lambda at: field(body(many, at), end(at + 1) - end(at)), *GIVEN, *TRIPLE, *case
    )
    told = transitive(pulled, steps, telescope(sides(steps)[1]))
    closed = sides(told)[1] / by
    return transitive(inner, field(scope, closed, (1 / by, told)))


def closed(
    told: Theorem,
    values: Rules,
    ends: Sequence[tuple[Term, End]],
    form: Term,
    *case: Theorem | Term,
) -> Theorem:
    """Return k = ``form``, from k made of sums and h_N, for all indices in the case."""
    sums = dict.fromkeys(p for p in sides(told)[1].parts() if p.op == "sum")
    parts = [summed(s, values, *end, *case) for s, end in zip(sums, ends, strict=True)]
    found = then(told, *parts)
    found = transitive(found, put(sides(found)[1], values(N)))
    found = transitive(found, field(sides(found)[1], form))
    return settle(found, *GIVEN, *TRIPLE, *case)


def rules(*named: tuple[Callable[[], Theorem], Term, Term], same: tuple[Term, ...] = ()) -> Rules:
    """Return what h_k is at k, for pairs of indices; then which values are the same."""
    equal_ = [symmetric(assume(sentence)) for sentence in same]
    return lambda at: [*(specialise(told(), at, *pair) for told, *pair in named), *equal_]


def of_two() -> Theorem:
    """Return k_il as it is defined."""
    return specialise(assume(PAIRS[0]), I, L)


@cache
def pair_apart() -> Theorem:
    """k_il, where sigma_i != sigma_l."""

    def end(at: Term) -> Term:
        n = number(N - at)
        one = (A * B + n * B * (A - B)) * A ** (N - 1 + at) * B ** (N - 1 - at)
        other = (A * B + n * A * (B - A)) * B ** (N - 1 + at) * A ** (N - 1 - at)
        return one + other + n * (n + 1) * (A * B) ** (N - 1) * (A - B) ** 2

    y, z = sigma(I) ** 2, sigma(L) ** 2
    form = 2 * (A + B) * (1 / (N * (A - B) ** 2) - N * y * z / (A * B * (y - z) ** 2))
    return closed(of_two(), rules((apart, I, L)), [((A - B) ** 4, end)], form, APART)


@cache
def pair_same() -> Theorem:
    """k_il, where sigma_i = sigma_l."""

    def end(at: Term) -> Term:
        n, k = number(N), number(at)
        return 2 * n * (k - 1) * k * (2 * k - 1) - 3 * ((k - 1) * k) ** 2

    form = (N**2 - 1) / (3 * (N * A))
    values = rules((equal_values, I, L), same=(SAME,))
    return closed(of_two(), values, [(12 / A ** (2 * (N - 2)), end)], form, SAME)


ENDS: Final = different(sigma(I), sigma(M))
BOTH: Final = (different(sigma(L), sigma(M)), ENDS)


def of_three() -> Theorem:
    """Return k_ilm as it is defined, with the sums."""
    told = specialise(assume(TRIPLES[0]), I, L, M)
    return then(told, *(specialise(assume(whole), I, L, M) for whole in POLYNOMIALS))


@cache
def triple_apart() -> Theorem:
    """k_ilm, of three values that differ."""
    x, y, z = (sigma(v) ** 2 for v in (I, L, M))

    def less(at: Term) -> Term:
        return (B - C) * B ** (N - at) * A**at + (A - B) * B ** (N - at) * C**at

    def more(at: Term) -> Term:
        rest = (B * C) ** (N - at + 1)
        return (A - B) * (A * B) ** (at - 1) * rest - (A - C) * (A * C) ** (at - 1) * rest

    by = (A - B) * (B - C) * (A - C)
    q = [
        (p - r) ** 2 * (u + v) / (u - v)
        for p, r, u, v in ((A, B, x, y), (B, C, y, z), (C, A, z, x))
    ]
    gaps = (A - B) * (B - C) * (C - A)
    values = rules((apart, I, L), (apart, L, M), (apart, I, M))
    form = 2 * (q[0] + q[1] + q[2]) / gaps
    told = closed(of_three(), values, [(by, less), (by, more)], form, APART, *BOTH)
    found = field(gaps * sides(told)[0], 2 * q[0] + 2 * q[1] + 2 * q[2], (gaps, told))
    return settle(found, *GIVEN, *TRIPLE, APART, *BOTH)


@cache
def first_two() -> Theorem:
    """k_ilm, where sigma_i = sigma_l != sigma_m."""

    def less(at: Term) -> Term:
        return number(at) * A ** (N - 1) * (A - C) + A ** (N - at) * C**at

    def more(at: Term) -> Term:
        rest = number(at) * A ** (N - 1) * C**N * (A - C)
        return A ** (N - 1 + at) * C ** (N - at + 1) - rest

    values = rules((equal_values, I, L), (apart, L, M), (apart, I, M), same=(SAME,))
    by, moved = (A - C) ** 2, rewrite(assume(ENDS), assume(SAME))
    return closed(of_three(), values, [(by, less), (by, more)], two(I, M), SAME, ENDS, moved)


def two(double: Term, alone: Term) -> Term:
    """Return what a value that comes twice adds, with another one."""
    n, a, c = number(N), square(double), square(alone)
    y, z = sigma(double) ** 2, sigma(alone) ** 2
    ratio = sigma(double) ** (2 - 2 / number(N))
    moved = a * y - c * z
    return (
        4 * ratio * moved / ((y - z) ** 2 * (a - c))
        - 4 * (n + 1) * ratio * z / (y - z) ** 2
        - 4 * moved / (n * (y - z) * (a - c) ** 2)
        + 4 * (n + 1) * z / (n * (y - z) * (a - c))
    )


@cache
def last_two() -> Theorem:
    """k_ilm, where sigma_l = sigma_m != sigma_i."""

    def less(at: Term) -> Term:
        return A**at * B ** (N - at) - number(at) * B ** (N - 1) * (A - B)

    def more(at: Term) -> Term:
        return (number(at) * (A - B) - A) * A ** (at - 1) * B ** (2 * N - at)

    same = equal(sigma(L), sigma(M))
    values = rules((equal_values, L, M), (apart, I, L), (apart, I, M), same=(same,))
    by, moved = (A - B) ** 2, rewrite(assume(APART), assume(same))
    return closed(of_three(), values, [(by, less), (by, more)], two(L, I), same, APART, moved)


@cache
def all_same() -> Theorem:
    """k_ilm, where the three values are equal."""

    def end(at: Term) -> Term:
        return number(at) * number(at - 1)

    other = equal(sigma(I), sigma(M))
    values = rules(*((equal_values, *p) for p in ((I, L), (L, M), (I, M))), same=(SAME, other))
    moved = rewrite(assume(other), assume(SAME))
    ends = [(2 / A ** (N - 2), end), (2 / A ** (2 * N - 2), end)]
    form = (N**2 - 1) / (N * A)
    return closed(of_three(), values, ends, form, SAME, other, moved)


def signed(told: Theorem) -> Theorem:
    """Return 0 < k for N >= 2: no term of its sums is negative, and one is positive."""
    known = (*GIVEN, *TRIPLE, *DEEP, above())
    sign = proved(positive(sides(told)[1]), *known)
    return settle(rewrite(sign, symmetric(told)), *known)


def without_sums(told: Theorem) -> Theorem:
    """Return k = 0 for N = 1, where there is no summand."""
    at_one = then(told, assume(ONE))
    nothing = next(p for p in sides(at_one)[1].parts() if p.op == "sum")
    gone = then(at_one, empty(nothing))
    return settle(transitive(gone, field(sides(gone)[1], number(0))), *GIVEN, *TRIPLE, ONE, above())


def of_two_factors(count: int) -> Theorem:
    """Return, for N = 2, h_1 = 1 or h_2 = x_i + x_l."""
    found = then(specialise(assume(COMPLETE[0]), integer(count), I, L), assume(TWO))
    first = bottom(sides(found)[1])
    rest = sides(first)[1].args[1]
    return then(found, first, single(rest) if count == 2 else empty(rest))


@cache
def two_factors() -> Theorem:
    """k_il = 1 / (sigma_i + sigma_l) for N = 2."""
    told = then(of_two(), assume(TWO))
    whole = next(p for p in sides(told)[1].parts() if p.op == "sum")
    told = then(told, single(whole))
    told = transitive(told, put(sides(told)[1], [of_two_factors(1), of_two_factors(2)]))
    form = 1 / (sigma(I) + sigma(L))
    return settle(transitive(told, field(sides(told)[1], form)), *GIVEN, *PAIR, TWO)


def all_of(told: Theorem, indices: tuple[Symbol, ...], *case: Term) -> Theorem:
    """Return what holds for all indices in a case."""
    places = PAIR if len(indices) == 2 else TRIPLE
    return generalise(told, indices, *places, *case)


@cache
def derive() -> Deduction:
    """Return the theorems about what pairs and triples add, for all N and d."""
    proof = Deduction("scalar-curvature")
    two_, three = (i, l), (i, l, m)
    last = equal(sigma(L), sigma(M))
    ends = equal(sigma(I), sigma(M))
    proof.show("apart", apart(), "A geometric sum, for values that differ,")
    proof.show("equal", equal_values(), "and a sum of equal terms for those that do not.")
    proof.show("above", above(), "As each of its terms is positive,")
    proof.conclude(
        "pair",
        all_of(pair_apart(), two_, APART),
        "The sum over $k$ telescopes when multiplied by the fourth power of the difference:",
    )
    proof.conclude("pair-coincident", all_of(pair_same(), two_, SAME), "and, of squares,")
    proof.conclude(
        "triple", all_of(triple_apart(), three, APART, *BOTH), "Both sums telescope likewise:"
    )
    proof.conclude("first-two", all_of(first_two(), three, SAME, ENDS), "If two coincide,")
    proof.conclude("last-two", all_of(last_two(), three, last, APART), "or the others do,")
    proof.conclude("triple-coincident", all_of(all_same(), three, SAME, ends), "or all three,")
    terms = (("pair", of_two(), two_), ("triple", of_three(), three))
    for name, told, indices in terms:
        found = generalise(all_of(signed(told), indices), (), *DEEP)
        proof.conclude(
            f"{name}-positive", found, "No term of the sums is negative, and one is positive."
        )
    for name, told, indices in terms:
        found = generalise(all_of(without_sums(told), indices), (), ONE)
        proof.conclude(f"{name}-flat", found, "Of one factor a sum has no term.")
    proof.conclude(
        "two-factors",
        generalise(all_of(two_factors(), two_), (), TWO),
        "Of two factors the sum has one term.",
    )
    return proof
