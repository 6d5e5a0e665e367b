"""The path to a truncated decomposition: its constant speed, for every N and d."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.geometry import METRIC, coefficient
from dlnproof.definitions.hypotheses import SVD
from dlnproof.definitions.letters import (
    N,
    U,
    V,
    W,
    X,
    d,
    end_at,
    end_velocity_at,
    i,
    k,
    l,
    r,
    s,
    sigma,
    t,
)
from dlnproof.definitions.truncation import BEFORE, LOST, PATH, RANK, left, lost, moves, path
from dlnproof.kernel.calculus import derivative_congruence, one_value
from dlnproof.kernel.entries import diagonals, entry_of, trace_of_entries
from dlnproof.kernel.logic import (
    assume,
    cases,
    generalise,
    instance,
    reflexive,
    rewrite,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field, power_of_zero
from dlnproof.kernel.ranges import chosen, constant, pairs, split
from dlnproof.kernel.signs import certificate, sum_nonnegative
from dlnproof.kernel.terms import (
    Family,
    Symbol,
    Term,
    at_most,
    choose,
    diagonal,
    entry,
    less,
    number,
    positive,
    substitute,
    total,
    trace,
    transpose,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import words
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import body, changed, inside, then, valued
from dlnproof.tactics.settle import proved, settle

from ..limits import infinite_depth
from .metric_diagonalization import ENTRY, entries_positive
from .operator_spectrum import GIVEN
from .polar_action import derive as isometries
from .polar_action import finite, infinite

I, K, L, R, S, T = (letter.term for letter in (i, k, l, r, s, t))
RATE: Final = N * sigma(I)
LOW, HIGH = at_most(I, R), less(R, I)
ZERO, ONE = number(0), number(1)
ROW: Final = within(i, 1, d)


def lost_in(case: Term, index: Term = I) -> Theorem:
    """e_i = 0 of the first r, or 1 of the others."""
    told = specialise(assume(LOST[0]), index)
    return transitive(told, chosen(sides(told)[1], assume(case)))


def by_cases(one: Term, other: Term, *known: Theorem | Term) -> Theorem:
    """Return that two numbers are equal where i <= r, and where not: there choices are made."""
    found = []
    for case in (LOW, HIGH):
        ends = [changed(one, lost_in(case)), reflexive(other)]
        if other.op == "if":
            ends[1] = chosen(other, assume(case))
        left_, right_ = (sides(told)[1] for told in ends)
        same = _at_zero(left_) if right_ == ZERO else field(left_, right_)
        found.append(settle(transitive(ends[0], same, symmetric(ends[1])), *known, *ROW, case))
    return cases(*found, on=(LOW, HIGH))


def _at_zero(value: Term) -> Theorem:
    """c 0^N = 0, for 1 <= N."""
    nothing = value.args[1].args[0]
    told = changed(value, field(nothing, ZERO), power_of_zero(N))
    return transitive(told, field(sides(told)[1], ZERO))


def entrywise(whole: Term, target: Term, *known: Theorem | Term) -> Theorem:
    """Return U diag(f) V^T = U diag(g) V^T, from f and g by cases."""
    middle, other = (term.args[0].args[1] for term in (whole, target))
    own = by_cases(body(middle, I), body(other, I), *known)
    return changed(whole, inside(middle, lambda v: instance(own, {i: v}), *known))


KEPT: Final = diagonal(i, d, choose(LOW, sigma(I), ZERO))


def end_of(time: Term, target: Term) -> Theorem:
    """Return the path at a time."""
    here = specialise(assume(PATH[0]), time)
    return settle(transitive(here, entrywise(path(time), target, *GIVEN)), *GIVEN)


# --- the speed ------------------------------------------------------------------------------------

VALUE: Final = sigma(I) * left(I, T) ** N
STEPS: Final = diagonal(i, d, -(lost(I) * sigma(I) ** (1 / N)))
"""How fast the roots of the values move."""


@cache
def remains() -> Theorem:
    """0 < 1 - t of what is lost, and 0 < 1 of the others."""
    found = []
    for case, sign in ((LOW, proved(positive(ONE))), (HIGH, assume(BEFORE[0]))):
        told = changed(left(I, T), lost_in(case))
        above = certificate(positive(sides(told)[1]), [[sign]])
        found.append(rewrite(above, symmetric(told)))
    return cases(*found, on=(LOW, HIGH))


@cache
def all_remain() -> Theorem:
    """The same of all indices."""
    return generalise(remains(), i, *ROW)


@cache
def moving() -> Theorem:
    """U diag(sigma_i (1 - t e_i)^N) V^T moves by U diag(-N sigma_i e_i (1 - t e_i)^(N-1)) V^T."""
    found = differentiate(path(S), s, T)
    value = found.conclusion.args[1]
    middle = differentiate(path(S).args[0].args[1], s, T).conclusion.args[1]
    target = moves(T, RATE)
    plain = words(value, U * middle * transpose(V))
    scope = target.args[0].args[1]
    told = inside(middle, lambda v: field(body(middle, v), body(scope, v)), *GIVEN)
    return settle(valued(found, then(plain, told)), *GIVEN, *BEFORE, all_remain())


@cache
def velocity() -> Theorem:
    """W'(t) is that."""
    same = specialise(assume(PATH[0]), S)
    found = derivative_congruence(moving(), symmetric(same), s)
    found = one_value(specialise(assume(PATH[1]), T), found)
    return settle(found, *GIVEN, *BEFORE)


