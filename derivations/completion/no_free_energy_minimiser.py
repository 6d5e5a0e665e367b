"""Why the free energy has no lower bound where an entry is free, for every N and d.

The volume of the orbit is at least what it is where all singular values are equal, at the same
determinant; and the determinant is affine in each entry.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.completion import absolute
from dlnproof.definitions.free_energy import TEMPERATURE, beta
from dlnproof.definitions.free_entry import (
    COFACTOR,
    FACTORED,
    FREE,
    LATER,
    LOSS,
    PLACE,
    free_energy,
    line,
)
from dlnproof.definitions.hypotheses import DEPTH, WIDTH
from dlnproof.definitions.letters import N, W, d, factor, factor_at, j, k, loss, m, t, y
from dlnproof.kernel.entries import entry_of, entry_off_unit
from dlnproof.kernel.logic import (
    absurd,
    assume,
    cases,
    generalise,
    instance,
    negation,
    rewrite,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field, field_in, log_of_one, log_of_power, log_of_product
from dlnproof.kernel.ranges import congruence
from dlnproof.kernel.signs import (
    as_numbers,
    certificate,
    chain,
    decided,
    exponent_monotone,
    log_monotone,
    unique_root,
)
from dlnproof.kernel.terms import (
    Family,
    Symbol,
    Term,
    at_most,
    determinant,
    different,
    equal,
    every,
    less,
    log,
    number,
    positive,
    substitute,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.equations import body, changed, then, transport
from dlnproof.tactics.settle import proved, settle

from ..orbit.least_volume import (
    COUNT,
    GROUP,
    HALF,
    RATE,
    J,
    by_determinant,
    mean_of_powers,
    of_pair,
)
from .one_entry import (
    ONE,
    SIZE,
    SLOPE,
    UNIT,
    ZERO,
    I,
    L,
    T,
    along,
    factor_of,
    invertible,
    moving,
    squared,
    start,
)


@cache
def unseen() -> Theorem:
    """E(W + t E_il) = E(W): the one entry that moves does not count."""
    row, column = k.term, m.term
    at = (*within(k, 1, d), *within(m, 1, d))
    was, now = (specialise(assume(LOSS[0]), matrix) for matrix in (W, line(T)))
    whole = sides(now)[1].args[0]
    before, after = (body(body(sides(x)[1].args[0], row), column) for x in (was, now))
    told = changed(after, entry_of(line(T), row, column))
    told = then(told, entry_of(T * UNIT, row, column))

    def still(*, by_row: bool) -> Theorem:
        gone = then(told, entry_off_unit(UNIT, row, column, by_row=by_row))
        return transitive(gone, field(sides(gone)[1], before))

    goal = equal(after, before)
    now_here, was_here = substitute(goal, {k: I, m: L}).args
    weight = now_here.args[1] - was_here.args[1]
    here = field(now_here, was_here, (weight, assume(FREE[0])))
    same = equal(L, column), equal(I, row)
    here = transport(here, m, substitute(goal, {k: I}), assume(same[0]))
    here = transport(here, k, goal, assume(same[1]))
    for by_row, case in enumerate(same):
        other = settle(still(by_row=bool(by_row)), *PLACE, *at, negation(case))
        here = cases(here, other, on=(case, negation(case)))
    rows = congruence(body(whole, row), here, m)
    told = transitive(then(now, congruence(whole, rows, k)), symmetric(was))
    return settle(told, *WIDTH, *PLACE, *FREE, *LOSS)


LINE: Final = (*DEPTH, *WIDTH, *PLACE, *COFACTOR, *FACTORED, *LOSS, *FREE, *TEMPERATURE)
SIZES: Final = log(absolute(SIZE)) + log(factor_of(T))
"""log |det(W + t E_il)|."""


@cache
def regular() -> Theorem:
    """det(W + t E_il) != 0."""
    told = proved(different(SIZE * factor_of(T), 0), invertible(), *LINE, *LATER)
    return settle(rewrite(told, symmetric(along())), *LINE, *LATER)


@cache
def of_line() -> Theorem:
    """The entropy is at least that of equal singular values, all along the line."""
    put: dict[Symbol, Term | Family] = {W.data: line(T), factor: Family((j,), factor_at(J, T))}
    return settle(instance(by_determinant(), put), regular(), *LINE, *LATER)


@cache
def at_most_the_loss() -> Theorem:
    """F(W + t E_il) <= E(W) - (...) / beta."""
    root, above = absolute(SIZE), proved(positive(factor_of(T)), *LINE, *LATER)
    parted = changed(absolute(determinant(line(T))), along())
    low = proved(at_most(ZERO, root * factor_of(T)), above, *LINE, *LATER)
    one, other = (root * factor_of(T)) ** 2, (SIZE * factor_of(T)) ** 2
    square = field_in([SIZE**2], one, other, (factor_of(T) ** 2, field(SIZE**2, SIZE * SIZE)))
    parted = transitive(parted, unique_root(low, square))
    parted = then(changed(log(sides(parted)[0]), parted), log_of_product(root, factor_of(T)))
    cold = proved(positive(1 / beta), *TEMPERATURE)
    goal = at_most(free_energy(T), loss(W) - (GROUP + COUNT) / beta - RATE * SIZES / beta)
    found = certificate(goal, [[of_line(), cold]], [(-ONE, unseen()), (RATE / beta, parted)])
    return settle(found, above, invertible(), *LINE, *LATER)


BELOW: Final = y.term
"""What is to be a lower bound of the free energy."""
DEEP: Final = (at_most(2, N), at_most(2, d))
BOUNDED: Final = every(t, LATER, at_most(BELOW, free_energy(T)))
SPEED: Final = RATE / beta
GAP: Final = loss(W) - (GROUP + COUNT + RATE * log(absolute(SIZE))) / beta - BELOW


@cache
def fast() -> Theorem:
    """0 < (d - 1)(N - 1) / (2 N beta), for N >= 2 and d >= 2."""
    deep = [
        certificate(positive(number(at) - 1), [[as_numbers(assume(at_most(2, at)))], [1]])
        for at in (N, d)
    ]
    return proved(positive(SPEED), *deep, *DEPTH, *TEMPERATURE)


@cache
def none() -> Theorem:
    """No number is at most F all along the line: see 1 + t (W^-1)_li = 2^((x^2 + 1) / ...).

    With a bound, the logarithm of the left side is at most a multiple of x.
    """
    found = chain(specialise(assume(BOUNDED), T), at_most_the_loss())
    found = certificate(at_most(SPEED * log(factor_of(T)), GAP), [[found]])
    two = log_monotone(decided(less(ZERO, ONE)), decided(less(ONE, number(2))))
    two = rewrite(two, log_of_one())
    doubled = (GAP**2 + 1) / (SPEED * log(number(2)))
    grown = number(2) ** doubled
    time = (grown - 1) / SLOPE
    size_ = changed(log(factor_of(time)), field(factor_of(time), grown))
    size_ = then(size_, log_of_power(number(2), doubled))
    many = proved(at_most(ZERO, doubled), fast(), two)
    above = exponent_monotone(decided(at_most(ONE, number(2))), many)
    steep = proved(positive(1 / SLOPE), *COFACTOR)
    start_ = field(number(2) ** ZERO, ONE)
    late = certificate(at_most(ZERO, time), [[above, steep]], [(1 / SLOPE, start_)])
    letters = [GAP, SPEED, log(factor_of(time)), log(number(2))]
    linear = instance(found, {t: time})
    pieces = ([linear], [GAP - HALF], [Fraction(3, 4)])
    wrong = certificate(less(ZERO, ZERO), pieces, [(SPEED, size_)], letters)
    known = (fast(), two, *LINE, *DEEP)
    wrong = settle(absurd(wrong, decided(at_most(ZERO, ZERO))), settle(late, *known), *known)
    return generalise(wrong, y, *DEEP, BOUNDED)


@cache
def derive() -> Deduction:
    """Return the theorems about the free energy where an entry moves, for all N and d."""
    proof = Deduction("no-free-energy-minimiser")
    proof.show("mean", mean_of_powers(), "A mean of powers is no less than that in the middle:")
    proof.show("pair", of_pair(), "With this for each pair, and $d-1$ pairs for each value,")
    proof.show("volume", by_determinant(), "the volume is at least that of equal values:")
    proof.conclude("entropy", all_later(of_line()), "So, where an entry moves,")
    proof.show("square", squared(), "With the inverse,")
    proof.show("start", start(), "and so")
    proof.show("moving", moving(), "which tells the derivative at all times:")
    proof.conclude("determinant", all_later(along()), "The ratio to the right side is constant:")
    proof.conclude("loss", generalise(unseen(), t), "The loss stays,")
    proof.conclude("bound", all_later(at_most_the_loss()), "and so")
    proof.conclude("none", none(), "At a power of $2$ that is large enough,")
    return proof


def all_later(theorem: Theorem) -> Theorem:
    """Return what holds for all t >= 0."""
    return generalise(theorem, t, *LATER)
