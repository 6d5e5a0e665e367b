"""Printed statements: the smallest counterexample, or the verdict that they hold with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from functools import partial

from dlnproof.claims.check import ExactCheck, TrainingCheck
from dlnproof.claims.schema import AsPrinted, Claim
from dlnproof.core.verdict import Route, Verdict
from dlnproof.notation.plain import plain
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum, point
from dlnproof.record.counterexamples import COUNTEREXAMPLE_SCHEMA, Counterexample
from dlnproof.record.points import Coordinates
from dlnproof.record.record import PrintedRecord
from dlnproof.run.compare import Comparison, compare_exact
from dlnproof.run.jobs import (
    Job,
    alone,
    checks_of,
    derive_claim,
    proof_verdict,
    run,
    training_jobs,
    verdict_of,
)
from dlnproof.run.point import described
from dlnproof.run.training import TrainingResult, printed_finding

DIGITS = 50
"""The working precision; a counterexample is exact and does not depend on it."""


def training_for(claims: Sequence[Claim], runs: int, seed: int) -> list[Job]:
    """Return the training runs that printed statements of the claims speak of."""
    return [
        job
        for claim in claims
        if _on_training(claim).intersection(printed.name for printed in claim.as_printed)
        for job in training_jobs(claim, runs, seed)
    ]


def trained(
    jobs: Sequence[Job], executor: Executor | None, told: Callable[[Job], None]
) -> dict[str, list[TrainingResult]]:
    """Make training runs; return their results by claim. ``told`` is called after each."""
    found: dict[str, list[TrainingResult]] = defaultdict(list)
    for job, result in zip(jobs, (executor.map if executor else map)(run, jobs), strict=True):
        if isinstance(result, TrainingResult):
            found[job.claim].append(result)
        told(job)
    return found


def _on_training(claim: Claim) -> set[str]:
    """Return the names of what training decides, printed or not."""
    checks = (check for check in checks_of(claim) if isinstance(check, TrainingCheck))
    return {name for check in checks for name in check.printed}


def examined(claim: Claim) -> dict[str, PrintedRecord]:
    """Return the records of the claim's printed statements, but of those on training, by name."""
    on_training = _on_training(claim)
    return {p.name: examine(claim, p) for p in claim.as_printed if p.name not in on_training}


def examine(
    claim: Claim, printed: AsPrinted, trained: Sequence[TrainingResult] = ()
) -> PrintedRecord:
    """Return the printed statement's record: refuted at the smallest point, or as it holds.

    ``trained`` are the results of the claim's training check, which decide what is printed about
    training.
    """
    explanation, found = plain(printed.explanation), None
    try:
        for check in checks_of(claim):
            if isinstance(check, TrainingCheck) and printed.name in check.printed:
                finding = printed_finding(check, printed, trained)
                explanation = f"{plain(finding.text)} {explanation}".lstrip()
                return _record(printed, finding.verdict, Route.TRAINING, explanation, None)
        with alone(DIGITS):
            verdict, found = _verdict(claim, printed)
    except Exception as error:
        verdict = Verdict.ERROR
        explanation = f"Not examined ({described(error)}). {explanation}"
    route = Route.EXACT if found else Route.DERIVATION
    return _record(printed, verdict, route, explanation, found)


def _record(
    printed: AsPrinted,
    verdict: Verdict,
    route: Route,
    explanation: str,
    found: Counterexample | None,
) -> PrintedRecord:
    return PrintedRecord(
        printed.name,
        str(printed.source),
        printed.witness.value,
        plain(printed.statement),
        verdict,
        route,
        explanation,
        found,
    )


def _verdict(claim: Claim, printed: AsPrinted) -> tuple[Verdict, Counterexample | None]:
    exact = exact_checks(claim)
    for check in exact:
        for key in check.visits(list(_small(printed.least_depth))):
            at = point(key)
            comparison = compare_printed(claim, printed, check, at)
            if comparison is not None and comparison.verdict is Verdict.REFUTED:
                return Verdict.REFUTED, counterexample(
                    claim, plain(printed.statement), at, comparison
                )
    if printed.parts:
        return verdict_of(derive_claim(claim, claim.with_parts(printed.parts))), None
    if printed.as_stated:
        return proof_verdict(claim.id), None
    return Verdict.UNDECIDED, None


def _small(least_depth: int) -> Iterator[PointKey]:
    """Yield where counterexamples are looked for, whatever grid the run has: smallest N first."""
    for index in range(4):
        for depth in range(least_depth, least_depth + 3):
            for width in (1, 2, 3):
                yield PointKey(depth, width, Stratum.SIMPLE, 1, index, 0)


def exact_checks(claim: Claim) -> list[ExactCheck]:
    """Return the claim's checks in rationals, which alone give exact counterexamples."""
    return [check for check in checks_of(claim) if isinstance(check, ExactCheck)]


def compare_printed(
    claim: Claim, printed: AsPrinted, check: ExactCheck, at: ExactPoint
) -> Comparison | None:
    """Compare the printed formula with what is measured at the point.

    None where it is printed as the claim states it, or has no meaning at the point.
    """
    if printed.parts:
        predicted = check.predict(claim.with_parts(printed.parts), at)
        return compare_exact(check.measure(at), predicted, partial(check.sides, at))
    if printed.name not in check.printed:
        return None
    found = check.printed[printed.name](at)
    if not found.measured:
        return None
    return compare_exact(found.measured, found.printed, lambda group, number: found.sides)


def counterexample(
    claim: Claim, statement: str, at: ExactPoint, comparison: Comparison
) -> Counterexample:
    """Return the counterexample as data: the point, and the two values that should be equal.

    The point is what it is computed again from; ``where`` is there if the values are of another.
    """
    sides = comparison.sides
    return Counterexample(
        schema=COUNTEREXAMPLE_SCHEMA,
        claim=claim.id,
        statement=statement,
        N=at.depth,
        d=at.width,
        point=Coordinates.of(at),
        where=sides.where or None,
        left=comparison.left,
        left_is=sides.left,
        right=comparison.right,
        right_is=sides.right,
    )
