"""Isometries of the metric: what they are and what they are not, in floats and by hand."""

from importlib import import_module
from math import inf

import numpy as np
import pytest
from flint import fmpq

from dlnproof import inner_product
from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.points import PointKey, Stratum, point

polar_action = import_module("dlnproof.checks.metric.polar_action")
PARTS = CLAIMS["polar-action"].parts


def test_of_one_number_by_hand() -> None:
    """g = w^(2/N - 2) on w = t^N: at 1/w, where 1/w moves by 1/w^2 of w, it is 1/t^4 as much."""
    made = point(PointKey(3, 1, Stratum.SIMPLE, 1, 0, 0))
    [t] = made.roots
    [there], [rate], [flat] = polar_action.measure_exact(made)
    assert (there, abs(rate), flat) == (1 / t**8, 3 * t**2, 9)
    assert polar_action.predict_exact(PARTS, made) == polar_action.measure_exact(made)


@pytest.mark.parametrize("stratum", [Stratum.SIMPLE, Stratum.PAIR])
def test_the_point_of_the_inverse_is_one(stratum: Stratum) -> None:
    made = point(PointKey(3, 3, stratum, 1, 0, 0))
    there = polar_action.opposite(made)
    assert made.W.inv() == there.W
    assert list(there.roots) == sorted(there.roots, reverse=True)


@pytest.mark.parametrize("depth", [1, 2, 5, inf])
def test_what_is_an_isometry_in_floats(depth: float) -> None:
    """Rotations on both sides and transposition are; inversion at infinite depth, and no other.

    What multiplies W from one side, and is not orthogonal, is none at any depth.
    """
    rng = np.random.default_rng(5)
    W, X, Y, G = rng.normal(size=(4, 3, 3))
    (Q, _), (R, _) = (np.linalg.qr(rng.normal(size=(3, 3))) for _ in range(2))
    E = np.linalg.inv(W)
    own = inner_product(X, Y, W, depth)
    assert inner_product(Q @ X @ R, Q @ Y @ R, Q @ W @ R, depth) == pytest.approx(own, rel=1e-9)
    assert inner_product(X.T, Y.T, W.T, depth) == pytest.approx(own, rel=1e-9)
    inverted = inner_product(E @ X @ E, E @ Y @ E, E, depth)
    assert bool(inverted == pytest.approx(own, rel=1e-9)) is (depth == inf)
    assert inner_product(G @ X, G @ Y, G @ W, depth) != pytest.approx(own, rel=1e-2)


def test_inversion_is_no_isometry_at_a_rational_point() -> None:
    """Two factors of diag(4, 1): along E_11 g is 1/4, at the inverse 1/64; along E_22 it is 1."""
    one = polar_action.diagonal((fmpq(1), fmpq(1)))
    made = polar_action.ExactPoint(2, (fmpq(2), fmpq(1)), (one, one, one))
    here, there = polar_action.in_basis(made), polar_action.inverted(made)
    assert (here[0, 0], there[0, 0]) == (fmpq(1, 4), fmpq(1, 64))
    assert here[3, 3] == there[3, 3] == 1
