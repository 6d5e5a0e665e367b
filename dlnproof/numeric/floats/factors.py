"""From factors to the end-to-end matrix and back."""

from collections.abc import Sequence
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from dlnproof.depth import Depth, as_finite_depth
from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import (
    Array,
    as_layers,
    as_rectangular,
    in_range,
    known,
    like,
    namespace,
)
from dlnproof.numeric.floats.decomposition import svd
from dlnproof.numeric.floats.differentiation import differentiable, no_derivative, size_of
from dlnproof.numeric.floats.matrix_powers import power_of_right
from dlnproof.numeric.floats.widths import as_widths


@np.errstate(all="ignore")
def product(factors: Any) -> Array:
    """Return the end-to-end matrix W = W_N W_{N-1} ... W_1 of a network.

    ``factors`` is a sequence of N >= 1 arrays W_j of shapes (..., d_j, d_{j-1}), or an array of
    shape (N, ..., d, d); ``factors[0]`` is W_1, the layer applied first. The result has shape
    (..., d_N, d_0). Rounding is that of N - 1 matrix products. Raises
    :class:`~dlnproof.errors.InputError`. Source: slides; CMV2023, the map phi.

    >>> product([[[0, 1], [1, 0]], [[2, 0], [0, 1]]])
    array([[0., 2.],
           [1., 0.]])
    """
    return in_range(reduce(lambda W, factor: factor @ W, as_layers(factors)), "factors")


@np.errstate(all="ignore")
def balanced_factors(
    W: ArrayLike, depth: Depth, *, widths: int | Sequence[int] | None = None
) -> Any:
    """Return balanced factors of W: W_N ... W_1 = W and W_{j+1}^T W_{j+1} = W_j W_j^T.

    W has shape (..., m, n); the j-th factor has shape (..., d_j, d_{j-1}) with d_N = m, d_0 = n and
    the ``widths`` d_1, ..., d_{N-1} of hidden layers, one number for all, or min(m, n) if left out.
    Where all have one shape the result is one array (N, ..., d, d), else a list; the first is W_1.
    Of the orbit of balanced factorizations this is W_j = (W^T W)^{1/(2N)} for j < N, and
    W_N = U V^T (W^T W)^{1/(2N)}, for m >= n; the transposes of those of W^T, from the last to the
    first, for m < n. Wider layers have zeros below and on the right; where one is narrower than
    min(m, n), all are in the basis of singular vectors. Else, for W of full rank, they do not
    depend on the choice of the SVD.
    Every factor has the rank of W, where sigma_i <= max(m, n) eps sigma_1 counts as zero.
    Guaranteed, d = max(m, n): ``product`` returns W up to 30 N d eps sigma_1, and W_{j+1}^T W_{j+1}
    is W_j W_j^T up to 30 d eps sigma_1^{2/N}, in the Frobenius norm.
    Finite depth only. Raises :class:`~dlnproof.errors.InputError`, also for widths below the rank.
    Source: CMV2023, balanced manifold.
    Arrays of torch and jax come back as what they are, with derivatives (docs/arrays.md), for
    widths of at least min(m, n); of float32, eps is 1.2e-7, and 1e-12 reads 1e-5.

    >>> W1, W2 = balanced_factors([[0, 4], [1, 0]], 2)
    >>> W1
    array([[1., 0.],
           [0., 2.]])
    >>> W2
    array([[0., 2.],
           [1., 0.]])
    >>> [W.shape for W in balanced_factors([[0, 4], [1, 0]], 3, widths=(3, 2))]
    [(3, 2), (2, 3), (2, 2)]
    """
    N, matrices = as_finite_depth(depth, "a list of factors"), as_rectangular(W, "W")
    least = min(matrices.shape[-2:])
    hidden = as_widths(widths, N, least, 1).listed()
    if any(d < least for d in hidden):
        return stacked(_narrow(matrices, N, hidden))
    if matrices.shape[-2] < matrices.shape[-1]:
        layers = [layer.mT for layer in _polar(matrices.mT, N)][::-1]
    else:
        layers = _polar(matrices, N)
    return stacked(_widened(layers, hidden))


def _polar(W: Array, N: int) -> list[Array]:
    """Return the factors of a W with no more columns than rows, hidden layers n x n."""
    n = W.shape[-1]

    def polar(W: Array) -> Array:
        U, sigma, Vt = svd(W)
        scaled_Vt = (sigma ** (1 / N))[..., :, None] * Vt
        return namespace(W).concat([Vt.mT @ scaled_Vt, U @ scaled_Vt], axis=-2)

    def by_powers(W: Array) -> Array:
        size = size_of(W)  # homogeneous of degree 1/N
        W = W / size
        powers = power_of_right(W, (1 / (2 * N), (1 / N - 1) / 2))
        both = [powers[..., 0, :, :], W @ powers[..., 1, :, :]]
        return namespace(W).concat(both, axis=-2) * size ** (1 / N)

    if N == 1:
        return [W + 0]
    both = differentiable(polar, by_powers, W)
    return [both[..., :n, :]] * (N - 1) + [both[..., n:, :]]


def _narrow(W: Array, N: int, hidden: list[int]) -> list[Array]:
    """Return factors through narrow layers, whose bases are those of singular vectors."""
    least = min(hidden)
    U, sigma, Vt = svd(no_derivative(W, "balanced factors through layers narrower than W"))
    higher = namespace(W).any(sigma[..., least:] > 0)
    if known(higher):
        raise InputError(
            f"widths: got {least} for a W of shape {tuple(W.shape)} and a higher rank, expected "
            "hidden layers at least as wide as its rank; truncate(W, rank) lowers it"
        )
    roots = sigma ** (1 / N)
    inner = roots[..., :, None] * like(W, np.eye(sigma.shape[-1]))
    layers = [roots[..., :, None] * Vt, *[inner] * (N - 2), U * roots[..., None, :]]
    ends = [W.shape[-1], *hidden, W.shape[-2]]
    cut = zip(layers, ends[1:], ends[:-1], strict=True)
    return _widened([layer[..., :rows, :columns] for layer, rows, columns in cut], hidden)


def _widened(layers: list[Array], hidden: list[int]) -> list[Array]:
    """Return layers with zeros below and on the right, up to the widths of hidden layers."""
    ends = [layers[0].shape[-1], *hidden, layers[-1].shape[-2]]
    return [_padded(layer, ends[j + 1], ends[j]) for j, layer in enumerate(layers)]


def _padded(layer: Array, rows: int, columns: int) -> Array:
    (*batch, m, n), xp = layer.shape, namespace(layer)
    for size, axis in ((rows - m, -2), (columns - n, -1)):
        if size:
            shape = (*batch, size, n) if axis == -2 else (*batch, rows, size)
            zeros = like(layer, np.zeros(shape))
            layer = xp.concat([layer, zeros], axis=axis)
    return layer


def stacked(layers: list[Array]) -> Any:
    """Return layers as one array if all have one shape, else as the list they are."""
    if len({tuple(layer.shape) for layer in layers}) > 1:
        return layers
    return namespace(layers[0]).stack(layers)
