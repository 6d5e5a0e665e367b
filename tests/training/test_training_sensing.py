"""Matrix sensing: loss, gradient, and the flow with linear measurements."""

import math
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.integrate import solve_ivp  # type: ignore[import-untyped]

from dlnproof import operator
from dlnproof.depth import Depth
from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training import Completion, Ending, Sensing, gradient_flow, load, save, train
from dlnproof.training.initial import starts

DEPTHS: list[Depth] = [1, 2, 3, 10, math.inf]


def sensing(m: int, d: int = 3, *, noise: float = 0.0, seed: int = 0) -> Sensing:
    """Return Gaussian measurements of a matrix of rank one."""
    rng = np.random.default_rng(seed)
    truth = np.outer(rng.standard_normal(d), rng.standard_normal(d))
    A = rng.standard_normal((m, d, d))
    y = np.einsum("kij,ij->k", A, truth) + noise * rng.standard_normal(m)
    return Sensing(A, y, truth)


def start(n: int, d: int = 3, scale: float = 0.1) -> FloatArray:
    return scale * np.random.default_rng(5).standard_normal((n, d, d))


def test_loss_and_gradient_are_those_of_the_measurements() -> None:
    problem = sensing(5)
    W = np.random.default_rng(1).standard_normal((4, 2, 3, 3))
    residual = np.einsum("kij,abij->abk", problem.matrices, W) - problem.values
    np.testing.assert_allclose(problem.loss(W), (residual**2).sum(-1) / 2)
    G = problem.gradient(W)
    assert G.shape == W.shape
    for i in range(3):
        for j in range(3):
            step = np.zeros((3, 3))
            step[i, j] = 0.5  # the loss is quadratic: central differences are exact
            differences = problem.loss(W + step) - problem.loss(W - step)
            np.testing.assert_allclose(G[..., i, j], differences, atol=1e-13)


@pytest.mark.parametrize("d", [2, 5, 16])
def test_the_bits_of_a_matrix_do_not_depend_on_the_others(d: int) -> None:
    problem, W = sensing(7, d), start(9, d)
    G, loss = problem.gradient(W), problem.loss(W)
    for k in range(9):
        np.testing.assert_array_equal(problem.gradient(W[k]), G[k])
        np.testing.assert_array_equal(problem.loss(W[k : k + 2]), loss[k : k + 2])


def test_completion_is_sensing_of_single_entries() -> None:
    entries = Completion((3, 3), {(0, 1): 1, (1, 0): 0.5, (2, 2): 0.2, (1, 1): -1})
    A = np.zeros((4, 3, 3))
    A[(range(4), *entries.indices)] = 1
    measured = Sensing(A, entries.values)
    W0 = start(10)
    np.testing.assert_array_equal(measured.gradient(W0), entries.gradient(W0))
    kinds: list[Any] = [
        gradient_flow(p, DEPTHS * 2, W0, at_loss=[0.1]) for p in (entries, measured)
    ]
    for name in ("W", "log_singular_values", "W_at"):
        np.testing.assert_allclose(getattr(kinds[1], name), getattr(kinds[0], name), atol=1e-9)
    assert kinds[0].reached.all()
    assert (kinds[1].ending == kinds[0].ending).all()


@pytest.mark.parametrize("N", [1, 2, 3, math.inf])
def test_the_flow_against_an_independent_integrator(N: Depth) -> None:
    problem = sensing(6)
    [W0] = start(1, scale=0.5)
    runs = gradient_flow(problem, N, W0, stop_loss=1e-6, rtol=1e-9)
    assert list(runs.ending) == ["reached"]

    def velocity(t: float, y: FloatArray) -> FloatArray:
        W = y.reshape(3, 3)
        return np.asarray(-operator(problem.gradient(W), W, N).ravel())

    end = solve_ivp(
        velocity, (0, float(runs.time[0])), W0.ravel(), method="DOP853", rtol=1e-11, atol=1e-13
    ).y[:, -1]
    np.testing.assert_allclose(runs.W[0], end.reshape(3, 3), atol=2e-7)
    assert problem.loss(runs.W)[0] == pytest.approx(1e-6, rel=1e-6)


def test_a_batch_is_its_runs_to_the_bit() -> None:
    problem, W0 = sensing(6), start(10)
    whole = gradient_flow(problem, DEPTHS * 2, W0, at_loss=[0.1], stop_loss=1e-6)
    for k in (0, 1, 4, 7):
        alone = gradient_flow(problem, (DEPTHS * 2)[k], W0[k], at_loss=[0.1], stop_loss=1e-6)
        for name in ("W", "log_singular_values", "time", "W_at"):
            np.testing.assert_array_equal(getattr(alone, name)[0], getattr(whole, name)[k])


@pytest.mark.parametrize("N", [1, 2, math.inf])
def test_where_a_flow_is_at_given_times(N: Depth) -> None:
    problem, W0 = sensing(6), start(2, scale=0.5)
    runs = gradient_flow(problem, N, W0, at_time=[0.3, 1e9], stop_loss=1e-8)
    assert np.isnan(runs.W_at_time[:, 1]).all()
    for k in range(2):
        level = float(problem.loss(runs.W_at_time[k, 0]))
        there = gradient_flow(problem, N, W0[k], stop_loss=level)
        np.testing.assert_allclose(there.W[0], runs.W_at_time[k, 0], atol=1e-6)
        assert there.time[0] == pytest.approx(0.3, rel=1e-5)


