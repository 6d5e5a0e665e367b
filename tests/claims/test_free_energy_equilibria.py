"""Equilibria of the free energy: by hand, and which values no temperature has."""

from importlib import import_module

import pytest
from flint import fmpq

from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.points import PointKey, Stratum, point

equilibria = import_module("dlnproof.checks.orbit.free_energy_equilibria")
PARTS = CLAIMS["free-energy-equilibria"].parts


def test_of_two_factors_by_hand() -> None:
    """S = log(x + y) / 2 + c: at x = y it is log(x) / 2, of which x S' / 2 is 1/4."""
    made = point(PointKey(2, 2, Stratum.PAIR, 1, 0, 0))
    assert equilibria.measure_exact(made) == [[], [fmpq(1, 4)]]
    assert equilibria.predict(PARTS, made) == [[], [fmpq(1, 4)]]


@pytest.mark.parametrize("stratum", [Stratum.SIMPLE, Stratum.NEAR, Stratum.TINY])
@pytest.mark.parametrize("depth", [2, 3, 5])
def test_values_that_differ_are_not_at_rest(depth: int, stratum: Stratum) -> None:
    """Two factors have the same slope at both values: the force alone tells them apart."""
    made = point(PointKey(depth, 2, stratum, 1, 0, 0))
    found = equilibria.derivatives(made)
    assert found.pairs
    assert not any(equilibria.not_apart(found))
    less = [first - second for first, second in found.pairs]
    gap = made.sigma[0] - made.sigma[1]
    assert all(x == gap if depth == 2 else x > gap for x in less)
