"""Gradient descent on factors, against plain loops, exact rationals and finite differences."""

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from itertools import product as indices
from typing import Any

import numpy as np
import pytest

from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.numeric.floats.metric import operator
from dlnproof.training import Completion, Ending, Runs, gradient_descent, lanes
from dlnproof.training.block import Block
from dlnproof.training.initial import network_factors
from dlnproof.training.runs import ARRAYS

CORNER = Completion((2, 2), {(0, 1): 1, (1, 0): 1, (1, 1): 0.25})

Rows = list[list[Any]]


def times(A: Rows, B: Rows) -> Rows:
    """Return A B, in the arithmetic of the entries."""
    found: Rows = []
    for row in A:
        found.append([])
        for k in range(len(B[0])):
            total = row[0] * B[0][k]
            for l in range(1, len(B)):
                total = total + row[l] * B[l][k]
            found[-1].append(total)
    return found


def transposed(A: Rows) -> Rows:
    """Return the transpose."""
    return [list(row) for row in zip(*A, strict=True)]


def plain_step(problem: Completion, factors: Sequence[Rows], lr: Any, number: Any) -> list[Rows]:
    """Return the next factors, as a student would write it."""
    prefixes = [factors[0]]
    for factor in factors[1:]:
        prefixes.append(times(factor, prefixes[-1]))
    d, columns = problem.shape
    D = [[number(0)] * columns for _ in range(d)]
    for (i, j), value in problem.observed.items():
        D[i][j] = (prefixes[-1][i][j] - number(value)) * lr
    then = []
    for k in range(len(factors) - 1, -1, -1):
        update = times(D, transposed(prefixes[k - 1])) if k else D
        then.append(
            [
                [x - u for x, u in zip(*rows, strict=True)]
                for rows in zip(factors[k], update, strict=True)
            ]
        )
        D = times(transposed(factors[k]), D)
    return then[::-1]


def random_factors(widths: Sequence[int], n: int, seed: int = 0) -> list[FloatArray]:
    """Return Gaussian factors W_1, ..., W_N of the widths d_0, ..., d_N."""
    rng = np.random.default_rng(seed)
    return [rng.standard_normal((n, b, a)) / 2 for a, b in pairwise(widths)]


def same(found: Runs, expected: Runs, rows: Any = slice(None)) -> None:
    """Assert that the runs are the same to the last bit."""
    for name in ARRAYS:
        one, other = getattr(found, name), getattr(expected, name)[rows]
        np.testing.assert_array_equal(one, other, err_msg=name)


WIDTHS = [
    [2, 2],
    [2, 2, 2],
    [2, 2, 2, 2],
    [2, 2, 2, 2, 2, 2],
    [3, 2, 2],
    [2, 4, 3],
    [4, 1, 5],
    [3, 5, 2, 4, 2],
    [4, 4, 4, 4],
    [5, 4, 6, 4],
]


def completion(widths: Sequence[int]) -> Completion:
    """Return a problem of this shape with about half of the entries observed."""
    shape = (widths[-1], widths[0])
    entries = [(i, j) for i, j in indices(*map(range, shape)) if (i + 2 * j) % 3 != 1]
    return Completion(shape, {(i, j): (i - j) / 4 + 0.5 for i, j in entries})


@pytest.mark.parametrize("widths", WIDTHS)
def test_descent_is_the_plain_loop_to_the_last_bit(widths: list[int]) -> None:
    problem, factors, steps = completion(widths), random_factors(widths, 3), 5
    options: dict[str, Any] = {"lr": 0.125, "stop_loss": 0, "max_iterations": steps}
    runs = gradient_descent(problem, factors, **options, engine="lanes")
    for run in range(3):
        mine: list[Rows] = [factor[run].tolist() for factor in factors]
        for _ in range(steps):
            mine = plain_step(problem, mine, 0.125, float)
        W = mine[0]
        for factor in mine[1:]:
            W = times(factor, W)
        assert runs.W[run].tolist() == W
        assert runs.loss[run] == pytest.approx(float(problem.loss(np.array(W))), rel=1e-14)
    assert (runs.ending == Ending.UNFINISHED).all()
    assert runs.steps.tolist() == [steps] * 3


