"""Exponents: polynomials in N, 1/N, d and indices, read from a formula and written in one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Final

from dlnproof.language.tree import (
    ONE,
    D,
    N,
    Negative,
    Node,
    Number,
    Operation,
    Symbol,
    number,
    times,
)
from dlnproof.language.tree import ZERO as NOTHING

Monomial = tuple[tuple[str, int], ...]
"""Names with their nonzero powers, by name."""


class NotReducibleError(ValueError):
    """A formula is no product over i and over pairs i < l of what the letters express."""


@dataclass(frozen=True)
class Exponent:
    """A sum of monomials."""

    terms: Mapping[Monomial, Fraction]

    def __add__(self, other: Exponent) -> Exponent:
        terms = dict(self.terms)
        for monomial, coefficient in other.terms.items():
            terms[monomial] = terms.get(monomial, Fraction(0)) + coefficient
        return Exponent({monomial: c for monomial, c in terms.items() if c})

    def __mul__(self, other: Exponent) -> Exponent:
        total = ZERO
        for first, a in self.terms.items():
            for second, b in other.terms.items():
                total = total + Exponent({_product(first, second): a * b})
        return total

    def __neg__(self) -> Exponent:
        return Exponent({monomial: -c for monomial, c in self.terms.items()})

    def __sub__(self, other: Exponent) -> Exponent:
        return self + -other

    def inverse(self) -> Exponent:
        """Return 1 / x for a single monomial x."""
        if len(self.terms) != 1:
            raise NotReducibleError("an exponent is divided by a sum")
        [(monomial, coefficient)] = self.terms.items()
        return Exponent({tuple((name, -p) for name, p in monomial): 1 / coefficient})

    def constant(self) -> Fraction:
        """Return the exponent as a rational number, if it is one."""
        if set(self.terms) - {()}:
            raise NotReducibleError("an exponent depends on N or d in a way that is not expressed")
        return self.terms.get((), Fraction(0))

    def by(self, name: str) -> dict[int, Exponent]:
        """Return the coefficients of the powers of one name."""
        found: dict[int, Exponent] = {}
        for monomial, coefficient in self.terms.items():
            power = dict(monomial).get(name, 0)
            rest = tuple(pair for pair in monomial if pair[0] != name)
            found[power] = found.get(power, ZERO) + Exponent({rest: coefficient})
        return found

    def over_depth(self) -> tuple[Fraction, Fraction]:
        """Return (a, b) for a + b/N."""
        parts = self.by("N")
        if set(parts) - {0, -1}:
            raise NotReducibleError("a singular value to a power that is not a + b/N")
        return parts.get(0, ZERO).constant(), parts.get(-1, ZERO).constant()

    def affine(self) -> tuple[Fraction, Fraction]:
        """Return (a, b) for a + b N."""
        parts = self.by("N")
        if set(parts) - {0, 1}:
            raise NotReducibleError("a bound of a sum that is not a + b N")
        return parts.get(0, ZERO).constant(), parts.get(1, ZERO).constant()


def _product(first: Monomial, second: Monomial) -> Monomial:
    powers = dict(first)
    for name, power in second:
        powers[name] = powers.get(name, 0) + power
    return tuple(sorted((name, power) for name, power in powers.items() if power))


def constant(value: Fraction | int) -> Exponent:
    """Return a rational exponent."""
    return Exponent({(): Fraction(value)} if value else {})


ZERO: Final = Exponent({})
UNIT: Final = constant(1)
HALF: Final = constant(Fraction(1, 2))
TWICE: Final = constant(2)
DEPTH: Final = Exponent({(("N", 1),): Fraction(1)})

_MOST_TERMS: Final = 60
_MOST_POWER: Final = 8


def exponent(node: Node, indices: frozenset[str]) -> Exponent:
    """Return a node as an exponent in N, d and the given indices.

    Raises :class:`NotReducibleError`.
    """
    match node:
        case Number(value):
            return constant(value)
        case Symbol("N" | "d" as name):
            return Exponent({((name, 1),): Fraction(1)})
        case Symbol(name) if name in indices:
            return Exponent({((name, 1),): Fraction(1)})
        case Negative(of):
            return -exponent(of, indices)
        case Operation(sign, left, right):
            return _bounded(_joined(sign, exponent(left, indices), exponent(right, indices)))
    raise NotReducibleError("an exponent is not a polynomial in N, 1/N and d")


def _bounded(found: Exponent) -> Exponent:
    if len(found.terms) > _MOST_TERMS:
        raise NotReducibleError("an exponent has too many terms")
    return found


def _joined(sign: str, left: Exponent, right: Exponent) -> Exponent:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left * right.inverse()
    power = right.constant()
    if power.denominator != 1 or not 0 <= power <= _MOST_POWER:
        raise NotReducibleError("an exponent with a power that is not small and whole")
    result = UNIT
    for _ in range(int(power)):
        result = _bounded(result * left)
    return result


def written(power: Exponent) -> Node:
    """Return an exponent: multiples of d(d-1) and d(d+1) as such, else a sum, 1/N last."""
    terms = dict(power.terms)
    square, linear = terms.get((("d", 2),)), terms.get((("d", 1),))
    if square is not None and len(terms) == 2 and linear in (square, -square):
        other = Operation("+" if linear == square else "-", D, ONE)
        return _scaled(abs(square), Operation("*", D, other), negative=square < 0)
    over, whole = terms.get((("N", -1),)), terms.get(())
    if over is not None and whole is not None and len(terms) == 2:  # (1 - N)/(2*N)
        size = lcm(over.denominator, whole.denominator)
        above = written(Exponent({(("N", 1),): whole * size, (): over * size}))
        return Operation("/", above, times(number(size), N))
    ordered = sorted(terms.items(), key=lambda term: (term[1] < 0, [(-p, n) for n, p in term[0]]))
    total: Node | None = None
    for monomial, coefficient in ordered:
        part = _term(monomial, abs(coefficient))
        if total is None:
            total = Negative(part) if coefficient < 0 else part
        else:
            total = Operation("-" if coefficient < 0 else "+", total, part)
    return NOTHING if total is None else total


def _term(monomial: tuple[tuple[str, int], ...], size: Fraction) -> Node:
    above: Node = ONE
    below: Node = ONE
    for name, power in monomial:
        letter = N if name == "N" else D
        factor = letter if abs(power) == 1 else Operation("**", letter, number(abs(power)))
        if power > 0:
            above = times(above, factor)
        else:
            below = times(below, factor)
    above = times(number(size.numerator), above)
    below = times(number(size.denominator), below)
    return above if below == ONE else Operation("/", above, below)


def _scaled(size: Fraction, what: Node, *, negative: bool) -> Node:
    made = times(number(size.numerator), what)
    if size.denominator != 1:
        made = Operation("/", made, number(size.denominator))
    return Negative(made) if negative else made
