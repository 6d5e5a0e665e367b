"""The entropy of two values: by hand, and which differences vanish."""

from importlib import import_module

import pytest
from flint import fmpq

from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.points import PointKey, Stratum, point

entropy_shape = import_module("dlnproof.checks.orbit.entropy_shape")
PARTS = CLAIMS["entropy-shape"].parts


def test_of_two_factors_by_hand() -> None:
    """log(sigma_1 + sigma_2) / 2 has both slopes 1 / (2 sigma_1 + 2 sigma_2)."""
    made = entropy_shape.moved(point(PointKey(2, 2, Stratum.SIMPLE, 1, 0, 0)), fmpq(2), fmpq(1))
    assert made.sigma == (4, 1)
    assert entropy_shape.measure_exact(made) == [[fmpq(1, 10)] * 2]
    assert entropy_shape.predict(PARTS, made) == [[fmpq(1, 10)] * 2]


@pytest.mark.parametrize(("depth", "alike"), [(1, True), (2, True), (3, False), (5, False)])
def test_more_factors_tell_the_values_apart(depth: int, alike: bool) -> None:
    made = point(PointKey(depth, 2, Stratum.SIMPLE, 1, 0, 0))
    found = entropy_shape.slopes(made)
    assert not any(entropy_shape.amiss(found))
    assert (found.plain[0] == found.plain[1]) is alike
    assert all(x > 0 for x in found.plain) is (depth > 1)
