"""From results at many points to the evidence that a record states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from dlnproof.core.claim import Claim
from dlnproof.core.verdict import Route, Verdict, worst
from dlnproof.depth import Depth, show_depth
from dlnproof.numeric.points import point
from dlnproof.record import Evidence
from dlnproof.run.grid import Grid
from dlnproof.run.jobs import DerivationResult, PointResult
from dlnproof.run.printed import counterexample


def gather(
    claim: Claim, route: Route, results: Sequence[list[PointResult] | DerivationResult], grid: Grid
) -> Evidence:
    """Return the evidence of one route: the worst verdict, its figures, the variants rejected.

    A wrong variant is rejected when some point (or the derivation) refutes it. Where none of those
    tried is rejected the check could not have failed, and the verdict is VACUOUS.
    """
    points: list[PointResult] = []
    for result in results:
        if isinstance(result, DerivationResult):
            survivors = _survivors({name: [v] for name, v in result.mutants.items()})
            return Evidence(route, result.verdict, result.details, len(result.mutants), survivors)
        points += result
    outcomes: dict[str, list[Verdict]] = {}
    for found in points:
        for name, verdict in found.mutants.items():
            outcomes.setdefault(name, []).append(verdict)
    survivors = _survivors(outcomes)
    verdict = worst(found.comparison.verdict for found in points)
    if verdict.holds and outcomes and len(survivors) == len(outcomes):
        verdict = Verdict.VACUOUS
    return Evidence(route, verdict, _details(claim, points, grid), len(outcomes), survivors)


def _survivors(outcomes: dict[str, list[Verdict]]) -> tuple[str, ...]:
    return tuple(name for name, seen in outcomes.items() if Verdict.REFUTED not in seen)


def _details(claim: Claim, points: Sequence[PointResult], grid: Grid) -> dict[str, Any]:
    keys = [found.key for found in points]
    strata = Counter(key.stratum.value for key in keys)
    details: dict[str, Any] = {
        "scope": f"N = {_listed([key.depth for key in keys])}; "
        f"d = {_listed([key.width for key in keys])}",
        "points": len(points),
        "strata": dict(strata),
    }
    errors = [f.comparison.error for f in points if f.comparison.error is not None]
    orders = [f.comparison.order for f in points if f.comparison.order is not None]
    if errors:
        details["digits"] = grid.digits
        details["worst_error"] = f"{max(errors):.1e}"
    if orders:
        details["order"] = [round(min(orders), 2), round(max(orders), 2)]
    for found in points:
        if found.comparison.verdict is Verdict.REFUTED:
            at = point(found.key)
            details["counterexample"] = counterexample(claim, claim.title, at, found.comparison)
            break
    undecided = [f.key for f in points if f.comparison.verdict is Verdict.UNDECIDED]
    if undecided:
        details["undecided"] = len(undecided)
    return details


def _listed(values: Sequence[Depth]) -> str:
    """Return a set of depths or widths as text: runs of integers as a..b."""
    whole = sorted({int(v) for v in values if v != float("inf")})
    groups: list[list[int]] = []
    for value in whole:
        if groups and value == groups[-1][-1] + 1:
            groups[-1].append(value)
        else:
            groups.append([value])
    shown = [str(g[0]) if len(g) == 1 else f"{g[0]}..{g[-1]}" for g in groups]
    if len(set(values)) > len(whole):
        shown.append(str(show_depth(float("inf"))))
    return ", ".join(shown)
