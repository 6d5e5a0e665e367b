"""The evaluator of sentences: true ones, false ones, and what it cannot tell."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.kernel.logic import assume, weaken
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Symbol,
    Term,
    array,
    at_most,
    choose,
    derivative,
    determinant,
    diagonal,
    different,
    each,
    entry,
    equal,
    every,
    frame_determinant,
    gradient,
    identity,
    integral,
    less,
    limit_at_infinity,
    limit_at_zero,
    linear,
    log,
    map_determinant,
    map_inverse,
    matrix_sort,
    number,
    orthogonal_volume,
    orthonormal,
    pair_determinant,
    positive,
    power,
    product,
    psd,
    psd_power,
    psd_root,
    root,
    total,
    trace,
    transpose,
    unit,
    variable,
)
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.samples import points, satisfying
from dlnproof.numeric.sentences import Answer, _stabiliser, answer, holds, value
from dlnproof.numeric.values import Unknown, Value, real_power, times
from dlnproof.numeric.values import trace as trace_of
from dlnproof.numeric.values import transpose as transposed

N, d, i, l, j, k, n = (variable(name) for name in "Ndiljkn")
x, y, s, e = (variable(name, REAL) for name in "xyse")
SQUARE = matrix_sort(d.term)
A, B, D, X, Y = (Symbol(name, SQUARE) for name in "ABDXY")
W = Symbol("W", SQUARE, (INT, REAL))
sigma = Symbol("sigma", REAL, (INT,))
POINT = Point({"d": 3, "N": 3})
GRAM = A.term * transpose(A.term)

TRUE: dict[str, Term] = {
    "trace": equal(trace(A.term * B.term), trace(B.term * A.term)),
    "sum": equal(total(i, 1, d.term, sigma(i.term)), trace(diagonal(i, d.term, sigma(i.term)))),
    "ordered product": equal(
        product(i, 1, 2, W(i.term, x.term)),
        W(2, x.term) * W(1, x.term),
    ),
    "power": equal(power(number(8), Fraction(2, 3)), 4),
    "derivative": derivative(s, s.term**3, number(2), number(12)),
    "derivative of a root of a square": derivative(s, root(s.term**2), number(-1), number(-1)),
    "derivative of a product of matrices": derivative(
        s, (A.term + s.term * B.term) * A.term, number(0), B.term * A.term
    ),
    "gradient": gradient(X, trace(transpose(X.term) * X.term), A.term, 2 * A.term),
    "limit": limit_at_zero(e, root(e.term) * log(e.term), number(0)),
    "slow limit": limit_at_zero(e, 1 / log(e.term), number(0)),
    "limit at infinity": limit_at_infinity(
        n, n.term * (power(number(2), number(1) / n.term) - 1), log(number(2))
    ),
    "integral of a polynomial": equal(
        integral(s, number(0), number(1), s.term**2), number(Fraction(1, 3))
    ),
    "map determinant": equal(
        map_determinant(X, A.term * X.term), power(determinant(A.term), d.term)
    ),
    "map inverse": equal(map_inverse(X, A.term * X.term, A.term * B.term), B.term),
    "frame determinant of what is skew": equal(
        frame_determinant(D, A, B, D.term + A.term + B.term), 0
    ),
    "orthonormal": orthonormal(i, l, d.term, unit(d.term, i.term, l.term)),
    "linear": linear(X, A.term * X.term + transpose(X.term)),
    "psd": psd(GRAM),
    "for each": each(i, 1, d.term, at_most(0, sigma(i.term) ** 2)),
    "case": equal(choose(equal(x.term, y.term), x.term, y.term), y.term),
    "array": equal(array(i, l, d.term, d.term, entry(A.term, l.term, i.term)), transpose(A.term)),
    "group": equal(orthogonal_volume(1), 2),
    "exponents of zero": equal(power(number(0), 0), 1),
}
LIKELY: dict[str, Term] = {
    "root": equal(power(psd_root(GRAM, 3), 3), GRAM),
    "real power": equal(psd_power(GRAM + identity(d.term), 2), (GRAM + identity(d.term)) ** 2),
    "integral": equal(
        integral(s, number(0), number(1), power(number(2), s.term)), 1 / log(number(2))
    ),
    "square root": equal(root(number(2)) ** 2, 2),
}


@pytest.mark.parametrize("sentence", TRUE.values(), ids=list(TRUE))
def test_what_is_true(sentence: Term) -> None:
    assert answer(sentence, POINT).value is True


@pytest.mark.parametrize("sentence", LIKELY.values(), ids=list(LIKELY))
def test_what_balls_cannot_tell_is_likely(sentence: Term) -> None:
    found = answer(sentence, POINT)
    assert found.guess is True


FALSE: dict[str, Term] = {
    "order of matrices": equal(A.term * B.term, B.term * A.term),
    "order of a product": equal(
        product(i, 1, 2, W(i.term, x.term)),
        W(1, x.term) * W(2, x.term),
    ),
    "derivative": derivative(s, s.term**3, number(2), number(11)),
    "derivative at a corner": derivative(s, root(s.term**2), number(0), number(1)),
    "gradient": gradient(X, trace(transpose(X.term) * X.term), A.term, 3 * A.term),
    "limit": limit_at_zero(e, number(1) + root(e.term), number(0)),
    "limit that is near": limit_at_zero(e, e.term + number(Fraction(1, 10**6)), number(0)),
    "two limits": limit_at_infinity(n, power(number(-1), n.term), number(1)),
    "linear": linear(X, X.term * X.term),
    "not linear": linear(X, X.term + A.term),
    "for all": every(s, (), at_most(s.term**2, s.term)),
    "for each": each(i, 0, 3, positive(number(i.term))),
    "root": equal(power(psd_root(GRAM, 2), 3), GRAM),
    "not psd": psd(-GRAM),
    "differ": different(root(number(2)) ** 2, 2),
    "less": less(root(number(2)) ** 2, 2),
}


@pytest.mark.parametrize("sentence", FALSE.values(), ids=list(FALSE))
def test_what_is_false(sentence: Term) -> None:
    assert answer(sentence, POINT).guess is False


SOME: dict[str, Term] = {
    "division by 0": equal(x.term / x.term, 1),
    "negative power of 0": equal(power(x.term, -1) * x.term, 1),
    "root of a negative number": equal(root(x.term - 1) ** 2, x.term - 1),
    "logarithm": equal(log(x.term * x.term), 2 * log(x.term)),
    "sum backwards": equal(total(i, 3, 1, number(1)), 0),
    "entry outside": equal(entry(A.term + B.term, 0, 1), entry(A.term, 0, 1) + entry(B.term, 0, 1)),
    "unit outside": equal(trace(unit(d.term, 4, 4)), 1),
    "root of degree 0": equal(power(psd_root(GRAM, 0), 0), GRAM),
    "negative power of a matrix": equal(power(A.term, -1) * A.term, identity(d.term)),
    "inverse of a map that has none": equal(map_inverse(X, X.term - X.term, A.term), A.term),
    "determinant over pairs of fewer than none": equal(
        pair_determinant((i, j, k, l, n, N), -1, 2, number(1)), 1
    ),
}


@pytest.mark.parametrize("sentence", SOME.values(), ids=list(SOME))
def test_some_value_is_not_the_one_that_one_would_like(sentence: Term) -> None:
    found = [answer(sentence, Point({"d": 3, "x": 0}, seed)).guess for seed in range(4)]
    assert False in found


def test_some_value_is_the_same_whenever_it_is_asked_for() -> None:
    twice = equal(x.term / (x.term - x.term), x.term / (y.term - y.term))
    assert answer(twice, POINT).value is True


def test_values_are_exact_where_they_can_be() -> None:
    assert value(root(number(Fraction(9, 4))), POINT) == fmpq(3, 2)
    assert isinstance(value(root(number(2)), POINT), arb)


def test_a_theorem_holds_where_its_hypotheses_do() -> None:
    theorem = weaken(assume(equal(x.term, 1)), positive(x.term))
    assert holds(theorem, Point({"x": 1})).value is True
    assert holds(theorem, Point({"x": 2})).value is None


def test_points_that_satisfy_hypotheses() -> None:
    orthogonal = equal(transpose(A.term) * A.term, identity(d.term))
    wanted = (
        equal(B.term, A.term * A.term),
        orthogonal,
        psd(D.term),
        each(i, 1, d.term, positive(sigma(i.term))),
        less(x.term, y.term),
    )
    for point in points(5, 4, d=2):
        found = satisfying(wanted, point)
        assert found is not None
        assert all(answer(sentence, found).guess for sentence in wanted)


def test_what_speaks_of_no_case_is_vacuous() -> None:
    none = every((), (less(number(1), number(0)),), equal(x.term, y.term))
    assert answer(none, POINT) == Answer(True, "in 0 cases", vacuous=True)
    assert answer(each(i, 1, 2, each(l, i.term + 1, 2, at_most(0, l.term))), POINT).vacuous is False
    between = every(x, (less(number(1), x.term), less(x.term, number(0))), equal(x.term, y.term))
    assert answer(between, POINT).vacuous


def test_a_case_that_cannot_be_told_is_neither_none_nor_passed_over() -> None:
    point = POINT.with_values(x=arb(0, 0.5))
    told = at_most(0, number(1))
    untold = every((), (less(number(0), x.term),), told)
    assert answer(untold, point) == Answer(None, "a case that cannot be told")
    some = every(
        i, (at_most(1, i.term), at_most(i.term, 2), less(number(1), i.term + x.term)), told
    )
    found = answer(some, point)
    assert (found.value, found.sampled) == (True, True)  # of i = 2 alone it is known
    assert not answer(some, POINT.with_values(x=fmpq(1, 2))).sampled


def test_numbers_are_tried_together() -> None:
    root_of_two = every((x, y), (equal(x.term * x.term, 2 * y.term),), less(y.term, x.term))
    assert answer(root_of_two, replace(POINT, together=((fmpq(4), fmpq(8)),))).value is False
    mixed = every((x, i), (at_most(1, i.term), at_most(i.term, 2)), less(x.term, number(i.term)))
    assert answer(mixed, replace(POINT, together=((fmpq(1),),))).value is False


def test_steep_integrals_are_enclosed() -> None:
    steep = integral(s, number(0), number(1), power(number(10**30), s.term))
    assert answer(equal(steep * log(number(10**30)), number(10**30 - 1)), POINT).value is None
    assert answer(equal(steep, number(10**28)), POINT).value is False


def test_values_of_a_point_are_not_kept_for_another() -> None:
    sentence = equal(determinant(A.term), 7)
    other = POINT.with_values(A=fmpq_mat(3, 3, [7, 0, 0, 0, 1, 0, 0, 0, 1]))
    assert answer(sentence, POINT).value is False
    assert answer(sentence, other).value is True


THIRD = Symbol("third", REAL, (INT,))


def test_what_is_known_in_a_ball_alone_is_equal_to_itself() -> None:
    ball, other = (arb(2).sqrt() for _ in "12")
    point = POINT.with_values(x=ball, y=ball)
    assert answer(equal(x.term, y.term), point).value is True
    assert answer(different(x.term, y.term), point).value is False
    apart = POINT.with_values(x=ball, y=other)  # what overlaps may differ
    assert answer(equal(x.term, y.term), apart).value is None
    unknown = arb("nan")
    assert answer(equal(x.term, y.term), POINT.with_values(x=unknown, y=unknown)).value is None


def test_of_all_cases_one_that_cannot_be_told_is_not_made_likely_by_another() -> None:
    wide, close = arb(0, 1), arb(0, 1e-50)

    def cases(*found: arb) -> Answer:
        point = POINT.with_values(third=lambda k: found[min(max(k, 1), 2) - 1])
        return answer(each(i, 1, 2, equal(THIRD(i.term), 0)), point)

    for order in ((wide, close), (close, wide)):
        assert (cases(*order).value, cases(*order).likely) == (None, None)
    likely = cases(close, close)
    assert (likely.value, likely.likely) == (None, True)
    assert not likely.sampled  # both cases were looked at


def test_of_what_is_sampled_for_each_all_is_sampled() -> None:
    inner = every((X,), (), equal(trace(X.term), trace(transpose(X.term))))
    assert answer(inner, POINT).sampled
    assert answer(each(i, 1, 2, inner), POINT).sampled


def test_the_orbit_of_factors_in_balls_whose_determinant_vanishes_is_not_told() -> None:
    sqrt = arb(5).sqrt()
    factors = [arb_mat(2, 2, [sqrt, arb(0), arb(0), arb(0)])] * 2
    with pytest.raises(Unknown, match="corank"):
        _stabiliser(factors)


def test_a_slope_where_a_norm_vanishes_is_not_told() -> None:
    norm, zero = Symbol("norm", REAL, (SQUARE,)), Symbol("zero", SQUARE)

    def length(m: Value) -> Value:
        return real_power(trace_of(times(m, transposed(m))), fmpq(1, 2))

    point = POINT.with_values(norm=length, zero=fmpq_mat(3, 3))
    steep = gradient(X, norm(X.term), zero.term, zero.term)
    assert answer(steep, point) == Answer(None, "a divisor that may be zero")
