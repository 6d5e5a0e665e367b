"""Orders of products over indices and pairs, of which the last k indices vanish like e.

A product prod_i p(i, e) prod_{i<l} q(i, l, e) with p(i, e) = e^a p(i) for the last k indices i,
and q(i, l, e) = e^b q(i, l) for pairs of these, is of order a k + b k (k - 1) / 2; pairs of which
only l is one of them have a limit, or one after a division by log(1 / e).
"""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.definitions.letters import d, e, i, k, l
from dlnproof.definitions.vanishing import LAST
from dlnproof.kernel import limits, signs
from dlnproof.kernel.logic import (
    assume,
    cases,
    instance,
    negation,
    rewrite,
    sides,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field, field_in, log_of_one
from dlnproof.kernel.ranges import (
    chosen,
    constant,
    power_of_sum,
    product_of_products,
    split,
    telescope,
)
from dlnproof.kernel.terms import (
    INT,
    Term,
    at_most,
    choose,
    fresh,
    less,
    log,
    number,
    opened,
    positive,
    power,
    total,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.equations import body, inside, then, valued
from dlnproof.tactics.rewriting import Known, decided, first, repeated
from dlnproof.tactics.settle import proved, settle

E, I, L, K = e.term, i.term, l.term, k.term
FIXED: Final = d - K
"""How many indices do not vanish."""
NEAR: Final = (positive(E), less(E, number(1)))
INDEX: Final = within(i, 1, d)
PAIR: Final = (at_most(1, I), at_most(I + 1, L), at_most(L, d))
STAYS, BOTH_STAY = at_most(I, FIXED), at_most(L, FIXED)
LOG: Final = log(1 / E)


def vanishes(weight: Term) -> Term:
    """Return the weight where i is one of the last k indices, and else 0."""
    return choose(STAYS, number(0), weight)


def mixed(weight: Term) -> Term:
    """Return the weight where l is one of the last k indices, and i is not, and else 0."""
    return choose(STAYS, choose(BOTH_STAY, number(0), weight), number(0))


def _added(whole: Term, at: Term, *known: Term) -> Theorem:
    """Return a sum split at an index, with choices made that are decided in its parts."""
    halves = split(whole, at)
    return transitive(halves, repeated(sides(halves)[1], first(decided, _flat), *known))


def _flat(term: Term, known: Known) -> Theorem | None:
    """Add up what is the same for all indices."""
    if term.op != "sum":
        return None
    found = constant(term) if _is_constant(term) else None
    return None if found is None else settle(found, *known)


def _is_constant(whole: Term) -> bool:
    v = fresh(INT)
    return v not in body(whole, v.term).free


def single_count(weight: Term) -> Theorem:
    """Return: a weight at each of the last k indices adds up to k times it."""
    whole = total(i, 1, d, vanishes(weight))
    found = _added(whole, FIXED, *LAST)
    return settle(transitive(found, field(sides(found)[1], K * weight)), *LAST)


def pair_count(weight: Term) -> Theorem:
    """Return: a weight at each pair of the last k indices adds up to k (k - 1) / 2 times it."""
    whole = total(i, 1, d, total(l, I + 1, d, vanishes(weight)))
    rows = inside(whole, lambda v: constant(body(whole, v)), *LAST)
    found = then(rows, split(sides(rows)[1], FIXED))
    found = transitive(found, repeated(sides(found)[1], decided, *LAST))
    last = next(t for t in _sums(sides(found)[1]) if t.args[0] == FIXED + 1)

    def f(index: Term) -> Term:
        return -(weight * (number(d - index + 1) * number(d - index)) / 2)

    steps = inside(last, lambda v: field(body(last, v), f(v + 1) - f(v)))
    found = then(found, transitive(steps, telescope(sides(steps)[1])))
    found = transitive(found, repeated(sides(found)[1], _nothing, *LAST))
    closed = K * (K - 1) / 2 * weight
    return settle(transitive(found, field(sides(found)[1], closed)), *LAST)


def _nothing(term: Term, known: Known) -> Theorem | None:
    """Add up multiples of 0."""
    if term.op == "*" and number(0) in term.args:
        return field(term, number(0))
    return _flat(term, known)


def _sums(term: Term) -> list[Term]:
    return [part for part in term.parts() if part.op == "sum"]


def mixed_count(weight: Term) -> Theorem:
    """Return: a weight at each pair with one of the last k adds up to k (d - k) times it."""
    whole = total(i, 1, d, total(l, I + 1, d, mixed(weight)))
    halves = split(whole, FIXED)
    parts = sides(halves)[1].args

    def row(v: Term) -> Theorem:
        inner = body(parts[0], v)
        known = (at_most(1, v), at_most(v, FIXED), *LAST)
        made = repeated(inner, decided, *known)
        return settle(transitive(made, _added(sides(made)[1], FIXED, *known)), *known)

    found = then(halves, inside(parts[0], row, *LAST))
    found = transitive(found, repeated(sides(found)[1], first(decided, _nothing), *LAST))
    return settle(transitive(found, field(sides(found)[1], K * (d - K) * weight)), *LAST)


# --- limits of choices, and of products -----------------------------------------------------------


def of_choice(choice: Term, value: Term, one: Theorem, other: Theorem) -> Theorem:
    """Return the limit of a choice that does not move, from that in both cases."""
    found = []
    condition = choice.args[0]
    on = (condition, negation(condition))
    for theorem, case in zip((one, other), on, strict=True):
        here, there = (symmetric(chosen(x, assume(case))) for x in (choice, value))
        found.append(valued(limits.limit_congruence(theorem, here, e, 1), there))
    return settle(cases(*found, on=on))


def rest_tends(rest: Term, mixed_limit: Theorem) -> Theorem:
    """Return the limit of what is left of a pair: it moves in mixed pairs alone."""
    inner, last = rest.args[1:]
    still, moving = inner.args[1:]
    value = choose(BOTH_STAY, still, mixed_limit.conclusion.args[0])
    assert opened(mixed_limit.conclusion, E) == (moving,)
    constant_ = limits.limit_constant(limits.ZERO, still)
    within_ = of_choice(inner, value, constant_, mixed_limit)
    outside = limits.limit_constant(limits.ZERO, last)
    return of_choice(rest, choose(STAYS, value, last), within_, outside)


@cache
def log_positive() -> Theorem:
    """Return 0 < log(1 / e), for 0 < e < 1."""
    one = number(1)
    more = signs.certificate(
        less(one, 1 / E), [[assume(NEAR[1]), proved(less(number(0), 1 / E), *NEAR)]]
    )
    found = signs.log_monotone(signs.decided(less(number(0), one)), more)
    return settle(rewrite(found, log_of_one()), *NEAR)


def apart(whole: Term) -> Theorem:
    """Return: the product of e^w f is e to the sum of w, times the product of f."""
    found = product_of_products(whole)
    return then(found, power_of_sum(sides(found)[1].args[0]))


def index_order(whole: Term, index: Theorem, weight: Term, *known: Theorem | Term) -> Theorem:
    """Return prod_i p(i, e) = e^(a k) prod_i p(i)."""
    found = inside(whole, lambda v: instance(index, {i: v}), *known, *NEAR)
    found = transitive(found, apart(sides(found)[1]))
    return settle(then(found, single_count(weight)), *known, *NEAR, *LAST)


def pair_order(
    whole: Term, pair: Theorem, weight: Term, logs: Term | None, *known: Theorem | Term
) -> Theorem:
    """Return prod_{i<l} q = e^(b k (k-1) / 2) log(1/e)^(c k (d-k)) prod_{i<l} r."""

    def row(v: Term) -> Theorem:
        inner = body(whole, v)
        facts = (*known, *NEAR, at_most(1, v), at_most(v, d))
        told = inside(inner, lambda w: instance(pair, {i: v, l: w}), *facts)
        told = transitive(told, apart(sides(told)[1]))
        if logs is not None:
            rest = sides(told)[1].args[1]
            told = then(told, apart(rest))
        return told

    found = inside(whole, row, *known, *NEAR, log_positive())
    found = transitive(found, apart(sides(found)[1]))
    found = then(found, pair_count(weight))
    if logs is not None:
        found = then(found, apart(sides(found)[1].args[1]), mixed_count(logs))
    return settle(found, *known, *NEAR, *LAST, log_positive())


def tends_to(
    told: Theorem,
    index: tuple[Theorem, Term] | None,
    pair: tuple[Theorem, Term, Term | None],
    rest: Theorem,
    *known: Theorem | Term,
) -> Theorem:
    """Return the limit of F(e) / (e^x log(1/e)^y), for F(e) = prod_i p prod_{i<l} q.

    ``index`` says p = e^w p', ``pair`` says q = e^w q', with their weights, without an index F is
    the product over pairs; ``rest`` is the limit of q'.
    """
    whole, right = sides(told)
    two = pair_order(right if index is None else right.args[1], *pair, *known)
    order, left = sides(two)[1].args
    found, exponent, constant_ = then(told, two), order.args[1], number(1)
    if index is not None:
        one = index_order(right.args[0], *index, *known)
        found = then(found, one)
        power_, constant_ = sides(one)[1].args
        exponent = power_.args[1] + exponent
    scale = power(E, exponent)
    if pair[2] is not None:
        logs, left = left.args
        scale = scale * logs
    limit = settle(limits.limit_range_product(rest, l, I + 1, d), *known, *INDEX)
    limit = limits.limit_range_product(limit, i, 1, d)
    limit = limits.limit_product(limits.limit_constant(limits.ZERO, constant_), limit)
    function = whole / scale
    equation = field_in((whole,), constant_ * left, function, (-(1 / scale), found))
    equation = settle(equation, *known, *NEAR, *LAST, log_positive())
    return settle(limits.limit_congruence(limit, equation, e, 1), *known, *LAST)
