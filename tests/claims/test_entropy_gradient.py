"""The gradient of the entropy: where it is 0, and what it is in floats."""

from functools import partial
from importlib import import_module
from typing import Any

import numpy as np
import pytest
from slopes_in_floats import Matrices, along, by_values, floats

import dlnproof
from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.points import PointKey, Stratum, point

entropy_gradient = import_module("dlnproof.checks.orbit.entropy_gradient")
PARTS = CLAIMS["entropy-gradient"].parts


def entropy(depth: int, W: Matrices) -> Any:
    """Return log vol(O_W), by floats."""
    return dlnproof.log_orbit_volume(np.linalg.svd(W, compute_uv=False), depth)


@pytest.mark.parametrize(("depth", "width"), [(1, 3), (3, 1)])
def test_of_points_there_is_no_volume_to_move(depth: int, width: int) -> None:
    made = point(PointKey(depth, width, Stratum.SIMPLE, 1, 0, 0))
    measured = entropy_gradient.measure_exact(made)
    assert measured == entropy_gradient.predict(PARTS, made) == [[0] * width]


@pytest.mark.parametrize("depth", [2, 3, 5])
def test_it_is_the_slope_of_the_volume_that_is_computed_in_floats(depth: int) -> None:
    made = point(PointKey(depth, 3, Stratum.SIMPLE, 1, 0, 0))
    found = by_values(partial(entropy, depth), made)
    [stated] = entropy_gradient.predict(PARTS, made)
    assert found == pytest.approx(floats(stated), rel=1e-6)


def test_every_value_gains_from_all_smaller_ones() -> None:
    """Larger values add to the entropy: of each pair both slopes are positive, or both are 0."""
    made = point(PointKey(3, 3, Stratum.SIMPLE, 1, 0, 0))
    [found] = entropy_gradient.predict(PARTS, made)
    assert min(found) > 0


@pytest.mark.parametrize("depth", [2, 4])
def test_entries_off_the_diagonal_add_nothing(depth: int) -> None:
    """Along any direction, by floats: only u_i^T H v_i counts."""
    made = point(PointKey(depth, 3, Stratum.SIMPLE, 1, 0, 0))
    slope, rates = along(partial(entropy, depth), made)
    [stated] = entropy_gradient.predict(PARTS, made)
    assert slope == pytest.approx(float(floats(stated) @ rates), rel=1e-5)
