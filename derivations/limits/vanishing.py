"""Volumes where the last k singular values vanish like e, as products over indices and pairs."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from typing import Final

from dlnproof.definitions.hypotheses import DEPTH, ORDERED, ORTHOGONAL, POSITIVE, STRICT
from dlnproof.definitions.letters import D, N, W, a, b, d, differential, i, l, sigma
from dlnproof.definitions.vanishing import FRAME_AT, LAST, VALUE, differential_at, moving_matrix
from dlnproof.kernel import signs
from dlnproof.kernel.logic import (
    assume,
    cases,
    cut,
    generalise,
    instance,
    negation,
    reflexive,
    rewrite,
    sides,
    specialise,
    symmetric,
    transitive,
    unfold,
)
from dlnproof.kernel.numbers import field, log_of_one, log_of_power, log_of_product, log_of_quotient
from dlnproof.kernel.ranges import chosen
from dlnproof.kernel.terms import (
    Family,
    Symbol,
    Term,
    at_most,
    choose,
    different,
    less,
    log,
    number,
    positive,
    power,
    substitute,
)
from dlnproof.kernel.theorem import Refused, Theorem
from dlnproof.tactics.equations import changed, then
from dlnproof.tactics.rewriting import Known, decided, repeated, rules
from dlnproof.tactics.settle import proved, settle

from .orders import BOTH_STAY, INDEX, LOG, NEAR, PAIR, STAYS, E, I, L, log_positive, mixed, vanishes

GIVEN: Final = (*DEPTH, *ORTHOGONAL, *POSITIVE, *STRICT, *LAST)
PUT: Final[dict[Symbol, Term | Family]] = {
    sigma: Family((i,), VALUE(I, E)),
    W.data: moving_matrix(E),
    differential: Family((D, a, b), differential_at(E, D.term, a.term, b.term)),
}
S_I, S_L, X, Y = sigma(I), sigma(L), VALUE(I, E), VALUE(L, E)
GOES, BOTH_GO = negation(STAYS), negation(BOTH_STAY)


def value(at: Term, case: Term) -> Theorem:
    """Return sigma_i(e) = sigma_i, or e sigma_i, by whether i <= d - k."""
    whole = unfold(VALUE(at, E))
    told = transitive(whole, repeated(sides(whole)[1], decided, case))
    stays = sides(told)[1].args[1] == number(1)
    plain = field(sides(told)[1], sigma(at) if stays else E * sigma(at))
    return transitive(told, plain)


@cache
def values_positive() -> Theorem:
    """Return 0 < sigma_i(e) for all i."""
    found = []
    for case in (STAYS, GOES):
        told = value(I, case)
        above = proved(positive(sides(told)[1]), *GIVEN, *NEAR, *INDEX)
        found.append(rewrite(above, symmetric(told)))
    whole = settle(cases(*found, on=[STAYS, GOES]), *GIVEN, *NEAR, *INDEX)
    return generalise(whole, i, *INDEX)


@cache
def values_ordered() -> Theorem:
    """Return sigma_l(e) < sigma_i(e) for all i < l."""
    order = specialise(specialise(assume(STRICT[0]), I), L)
    _, mixed_, gone, *_ = closer()
    still = rewrite(order, symmetric(value(L, BOTH_STAY)), symmetric(value(I, STAYS)))
    mixed_ = rewrite(mixed_, symmetric(value(L, BOTH_GO)), symmetric(value(I, STAYS)))
    gone = rewrite(gone, symmetric(value(L, BOTH_GO)), symmetric(value(I, GOES)))
    inner = cases(still, mixed_, on=[BOTH_STAY, BOTH_GO])
    whole = cases(inner, settle(gone, GOES, *GIVEN, *PAIR), on=[STAYS, GOES])
    whole = settle(whole, *GIVEN, *NEAR, *PAIR)
    for v, known in ((l, (at_most(I + 1, L), at_most(L, d))), (i, INDEX)):
        whole = generalise(settle(whole, *GIVEN, *NEAR, *known, at_most(1, I)), v, *known)
    return whole


@cache
def places() -> tuple[Theorem | Term, ...]:
    """Return what is known of the moving values, and of W(e)."""
    matrix = reflexive(moving_matrix(E))
    order = values_ordered()
    weak = proved(substitute(ORDERED[0], {sigma: PUT[sigma]}), order)
    frame_ = specialise(assume(FRAME_AT[0]), E)
    return values_positive(), order, weak, matrix, frame_, *GIVEN, *NEAR


def moved(theorem: Theorem) -> Theorem:
    """Return a theorem about sigma_i at sigma_i(e), for 0 < e < 1."""
    found = settle(instance(theorem, PUT), *places())
    return settle(transitive(found, repeated(sides(found)[1], unequal)), *places())


def pair_order_of(base: Term, weight: Term, mixed_form: Term, logs: Term | None) -> Theorem:
    """Return q(i, l, e) = e^w q', of what is at a pair; ``base`` is it with sigma_i and sigma_l.

    Where only l vanishes it is ``mixed_form``, or log(1/e) times it.
    """
    moving = substitute(base, {sigma: PUT[sigma]})
    rest = choose(STAYS, choose(BOTH_STAY, base, mixed_form), base)
    aim = power(E, vanishes(weight))
    aim = aim * rest if logs is None else aim * (power(LOG, mixed(logs)) * rest)
    parts = []
    for facts, at in (
        ((STAYS, BOTH_STAY), (STAYS, BOTH_STAY)),
        ((STAYS, BOTH_GO), (STAYS, BOTH_GO)),
        ((GOES,), (GOES, BOTH_GO)),
    ):
        one = changed(moving, value(I, at[0]), value(L, at[1]))
        other = repeated(aim, decided, *facts)
        one = transitive(one, equal_powers(sides(one)[1], sides(other)[1]))
        known = (*closer(), log_positive(), *facts, *GIVEN, *NEAR, *PAIR)
        parts.append(settle(logs_apart(transitive(one, symmetric(other))), *known))
    inner = cases(*parts[:2], on=[BOTH_STAY, BOTH_GO])
    return settle(cases(inner, parts[2], on=[STAYS, GOES]), *GIVEN, *NEAR, *PAIR)


def equal_powers(one: Term, other: Term) -> Theorem:
    """Return an equation of powers and logarithms of sigma_i, e sigma_i, and e."""
    begun = repeated(one, rules(_log_opened))
    ended = repeated(other, rules(_log_opened))
    return transitive(begun, field(sides(begun)[1], sides(ended)[1]), symmetric(ended))


def _log_opened(term: Term) -> Theorem | None:
    """Take the logarithm of a power, a product or a reciprocal apart."""
    if term.op != "log" or term == LOG:
        return None
    if term == log(E):
        return log_of_small()
    [inner] = term.args
    match inner.op:
        case "^":
            return log_of_power(*inner.args)
        case "*":
            return log_of_product(*inner.args)
        case "/":
            return then(log_of_quotient(*inner.args), log_of_one())
    return None


@cache
def log_of_small() -> Theorem:
    """Return log e = -log(1 / e)."""
    told = then(log_of_quotient(number(1), E), log_of_one())
    return settle(field(log(E), -LOG, (number(1), told)), *NEAR)


@cache
def closer() -> tuple[Theorem, ...]:
    """Return e sigma_l < sigma_i, and e sigma_l < e sigma_i, for i < l."""
    order = specialise(specialise(assume(STRICT[0]), I), L)
    low = specialise(assume(POSITIVE[0]), L)
    near, small = map(assume, NEAR)
    first = signs.certificate(less(E * S_L, S_I), [[order], [small, low]])
    second = signs.certificate(less(E * S_L, E * S_I), [[near, order]])
    high = specialise(assume(POSITIVE[0]), I)
    squares = S_I**2 - E**2 * S_L**2
    third = signs.certificate(less(number(0), squares), [[first, high], [first, near, low]])
    product_ = proved(at_most(number(0), E * S_L), *GIVEN, *NEAR, *PAIR)
    powers = signs.power_monotone(product_, first, 2 / N)
    apart = S_I ** (2 / N) - E ** (2 / N) * S_L ** (2 / N)
    fourth = signs.certificate(less(number(0), apart), [[powers]])
    found = (order, first, second, signs.apart(third), signs.apart(fourth))
    return tuple(settle(t, *GIVEN, *NEAR, *PAIR) for t in found)


def logs_apart(theorem: Theorem) -> Theorem:
    """Discharge that logarithms of two values differ, of which both or the lower one vanishes."""
    for hypothesis in theorem.hypotheses:
        if hypothesis.op == "!=" and any(t.op == "log" for t in hypothesis.parts()):
            theorem = cut(theorem, _not_zero(hypothesis.args[0]))
    return theorem


def _not_zero(value_: Term) -> Theorem:
    if value_.op == "/":
        below = _not_zero(value_.args[1])
        return proved(different(value_, 0), below, *closer(), *GIVEN, *NEAR, *PAIR)
    if value_ == LOG:
        return signs.apart(log_positive())
    order = signs.log_monotone(specialise(assume(POSITIVE[0]), L), closer()[0])
    ways: list[list[list[signs.Factor]]] = [[[2, order]], [[2, order], [2, log_positive()]]]
    for way in ways:
        with suppress(Refused):
            return signs.apart(signs.certificate(less(number(0), value_), way))
    raise Refused(f"{value_} may be 0")


def unequal(term: Term, known: Known) -> Theorem | None:
    """Make a choice by whether two moving values are equal: they are not."""
    if term.op != "if" or term.args[0].op != "=" or term.args[0].args[0].op != "defined":
        return None
    return chosen(term, proved(different(*term.args[0].args), *known, *places()))


def index_order_of(base: Term, weight: Term) -> Theorem:
    """Return p(i, e) = e^w p(i)."""
    moving = substitute(base, {sigma: PUT[sigma]})
    aim = power(E, vanishes(weight)) * base
    parts = []
    for case in (STAYS, GOES):
        one, other = changed(moving, value(I, case)), repeated(aim, decided, case)
        one = transitive(one, field(sides(one)[1], sides(other)[1]), symmetric(other))
        parts.append(settle(one, *GIVEN, *NEAR, *INDEX))
    return settle(cases(*parts, on=[STAYS, GOES]), *GIVEN, *NEAR, *INDEX)