@cache
def speed() -> Theorem:
    """g / N of the velocity is N times the sum of sigma_i^(2/N), of what is lost."""
    put: dict[Symbol, Term | Family] = {sigma: Family((i,), VALUE), W.data: path(T)}
    flat = diagonal(k, d, entry(STEPS, K, K))
    steps = inside(flat, lambda v: entry_of(STEPS, v, v), *GIVEN)
    told = instance(isometries().concluded["section"], put)
    told = specialise(told, STEPS, STEPS)
    sign = proved(positive(VALUE), *GIVEN, *ROW, remains())
    sign = generalise(settle(sign, *GIVEN, *ROW, *BEFORE), i, *ROW)
    told = settle(told, symmetric(steps), reflexive(path(T)), sign, *GIVEN)
    product = diagonals(sides(told)[0].args[2].args[0].args[1])
    target = moves(T, RATE)
    middle, scope = sides(product)[1], target.args[0].args[1]
    known = (*GIVEN, all_remain())
    plain = inside(middle, lambda v: field(body(middle, v), body(scope, v)), *known)
    product = transitive(product, plain)
    metric = METRIC(N, end_at(T), end_velocity_at(T), end_velocity_at(T))
    here = changed(metric, specialise(assume(PATH[0]), T), velocity(), symmetric(product))
    told = transitive(here, told, squares())
    summed = total(i, R + 1, d, sigma(I) ** (2 / N))
    found = field((1 / N) * metric, N * summed, (1 / N, told))
    return settle(found, *GIVEN, *RANK, *BEFORE)


def squares() -> Theorem:
    """N^2 Tr(E^T E) is N^2 times the sum of sigma_i^(2/N), of what is lost."""
    whole = trace(transpose(STEPS) * STEPS)
    told = changed(whole, diagonals(transpose(STEPS)), diagonals(STEPS * STEPS))
    own = sides(told)[1].args[0]
    told = then(told, trace_of_entries(own))
    scope = sides(told)[1]
    told = then(told, inside(scope, lambda v: entry_of(own, v, v), *GIVEN))
    told = then(told, split(sides(told)[1], R))
    first, last = sides(told)[1].args
    none = inside(first, lambda v: in_case(body(first, v), v, ZERO), *GIVEN)
    none = then(none, constant(sides(none)[1]))
    kept = inside(last, lambda v: in_case(body(last, v), v, sigma(v) ** (2 / N)), *GIVEN, *RANK)
    told = then(told, none, kept)
    value = number(N**2) * whole
    return settle(field(value, number(N**2) * sides(kept)[1], (number(N**2), told)), *GIVEN, *RANK)


def in_case(term: Term, index: Term, value: Term) -> Theorem:
    """A summand of the first r, or of the others."""
    case = at_most(index, R) if value == ZERO else less(R, index)
    told = changed(term, lost_in(case, index))
    return transitive(told, field(sides(told)[1], value))


# --- how fast singular values move at most --------------------------------------------------------


def bound(form: Theorem, coefficient_: Term, weight: Term, *above: Theorem) -> Theorem:
    """The sum of weight (u_i^T X v_i)^2 is at most g(X, X): what is added is not negative.

    The weight is the coefficient of i and i; ``above`` says that all coefficients are positive.
    """
    told = specialise(form, X.term, X.term)
    told = then(told, pairs(sides(told)[1]))
    own, rest = sides(told)[1].args
    square = coefficient(X.term, I, I) ** 2

    def on_diagonal(v: Term) -> Theorem:
        term = body(own, v)
        choice = next(p for p in term.parts() if p.op == "if")
        here = changed(term, chosen(choice, reflexive(sigma(v))))
        value = substitute(weight * square, {i: v})
        return transitive(here, field(sides(here)[1], value))

    known: tuple[Theorem | Term, ...] = (*GIVEN, *above)
    told = then(told, inside(own, on_diagonal, *known))
    row = body(rest, I)
    pair = body(row, L)
    place = (*ROW, *within(l, I + 1, d))
    parts: list[list[Theorem | Term | Fraction | int]] = []
    for index, other in ((I, L), (L, I)):
        factor = substitute(coefficient_, {i: index, l: other})
        square_ = coefficient(X.term, index, other)
        parts.append([proved(positive(factor), *known, *place), square_])
    more = certificate(at_most(ZERO, pair), parts)
    sums = sum_nonnegative(settle(more, *known, *place), l, I + 1, d)
    sums = sum_nonnegative(settle(sums, *known, *ROW), i, 1, d)
    goal = at_most(sides(told)[1].args[0], sides(told)[0])
    found = certificate(goal, [[sums]], [(number(1), told)])
    return generalise(settle(found, *known), X)


@cache
def derive() -> Deduction:
    """Return the theorems about the path and the bounds, for all N and d."""
    proof = Deduction("eckart-young")
    start = U * diagonal(i, d, sigma(I)) * transpose(V)
    found = transitive(end_of(ZERO, start), symmetric(assume(SVD[0])))
    proof.conclude("start", settle(found, *GIVEN), "No value has moved:")
    found = end_of(ONE, U * KEPT * transpose(V))
    proof.conclude("end", found, "and at the end some are lost:")
    found = generalise(velocity(), t, *BEFORE)
    proof.conclude("velocity", found, "By the product rule")
    found = generalise(speed(), t, *BEFORE)
    proof.conclude("speed", found, "Diagonal matrices are flat in the roots of their values, so")
    found = bound(finite(), ENTRY, sigma(I) ** (2 / N - 2), entries_positive())
    proof.conclude("bound", found, "What a square adds off the diagonal is not negative:")
    value = 1 / infinite_depth.VALUE
    found = bound(infinite(), value, 1 / sigma(I) ** 2, infinite_depth.value_positive())
    proof.conclude("infinite-bound", found, "At infinite depth likewise")
    return proof
