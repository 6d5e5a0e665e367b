"""The claim volume-form-strata: at one value, by hand, and how many coordinates there are."""

from importlib import import_module

import pytest

from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.points import PointKey, Stratum, point

check = import_module("dlnproof.checks.volume.volume_form_strata")
PARTS = CLAIMS["volume-form-strata"].parts


def test_of_one_value_by_hand() -> None:
    """W = sigma u v^T of two factors, u and v in three dimensions or two: N, and sigma four times.

    W moves by 2 t dt in u v^T, of which the operator is 2 t^2, so by 2 dt^2.
    """
    made = point(PointKey(2, 1, Stratum.SIMPLE, 1, 0, 0))
    [root] = made.roots
    gram, pairs, [whole] = check.measure_exact(made)
    edges = sum(frame.nrows() - 1 for frame in (check.Orbit(made).frames[k] for k in (0, -1)))
    size = 1 + edges
    assert [gram[k * (size + 1)] for k in range(size)] == [2] + [root**2] * edges
    assert not pairs
    assert whole == 2 * root ** (2 * edges)


@pytest.mark.parametrize(("depth", "rank"), [(1, 2), (2, 2), (3, 3)])
def test_the_coordinates_are_as_many_as_the_matrices_have_dimensions(depth: int, rank: int) -> None:
    orbit = check.Orbit(point(PointKey(depth, rank, Stratum.SIMPLE, 1, 0, 0)))
    rows, cols = (orbit.frames[end].nrows() for end in (-1, 0))
    assert rank + len(check.turns(orbit)) == rank * (rows + cols - rank)
