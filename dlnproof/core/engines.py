"""The two engines that decide identities between rational functions over QQ.

One is FLINT's polynomials, with numerator and denominator kept apart and never reduced; the other
is sympy's field of fractions, with its own gcd and cancellation. They share no code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import Ordering, fmpq_mpoly, fmpq_mpoly_ctx

from dlnproof.core.expression import Expression, Letter, as_expression


def letters_of(*sides: Expression) -> frozenset[Letter]:
    """Return the letters that occur on any of the sides."""
    return frozenset().union(*(side.letters() for side in sides))


def refuse_shared_names(letters: Iterable[Letter]) -> None:
    """Raise ``ValueError`` if two different letters share a name: FLINT knows only names."""
    found: dict[str, Letter] = {}
    for letter in letters:
        if found.setdefault(letter.name, letter) != letter:
            raise ValueError(f"two letters are named '{letter.name}'")


def polynomial_ring(letters: frozenset[Letter]) -> fmpq_mpoly_ctx:
    """Return FLINT's ring of polynomials over QQ in the given letters, sorted by name."""
    refuse_shared_names(letters)
    return fmpq_mpoly_ctx.get(sorted(letter.name for letter in letters), Ordering.degrevlex)


@dataclass(frozen=True)
class Ratio:
    """A numerator over a denominator, never reduced."""

    num: fmpq_mpoly
    den: fmpq_mpoly

    def __add__(self, other: Ratio) -> Ratio:
        return Ratio(self.num * other.den + other.num * self.den, self.den * other.den)

    def __sub__(self, other: Ratio) -> Ratio:
        return Ratio(self.num * other.den - other.num * self.den, self.den * other.den)

    def __mul__(self, other: Ratio) -> Ratio:
        return Ratio(self.num * other.num, self.den * other.den)

    def __truediv__(self, other: Ratio) -> Ratio:
        if not other.num:
            raise ZeroDivisionError
        return Ratio(self.num * other.den, self.den * other.num)


def flint_ratio(expression: Expression, context: fmpq_mpoly_ctx) -> Ratio:
    """Return the expression as a ratio in FLINT's polynomial ring.

    Raises ``ZeroDivisionError`` if the expression divides by the zero polynomial.
    """
    one = context.constant(1)
    values = {name: Ratio(x, one) for name, x in zip(context.names(), context.gens(), strict=True)}
    ratio: Ratio = expression.at(
        {letter: values[letter.name] for letter in expression.letters()},
        lambda constant: Ratio(context.constant(constant), one),
    )
    return ratio


def equal_by_flint(left: Expression, right: Expression) -> bool | None:
    """Whether two rational functions are equal; None if either divides by zero."""
    context = polynomial_ring(letters_of(left, right))
    try:
        a, b = flint_ratio(left, context), flint_ratio(right, context)
    except ZeroDivisionError:
        return None
    return bool(a.num * b.den == b.num * a.den)


def equal_by_sympy(left: Expression, right: Expression) -> bool | None:
    """Whether two rational functions are equal; None if either divides by zero."""
    from sympy import QQ
    from sympy.polys.fields import field

    letters = list(letters_of(left, right))
    # sympy parses names, so it gets its own; and it has no field in no letters
    elements, *generators = field([f"x{k}" for k in range(max(1, len(letters)))], QQ)
    values: dict[Letter, Any] = dict(zip(letters, generators, strict=False))
    try:
        return bool(left.at(values, elements) == right.at(values, elements))
    except ZeroDivisionError:
        return None


def polynomial_expression(polynomial: fmpq_mpoly, letters: Iterable[Letter]) -> Expression:
    """Return one of FLINT's polynomials as an expression."""
    named = {letter.name: letter for letter in letters}
    total: Expression | None = None
    for exponents, coefficient in polynomial.terms():
        term: Expression | None = None
        for name, exponent in zip(polynomial.context().names(), map(int, exponents), strict=True):
            if exponent:
                power = named[name] if exponent == 1 else named[name] ** exponent
                term = power if term is None else term * power
        scalar = Fraction(int(coefficient.p), int(coefficient.q))
        size = as_expression(abs(scalar))
        term = size if term is None else term if abs(scalar) == 1 else size * term
        if total is None:
            total = term if scalar > 0 else 0 - term
        else:
            total = total + term if scalar > 0 else total - term
    return as_expression(0) if total is None else total
