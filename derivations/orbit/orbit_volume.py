"""The volume of the orbit of balanced factorizations, for every N and d."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.hypotheses import POSITIVE
from dlnproof.definitions.letters import N, d, factor, i, j, k, l, m, sigma
from dlnproof.definitions.orbits import FRAME, GRAM, ORBIT, SINGULAR, TURNED, turned, wave
from dlnproof.derivations.orbit import frames
from dlnproof.derivations.orbit.balanced import (
    ALL,
    FROM_ONE,
    FROM_ZERO,
    GIVEN,
    J,
    factors,
    first_frame,
    frame,
    frames_orthogonal,
    last_frame,
    named,
)
from dlnproof.derivations.orbit.jacobi import beside
from dlnproof.derivations.orbit.tangents import PAIR, Q, value
from dlnproof.kernel.arrays import entry_of_array
from dlnproof.kernel.cosines import cosine_positive, cosine_sum, cosine_zero
from dlnproof.kernel.entries import entry_of, same_entries
from dlnproof.kernel.logic import (
    assume,
    cases,
    cut,
    generalise,
    instance,
    negation,
    sides,
    specialise,
    symmetric,
    transitive,
    unfold,
)
from dlnproof.kernel.numbers import field, power_of_zero
from dlnproof.kernel.orbits import skew, volume_of_group, volume_of_no_group
from dlnproof.kernel.ranges import chosen, congruence, picked, sum_of_sums
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
    each,
    entry,
    equal,
    fresh,
    inner,
    number,
    total,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.equations import body, changed, inside, then
from dlnproof.tactics.rewriting import at_place, by, decided, repeated
from dlnproof.tactics.settle import settle

I, L, K, M = i.term, l.term, k.term, m.term
INNER: Final = (at_most(1, J), at_most(J, N - 1))
ROOT: Final = Family((i,), sigma(I) ** (1 / N))
RAW: Final = Family((j,), frame(J))
SAME: Final = equal(sigma(I), sigma(L))
COINCIDENT: Final = N * sigma(I) ** (2 - number(2) / N)
DISTINCT: Final = (sigma(I) ** 2 - sigma(L) ** 2) / (sigma(I) ** (2 / N) - sigma(L) ** (2 / N))
SQUARED: Final = choose(SAME, COINCIDENT, DISTINCT)
X, Y = sigma(I) ** (1 / N), sigma(L) ** (1 / N)
BLOCK: Final = array(j, k, N - 1, N - 1, beside(J, K, X * X + Y * Y, -(X * Y)))


# --- the determinant of a pair --------------------------------------------------------------------


@cache
def distinct() -> Theorem:
    """Return the determinant of the Jacobi matrix of a pair, for different values."""
    product, _, square = frames.pair_determinants()
    found = instance(cut(specialise(product, N - 1), square), {value: ROOT})
    over = 1 / (sigma(I) ** (2 / N) - sigma(L) ** (2 / N))
    return settle(field(determinant(BLOCK), DISTINCT, (over, found)), *ALL, *PAIR, negation(SAME))


@cache
def coincident() -> Theorem:
    """Return the determinant of the Jacobi matrix of a pair, for equal values."""
    _, same, _ = frames.pair_determinants()
    trivial = field(*next(iter(same.hypotheses)).args)
    found = instance(cut(specialise(same, N - 1), trivial), {value: ROOT})
    alike = changed(determinant(BLOCK), symmetric(assume(SAME)))
    last = field(sides(found)[1], COINCIDENT)
    return settle(transitive(alike, found, last), *ALL, *PAIR)


@cache
def vanishing() -> Theorem:
    """Return the determinant of the Jacobi matrix of a pair, where sigma_l = 0 and 0 < sigma_i."""
    product, _, square = frames.pair_determinants()
    found = instance(cut(specialise(product, N - 1), square), {value: ROOT})
    zero = assume(equal(sigma(L), number(0)))
    return found


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
    pair = generalise(by_choice(coincident(), distinct()), (i, l), *PAIR)
    return settle(transitive(found, repeated(sides(found)[1], by(pair))), *ALL)
