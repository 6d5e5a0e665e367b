"""The singular value decomposition, and the one rule for when a float matrix is singular.

The SVD of an exactly singular float matrix rarely has an exact zero: for [[1, 2], [2, 4]] it finds
2e-16. Its error is of the order of eps sigma_1, so a value below that carries no information.
The rule is that of ``numpy.linalg.matrix_rank``: sigma_i <= d eps sigma_1 counts as zero, with the
eps of the matrix's dtype.
"""

import numpy as np

from dlnproof.numeric.floats.arrays import Array, epsilon, in_range, namespace


@np.errstate(all="ignore")
def _resolved(sigma: Array) -> Array:
    """Return decreasing singular values, those at or below d eps sigma_1 replaced by zero."""
    in_range(sigma, "W")
    xp = namespace(sigma)
    threshold = sigma.shape[-1] * epsilon(sigma) * sigma[..., :1]
    return xp.where(sigma <= threshold, xp.zeros_like(sigma), sigma)


def svd(W: Array) -> tuple[Array, Array, Array]:
    """Return U, the resolved singular values in decreasing order, and V^T."""
    U, sigma, Vt = namespace(W).linalg.svd(W, full_matrices=W.shape[-1] == W.shape[-2])
    return U, _resolved(sigma), Vt


def singular_values(W: Array) -> Array:
    """Return the resolved singular values in decreasing order, shape (..., d)."""
    return _resolved(namespace(W).linalg.svdvals(W))
