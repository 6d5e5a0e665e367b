"""The entropy of 2 x 2 matrices is concave in their singular values, for every N."""

from __future__ import annotations

from functools import cache

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.letters import N, e, p, s, sigma, t, x, y
from dlnproof.definitions.two_values import SECONDS, SLOPES, VALUES, slope_of_first, slope_of_second
from dlnproof.kernel.calculus import one_value
from dlnproof.kernel.logic import assume, cases, generalise, instance, symmetric
from dlnproof.kernel.numbers import field
from dlnproof.kernel.signs import Factor, as_numbers, certificate, power_monotone, power_positive
from dlnproof.kernel.terms import (
    INT,
    Term,
    at_most,
    different,
    equal,
    fresh,
    integer,
    less,
    number,
    positive,
    substitute,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import transport, valued
from dlnproof.tactics.settle import proved, settle

from . import hyperbolic
from .entropy_shape import DEEP, DEEPER, GIVEN, slope

P, T = sigma(1), sigma(2)
A, B, C, X, Y = (v.term for v in (p, t, e, x, y))
ZERO, ONE = number(0), number(1)
SQUARES, ROOTS = P**2 - T**2, P ** (2 / N) - T ** (2 / N)
FIRST, SECOND = slope_of_first(P, T), slope_of_second(P, T)


@cache
def above() -> tuple[Theorem, ...]:
    """0 < sigma_1, and it is larger, as are its square and its power 2/N."""
    low = proved(at_most(ZERO, T), *VALUES)
    under = assume(VALUES[1])
    found = [certificate(less(ZERO, P), [[under], [assume(VALUES[0])]])]
    for power, value in ((number(2), SQUARES), (2 / N, ROOTS)):
        found.append(certificate(less(ZERO, value), [[power_monotone(low, under, power)]]))
    return tuple(settle(theorem, *GIVEN, *VALUES) for theorem in found)


def settled(theorem: Theorem, *known: Term | Theorem) -> Theorem:
    """Return a theorem under the hypotheses, and these."""
    return settle(theorem, *above(), *GIVEN, *VALUES, *known)


ONE_SECOND = (
    1 / SQUARES
    - 2 * P**2 / SQUARES**2
    + (1 - 2 / N) / N * P ** (2 / N - 2) / ROOTS
    + 2 / N**2 * P ** (4 / N - 2) / ROOTS**2
)
MIXED = 2 * P * T / SQUARES**2 - 2 / N**2 * (P ** (2 / N - 1) * T ** (2 / N - 1)) / ROOTS**2
OTHER_SECOND = (
    2 / N**2 * T ** (4 / N - 2) / ROOTS**2
    - (1 - 2 / N) / N * T ** (2 / N - 2) / ROOTS
    - 1 / SQUARES
    - 2 * T**2 / SQUARES**2
)


def moves(rate: Term, point: Term, value: Term) -> Theorem:
    """The derivative of a slope by a value."""
    found = differentiate(rate, s, point)
    return settled(valued(found, field(found.conclusion.args[1], value)))


FORM = A * X**2 + 2 * B * X * Y + C * Y**2
"""The second derivative along (x, y)."""


@cache
def seconds() -> tuple[Theorem, ...]:
    """The derivatives of both slopes."""
    values = (ONE_SECOND, MIXED, OTHER_SECOND)
    return tuple(moves(*slope, value) for slope, value in zip(SLOPES, values, strict=True))


@cache
def explicit() -> tuple[tuple[Term, Theorem], ...]:
    """What the form is made of, times what stands beside it there."""
    pairs = zip(seconds(), SECONDS, strict=True)
    same = (one_value(found, assume(told)) for found, told in pairs)
    return tuple(zip((X**2, 2 * X * Y, Y**2), same, strict=True))


SHARE = P ** (1 / N) / T ** (1 / N)


@cache
def greater() -> Theorem:
    """1 < (sigma_1 / sigma_2)^(1/N)."""
    low = proved(at_most(ZERO, T), *VALUES)
    roots = settle(power_monotone(low, assume(VALUES[1]), 1 / N), *GIVEN, *VALUES)
    inverse = power_positive(power_positive(assume(VALUES[0]), 1 / N), -1)
    return settled(certificate(less(ONE, SHARE), [[roots, inverse]]))


@cache
def balanced(*, strict: bool) -> tuple[Theorem, Theorem, Theorem]:
    """What the form has beside a square is not negative; what of it is not 0; 0 < N - 1."""
    case = DEEPER if strict else DEEP
    above_one = greater()
    square = certificate(less(ZERO, SHARE**2 - 1), [[above_one, above_one], [2, above_one]])
    found = settled(instance(hyperbolic.balance(strict=strict), {x: SHARE}), above_one, case)
    before = certificate(less(ZERO, N - ONE), [[2 if strict else 1], [as_numbers(assume(case))]])
    return found, settled(square), before


def form(goal: Term, last: list[Factor], *, strict: bool) -> Theorem:
    """The sign of the form, which is minus the sum of two squares, times what is positive."""
    left, square, before = balanced(strict=strict)
    depth = proved(positive(number(N)), *GIVEN)
    over, over_depth = (power_positive(size, -1) for size in (before, depth))
    pieces: list[list[Factor]] = [
        [over, depth, FIRST * X + SECOND * Y],
        [over, over_depth, over_depth, left, *last],
    ]
    return settled(certificate(goal, pieces, explicit()), before, square)


@cache
def concave() -> Theorem:
    """The form is at most 0, from two factors on."""
    last: list[Factor] = [P * T / SQUARES, X / P - Y / T]
    found = settled(form(at_most(FORM, ZERO), last, strict=False), DEEP)
    return generalise(found, (p, t, e, x, y), *SECONDS, DEEP)


LINE = X * T / P
"""y where (x, y) is a multiple of the two values."""


@cache
def strict() -> Theorem:
    """The form is less than 0, from three factors on, where (x, y) is not 0."""
    goal, moved = less(FORM, ZERO), less(ZERO, X**2 + Y**2)
    on, off = equal(Y, LINE), different(Y, LINE)
    inverse = power_positive(above()[1], -1)
    across = form(goal, [inverse, inverse, assume(off), above()[0], above()[0]], strict=True)
    both = certificate(less(ZERO, P**2 + T**2), [[P], [assume(VALUES[0]), assume(VALUES[0])]])
    over, depth = power_positive(both, -1), power_positive(proved(positive(number(N)), *GIVEN), -1)
    before = balanced(strict=True)[2]
    share = (1 - 1 / number(N)) / (P**2 + T**2)
    slope_ = -(2 * MIXED * X + OTHER_SECOND * (Y + LINE)) - share * (Y + LINE)
    along = certificate(
        goal, [[before, depth, over, assume(moved)]], [*explicit(), (slope_, assume(on))]
    )
    found = cases(across, settled(along, both), on=(off, on))
    return generalise(settled(found, DEEPER, moved), (p, t, e, x, y), *SECONDS, DEEPER, moved)


@cache
def two_factors() -> Theorem:
    """Of two factors the form is -(x + y)^2 / (2 (sigma_1 + sigma_2)^2)."""
    depth, target = fresh(INT), -((X + Y) ** 2) / (2 * (P + T) ** 2)
    whole = ONE_SECOND * X**2 + 2 * MIXED * X * Y + OTHER_SECOND * Y**2
    both = substitute(equal(whole, target), {N.data: depth.term})
    left, right = substitute(both, {depth: integer(2)}).args
    sum_ = certificate(less(ZERO, P + T), [[above()[0]], [assume(VALUES[0])]])
    known = (instance(told, {N.data: integer(2)}) for told in above())
    two = settle(field(left, right), sum_, *known, *VALUES)
    same = assume(equal(N, 2))
    found = transport(two, depth, both, symmetric(same))
    pieces = [(-factor, told) for factor, told in explicit()]
    found = settled(field(FORM, target, *pieces, (ONE, found)), sum_)
    return generalise(found, (p, t, e, x, y), *SECONDS, same.conclusion)


@cache
def derive() -> Deduction:
    """Return the second derivatives of the entropy of two values, and their sign."""
    proof = Deduction("entropy-concavity")
    proof.conclude("first", slope(P, T, first=True), "Of two values there is one pair, so that")
    proof.conclude("second", slope(P, T, first=False), "and")
    one, mixed, other = seconds()
    proof.conclude("one", one, "These move with")
    proof.conclude("mixed", mixed, "with")
    proof.conclude("other", other, "and with")
    proof.show("shares", hyperbolic.square_shares(), "By induction on $n$")
    proof.show("mean", hyperbolic.chebyshev(), "and so, by induction again,")
    proof.show("balance", hyperbolic.balance(strict=False), "With $n=N-1$ this is")
    proof.conclude("concave", concave(), "what the form has beside a square; so")
    proof.conclude("strict", strict(), "and, as for three factors or more it is positive,")
    proof.conclude("two-factors", two_factors(), "while of two factors")
    return proof
