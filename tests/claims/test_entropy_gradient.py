"""The gradient of the entropy: where it is 0, and what it is in floats."""

from importlib import import_module

import numpy as np
import pytest
from flint import arb

import dlnproof
from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.points import PointKey, Stratum, point

entropy_gradient = import_module("dlnproof.checks.orbit.entropy_gradient")
PARTS = CLAIMS["entropy-gradient"].parts


@pytest.mark.parametrize(("depth", "width"), [(1, 3), (3, 1)])
def test_of_points_there_is_no_volume_to_move(depth: int, width: int) -> None:
    made = point(PointKey(depth, width, Stratum.SIMPLE, 1, 0, 0))
    measured = entropy_gradient.measure_exact(made)
    assert measured == entropy_gradient.predict(PARTS, made) == [[0] * width]


@pytest.mark.parametrize("depth", [2, 3, 5])
def test_it_is_the_slope_of_the_volume_that_is_computed_in_floats(depth: int) -> None:
    made = point(PointKey(depth, 3, Stratum.SIMPLE, 1, 0, 0))
    sigma = np.array([float(arb(s)) for s in made.sigma])
    h = 1e-6 * sigma
    ends = [sigma + sign * h * np.eye(3)[i] for i in range(3) for sign in (1, -1)]
    values = dlnproof.log_orbit_volume(np.array(ends), depth).reshape(3, 2)
    slopes = (values[:, 0] - values[:, 1]) / (2 * h)
    [found] = entropy_gradient.predict(PARTS, made)
    assert slopes == pytest.approx([float(arb(x)) for x in found], rel=1e-6)


def test_every_value_gains_from_all_smaller_ones() -> None:
    """Larger values add to the entropy: of each pair both slopes are positive, or both are 0."""
    made = point(PointKey(3, 3, Stratum.SIMPLE, 1, 0, 0))
    [found] = entropy_gradient.predict(PARTS, made)
    assert min(found) > 0


@pytest.mark.parametrize("depth", [2, 4])
def test_entries_off_the_diagonal_add_nothing(depth: int) -> None:
    """Along any direction, by floats: only u_i^T H v_i counts."""
    made = point(PointKey(depth, 3, Stratum.SIMPLE, 1, 0, 0))
    W, U, V = (
        np.array([[float(arb(x)) for x in row] for row in M.tolist()])
        for M in (made.W, made.U, made.V)
    )
    H = np.random.default_rng(5).normal(size=(3, 3)) * W.max()
    ends = np.array([W + 1e-6 * H, W - 1e-6 * H])
    up, down = dlnproof.log_orbit_volume(np.linalg.svd(ends, compute_uv=False), depth)
    [found] = entropy_gradient.predict(PARTS, made)
    along = float(np.array([float(arb(x)) for x in found]) @ np.diag(U.T @ H @ V))
    assert (up - down) / 2e-6 == pytest.approx(along, rel=1e-5)
