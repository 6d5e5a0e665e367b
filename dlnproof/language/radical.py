"""Exact real numbers q r^(1/m) pi^k: what products and powers of rationals and pi give."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import lcm
from typing import Final

from flint import arb, fmpq, fmpz

MAX_BITS: Final = 60_000
"""The size of numerators and denominators; larger powers are enclosed, not computed exactly."""
MAX_DEGREE: Final = 64


class TooLargeError(ArithmeticError):
    """A power is too large to be computed exactly."""


@dataclass(frozen=True)
class Radical:
    """The number ``rational * radicand^(1/degree) * pi^power``, the radicand > 0.

    In normal form the radicand is 1 or no perfect power of a divisor of the degree, so that the
    degree is the least possible. (The rational part is not made canonical: 2 * 2^(1/2) is 8^(1/2).)
    """

    rational: fmpq
    radicand: fmpq
    degree: int
    power: Fraction

    def __mul__(self, other: Radical) -> Radical:
        if self.degree == other.degree == 1:  # most are: nothing is normalised
            power = self.power + other.power if self.power or other.power else _NONE
            return Radical(self.rational * other.rational, _UNIT, 1, power)._or_zero()
        degree = lcm(self.degree, other.degree)
        if degree > MAX_DEGREE:
            raise TooLargeError
        radicand = _power(self.radicand, degree // self.degree) * _power(
            other.radicand, degree // other.degree
        )
        return _normal(self.rational * other.rational, radicand, degree, self.power + other.power)

    def inverse(self) -> Radical:
        """Return 1 / x. Raises ``ZeroDivisionError`` for zero."""
        if self.rational == 0:
            raise ZeroDivisionError
        return Radical(1 / self.rational, 1 / self.radicand, self.degree, -self.power)

    def raised(self, exponent: Fraction) -> Radical:
        """Return x to a rational power, for x > 0, or any x and an integer exponent."""
        if exponent.denominator > MAX_DEGREE:
            raise TooLargeError
        above, below = exponent.numerator, exponent.denominator
        if self.rational == 0:
            if exponent < 0:
                raise ZeroDivisionError
            return self if exponent else ONE
        if below == 1:
            radicand = _power(self.radicand, above)
            return _normal(_power(self.rational, above), radicand, self.degree, self.power * above)
        degree = self.degree * below
        if self.rational < 0 or degree > MAX_DEGREE:
            raise TooLargeError
        radicand = _power(_power(self.rational, self.degree) * self.radicand, above)
        return _normal(fmpq(1), radicand, degree, self.power * exponent)

    def plus(self, other: Radical) -> Radical | None:
        """Return the sum where it is of this form, else None."""
        if self.rational == 0 or other.rational == 0:
            return other if self.rational == 0 else self
        if self.degree == other.degree == 1 and self.power == other.power:
            return Radical(self.rational + other.rational, _UNIT, 1, self.power)._or_zero()
        ratio = (other * self.inverse()).as_rational()
        if ratio is None:
            return None
        return Radical(self.rational * (1 + ratio), self.radicand, self.degree, self.power)

    def _or_zero(self) -> Radical:
        """Return the number; zero has no power of pi."""
        return self if self.rational != 0 or not self.power else Radical(_ZERO, _UNIT, 1, _NONE)

    def as_rational(self) -> fmpq | None:
        """Return the number if it is rational, else None: pi is transcendental."""
        if self.rational == 0:
            return fmpq(0)
        return self.rational if self.degree == 1 and self.power == 0 else None

    def same(self, other: Radical) -> bool:
        """Whether two numbers are equal."""
        if other.rational == 0 or self.rational == 0:
            return bool(self.rational == other.rational)
        return (self * other.inverse()).as_rational() == 1

    def bits(self) -> int:
        """Return about how many bits the number takes when it is written."""
        return int(self.rational.height_bits() + self.radicand.height_bits() * self.degree)

    def ball(self) -> arb:
        """Enclose the number in the working precision."""
        value = arb(self.rational)
        if self.degree > 1:
            value = value * arb(self.radicand).root(self.degree)
        if self.power:
            value = value * arb.pi() ** fmpq(self.power.numerator, self.power.denominator)
        return value

    def __str__(self) -> str:
        whole, radicand = _without_powers(self.radicand, self.degree)
        whole = whole * self.rational
        factors = [] if whole == 1 and (radicand != 1 or self.power) else [str(whole)]
        if radicand != 1:
            root = f"sqrt({radicand})"
            factors.append(root if self.degree == 2 else f"({radicand})^(1/{self.degree})")
        if self.power:
            factors.append("pi" if self.power == 1 else f"pi^{_bracketed(self.power)}")
        return " * ".join(factors)


def _bracketed(power: Fraction) -> str:
    return str(power) if power.denominator == 1 and power > 0 else f"({power})"


def _without_powers(value: fmpq, degree: int) -> tuple[fmpq, fmpz]:
    """Return (a, b) with value^(1/degree) = a b^(1/degree), b an integer without small powers."""
    outside, inside = fmpq(1, value.q), fmpz(value.p) * fmpz(value.q) ** (degree - 1)
    for prime in _PRIMES:
        while inside % prime**degree == 0:
            inside, outside = inside // prime**degree, outside * prime
    return outside, inside


_PRIMES: Final = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29)


_ZERO, _UNIT, _NONE = fmpq(0), fmpq(1), Fraction(0)


def rational(value: fmpq | int | Fraction) -> Radical:
    """Return a rational number in this form."""
    if isinstance(value, Fraction):
        value = fmpq(value.numerator, value.denominator)
    return Radical(fmpq(value), _UNIT, 1, _NONE)


ONE: Final = rational(1)
PI: Final = Radical(_UNIT, _UNIT, 1, Fraction(1))


def _power(base: fmpq, exponent: int) -> fmpq:
    if base in (0, 1) or exponent in (0, 1):
        return base if exponent == 1 or base == 1 else fmpq(int(exponent == 0))
    if base.height_bits() * abs(exponent) > MAX_BITS:
        raise TooLargeError
    return base**exponent


def _normal(rational: fmpq, radicand: fmpq, degree: int, power: Fraction) -> Radical:
    """Return the number with the least degree."""
    if rational == 0:
        return Radical(_ZERO, _UNIT, 1, _NONE)
    for divisor in range(degree, 1, -1):
        if degree % divisor == 0:
            root = exact_power(radicand, divisor)
            if root is not None:
                radicand, degree = root, degree // divisor
                break
    if degree == 1:
        rational, radicand = rational * radicand, fmpq(1)
    return Radical(rational, radicand, degree, power)


def exact_power(value: fmpq, degree: int) -> fmpq | None:
    """Return the rational root of a positive rational, if there is one."""
    above, below = fmpz(value.p), fmpz(value.q)
    roots = above.root(degree), below.root(degree)
    if roots[0] ** degree == above and roots[1] ** degree == below:
        return fmpq(*roots)
    return None


@cache
def group_volume(width: int) -> Radical:
    """Return c_d, the volume of O_d for Tr(a^T a) on so(d), exactly.

    It is 2^(d(d-1)/4) prod_{k=1}^d vol(S^{k-1}), with vol(S^0) = 2, vol(S^1) = 2 pi and
    vol(S^{k+1}) = 2 pi vol(S^{k-1}) / k. (MY2025; proved with the claim ``orbit-volume``.)
    """
    value = rational(2).raised(Fraction(width * (width - 1), 4))
    spheres = [rational(2), rational(2) * PI]
    for k in range(1, width + 1):
        value = value * spheres[k - 1]
        spheres.append(spheres[k - 1] * rational(fmpq(2, k)) * PI)
    return value
