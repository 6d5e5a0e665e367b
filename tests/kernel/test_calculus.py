"""Rules of differentiation: true uses, and an attack on each side condition."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from dlnproof.kernel import calculus as c
from dlnproof.kernel.logic import assume, instance, reflexive, specialise, symmetric, weaken
from dlnproof.kernel.terms import (
    INT,
    REAL,
    SortError,
    Symbol,
    Term,
    argument,
    at_most,
    derivative,
    diagonal,
    different,
    each,
    entry,
    equal,
    every,
    gradient,
    identity,
    inner,
    integer,
    less,
    linear,
    log,
    matrix_sort,
    number,
    opened,
    positive,
    power,
    product,
    substitute,
    total,
    trace,
    transpose,
    variable,
    zero,
)
from dlnproof.kernel.theorem import Refused, Theorem
from dlnproof.tactics.equations import valued

d, N, k, j = (variable(name) for name in ("d", "N", "k", "j"))
s, t, p, q, a, b = (variable(name, REAL) for name in ("s", "t", "p", "q", "a", "b"))
SQUARE = matrix_sort(d.term)
f, g = (Symbol(name, REAL, (REAL,)) for name in ("f", "g"))
df, dg = (Symbol(name, REAL, (REAL,)) for name in ("df", "dg"))
F, G = (Symbol(name, SQUARE, (REAL,)) for name in ("F", "G"))
DF, DG = (Symbol(name, SQUARE, (REAL,)) for name in ("DF", "DG"))
H, P = (variable(name, SQUARE) for name in ("H", "P"))
loss = Symbol("loss", REAL, (SQUARE,))


def known(function: Symbol, value: Symbol, at: Symbol = p) -> Theorem:
    return assume(derivative(s, function(s.term), at.term, value(at.term)))


def concluded(theorem: Theorem, function: Term, value: Term, at: Symbol = p) -> None:
    assert theorem.conclusion == derivative(s, function, at.term, value)


def more(theorem: Theorem, *parents: Theorem) -> set[Term]:
    """Hypotheses that a rule adds."""
    given = frozenset[Term]().union(*(parent.hypotheses for parent in parents))
    assert given <= theorem.hypotheses
    return set(theorem.hypotheses - given)


f_, g_, F_, G_ = known(f, df), known(g, dg), known(F, DF), known(G, DG)


def test_constants_and_the_identity() -> None:
    concluded(c.derivative_constant(a.term, p.term), a.term, number(0))
    concluded(c.derivative_constant(P.term, p.term), P.term, zero(d.term))
    concluded(c.derivative_identity(p.term), s.term, number(1))


def test_what_depends_on_the_variable_is_no_constant() -> None:
    # A letter s of the constant is another than the variable of the function.
    found = c.derivative_constant(s.term, p.term)
    assert found.conclusion != c.derivative_identity(p.term).conclusion
    assert found.conclusion == derivative(t, s.term, p.term, number(0))


def test_sum_difference_product_and_quotient() -> None:
    at = (f(p.term), g(p.term), df(p.term), dg(p.term))
    concluded(c.derivative_sum(f_, g_), f(s.term) + g(s.term), at[2] + at[3])
    concluded(c.derivative_difference(f_, g_), f(s.term) - g(s.term), at[2] - at[3])
    concluded(c.derivative_product(f_, g_), f(s.term) * g(s.term), at[2] * at[1] + at[0] * at[3])
    found = c.derivative_quotient(f_, g_)
    value = (at[2] * at[1] - at[0] * at[3]) / power(at[1], 2)
    concluded(found, f(s.term) / g(s.term), value)
    assert more(found, f_, g_) == {different(at[1], 0)}


def test_products_of_matrices_keep_their_order() -> None:
    value = DF(p.term) * G(p.term) + F(p.term) * DG(p.term)
    concluded(c.derivative_product(F_, G_), F(s.term) * G(s.term), value)
    scaled = df(p.term) * G(p.term) + f(p.term) * DG(p.term)
    concluded(c.derivative_product(f_, G_), f(s.term) * G(s.term), scaled)
    with pytest.raises(SortError):
        c.derivative_product(G_, f_)


def test_derivatives_at_different_points_do_not_mix() -> None:
    for rule in (c.derivative_sum, c.derivative_product, c.derivative_quotient):
        with pytest.raises(Refused, match="different points"):
            rule(f_, known(g, dg, q))


def test_powers_say_where_they_hold() -> None:
    at = f(p.term)
    for exponent, nonzero, condition in (
        (a.term, False, {positive(at)}),
        (number(Fraction(1, 2)), False, {positive(at)}),
        (number(2), False, {positive(at)}),
        (N.term, False, {at_most(0, N.term)}),
        (N.term, True, {different(at, 0)}),
        (integer(3), False, set()),
        (integer(-1), True, {different(at, 0)}),
        # Not provable, so that x^-1 at 0 has no derivative here.
        (integer(-1), False, {at_most(0, integer(-1))}),
    ):
        found = c.derivative_power(f_, exponent, nonzero=nonzero)
        value = number(exponent) * power(at, exponent - 1) * df(p.term)
        concluded(found, power(f(s.term), exponent), value)
        assert more(found, f_) == condition
    with pytest.raises(Refused, match="matrix"):
        c.derivative_power(F_, integer(2))


def test_an_exponent_does_not_move_with_the_base() -> None:
    # s^s: the exponent s is another letter than the variable.
    found = c.derivative_power(c.derivative_identity(p.term), s.term)
    [at_q] = opened(found.conclusion, q.term)
    assert at_q == power(q.term, s.term)


def test_exponentials_and_logarithms_need_what_is_positive() -> None:
    found = c.derivative_exponential(a.term, f_)
    value = log(a.term) * power(a.term, f(p.term)) * df(p.term)
    concluded(found, power(a.term, f(s.term)), value)
    assert more(found, f_) == {positive(a.term)}
    found = c.derivative_log(f_)
    concluded(found, log(f(s.term)), df(p.term) / f(p.term))
    assert more(found, f_) == {positive(f(p.term))}
    with pytest.raises(Refused):
        c.derivative_exponential(P.term, f_)


def test_linear_images() -> None:
    concluded(c.derivative_transpose(F_), transpose(F(s.term)), transpose(DF(p.term)))
    concluded(c.derivative_trace(F_), trace(F(s.term)), trace(DF(p.term)))
    found = c.derivative_entry(F_, integer(1), k.term)
    concluded(found, entry(F(s.term), 1, k.term), entry(DF(p.term), 1, k.term))
    columns = {at_most(1, k.term), at_most(k.term, d.term)}
    assert columns <= more(found, F_)
    rows = {at_most(1, j.term), at_most(j.term, d.term)}
    assert more(c.derivative_entry(F_, j.term, k.term), F_) == rows | columns
    map_ = assume(linear(H, P.term * H.term))
    concluded(c.derivative_linear(map_, F_), P.term * F(s.term), P.term * DF(p.term))
    with pytest.raises(Refused, match="linear"):
        c.derivative_linear(assume(equal(P.term, H.term)), F_)


A, DA = (Symbol(name, SQUARE, (INT, REAL)) for name in ("A", "DA"))
h, dh = (Symbol(name, REAL, (INT, REAL)) for name in ("h", "dh"))


def known_for_all(function: Symbol, value: Symbol) -> Term:
    sentence = derivative(s, function(j.term, s.term), p.term, value(j.term, p.term))
    return each(j, 1, N.term, sentence)


def indexed(function: Symbol, value: Symbol, *conditions: Term) -> Theorem:
    """The derivative of F_k from that of all F_j, and more conditions."""
    given = specialise(assume(known_for_all(function, value)), k.term)
    return weaken(given, *conditions)


def test_sums_and_products_over_a_range() -> None:
    one = indexed(h, dh)
    found = c.derivative_total(one, k, 1, N.term)
    concluded(
        found,
        total(k, 1, N.term, h(k.term, s.term)),
        total(k, 1, N.term, dh(k.term, p.term)),
    )
    assert found.hypotheses == {known_for_all(h, dh), at_most(0, N.term)}
    matrices = indexed(A, DA)
    found = c.derivative_range_product(matrices, k, 1, N.term)
    above = product(k, j.term + 1, N.term, A(k.term, p.term))
    below = product(k, 1, j.term - 1, A(k.term, p.term))
    concluded(
        found,
        product(k, 1, N.term, A(k.term, s.term)),
        total(j, 1, N.term, above * DA(j.term, p.term) * below),
    )
    assert found.hypotheses == {known_for_all(A, DA), at_most(0, N.term)}
    found = c.derivative_diagonal(instance(one, {N: d.term}), k, d.term)
    concluded(
        found,
        diagonal(k, d.term, h(k.term, s.term)),
        diagonal(k, d.term, dh(k.term, p.term)),
    )
    assert at_most(0, d.term) in found.hypotheses


def test_factors_of_different_shapes() -> None:
    size = Symbol("n", INT, (INT,))
    shape = matrix_sort(size(argument(0)), size(argument(0) - 1))
    B, DB = Symbol("B", shape, (INT, REAL)), Symbol("DB", shape, (INT, REAL))
    found = c.derivative_range_product(indexed(B, DB), k, 1, N.term)
    assert found.conclusion.args[1].sort == matrix_sort(size(N.term), size(0))
    with pytest.raises(SortError):
        c.derivative_total(indexed(B, DB), k, 1, N.term)


def diagonal_to(theorem: Theorem, v: Symbol, _: int, size: Term) -> Theorem:
    return c.derivative_diagonal(theorem, v, size)


@pytest.mark.parametrize("rule", [c.derivative_total, c.derivative_range_product, diagonal_to])
def test_an_index_is_bound_by_its_range_alone(rule: Callable[..., Theorem]) -> None:
    # Known for one k with another property: not for all k.
    with pytest.raises(Refused, match="is free in the hypothesis"):
        rule(indexed(h, dh, equal(k.term, integer(2))), k, 1, N.term)
    # Known for k <= N, wanted for k <= N + 1.
    with pytest.raises(Refused, match="is free in the hypothesis"):
        rule(indexed(h, dh), k, 1, N.term + 1)
    # The end depends on the index.
    with pytest.raises(Refused):
        rule(indexed(h, dh), k, 1, k.term)
    # No index at all.
    with pytest.raises(Refused):
        rule(f_, a, 1, N.term)


def test_the_point_does_not_depend_on_the_index() -> None:
    points = Symbol("points", REAL, (INT,))
    one = c.derivative_power(c.derivative_identity(points(k.term)), integer(2))
    assert not one.hypotheses
    with pytest.raises(Refused, match="is free in"):
        c.derivative_total(one, k, 1, N.term)


def test_a_range_is_not_emptier_than_empty() -> None:
    one = c.derivative_constant(h(k.term, q.term), p.term)
    for found in (
        c.derivative_total(one, k, 1, N.term),
        c.derivative_range_product(one, k, 1, N.term),
    ):
        assert found.hypotheses == {at_most(0, N.term)}


def test_the_chain_rule() -> None:
    outer = assume(derivative(t, g(t.term), f(p.term), a.term))
    concluded(c.derivative_chain(outer, f_), g(f(s.term)), df(p.term) * a.term)
    elsewhere = assume(derivative(t, g(t.term), q.term, a.term))
    with pytest.raises(Refused, match="needed at"):
        c.derivative_chain(elsewhere, f_)
    there = assume(equal(f(p.term), q.term))
    found = c.derivative_chain(elsewhere, f_, there)
    concluded(found, g(f(s.term)), df(p.term) * a.term)
    assert there.conclusion in found.hypotheses
    with pytest.raises(Refused, match="needed at"):
        c.derivative_chain(elsewhere, f_, symmetric(there))
    with pytest.raises(Refused, match="no derivative"):
        c.derivative_chain(reflexive(a.term), f_)
    with pytest.raises(Refused, match="no derivative"):
        c.derivative_chain(f_, reflexive(a.term))
    matrices = assume(derivative(t, g(t.term), p.term, a.term))
    with pytest.raises((SortError, Refused)):
        c.derivative_chain(matrices, F_)


def test_one_derivative() -> None:
    other = assume(derivative(t, f(t.term), p.term, a.term))
    found = c.one_value(f_, other)
    assert found.conclusion == equal(df(p.term), a.term)
    assert found.hypotheses == f_.hypotheses | other.hypotheses
    with pytest.raises(Refused, match="different functions"):
        c.one_value(f_, g_)
    with pytest.raises(Refused, match="different points"):
        c.one_value(f_, known(f, df, q))


def test_the_value_is_replaced_by_an_equal_one() -> None:
    equation = assume(equal(df(p.term), a.term))
    found = valued(f_, equation)
    concluded(found, f(s.term), a.term)
    assert equation.conclusion in found.hypotheses
    with pytest.raises(Refused):
        valued(f_, symmetric(equation))


def forall(v: Symbol, sentence: Term, *conditions: Term) -> Theorem:
    """The sentence, from the hypothesis that it holds for all v with the conditions."""
    return specialise(assume(every(v, conditions, sentence)), v.term)


def test_functions_that_are_equal_have_one_derivative() -> None:
    same = forall(s, equal(f(s.term), g(s.term)))
    concluded(c.derivative_congruence(f_, same, s), g(s.term), df(p.term))
    near = forall(s, equal(f(s.term), g(s.term)), less(a.term, s.term), less(s.term, b.term))
    found = c.derivative_congruence(f_, near, s, a.term, b.term)
    concluded(found, g(s.term), df(p.term))
    assert {less(a.term, p.term), less(p.term, b.term)} <= found.hypotheses
    # Without the interval the conditions stay, and have the letter.
    with pytest.raises(Refused, match="is free in the hypothesis"):
        c.derivative_congruence(f_, near, s)
    with pytest.raises(Refused, match="is free in the hypothesis"):
        c.derivative_congruence(f_, near, s, a.term)


def test_equal_at_one_point_is_not_equal() -> None:
    # f(s) = g(s) is assumed of one s.
    one = assume(equal(f(s.term), g(s.term)))
    with pytest.raises(Refused, match="is free in the hypothesis"):
        c.derivative_congruence(f_, one, s)
    with pytest.raises(Refused, match="is not the function"):
        c.derivative_congruence(f_, assume(equal(f(p.term), g(p.term))), s)
    # A closed interval may end at the point: only an open one will do.
    closed = forall(
        s, equal(f(s.term), g(s.term)), at_most(a.term, s.term), at_most(s.term, b.term)
    )
    with pytest.raises(Refused, match="is free in the hypothesis"):
        c.derivative_congruence(f_, closed, s, a.term, b.term)


def test_the_letter_of_a_congruence_is_new() -> None:
    # x -> (x - s)^2 at p, and (s - s)^2 = 0: the derivative is not that of 0.
    two = Symbol("two", REAL, (REAL, REAL))
    moving = assume(derivative(t, two(t.term, s.term), p.term, a.term))
    diagonal_ = forall(s, equal(two(s.term, s.term), number(0)))
    with pytest.raises(Refused, match="is free in"):
        c.derivative_congruence(moving, diagonal_, s)
    at_s = assume(derivative(t, f(t.term), s.term, a.term))
    with pytest.raises(Refused, match="is free in"):
        c.derivative_congruence(at_s, forall(s, equal(f(s.term), g(s.term))), s)
    same = forall(s, equal(f(s.term), g(s.term)), less(s.term, s.term))
    for ends in ((s.term, s.term), (s.term, None), (None, s.term)):
        with pytest.raises(Refused, match=r"is free in|s is free in"):
            c.derivative_congruence(f_, same, s, *ends)


def test_conditions_on_the_letter_are_kept_where_they_are_about_another() -> None:
    # The derivative itself is known only if a < s: that hypothesis stays.
    given = weaken(f_, less(a.term, s.term))
    near = forall(s, equal(f(s.term), g(s.term)), less(a.term, s.term))
    found = c.derivative_congruence(given, near, s, a.term)
    assert {less(a.term, s.term), less(a.term, p.term)} <= found.hypotheses


# --- gradients ------------------------------------------------------------------------------------

slope = assume(gradient(H, loss(H.term), F(p.term), P.term))


def test_the_chain_rule_of_a_gradient() -> None:
    found = c.gradient_chain(slope, F_)
    concluded(found, loss(F(s.term)), inner(P.term, DF(p.term)))
    with pytest.raises(Refused, match="needed at"):
        c.gradient_chain(slope, G_)
    there = assume(equal(G(p.term), F(p.term)))
    assert there.conclusion in c.gradient_chain(slope, G_, there).hypotheses
    with pytest.raises(Refused, match="no gradient"):
        c.gradient_chain(F_, F_)


L, R, Q, X = (variable(name, SQUARE) for name in ("L", "R", "Q", "X"))


def test_the_gradient_behind_a_linear_map() -> None:
    map_ = assume(linear(H, L.term * H.term * R.term))
    outer = assume(gradient(H, loss(H.term), L.term * Q.term * R.term, P.term))
    back = transpose(L.term) * P.term * transpose(R.term)
    sides = equal(inner(P.term, L.term * X.term * R.term), inner(back, X.term))
    adjoint = forall(X, sides)
    found = c.gradient_linear(outer, map_, adjoint, X, Q.term)
    assert found.conclusion == gradient(H, loss(L.term * H.term * R.term), Q.term, back)
    assert outer.conclusion in found.hypotheses
    assert map_.conclusion in found.hypotheses
    # At what the map has there, by a theorem.
    there = assume(gradient(H, loss(H.term), X.term, P.term))
    same = assume(equal(L.term * Q.term * R.term, X.term))
    assert (
        c.gradient_linear(there, map_, adjoint, X, Q.term, at=same).conclusion == found.conclusion
    )
    # Of one X, not of all.
    with pytest.raises(Refused, match="is free in the hypothesis"):
        c.gradient_linear(outer, map_, assume(sides), X, Q.term)
    # At another point.
    with pytest.raises(Refused, match="needed at"):
        c.gradient_linear(outer, map_, adjoint, X, P.term)
    # Not a linear map; no gradient; not this map.
    for wrong in ((outer, outer), (map_, map_)):
        with pytest.raises(Refused, match="a gradient, and a linear map"):
            c.gradient_linear(*wrong, adjoint, X, Q.term)
    other = forall(X, equal(inner(L.term, L.term * X.term * R.term), inner(back, X.term)))
    with pytest.raises(Refused, match="is not trace"):
        c.gradient_linear(outer, map_, other, X, Q.term)
    with pytest.raises(Refused, match="is not"):
        c.gradient_linear(
            outer, map_, forall(X, equal(inner(P.term, X.term), trace(X.term))), X, Q.term
        )


def test_the_letter_of_an_adjoint_is_new() -> None:
    # G is X itself: Tr(X^T X) = Tr(X^T X) says nothing of a gradient.
    outer = assume(gradient(H, loss(H.term), Q.term, X.term))
    map_ = assume(linear(H, H.term))
    with pytest.raises(Refused, match="is free in"):
        c.gradient_linear(outer, map_, reflexive(inner(X.term, X.term)), X, Q.term)
    # The map, or the gradient, has the letter, and the other side has not.
    for slope, body in ((P.term, X.term * H.term), (X.term, P.term * H.term)):
        moved = substitute(body, {H: X.term})
        moving = assume(gradient(H, loss(H.term), substitute(body, {H: Q.term}), slope))
        adjoint = forall(X, equal(inner(slope, moved), inner(L.term, X.term)))
        with pytest.raises(Refused, match="is free in"):
            c.gradient_linear(moving, assume(linear(H, body)), adjoint, X, Q.term)


def test_riesz() -> None:
    sentence = equal(inner(P.term, X.term), inner(Q.term, X.term))
    found = c.riesz(forall(X, sentence), X)
    assert found.conclusion == equal(P.term, Q.term)
    assert found.named == {c.RIESZ}
    with pytest.raises(Refused, match="is free in the hypothesis"):
        c.riesz(assume(sentence), X)
    both = equal(inner(X.term, X.term), inner(Q.term, X.term))
    with pytest.raises(Refused, match="is free in"):
        c.riesz(forall(X, both), X)
    with pytest.raises(Refused, match="is not Tr"):
        c.riesz(forall(X, equal(trace(P.term * X.term), trace(X.term))), X)
    # X must be a letter for any matrix, not a product with one.
    with pytest.raises(Refused, match="is not Tr"):
        c.riesz(forall(X, equal(inner(P.term, X.term * L.term), inner(Q.term, X.term * L.term))), X)


def test_algebra_of_gradients() -> None:
    m = Symbol("m", REAL, (SQUARE,))
    other = assume(gradient(H, m(H.term), Q.term, R.term))
    one = assume(gradient(H, loss(H.term), Q.term, P.term))
    x = H.term
    assert c.gradient_sum(one, other).conclusion == gradient(
        H, loss(x) + m(x), Q.term, P.term + R.term
    )
    assert c.gradient_product(one, other).conclusion == gradient(
        H, loss(x) * m(x), Q.term, m(Q.term) * P.term + loss(Q.term) * R.term
    )
    assert c.gradient_inner(P.term, Q.term).conclusion == gradient(
        H, inner(P.term, x), Q.term, P.term
    )
    assert c.gradient_constant(a.term, Q.term).conclusion == gradient(
        H, a.term, Q.term, zero(d.term)
    )
    # A letter of the constant, and of the matrix A, is not the variable.
    assert c.gradient_inner(H.term, Q.term).conclusion != gradient(H, inner(x, x), Q.term, P.term)
    outer = assume(derivative(s, f(s.term), loss(Q.term), a.term))
    found = c.derivative_chain(outer, one)
    assert found.conclusion == gradient(H, f(loss(x)), Q.term, a.term * P.term)
    with pytest.raises(Refused, match="needed at"):
        c.derivative_chain(f_, one)
    with pytest.raises(Refused, match="no derivative"):
        c.derivative_chain(reflexive(loss(Q.term)), one)
    with pytest.raises(Refused, match="no derivative"):
        c.at_point(reflexive(a.term))
    with pytest.raises(Refused, match="different points"):
        c.gradient_sum(one, slope)
    with pytest.raises(Refused, match="gradients"):
        c.gradient_sum(one, f_)
    again = assume(gradient(H, loss(x), Q.term, R.term))
    assert c.one_value(one, again).conclusion == equal(P.term, R.term)
    with pytest.raises(Refused, match="different functions"):
        c.one_value(one, other)
    with pytest.raises(Refused, match="different points"):
        c.one_value(one, slope)
    equation = assume(equal(P.term, L.term))
    assert valued(one, equation).conclusion == gradient(H, loss(x), Q.term, L.term)
    with pytest.raises(Refused):
        valued(one, symmetric(equation))


def test_gradients_of_equal_functions() -> None:
    m = Symbol("m", REAL, (SQUARE,))
    one = assume(gradient(H, loss(H.term), Q.term, P.term))
    same = equal(loss(X.term), m(X.term))
    found = c.gradient_congruence(one, forall(X, same), X)
    assert found.conclusion == gradient(H, m(H.term), Q.term, P.term)
    with pytest.raises(Refused, match="is free in the hypothesis"):
        c.gradient_congruence(one, assume(same), X)
    with pytest.raises(Refused, match="is not the function"):
        c.gradient_congruence(one, forall(X, equal(m(X.term), loss(X.term))), X)
    moving = assume(gradient(H, loss(H.term * X.term), Q.term, P.term))
    with pytest.raises(Refused, match="is free in"):
        c.gradient_congruence(moving, forall(X, equal(loss(X.term * X.term), m(X.term))), X)


# --- mean value -----------------------------------------------------------------------------------


def at_all(function: Term, value: Term, *conditions: Term) -> Theorem:
    return forall(t, derivative(s, function, t.term, value), *conditions)


def test_no_derivative_no_change() -> None:
    found = c.constant(at_all(f(s.term), number(0)), t, p.term, q.term)
    assert found.conclusion == equal(f(p.term), f(q.term))
    assert found.named == {c.MEAN_VALUE}
    found = c.constant(at_all(F(s.term), zero(d.term)), t, p.term, q.term)
    assert found.conclusion == equal(F(p.term), F(q.term))
    between = (a.term, b.term)
    inside = at_all(f(s.term), number(0), at_most(a.term, t.term), at_most(t.term, b.term))
    found = c.constant(inside, t, p.term, q.term, between=between)
    assert {
        at_most(a.term, p.term),
        at_most(p.term, b.term),
        at_most(a.term, q.term),
        at_most(q.term, b.term),
    } <= found.hypotheses


def test_one_time_is_not_all_times() -> None:
    # The derivative is 0 at one t.
    with pytest.raises(Refused, match="is free in the hypothesis"):
        c.constant(assume(derivative(s, f(s.term), t.term, number(0))), t, p.term, q.term)
    # It is 0 at p, another point than the letter t.
    with pytest.raises(Refused, match="is at"):
        c.constant(assume(derivative(s, f(s.term), p.term, number(0))), t, p.term, q.term)
    # Known from a to b, wanted everywhere, or from a to q.
    inside = at_all(f(s.term), number(0), at_most(a.term, t.term), at_most(t.term, b.term))
    with pytest.raises(Refused, match="is free in the hypothesis"):
        c.constant(inside, t, p.term, q.term)
    with pytest.raises(Refused, match="is free in the hypothesis"):
        c.constant(inside, t, p.term, q.term, between=(a.term, q.term))
    # The ends of the interval move with t: t <= t is no condition.
    moving = forall(t, derivative(s, f(s.term), t.term, number(0)), at_most(t.term, t.term))
    with pytest.raises(Refused, match="is free in"):
        c.constant(moving, t, p.term, q.term, between=(t.term, t.term))


def test_the_function_does_not_move_with_the_point() -> None:
    # s -> (s - t)^2 has the derivative 0 at t, for every t.
    line = c.derivative_difference(
        c.derivative_identity(t.term), c.derivative_constant(t.term, t.term)
    )
    two = Symbol("two", REAL, (REAL, REAL))
    at_t = at_all(two(s.term, t.term), number(0))
    with pytest.raises(Refused, match="is free in"):
        c.constant(at_t, t, p.term, q.term)
    with pytest.raises(Refused, match="is free in"):
        c.monotone(line, assume(at_most(0, line.conclusion.args[1])), t, p.term, q.term)


def test_the_derivative_is_zero_as_it_is_written() -> None:
    with pytest.raises(Refused, match="not written as 0"):
        c.constant(at_all(f(s.term), df(t.term)), t, p.term, q.term)
    with pytest.raises(Refused, match="no derivative"):
        c.constant(reflexive(a.term), t, p.term, q.term)


def test_monotone_functions() -> None:
    grows = at_all(f(s.term), df(t.term))
    sign = forall(t, at_most(0, df(t.term)))
    found = c.monotone(grows, sign, t, p.term, q.term)
    assert found.conclusion == at_most(f(p.term), f(q.term))
    assert at_most(p.term, q.term) in found.hypotheses
    assert found.named == {c.MEAN_VALUE}
    strict = c.monotone(grows, forall(t, positive(df(t.term))), t, p.term, q.term)
    assert strict.conclusion == less(f(p.term), f(q.term))
    assert less(p.term, q.term) in strict.hypotheses
    between = (a.term, b.term)
    inside = (at_most(a.term, t.term), at_most(t.term, b.term))
    found = c.monotone(
        at_all(f(s.term), df(t.term), *inside),
        forall(t, at_most(0, df(t.term)), *inside),
        t,
        p.term,
        q.term,
        between=between,
    )
    assert {at_most(a.term, p.term), at_most(q.term, b.term)} <= found.hypotheses
    # A sign at one t; of another function; the wrong sign.
    for wrong in (
        assume(at_most(0, df(t.term))),
        forall(t, at_most(0, dg(t.term))),
        forall(t, at_most(df(t.term), 0)),
    ):
        with pytest.raises(Refused):
            c.monotone(grows, wrong, t, p.term, q.term)
    # The derivative known at one t only.
    one = assume(derivative(s, f(s.term), t.term, df(t.term)))
    with pytest.raises(Refused, match="is free in the hypothesis"):
        c.monotone(one, sign, t, p.term, q.term)


def test_a_simple_singular_value_moves() -> None:
    moving = assume(derivative(s, F(s.term), p.term, DF(p.term)))
    left, right, values = G(s.term), DG(s.term), h(k.term, s.term)
    r = variable("r")
    near = (a.term, b.term)
    found = c.singular_value(moving, s, left, k, values, right, r.term, near)
    change = transpose(G(p.term)) * DF(p.term) * DG(p.term)
    concluded(found, h(r.term, s.term), entry(change, r.term, r.term))
    assert found.named == {c.SINGULAR_VALUE}
    svd = equal(F(s.term), left * diagonal(k, d.term, values) * transpose(right))
    i, l = variable("i"), variable("l")
    descending = each(
        i, 1, d.term, each(l, i.term + 1, d.term, at_most(h(l.term, s.term), h(i.term, s.term)))
    )
    apart = every(
        i,
        (at_most(1, i.term), at_most(i.term, d.term), different(i.term, r.term)),
        different(h(i.term, p.term), h(r.term, p.term)),
    )
    around = (less(a.term, s.term), less(s.term, b.term))
    assert more(found, moving) == {
        every(s, around, svd),
        every(s, around, equal(transpose(left) * left, identity(d.term))),
        every(s, around, equal(transpose(right) * right, identity(d.term))),
        every(s, around, descending),
        every(s, around, each(i, 1, d.term, at_most(0, h(i.term, s.term)))),
        less(a.term, p.term),
        less(p.term, b.term),
        apart,
        positive(h(r.term, p.term)),
        at_most(1, r.term),
        at_most(r.term, d.term),
    }
    # Singular vectors that depend on the index of the values.
    with pytest.raises(Refused, match="is free in"):
        c.singular_value(moving, s, A(k.term, s.term), k, values, right, r.term, near)
    # At the point s itself; an index that is the variable.
    at_s = assume(derivative(t, F(t.term), s.term, P.term))
    with pytest.raises(Refused, match="is free in"):
        c.singular_value(at_s, s, left, k, values, right, r.term, near)
    with pytest.raises(Refused, match="is free in"):
        c.singular_value(moving, s, left, k, values, right, k.term, near)
    with pytest.raises(Refused, match="is free in"):  # an interval that moves with s
        c.singular_value(moving, s, left, k, values, right, r.term, (a.term, s.term))
    index = Symbol("index", INT, (REAL,))
    with pytest.raises(Refused, match="is free in"):
        c.singular_value(moving, s, left, k, values, right, index(s.term), near)
    wide = matrix_sort(2, 3)
    oblong, speed = Symbol("oblong", wide, (REAL,)), variable("speed", wide)
    flat = assume(derivative(s, oblong(s.term), p.term, speed.term))
    with pytest.raises(Refused, match="is not square"):
        c.singular_value(flat, s, left, k, values, right, r.term, near)
    with pytest.raises(SortError):
        c.singular_value(f_, s, left, k, values, right, r.term, near)


def test_no_rule_forgets_what_it_was_given() -> None:
    lost = less(a.term, b.term)
    g_more = weaken(g_, lost)
    same = weaken(forall(s, equal(f(s.term), g(s.term))), lost)
    zero_ = weaken(at_all(f(s.term), number(0)), lost)
    everywhere = weaken(forall(X, equal(inner(P.term, X.term), inner(Q.term, X.term))), lost)
    for found in (
        c.derivative_sum(f_, g_more),
        c.derivative_difference(f_, g_more),
        c.derivative_product(f_, g_more),
        c.derivative_quotient(f_, g_more),
        c.derivative_power(g_more, a.term),
        c.derivative_log(g_more),
        c.derivative_exponential(a.term, g_more),
        c.derivative_congruence(f_, same, s),
        c.derivative_total(g_more, k, 1, N.term),
        c.derivative_range_product(g_more, k, 1, N.term),
        c.derivative_diagonal(g_more, k, d.term),
        c.constant(zero_, t, p.term, q.term),
        c.riesz(everywhere, X),
        c.gradient_chain(weaken(slope, lost), F_),
        c.derivative_linear(weaken(assume(linear(H, H.term)), lost), F_),
    ):
        assert lost in found.hypotheses


def test_families_are_no_variables() -> None:
    with pytest.raises(Refused, match="has arguments"):
        c.kept(f_, f)
