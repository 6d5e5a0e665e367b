"""A number as people write it, exactly: 0.1 is 1/10."""

import re
from typing import Final

from flint import fmpq, fmpz

from dlnproof.errors import InputError

MAX_LITERAL: Final = 10_000  # characters
MAX_EXPONENT: Final = 5_000  # exact powers of ten stay cheap up to here

EXPECTED: Final = (
    "expected a number such as 2, -0.5, 1e-3 or 7/3 in ASCII digits; remove headers, units and"
    " quotes, and fill blank entries"
)
FINITE: Final = "expected a finite number; fill in missing entries"

_DECIMAL = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?")
_FRACTION = re.compile(r"([+-]?)([0-9]+)/([0-9]+)")
_NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)


def exact_number(text: str) -> fmpq:
    """Return the exact value of a decimal such as "1.5e-3" or of a fraction such as "7/3".

    ASCII digits only; at most ``MAX_LITERAL`` characters and exponents up to ``MAX_EXPONENT``, so
    that hostile input costs nothing. Raises :class:`InputError`, whose text starts after "got".

    >>> exact_number("0.1"), exact_number("-7/3")
    (1/10, -7/3)
    """
    if len(text) > MAX_LITERAL:
        raise InputError(f"{len(text)} characters; expected at most {MAX_LITERAL}")
    if fraction := _FRACTION.fullmatch(text):
        sign, numerator, denominator = fraction.groups()
        if fmpz(denominator) == 0:
            raise InputError("a fraction with denominator 0; expected a nonzero denominator")
        value = fmpq(fmpz(numerator), fmpz(denominator))
        return -value if sign == "-" else value
    decimal = _DECIMAL.fullmatch(text)
    if decimal is None or not (decimal[2] or decimal[3]):
        raise InputError(FINITE if _NOT_FINITE.fullmatch(text) else EXPECTED)
    sign, whole, fractional, power = (group or "" for group in decimal.groups())
    exponent = fmpz(power.lstrip("+") or "0")  # fmpz reads no plus sign; int() caps its digits
    if abs(exponent) > MAX_EXPONENT:
        raise InputError(f"expected an exponent from -{MAX_EXPONENT} to {MAX_EXPONENT}; rescale")
    value = fmpz(whole + fractional) * fmpq(10) ** (int(exponent) - len(fractional))
    return -value if sign == "-" else value


def is_number(text: str) -> bool:
    """Return whether text is such a number."""
    try:
        exact_number(text)
    except InputError:
        return False
    return True


def float_number(text: str) -> float:
    """Return the float64 nearest to such a number. Raises :class:`InputError` in the same way."""
    exact = exact_number(text)
    try:
        return int(exact.p) / int(exact.q)
    except OverflowError:
        raise InputError("expected a number below 1.8e308") from None
