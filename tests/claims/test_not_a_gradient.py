"""When the flow of one row is a gradient's."""

from importlib import import_module

import pytest
from flint import fmpq

from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.points import PointKey, Stratum, point

not_a_gradient = import_module("dlnproof.checks.factors.not_a_gradient")
CURL = CLAIMS["not-a-gradient"].parts


@pytest.mark.parametrize(("depth", "turns"), [(1, False), (2, False), (3, True), (5, True)])
def test_one_or_two_factors_have_a_symmetric_jacobian(depth: int, turns: bool) -> None:
    made = point(PointKey(depth, 2, Stratum.SIMPLE, 1, 0, 0))
    J = not_a_gradient.jacobian(made)
    assert (J.transpose() != J) is turns
    assert (not_a_gradient.stated(CURL, "curl", made) != fmpq(0)) is turns
