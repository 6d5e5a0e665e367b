"""The second derivatives of the entropy of two values: by hand, and where they vanish."""

from importlib import import_module

import pytest
from flint import fmpq

from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum, point

checks = import_module("dlnproof.checks.orbit.entropy_concavity")
PARTS = CLAIMS["entropy-concavity"].parts


def at(depth: int, *roots: fmpq) -> ExactPoint:
    """Return the point with these roots of singular values."""
    return ExactPoint(depth, roots, point(PointKey(depth, 2, Stratum.SIMPLE, 1, 0, 0)).frames)


def test_of_two_factors_by_hand() -> None:
    """log(sigma_1 + sigma_2) / 2 has all second derivatives -1 / (2 (sigma_1 + sigma_2)^2)."""
    made = at(2, fmpq(2), fmpq(1))
    assert checks.measure_exact(made) == [[fmpq(-1, 50)] * 3]
    assert checks.predict(PARTS, made) == [[fmpq(-1, 50)] * 3]


@pytest.mark.parametrize("depth", [3, 4, 5])
def test_three_factors_have_no_line_on_which_it_is_constant(depth: int) -> None:
    _, one, mixed, other = checks.second(at(depth, fmpq(5, 2), fmpq(1, 3)))
    assert one < 0
    assert other < 0
    assert one * other > mixed * mixed


def test_as_a_function_of_the_roots_it_is_not_concave() -> None:
    """Of two factors it is log(x^2 + y^2) / 2, whose second derivative in x is that of x < y."""
    depth, (x, y) = 2, (fmpq(2), fmpq(1))
    _, _, _, other = checks.second(at(depth, x, y))
    slope = checks.entropy_slope(at(depth, x, y), 1)
    assert other * (2 * y) ** 2 + 2 * slope == (x**2 - y**2) / (x**2 + y**2) ** 2 > 0
