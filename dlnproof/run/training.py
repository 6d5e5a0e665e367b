"""What training shows: experiments are jobs of their own, their findings a claim's evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from dlnproof.claims.check import Finding, TrainingCheck
from dlnproof.claims.schema import AsPrinted, Claim
from dlnproof.core.verdict import Verdict, worst
from dlnproof.notation.plain import plain
from dlnproof.record.evidence import Training
from dlnproof.run.point import described


@dataclass(frozen=True)
class TrainingResult:
    """What one experiment left behind: data to be read, or the reason why there is none."""

    data: Any
    seconds: float
    failure: str = ""


def observed(
    claim: Claim, check: TrainingCheck, results: Sequence[TrainingResult], runs: int
) -> Training:
    """Return the evidence of a claim's training runs: what was looked for, and whether it was seen.

    A wrong variant of the statement is rejected when some finding, read by it, fails.
    """
    evidence = Training(Verdict.ERROR, scope=plain(check.settings))
    failure = next((result.failure for result in results if result.failure), "")
    if failure or len(results) < len(check.experiments):
        return replace(evidence, failure=failure or "not all experiments were run")
    data = [result.data for result in results]
    try:
        evidence = replace(evidence, points=check.trained(runs))
        findings = check.read(claim.parts, data)
        tried = [mutant for mutant in claim.mutants if set(mutant.parts) & check.covers]
        kept = tuple(
            mutant.name
            for mutant in tried
            if all(f.verdict.holds for f in check.read(claim.with_parts(mutant.parts), data))
        )
    except Exception as error:
        return replace(evidence, failure=described(error))
    verdict, why = worst(finding.verdict for finding in findings), None
    if verdict.holds and kept:
        verdict, why = Verdict.UNDECIDED, f"not told apart from {', '.join(kept)}"
    return replace(
        evidence,
        verdict=verdict,
        findings=tuple(Finding(plain(f.name), plain(f.text), f.verdict) for f in findings),
        failure=why,
        tried=len(tried),
        survivors=kept,
    )


def printed_finding(
    check: TrainingCheck, printed: AsPrinted, results: Sequence[TrainingResult]
) -> Finding:
    """Return what the training runs say about a printed statement: without them, nothing."""
    failure = next((result.failure for result in results if result.failure), "")
    if failure:
        return Finding(printed.name, f"Not examined ({failure}).", Verdict.ERROR)
    if len(results) < len(check.experiments):
        return Finding(printed.name, "", Verdict.UNEXAMINED)
    return check.printed[printed.name]([result.data for result in results])
