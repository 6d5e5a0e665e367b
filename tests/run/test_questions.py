"""Questions: what no formula says is answered no of what is made wrong, or the check is vacuous."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from flint import fmpq

from dlnproof import Grid
from dlnproof.claims import CLAIMS
from dlnproof.claims.check import ExactCheck, Question
from dlnproof.core.verdict import Route, Verdict
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.record.evidence import Evidence
from dlnproof.run.evidence import gather
from dlnproof.run.jobs import alone, checks_of
from dlnproof.run.point import check_at
from dlnproof.run.visited import Visited

GRID = Grid(depths=(1, 2, 3), widths=(1, 2, 3), points=1)
ASKED = [
    (claim.id, number)
    for claim in CLAIMS.values()
    for check in checks_of(claim)
    if isinstance(check, ExactCheck)
    for number in range(len(check.questions))
]


def exact(claim: str) -> ExactCheck:
    [found] = [check for check in checks_of(CLAIMS[claim]) if isinstance(check, ExactCheck)]
    return found


def examined(
    claim: str, check: ExactCheck, monkeypatch: pytest.MonkeyPatch, grid: Grid = GRID
) -> Evidence:
    monkeypatch.setattr("dlnproof.run.evidence.checks_of", lambda _: (check,))
    with alone(50):
        keys = check.visits(list(grid.keys(CLAIMS[claim])))
        results = [check_at(CLAIMS[claim], check, key, 50) for key in keys]
    return gather(CLAIMS[claim], Route.EXACT, [results], grid, Visited())


Changed = Callable[[Question[Any]], Question[Any]]


def asking(claim: str, number: int, changed: Changed) -> ExactCheck:
    check = exact(claim)
    questions = list(check.questions)
    questions[number] = changed(questions[number])
    return replace(check, questions=tuple(questions))


def test_what_no_formula_says_is_asked() -> None:
    assert {claim for claim, _ in ASKED} == {
        "operator-spectrum",
        "end-to-end-flow",
        "balanced-is-flattest",
        "regulariser-minimised-on-balanced",
        "deficiency-margin",
        "ricci-sectional",
        "not-a-gradient",
        "entropy-shape",
        "entropy-concavity",
        "free-energy-equilibria",
        "no-free-energy-minimiser",
        "geodesic-cone-law",
        "balanced-polar-tower",
        "straight-horizontal-lines",
        "distance-lower-bound",
        "polar-action",
        "geodesic-hamiltonian",
        "eckart-young",
        "completeness",
        "three-way-splitting",
        "riemannian-submersion",
        "volume-corners",
        "diagonal-3x3",
    }


@pytest.mark.parametrize(("claim", "number"), ASKED)
def test_a_question_answered_by_a_constant_is_vacuous(
    claim: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    constant = asking(claim, number, lambda q: replace(q, defect=lambda found: [fmpq(0)]))
    found = examined(claim, constant, monkeypatch)
    assert found.verdict is Verdict.VACUOUS
    assert "of which it must not" in str(found.failure)


@pytest.mark.parametrize(("claim", "number"), ASKED)
def test_each_wrong_object_is_needed_to_be_wrong(
    claim: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    also_right = asking(
        claim, number, lambda q: replace(q, foils=lambda found: [*q.foils(found), found])
    )
    assert examined(claim, also_right, monkeypatch).verdict is Verdict.VACUOUS


@pytest.mark.parametrize(("claim", "number"), ASKED)
def test_no_is_a_refutation_with_what_was_found(
    claim: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(q: Question[Any]) -> Question[Any]:
        def of(at: ExactPoint) -> Any:
            found = q.of(at)
            return next(iter(q.foils(found)), found)

        return replace(q, of=of)

    found = examined(claim, asking(claim, number, wrong), monkeypatch)
    assert found.verdict is Verdict.REFUTED
    assert found.counterexample is not None
    assert (found.counterexample.right, found.counterexample.right_is) == ("0", "has to vanish")
    assert found.counterexample.left_is


@pytest.mark.parametrize("number", [0, 1])
def test_a_question_about_one_object_for_all_points_is_vacuous(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = exact("operator-spectrum").questions[number].of
    kept: list[Any] = []

    def always(at: ExactPoint) -> Any:
        kept[:] = kept or [one(at)]
        return kept[0]

    grid = Grid(depths=(1, 2), widths=(2,), points=1)
    constant = asking("operator-spectrum", number, lambda q: replace(q, of=always))
    found = examined("operator-spectrum", constant, monkeypatch, grid)
    assert found.verdict is Verdict.VACUOUS
    assert "one and the same object" in str(found.failure)
    assert examined(
        "operator-spectrum", exact("operator-spectrum"), monkeypatch, grid
    ).verdict.holds


@pytest.mark.parametrize("claim", ["operator-spectrum", "norm-conjecture", "recap"])
def test_a_group_that_no_variant_changes_is_vacuous(
    claim: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = exact(claim)
    idle: Sequence[fmpq] = [fmpq(0)]
    never = replace(
        check,
        measure=lambda at: [*check.measure(at), idle],
        predict=lambda parts, at: [*check.predict(parts, at), idle],
    )
    found = examined(claim, never, monkeypatch)
    assert found.verdict is Verdict.VACUOUS
    assert "is the same in all wrong variants" in str(found.failure)


def test_what_cannot_be_wrong_at_the_points_of_a_run_is_no_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = Grid(depths=(2,), widths=(1,), points=1)  # nothing of size 1 is asymmetric
    assert examined("operator-spectrum", exact("operator-spectrum"), monkeypatch, one).verdict.holds


def test_an_answer_in_balls_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    floats = asking("diagonal-3x3", 0, lambda q: replace(q, defect=lambda found: [0.0]))  # type: ignore[list-item]
    assert examined("diagonal-3x3", floats, monkeypatch).verdict is Verdict.ERROR
