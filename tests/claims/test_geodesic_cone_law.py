"""Geodesics of balanced factors: by hand, and as those of the metric below."""

from collections.abc import Iterable
from importlib import import_module
from itertools import pairwise

import numpy as np
import pytest
from flint import arb, arb_mat, fmpq, fmpq_mat
from numpy.typing import NDArray

from dlnproof import geodesic, product
from dlnproof.numeric.exact.exact_geometry import gauge_direction
from dlnproof.numeric.exact.geodesics import accelerations, follow, velocities
from dlnproof.numeric.exact.gradient import lift
from dlnproof.numeric.exact.matrices import generic
from dlnproof.numeric.exact.points import PointKey, Stratum, point

law = import_module("dlnproof.checks.factors.geodesic_cone_law")


def test_by_hand() -> None:
    """Numbers of one size move along lines; two that turn as complex ones, at speed c, curve."""
    one = [fmpq_mat([[2]]), fmpq_mat([[-2]])]
    assert accelerations(one, [fmpq_mat([[3]]), fmpq_mat([[-3]])]) == [fmpq_mat([[0]])] * 2
    eye, turn = fmpq_mat([[1, 0], [0, 1]]), fmpq_mat([[0, -1], [1, 0]])
    found = accelerations([eye, eye], [turn * 3, turn * 0])  # of z_1 = e^{3it}, z_2 = 1
    assert found == [eye * fmpq(-9, 2), eye * fmpq(9, 2)]  # the sizes are to grow alike


@pytest.mark.parametrize("stratum", [Stratum.SIMPLE, Stratum.PAIR])
def test_balance_is_kept_along_the_way(stratum: Stratum) -> None:
    made = point(PointKey(3, 2, stratum, 1, 0, 0))
    factors, moves = (list(map(arb_mat, x)) for x in (made.factors, velocities(made)))
    ends, _ = follow(factors, moves, fmpq(1, 16), 16)
    for before, after in pairwise(ends):
        defect = after.transpose() * after - before * before.transpose()
        assert all(abs(x) < arb("1e-8") for x in defect.entries())


@pytest.mark.parametrize("over", [True, False])
def test_horizontal_ones_lie_over_those_of_the_metric(over: bool) -> None:
    """The product moves along a geodesic of g^3; where the factors turn as well, it does not."""
    made = point(PointKey(3, 2, Stratum.SIMPLE, 1, 0, 0))
    moves = [x * fmpq(1, 20) for x in lift(made.factors, generic(2))]
    if not over:
        turn, none = fmpq_mat([[0, -1], [1, 0]]), fmpq_mat(2, 2)
        turning = gauge_direction(made, [none, turn, none, none])
        moves = [a + b for a, b in zip(moves, turning, strict=True)]
    start, velocities_ = list(map(arb_mat, made.factors)), list(map(arb_mat, moves))
    ends, _ = follow(start, velocities_, fmpq(1, 4), 32)
    W, Z = floats(start), floats(velocities_)
    velocity = sum(product([*W[:j], Z[j], *W[j + 1 :]]) for j in range(3))
    found = geodesic(product(W), velocity, 0.25, 3)
    assert np.allclose(found, product(floats(ends)), atol=1e-8) is over


def floats(matrices: Iterable[arb_mat]) -> list[NDArray[np.float64]]:
    return [np.array([[float(x) for x in row] for row in M.tolist()]) for M in matrices]


def test_what_is_conserved_depends_on_the_force() -> None:
    """Without the normal force neither the speed of what turns nor the parabola is there."""
    at = law.moving(point(PointKey(3, 2, Stratum.SIMPLE, 1, 0, 0)))
    assert not any(law.drifts(at))
    assert any(x != 0 for M in at.forces for x in M.entries())
    [pushed] = law.pushed(at)
    assert any(law.drifts(pushed))