@pytest.mark.parametrize("widths", [[2, 2, 2, 2], [3, 2, 2]])
def test_descent_is_the_exact_iteration_up_to_rounding(widths: list[int]) -> None:
    problem, factors = completion(widths), random_factors(widths, 1)
    runs = gradient_descent(problem, factors, lr=0.125, stop_loss=0, max_iterations=3)
    exact: list[Rows] = [[[Fraction(x) for x in row] for row in F[0].tolist()] for F in factors]
    for _ in range(3):
        exact = plain_step(problem, exact, Fraction(1, 8), Fraction)
    W = exact[0]
    for factor in exact[1:]:
        W = times(factor, W)
    np.testing.assert_allclose(runs.W[0], np.array(W, dtype=float), rtol=0, atol=1e-15)


def loss_of(problem: Completion, factors: Sequence[FloatArray]) -> float:
    """Return l(W_N ... W_1)."""
    W = factors[0]
    for factor in factors[1:]:
        W = factor @ W
    return float(problem.loss(W))


@pytest.mark.parametrize("widths", [[2, 2, 2, 2], [3, 2, 2], [4, 4, 4, 4]])
def test_a_step_is_minus_lr_times_the_gradient_of_the_loss(widths: list[int]) -> None:
    problem, lr = completion(widths), 0.25
    factors = random_factors(widths, 1)
    block = Block(problem, widths, 1, lr)
    for mine, given in zip(block.now.factors, factors, strict=True):
        mine[:] = np.moveaxis(given, 0, -1)
    block.evaluate()
    block.advance()
    h = 1e-5
    for k, factor in enumerate(factors):
        for i, j in indices(*map(range, factor.shape[1:])):
            values = []
            for sign in (1, -1):
                moved = [one[0].copy() for one in factors]
                moved[k][i, j] += sign * h
                values.append(loss_of(problem, moved))
            slope = (values[0] - values[1]) / (2 * h)
            step = block.now.factors[k][i, j, 0] - factor[0, i, j]
            assert step == pytest.approx(-lr * slope, abs=1e-9)


def test_time_is_that_of_the_end_to_end_flow() -> None:
    W = np.array([[[0.5, 0.25], [-0.5, 1.0]]])
    lr, N = 1e-7, 3
    runs = gradient_descent(CORNER, network_factors(W, N), lr=lr, stop_loss=0, max_iterations=1)
    assert runs.time.tolist() == [N * lr]
    velocity = -operator(CORNER.gradient(W), W, N)  # dW/dt
    np.testing.assert_allclose((runs.W - W) / runs.time[0], velocity, atol=1e-6)


def test_balancedness_is_conserved_to_first_order_in_the_step() -> None:
    W = np.array([[[0.5, 0.25], [-0.5, 1.0]]])
    drifts = []
    for iterations in (200, 400, 800):
        block = Block(CORNER, [2, 2, 2, 2], 1, 2 / iterations)
        for mine, given in zip(block.now.factors, network_factors(W, 3), strict=True):
            mine[:] = np.moveaxis(given, 0, -1)
        for _ in range(iterations):
            block.evaluate()
            block.advance()
        W1, W2, W3 = (factor[:, :, 0] for factor in block.now.factors)
        drifts.append(np.abs(W3.T @ W3 - W2 @ W2.T).max() + np.abs(W2.T @ W2 - W1 @ W1.T).max())
    assert 1e-5 < drifts[0] < 1e-2
    assert [drifts[k] / drifts[k + 1] for k in range(2)] == pytest.approx([2, 2], rel=0.05)


def test_one_layer_converges_as_the_closed_form_says() -> None:
    W = np.random.default_rng(0).standard_normal((4, 2, 2))
    runs = gradient_descent(CORNER, [W], lr=0.1, stop_loss=1e-8)
    residual = CORNER.gradient(W) * 0.9 ** runs.steps[:, None, None]
    np.testing.assert_allclose(CORNER.gradient(runs.W), residual, atol=1e-14)
    assert (runs.W[:, 0, 0] == W[:, 0, 0]).all()  # never observed, never moved
    assert runs.reached.all()
    assert (runs.loss / 0.81 > 1e-8).all()  # and not a step too many


