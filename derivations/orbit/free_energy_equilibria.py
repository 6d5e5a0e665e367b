"""Where the free energy of singular values is stationary: only where all are equal."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.free_energy import ENERGY, TEMPERATURE, beta, force, of_equal, of_two
from dlnproof.definitions.hypotheses import DEPTH, WIDTH
from dlnproof.definitions.letters import N, d, i, j, l, s, sigma, x, y
from dlnproof.definitions.orbits import TURNED, turned
from dlnproof.definitions.two_values import FIRST, SECOND, VALUES
from dlnproof.kernel import ranges, signs
from dlnproof.kernel.calculus import derivative_congruence
from dlnproof.kernel.logic import (
    assume,
    generalise,
    instance,
    reflexive,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field, log_of_power, log_of_product
from dlnproof.kernel.orbits import group_positive
from dlnproof.kernel.signs import certificate
from dlnproof.kernel.terms import (
    REAL,
    Family,
    Term,
    at_most,
    equal,
    fresh,
    less,
    log,
    number,
    positive,
    total,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import body, changed, inside, then, valued
from dlnproof.tactics.rewriting import by, repeated
from dlnproof.tactics.settle import proved, settle

from . import entropy_shape, frames, orbit_volume, tangents
from .entropy_shape import DEEP, GIVEN, P, Q

S, X, Y, I, L = (v.term for v in (s, x, y, i, l))
KNOWN: Final = (*GIVEN, *VALUES, *TEMPERATURE, *ENERGY)


# --- two values -----------------------------------------------------------------------------------


def slope(*, first: bool) -> Theorem:
    """The derivative of the free energy by one of two values."""
    point, rate = (FIRST, P) if first else (SECOND, Q)
    whole = of_two(S, SECOND) if first else of_two(FIRST, S)
    moves = specialise(assume(ENERGY[0]), point)
    found = differentiate(whole, s, point, moves, entropy_shape.slope(FIRST, SECOND, first=first))
    found = valued(found, field(found.conclusion.args[1], force(point) - rate / beta))
    return settle(found, *KNOWN)


@cache
def apart() -> Theorem:
    """The larger of two values has the larger derivative."""
    grows = specialise(assume(ENERGY[1]), SECOND, FIRST)
    goal = less(force(SECOND) - Q / beta, force(FIRST) - P / beta)
    cooled = proved(positive(1 / beta), *TEMPERATURE)
    return settle(certificate(goal, [[grows], [entropy_shape.gap(), cooled]]), DEEP, *KNOWN)


# --- all values equal -----------------------------------------------------------------------------

EQUAL: Final = (*DEPTH, *WIDTH, TURNED, *ENERGY, *TEMPERATURE)
ABOVE: Final = (positive(Y),)
PLACE: Final = (number(d) - 1) * (number(N) - 1) / (2 * number(N))
"""x e'(x) times the inverse temperature where the free energy is stationary."""


@cache
def volume() -> Theorem:
    """vol(O_W) = c_d^(N-1) root(prod_{i<l} N y^(2-2/N)), where all singular values are y."""
    put = {tangents.Q: Family((j,), turned(j.term)), tangents.value: Family((i,), Y ** (1 / N))}
    found = instance(frames.volume(), put)
    pair = instance(orbit_volume.coincident(), {sigma: Family((i,), Y)})
    pair = settle(pair, reflexive(Y), *EQUAL, *ABOVE)
    found = transitive(found, repeated(sides(found)[1], by(pair)))
    return settle(found, *EQUAL, *ABOVE)


@cache
def pairs() -> Theorem:
    """sum_i (d - i) = d (d - 1) / 2."""
    one = total(i, 1, d, number(d - I))
    turned_ = ranges.reverse(one)
    both = ranges.sum_of_sums(total(i, 1, d, number(d - I) + body(sides(turned_)[1], I)))
    whole = sides(both)[0]
    each = inside(whole, lambda at: field(body(whole, at), number(d) - 1), *WIDTH)
    each = then(each, ranges.constant(sides(each)[1]))
    half = number(1) / 2
    target = number(d) * (number(d) - 1) / 2
    pieces = ((half, turned_), (-half, both), (half, each))
    return settle(field(one, target, *pieces), *WIDTH)


