"""Slopes of a function of matrices, by floats: beside those that a claim states."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from flint import arb

from dlnproof.numeric.exact.points import ExactPoint

Matrices = npt.NDArray[np.float64]


def floats(numbers: Any) -> Matrices:
    """Return exact numbers, or rows of them, as floats."""
    found = np.array(numbers, dtype=object)
    return np.array([float(arb(x)) for x in found.flat]).reshape(found.shape)


def by_values(of: Callable[[Matrices], Any], made: ExactPoint) -> Matrices:
    """Return the slope of a function of a batch of matrices by each singular value."""
    sigma, one = floats(made.sigma), np.eye(made.width)
    h = 1e-6 * sigma
    ends = np.array([[np.diag(sigma + sign * h * row) for sign in (1, -1)] for row in one])
    values = of(ends)
    return np.asarray((values[:, 0] - values[:, 1]) / (2 * h))


def along(of: Callable[[Matrices], Any], made: ExactPoint) -> tuple[float, Matrices]:
    """Return the slope along some direction H, and u_i^T H v_i for each i."""
    W, U, V = (floats(M.tolist()) for M in (made.W, made.U, made.V))
    H = np.random.default_rng(5).normal(size=W.shape) * W.max()
    up, down = of(np.array([W + 1e-6 * H, W - 1e-6 * H]))
    return float(up - down) / 2e-6, np.diag(U.T @ H @ V)
