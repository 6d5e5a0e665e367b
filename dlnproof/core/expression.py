"""Exact expressions, kept in the order in which they were written.

A tree over letters and rationals with the four operations and natural powers. It can be evaluated
in any field (rationals, balls, floats, sympy, either polynomial engine), and it is printed as the
author wrote it: what a document shows is the object that was decided.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import fmpq

Scalar = int | Fraction


class Expression:
    """A rational expression in letters. Build it with ``+ - * / **``; it is never rewritten."""

    __slots__ = ()

    def __add__(self, other: Expression | Scalar) -> Expression:
        return Operation("+", self, as_expression(other))

    def __radd__(self, other: Scalar) -> Expression:
        return Operation("+", as_expression(other), self)

    def __sub__(self, other: Expression | Scalar) -> Expression:
        return Operation("-", self, as_expression(other))

    def __rsub__(self, other: Scalar) -> Expression:
        return Operation("-", as_expression(other), self)

    def __mul__(self, other: Expression | Scalar) -> Expression:
        return Operation("*", self, as_expression(other))

    def __rmul__(self, other: Scalar) -> Expression:
        return Operation("*", as_expression(other), self)

    def __truediv__(self, other: Expression | Scalar) -> Expression:
        return Operation("/", self, as_expression(other))

    def __rtruediv__(self, other: Scalar) -> Expression:
        return Operation("/", as_expression(other), self)

    def __pow__(self, exponent: int) -> Expression:
        return Power(self, exponent)

    def at(self, values: Mapping[Letter, Any], number: Callable[[int], Any] = fmpq) -> Any:
        """Return the value where each letter has the given value, of any number type.

        ``number`` makes that type's constants from integers (rationals by default, which mix with
        balls). Letters missing from ``values`` raise ``KeyError``; division by zero raises what
        the number type raises.
        """
        raise NotImplementedError

    def substitute(self, values: Mapping[Letter, Expression]) -> Expression:
        """Return the expression with each letter of ``values`` replaced, all at once."""
        raise NotImplementedError

    def parts(self) -> Iterator[Expression]:
        """Yield every subexpression, itself included, inner ones first."""
        yield self

    def letters(self) -> frozenset[Letter]:
        """Return the letters that occur."""
        return frozenset(part for part in self.parts() if isinstance(part, Letter))

    def divisors(self) -> Iterator[Expression]:
        """Yield every expression that is divided by: where one vanishes, the tree has no value."""
        for part in self.parts():
            if isinstance(part, Operation) and part.sign == "/":
                yield part.right


@dataclass(frozen=True, slots=True)
class Letter(Expression):
    """An indeterminate.

    ``latex`` is its base in print and ``exponent`` the exponent that a first power carries:
    ``Letter("t", r"\\sigma", "1/N")`` prints as the N-th root of sigma.
    """

    name: str
    latex: str
    exponent: str = ""

    def at(self, values: Mapping[Letter, Any], number: Callable[[int], Any] = fmpq) -> Any:
        return values[self]

    def substitute(self, values: Mapping[Letter, Expression]) -> Expression:
        return values.get(self, self)


@dataclass(frozen=True, slots=True)
class Number(Expression):
    """An integer constant."""

    value: int

    def __post_init__(self) -> None:
        operator.index(self.value)  # a float is refused: it is not exact

    def at(self, values: Mapping[Letter, Any], number: Callable[[int], Any] = fmpq) -> Any:
        return number(self.value)

    def substitute(self, values: Mapping[Letter, Expression]) -> Expression:
        return self


_APPLY = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}


@dataclass(frozen=True, slots=True)
class Operation(Expression):
    """Two expressions joined by one of ``+ - * /``."""

    sign: str
    left: Expression
    right: Expression

    def at(self, values: Mapping[Letter, Any], number: Callable[[int], Any] = fmpq) -> Any:
        return _APPLY[self.sign](self.left.at(values, number), self.right.at(values, number))

    def substitute(self, values: Mapping[Letter, Expression]) -> Expression:
        return Operation(self.sign, self.left.substitute(values), self.right.substitute(values))

    def parts(self) -> Iterator[Expression]:
        yield from self.left.parts()
        yield from self.right.parts()
        yield self


@dataclass(frozen=True, slots=True)
class Power(Expression):
    """A power with an exponent >= 0; an inverse is written as a quotient."""

    base: Expression
    exponent: int

    def __post_init__(self) -> None:
        if operator.index(self.exponent) < 0:
            raise TypeError(f"exponent {self.exponent!r}: expected an int >= 0")

    def at(self, values: Mapping[Letter, Any], number: Callable[[int], Any] = fmpq) -> Any:
        # by multiplication: a ball around zero to a power is not finite in every number type
        base, power = self.base.at(values, number), number(1)
        for _ in range(self.exponent):
            power = power * base
        return power

    def substitute(self, values: Mapping[Letter, Expression]) -> Expression:
        return Power(self.base.substitute(values), self.exponent)

    def parts(self) -> Iterator[Expression]:
        yield from self.base.parts()
        yield self


def as_expression(value: Expression | Scalar) -> Expression:
    """Return an expression: integers and fractions are taken, floats refused (not exact)."""
    if isinstance(value, Expression):
        return value
    if isinstance(value, int):
        return Number(int(value))
    if isinstance(value, Fraction):
        whole = Number(value.numerator)
        return whole if value.denominator == 1 else whole / Number(value.denominator)
    raise TypeError(f"{value!r} is not exact: expected an int, a Fraction or an Expression")
