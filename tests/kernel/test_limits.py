"""Rules of limits: true uses, and an attack on each side condition."""

from __future__ import annotations

import pytest

from dlnproof.kernel import limits as r
from dlnproof.kernel.calculus import one_value
from dlnproof.kernel.logic import assume, reflexive, specialise, symmetric, weaken
from dlnproof.kernel.terms import (
    INT,
    REAL,
    SortError,
    Symbol,
    Term,
    at_most,
    derivative,
    different,
    each,
    equal,
    every,
    integer,
    less,
    limit_at_infinity,
    limit_at_zero,
    log,
    number,
    positive,
    power,
    product,
    total,
    variable,
)
from dlnproof.kernel.theorem import Refused, Theorem
from dlnproof.tactics.equations import valued

n, m, k, j, N = (variable(name) for name in ("n", "m", "k", "j", "N"))
e, a, b, p, x, top = (variable(name, REAL) for name in ("e", "a", "b", "p", "x", "top"))
f, g, h, u = (Symbol(name, REAL, (REAL,)) for name in ("f", "g", "h", "u"))
F, G, H = (Symbol(name, REAL, (INT,)) for name in ("F", "G", "H"))

f_ = assume(limit_at_zero(e, f(e.term), a.term))
g_ = assume(limit_at_zero(e, g(e.term), b.term))
F_ = assume(limit_at_infinity(n, F(n.term), a.term))
G_ = assume(limit_at_infinity(n, G(n.term), b.term))


def forall(v: Symbol, sentence: Term, *conditions: Term) -> Theorem:
    """The sentence, from the hypothesis that it holds for all v with the conditions."""
    return specialise(assume(every(v, conditions, sentence)), v.term)


def near(sentence: Term) -> Theorem:
    return forall(e, sentence, positive(e.term), less(e.term, top.term))


def late(sentence: Term, start: int = 3) -> Theorem:
    return forall(n, sentence, at_most(start, n.term))


def test_first_limits() -> None:
    one = number(1)
    assert r.limit_constant(r.ZERO, a.term).conclusion == limit_at_zero(e, a.term, a.term)
    assert r.limit_constant(r.INFINITY, a.term).conclusion == limit_at_infinity(n, a.term, a.term)
    assert r.limit_identity().conclusion == limit_at_zero(e, e.term, number(0))
    assert r.limit_reciprocal().conclusion == limit_at_infinity(n, one / n.term, number(0))
    slow = one / log(one / e.term)
    assert r.limit_reciprocal_log().conclusion == limit_at_zero(e, slow, number(0))
    found = r.limit_power(a.term)
    assert found.conclusion == limit_at_zero(e, power(e.term, a.term), number(0))
    assert found.hypotheses == {positive(a.term)}
    assert r.limit_power(N.term).hypotheses == {at_most(1, N.term)}
    found = r.limit_power_log(a.term, b.term)
    function = power(e.term, a.term) * power(log(one / e.term), b.term)
    assert found.conclusion == limit_at_zero(e, function, number(0))
    assert found.hypotheses == {positive(a.term)}
    assert found.named == {r.LOGARITHM}
    with pytest.raises(Refused):
        r.limit_constant("derivative", a.term)


def test_letters_of_constants_are_not_the_variable() -> None:
    assert r.limit_constant(r.ZERO, e.term).conclusion == limit_at_zero(x, e.term, e.term)
    found = r.limit_power(e.term).conclusion
    assert found == limit_at_zero(x, power(x.term, e.term), number(0))


def to_zero(function: Term, value: Term) -> Term:
    return limit_at_zero(e, function, value)


def to_infinity(function: Term, value: Term) -> Term:
    return limit_at_infinity(n, function, value)


def test_algebra_of_limits() -> None:
    for one, other, bind, f1, f2 in (
        (f_, g_, to_zero, f(e.term), g(e.term)),
        (F_, G_, to_infinity, F(n.term), G(n.term)),
    ):
        A, B = a.term, b.term
        assert r.limit_sum(one, other).conclusion == bind(f1 + f2, A + B)
        assert r.limit_difference(one, other).conclusion == bind(f1 - f2, A - B)
        assert r.limit_product(one, other).conclusion == bind(f1 * f2, A * B)
        found = r.limit_quotient(one, other)
        assert found.conclusion == bind(f1 / f2, A / B)
        assert different(B, 0) in found.hypotheses
        assert one.hypotheses | other.hypotheses <= found.hypotheses