@pytest.mark.parametrize("shape", [(3, 3), (2, 5)])
def test_descent_on_factors_descends(shape: tuple[int, int]) -> None:
    rng = np.random.default_rng(0)
    problem = Sensing(rng.standard_normal((4, *shape)), rng.standard_normal(4))
    runs = train(
        problem, depth=3, runs=4, scale=0.1, method="descent", lr=0.01, init="orthogonal", hidden=6
    )
    assert runs.reached.all()
    np.testing.assert_array_equal(runs.loss, problem.loss(runs.W))
    [factors] = starts(
        "orthogonal", shape, [4], scale=0.1, seed=0, widths=[shape[1], 6, 6, shape[0]]
    )
    assert isinstance(factors, list)
    W1, W2, W3 = (factor[1] for factor in factors)
    while problem.loss(W3 @ W2 @ W1) > 1e-12:
        G = problem.gradient(W3 @ W2 @ W1)
        slopes = (W3 @ W2).T @ G, W3.T @ G @ W1.T, G @ (W2 @ W1).T
        W1, W2, W3 = (W - 0.01 * slope for W, slope in zip((W1, W2, W3), slopes, strict=True))
    np.testing.assert_allclose(runs.W[1], W3 @ W2 @ W1, atol=1e-10)


def test_measurements_that_contradict_one_another_end_at_least_squares() -> None:
    problem, W0 = sensing(12, noise=0.5), start(len(DEPTHS))
    least = np.linalg.lstsq(problem.design, problem.values)[0].reshape(3, 3)
    W0[np.sign(np.linalg.det(W0)) != np.sign(np.linalg.det(least)), 0] *= -1
    level = 1.5 * float(problem.loss(least))
    runs = gradient_flow(problem, DEPTHS, W0, at_loss=[level, 0.5 * level])
    assert (runs.ending == Ending.STATIONARY).all()
    np.testing.assert_allclose(runs.W, np.broadcast_to(least, runs.W.shape), atol=1e-6)
    np.testing.assert_allclose(problem.loss(runs.W_at[:, 0]), level)
    assert np.isnan(runs.W_at[:, 1]).all()


@pytest.mark.parametrize("unit", [1e-5, 1e5])
def test_coming_to_rest_does_not_depend_on_the_unit_of_the_measurements(unit: float) -> None:
    problem, W0 = sensing(12, noise=0.5), start(2)
    scaled = Sensing(unit * problem.matrices, unit * problem.values)
    runs = gradient_flow(scaled, [2, 3], W0)
    assert (runs.ending == Ending.STATIONARY).all()
    expected = gradient_flow(problem, [2, 3], W0)
    np.testing.assert_allclose(runs.W, expected.W, atol=1e-8)
    assert (abs(runs.steps - expected.steps) <= 5).all()


def test_depth_one_ends_at_the_nearest_matrix_that_fits() -> None:
    """What no A_k sees stays: W is W(0) and a combination of the A_k."""
    problem, W0 = sensing(4), start(3)
    runs = gradient_flow(problem, 1, W0, stop_loss=1e-20)
    assert runs.reached.all()
    change = (runs.W - W0).reshape(3, -1)
    nearest = (
        np.linalg.pinv(problem.design) @ (problem.values - W0.reshape(3, -1) @ problem.design.T).T
    )
    np.testing.assert_allclose(change, nearest.T, atol=1e-9)
    beyond = gradient_flow(problem, 1, W0, stop_loss=1e-300)
    assert (beyond.ending == Ending.IMPRECISE).all()


def test_measurements_are_stored_with_the_runs(tmp_path: Path) -> None:
    problem = sensing(6)
    runs = train(problem, depth=2, runs=5, scale=0.1, stop_loss=1e-4, keep=tmp_path / "kept")
    save(runs, tmp_path / "x.npz")
    found = load(tmp_path / "x.npz")
    assert found.problem == problem
    np.testing.assert_array_equal(found.W, runs.W)
    with np.load(tmp_path / "x.npz") as arrays:
        np.testing.assert_array_equal(arrays["error_all"], runs.errors["error_all"])
        np.testing.assert_array_equal(arrays["A"], problem.matrices)
    # other measurements of the same shape are another run, which keeps its own chunks
    train(sensing(6, seed=1), depth=2, runs=5, scale=0.1, stop_loss=1e-4, keep=tmp_path / "kept")
    assert len(list((tmp_path / "kept").iterdir())) == 2


def test_errors_are_columns_of_the_runs() -> None:
    runs = train(sensing(6), depth=2, runs=3, scale=0.1, stop_loss=1e-2)
    np.testing.assert_array_equal(runs.columns()["error_all"], runs.errors["error_all"])


def test_a_problem_travels_to_other_processes() -> None:
    problem = sensing(3)
    assert pickle.loads(pickle.dumps(problem)) == problem
    assert problem != sensing(3, seed=1)
    assert problem != Sensing(problem.matrices, problem.values)
    assert problem != Completion((3, 3), {(0, 0): 1})


@pytest.mark.parametrize(
    ("matrices", "values", "fragment"),
    [
        (np.ones((2, 2)), [1, 2], "matrices: got shape (2, 2), expected (m, d, d')"),
        (np.ones((0, 2, 2)), [], "matrices: got shape (0, 2, 2)"),
        (np.ones((1, 2, 2)), [1, 2], "values: got shape (2,), expected (1,)"),
        (np.ones((1, 2, 2)), [np.inf], "values: got inf"),
        (np.ones((1, 2, 2)) * 1j, [1], "expected real numbers"),
        ([[[1.0]], [[0.0]]], [1, 2], "got A_k = 0 at index 1"),
    ],
)
def test_impossible_measurements_are_refused(matrices: Any, values: Any, fragment: str) -> None:
    with pytest.raises(InputError) as refused:
        Sensing(matrices, values)
    assert fragment in str(refused.value)
