"""Distances in g^N that are known: to matrices of lower rank, and bounds below between two.

The roots sigma_i^(1/N) move no faster than W (claim distance-lower-bound), and exactly as fast
where the singular vectors stay: so a path is at least as long as that of its sorted roots, which is
at least the distance of their ends.
"""

import numpy as np
from numpy.typing import ArrayLike

from dlnproof.depth import Depth
from dlnproof.limits import whole
from dlnproof.numeric.floats.arrays import (
    Array,
    as_rectangular,
    check_together,
    home_of,
    in_range,
    namespace,
    number,
)
from dlnproof.numeric.floats.decomposition import singular_values, svd
from dlnproof.numeric.floats.differentiation import no_derivative
from dlnproof.numeric.normalization import Normalization, inverse_depth_and_scale

_UNDERIVED = "a distance"


def truncate(W: ArrayLike, rank: int) -> Array:
    """Return W with all but its ``rank`` largest singular values replaced by 0.

    A nearest matrix of at most this rank, for g^N of any finite depth as for the Frobenius norm:
    :func:`distance_to_rank` is how far it is. W and the result have shape (..., m, n), 0 <= rank <=
    min(m, n). Where sigma_r = sigma_{r+1} it is one of several, as the SVD chooses. Guaranteed:
    error 100 eps sigma_1, times sigma_1/(sigma_r - sigma_{r+1}) if that is more. Raises
    :class:`~dlnproof.errors.InputError`. Source: our proof, from the claim distance-lower-bound; of
    one factor Eckart and Young (1936).
    Arrays of torch and jax come back as what they are, without derivatives (docs/arrays.md).

    >>> truncate([[2, 0], [0, 1]], 1)
    array([[2., 0.],
           [0., 0.]])
    """
    matrices = as_rectangular(W, "W")
    r = _rank(rank, min(matrices.shape[-2:]))
    U, sigma, Vt = svd(no_derivative(matrices, "a truncated matrix"))
    found = (U[..., :, :r] * sigma[..., None, :r]) @ Vt[..., :r, :]
    return in_range(found, "truncate")


def distance_to_rank(
    W: ArrayLike, rank: int, depth: Depth, *, normalization: Normalization = "mean"
) -> Array:
    """Return the distance of W, in g^N, from the matrices of at most a rank.

    It is sqrt(N sum_{i > r} sigma_i^{2/N}) for "sum", and sqrt(N) times that for "mean", in the
    completion of the metric; at infinite depth (and r < d) infinite. :func:`truncate` is a nearest
    one, rank d - 1 the singular matrices, and rank 0 the apex of the cone. W has shape (..., m, n),
    d the smaller of them, 0 <= rank <= d; the result has the batch's shape, a number if there is
    none. Guaranteed: error 1e-12 + 10 max(m, n) eps sigma_1/sigma_d, relative; values at or below
    max(m, n) eps sigma_1 count as 0. Cost: one SVD without vectors. Raises
    :class:`~dlnproof.errors.InputError`. Source: our proof, from the claim distance-lower-bound.
    Arrays of torch and jax come back as what they are, without derivatives (docs/arrays.md).

    >>> round(float(distance_to_rank([[4, 0], [0, 1]], 1, 2, normalization="sum")) ** 2, 12)
    2.0
    >>> float(distance_to_rank([[3, 0], [0, 4]], 0, 1))
    5.0
    """
    q, scale = inverse_depth_and_scale(depth, normalization)
    matrices = as_rectangular(W, "W")
    r = _rank(rank, min(matrices.shape[-2:]))
    sigma = singular_values(no_derivative(matrices, _UNDERIVED))[..., r:]
    xp = namespace(sigma)
    if q == 0:
        found = xp.sum(xp.where(sigma == 0, sigma, np.inf + 0 * sigma), axis=-1)
    else:
        found = _norm(sigma**q) / (q * scale**0.5)
    return number(found)


def distance_lower_bound(
    W1: ArrayLike, W2: ArrayLike, depth: Depth, *, normalization: Normalization = "mean"
) -> Array:
    """Return a lower bound of the distance of two matrices, in g^N.

    It is sqrt(N) |sigma(W1)^{1/N} - sigma(W2)^{1/N}| for "sum", N times that for "mean", of the
    sorted singular values; at infinite depth |log sigma(W1) - log sigma(W2)|. It is the distance
    where W1 and W2 have the same singular vectors, in the same order: W2 = U S V^T with the U and V
    of W1 and S sorted. Of diag(2, 1) and diag(1, 2) it is 0, and the distance is not. W1 and W2
    have shapes (..., m, n) whose batches broadcast; the result has the batch's shape, a number if
    there is none. Singular ones are allowed at finite depth; at infinite depth the bound is
    infinite where one is singular and the other not, and where both are NaN in place of what
    depends on the way.
    Guaranteed: error 1e-12 of the norm of both, and what eps sigma_1 is of the smaller roots. Cost:
    two SVDs without vectors. Raises :class:`~dlnproof.errors.InputError`. Source: our proof, from
    the claim distance-lower-bound; of one factor Mirsky (1960).
    Arrays of torch and jax come back as what they are, without derivatives (docs/arrays.md).

    >>> W = np.diag([9.0, 4.0])
    >>> round(float(distance_lower_bound(W, np.eye(2), 2)) ** 2, 12)  # 4 ((3 - 1)^2 + (2 - 1)^2)
    20.0
    """
    q, scale = inverse_depth_and_scale(depth, normalization)
    home = home_of(W1=W1, W2=W2)
    matrices = {"W1": as_rectangular(W1, "W1", home), "W2": as_rectangular(W2, "W2", home)}
    check_together(**matrices)
    one, two = (singular_values(no_derivative(W, _UNDERIVED)) for W in matrices.values())
    xp = namespace(one)
    with np.errstate(all="ignore"):
        if q == 0:
            found = _norm(xp.log(one) - xp.log(two))
        else:
            found = _norm(one**q - two**q) / (q * scale**0.5)
    return number(found)


def _norm(rows: Array) -> Array:
    """Return Euclidean norms along the last axis."""
    xp = namespace(rows)
    if rows.shape[-1] == 0:
        return xp.sum(rows, axis=-1)
    return xp.linalg.vector_norm(rows, axis=-1)


def _rank(rank: object, width: int) -> int:
    return whole("rank", rank, 0, width)
