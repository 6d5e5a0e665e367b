"""The drift of Brownian motion: the closed form against the Laplacian over QQ."""

import math
from typing import Any

import numpy as np
import pytest
from flint import fmpq

from dlnproof import brownian_drift, operator
from dlnproof.errors import InputError
from dlnproof.numeric.exact.laplacian import laplacian
from dlnproof.numeric.exact.points import PointKey, Stratum, diagonal, point


@pytest.mark.parametrize("stratum", ["simple", "coincident pair", "tiny sigma"])
@pytest.mark.parametrize(("depth", "width"), [(1, 2), (2, 2), (3, 2), (5, 1), (2, 3)])
def test_the_laplacian_of_the_entries_is_the_closed_form_exactly(
    depth: int, width: int, stratum: str
) -> None:
    if not Stratum(stratum).exists(width):
        return
    made = point(PointKey(depth, width, Stratum(stratum), -1, 0, 2))
    middle = diagonal(tuple(s / (t * t) for s, t in zip(made.sigma, made.roots, strict=True)))
    expected = made.U * middle * made.V.transpose() * fmpq(depth - 1, depth)
    assert laplacian(made) == expected
    if stratum != "tiny sigma":
        W, drift = (
            np.array([[int(x.p) / int(x.q) for x in row] for row in matrix.tolist()])
            for matrix in (made.W, expected)
        )
        np.testing.assert_allclose(brownian_drift(W, depth), drift, atol=1e-11)


def test_it_is_the_divergence_in_floats_at_infinite_depth() -> None:
    """W itself: A(E) moves along E, plus A of the gradient of log sqrt(det g), by differences."""
    from dlnproof import log_volume_density_gradient, riemannian_gradient

    W = np.random.default_rng(0).normal(size=(3, 3))
    h, total = 1e-5, riemannian_gradient(log_volume_density_gradient(W, math.inf), W, math.inf)
    for place in np.ndindex(3, 3):
        E = np.zeros((3, 3))
        E[place] = 1.0
        total = total + (operator(E, W + h * E, math.inf) - operator(E, W - h * E, math.inf)) / (
            2 * h
        )
    np.testing.assert_allclose(total, brownian_drift(W, math.inf), atol=1e-6)
    np.testing.assert_allclose(brownian_drift(W, math.inf), W, atol=1e-13)


def test_normalisations_batches_and_depth_one() -> None:
    W = np.random.default_rng(1).normal(size=(2, 5, 3, 3))
    found = brownian_drift(W, 4)
    assert found.shape == W.shape
    np.testing.assert_allclose(brownian_drift(W, 4, normalization="sum"), 4 * found)
    np.testing.assert_array_equal(brownian_drift(W[0, 0], 4), found[0, 0])
    assert (brownian_drift(0 * W, 1) == 0).all()
    polar = brownian_drift(W[0, 0], 2, normalization="sum")
    np.testing.assert_allclose(polar @ polar.T, np.eye(3), atol=1e-12)


def test_of_a_singular_matrix_it_is_there_for_three_factors() -> None:
    np.testing.assert_allclose(
        brownian_drift(np.diag([8.0, 0.0]), 3), np.diag([4 / 3, 0.0]), atol=1e-12
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (([[1, 2], [2, 4]], 2), "singular"),
        (([1, 0], 2), "expected"),
        (([[1, 0], [0, 1]], 0), "depth"),
        (([[1, math.nan], [0, 1]], 2), "finite"),
    ],
)
def test_bad_input_is_one_clear_line(given: Any, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        brownian_drift(*given)
    assert "\n" not in str(caught.value)
    with pytest.raises(InputError):
        brownian_drift(np.eye(2), math.inf, normalization="sum")


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_of_torch_it_has_values_and_no_derivative(dtype: str) -> None:
    torch = pytest.importorskip("torch")
    W = np.random.default_rng(3).normal(size=(4, 3, 3))
    own = torch.tensor(W, dtype=getattr(torch, dtype), requires_grad=True)
    found = brownian_drift(own, 3)
    assert found.dtype == own.dtype
    rel = 1e-3 if dtype == "float32" else 1e-11
    np.testing.assert_allclose(found.detach().numpy(), brownian_drift(W, 3), rtol=rel, atol=rel)
    with pytest.raises(InputError, match="the drift"):
        found.sum().backward()
