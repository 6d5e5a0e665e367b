"""The orbit at a rank below the widths: how many tangents it has, and by hand."""

from importlib import import_module

import pytest

from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.points import PointKey, Stratum, identity, point

strata = import_module("dlnproof.checks.orbit.orbit_volume_strata")
PARTS = CLAIMS["orbit-volume-strata"].parts


@pytest.mark.parametrize(("depth", "rank"), [(2, 1), (3, 2), (4, 3)])
def test_the_orbit_is_a_product_of_stiefel_manifolds(depth: int, rank: int) -> None:
    orbit = strata.Orbit(point(PointKey(depth, rank, Stratum.SIMPLE, 1, 0, 0)))
    sizes = [frame.nrows() for frame in orbit.frames[1:-1]]
    assert set(sizes) <= {rank + 1, rank + 2}
    assert len(orbit.turns) == sum(rank * d - rank * (rank + 1) // 2 for d in sizes)
    for frame in orbit.frames:
        assert frame.transpose() * frame == identity(frame.nrows())


def test_of_one_value_by_hand() -> None:
    """W_1 = t q and W_2 = t q^T, q a unit vector in three dimensions: a sphere of radius t twice.

    Its two tangents have the squared length 2 t^2, half of which the claim states.
    """
    made = point(PointKey(2, 1, Stratum.SIMPLE, 1, 0, 0))
    [t] = made.roots
    exact = [[t**4], [], [t**2], [t**2]]
    assert [list(group) for group in strata.measure_exact(made)] == exact
    assert [list(group) for group in strata.predict(PARTS, made)] == exact


def test_another_width_is_another_volume() -> None:
    """One row more between the factors is one edge more for each value."""
    made = point(PointKey(3, 2, Stratum.SIMPLE, 1, 0, 0))
    [whole], pairs, *_ = strata.measure_exact(made)
    first, second = (t**2 for t in made.roots)
    assert whole == pairs[0] * (first * second) ** 3
