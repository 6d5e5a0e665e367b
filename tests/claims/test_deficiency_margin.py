"""Descent to a matrix: by hand, along the flow of factors from nearby, and from too far away."""

from importlib import import_module

import numpy as np
import pytest
from flint import arb_mat, fmpq, fmpq_mat
from slopes_in_floats import floats

from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.gradient import integrate
from dlnproof.numeric.exact.matrices import generic, product
from dlnproof.numeric.exact.points import PointKey, Stratum, point

margin = import_module("dlnproof.checks.factors.deficiency_margin")
PARTS = CLAIMS["deficiency-margin"].parts


def test_of_one_number_by_hand() -> None:
    """w = a b c, of equal factors: w' = -3 w^(4/3) (w - y)."""
    made = point(PointKey(3, 1, Stratum.SIMPLE, 1, 0, 0))
    [t] = made.roots
    assert margin.measure_exact(made) == [[3 * t**4], [6 * t**4]]
    assert margin.predict(PARTS, made) == margin.measure_exact(made)


def ends(factors: list[arb_mat], aim: fmpq_mat, times: list[fmpq]) -> list[np.ndarray]:
    """Return W at each time, of factors that follow the flow to a matrix."""
    return [floats(product(integrate(factors, arb_mat(aim), time, 64)).tolist()) for time in times]


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_factors_that_start_nearby_keep_their_rank_and_arrive(depth: int) -> None:
    made = point(PointKey(depth, 2, Stratum.SIMPLE, 1, 0, 0))
    aim = made.W + generic(2) * (made.sigma[-1] / 4)
    Y, W = floats(aim.tolist()), floats(made.W.tolist())
    far, sizes = np.linalg.norm(W - Y), np.linalg.svd(Y)[1]
    c, most = sizes[-1] - far, sizes[0] + far
    assert c > 0
    slow, fast = (2 * depth * x ** (2 - 2 / depth) for x in (c, most))
    times = [fmpq(k, 16) / made.sigma[0] ** 2 for k in (1, 4)]
    start = [arb_mat(M) for M in made.factors]
    for time, after in zip(map(float, times), ends(start, aim, times), strict=True):
        assert np.linalg.svd(after)[1][-1] >= c
        left = (np.linalg.norm(after - Y) / far) ** 2
        assert np.exp(-fast * time) - 1e-7 <= left <= np.exp(-slow * time) + 1e-7


def test_from_too_far_away_it_may_lose_its_rank() -> None:
    """w' = -2 |w| (w - 1) from -1: it tends to 0, and det W never changes its sign."""
    start = [arb_mat([[-1]]), arb_mat([[1]])]
    [[w]], [[later]] = ends(start, fmpq_mat([[1]]), [fmpq(1), fmpq(2)])
    assert -1 < w < later < 0
    assert w == pytest.approx(-1 / (2 * np.exp(2) - 1), rel=1e-5)
