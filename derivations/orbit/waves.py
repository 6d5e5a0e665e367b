"""The vectors sin(k m pi / N), k = 1, ..., N: orthogonal, of squared length N / 2.

Written as cos((k m / N - 1/2) pi). Each satisfies w_{k+1} + w_{k-1} = 2 cos(m pi / N) w_k, and is 0
at both ends; the rest is telescoping.
"""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from functools import cache
from typing import Final

from dlnproof.definitions.hypotheses import DEPTH
from dlnproof.definitions.letters import N, j, m, n
from dlnproof.definitions.orbits import angle
from dlnproof.kernel import signs
from dlnproof.kernel.cosines import cosine_positive, cosine_sum, cosine_zero
from dlnproof.kernel.induction import induction
from dlnproof.kernel.logic import (
    assume,
    cases,
    cut,
    instance,
    rewrite,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.ranges import chosen, constant, linear_image, sum_of_sums, telescope
from dlnproof.kernel.terms import (
    PI,
    REAL,
    Term,
    at_most,
    choose,
    cosine,
    different,
    equal,
    fresh,
    integer,
    less,
    number,
    positive,
    total,
    within,
)
from dlnproof.kernel.theorem import Refused, Theorem
from dlnproof.tactics.equations import changed, inside, then
from dlnproof.tactics.rewriting import at_place
from dlnproof.tactics.settle import proved, settle

J, M, R = j.term, m.term, n.term
MODES: Final = (*within(m, 1, N - 1), *within(n, 1, N - 1))
HALF: Final = number(1) / 2
ZERO, ONE = number(0), number(1)
KNOWN: Final = (*DEPTH, *MODES)


def wave(at: Term, mode: Term) -> Term:
    """Return sin(k m pi / N)."""
    return cosine(angle(at, mode))


def turn(mode: Term) -> Term:
    """Return cos(m pi / N)."""
    return cosine(mode * PI / N)


def over(value: Term) -> Term:
    """Return the sum over j = 1, ..., N."""
    return total(j, 1, N, value)


def recurrence(at: Term, mode: Term) -> Theorem:
    """w_{k+1} + w_{k-1} = 2 cos(m pi / N) w_k."""
    step = mode * PI / N
    told = cosine_sum(angle(at, mode), step)
    for next_, turned in ((at + 1, angle(at, mode) + step), (at - 1, angle(at, mode) - step)):
        told = rewrite(told, at_place(cosine(turned), 0, field(turned, angle(next_, mode))))
    return told


def zero_at(at: Term, times: Term, mode: Term) -> Theorem:
    """w_0 = 0 (``times`` -1), and w_N = 0 (m - 1)."""
    turned = field(angle(at, mode), number(2 * times + 1) * PI / 2)
    found = transitive(at_place(wave(at, mode), 0, turned), cosine_zero(times))
    return settle(found, *DEPTH)


def ends(mode: Term) -> tuple[Theorem, Theorem]:
    """w_0 = 0 and w_N = 0."""
    return zero_at(integer(0), integer(-1), mode), zero_at(N, mode - 1, mode)


def energy(at: Term, mode: Term) -> Term:
    """Return w_k^2 + w_{k-1}^2 - 2 cos(m pi / N) w_k w_{k-1}."""
    one, other = wave(at, mode), wave(at - 1, mode)
    return one**2 + other**2 - 2 * turn(mode) * (one * other)


# --- the cosines differ ---------------------------------------------------------------------------


def moved(theorem: Theorem, *angles: tuple[Term, Term]) -> Theorem:
    """Return a theorem about cosines with other forms of the angles."""
    for old, new in angles:
        theorem = rewrite(theorem, at_place(cosine(old), 0, field(old, new)))
    return theorem


def beyond(x: Term) -> Theorem:
    """cos(pi - x) = -cos x."""
    quarter = PI / 2
    told = cosine_sum(quarter, quarter - x)
    told = moved(told, (quarter + (quarter - x), PI - x), (quarter - (quarter - x), x))
    zero = moved(cosine_zero(0), (number(1) * PI / 2, quarter))
    side = 2 * cosine(quarter - x)
    return field(cosine(PI - x), -cosine(x), (ONE, told), (side, zero))


@cache
def falls() -> Theorem:
    """cos(n pi / N) < cos(m pi / N) for m < n."""
    a, b = M * PI / N, R * PI / N
    x, y = (a + PI - b) / 2, (a - PI + b) / 2
    order = at_most(M + 1, R)
    pi, over_n = signs.pi_positive(), proved(positive(1 / N), *KNOWN)

    def between(lower: Term, upper: Term, whole: Term) -> Theorem:
        count = settle(signs.positive_integer(assume(at_most(1, whole))), *KNOWN, order)
        return signs.certificate(less(lower, upper), [[Fraction(1, 2), count, over_n, pi]])

    edges = (
        between(-PI / 2, x, 2 * N + M - R),
        between(x, PI / 2, R - M),
        between(-PI / 2, y, M + R),
        between(y, PI / 2, 2 * N - M - R),
    )
    one, other = cut(cosine_positive(x), *edges[:2]), cut(cosine_positive(y), *edges[2:])
    sum_ = moved(cosine_sum(x, y), (x + y, a), (x - y, PI - b))
    found = signs.certificate(
        less(cosine(b), cosine(a)), [[Fraction(2), one, other]], [(ONE, sum_), (-ONE, beyond(b))]
    )
    return settle(found, *KNOWN, order)


@cache
def differ() -> Theorem:
    """cos(m pi / N) != cos(n pi / N) for m != n."""
    before, after, unlike = at_most(M + 1, R), at_most(R, M), different(M, R)
    one = settle(signs.apart(falls()), *KNOWN, before)
    other = signs.turned(signs.apart(instance(falls(), {m: R, n: M})))
    other = settle(other, *KNOWN, after, unlike)
    return settle(cases(other, one, on=(after, before)), *KNOWN, unlike)


# --- sums -----------------------------------------------------------------------------------------

W, V = wave(J, M), wave(J, R)
PRODUCTS: Final = over(W * V)
"""The inner product of two waves."""
NEIGHBOURS: Final = over(W * wave(J - 1, R) + wave(J - 1, M) * V)
"""That of each with the other moved by one, both ways."""


def scaled(sum_: Term, factor: Term) -> Theorem:
    """c sum f = sum c f."""
    x = fresh(REAL)
    return linear_image(sum_, x, factor * x.term)


def telescoped(sum_: Term, *zeros: Theorem) -> Theorem:
    """A sum of differences of neighbours is 0, where both ends are."""
    told = telescope(sum_)
    for zero in zeros:
        with suppress(Refused):  # where it does not stand, a factor beside it is 0
            told = then(told, zero)
    return transitive(told, field(sides(told)[1], ZERO))


@cache
def orthogonal() -> Theorem:
    """Two waves are orthogonal."""
    gap = 2 * turn(M) - 2 * turn(R)

    def crossed(at: Term) -> Term:
        return wave(at, M) * wave(at - 1, R) - wave(at - 1, M) * wave(at, R)

    told = scaled(PRODUCTS, gap)

    def step(at: Term) -> Theorem:
        parts = ((-wave(at, R), recurrence(at, M)), (wave(at, M), recurrence(at, R)))
        return field(gap * (wave(at, M) * wave(at, R)), crossed(at + 1) - crossed(at), *parts)

    told = then(told, inside(sides(told)[1], step, *KNOWN))
    told = transitive(told, telescoped(sides(told)[1], *ends(M), *ends(R)))
    unlike = different(M, R)
    found = field(PRODUCTS, ZERO, (1 / gap, told))
    apart = signs.nonzero_certificate(different(gap, 0), [differ(), 2])
    return settle(found, settle(apart, *KNOWN, unlike), *KNOWN, unlike)


@cache
def neighbours() -> Theorem:
    """The neighbours' sum is 2 cos(m pi / N) times the inner product."""

    def product(at: Term) -> Term:
        return wave(at, M) * wave(at - 1, R)

    def step(at: Term) -> Theorem:
        whole = product(at) + wave(at - 1, M) * wave(at, R)
        middle = 2 * turn(M) * (wave(at, M) * wave(at, R))
        part = (wave(at, R), recurrence(at, M))
        return field(whole, middle - (product(at + 1) - product(at)), part)

    told = inside(NEIGHBOURS, step, *KNOWN)
    told = then(told, sum_of_sums(sides(told)[1]))
    rest = sides(told)[1].args[1]
    told = then(told, symmetric(scaled(PRODUCTS, 2 * turn(M))))
    told = then(told, telescoped(rest, *ends(M), *ends(R)))
    return settle(transitive(told, field(sides(told)[1], 2 * turn(M) * PRODUCTS)), *KNOWN)


# --- their length ---------------------------------------------------------------------------------


@cache
def cosine_at_zero() -> Theorem:
    """cos 0 = 1."""
    told = moved(cosine_sum(ZERO, ZERO), (ZERO + ZERO, ZERO), (ZERO - ZERO, ZERO))
    pi = signs.pi_positive()
    edges = (
        signs.certificate(less(-PI / 2, ZERO), [[Fraction(1, 2), pi]]),
        signs.certificate(less(ZERO, PI / 2), [[Fraction(1, 2), pi]]),
    )
    above = cut(cosine_positive(ZERO), *edges)
    found = field(cosine(ZERO), ONE, (-1 / (2 * cosine(ZERO)), told))
    return settle(found, above)


@cache
def squares() -> Theorem:
    """w_1^2 + cos(m pi / N)^2 = 1."""
    first, a, quarter = angle(integer(1), M), M * PI / N, PI / 2
    one = moved(cosine_sum(first, first), (first + first, 2 * a - PI), (first - first, ZERO))
    other = moved(cosine_sum(a, a), (a + a, 2 * a), (a - a, ZERO))
    both = cosine_sum(2 * a - quarter, quarter)
    both = moved(both, (2 * a - quarter + quarter, 2 * a), (2 * a - quarter - quarter, 2 * a - PI))
    zero = moved(cosine_zero(0), (number(1) * PI / 2, quarter))
    parts = (
        (-HALF, one),
        (-HALF, other),
        (HALF, both),
        (cosine(2 * a - quarter), zero),
        (ONE, cosine_at_zero()),
    )
    found = field(wave(integer(1), M) ** 2 + turn(M) ** 2, ONE, *parts)
    return settle(found, *KNOWN)


@cache
def first_positive() -> Theorem:
    """0 < w_1."""
    at = angle(integer(1), M)
    known = (*DEPTH, *within(m, 1, N - 1))
    pi, over_n = signs.pi_positive(), proved(positive(1 / N), *known)
    below, above = (
        settle(signs.positive_integer(assume(at_most(1, count))), *known) for count in (M, N - M)
    )
    edges = (
        signs.certificate(less(-PI / 2, at), [[below, over_n, pi]]),
        signs.certificate(less(at, PI / 2), [[above, over_n, pi]]),
    )
    return settle(cut(cosine_positive(at), *edges), *known)


@cache
def steady() -> Theorem:
    """w_k^2 + w_{k-1}^2 - 2 cos(m pi / N) w_k w_{k-1} = w_1^2 for 1 <= k <= N."""
    first = wave(integer(1), M)
    sentence = equal(energy(J, M), first**2)
    zero, _ = ends(M)
    last = wave(integer(0), M)
    at_one = integer(1)
    base = field(energy(at_one, M), first**2, (last - 2 * turn(M) * first, zero))
    told = recurrence(J, M)
    factor = wave(J + 1, M) - wave(J - 1, M)
    step = field(energy(J + 1, M), first**2, (ONE, assume(sentence)), (factor, told))
    known = (*DEPTH, *within(m, 1, N - 1))
    step = settle(step, *known, sentence, at_most(1, J), at_most(J + 1, N))
    return settle(induction(j, sentence, settle(base, *known), step, start=1, end=N), *known)


@cache
def length() -> Theorem:
    """A wave has the squared length N / 2."""
    c, first = turn(M), wave(integer(1), M)
    squared = over(W * W)

    def edge(at: Term) -> Term:
        return wave(at - 1, M) ** 2 - c * (wave(at, M) * wave(at - 1, M))

    def step(at: Term) -> Theorem:
        here = wave(at, M)
        middle = 2 * (1 - c**2) * (here * here)
        parts = ((-ONE, specialise(steady(), at)), (-c * here, recurrence(at, M)))
        return field(first**2, middle - (edge(at + 1) - edge(at)), *parts)

    known = (*DEPTH, *within(m, 1, N - 1))
    told = inside(over(first**2), step, *known)
    told = then(told, sum_of_sums(sides(told)[1]))
    _, rest = sides(told)[1].args
    told = then(told, symmetric(scaled(squared, 2 * (1 - c**2))), telescoped(rest, *ends(M)))
    told = transitive(symmetric(constant(over(first**2))), told)
    over_first = 1 / (2 * first**2)
    parts = ((-over_first, told), (squared / first**2, squares()))
    return settle(field(squared, N / number(2), *parts), *known, first_positive())


@cache
def moved_both() -> Theorem:
    """The inner product is the same where both are moved by one."""
    squares_ = over(wave(J - 1, M) * wave(J - 1, R))

    def product(at: Term) -> Term:
        return wave(at - 1, M) * wave(at - 1, R)

    def step(at: Term) -> Theorem:
        middle = wave(at, M) * wave(at, R)
        return field(product(at), middle - (product(at + 1) - product(at)))

    told = inside(squares_, step, *KNOWN)
    told = then(told, sum_of_sums(sides(told)[1]))
    _, rest = sides(told)[1].args
    told = then(told, telescoped(rest, *ends(M), *ends(R)))
    return settle(transitive(told, field(sides(told)[1], PRODUCTS)), *KNOWN)


@cache
def products() -> Theorem:
    """The inner product of two waves: N / 2 for equal ones, and 0 for others."""
    like, unlike = equal(M, R), different(M, R)
    found = []
    for case in (like, unlike):
        told = chosen(choose(like, ONE, ZERO), assume(case))
        target = changed(sides(told)[0] * (N / number(2)), told)
        if case == like:
            value = then(changed(PRODUCTS, symmetric(assume(like))), length())
        else:
            value = orthogonal()
        last = field(sides(value)[1], sides(target)[1])
        found.append(settle(transitive(value, last, symmetric(target)), *KNOWN, case))
    return settle(cases(*found, on=(like, unlike)), *KNOWN)


@cache
def below_one() -> Theorem:
    """cos(m pi / N) < 1."""
    a = M * PI / N
    x = (PI - a) / 2
    known = (*DEPTH, *within(m, 1, N - 1))
    pi, over_n = signs.pi_positive(), proved(positive(1 / N), *known)
    below, above = (
        settle(signs.positive_integer(assume(at_most(1, count))), *known)
        for count in (2 * N - M, M)
    )
    half = Fraction(1, 2)
    edges = (
        signs.certificate(less(-PI / 2, x), [[half, below, over_n, pi]]),
        signs.certificate(less(x, PI / 2), [[half, above, over_n, pi]]),
    )
    some = cut(cosine_positive(x), *edges)
    told = moved(cosine_sum(x, x), (x + x, PI - a), (x - x, ZERO))
    parts = [(ONE, told), (-ONE, beyond(a)), (-ONE, cosine_at_zero())]
    return settle(signs.certificate(less(turn(M), ONE), [[Fraction(2), some, some]], parts), *known)
