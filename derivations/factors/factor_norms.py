"""Norms of balanced factors and of their product, of every shape and rank."""

from __future__ import annotations

from functools import cache

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.hypotheses import DEPTH
from dlnproof.definitions.letters import N, j, k, m, sigma
from dlnproof.definitions.shapes import (
    BALANCED,
    LEFT,
    POSITIVE,
    PRODUCT,
    RANK,
    RIGHT,
    SOME_RANK,
    THIN_SVD,
    VALUES,
    WHOLE,
    factor,
    whole,
)
from dlnproof.kernel import ranges
from dlnproof.kernel.entries import diagonals, entry_of, trace_of_entries
from dlnproof.kernel.induction import induction
from dlnproof.kernel.logic import (
    assume,
    generalise,
    rewrite,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.spectral import psd_gram, root_unique
from dlnproof.kernel.terms import (
    REAL,
    Term,
    at_most,
    diagonal,
    equal,
    fresh,
    inner,
    integer,
    substitute,
    total,
    trace,
    transpose,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces
from dlnproof.tactics.cancelling import same_traces, same_words
from dlnproof.tactics.equations import changed, inside, then
from dlnproof.tactics.settle import settle
from dlnproof.tactics.spectra import conjugate, root_of, thin_power

from .end_to_end_flow import holds

J, K, M = j.term, k.term, m.term
GIVEN = (*DEPTH, *SOME_RANK, *THIN_SVD, *POSITIVE)
FACTORS = (*DEPTH, *BALANCED, *PRODUCT)
FIRST = transpose(factor(1)) * factor(1)
GRAM = transpose(WHOLE) * WHOLE
ROOTS = diagonal(k, RANK, sigma(K) ** (2 / N))
svd, left, right = map(assume, THIN_SVD)


def trace_of_diagonal(matrix: Term) -> Theorem:
    """Tr(diag(f)) = sum_i f(i)."""
    found = trace_of_entries(matrix)
    return then(found, inside(sides(found)[1], lambda k: entry_of(matrix, k, k)))


@cache
def squared_values() -> Theorem:
    """Sigma Sigma = diag(sigma_i^2)."""
    found = diagonals(VALUES * VALUES)
    return then(found, inside(sides(found)[1], lambda k: field(sigma(k) * sigma(k), sigma(k) ** 2)))


@cache
def squared_norm() -> Theorem:
    """Tr(W^T W) = sum_i sigma_i^2."""
    opened = changed(trace(GRAM), svd)
    both = same_traces(sides(opened)[1], trace(VALUES * VALUES), left, right)
    found = then(transitive(opened, both), squared_values())
    return settle(transitive(found, trace_of_diagonal(sides(squared_values())[1])), *GIVEN)


# --- the root of W^T W ----------------------------------------------------------------------------


@cache
def powers() -> Theorem:
    """(W_m ... W_1)^T W_m ... W_1 = (W_1^T W_1)^m."""
    longer, none = ranges.top(whole(1, M + 1)), ranges.empty(whole(1, 0))
    balance = specialise(assume(BALANCED[0]), M + 1)

    def passes(count: Term) -> Term:
        """With the next factor W: W^T W L = L (W_1^T W_1)."""
        w = factor(count + 1)
        return equal(transpose(w) * w * whole(1, count), whole(1, count) * FIRST)

    def counted(sentence: Term, base: Theorem, *used: Theorem, end: Term) -> Theorem:
        step = holds(substitute(sentence, {m: M + 1}), *used, assume(sentence))
        step = settle(step, *BALANCED, at_most(0, M), at_most(M + 1, end))
        return settle(induction(m, sentence, base, step, start=0, end=end), *DEPTH)

    zero = integer(0)
    passing = counted(passes(M), holds(passes(zero), none), longer, balance, end=N - 1)
    sentence = equal(transpose(whole(1, M)) * whole(1, M), FIRST**M)
    base = holds(substitute(sentence, {m: zero}), none)
    return counted(sentence, base, longer, specialise(passing, M), end=N)


@cache
def root_by_factors() -> Theorem:
    """(W^T W)^(1/N) = W_1^T W_1."""
    power = rewrite(specialise(powers(), N), symmetric(assume(PRODUCT[0])))
    return settle(root_unique(psd_gram(factor(1)), symmetric(power)), *FACTORS)


@cache
def roots_by_values() -> tuple[Theorem, Theorem]:
    """(W W^T)^(1/N) = U Sigma^(2/N) U^T and (W^T W)^(1/N) = V Sigma^(2/N) V^T.

    U and V have r orthonormal columns.
    """
    found = []
    for gram, q, own, other in (
        (WHOLE * transpose(WHOLE), LEFT, left, right),
        (GRAM, RIGHT, right, left),
    ):
        opened = changed(gram, svd)
        middle = sides(squared_values())[1]
        squares = same_words(sides(opened)[1], conjugate(q, middle), other, squared_values())
        squares = transitive(opened, squares)
        found.append(settle(root_of(own, squares, ROOTS, N, power_of=thin_power), *GIVEN))
    return found[0], found[1]


# --- the factors ----------------------------------------------------------------------------------


@cache
def first_norm() -> Theorem:
    """Tr(W_1^T W_1) = sum_i sigma_i^(2/N)."""
    both = transitive(symmetric(root_by_factors()), roots_by_values()[1])
    opened = changed(trace(FIRST), both)
    plain = traces(sides(opened)[1], trace(ROOTS), (ROOTS, right, None))
    return transitive(opened, plain, trace_of_diagonal(ROOTS))


@cache
def each_norm() -> Theorem:
    """Tr(W_j^T W_j) = sum_i sigma_i^(2/N), for 1 <= j <= N."""
    value = sides(first_norm())[1]
    sentence = equal(inner(factor(M), factor(M)), value)
    balance = specialise(assume(BALANCED[0]), M)
    step = traces(
        inner(factor(M + 1), factor(M + 1)), inner(factor(M), factor(M)), (None, balance, None)
    )
    step = settle(transitive(step, assume(sentence)), *BALANCED, at_most(1, M), at_most(M + 1, N))
    return settle(induction(m, sentence, first_norm(), step, start=1, end=N), *DEPTH)


@cache
def squared_norms() -> Theorem:
    """sum_j Tr(W_j^T W_j) = sum_i N sigma_i^(2/N)."""
    whole = total(j, 1, N, inner(factor(J), factor(J)))
    each = inside(whole, lambda j: specialise(each_norm(), j))
    x = fresh(REAL)
    shares = ranges.linear_image(sides(first_norm())[1], x, N * x.term)
    found = then(each, ranges.constant(sides(each)[1]), shares)
    return generalise(settle(found, *GIVEN, *FACTORS), (), *BALANCED, *PRODUCT)


def derive() -> Deduction:
    """Return the derivation."""
    proof = Deduction("factor-norms")
    proof.conclude("product", squared_norm(), "The frames leave the trace as it is:")
    proof.show("root", root_by_factors(), "Balanced factors, by induction, and the unique root:")
    proof.show("values", roots_by_values()[1], "The same root, from the singular values:")
    proof.show("norm", each_norm(), "So each factor has the norm of the first,")
    proof.conclude("factors", squared_norms(), "and together")
    return proof
