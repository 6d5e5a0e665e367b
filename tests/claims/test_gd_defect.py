"""Balancedness after steps of gradient descent: by hand, and over many steps."""

from fractions import Fraction
from importlib import import_module

import pytest
from flint import fmpq, fmpq_mat

from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.gradient import velocities
from dlnproof.numeric.exact.points import PointKey, Stratum, point

gd_defect = import_module("dlnproof.checks.factors.gd_defect")


def test_by_hand() -> None:
    """W = 3 * 2 and the loss W^2 / 2: the gradients are 6 * 2 = 12 in W_2, and 18 in W_1."""
    one, two = fmpq_mat([[2]]), fmpq_mat([[3]])
    moves = velocities([one, two], one * two)
    assert [m[0, 0] for m in moves] == [-18, -12]
    eta = Fraction(1, 10)
    first, second = 2 - 18 * eta, 3 - 12 * eta
    assert second**2 - first**2 == 9 - 4 + eta**2 * (144 - 324)
    [found] = gd_defect.drift(CLAIMS["gd-defect"].parts, [one, two], fmpq_mat(1, 1))
    assert found[0, 0] == 144 - 324


@pytest.mark.parametrize("step", [fmpq(1, 8), fmpq(1, 16)])
def test_over_a_fixed_time_it_is_of_the_order_of_the_step(step: fmpq) -> None:
    made = point(PointKey(3, 2, Stratum.SIMPLE, 1, 0, 0))
    by_step = gd_defect.measure_descent(made, step / 8, 50)
    along = gd_defect.predict_descent(CLAIMS["gd-defect"].parts, made)
    gaps = [
        abs(x - y) for g, h in zip(by_step, along, strict=True) for x, y in zip(g, h, strict=True)
    ]
    largest = max(abs(y) for h in along for y in h)
    assert max(gaps) < 2 * step * largest
