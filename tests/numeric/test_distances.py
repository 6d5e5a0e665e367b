"""Distances in g^N: against lengths of paths, which are integrals of speeds."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from dlnproof import distance_lower_bound, distance_to_rank, inner_product, truncate
from dlnproof.depth import Depth
from dlnproof.errors import InputError

Matrix = NDArray[np.float64]
RNG = np.random.default_rng(0)
U, V = (np.linalg.qr(RNG.normal(size=(3, 3)))[0] for _ in range(2))


def length(path: Callable[[float], Matrix], depth: Depth, **kind: Any) -> float:
    """The length of a path from 0 to 1, by Gauss and Legendre."""
    places, weights = np.polynomial.legendre.leggauss(40)
    total = 0.0
    for place, weight in zip((1 + places) / 2, weights / 2, strict=True):
        velocity = (path(place + 1e-6) - path(place - 1e-6)) / 2e-6
        total += weight * math.sqrt(inner_product(velocity, velocity, path(place), depth, **kind))
    return total


@pytest.mark.parametrize("kind", ["mean", "sum"])
@pytest.mark.parametrize("depth", [1, 2, 3, 7])
def test_truncation_is_as_far_as_the_distance(depth: int, kind: Any) -> None:
    """Along the way on which the roots of what is dropped go to 0, at constant speed."""
    roots = np.array([2.0, 1.3, 0.7]) ** (1 / depth)
    W = (U * roots**depth) @ V.T
    for rank in (0, 1, 2):

        def path(t: float, rank: int = rank) -> Matrix:
            left = np.where(np.arange(3) < rank, 1.0, 1 - t)
            return np.asarray((U * (roots * left) ** depth) @ V.T)

        np.testing.assert_allclose(path(1.0), truncate(W, rank), atol=1e-14)
        expected = 2 * length(lambda t: path(t / 2), depth, normalization=kind)
        found = distance_to_rank(W, rank, depth, normalization=kind)
        assert found == pytest.approx(expected, rel=1e-7)
    assert distance_to_rank(W, 3, depth, normalization=kind) == 0


@pytest.mark.parametrize("depth", [1, 2, 5, math.inf])
def test_no_path_is_shorter_than_the_bound(depth: Depth) -> None:
    for _ in range(5):
        W, X, Y = RNG.normal(size=(3, 3, 3))
        start, way, bend = W + 4 * np.eye(3), X, Y

        def path(t: float, parts: Any = (start, way, bend)) -> Matrix:
            a, b, c = parts
            return np.asarray(a + t * b + t * (1 - t) * c)

        bound = distance_lower_bound(path(0), path(1), depth)
        assert bound <= length(path, depth) * (1 + 1e-6)


@pytest.mark.parametrize("depth", [2, 5, math.inf])
def test_the_bound_is_the_length_where_singular_vectors_stay(depth: Depth) -> None:
    ends = np.array([[3.0, 1.0, 0.4], [1.5, 1.2, 0.9]])
    at = np.log(ends) if depth == math.inf else ends ** (1 / depth)

    def path(t: float) -> Matrix:
        sizes = (1 - t) * at[0] + t * at[1]
        return np.asarray((U * (np.exp(sizes) if depth == math.inf else sizes**depth)) @ V.T)

    found = distance_lower_bound(path(0), path(1), depth)
    assert found == pytest.approx(length(path, depth), rel=1e-7)
    assert distance_lower_bound(np.diag([2.0, 1.0]), np.diag([1.0, 2.0]), depth) == 0


def test_of_one_factor_it_is_that_of_eckart_young_and_mirsky() -> None:
    W, X = RNG.normal(size=(2, 4, 4))
    assert distance_to_rank(W, 2, 1) == pytest.approx(np.linalg.norm(W - truncate(W, 2)))
    assert distance_lower_bound(W, X, 1) <= np.linalg.norm(W - X)


def test_infinite_depth_batches_and_edges() -> None:
    W = RNG.normal(size=(2, 5, 3, 3))
    assert distance_to_rank(W, 2, 3).shape == truncate(W, 2).shape[:2] == (2, 5)
    assert distance_lower_bound(W, W[0, 0], 3).shape == (2, 5)
    assert distance_to_rank(np.eye(2), 1, math.inf) == math.inf
    assert distance_to_rank(np.diag([1.0, 0.0]), 1, math.inf) == 0
    assert distance_lower_bound(np.eye(2), np.diag([1.0, 0.0]), math.inf) == math.inf
    assert distance_lower_bound(np.eye(2), np.diag([1.0, 0.0]), 2) == 2
    assert np.isnan(distance_lower_bound(np.diag([1.0, 0.0]), np.diag([2.0, 0.0]), math.inf))
    assert (truncate(W, 0) == 0).all()


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: truncate(np.eye(2), 3), "rank: got 3"),
        (lambda: truncate(np.eye(2), 1.0), "rank: got 1.0"),  # type: ignore[arg-type]
        (lambda: distance_to_rank(np.eye(2), -1, 2), "rank: got -1"),
        (lambda: distance_to_rank(np.ones(3), 1, 2), "W: got shape"),
        (lambda: distance_lower_bound(np.eye(2), np.eye(3), 2), "the same width"),
        (lambda: distance_lower_bound(np.eye(2), np.eye(2), 0), "depth"),
    ],
)
def test_bad_input_is_one_clear_line(call: Callable[[], Any], said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        call()
    assert "\n" not in str(caught.value)


def test_of_torch_they_have_no_derivative() -> None:
    torch = pytest.importorskip("torch")
    own = torch.eye(2, dtype=torch.float64).requires_grad_()
    for found in (distance_to_rank(own, 1, 2), distance_lower_bound(own, own, 2), truncate(own, 1)):
        assert isinstance(found, torch.Tensor)
        with pytest.raises(InputError, match="derivative"):
            found.sum().backward()
