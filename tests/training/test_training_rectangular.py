"""Flows of rectangular matrices, and of a lower rank: the equation, wide factors, what is kept."""

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from scipy.integrate import solve_ivp  # type: ignore[import-untyped]

from dlnproof import operator
from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training import Completion, Ending, gradient_flow, stack, train
from dlnproof.training.engines import MOST_LAYERS
from dlnproof.training.initial import network_factors
from dlnproof.training.stepping import AcceptedStep

CASES: list[tuple[tuple[int, int], int | None]] = [
    ((4, 2), None), ((2, 5), None), ((1, 3), None), ((5, 4), 2), ((3, 3), 1), ((4, 4), 3),
]  # fmt: skip
"""Shapes, and ranks where these are lower."""


def problem(shape: tuple[int, int]) -> Completion:
    """Return the completion of a matrix of rank one from some two thirds of its entries."""
    m, n = shape
    rng = np.random.default_rng(4)
    T = rng.standard_normal((m, 1)) @ rng.standard_normal((1, n))
    return Completion(
        shape, {(i, j): float(T[i, j]) for i in range(m) for j in range(n) if (i + 2 * j) % 3 != 1}
    )


def start(shape: tuple[int, int]) -> FloatArray:
    return 0.4 * np.random.default_rng(5).standard_normal((1, *shape))


@pytest.mark.parametrize(("shape", "rank"), CASES)
@pytest.mark.parametrize("depth", [2, 5])
def test_it_solves_the_equation_of_the_end_to_end_flow(
    shape: tuple[int, int], rank: int | None, depth: int
) -> None:
    h, of = 1e-4, problem(shape)
    times = [0, 1 - h, 1.0, 1 + h]
    given: dict[str, Any] = {"at_time": times, "rtol": 1e-11, "stop_loss": 1e-12, "rank": rank}
    runs = gradient_flow(of, depth, start(shape), max_steps=200, **given)
    assert runs.settings["engine"] == "explicit"
    first, before, W, after = runs.W_at_time[0]
    velocity = -operator(of.gradient(W), W, depth, rank=rank)
    np.testing.assert_allclose((after - before) / (2 * h), velocity, atol=1e-6)
    assert abs(after - before).max() > 1e-6  # it moves
    # from the nearest matrix of that rank, which it keeps
    k, d = rank or min(shape), min(shape)
    sigma = np.linalg.svd(start(shape)[0], compute_uv=False)
    assert np.linalg.norm(first - start(shape)[0]) == pytest.approx(
        np.linalg.norm(sigma[k:]), abs=1e-12
    )
    logs = runs.log_singular_values[0]
    assert np.isfinite(logs[:k]).all()
    assert (logs[k:] == -math.inf).all()
    found = np.linalg.svd(runs.W[0], compute_uv=False)
    np.testing.assert_allclose(found, np.exp(logs), atol=1e-10)
    assert runs.det_sign.tolist() == [0]
    assert len(logs) == d


@pytest.mark.parametrize(
    ("widths", "rank"), [([2, 3, 4], None), ([2, 2, 2, 2, 3], None), ([4, 6, 2, 5], 2)]
)
def test_it_is_the_flow_of_factors_of_any_hidden_widths(
    widths: list[int], rank: int | None
) -> None:
    """Layers turned against each other, wider than the rank; their balance is kept."""
    shape, depth = (widths[-1], widths[0]), len(widths) - 1
    of, rng = problem(shape), np.random.default_rng(6)
    given: dict[str, Any] = {"at_time": [0, 2.0], "rtol": 1e-11, "stop_loss": 1e-12}
    runs = gradient_flow(of, depth, start(shape), max_steps=400, rank=rank, **given)
    W0, there = runs.W_at_time[0]
    turns = [np.linalg.qr(rng.standard_normal((w, w)))[0] for w in widths]
    turns[0], turns[-1] = np.eye(widths[0]), np.eye(widths[-1])
    factors = [
        turns[j + 1] @ F[0] @ turns[j].T
        for j, F in enumerate(network_factors(W0[None], depth, widths[1:-1]))
    ]
    shapes = [(b, a) for a, b in pairwise(widths)]
    ends = np.cumsum([a * b for a, b in shapes])[:-1]

    def apart(y: FloatArray) -> list[FloatArray]:
        return [x.reshape(s) for x, s in zip(np.split(y, ends), shapes, strict=True)]

    def field(_t: float, y: FloatArray) -> FloatArray:
        each = apart(y)
        prefixes = stack.prefix_products(each)
        moves = stack.slopes(each, prefixes, of.gradient(prefixes[-1]))
        return np.concatenate([-move.ravel() / depth for move in moves])

    y = np.concatenate([F.ravel() for F in factors])
    end = solve_ivp(field, (0, 2.0), y, method="DOP853", rtol=1e-11, atol=1e-12).y[:, -1]
    np.testing.assert_allclose(stack.end_to_end(apart(end)), there, atol=1e-8)
    assert abs(there - W0).max() > 0.1
    for lower, upper in pairwise(apart(end)):
        np.testing.assert_allclose(upper.T @ upper, lower @ lower.T, atol=1e-9)


