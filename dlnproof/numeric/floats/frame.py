"""The basis u_i v_l^T in which A_{N,W} is diagonal: the one door from W to functions of W.

Of an m x n matrix the first k singular vectors span a k x k block, with the eigenvalues lambda_il.
The other directions that keep rank k are edges, u_i x^T and y v_i^T with x, y orthogonal to all
v_l and u_l: they have the eigenvalue of sigma_i beside zero, (1/N) sigma_i^{2 - 2/N}.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import Array, epsilon, first, in_range, known, namespace
from dlnproof.numeric.floats.decomposition import svd
from dlnproof.numeric.floats.kernels import edge_eigenvalues, eigenvalues


def scaled_eigenvalues(sigma: Array, q: float, scale: float) -> Array:
    """Return ``scale`` lambda_il at depth 1/q. Raises :class:`InputError` where they overflow."""
    with np.errstate(all="ignore"):
        return in_range(scale * eigenvalues(sigma, q), "lambda_il")


def scaled_edges(sigma: Array, q: float, scale: float) -> Array:
    """Return the same of each value beside a zero."""
    with np.errstate(all="ignore"):
        return in_range(scale * edge_eigenvalues(sigma, q), "lambda_i0")


def check_edges(q: float, shape: tuple[int, ...], rank: int | None = None) -> None:
    """Raise :class:`InputError` where g^N of infinite depth would be infinite: at edges."""
    m, n = shape[-2:]
    if q == 0 and not m == n == (rank or n):
        raise InputError(
            f"depth: got infinity at matrices of shape ({m}, {n}) and rank {rank or min(m, n)}, "
            "expected a finite depth: directions that turn the image or the kernel of W have "
            "infinite length there; only square matrices of full rank have that metric"
        )


@dataclass(frozen=True)
class Coordinates:
    """A matrix in a frame: U^T Z V, and what of Z V and U^T Z is orthogonal to U and V, if any."""

    inner: Array
    left: Array | None
    right: Array | None

    def parts(self) -> tuple[Array, ...]:
        """Return what there is of them."""
        return tuple(x for x in (self.inner, self.left, self.right) if x is not None)


@dataclass(frozen=True)
class Frame:
    """Singular vectors of W, its singular values, and the eigenvalues of A_{N,W} they belong to."""

    U: Array
    sigma: Array
    Vt: Array
    eigenvalues: Array
    edges: Array

    @classmethod
    def at(cls, W: Array, q: float, scale: float, rank: int | None = None) -> Frame:
        """Return the frame at W, for depth 1/q and the operator times ``scale``.

        Of a rank, if less than the largest of the shape.
        """
        U, sigma, Vt = svd(W, rank)
        square = W.shape[-1] == W.shape[-2] == sigma.shape[-1]
        edges = sigma if square else scaled_edges(sigma, q, scale)  # there are none
        return cls(U, sigma, Vt, scaled_eigenvalues(sigma, q, scale), edges)

    @property
    def shape(self) -> tuple[int, int]:
        """The shape of W."""
        return self.U.shape[-2], self.Vt.shape[-1]

    def coordinates(self, Z: Array) -> Coordinates:
        """Return the coordinates of Z: entry (i, l) of the first is the one of u_i v_l^T."""
        (m, n), k = self.shape, self.sigma.shape[-1]
        inner = self.U.mT @ Z @ self.Vt.mT
        left = Z @ self.Vt.mT - self.U @ inner if m > k else None
        right = self.U.mT @ Z - inner @ self.Vt if n > k else None
        return Coordinates(inner, left, right)

    def assembled(self, of: Coordinates) -> Array:
        """Return the matrix with the given coordinates."""
        found = self.U @ of.inner @ self.Vt
        if of.left is not None:
            found = found + of.left @ self.Vt
        if of.right is not None:
            found = found + self.U @ of.right
        return found

    def times(self, values: Array, edges: Array, of: Coordinates) -> Coordinates:
        """Return coordinates, each times a function of its eigenvalue."""
        return Coordinates(
            values * of.inner,
            None if of.left is None else of.left * edges[..., None, :],
            None if of.right is None else edges[..., :, None] * of.right,
        )

    def check_tangent(self, Z: Array, of: Coordinates, name: str = "Z") -> None:
        """Raise :class:`InputError` unless Z is tangent to the matrices of the frame's rank."""
        (m, n), k, xp = self.shape, self.sigma.shape[-1], namespace(Z)
        if k in (m, n):
            return
        outside = xp.linalg.matrix_norm(Z - self.assembled(of))
        length = xp.linalg.matrix_norm(Z)
        noise = 30 * max(m, n) * epsilon(Z) * self.sigma[..., 0] / self.sigma[..., -1]
        off = outside > noise * length
        if known(xp.any(off)):
            where = first(off) if off.ndim else ()
            at = f"{name}[{', '.join(map(str, where))}]" if where else name
            part = float(xp.broadcast_to(outside / length, off.shape)[where])
            raise InputError(
                f"{at}: got {part:.2g} of its norm in directions that leave rank {k}, expected a "
                "tangent vector: the components u_i v_l^T with i, l > rank are none, remove them"
            )

    def metric_roots(self) -> tuple[Array, Array]:
        """Return 1 / sqrt(lambda), the lengths of the basis under g^N: of u_i v_l^T, and of edges.

        Raises :class:`InputError` where A_{N,W} has an eigenvalue zero.
        """
        (m, n), k, xp = self.shape, self.sigma.shape[-1], namespace(self.sigma)
        vanishing = xp.any(self.eigenvalues == 0, axis=(-2, -1))
        beside = m + n > 2 * k
        if beside:
            vanishing = vanishing | xp.any(self.edges == 0, axis=-1)
        if known(xp.any(vanishing)):
            where = first(vanishing) if vanishing.ndim else ()
            name = f"W[{', '.join(map(str, where))}]" if where else "W"
            large, small = (float(self.sigma[where][j]) for j in (0, -1))
            if small == 0:
                kind = "an invertible matrix" if m == n == k else f"a matrix of rank {k}"
                reason = (
                    f"expected {kind}: g^N = A^{{-1}} is infinite there for N >= 2 (a value <= d "
                    "eps sigma_1 counts as 0); A itself exists, use operator; along matrices of "
                    "the rank of W, name it: rank=..."
                )
            else:
                reason = "and lambda_il underflows: divide W by its norm first"
            raise InputError(
                f"{name}: got singular values {large:.3g} down to {small:.3g}, {reason}"
            )
        lengths = 1 / xp.sqrt(self.eigenvalues)
        return lengths, (1 / xp.sqrt(self.edges) if beside else self.edges)
