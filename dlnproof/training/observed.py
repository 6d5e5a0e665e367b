"""What a problem observes of matrices held by singular values and frames: its loss and gradient.

The loss is half the square of the residuals, linear in W. What the flow needs of them is here, for
each kind of problem, summed entry by entry: a run's bits are the same in whichever batch it is.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np

from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training.completion import Completion
from dlnproof.training.frames import half_square, pairs, times, transposed
from dlnproof.training.problem import Problem
from dlnproof.training.sensing import Sensing
from dlnproof.training.spectral_point import ROUNDING, Point


class Observed(ABC):
    """The m observations of W, <A_k, W>, and what they should be."""

    size: float
    """The largest of sqrt(sum_k <A_k, W>^2) over |W|_F = 1."""

    @staticmethod
    def of(problem: Problem) -> Observed:
        """Return the observations of a square problem."""
        if isinstance(problem, Completion):
            return Entries.of_problem(problem)
        assert isinstance(problem, Sensing)
        return Measured.of_problem(problem)

    @abstractmethod
    def residuals(self, point: Point) -> FloatArray:
        """Return <A_k, W> less what it should be: an array (rows, columns, batch) of them."""

    @abstractmethod
    def gradient(self, residuals: FloatArray) -> FloatArray:
        """Return G = grad l(W) = sum of residuals times A_k, shape (d, d, batch)."""

    @abstractmethod
    def rounding(self, point: Point) -> FloatArray:
        """Bound the rounding errors of ``residuals``, one by one."""

    @abstractmethod
    def images(self, point: Point) -> FloatArray:
        """Return U^T A_k V, shape (d, d, m, batch)."""

    @abstractmethod
    def slopes(self, point: Point) -> FloatArray:
        """Return the derivatives of <A_k, W> in a chart's coordinates, shape (m, d^2, batch).

        In the frames dW is A Sigma + dSigma - Sigma B.
        """

    def loss(self, point: Point) -> FloatArray:
        """Return l(W), shape (batch,)."""
        return half_square(self.residuals(point))

    def noise(self, point: Point) -> FloatArray:
        """Return half the square of the residuals' rounding, shape (batch,)."""
        return half_square(self.rounding(point))


@dataclass(frozen=True)
class Entries(Observed):
    """Observed entries: ``mask`` and ``target``, (d, d, 1), one and b_ij, zero elsewhere.

    The residuals are those of all entries, zero where nothing is observed.
    """

    mask: FloatArray
    target: FloatArray
    size = 1.0

    @classmethod
    def of_problem(cls, problem: Completion) -> Entries:
        """Return the entries that a problem observes."""
        mask, target = np.zeros((2, *problem.shape, 1))
        mask[problem.indices] = 1
        target[problem.indices] = problem.values[:, None]
        return cls(mask, target)

    def residuals(self, point: Point) -> FloatArray:
        """The residuals of all entries."""
        return self.mask * (point.W - self.target)

    def gradient(self, residuals: FloatArray) -> FloatArray:
        """They are the residuals."""
        return residuals

    def rounding(self, point: Point) -> FloatArray:
        """Those of the sums in W."""
        return ROUNDING * self.mask * (_terms(point) + np.abs(self.target))

    def images(self, point: Point) -> FloatArray:
        """Of E_ij they are the products of rows of U and V."""
        rows, columns = np.nonzero(self.mask[..., 0])
        left, right = point.U[rows].swapaxes(0, 1), point.V[columns].swapaxes(0, 1)
        return left[:, None] * right[None]

    def slopes(self, point: Point) -> FloatArray:
        """From the entries of the frames alone."""
        rows, columns = np.nonzero(self.mask[..., 0])
        sigma = np.exp(point.x)
        u, v = point.U[rows], point.V[columns]
        U, V = u * sigma, v * sigma
        i, l = pairs(len(sigma))
        left = u[:, i] * V[:, l] - u[:, l] * V[:, i]
        right = U[:, l] * v[:, i] - U[:, i] * v[:, l]
        return np.concatenate([U * v, left, right], axis=1)


@dataclass(frozen=True)
class Measured(Observed):
    """Linear measurements: ``matrices`` A_k, (d, d, m, 1), and ``values``, (m, 1)."""

    matrices: FloatArray
    values: FloatArray
    size: float

    @classmethod
    def of_problem(cls, problem: Sensing) -> Measured:
        """Return the measurements of a problem."""
        size = float(np.linalg.norm(problem.design, 2))
        return cls(problem.matrices.transpose(1, 2, 0)[..., None], problem.values[:, None], size)

    def residuals(self, point: Point) -> FloatArray:
        """A row of them."""
        return (_measured(self.matrices, point.W) - self.values)[None]

    def gradient(self, residuals: FloatArray) -> FloatArray:
        """The sum over k, in their order."""
        total: FloatArray = self.matrices[:, :, 0] * residuals[0, 0]
        for k in range(1, len(self.values)):
            total += self.matrices[:, :, k] * residuals[0, k]
        return total

    def rounding(self, point: Point) -> FloatArray:
        """Those of the sums in W, and of those over its entries."""
        terms = _measured(np.abs(self.matrices), _terms(point)) + np.abs(self.values)
        return np.asarray(ROUNDING * terms[None])

    def images(self, point: Point) -> FloatArray:
        """Two products for each k."""
        return times(transposed(point.U)[:, :, None], times(self.matrices, point.V[:, :, None]))

    def slopes(self, point: Point) -> FloatArray:
        """From the images."""
        M, sigma = self.images(point), np.exp(point.x)
        i, l = pairs(len(sigma))
        r = np.arange(len(sigma))
        upper, lower = M[i, l].swapaxes(0, 1), M[l, i].swapaxes(0, 1)
        left = upper * sigma[l] - lower * sigma[i]
        right = lower * sigma[l] - upper * sigma[i]
        return np.concatenate([M[r, r].swapaxes(0, 1) * sigma, left, right], axis=1)


def _terms(point: Point) -> FloatArray:
    """Return the sums of the sizes of what an entry of W is summed from."""
    return times(np.abs(point.U) * np.exp(point.x), transposed(np.abs(point.V)))


def _measured(matrices: FloatArray, W: FloatArray) -> FloatArray:
    """Return <A_k, W>, shape (m, batch)."""
    total: FloatArray = matrices[0, 0] * W[0, 0]
    for i, row in enumerate(W):
        for j, entry in enumerate(row):
            if i or j:
                total += matrices[i, j] * entry
    return total
