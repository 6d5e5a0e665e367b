"""Where training starts: random matrices, and the factors of a network at them.

Everything is drawn from ``numpy.random.default_rng(seed)`` run after run, the factors of a run W_1
first: the first 100 of 500 runs are the 100 runs of a run of 100.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np

from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.numeric.floats.factors import balanced_factors

Start = FloatArray | list[FloatArray]
"""W(0), (k, d, d'), or factors, W_1 first, each (k, d_j, d_{j-1})."""


def starts(
    init: str,
    shape: tuple[int, int],
    runs: Sequence[int],
    *,
    scale: float,
    seed: int,
    widths: Sequence[int] | None,
) -> Iterator[Start]:
    """Yield where k runs start, for each k of ``runs``: factors of these widths, or W(0) with None.

    ``widths`` are d_0 = d', ..., d_N = d. With "balanced", W(0) is drawn in either case; the flow,
    which has no widths, starts from "identity" and "orthogonal" too, at W(0) = ``scale`` I or
    ``scale`` Q. Their factors have equal products W_{j+1}^T W_{j+1} = W_j W_j^T where all widths
    are equal; those of the other laws are not balanced.

    - balanced: W(0) = ``scale`` times standard Gaussian entries (:func:`network_factors` of it).
    - unbalanced: independent Gaussian entries of variance (scale^2 / (d_1 ... d_{N-1}))^{1/N}, the
      same in all factors: those of W(0) have the standard deviation ``scale``.
    - gaussian: independent Gaussian entries, those of W_j of variance scale^{2/N} / d_{j-1}: those
      of W(0) have the standard deviation scale / sqrt(d'). (Arora et al. 2019.)
    - uniform: entries uniform on an interval around 0, with the same variances.
    - orthogonal: W_j = scale^{1/N} Q_j, Q_j independent, of the uniform (Haar) law on the
      orthogonal matrices, or on those with orthonormal columns or rows where W_j is rectangular.
    - identity: W_j = scale^{1/N} I, ones on the main diagonal where W_j is rectangular. All runs
      are the same.
    """
    if init == "balanced":
        yield from gaussian_matrices(shape, runs, scale, seed)
    elif widths is None:
        for factors in _drawn([shape[1], shape[0]], runs, seed, _LAWS[init]):
            yield scale * factors[0]
    else:
        depth = len(widths) - 1
        deviation, law = _law(init, widths)
        for factors in _drawn(widths, runs, seed, law):
            size = np.exp((np.log(scale) - deviation) / depth)
            yield [size * factor for factor in factors]


def gaussian_matrices(
    shape: tuple[int, int], runs: Sequence[int], scale: float, seed: int
) -> Iterator[FloatArray]:
    """Yield W(0) = ``scale`` times standard Gaussian entries, (k, d, d') for each k of ``runs``."""
    rng = np.random.default_rng(seed)
    for k in runs:
        yield scale * rng.standard_normal((k, *shape))


Law = Callable[[np.random.Generator, int, Sequence[tuple[int, int]]], list[FloatArray]]
"""Draws k factors of each of these shapes, at scale one."""


def _law(init: str, widths: Sequence[int]) -> tuple[float, Law]:
    """Return a law, and log(d_1 ... d_{N-1}) / 2 where the size of W(0) is freed of the widths."""
    if init == "unbalanced":
        return sum(k * np.log(width) / 2 for width, k in Counter(widths[1:-1]).items()), _gaussian
    return 0.0, _LAWS[init]


def _drawn(
    widths: Sequence[int], runs: Sequence[int], seed: int, law: Law
) -> Iterator[list[FloatArray]]:
    rng = np.random.default_rng(seed)
    shapes = [(b, a) for a, b in pairwise(widths)]
    for k in runs:
        yield law(rng, k, shapes)


def _gaussian(
    rng: np.random.Generator, k: int, shapes: Sequence[tuple[int, int]]
) -> list[FloatArray]:
    return _pieces(rng.standard_normal((k, sum(b * a for b, a in shapes))), shapes)


def _pieces(drawn: FloatArray, shapes: Sequence[tuple[int, int]]) -> list[FloatArray]:
    """Cut what was drawn for each run into factors."""
    pieces = np.split(drawn, np.cumsum([b * a for b, a in shapes])[:-1], axis=1)
    return [piece.reshape(-1, *shape) for piece, shape in zip(pieces, shapes, strict=True)]


def _by_width(factors: list[FloatArray]) -> list[FloatArray]:
    return [factor / np.sqrt(factor.shape[-1]) for factor in factors]


def _wide_gaussian(rng: np.random.Generator, k: int, shapes: Any) -> list[FloatArray]:
    return _by_width(_gaussian(rng, k, shapes))


def _uniform(rng: np.random.Generator, k: int, shapes: Any) -> list[FloatArray]:
    a = np.sqrt(3)  # where the variance is one
    return _by_width(_pieces(rng.uniform(-a, a, (k, sum(b * c for b, c in shapes))), shapes))


def _orthogonal(rng: np.random.Generator, k: int, shapes: Any) -> list[FloatArray]:
    return [_orthonormal(factor) for factor in _gaussian(rng, k, shapes)]


def _orthonormal(A: FloatArray) -> FloatArray:
    """Return Q of A = Q R with R_ii > 0, or of the transposes where A is wide.

    The law of Gaussian A is invariant under rotations, and then so is that of Q.
    """
    if A.shape[-2] < A.shape[-1]:
        return _orthonormal(A.mT).mT
    Q, R = np.linalg.qr(A)
    return np.asarray(Q * np.where(np.diagonal(R, axis1=-2, axis2=-1) < 0, -1, 1)[..., None, :])


def _identity(rng: np.random.Generator, k: int, shapes: Any) -> list[FloatArray]:
    return [np.tile(np.eye(b, a), (k, 1, 1)) for b, a in shapes]


_LAWS: Final[dict[str, Law]] = {
    "gaussian": _wide_gaussian,
    "uniform": _uniform,
    "orthogonal": _orthogonal,
    "identity": _identity,
}


def network_factors(
    W: FloatArray, depth: int, hidden: Sequence[int] | None = None
) -> list[FloatArray]:
    """Return balanced factors of W, (n, d, d'), as a list of (n, d_j, d_{j-1}), W_1 first.

    Rectangular W = U Sigma V^T (thin) has the hidden width r = min(d, d') and W_1 = S V^T,
    W_j = S, W_N = U S with S = Sigma^{1/N}. That width loses nothing: r already allows every rank,
    and balanced factors of any larger width are these with zeros added, up to rotations of the
    hidden layers, which descent on the factors keeps. Hidden widths that are asked for give such
    factors; with a width h below r they are those of the rank-h matrix nearest to W.
    """
    if depth == 1:
        return [W]
    if hidden is None and W.shape[1] == W.shape[2]:
        return list(balanced_factors(W, depth))
    U, sigma, Vt = np.linalg.svd(W, full_matrices=False)
    rank = min(sigma.shape[1], *(hidden or (sigma.shape[1],)))
    root = sigma[:, :rank] ** (1 / depth)
    middle = root[:, :, None] * np.eye(rank)
    factors = [
        root[:, :, None] * Vt[:, :rank],
        *[middle] * (depth - 2),
        U[:, :, :rank] * root[:, None, :],
    ]
    if hidden is None:
        return factors
    widths = network_widths((W.shape[1], W.shape[2]), depth, hidden)
    return [_padded(factor, b, a) for factor, (a, b) in zip(factors, pairwise(widths), strict=True)]


def _padded(factor: FloatArray, rows: int, columns: int) -> FloatArray:
    _, b, a = factor.shape
    return np.pad(factor, ((0, 0), (0, rows - b), (0, columns - a)))


def network_widths(
    shape: tuple[int, int], depth: int, hidden: Sequence[int] | None = None
) -> list[int]:
    """Return d_0 = d', the hidden widths, min(d, d') unless they are given, and d_N = d."""
    return [shape[1], *([min(shape)] * (depth - 1) if hidden is None else hidden), shape[0]]
