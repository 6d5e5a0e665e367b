"""The claim coarea: what its routes must notice, and the two volumes that multiply."""

from itertools import combinations, pairwise
from math import log
from typing import Any

import numpy as np
import pytest
from flint import fmpq, fmpq_mat

from dlnproof import Grid, check, log_orbit_volume, log_volume_form
from dlnproof.core.verdict import Verdict
from dlnproof.numeric.exact.exact_geometry import (
    manifold_tangents,
    orbit_tangents,
    sum_operator,
    svd_differential,
)
from dlnproof.numeric.exact.points import PointKey, Stratum, point
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.numeric.floats.volume import log_group_volume
from dlnproof.quantities import orbit

ID = "coarea"
GRID = Grid(depths=(1, 2, 3), widths=(1, 2, 3))
measured: Any = orbit.MANIFOLD_GRAM.exact


def test_wrong_tangent_vectors_are_refuted_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    right = manifold_tangents

    def wrong(at: Any) -> fmpq_mat:
        rows: fmpq_mat = right(at)
        for k in range(rows.ncols()):
            rows[0, k] = rows[0, k] * fmpq(10**9 + 1, 10**9)
        return rows

    monkeypatch.setattr(orbit, "manifold_tangents", wrong)
    [claim] = check([ID], grid=GRID, expression="exact").claims
    assert claim.verdict is Verdict.REFUTED


# --- independently --------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(("depth", "width"), [(1, 3), (2, 2), (2, 3), (3, 2), (3, 3), (4, 2)])
def test_it_is_the_orbit_times_the_submersion_downstairs(depth: int, width: int, sign: int) -> None:
    """Exactly and without a closed form: det F times det J^T (dphi dphi^*)^(-1) J."""
    at = point(PointKey(depth, width, Stratum.SIMPLE, sign, 1, 5))
    whole = measured(at)
    J = svd_differential(at)
    downstairs = (J.transpose() * sum_operator(at).inv() * J).det()
    rows = orbit_tangents(at) if depth > 1 else None
    orbit = fmpq(1) if rows is None else (rows * rows.transpose()).det()
    assert whole == orbit * downstairs > 0


def test_at_width_one_it_is_the_length_of_a_curve() -> None:
    """sigma -> (sigma^(1/N), ..., sigma^(1/N)), up to signs: N (sigma^(1/N - 1) / N)^2."""
    for depth in (1, 2, 3, 4):
        at = point(PointKey(depth, 1, Stratum.SIMPLE, -1, 0, 0))
        [t] = at.roots
        assert measured(at) == t**2 / (depth * t ** (2 * depth))


def gram(depth: int, sigma: FloatArray) -> float:
    """The Gram determinant by central differences; a frame turns by I + S + S^2 / 2."""
    d, h = len(sigma), 1e-5
    pairs = list(combinations(range(d), 2))
    rng = np.random.default_rng(7)
    frames = [np.linalg.qr(rng.normal(size=(d, d)))[0] for _ in range(depth + 1)]

    def factors(x: FloatArray) -> FloatArray:
        middle = np.diag((sigma + x[:d]) ** (1 / depth))
        turned = []
        for Q, angles in zip(frames, x[d:].reshape(depth + 1, len(pairs)), strict=True):
            S = np.zeros((d, d))
            for (i, l), angle in zip(pairs, angles, strict=True):
                S[i, l], S[l, i] = angle, -angle
            turned.append(Q @ (np.eye(d) + S + S @ S / 2))
        return np.array([after @ middle @ before.T for before, after in pairwise(turned)]).ravel()

    units = np.eye(d + (depth + 1) * len(pairs)) * h
    rows = np.array([(factors(u) - factors(-u)) / (2 * h) for u in units])
    return float(np.linalg.det(rows @ rows.T))


@pytest.mark.parametrize("sigma", [(2.0, 0.7), (1.8, 1.1, 0.4)])
@pytest.mark.parametrize("depth", [1, 2, 3])
def test_the_public_volumes_multiply_to_it(depth: int, sigma: tuple[float, ...]) -> None:
    d = len(sigma)
    # with respect to the coordinates: the group's length is sqrt 2 for each of them
    orbit = log_orbit_volume(sigma, depth) - (depth - 1) * log_group_volume(d)
    orbit += (depth - 1) * d * (d - 1) / 4 * log(2)
    downstairs = log_volume_form(sigma, depth, normalization="sum")
    expected = np.exp(2 * (orbit + downstairs))
    assert gram(depth, np.array(sigma)) == pytest.approx(expected, rel=1e-6)
