"""The flow's method: velocity, Jacobian, chart and order, against what defines them."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from dlnproof import operator
from dlnproof.depth import Depth
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training.completion import Completion
from dlnproof.training.frames import cayley, inverses, skew, times, transposed
from dlnproof.training.observed import Observed
from dlnproof.training.rodas import rodas_step
from dlnproof.training.sensing import Sensing
from dlnproof.training.spectral_point import INFINITE_DEPTH, NEAREST, Point
from dlnproof.training.svd_chart import Chart

DEPTHS: list[Depth] = [2, 3, 7, math.inf]


def point(W: FloatArray, depths: list[Depth]) -> Point:
    U, sigma, Vt = np.linalg.svd(W)
    q = np.maximum(1 / np.array(depths, dtype=float), INFINITE_DEPTH)
    frames = np.stack([U.transpose(1, 2, 0), Vt.transpose(2, 1, 0)], axis=2)
    return Point(q, np.ascontiguousarray(np.log(sigma).T), frames)


def completion(d: int, rng: np.random.Generator) -> Completion:
    entries = [(i, j) for i in range(d) for j in range(d) if (i + 2 * j) % 3 != 1]
    return Completion((d, d), {entry: rng.standard_normal() for entry in entries})


def sensing(d: int, rng: np.random.Generator) -> Sensing:
    return Sensing(rng.standard_normal((2 * d, d, d)), rng.standard_normal(2 * d))


Kind = Callable[[int, np.random.Generator], Completion | Sensing]


def some_problem(d: int, kind: Kind = completion) -> tuple[Completion | Sensing, Chart]:
    """Return a problem and a chart of it."""
    rng = np.random.default_rng(d)
    problem = kind(d, rng)
    W = rng.standard_normal((len(DEPTHS), d, d))
    return problem, Chart(point(W, DEPTHS), Observed.of(problem))


@pytest.mark.parametrize("d", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("kind", [completion, sensing])
def test_the_field_is_the_flow_and_the_jacobian_its_derivative(d: int, kind: Kind) -> None:
    problem, chart = some_problem(d, kind)
    rng = np.random.default_rng(0)
    step = 1e-6

    def derivative(function: Any, y: FloatArray, along: FloatArray) -> FloatArray:
        return np.asarray(function(y + step * along) - function(y - step * along)) / (2 * step)

    for y in (np.zeros((d * d, len(DEPTHS))), 0.7 * rng.standard_normal((d * d, len(DEPTHS)))):
        moved = derivative(lambda y: chart.move(y).W, y, chart.field(y)).transpose(2, 0, 1)
        W = chart.move(y).W.transpose(2, 0, 1)
        G = problem.gradient(W)
        flow = np.stack([-operator(Z, X, N) for Z, X, N in zip(G, W, DEPTHS, strict=True)])
        np.testing.assert_allclose(moved, flow, rtol=0, atol=1e-7 * abs(flow).max())

    origin = np.zeros((d * d, len(DEPTHS)))
    np.testing.assert_array_equal(chart.field(origin), chart.start)
    jacobian = chart.jacobian()
    for k, unit in enumerate(np.eye(d * d)[..., None] + origin):
        column = derivative(chart.field, origin, unit)
        np.testing.assert_allclose(jacobian[:, k], column, rtol=0, atol=1e-7 * abs(jacobian).max())
        change = derivative(lambda y: chart.move(y).W, origin, unit)
        if isinstance(problem, Sensing):
            seen = np.einsum("kij,ijn->kn", problem.matrices, change)
        else:
            seen = change[problem.indices]
        np.testing.assert_allclose(chart.residual_slopes[:, k], seen, rtol=0, atol=1e-8)


@pytest.mark.parametrize("d", [2, 3, 4])
def test_cayley_is_the_rotation_it_says(d: int) -> None:
    A = skew(np.random.default_rng(0).standard_normal((d * (d - 1) // 2, 5)), d)
    C, one = cayley(A), np.eye(d)[..., None]
    np.testing.assert_allclose(times(one - A / 2, C), one + A / 2, atol=1e-14)
    np.testing.assert_allclose(times(transposed(C), C), one + 0 * C, atol=1e-14)


def test_a_singular_matrix_leaves_the_others_their_inverse() -> None:
    A = np.stack([np.eye(2), np.zeros((2, 2)), 2 * np.eye(2)], axis=-1)
    inverse = inverses(A)
    np.testing.assert_array_equal(inverse[..., 0], np.eye(2))
    assert np.isnan(inverse[..., 1]).all()
    np.testing.assert_array_equal(inverse[..., 2], np.eye(2) / 2)


@pytest.mark.parametrize("d", [2, 3])
def test_the_order_is_five(d: int) -> None:
    """Fixed steps, halved: the error in W falls by 2^5."""
    _, start = some_problem(d)

    def end(steps: int) -> FloatArray:
        here = start.point
        for _ in range(steps):
            chart = Chart(here, start.observed)
            h = np.full(len(DEPTHS), 0.2 / steps)
            y, _error = rodas_step(chart.field, chart.start, chart.jacobian(), h)
            here = chart.move(y)
        return here.W

    best = end(128)
    errors = [abs(end(steps) - best).max(axis=(0, 1)) for steps in (8, 16, 32)]
    slopes = np.log2(np.array(errors[:-1]) / np.array(errors[1:]))
    assert abs(slopes.mean(axis=0) - 5).max() < 0.4


def test_the_stability_function_is_that_of_an_l_stable_method_of_order_five() -> None:
    """y' = -k y: R(-k) = exp(-k) + O(k^6), and R vanishes at infinity."""
    k = np.array([0.4, 0.2, 0.1, 1e6, 1e12])
    y, _error = rodas_step(lambda y: -k * (1 + y), -k[None], -k[None, None], np.ones(5))
    error = abs(1 + y[0] - np.exp(-k))
    assert (np.log2(error[:2] / error[1:3]) > 6).all()
    assert error[0] < 1e-8
    assert error[3] < 1e-4
    assert error[4] < 1e-10


def test_sorting_changes_no_matrix_and_parts_coincidences() -> None:
    here = some_problem(3)[1].point
    x = here.x[::-1].copy()
    x[1] = x[2] = -2500.0
    swapped = Point(here.q, x, here.frames)
    there = swapped.sorted()
    gaps = there.x[:-1] - there.x[1:]
    assert (gaps >= NEAREST * (1 + abs(there.x[:-1]))).all()
    np.testing.assert_allclose(there.W, swapped.W, rtol=0, atol=1e-15)
    assert there.sorted() is there
