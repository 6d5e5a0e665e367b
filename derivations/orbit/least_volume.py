"""The least volume of an orbit at a determinant: that of equal singular values, all N and d."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Final

from dlnproof.definitions.completion import absolute
from dlnproof.definitions.hypotheses import (
    BALANCED,
    DEPTH,
    NONNEGATIVE,
    POSITIVE,
    PRODUCT,
    SVD,
    WIDTH,
)
from dlnproof.definitions.letters import N, U, V, W, d, i, j, l, sigma
from dlnproof.kernel import ranges
from dlnproof.kernel.determinants import determinant_of, orthogonal_determinant
from dlnproof.kernel.existence import decomposed
from dlnproof.kernel.logic import (
    absurd,
    assume,
    cases,
    contradiction,
    generalise,
    negation,
    reflexive,
    replace_at,
    rewrite,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field, log_of_power, log_of_product
from dlnproof.kernel.orbits import group_positive
from dlnproof.kernel.signs import (
    certificate,
    chain,
    log_monotone,
    power_nonzero,
    stricter,
    sum_monotone,
    unique_root,
    weaker,
)
from dlnproof.kernel.terms import (
    REAL,
    Term,
    at_most,
    determinant,
    different,
    equal,
    fresh,
    log,
    number,
    orthogonal_volume,
    positive,
    product,
    total,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.equations import body, changed, inside, then
from dlnproof.tactics.rewriting import repeated, rules
from dlnproof.tactics.settle import proved, settle
from dlnproof.tactics.spectra import geometric

from . import orbit_volume

I, L, J = (v.term for v in (i, l, j))
ZERO, ONE, HALF = number(0), number(1), number(1) / 2

MATRIX: Final = (*DEPTH, *WIDTH, *SVD, *POSITIVE, *BALANCED, *PRODUCT)
PAIR: Final = (*within(i, 1, d), *within(l, I + 1, d))
SHARE = 1 - 1 / number(N)


@cache
def mean_of_powers() -> Theorem:
    """N (a b)^(N-1) <= sum_j A^(N-j) B^(j-1), where a^2 = A and b^2 = B: by mirrored terms."""
    a, b = sigma(I) ** (1 / N), sigma(L) ** (1 / N)
    both = (a * b) ** (N - 1)
    summand = powers(J) + powers(N + 1 - J)
    gap = a ** (N - J) * b ** (J - 1) - a ** (J - 1) * b ** (N - J)
    step = certificate(at_most(2 * both, summand), [[gap]])
    found = sum_monotone(settle(step, *MATRIX, *PAIR, *within(j, 1, N)), j, 1, N)
    single = total(j, 1, N, powers(J))
    equations = [
        (-HALF, ranges.sum_of_sums(total(j, 1, N, summand))),
        (HALF, ranges.reverse(single)),
        (HALF, ranges.constant(found.conclusion.args[0])),
    ]
    found = certificate(at_most(N * both, single), [[Fraction(1, 2), found]], equations)
    return settle(found, *MATRIX, *PAIR)


def powers(at: Term) -> Term:
    """Return A^(N-j) B^(j-1), with the roots A and B of the squares of two values."""
    return (sigma(I) ** (2 / N)) ** (N - at) * (sigma(L) ** (2 / N)) ** (at - 1)


def shared(at: Term) -> Term:
    """Return log(N) / 2 + (1 - 1/N) log sigma_i: what a value has of each of its pairs."""
    return HALF * log(number(N)) + SHARE * log(sigma(at))


LEAST: Final = N * (sigma(I) * sigma(L)) ** SHARE
"""What a pair adds to the square of the volume, at least."""


@cache
def least() -> Theorem:
    """N (sigma_i sigma_l)^(1-1/N) is no more than what a pair adds to the square of the volume."""
    squared, same = orbit_volume.SQUARED, orbit_volume.SAME
    alike, unlike = (ranges.chosen(squared, assume(s)) for s in (same, negation(same)))
    equal_ = changed(LEAST, symmetric(assume(same)))
    equal_ = transitive(equal_, field(sides(equal_)[1], sides(alike)[1]), symmetric(alike))
    top, low = sigma(I) ** (2 / N), sigma(L) ** (2 / N)
    over = [(-(1 / (top - low)), geometric(top, low, N))]
    more = certificate(at_most(LEAST, sides(unlike)[1]), [[mean_of_powers()]], over)
    more = settle(replace_at(more, symmetric(unlike), 1), *MATRIX, *PAIR, negation(same))
    return settle(cases(weaker(equal_), more, on=(same, negation(same))), *MATRIX, *PAIR)


@cache
def above() -> Theorem:
    """0 < N (sigma_i sigma_l)^(1-1/N)."""
    return proved(positive(LEAST), *MATRIX, *PAIR)


@cache
def of_pair() -> Theorem:
    """The logarithm of what a pair adds to the square is at least what its values share."""
    power = LEAST.args[1]
    told = then(log_of_product(*LEAST.args), log_of_power(*power.args))
    told = then(told, log_of_product(*power.args[0].args))
    told = transitive(told, field(sides(told)[1], shared(L) + shared(I)))
    return settle(replace_at(log_monotone(above(), least()), told, 0), *MATRIX, *PAIR)


LOGS: Final = total(i, 1, d, log(sigma(I)))
RATE: Final = (number(d) - 1) * (number(N) - 1) / (2 * number(N))
GROUP: Final = (number(N) - 1) * log(orthogonal_volume(d))
COUNT: Final = number(d) * (number(d) - 1) / 4 * log(number(N))


@cache
def of_all_pairs() -> Theorem:
    """What all pairs share is d (d - 1) / 2 log N + (d - 1) (1 - 1/N) log det Sigma."""
    square, z = total(i, 1, d, total(l, 1, d, shared(L))), fresh(REAL)
    apart = ranges.sum_of_sums(total(i, 1, d, shared(I)))
    split = ranges.pairs(square)
    pairs = sides(split)[1].args[1]
    told = field(
        pairs,
        2 * (COUNT + RATE * LOGS),
        (-ONE, split),
        (ONE, ranges.constant(square)),
        (number(d) - 1, apart),
        (number(d) - 1, ranges.constant(sides(apart)[1].args[0])),
        (1 - number(d), ranges.linear_image(LOGS, z, SHARE * z.term)),
    )
    return settle(told, *DEPTH, *WIDTH)


@cache
def bound() -> Theorem:
    """(N - 1) log c_d + d (d - 1) / 4 log N + (d - 1)(N - 1) / (2 N) log det Sigma <= S."""
    told = settle(specialise(orbit_volume.derive().concluded["volume"]), *MATRIX)
    group, root = sides(told)[1].args
    logs = changed(log(sides(told)[0]), told)
    logs = then(logs, log_of_product(group, root), log_of_power(*group.args))
    logs = then(logs, log_of_power(*root.args), ranges.log_of_product(root.args[0]))
    rows = sides(logs)[1].args[1].args[1]
    logs = then(
        logs, inside(rows, lambda at: ranges.log_of_product(body(rows, at).args[0]), *MATRIX)
    )
    summed = sum_monotone(settle(of_pair(), *MATRIX, *PAIR), l, I + 1, d)
    summed = settle(summed, *MATRIX, *within(i, 1, d))
    summed = sum_monotone(summed, i, 1, d)
    goal = at_most(GROUP + COUNT + RATE * LOGS, sides(logs)[0])
    found = certificate(goal, [[Fraction(1, 2), summed]], [(ONE, logs), (HALF, of_all_pairs())])
    pairs = generalise(chain(above(), least()), (i, l), *PAIR)
    return settle(found, group_positive(d), pairs, *MATRIX)


# --- the same by the determinant alone ------------------------------------------------------------

SIZE: Final = determinant(W)
VALUES: Final = product(i, 1, d, sigma(I))


@cache
def size() -> Theorem:
    """(det W)^2 = (det Sigma)^2."""
    told = changed(SIZE, assume(SVD[0]))
    told = transitive(told, repeated(sides(told)[1], rules(determinant_of)))
    u, v = determinant(U), determinant(V)
    one, other = (orthogonal_determinant(assume(q)) for q in SVD[1:])
    whole = field(
        SIZE**2,
        VALUES**2,
        (SIZE + u * v * VALUES, told),
        (v**2 * VALUES**2, one),
        (VALUES**2, other),
    )
    return settle(whole, *WIDTH)


@cache
def positive_values() -> Theorem:
    """No singular value is 0 where det W is not."""
    at = within(i, 1, d)
    parted = ranges.split(VALUES, I)
    parted = then(parted, ranges.top(sides(parted)[1].args[0]))
    none = assume(equal(sigma(I), 0))
    before, rest = sides(parted)[1].args
    none_here = field(VALUES, ZERO, (ONE, parted), (before.args[0] * rest, none))
    zero = field(SIZE**2, ZERO, (ONE, size()), (VALUES, none_here))
    zero = absurd(zero, power_nonzero(assume(different(SIZE, 0)), 2))
    told = contradiction(zero, different(sigma(I), 0))
    told = stricter(specialise(assume(NONNEGATIVE[0]), I), told)
    return generalise(settle(told, *WIDTH, *at), i, *at)


@cache
def by_determinant() -> Theorem:
    """(N - 1) log c_d + d (d - 1) / 4 log N + (d - 1)(N - 1) / (2 N) log |det W| <= S."""
    above = proved(at_most(ZERO, VALUES), *POSITIVE, *WIDTH)
    root = changed(absolute(SIZE), size())
    root = transitive(root, unique_root(above, reflexive(VALUES**2)))
    told = then(changed(log(absolute(SIZE)), root), ranges.log_of_product(VALUES))
    found = rewrite(bound(), symmetric(told))
    known = (*DEPTH, *WIDTH, *SVD, *NONNEGATIVE, *BALANCED, *PRODUCT)
    found = settle(found, positive_values(), *known, different(SIZE, 0))
    return decomposed(found, W, U.data, sigma, V.data)
