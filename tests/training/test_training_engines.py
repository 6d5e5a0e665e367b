"""Descent by products of matrices: the same runs as by lanes, of any problem, bit for bit alone."""

import os
import subprocess
import sys
from collections.abc import Sequence
from itertools import pairwise
from itertools import product as indices
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training import Completion, Ending, Runs, gradient_descent, lanes, stack
from dlnproof.training.engines import FLOW
from dlnproof.training.flow import gradient_flow
from dlnproof.training.runs import ARRAYS
from dlnproof.training.store import save

CORNER = Completion((2, 2), {(0, 1): 1, (1, 0): 1, (1, 1): 0.25})
WIDTHS = [
    [2, 2, 2, 2],
    [3, 2, 2],
    [4, 1, 5],
    [1, 6, 1],
    [1, 1],
    [6, 1, 1, 6],
    [7, 7, 7],
    [20, 9, 30],
]
"""Those of a single row or column among them, where a BLAS would multiply a vector."""


def random_factors(widths: Sequence[int], n: int, size: float = 1.0) -> list[FloatArray]:
    """Return Gaussian factors W_1, ..., W_N of the widths d_0, ..., d_N."""
    rng = np.random.default_rng(0)
    return [size * rng.standard_normal((n, b, a)) / (1 + a) ** 0.5 for a, b in pairwise(widths)]


def completion(widths: Sequence[int]) -> Completion:
    """Return a problem of this shape with about two thirds of the entries observed."""
    shape = (widths[-1], widths[0])
    entries = [(i, j) for i, j in indices(*map(range, shape)) if (i + 2 * j) % 3 != 1]
    return Completion(shape, {(i, j): ((i - j) % 5) / 4 - 0.5 for i, j in entries})


class Sensing:
    """l(W) = 1/2 sum over k of (<A_k, W> - y_k)^2, and nothing else."""

    def __init__(self, shape: tuple[int, int], m: int) -> None:
        rng = np.random.default_rng(1)
        self.shape = shape
        self._A, self._y = rng.standard_normal((m, *shape)) / 4, rng.standard_normal(m)

    def _residual(self, W: FloatArray) -> FloatArray:
        return np.ascontiguousarray((self._A * W[..., None, :, :]).sum(axis=(-2, -1)) - self._y)

    def loss(self, W: FloatArray) -> FloatArray:
        """Return l(W)."""
        return np.asarray((self._residual(W) ** 2).sum(axis=-1) / 2)

    def gradient(self, W: FloatArray) -> FloatArray:
        """Return grad l(W)."""
        return np.asarray((self._residual(W)[..., None, None] * self._A).sum(axis=-3))


def same_bits(found: Runs, expected: Runs, rows: Any = slice(None)) -> None:
    for name in ARRAYS:
        one, other = getattr(found, name), getattr(expected, name)[rows]
        np.testing.assert_array_equal(one, other, err_msg=name)


@pytest.mark.parametrize("widths", WIDTHS)
def test_both_engines_lead_the_same_runs(widths: list[int]) -> None:
    problem, factors = completion(widths), random_factors(widths, 12)
    options: dict[str, Any] = {
        "lr": 0.05, "stop_loss": 1e-3, "max_iterations": 150,
        "at_loss": [1.0, 0.1, 0.01], "at_time": [0, 0.03, 1.0, 0.05 * 20 * len(factors), 1e9],
    }  # fmt: skip
    one, other = (gradient_descent(problem, factors, **options, engine=e) for e in engines())
    assert (one.settings["engine"], other.settings["engine"]) == engines()
    np.testing.assert_array_equal(one.ending, other.ending)
    np.testing.assert_array_equal(one.steps, other.steps)
    np.testing.assert_array_equal(one.det_sign, other.det_sign)
    for name in ("W", "loss", "time", "W_at", "W_at_time"):
        np.testing.assert_allclose(
            getattr(one, name), getattr(other, name), rtol=1e-11, atol=1e-11, err_msg=name
        )


def engines() -> tuple[str, str]:
    return "lanes", "numpy"


