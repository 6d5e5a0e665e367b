"""What the Laplacian of the entries of W is made of, for every N and d: it is of no pair."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.hypotheses import DURING
from dlnproof.definitions.letters import (
    N,
    d,
    eigenvalue_at,
    end_velocity_at,
    i,
    l,
    left_at,
    right_at,
    s,
    sigma,
    sigma_at,
    stretch_at,
    t,
)
from dlnproof.kernel import ranges
from dlnproof.kernel.entries import entry_of, entry_off_unit
from dlnproof.kernel.logic import (
    assume,
    cases,
    generalise,
    instance,
    reflexive,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field, field_in
from dlnproof.kernel.terms import (
    Family,
    Term,
    choose,
    different,
    entry,
    equal,
    number,
    substitute,
    transpose,
    unit,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.cancelling import same_words
from dlnproof.tactics.equations import body, changed, inside, then, valued
from dlnproof.tactics.settle import settle

from ..metric import operator_derivative, operator_spectrum
from ..metric.operator_derivative import GIVEN, HERE, KNOWN, UNLIKE, framed, slope_of, svd, value_is
from . import volume_gradient
from .paths import at, in_either_order

T, I, L = t.term, i.term, l.term
ROW: Final = (*within(i, 1, d), *DURING)
E: Final = unit(d, I, I)
"""u_i v_i^T in the frames."""
H: Final = stretch_at(T)


def in_scope(v: Term, row: Term, column: Term) -> Theorem:
    """Return an entry of E_ii in the row or the column i: 1 for v = i alone."""
    own, like = entry(E, row, column), equal(v, I)
    target = choose(like, number(1), number(0))
    at_i = then(changed(own, assume(like)), entry_of(E, I, I))
    off = entry_off_unit(E, row, column, by_row=row == v)
    one = transitive(at_i, symmetric(ranges.chosen(target, assume(like))))
    other = transitive(off, symmetric(ranges.chosen(target, assume(different(v, I)))))
    return cases(one, other, on=(like, different(v, I)))


def in_closed_form(theorem: Theorem) -> Theorem:
    """Return what holds of any eigenvalues, of those that A has."""
    own = settle(instance(operator_spectrum.eigenvector(), at(T)), *GIVEN, *HERE)
    value = substitute(operator_spectrum.value(), {sigma: Family((i,), sigma_at(I, T))})
    found = instance(theorem, {eigenvalue_at: Family((i, l, t), value)})
    return settle(found, generalise(own, (i, l, t), *HERE), *GIVEN)


def eigenvalue(row: Term, column: Term) -> Theorem:
    """Return what an eigenvalue is."""
    kind = "coincident" if row == column else "distinct"
    return settle(instance(value_is(kind), {i: row, l: column, s: T}), *KNOWN, *DURING)


def of_unit(whole: Term) -> Theorem:
    """Return a sum with an entry of E_ii in each summand: one is left of it, or none."""

    def alone(v: Term) -> Theorem:
        factor, unit_ = body(whole, v).args
        _, row, column = unit_.args
        if I in (row, column):
            told = changed(body(whole, v), in_scope(v, row, column))
            return transitive(told, field(sides(told)[1], sides(told)[1].args[1] * factor))
        off = entry_off_unit(E, row, column, by_row=column == v)
        told = changed(body(whole, v), off)
        return transitive(told, field_in((factor,), sides(told)[1], number(0)))

    told = inside(whole, alone, *KNOWN, *HERE, UNLIKE)
    found = sides(told)[1]
    last = ranges.picked(found) if body(found, I) != number(0) else ranges.constant(found)
    return transitive(told, last)


def moving(theorem: Theorem, value: Term, off: Theorem, *equations: Theorem) -> Theorem:
    """Return how a component moves, from its derivative along any direction, here at E_ii."""
    whole = slope_of(theorem)
    one, other = whole.args[0].args[1], whole.args[1]
    told = changed(whole, of_unit(one), of_unit(other), off)
    for choice in dict.fromkeys(part for part in sides(told)[1].parts() if part.op == "if"):
        same = choice.args[0].args[0] == choice.args[0].args[1]
        case = reflexive(I) if same else assume(different(*choice.args[0].args))
        told = then(told, ranges.chosen(choice, case))
    told = then(told, *equations)
    return valued(theorem, transitive(told, field(sides(told)[1], value)))


def gaps() -> tuple[Theorem, ...]:
    """Return that differences of values and of roots, that are divided by, are not 0."""
    x, y = sigma_at(I, T), sigma_at(L, T)
    one, other = x ** (2 / N), y ** (2 / N)
    differences = (x**2 - y**2, y**2 - x**2, one - other, other - one)
    return tuple(in_either_order(different(gap, 0), I, L) for gap in differences)


def turns() -> tuple[Term, Term]:
    """Return how the component (l, i) of A(u_i v_i^T) follows W' there, and at (i, l)."""
    x, y = sigma_at(I, T), sigma_at(L, T)
    lam = 1 / N * ((x**2 - y**2) / (x ** (2 / N) - y ** (2 / N)))
    one, other = (v * (lam - x ** (2 - 2 / N)) / (y**2 - x**2) for v in (x, y))
    return one, other


