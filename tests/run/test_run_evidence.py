"""From results at points to a verdict: what counts as rejected, missed, alike, vacuous."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from dlnproof import Grid
from dlnproof.claims import CLAIMS
from dlnproof.claims.check import EnclosureCheck, ExactCheck
from dlnproof.claims.schema import Claim
from dlnproof.claims.volume.volume_form import CLAIM as VOLUME_FORM
from dlnproof.core.verdict import Route, Verdict
from dlnproof.notation.plain import plain
from dlnproof.numeric.exact.points import PointKey, Stratum
from dlnproof.record.evidence import Derivation, Evidence
from dlnproof.run.compare import Comparison
from dlnproof.run.evidence import gather
from dlnproof.run.jobs import DerivationResult, checks_of
from dlnproof.run.point import PointResult
from dlnproof.run.visited import Visited

GRID = Grid()
PASS = Comparison(Verdict.SAMPLED, Decimal("1e-400"), 4.01)


def key(depth: float = 2, width: int = 2) -> PointKey:
    return PointKey(depth, width, Stratum.SIMPLE, 1, 0, 0)


def at(
    mutants: Mapping[str, Verdict], comparison: Comparison = PASS, where: PointKey | None = None
) -> PointResult:
    return PointResult(where or key(), comparison, mutants, 0.0)


def gathered(*points: PointResult) -> Evidence:
    return gather(VOLUME_FORM, Route.PULLBACK, [[p] for p in points], GRID, Visited())


def test_one_refutation_rejects_a_wrong_variant() -> None:
    found = gathered(
        at({"a": Verdict.VACUOUS, "b": Verdict.REFUTED}),
        at({"a": Verdict.REFUTED, "b": Verdict.UNDECIDED}),
    )
    assert (found.verdict, found.tried, found.survivors) == (Verdict.SAMPLED, 2, ())


def test_a_variant_that_agrees_everywhere_survives_without_harm() -> None:
    found = gathered(at({"a": Verdict.VACUOUS, "b": Verdict.REFUTED}))
    assert (found.verdict, found.tried, found.survivors) == (Verdict.SAMPLED, 2, ("a",))


@pytest.mark.parametrize("seen", [Verdict.SAMPLED, Verdict.UNDECIDED, Verdict.ERROR])
def test_a_variant_that_differs_and_is_not_refuted_decides_nothing(seen: Verdict) -> None:
    found = gathered(at({"a": seen, "b": Verdict.REFUTED}), at({"a": Verdict.VACUOUS}))
    assert (found.verdict, found.survivors) == (Verdict.UNDECIDED, ("a",))
    assert found.details["failure"] == "not told apart from a"


def test_where_all_variants_agree_the_check_is_vacuous() -> None:
    found = gathered(at({"a": Verdict.VACUOUS, "b": Verdict.VACUOUS}))
    assert found.verdict is Verdict.VACUOUS
    assert gathered(at({})).verdict is Verdict.VACUOUS
    assert gathered().verdict is Verdict.VACUOUS


@pytest.mark.parametrize("bad", [v for v in Verdict if not v.holds])
def test_the_worst_point_is_the_verdict(bad: Verdict) -> None:
    rejected = {"a": Verdict.REFUTED}
    found = gathered(at(rejected), at(rejected, Comparison(bad, why="because")), at(rejected))
    assert found.verdict is bad
    assert found.details["failure"] == ("N = 2, d = 2, simple, det W > 0, point 0: because")


def test_the_figures() -> None:
    rejected = {"a": Verdict.REFUTED}
    points = [at(rejected, PASS, key(depth, 3)) for depth in (1, 2, 3, 5, float("inf"))]
    points[0] = at(rejected, Comparison(Verdict.SAMPLED, Decimal("2e-399")), key(1, 1))
    assert gathered(*points).details == {
        "scope": "N = 1..3, 5, inf; d = 1, 3",
        "points": 5,
        "strata": {"simple": 5},
        "digits": 50,
        "worst_error": "2.0e-399",
        "order": [4.01, 4.01],
        "order_points": 4,
    }


@pytest.mark.parametrize("stated", CLAIMS.values(), ids=list(CLAIMS))
def test_kinds_of_spectra_are_counted_where_they_mean_something(stated: Claim) -> None:
    """A check whose numbers are others than the singular values says so in words."""
    places = list(Grid(depths=(2,), widths=(2,)).keys(stated))
    for check in checks_of(stated):
        if isinstance(check, ExactCheck | EnclosureCheck):
            found = [PointResult(where, PASS, {"a": Verdict.REFUTED}, 0.0) for where in places]
            details = gather(stated, check.route, [found], GRID, Visited()).details
            assert ("strata" in details) is not bool(check.scope)
            assert not check.scope or details["scope"] == plain(check.scope)


def test_undecided_points_are_counted() -> None:
    rejected = {"a": Verdict.REFUTED}
    undecided = at(rejected, Comparison(Verdict.UNDECIDED, why="too large"))
    assert gathered(undecided, at(rejected), undecided).details["undecided"] == 2


def test_a_refutation_carries_its_point() -> None:
    refuted = Comparison(Verdict.REFUTED, left="1", right="2")
    found = gathered(at({}), at({}, refuted, key(3, 2)))
    assert found.verdict is Verdict.REFUTED
    counterexample = found.details["counterexample"]
    assert counterexample["schema"] == "dlnproof-counterexample/2"
    assert (counterexample["claim"], counterexample["N"], counterexample["d"]) == (
        "volume-form",
        3,
        2,
    )
    assert (counterexample["left"], counterexample["right"]) == ("1", "2")
    assert counterexample["left_is"] == "from the definition"
    assert "where" not in counterexample  # it is the point
    assert (len(counterexample["point"]["t"]), len(counterexample["point"]["Q"])) == (2, 4)


def test_a_derivation_lists_the_variants_it_does_not_refute() -> None:
    mutants = {"a": Verdict.REFUTED, "b": Verdict.UNDECIDED, "c": Verdict.ERROR}
    proved = Derivation(Verdict.PROVED, scope="all d")
    result = DerivationResult(proved, mutants, 0.0)
    found = gather(VOLUME_FORM, Route.DERIVATION, [result], GRID, Visited())
    assert (found.verdict, found.tried, found.survivors) == (Verdict.PROVED, 3, ("b", "c"))
    blind = DerivationResult(proved, {"a": Verdict.UNDECIDED}, 0.0)
    found = gather(VOLUME_FORM, Route.DERIVATION, [blind], GRID, Visited())
    assert found.verdict is Verdict.VACUOUS  # like a check that tells no variant apart