def test_kinds_of_limits_do_not_mix() -> None:
    steady = (limit_at_zero(x, a.term, b.term), limit_at_infinity(m, a.term, a.term))
    with pytest.raises(Refused, match="different functions"):
        one_value(*map(assume, steady))
    for rule in (r.limit_sum, r.limit_product, r.limit_quotient, one_value):
        with pytest.raises(Refused):
            rule(f_, G_)
        with pytest.raises(Refused):
            rule(reflexive(a.term), G_)


def test_the_quotient_of_differences() -> None:
    slope = assume(derivative(x, f(x.term), p.term, a.term))
    found = r.limit_quotient_at_zero(slope)
    function = (f(p.term + e.term) - f(p.term)) / e.term
    assert found.conclusion == limit_at_zero(e, function, a.term)
    with pytest.raises(Refused):
        r.limit_quotient_at_zero(f_)


def test_a_limit_through_a_function() -> None:
    outer = assume(derivative(x, h(x.term), a.term, p.term))
    assert r.limit_through(outer, f_).conclusion == limit_at_zero(e, h(f(e.term)), h(a.term))
    assert r.limit_through(outer, F_).conclusion == limit_at_infinity(n, h(F(n.term)), h(a.term))
    # Differentiable at a, while g tends to b.
    with pytest.raises(Refused, match="is differentiable at"):
        r.limit_through(outer, g_)
    there = assume(equal(b.term, a.term))
    found = r.limit_through(outer, g_, there)
    assert found.conclusion == limit_at_zero(e, h(g(e.term)), h(a.term))
    assert there.conclusion in found.hypotheses
    with pytest.raises(Refused, match="is differentiable at"):
        r.limit_through(outer, g_, symmetric(there))
    # A limit that is a is not a derivative at a.
    with pytest.raises(Refused, match="no derivative"):
        r.limit_through(assume(limit_at_zero(x, h(x.term), a.term)), f_)


def test_a_limit_after_another() -> None:
    small = assume(limit_at_infinity(n, F(n.term), number(0)))
    sign = late(positive(F(n.term)))
    found = r.limit_after(f_, small, sign, n, 3)
    assert found.conclusion == limit_at_infinity(n, f(F(n.term)), a.term)
    assert f_.hypotheses | small.hypotheses <= found.hypotheses
    tiny = assume(limit_at_zero(e, u(e.term), number(0)))
    found = r.limit_after(f_, tiny, near(positive(u(e.term))), e, top.term)
    assert found.conclusion == limit_at_zero(e, f(u(e.term)), a.term)
    assert positive(top.term) in found.hypotheses
    # u need not be positive: f at 0 itself, and below 0, is not known.
    with pytest.raises(Refused, match="does not say"):
        r.limit_after(f_, small, late(at_most(0, F(n.term))), n, 3)
    # Positive at one n; from 3 on, not from 2 on.
    with pytest.raises(Refused, match="is free in the hypothesis"):
        r.limit_after(f_, small, assume(positive(F(n.term))), n, 3)
    with pytest.raises(Refused, match="is free in the hypothesis"):
        r.limit_after(f_, small, sign, n, 2)
    # It tends to b, not to 0.
    with pytest.raises(Refused, match="not to 0"):
        r.limit_after(f_, G_, late(positive(G(n.term))), n, 3)
    # At infinity is not at 0, and an equation is no limit.
    with pytest.raises(Refused):
        r.limit_after(F_, small, sign, n, 3)
    with pytest.raises(Refused):
        r.limit_after(f_, reflexive(a.term), sign, n, 3)
    # The outer function moves with n.
    two = Symbol("two", REAL, (REAL, INT))
    moving = assume(limit_at_zero(e, two(e.term, n.term), a.term))
    with pytest.raises(Refused, match="is free in"):
        r.limit_after(moving, small, sign, n, 3)


FK, AK = Symbol("FK", REAL, (INT, INT)), Symbol("AK", REAL, (INT,))