def test_a_run_is_the_same_in_every_batch_and_block(monkeypatch: pytest.MonkeyPatch) -> None:
    factors = random_factors([2, 2, 2, 2], 300)
    factors[0][7] *= 30  # one that diverges
    arguments: dict[str, Any] = {"lr": 0.1, "at_loss": [1e-1, 1e-3], "max_iterations": 700}
    whole = gradient_descent(CORNER, factors, **arguments)
    assert set(whole.ending) == {Ending.REACHED, Ending.DIVERGED, Ending.UNFINISHED}
    for rows in (slice(0, 1), slice(5, 8), slice(100, 237)):
        same(gradient_descent(CORNER, [F[rows] for F in factors], **arguments), whole, rows)
    monkeypatch.setattr(lanes, "CACHE", 0)
    monkeypatch.setattr(lanes, "LANES", 50)  # refilled, again and again
    same(gradient_descent(CORNER, factors, **arguments), whole)
    monkeypatch.setattr(lanes, "LANES", 1)
    rows = slice(0, 20)
    same(gradient_descent(CORNER, [F[rows] for F in factors], **arguments), whole, rows)


def test_what_diverges_is_kept_at_its_last_bounded_iterate_and_the_others_go_on() -> None:
    W = np.array([[[0.0, 1], [1, 0]], [[0, 1], [1, 0.5]], [[0, 200], [200, 0]]])
    runs = gradient_descent(CORNER, network_factors(W, 2), lr=0.25)
    assert runs.ending.tolist() == [Ending.REACHED, Ending.REACHED, Ending.DIVERGED]
    assert np.isfinite(runs.W).all()
    assert runs.loss[2] == pytest.approx(float(CORNER.loss(runs.W[2])), rel=1e-12)
    bound = lanes.GROWTH * float(CORNER.loss(W[2]))
    assert runs.loss[2] <= bound
    again = gradient_descent(
        CORNER, network_factors(W, 2), lr=0.25, max_iterations=int(runs.steps[2])
    )
    assert again.W[2].tolist() == runs.W[2].tolist()  # that many steps lead there


def test_a_step_to_no_number_diverges_too() -> None:
    huge = np.array([[[1e200, 0], [0, 1e200]]])
    tiny = np.array([[[1e-200, 0], [0, 1e-200]]])
    runs = gradient_descent(CORNER, [huge, tiny], lr=1e200)
    assert runs.ending.tolist() == [Ending.DIVERGED]
    assert runs.W.tolist() == [[[1, 0], [0, 1]]]
    assert runs.steps.tolist() == [0]


def test_a_saddle_is_stationary() -> None:
    zeros = np.zeros((2, 2, 2))
    runs = gradient_descent(CORNER, [zeros, zeros], lr=0.1)
    assert (runs.ending == Ending.STATIONARY).all()
    assert runs.loss.tolist() == [1.03125] * 2
    assert runs.det_sign.tolist() == [0, 0]
    assert np.isneginf(runs.log_singular_values).all()


def test_a_level_below_rounding_ends_stationary() -> None:
    problem = Completion((1, 1), {(0, 0): 0.1})
    runs = gradient_descent(problem, [[[[0.5]]], [[[0.75]]], [[[1.0]]]], lr=0.1, stop_loss=0)
    assert runs.ending[0] in (Ending.STATIONARY, Ending.REACHED)
    assert runs.loss[0] < 1e-31
    assert runs.steps[0] < 10_000


def test_runs_that_start_below_the_level_take_no_step() -> None:
    W = np.array([[[3.0, 1], [1, 0.25]]])
    runs = gradient_descent(CORNER, [W], lr=0.1, at_loss=[1.0, 0.1])
    assert (runs.ending[0], runs.steps[0], runs.time[0]) == (Ending.REACHED, 0, 0)
    assert np.isnan(runs.W_at).all()  # nothing was crossed


def test_levels_are_linear_in_the_loss_between_the_iterates() -> None:
    factors = random_factors([2, 2, 2], 5)
    levels = [0.5, 0.05, 0.01, 1e-30]
    runs = gradient_descent(CORNER, factors, lr=0.1, stop_loss=1e-6, at_loss=levels)
    assert runs.levels == tuple(levels)
    assert runs.W_at.shape == (5, 4, 2, 2)
    assert np.isnan(runs.W_at[:, 3]).all()
    path = [
        gradient_descent(CORNER, factors, lr=0.1, stop_loss=0, max_iterations=k)
        for k in range(int(runs.steps.max()) + 1)
    ]
    for run in range(5):
        for number, level in enumerate(levels[:3]):
            k = next(k for k, step in enumerate(path) if step.loss[run] <= level)
            if k == 0:
                assert np.isnan(runs.W_at[run, number]).all()
                continue
            before, after = path[k - 1], path[k]
            share = (before.loss[run] - level) / (before.loss[run] - after.loss[run])
            expected = before.W[run] + share * (after.W[run] - before.W[run])
            np.testing.assert_allclose(runs.W_at[run, number], expected, atol=1e-14)


