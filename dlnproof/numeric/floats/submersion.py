"""The map phi from factors to the end-to-end matrix as a submersion: minimal-norm preimages.

With P_j = W_N ... W_{j+1} and R_j = W_{j-1} ... W_1 the derivative of phi is
dphi(A) = sum_j P_j A_j R_j, its adjoint dphi^*(Y) = (P_j^T Y R_j^T)_j. At balanced factors
dphi dphi^* is N A_{N,W}, so the lift's squared norm is the metric in "sum" normalisation.
"""

from itertools import accumulate
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import (
    FloatArray,
    as_factors,
    as_matrices,
    check_together,
    in_range,
)

_EPSILON: Final = float(np.finfo(np.float64).eps)


@np.errstate(all="ignore")
def horizontal_lift(Z: ArrayLike, factors: Any) -> FloatArray:
    """Return dphi^*(dphi dphi^*)^+ Z, the shortest (A_1, ..., A_N) with dphi(A) = Z.

    ``factors`` has shape (N, ..., d, d), W_1 first; Z has shape (..., d, d), and the batches
    broadcast; the result has shape (N, ..., d, d). The lift is orthogonal to ker dphi. At balanced
    factors of rank r <= d, Z must be tangent to the matrices of rank r, and the squared norm is
    Tr(Z^T (N A_{N,W})^+ Z). A singular value of dphi at or below N d^2 eps times the largest counts
    as zero. Guaranteed: relative error 30 N d^2 eps kappa in the Frobenius norm, kappa the largest
    over the smallest nonzero singular value of dphi; for balanced factors
    kappa <= sqrt(N) (sigma_1/sigma_r)^{1-1/N}. Cost: an SVD of d^2 x N d^2. Raises
    :class:`~dlnproof.errors.InputError`, also for Z outside the range of dphi by more than
    30 N d^2 eps kappa |Z|. Source: MY2025; M2024 (slides "Theorem 13").

    >>> horizontal_lift([[4, 5], [0, 0]], [[[2, 0], [0, 1]], [[2, 0], [0, 1]]])
    array([[[1., 2.],
            [0., 0.]],
    <BLANKLINE>
           [[1., 1.],
            [0., 0.]]])
    """
    layers, direction = as_factors(factors), as_matrices(Z, "Z")
    check_together(Z=direction, W_1=layers[0])
    N, d = len(layers), layers.shape[-1]
    # dphi is homogeneous: with layers of norm at most 1 no product of them overflows
    size = np.linalg.norm(in_range(layers, "factors"), 2, axis=(-2, -1)).max(axis=0)
    unit = np.where(size == 0, 1.0, size)[..., None, None]
    U, s, Vt = np.linalg.svd(_derivative(layers / unit), full_matrices=False)
    floor = N * d * d * _EPSILON
    kept = s > floor * s[..., :1]
    inverse = np.where(kept, 1 / np.where(kept, s, 1.0), 0.0)
    largest = np.abs(direction).max(axis=(-2, -1), keepdims=True)
    length = np.exp2(np.frexp(largest)[1] - 1.0)  # a power of two: dividing by it is exact
    vector = (direction / length).reshape(*direction.shape[:-2], d * d, 1)
    coordinates = np.swapaxes(U, -1, -2) @ vector
    _check_tangent(vector, U @ (kept[..., None] * coordinates), 30 * floor * s[..., 0], kept, s)
    lifted = np.swapaxes(Vt, -1, -2) @ (inverse[..., None] * coordinates)
    stacked = np.moveaxis(lifted.reshape(*lifted.shape[:-2], N, d, d), -3, 0)
    return in_range(stacked * (length * unit ** float(1 - N)), "horizontal_lift")


def _derivative(factors: FloatArray) -> FloatArray:
    """Return the matrix of dphi: rows are the entries of Z, columns those of A_1, ..., A_N."""
    N, d = len(factors), factors.shape[-1]
    eye = np.broadcast_to(np.eye(d), factors.shape[1:])
    right = np.stack(list(accumulate(factors[:-1], lambda R, W: W @ R, initial=eye)))
    left = np.stack(list(accumulate(factors[:0:-1], lambda P, W: P @ W, initial=eye))[::-1])
    blocks = np.einsum("j...ac,j...eb->...abjce", left, right)
    return np.asarray(blocks.reshape(*factors.shape[1:-2], d * d, N * d * d))


def _check_tangent(
    vector: FloatArray, projected: FloatArray, noise: FloatArray, kept: FloatArray, s: FloatArray
) -> None:
    """Raise :class:`InputError` unless the projection on dphi's range leaves Z where it is."""
    smallest = np.where(kept, s, np.inf).min(axis=-1)
    length = np.linalg.norm(vector, axis=(-2, -1))
    outside = np.linalg.norm(vector - projected, axis=(-2, -1))
    full = kept.all(axis=-1)
    off = ~full & (outside > noise / smallest * length)
    if off.any():
        where = tuple(int(k) for k in np.argwhere(off)[0])
        name = f"Z[{', '.join(map(str, where))}]" if where else "Z"
        rank = int(np.broadcast_to(kept.sum(axis=-1), off.shape)[where])
        part = float(np.broadcast_to(outside / length, off.shape)[where])
        raise InputError(
            f"{name}: got {part:.2g} of its norm outside the range of dphi, of dimension {rank} of "
            f"{kept.shape[-1]} at these factors, expected a tangent vector: at rank r the "
            "component u_i v_l^T with i, l > r is none, remove it"
        )
