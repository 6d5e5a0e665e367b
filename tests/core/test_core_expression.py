"""Expressions: kept as written, and evaluated in any field."""

from dataclasses import FrozenInstanceError, is_dataclass
from fractions import Fraction
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy
from flint import arb, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from dlnproof import core
from dlnproof.core.engines import (
    equal_by_flint,
    equal_by_sympy,
    flint_ratio,
    polynomial_expression,
    polynomial_ring,
)
from dlnproof.core.expression import Expression, Letter, Number, Power, as_expression

x, y = Letter("x", "x"), Letter("y", "y")
MEAN = (x**3 - y**3) / (3 * (x - y))  # at x = 3, y = 2: 19/3


def test_it_is_never_rewritten() -> None:
    assert 1 + x != x + 1
    assert x - x != as_expression(0)
    assert [str(part.sign) for part in MEAN.parts() if hasattr(part, "sign")] == [
        "-",
        "-",
        "*",
        "/",
    ]


def test_letters_of_one_name_with_another_print_are_different() -> None:
    assert Letter("x", r"\xi") != x
    assert Letter("x", "x", "1/N") != x


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (2 + x, 5),
        (2 - x, -1),
        (2 * x, 6),
        (2 / x, Fraction(2, 3)),
        (x - 2, 1),
        (x / 2, Fraction(3, 2)),
    ],
)
def test_a_number_may_stand_on_either_side(left: Expression, right: Fraction) -> None:
    assert left.at({x: fmpq(3)}) == fmpq(Fraction(right).numerator, Fraction(right).denominator)


@pytest.mark.parametrize(
    ("number", "values", "expected"),
    [
        (fmpq, (fmpq(3), fmpq(2)), fmpq(19, 3)),
        (Fraction, (Fraction(3), Fraction(2)), Fraction(19, 3)),
        (sympy.Integer, (sympy.Integer(3), sympy.Integer(2)), sympy.Rational(19, 3)),
        (float, (3.0, 2.0), 19 / 3),
        (mpmath.mpf, (mpmath.mpf(3), mpmath.mpf(2)), mpmath.mpf(19) / 3),
    ],
    ids=["fmpq", "Fraction", "sympy", "float", "mpf"],
)
def test_one_expression_over_many_number_types(number: Any, values: Any, expected: Any) -> None:
    found = MEAN.at(dict(zip((x, y), values, strict=True)), number)
    assert type(found) is type(expected)
    assert found == expected


def test_over_balls_the_exact_value_is_enclosed() -> None:
    found = MEAN.at({x: arb("3 +/- 1e-9"), y: arb(2)})
    assert found.contains(arb(fmpq(19, 3)))
    assert float(found.rad()) < 1e-7


def test_over_arrays_entry_by_entry() -> None:
    found = MEAN.at({x: np.array([3.0, 2.0]), y: np.array([2.0, 4.0])}, float)
    assert np.allclose(found, [19 / 3, 28 / 3], rtol=1e-15)


def test_over_sympy_symbols_it_is_the_same_function() -> None:
    a, b = sympy.symbols("a b")
    assert sympy.cancel(MEAN.at({x: a, y: b}, sympy.Integer) - (a**2 + a * b + b**2) / 3) == 0


def test_a_ball_around_zero_has_a_finite_power() -> None:
    assert (x**2).at({x: arb(0, 1)}).is_finite()
    assert (x**0).at({x: arb(0, 1)}, fmpq) == 1


def test_a_letter_without_a_value_and_a_division_by_zero_are_errors() -> None:
    with pytest.raises(KeyError):
        MEAN.at({x: fmpq(1)})
    with pytest.raises(ZeroDivisionError):
        MEAN.at({x: fmpq(1), y: fmpq(1)})


def test_substitution_is_simultaneous() -> None:
    assert (x - y).substitute({x: y, y: x}) == y - x
    assert (x**2 / y).substitute({y: x}) == x**2 / x


def test_divisors_are_everything_divided_by_inner_ones_first() -> None:
    assert list((1 / (1 / x) + y / (x - y)).divisors()) == [x, 1 / x, x - y]


