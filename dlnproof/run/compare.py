"""Comparing a measurement with a prediction, by the rules of its route."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from flint import arb, fmpq

from dlnproof.core.verdict import Verdict
from dlnproof.run.check import ConvergentCheck, EnclosureCheck, Groups, Number

_ORDER_TOLERANCE = 0.5


@dataclass(frozen=True)
class Comparison:
    """The outcome at one point: the verdict, and what it rests on.

    ``error`` is relative to the largest number of its group (a radius where balls decide),
    ``order`` the observed order of convergence; ``left`` and ``right`` are the first two numbers
    that differ, measured and predicted.
    """

    verdict: Verdict
    error: float | None = None
    order: float | None = None
    left: str = ""
    right: str = ""


def compare_exact(measured: Groups, predicted: Groups) -> Comparison:
    """Equal as rationals, every one, or refuted."""
    for a, b in _paired(measured, predicted):
        if a != b:
            return Comparison(Verdict.REFUTED, left=str(a), right=str(b))
    return Comparison(Verdict.EXACT)


def compare_enclosed(
    check: EnclosureCheck, measured: Groups, predicted: Groups, digits: int
) -> Comparison:
    """Balls that overlap and are small; disjoint balls refute, large ones decide nothing."""
    worst = 0.0
    for found, expected in zip(measured, predicted, strict=True):
        scale = _scale(expected)
        for a, b in zip(found, expected, strict=True):
            if not (arb(a).is_finite() and arb(b).is_finite()):  # nan overlaps everything
                return Comparison(Verdict.UNDECIDED, left=_decimal(a), right=_decimal(b))
            if not arb(a).overlaps(arb(b)):
                return Comparison(Verdict.REFUTED, left=_decimal(a), right=_decimal(b))
            worst = max(worst, float((arb(a).rad() / scale).abs_upper()))
    small = worst <= float(arb(check.reach(digits)))
    return Comparison(Verdict.ENCLOSED if small else Verdict.UNDECIDED, error=worst)


def compare_convergent(
    check: ConvergentCheck, ladder: Sequence[Groups], fine: Groups, predicted: Groups, digits: int
) -> Comparison:
    """The fine error within reach, and the observed order right until the errors reach the floor.

    An error beyond reach refutes if it does not shrink along the ladder either, so that no smaller
    step could help; otherwise nothing is decided.
    """
    reach = float(arb(check.reach(digits)))
    at_least, error = _error(fine, predicted)
    errors = [_error(groups, predicted)[1] for groups in ladder]
    order = _observed_order(errors, reach)
    if error > reach:
        a, b = _furthest(fine, predicted)
        stuck = at_least > max(reach, max(errors) / 2)
        verdict = Verdict.REFUTED if stuck else Verdict.UNDECIDED
        return Comparison(verdict, error, order, _decimal(a), _decimal(b))
    right = order is None or abs(order - check.order) <= _ORDER_TOLERANCE
    return Comparison(Verdict.SAMPLED if right else Verdict.UNDECIDED, error, order)


def _observed_order(errors: Sequence[float], floor: float) -> float | None:
    """Return log2 of the last ratio of errors; None where they are at the precision floor."""
    *_, before, last = errors
    if last <= floor:
        return None
    return math.log2(before / last)


def _error(found: Groups, expected: Groups) -> tuple[float, float]:
    """Return the largest difference, relative to the largest number expected in its group.

    A lower and an upper bound of it: the numbers may be balls.
    """
    gaps = [
        abs(arb(x) - arb(y)) / scale
        for a, b in zip(found, expected, strict=True)
        for scale in [_scale(b)]
        for x, y in zip(a, b, strict=True)
    ]
    return (
        max((float(gap.abs_lower()) for gap in gaps), default=0.0),
        max((float(gap.abs_upper()) for gap in gaps), default=0.0),
    )


def _furthest(found: Groups, expected: Groups) -> tuple[Number, Number]:
    pairs = _paired(found, expected)
    return max(pairs, key=lambda pair: float(abs(arb(pair[0]) - arb(pair[1])).abs_upper()))


def _scale(numbers: Sequence[Number]) -> arb:
    """Return the largest absolute value, 1 for a group of zeros (which is compared absolutely)."""
    upper = max((arb(x).abs_upper() for x in numbers), key=float, default=arb(0))
    return upper if upper > 0 else arb(1)


def _paired(found: Groups, expected: Groups) -> list[tuple[Number, Number]]:
    return [pair for a, b in zip(found, expected, strict=True) for pair in zip(a, b, strict=True)]


def _decimal(x: Number) -> str:
    return arb(x).str(20) if isinstance(x, arb) else str(fmpq(x))
