"""Two values of formulas compared: exactly where both are exact, else as balls."""

from __future__ import annotations

from typing import Final

from flint import arb, fmpq

from dlnproof.core.verdict import Verdict
from dlnproof.language.arithmetic import Value, ball
from dlnproof.language.radical import Radical, TooLargeError

_NARROW: Final = fmpq(1, 10**30)
_LONGEST: Final = 4_000  # bits of a value that is written exactly


def compared(left: Value, right: Value) -> Verdict:
    """Compare two values: EXACT or ENCLOSED if equal, REFUTED if not, else UNDECIDED."""
    if isinstance(left, Radical) and isinstance(right, Radical):
        try:
            return Verdict.EXACT if left.same(right) else Verdict.REFUTED
        except TooLargeError:
            pass
    first, second = ball(left), ball(right)
    if not (first.is_finite() and second.is_finite()):
        return Verdict.UNDECIDED
    if not first.overlaps(second):
        return Verdict.REFUTED
    scale = arb(1) if first.is_zero() else abs(first).abs_lower()
    narrow = (first.rad() + second.rad()) <= scale * _NARROW
    return Verdict.ENCLOSED if narrow else Verdict.UNDECIDED


def shown(value: Value) -> str:
    """Return a value as files write it: exact unless that is long, else a rounded decimal."""
    if isinstance(value, Radical) and value.bits() <= _LONGEST:
        return str(value)
    return ball(value).str(25, radius=False)