@cache
def turned(*, row: bool) -> Theorem:
    """How the component (l, i), or (i, l), of A(u_i v_i^T) moves, for i != l."""
    place = (L, I) if row else (I, L)
    found = specialise(operator_derivative.derive().concluded["distinct"], *place, T, E)
    turn, crossed = turns()
    value = turn * entry(H, *place) + crossed * entry(H, *place[::-1])
    off = entry_off_unit(E, *place, by_row=row)
    found = moving(found, value, off, eigenvalue(*place), eigenvalue(I, I))
    gap = in_either_order(different(sigma_at(I, T), sigma_at(L, T)), I, L)
    return settle(found, *gaps(), gap, *KNOWN, *HERE, UNLIKE)


@cache
def own() -> Theorem:
    """How the component (i, i) of A(u_i v_i^T) moves."""
    found = specialise(operator_derivative.derive().concluded["coincident"], I, T, E)
    x = sigma_at(I, T)
    value = (2 - 2 / N) * x ** (1 - 2 / N) * entry(H, I, I)
    found = moving(found, value, entry_of(E, I, I), eigenvalue(I, I))
    return settle(found, *KNOWN, *HERE)


@cache
def density() -> Theorem:
    """(log sqrt(det g))', along a path whose velocity is H in the frames."""
    velocity = left_at(T) * H * transpose(right_at(T))
    found = instance(volume_gradient.gradient(), {end_velocity_at: Family((t,), velocity)})
    found = specialise(found, T)
    plain = same_words(framed(velocity, T), H, *svd(T)[1:])
    return settle(valued(found, changed(slope_of(found), plain)), *GIVEN, *DURING)


# --- the sum --------------------------------------------------------------------------------------


def parts() -> tuple[Term, Term, Term]:
    """Return the eigenvalue at u_i v_i^T, what a pair adds to the density, and what i does."""
    x, y = sigma_at(I, T), sigma_at(L, T)
    roots, squares = x ** (2 / N) - y ** (2 / N), x**2 - y**2
    density = 2 / N * x ** (2 / N - 1) / roots - 2 * x / squares
    return x ** (2 - 2 / N), density, (1 / N - 1) / x


@cache
def pair() -> Theorem:
    """Twice what a turn adds is undone by what the pair adds to the density."""
    value, density, _ = parts()
    found = field(2 * turns()[0] + value * density, number(0))
    return settle(found, *gaps(), *GIVEN, *HERE, UNLIKE)


@cache
def alone() -> Theorem:
    """What the divergence of A, and A of the gradient of the density, have of no pair."""
    value, _, density = parts()
    x = sigma_at(I, T)
    found = field((2 - 2 / N) * x ** (1 - 2 / N) + value * density, (1 - 1 / N) * x ** (1 - 2 / N))
    return settle(found, *GIVEN, *ROW)


@cache
def derive() -> Deduction:
    """Return the theorems about what the Laplacian of W is made of, for all N and d."""
    proof = Deduction("laplacian-of-matrix")
    kept = generalise(in_closed_form(own()), (i, t), *ROW)
    proof.conclude("own", kept, "The eigenvalues move with the singular values,")
    for name, row in (("rows", True), ("columns", False)):
        one = generalise(in_closed_form(turned(row=row)), (i, l, t), *HERE, UNLIKE)
        proof.conclude(name, one, "and where singular vectors turn, by divided differences,")
    proof.conclude("density", generalise(density(), t, *DURING), "That of the density is known:")
    proof.conclude("pair", generalise(pair(), (i, l, t), *HERE, UNLIKE), "So a pair adds nothing:")
    proof.conclude("no-pair", generalise(alone(), (i, t), *ROW), "What is of no pair is left:")
    return proof
