"""The metric in the basis u_i v_l^T, and its determinant, for every N and d."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.geometry import (
    METRIC,
    METRIC_DETERMINANT,
    OPERATOR,
    coefficient,
    pair,
)
from dlnproof.definitions.hypotheses import DEPTH
from dlnproof.definitions.letters import N, U, V, W, X, Y, Z, d, i, l, sigma
from dlnproof.kernel.determinants import (
    eigenbasis_determinant,
    inverse_linear,
    inverse_value,
    linear_after,
    linear_by_form,
    linear_multiple,
    linear_total,
)
from dlnproof.kernel.entries import entry_of, sum_of_units, trace_with_unit
from dlnproof.kernel.logic import (
    assume,
    cases,
    cut,
    generalise,
    instance,
    reflexive,
    rewrite,
    sides,
    symmetric,
    transitive,
    unfold,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.ranges import chosen, pairs, within_scope
from dlnproof.kernel.spectral import orthonormal_units, other_inverse
from dlnproof.kernel.terms import (
    Term,
    choose,
    different,
    entry,
    fresh,
    identity,
    inner,
    map_inverse,
    positive,
    substitute,
    trace,
    transpose,
    unfolded,
    unit,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces, words
from dlnproof.tactics.agreement import same
from dlnproof.tactics.equations import body, changed, inside, then
from dlnproof.tactics.settle import proved, settle

from . import operator_spectrum
from .operator_spectrum import (
    A_I,
    A_L,
    DIFFERENT,
    GIVEN,
    PAIR,
    PLACE,
    SAME,
    coincident,
    distinct,
    left,
    right,
    value,
)

APART = N * ((A_I - A_L) / (sigma(i.term) ** 2 - sigma(l.term) ** 2))
ENTRY = choose(SAME, sigma(i.term) ** (2 / N - 2), APART)
"""D_il = 1 / lambda_il."""
A_OF_Z = OPERATOR(N, W, Z.term)
BASIS = orthonormal_units(left, right)


@cache
def linear_operator() -> Theorem:
    """Return: A is linear."""
    found = linear_by_form(Z, unfolded(A_OF_Z))
    return settle(within_scope(found, symmetric(unfold(A_OF_Z)), Z), *GIVEN)


@cache
def regular() -> Theorem:
    """Return det A != 0: it is the product of the eigenvalues, which are positive."""
    images = operator_spectrum.derive().concluded["sum"]
    found = cut(eigenbasis_determinant(BASIS, images, Z, A_OF_Z), linear_operator())
    product = sides(found)[1]
    return rewrite(proved(different(product, 0), *GIVEN), symmetric(settle(found, *GIVEN)))


@cache
def entry_value() -> Theorem:
    """Return 1 / lambda_il, by cases."""
    found = []
    for case, closed in ((SAME, coincident()), (DIFFERENT, distinct())):
        told = chosen(ENTRY, assume(case))
        whole = changed(1 / value(), closed)
        plain = field(sides(whole)[1], sides(told)[1])
        found.append(settle(transitive(whole, plain, symmetric(told)), *GIVEN, *PLACE, case))
    return settle(cases(*found, on=(SAME, DIFFERENT)), *GIVEN, *PLACE)


@cache
def entries_positive() -> Theorem:
    """Return 0 < 1 / lambda_il for all i, l: each lambda_il is a sum of positive numbers."""
    told = entry_value()
    reciprocal = proved(positive(sides(told)[0]), *GIVEN, *PLACE)
    return generalise(settle(rewrite(reciprocal, told), *GIVEN, *PLACE), (i, l), *PLACE)


@cache
def inverse_at_pair() -> Theorem:
    """Return A^-1(u_i v_l^T) = D_il u_i v_l^T."""
    told = linear_multiple(linear_operator(), 1 / value(), PAIR)
    told = then(told, operator_spectrum.eigenvector())
    equation = transitive(told, words(sides(told)[1], PAIR))
    found = inverse_value(linear_operator(), equation, (1 / value()) * PAIR)
    return settle(then(cut(found, regular()), entry_value()), *GIVEN, *PLACE)


@cache
def of_turned_pair() -> Theorem:
    """Return D_li = D_il."""
    turned = substitute(ENTRY, {i: l.term, l: i.term})
    return settle(same(turned, ENTRY, *GIVEN, *PLACE), *GIVEN, *PLACE)


def over_pairs(whole: Term) -> Theorem:
    """Return prod_i prod_l c D_il = prod_i c sigma_i^(2/N-2) prod_{i<l} (c D_il)^2."""
    told = pairs(whole)
    own, both = sides(told)[1].args

    def on_diagonal(v: Term) -> Theorem:
        return changed(body(own, v), chosen(substitute(ENTRY, {i: v, l: v}), reflexive(sigma(v))))

    def of_pair(term: Term, v: Term, w: Term) -> Theorem:
        turned = changed(term, instance(of_turned_pair(), {i: v, l: w}))
        return transitive(turned, field(sides(turned)[1], term.args[0] ** 2))

    def row(v: Term) -> Theorem:
        one, ends = body(both, v), within(v.data, 1, d)
        return inside(one, lambda w: of_pair(body(one, w), v, w), *GIVEN, *ends)

    return then(told, inside(own, on_diagonal), inside(both, row, *GIVEN))


@cache
def sum_determinant() -> Theorem:
    """Return det(g / N) = prod_i sigma_i^(2/N-2) / N prod_{i<l} (D_il / N)^2."""
    inverse_ = map_inverse(Z, A_OF_Z, X.term)
    y = fresh(X.sort)
    scaled = linear_by_form(y, (1 / N) * y.term)
    map_ = cut(inverse_linear(linear_operator()), regular())
    map_ = settle(linear_after(scaled, map_), *DEPTH)
    eigen = changed((1 / N) * map_inverse(Z, A_OF_Z, PAIR), inverse_at_pair())
    value_ = sides(eigen)[1].args[1].args[0]
    eigen = transitive(eigen, words(sides(eigen)[1], ((1 / N) * value_) * PAIR))
    images = generalise(settle(eigen, *GIVEN, *PLACE), (i, l), *PLACE)
    found = cut(eigenbasis_determinant(BASIS, images, X, (1 / N) * inverse_), map_)
    found = then(found, over_pairs(sides(found)[1]))
    return settle(found, *GIVEN)


def through(map_: Theorem, whole: Theorem) -> Theorem:
    """Return L(Y) as a double sum, for a linear L and Y = sum_i sum_l f(i, l)."""
    double = linear_total(map_, sides(whole)[1])
    outer = sides(double)[1]
    summed = sides(whole)[1]
    inner_ = inside(outer, lambda v: linear_total(map_, body(summed, v)))
    return then(double, inner_)


def summands(double: Term, equation: Callable[[Term, Term, Term], Theorem]) -> Theorem:
    """Return a double sum with its summands changed: an equation for each, at its indices."""

    def outer(v: Term) -> Theorem:
        one = body(double, v)
        return inside(one, lambda w: equation(body(one, w), v, w), *GIVEN, *within(v.data, 1, d))

    return inside(double, outer, *GIVEN)


@cache
def expansion() -> Theorem:
    """Return Y = sum_i sum_l (u_i^T Y v_l) u_i v_l^T."""
    y = transpose(U) * Y.term * V
    whole = sum_of_units(y)
    map_ = linear_by_form(Z, U * Z.term * transpose(V))
    around = changed(U * y * transpose(V), whole)
    turned = words(
        Y.term,
        U * y * transpose(V),
        (-1 * identity(d), other_inverse(left), Y.term),
        (-1 * (U * transpose(U) * Y.term), other_inverse(right), None),
    )
    found = transitive(turned, around, through(map_, whole))

    def multiple(term: Term, v: Term, w: Term) -> Theorem:
        return words(term, entry(y, v, w) * pair(v, w))

    return settle(then(found, summands(sides(found)[1], multiple)), *GIVEN)


@cache
def inverse() -> Theorem:
    """Return A^-1(Y) = sum_i sum_l (u_i^T Y v_l) D_il u_i v_l^T."""
    map_ = cut(inverse_linear(linear_operator()), regular())
    whole = changed(map_inverse(Z, A_OF_Z, Y.term), expansion())
    found = transitive(whole, through(map_, expansion()))

    def multiple(term: Term, v: Term, w: Term) -> Theorem:
        factor = coefficient(Y.term, v, w)
        told = linear_multiple(map_, factor, pair(v, w))
        told = then(told, instance(inverse_at_pair(), {i: v, l: w}))
        scalar = sides(told)[1].args[1].args[0]
        return transitive(told, words(sides(told)[1], (factor * scalar) * pair(v, w)))

    return settle(then(found, summands(sides(found)[1], multiple)), *GIVEN)


def product_with_pair(factor: Term, v: Term, w: Term) -> Theorem:
    """Return Tr(X^T c u_i v_l^T) = c (u_i^T X v_l)."""
    x, e = X.term, unit(d, v, w)
    turned = transpose(V) * transpose(x) * U
    told = traces(inner(x, factor * pair(v, w)), factor * trace(e * turned))
    told = then(told, trace_with_unit(e, turned))
    straight = transpose(U) * x * V
    return then(told, words(turned, transpose(straight)), entry_of(transpose(straight), w, v))


def traced(opened: Theorem, whole: Theorem) -> Theorem:
    """Return g(X, Y) = sum_i sum_l D_il (u_i^T X v_l) (u_i^T Y v_l), from what A^-1(Y) is.

    ``opened`` is g(X, Y) = Tr(X^T A^-1(Y)), with that in it; ``whole`` is A^-1(Y) as such a sum.
    """
    map_ = linear_by_form(Z, inner(X.term, Z.term))
    found = transitive(opened, through(map_, whole))

    def summand(term: Term, v: Term, w: Term) -> Theorem:
        factor = term.args[0].args[1].args[0]
        told = product_with_pair(factor, v, w)
        y, entry_ = factor.args
        value = entry_ * (coefficient(X.term, v, w) * y)
        return transitive(told, field(sides(told)[1], value))

    return generalise(settle(then(found, summands(sides(found)[1], summand)), *GIVEN), (X, Y))


@cache
def form() -> Theorem:
    """Return g(X, Y) = sum_i sum_l D_il (u_i^T X v_l) (u_i^T Y v_l)."""
    return traced(then(unfold(METRIC(N, W, X.term, Y.term)), inverse()), inverse())


@cache
def determinant() -> Theorem:
    """Return det g = prod_i sigma_i^(2/N-2) prod_{i<l} D_il^2."""
    whole = METRIC_DETERMINANT(N, W)
    images = generalise(inverse_at_pair(), (i, l), *PLACE)
    map_ = cut(inverse_linear(linear_operator()), regular())
    found = eigenbasis_determinant(BASIS, images, X, map_inverse(Z, A_OF_Z, X.term))
    found = then(transitive(unfold(whole), cut(found, map_)), over_pairs(sides(found)[1]))
    return settle(found, *GIVEN)


@cache
def derive() -> Deduction:
    """Return the theorems about the metric, for all N and d."""
    proof = Deduction("metric-diagonalization")
    proof.show("linear", linear_operator(), "Each summand of the operator is linear in $Z$:")
    proof.show("regular", regular(), "Its determinant is the product of its eigenvalues, so")
    proof.show("inverse-at-pair", inverse_at_pair(), "and the inverse has their reciprocals.")
    proof.show("entries-positive", entries_positive(), "These are positive:")
    proof.show("expansion", expansion(), "In the orthonormal basis of the $u_iv_l^T$")
    proof.show("inverse", inverse(), "and so")
    proof.conclude("form", form(), "The metric is the trace form with this:")
    proof.conclude(
        "determinant",
        determinant(),
        "Its determinant is the product over all pairs, each in both orders.",
    )
    return proof
