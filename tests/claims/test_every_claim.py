"""Every claim over a grid: what each route finds, and what becomes of what is printed.

All of it follows from the claim, its checks and the grid. What a run alone tells (what is observed
in training, the figures) is committed in the README's table, which a law of its own compares.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import inf
from typing import Any, Final

import pytest
from conftest import GRID, LEFT_BY_PAIRS

from dlnproof import Grid, check
from dlnproof.claims import CLAIMS
from dlnproof.claims.check import Check, ConvergentCheck, TrainingCheck
from dlnproof.claims.schema import Claim
from dlnproof.claims.studies import checker
from dlnproof.core.verdict import Route, Verdict
from dlnproof.depth import Depth, show_depth
from dlnproof.errors import NothingSelectedError
from dlnproof.notation.plain import plain
from dlnproof.numeric.exact.points import PointKey, point
from dlnproof.record.counterexamples import COUNTEREXAMPLE_SCHEMA
from dlnproof.record.evidence import Evidence
from dlnproof.record.record import ClaimRecord, Record
from dlnproof.run.jobs import checks_of
from dlnproof.run.printed import examine

CONFIRMED: Final = {
    Route.EXACT: Verdict.EXACT,
    Route.PULLBACK: Verdict.SAMPLED,
    Route.ENCLOSURE: Verdict.ENCLOSED,
    Route.TRAINING: Verdict.OBSERVED,
}
FALSE: Final[dict[str, Any]] = {"__name__": "checker"}
exec(checker(()), FALSE)  # what the referee knows as false: keys "claim: printed statement"

each_claim = pytest.mark.parametrize("claim", CLAIMS.values(), ids=list(CLAIMS))


@pytest.fixture
def record(claim: Claim, whole_record: Record) -> ClaimRecord:
    return next(found for found in whole_record.claims if found.id == claim.id)


def routes(claim: Claim, record: ClaimRecord) -> Iterator[tuple[Check, Evidence]]:
    """Yield each check of a claim with what it found."""
    found = {evidence.route: evidence for evidence in record.evidence}
    yield from ((made, found[made.route]) for made in checks_of(claim))


def visited(claim: Claim, made: Check) -> Sequence[PointKey]:
    assert not isinstance(made, TrainingCheck)
    return made.visits(list(GRID.keys(claim)))


def span(values: Sequence[Depth]) -> str:
    first, last = (show_depth(x) for x in (min(values), max(values)))
    return f"{first}" if first == last else f"{first}..{last}"


def test_every_claim_is_checked(whole_record: Record) -> None:
    assert [found.id for found in whole_record.claims] == list(CLAIMS)


@each_claim
def test_every_route_confirms_it(claim: Claim, record: ClaimRecord) -> None:
    assert {e.route: e.verdict for e in record.evidence} == {
        route: CONFIRMED.get(route, Verdict.PROVED) for route in claim.routes
    }
    assert record.measured == tuple(sorted(claim.empirical))
    measuring = (Route.TRAINING, Route.EXACT, Route.ENCLOSURE)
    by_it = CONFIRMED[next(route for route in measuring if route in claim.routes)]
    assert record.verdict is (by_it if claim.empirical else Verdict.PROVED)


@each_claim
def test_every_route_rejects_every_wrong_variant(claim: Claim, record: ClaimRecord) -> None:
    covers = {made.route: set(made.covers) for made in checks_of(claim)}
    covers[Route.DERIVATION] = set(claim.derived)
    for evidence in record.evidence:
        seen = [mutant for mutant in claim.mutants if {*mutant.parts} & covers[evidence.route]]
        left = LEFT_BY_PAIRS.get((claim.id, evidence.route), ())
        assert (evidence.tried, evidence.survivors) == (len(seen), left)
        assert seen


@pytest.mark.parametrize(("name", "route"), LEFT_BY_PAIRS)
def test_three_singular_values_reject_what_two_do_not(name: str, route: Route) -> None:
    grid = Grid(depths=(2,), widths=(3,), points=1)
    [found] = check([name], grid=grid, expression=route.value).claims
    [evidence] = found.evidence
    assert not {*evidence.survivors} & {*LEFT_BY_PAIRS[name, route]}


@each_claim
def test_every_route_has_its_scope_and_points(claim: Claim, record: ClaimRecord) -> None:
    [derivation] = (e for e in record.evidence if e.route is Route.DERIVATION)
    everywhere = "all N, all d" if claim.finite else "all d"
    assert derivation.details["scope"] == (plain(claim.scope) or everywhere)
    for made, evidence in routes(claim, record):
        details = evidence.details
        if isinstance(made, TrainingCheck):
            assert details["points"] == made.trained(GRID.runs)
            continue
        keys = visited(claim, made)
        assert details["points"] == len(keys) > 0
        if scope := getattr(made, "scope", ""):
            assert details["scope"] == plain(scope)
            assert "strata" not in details
            continue
        depths, widths = ([getattr(key, x) for key in keys] for x in ("depth", "width"))
        assert details["scope"] == f"N = {span(depths)}; d = {span(widths)}"
        assert details["strata"] == Counter(key.stratum.value for key in keys)


@each_claim
def test_every_depth_is_visited_by_some_route(claim: Claim) -> None:
    numeric = [made for made in checks_of(claim) if not isinstance(made, TrainingCheck)]
    spoken = {key.depth for key in GRID.keys(claim)}
    found = {key.depth for made in numeric for key in visited(claim, made)}
    alike = all(getattr(made, "scope", "") for made in numeric)  # of no depth at all
    trivial = {1}  # where there is nothing to measure, of one factor
    assert alike or spoken - found <= trivial


@each_claim
def test_the_order_of_convergence_is_observed(claim: Claim, record: ClaimRecord) -> None:
    for made, evidence in routes(claim, record):
        order = evidence.details.get("order")
        assert (order is not None) is isinstance(made, ConvergentCheck)
        if isinstance(made, ConvergentCheck) and order is not None:
            observed = sum(made.truncates(point(key)) for key in visited(claim, made))
            assert evidence.details["order_points"] == observed > 0
            assert all(abs(found - made.order) < 0.2 for found in order)


@each_claim
def test_what_becomes_of_what_is_printed(claim: Claim, record: ClaimRecord) -> None:
    for stated, printed in zip(claim.as_printed, record.as_printed, strict=True):
        assert printed.name == stated.name
        assert printed.explanation.endswith(plain(stated.explanation))
        found = printed.counterexample
        assert (printed.verdict is Verdict.REFUTED) is (
            f"{claim.id}: {stated.name}" in FALSE["PAIRS"]
        )
        if printed.verdict is Verdict.REFUTED:
            assert printed == examine(claim, stated)  # whatever the grid is
            assert found is not None
            assert (found.schema, found.claim) == (COUNTEREXAMPLE_SCHEMA, claim.id)
            continue
        assert found is None
        looked_for = any(
            stated.name in made.printed
            for made in checks_of(claim)
            if isinstance(made, TrainingCheck)
        )
        training = {Verdict.OBSERVED, Verdict.NOT_OBSERVED}
        assert printed.verdict in (training if looked_for else {Verdict.PROVED})


@each_claim
def test_it_speaks_of_no_other_depth(claim: Claim) -> None:
    others = [*([] if claim.finite else [1, 2, 3]), *([] if claim.infinite else [inf])]
    others += range(1, claim.least_depth)
    for depth in others:
        with pytest.raises(NothingSelectedError):
            check([claim.id], grid=Grid(depths=(depth,)))
