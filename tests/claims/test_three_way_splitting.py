"""Directions of balanced factors: by hand, how many there are, and where balance fails."""

from importlib import import_module

import numpy as np
import pytest

from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum, point

splitting = import_module("dlnproof.checks.factors.three_way_splitting")
PARTS = CLAIMS["three-way-splitting"].parts


def made(depth: int, width: int, stratum: Stratum = Stratum.SIMPLE) -> ExactPoint:
    return point(PointKey(depth, width, stratum, 1, 0, 0))


def test_by_hand() -> None:
    """Of numbers nothing turns, and (W_1, W_2) moves by (b W_1, -W_2 b)."""
    at = made(2, 1)
    [[first], [last]] = (W.entries() for W in at.factors)
    b = splitting.between(at, 1)[1][0, 0]
    assert b != 0
    assert splitting.predict(PARTS, at) == [[0, 0], [b * first, -last * b]]


@pytest.mark.parametrize("width", [1, 2, 3])
@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_there_are_as_many_directions_as_entries(depth: int, width: int) -> None:
    found, inner = splitting.directions(made(depth, width)), depth - 1
    ranks = [x.rank() for x in (found.horizontal, found.vertical, found.normal)]
    pairs = width * (width - 1) // 2
    assert ranks == [width**2, inner * pairs, inner * (pairs + width)]
    assert sum(ranks) == depth * width**2


def test_at_a_singular_matrix_there_are_fewer() -> None:
    found = splitting.directions(made(2, 2, Stratum.DEFICIENT))
    assert not any(splitting.products(found))
    ranks = [x.rank() for x in (found.horizontal, found.vertical, found.normal)]
    assert sum(ranks) < found.horizontal.ncols()


def test_without_balance_vertical_and_normal_directions_are_not_orthogonal() -> None:
    """The factors (W_1, W_2) move by (a W_1, -W_2 a), and by (b W_1, -W_2 b)."""
    first, last = np.random.default_rng(0).normal(size=(2, 2, 2))
    a, b = np.array([[0.0, 1], [-1, 0]]), np.diag([1.0, 0])
    of_both = np.sum((a @ first) * (b @ first)) + np.sum((last @ a) * (last @ b))
    balanced = np.linalg.cholesky(first @ first.T).T
    assert abs(of_both) > 0.1
    kept = np.sum((a @ first) * (b @ first)) + np.sum((balanced @ a) * (balanced @ b))
    assert abs(kept) < 1e-12
