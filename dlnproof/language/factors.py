"""One factor of a product: powers of singular values, of N and of expressions in both.

With the letters sigma and t = sigma^(1/N) of :mod:`dlnproof.core.spectrum` it becomes a rational
function, or a root of one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Final

from dlnproof.core.domain import Domain
from dlnproof.core.engines import flint_ratio, polynomial_ring
from dlnproof.core.expression import Expression, Letter, Number, as_expression
from dlnproof.core.spectrum import DOUBLED, I, L, Level
from dlnproof.core.spectrum import N as DEPTH_LETTER
from dlnproof.language.bounds import bounded, sign_of
from dlnproof.language.exponents import ZERO, Exponent, NotReducibleError, constant

MOST_EXPONENT: Final = 64

_ROOT_OF: Final[dict[Expression, Letter]] = {I.sigma: I.root, L.sigma: L.root}

_LOG_OF: Final[dict[Expression, Letter]] = {I.sigma: I.log, L.sigma: L.log}


class NoValueError(ArithmeticError):
    """A factor divides by what is identically zero."""


@dataclass(frozen=True)
class Rooted:
    """The number ``outer * inner^(1/degree)``, where ``inner`` > 0."""

    outer: Expression
    inner: Expression
    degree: int

    def to_power(self, power: int) -> Expression:
        """Return a power that is a multiple of the degree, as a rational function."""
        whole = self.outer**power * self.inner ** (power // self.degree)
        return bounded(whole)


@dataclass(frozen=True)
class Factor:
    """A product of powers of expressions; zero where ``zero``."""

    powers: Mapping[Expression, Exponent]
    zero: bool = False

    def __mul__(self, other: Factor) -> Factor:
        if self.zero or other.zero:
            return Factor({}, zero=True)
        powers = dict(self.powers)
        for base, exponent in other.powers.items():
            total = powers.get(base, ZERO) + exponent
            powers[base] = total
        return Factor({base: e for base, e in powers.items() if e.terms})

    def inverse(self) -> Factor:
        """Return 1 / x."""
        if self.zero:
            raise NoValueError
        return Factor({base: -exponent for base, exponent in self.powers.items()})

    def raised(self, exponent: Exponent, domain: Domain) -> Factor:
        """Return a power; one that is not whole needs a base that is positive on the domain."""
        if self.zero:
            power = exponent.constant()
            if power < 0:
                raise NoValueError
            return self if power else ONE
        if not exponent.terms:
            return ONE
        if _is_whole(exponent):
            return Factor({base: e * exponent for base, e in self.powers.items()})
        sign, size = self.signed(domain)
        if sign < 1:
            raise NotReducibleError("a root of what is not seen to be positive")
        return Factor({base: e * exponent for base, e in size.powers.items()})

    def signed(self, domain: Domain) -> tuple[int, Factor]:
        """Return the sign on a domain (0: none is seen) and the absolute value of a nonzero factor.

        The bases of the absolute value are positive.
        """
        sign = 1
        size: dict[Expression, Exponent] = {}
        rest: dict[Expression, Exponent] = {}
        for base, power in self.powers.items():
            own = sign_of(base, domain)
            if own > 0:
                size[base] = size.get(base, ZERO) + power
            elif own < 0 and _is_whole(power):
                sign *= own ** int(power.constant() % 2)
                size[0 - base] = size.get(0 - base, ZERO) + power
            else:
                rest[base] = power
        if rest:
            whole = Factor(rest).expression()
            own = sign_of(whole, domain)
            sign *= own
            positive = whole if own > 0 else 0 - whole
            size[positive] = size.get(positive, ZERO) + constant(1)
        return sign, Factor({base: power for base, power in size.items() if power.terms})

    def of_other_index(self) -> Factor:
        """Return the factor with the index l in place of i."""
        other = dict(zip(I, L, strict=True))
        return Factor({base.substitute(other): e for base, e in self.powers.items()}, self.zero)

    def split(self, name: str) -> tuple[Factor, Factor]:
        """Return (C, R) where this is C R^j for the index of that name."""
        if self.zero:
            return self, ONE
        parts = {base: e.by(name) for base, e in self.powers.items()}
        if any(set(found) - {0, 1} for found in parts.values()):
            raise NotReducibleError("the terms of a sum are not powers of one ratio")
        free, ratio = (
            Factor(
                {base: found[k] for base, found in parts.items() if k in found and found[k].terms}
            )
            for k in (0, 1)
        )
        return free, ratio

    def expression(self) -> Expression:
        """Return the factor as a rational function of the letters."""
        rooted = self.rooted()
        if rooted.degree != 1:
            raise NotReducibleError("a root that the letters do not express")
        return rooted.outer

    def rooted(self) -> Rooted:
        """Return the factor as a rational function times a root of one."""
        if self.zero:
            return Rooted(Number(0), Number(1), 1)
        powers: dict[Expression, Fraction] = {}
        for base, exponent in self.powers.items():
            if base in _ROOT_OF:
                whole, over = exponent.over_depth()
                pairs = [(base, whole), (_ROOT_OF[base], over)]
            elif base == Number(2) and set(exponent.by("N")) <= {0, 1}:
                whole, slope = exponent.affine()  # 2^(a + bN) = 2^(a + b) (2^(N-1))^b
                pairs = [(base, whole + slope), (DOUBLED, slope)]
            else:
                pairs = [(base, exponent.constant())]
            for letter, power in pairs:
                powers[letter] = powers.get(letter, Fraction(0)) + power
        degree = lcm(1, *(power.denominator for power in powers.values()))
        if degree > MOST_EXPONENT or any(abs(p) * degree > MOST_EXPONENT for p in powers.values()):
            raise NotReducibleError("an exponent is too large to be expanded")
        outer = {base: int(p) for base, p in powers.items() if p.denominator == 1}
        inner = {base: int(p * degree) for base, p in powers.items() if p.denominator != 1}
        return Rooted(_quotient(outer), _quotient(inner), degree)

    def logarithm(self) -> Expression:
        """Return the logarithm of a product of powers of singular values."""
        total: Expression = Number(0)
        for base, exponent in self.powers.items():
            if base not in _LOG_OF:
                raise NotReducibleError("a logarithm of more than powers of singular values")
            whole, over = exponent.over_depth()
            scale = as_expression(whole / 2)
            if over:
                scale = scale + as_expression(over / 2) / DEPTH_LETTER
            total = total + scale * _LOG_OF[base]
        if self.zero:
            raise NoValueError
        return total


ONE: Final = Factor({})


def of_level(level: Level) -> Factor:
    """Return the singular value of an index."""
    return Factor({level.sigma: constant(1)})


def of_expression(expression: Expression) -> Factor:
    """Return a factor that is one expression, seen to be zero if it is."""
    try:
        ratio = flint_ratio(bounded(expression), polynomial_ring(expression.letters()))
    except ZeroDivisionError:
        raise NoValueError from None
    if not ratio.num:
        return Factor({}, zero=True)
    return Factor({expression: constant(1)})


def of_rational(value: Fraction) -> Factor:
    """Return a rational constant."""
    if value == 0:
        return Factor({}, zero=True)
    powers: dict[Expression, Exponent] = {}
    if value < 0:
        powers[Number(-1)] = constant(1)
    if abs(value.numerator) != 1:
        powers[Number(abs(value.numerator))] = constant(1)
    if value.denominator != 1:
        powers[Number(value.denominator)] = constant(-1)
    return Factor(powers)


def of_depth() -> Factor:
    """Return N."""
    return Factor({DEPTH_LETTER: constant(1)})


def _is_whole(exponent: Exponent) -> bool:
    """Whether an exponent is an integer wherever N and d are."""
    return all(
        c.denominator == 1 and all(power > 0 for _, power in monomial)
        for monomial, c in exponent.terms.items()
    )


def _quotient(powers: Mapping[Expression, int]) -> Expression:
    above: Expression | None = None
    below: Expression | None = None
    for base, power in powers.items():
        part = base if abs(power) == 1 else base ** abs(power)
        if power > 0:
            above = part if above is None else above * part
        elif power < 0:
            below = part if below is None else below * part
    numerator = Number(1) if above is None else above
    return numerator if below is None else numerator / below
