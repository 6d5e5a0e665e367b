"""Batches of runs: the same result to the bit, whoever does them and however often interrupted."""

import math
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dlnproof.errors import InputError
from dlnproof.numeric.floats.factors import product
from dlnproof.training import Completion, Ending, Runs, batches, train
from dlnproof.training.batches import LostRunsWarning
from dlnproof.training.initial import gaussian_matrices, network_factors
from dlnproof.training.runs import ARRAYS
from dlnproof.training.settings import checked_settings
from dlnproof.training.store import DamagedWarning

WIDE = Completion((2, 3), {(0, 0): 1, (0, 2): -1, (1, 1): 0.5})
SQUARE = Completion((2, 2), {(0, 0): 1, (1, 1): 0.5})
SETTINGS: dict[str, Any] = {
    "depth": 3,
    "scale": 0.1,
    "lr": 0.1,
    "at_loss": [0.1],
    "at_time": [1],
    "max_steps": 300,
}


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "FEWEST", 4)


def same(found: Runs, expected: Runs, rows: Any = slice(None)) -> None:
    """Assert that the runs are the same to the last bit."""
    for name in ARRAYS:
        one, other = getattr(found, name), getattr(expected, name)[rows]
        np.testing.assert_array_equal(one, other, err_msg=name)


def test_the_first_runs_of_many_are_the_runs_of_few() -> None:
    many = train(WIDE, runs=50, seed=3, **SETTINGS)
    same(train(WIDE, runs=10, seed=3, **SETTINGS), many, slice(0, 10))
    assert not np.array_equal(train(WIDE, runs=10, seed=4, **SETTINGS).W, many.W[:10])


def test_a_chunk_is_a_few_wide_matrices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "FEWEST", 256)
    for d, sizes in (
        (2, [256, 44]),
        (4, [256, 44]),
        (16, [19] * 15 + [15]),
        (100, [19] * 15 + [15]),
    ):
        problem = Completion((d, d), {(0, 0): 1})
        settings = checked_settings(problem, depth=2, runs=300, scale=0.1)
        assert [len(chunk) for chunk in batches.chunks(problem, settings)] == sizes
    settings = checked_settings(problem, depth=2, runs=3, scale=0.1)
    assert [len(chunk) for chunk in batches.chunks(problem, settings)] == [1, 1, 1]


