"""How long dphi^*(u_i v_i^T) is, at any factors of W, for every N and d."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.definitions.geometry import pair
from dlnproof.definitions.hypotheses import DEPTH, POSITIVE, PRODUCT, SVD
from dlnproof.definitions.letters import SIGMA, N, U, V, Z, adjoint, d, i, j, sigma
from dlnproof.definitions.sharpness import curvature, square
from dlnproof.kernel import limits, ranges
from dlnproof.kernel.entries import between_units, entry_of, trace_with_unit
from dlnproof.kernel.logic import assume, instance, rewrite, sides, symmetric, transitive
from dlnproof.kernel.numbers import field, log_of_one, log_of_power, log_of_product, log_of_quotient
from dlnproof.kernel.signs import certificate, log_monotone, sum_monotone
from dlnproof.kernel.spectral import psd_entry, psd_gram
from dlnproof.kernel.terms import (
    REAL,
    Term,
    at_most,
    entry,
    fresh,
    identity,
    integer,
    log,
    number,
    positive,
    total,
    transpose,
    unit,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces, words
from dlnproof.tactics.cancelling import same_words
from dlnproof.tactics.equations import body, changed, then
from dlnproof.tactics.rewriting import repeated, rules
from dlnproof.tactics.settle import proved, settle

from ..metric.operator_spectrum import left, right
from .end_to_end_flow import above, adjoint_value, below, turned

I, J = i.term, j.term
ONE = integer(1)
PLACE: Final = within(i, 1, d)
RANGE: Final = within(j, 1, N)
MEAN: Final = sigma(I) ** (2 - 2 / N)
"""The geometric mean of the sizes of both vectors is at least this."""
SHARP: Final = N * MEAN
UNIT: Final = unit(d, I, I)
PAIR: Final = pair(I, I)


# --- two vectors ----------------------------------------------------------------------------------


def after(index: Term) -> Term:
    """Return (W_N ... W_{j+1})^T U, whose columns are the u_i, carried back."""
    return transpose(above(index)) * U


def before(index: Term) -> Term:
    """Return W_j ... W_1 V, whose columns are the v_i, carried on."""
    return below(index + 1) * V


def own(one: Term, other: Term) -> Term:
    """Return the inner product of the columns i."""
    return entry(transpose(one) * other, I, I)


def size_after(index: Term) -> Term:
    """Return |(W_N ... W_{j+1})^T u_i|^2."""
    return own(after(index), after(index))


def size_before(index: Term) -> Term:
    """Return |W_j ... W_1 v_i|^2."""
    return own(before(index), before(index))


def above_zero(matrix: Term) -> Theorem:
    """0 <= (M^T M)_ii."""
    return settle(psd_entry(psd_gram(matrix), I), *PLACE)


def of_combination(a: Term, x: Term, b: Term, y: Term) -> Theorem:
    """0 <= a^2 |x|^2 - 2 a b <x, y> + b^2 |y|^2, of columns i."""
    found = above_zero(a * x - b * y)
    xx, xy, yy = transpose(x) * x, transpose(x) * y, transpose(y) * y
    spread = words(
        found.conclusion.args[1].args[0],
        a**2 * xx - (a * b) * xy - (a * b) * transpose(xy) + b**2 * yy,
    )
    told = changed(found.conclusion.args[1], spread)
    told = then(told, repeated(sides(told)[1], rules(outermost)))
    return settle(rewrite(found, told), *PLACE)


def outermost(term: Term) -> Theorem | None:
    """Return what an entry of a sum, a multiple or a transpose is."""
    if term.op != "entry" or term.args[0].op not in ("+", "-", "scale", "T"):
        return None
    return entry_of(*term.args)


def longer(x: Term, y: Term, met: Theorem) -> Theorem:
    """0 < |y|^2 where <x, y> is positive: 0 <= |b x - y|^2 with b = <x, y> / (|x|^2 + 1)."""
    a, c, p = own(x, x), own(y, y), own(x, y)
    b = p / (a + 1)
    known = [above_zero(x), met]
    down = proved(positive(1 / (a + 1) ** 2), *known)
    rest = proved(positive(a + 2), *known)
    low = of_combination(b, x, number(1), y)
    return settle(certificate(positive(c), [[low], [down, rest, met, met]]), *known)


def cauchy(x: Term, y: Term, met: Theorem) -> Theorem:
    """<x, y>^2 <= |x|^2 |y|^2 where <x, y> is positive: 0 <= | |y|^2 x - <x, y> y |^2."""
    a, c, p = own(x, x), own(y, y), own(x, y)
    size = longer(x, y, met)
    down = proved(positive(1 / c), size)
    found = certificate(at_most(p**2, a * c), [[down, of_combination(c, x, p, y)]])
    return settle(found, size)


# --- the sizes of dphi^*(u_i v_i^T) ---------------------------------------------------------------


@cache
def between() -> Theorem:
    """u_i^T (W_N ... W_{j+1}) (W_j ... W_1) v_i = sigma_i, for 0 <= j <= N."""
    parted = ranges.split(PRODUCT[0].args[1], J)
    svd = transitive(symmetric(assume(PRODUCT[0])), assume(SVD[0]))
    svd = transitive(symmetric(parted), svd)
    middle = transpose(after(J)) * before(J)
    straight = words(
        middle,
        SIGMA,
        (transpose(U), svd, V),
        (None, left, SIGMA * transpose(V) * V),
        (SIGMA, right, None),
    )
    return settle(changed(entry(middle, I, I), straight, entry_of(SIGMA, I, I)), *PLACE)


def met_at(index: Term) -> Theorem:
    """0 < u_i^T (W_N ... W_{j+1}) (W_j ... W_1) v_i."""
    sign = proved(positive(sigma(I)), *POSITIVE, *PLACE)
    told = instance(between(), {j: index})
    return rewrite(sign, symmetric(told))


def first_positive(index: Term) -> Theorem:
    """0 < |(W_N ... W_{j+1})^T u_i|^2, for 0 <= j <= N."""
    x, y = after(index), before(index)
    told = changed(own(y, x), words(transpose(y) * x, transpose(transpose(x) * y)))
    told = then(told, entry_of(transpose(transpose(x) * y), I, I))
    return settle(longer(y, x, rewrite(met_at(index), symmetric(told))), *PLACE)


def last_positive(index: Term) -> Theorem:
    """0 < |W_j ... W_1 v_i|^2, for 0 <= j <= N."""
    return longer(after(index), before(index), met_at(index))


@cache
def lifted() -> Theorem:
    """|dphi_j^*(u_i v_i^T)|^2 = |(W_N ... W_{j+1})^T u_i|^2 |W_{j-1} ... W_1 v_i|^2."""
    told = instance(adjoint_value(), {Z: PAIR})
    opened = changed(square(adjoint(J, PAIR)), told)
    x, y = after(J), before(J - 1)
    at_unit = between_units(UNIT, transpose(x) * x, UNIT)
    last = trace_with_unit(UNIT, transpose(y) * y)
    whole = traces(
        sides(opened)[1],
        size_after(J) * size_before(J - 1),
        (y, at_unit, transpose(y)),
        (size_after(J), last, None),
    )
    return settle(transitive(opened, whole), *RANGE, *PLACE)


# --- the arithmetic and the geometric mean, by logarithms -----------------------------------------


@cache
def neighbours() -> Theorem:
    """sigma_i^2 <= |(W_N ... W_{j+1})^T u_i|^2 |W_j ... W_1 v_i|^2, for 0 <= j <= N."""
    found = rewrite(cauchy(after(J), before(J), met_at(J)), between())
    return settle(found, *POSITIVE, *PLACE)


@cache
def one_size() -> Theorem:
    """log sigma^2 - log T - log b_j + log b_{j-1} <= a_j b_{j-1} / T - 1, by a_j b_j >= sigma^2."""
    a, b, c = size_after(J), size_before(J), size_before(J - 1)
    ends = (*RANGE, *PLACE)
    signs = [first_positive(J), last_positive(J), last_positive(J - 1)]
    signs = [settle(sign, *ends) for sign in signs]
    mean = proved(positive(MEAN), *POSITIVE, *ends)
    ratio = limits.log_below(a * c / MEAN)
    larger = log_monotone(proved(positive(sigma(I) ** 2), *POSITIVE, *ends), neighbours())
    goal = at_most(log(sigma(I) ** 2) - log(MEAN) - (log(b) - log(c)), 1 / MEAN * (a * c) - 1)
    found = certificate(
        goal,
        [[ratio], [larger]],
        [
            (number(1), log_of_quotient(a * c, MEAN)),
            (number(1), log_of_product(a, c)),
            (number(-1), log_of_product(a, b)),
        ],
    )
    return settle(found, *signs, mean, *POSITIVE, *ends)


@cache
def last_size() -> Theorem:
    """|W v_i|^2 = sigma_i^2."""
    whole = transitive(symmetric(assume(PRODUCT[0])), assume(SVD[0]))
    middle = transpose(before(N)) * before(N)
    straight = SIGMA * SIGMA
    found = same_words(middle, straight, whole, turned(whole), left, right)
    told = changed(size_before(N), found, entry_of(straight, I, I))
    told = then(told, entry_of(SIGMA, I, I))
    return settle(transitive(told, field(sides(told)[1], sigma(I) ** 2)), *PLACE)


@cache
def first_size() -> Theorem:
    """|v_i|^2 = 1."""
    none = ranges.empty(below(ONE))
    middle = transpose(before(integer(0))) * before(integer(0))
    found = same_words(middle, identity(d), none, turned(none), right)
    told = changed(size_before(integer(0)), found, entry_of(identity(d), I, I))
    return settle(told, *PLACE)


@cache
def bound() -> Theorem:
    """N sigma_i^(2-2/N) <= |dphi^*(u_i v_i^T)|^2: the sum over j telescopes."""
    ends = (*DEPTH, *POSITIVE, *PLACE)
    summed = settle(sum_monotone(one_size(), j, 1, N), *ends)
    low, high = summed.conclusion.args
    (steady, moving), (_, ones) = (body(x, J).args for x in (low, high))
    told_low = ranges.sum_of_sums(low)
    told_low = then(
        told_low,
        ranges.constant(total(j, 1, N, steady)),
        ranges.telescope(total(j, 1, N, moving)),
        last_size(),
        first_size(),
        log_of_one(),
    )
    told_high = then(ranges.sum_of_sums(high), ranges.constant(total(j, 1, N, ones)))
    x = fresh(REAL)
    sizes = total(j, 1, N, size_after(J) * size_before(J - 1))
    pulled = ranges.linear_image(sizes, x, 1 / MEAN * x.term)
    found = certificate(
        at_most(SHARP, sizes),
        [[proved(positive(MEAN), *ends), summed]],
        [
            (MEAN, told_low),
            (-MEAN, told_high),
            (MEAN, pulled),
            (-MEAN * N, log_of_power(sigma(I), 2 - 2 / N)),
            (MEAN * (N - 1), log_of_power(sigma(I), 2)),
        ],
    )
    sized = ranges.congruence(curvature(PAIR), lifted(), j)
    return settle(rewrite(found, symmetric(sized)), *ends)
