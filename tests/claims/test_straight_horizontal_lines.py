"""Straight lines of balanced factors: by hand, and their images in floats, of constant speed."""

from importlib import import_module

import numpy as np
import pytest
from flint import fmpq, fmpq_mat
from numpy.typing import NDArray

import dlnproof
from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.points import PointKey, Stratum, identity, point

Matrix = NDArray[np.float64]
straight = import_module("dlnproof.checks.factors.straight_horizontal_lines")
PARTS = CLAIMS["straight-horizontal-lines"].parts
TURN = np.array([[0.0, 1.0], [-1.0, 0.0]])


def test_two_factors_by_hand() -> None:
    """Of P = diag(2, 1) and K = E_12, where R_j = I: H_1 = P K and H_2 = K P."""
    P, K = fmpq_mat([[2, 0], [0, 1]]), fmpq_mat([[0, 1], [0, 0]])
    at = straight.Tower([identity(2)] * 3, P)
    assert at.moved(K, fmpq(1)) == [fmpq_mat([[2, 2], [0, 1]]), fmpq_mat([[2, 1], [0, 1]])]
    [defect] = straight.unbalance(at.moved(K, fmpq(1)))
    assert defect == P * (K.transpose() * K - K * K.transpose()) * P


@pytest.mark.parametrize("depth", [2, 3, 4])
def test_a_symmetric_direction_is_not_enough_for_three_factors(depth: int) -> None:
    at = straight.Tower([identity(2)] * (depth + 1), fmpq_mat([[2, 0], [0, 1]]))
    off = straight.unbalance(at.moved(fmpq_mat([[0, 1], [1, 0]])))
    assert any(D != D * 0 for D in off) == (depth > 2)


@pytest.mark.parametrize("stratum", [Stratum.PAIR, Stratum.EQUAL])
def test_what_commutes_turns_where_values_coincide(stratum: Stratum) -> None:
    """Such lines stretch no singular values alone: K is not symmetric."""
    made = point(PointKey(3, 3, stratum, 1, 0, 0))
    K, P = straight.commuting(made), straight.tower(made).P
    assert K * P == P * K
    assert K.transpose() * K == K * K.transpose()
    assert K.transpose() != K
    assert straight.predict_exact(PARTS, made) == straight.measure_exact(made)


@pytest.mark.parametrize(
    ("depth", "K"),
    [
        (2, np.array([[0.3, 0.2], [0.2, -0.1]])),
        (2, 0.4 * TURN),
        (2, 0.2 * np.eye(2) + 0.3 * TURN),
        (3, np.diag([0.3, -0.2])),
        (4, np.diag([-0.1, 0.5])),
    ],
)
def test_images_of_straight_lines_have_constant_speed(depth: int, K: Matrix) -> None:
    """It is |H|, for the metric of the submersion: a horizontal line downstairs is as long."""
    P = np.diag([1.5, 0.8])
    ways = [
        np.linalg.matrix_power(P, depth - j) @ K @ np.linalg.matrix_power(P, j - 1)
        for j in range(1, depth + 1)
    ]

    def at(s: float) -> Matrix:
        found = dlnproof.product([P + s * H for H in ways])
        return np.asarray(found)

    for s in (0.0, 0.3, 0.7):
        velocity = (at(s + 1e-5) - at(s - 1e-5)) / 2e-5
        speed = dlnproof.inner_product(velocity, velocity, at(s), depth, normalization="sum")
        assert speed == pytest.approx(sum(np.sum(H**2) for H in ways), rel=1e-8)


def test_the_image_of_a_line_that_leaves_balanced_factors_has_another_speed() -> None:
    """K is normal, and does not commute with P: of three factors that is not enough."""
    P, K = np.diag([1.5, 0.8]), 0.4 * TURN
    ways = [P @ P @ K, P @ K @ P, K @ P @ P]
    W, before, after = (
        np.asarray(dlnproof.product([P + s * H for H in ways])) for s in (0.7, 0.69999, 0.70001)
    )
    velocity = (after - before) / 2e-5
    speed = dlnproof.inner_product(velocity, velocity, W, 3, normalization="sum")
    assert speed != pytest.approx(sum(np.sum(H**2) for H in ways), rel=1e-3)
