"""Directions of balanced factors in three parts: orthogonal, each of its kind, and together X."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from dlnproof import balanced_factors, horizontal_lift, tangent_splitting
from dlnproof.errors import InputError

Matrix = NDArray[np.float64]
RNG = np.random.default_rng(0)


def image(factors: Matrix, X: Matrix) -> Matrix:
    """dphi(X), as a difference: phi is a polynomial."""
    h = 1e-6
    ends = (np.linalg.multi_dot([*(factors + s * X)[::-1], np.eye(3)]) for s in (h, -h))
    return np.asarray(np.subtract(*ends) / (2 * h))


def imbalance(factors: Matrix, X: Matrix) -> Matrix:
    """What balance, linearised, is off by."""
    W, Y = factors, X
    left = [Y[j + 1].T @ W[j + 1] + W[j + 1].T @ Y[j + 1] for j in range(len(W) - 1)]
    right = [Y[j] @ W[j].T + W[j] @ Y[j].T for j in range(len(W) - 1)]
    found: Matrix = np.asarray(left) - np.asarray(right)
    return found


@pytest.mark.parametrize("spectrum", [(2.0, 1.0, 0.5), (1.5, 1.5, 0.4), (1.0, 1.0, 1.0)])
@pytest.mark.parametrize("depth", [2, 3, 5])
def test_the_parts_are_of_their_kinds(depth: int, spectrum: tuple[float, ...]) -> None:
    U, V = (np.linalg.qr(RNG.normal(size=(3, 3)))[0] for _ in range(2))
    factors = balanced_factors((U * spectrum) @ V.T, depth)
    frames = [np.eye(3), *(np.linalg.qr(m)[0] for m in RNG.normal(size=(depth - 1, 3, 3)))]
    frames.append(np.eye(3))
    factors = np.stack([b @ W @ a.T for W, a, b in zip(factors, frames, frames[1:], strict=False)])
    X = RNG.normal(size=factors.shape)
    parts = tangent_splitting(factors, X)
    np.testing.assert_allclose(sum(parts), X, atol=1e-13)
    for k, one in enumerate(parts):
        for other in parts[:k]:
            assert abs(np.sum(one * other)) < 1e-11
    horizontal, vertical, normal = parts
    np.testing.assert_allclose(horizontal, horizontal_lift(image(factors, X), factors), atol=1e-7)
    for part in (vertical, normal):
        np.testing.assert_allclose(image(factors, part), 0, atol=1e-7)
    for part in (horizontal, vertical):
        np.testing.assert_allclose(imbalance(factors, part), 0, atol=1e-11)
    for k, part in enumerate(parts):  # each is its own, and nothing else
        for other_k, again in enumerate(tangent_splitting(factors, part)):
            np.testing.assert_allclose(again, part if k == other_k else 0 * part, atol=1e-11)


def test_dimensions_are_those_of_the_three_kinds() -> None:
    factors, units = balanced_factors(np.diag([3.0, 2.0, 1.0]), 4), np.eye(36)
    parts = tangent_splitting(factors[:, None], np.moveaxis(units.reshape(36, 4, 3, 3), 1, 0))
    ranks = [np.linalg.matrix_rank(np.moveaxis(p, 0, 1).reshape(36, 36), tol=1e-9) for p in parts]
    assert ranks == [9, 3 * 3, 3 * 6]


def test_one_factor_and_numbers() -> None:
    X = RNG.normal(size=(1, 2, 2))
    horizontal, vertical, normal = tangent_splitting([np.eye(2)], X)
    np.testing.assert_allclose(horizontal, X)
    assert not vertical.any()
    np.testing.assert_allclose(normal, 0, atol=1e-15)
    horizontal, vertical, _ = tangent_splitting([[[2.0]], [[2.0]]], [[[1.0]], [[0.0]]])
    assert horizontal.ravel() == pytest.approx([0.5, 0.5])
    assert not vertical.any()


@pytest.mark.parametrize(
    ("factors", "X", "said"),
    [
        ([np.eye(2), 2 * np.eye(2)], np.zeros((2, 2, 2)), "balanced_factors"),
        ([np.diag([1.0, 0.0])] * 2, np.zeros((2, 2, 2)), "singular"),
        ([np.eye(2)] * 2, np.zeros((3, 2, 2)), "a direction for each"),
        (np.zeros((2, 3, 2, 2)) + np.eye(2), np.zeros((2, 4, 2, 2)), "broadcast"),
    ],
)
def test_bad_input_is_one_clear_line(factors: Any, X: Any, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        tangent_splitting(factors, X)
    assert "\n" not in str(caught.value)


def test_of_torch_it_is_the_same() -> None:
    torch = pytest.importorskip("torch")
    factors, X = balanced_factors(RNG.normal(size=(3, 3)), 3), RNG.normal(size=(3, 3, 3))
    found = tangent_splitting(torch.tensor(factors), torch.tensor(X))
    for own, part in zip(tangent_splitting(factors, X), found, strict=True):
        np.testing.assert_allclose(part.numpy(), own, atol=1e-12)
