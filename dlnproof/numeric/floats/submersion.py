"""The map phi from factors to the end-to-end matrix as a submersion: minimal-norm preimages.

With P_j = W_N ... W_{j+1} and R_j = W_{j-1} ... W_1 the derivative of phi is
dphi(A) = sum_j P_j A_j R_j, its adjoint dphi^*(Y) = (P_j^T Y R_j^T)_j. At balanced factors
dphi dphi^* is N A_{N,W}, so the lift's squared norm is the metric in "sum" normalisation.
"""

from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import (
    Array,
    as_factors,
    as_matrices,
    check_together,
    epsilon,
    first,
    home_of,
    in_range,
    known,
    like,
    namespace,
)
from dlnproof.numeric.floats.decomposition import decomposable
from dlnproof.numeric.floats.differentiation import differentiable


@np.errstate(all="ignore")
def horizontal_lift(Z: ArrayLike, factors: Any) -> Array:
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
    Arrays of torch and jax come back as what they are, with derivatives (docs/arrays.md); of
    float32, eps is 1.2e-7, and 1e-12 reads 1e-5.

    >>> horizontal_lift([[4, 5], [0, 0]], [[[2, 0], [0, 1]], [[2, 0], [0, 1]]])
    array([[[1., 2.],
            [0., 0.]],
    <BLANKLINE>
           [[1., 1.],
            [0., 0.]]])
    """
    home = home_of(factors=factors, Z=Z)
    layers, direction = as_factors(factors, home), as_matrices(Z, "Z", home)
    check_together(Z=direction, W_1=layers[0])
    return differentiable(_shortest, _by_pseudoinverse, direction, layers)


def _shortest(direction: Array, layers: Array) -> Array:
    """Return the lift, by the singular value decomposition of dphi."""
    N, d, xp = len(layers), layers.shape[-1], namespace(layers)
    # dphi is homogeneous: with layers of norm at most 1 no product of them overflows
    layers, factor = decomposable(in_range(layers, "factors"))
    norms = xp.linalg.matrix_norm(layers, ord=2)
    size = xp.max(norms, axis=0)
    unit = xp.where(size == 0, xp.ones_like(size), size)[..., None, None]
    U, s, Vt = xp.linalg.svd(_derivative(layers / unit), full_matrices=False)
    floor = N * d * d * epsilon(layers)
    kept = s > floor * s[..., :1]
    inverse = xp.where(kept, 1 / xp.where(kept, s, xp.ones_like(s)), xp.zeros_like(s))
    largest = xp.max(xp.abs(direction), axis=(-2, -1), keepdims=True)
    length = xp.exp2(xp.frexp(largest)[1] - 1.0)  # a power of two: dividing by it is exact
    vector = (direction / length).reshape(*direction.shape[:-2], d * d, 1)
    coordinates = U.mT @ vector
    noise = 30 * floor * s[..., 0]
    _check_tangent(vector, U @ (kept[..., None] * coordinates), noise, kept, s)
    lifted = Vt.mT @ (inverse[..., None] * coordinates)
    stacked = layers_first(lifted, N, d)
    back = length * unit ** float(1 - N)
    if not isinstance(factor, float):
        back = back * xp.prod(factor, axis=0)
    return in_range(stacked * back, "horizontal_lift")


def layers_first(column: Array, N: int, d: int) -> Array:
    """Return the entries of A_1, ..., A_N, shape (..., N d^2, 1), as (N, ..., d, d)."""
    layers = column.reshape(*column.shape[:-2], N, d, d)
    return namespace(column).stack([layers[..., j, :, :] for j in range(N)])


def _by_pseudoinverse(direction: Array, layers: Array) -> Array:
    """Return the same by a pseudoinverse, which libraries differentiate rightly."""
    N, d, xp = len(layers), layers.shape[-1], namespace(layers)
    derivative, factor = decomposable(_derivative(layers))
    inverse = factor * xp.linalg.pinv(derivative, rtol=N * d * d * epsilon(layers))
    return layers_first(inverse @ direction.reshape(*direction.shape[:-2], d * d, 1), N, d)


def _derivative(factors: Array) -> Array:
    """Return the matrix of dphi: rows are the entries of Z, columns those of A_1, ..., A_N."""
    N, d = len(factors), factors.shape[-1]
    xp = namespace(factors)
    eye = xp.broadcast_to(like(factors, np.eye(d)), factors.shape[1:])
    layers = [factors[j] for j in range(N)]
    right = xp.stack(list(accumulate(layers[:-1], lambda R, W: W @ R, initial=eye)))
    left = xp.stack(list(accumulate(layers[:0:-1], lambda P, W: P @ W, initial=eye))[::-1])
    blocks = xp.einsum("j...ac,j...eb->...abjce", left, right)
    return blocks.reshape(*factors.shape[1:-2], d * d, N * d * d)


def _check_tangent(vector: Array, projected: Array, noise: Array, kept: Array, s: Array) -> None:
    """Raise :class:`InputError` unless the projection on dphi's range leaves Z where it is."""
    xp = namespace(s)
    smallest = xp.min(xp.where(kept, s, xp.full_like(s, xp.inf)), axis=-1)
    length = xp.linalg.matrix_norm(vector)
    outside = xp.linalg.matrix_norm(vector - projected)
    full = xp.all(kept, axis=-1)
    off = ~full & (outside > noise / smallest * length)
    if known(xp.any(off)):
        where = first(off) if off.ndim else ()
        name = f"Z[{', '.join(map(str, where))}]" if where else "Z"
        rank = int(xp.broadcast_to(xp.sum(kept, axis=-1), off.shape)[where])
        part = float(xp.broadcast_to(outside / length, off.shape)[where])
        raise InputError(
            f"{name}: got {part:.2g} of its norm outside the range of dphi, of dimension {rank} of "
            f"{kept.shape[-1]} at these factors, expected a tangent vector: at rank r the "
            "component u_i v_l^T with i, l > r is none, remove it"
        )