@pytest.mark.parametrize("engine", engines())
def test_endings_are_those_of_any_engine(engine: str) -> None:
    W = np.array([[[0.0, 1], [1, 0]], [[0, 200], [200, 0]], [[0, 0], [0, 0]]])
    runs = gradient_descent(CORNER, [W, W], lr=0.25, engine=engine, at_time=[0.5, 1e3, 1e6])
    diverged = int(runs.steps[1])
    assert runs.ending.tolist() == [Ending.REACHED, Ending.DIVERGED, Ending.STATIONARY]
    assert np.isfinite(runs.W).all()
    assert runs.loss[1] <= lanes.GROWTH * float(CORNER.loss(W[1] @ W[1]))
    again = gradient_descent(CORNER, [W, W], lr=0.25, max_iterations=diverged, engine=engine)
    assert again.W[1].tolist() == runs.W[1].tolist()
    assert np.isnan(runs.W_at_time[:, 1:]).all()  # all have ended
    assert not np.isnan(runs.W_at_time[[0, 2], 0]).any()


@pytest.mark.parametrize(
    "widths", [w for w in WIDTHS if max(w) > 1] + [[64, 64, 64], [100, 3, 100]]
)
def test_by_products_too_a_run_is_the_same_in_every_batch(
    widths: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    n = 40 if max(widths) < 50 else 5
    problem, factors = completion(widths), random_factors(widths, n)
    factors[0][3] *= 1e3  # one that diverges
    options: dict[str, Any] = {
        "lr": 0.05, "engine": "numpy", "at_loss": [0.5], "at_time": [0.7], "max_iterations": 130,
    }  # fmt: skip
    whole = gradient_descent(problem, factors, **options)
    assert len(set(whole.ending)) > 1
    for rows in (slice(0, 1), slice(2, 5), slice(n - 1, n)):
        same_bits(gradient_descent(problem, [F[rows] for F in factors], **options), whole, rows)
        moved = [np.empty(F[rows].size + 1)[1:].reshape(F[rows].shape) for F in factors]
        for place, F in zip(moved, factors, strict=True):
            place[:] = F[rows]  # elsewhere in memory
        same_bits(gradient_descent(problem, moved, **options), whole, rows)
    monkeypatch.setattr(lanes, "CACHE", 0)
    monkeypatch.setattr(lanes, "LANES", 3)  # refilled, again and again
    same_bits(gradient_descent(problem, factors, **options), whole)


@pytest.mark.parametrize("layout", ["nn", "tn", "nt", "tt"])
def test_a_product_does_not_depend_on_where_its_factors_lie(layout: str) -> None:
    rng = np.random.default_rng(0)
    for a, b, c in [(5, 5, 1), (1, 5, 5), (1, 5, 1), (1, 200, 3), (3, 200, 1), (33, 7, 12)]:
        A, B = rng.standard_normal((4, a, b)), rng.standard_normal((4, b, c))

        def at(offset: int, X: FloatArray, kind: str) -> FloatArray:
            shape = X.shape if kind == "n" else X.mT.shape
            place = np.empty(X.size + offset)[offset:].reshape(shape)
            place = place if kind == "n" else place.mT
            place[:] = X
            return place

        expected = stack.times(at(0, A, layout[0]), at(0, B, layout[1]))
        np.testing.assert_allclose(expected, A @ B, atol=1e-12)
        for offset in (1, 2, 3):
            found = stack.times(at(offset, A, layout[0]), at(offset, B, layout[1]))
            np.testing.assert_array_equal(found, expected)
            one = stack.times(at(offset, A[2:3], layout[0]), at(0, B[2:3], layout[1]))
            np.testing.assert_array_equal(one, expected[2:3])


def test_nor_does_it_with_kernels_of_vectors_that_would() -> None:
    """OpenBLAS takes an old processor's where it is told to; another BLAS does not listen."""
    test = "test_a_product_does_not_depend_on_where_its_factors_lie"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"{__file__}::{test}"],
        env={**os.environ, "OPENBLAS_CORETYPE": "Prescott"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_any_problem_with_a_loss_and_a_gradient_is_descended_on() -> None:
    problem = Sensing((3, 2), 4)
    factors = random_factors([2, 3, 3], 6)
    runs = gradient_descent(problem, factors, lr=0.1, stop_loss=1e-10, at_loss=[1e-2])
    assert runs.settings["engine"] == "numpy"
    assert (runs.ending == Ending.REACHED).all()
    np.testing.assert_allclose(problem.loss(runs.W_at[:, 0]), 1e-2, rtol=0.02)
    h = 1e-6
    plus, minus = (gradient_descent(problem, factors, lr=x, max_iterations=1) for x in (h, h / 2))
    slope = (problem.loss(minus.W) - problem.loss(plus.W)) / (h / 2)
    W = factors[1] @ factors[0]
    G = problem.gradient(W)
    squares = (G @ factors[0].mT) ** 2, (factors[1].mT @ G) ** 2
    np.testing.assert_allclose(slope, sum(s.sum(axis=(1, 2)) for s in squares), rtol=1e-4)


def test_the_engine_is_chosen_by_the_widest_layer_alone() -> None:
    for widths, expected in (([4, 4, 4], "lanes"), ([4, 5, 4], "numpy"), ([5, 2, 2], "numpy")):
        for n in (1, 50):
            runs = gradient_descent(
                completion(widths), random_factors(widths, n), lr=0.1, max_iterations=1
            )
            assert runs.settings["engine"] == expected


def test_an_engine_that_cannot_is_refused_in_one_line() -> None:
    factors = random_factors([2, 2, 2], 1)
    with pytest.raises(InputError, match=r"^engine: got 'jax', expected lanes or numpy for fact"):
        gradient_descent(CORNER, factors, lr=0.1, engine="jax")
    with pytest.raises(InputError, match=r"^engine: got 'lanes', expected numpy .* Sensing$"):
        gradient_descent(Sensing((2, 2), 3), factors, lr=0.1, engine="lanes")


@pytest.mark.parametrize("engine", engines())
def test_w_at_a_time_is_linear_between_the_iterates(engine: str) -> None:
    factors, lr = random_factors([2, 2, 2], 5), 0.1
    most = 70  # across the look at what has ended
    one = 2 * lr
    counted = [0.0, 0.25, 1.0, 3.5, 63.75, 64.0, 70.0, 70.001]
    runs = gradient_descent(
        CORNER, factors, lr=lr, stop_loss=0, max_iterations=most, engine=engine,
        at_time=[k * one for k in counted],
    )  # fmt: skip
    assert runs.times == tuple(k * one for k in counted)
    assert np.isnan(runs.W_at_time[:, -1]).all()
    for number, k in enumerate(counted[:-1]):
        before, after = (
            gradient_descent(CORNER, factors, lr=lr, stop_loss=0, max_iterations=i, engine=engine)
            for i in (int(np.floor(k)), int(np.ceil(k)))
        )
        expected = before.W + (k - np.floor(k)) * (after.W - before.W)
        np.testing.assert_allclose(runs.W_at_time[:, number], expected, atol=1e-14)


@pytest.mark.parametrize("engine", engines())
def test_the_time_of_an_end_is_not_after_it(engine: str) -> None:
    factors = random_factors([2, 2, 2], 30)
    ends = gradient_descent(CORNER, factors, lr=0.07, stop_loss=1e-4, engine=engine)
    assert (ends.ending == Ending.REACHED).all()
    times = sorted({*ends.time, *(ends.time * (1 + 1e-12))})
    runs = gradient_descent(CORNER, factors, lr=0.07, stop_loss=1e-4, at_time=times, engine=engine)
    for run, time in enumerate(ends.time):
        known = ~np.isnan(runs.W_at_time[run, :, 0, 0])
        np.testing.assert_array_equal(known, np.array(times) <= time)
        np.testing.assert_array_equal(runs.W_at_time[run, times.index(time)], runs.W[run])


def test_runs_of_a_problem_of_ones_own_are_a_table_and_are_not_stored(tmp_path: Path) -> None:
    problem = Sensing((2, 2), 3)
    runs = gradient_descent(problem, random_factors([2, 2, 2], 2), lr=0.1, max_iterations=9)
    assert runs.errors == {}
    assert runs.columns()["loss"].tolist() == runs.loss.tolist()
    flow: dict[str, Any] = {"depth": 2, "W0": np.eye(2)}
    with pytest.raises(InputError, match="problem: got Sensing to be stored, expected a Complet"):
        save(runs, tmp_path / "runs.npz")
    assert list(tmp_path.iterdir()) == []
    for engine in FLOW:
        with pytest.raises(InputError, match="problem: got Sensing with the flow, expected a Comp"):
            gradient_flow(problem, **flow, engine=engine)  # type: ignore[arg-type]
