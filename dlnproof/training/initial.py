"""Where training starts: random matrices, and the factors of a network at them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.numeric.floats.factors import balanced_factors


def gaussian_matrices(
    shape: tuple[int, int], runs: Sequence[int], scale: float, seed: int
) -> Iterator[FloatArray]:
    """Yield W(0) = ``scale`` times standard Gaussian entries, (k, d, d') for each k of ``runs``.

    Drawn run after run from ``numpy.random.default_rng(seed)``: the first 100 of 500 runs are the
    100 runs of a run of 100.
    """
    rng = np.random.default_rng(seed)
    for k in runs:
        yield scale * rng.standard_normal((k, *shape))


def gaussian_factors(
    depth: int, shape: tuple[int, int], runs: Sequence[int], scale: float, seed: int
) -> Iterator[list[FloatArray]]:
    """Yield independent Gaussian factors, each a list of (k, d_j, d_{j-1}), for each k of ``runs``.

    All entries have the standard deviation (scale^2 / r^{N-1})^{1/(2N)}, r = min(d, d') the hidden
    width, with which the entries of W(0) have the standard deviation ``scale``. Drawn run after
    run, W_1 first.
    """
    widths = network_widths(shape, depth)
    sizes = [b * a for a, b in pairwise(widths)]
    deviation = np.exp((np.log(scale) - (depth - 1) * np.log(min(shape)) / 2) / depth)
    rng = np.random.default_rng(seed)
    for k in runs:
        drawn = deviation * rng.standard_normal((k, sum(sizes)))
        pieces = np.split(drawn, np.cumsum(sizes)[:-1], axis=1)
        yield [
            piece.reshape(k, b, a) for piece, (a, b) in zip(pieces, pairwise(widths), strict=True)
        ]


def network_factors(W: FloatArray, depth: int) -> list[FloatArray]:
    """Return balanced factors of W, (n, d, d'), as a list of (n, d_j, d_{j-1}), W_1 first.

    Rectangular W = U Sigma V^T (thin) has the hidden width r = min(d, d') and W_1 = S V^T,
    W_j = S, W_N = U S with S = Sigma^{1/N}. That width loses nothing: r already allows every rank,
    and balanced factors of any larger width are these with zeros added, up to rotations of the
    hidden layers, which descent on the factors keeps.
    """
    if W.shape[1] == W.shape[2] or depth == 1:
        return [W] if depth == 1 else list(balanced_factors(W, depth))
    U, sigma, Vt = np.linalg.svd(W, full_matrices=False)
    root = sigma ** (1 / depth)
    middle = root[:, :, None] * np.eye(root.shape[1])
    return [root[:, :, None] * Vt, *[middle] * (depth - 2), U * root[:, None, :]]


def network_widths(shape: tuple[int, int], depth: int) -> list[int]:
    """Return d_0 = d', the hidden widths min(d, d'), and d_N = d."""
    return [shape[1], *[min(shape)] * (depth - 1), shape[0]]
