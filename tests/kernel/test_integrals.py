"""Rules of integrals and of real powers of matrices: true uses, and attacks."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from flint import acb, fmpq

from dlnproof.kernel import integrals as r
from dlnproof.kernel.logic import assume, reflexive, specialise, weaken
from dlnproof.kernel.powers import SPECTRAL, psd_power_by_eigenvalues
from dlnproof.kernel.terms import (
    INT,
    PI,
    REAL,
    Symbol,
    Term,
    at_most,
    cosine,
    derivative,
    diagonal,
    each,
    equal,
    every,
    identity,
    integral,
    less,
    limit_at_infinity,
    linear,
    matrix_sort,
    number,
    positive,
    power,
    psd_power,
    trace,
    transpose,
    variable,
)
from dlnproof.kernel.theorem import Refused, Theorem
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.sentences import value

d, k, j = (variable(name) for name in ("d", "k", "j"))
s, t, a, b, c = (variable(name, REAL) for name in ("s", "t", "a", "b", "c"))
SQUARE = matrix_sort(d.term)
f, F, g, h, df, dg = (Symbol(name, REAL, (REAL,)) for name in ("f", "F", "g", "h", "df", "dg"))
M, DM = Symbol("M", SQUARE, (REAL,)), Symbol("DM", SQUARE, (REAL,))
X = variable("X", SQUARE)


def forall(v: Symbol, sentence: Term, *conditions: Term) -> Theorem:
    """The sentence, from the hypothesis that it holds for all v with the conditions."""
    return specialise(assume(every(v, conditions, sentence)), v.term)


def from_a_to_b(sentence: Term) -> Theorem:
    return forall(t, sentence, at_most(a.term, t.term), at_most(t.term, b.term))


primitive = from_a_to_b(derivative(s, F(s.term), t.term, f(t.term)))
f_ = from_a_to_b(derivative(s, f(s.term), t.term, df(t.term)))
g_ = from_a_to_b(derivative(s, g(s.term), t.term, dg(t.term)))
M_ = from_a_to_b(derivative(s, M(s.term), t.term, DM(t.term)))


def over(body: Term) -> Term:
    return integral(t, a.term, b.term, body)


def test_the_fundamental_theorem() -> None:
    found = r.fundamental(primitive, f_, t, a.term, b.term)
    assert found.conclusion == equal(over(f(t.term)), F(b.term) - F(a.term))
    assert at_most(a.term, b.term) in found.hypotheses
    assert found.named == {r.FUNDAMENTAL}
    assert not any(t in hypothesis.free for hypothesis in found.hypotheses)


def test_the_integrand_is_continuous() -> None:
    # A derivative need not be integrable.
    with pytest.raises(Refused, match="the integrand"):
        r.fundamental(primitive, g_, t, a.term, b.term)
    with pytest.raises(Refused, match="continuity is not known"):
        r.fundamental(primitive, reflexive(f(t.term)), t, a.term, b.term)
    # Continuous at one t.
    one = assume(derivative(s, f(s.term), t.term, df(t.term)))
    with pytest.raises(Refused, match="is free in the hypothesis"):
        r.fundamental(primitive, one, t, a.term, b.term)
    # At another point.
    other = assume(derivative(s, f(s.term), c.term, df(c.term)))
    with pytest.raises(Refused, match="is not the derivative at"):
        r.fundamental(primitive, other, t, a.term, b.term)


def test_the_primitive_is_one_on_the_whole_interval() -> None:
    one = assume(derivative(s, F(s.term), t.term, f(t.term)))
    with pytest.raises(Refused, match="is free in the hypothesis"):
        r.fundamental(one, f_, t, a.term, b.term)
    with pytest.raises(Refused, match="is free in the hypothesis"):
        r.fundamental(primitive, f_, t, a.term, c.term)
    with pytest.raises(Refused, match="is free in"):
        r.fundamental(primitive, f_, t, a.term, t.term)
    # A function that moves with t: (s - t)^2 has the derivative 0 at t.
    two = Symbol("two", REAL, (REAL, REAL))
    moving = from_a_to_b(derivative(s, two(s.term, t.term), t.term, f(t.term)))
    with pytest.raises(Refused, match="is free in"):
        r.fundamental(moving, f_, t, a.term, b.term)
    with pytest.raises(Refused, match="is free in"):
        r.integral_sum(moving, f_, t, a.term, b.term)


def test_linearity() -> None:
    ends = (t, a.term, b.term)
    order = at_most(a.term, b.term)
    found = r.integral_sum(f_, g_, *ends)
    assert found.conclusion == equal(over(f(t.term) + g(t.term)), over(f(t.term)) + over(g(t.term)))
    assert order in found.hypotheses
    found = r.integral_multiple(c.term, f_, *ends)
    assert found.conclusion == equal(over(c.term * f(t.term)), c.term * over(f(t.term)))
    assert order in found.hypotheses
    map_ = assume(linear(X, trace(X.term)))
    found = r.integral_linear(map_, M_, *ends)
    assert found.conclusion == equal(over(trace(M(t.term))), trace(over(M(t.term))))
    assert {map_.conclusion, order} <= found.hypotheses
    # The factor, or the map, moves with t.
    with pytest.raises(Refused, match="is free in"):
        r.integral_multiple(t.term, f_, *ends)
    moving = assume(linear(X, t.term * X.term))
    with pytest.raises(Refused, match="is free in"):
        r.integral_linear(moving, M_, *ends)
    with pytest.raises(Refused, match="linear"):
        r.integral_linear(M_, M_, *ends)


def test_the_integral_of_linear_maps() -> None:
    two = Symbol("two", SQUARE, (REAL, SQUARE))
    slope = Symbol("slope", SQUARE, (REAL, SQUARE))
    x = X.term
    inside = (at_most(a.term, t.term), at_most(t.term, b.term))
    map_ = forall(t, linear(X, two(t.term, x)), *inside)
    sentence = every(X, (), derivative(s, two(s.term, x), t.term, slope(t.term, x)))
    moving = specialise(forall(t, sentence, *inside), x)
    found = r.linear_integral(map_, moving, X, t, (a.term, b.term))
    assert found.conclusion == linear(X, over(two(t.term, x)))
    assert at_most(a.term, b.term) in found.hypotheses
    assert not any({t, X} & hypothesis.free for hypothesis in found.hypotheses)
    # Linear, or continuous, at one t.
    one = assume(linear(X, two(t.term, x)))
    with pytest.raises(Refused, match="is free in the hypothesis"):
        r.linear_integral(one, moving, X, t, (a.term, b.term))
    here = assume(derivative(s, two(s.term, x), t.term, slope(t.term, x)))
    with pytest.raises(Refused, match="is free in the hypothesis"):
        r.linear_integral(map_, here, X, t, (a.term, b.term))
    # Continuous for one X alone: elsewhere the integral has some value.
    single = forall(t, derivative(s, two(s.term, x), t.term, slope(t.term, x)), *inside)
    with pytest.raises(Refused, match="X is free in the hypothesis"):
        r.linear_integral(map_, single, X, t, (a.term, b.term))
    # Another map; one that is not linear; a letter that the map has.
    with pytest.raises(Refused, match="is not the linear map"):
        r.linear_integral(assume(linear(X, x)), moving, X, t, (a.term, b.term))
    with pytest.raises(Refused, match="linear"):
        r.linear_integral(moving, moving, X, t, (a.term, b.term))
    # Ends that depend on X.
    smooth = assume(every(t, (), sentence))
    anywhere = specialise(specialise(smooth, t.term), x)
    straight = specialise(assume(every(t, (), linear(X, two(t.term, x)))), t.term)
    assert r.linear_integral(straight, anywhere, X, t, (a.term, b.term)).conclusion.op == "linear"
    with pytest.raises(Refused, match="X is free in"):
        r.linear_integral(straight, anywhere, X, t, (a.term, trace(x)))
    Y = variable("Y", SQUARE)
    fixed = forall(t, linear(Y, x * Y.term * two(t.term, x)), *inside)
    with pytest.raises(Refused, match="is free in"):
        r.linear_integral(fixed, moving, X, t, (a.term, b.term))


def with_g(rule: Callable[..., Theorem]) -> Callable[[Theorem], Theorem]:
    return lambda theorem: rule(theorem, g_, t, a.term, b.term)


@pytest.mark.parametrize(
    "rule",
    [
        with_g(r.integral_sum),
        lambda theorem: r.integral_sum(g_, theorem, t, a.term, b.term),
        lambda theorem: r.integral_multiple(c.term, theorem, t, a.term, b.term),
    ],
)
def test_what_is_integrated_is_continuous(rule: Callable[[Theorem], Theorem]) -> None:
    with pytest.raises(Refused, match="is free in the hypothesis"):
        rule(assume(derivative(s, f(s.term), t.term, df(t.term))))
    with pytest.raises(Refused, match="continuity is not known"):
        rule(reflexive(f(t.term)))
    lost = less(c.term, a.term)
    assert lost in rule(weaken(f_, lost)).hypotheses


def test_an_integral_of_eulers_to_infinity() -> None:
    found = r.euler(k.term, a.term)
    whole = integral(t, number(0), number(j.term), 1 / (t.term**k.term + a.term))
    sine = cosine((number(1) / 2 - 1 / number(k.term)) * PI)
    value = (PI / k.term) * a.term ** (1 / number(k.term) - 1) / sine
    assert found.conclusion == limit_at_infinity(j, whole, value)
    # One factor: the integral grows without bound. And it has a pole where a is negative.
    assert found.hypotheses == {at_most(2, k.term), positive(a.term)}
    assert found.named == {r.EULER}


@pytest.mark.parametrize(("m", "p"), [(2, Fraction(3)), (3, Fraction(1, 2)), (5, Fraction(7, 4))])
def test_eulers_integral_is_this_number(m: int, p: Fraction) -> None:
    """By quadrature in balls, of both halves of the line, t and 1/t."""
    found = r.euler(m, number(p)).conclusion
    q = fmpq(p.numerator, p.denominator)
    near = acb.integral(lambda t, _: 1 / (t**m + q), 0, 1)
    far = acb.integral(lambda t, _: t ** (m - 2) / (1 + q * t**m), 0, 1)
    assert (near + far).real.overlaps(value(found.args[0], Point({}, 0)))


def test_congruence() -> None:
    same = from_a_to_b(equal(f(t.term), g(t.term)))
    found = r.integral_congruence(same, t, a.term, b.term)
    assert found.conclusion == equal(over(f(t.term)), over(g(t.term)))
    assert at_most(a.term, b.term) in found.hypotheses
    with pytest.raises(Refused, match="is free in the hypothesis"):
        r.integral_congruence(assume(equal(f(t.term), g(t.term))), t, a.term, b.term)
    with pytest.raises(Refused, match="is free in the hypothesis"):
        r.integral_congruence(same, t, a.term, c.term)
    with pytest.raises(Refused, match="no number"):
        r.integral_congruence(same, k, a.term, b.term)


U = variable("U", SQUARE)
mu = Symbol("mu", REAL, (INT,))
orthogonal = assume(equal(transpose(U.term) * U.term, identity(d.term)))
sign = specialise(assume(each(j, 1, d.term, positive(mu(j.term)))), k.term)


def spread(body: Term) -> Term:
    return U.term * diagonal(k, d.term, body) * transpose(U.term)


def test_real_powers() -> None:
    found = psd_power_by_eigenvalues(orthogonal, sign, k, c.term)
    assert found.conclusion == equal(
        psd_power(spread(mu(k.term)), c.term), spread(power(mu(k.term), c.term))
    )
    assert found.hypotheses == {
        orthogonal.conclusion,
        each(j, 1, d.term, positive(mu(j.term))),
    }
    assert found.named == {SPECTRAL}


def test_real_powers_of_what_is_positive_alone() -> None:
    # One k; not all k; nonnegative.
    with pytest.raises(Refused, match="is free in the hypothesis"):
        psd_power_by_eigenvalues(orthogonal, assume(positive(mu(k.term))), k, c.term)
    some = specialise(assume(each(j, 2, d.term, positive(mu(j.term)))), k.term)
    with pytest.raises(Refused, match="is free in the hypothesis"):
        psd_power_by_eigenvalues(orthogonal, some, k, c.term)
    weak = specialise(assume(each(j, 1, d.term, at_most(0, mu(j.term)))), k.term)
    with pytest.raises(Refused, match="positive"):
        psd_power_by_eigenvalues(orthogonal, weak, k, c.term)
    bounded = specialise(assume(each(j, 1, d.term, less(number(-1), mu(j.term)))), k.term)
    with pytest.raises(Refused, match="positive"):
        psd_power_by_eigenvalues(orthogonal, bounded, k, c.term)


def test_real_powers_in_an_orthonormal_basis_alone() -> None:
    for wrong in (
        equal(U.term * transpose(U.term), identity(d.term)),
        equal(transpose(U.term) * X.term, identity(d.term)),
        equal(transpose(U.term) * U.term, U.term),
        equal(U.term, identity(d.term)),
    ):
        with pytest.raises(Refused):
            psd_power_by_eigenvalues(assume(wrong), sign, k, c.term)
    # Columns of a basis that is not complete: 3 x 2.
    narrow = variable("narrow", matrix_sort(3, 2))
    wrong = equal(transpose(narrow.term) * narrow.term, identity(2))
    with pytest.raises(Refused):
        psd_power_by_eigenvalues(assume(wrong), sign, k, c.term)


def test_the_index_of_eigenvalues_is_theirs_alone() -> None:
    bases = Symbol("bases", SQUARE, (INT,))
    u = bases(k.term)
    moving = assume(equal(transpose(u) * u, identity(d.term)))
    with pytest.raises(Refused, match="not an index"):
        psd_power_by_eigenvalues(moving, sign, k, c.term)
    with pytest.raises(Refused, match="not an index"):
        psd_power_by_eigenvalues(orthogonal, sign, k, number(k.term))
    with pytest.raises(Refused):
        psd_power_by_eigenvalues(orthogonal, sign, c, c.term)