@pytest.mark.parametrize(("shape", "rank"), CASES)
def test_the_loss_falls_and_the_transposed_problem_has_the_transposed_flow(
    shape: tuple[int, int], rank: int | None
) -> None:
    of, seen = problem(shape), list[AcceptedStep]()
    given: dict[str, Any] = {"at_time": [0.5, 1.0, 2.0], "max_steps": 200, "rank": rank}
    runs = gradient_flow(of, 3, start(shape), on_step=seen.append, **given)
    losses = [float(step.loss[0]) for step in seen]
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < of.loss(start(shape))[0] / 2
    assert seen[-1].W.shape == (1, *shape)
    mirrored = Completion(shape[::-1], {(j, i): b for (i, j), b in of.observed.items()})
    other = gradient_flow(mirrored, 3, start(shape).mT, **given)
    np.testing.assert_allclose(other.W_at_time.mT, runs.W_at_time, atol=1e-5)


def test_training_heeds_the_least_hidden_width() -> None:
    T = np.diag([2.0, 1.0, 0.5])[:, :2]
    of = Completion((3, 2), {(i, j): T[i, j] for i in range(3) for j in range(2)})
    given: dict[str, Any] = {"depth": 3, "runs": 2, "scale": 0.1, "method": "flow"}
    full = train(of, **given)
    assert full.reached.all()
    np.testing.assert_array_equal(train(of, hidden=[7, 4], **given).W, full.W)
    low = train(of, hidden=[7, 1], **given)
    assert low.ending.tolist() == [Ending.STATIONARY] * 2
    np.testing.assert_allclose(low.loss, 1 / 2, rtol=1e-9)  # sigma_2^2 / 2
    assert (low.log_singular_values[:, 1] == -math.inf).all()
    assert low.settings["hidden"] == [7, 1]
    descended = train(of, **{**given, "method": "descent"}, hidden=[7, 1], lr=0.05, max_steps=600)
    np.testing.assert_allclose(descended.W, low.W, atol=1e-4)


def test_what_has_no_flow_is_refused_in_one_line() -> None:
    of, W0 = problem((3, 2)), start((3, 2))
    cases: list[tuple[dict[str, Any], str]] = [
        ({"engine": "stiff"}, "^engine: got stiff for 3 x 2 matrices of rank 2, expected explicit"),
        ({"depth": math.inf}, "^depth: got infinity for 3 x 2 matrices of rank 2, expected a fin"),
        ({"depth": MOST_LAYERS + 1}, "^depth: got 1001 with the engine explicit, expected at most"),
        ({"W0": np.ones((3, 2))}, "^W0: got a matrix singular to rounding in run 0 .* rank 2; "),
        ({"W0": W0[:, :2]}, r"^W0: got shape \(1, 2, 2\), expected \(n, 3, 2\)"),
        ({"rank": 3}, "^rank: got 3, expected an integer from 1 to 2"),
        ({"rank": 1, "depth": 1}, "^rank: got 1 at depth 1, whose flow keeps no rank; expected no"),
    ]
    for given, expected in cases:
        with pytest.raises(InputError, match=expected) as refused:
            gradient_flow(of, **{"depth": 2, "W0": W0, **given})
        assert "\n" not in str(refused.value)


def test_one_layer_decays_in_closed_form() -> None:
    of, W0 = problem((3, 2)), start((3, 2))
    runs = gradient_flow(of, [1, 2], np.concatenate([W0, W0]), at_time=[1.0], stop_loss=1e-8)
    i, j = of.indices
    expected = of.values + math.exp(-1) * (W0[0, i, j] - of.values)
    np.testing.assert_allclose(runs.W_at_time[0, 0][i, j], expected, atol=1e-14)
    assert runs.reached.all()
