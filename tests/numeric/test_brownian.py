"""The drift of Brownian motion, beside the Laplace-Beltrami operator of the metric itself."""

import math
from itertools import product
from typing import Any

import numpy as np
import pytest

from dlnproof import log_volume_density_gradient, operator
from dlnproof.depth import Depth
from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.numeric.floats.brownian import brownian_drift


def laplacian(W: FloatArray, depth: Depth, **kind: Any) -> FloatArray:
    """Return Delta_g of every entry: div A + A(grad log sqrt(det g)), div A by differences."""
    d, h = len(W), 1e-4
    divergence = np.zeros((d, d))
    for i, l in product(range(d), repeat=2):
        unit = np.zeros((d, d))
        unit[i, l] = 1
        # A is symmetric: the row of A at a unit is A of that unit
        ahead, behind = (operator(unit, W + sign * h * unit, depth, **kind) for sign in (1, -1))
        divergence += (ahead - behind) / (2 * h)
    force = log_volume_density_gradient(W, depth)
    return np.asarray(divergence + operator(force, W, depth, **kind))


@pytest.mark.parametrize("depth", [1, 2, 3, 7, math.inf])
@pytest.mark.parametrize("width", [1, 2, 3])
def test_it_is_the_laplacian_of_every_entry(width: int, depth: Depth) -> None:
    W = np.random.default_rng(width).standard_normal((width, width)) + np.eye(width)
    drift = brownian_drift(W, depth)
    assert np.abs(drift - laplacian(W, depth)).max() < 1e-6
    if depth < math.inf:
        summed = brownian_drift(W, depth, normalization="sum")
        assert np.abs(summed - laplacian(W, depth, normalization="sum")).max() < 1e-5
        assert summed == pytest.approx(depth * drift)


@pytest.mark.parametrize("wrong", [-1, 1])
def test_of_a_neighbouring_depth_it_is_not(wrong: int) -> None:
    W = np.array([[1.0, 0.5], [-0.2, 2.0]])
    assert np.abs(brownian_drift(W, 3 + wrong) - laplacian(W, 3)).max() > 0.05


def test_coincidences_and_batches() -> None:
    Q = np.linalg.qr(np.random.default_rng(0).standard_normal((3, 3)))[0]
    assert np.abs(brownian_drift([8 * Q, Q], 3) - 2 / 3 * np.stack([2 * Q, Q])).max() < 1e-14


def test_where_it_is_not_is_said_in_one_line() -> None:
    with pytest.raises(InputError, match=r"^W\[1\]: got a singular matrix, .* no drift there"):
        brownian_drift([[[1, 0], [0, 1]], [[1, 2], [2, 4]]], 2)
    assert (brownian_drift([[1, 2], [2, 4]], 1) == 0).all()
    with pytest.raises(InputError, match="the 'sum' normalisation"):
        brownian_drift([[1, 0], [0, 1]], math.inf, normalization="sum")
