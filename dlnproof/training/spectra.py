"""The determinant and the singular values of a product of factors, where W no longer holds them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from dlnproof.numeric.floats.arrays import FloatArray


def determinant(factors: Sequence[FloatArray]) -> tuple[NDArray[np.int8], FloatArray | None]:
    """Return the sign of det(W_N ... W_1) and log |det|, each (n,); 0 and None if not square.

    They come from the factors, (n, d_j, d_{j-1}) each, whose determinants neither underflow nor
    lose their sign where those of W do. Each is as good as the condition number of W_j allows. Zero
    hidden by a narrower layer is exact: the sign is 0, the logarithm -inf.
    """
    n, rows, columns = len(factors[0]), factors[-1].shape[1], factors[0].shape[2]
    if rows != columns:
        return np.zeros(n, dtype=np.int8), None
    if min(factor.shape[1] for factor in factors) < rows:
        return np.zeros(n, dtype=np.int8), np.full(n, -np.inf)
    if len({factor.shape for factor in factors}) > 1:  # wider layers: no factor has a determinant
        factors = [reduce(lambda W, factor: factor @ W, factors)]
    found = [np.linalg.slogdet(factor) for factor in factors]
    sign = np.prod([one.sign for one in found], axis=0)
    logs = np.sum([one.logabsdet for one in found], axis=0)
    return sign.astype(np.int8), np.where(sign == 0, -np.inf, logs)


def log_singular_values(W: FloatArray, log_abs_det: FloatArray | None) -> FloatArray:
    """Return the natural logarithms of the singular values of W, decreasing, (n, min(d, d')).

    The singular values are those of the SVD: below about eps sigma_1 they are rounding noise. The
    last one of a square W is log |det W| less the others' sum instead, where these are above that
    noise, so it is known far below eps sigma_1; for d = 2 that is always so. NaN where W overflows.
    """
    finite = np.asarray(np.isfinite(W).all(axis=(1, 2)))
    bounded: FloatArray = np.where(finite[:, None, None], W, 0.0)
    sigma = np.linalg.svd(bounded, compute_uv=False)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(sigma)
        if log_abs_det is not None:
            others = sigma[:, :-1].min(axis=1, initial=np.inf)
            known = others > sigma.shape[1] * np.finfo(np.float64).eps * sigma[:, 0]
            last = log_abs_det - logs[:, :-1].sum(axis=1)
            largest = logs[:, -2] if logs.shape[1] > 1 else np.inf
            logs[:, -1] = np.where(known, np.minimum(last, largest), logs[:, -1])
    logs[~finite] = np.nan
    return np.asarray(logs)