def test_the_determinant_outlives_its_underflow() -> None:
    one = np.array([[[1.0, 0], [0, 1e-150]]])
    runs = gradient_descent(CORNER, [one, one, -one, one], lr=1, max_iterations=0)
    assert runs.det_sign.tolist() == [1]
    assert runs.W[0, 1, 1] == 0
    expected = [0.0, -600 * math.log(10)]
    np.testing.assert_allclose(runs.log_singular_values, [expected], rtol=1e-14)
    flip = one * np.array([1.0, -1])
    runs = gradient_descent(CORNER, [one, one, flip, one], lr=1, max_iterations=0)
    assert runs.det_sign.tolist() == [-1]


def test_singular_values_are_those_of_the_svd_where_it_resolves_them() -> None:
    factors = random_factors([3, 3, 3], 20)
    problem = completion([3, 3])
    runs = gradient_descent(problem, factors, lr=0.1, max_iterations=3)
    sigma = np.linalg.svd(runs.W, compute_uv=False)
    np.testing.assert_allclose(runs.log_singular_values, np.log(sigma), atol=1e-11)
    np.testing.assert_array_equal(runs.det_sign, np.sign(np.linalg.det(runs.W)))


@pytest.mark.parametrize(
    ("widths", "signs"), [([2, 1, 2], {0}), ([2, 3, 2], {-1, 1}), ([3, 2, 2], {0})]
)
def test_the_sign_where_layers_are_not_square(widths: list[int], signs: set[int]) -> None:
    runs = gradient_descent(
        completion(widths), random_factors(widths, 20), lr=0.1, max_iterations=1
    )
    assert set(runs.det_sign.tolist()) == signs
    if widths == [2, 1, 2]:
        assert np.isneginf(runs.log_singular_values[:, 1]).all()
    if widths == [2, 3, 2]:
        np.testing.assert_array_equal(runs.det_sign, np.sign(np.linalg.det(runs.W)))


@pytest.mark.parametrize(
    ("factors", "options", "fragment"),
    [
        ([], {}, "factors: got shapes []"),
        ([np.eye(2)], {}, "batch of n = 1"),
        ([np.ones((1, 2, 2)), np.ones((2, 2, 2))], {}, "got shapes"),
        ([np.ones((1, 2, 2)), np.ones((1, 2, 3))], {}, "got shapes"),
        ([np.ones((1, 2, 3))], {}, "shape (2, 2)"),
        ([np.full((1, 2, 2), math.nan)], {}, "factors[0]: got nan"),
        ([np.full((1, 2, 2), 1e200)] * 2, {}, "beyond float64"),
        ([np.ones((1, 2, 2))], {"lr": 0}, "lr: got 0"),
        ([np.ones((1, 2, 2))], {"lr": -1}, "lr: got -1"),
        ([np.ones((1, 2, 2))], {"lr": math.nan}, "lr: got nan"),
        ([np.ones((1, 2, 2))], {"lr": "fast"}, "lr: got 'fast'"),
        ([np.ones((1, 2, 2))] * 2, {"lr": 1e308}, "lr: got 1e+308, of which a step takes a time"),
        (None, {}, "factors: got NoneType"),
        ([np.ones((1, 2, 2))], {"stop_loss": -1e-9}, "stop_loss: got -1e-09"),
        ([np.ones((1, 2, 2))], {"at_loss": [0]}, "at_loss: got 0"),
        ([np.ones((1, 2, 2))], {"max_iterations": -1}, "max_iterations: got -1"),
    ],
)
def test_bad_input_is_refused_in_one_line(
    factors: Any, options: dict[str, Any], fragment: str
) -> None:
    with pytest.raises(InputError) as refused:
        gradient_descent(CORNER, factors, **{"lr": 0.1, **options})
    assert fragment in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_iteration_costs_three_products_a_middle_layer() -> None:
    problem = Completion((3, 3), {(0, 0): 1, (1, 1): 1, (2, 2): 1})
    for N in (2, 3, 6):
        cost = Block(problem, [3] * (N + 1), 8, 0.1).count(np.multiply)
        m, r = 3, 3
        assert cost == 3 * m * r + 3 * (N - 2) * r**3 + 2 * m + 1
