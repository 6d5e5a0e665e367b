"""The mean curvature of orbits: of two factors by hand, and where it is not tangent."""

from importlib import import_module

import pytest
from flint import fmpq, fmpq_mat

from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.points import PointKey, Stratum, point

checks = import_module("dlnproof.checks.orbit.mean_curvature_orbits")
PARTS = CLAIMS["mean-curvature-orbits"].parts


def test_of_two_factors_by_hand() -> None:
    """W_2 = A Q^T, W_1 = Q B: the orbit is a circle of radius r, r^2 = 2 (s_1 + s_2).

    So H is -1/r^2 times what turns with Q, which is all of (W_2, W_1); its inner product with how
    these move with s_i, whose square is half of 4 s_i, is -1/(2 (s_1 + s_2)) for each i.
    """
    made = point(PointKey(2, 2, Stratum.SIMPLE, 1, 0, 0))
    expected = -1 / (2 * sum(made.sigma))
    assert checks.measure_exact(made) == [[expected, 0, 0, expected]]
    assert checks.predict(PARTS, made) == [[expected, 0, 0, expected]]


@pytest.mark.parametrize(("depth", "normal"), [(2, False), (3, True)])
def test_of_three_factors_it_is_not_tangent_to_what_is_balanced(depth: int, normal: bool) -> None:
    """Balance, linearised: the part of H that is normal to balanced factors does not keep it."""
    made = point(PointKey(depth, 2, Stratum.SIMPLE, 1, 0, 0))
    bent = checks.curvature(made)
    moves = [fmpq_mat(2, 2, bent[4 * k : 4 * k + 4]) for k in range(depth)]
    first, second = made.factors[:2]
    after, this = second.transpose() * moves[1], moves[0] * first.transpose()
    gap = after + after.transpose() - this - this.transpose()
    assert any(x != fmpq(0) for x in gap.entries()) == normal
