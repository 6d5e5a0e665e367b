"""Quotients of factors and closed forms, where they are monomials."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import lcm
from typing import Final

from flint import fmpq_mpoly

from dlnproof.core.engines import flint_ratio, letters_of, polynomial_ring
from dlnproof.core.expression import Expression
from dlnproof.language.factors import Factor

Powers = Mapping[str, Fraction]
"""The exponents of N, of integers (by their digits) and of letters."""


def quotient(factor: Factor, closed: Expression, degree: int) -> Powers | None:
    """Return the exponents of factor / closed^(1/degree), where that is a monomial."""
    root = factor.rooted()
    common = lcm(degree, root.degree)
    over = root.to_power(common) / closed ** (common // degree)
    ratio = flint_ratio(over, polynomial_ring(letters_of(over)))
    shared = ratio.num.gcd(ratio.den)
    found: dict[str, Fraction] = {}
    for polynomial, sign in ((ratio.num / shared, 1), (ratio.den / shared, -1)):
        single = _monomial(polynomial)
        if single is None:
            return None
        for name, power in single.items():
            total = found.get(name, Fraction(0)) + Fraction(sign * power, common)
            found[name] = total
    negative = found.pop("-1", Fraction(0)) * common % 2 == 1
    if negative:  # of an even power: no sign can be read off
        if common % 2 == 0:
            return None
        found["-1"] = Fraction(1)
    return {name: power for name, power in found.items() if power}


def _monomial(polynomial: fmpq_mpoly) -> dict[str, int] | None:
    terms = list(polynomial.terms())
    if len(terms) != 1:
        return None
    [(exponents, coefficient)] = terms
    found = {
        name: int(power)
        for name, power in zip(polynomial.context().names(), exponents, strict=True)
        if power
    }
    if coefficient < 0:
        found["-1"] = 1
    for part, sign in ((abs(int(coefficient.p)), 1), (int(coefficient.q), -1)):
        rest = part
        for prime in _PRIMES:  # small ones: factoring what somebody wrote may take forever
            power = 0
            while rest % prime == 0:
                rest, power = rest // prime, power + 1
            if power:
                found[str(prime)] = sign * power
        if rest != 1:
            return None
    return found


_PRIMES: Final = (2, 3, 5, 7, 11, 13)
