"""The claim bures-wasserstein: the metric is twice that of Bures and Wasserstein."""

from importlib import import_module

import numpy as np
import pytest

from dlnproof import inner_product
from dlnproof.numeric.exact.points import PointKey, Stratum, point

two = import_module("dlnproof.checks.metric.bures_wasserstein")


def root(matrix: np.ndarray) -> np.ndarray:
    values, vectors = np.linalg.eigh(matrix)
    return np.asarray((vectors * np.sqrt(values)) @ vectors.T)


def test_the_product_of_the_point_is_definite() -> None:
    at = two.definite(point(PointKey(3, 2, Stratum.SIMPLE, -1, 0, 0)))
    assert at.W.transpose() == at.W
    assert at.W.det() > 0


def test_a_small_distance_is_that_of_bures_and_wasserstein() -> None:
    """Tr A + Tr B - 2 Tr (A^{1/2} B A^{1/2})^{1/2}, to second order in B - A; once, not twice."""
    rng = np.random.default_rng(0)
    S, Z = rng.normal(size=(2, 3, 3))
    A, Z, e = S @ S.T + np.eye(3), Z + Z.T, 1e-3
    half = root(A)

    def squared(B: np.ndarray) -> float:
        return float(np.trace(A) + np.trace(B) - 2 * np.trace(root(half @ B @ half)))

    second = (squared(A + e * Z) + squared(A - e * Z)) / (2 * e**2)
    found = inner_product(Z, Z, A, 2, normalization="sum")
    assert float(found) == pytest.approx(2 * second, rel=1e-4)