def indexed(*conditions: Term) -> Theorem:
    sentence = limit_at_infinity(n, FK(n.term, j.term), AK(j.term))
    return weaken(specialise(assume(each(j, 1, N.term, sentence)), k.term), *conditions)


def test_sums_and_products_over_a_range() -> None:
    for rule, bind in ((r.limit_total, total), (r.limit_range_product, product)):
        found = rule(indexed(), k, 1, N.term)
        assert found.conclusion == limit_at_infinity(
            n, bind(k, 1, N.term, FK(n.term, k.term)), bind(k, 1, N.term, AK(k.term))
        )
        assert at_most(0, N.term) in found.hypotheses
        assert not any(k in hypothesis.free for hypothesis in found.hypotheses)
        with pytest.raises(Refused, match="is free in the hypothesis"):
            rule(indexed(equal(k.term, integer(2))), k, 1, N.term)
        with pytest.raises(Refused, match="is free in the hypothesis"):
            rule(indexed(), k, 1, N.term + 1)
        with pytest.raises(SortError):
            rule(indexed(), k, 1, k.term)
        with pytest.raises(SortError):
            rule(r.limit_reciprocal(), k, 1, k.term)
        with pytest.raises(Refused, match="no index"):
            rule(f_, a, 1, N.term)


def test_a_range_does_not_grow_with_n() -> None:
    # sum over k = 1, ..., n of 1/n is 1, and each 1/n -> 0: the n of the range is another letter.
    found = r.limit_total(r.limit_reciprocal(), k, 1, n.term)
    one = number(1)
    growing = limit_at_infinity(
        m, total(k, 1, m.term, one / m.term), total(k, 1, n.term, number(0))
    )
    assert found.conclusion != growing
    assert n in found.conclusion.free


low = assume(limit_at_infinity(n, G(n.term), a.term))
high = assume(limit_at_infinity(n, H(n.term), a.term))
lower, upper = late(at_most(G(n.term), F(n.term))), late(at_most(F(n.term), H(n.term)))


def test_squeezing() -> None:
    found = r.squeeze(lower, upper, (low, high), n, 3)
    assert found.conclusion == limit_at_infinity(n, F(n.term), a.term)
    assert found.named == {r.SQUEEZE}
    given = (low, high, lower, upper)
    assert {c for t in given for c in t.hypotheses if n not in c.free} == found.hypotheses
    # The bounds tend to different numbers.
    with pytest.raises(Refused, match="tend to"):
        r.squeeze(lower, upper, (G_, high), n, 3)
    # The wrong side; one side only; another function.
    for wrong in ((upper, lower), (lower, lower), (upper, upper)):
        with pytest.raises(Refused, match="are not"):
            r.squeeze(*wrong, (low, high), n, 3)
    with pytest.raises(Refused, match="are not"):
        r.squeeze(late(at_most(a.term, F(n.term))), upper, (low, high), n, 3)
    with pytest.raises(Refused, match="no inequality"):
        r.squeeze(reflexive(a.term), upper, (low, high), n, 3)
    # At one n; from another n on.
    one = assume(at_most(G(n.term), F(n.term)))
    with pytest.raises(Refused, match="is free in the hypothesis"):
        r.squeeze(one, upper, (low, high), n, 3)
    with pytest.raises(Refused, match="is free in the hypothesis"):
        r.squeeze(lower, upper, (low, high), n, 2)
    with pytest.raises(Refused, match="is free in"):
        r.squeeze(lower, upper, (low, high), n, n.term)


def test_bounds_do_not_move_with_the_letter() -> None:
    # For each fixed n, FK(m, n) -> a; that says nothing of FK(n, n).
    moving = assume(limit_at_infinity(m, FK(m.term, n.term), a.term))
    below = late(at_most(FK(n.term, n.term), F(n.term)))
    with pytest.raises(Refused, match="is free in"):
        r.squeeze(below, upper, (moving, high), n, 3)
    with pytest.raises(Refused, match="is free in"):
        r.limit_congruence(moving, late(equal(FK(n.term, n.term), F(n.term))), n, 3)
    with pytest.raises(Refused, match="is free in"):
        r.limit_ordered(moving, F_, late(at_most(FK(n.term, n.term), F(n.term))), n, 3)
    itself = assume(limit_at_infinity(m, G(m.term), n.term * number(1)))
    with pytest.raises(Refused, match="is free in"):
        r.limit_congruence(itself, late(equal(G(n.term), F(n.term))), n, 3)


