"""Jobs: plain data that any process turns into a result."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from dlnproof.claims import CLAIMS
from dlnproof.core.claim import Claim
from dlnproof.core.precision import bits_of, working_precision
from dlnproof.core.proof import Proof
from dlnproof.core.verdict import Route, Verdict, worst
from dlnproof.numeric.points import ExactPoint, PointKey, point
from dlnproof.run.check import Check, ConvergentCheck, EnclosureCheck, Groups, Parts
from dlnproof.run.compare import (
    Comparison,
    compare_convergent,
    compare_enclosed,
    compare_exact,
)

_GUARD_BITS = 64


@dataclass(frozen=True)
class Job:
    """Check one claim by one route at some points (none: its derivation)."""

    claim: str
    route: Route
    keys: tuple[PointKey, ...] = ()
    digits: int = 50


@dataclass(frozen=True)
class PointResult:
    """What was found at one point: the statement's outcome, and each wrong variant's."""

    key: PointKey
    comparison: Comparison
    mutants: Mapping[str, Verdict]
    seconds: float


@dataclass(frozen=True)
class DerivationResult:
    """What became of a derivation, and of the same derivation of each wrong variant."""

    verdict: Verdict
    details: Mapping[str, Any]
    mutants: Mapping[str, Verdict]
    seconds: float


def checks_of(claim: Claim) -> tuple[Check, ...]:
    """Return the checks of a claim's module."""
    checks: tuple[Check, ...] = import_module(f"dlnproof.checks.{claim.slug}").CHECKS
    return checks


def derive_claim(claim: Claim, parts: Parts | None = None) -> Proof:
    """Run a claim's derivation, of its own statement or of one with other formulas."""
    module = import_module(f"dlnproof.derivations.{claim.slug}")
    proof: Proof = module.derive(claim.parts if parts is None else parts)
    return proof


def derive(claim: str) -> Proof:
    """Return the proof of a claim, by id: every step decided, with its verdict.

    In a notebook it is displayed as its equations. Raises :class:`InputError` for an unknown id.

    >>> derive("volume-form").verdict.value
    'proved'
    """
    from dlnproof.report.fragment import equations
    from dlnproof.run.select import claims_named

    [chosen] = claims_named([claim])
    proof = derive_claim(chosen)
    proof.display = equations
    return proof


@cache
def proof_verdict(claim_id: str) -> Verdict:
    """Return the verdict of a claim's proof, the proofs that it builds on included."""
    proof = derive_claim(CLAIMS[claim_id])
    if any(proof_verdict(used) is not Verdict.PROVED for used in proof.claims_used):
        return worst([proof.verdict, Verdict.UNDECIDED])
    return proof.verdict


def run(job: Job) -> list[PointResult] | DerivationResult:
    """Do a job. The result depends on the job alone, not on the process that does it."""
    claim = CLAIMS[job.claim]
    if job.route is Route.DERIVATION:
        return _derive(claim)
    check = next(c for c in checks_of(claim) if c.route is job.route)
    with working_precision(bits_of(job.digits) + _GUARD_BITS):
        return [_check(claim, check, key, job.digits) for key in job.keys]


def _derive(claim: Claim) -> DerivationResult:
    start = time.perf_counter()
    proof = derive_claim(claim)
    failure = proof.failure
    details: dict[str, Any] = {
        "scope": "all N, all d" if claim.finite else "all d",
        "steps": len(proof.steps),
        "assumptions": list(dict.fromkeys(step.source for step in proof.assumptions)),
        "uses": proof.claims_used,
    }
    if failure is not None:
        details["failure"] = f"{failure.name}: {failure.decision.why}"
    mutants = {
        mutant.name: derive_claim(claim, claim.with_parts(mutant.parts)).verdict
        for mutant in claim.mutants
    }
    verdict = proof_verdict(claim.id)
    return DerivationResult(verdict, details, mutants, time.perf_counter() - start)


def _check(claim: Claim, check: Check, key: PointKey, digits: int) -> PointResult:
    start = time.perf_counter()
    at = point(key)
    compare = comparer(check, at, digits)
    mutants = {
        mutant.name: compare(check.predict(claim.with_parts(mutant.parts), at)).verdict
        for mutant in claim.mutants
        if set(mutant.parts) & check.covers
    }
    comparison = compare(check.predict(claim.parts, at))
    return PointResult(key, comparison, mutants, time.perf_counter() - start)


def comparer(check: Check, at: ExactPoint, digits: int) -> Any:
    """Measure once at a point; return the comparison of that measurement with a prediction."""
    if isinstance(check, ConvergentCheck):
        ladder = [check.measure(at, step, digits) for step in check.ladder(at)]
        fine = check.measure(at, check.fine(digits), digits)

        def convergent(predicted: Groups) -> Comparison:
            return compare_convergent(check, ladder, fine, predicted, digits)

        return convergent
    measured = check.measure(at)
    if isinstance(check, EnclosureCheck):
        return lambda predicted: compare_enclosed(check, measured, predicted, digits)
    return lambda predicted: compare_exact(measured, predicted)
