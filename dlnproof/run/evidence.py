"""From results at many points to the evidence that a record states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from dlnproof.claims.check import EnclosureCheck, ExactCheck, TrainingCheck
from dlnproof.claims.schema import Claim
from dlnproof.core.verdict import Route, Verdict, worst
from dlnproof.depth import Depth, in_a_row, show_depth
from dlnproof.notation.plain import plain
from dlnproof.numeric.exact.points import point
from dlnproof.record.record import Evidence
from dlnproof.run.grid import Grid
from dlnproof.run.jobs import DerivationResult, Result, checks_of
from dlnproof.run.places import Places
from dlnproof.run.point import PointResult
from dlnproof.run.printed import counterexample
from dlnproof.run.training import TrainingResult, observed


def gather(
    claim: Claim, route: Route, results: Sequence[Result], grid: Grid, places: Places
) -> Evidence:
    """Return the evidence of one route: the worst verdict, its figures, the variants rejected.

    ``places`` numbers the points of exact routes, which can be computed again from a record alone.

    A wrong variant is rejected when some point (or the derivation) refutes it. Where no point
    tells any of them from the statement the check could not have failed: VACUOUS. Where points
    tell one apart and yet none refutes it, the check is too coarse to confirm anything: UNDECIDED.
    """
    check = next((c for c in checks_of(claim) if c.route is route), None)
    if isinstance(check, TrainingCheck):
        trained = [result for result in results if isinstance(result, TrainingResult)]
        return observed(claim, check, trained, grid.runs)
    points: list[PointResult] = []
    for result in results:
        if isinstance(result, DerivationResult):
            kept = tuple(n for n, v in result.mutants.items() if v is not Verdict.REFUTED)
            verdict, details = result.verdict, dict(result.details)
            if verdict.holds and kept and len(kept) == len(result.mutants):
                verdict = Verdict.VACUOUS
                details["failure"] = "no wrong variant of the statement is refuted"
            return Evidence(route, verdict, details, len(result.mutants), kept)
        points += result if isinstance(result, list) else []
    outcomes: dict[str, set[Verdict]] = {}
    for found in points:
        for name, outcome in found.mutants.items():
            outcomes.setdefault(name, set()).add(outcome)
    survivors = [name for name, seen in outcomes.items() if Verdict.REFUTED not in seen]
    missed = [name for name in survivors if outcomes[name] != {Verdict.VACUOUS}]
    verdict, details = worst(f.comparison.verdict for f in points), _details(claim, points, grid)
    if isinstance(check, ExactCheck | EnclosureCheck) and check.scope:
        details["scope"] = plain(check.scope)
        del details["strata"]  # of spectra that play no part
    if verdict.holds and missed:
        verdict = Verdict.UNDECIDED
        details["failure"] = f"not told apart from {', '.join(missed)}"
    elif verdict.holds and len(survivors) == len(outcomes):
        verdict = Verdict.VACUOUS
        details["failure"] = "every wrong variant agrees with the statement at these points"
    if route is Route.EXACT:
        details["at"] = places.numbers(found.key for found in points)
    return Evidence(route, verdict, details, len(outcomes), tuple(survivors))


def _details(claim: Claim, points: Sequence[PointResult], grid: Grid) -> dict[str, Any]:
    keys = [found.key for found in points]
    depths, widths = _listed([key.depth for key in keys]), _listed([key.width for key in keys])
    details: dict[str, Any] = {
        "scope": plain(f"$N={depths}$; $d={widths}$"),
        "points": len(points),
        "strata": dict(Counter(key.stratum.value for key in keys)),
    }
    errors = [f.comparison.error for f in points if f.comparison.error is not None]
    orders = [f.comparison.order for f in points if f.comparison.order is not None]
    if errors:
        details["digits"] = grid.digits
        worst_error = max(errors)
        details["worst_error"] = f"{worst_error:.1e}" if worst_error else "0"
    if orders:
        details["order"] = [round(min(orders), 2), round(max(orders), 2)]
        details["order_points"] = len(orders)
    for found in points:
        if found.comparison.verdict is Verdict.REFUTED:
            at = point(found.key)
            details["counterexample"] = counterexample(claim, claim.title, at, found.comparison)
            break
    for found in points:
        if not found.comparison.verdict.holds and found.comparison.why:
            details["failure"] = f"{_named(found)}: {found.comparison.why}"
            break
    undecided = [f for f in points if f.comparison.verdict is Verdict.UNDECIDED]
    if undecided:
        details["undecided"] = len(undecided)
    return details


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
