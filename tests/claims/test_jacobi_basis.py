"""The basis of directions of balanced factors: by hand, whole, and of vertical ones."""

from importlib import import_module
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum, point

Matrix = NDArray[np.float64]
jacobi_basis = import_module("dlnproof.checks.orbit.jacobi_basis")
PARTS = CLAIMS["jacobi-basis"].parts


def test_of_numbers_by_hand() -> None:
    """w_k moves by (y_k - y_{k-1}) w_k, and its lift is the product of the others."""
    made = point(PointKey(2, 1, Stratum.SIMPLE, 1, 0, 0))
    [root] = made.roots
    y, z = ([f(k) for k in range(3)] for f in (jacobi_basis.first, jacobi_basis.second))
    turned = sum((y[k] - y[k - 1]) * (z[k] - z[k - 1]) for k in (1, 2)) * root**2
    assert jacobi_basis.measure_exact(made) == [[turned], [2 * root**2]]
    assert jacobi_basis.predict_exact(PARTS, made) == [[turned], [2 * root**2]]


def whole_basis(made: ExactPoint) -> Matrix:
    """Return all directions by waves and all lifts, as rows of unit length, in floats."""
    depth, d = int(made.depth), made.width
    R = [np.array(Q.tolist(), dtype=float) for Q in made.frames]
    W = [np.array(M.tolist(), dtype=float) for M in made.factors]
    t = np.array([float(x) for x in made.roots])
    rows = []
    for i, l in product(range(d), repeat=2):
        e = np.zeros((d, d))
        e[i, l] = 1
        for m in range(1, depth):
            C = [np.sin(k * m * np.pi / depth) * R[k] @ e @ R[k].T for k in range(depth + 1)]
            moves = [C[k] @ W[k - 1] - W[k - 1] @ C[k - 1] for k in range(1, depth + 1)]
            size = t[i] ** 2 + t[l] ** 2 - 2 * t[i] * t[l] * np.cos(m * np.pi / depth)
            rows.append(np.ravel(moves) / np.sqrt(depth / 2 * size))
        lift = [
            t[i] ** (depth - k) * t[l] ** (k - 1) * R[k] @ e @ R[k - 1].T
            for k in range(1, depth + 1)
        ]
        rows.append(np.ravel(lift) / np.sqrt(sum(np.sum(x * x) for x in lift)))
    return np.array(rows)


@pytest.mark.parametrize("stratum", [Stratum.SIMPLE, Stratum.PAIR, Stratum.EQUAL])
@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_they_are_an_orthonormal_basis(depth: int, stratum: Stratum) -> None:
    rows = whole_basis(point(PointKey(depth, 3, stratum, 1, 0, 0)))
    assert rows.shape == (9 * depth, 9 * depth)
    np.testing.assert_allclose(rows @ rows.T, np.eye(9 * depth), atol=1e-12)


def test_other_modes_are_none() -> None:
    """For m = 0 and m = N the waves are 0, and m + N gives those of m up to the sign."""
    for mode in (0, 4):
        waves = [np.sin(k * mode * np.pi / 4) for k in range(1, 5)]
        assert np.allclose(waves, 0)


def test_in_other_frames_they_are_not_orthogonal() -> None:
    made = point(PointKey(2, 2, Stratum.SIMPLE, 1, 0, 0))
    first, second = (np.array(M.tolist(), dtype=float) for M in made.factors)
    moves = []
    for i, l in ((0, 0), (0, 1)):
        e = np.zeros((2, 2))
        e[i, l] = 1
        moves.append(np.ravel([e @ first, -second @ e]))
    assert abs(moves[0] @ moves[1]) > 1e-3
