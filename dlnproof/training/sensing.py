"""Matrix sensing: linear measurements of the end-to-end matrix, the loss and its gradient."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import FloatArray, as_real
from dlnproof.training.problem import Problem, checked_truth
from dlnproof.training.stack import times


@dataclass(frozen=True, eq=False)
class Sensing(Problem):
    """Matrix sensing: l(W) = 1/2 sum over k of (<A_k, W> - y_k)^2, <A, W> = sum of A_ij W_ij.

    ``matrices`` are the A_k, (m, d, d'), and ``values`` the y_k, (m,), m >= 1; ``truth``, if known,
    is the matrix to be found, (d, d'), or a file that holds it. Completion is the case of A_k with
    a single entry 1. Where the y_k contradict one another, as with noise and m > d d', the least
    loss is positive. Raises :class:`InputError`.
    Source: Gunasekar et al. 2017; Arora et al. 2019.

    >>> problem = Sensing([[[1, 0], [0, 1]]], [3])  # the trace is 3
    >>> float(problem.loss(np.eye(2))), problem.gradient(np.eye(2)).tolist()
    (0.5, [[-1.0, 0.0], [0.0, -1.0]])
    """

    matrices: Any
    values: Any
    truth: Any = None

    def __post_init__(self) -> None:
        A, y = (
            np.array(as_real(self.matrices, "matrices")),
            np.array(as_real(self.values, "values")),
        )
        if A.ndim != 3 or A.size == 0:
            raise InputError(
                f"matrices: got shape {A.shape}, expected (m, d, d'), the matrices A_k, m >= 1; "
                "one measurement is a batch of m = 1"
            )
        if y.shape != A.shape[:1]:
            raise InputError(
                f"values: got shape {y.shape}, expected ({len(A)},): one y_k for each A_k"
            )
        empty = ~A.any(axis=(1, 2))
        if empty.any():
            raise InputError(
                f"matrices: got A_k = 0 at index {int(np.argmax(empty))}, expected A_k != 0; it "
                "measures nothing: leave it out"
            )
        object.__setattr__(self, "matrices", A)
        object.__setattr__(self, "values", y)
        object.__setattr__(self, "truth", checked_truth(self.truth, self.shape))

    @classmethod
    def from_file(cls, path: str | os.PathLike[str], *, truth: Any = None) -> Sensing:
        """Return the problem of an ``.npz`` file with ``A``, (m, d, d'), and ``y``, (m,).

        Raises :class:`InputError`.
        """
        from dlnproof.training.problem_file import read_measurements

        matrices, values = read_measurements(path)
        try:
            problem = cls(matrices, values)
        except InputError as error:
            raise InputError(f"sensing file {os.fspath(path)!r}: {error}") from None
        object.__setattr__(problem, "truth", checked_truth(truth, problem.shape))
        return problem

    @property
    def shape(self) -> tuple[int, int]:  # type: ignore[override]
        """(d, d')."""
        _, rows, columns = self.matrices.shape
        return rows, columns

    @cached_property
    def design(self) -> FloatArray:
        """The measurements as rows, (m, d d'): <A_k, W> is row k times W, row after row."""
        return np.asarray(self.matrices.reshape(len(self.matrices), -1))

    def residuals(self, W: FloatArray) -> FloatArray:
        """Return <A_k, W> - y_k, shape (..., m)."""
        # a product of its own for each W: the bits of one do not depend on the others
        rows = W.reshape(*W.shape[:-2], 1, self.design.shape[1])
        return np.asarray(times(rows, self.design.T)[..., 0, :] - self.values)

    @property
    def observations(self) -> int:
        """How many numbers are observed."""
        return len(self.values)

    def loss(self, W: FloatArray) -> FloatArray:
        """Return l(W), shape (...), for W of shape (..., d, d')."""
        residual = self.residuals(W)
        return np.asarray((residual * residual).sum(axis=-1) / 2)

    def gradient(self, W: FloatArray) -> FloatArray:
        """Return G = grad l(W) = sum of (<A_k, W> - y_k) A_k, shape (..., d, d')."""
        residual = self.residuals(W)
        return np.asarray(times(residual[..., None, :], self.design).reshape(W.shape))
