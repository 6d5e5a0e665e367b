"""The singular value decomposition, and the one rule for when a float matrix is singular.

The SVD of an exactly singular float matrix rarely has an exact zero: for [[1, 2], [2, 4]] it finds
2e-16. Its error is of the order of eps sigma_1, so a value below that carries no information.
The rule is that of ``numpy.linalg.matrix_rank``: sigma_i <= d eps sigma_1 counts as zero, with the
eps of the matrix's dtype and d the larger of its sides.
"""

import math
from typing import Any

import numpy as np

from dlnproof.errors import InputError
from dlnproof.limits import whole
from dlnproof.numeric.floats.arrays import (
    Array,
    epsilon,
    first,
    in_range,
    known,
    library,
    namespace,
)


@np.errstate(all="ignore")
def _resolved(sigma: Array, W: Array) -> Array:
    """Return decreasing singular values, those at or below d eps sigma_1 replaced by zero."""
    in_range(sigma, "W")
    xp = namespace(sigma)
    threshold = max(W.shape[-2:]) * epsilon(sigma) * sigma[..., :1]
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


def svd(W: Array, rank: int | None = None) -> tuple[Array, Array, Array]:
    """Return U, the resolved singular values in decreasing order, and V^T: min(m, n) of them.

    With ``rank`` the first so many; raises :class:`InputError` where another is not zero.
    """
    W, factor = decomposable(W)
    U, sigma, Vt = namespace(W).linalg.svd(W, full_matrices=W.shape[-1] == W.shape[-2])
    sigma = _resolved(sigma if isinstance(factor, float) else sigma * factor[..., 0], W)
    if rank is None:
        return U, sigma, Vt
    return U[..., :rank], _first(sigma, rank), Vt[..., :rank, :]


def singular_values(W: Array, rank: int | None = None) -> Array:
    """Return the resolved singular values in decreasing order, (..., min(m, n)), or the first."""
    W, factor = decomposable(W)
    sigma = namespace(W).linalg.svdvals(W)
    sigma = _resolved(sigma if isinstance(factor, float) else sigma * factor[..., 0], W)
    return sigma if rank is None else _first(sigma, rank)


def as_rank(rank: Any, W: Array) -> int | None:
    """Return the rank of matrices, None where it is the largest of their shape.

    Raises :class:`InputError`.
    """
    most = min(W.shape[-2:])
    found = most if rank is None else whole("rank", rank, 1, most)
    return None if found == most else found


def _first(sigma: Array, rank: int) -> Array:
    """Return the first values of matrices of a rank. Raises :class:`InputError` at a higher one."""
    higher = namespace(sigma).any(sigma[..., rank:] > 0, axis=-1)
    if known(namespace(sigma).any(higher)):
        where = first(higher) if higher.ndim else ()
        name = f"W[{', '.join(map(str, where))}]" if where else "W"
        raise InputError(
            f"{name}: got sigma_{rank + 1} = {float(sigma[where][rank]):.3g} beside sigma_1 = "
            f"{float(sigma[where][0]):.3g}, expected a matrix of rank {rank}; take truncate(W, "
            f"{rank}), or leave the rank out"
        )
    return sigma[..., :rank]
