"""The power map: by hand, at coincident values, and by differences in floats."""

from importlib import import_module

import numpy as np
import pytest
from numpy.typing import NDArray

import dlnproof
from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.points import PointKey, Stratum, point

Matrix = NDArray[np.float64]
power_map = import_module("dlnproof.checks.volume.power_map")
PARTS = CLAIMS["power-map"].parts


def test_of_one_number_by_hand() -> None:
    """r moves to r^N, by N r^(N-1), and the density is r^(1-N)."""
    made = point(PointKey(3, 1, Stratum.SIMPLE, 1, 0, 0))
    [root] = made.roots
    [[moves]] = power_map.moves(made, 3).tolist()
    [[own]] = power_map.moves(made, 1).tolist()
    assert moves / own == 3 * root**2
    [sign] = (made.U * made.V).entries()
    assert power_map.measure_exact(made) == [[sign * root**3], [3], [3], [3]]
    assert power_map.predict_exact(PARTS, made) == power_map.measure_exact(made)


@pytest.mark.parametrize("stratum", [Stratum.PAIR, Stratum.EQUAL])
@pytest.mark.parametrize("depth", [1, 2, 3])
def test_volumes_grow_alike_where_values_coincide(depth: int, stratum: Stratum) -> None:
    """There the coordinates of the SVD degenerate, but not those of Q P."""
    made = point(PointKey(depth, 3, stratum, -1, 0, 0))
    _, [constant], [squared], [density] = power_map.measure_exact(made)
    assert (constant, squared, density) == (depth**6, depth**3, 0)


def mapped(R: Matrix, depth: int) -> Matrix:
    u, s, vt = np.linalg.svd(R)
    found: Matrix = (u * s**depth) @ vt
    return found


@pytest.mark.parametrize("roots", [(1.5, 0.8, 0.4), (1.2, 1.2, 0.5), (0.9, 0.9, 0.9)])
@pytest.mark.parametrize("depth", [2, 3, 5])
def test_its_jacobian_is_one_over_the_density(depth: int, roots: tuple[float, ...]) -> None:
    rng = np.random.default_rng(depth)
    u, v = (np.linalg.qr(rng.normal(size=(3, 3)))[0] for _ in range(2))
    R, h, columns = (u * roots) @ v.T, 1e-5, []
    for k in range(9):
        step = np.zeros(9)
        step[k] = h
        lines = (mapped(R + sign * step.reshape(3, 3), depth) for sign in (1, -1))
        columns.append(np.subtract(*lines).ravel() / (2 * h))
    log_jacobian = np.linalg.slogdet(np.array(columns))[1]
    density = dlnproof.log_volume_density(mapped(R, depth), depth)
    assert density + log_jacobian == pytest.approx(6 * np.log(depth), abs=1e-7)


def test_it_is_no_isometry() -> None:
    """It keeps volumes, and no lengths: a turn of both frames alike is stretched."""
    R, turn = np.diag([2.0, 1.0]), np.array([[0.0, 1], [-1, 0]])
    X, Y = turn @ R - R @ turn, turn @ R @ R - R @ R @ turn
    downstairs = dlnproof.inner_product(Y, Y, R @ R, 2, normalization="sum")
    assert downstairs == pytest.approx(np.sum(X * X) * 9 / 5)
