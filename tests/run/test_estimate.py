"""A plan is estimated before it is done; a record asks for no more than somebody agreed to."""

import json
from collections.abc import Callable
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import Any

import pytest
from conftest import Cli

from dlnproof.claims import CLAIMS
from dlnproof.errors import InputError
from dlnproof.limits import DIGITS, MOST_POINTS, MOST_UNASKED, POINTS, RUNS
from dlnproof.numeric.exact import points
from dlnproof.numeric.exact.points import PointKey, Stratum, point
from dlnproof.record.record import Record, digest_of
from dlnproof.run import runner
from dlnproof.run.estimate import Estimate
from dlnproof.run.grid import Grid
from dlnproof.run.planning import plan
from dlnproof.run.runner import check

QUICK = Grid(points=POINTS.quick, digits=DIGITS.quick, runs=RUNS.quick)


def test_the_usual_runs_need_no_consent_and_are_counted() -> None:
    default, quick = Estimate.of(plan([], Grid())), Estimate.of(plan([], QUICK))
    default.agreed()
    assert quick.seconds < default.seconds < MOST_UNASKED
    assert 100 < default.points / len(CLAIMS) < 300
    assert quick.runs == 0 < default.runs


@pytest.mark.parametrize(
    "more",
    [
        pytest.param(Grid(points=30), marks=pytest.mark.long),  # seconds to list them
        Grid(depths=(40,)),
        Grid(widths=(12,)),
        Grid(runs=10**5),
        Grid(points=3, digits=1000, widths=(5,)),
    ],
)
def test_more_of_anything_is_estimated_as_more_and_named(more: Grid) -> None:
    found = Estimate.of(plan([], more))
    with pytest.raises(InputError) as refused:
        found.agreed()
    said = str(refused.value)
    assert f"({found.points:,} points, {found.runs:,} training runs)" in said
    assert "expected at most 1 hour" in said
    assert "--yes" in said


def test_points_that_no_run_could_visit_are_refused_before_they_are_listed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Grid, "keys", lambda grid, claim: pytest.fail("listed"))
    endless = Grid(tuple(range(1, 257)), tuple(range(1, 17)), points=1000)
    with pytest.raises(InputError, match=rf"points, expected at most {MOST_POINTS:,}"):
        plan([], endless)


def test_points_are_counted_as_they_are_listed() -> None:
    for grid in (Grid(), Grid((1, 5, inf), (1, 3), points=3)):
        for claim in CLAIMS.values():
            assert grid.count(claim) == len(list(grid.keys(claim)))


def test_a_plan_makes_no_points(monkeypatch: pytest.MonkeyPatch) -> None:
    """Points are made from their keys in the jobs: a plan of 10^5 of them is there at once."""

    def refuse(rng: object, size: int) -> None:
        pytest.fail("made")

    monkeypatch.setattr(points, "_orthogonal", refuse)
    assert plan([], Grid()).jobs


def test_the_rank_is_known_from_the_key() -> None:
    for stratum in Stratum:
        for width in (width for width in (1, 2, 4) if stratum.exists(width)):
            for sign in (1, -1):
                key = PointKey(2, width, stratum, sign, 0, 0)
                assert point(key).rank == key.rank


@pytest.fixture(scope="module")
def small() -> Record:
    return check(["svd-jacobian"], grid=Grid((2,), (1, 2), digits=20, runs=0))


@pytest.fixture
def asking(small: Record, tmp_path: Path) -> Callable[..., str]:
    """Write a record that asks for another run, and return the name of its file."""

    def write(**settings: Any) -> str:
        data = replace(small, run=replace(small.run, **settings)).as_json()
        (tmp_path / "record.json").write_text(json.dumps(data | {"digest": digest_of(data)}))
        return str(tmp_path / "record.json")

    return write


def test_a_record_that_asks_for_much_is_not_made_again_unasked(
    asking: Callable[..., str], cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    class BegunError(Exception):
        pass

    def begin(*given: object, **more: object) -> None:
        raise BegunError

    monkeypatch.setattr(runner, "results", begin)
    much = asking(points=1000, widths=(1, 8))
    assert "record asks for about" in cli.refused(["verify", much, "--jobs", "1"])
    for words in (["verify", much, "--yes"], ["verify", much, "--quick"]):
        assert "internal error" in cli([*words, "--jobs", "1"], 3).err
    endless = asking(points=1000, depths=tuple(range(1, 257)), widths=tuple(range(1, 17)))
    assert f"expected at most {MOST_POINTS:,}" in cli.refused(["verify", endless, "--yes"])
