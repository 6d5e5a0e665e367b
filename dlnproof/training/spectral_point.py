"""Matrices held by logarithmic singular values and frames.

W in float64 entries loses its small singular values and the sign of its determinant: along the
norm-divergence flow at depth 2, log10 sigma_2 reaches -1103 at loss 1e-4. W = U diag(exp x) V^T
with U and V orthogonal keeps both: det U det V is the sign, and x any number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training.batch import Batch
from dlnproof.training.frames import times, transposed

INFINITE_DEPTH: Final = 2.0**-900
"""q at infinite depth: in float64, expm1(-2 q x) / q is then 2 x up to sign, sigma^{2q} is 1."""

ROUNDING: Final = 2.0**-49
"""Bounds the relative rounding error of an entry of W, and generously."""

NEAREST: Final = 2.0**-36
"""The least distance kept between log singular values, relative to 1 + |log sigma|.

Where they coincide the frames are not determined, and their velocity has no limit. A coincidence is
broken by this relative change of W, far below any tolerance; the flow then turns the frames where
it must. (Nearer still, the velocities cost the linear solves their digits.)
"""


@dataclass(frozen=True)
class Point(Batch):
    """Matrices W = U diag(exp x) V^T: ``x`` (d, batch), decreasing; ``frames`` (d, d, 2, batch).

    The frames are U and V. ``q`` = 1/N, shape (batch,), :data:`INFINITE_DEPTH` for N infinite.
    """

    q: FloatArray
    x: FloatArray
    frames: FloatArray

    @property
    def U(self) -> FloatArray:
        """The left singular vectors, columns, shape (d, d, batch)."""
        return self.frames[:, :, 0]

    @property
    def V(self) -> FloatArray:
        """The right singular vectors, columns, shape (d, d, batch)."""
        return self.frames[:, :, 1]

    @property
    def W(self) -> FloatArray:
        """The matrices, shape (d, d, batch)."""
        return times(self.U * np.exp(self.x), transposed(self.V))

    def sorted(self) -> Point:
        """Return the same matrices, x decreasing and its entries kept apart by :data:`NEAREST`."""
        apart = NEAREST * (1 + np.abs(self.x[:-1]))
        if (self.x[:-1] - self.x[1:] >= apart).all():
            return self
        order = np.argsort(-self.x, axis=0, kind="stable")
        x = np.take_along_axis(self.x, order, 0)
        for k in range(1, len(x)):
            lower = x[k - 1] - NEAREST * (1 + np.abs(x[k - 1]))
            x[k] = np.where(x[k] > lower, lower, x[k])
        return Point(self.q, x, np.take_along_axis(self.frames, order[None, :, None], 1))


def spectrum(W: FloatArray) -> tuple[FloatArray, NDArray[np.int8]]:
    """Return log singular values, (n, min(d, d')), and the sign of det W.

    It is 0 where rounding hides it, and of rectangular W.
    """
    square = W.shape[-2] == W.shape[-1]
    U, sigma, Vt = np.linalg.svd(W, full_matrices=square)
    with np.errstate(divide="ignore"):
        logs = np.log(sigma)
    if not square:
        return logs, np.zeros(len(W), dtype=np.int8)
    sign = np.sign(np.linalg.det(U) * np.linalg.det(Vt))
    return logs, np.where(lost(logs, W.shape, len(U[0])), 0, sign).astype(np.int8)


def lost(logs: FloatArray, shape: tuple[int, ...], rank: int) -> NDArray[np.bool_]:
    """Return where matrices have a lower rank, to rounding, from log singular values, (n, ...)."""
    unit = max(shape[-2:]) * np.finfo(float).eps
    return np.asarray(np.exp(logs[:, rank - 1]) <= unit * np.exp(logs[:, 0]))
