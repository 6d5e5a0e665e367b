"""How fast roots of singular values move, beside the length of a velocity, for every N and d."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.geometry import METRIC
from dlnproof.definitions.hypotheses import DEPTH, FRAME, POSITIVE, SVD, WIDTH
from dlnproof.definitions.letters import D, N, W, a, b, d, differential, i, l, s, sigma
from dlnproof.kernel.determinants import frame
from dlnproof.kernel.entries import entry_of
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
from dlnproof.kernel.numbers import field
from dlnproof.kernel.ranges import chosen, constant, linear_image
from dlnproof.kernel.signs import apart, certificate, sum_nonnegative, turned
from dlnproof.kernel.terms import (
    REAL,
    Term,
    at_most,
    entry,
    fresh,
    less,
    number,
    positive,
    substitute,
    total,
    transpose,
    within,
    zero,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import words
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import body, changed, inside, then, valued
from dlnproof.tactics.settle import proved, settle

from . import metric_svd_frame
from .metric_svd_frame import APART, TOGETHER
from .operator_spectrum import SAME

GIVEN: Final = (*DEPTH, *WIDTH, *SVD, *POSITIVE, *FRAME)
FRAMES: Final = frame(D, a, b)
I, S = i.term, s.term
PLACE: Final = (*within(i, 1, d), *within(l, I + 1, d))
OWN: Final = entry(D.term, I, I)
RATE: Final = sigma(I) ** (1 / N - 1) / N * OWN
ZERO: Final = number(0)


@cache
def rate() -> Theorem:
    """sigma_i^(1/N) moves by sigma_i^(1/N-1) / N D_ii."""
    found = differentiate((sigma(I) + S * OWN) ** (1 / N), s, ZERO)
    slope = found.conclusion.args[1]
    at_zero, ends = field(sigma(I) + ZERO * OWN, sigma(I)), within(i, 1, d)
    told = changed(slope, at_zero)
    told = transitive(told, field(sides(told)[1], RATE))
    sign = rewrite(proved(positive(sigma(I)), *GIVEN, *ends), symmetric(at_zero))
    return settle(valued(found, told), sign, *GIVEN, *ends)


LESS, MORE = less(sigma(I), sigma(l.term)), less(sigma(l.term), sigma(I))


def in_case(term: Term, case: Term) -> Theorem:
    """Such a factor is not negative where sigma_i is less than sigma_l, equal to it, or more."""
    given = assume(case)
    if case != SAME:
        given = apart(given) if case == MORE else turned(apart(given))
    told = reflexive(term) if term == TOGETHER else chosen(APART, given)
    value = sides(told)[1]
    if case == LESS:  # both differences are negative
        told = transitive(told, field(value, substitute(value, {i: l.term, l: I})))
    elif case == SAME and term == TOGETHER:
        told = then(told, symmetric(given))
        told = transitive(told, field(sides(told)[1], ZERO))
    sign = proved(at_most(ZERO, sides(told)[1]), *GIVEN, *PLACE, case)
    found = certificate(at_most(ZERO, term), [[sign]], [(number(1), told)])
    return settle(found, *GIVEN, *PLACE, case, given)


def coefficient(term: Term) -> Theorem:
    """The factor of a sum, or of a difference, of turns is not negative."""
    on = (LESS, SAME, MORE)
    found = cases(*(in_case(term, case) for case in on), on=on)
    return settle(found, *GIVEN, *PLACE)


def angular(whole: Term) -> Theorem:
    """A sum over pairs of such factors times squares is not negative."""
    row = body(whole, I)
    one = body(row, l.term)
    factor, square = one.args
    sign = proved(at_most(ZERO, one), coefficient(factor), proved(at_most(ZERO, square)))
    inner = sum_nonnegative(settle(sign, *GIVEN, *PLACE), l, I + 1, d)
    inner = settle(inner, *GIVEN, *within(i, 1, d))
    return settle(sum_nonnegative(inner, i, 1, d), *GIVEN)


@cache
def split() -> Theorem:
    """g(dW, dW) along values, and along both kinds of turns."""
    return specialise(metric_svd_frame.derive().concluded["frame"], D.term, a.term, b.term)


@cache
def radial() -> Theorem:
    """The part along values is N^2 times the sum of the squared speeds of the roots."""
    whole = sides(split())[1].args[0]
    told = inside(whole, lambda v: field(body(whole, v), N**2 * _rate(v) ** 2), *GIVEN)
    x = fresh(REAL)
    out = linear_image(total(i, 1, d, RATE**2), x, N**2 * x.term)
    return settle(transitive(told, symmetric(out)), *GIVEN)


def _rate(index: Term) -> Term:
    return substitute(RATE, {i: index})


SPEED: Final = number(N) * total(i, 1, d, RATE**2)


@cache
def bound() -> Theorem:
    """N times that sum is at most g(dW, dW) / N."""
    moves = differential(D.term, a.term, b.term)
    goal = at_most(SPEED, (1 / N) * METRIC(N, W, moves, moves))
    together, apart = sides(split())[1].args[1].args
    depth = proved(at_most(ZERO, 1 / N), *DEPTH)
    parts = [[depth, angular(together)], [depth, angular(apart)]]
    found = certificate(goal, parts, [(1 / N, split()), (1 / N, radial())])
    return generalise(settle(found, *GIVEN, *FRAMES), (D, a, b), *FRAMES)


def nothing(whole: Term) -> Theorem:
    """A sum over pairs is 0 where the frames do not turn."""
    none = zero(d)

    def row(v: Term) -> Theorem:
        one = body(whole, v)
        found = inside(one, lambda w: of_pair(body(one, w), v, w), *GIVEN, *within(v.data, 1, d))
        return all_of(found)

    def of_pair(term: Term, v: Term, w: Term) -> Theorem:
        found = changed(term, entry_of(none, v, w))
        return transitive(found, field(sides(found)[1], ZERO))

    def all_of(found: Theorem) -> Theorem:
        found = then(found, constant(sides(found)[1]))
        return transitive(found, field(sides(found)[1], ZERO))

    return settle(all_of(inside(whole, row, *GIVEN)), *GIVEN)


@cache
def attained() -> Theorem:
    """Where the singular vectors stay it is equal."""
    still = {a: zero(d), b: zero(d)}
    told = instance(split(), still)
    moves, whole = sides(told)
    parts = [told, radial(), *map(nothing, whole.args[1].args)]
    last = field((1 / N) * moves, SPEED, *((1 / N, part) for part in parts))
    skew = words(transpose(zero(d)), -zero(d))
    found = settle(last, skew, *GIVEN, FRAMES[0])
    return generalise(found, D, FRAMES[0])


@cache
def derive() -> Deduction:
    """Return the theorems about the speed of the roots, for all N and d."""
    proof = Deduction("distance-lower-bound")
    ends = within(i, 1, d)
    proof.conclude("rate", generalise(generalise(rate(), D), i, *ends), "By the chain rule")
    proof.show("radial", radial(), "In these terms the metric is, along singular values,")
    proof.conclude("bound", bound(), "and what the turns of the frames add is not negative:")
    proof.conclude("attained", attained(), "Where they do not turn, nothing is added:")
    return proof
