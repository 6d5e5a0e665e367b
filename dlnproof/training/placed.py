"""A problem beside arrays of torch, jax and others: its data in their library, on their device."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from dlnproof.numeric.floats.arrays import Array, as_numpy, library, like, namespace


class Entries:
    """The observed entries: l(W) = 1/2 |mask (W - target)|^2, for W of shape (..., d, d')."""

    def __init__(self, problem: Any, beside: Array) -> None:
        mask, target = np.zeros((2, *problem.shape))
        mask[problem.indices], target[problem.indices] = 1, problem.values
        self._mask, self._target = like(beside, mask), like(beside, target)
        self._sum = namespace(beside).sum

    def loss(self, W: Array) -> Array:
        """Return l(W), shape (...)."""
        G = self.gradient(W)
        return self._sum(G * G, axis=(-2, -1)) / 2

    def gradient(self, W: Array) -> Array:
        """Return grad l(W)."""
        return self._mask * W - self._target


class Measurements:
    """Linear measurements: l(W) = 1/2 |A vec(W) - y|^2, for W of shape (n, d, d')."""

    def __init__(self, problem: Any, beside: Array) -> None:
        self._A = like(beside, problem.matrices.reshape(len(problem.values), -1))
        self._y = like(beside, problem.values)
        self._xp = namespace(beside)

    def _residual(self, W: Array) -> Array:
        return self._xp.reshape(W, (W.shape[0], -1)) @ self._A.mT - self._y

    def loss(self, W: Array) -> Array:
        """Return l(W), shape (n,)."""
        residual = self._residual(W)
        return self._xp.sum(residual * residual, axis=-1) / 2

    def gradient(self, W: Array) -> Array:
        """Return grad l(W)."""
        return self._xp.reshape(self._residual(W) @ self._A, W.shape)


class Elsewhere:
    """A problem that knows numpy alone: W goes there and the gradient comes back, each time."""

    def __init__(self, problem: Any, beside: Array) -> None:
        self._problem, self._beside = problem, beside

    def loss(self, W: Array) -> Array:
        """Return l(W), an array of numpy."""
        return self._problem.loss(as_numpy(W))

    def gradient(self, W: Array) -> Array:
        """Return grad l(W)."""
        return like(self._beside, self._problem.gradient(as_numpy(W)))


def placed(problem: Any, beside: Array) -> tuple[Any, Callable[..., Any]]:
    """Return a problem that takes arrays like this one, and what compiles functions that use it."""
    if library(beside) == "numpy":
        return problem, lambda function: function
    if hasattr(problem, "observed"):
        here: Any = Entries(problem, beside)
    elif hasattr(problem, "matrices"):
        here = Measurements(problem, beside)
    else:
        return Elsewhere(problem, beside), lambda function: function
    if library(beside) == "jax":
        from jax import jit

        return here, jit
    return here, lambda function: function