@cache
def logarithm() -> Theorem:
    """log vol(O_W) = (N - 1) log c_d + d (d - 1) / 4 log(N y^(2-2/N))."""
    found = volume()
    group, root = sides(found)[1].args
    told = changed(log(sides(found)[0]), found)
    told = then(told, log_of_product(group, root), log_of_power(*group.args))
    told = then(told, log_of_power(*root.args), ranges.log_of_product(root.args[0]))
    rows = sides(told)[1].args[1].args[1]

    def row(at: Term) -> Theorem:
        inner = ranges.log_of_product(body(rows, at).args[0])
        return then(inner, ranges.constant(sides(inner)[1]))

    told = then(told, inside(rows, row, *EQUAL, *ABOVE))
    z, each = fresh(REAL), log(N * Y ** (2 - 2 / N))
    count = total(i, 1, d, number(d - I))
    told = then(told, symmetric(ranges.linear_image(count, z, z.term * each)), pairs())
    return settle(told, group_positive(d), *EQUAL, *ABOVE)


@cache
def together() -> Theorem:
    """The derivative of the free energy where all values move together."""
    told = instance(logarithm(), {y: S})
    found = differentiate(sides(told)[1], s, Y)
    found = derivative_congruence(found, symmetric(told), s, number(0), None)
    moves = specialise(assume(ENERGY[0]), Y)
    found = differentiate(of_equal(S), s, Y, moves, settle(found, *EQUAL, *ABOVE))
    found = valued(found, field(found.conclusion.args[1], number(d) * stationary(Y)))
    return generalise(settle(found, *EQUAL, *ABOVE), y, *ABOVE)


def stationary(at: Term) -> Term:
    """Return e'(x) - (d - 1)(N - 1) / (2 N beta x)."""
    return force(at) - PLACE / (beta * at)


@cache
def rises() -> Theorem:
    """This increases: it is 0 at one value at most."""
    known = (positive(X), less(X, Y))
    grows = specialise(assume(ENERGY[1]), X, Y)
    wide = proved(at_most(number(0), number(d) - 1), *WIDTH)
    deep = proved(at_most(number(0), number(N) - 1), *DEPTH)
    scale = proved(positive(1 / (2 * N * beta * X * Y)), *EQUAL, *known, positive(Y))
    pieces = [[grows], [wide, deep, scale, assume(less(X, Y))]]
    found = certificate(less(stationary(X), stationary(Y)), pieces)
    above = signs.chain(assume(known[0]), assume(known[1]))
    found = settle(found, above, *EQUAL, *known)
    return generalise(found, (x, y), *known)


@cache
def equilibrium() -> Theorem:
    """Where it is 0, x e'(x) is known."""
    none = assume(equal(stationary(Y), number(0)))
    found = field(Y * force(Y), PLACE / beta, (Y, none))
    return generalise(settle(found, *EQUAL, *ABOVE), y, *ABOVE, none.conclusion)


@cache
def derive() -> Deduction:
    """Return the theorems about where the free energy is stationary, for all N."""
    proof = Deduction("free-energy-equilibria")
    proof.conclude("first", slope(first=True), "By the slopes of the entropy,")
    proof.conclude("second", slope(first=False), "and")
    why = "The force increases, and the entropy has no larger slope at the larger value:"
    proof.conclude("apart", generalise(apart(), (), DEEP), why)
    proof.show("volume", volume(), "Where all values are equal, all pairs are alike:")
    proof.show("logarithm", logarithm(), "There are $d(d-1)/2$ of them:")
    proof.conclude("together", together(), "So the derivative is")
    proof.conclude("rises", rises(), "which increases,")
    proof.conclude("equilibrium", equilibrium(), "and where it is $0$,")
    return proof
