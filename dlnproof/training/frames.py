"""Small matrices in large batches: shape (d, d, ..., batch), every operation entry by entry.

With the batch as the last axis numpy's loops run over the samples, and no sum mixes two of them or
depends on their number: a sample's bits are the same in whichever batch it is.
"""

from functools import cache
from typing import Any

import numpy as np

from dlnproof.numeric.floats.arrays import FloatArray


def times(A: FloatArray, B: FloatArray) -> FloatArray:
    """Return the products A B, shape (d, d, ..., batch)."""
    total: FloatArray = A[:, 0, None] * B[None, 0]
    for k in range(1, A.shape[1]):
        total += A[:, k, None] * B[None, k]
    return total


def transposed(A: FloatArray) -> FloatArray:
    """Return a view of the transposes."""
    return A.swapaxes(0, 1)


def rows(A: FloatArray) -> FloatArray:
    """Return arrays (..., batch) as (batch, ...)."""
    return np.ascontiguousarray(np.moveaxis(A, -1, 0))


def apply(A: FloatArray, x: FloatArray) -> FloatArray:
    """Return A x, shape (k, batch), for A of shape (k, k', batch) and x of shape (k', batch)."""
    total: FloatArray = A[:, 0] * x[0]
    for k in range(1, len(x)):
        total += A[:, k] * x[k]
    return total


def inverses(A: FloatArray) -> FloatArray:
    """Return the inverses, NaN where there is none."""
    stacked = rows(A)
    try:
        result = np.linalg.inv(stacked)
    except np.linalg.LinAlgError:  # one singular matrix must not take the others with it
        result = np.stack([_inverse(matrix) for matrix in stacked])
    inverse: FloatArray = np.ascontiguousarray(result.transpose(1, 2, 0))
    return inverse


def _inverse(matrix: FloatArray) -> FloatArray:
    try:
        return np.asarray(np.linalg.inv(matrix))
    except np.linalg.LinAlgError:
        return np.full_like(matrix, np.nan)


def half_square(A: FloatArray) -> FloatArray:
    """Return |A|^2 / 2, half the squared Frobenius norms, shape (batch,)."""
    total = np.zeros(A.shape[-1])
    for row in A:
        for entry in row:
            total += entry * entry
    return total / 2


@cache
def pairs(d: int) -> tuple[Any, Any]:
    """Return the index arrays i and l of the pairs i < l."""
    return np.triu_indices(d, 1)


def skew(a: FloatArray, d: int) -> FloatArray:
    """Return the skew-symmetric matrices with entries a, shape (pairs, ...), above the diagonal."""
    i, l = pairs(d)
    A = np.zeros((d, d, *a.shape[1:]))
    A[i, l] = a
    A[l, i] = -a
    return A


def cayley(A: FloatArray) -> FloatArray:
    """Return (I - A/2)^{-1} (I + A/2), a rotation, for skew-symmetric A.

    A^3 = -|a|^2 A for d <= 3, so I + (A + A^2/2) / (1 + |a|^2/4) is exact there.
    """
    d = len(A)
    if d <= 3:
        rotation = times(A, A)
        scale = 1 - sum(rotation[k, k] for k in range(d)) / 8  # the trace is -2 |a|^2
        rotation /= 2
        rotation += A
        rotation /= scale
    else:
        right = np.moveaxis(A.reshape(d, d, -1), -1, 0)
        solved = np.linalg.solve(np.eye(d) - right / 2, right)
        rotation = np.ascontiguousarray(np.moveaxis(solved, 0, -1)).reshape(A.shape)
    rotation[np.arange(d), np.arange(d)] += 1
    return rotation


def turns_left(M: FloatArray) -> FloatArray:
    """Return E M, shape (d, d, pairs, batch), for each E = e_i e_l^T - e_l e_i^T, i < l."""
    d = len(M)
    i, l = pairs(d)
    k = np.arange(len(i))
    result = np.zeros((d, d, len(i), M.shape[-1]))
    result[i, :, k] = M[l]
    result[l, :, k] = -M[i]
    return result


def turns_right(M: FloatArray) -> FloatArray:
    """Return M E, shape (d, d, pairs, batch), for each E = e_i e_l^T - e_l e_i^T, i < l."""
    # (M E)^T = -E M^T
    return -transposed(turns_left(transposed(M)))
