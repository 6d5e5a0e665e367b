"""No function has the flow of one row as its gradient, of three factors or more.

On half a circle around 0, from -rho c to rho c, the function would grow as |w|^(2-2/N) <c, w>;
along the ray through c the flow tells its growth, too. Both agree for one or two factors alone.
"""

from __future__ import annotations

from functools import cache

from dlnproof.definitions.letters import N, d, p, s, t
from dlnproof.definitions.rows import G, Y, Z, has_potential, moves, potential, pull
from dlnproof.kernel import signs
from dlnproof.kernel.calculus import (
    at_point,
    constant,
    derivative_congruence,
    derivative_difference,
    gradient_chain,
    one_value,
)
from dlnproof.kernel.logic import (
    absurd,
    assume,
    contradiction,
    instance,
    negation,
    rewrite,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.signs import certificate
from dlnproof.kernel.terms import (
    Term,
    at_most,
    different,
    equal,
    inner,
    number,
    positive,
    substitute,
    zero,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces, words
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import changed, then, valued
from dlnproof.tactics.settle import proved, settle

from .row_flow import norm, paired

S, T, RADIUS, ZERO, ONE = s.term, t.term, p.term, number(0), number(1)
z, LENGTH = Z.term, inner(pull, pull)
GIVEN = (
    has_potential(N),
    equal(inner(pull, z), 0),
    equal(inner(z, z), LENGTH),
    positive(LENGTH),
)
across, alike = map(assume, GIVEN[1:3])
OUT = positive(RADIUS)
NEXT, ALONG = RADIUS * (1 - T**2) / (1 + T**2), 2 * RADIUS * T / (1 + T**2)
CIRCLE = NEXT * z + ALONG * pull
"""A row on the circle of radius rho |c|: from -rho c, at t = -1, to rho c, at t = 1."""
FAST, FURTHER = -4 * RADIUS * T / (1 + T**2) ** 2, 2 * RADIUS * (1 - T**2) / (1 + T**2) ** 2
VELOCITY = FAST * z + FURTHER * pull
SQUARE = RADIUS**2 * LENGTH
SPEED = SQUARE ** (1 - 1 / N)


def of_products(left: Term, right: Term, parts: tuple[Term, Term, Term], value: Term) -> Theorem:
    """Return what an inner product is, from |Z|^2, <c, Z> and |c|^2 with their factors."""
    a, b, c = parts
    found = traces(inner(left, right), a * inner(z, z) + b * inner(pull, z) + c * LENGTH)
    return transitive(found, field(sides(found)[1], value, (a, alike), (b, across)))


@cache
def on_circle() -> Theorem:
    """|w|^2 = rho^2 |c|^2 on the circle."""
    return of_products(CIRCLE, CIRCLE, (NEXT**2, 2 * NEXT * ALONG, ALONG**2), SQUARE)


@cache
def across_circle() -> Theorem:
    """<w, w'> = 0 there."""
    parts = (NEXT * FAST, NEXT * FURTHER + ALONG * FAST, ALONG * FURTHER)
    return of_products(CIRCLE, VELOCITY, parts, ZERO)


def not_zero(at: Term, square: Theorem) -> Theorem:
    """Return w != 0, from 0 < |w|^2."""
    told = changed(norm(at), assume(equal(at, zero(1, d))))
    told = transitive(told, traces(sides(told)[1], ZERO))
    wrong = absurd(told, signs.apart(square))
    return contradiction(wrong, different(at, zero(1, d)))


def pulled(inside: Theorem, square: Theorem) -> Theorem:
    """Return the derivative of the function along a curve, by the flow paired with the velocity."""
    at, velocity = at_point(inside), inside.conclusion.args[1]
    here = settle(specialise(assume(GIVEN[0]), at), not_zero(at, square))
    found = gradient_chain(here, inside)
    flow = inner(velocity, moves(N, at, pull))
    told = transitive(
        traces(found.conclusion.args[1], flow), instance(paired(), {G: at, Y: velocity})
    )
    return settle(valued(found, told), square)


@cache
def around() -> Theorem:
    """l(rho c) - l(-rho c) = 2 rho |c|^2 (rho^2 |c|^2)^(1-1/N)."""
    path = substitute(CIRCLE, {t: S})
    moving = differentiate(path, s, T)
    moving = valued(moving, words(moving.conclusion.args[1], VELOCITY))
    square = rewrite(proved(positive(SQUARE), OUT, GIVEN[3]), symmetric(on_circle()))
    found = pulled(moving, square)
    told = changed(found.conclusion.args[1], on_circle(), across_circle())
    target = SPEED * inner(pull, VELOCITY)
    found = valued(found, transitive(told, field(sides(told)[1], target)))
    line = differentiate(SPEED * inner(pull, path), s, T, moving)
    slope = line.conclusion.args[1]
    plain = changed(slope, traces(slope.args[1].args[1], inner(pull, VELOCITY)))
    found = derivative_difference(found, valued(line, plain))
    found = valued(found, field(found.conclusion.args[1], ZERO))
    whole = signs.apart(certificate(positive(1 + T**2), [[1], [T]]))
    found = settle(settle(found, OUT, *GIVEN), whole)
    ends = [words(substitute(path, {s: number(x)}), (x * RADIUS) * pull) for x in (1, -1)]
    same = rewrite(constant(found, t, number(-1), ONE), *ends)
    first, last = ((x * RADIUS) * pull for x in (1, -1))
    gap = field(
        potential(first) - potential(last),
        2 * LENGTH * RADIUS * SPEED,
        (number(-1), same),
        (SPEED, traces(inner(pull, first), RADIUS * LENGTH)),
        (-SPEED, traces(inner(pull, last), -1 * RADIUS * LENGTH)),
    )
    return settle(gap, OUT, *GIVEN)


def along_ray(sign: int) -> Theorem:
    """The derivative of l(r c), or of l(-r c), at r = 1."""
    moving = differentiate((sign * S) * pull, s, ONE)
    moving = valued(moving, words(moving.conclusion.args[1], sign * pull))
    at = at_point(moving)
    square = traces(norm(at), LENGTH)
    found = pulled(moving, rewrite(assume(GIVEN[3]), symmetric(square)))
    told = changed(found.conclusion.args[1], square)
    known = (
        traces(inner(pull, sign * pull), sign * LENGTH),
        traces(inner(pull, at), sign * LENGTH),
        traces(inner(at, sign * pull), LENGTH),
    )
    told = then(told, *known)
    target = sign * (N * LENGTH ** (2 - 1 / N))
    return settle(valued(found, transitive(told, field(sides(told)[1], target))), *GIVEN)


@cache
def both_growths() -> Theorem:
    """(N - 1)(N - 2) = 0: the same derivative by the circle and by the ray."""
    rays = derivative_difference(along_ray(1), along_ray(-1))
    told = instance(around(), {p: S})
    circles = derivative_congruence(differentiate(sides(told)[1], s, ONE), symmetric(told), s, ZERO)
    same = one_value(rays, settle(circles, *GIVEN))
    share = N / (2 * LENGTH ** (2 - 1 / N))
    return settle(field((N - number(1)) * (N - number(2)), ZERO, (share, same)), *GIVEN)


@cache
def few_factors() -> Theorem:
    """N <= 2."""
    goal = at_most(N, 2)
    more = signs.as_numbers(assume(negation(goal)))
    product = sides(both_growths())[0]
    above = certificate(positive(product), [[more, more], [3, more], [2]])
    return contradiction(absurd(both_growths(), signs.apart(above)), goal)
