"""The singular value decomposition, and the one rule for when a float matrix is singular.

The SVD of an exactly singular float matrix rarely has an exact zero: for [[1, 2], [2, 4]] it finds
2e-16. Its error is of the order of eps sigma_1, so a value below that carries no information.
The rule is that of ``numpy.linalg.matrix_rank``: sigma_i <= d eps sigma_1 counts as zero, with the
eps of the matrix's dtype.
"""

import math

import numpy as np

from dlnproof.numeric.floats.arrays import (
    Array,
    epsilon,
    in_range,
    known,
    library,
    namespace,
)


@np.errstate(all="ignore")
def _resolved(sigma: Array) -> Array:
    """Return decreasing singular values, those at or below d eps sigma_1 replaced by zero."""
    in_range(sigma, "W")
    xp = namespace(sigma)
    threshold = sigma.shape[-1] * epsilon(sigma) * sigma[..., :1]
    return xp.where(sigma <= threshold, xp.zeros_like(sigma), sigma)


def decomposable(matrices: Array) -> tuple[Array, Array | float]:
    """Return matrices that torch decomposes, and a factor: NaN for those that are not finite.

    Where values cannot be looked at, under ``vmap``, a NaN gets as far as here, and torch would
    raise for the whole batch. Other libraries decompose it to NaN.
    """
    if library(matrices) != "torch":
        return matrices, 1.0
    import torch

    finite = torch.isfinite(matrices).all(-1, keepdim=True).all(-2, keepdim=True)
    if known(torch.all(finite)):
        return matrices, 1.0
    factor = torch.where(finite, 1.0, math.nan).to(matrices.dtype)
    return torch.nan_to_num(matrices, 0.0, 0.0, 0.0), factor


def svd(W: Array) -> tuple[Array, Array, Array]:
    """Return U, the resolved singular values in decreasing order, and V^T."""
    W, factor = decomposable(W)
    U, sigma, Vt = namespace(W).linalg.svd(W, full_matrices=W.shape[-1] == W.shape[-2])
    return U, _resolved(sigma if isinstance(factor, float) else sigma * factor[..., 0]), Vt


def singular_values(W: Array) -> Array:
    """Return the resolved singular values in decreasing order, shape (..., d)."""
    W, factor = decomposable(W)
    sigma = namespace(W).linalg.svdvals(W)
    return _resolved(sigma if isinstance(factor, float) else sigma * factor[..., 0])
