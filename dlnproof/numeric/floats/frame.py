"""The basis u_i v_l^T in which A_{N,W} is diagonal: the one door from W to functions of W."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import Array, first, in_range, known, namespace
from dlnproof.numeric.floats.decomposition import svd
from dlnproof.numeric.floats.kernels import eigenvalues


def scaled_eigenvalues(sigma: Array, q: float, scale: float) -> Array:
    """Return ``scale`` lambda_il at depth 1/q. Raises :class:`InputError` where they overflow."""
    with np.errstate(all="ignore"):
        return in_range(scale * eigenvalues(sigma, q), "lambda_il")


@dataclass(frozen=True)
class Frame:
    """Singular vectors of W, its singular values, and the eigenvalues of A_{N,W} they belong to."""

    U: Array
    sigma: Array
    Vt: Array
    eigenvalues: Array

    @classmethod
    def at(cls, W: Array, q: float, scale: float) -> Frame:
        """Return the frame at W, for depth 1/q and the operator times ``scale``."""
        U, sigma, Vt = svd(W)
        return cls(U, sigma, Vt, scaled_eigenvalues(sigma, q, scale))

    def coordinates(self, Z: Array) -> Array:
        """Return U^T Z V: entry (i, l) is the coefficient of u_i v_l^T."""
        return self.U.mT @ Z @ self.Vt.mT

    def assembled(self, coordinates: Array) -> Array:
        """Return the matrix with the given coordinates."""
        return self.U @ coordinates @ self.Vt

    def metric_roots(self) -> Array:
        """Return 1 / sqrt(lambda_il), the lengths of u_i v_l^T under g^N.

        Raises :class:`InputError` where A_{N,W} has an eigenvalue zero.
        """
        xp = namespace(self.sigma)
        vanishing = xp.any(self.eigenvalues == 0, axis=(-2, -1))
        if known(xp.any(vanishing)):
            where = first(vanishing) if vanishing.ndim else ()
            name = f"W[{', '.join(map(str, where))}]" if where else "W"
            large, small = (float(self.sigma[where][k]) for k in (0, -1))
            reason = (
                "expected an invertible matrix: g^N = A^{-1} is infinite there for N >= 2 "
                "(a value <= d eps sigma_1 counts as 0); A itself exists, use operator"
                if small == 0
                else "and lambda_il underflows: divide W by its norm first"
            )
            raise InputError(
                f"{name}: got singular values {large:.3g} down to {small:.3g}, {reason}"
            )
        return 1 / xp.sqrt(self.eigenvalues)
