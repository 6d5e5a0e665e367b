"""The orbit over the complex numbers and the quaternions: its dimension, by hand, and units."""

from importlib import import_module

import pytest
from flint import fmpq

from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.points import PointKey, Stratum, identity, point

fields = import_module("dlnproof.checks.orbit.entropy_fields")
PARTS = CLAIMS["entropy-fields"].parts


@pytest.mark.parametrize("dimension", [1, 2, 4])
@pytest.mark.parametrize(("depth", "width"), [(2, 1), (3, 2), (2, 3)])
def test_the_orbit_is_a_product_of_groups(depth: int, width: int, dimension: int) -> None:
    made = point(PointKey(depth, width, Stratum.SIMPLE, 1, 0, 0))
    orbit = fields.Orbit(made, dimension)
    group = dimension * width * (width - 1) // 2 + (dimension - 1) * width
    assert len(orbit.turns) == (depth - 1) * group
    for frame in orbit.frames:
        assert frame.transpose() * frame == identity(dimension * width)


def test_of_one_value_by_hand() -> None:
    """W_1 = t q and W_2 = t q^*, |q| = 1: a circle of radius t twice, or a sphere S^3 twice."""
    made = point(PointKey(2, 1, Stratum.SIMPLE, 1, 0, 0))
    [t] = made.roots
    lengths = [2 * t**2]
    exact = [lengths, [], lengths, [lengths[0] ** 3], [], 3 * lengths]
    assert [list(group) for group in fields.measure_exact(made)] == exact
    assert [list(group) for group in fields.predict(PARTS, made)] == exact


def test_quaternions_are_multiplied_as_hamilton_did() -> None:
    """i^2 = j^2 = k^2 = i j k = -1, and left multiplication is a representation."""
    orbit = fields.Orbit(point(PointKey(1, 1, Stratum.SIMPLE, 1, 0, 0)), 4)
    one, i, j, k = (
        orbit.matrix(lambda *place, unit=unit: int(place[2] == unit)) for unit in range(4)
    )
    assert one == identity(4)
    assert [x * x for x in (i, j, k)] == 3 * [one * fmpq(-1)]
    assert i * j * k == one * fmpq(-1)


def test_over_the_real_numbers_it_is_the_orbit_that_was_known() -> None:
    """No imaginary unit, and the Gram determinant of orbit-volume."""
    made = point(PointKey(3, 2, Stratum.SIMPLE, 1, 0, 0))
    orbit = fields.Orbit(made, 1)
    still, one = orbit.entries(orbit.frames), identity(2)
    rows = [
        [a - b for a, b in zip(orbit.turned(turn, one + orbit.skew(turn)), still, strict=True)]
        for turn in orbit.turns
    ]
    [whole], [pair], indices = orbit.read(rows)
    a, b = (t**2 for t in made.roots)
    assert indices == []
    assert whole == pair == a**2 + a * b + b**2