def test_near_zero_there_is_something() -> None:
    # For top <= 0 there is no e with 0 < e < top.
    found = r.limit_congruence(f_, near(equal(f(e.term), h(e.term))), e, top.term)
    assert found.conclusion == limit_at_zero(e, h(e.term), a.term)
    assert positive(top.term) in found.hypotheses
    found = r.limit_ordered(f_, g_, near(at_most(f(e.term), g(e.term))), e, top.term)
    assert found.conclusion == at_most(a.term, b.term)
    assert positive(top.term) in found.hypotheses
    bounds = (f_, assume(limit_at_zero(e, g(e.term), a.term)))
    found = r.squeeze(
        near(at_most(f(e.term), h(e.term))),
        near(at_most(h(e.term), g(e.term))),
        bounds,
        e,
        top.term,
    )
    assert positive(top.term) in found.hypotheses
    # The interval shrinks with e: e < e.
    empty = forall(e, equal(f(e.term), h(e.term)), positive(e.term), less(e.term, e.term))
    with pytest.raises(Refused, match="is free in"):
        r.limit_congruence(f_, empty, e, e.term)


def test_equal_near_the_limit() -> None:
    found = r.limit_congruence(F_, late(equal(F(n.term), H(n.term))), n, 3)
    assert found.conclusion == limit_at_infinity(n, H(n.term), a.term)
    with pytest.raises(Refused, match="is free in the hypothesis"):
        r.limit_congruence(F_, assume(equal(F(n.term), H(n.term))), n, 3)
    with pytest.raises(Refused, match="is not the function"):
        r.limit_congruence(F_, late(equal(H(n.term), F(n.term))), n, 3)
    with pytest.raises(SortError):
        r.limit_congruence(F_, late(equal(F(n.term), H(n.term))), e, 3)


def test_limits_keep_the_order_weakly() -> None:
    found = r.limit_ordered(F_, G_, late(less(F(n.term), G(n.term))), n, 3)
    assert found.conclusion == at_most(a.term, b.term)
    with pytest.raises(Refused, match="is not"):
        r.limit_ordered(F_, G_, late(at_most(G(n.term), F(n.term))), n, 3)
    with pytest.raises(Refused, match="is free in the hypothesis"):
        r.limit_ordered(F_, G_, assume(at_most(F(n.term), G(n.term))), n, 3)


def test_one_limit() -> None:
    again = assume(limit_at_infinity(m, F(m.term), b.term))
    found = one_value(F_, again)
    assert found.conclusion == equal(a.term, b.term)
    assert found.hypotheses == F_.hypotheses | again.hypotheses
    with pytest.raises(Refused, match="different functions"):
        one_value(F_, G_)
    equation = assume(equal(a.term, b.term))
    assert valued(F_, equation).conclusion == again.conclusion
    assert equation.conclusion in valued(F_, equation).hypotheses
    with pytest.raises(Refused, match="is not"):
        valued(F_, symmetric(equation))


def test_the_logarithm_lies_below_its_tangent() -> None:
    found = r.log_below(x.term)
    assert found.conclusion == at_most(log(x.term), x.term - 1)
    assert found.hypotheses == {positive(x.term)}


def test_no_rule_forgets_what_it_was_given() -> None:
    lost = less(a.term, b.term)
    more = weaken(F_, lost)
    for found in (
        r.limit_sum(more, G_),
        r.limit_difference(G_, more),
        r.limit_product(more, G_),
        r.limit_quotient(more, G_),
        r.limit_through(assume(derivative(x, h(x.term), a.term, p.term)), more),
        r.limit_total(weaken(indexed(), lost), k, 1, N.term),
        r.limit_range_product(weaken(indexed(), lost), k, 1, N.term),
        r.squeeze(weaken(lower, lost), upper, (low, high), n, 3),
        r.squeeze(lower, upper, (low, weaken(high, lost)), n, 3),
        r.limit_congruence(more, late(equal(F(n.term), H(n.term))), n, 3),
        r.limit_ordered(more, G_, late(less(F(n.term), G(n.term))), n, 3),
    ):
        assert lost in found.hypotheses
