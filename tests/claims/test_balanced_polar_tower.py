"""The tower of polar decompositions: by hand, in floats, and what is not shared."""

from importlib import import_module

import numpy as np
import pytest
from numpy.typing import NDArray

from dlnproof import balanced_factors
from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.points import PointKey, Stratum, point

Matrix = NDArray[np.float64]
tower = import_module("dlnproof.checks.factors.balanced_polar_tower")
PARTS = CLAIMS["balanced-polar-tower"].parts


def test_of_numbers_by_hand() -> None:
    """w_j = v_j p v_{j-1}, with p = |w_1|: signs and one size."""
    made = point(PointKey(3, 1, Stratum.SIMPLE, -1, 0, 0))
    sizes = {abs(W[0, 0]) for W in made.factors}
    assert sizes == {made.roots[0]}
    *factors, product, square = tower.predict_exact(PARTS, made)
    assert factors == [W.entries() for W in made.factors]
    assert product == [-(made.roots[0] ** 3)]
    assert square == [made.roots[0] ** 2]


@pytest.mark.parametrize("values", [(2.0, 1.0, 0.3), (2.0, 2.0, 1.0), (1.5, 1.5, 1.5)])
@pytest.mark.parametrize("depth", [2, 4])
def test_frames_are_orthogonal_in_floats(depth: int, values: tuple[float, ...]) -> None:
    """Of factors whose frames between are others than those of balanced_factors."""
    rng = np.random.default_rng(depth)
    turns = [np.linalg.qr(rng.normal(size=(3, 3)))[0] for _ in range(depth + 1)]
    W = (turns[-1] * values) @ turns[0].T
    factors = list(balanced_factors(W, depth))
    for j in range(depth - 1):  # Q W_j and W_{j+1} Q^T balance as W_j and W_{j+1} do
        factors[j] = turns[j + 1] @ factors[j]
        factors[j + 1] = factors[j + 1] @ turns[j + 1].T
    eigenvalues, vectors = np.linalg.eigh(factors[0].T @ factors[0])
    P = (vectors * np.sqrt(eigenvalues)) @ vectors.T
    V = np.eye(3)
    for factor in factors:
        after = factor @ V @ np.linalg.inv(P)
        np.testing.assert_allclose(after.T @ after, np.eye(3), atol=1e-12)
        np.testing.assert_allclose(after @ P @ V.T, factor, atol=1e-12)
        V = after
    np.testing.assert_allclose(V @ np.linalg.matrix_power(P, depth), W, atol=1e-11)


def test_factors_share_no_singular_vectors_but_with_their_neighbours() -> None:
    made = point(PointKey(3, 2, Stratum.SIMPLE, 1, 0, 0))
    first, second, third = made.factors
    assert second.transpose() * second == first * first.transpose()
    assert third.transpose() * third != first * first.transpose()


def test_without_balance_the_frames_are_not_orthogonal() -> None:
    made = point(PointKey(2, 2, Stratum.SIMPLE, 1, 0, 0))
    found = tower.Tower([made.factors[0], made.factors[1] * 2], made.W * 2)
    assert any(tower.imbalance(found))
    assert not any(tower.imbalance(tower.other_tower(made)))
