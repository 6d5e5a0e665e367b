"""How the determinant moves with one entry: as 1 + t (W^-1)_li, for every d."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.definitions.free_entry import COFACTOR, LATER, PLACE, line
from dlnproof.definitions.hypotheses import WIDTH
from dlnproof.definitions.letters import W, X, d, i, l, s, t, x
from dlnproof.kernel import ranges
from dlnproof.kernel.calculus import (
    constant,
    derivative_chain,
    derivative_congruence,
    derivative_determinant,
)
from dlnproof.kernel.determinants import determinant_of
from dlnproof.kernel.entries import (
    between_units,
    identity_is_diagonal,
    trace_of_entries,
    trace_with_unit,
)
from dlnproof.kernel.logic import (
    absurd,
    assume,
    contradiction,
    instance,
    sides,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field, power_of_one
from dlnproof.kernel.signs import decided
from dlnproof.kernel.terms import (
    Term,
    determinant,
    different,
    entry,
    equal,
    identity,
    multiply,
    number,
    positive,
    substitute,
    trace,
    unit,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces, words
from dlnproof.tactics.cancelling import same_words
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import body, changed, inside, then, valued
from dlnproof.tactics.settle import proved, settle

I, L, S, T = (v.term for v in (i, l, s, t))
ZERO, ONE = number(0), number(1)
SIZE: Final = determinant(W)

UNIT: Final = unit(d, I, L)
SLOPE: Final = entry(X.term, L, I)
"""The entry of the inverse."""
HERE: Final = (*WIDTH, *PLACE, *COFACTOR)
MOVED: Final = X.term * UNIT


def moved(at: Term) -> Term:
    """Return I + t W^-1 E_il."""
    return identity(d) + multiply(at, MOVED)


@cache
def squared() -> Theorem:
    """M^2 = (W^-1)_li M, for M = W^-1 E_il."""
    middle = between_units(UNIT, X.term, UNIT)
    return settle(same_words(MOVED * MOVED, SLOPE * MOVED, middle), *HERE)


@cache
def start() -> Theorem:
    """The derivative of det(I + t M) at 0 is (W^-1)_li, the trace of M."""
    moving = differentiate(moved(S), s, ZERO)
    moving = valued(moving, words(moving.conclusion.args[1], MOVED))
    ones = transitive(words(moved(ZERO), identity(d)), identity_is_diagonal(d))
    told = derivative_determinant(moving, ones)
    sum_ = told.conclusion.args[1]

    def summand(at: Term) -> Theorem:
        others, rest = body(sum_, at).args
        ends = [ranges.constant(one) for one in others.args]
        ends = [then(end, power_of_one(sides(end)[1].args[1])) for end in ends]
        found = changed(others * rest, *ends)
        return transitive(found, field(sides(found)[1], rest))

    turned = transitive(traces(trace(MOVED), trace(UNIT * X.term)), trace_with_unit(UNIT, X.term))
    plain = transitive(inside(sum_, summand, *HERE), symmetric(trace_of_entries(MOVED)), turned)
    return settle(valued(told, plain), *HERE)


def factor_of(at: Term) -> Term:
    """Return 1 + t (W^-1)_li."""
    return 1 + at * SLOPE


@cache
def moving() -> Theorem:
    """(1 + t m) f'(t) = m f(t) for f(t) = det(I + t M): f(s) = f(t) f((s - t) / (1 + t m))."""
    step = (S - T) / factor_of(T)
    both = same_words(moved(T) * moved(step), moved(T + step * factor_of(T)), squared())
    here = field(T + step * factor_of(T), S)
    both = then(both, here)
    told = changed(determinant(moved(S)), symmetric(both))
    told = then(told, determinant_of(sides(told)[1]))
    inner = differentiate(step, s, T)
    at = field(substitute(step, {s: T}), ZERO)
    found = derivative_chain(start(), inner, at)
    found = differentiate(sides(told)[1], s, T, found)
    value = determinant(moved(T)) * SLOPE / factor_of(T)
    found = valued(found, field(found.conclusion.args[1], value))
    return derivative_congruence(found, symmetric(told), s)


@cache
def affine() -> Theorem:
    """det(I + t M) = 1 + t (W^-1)_li for t >= 0: the ratio has the derivative 0, and is 1 at 0."""
    found = differentiate(determinant(moved(S)) / factor_of(S), s, T, moving())
    found = valued(found, field(found.conclusion.args[1], ZERO))
    above = proved(positive(factor_of(T)), *HERE, *LATER)
    found = constant(settle(found, above, *HERE, *LATER), t, ZERO, x.term, between=(ZERO, x.term))
    found = settle(instance(found, {x: T}), *HERE, *LATER)
    ones = changed(determinant(moved(ZERO)), words(moved(ZERO), identity(d)))
    ones = then(ones, determinant_of(sides(ones)[1]))
    factor_, first = factor_of(T), 1 / factor_of(ZERO)
    told = field(determinant(moved(T)), factor_, (-factor_, found), (factor_ * first, ones))
    return settle(told, above, *HERE, *LATER)


@cache
def along() -> Theorem:
    """det(W + t E_il) = det W (1 + t (W^-1)_li), for t >= 0."""
    told = same_words(W * moved(T), line(T), assume(COFACTOR[0]))
    told = changed(determinant(line(T)), symmetric(told))
    told = then(told, determinant_of(sides(told)[1]), affine())
    return settle(told, *HERE, *LATER)


@cache
def invertible() -> Theorem:
    """det W != 0, as W has an inverse."""
    told = changed(determinant(W * X.term), assume(COFACTOR[0]))
    told = then(told, determinant_of(sides(told)[1]))
    apart = determinant_of(determinant(W * X.term))
    none = assume(equal(SIZE, 0))
    wrong = field(ONE, ZERO, (-ONE, told), (ONE, apart), (determinant(X.term), none))
    wrong = absurd(wrong, decided(different(ONE, ZERO)))
    return settle(contradiction(wrong, different(SIZE, 0)), *HERE)
