"""Numbers that are not zero because no factor of them is. Nothing here is trusted."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from operator import mul
from typing import Any

from dlnproof.kernel.numbers import Flint, Monomial, Reader
from dlnproof.kernel.signs import nonzero_certificate, power_nonzero
from dlnproof.kernel.terms import Term, different, number, power
from dlnproof.kernel.theorem import Refused, Theorem
from dlnproof.tactics.settle import proved, settle


def nonzero(goal: Term, *known: Theorem | Term) -> Theorem:
    """Return x != 0, for a number x whose factors, as a rational function, are not zero."""
    value, zero = goal.args
    if goal.op != "!=" or zero != number(0):
        raise Refused(f"{goal} does not say that a number is not zero")
    reader = Reader()
    tree = reader.read(value)
    factors: list[Theorem | Fraction] = [Fraction(-1)]
    for polynomial, sign in zip(Flint(reader).value(tree), (1, -1), strict=True):
        constant, parts = polynomial.factor()
        if constant == 0:
            raise Refused(f"{value} is zero")
        factors.append(_fraction(constant) ** sign)
        for part, times in parts:
            found = proved(different(_term(part, reader), 0), *known)
            factors += [found if sign > 0 else power_nonzero(found, -1)] * int(times)
    return settle(nonzero_certificate(goal, factors), *known)


def _term(polynomial: Any, reader: Reader) -> Term:
    """Return one of FLINT's polynomials in the letters of a reader as a number."""
    letters = [_letter(base, monomial, q) for (base, monomial), q in reader.roots.items()]
    sums: dict[bool, Term] = {}
    for exponents, coefficient in polynomial.terms():
        size = _fraction(coefficient)
        term = number(abs(size))
        for letter, exponent in zip(letters, map(int, exponents), strict=True):
            if exponent:
                factor = letter if exponent == 1 else power(letter, exponent)
                term = factor if term == number(1) else term * factor
        sums[size > 0] = sums[size > 0] + term if (size > 0) in sums else term
    if True not in sums:
        return -sums[False]
    return sums[True] - sums[False] if False in sums else sums[True]


def _fraction(value: Any) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def _letter(base: Term, monomial: Monomial, q: int) -> Term:
    """Return base^(monomial / q)."""
    if not monomial and q == 1:
        return base
    up = [power(number(letter), e) for letter, e in monomial if e > 0]
    down = [power(number(letter), -e) for letter, e in monomial if e < 0]
    exponent = reduce(mul, up, number(1)) / reduce(mul, down, number(q))
    return power(base, exponent)
