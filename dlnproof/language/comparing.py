"""Two values of formulas compared: exactly where both are exact, else as balls."""

from __future__ import annotations

from enum import Enum
from typing import Final

from flint import arb, fmpq

from dlnproof.language.arithmetic import Value, ball
from dlnproof.language.radical import Radical, TooLargeError

_NARROW: Final = fmpq(1, 10**30)
_LONGEST: Final = 4_000  # bits of a value that is written exactly


class Relation(Enum):
    """How two values compare; EXACT and ENCLOSED are equal, as numbers and as balls."""

    EXACT = "exact"
    ENCLOSED = "enclosed"
    DIFFERENT = "different"
    UNDEFINED = "undefined"
    UNCLEAR = "unclear"


def compared(left: Value, right: Value) -> Relation:
    """Compare two values: exactly where both are exact, else as balls."""
    if isinstance(left, Radical) and isinstance(right, Radical):
        try:
            return Relation.EXACT if left.same(right) else Relation.DIFFERENT
        except TooLargeError:
            pass
    first, second = ball(left), ball(right)
    if not (first.is_finite() and second.is_finite()):
        return Relation.UNCLEAR
    if not first.overlaps(second):
        return Relation.DIFFERENT
    scale = arb(1) if first.is_zero() else abs(first).abs_lower()
    narrow = (first.rad() + second.rad()) <= scale * _NARROW
    return Relation.ENCLOSED if narrow else Relation.UNCLEAR


def shown(value: Value) -> str:
    """Return a value as files write it: exact unless that is long, else a rounded decimal."""
    if isinstance(value, Radical) and value.bits() <= _LONGEST:
        return str(value)
    return ball(value).str(25, radius=False)
