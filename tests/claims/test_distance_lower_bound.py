"""The speed of roots of singular values: by hand, and along random lines in floats."""

from importlib import import_module

import numpy as np
import pytest

import dlnproof
from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.points import PointKey, Stratum, point

speeds = import_module("dlnproof.checks.metric.distance_lower_bound")
PARTS = CLAIMS["distance-lower-bound"].parts


def test_of_one_number_by_hand() -> None:
    """w = t^3 > 0 moves by 3 w / 2: t by t / 2, and g(w', w') / 3 is 3 t^2 / 4."""
    made = point(PointKey(3, 1, Stratum.SIMPLE, 1, 0, 0))
    [t] = made.roots
    assert speeds.measure_exact(made) == [[t / 2], [3 * t**2 / 4]]
    assert speeds.predict(PARTS, made) == speeds.measure_exact(made)


@pytest.mark.parametrize("stratum", [Stratum.PAIR, Stratum.EQUAL])
def test_it_is_not_less_where_values_coincide(stratum: Stratum) -> None:
    made = point(PointKey(2, 3, stratum, 1, 0, 0))
    assert set(speeds.lacking(speeds.speeds(made))) == {0}


@pytest.mark.parametrize("depth", [1, 2, 5, float("inf")])
def test_roots_move_no_faster_than_the_matrix(depth: float) -> None:
    """In the mean normalisation N^2 times their squared speed; that of log sigma, at infinity."""
    rng = np.random.default_rng(1)
    for _ in range(20):
        W, X = rng.normal(size=(2, 3, 3))
        sizes = [np.linalg.svd(W + s * X, compute_uv=False) for s in (1e-6, -1e-6)]
        if depth == float("inf"):
            ends = [np.log(x) for x in sizes]
        else:
            ends = [depth * x ** (1 / depth) for x in sizes]
        radial = np.sum(((ends[0] - ends[1]) / 2e-6) ** 2)
        assert radial <= dlnproof.inner_product(X, X, W, depth) * (1 + 1e-6)
