"""The minimisers of rank one of a 3 x 3 diagonal completion problem."""

from functools import cache
from itertools import combinations
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.hypotheses import NONNEGATIVE, ORDERED, SVD
from dlnproof.definitions.letters import SIGMA, U, V, W, X, d, i, l, sigma
from dlnproof.definitions.three import (
    LOSS,
    ONES,
    RANK_ONE,
    RATIOS,
    SIGN_CHANGE,
    SIGNED_PERMUTATION,
    SIGNS,
    SQUARED_RATIOS,
    THREE,
    UNIT_DIAGONAL,
    Q,
    signed,
    u,
    v,
    weight,
)
from dlnproof.kernel.arrays import entry_of_array
from dlnproof.kernel.entries import entry_of, same_entries
from dlnproof.kernel.logic import (
    absurd,
    assume,
    contradiction,
    generalise,
    sides,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.signs import antisymmetric, certificate, decided, power_positive
from dlnproof.kernel.spectral import other_inverse
from dlnproof.kernel.terms import (
    Term,
    at_most,
    different,
    entry,
    equal,
    identity,
    less,
    number,
    trace,
    transpose,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.absolute import zero_of_square
from dlnproof.tactics.cancelling import same_traces
from dlnproof.tactics.entrywise import at_each, same_matrices, same_numbers, written_out
from dlnproof.tactics.equations import changed
from dlnproof.tactics.settle import proved, settle

ONE, ZERO = number(1), number(0)
VALUES: Final = tuple(sigma(k) for k in (1, 2, 3))
FIRST, SECOND, THIRD = VALUES
PLACES: Final = [(row, col) for row in (1, 2, 3) for col in (1, 2, 3)]
VALUED: Final = (*THREE, *NONNEGATIVE, *ORDERED)
KNOWN: Final = (*VALUED, *UNIT_DIAGONAL)
I, L = i.term, l.term
HERE: Final = within(i, 1, d)
THERE: Final = within(l, 1, d)


def in_entries(sentence: Theorem) -> Theorem:
    """Return a fact about w_il for each i and l."""
    return generalise(generalise(settle(sentence, *KNOWN), l, *THERE), i, *HERE)


# --- rank one -------------------------------------------------------------------------------------


@cache
def third() -> Theorem:
    """sigma_3 = 0, from sigma_2 = 0."""
    below = certificate(
        at_most(THIRD, ZERO),
        [[proved(at_most(THIRD, SECOND), *VALUED)]],
        [(-ONE, assume(RANK_ONE[0]))],
    )
    return settle(antisymmetric(below, proved(at_most(ZERO, THIRD), *VALUED)), *VALUED)


def product(row: Term | int, col: Term | int) -> Theorem:
    """w_il = sigma_1 u_i1 v_l1, where sigma_2 = sigma_3 = 0."""
    w = entry(W, row, col)
    plain = changed(w, assume(SVD[0]))
    out = transitive(plain, written_out(sides(plain)[1], rows=3))
    a, b = (
        [entry(side, at, k) for k in (1, 2, 3)] for side, at in ((U, row), (V, col))
    )
    found = field(
        w,
        FIRST * a[0] * b[0],
        (ONE, out),
        (a[1] * b[1], assume(RANK_ONE[0])),
        (a[2] * b[2], third()),
    )
    return settle(found, *KNOWN, *HERE, *THERE)


def one(at: Term | int) -> Theorem:
    """w_ii = 1."""
    return proved(equal(entry(W, at, at), 1), *KNOWN, *HERE, *THERE)


@cache
def nonzero() -> Theorem:
    """u_l1 != 0: else w_ll = 0."""
    a, b = entry(U, L, 1), entry(V, L, 1)
    none = field(ONE, ZERO, (ONE, product(L, L)), (-ONE, one(L)), (FIRST * b, assume(equal(a, 0))))
    false = absurd(none, decided(different(ONE, ZERO)))
    return settle(contradiction(false, different(a, 0)), *KNOWN)


def ratio() -> Theorem:
    """w_il = u_i1 / u_l1, as sigma_1 v_l1 is the inverse of u_l1."""
    a, b = entry(U, I, 1), entry(U, L, 1)
    found = field(
        entry(W, I, L), a / b, (ONE, product(I, L)), (-a / b, product(L, L)), (a / b, one(L))
    )
    return settle(found, nonzero(), *KNOWN, *HERE, *THERE)


def minor(row: Term | int, middle: Term | int, col: Term | int) -> Theorem:
    """w_im w_ml = w_il."""
    a, b, c, e = entry(U, row, 1), entry(V, middle, 1), entry(U, middle, 1), entry(V, col, 1)
    found = field(
        entry(W, row, middle) * entry(W, middle, col),
        entry(W, row, col),
        (entry(W, middle, col), product(row, middle)),
        (FIRST * a * b, product(middle, col)),
        (-FIRST * a * e, product(middle, middle)),
        (FIRST * a * e, one(middle)),
        (-ONE, product(row, col)),
    )
    return settle(found, *KNOWN, *HERE, *THERE)


# --- singular values ------------------------------------------------------------------------------


def of_values(power: int) -> Theorem:
    """Tr((W^T W)^n) = sigma_1^2n + sigma_2^2n + sigma_3^2n, for n = 1, 2."""
    svd, left, right = map(assume, SVD)
    gram = transpose(W) * W
    whole = trace(gram if power == 1 else gram * gram)
    plain = changed(whole, svd)
    middle = SIGMA * SIGMA if power == 1 else SIGMA * SIGMA * SIGMA * SIGMA
    inside = same_traces(sides(plain)[1], trace(middle), left, right)
    added = FIRST ** (2 * power) + SECOND ** (2 * power) + THIRD ** (2 * power)
    values = same_numbers(trace(middle), added, rows=3)
    return settle(transitive(plain, inside, values), *VALUED)


def weights() -> list[Theorem]:
    """w_il = p_i / p_l, for the nine entries."""
    return [
        proved(equal(entry(W, row, col), weight(row) / weight(col)), *THREE, *RATIOS)
        for row, col in PLACES
    ]


@cache
def squares() -> Theorem:
    """sigma_1^2 + sigma_2^2 + sigma_3^2 = sum of (p_i / p_l)^2."""
    found = of_values(1)
    ratios = [(weight(row) / weight(col)) ** 2 for row, col in PLACES]
    out = written_out(sides(found)[0], *weights(), rows=3)
    same = field(sides(found)[0], sum(ratios[1:], ratios[0]), (ONE, out))
    return settle(transitive(symmetric(found), same), *VALUED, *RATIOS)


@cache
def second() -> Theorem:
    """sigma_2 = 0 for w_il = p_i / p_l: the sum of sigma^4 is the square of that of sigma^2."""
    two, four = of_values(1), of_values(2)
    gram, fourth = sides(two)[0], sides(four)[0]
    out, outer = (written_out(x, *weights(), rows=3) for x in (gram, fourth))
    same = field(fourth, gram**2, (ONE, outer), (-(gram + sides(out)[1]), out))
    added = sides(two)[1]
    both = FIRST * SECOND
    below = certificate(
        at_most(both**2, ZERO),
        [[FIRST * THIRD], [SECOND * THIRD]],
        [
            (ONE / 2, same),
            (-ONE / 2, four),
            ((gram + added) / 2, two),
        ],
    )
    above = certificate(at_most(ZERO, both**2), [[both]])
    none = zero_of_square(settle(antisymmetric(below, above), *VALUED, *RATIOS))
    gap = proved(at_most(SECOND, FIRST), *VALUED)
    positive = proved(at_most(ZERO, SECOND), *VALUED)
    small = certificate(at_most(SECOND**2, ZERO), [[gap, positive]], [(-ONE, none)])
    square = antisymmetric(small, certificate(at_most(ZERO, SECOND**2), [[SECOND]]))
    return settle(zero_of_square(square), *VALUED, *RATIOS)


