"""The derivative of the operator: what it is at one factor, for one value, and in floats."""

from importlib import import_module

import numpy as np
import pytest
from slopes_in_floats import floats

import dlnproof
from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.points import PointKey, Stratum, point

operator_derivative = import_module("dlnproof.checks.metric.operator_derivative")
PARTS = CLAIMS["operator-derivative"].parts


def test_of_one_factor_it_is_0() -> None:
    """A(Z) = Z, however W moves; the frames turn none the less."""
    made = point(PointKey(1, 3, Stratum.SIMPLE, 1, 0, 0))
    left, right, *moves = operator_derivative.predict(PARTS, made)
    assert {x for group in moves for x in group} == {0}
    assert all(left)
    assert all(right)


def test_of_one_value_it_is_that_of_a_power() -> None:
    """A(Z) = sigma^(2 - 2/N) Z, with sigma = t^3 and t' = t / 2."""
    made = point(PointKey(3, 1, Stratum.SIMPLE, 1, 0, 0))
    [t], [[z]] = made.roots, operator_derivative.generic(made).tolist()
    *none, [image] = operator_derivative.predict(PARTS, made)
    assert image == 4 * t**3 * (t / 2) * z
    assert none == [[], [], [], [2 * t**4], []]


@pytest.mark.parametrize("depth", [2, 3, 5])
def test_it_is_the_slope_of_the_operator_that_is_computed_in_floats(depth: int) -> None:
    """Of W + h W' no frame is told: what is stated does not depend on how they are chosen."""
    made = point(PointKey(depth, 3, Stratum.SIMPLE, 1, 0, 0))
    U, V, W = (floats(M.tolist()) for M in (made.U, made.V, made.W))
    change = U @ floats(operator_derivative.velocity(made).tolist()) @ V.T
    Z = U @ floats(operator_derivative.generic(made).tolist()) @ V.T
    h = 1e-6
    ends = [dlnproof.operator(Z, W + sign * h * change, depth) for sign in (1, -1)]
    found = U.T @ (ends[0] - ends[1]) @ V / (2 * h)
    *_, off, on = operator_derivative.predict(PARTS, made)
    stated = np.diag(floats(on))
    stated[~np.eye(3, dtype=bool)] = floats(off)
    assert found == pytest.approx(stated, rel=1e-6, abs=1e-6 * abs(stated).max())


def test_frames_turn_at_every_point_that_is_visited() -> None:
    keys = [PointKey(2, d, stratum, 1, 0, 0) for d in (1, 2, 4) for stratum in Stratum]
    kept = [point(key) for key in operator_derivative.turning(keys)]
    assert {made.width for made in kept} == {2, 4}
    assert all(made.distinct for made in kept)
    for made in kept:
        for turn in operator_derivative.turns(made):
            assert turn == turn.transpose() * -1
            assert all(operator_derivative.off_diagonal(turn))
