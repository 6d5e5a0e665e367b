"""Directions of balanced factors, split into horizontal, vertical and normal ones."""

from itertools import combinations
from typing import Any, Final

import numpy as np

from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import (
    Array,
    as_factors,
    epsilon,
    first,
    home_of,
    in_range,
    known,
    like,
    namespace,
)
from dlnproof.numeric.floats.decomposition import singular_values
from dlnproof.numeric.floats.differentiation import no_derivative
from dlnproof.numeric.floats.factors import product
from dlnproof.numeric.floats.matrix_powers import check_invertible
from dlnproof.numeric.floats.submersion import horizontal_lift, layers_first

_BALANCED: Final = 1e-6
"""How far from balanced factors may be, relative to their squares."""


@np.errstate(all="ignore")
def tangent_splitting(factors: Any, X: Any) -> tuple[Array, Array, Array]:
    """Return X = H + V + M: its horizontal, vertical and normal part at balanced factors.

    H is the lift of dphi(X); V = (a_j W_j - W_j a_{j-1})_j with skew a_j, a_0 = a_N = 0, moves
    along the orbit; M = (b_j W_j - W_j b_{j-1})_j with symmetric b_j is normal to the balanced
    manifold. The three are orthogonal, and dphi(V) = dphi(M) = 0. ``factors`` and X have shape
    (N, ..., d, d), W_1 first, with batches that broadcast; so have the three results. The product
    has to be invertible. Guaranteed: the three add up to X to rounding; of balanced factors each
    has the error 30 N d^2 eps kappa |X|, kappa as for :func:`horizontal_lift`. Cost: SVDs of
    d^2 x N d^2 and of (N-1)d(d-1)/2 x N d^2. Raises :class:`~dlnproof.errors.InputError`, also for
    factors that balance no better than 1e-6 of their squares, where V and M are not orthogonal.
    Source: MY2025; claim three-way-splitting.
    Arrays of torch and jax come back as what they are, without derivatives (docs/arrays.md).

    >>> W = [[[2, 0], [0, 1]], [[2, 0], [0, 1]]]
    >>> H, V, M = tangent_splitting(W, [[[0, 1], [0, 0]], [[0, 0], [0, 0]]])
    >>> H[0, 0], V[0, 0], M[0, 0]  # first rows of what moves W_1
    (array([0. , 0.8]), array([0. , 0.1]), array([0. , 0.1]))
    """
    home = home_of(factors=factors, X=X)
    layers, moves = as_factors(factors, home), as_factors(X, home)
    if layers.shape[0] != moves.shape[0] or layers.shape[-1] != moves.shape[-1]:
        raise InputError(
            f"X: got shape {tuple(moves.shape)}, expected a direction for each of the factors of "
            f"shape {tuple(layers.shape)}: as many matrices, of the same width"
        )
    layers, moves = (no_derivative(x, "a splitting") for x in _broadcast(layers, moves))
    _check_balanced(layers)
    check_invertible(
        singular_values(product(layers)), "such a splitting", "take factors of full rank"
    )
    horizontal = horizontal_lift(_image(layers, moves), layers)
    vertical = _projected(_turning(layers), moves)
    rest = moves - horizontal - vertical
    return horizontal, vertical, in_range(rest, "tangent_splitting")


def _broadcast(layers: Array, moves: Array) -> tuple[Array, Array]:
    xp = namespace(layers)
    try:
        shape = np.broadcast_shapes(tuple(layers.shape), tuple(moves.shape))
    except ValueError as error:
        raise InputError(
            f"X: got shape {tuple(moves.shape)} beside factors of shape {tuple(layers.shape)}, "
            "expected batches that broadcast; insert axes of length 1 after the first"
        ) from error
    return xp.broadcast_to(layers, shape), xp.broadcast_to(moves, shape)


def _check_balanced(layers: Array) -> None:
    """Raise :class:`InputError` unless neighbours balance."""
    xp = namespace(layers)
    if layers.shape[0] == 1:
        return
    upper, lower = layers[1:], layers[:-1]
    upper, lower = upper.mT @ upper, lower @ lower.mT
    size = xp.maximum(xp.linalg.matrix_norm(upper), xp.linalg.matrix_norm(lower))
    limit = max(_BALANCED, 1e3 * epsilon(layers))
    off = xp.linalg.matrix_norm(upper - lower) > limit * size
    if known(xp.any(off)):
        j, *where = first(off)
        at = f" at index {tuple(where)} of the batch" if where else ""
        raise InputError(
            f"factors: got W_{j + 2}^T W_{j + 2} other than W_{j + 1} W_{j + 1}^T{at}, expected "
            "balanced factors: elsewhere the parts are not orthogonal; take balanced_factors(W, N)"
        )


def _image(layers: Array, moves: Array) -> Array:
    """Return dphi(X), the derivative of the product."""
    whole, found = layers[0], moves[0]
    for W, move in zip(layers[1:], moves[1:], strict=True):
        whole, found = W @ whole, W @ found + move @ whole
    return found


def _turning(layers: Array) -> Array:
    """Return the directions in which one frame turns, as rows: (..., (N-1) d(d-1)/2, N d^2)."""
    N, d, xp = len(layers), layers.shape[-1], namespace(layers)
    pairs = list(combinations(range(d), 2))
    units = np.zeros((len(pairs), d, d))
    for k, (i, l) in enumerate(pairs):
        units[k, i, l], units[k, l, i] = 1, -1
    turns, rows = like(layers, units), []
    for j in range(N - 1):
        blocks = [0 * (turns @ layers[0][..., None, :, :])] * N
        blocks[j] = turns @ layers[j][..., None, :, :]
        blocks[j + 1] = -(layers[j + 1][..., None, :, :] @ turns)
        rows.append(xp.stack(blocks, axis=-3))
    whole = xp.concat(rows, axis=-4) if rows else layers[0][..., None, None, :, :][..., :0, :, :, :]
    return xp.reshape(whole, (*layers.shape[1:-2], len(rows) * len(pairs), N * d * d))


def _projected(rows: Array, moves: Array) -> Array:
    """Return the orthogonal projection of X on the span of the rows."""
    xp = namespace(moves)
    if rows.shape[-2] == 0:
        return 0 * moves
    N, d = len(moves), moves.shape[-1]
    column = xp.reshape(xp.moveaxis(moves, 0, -3), (*moves.shape[1:-2], N * d * d, 1))
    basis = xp.linalg.svd(rows, full_matrices=False)[2]
    found = basis.mT @ (basis @ column)
    return layers_first(found, N, d)
