"""The flow of wide matrices: against the stiff method, other integrators and the equation."""

import math
from typing import Any

import numpy as np
import pytest
from scipy.integrate import solve_ivp  # type: ignore[import-untyped]

from dlnproof import balanced_factors, operator
from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training import Completion, Ending, Runs, gradient_flow, stack
from dlnproof.training.engines import WIDEST_STIFF
from dlnproof.training.flow import AcceptedStep

LONG = pytest.mark.long
DIAGONAL = Completion((2, 2), {(0, 0): 1, (1, 1): 1})


def low_rank(d: int, rank: int = 2, seed: int = 0) -> Completion:
    """Return the completion of a matrix of low rank from half of its entries."""
    rng = np.random.default_rng(seed)
    T = rng.standard_normal((d, rank)) @ rng.standard_normal((rank, d)) / math.sqrt(rank)
    entries = rng.choice(d * d, d * d // 2, replace=False)
    return Completion((d, d), {(int(k // d), int(k % d)): T[k // d, k % d] for k in entries})


def gaussian(n: int, d: int, scale: float) -> FloatArray:
    return scale * np.random.default_rng(1).standard_normal((n, d, d))


def error(found: FloatArray, expected: FloatArray) -> float:
    """Return the largest relative error in the Frobenius norm."""
    norms = np.linalg.norm(found - expected, axis=(-2, -1)) / np.linalg.norm(
        expected, axis=(-2, -1)
    )
    return float(norms.max())


@pytest.mark.parametrize(
    ("depth", "scale"), [(2, 0.01), *(pytest.param(*x, marks=LONG) for x in [(3, 0.1), (5, 0.3)])]
)
def test_it_is_the_flow_of_the_stiff_method_to_1e6(depth: int, scale: float) -> None:
    problem, W0 = low_rank(8), gaussian(2, 8, scale)
    options: dict[str, Any] = {
        "stop_loss": 1e-5, "at_loss": [1.0, 1e-2], "at_time": [0, 0.5, 5.0, 20.0, 1e9],
    }  # fmt: skip
    explicit = gradient_flow(problem, depth, W0, engine="explicit", **options)
    stiff = gradient_flow(problem, depth, W0, engine="stiff", rtol=1e-10, **options)
    assert (explicit.settings["engine"], stiff.settings["engine"]) == ("explicit", "stiff")
    assert explicit.reached.all()
    np.testing.assert_allclose(explicit.loss, 1e-5, rtol=1e-6)
    np.testing.assert_array_equal(explicit.det_sign, stiff.det_sign)
    np.testing.assert_allclose(explicit.time, stiff.time, rtol=1e-5)
    np.testing.assert_array_equal(explicit.W_at_time[:, 0], W0)
    assert np.isnan(explicit.W_at_time[:, -1]).all()
    for name in ("W", "W_at", "W_at_time"):
        one, other = getattr(explicit, name), getattr(stiff, name)
        np.testing.assert_array_equal(np.isnan(one), np.isnan(other))
        known = ~np.isnan(one).any(axis=(-2, -1))
        assert error(one[known], other[known]) < 1e-6, name
    np.testing.assert_allclose(explicit.log_singular_values, stiff.log_singular_values, atol=1e-5)


@LONG
def test_at_100_it_is_that_of_another_integrator_to_1e6() -> None:
    problem, [W0], depth = low_rank(100, 5), gaussian(1, 100, 0.02), 3
    times = [0.05, 0.1, 0.2]
    runs = gradient_flow(problem, depth, W0, stop_loss=1e-9, at_time=times, max_steps=60)
    assert runs.settings["engine"] == "explicit"
    assert runs.time[0] > times[-1]
    assert error(runs.W_at_time[0, 2], W0) > 0.5
    shape = (depth, 100, 100)

    def field(_t: float, y: FloatArray) -> FloatArray:
        W1, W2, W3 = y.reshape(shape)
        G = problem.gradient(W3 @ W2 @ W1)
        moves = (W3 @ W2).T @ G, W3.T @ G @ W1.T, G @ (W2 @ W1).T
        return np.concatenate([-move.ravel() / depth for move in moves])

    start = np.asarray(balanced_factors(W0, depth)).ravel()
    other = solve_ivp(
        field, (0, times[-1]), start, method="DOP853", t_eval=times, rtol=1e-9, atol=1e-10
    )
    for number, y in enumerate(other.y.T):
        W1, W2, W3 = y.reshape(shape)
        assert error(runs.W_at_time[0, number], W3 @ W2 @ W1) < 1e-6


def test_it_solves_the_equation_of_the_end_to_end_flow() -> None:
    problem, W0, h = low_rank(24), gaussian(1, 24, 0.1), 1e-4
    times = [1 - h, 1.0, 1 + h]
    runs = gradient_flow(problem, 3, W0, at_time=times, rtol=1e-11, stop_loss=1e-3)
    before, W, after = runs.W_at_time[0]
    velocity = -operator(problem.gradient(W), W, 3)
    np.testing.assert_allclose((after - before) / (2 * h), velocity, atol=1e-6)


def test_small_singular_values_are_kept_by_the_factors() -> None:
    rng = np.random.default_rng(2)
    Q, R = (np.linalg.qr(rng.standard_normal((6, 6)))[0] for _ in range(2))
    W0 = 1e-5 * (Q * np.logspace(0, -14, 6)) @ R
    found, expected = (
        gradient_flow(low_rank(6), 2, W0, stop_loss=1e-2, engine=engine, rtol=rtol)
        for engine, rtol in (("explicit", 1e-7), ("stiff", 1e-10))
    )
    logs = expected.log_singular_values
    assert logs[0, -1] - logs[0, 0] < -math.log(1e19)  # the entries of W hold nothing of it
    np.testing.assert_allclose(found.log_singular_values, logs, atol=1e-5)


def test_a_run_is_the_same_alone() -> None:
    problem, W0 = low_rank(22), gaussian(3, 22, 0.2)
    options: dict[str, Any] = {"stop_loss": 1e-2, "at_loss": [1.0], "at_time": [1.0]}
    whole = gradient_flow(problem, [2, 3, 1], W0, **options)
    for run, depth in enumerate((2, 3, 1)):
        alone = gradient_flow(problem, depth, W0[run], **options)
        for name in ("W", "loss", "time", "steps", "W_at", "W_at_time", "log_singular_values"):
            one, other = getattr(alone, name)[0], getattr(whole, name)[run]
            np.testing.assert_array_equal(one, other, err_msg=name)


def test_what_is_asked_for_on_the_way_changes_nothing() -> None:
    problem, W0 = low_rank(8), gaussian(1, 8, 0.2)
    plain = gradient_flow(problem, 3, W0, stop_loss=1e-3, engine="explicit")
    seen: list[AcceptedStep] = []
    asked = gradient_flow(
        problem, 3, W0, stop_loss=1e-3, engine="explicit",
        at_loss=[1, 0.1], at_time=[0.1, 0.2, 3.0], on_step=seen.append,
    )  # fmt: skip
    np.testing.assert_array_equal(plain.W, asked.W)
    assert plain.steps.tolist() == asked.steps.tolist()
    losses = [step.loss[0] for step in seen]
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] <= 1e-3 < losses[-2]
    for step in (seen[0], seen[-1]):
        np.testing.assert_allclose(problem.loss(step.W), step.loss, rtol=1e-12)
        sigma = np.linalg.svd(step.W, compute_uv=False)
        np.testing.assert_allclose(step.log_sigma, np.log(sigma), atol=1e-6)


def explicit(problem: Any, depth: Any, W0: Any, **options: Any) -> Runs:
    return gradient_flow(problem, depth, W0, engine="explicit", **options)


def test_endings() -> None:
    start = np.diag([0.5, 0.25])
    assert explicit(DIAGONAL, 2, start, max_steps=2).ending.tolist() == [Ending.UNFINISHED]
    done = explicit(DIAGONAL, 2, np.eye(2), at_loss=[0.1], at_time=[0, 1])
    assert (done.ending[0], done.steps[0], done.time[0]) == (Ending.REACHED, 0, 0)
    assert np.isnan(done.W_at).all()
    assert np.isnan(done.W_at_time[0, 1]).all()
    # -1 can only sink to zero: the loss does not fall below 1/2
    sunk = explicit(DIAGONAL, 2, np.diag([-0.5, 0.5]), stop_loss=1e-3)
    assert sunk.ending.tolist() == [Ending.STATIONARY]
    assert sunk.loss[0] == pytest.approx(0.5, rel=1e-9)
    assert sunk.steps[0] < 200  # steps that are stable, not ever refused ones
    still = Completion((2, 2), {(0, 0): 1, (0, 1): 0, (1, 0): 0, (1, 1): -1})
    saddle = explicit(still, 2, np.diag([1.0, 1e-9]), stop_loss=1e-3, max_steps=5)
    assert saddle.ending.tolist() == [Ending.UNFINISHED]
    nothing = explicit(
        Completion((2, 2), {(0, 0): 2}), 2, [[2 + 1e-13, 0], [0, 1]], stop_loss=1e-30
    )
    assert nothing.ending.tolist() == [Ending.IMPRECISE]
    far = explicit(Completion((2, 2), {(0, 0): 1e9}), 2, np.diag([1.1e9, 1e9]), stop_loss=1e-24)
    assert far.ending.tolist() == [Ending.IMPRECISE]
    assert far.loss[0] < 1e-6


@pytest.mark.parametrize("depth", [3, pytest.param(10, marks=LONG)])
def test_a_tiny_start_is_not_stationary(depth: int) -> None:
    """Squares of its slopes are below float64; its time is that of the stiff engine."""
    W0 = 1e-300 * np.array([[0.3, 0.9], [-0.7, 0.2]])
    run: dict[str, Any] = {"max_steps": 2000, "stop_loss": 0.9}
    one, other = (
        gradient_flow(DIAGONAL, depth, W0, engine=e, **run) for e in ("explicit", "stiff")
    )
    assert one.ending[0] != Ending.STATIONARY
    assert one.time[0] == pytest.approx(other.time[0], rel=1e-4)


def test_the_sign_of_the_determinant_is_kept_or_the_run_ends() -> None:
    """-0.5 sinks to zero, and would grow again from rounding, towards the 1 that is observed."""
    runs = explicit(DIAGONAL, 2, [[-0.5, 1e-13], [2e-13, 0.5]], stop_loss=1e-3)
    assert runs.det_sign.tolist() == [-1]
    assert runs.ending.tolist() == [Ending.IMPRECISE]
    assert np.linalg.det(runs.W[0]) <= 0


def test_what_no_engine_can_do_is_refused_in_one_line() -> None:
    d = WIDEST_STIFF + 1
    problem, W0 = low_rank(d), gaussian(1, d, 0.1)
    cases: list[tuple[Any, Any, str]] = [
        (2, "stiff", rf"^engine: got stiff for {d} x {d} .* d\^4 = 194,481 entries; "),
        (math.inf, None, "^depth: got infinity for 21 x 21 matrices with the engine explicit"),
        (2, "numpy", "^engine: got 'numpy' for the flow, expected stiff or explicit"),
    ]
    for depth, engine, expected in cases:
        with pytest.raises(InputError, match=expected) as refused:
            gradient_flow(problem, depth, W0, engine=engine)
        assert "\n" not in str(refused.value)


def test_slopes_are_those_of_the_loss() -> None:
    problem, factors = low_rank(5), np.asarray(balanced_factors(gaussian(1, 5, 1.0)[0], 3))
    prefixes = stack.prefix_products(factors)
    found = stack.slopes(factors, prefixes, problem.gradient(prefixes[-1]))
    h = 1e-6
    for j, i, l in ((0, 1, 2), (1, 0, 4), (2, 3, 3)):
        values = []
        for sign in (1, -1):
            moved = factors.copy()
            moved[j, i, l] += sign * h
            values.append(float(problem.loss(stack.end_to_end(moved))))
        assert found[j][i, l] == pytest.approx((values[0] - values[1]) / (2 * h), abs=1e-7)
