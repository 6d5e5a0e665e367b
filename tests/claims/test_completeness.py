"""How far matrices without an inverse are: by hand, and along paths in floats."""

from importlib import import_module
from itertools import pairwise
from math import inf

import numpy as np
import pytest
from flint import fmpq

from dlnproof import distance_to_rank, inner_product
from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.points import PointKey, Stratum, point

completeness = import_module("dlnproof.checks.metric.completeness")
PARTS = CLAIMS["completeness"].parts


def test_of_one_number_by_hand() -> None:
    """On w = (t (1 - s))^3 the speed is sqrt(3) t."""
    made = point(PointKey(3, 1, Stratum.SIMPLE, 1, 0, 0))
    [t] = made.roots
    [move], [square] = completeness.CHECKS[0].measure(made)
    assert (abs(move), square) == (3 * t**3 * fmpq(4, 9), 3 * t**2)
    assert completeness.predict(PARTS, made) == [[move], [square]]


@pytest.mark.parametrize("depth", [1, 2, 5, inf])
def test_singular_values_move_no_further_than_the_length_of_a_path(depth: float) -> None:
    """Roots at a depth, logarithms at infinite depth; on a line between two matrices."""
    rng = np.random.default_rng(3)
    for _ in range(5):
        start, move = rng.normal(size=(2, 3, 3))
        path = [start + s * move for s in np.linspace(0, 0.2, 65)]
        if any(a * b < 0 for a, b in pairwise(map(np.linalg.det, path))):
            continue
        chords = ((b - a, (a + b) / 2) for a, b in pairwise(path))
        length = sum(np.sqrt(inner_product(Z, Z, at, depth)) for Z, at in chords)
        ends = [np.linalg.svd(path[k], compute_uv=False) for k in (0, -1)]
        far = [np.log(x) if depth == inf else depth * x ** (1 / depth) for x in ends]
        assert np.all(np.abs(far[1] - far[0]) <= length * (1 + 1e-3))


def test_the_distance_grows_without_bound_with_the_depth() -> None:
    """That to det = 0 is sqrt(N) times the root of the last value."""
    sigma = [3.0, 2.0, 0.5]
    for depth in (1, 2, 50, 10**6):
        found = distance_to_rank(np.diag(sigma), 2, depth, normalization="sum")
        assert found == pytest.approx(np.sqrt(depth) * 0.5 ** (1 / depth))
