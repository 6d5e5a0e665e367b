"""What moves along a path of matrices whose singular values differ."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

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
    U,
    V,
    W,
    d,
    end_at,
    i,
    k,
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
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.terms import Family, Symbol, Term, at_most, different, within
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import body, changed, inside, valued
from dlnproof.tactics.settle import proved, settle

S, T, K, R, I = (letter.term for letter in (s, t, k, r, i))
STATIC = (*DEPTH, *WIDTH, *SVD, *POSITIVE, *STRICT)
ALONG = (*DEPTH, *WIDTH, *PATH, *SVD_OF_END[:3], *POSITIVE_AT, *STRICT_AT)
PLACE = within(r, 1, d)

Pair = Callable[[Term, Term], Theorem]


def of_pairs(binder: Term, equation: Pair, *known: Theorem | Term) -> Theorem:
    """Return: a sum or product over pairs i < l is that of what stands in it, changed."""

    def row(one: Term) -> Theorem:
        given = (*known, *within(one.data, 1, d))
        return inside(body(binder, one), lambda other: equation(one, other), *given)

    return inside(binder, row, *known)


def distinct(pairs: Term, value: Callable[[Term, Term], Term]) -> Theorem:
    """Return a product over pairs with what it has for two values that differ."""

    def chosen(one: Term, other: Term) -> Theorem:
        whole = body(body(pairs, one), other)
        choice = next(part for part in whole.parts() if part.op == "if")
        place = (*within(one.data, 1, d), *within(other.data, one + 1, d))
        unlike = proved(different(*choice.args[0].args), *STATIC, *place)
        found = ranges.chosen(choice, unlike)
        found = found if choice == whole else changed(whole, found)
        return transitive(found, field(sides(found)[1], value(sigma(one), sigma(other))))

    return of_pairs(pairs, chosen, *STATIC)


def summed(pairs: Term, value: Callable[[Term, Term], Term], *known: Term) -> Theorem:
    """Return a sum over pairs with another form of each summand."""
    return of_pairs(
        pairs,
        lambda one, other: field(body(body(pairs, one), other), value(one, other)),
        *known,
    )


def log_of_pairs(pairs: Term) -> Theorem:
    """The logarithm of a product over pairs is the sum of theirs."""
    told = ranges.log_of_product(pairs)
    outer = sides(told)[1]
    rows = inside(outer, lambda one: ranges.log_of_product(body(outer, one).args[0]), *STATIC)
    return transitive(told, rows)


# --- along a path ---------------------------------------------------------------------------------


def at(time: Term) -> dict[Symbol, Term | Family]:
    """Return the values at a time in place of those of one matrix."""
    return {
        W.data: end_at(time),
        U.data: left_at(time),
        V.data: right_at(time),
        sigma: Family((i,), sigma_at(I, time)),
    }


def in_either_order(goal: Term, one: Term, other: Term) -> Theorem:
    """Return a sentence about sigma_i and sigma_r at time t, i != r: it holds in either order."""
    place = (*within(one.data, 1, d), *within(other.data, 1, d))
    unlike, first, second = different(one, other), at_most(one, other), at_most(other + 1, one)
    before = proved(goal, *ALONG, *DURING, at_most(one + 1, other), *place)
    strictly = at_most(one + 1, other)
    if strictly in before.hypotheses:
        before = cut(before, indices(strictly, first, unlike))
    after = proved(goal, *ALONG, *DURING, second, *place)
    return cases(before, after, on=(first, second))


def apart(one: Term, other: Term) -> Theorem:
    """sigma_i != sigma_r at time t, for i != r."""
    return in_either_order(different(sigma_at(one, T), sigma_at(other, T)), one, other)


@cache
def values_move() -> Theorem:
    """sigma_r' = u_r^T W' v_r for each r, as the singular values are simple."""
    moving, u, v = specialise(assume(PATH[0]), T), left_at(S), right_at(S)
    found = singular_value(moving, s, u, k, sigma_at(K, S), v, R, (t_0, t_1))
    others = (*within(i, 1, d), different(I, R))
    simple = generalise(apart(I, R), i, *others)
    return generalise(settle(found, simple, *ALONG, *DURING, *PLACE), r, *PLACE)


def derived(told: Theorem, change: Callable[[Term], Theorem], *more: Term) -> Theorem:
    """Return f' from f = g along the path; ``change`` says what the derivative of g comes to."""
    known = (*ALONG, *more)
    found = differentiate(sides(told)[1], s, T, values_move())
    found = settle(valued(found, change(found.conclusion.args[1])), *known, *DURING)
    same = settle(symmetric(told), *known, *during(S))
    found = settle(derivative_congruence(found, same, s, t_0, t_1), *known, *DURING)
    return generalise(found, t, *DURING)
