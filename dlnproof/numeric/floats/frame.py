"""The basis u_i v_l^T in which A_{N,W} is diagonal: the one door from W to functions of W."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import FloatArray, in_range
from dlnproof.numeric.floats.decomposition import svd
from dlnproof.numeric.floats.kernels import eigenvalues


def scaled_eigenvalues(sigma: FloatArray, q: float, scale: float) -> FloatArray:
    """Return ``scale`` lambda_il at depth 1/q. Raises :class:`InputError` where they overflow."""
    with np.errstate(all="ignore"):
        return in_range(scale * eigenvalues(sigma, q), "lambda_il")


@dataclass(frozen=True)
class Frame:
    """Singular vectors of W, its singular values, and the eigenvalues of A_{N,W} they belong to."""

    U: FloatArray
    sigma: FloatArray
    Vt: FloatArray
    eigenvalues: FloatArray

    @classmethod
    def at(cls, W: FloatArray, q: float, scale: float) -> Frame:
        """Return the frame at W, for depth 1/q and the operator times ``scale``."""
        U, sigma, Vt = svd(W)
        return cls(U, sigma, Vt, scaled_eigenvalues(sigma, q, scale))

    def coordinates(self, Z: FloatArray) -> FloatArray:
        """Return U^T Z V: entry (i, l) is the coefficient of u_i v_l^T."""
        return np.asarray(np.swapaxes(self.U, -1, -2) @ Z @ np.swapaxes(self.Vt, -1, -2))

    def assembled(self, coordinates: FloatArray) -> FloatArray:
        """Return the matrix with the given coordinates."""
        return np.asarray(self.U @ coordinates @ self.Vt)

    def metric_roots(self) -> FloatArray:
        """Return 1 / sqrt(lambda_il), the lengths of u_i v_l^T under g^N.

        Raises :class:`InputError` where A_{N,W} has an eigenvalue zero.
        """
        vanishing = (self.eigenvalues == 0).any(axis=(-2, -1))
        if vanishing.any():
            where = tuple(int(k) for k in np.argwhere(vanishing)[0])
            name = f"W[{', '.join(map(str, where))}]" if where else "W"
            large, small = self.sigma[where][0], self.sigma[where][-1]
            reason = (
                "expected an invertible matrix: g^N = A^{-1} is infinite there for N >= 2 "
                "(a value <= d eps sigma_1 counts as 0); A itself exists, use operator"
                if small == 0
                else "and lambda_il underflows: divide W by its norm first"
            )
            raise InputError(
                f"{name}: got singular values {large:.3g} down to {small:.3g}, {reason}"
            )
        return np.asarray(1 / np.sqrt(self.eigenvalues))
