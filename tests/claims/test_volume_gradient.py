"""The gradient of the volume density: what it is where values are close, and at width one."""

from importlib import import_module

import pytest
from flint import fmpq
from slopes_in_floats import along, by_values, floats

import dlnproof
from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.points import PointKey, Stratum, point
from dlnproof.quantities.gradients import density_slope

volume_gradient = import_module("dlnproof.checks.volume.volume_gradient")
PARTS = CLAIMS["volume-gradient"].parts


def test_of_one_value_it_is_that_of_a_power() -> None:
    made = point(PointKey(3, 1, Stratum.SIMPLE, 1, 0, 0))
    [[found]] = volume_gradient.predict(PARTS, made)
    assert found == (fmpq(1, 3) - 1) / made.sigma[0] == density_slope(made, 0)


def test_of_one_factor_it_is_0() -> None:
    made = point(PointKey(1, 3, Stratum.SIMPLE, 1, 0, 0))
    assert (
        volume_gradient.measure_exact(made) == volume_gradient.predict(PARTS, made) == [[0, 0, 0]]
    )


@pytest.mark.parametrize("depth", [2, 3, 5])
def test_it_is_the_slope_of_the_density_that_is_computed_in_floats(depth: int) -> None:
    made = point(PointKey(depth, 3, Stratum.SIMPLE, 1, 0, 0))
    found = by_values(lambda W: dlnproof.log_volume_density(W, depth), made)
    [stated] = volume_gradient.predict(PARTS, made)
    assert found == pytest.approx(floats(stated), rel=1e-7)


def test_points_of_the_pullback_are_few_and_their_values_differ() -> None:
    keys = [PointKey(n, 3, s, sign, 0, 0) for n in (2, 7) for s in Stratum for sign in (1, -1)]
    kept = volume_gradient.narrow(keys)
    assert {(key.depth, key.sign) for key in kept} == {(2, 1)}
    assert all(point(key).distinct for key in kept)


@pytest.mark.parametrize("depth", [2, 4])
def test_entries_off_the_diagonal_add_nothing(depth: int) -> None:
    """Along any direction, by floats: only u_i^T H v_i counts."""
    made = point(PointKey(depth, 3, Stratum.SIMPLE, 1, 0, 0))
    slope, rates = along(lambda W: dlnproof.log_volume_density(W, depth), made)
    [stated] = volume_gradient.predict(PARTS, made)
    assert slope == pytest.approx(float(floats(stated) @ rates), rel=1e-5)
