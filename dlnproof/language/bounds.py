"""What may be expanded, and which sign it has."""

from __future__ import annotations

from typing import Final

from dlnproof.core.domain import Domain
from dlnproof.core.engines import flint_ratio, polynomial_ring
from dlnproof.core.expression import Expression, Operation, Power
from dlnproof.language.exponents import NotReducibleError

MOST_TERMS: Final = 5_000
"""How many terms numerator and denominator may have together when expanded."""


def sign_of(expression: Expression, domain: Domain) -> int:
    """Return 1 or -1 where an expression has that sign on all of a domain, else 0: none is seen.

    Where numerator and denominator, never reduced, have a sign, nothing divided by vanishes.
    """
    letters = expression.letters()
    ratio = flint_ratio(bounded(expression), polynomial_ring(letters))
    sign = 1
    for polynomial in (ratio.num, ratio.den):
        if domain.is_positive(polynomial):
            continue
        if not domain.is_positive(-polynomial):
            return 0
        sign = -sign
    return sign


def bounded(expression: Expression) -> Expression:
    """Return an expression that is cheap to expand. Raises :class:`NotReducibleError`."""
    above, below = _terms(expression)
    if above + below > MOST_TERMS:
        raise NotReducibleError("it is too large to be expanded")
    return expression


def _terms(x: Expression) -> tuple[int, int]:
    """Return bounds for the number of terms of numerator and denominator."""
    match x:
        case Power(base, exponent):
            above, below = _terms(base)
            return _capped(above**exponent), _capped(below**exponent)
        case Operation(sign, left, right):
            (a, b), (c, e) = _terms(left), _terms(right)
            if sign == "/":
                c, e = e, c
            over = a * e + c * b if sign in "+-" else a * c
            return _capped(over), _capped(b * e)
    return 1, 1


def _capped(count: int) -> int:
    return min(count, 10**9)
