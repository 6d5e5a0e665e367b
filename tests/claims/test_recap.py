"""The claim recap: what its routes must notice, its findings, and its sentences by hand."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from importlib import import_module
from math import exp, inf, log
from typing import Any

import numpy as np
import pytest
from flint import fmpq
from scipy.integrate import solve_ivp  # type: ignore[import-untyped]

from dlnproof import Grid, check
from dlnproof.claims.check import TrainingCheck
from dlnproof.claims.convergence.recap import CLAIM
from dlnproof.core.verdict import Verdict
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training.completion import Completion
from dlnproof.training.descent import gradient_descent
from dlnproof.training.flow import gradient_flow

recap = import_module("dlnproof.checks.convergence.recap")
ID = "recap"
TRAINING: TrainingCheck = recap.CHECKS[1]


@pytest.fixture(scope="module")
def data() -> list[Any]:
    return [TRAINING.train("all", 40, 0)]


def exact() -> Verdict:
    [claim] = check([ID], grid=Grid(depths=(2, 3), widths=(2,)), expression="exact").claims
    return claim.verdict


def lost(seen: Any, parts: Any = CLAIM.parts) -> set[str]:
    found = TRAINING.read(parts, [seen])
    assert [f.name for f in found] == ["stuck", "rate", "least-norm"]
    return {f.name for f in found if f.verdict is Verdict.NOT_OBSERVED}


# --- what is broken is found ----------------------------------------------------------------------


def test_the_other_normalisation_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    right = recap.sum_operator
    monkeypatch.setattr(recap, "sum_operator", lambda at: right(at) / int(at.depth))
    assert exact() is Verdict.REFUTED


def test_a_step_up_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(at: Any) -> Any:
        X, y, z = recap.regression(at)
        w = X.transpose() * z
        up = w + X.transpose() * (X * w - y)
        return [[fmpq(0)] * 3, [recap.sum_operator(recap.scalar(at))[0, 0]], up.entries()]

    checks = (replace(recap.CHECKS[0], measure=wrong), TRAINING)
    monkeypatch.setattr(recap, "CHECKS", checks)
    assert exact() is Verdict.REFUTED


def test_a_violation_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recap, "violation", lambda stated, values: fmpq(1, 10**12))
    assert exact() is Verdict.REFUTED


# --- training -------------------------------------------------------------------------------------


def test_all_is_observed(data: list[Any]) -> None:
    assert lost(data[0]) == set()
    slow, fast = data[0].speeds
    assert (slow, fast) == pytest.approx((2 ** (-4 / 3), 2 ** (4 / 3)), rel=1e-3)


@pytest.mark.parametrize(
    ("false", "gone"),
    [
        ({"loss": 0.4}, {"stuck"}),
        ({"product": -0.9}, {"stuck"}),
        ({"product": 0.5, "loss": 1.1}, {"stuck"}),
        ({"speeds": (0.5, 2.0)}, {"rate"}),
        ({"speeds": (2.52, 0.3969)}, {"rate"}),
        ({"threshold": 0.3}, {"rate"}),
        ({"excess_norm": 1e-3}, {"least-norm"}),
        ({"residual": 1e-3}, {"least-norm"}),
    ],
)
def test_false_data_are_not_observed(
    false: dict[str, Any], gone: set[str], data: list[Any]
) -> None:
    assert lost(replace(data[0], **false)) == gone


@pytest.mark.parametrize("name", ["greater", "mean-rate", "inverted-rate"])
def test_wrong_statements_are_not_observed(name: str, data: list[Any]) -> None:
    mutant = next(m for m in CLAIM.mutants if m.name == name)
    [part] = mutant.parts
    assert lost(data[0], CLAIM.with_parts(mutant.parts)) == {part}


def test_factors_of_opposite_sign_would_not_be_stuck(
    monkeypatch: pytest.MonkeyPatch, data: list[Any]
) -> None:
    """The experiment itself: were the start another one, the finding would fail."""
    right = recap.gradient_descent

    def wrong(problem: Any, factors: Any, **given: Any) -> Any:
        first, second = factors
        return right(problem, [0.5 * first, -second], **given)

    monkeypatch.setattr(recap, "gradient_descent", wrong)
    assert lost(TRAINING.train("all", 1, 0)) == {"stuck"}


# --- as printed -----------------------------------------------------------------------------------


def test_the_counterexample_to_convergence(refuted: Callable[[str, str], Any]) -> None:
    found = refuted(ID, "convergence")
    assert (found.N, found.d) == (2, 1)
    assert found.left == Fraction(1, 2)  # (w^2 + 1)^2 / 2 at w = 0
    assert found.right == 0


# --- independently, in floats ---------------------------------------------------------------------


def test_equal_factors_with_an_opposite_target_stay_at_one_half() -> None:
    run = solve_ivp(
        lambda t, w: -(w[0] * w[1] + 1) * w[::-1], (0, 40), [1.0, 1.0], rtol=1e-10, atol=1e-12
    )
    product = run.y[0] * run.y[1]
    assert (product > 0).all()
    assert ((product + 1) ** 2 / 2 >= 0.5).all()
    assert product[-1] < 1e-8
    unequal = solve_ivp(
        lambda t, w: -(w[0] * w[1] + 1) * w[::-1], (0, 40), [1.0, 0.9], rtol=1e-10, atol=1e-12
    )
    assert unequal.y[0, -1] * unequal.y[1, -1] == pytest.approx(-1)  # unbalanced: it gets there


@pytest.mark.parametrize("depth", [2, 3, inf])
def test_a_determinant_of_the_wrong_sign_is_an_obstruction(depth: float) -> None:
    """With all entries observed the loss is at least the squared distance to rank one, halved."""
    B = np.array([[1.0, 0.3], [0.2, -1.5]])
    problem = Completion((2, 2), {(i, j): B[i, j] for i in range(2) for j in range(2)})
    W0 = 0.1 * np.random.default_rng(1).standard_normal((12, 2, 2))
    chosen = depth if depth == inf else int(depth)
    done = gradient_flow(problem, chosen, W0, stop_loss=1e-8, max_steps=2000)
    wrong = np.linalg.det(W0) * np.linalg.det(B) < 0
    least = np.linalg.svd(B, compute_uv=False)[1] ** 2 / 2
    assert 0 < wrong.sum() < 12
    assert (done.loss[wrong] >= least * (1 - 1e-6)).all()
    assert done.reached[~wrong].all()


@pytest.mark.parametrize("depth", [1, 2, 3, 7])
def test_the_speed_at_width_one(depth: int) -> None:
    """All factors are w, the product w^N: by the chain rule, with h in place of dt."""
    for sigma in (0.01, 0.3, 1.0, 4.0):
        w = sigma ** (1 / depth)
        h = 1e-6
        slope = w ** (depth - 1)  # of the product in each factor, for the loss with derivative 1
        moved = (w - h * slope) ** depth
        assert (sigma - moved) / h == pytest.approx(depth * sigma ** (2 - 2 / depth), rel=2e-3)
        if depth > 1:
            threshold = depth ** (-depth / (2 * depth - 2))
            assert (depth * sigma ** (2 - 2 / depth) > 1) == (sigma > threshold)


@pytest.mark.parametrize("depth", [2, 3, 5])
def test_the_rate_of_the_loss_near_its_minimum(depth: int) -> None:
    """The factors' own flow towards sigma: the residual decays like exp(-N sigma^(2-2/N) t)."""
    for target in (0.2, 1.5):
        start = np.full(depth, (target * 1.001) ** (1 / depth))

        def velocity(t: float, w: FloatArray, target: float = target) -> FloatArray:
            others = np.array([np.delete(w, k).prod() for k in range(len(w))])
            return np.asarray(-(w.prod() - target) * others)

        run = solve_ivp(velocity, (0, 1), start, rtol=1e-12, atol=1e-15)
        decay = -log((run.y[:, -1].prod() - target) / (0.001 * target))
        assert decay == pytest.approx(depth * target ** (2 - 2 / depth), rel=5e-3)


