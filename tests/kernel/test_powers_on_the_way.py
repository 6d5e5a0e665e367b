"""What exponents on the way to a product want of a base that may be zero."""

from fractions import Fraction

from dlnproof.kernel.numbers import field
from dlnproof.kernel.terms import REAL, Term, at_most, divide, number, positive, power, variable

N = variable("N").term
x = variable("x", REAL).term


def test_a_power_with_a_letter_on_the_way_wants_a_positive_base() -> None:
    # 0^(-1) has some value, and so has its power
    inner = power(power(x, N), divide(number(1), number(N)))
    found = field(power(power(inner, Fraction(1, 2)), 2), x)
    assert positive(x) in found.hypotheses


def test_reciprocals_on_the_way_want_a_positive_base() -> None:
    twice: Term = power(power(x, Fraction(-1, 2)), Fraction(-2))
    assert positive(x) in field(twice, x).hypotheses
    assert (
        positive(x)
        in field(
            power(divide(number(1), divide(number(1), x)), Fraction(1, 2)), power(x, Fraction(1, 2))
        ).hypotheses
    )


def test_roots_want_a_base_that_is_not_negative() -> None:
    assert field(power(power(x, Fraction(1, 2)), 2), x).hypotheses == {at_most(0, x)}
    assert field(power(power(x, 2), Fraction(1, 2)), x).hypotheses == {at_most(0, x)}
