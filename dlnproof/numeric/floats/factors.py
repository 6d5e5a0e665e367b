"""From factors to the end-to-end matrix and back."""

from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from dlnproof.depth import Depth, as_finite_depth
from dlnproof.numeric.floats.arrays import Array, as_factors, as_matrices, in_range, namespace
from dlnproof.numeric.floats.decomposition import svd
from dlnproof.numeric.floats.differentiation import differentiable, size_of
from dlnproof.numeric.floats.matrix_powers import power_of_right


@np.errstate(all="ignore")
def product(factors: Any) -> Array:
    """Return the end-to-end matrix W = W_N W_{N-1} ... W_1 of a network.

    ``factors`` has shape (N, ..., d, d), N >= 1, or is a sequence of N arrays of one shape
    (..., d, d); ``factors[0]`` is W_1, the layer applied first. The result has shape (..., d, d).
    Rounding is that of N - 1 matrix products. Raises :class:`~dlnproof.errors.InputError`.
    Source: slides; CMV2023, the map phi.

    >>> product([[[0, 1], [1, 0]], [[2, 0], [0, 1]]])
    array([[0., 2.],
           [1., 0.]])
    """
    layers = as_factors(factors)
    each = (layers[j, ...] for j in range(layers.shape[0]))
    return in_range(reduce(lambda W, factor: factor @ W, each), "factors")


@np.errstate(all="ignore")
def balanced_factors(W: ArrayLike, depth: Depth) -> Array:
    """Return balanced factors of W: W_N ... W_1 = W and W_{j+1}^T W_{j+1} = W_j W_j^T.

    W has shape (..., d, d); the result has shape (N, ..., d, d), the first one being W_1. Of the
    orbit of balanced factorizations this is W_j = (W^T W)^{1/(2N)} for j < N, and
    W_N = U V^T (W^T W)^{1/(2N)}; for invertible W that does not depend on the choice of the SVD.
    Every factor has the rank of W, where sigma_i <= d eps sigma_1 counts as zero.
    Guaranteed: ``product`` returns W up to 30 N d eps sigma_1, and W_{j+1}^T W_{j+1} is W_j W_j^T
    up to 30 d eps sigma_1^{2/N}, in the Frobenius norm.
    Finite depth only. Raises :class:`~dlnproof.errors.InputError`.
    Source: CMV2023, balanced manifold.
    Arrays of torch and jax come back as what they are, with derivatives (docs/arrays.md); of
    float32, eps is 1.2e-7, and 1e-12 reads 1e-5.

    >>> W1, W2 = balanced_factors([[0, 4], [1, 0]], 2)
    >>> W1
    array([[1., 0.],
           [0., 2.]])
    >>> W2
    array([[0., 2.],
           [1., 0.]])
    """
    N, matrices = as_finite_depth(depth, "a list of factors"), as_matrices(W, "W")

    def polar(W: Array) -> Array:
        U, sigma, Vt = svd(W)
        scaled_Vt = (sigma ** (1 / N))[..., :, None] * Vt
        return namespace(W).stack([Vt.mT @ scaled_Vt] * (N - 1) + [U @ scaled_Vt])

    def by_powers(W: Array) -> Array:
        size = size_of(W)  # homogeneous of degree 1/N
        W = W / size
        root, last = 1 / (2 * N), (1 / N - 1) / 2
        powers = power_of_right(W, (root, last) if N > 1 else (root,))
        layers = [powers[..., 0, :, :]] * (N - 1) + [W @ powers[..., -1, :, :]]
        return namespace(W).stack(layers) * size ** (1 / N)

    if N == 1:
        return namespace(matrices).stack([matrices + 0])
    return differentiable(polar, by_powers, matrices)