def test_from_a_small_start_depth_slows_it_down() -> None:
    times = []
    for depth in (1, 2, 3):
        problem = Completion((1, 1), {(0, 0): 1})
        done = gradient_flow(problem, depth, [[1e-3]], stop_loss=0.125)  # half way
        times.append(done.time[0] / depth)
    assert times[0] == pytest.approx(log(0.999 / 0.5), rel=1e-6)
    assert times[0] < times[1] < times[2]


@pytest.mark.parametrize("shape", [(3, 6), (2, 5), (4, 4)])
def test_descent_from_zero_finds_the_least_norm(shape: tuple[int, int]) -> None:
    rng = np.random.default_rng(shape[0])
    X, y = rng.standard_normal(shape), rng.standard_normal(shape[0])
    w, step = np.zeros(shape[1]), 1.9 / np.linalg.norm(X, 2) ** 2
    project = X.T @ np.linalg.pinv(X.T)
    for _ in range(20_000):
        w = w - step * X.T @ (X @ w - y)
    assert np.allclose(project @ w, w)
    assert np.allclose(X @ w, y, atol=1e-6)
    assert np.allclose(w, np.linalg.pinv(X) @ y, atol=1e-6)
    for n in rng.standard_normal((20, shape[1])):
        other = w + n - project @ n  # another solution
        assert np.linalg.norm(other) >= np.linalg.norm(w) - 1e-9


def test_from_elsewhere_it_does_not() -> None:
    rng = np.random.default_rng(0)
    X, y, w = rng.standard_normal((2, 5)), rng.standard_normal(2), np.ones(5)
    for _ in range(5000):
        w = w - X.T @ (X @ w - y) / np.linalg.norm(X, 2) ** 2
    assert np.allclose(X @ w, y)
    assert np.linalg.norm(w) > np.linalg.norm(np.linalg.pinv(X) @ y) + 0.1


def test_steps_beyond_the_largest_do_not_converge() -> None:
    rng = np.random.default_rng(0)
    X, y, w = rng.standard_normal((2, 5)), rng.standard_normal(2), np.zeros(5)
    for _ in range(100):
        w = w - 2.1 / np.linalg.norm(X, 2) ** 2 * X.T @ (X @ w - y)
    assert np.linalg.norm(X @ w - y) > 1


def test_one_step_in_fractions() -> None:
    """Of X^T z: the new coefficients are z - (X X^T z - y)."""
    X = np.array([[Fraction(k * j + 1, k + j + 1) for j in range(3)] for k in range(2)])
    y, z = np.array([Fraction(1), Fraction(-2)]), np.array([Fraction(3, 2), Fraction(5)])
    w = X.T @ z
    after = w - X.T @ (X @ w - y)
    assert (after == X.T @ (z - (X @ X.T @ z - y))).all()


def test_descent_with_the_target_minus_one_is_the_package_descent() -> None:
    done = gradient_descent(
        Completion((1, 1), {(0, 0): -1}), [np.ones((1, 1, 1))] * 2, lr=1e-2, max_iterations=200
    )
    w = 1.0
    for _ in range(200):
        w -= 1e-2 * (w * w + 1) * w
    assert done.W[0, 0, 0] == pytest.approx(w * w, rel=1e-12)
    assert w * w == pytest.approx(exp(-4) / (2 - exp(-4)), rel=0.05)  # the flow's, at time 2
