"""The singular value decomposition, and the one rule for when a float matrix is singular.

The SVD of an exactly singular float matrix rarely has an exact zero: for [[1, 2], [2, 4]] it finds
2e-16. Its error is of the order of eps sigma_1, so a value below that carries no information.
The rule is that of ``numpy.linalg.matrix_rank``: sigma_i <= d eps sigma_1 counts as zero.
"""

from typing import Final

import numpy as np

from dlnproof.numeric.floats.arrays import FloatArray, in_range

_EPSILON: Final = np.finfo(np.float64).eps


@np.errstate(all="ignore")
def _resolved(sigma: FloatArray) -> FloatArray:
    """Return decreasing singular values, those at or below d eps sigma_1 replaced by zero."""
    in_range(sigma, "W")
    threshold = sigma.shape[-1] * _EPSILON * sigma[..., :1]
    return np.where(sigma <= threshold, 0.0, sigma)


def svd(W: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return U, the resolved singular values in decreasing order, and V^T."""
    U, sigma, Vt = np.linalg.svd(W)
    return U, _resolved(sigma), Vt


def singular_values(W: FloatArray) -> FloatArray:
    """Return the resolved singular values in decreasing order, shape (..., d)."""
    return _resolved(np.asarray(np.linalg.svd(W, compute_uv=False), dtype=np.float64))
