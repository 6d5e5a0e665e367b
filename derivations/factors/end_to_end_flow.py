"""The flow of the end-to-end matrix on the balanced manifold, for every N and d."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.hypotheses import BALANCED, DEPTH, PRODUCT
from dlnproof.definitions.letters import N, W, d, factor, j, m, whole
from dlnproof.kernel import ranges
from dlnproof.kernel.induction import induction
from dlnproof.kernel.logic import (
    assume,
    generalise,
    rewrite,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.spectral import psd_gram, root_unique
from dlnproof.kernel.terms import Term, at_most, equal, identity, number, transpose
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import words
from dlnproof.tactics.cancelling import same_words
from dlnproof.tactics.settle import settle

M, J = m.term, j.term
GIVEN: Final = (*DEPTH, *BALANCED, *PRODUCT)
LAST: Final = factor(N) * transpose(factor(N))
FIRST: Final = transpose(factor(1)) * factor(1)


def upper(count: Term) -> Term:
    """Return the product of the last factors, so many of them: W_N ... W_{N - count + 1}."""
    return whole(factor, N - count + 1, N)


def lower(count: Term) -> Term:
    """Return the product of the first factors, so many of them."""
    return whole(factor, 1, count)


def balance(index: Term) -> Theorem:
    """W_{j+1}^T W_{j+1} = W_j W_j^T."""
    return specialise(assume(BALANCED[0]), index)


def powers(
    product: Term, sentence: Term, base: Theorem, step: Theorem
) -> Theorem:
    """Induction over the number of factors, from 1 to N."""
    del product
    return induction(m, sentence, base, step, start=1, end=N)


@cache
def last_passes() -> Theorem:
    """L W^T W = (W_N W_N^T) L, with L = W_N ... W and W its last factor, for all L."""

    def sentence(count: Term) -> Term:
        w = factor(N - count + 1)
        return equal(upper(count) * (transpose(w) * w), LAST * upper(count))

    one = ranges.single(upper(M * 0 + 1))
    w = factor(N)
    base = same_words(upper(M * 0 + 1) * (transpose(w) * w), LAST * upper(M * 0 + 1), one)
    longer = ranges.bottom(upper(M + 1))
    following = factor(N - M)
    step = same_words(
        upper(M + 1) * (transpose(following) * following),
        LAST * upper(M + 1),
        longer,
        symmetric(balance(N - M)),
        assume(sentence(M)),
    )
    return settle(induction(m, sentence(M), base, settle(step, *GIVEN, at_most(1, M), at_most(M + 1, N)), start=1, end=N), *GIVEN)


if __name__ == "__main__":
    print(last_passes())
