"""The ratio of the singular values of a 2 x 2 completion, by its entries and by the loss."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.completion import BETWEEN, DATA, EXTREME, absolute
from dlnproof.definitions.letters import W, p, rho, s, t, x
from dlnproof.kernel.determinants import determinant_of_two
from dlnproof.kernel.logic import assume, cut, generalise
from dlnproof.kernel.numbers import field
from dlnproof.kernel.signs import certificate, power_positive
from dlnproof.kernel.terms import Term, at_most, less, number, positive
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.absolute import (
    absolute_nonnegative,
    absolute_of_product,
    absolute_squared,
    below_absolute,
    below_by_squares,
    triangle,
)
from dlnproof.tactics.equations import changed
from dlnproof.tactics.settle import proved, settle

from .norm_divergence import (
    DET,
    FIRST,
    KNOWN,
    OBSERVED,
    SECOND,
    W11,
    W12,
    W21,
    W22,
    both,
    distance_squared,
    first_value,
    gap,
    positive_values,
    residuals,
    squares,
)

ONE, ZERO = number(1), number(0)
P, RHO, S, T, X = p.term, rho.term, s.term, t.term, x.term
BOTH = W12 * W21
SIGNS = (positive(DET), positive(BOTH))


def first_positive() -> Theorem:
    """0 < sigma_1."""
    return positive_values()[0]


@cache
def by_entries() -> Theorem:
    """4 w_12 w_21 sigma_1 sigma_2 <= w_22^2 sigma_1^2, by the square of w_11 w_22 - 2 w_12 w_21."""
    size = absolute(W11)
    largest = proved(at_most(ZERO, FIRST), *KNOWN)
    found = certificate(
        at_most(4 * BOTH * FIRST * SECOND, W22**2 * FIRST**2),
        [
            [W11 * W22 - 2 * BOTH],
            [first_value(), largest, W22],
            [first_value(), absolute_nonnegative(W11), W22],
        ],
        [
            (-4 * BOTH, both()),
            (-4 * BOTH, determinant_of_two(W)),
            (W22**2, absolute_squared(W11)),
        ],
        [size],
    )
    return settle(found, *KNOWN)


def quarter() -> Theorem:
    """sigma_2 / sigma_1 <= |w_22|^2 / (4 w_12 w_21)."""
    inverse = power_positive(assume(SIGNS[1]), -1)
    share = power_positive(first_positive(), -1)
    found = certificate(
        at_most(SECOND / FIRST, absolute(W22) ** 2 / (4 * W12 * W21)),
        [[by_entries(), inverse, share, share, Fraction(1, 4)]],
        [(1 / (4 * BOTH), absolute_squared(W22))],
        [absolute(W22)],
    )
    four = certificate(less(ZERO, 4 * W12 * W21), [[4, assume(SIGNS[1])]])
    return generalise(settle(found, four, first_positive(), *KNOWN), (), *SIGNS)


def by_loss() -> Theorem:
    """(1 - rho)^2 sigma_2 / sigma_1 <= rho^2 / 4: w_12 and w_21 are at least 1 - rho."""
    close, above = residuals(), [*positive_values()]
    share = power_positive(first_positive(), -1)
    found = certificate(
        at_most(4 * (1 - RHO) ** 2 * FIRST * SECOND, RHO**2 * FIRST**2),
        [
            [by_entries()],
            [4, close[W12], close[W21], *above],
            [4, gap(), close[W12], *above],
            [4, gap(), close[W21], *above],
            [W12 - 1, FIRST],
            [W21 - 1, FIRST],
        ],
        [(FIRST**2, distance_squared())],
    )
    found = certificate(
        at_most((1 - RHO) ** 2 * (SECOND / FIRST), RHO**2 / 4),
        [[found, share, share, Fraction(1, 4)]],
    )
    return generalise(settle(found, first_positive(), *KNOWN), (), *OBSERVED[1:])


ENTRIES = [assume(sentence) for sentence in EXTREME]


@cache
def extreme_determinant() -> Theorem:
    """det W = (1 + t^2)^2 / (1 - t^2)^2, at the extreme matrices."""
    first, one, other, last = ENTRIES
    found = field(
        DET,
        (1 + T**2) ** 2 / (1 - T**2) ** 2,
        (ONE, determinant_of_two(W)),
        (W22, first),
        (EXTREME[0].args[1], last),
        (-W21, one),
        (-ONE, other),
    )
    return settle(found, *smaller())


def smaller() -> tuple[Theorem, ...]:
    """0 < 1 - t^2, and 0 < t - t^3."""
    above, below = (assume(sentence) for sentence in BETWEEN)
    square = certificate(less(ZERO, 1 - T**2), [[below], [above, below]])
    return square, certificate(less(ZERO, T - T**3), [[above, square]])


def sharp() -> Theorem:
    """sigma_2 = t^2 sigma_1: that by which they differ is 0, times sigma_1 - t^2 sigma_2."""
    first, one, other, last = ENTRIES
    over = power_positive(smaller()[0], -2)
    top = certificate(
        positive(DET), [[over], [over, 2, T], [over, T**2]], [(ONE, extreme_determinant())]
    )
    ordered = proved(at_most(SECOND, FIRST), *KNOWN)
    apart = certificate(
        less(ZERO, FIRST - T**2 * SECOND), [[ordered], [smaller()[0], positive_values()[1]]]
    )
    share = 1 / (FIRST * (FIRST - T**2 * SECOND))
    found = field(
        SECOND / FIRST,
        T**2,
        (share * (1 + T**4), both()),
        (share * (1 + T**4), extreme_determinant()),
        (-share * T**2, squares()),
        (-share * T**2 * (W11 + EXTREME[0].args[1]), first),
        (-share * T**2 * (W22 + EXTREME[3].args[1]), last),
        (-share * T**2 * (W12 + 1), one),
        (-share * T**2 * (W21 + 1), other),
    )
    found = cut(settle(found, apart, first_positive(), *smaller(), *KNOWN), settle(top, *smaller()))
    return generalise(settle(found, *smaller(), *KNOWN), t, *BETWEEN, *EXTREME)


NOISY = [assume(sentence) for sentence in DATA]


def close(value: Term, datum: Term, *others: Term) -> Theorem:
    """Return p - w <= s, of an entry and its datum: of the squares one is that of p - w."""
    gap = datum - value
    squared = certificate(at_most(gap**2, S**2), [[NOISY[4]], *([other] for other in others)])
    return below_by_squares(squared, NOISY[1])


def last_entry() -> Theorem:
    """|w_22| <= |x| + s."""
    rest, size = W22 - X, absolute(X)
    squared = certificate(
        at_most(absolute(rest) ** 2, S**2),
        [[NOISY[4]], [W12 - P], [W21 - T]],
        [(-ONE, absolute_squared(rest))],
        [absolute(rest)],
    )
    near = below_by_squares(squared, NOISY[1])
    parted = triangle(X, rest)
    same = changed(absolute(W22), field(W22, X + rest))
    return certificate(
        at_most(absolute(W22), size + S),
        [[parted], [near]],
        [(-ONE, same)],
        [absolute(W22), size, absolute(rest), parted.conclusion.args[0]],
    )


def robust() -> Theorem:
    """(p - s)(t - s) < |w_11| (|x| + s)."""
    size, other, both_ = absolute(W11), absolute(W22), absolute(W11 * W22)
    one, two = close(W12, P, W21 - T, W22 - X), close(W21, T, W12 - P, W22 - X)
    found = certificate(
        less((P - S) * (T - S), size * (absolute(X) + S)),
        [
            [NOISY[0]],
            [below_absolute(W11 * W22, 1)],
            [absolute_nonnegative(W11), last_entry()],
            [one, two],
            [NOISY[2], two],
            [NOISY[3], one],
        ],
        [(-ONE, determinant_of_two(W)), (-ONE, absolute_of_product(W11, W22))],
        [size, other, both_, absolute(X)],
    )
    return generalise(settle(found, *KNOWN[:1]), (p, t, s, x), *DATA)


@cache
def derive() -> Deduction:
    """Return the derivation of both bounds of the ratio, and of what is left with other data."""
    proof = Deduction("rc2020-constants")
    proof.show(
        "entries", by_entries(), "As $|w_{11}|\\le\\sigma_{1}$ and squares are not negative,"
    )
    proof.conclude("quarter", quarter(), "so that")
    proof.conclude("loss", by_loss(), "and, with what the loss says of the entries,")
    proof.show("determinant", extreme_determinant(), "Matrices that come near have")
    proof.conclude("sharp", sharp(), "and as ratio")
    proof.conclude("robust", robust(), "Of other data the same product is at least")
    return proof
