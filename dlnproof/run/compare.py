"""Comparing a measurement with a prediction, by the rules of its route.

Everything is decided on rationals and balls; a number that is not finite decides nothing, and two
empty lists are not equal but vacuous.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, repeat

from flint import arb, fmpq

from dlnproof.claims.check import (
    ORDER_TOLERANCE,
    TWICE,
    ConvergentCheck,
    EnclosureCheck,
    Groups,
    Number,
    Sides,
)
from dlnproof.core.verdict import Verdict


@dataclass(frozen=True)
class Comparison:
    """The outcome at one point: the verdict, and what it rests on.

    ``error`` is relative to the largest number of its group (a radius where balls decide),
    ``order`` the observed order of convergence; ``left`` and ``right`` are two numbers that differ
    or decide nothing, measured and predicted, and ``sides`` what they are; ``why`` says what went
    wrong.
    """

    verdict: Verdict
    error: Decimal | None = None
    order: float | None = None
    left: str = ""
    right: str = ""
    why: str = ""
    sides: Sides = TWICE


_NOTHING = Comparison(Verdict.VACUOUS, why="nothing was measured")


def compare_exact(
    measured: Groups,
    predicted: Groups,
    sides: Callable[[int, int], Sides] = lambda group, number: TWICE,
) -> Comparison:
    """Equal as rationals, every one, or refuted. Raises ``TypeError`` for anything but rationals.

    (A ball is neither equal nor unequal to a number in it.) ``sides`` says what is compared, by
    group and place in it.
    """
    paired = False
    for group, both in enumerate(zip(measured, predicted, strict=True)):
        for number, (a, b) in enumerate(zip(*both, strict=True)):
            if not (isinstance(a, fmpq) and isinstance(b, fmpq)):
                raise TypeError(f"expected rationals, got {a!r} and {b!r}")
            if a != b:
                where = sides(group, number).in_plain_text()
                return Comparison(Verdict.REFUTED, left=str(a), right=str(b), sides=where)
            paired = True
    return Comparison(Verdict.EXACT) if paired else _NOTHING


def compare_enclosed(
    check: EnclosureCheck, measured: Groups, predicted: Groups, digits: int
) -> Comparison:
    """Balls that overlap and are small; disjoint balls refute, large ones decide nothing."""
    pairs = _paired(measured, predicted)
    for a, b in pairs:
        if not arb(a).overlaps(arb(b)):
            return Comparison(Verdict.REFUTED, left=_decimal(a), right=_decimal(b))
    unbounded = _not_finite(pairs)
    if unbounded or not pairs:
        return unbounded or _NOTHING
    widest, small = arb(0), True
    *first, last = check.reach(digits)
    reaches = chain(first, repeat(last))
    for (found, expected), reach in zip(zip(measured, predicted, strict=True), reaches):  # noqa: B905
        scale = _scale(expected)
        for x in (*found, *expected):
            radius = (arb(x).rad() / scale).abs_upper()
            widest = max(widest, radius)
            small = small and bool(radius <= arb(reach))
    if small:
        return Comparison(Verdict.ENCLOSED, _error(widest))
    return Comparison(Verdict.UNDECIDED, _error(widest), why="the balls are too large")


@dataclass(frozen=True)
class _Gap:
    """The largest relative difference of a measurement: bounds (it is a ball), and its numbers."""

    lower: arb
    upper: arb
    pair: tuple[Number, Number]


def compare_convergent(
    check: ConvergentCheck,
    ladder: Sequence[Groups],
    fine: Groups,
    predicted: Groups,
    digits: int,
    *,
    truncates: bool,
) -> Comparison:
    """The fine error within reach, and the order observed wherever there is a truncation error.

    An error beyond reach refutes if it does not shrink along the ladder either, so that no smaller
    step could help; otherwise nothing is decided.
    """
    measured = [*ladder, fine]
    unbounded = _not_finite([pair for groups in measured for pair in _paired(groups, predicted)])
    if unbounded or not _paired(fine, predicted):
        return unbounded or _NOTHING
    reach = arb(check.reach(digits))
    *coarse, last = [_gap(groups, predicted) for groups in measured]
    order = _order(coarse[-2].upper, coarse[-1].upper) if truncates else None
    error, left, right = _error(last.upper), *map(_decimal, last.pair)
    if not last.upper <= reach:
        largest = max(gap.upper for gap in coarse)
        stuck = last.lower > reach and last.lower > largest / 2
        verdict = Verdict.REFUTED if stuck else Verdict.UNDECIDED
        return Comparison(verdict, error, order, left, right, "the error is beyond reach")
    if truncates and (order is None or abs(order - check.order) > ORDER_TOLERANCE):
        why = f"observed order {order}, expected {check.order}"
        return Comparison(Verdict.UNDECIDED, error, order, left, right, why)
    if not truncates and not all(gap.upper <= reach for gap in coarse):
        why = "an error at coarse steps, expected none"
        return Comparison(Verdict.UNDECIDED, error, order, left, right, why)
    return Comparison(Verdict.SAMPLED, error, order)


def apart(a: Groups, b: Groups) -> set[int]:
    """Return the places of the groups in which two predictions differ.

    Rationals that are not equal do, and balls that are disjoint.
    """
    return {
        place
        for place, both in enumerate(zip(a, b, strict=True))
        if any(_differ(x, y) for x, y in zip(*both, strict=True))
    }


def _differ(x: Number, y: Number) -> bool:
    if isinstance(x, fmpq) and isinstance(y, fmpq):
        return bool(x != y)
    return not arb(x).overlaps(arb(y))


def _order(before: arb, last: arb) -> float | None:
    """Return log2 of the ratio of two errors; None where one of them is zero."""
    if not (before > 0 and last > 0):
        return None
    return round(float((before / last).log() / arb(2).log()), 6)


def _gap(found: Groups, expected: Groups) -> _Gap:
    """Return the largest difference, relative to the largest number expected in its group."""

    def gaps() -> Iterator[_Gap]:
        for a, b in zip(found, expected, strict=True):
            scale = _scale(b)
            for x, y in zip(a, b, strict=True):
                gap = abs(arb(x) - arb(y)) / scale
                yield _Gap(gap.abs_lower(), gap.abs_upper(), (x, y))

    return max(gaps(), key=lambda gap: gap.upper)


def _scale(numbers: Sequence[Number]) -> arb:
    """Return the largest absolute value, 1 for a group of zeros (which is compared absolutely)."""
    upper = max((arb(x).abs_upper() for x in numbers), default=arb(0))
    return upper if upper > 0 else arb(1)


def _not_finite(pairs: Sequence[tuple[Number, Number]]) -> Comparison | None:
    """Return the outcome where some number is not finite: it would overlap, or exceed, anything."""
    for a, b in pairs:
        if not (arb(a).is_finite() and arb(b).is_finite()):
            why = "a number is not finite"
            return Comparison(Verdict.UNDECIDED, left=_decimal(a), right=_decimal(b), why=why)
    return None


def _paired(found: Groups, expected: Groups) -> list[tuple[Number, Number]]:
    return [pair for a, b in zip(found, expected, strict=True) for pair in zip(a, b, strict=True)]


def _error(x: arb) -> Decimal:
    # a float would be 0 below 1e-308, and precisions go further
    return Decimal(x.abs_upper().str(6, radius=False))


def _decimal(x: Number) -> str:
    return arb(x).str(20) if isinstance(x, arb) else str(fmpq(x))
