"""The path to a truncated decomposition: by hand, and its length in floats."""

from importlib import import_module
from itertools import pairwise

import numpy as np
import pytest
from flint import fmpq
from numpy.typing import NDArray

from dlnproof import distance_to_rank, inner_product, truncate
from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.points import PointKey, Stratum, point

eckart_young = import_module("dlnproof.checks.metric.eckart_young")
PARTS = CLAIMS["eckart-young"].parts


def test_of_one_number_by_hand() -> None:
    """On w = (t (1 - s))^3 the speed is sqrt(3) t."""
    made = point(PointKey(3, 1, Stratum.SIMPLE, 1, 0, 0))
    [t] = made.roots
    [move], [square] = eckart_young.measure_exact(made)
    assert (abs(move), square) == (3 * t**3 * fmpq(4, 9), 3 * t**2)
    assert eckart_young.predict(PARTS, made) == eckart_young.measure_exact(made)


@pytest.mark.parametrize("depth", [1, 2, 5])
@pytest.mark.parametrize("rank", [0, 1, 2])
def test_its_length_is_the_distance_in_floats(depth: int, rank: int) -> None:
    """By its chords in the metric of their middles, up to the truncated matrix."""
    rng = np.random.default_rng(6)
    W = rng.normal(size=(3, 3))
    U, sigma, Vt = np.linalg.svd(W)
    lost = np.arange(3) >= rank

    def path(s: float) -> NDArray[np.float64]:
        return np.asarray((U * (sigma * (1 - s * lost) ** depth)) @ Vt)

    assert np.allclose(path(1), truncate(W, rank), atol=1e-14)
    ends = np.linspace(0, 0.5, 257)
    length = 0.0
    for a, b in pairwise(ends):
        chord = path(b) - path(a)
        square = inner_product(chord, chord, path((a + b) / 2), depth, normalization="sum")
        length += float(np.sqrt(square))
    whole = distance_to_rank(W, rank, depth, normalization="sum")
    assert length == pytest.approx(float(whole) / 2, rel=1e-4)


def test_the_question_is_answered_no_of_what_is_too_short() -> None:
    made = point(PointKey(2, 2, Stratum.SIMPLE, 1, 0, 0))
    found = eckart_young.lengths(made)
    assert not any(eckart_young.lacking(found))
    assert all(any(eckart_young.lacking(foil)) for foil in eckart_young.indefinite(found))
