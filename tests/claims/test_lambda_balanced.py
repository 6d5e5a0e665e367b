"""Two factors out of balance: by hand, and through det W = 0, where balanced ones cannot go."""

from importlib import import_module

import numpy as np
import pytest
from flint import arb_mat, fmpq, fmpq_mat

from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.gradient import integrate
from dlnproof.numeric.exact.points import PointKey, Stratum, diagonal, point
from dlnproof.numeric.exact.unbalanced import unbalanced

two_layers = import_module("dlnproof.checks.factors.lambda_balanced")
PARTS = CLAIMS["lambda-balanced"].parts
ONE = fmpq_mat([[1]])


@pytest.mark.parametrize("sign", [1, -1])
def test_by_hand(sign: int) -> None:
    """With u = 3: lambda is 36, b + a is 12 and b - a is 3; or the same with a and b exchanged."""
    found = unbalanced(ONE, ONE, ONE, [fmpq(3)], sign)
    small, large = fmpq(9, 2), fmpq(15, 2)
    a, b = (small, large) if sign > 0 else (large, small)
    assert (found.first[0, 0], found.second[0, 0], found.gap) == (a, b, b**2 - a**2)
    at = two_layers.values(found, *found.sizes)
    assert at[2] == a**2 + b**2
    assert two_layers.stated(PARTS, "last", at, at) == b**2
    assert two_layers.stated(PARTS, "first", at, at) == a**2
    assert two_layers.stated(PARTS, "speed", at, at) == a**2 + b**2


def test_points_are_of_both_signs_and_of_every_rank() -> None:
    made = point(PointKey(2, 3, Stratum.SIMPLE, 1, 0, 0))
    for pair in two_layers.pairs(made):
        gap = pair.second.transpose() * pair.second - pair.first * pair.first.transpose()
        assert gap == fmpq_mat([[pair.gap * (i == k) for i in range(3)] for k in range(3)])
        assert pair.second * pair.first == made.U * spectrum_of(pair) * made.V.transpose()
    assert [pair.gap > 0 for pair in two_layers.pairs(made)] == [True, False]
    assert unbalanced(ONE, ONE, ONE, [fmpq(0)], 1).sizes == [0]


def spectrum_of(pair: object) -> fmpq_mat:
    """Return the diagonal matrix of the singular values."""
    return diagonal(tuple(pair.sizes))  # type: ignore[attr-defined]


@pytest.mark.parametrize("gap", [1, -1, 0])
def test_out_of_balance_the_sign_of_det_is_not_kept(gap: int) -> None:
    """w' = -(lambda^2 + 4 w^2)^(1/2) (w - 1) from -3/4: w passes 0, unless lambda is 0."""
    sizes = {1: (fmpq(-3, 4), fmpq(5, 4)), -1: (fmpq(-5, 4), fmpq(3, 4)), 0: (fmpq(-1), fmpq(1))}
    first, second = ([[x]] for x in sizes[gap])
    ends = [
        float(end[1][0, 0] * end[0][0, 0])
        for time in (fmpq(1, 64), fmpq(4))
        for end in [integrate([arb_mat(first), arb_mat(second)], arb_mat([[1]]), time, 64)]
    ]
    start = float(sizes[gap][0] * sizes[gap][1])
    speed = -np.sqrt(gap**2 + 4 * start**2) * (start - 1)
    assert (ends[0] - start) * 64 == pytest.approx(speed, rel=0.1)
    assert (ends[1] > 0) is (gap != 0)
