"""Sweeps: the runs of train, labelled, shared out together, and not trained twice."""

import csv
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dlnproof.errors import InputError
from dlnproof.training import batches, sweeps
from dlnproof.training.batches import train
from dlnproof.training.completion import Completion
from dlnproof.training.runs import ARRAYS
from dlnproof.training.sweeps import Sweep, sweep

PROBLEM = Completion((2, 2), {(0, 0): 1, (1, 1): 1})
SETTINGS: dict[str, Any] = {"stop_loss": 1e-3, "at_loss": [0.1]}
GRID: dict[str, Any] = {"depths": [2, math.inf], "scales": [0.1, 0.01], "seeds": [0, 3]}


@pytest.fixture(scope="module")
def table() -> Sweep:
    return sweep(PROBLEM, **GRID, runs=2, **SETTINGS)


def test_the_runs_are_those_of_train_to_the_bit(table: Sweep) -> None:
    assert list(table.runs) == [
        (depth, scale, seed) for depth in (2, math.inf) for scale in (0.1, 0.01) for seed in (0, 3)
    ]
    for (depth, scale, seed), found in table.runs.items():
        alone = train(PROBLEM, depth=depth, runs=2, scale=scale, seed=seed, **SETTINGS)
        for name in ARRAYS:
            np.testing.assert_array_equal(getattr(found, name), getattr(alone, name))
        assert found.settings == alone.settings


def test_every_row_has_the_labels_of_its_run(table: Sweep) -> None:
    columns = table.columns(entries=True)
    assert list(columns)[:5] == ["depth", "scale", "seed", "run", "ending"]
    assert {len(values) for values in columns.values()} == {16} == {len(table)}
    rows = zip(*(columns[name] for name in ("depth", "scale", "seed", "run")), strict=True)
    for row, (depth, scale, seed, run) in enumerate(rows):
        found = table.runs[depth, scale, seed]
        assert columns["loss"][row] == found.loss[run]
        assert columns["W_2_1"][row] == found.W[run, 1, 0]
    assert columns["depth"].dtype == np.float64


def test_depths_that_are_integers_stay_so() -> None:
    table = sweep(PROBLEM, depths=(2, 3), scales=[0.1], runs=1, stop_loss=1e-2)
    assert table.columns()["depth"].dtype.kind == "i"


def test_along_levels_there_is_a_row_for_each_level(table: Sweep) -> None:
    columns = table.columns(along="level")
    assert list(columns)[:5] == ["depth", "scale", "seed", "run", "level"]
    assert columns["run"].tolist() == [0, 1] * 8


def test_a_value_given_twice_counts_once() -> None:
    table = sweep(PROBLEM, depths=[2, 2], scales=iter([0.1, 1e-1]), runs=1, stop_loss=1e-2)
    assert list(table.runs) == [(2, 0.1, 0)]


def test_it_is_shown_in_two_lines(table: Sweep) -> None:
    first, second = repr(table).splitlines()
    assert first == "<16 runs: depths 2, inf; scales 0.1, 0.01; seeds 0, 3:"
    assert second == " 16 reached; median loss 0.001>"


def test_processes_change_no_bit(table: Sweep) -> None:
    done: list[int] = []
    shared = sweep(PROBLEM, **GRID, runs=2, **SETTINGS, jobs=2, progress=done.append)
    assert done == [2] * 8
    for label, found in table.runs.items():
        for name in ARRAYS:
            np.testing.assert_array_equal(getattr(found, name), getattr(shared.runs[label], name))


def test_what_is_kept_is_not_trained_again(
    table: Sweep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    smaller = {**GRID, "scales": [0.01]}
    sweep(PROBLEM, **smaller, runs=2, **SETTINGS, keep=tmp_path)
    trained: list[tuple[Any, float]] = []
    chunk = batches.run_chunk

    def counted(its: Any) -> Any:
        trained.append((its.settings.depth, its.settings.scale))
        return chunk(its)

    monkeypatch.setattr(batches, "run_chunk", counted)
    found = sweep(PROBLEM, **GRID, runs=2, **SETTINGS, keep=tmp_path)
    assert trained == [(2, 0.1), (2, 0.1), (math.inf, 0.1), (math.inf, 0.1)]
    for label, runs in table.runs.items():
        np.testing.assert_array_equal(found.runs[label].W, runs.W)
    trained.clear()
    sweep(PROBLEM, **GRID, runs=2, **SETTINGS, keep=tmp_path)
    assert trained == []


def test_a_table_is_saved(table: Sweep, tmp_path: Path) -> None:
    table.save(tmp_path / "table.csv", entries=True)
    with (tmp_path / "table.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 16
    assert (rows[0]["depth"], rows[-1]["depth"], rows[-1]["seed"]) == ("2.0", "inf", "3")


def test_pandas_takes_it(table: Sweep) -> None:
    pytest.importorskip("pandas")
    medians = table.to_frame().groupby(["depth", "scale"])["effective_rank"].median()
    assert len(medians) == 4


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"depths": 2}, r"depths: got 2, expected a list, such as \[2\]"),
        ({"depths": []}, r"depths: got \[\], expected a list of at least one depth"),
        ({"depths": [2, 2**63]}, "depth: got one above 9223372036854775807"),
        ({"depths": [0]}, "depth: got 0, expected an integer >= 1 or math.inf"),
        ({"scales": [-1.0]}, r"scale: got -1\.0, expected a finite number > 0"),
        ({"scales": "0.1"}, "scale: got '.'|scales: got '0.1'"),
        ({"seeds": [1.5]}, r"seed: got 1\.5"),
        ({"depths": [2, math.inf], "method": "descent"}, "depth: got infinity with descent"),
        ({"learning_rate": 0.1}, "sweep: got learning_rate=, expected depths, scales, seeds, runs"),
        ({"depth": 2}, "sweep: got depth=, expected depths"),
        ({"runs": 10**7, "seeds": range(100)}, "sweep: got 200 times 10,000,000 runs of 2x2"),
        ({"jobs": 0}, "jobs: got 0"),
    ],
)
def test_what_cannot_be_trained_is_refused_before_anything_is(
    given: dict[str, Any], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeps, "train_all", lambda *given, **more: pytest.fail("it was trained"))
    asked: dict[str, Any] = {"depths": [2, 3], "scales": [0.1]} | given
    with pytest.raises(InputError, match=said):
        sweep(PROBLEM, **asked)
