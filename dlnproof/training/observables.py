"""What is looked at along a trajectory: functions of end-to-end matrices, a batch at a time.

W has shape (..., d, d'), such as ``runs.W_at``. Where a run never came there its matrix is NaN, and
so is what is said of it.
"""

from __future__ import annotations

from numbers import Real
from typing import Any

import numpy as np

from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import FloatArray, Home
from dlnproof.numeric.floats.effective_rank import of_logarithms
from dlnproof.training.completion import Completion


def singular_values(W: Any) -> FloatArray:
    """Return the singular values, decreasing, (..., min(d, d')).

    By numpy's SVD: below about eps sigma_1 they are rounding.
    """
    W, known = _matrices(W, "W")
    return _nan_where(~known, np.linalg.svd(W, compute_uv=False), 1)


def effective_rank(W: Any) -> FloatArray:
    """Return exp of the entropy of sigma / sum sigma, (...); see :func:`dlnproof.effective_rank`.

    NaN where W = 0 too, which has none.
    """
    return effective_rank_of(singular_values(W))


def effective_rank_of(sigma: FloatArray) -> FloatArray:
    """Return the same from singular values, (..., r)."""
    with np.errstate(divide="ignore"):  # log 0 = -inf is meant
        return np.asarray(of_logarithms(np.log(sigma)))


def schatten(W: Any, p: float) -> FloatArray:
    """Return (sum sigma_i^p)^{1/p}, (...): p = 1 the nuclear norm, 2 Frobenius, infinity spectral.

    For 0 < p < 1, such as the 2/N of depth N >= 3, it is no norm, but what replaces it there.
    Raises :class:`InputError`.
    """
    return schatten_of(singular_values(W), p)


def schatten_of(sigma: FloatArray, p: float) -> FloatArray:
    """Return the same from singular values, (..., r)."""
    if not isinstance(p, Real) or not p > 0:
        raise InputError(f"p: got {p!r}, expected a number > 0, or infinity for the spectral norm")
    p, largest = float(p), np.asarray(sigma.max(axis=-1))  # numpy makes objects of a Fraction
    if p == np.inf:
        return largest
    shares = sigma / np.where(largest > 0, largest, 1.0)[..., None]
    return np.asarray(largest * (shares**p).sum(axis=-1) ** (1 / p))


def distance(W: Any, truth: Any) -> FloatArray:
    """Return the Frobenius norm of W - truth, (...); truth is (d, d'), or broadcasts with W.

    Raises :class:`InputError`.
    """
    W, known = _matrices(W, "W")
    target, told = _matrices(truth, "truth")
    if target.shape[-2:] != W.shape[-2:]:
        raise InputError(
            f"truth: got shape {target.shape[-2:]}, expected that of W, {W.shape[-2:]}"
        )
    return _nan_where(~(known & told), frobenius(W - target), 0)


def gradient_in_frame(problem: Completion, W: Any) -> FloatArray:
    """Return U^T G V, (..., r, r) with r = min(d, d'), G = grad l(W), W = U Sigma V^T (thin).

    Its diagonal moves the singular values, the rest the frames. These are those of numpy's SVD:
    where singular values coincide, or vanish together, others are as good.
    """
    W, known = _matrices(W, "W")
    if W.shape[-2:] != problem.shape:
        raise InputError(
            f"W: got shape {W.shape}, expected (..., {problem.shape[0]}, {problem.shape[1]}), that "
            "of the problem"
        )
    U, _, Vt = np.linalg.svd(W, full_matrices=False)
    inside = U.swapaxes(-1, -2) @ problem.gradient(W) @ Vt.swapaxes(-1, -2)
    return _nan_where(~known, inside, 2)


def off_diagonal(problem: Completion, W: Any) -> FloatArray:
    """Return the Frobenius norm of U^T grad l(W) V without its diagonal, (...).

    It is 0 where U and V move no more; see :func:`gradient_in_frame`.
    """
    inside = gradient_in_frame(problem, W)
    inside[..., np.arange(inside.shape[-1]), np.arange(inside.shape[-1])] = 0
    return frobenius(inside)


def frobenius(A: FloatArray) -> FloatArray:
    """Return the Frobenius norms, (...), where squares leave the range of float64 too.

    From a tiny W(0) those of slopes do, and the run would seem to be stationary.
    """
    _, exponent = np.frexp(abs(A).max(axis=(-2, -1)))
    shares = np.ldexp(A, -exponent[..., None, None])
    return np.asarray(np.ldexp(np.sqrt((shares * shares).sum(axis=(-2, -1))), exponent))


def _matrices(value: Any, name: str) -> tuple[FloatArray, Any]:
    """Return matrices, with zeros for those that are not known, and which are.

    LAPACK may refuse a whole batch for one NaN.
    """
    W = Home(np, np.float64).accepts(value, name)
    if W.ndim < 2 or min(W.shape[-2:]) < 1:
        raise InputError(
            f"{name}: got shape {W.shape}, expected (..., d, d') with d, d' >= 1; a batch goes in "
            "the leading axes"
        )
    known = np.isfinite(W).all(axis=(-2, -1))
    return np.where(known[..., None, None], W, 0.0), known


def _nan_where(unknown: Any, values: FloatArray, axes: int) -> FloatArray:
    return np.where(unknown.reshape(unknown.shape + (1,) * axes), np.nan, values)
