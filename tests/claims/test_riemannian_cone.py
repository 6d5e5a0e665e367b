"""The cone: of one number by hand, and the metric, its scale and its radius in floats."""

from importlib import import_module

import numpy as np
import pytest

import dlnproof
from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.points import PointKey, Stratum, point

riemannian_cone = import_module("dlnproof.checks.metric.riemannian_cone")
PARTS = CLAIMS["riemannian-cone"].parts


def test_of_one_number_by_hand() -> None:
    """g = w^(2/N - 2) on w > 0, which is t^N: N t^2 is 4 times less than its gradient's square."""
    made = point(PointKey(3, 1, Stratum.SIMPLE, 1, 0, 0))
    [t] = made.roots
    [weight], [radius], moves, [length], [growth] = riemannian_cone.measure_exact(made)
    assert weight == riemannian_cone.ROOT**2 / t**4
    assert (radius, length, growth) == (3 * t**2, 12 * t**2, 4 / t**4)
    assert [abs(x) for x in moves] == [2 * t] * 3
    assert riemannian_cone.predict_exact(PARTS, made) == riemannian_cone.measure_exact(made)


@pytest.mark.parametrize("depth", [1, 2, 5, float("inf")])
def test_lengths_scale_alike_in_floats(depth: float) -> None:
    """At infinite depth, whose exponent is 0, multiples are isometries."""
    rng = np.random.default_rng(3)
    W, X, Y = rng.normal(size=(3, 3, 3))
    scaled = dlnproof.inner_product(1.7 * X, 1.7 * Y, 1.7 * W, depth)
    assert scaled == pytest.approx(
        1.7 ** (2 / depth) * dlnproof.inner_product(X, Y, W, depth), rel=1e-11
    )


@pytest.mark.parametrize("depth", [1, 2, 5])
def test_the_gradient_of_the_radius_is_radial_in_floats(depth: int) -> None:
    rng = np.random.default_rng(4)
    W, X = rng.normal(size=(2, 3, 3))

    def square(at: float) -> float:
        sizes = np.linalg.svd(W + at * X, compute_uv=False)
        return float(depth * np.sum(sizes ** (2 / depth)))

    slope = (square(1e-6) - square(-1e-6)) / 2e-6
    radial = 2 * depth * W
    stated = dlnproof.inner_product(radial, X, W, depth, normalization="sum")
    assert slope == pytest.approx(stated, rel=1e-7)
    length = dlnproof.inner_product(radial, radial, W, depth, normalization="sum")
    assert length == pytest.approx(4 * square(0), rel=1e-11)
