"""The manifold of pymanopt: what its optimisers need, and that they converge."""

import math
from typing import Any

import numpy as np
import pytest

from dlnproof import geodesic, inner_product, operator
from dlnproof.depth import Depth
from dlnproof.errors import InputError

pymanopt = pytest.importorskip("pymanopt")

from dlnproof.adapters.pymanopt import DeepLinearNetwork  # noqa: E402

TARGET = np.array([[1.0, 0.5, 0.0], [0.3, -1.0, 0.2], [0.0, 0.4, 0.8]])
SEEN = np.array([[1, 1, 0], [0, 1, 1], [1, 0, 1]])
START = np.array([[1.0, 0.1, 0.0], [0.2, -0.8, 0.1], [0.1, 0.0, 0.9]])


def loss(W: Any) -> float:
    return float((SEEN * (W - TARGET) ** 2).sum() / 2)


def gradient(W: Any) -> Any:
    return SEEN * (W - TARGET)


def problem_on(manifold: Any) -> Any:
    cost = pymanopt.function.numpy(manifold)(loss)
    return pymanopt.Problem(
        manifold, cost, euclidean_gradient=pymanopt.function.numpy(manifold)(gradient)
    )


@pytest.mark.parametrize("N", [1, 2, 5, math.inf])
def test_taylor_s_error_has_order_two(N: Depth) -> None:
    """The slope on a log grid: with another metric or gradient it is one."""
    manifold, rng = DeepLinearNetwork(3, N), np.random.default_rng(0)
    Z = rng.standard_normal((3, 3))
    problem = problem_on(manifold)
    along = manifold.inner_product(START, problem.riemannian_gradient(START), Z)
    steps = np.geomspace(1e-4, 1e-1, 7)
    errors = [abs(loss(manifold.retraction(START, t * Z)) - loss(START) - t * along) for t in steps]
    [slope] = np.polyfit(np.log(steps), np.log(errors), 1)[:1]
    assert slope == pytest.approx(2, abs=0.01)


@pytest.mark.parametrize("N", [2, 3, math.inf])
@pytest.mark.parametrize("name", ["SteepestDescent", "ConjugateGradient"])
def test_optimisers_converge(name: str, N: Depth) -> None:
    optimizer = getattr(pymanopt.optimizers, name)(verbosity=0, max_iterations=500)
    result = optimizer.run(problem_on(DeepLinearNetwork(3, N)), initial_point=START)
    assert result.cost < 1e-10
    assert np.linalg.det(result.point) * np.linalg.det(START) > 0


def test_it_is_the_packages_geometry() -> None:
    manifold, rng = DeepLinearNetwork(3, 4, normalization="sum"), np.random.default_rng(1)
    W, X, Y = rng.standard_normal((3, 3, 3))
    assert manifold.dim == 9
    assert manifold.typical_dist == 3
    assert str(manifold) == "Deep linear network, width 3, depth 4"
    assert manifold.inner_product(W, X, Y) == inner_product(X, Y, W, 4, normalization="sum")
    np.testing.assert_array_equal(
        manifold.euclidean_to_riemannian_gradient(W, X), operator(X, W, 4, normalization="sum")
    )
    for same in (manifold.projection(W, X), manifold.transport(W, Y, X)):
        np.testing.assert_array_equal(same, X)
    there = manifold.exp(np.eye(3), X / 8)
    np.testing.assert_array_equal(there, geodesic(np.eye(3), X / 8, 1, 4))
    np.testing.assert_allclose(manifold.log(np.eye(3), there), X / 8, atol=1e-9)
    np.random.seed(0)
    point = manifold.random_point()
    vector = manifold.random_tangent_vector(point)
    assert manifold.norm(point, vector) == pytest.approx(1, rel=1e-12)
    np.testing.assert_array_equal(manifold.zero_vector(point), np.zeros((3, 3)))


@pytest.mark.parametrize("arguments", [(0, 2), (2, 0), (2.0, 2), (2, 1.5)])
def test_widths_and_depths(arguments: Any) -> None:
    with pytest.raises(InputError):
        DeepLinearNetwork(*arguments)
