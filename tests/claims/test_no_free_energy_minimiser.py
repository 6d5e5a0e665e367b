"""The free energy where an entry is free: by hand, and which volumes are least."""

from importlib import import_module
from itertools import pairwise

import pytest
from flint import fmpq

from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.points import PointKey, Stratum, point

minimiser = import_module("dlnproof.checks.completion.no_free_energy_minimiser")
PARTS = CLAIMS["no-free-energy-minimiser"].parts


def test_of_two_factors_by_hand() -> None:
    """S = log(x + y) / 2 + c grows by log(c) / 2 where W is c times as large, and c^2 det W."""
    made = point(PointKey(2, 2, Stratum.SIMPLE, 1, 0, 0))
    assert minimiser.measure_exact(made)[0] == [fmpq(1, 4)] == minimiser.predict(PARTS, made)[0]


@pytest.mark.parametrize("depth", [1, 2, 3, 5])
def test_equal_values_have_the_least_volume(depth: int) -> None:
    """At a given determinant: N for each pair and factor; others have more, of two or more."""
    for stratum, more in ((Stratum.PAIR, False), (Stratum.SIMPLE, depth > 1)):
        found = minimiser.volumes(point(PointKey(depth, 2, stratum, 1, 0, 0)))
        assert (found[0] > found[1]) is more
        assert not any(minimiser.lacking(found))
        assert all(any(minimiser.lacking(foil)) for foil in minimiser.exchanged(found))


def test_the_free_energy_falls_without_end() -> None:
    """At diag(x, 1) the squared volume of two factors is x + 1: at any temperature F falls."""
    made = point(PointKey(2, 2, Stratum.SIMPLE, 1, 0, 0))
    found = [
        minimiser.volumes(type(made)(2, (fmpq(10) ** k, fmpq(1)), made.frames)) for k in range(4)
    ]
    assert [x for x, _ in found] == [fmpq(100) ** k + 1 for k in range(4)]
    assert [least for _, least in found] == [2 * fmpq(10) ** k for k in range(4)]
    assert all(x < y for (_, x), (_, y) in pairwise(found))
