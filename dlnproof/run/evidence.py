"""From results at many points to the evidence that a record states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from dlnproof.claims.check import Check, EnclosureCheck, ExactCheck, TrainingCheck
from dlnproof.claims.schema import Claim
from dlnproof.core.verdict import Route, Verdict, worst
from dlnproof.depth import Depth, in_a_row, show_depth
from dlnproof.notation.plain import plain
from dlnproof.numeric.exact.points import point
from dlnproof.record.counterexamples import Counterexample
from dlnproof.record.evidence import Enclosure, Evidence, Exact, Pullback
from dlnproof.run.grid import Grid
from dlnproof.run.jobs import DerivationResult, Result, checks_of
from dlnproof.run.point import PointResult, moved_at
from dlnproof.run.printed import counterexample
from dlnproof.run.questions import idle
from dlnproof.run.training import TrainingResult, observed
from dlnproof.run.visited import Visited

_AT_POINTS: Final = {made.route: made for made in (Exact, Enclosure, Pullback)}


def gather(
    claim: Claim, route: Route, results: Sequence[Result], grid: Grid, places: Visited
) -> Evidence:
    """Return the evidence of one route: the worst verdict, its figures, the variants rejected.

    ``places`` numbers the points of exact routes, which can be computed again from a record alone.

    A wrong variant is rejected when some point (or the derivation) refutes it. Where no point
    tells any of them from the statement the check could not have failed: VACUOUS. Where points
    tell one apart and yet none refutes it, the check is too coarse to confirm anything: UNDECIDED.
    What is compared exactly or in balls and could not have failed is VACUOUS too: a group of which
    all wrong variants predict the same, a question that is not answered no where it should be.
    """
    check = next((c for c in checks_of(claim) if c.route is route), None)
    if isinstance(check, TrainingCheck):
        trained = [result for result in results if isinstance(result, TrainingResult)]
        return observed(claim, check, trained, grid.runs)
    points: list[PointResult] = []
    for result in results:
        if isinstance(result, DerivationResult):
            kept = tuple(n for n, v in result.mutants.items() if v is not Verdict.REFUTED)
            derived = replace(result.found, tried=len(result.mutants), survivors=kept)
            if derived.verdict.holds and kept and len(kept) == len(result.mutants):
                why = "no wrong variant of the statement is refuted"
                return replace(derived, verdict=Verdict.VACUOUS, failure=why)
            return derived
        points += result if isinstance(result, list) else []
    outcomes: dict[str, set[Verdict]] = {}
    for found in points:
        for name, outcome in found.mutants.items():
            outcomes.setdefault(name, set()).add(outcome)
    survivors = [name for name, seen in outcomes.items() if Verdict.REFUTED not in seen]
    verdict = worst(f.comparison.verdict for f in points)
    failure = next(filter(None, map(_why, points)), None)
    if verdict.holds:
        worse = _untold(outcomes, survivors) or _toothless(claim, check, points)
        verdict, failure = worse or (verdict, failure)
    keys = [found.key for found in points]
    depths, widths = _listed([key.depth for key in keys]), _listed([key.width for key in keys])
    worded = "" if check is None else plain(check.scope)
    refuted = next((f for f in points if f.comparison.verdict is Verdict.REFUTED), None)
    made: type[Exact | Enclosure | Pullback] = _AT_POINTS[route]
    evidence = made(
        verdict,
        scope=worded or plain(f"$N={depths}$; $d={widths}$"),
        points=len(points),
        # where the scope is in words the kinds of spectra play no part
        strata=None if worded else Counter(key.stratum.value for key in keys),
        counterexample=None if refuted is None else _counterexample(claim, refuted),
        failure=failure,
        undecided=sum(f.comparison.verdict is Verdict.UNDECIDED for f in points) or None,
        tried=len(outcomes),
        survivors=tuple(survivors),
    )
    if isinstance(evidence, Exact):
        return replace(evidence, at=tuple(places.numbers(keys)))
    errors = [f.comparison.error for f in points if f.comparison.error is not None]
    orders = [f.comparison.order for f in points if f.comparison.order is not None]
    if errors:
        error = f"{max(errors):.1e}" if max(errors) else "0"
        evidence = replace(evidence, digits=grid.digits, worst_error=error)
    if isinstance(evidence, Pullback) and orders:
        ends = round(min(orders), 2), round(max(orders), 2)
        evidence = replace(evidence, order=ends, order_points=len(orders))
    return evidence


Worse = tuple[Verdict, str] | None
"""The verdict in place of one that holds, and why; or nothing."""


def _untold(outcomes: Mapping[str, set[Verdict]], survivors: Sequence[str]) -> Worse:
    """Say whether wrong variants were not refuted that should have been."""
    missed = [name for name in survivors if outcomes[name] != {Verdict.VACUOUS}]
    if missed:
        return Verdict.UNDECIDED, f"not told apart from {', '.join(missed)}"
    if len(survivors) == len(outcomes):
        return Verdict.VACUOUS, "every wrong variant agrees with the statement at these points"
    return None


def _toothless(claim: Claim, check: Check | None, points: Sequence[PointResult]) -> Worse:
    """Say whether a part of what is compared exactly, or in balls, could not have failed."""
    if not isinstance(check, ExactCheck | EnclosureCheck):
        return None
    still = {k for found in points for k in found.groups - found.moved}
    still -= {k for found in points for k in found.moved}
    keys = check.visits(list(Grid(points=1).keys(claim))) if still else ()
    for key in keys:  # that nothing moves at the points of this run is no fault of the check
        still -= moved_at(claim, check, key)
    if still:
        place, number = min(still)
        group = (
            f"group {place + 1} of {number} of what is predicted is the same in all wrong variants"
        )
        return Verdict.VACUOUS, f"{group}: expected it as a question, with a wrong object"
    why = idle([(found.key.depth, found.answers) for found in points])
    return (Verdict.VACUOUS, why) if why else None


def _counterexample(claim: Claim, found: PointResult) -> Counterexample:
    return counterexample(claim, claim.title, point(found.key), found.comparison)


def _why(found: PointResult) -> str:
    """Return why a point does not confirm, or ""."""
    comparison = found.comparison
    told = not comparison.verdict.holds and comparison.why
    return f"{_named(found)}: {comparison.why}" if told else ""


def _named(found: PointResult) -> str:
    key = found.key
    return (
        f"N = {show_depth(key.depth)}, d = {key.width}, {key.stratum}, "
        f"det W {'>' if key.sign > 0 else '<'} 0, point {key.index}"
    )


def _listed(values: Sequence[Depth]) -> str:
    """Return a set of depths or widths as text: runs of integers as a..b."""
    ends = ([show_depth(run[0]), show_depth(run[-1])] for run in in_a_row(values))
    return ", ".join(f"{first}" if first == last else f"{first}..{last}" for first, last in ends)