@pytest.mark.parametrize("init", ["balanced", "unbalanced"])
@pytest.mark.parametrize("problem", [WIDE, SQUARE])
def test_chunks_change_nothing(
    init: str, problem: Completion, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = {**SETTINGS, "runs": 30, "method": "descent", "init": init}
    split = train(problem, **arguments)
    monkeypatch.setattr(batches, "FEWEST", 100)
    whole = train(problem, **arguments)
    same(split, whole)
    assert split.settings == whole.settings


def test_the_flow_in_chunks_is_the_flow(monkeypatch: pytest.MonkeyPatch) -> None:
    split = train(SQUARE, depth=math.inf, runs=10, scale=0.1, stop_loss=1e-6)
    monkeypatch.setattr(batches, "FEWEST", 100)
    same(train(SQUARE, depth=math.inf, runs=10, scale=0.1, stop_loss=1e-6), split)
    assert split.settings["method"] == "flow"
    assert split.reached.all()


def test_executors_and_processes_change_nothing() -> None:
    serial = train(WIDE, runs=20, **SETTINGS)
    with ThreadPoolExecutor(3) as threads:
        same(train(WIDE, runs=20, executor=threads, **SETTINGS), serial)
    same(train(WIDE, runs=20, jobs=2, **SETTINGS), serial)


def test_a_dask_client_changes_nothing() -> None:
    distributed = pytest.importorskip("distributed")
    with distributed.Client(processes=False, dashboard_address="127.0.0.1:0") as client:
        found = train(WIDE, runs=20, executor=client.get_executor(), **SETTINGS)
    same(found, train(WIDE, runs=20, **SETTINGS))


def test_progress_counts_every_run() -> None:
    seen: list[int] = []
    train(WIDE, runs=10, progress=seen.append, **SETTINGS)
    assert seen == [4, 4, 2]


class Deadly(ProcessPoolExecutor):
    """A pool in which the second chunk ends its process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        if args[0].index == 1:
            return super().submit(os._exit, 1)
        return super().submit(fn, *args, **kwargs)


def test_a_process_that_dies_takes_only_its_own_chunk(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    @contextmanager
    def deadly(count: int) -> Iterator[Executor]:
        with Deadly(1, get_context("fork")) as pool:
            yield pool

    expected = train(WIDE, runs=10, **SETTINGS)
    monkeypatch.setattr("dlnproof.pool.processes", deadly)
    with pytest.warns(LostRunsWarning, match="4 runs are lost, their chunk failed twice"):
        found = train(WIDE, runs=10, jobs=2, keep=tmp_path, **SETTINGS)
    others = [0, 1, 2, 3, 8, 9]
    assert (found.ending[4:8] == Ending.LOST).all()
    for name in ARRAYS:
        np.testing.assert_array_equal(getattr(found, name)[others], getattr(expected, name)[others])
    for values in (found.W, found.loss, found.effective_rank, found.norms["nuclear"]):
        assert np.isnan(values[4:8]).all()
    monkeypatch.undo()
    monkeypatch.setattr(batches, "FEWEST", 4)
    same(train(WIDE, runs=10, keep=tmp_path, **SETTINGS), expected)  # the lost are done again


def test_what_every_chunk_refuses_is_refused_once() -> None:
    class Refusing(ThreadPoolExecutor):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            def refuse() -> None:
                raise InputError("no")

            return super().submit(refuse)

    with Refusing(1) as executor, pytest.raises(InputError, match="no"):
        train(WIDE, runs=10, executor=executor, **SETTINGS)


def test_an_interrupted_run_goes_on_from_its_finished_chunks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(runs: int) -> None:
        done.append(runs)
        if len(done) == 3:
            raise KeyboardInterrupt

    done: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        train(WIDE, runs=20, keep=tmp_path, progress=interrupt, **SETTINGS)
    trained: list[int] = []
    run_chunk = batches.run_chunk

    def counted(chunk: batches.Chunk) -> Runs:
        trained.append(chunk.index)
        return run_chunk(chunk)

    monkeypatch.setattr(batches, "run_chunk", counted)
    found = train(WIDE, runs=20, keep=tmp_path, **SETTINGS)
    assert trained == [3, 4]
    same(found, train(WIDE, runs=20, **SETTINGS))


def test_a_chunk_is_kept_as_soon_as_it_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first waits until another is kept."""
    kept, trained, go = [], [], threading.Event()
    run_chunk = batches.run_chunk

    def late(chunk: batches.Chunk) -> Runs:
        trained.append(chunk.index)
        assert chunk.index or go.wait(10)
        return run_chunk(chunk)

    def seen(runs: int) -> None:
        kept.append([path.stem for path in tmp_path.glob("*/*.npz")])
        go.set()

    monkeypatch.setattr(batches, "run_chunk", late)
    with ThreadPoolExecutor(2) as threads:
        train(WIDE, runs=8, executor=threads, keep=tmp_path, progress=seen, **SETTINGS)
    assert kept[0] == ["000001"]
    assert sorted(trained) == [0, 1]


@pytest.mark.parametrize(
    "other",
    [
        {"lr": 0.2},
        {"seed": 1},
        {"scale": 0.2},
        {"at_loss": []},
        {"at_time": [1]},
        {"init": "unbalanced"},
    ],
)
def test_what_other_settings_kept_is_not_mixed_in(other: dict[str, Any], tmp_path: Path) -> None:
    train(WIDE, runs=8, keep=tmp_path, **SETTINGS)
    arguments = {**SETTINGS, **other}
    same(train(WIDE, runs=8, keep=tmp_path, **arguments), train(WIDE, runs=8, **arguments))


def test_a_torn_file_counts_as_absent_and_is_told(tmp_path: Path) -> None:
    expected = train(WIDE, runs=16, keep=tmp_path, **SETTINGS)
    first, second, third, fourth = sorted(tmp_path.glob("*/*.npz"))
    first.write_bytes(first.read_bytes()[:100])
    second.write_bytes(b"")
    for damaged, offset, value in ((third, 10, 0x63), (fourth, 8, 0x01)):
        data = bytearray(damaged.read_bytes())  # compressed as nobody does; encrypted
        data[data.index(b"PK\1\2") + offset] = value
        damaged.write_bytes(data)
    with pytest.warns(DamagedWarning) as told:
        same(train(WIDE, runs=16, keep=tmp_path, **SETTINGS), expected)
    assert len(told) == 4
    assert {Path(warning.filename) for warning in told} == {Path(__file__)}


def test_matrices_are_scaled_gaussians_run_after_run() -> None:
    [whole] = gaussian_matrices((2, 3), [7], 0.5, 11)
    parts = np.concatenate(list(gaussian_matrices((2, 3), [3, 4], 0.5, 11)))
    np.testing.assert_array_equal(whole, parts)
    np.testing.assert_array_equal(whole, 0.5 * np.random.default_rng(11).standard_normal((7, 2, 3)))


@pytest.mark.parametrize("shape", [(2, 2), (2, 4), (4, 2), (1, 3)])
@pytest.mark.parametrize("depth", [1, 2, 3, 5])
def test_network_factors_are_balanced_and_multiply_to_w(shape: tuple[int, int], depth: int) -> None:
    W = np.random.default_rng(0).standard_normal((6, *shape))
    factors = network_factors(W, depth)
    total = factors[0]
    for before, after in pairwise(factors):
        gram = after.swapaxes(1, 2) @ after
        np.testing.assert_allclose(gram, before @ before.swapaxes(1, 2), atol=1e-13)
        total = after @ total
    np.testing.assert_allclose(total, W, atol=1e-13)
    if shape == (2, 2):
        np.testing.assert_allclose(product(factors), W, atol=1e-13)


@pytest.mark.parametrize(
    ("settings", "fragment"),
    [
        ({"scale": 0}, "scale: got 0, expected a finite number > 0"),
        ({"scale": -1}, "scale: got -1"),
        ({"scale": math.nan}, "scale: got nan"),
        ({"scale": math.inf}, "scale: got inf"),
        ({"runs": 0}, "runs: got 0"),
        ({"runs": 1.5}, "runs: got 1.5"),
        ({"seed": -1}, "seed: got -1"),
        ({"depth": 0}, "depth: got 0"),
        ({"depth": 10**400}, "depth: got one above 9223372036854775807, expected at most that, or"),
        ({"problem": None}, "problem: got NoneType, expected one with a loss and a gradient"),
        ({"problem": np.eye(2)}, "problem: got ndarray"),
        ({"depth": math.inf}, "depth: got infinity with descent"),
        ({"depth": 10**6}, "at most 1000 layers"),
        ({"method": "flow", "lr": None, "depth": math.inf}, "got infinity for 2 x 3 matrices"),
        ({"method": "newton"}, "method: got 'newton'"),
        ({"init": "zero"}, "init: got 'zero'"),
        ({"lr": -1}, "lr: got -1"),
        ({"stop_loss": -1}, "stop_loss: got -1"),
        ({"max_steps": 0}, "max_steps: got 0"),
        ({"at_loss": [math.nan]}, "at_loss: got nan"),
        ({"jobs": 0}, "jobs: got 0"),
    ],
)
def test_bad_settings_are_refused_in_one_line(settings: dict[str, Any], fragment: str) -> None:
    with pytest.raises(InputError) as refused:
        train(**{"problem": WIDE, "runs": 3, **SETTINGS, **settings})
    assert fragment in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("settings", "fragment"), [({"lr": 0.1}, "lr: got 0.1"), ({"init": "unbalanced"}, "init: got")]
)
def test_settings_of_descent_are_refused_with_the_flow(
    settings: dict[str, Any], fragment: str
) -> None:
    with pytest.raises(InputError, match=fragment):
        train(SQUARE, depth=2, runs=3, scale=0.1, **settings)
