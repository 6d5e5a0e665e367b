"""Printed statements: the smallest counterexample, or the verdict that they hold with."""

from __future__ import annotations

from typing import Any

from dlnproof.core.claim import AsPrinted, Claim
from dlnproof.core.verdict import Route, Verdict
from dlnproof.depth import show_depth
from dlnproof.numeric.points import ExactPoint, PointKey, Stratum, point
from dlnproof.record import COUNTEREXAMPLE_SCHEMA, PrintedRecord
from dlnproof.run.check import ExactCheck
from dlnproof.run.compare import Comparison, compare_exact
from dlnproof.run.jobs import alone, checks_of, derive_claim, proof_verdict
from dlnproof.run.point import described

_SMALL = tuple(
    PointKey(depth, width, Stratum.SIMPLE, 1, 0, 0) for depth in (1, 2, 3) for width in (1, 2, 3)
)
"""Where counterexamples are looked for, whatever grid the run has: smallest depth first."""

_DIGITS = 50


def examine(claim: Claim, printed: AsPrinted) -> PrintedRecord:
    """Return the printed statement's record: refuted at the smallest point, or as it holds."""
    explanation, found = printed.explanation, None
    try:
        with alone(_DIGITS):
            verdict, found = _verdict(claim, printed)
    except Exception as error:
        verdict = Verdict.ERROR
        explanation = f"Not examined ({described(error)}). {explanation}"
    return PrintedRecord(
        printed.name,
        str(printed.source),
        printed.witness.value,
        printed.statement,
        verdict,
        explanation,
        found,
    )


def _verdict(claim: Claim, printed: AsPrinted) -> tuple[Verdict, dict[str, Any] | None]:
    exact = [check for check in checks_of(claim) if check.route is Route.EXACT]
    for check in exact:
        assert isinstance(check, ExactCheck)
        for key in _SMALL:
            at = point(key)
            comparison = _compare(claim, printed, check, at)
            if comparison is not None and comparison.verdict is Verdict.REFUTED:
                return Verdict.REFUTED, counterexample(claim, printed.statement, at, comparison)
    if printed.parts:
        return derive_claim(claim, claim.with_parts(printed.parts)).verdict, None
    if any(
        printed.name in (check.printed or {}) for check in exact if isinstance(check, ExactCheck)
    ):
        return Verdict.UNDECIDED, None
    return proof_verdict(claim.id), None  # printed as it is stated here


def _compare(
    claim: Claim, printed: AsPrinted, check: ExactCheck, at: ExactPoint
) -> Comparison | None:
    """Compare every reading of the printed formula: refuted if none of them agrees."""
    if printed.parts:
        readings = [check.predict(claim.with_parts(printed.parts), at)]
    elif check.printed and printed.name in check.printed:
        readings = list(check.printed[printed.name](at))
    else:
        return None
    measured = check.measure(at)
    comparisons = [compare_exact(measured, reading) for reading in readings]
    if not comparisons:
        return None
    return max(comparisons, key=lambda c: c.verdict is Verdict.EXACT)


def counterexample(
    claim: Claim, statement: str, at: ExactPoint, comparison: Comparison
) -> dict[str, Any]:
    """Return the counterexample as data: the point, and the two values that should be equal."""
    return {
        "schema": COUNTEREXAMPLE_SCHEMA,
        "claim": claim.id,
        "statement": statement,
        "N": show_depth(at.depth),
        "d": at.width,
        "point": {
            "t": [str(t) for t in at.roots],
            "Q": [[[str(x) for x in row] for row in frame.tolist()] for frame in at.frames],
        },
        "left": comparison.left,
        "right": comparison.right,
    }
