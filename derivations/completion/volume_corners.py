"""Where the volume density is largest on the plane of minimisers, for every N (CMV2023)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.hypotheses import DEPTH
from dlnproof.definitions.letters import N, sigma
from dlnproof.definitions.small import (
    LEFT,
    OBSERVED,
    ORTHOGONAL_2,
    OTHER_LEFT,
    OTHER_RIGHT,
    RIGHT,
    b_11,
    b_22,
    density,
    infinite_density,
    r_1,
    r_2,
    s_1,
    s_2,
    w,
    x,
    y,
    z,
)
from dlnproof.kernel.logic import (
    absurd,
    assume,
    cases,
    contradiction,
    cut,
    generalise,
    instance,
    negation,
    sides,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.signs import (
    certificate,
    chain,
    power_antitone,
    power_monotone,
    stricter,
    turned,
    weaker,
)
from dlnproof.kernel.terms import (
    Symbol,
    Term,
    at_most,
    different,
    equal,
    less,
    number,
    positive,
    root,
    substitute,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.equations import changed
from dlnproof.tactics.rewriting import Known
from dlnproof.tactics.settle import proved, settle

from . import corners, entries, infinite, near

S, T, R, Q = (v.term for v in (s_1, s_2, r_1, r_2))
VALUES = (s_1, s_2, r_1, r_2)
DEEP = at_most(2, N)
C = b_11 * b_22
MATRICES = (*VALUES, x, y, z, w)
GIVEN = (*DEPTH, *ORTHOGONAL_2, *OBSERVED)


FINITE, INFINITE = (density, corners.density_by_powers), (infinite_density, infinite.density_value)
Kind = tuple[Callable[..., Term], Callable[[], Theorem]]
"""A density, and the theorem that says what it is."""
APART = (less(T, S), less(Q, R))


def elsewhere(kind: Kind) -> Theorem:
    """Return: the density depends on the singular values alone."""
    here = instance(kind[1](), {s_1: R, s_2: Q})
    there = instance(here, {LEFT.data: OTHER_LEFT, RIGHT.data: OTHER_RIGHT})
    return transitive(here, symmetric(there))


def compared(
    kind: Kind, order: Theorem, falls: Theorem, second: Theorem, *known: Theorem | Term
) -> Theorem:
    """Return density(s) <= density(r) from r_1 <= s_1, and from what it is where r_1 < s_1.

    ``second`` is s_2 = r_2 where s_1 = r_1.
    """
    on = (equal(S, R), different(S, R))
    goal = at_most(kind[0](S, T), kind[0](R, Q, OTHER_LEFT, OTHER_RIGHT))
    below = settle(falls, stricter(order, turned(assume(on[1]))), *known)
    moved = (number(-1), elsewhere(kind))
    strict = certificate(goal, [[below]], [moved])
    same = changed(kind[0](S, T), assume(on[0]), second)
    flat = certificate(goal, [], [(number(-1), same), moved])
    return settle(cases(flat, strict, on=on), *known)


def fixed_second(kind: Kind, falls: Theorem, *conditions: Term) -> Theorem:
    """Return density(s) <= density(r) at r_2 = s_2, for the second matrix on the ray."""
    same = equal(Q, T)
    known: Known = (*entries.BOTH, same, *GIVEN, *conditions)
    falls = certificate(
        less(kind[0](S, T), kind[0](R, Q)),
        [[instance(falls, {s_1: R, r_1: S})]],
        [(number(1), changed(kind[0](R, Q), assume(same)))],
    )
    below = _second_below()
    found = compared(kind, entries.smaller_first(), falls, symmetric(assume(same)), *known, below)
    return _over_matrices(found, *conditions, same)


def _second_below() -> Theorem:
    """Return s_2 < r_1 from r_2 = s_2 and r_2 < r_1."""
    same = equal(Q, T)
    return certificate(less(T, R), [[assume(APART[1])]], [(number(1), assume(same))])


def fixed_determinant(kind: Kind, falls: Theorem, *conditions: Term) -> Theorem:
    """Return density(s) <= density(r) at r_1 r_2 = s_1 s_2, for the second matrix on the ray."""
    same = equal(S * T, R * Q)
    known: Known = (*entries.BOTH, same, *GIVEN, *conditions)
    falls = instance(falls, {s_1: R, s_2: Q, r_1: S, r_2: T})
    falls = settle(falls, symmetric(assume(same)), *known)
    second = field(T, Q, (1 / S, assume(same)), (-Q / S, assume(equal(S, R))))
    found = compared(kind, entries.smaller_product(), falls, second, *known)
    return _over_matrices(found, *conditions, same)


def _over_matrices(found: Theorem, *more: Term) -> Theorem:
    """Return the theorem for all singular values and entries of the two matrices."""
    hypotheses = (*entries.BOTH, *more)
    conditions = [h for h in hypotheses if h in found.hypotheses and h not in GIVEN]
    return generalise(found, MATRICES, *dict.fromkeys(conditions))


# --- near the hyperbola ---------------------------------------------------------------------------


AT, CORNER = (x.term, y.term), (z.term, w.term)
ON_HYPERBOLA = tuple(equal(first * second, C) for first, second in (AT, CORNER))
ALIKE = equal(z.term**2, w.term**2)


def lengths_least() -> Theorem:
    """Return z^2 + w^2 <= x^2 + y^2 where x y = z w = c and z^2 = w^2."""
    one, other = (first**2 + second**2 for first, second in (AT, CORNER))
    (first, second), (third, fourth) = AT, CORNER
    squares = certificate(
        at_most(other**2, one**2),
        [[first**2 - second**2]],
        [
            (4 * (first * second + C), assume(ON_HYPERBOLA[0])),
            (-4 * (third * fourth + C), assume(ON_HYPERBOLA[1])),
            (-(third**2 - fourth**2), assume(ALIKE)),
        ],
    )
    low, wrong = proved(at_most(number(0), one)), assume(less(one, other))
    against = absurd(squares, power_monotone(low, wrong, 2))
    return settle(contradiction(against, at_most(other, one)))


def leading_least() -> Theorem:
    """Return that the leading coefficient is largest where z^2 = w^2, on the hyperbola."""
    order = lengths_least()
    other, one = order.conclusion.args
    low = settle(chain(_length_positive(), order), *GIVEN, *ON_HYPERBOLA, ALIKE)
    known: Known = (*GIVEN, *ON_HYPERBOLA, ALIKE, _length_positive(), low)
    radius = power_monotone(weaker(_length_positive()), order, Fraction(1, 2))
    rest = b_11**2 + b_22**2
    product = certificate(
        at_most(root(other) * (rest + other), root(one) * (rest + one)),
        [
            [radius, proved(at_most(number(0), rest + other), *known)],
            [proved(at_most(number(0), root(one)), *known), order],
        ],
        (),
        (root(one), root(other), one, other),
    )
    above = proved(positive(root(other) * (rest + other)), *known)
    falls = power_antitone(above, product, corners.GAP)
    value = at_most(*(N * (root(v) * (rest + v)) ** -corners.GAP for v in (one, other)))
    found = settle(certificate(value, [[falls, _depth()]]), *known, DEEP, corners.gap())
    names = (x, y, z, w)
    return generalise(found, names, DEEP, *ON_HYPERBOLA, ALIKE)


def _depth() -> Theorem:
    """Return 0 < N."""
    return proved(positive(number(N)), *DEPTH)


def _length_positive() -> Theorem:
    """Return 0 < z^2 + w^2 where z w = c: z is not 0."""
    none = equal(CORNER[0], number(0))
    vanishes = field(C, number(0), (number(-1), assume(ON_HYPERBOLA[1])), (CORNER[1], assume(none)))
    free = contradiction(absurd(vanishes, assume(OBSERVED[0])), negation(none))
    return proved(positive(CORNER[0] ** 2 + CORNER[1] ** 2), free)


# --- the sentences --------------------------------------------------------------------------------

HERE = (s_1, s_2, x, y)
SINGULAR = (entries.SINGULAR, equal(x.term**2, y.term**2))
RAY = tuple(substitute(h, {z: x.term, w: y.term}) for h in entries.RAY)


def for_all(found: Theorem, names: tuple[Symbol, ...], *conditions: Term) -> Theorem:
    """Return a theorem for all of some numbers, with those of the conditions that it needs."""
    return generalise(found, names, *(c for c in conditions if c in found.hypotheses))


def on_ray(side: int) -> Theorem:
    """Return s_1 +- s_2 = |b_11| + |b_22| on a ray, on one side of the hyperbola."""
    value = C * (C - x.term * y.term)
    plain = at_most(0, value) if side > 0 else at_most(value, number(0))
    told = certificate(entries.SIDES[side], [[assume(plain)]])
    found = cut(entries.on_ray(side), told)
    first = field(S + T if side > 0 else S - T, sides(found)[0])
    conditions = (entries.IS, *entries.POSITIVE, at_most(T, S), plain, *RAY)
    return for_all(transitive(first, found), HERE, *conditions)


def at_sigma(theorem: Theorem, *conditions: Term) -> Theorem:
    """Return a theorem about the numbers sigma_1, sigma_2 for the values of a matrix."""
    put = {s_1: sigma(1), s_2: sigma(2)}
    order = tuple(substitute(c, put) for c in conditions)
    return generalise(settle(instance(theorem, put), *corners.GIVEN, *order), (), *order)


@cache
def derive() -> Deduction:
    """Return the theorems about the density at 2 x 2 matrices, and where it is largest."""
    proof = Deduction("volume-corners")
    value = at_sigma(corners.density_value(), positive(T), less(T, S))
    proof.conclude("density", value, "At $d=2$ the determinant of the metric has four factors.")
    leading = at_sigma(corners.leading(), positive(S))
    proof.conclude("leading", leading, "As the second value tends to $0$,")
    singular = for_all(corners.singular(), (s_1,), DEEP, positive(S))
    proof.conclude("singular", singular, "and, with a positive exponent,")
    proof.show("squares", entries.squares(), "The trace of $W^TW$ and")
    proof.show("determinants", entries.determinants(), "the determinant are known by the entries.")
    only = generalise(entries.only_value(), (), SINGULAR[0])
    proof.conclude("largest", only, "On the hyperbola the second value is $0$, and")
    bound = for_all(entries.corner_bound(), (s_1, x, y), *SINGULAR)
    proof.conclude("corner-bound", bound, "so that, everywhere on it,")
    corner = for_all(entries.corner(), (s_1, x, y), *SINGULAR)
    proof.conclude("corner", corner, "and at the corners")
    values_ = (positive(S), positive(T), positive(R), positive(Q), at_most(T, S), less(S, R))
    falls = for_all(corners.decreasing(), (s_1, r_1, s_2), DEEP, *values_)
    proof.conclude("second", falls, "The eigenvalue of the pair grows with $\\sigma_1$, so")
    product = equal(S * T, R * Q)
    falls = for_all(corners.fixed_product(), VALUES, DEEP, *values_, product)
    proof.conclude("determinant", falls, "and so it does at a fixed product:")
    proof.show("inside", entries.together(1), "On one side of the hyperbola")
    proof.show("outside", entries.together(-1), "and on the other")
    proof.conclude("ray-inside", on_ray(1), "So, on the rays $|x|=|y|$,")
    proof.conclude("ray-outside", on_ray(-1), "and beyond the hyperbola")
    proof.conclude("reached-inside", entries.reached(1), "They meet each level")
    proof.conclude("reached-outside", entries.reached(-1), "on both sides.")
    here = fixed_second(FINITE, corners.decreasing(), DEEP)
    proof.conclude("largest-second", here, "Elsewhere the first value is not smaller:")
    here = fixed_determinant(FINITE, corners.fixed_product(), DEEP)
    proof.conclude("largest-determinant", here, "and likewise")
    proof.conclude("distance", near.leading(), "At a small distance from the hyperbola")
    proof.conclude("distance-corners", leading_least(), "which is largest at the corners.")
    proof.show("limit", infinite.tends_to(), "The density at infinite depth is a limit;")
    order = (*values_, less(T, S), less(Q, R))
    falls = for_all(infinite.fixed_second(), (s_1, r_1, s_2), *order)
    proof.conclude("infinite-second", falls, "it falls, as it does for the roots of the values,")
    falls = for_all(infinite.fixed_product(), VALUES, *order, product)
    proof.conclude("infinite-determinant", falls, "and at a fixed product.")
    here = fixed_second(INFINITE, infinite.fixed_second(), *APART)
    proof.conclude("infinite-largest-second", here, "So it is largest on the same rays,")
    here = fixed_determinant(INFINITE, infinite.fixed_product(), *APART)
    proof.conclude("infinite-largest-determinant", here, "at a fixed determinant too.")
    return proof
