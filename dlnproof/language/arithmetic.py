"""Arithmetic with values: exact where it can be, otherwise balls."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from flint import arb, fmpq

from dlnproof.language.radical import (
    PI,
    Radical,
    TooLargeError,
    rational,
)

Value = Radical | arb
_MOST_GAMMA: Final = 1_000


class UndefinedError(ArithmeticError):
    """A formula has no value at a point: it divides by zero, or takes the root of a negative."""


class UnclearError(ArithmeticError):
    """Balls cannot decide whether a formula has a value, or which, at a point."""


def integer(value: Value, what: str) -> int:
    """Return a value that is an integer. Raises :class:`UndefinedError` for any other."""
    exact = value.as_rational() if isinstance(value, Radical) else None
    if exact is None or exact.q != 1:
        raise UndefinedError(f"{what} is not an integer")
    return int(exact.p)


def ball(value: Value) -> arb:
    """Return a value as a ball."""
    return value if isinstance(value, arb) else value.ball()


def times(left: Value, right: Value) -> Value:
    """Return the product."""
    if isinstance(left, Radical) and isinstance(right, Radical):
        try:
            return left * right
        except TooLargeError:
            pass
    return ball(left) * ball(right)


def joined(sign: str, left: Value, right: Value) -> Value:
    """Return a sum, difference, product, quotient or power. May raise ``ZeroDivisionError``."""
    match sign:
        case "*":
            return times(left, right)
        case "/":
            return times(left, inverse(right))
        case "**":
            return power(left, right)
    if sign == "-":
        right = times(rational(-1), right)
    if isinstance(left, Radical) and isinstance(right, Radical):
        try:
            total = left.plus(right)
        except TooLargeError:
            total = None
        if total is not None:
            return total
    return ball(left) + ball(right)


def inverse(value: Value) -> Value:
    """Return 1 / x. Raises ``ZeroDivisionError`` or :class:`UnclearError`."""
    if isinstance(value, Radical):
        return value.inverse()
    if value.contains(0):
        raise UnclearError("it divides by what may be zero")
    return 1 / value


def power(base: Value, exponent: Value) -> Value:
    """Return a real power: of a positive base, of zero, or an integer power."""
    if isinstance(exponent, Radical) and isinstance(base, Radical):
        exact = exponent.as_rational()
        if exact is not None:
            if base.rational < 0 and exact.q != 1:
                raise UndefinedError("it takes a root of a negative number")
            try:
                return base.raised(Fraction(int(exact.p), int(exact.q)))
            except TooLargeError:
                pass
    if isinstance(base, Radical) and base.rational == 0:
        if ball(exponent) > 0:
            return base
        raise UndefinedError("zero to a power that is not positive")
    number = ball(base)
    if number < 0:
        return number ** integer(exponent, "the exponent of a negative number")
    if not number > 0:
        raise UnclearError("a power of what may be zero or negative")
    return (ball(exponent) * number.log()).exp()


def logarithm(value: Value) -> Value:
    """Return the natural logarithm of a positive number."""
    if isinstance(value, Radical):
        if value.rational <= 0:
            raise UndefinedError("it takes the logarithm of a number <= 0")
        if value.as_rational() == 1:
            return rational(0)
    number = ball(value)
    if not number > 0:
        raise UnclearError("it takes the logarithm of what may be <= 0")
    return number.log()


def gamma(value: Value) -> Value:
    """Return the Gamma function of a number > 0, exactly at multiples of 1/2."""
    exact = value.as_rational() if isinstance(value, Radical) else None
    if exact is not None and exact <= 0:
        raise UndefinedError("it takes Gamma of a number <= 0")
    if exact is not None and exact.q in (1, 2) and exact <= _MOST_GAMMA:
        found = rational(1) if exact.q == 1 else PI.raised(Fraction(1, 2))
        at = fmpq(1, int(exact.q))
        while at < exact:
            found, at = found * rational(at), at + 1
        return found
    number = ball(value)
    if not number > 0:
        raise UnclearError("it takes Gamma of what may be <= 0")
    return number.gamma()
