"""The manifold of geoopt: torch's optimisers on it follow the Riemannian gradient."""

import math
from typing import Any

import numpy as np
import pytest

from dlnproof import inner_product, operator
from dlnproof.depth import Depth

torch = pytest.importorskip("torch")
geoopt = pytest.importorskip("geoopt")

from dlnproof.adapters.geoopt import DeepLinearNetwork  # noqa: E402

TARGET = torch.tensor([[1.0, 0.5], [0.3, -1.0]], dtype=torch.float64)
START = torch.tensor([[1.0, 0.1], [0.2, -0.8]], dtype=torch.float64)


@pytest.mark.parametrize("N", [2, 3, math.inf])
def test_a_step_of_sgd_is_one_of_riemannian_descent(N: Depth) -> None:
    W = geoopt.ManifoldParameter(START.clone(), manifold=DeepLinearNetwork(N))
    ((W - TARGET) ** 2).sum().backward()
    gradient = W.grad.clone()
    geoopt.optim.RiemannianSGD([W], lr=0.01).step()
    expected = START - 0.01 * torch.as_tensor(operator(gradient, START, N))
    np.testing.assert_allclose(W.detach().numpy(), expected.numpy(), rtol=1e-14)


@pytest.mark.parametrize("make", ["RiemannianSGD", "RiemannianAdam"])
def test_optimisers_converge(make: str) -> None:
    W = geoopt.ManifoldParameter(START.clone(), manifold=DeepLinearNetwork(3))
    optimizer = getattr(geoopt.optim, make)([W], lr=0.05)
    for _ in range(600):
        optimizer.zero_grad()
        loss = ((W - TARGET) ** 2).sum()
        loss.backward()
        optimizer.step()
    assert float(loss.detach()) < 1e-8


def test_it_is_the_packages_geometry() -> None:
    manifold = DeepLinearNetwork(4, normalization="sum")
    x, u, v = torch.tensor(np.random.default_rng(0).standard_normal((3, 5, 2, 2)))
    found: Any = manifold.inner(x, u, v)
    expected = inner_product(u.numpy(), v.numpy(), x.numpy(), 4, normalization="sum")
    np.testing.assert_allclose(found.numpy(), expected, rtol=1e-9)
    assert manifold.inner(x, u, keepdim=True).shape == (5, 1, 1)
    assert manifold.check_point_on_manifold(x)
    assert not manifold.check_point_on_manifold(torch.zeros(2, 2))
    assert manifold.check_vector(u)
    assert manifold.check_vector_on_tangent(x, u)
    assert not manifold.check_vector_on_tangent(x[0], torch.zeros(3, 3))
    assert manifold.transp(x, x, u[0]).shape == (5, 2, 2)
    assert manifold.projx(x) is x
    assert manifold.random(2, 2, dtype=torch.float32).dtype == torch.float32


def test_its_exponential_map_and_logarithm_are_inverse() -> None:
    manifold = DeepLinearNetwork(3)
    x = torch.eye(2, dtype=torch.float64) + torch.tensor([[[0.5, 0.2], [0.0, 0.1]]] * 2)
    u = torch.tensor([[0.1, -0.4], [0.3, 0.2]], dtype=torch.float64)
    there = manifold.expmap(x, u)
    np.testing.assert_allclose(manifold.logmap(x, there), u.expand(2, 2, 2), atol=1e-9)
    np.testing.assert_allclose(manifold.logmap(x[0], there[0]), u, atol=1e-9)
