"""Exact samples of the volume of g^N, as an image of Lebesgue measure under the power map."""

import math
import sys
from typing import Any, Final

import numpy as np

from dlnproof.depth import as_finite_depth
from dlnproof.errors import InputError
from dlnproof.limits import MOST_WIDTH, SEED, whole
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.numeric.normalization import Normalization, inverse_depth_and_scale

_BALL: Final = "the ball of finite volume"
_MOST: Final = 10**8
"""Entries of one sample: 800 megabytes."""


def sample_volume(
    count: int, width: int, depth: int, *, radius: float = 1.0, seed: int = 0
) -> FloatArray:
    """Return independent matrices W, distributed as the volume of g^N in a ball, normalised.

    The ball is {W : sum_i sigma_i^{2/N} <= radius^2}; its volume is :func:`log_ball_volume`, and
    the normalised volume is the same in both normalisations of g^N, which differ by a constant.
    W = R (R^T R)^{(N-1)/2} with R uniform in the ball of that radius in R^{d x d}: no chain, no
    rejection. So the integral of f over the ball is its volume times the mean of f. The result has
    shape (count, d, d), float64; it depends on these arguments alone, and the first matrices of a
    larger ``count`` are those of a smaller one. Guaranteed: error 30 N d eps sigma_1 in each W,
    beside the same R in exact arithmetic. Finite depth only: at infinite depth no such ball is of
    finite volume. Raises :class:`~dlnproof.errors.InputError`.
    Source: CMV2023, Theorem 1.1; our proof (claim power-map).

    >>> W = sample_volume(1000, width=2, depth=3, radius=2)
    >>> sigma = np.linalg.svd(W, compute_uv=False)
    >>> W.shape, bool((np.sum(sigma ** (2 / 3), axis=-1) <= 4).all())
    ((1000, 2, 2), True)
    """
    d, N, rho = _ball(width, depth, radius)
    most = _MOST // d**2
    n = whole("count", count, 0, most, expected=f"an integer from 0 to {most} at width {d}")
    _check_range(rho, N)
    return power_map(rho * uniform(n, d, SEED.checked("seed", seed)), N)


def uniform(count: int, width: int, seed: int) -> FloatArray:
    """Return matrices that are uniform in the ball of radius 1 in R^{d x d}, (count, d, d).

    The first entries of a uniform point of the sphere in two more dimensions are uniform in the
    ball: Archimedes' theorem on the sphere, for any dimension.
    """
    size = width * width
    normal = np.random.default_rng(seed).standard_normal((count, size + 2))
    inside = normal[:, :size] / np.linalg.norm(normal, axis=-1, keepdims=True)
    found: FloatArray = inside.reshape(count, width, width)
    return found


def power_map(R: FloatArray, depth: int) -> FloatArray:
    """Return R (R^T R)^{(N-1)/2}: the same singular vectors, and N-th powers of the values."""
    U, roots, Vt = np.linalg.svd(R)
    found: FloatArray = (U * roots[:, None, :] ** depth) @ Vt
    return found


def log_ball_volume(
    width: int, depth: int, radius: float = 1.0, *, normalization: Normalization = "mean"
) -> float:
    """Return the logarithm of the volume of {W : sum_i sigma_i^{2/N} <= radius^2} for g^N.

    It is N^{d(d+1)/2} ("mean") or N^{d/2} ("sum") times the volume of the Euclidean ball of that
    radius in d^2 dimensions. Guaranteed: error 1e-12 max(1, |value|). Finite depth only. Raises
    :class:`~dlnproof.errors.InputError`. Source: CMV2023, Theorem 1.1; our proof (claim power-map).

    >>> round(math.exp(log_ball_volume(1, 3, 2.0)), 12)  # -8 <= w <= 8: the integral of w^(-2/3)
    12.0
    """
    d, N, rho = _ball(width, depth, radius)
    _, scale = inverse_depth_and_scale(depth, normalization)
    size = d * d
    euclidean = size / 2 * math.log(math.pi) - math.lgamma(size / 2 + 1) + size * math.log(rho)
    return d * (d + 1) / 2 * math.log(N) - size / 2 * math.log(scale) + euclidean


def _ball(width: Any, depth: Any, radius: Any) -> tuple[int, int, float]:
    """Return width, depth and radius. Raises :class:`InputError`."""
    d = whole("width", width, 1, MOST_WIDTH)
    N = as_finite_depth(depth, _BALL)
    try:
        rho = float(radius)
    except (TypeError, ValueError):
        rho = math.nan
    if isinstance(radius, bool | str | bytes) or not 0 < rho < math.inf:
        raise InputError(f"radius: got {radius!r}, expected a number > 0 and finite")
    return d, N, rho


def _check_range(rho: float, N: int) -> None:
    """Refuse a ball whose largest singular value, radius^N, is beyond the range of floats."""
    power = N * math.log(rho)
    if not math.log(sys.float_info.min) <= power <= math.log(sys.float_info.max):
        raise InputError(
            f"radius: got {rho:g} at depth {N}, where singular values up to radius^N are beyond "
            "the range of floats; expected a radius nearer to 1"
        )
