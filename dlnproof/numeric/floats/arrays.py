"""Numpy float64 in, or one clear line about what is wrong with the input."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dlnproof.errors import InputError

FloatArray = NDArray[np.float64]

_ADVICE: Final = {
    "c": "if the imaginary parts are rounding noise, pass the real part",
    "O": "convert Fraction, Decimal or sympy entries with numpy.array(..., dtype=float)",
}


def as_real(value: Any, name: str) -> FloatArray:
    """Return ``value`` as a float64 array of finite numbers. Raises :class:`InputError`."""
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise InputError(
            f"{name}: got nested sequences of unequal lengths, expected one array; "
            "check that every row and every matrix has the same shape"
        ) from error
    if array.dtype.kind not in "biuf":
        advice = _ADVICE.get(array.dtype.kind, "pass numbers, not text or records")
        raise InputError(f"{name}: got {array.dtype} entries, expected real numbers; {advice}")
    with np.errstate(all="ignore"):  # a long double may exceed float64: it is refused just below
        numbers = array.astype(np.float64, copy=False)
    if not np.isfinite(numbers).all():
        where = tuple(int(k) for k in np.argwhere(~np.isfinite(numbers))[0])
        raise InputError(
            f"{name}: got {numbers[where]} at index {where}, expected finite numbers; "
            "a diverged run or a missing entry? Leave it out of the batch"
        )
    return numbers


def as_matrices(value: Any, name: str) -> FloatArray:
    """Return square matrices, shape (..., d, d) with d >= 1. Raises :class:`InputError`."""
    matrices = as_real(value, name)
    if matrices.ndim < 2 or matrices.shape[-1] != matrices.shape[-2] or matrices.shape[-1] < 1:
        raise InputError(
            f"{name}: got shape {matrices.shape}, expected (..., d, d) with d >= 1; "
            "layers are square here, and a batch goes in the leading axes"
        )
    return matrices


def as_rectangular(value: Any, name: str) -> FloatArray:
    """Return matrices, shape (..., d, d') with d, d' >= 1. Raises :class:`InputError`."""
    matrices = as_real(value, name)
    if matrices.ndim < 2 or min(matrices.shape[-2:]) < 1:
        raise InputError(
            f"{name}: got shape {matrices.shape}, expected (..., d, d') with d, d' >= 1; "
            "a batch goes in the leading axes"
        )
    return matrices


def as_factors(value: Any) -> FloatArray:
    """Return layers, shape (N, ..., d, d) with N, d >= 1, W_1 first. Raises :class:`InputError`."""
    factors = as_matrices(value, "factors")
    if factors.ndim < 3 or len(factors) < 1:
        raise InputError(
            f"factors: got shape {factors.shape}, expected (N, ..., d, d) with N >= 1, W_1 first; "
            "a network of one layer is [W]"
        )
    return factors


def as_singular_values(value: Any) -> FloatArray:
    """Return singular values, shape (..., d) with d >= 1, all >= 0. Raises :class:`InputError`."""
    sigma = as_real(value, "sigma")
    if sigma.ndim < 1 or sigma.shape[-1] < 1:
        raise InputError(
            f"sigma: got shape {sigma.shape}, expected (..., d) with d >= 1; "
            "a single singular value is [s]"
        )
    if (sigma < 0).any():
        where = tuple(int(k) for k in np.argwhere(sigma < 0)[0])
        raise InputError(
            f"sigma: got {sigma[where]} at index {where}, expected singular values >= 0; "
            "eigenvalues or logarithms? Use numpy.linalg.svd(W, compute_uv=False)"
        )
    return sigma


def check_together(**matrices: FloatArray) -> None:
    """Raise :class:`InputError` unless all have one width and their batches broadcast."""
    got = ", ".join(f"{name} {array.shape}" for name, array in matrices.items())
    if len({array.shape[-1] for array in matrices.values()}) > 1:
        raise InputError(f"shapes: got {got}, expected the same width d; check the last two axes")
    try:
        np.broadcast_shapes(*(array.shape for array in matrices.values()))
    except ValueError as error:
        raise InputError(
            f"shapes: got {got}, expected leading axes that broadcast; "
            "insert axes of length 1 where one matrix meets many"
        ) from error


def in_range(result: FloatArray, what: str) -> FloatArray:
    """Return ``result`` if float64 holds it. Raises :class:`InputError`."""
    if not np.isfinite(result).all():
        raise InputError(
            f"{what}: got a result beyond float64, expected entries below 1.8e308; "
            "the input is scaled too far from 1: divide it by its norm first"
        )
    return result
