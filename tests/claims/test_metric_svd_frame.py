"""The metric along singular values and vectors: by hand, and by the metric in floats."""

from importlib import import_module

import numpy as np
import pytest

import dlnproof
from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.points import PointKey, Stratum, point

metric_svd_frame = import_module("dlnproof.checks.metric.metric_svd_frame")
PARTS = CLAIMS["metric-svd-frame"].parts


def test_of_one_factor_it_is_euclidean() -> None:
    """|d(U Sigma V^T)|^2 with sigma = (s, r): s^2 + r^2 for a turn of U alone or of V alone."""
    made = point(PointKey(1, 2, Stratum.SIMPLE, 1, 0, 0))
    s, r = made.sigma
    [found] = metric_svd_frame.predict(PARTS, made)
    square, crossed = s**2 + r**2, -2 * s * r
    assert found == [
        *(1, 0, 0, 0),
        *(0, 1, 0, 0),
        *(0, 0, square, crossed),
        *(0, 0, crossed, square),
    ]


@pytest.mark.parametrize("depth", [2, 3, 5])
def test_it_is_the_metric_that_is_computed_in_floats(depth: int) -> None:
    rng = np.random.default_rng(depth)
    U, V = (np.linalg.qr(rng.normal(size=(3, 3)))[0] for _ in range(2))
    s, c = np.array([2.0, 1.1, 0.4]), rng.normal(size=3)
    a, b = (M - M.T for M in rng.normal(size=(2, 3, 3)))
    X = U @ (a @ np.diag(s) + np.diag(c) - np.diag(s) @ b) @ V.T
    x = s ** (2 / depth)
    stated = np.sum(x / s**2 * c**2)
    for i, l in ((0, 1), (0, 2), (1, 2)):
        eta = np.log(s[i] / s[l]) / 2  # N times half the logarithm of the roots' quotient
        scale = depth / 2 * (x[i] - x[l])
        stated += scale * np.tanh(eta) * (a[i, l] + b[i, l]) ** 2
        stated += scale / np.tanh(eta) * (a[i, l] - b[i, l]) ** 2
    W = U @ np.diag(s) @ V.T
    assert dlnproof.inner_product(X, X, W, depth) == pytest.approx(stated, rel=1e-12)