@pytest.mark.parametrize("value", [0.5, "1", None, 1j])
def test_what_is_not_exact_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        x + value
    with pytest.raises(TypeError):
        Number(value)


@pytest.mark.parametrize("exponent", [-1, 0.5, "2"])
def test_an_exponent_is_a_natural_number(exponent: Any) -> None:
    with pytest.raises(TypeError):
        Power(x, exponent)


def test_fractions_are_taken_exactly() -> None:
    assert as_expression(Fraction(1, 3)).at({}) == fmpq(1, 3)
    assert as_expression(Fraction(4, 2)) == Number(2)


leaves = st.sampled_from([x, y]) | st.integers(-3, 3).map(Number)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda t: t[0] + t[1]),
        st.tuples(inner, inner).map(lambda t: t[0] - t[1]),
        st.tuples(inner, inner).map(lambda t: t[0] * t[1]),
        st.tuples(inner, inner).map(lambda t: t[0] / t[1]),
        st.tuples(inner, st.integers(0, 3)).map(lambda t: t[0] ** t[1]),
    ),
    max_leaves=8,
)


@settings(deadline=None)  # the first example pays for imports
@given(trees, trees, st.fractions(-9, 9, max_denominator=9), st.fractions(-9, 9, max_denominator=9))
def test_the_engines_agree_with_each_other_and_with_evaluation(
    left: Expression, right: Expression, a: Fraction, b: Fraction
) -> None:
    equal = equal_by_flint(left, right)
    assert equal is equal_by_sympy(left, right)
    try:
        values = [side.at({x: a, y: b}, Fraction) for side in (left, right)]
    except ZeroDivisionError:
        return
    assert equal is not None
    if equal:
        assert values[0] == values[1]


@settings(deadline=None)
@given(trees)
def test_expressions_equal_their_own_rewritings(tree: Expression) -> None:
    expected = None if equal_by_flint(tree, tree) is None else True
    assert equal_by_flint((tree + 1) ** 2 - tree**2, 2 * tree + 1) is expected
    assert equal_by_sympy((tree + 1) ** 2 - tree**2, 2 * tree + 1) is expected


@settings(deadline=None)
@given(trees)
def test_a_polynomial_of_flint_is_printed_as_it_is(tree: Expression) -> None:
    letters = frozenset({x, y})
    if equal_by_flint(tree, tree) is None:
        return
    ratio = flint_ratio(tree, polynomial_ring(letters))
    num, den = (polynomial_expression(part, letters) for part in (ratio.num, ratio.den))
    assert equal_by_sympy(tree, num / den) is True


def test_signs_and_coefficients_of_a_printed_polynomial() -> None:
    ring = polynomial_ring(frozenset({x, y}))
    ratio = flint_ratio(Fraction(2, 3) * x**2 * y - x * y - y + 1 - 0 * x, ring)
    third = as_expression(Fraction(2, 3))
    assert polynomial_expression(ratio.num, [x, y]) == 2 * (x**2 * y) - 3 * (x * y) - 3 * y + 3
    assert polynomial_expression(ratio.num / 3, [x, y]) == third * (x**2 * y) - x * y - y + 1
    assert polynomial_expression(-ratio.num * 0, [x, y]) == Number(0)
    assert polynomial_expression(flint_ratio(0 - x, ring).num, [x, y]) == 0 - x


def values_of_core() -> list[type]:
    """Return the classes of what is decided, and of what decides it: dataclasses, all of them."""
    modules = [import_module(f"dlnproof.core.{each.name}") for each in iter_modules(core.__path__)]
    found = {
        each
        for module in modules
        for each in vars(module).values()
        if isinstance(each, type) and is_dataclass(each) and each.__module__ == module.__name__
    }
    return sorted(found, key=lambda each: each.__name__)


@pytest.mark.parametrize("kind", values_of_core())
def test_what_is_decided_cannot_be_changed_afterwards(kind: type) -> None:
    made: Any = object.__new__(kind)
    for name in (*kind.__dataclass_fields__, "another"):  # type: ignore[attr-defined]
        with pytest.raises((FrozenInstanceError, TypeError)):
            setattr(made, name, 1)
