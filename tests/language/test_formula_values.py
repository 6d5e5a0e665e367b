"""Exact values q r^(1/m) pi^k, and the value of a formula at a spectrum."""

from fractions import Fraction

import pytest
from flint import arb, fmpq
from hypothesis import given
from hypothesis import strategies as st

from dlnproof.errors import InputError
from dlnproof.language.arithmetic import UnclearError, UndefinedError, Value, ball
from dlnproof.language.precision import working_precision
from dlnproof.language.radical import (
    ONE,
    PI,
    Radical,
    TooLargeError,
    exact_power,
    group_volume,
    rational,
)
from dlnproof.language.reading import read
from dlnproof.language.value import Allowance, value_at
from dlnproof.numeric.exact.gaussian import orthogonal_group_volume
from dlnproof.numeric.exact.rotations import group_volume as integrated_volume

POSITIVE = st.builds(Fraction, st.integers(1, 50), st.integers(1, 50)).map(rational)
POWERS = st.builds(Fraction, st.integers(-4, 4), st.integers(1, 4))
RADICALS = st.builds(
    lambda a, b, e, k: a * b.raised(e) * PI.raised(k), POSITIVE, POSITIVE, POWERS, POWERS
)


@given(RADICALS, RADICALS)
def test_products_and_equality_agree_with_balls(x: Radical, y: Radical) -> None:
    with working_precision(200):
        assert (x * y).ball().overlaps(x.ball() * y.ball())
        assert x.same(y) == x.ball().overlaps(y.ball())
        assert (x * x.inverse()).same(ONE)
        total = x.plus(y)
        assert total is None or total.ball().overlaps(x.ball() + y.ball())


@given(RADICALS, POWERS)
def test_powers_agree_with_balls(x: Radical, e: Fraction) -> None:
    with working_precision(200):
        try:
            power = x.raised(e)
        except TooLargeError:
            return
        assert power.ball().overlaps(x.ball() ** fmpq(e.numerator, e.denominator))
        if e:
            assert power.raised(1 / e).same(x)


def test_the_least_degree_is_found() -> None:
    assert rational(4).raised(Fraction(1, 2)).as_rational() == 2
    root = rational(2).raised(Fraction(1, 2))
    assert root.as_rational() is None
    assert (root * root).as_rational() == 2
    assert rational(8).raised(Fraction(1, 2)).plus(root) is not None
    assert exact_power(fmpq(8, 27), 3) == fmpq(2, 3)
    assert exact_power(fmpq(8, 25), 3) is None
    with pytest.raises(TooLargeError):  # no real root is made of it
        rational(-2).raised(Fraction(1, 2))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (rational(fmpq(3, 2)), "3/2"),
        (rational(1), "1"),
        (rational(-8).raised(Fraction(3)), "-512"),
        (rational(8).raised(Fraction(1, 2)), "2 * sqrt(2)"),
        (rational(fmpq(1, 2)).raised(Fraction(1, 2)), "1/2 * sqrt(2)"),
        (rational(2).raised(Fraction(1, 3)) * PI, "(2)^(1/3) * pi"),
        (PI.raised(Fraction(-1, 2)), "pi^(-1/2)"),
    ],
)
def test_how_they_are_written(value: Radical, shown: str) -> None:
    assert str(value) == shown


def test_the_volume_of_the_group_is_that_of_its_definition() -> None:
    with working_precision(100):
        for width in (1, 2, 3):
            assert group_volume(width).ball().overlaps(integrated_volume(width))
        for width in range(1, 7):
            scale = arb(2) ** fmpq(width * (width - 1), 4)
            assert group_volume(width).ball().overlaps(orthogonal_group_volume(width) * scale)


def value(text: str, depth: int = 2, sigma: tuple[int, ...] = (9, 4)) -> Value:
    return value_at(read(text), depth, [fmpq(s) for s in sigma], {"i": 1, "l": 2}, Allowance(5000))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("van(Sigma)", "5"),
        ("van(Sigma**(2/N))", "5"),
        ("det(Sigma)**(1/N)", "6"),
        ("tr(Sigma**2)", "97"),
        ("sum(i, sigma[i])", "13"),
        ("prod(i<=l, sigma[i]-sigma[l]+1)", "6"),
        ("prod(i!=l, sigma[i]-sigma[l])", "-25"),
        ("prod(i, l, 2)", "16"),
        ("sum(j, 3, 2, 1)", "0"),
        ("prod(j, 0, 3, j-7)", "840"),
        ("sigma[i] - sigma[l] + sigma[d]", "9"),
        ("abs(sigma[2] - sigma[1])", "5"),
        ("sqrt(2)*sqrt(8)", "4"),
        ("c(d)", "4 * sqrt(2) * pi"),
        ("exp(0) + log(1)", "1"),
        ("0**0 + 0**2", "1"),
        ("(-2)**3", "-8"),
        ("0.125*8", "1"),
    ],
)
def test_exact_values(text: str, expected: str) -> None:
    assert str(value(text)) == expected


def test_values_in_balls() -> None:
    with working_precision(100):
        for text, expected in (("log(2)", arb(2).log()), ("sqrt(2) + 1", arb(2).sqrt() + 1)):
            found = value(text)
            assert isinstance(found, arb)
            assert found.overlaps(expected)
        assert ball(value("2**sqrt(2)")).overlaps(arb(2) ** arb(2).sqrt())
        assert ball(value("(-2)**10000000")) > 0


@pytest.mark.parametrize(
    "text",
    [
        "1/(N-2)",
        "0**(-1)",
        "0**(0-sqrt(2))",
        "(-8)**(1/3)",
        "sqrt(-2)",
        "log(0)",
        "log(-1)",
        "sigma[3]",
        "sigma[0]",
        "sigma[N/4]",
        "sum(j, 1, N/4, 1)",
        "(-2)**sqrt(2)",
    ],
)
def test_what_has_no_value(text: str) -> None:
    with pytest.raises(UndefinedError):
        value(text)


@pytest.mark.parametrize("text", ["1/(exp(1) - exp(1))", "log(sqrt(2) + 1 - sqrt(2) - 1)"])
def test_what_balls_cannot_decide(text: str) -> None:
    with pytest.raises(UnclearError):
        value(text)


@pytest.mark.parametrize("text", ["sum(j, 1, 10**6, 1)", "sum(j, 1, 900, sum(k, 1, 900, 1))"])
def test_what_costs_too_much(text: str) -> None:
    with pytest.raises(InputError, match="expected"):
        value(text)
