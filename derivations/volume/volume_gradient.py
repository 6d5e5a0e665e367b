"""The gradient of the volume density, along any path of matrices, for every N and d."""

from __future__ import annotations

from functools import cache

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.completion import SVD_OF_END
from dlnproof.definitions.hypotheses import (
    DEPTH,
    DURING,
    PATH,
    POSITIVE,
    POSITIVE_AT,
    STRICT,
    STRICT_AT,
    SVD,
    WIDTH,
    during,
)
from dlnproof.definitions.letters import (
    N,
    U,
    V,
    W,
    d,
    end_at,
    end_velocity_at,
    i,
    k,
    l,
    left_at,
    r,
    right_at,
    s,
    sigma,
    sigma_at,
    t,
    t_0,
    t_1,
)
from dlnproof.kernel import ranges
from dlnproof.kernel.calculus import derivative_congruence, singular_value
from dlnproof.kernel.indices import indices
from dlnproof.kernel.logic import (
    assume,
    cases,
    cut,
    generalise,
    instance,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field, log_of_product
from dlnproof.kernel.terms import (
    Family,
    Symbol,
    Term,
    at_most,
    different,
    entry,
    log,
    transpose,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import body, changed, inside, then, valued
from dlnproof.tactics.settle import proved, settle

from .volume_form import metric_root, root_of_metric

S, T, K, R, I, L = (letter.term for letter in (s, t, k, r, i, l))
STATIC = (*DEPTH, *WIDTH, *SVD, *POSITIVE, *STRICT)
ALONG = (*DEPTH, *WIDTH, *PATH, *SVD_OF_END[:3], *POSITIVE_AT, *STRICT_AT)
PLACE = within(r, 1, d)


# --- at one matrix --------------------------------------------------------------------------------


@cache
def distinct() -> Theorem:
    """sqrt(det g) is the product of sigma_i^(1/N - 1), and over pairs of 1 / lambda_il."""
    found = metric_root()
    pairs = sides(found)[1].args[1]

    def pair(one: Term, other: Term) -> Theorem:
        choice = body(body(pairs, one), other)
        place = (*within(one.data, 1, d), *within(other.data, one + 1, d))
        apart = ranges.chosen(choice, proved(different(*choice.args[0].args), *STATIC, *place))
        a, b = sigma(one), sigma(other)
        value = N * ((a ** (2 / N) - b ** (2 / N)) / (a**2 - b**2))
        return transitive(apart, field(sides(apart)[1], value))

    def row(one: Term) -> Theorem:
        known = (*STATIC, *within(one.data, 1, d))
        return inside(body(pairs, one), lambda other: pair(one, other), *known)

    return settle(then(found, inside(pairs, row, *STATIC)), *STATIC)


@cache
def logarithm() -> Theorem:
    """The logarithm of that: a sum over i, and one over pairs."""
    told = changed(log(root_of_metric()), distinct())
    own, pairs = sides(told)[1].args[0].args
    told = then(
        told, log_of_product(own, pairs), ranges.log_of_product(own), ranges.log_of_product(pairs)
    )
    outer = sides(told)[1].args[1]
    rows = inside(outer, lambda one: ranges.log_of_product(body(outer, one).args[0]), *STATIC)
    return settle(then(told, rows), *STATIC)


# --- along a path ---------------------------------------------------------------------------------


def at(time: Term) -> dict[Symbol, Term | Family]:
    """Return the values at a time in place of those of one matrix."""
    return {
        W.data: end_at(time),
        U.data: left_at(time),
        V.data: right_at(time),
        sigma: Family((i,), sigma_at(I, time)),
    }


def rate(index: Term) -> Term:
    """Return u_i^T W' v_i."""
    return entry(transpose(left_at(T)) * end_velocity_at(T) * right_at(T), index, index)


def apart(one: Term, other: Term) -> Theorem:
    """sigma_i != sigma_r at time t, for i != r."""
    goal = different(sigma_at(one, T), sigma_at(other, T))
    place = (*within(one.data, 1, d), *within(other.data, 1, d))
    unlike, first, second = different(one, other), at_most(one, other), at_most(other + 1, one)
    before = proved(goal, *ALONG, *DURING, at_most(one + 1, other), *place)
    before = cut(before, indices(at_most(one + 1, other), first, unlike))
    after = proved(goal, *ALONG, *DURING, second, *place)
    return cases(before, after, on=(first, second))


@cache
def values_move() -> Theorem:
    """sigma_r' = u_r^T W' v_r for each r, as the singular values are simple."""
    moving, u, v = specialise(assume(PATH[0]), T), left_at(S), right_at(S)
    found = singular_value(moving, s, u, k, sigma_at(K, S), v, R, (t_0, t_1))
    others = (*within(i, 1, d), different(I, R))
    simple = generalise(apart(I, R), i, *others)
    return generalise(settle(found, simple, *ALONG, *DURING, *PLACE), r, *PLACE)


def own(index: Term) -> Term:
    """Return what sigma_i alone adds."""
    return (1 / N - 1) / sigma_at(index, T) * rate(index)


def of_pair(one: Term, other: Term) -> Term:
    """Return what a pair adds."""
    a, b = sigma_at(one, T), sigma_at(other, T)
    roots, squares = a ** (2 / N) - b ** (2 / N), a**2 - b**2

    def parts(x: Term) -> tuple[Term, Term]:
        return 2 / N * (x ** (2 / N) / x) / roots, 2 * x / squares

    (upper, lower), (upper_b, lower_b) = parts(a), parts(b)
    return (upper - lower) * rate(one) + (lower_b - upper_b) * rate(other)


@cache
def gradient() -> Theorem:
    """(log sqrt(det g))' = sum_i ... u_i^T W' v_i, with the sum over pairs."""
    told = instance(logarithm(), at(S))
    found = differentiate(sides(told)[1], s, T, values_move())
    value, known = found.conclusion.args[1], (*ALONG, *DURING)
    single, pairs = value.args

    def row(one: Term) -> Theorem:
        inner = body(pairs, one)
        given = (*known, *within(one.data, 1, d))
        return inside(inner, lambda other: field(body(inner, other), of_pair(one, other)), *given)

    singles = inside(single, lambda one: field(body(single, one), own(one)), *known)
    found = settle(valued(found, changed(value, singles, inside(pairs, row, *known))), *known)
    same = settle(symmetric(told), *ALONG, *during(S))
    return generalise(settle(derivative_congruence(found, same, s, t_0, t_1), *known), t, *DURING)


@cache
def derive() -> Deduction:
    """Return the theorems about the gradient of the density, for all N and d."""
    proof = Deduction("volume-gradient")
    proof.show("logarithm", logarithm(), "Where the singular values differ,")
    proof.show("values", values_move(), "A simple singular value moves with")
    proof.conclude("gradient", gradient(), "So")
    return proof
