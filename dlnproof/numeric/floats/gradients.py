"""Gradients of the geometry's functions in closed form: none is singular at coincidences."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from dlnproof.depth import Depth, as_depth
from dlnproof.numeric.floats.arrays import Array, as_rectangular
from dlnproof.numeric.floats.decomposition import as_rank
from dlnproof.numeric.floats.fields import Field, complex_values, dimension
from dlnproof.numeric.floats.metric import operator
from dlnproof.numeric.floats.spectral import SpectralFunction, SpectralGradient
from dlnproof.numeric.floats.volume import (
    check_orbit_depth,
    density_function,
    entropy_function,
    log_orbit_volume,
    zeros,
)
from dlnproof.numeric.floats.widths import as_widths
from dlnproof.numeric.normalization import Normalization, inverse_depth_and_scale


@np.errstate(all="ignore")
def log_volume_density_gradient(
    W: ArrayLike,
    depth: Depth,
    *,
    normalization: Normalization = "mean",
    return_value: bool = False,
    rank: int | None = None,
) -> Array:
    """Return the Euclidean gradient of log sqrt(det g^N) in W.

    It is -U diag([(1-q) d + sum_l psi(x_i - x_l)] / sigma_i) V^T with q = 1/N (0 at infinite
    depth), x = log sigma, psi(t) = L(t) - q L(q t), L(t) = coth t - 1/t, psi(0) = 0. W and the
    result have shape (..., m, n), and d is m + n - r for rank r: min(m, n), or ``rank``, and then
    it is the gradient along the matrices of that rank. It is the same for both normalisations. The
    Riemannian gradient is :func:`riemannian_gradient` of it. With ``return_value`` the pair of log
    sqrt(det g^N) and the gradient comes back, for one SVD.
    Guaranteed: error (1e-12 + 100 eps sigma_1/sigma_d) times its norm, coincidences included.
    N = 1 gives 0. Raises :class:`~dlnproof.errors.InputError`, also for singular W (N >= 2).
    Arrays of torch and jax come back as what they are, with derivatives (docs/arrays.md); of
    float32, eps is 1.2e-7, and 1e-12 reads 1e-5.

    >>> log_volume_density_gradient([[4, 0], [0, 1]], 2).round(12)
    array([[-0.325,  0.   ],
           [ 0.   , -0.7  ]])
    """
    q, scale = inverse_depth_and_scale(depth, normalization)
    base = as_rectangular(W, "W")
    function = density_function(q, scale, base, as_rank(rank, base))
    return _of(function, base, return_value)


def entropy(
    W: ArrayLike,
    depth: int,
    *,
    widths: int | Sequence[int] | None = None,
    rank: int | None = None,
    field: Field = "real",
) -> Array:
    """Return S(W) = log vol(O_W), Boltzmann's entropy of W: of the balanced factors above it.

    :func:`dlnproof.log_orbit_volume` of the singular values of W, those at or below d eps sigma_1
    taken for 0. W has shape (..., m, n), d the smaller of them; the result has the batch's shape, a
    number if there is none. ``widths`` are those of the hidden layers, d_1, ..., d_{N-1} or one
    number for all, d if left out. ``rank`` r is that of all W, d if left out: one zero among the r
    values gives the limit, two or more -inf (N >= 2), as does one where a layer is wider than r.
    With ``field`` "complex" W may be complex, an array of numpy of shape (..., d, d), and so may
    the factors, as :func:`dlnproof.log_orbit_volume` says.
    Guaranteed: error 30 d^2 eps sigma_1/sigma_r + 1e-12 max(1, |value|), d <= 8. Finite depth only,
    N <= 10^15. Raises :class:`~dlnproof.errors.InputError`. Source: MY2025, M2024.
    Arrays of torch and jax come back as what they are, with derivatives (docs/arrays.md); of
    float32, eps is 1.2e-7, and 1e-12 reads 1e-5.

    >>> round(float(np.exp(entropy([[4, 0], [0, 1]], 2)) / np.pi), 12)  # c_2 sqrt(15 / 3)
    12.649110640674
    >>> round(float(np.exp(entropy([[9j]], 2, field="complex")) / np.pi), 12)  # radius sqrt(18)
    8.485281374239
    """
    N = check_orbit_depth(depth)
    if dimension(field, widths=widths, rank=rank) > 1:
        return log_orbit_volume(complex_values(W, field), N, field=field)
    base = as_rectangular(W, "W")
    function = _entropy(base, N, widths, rank)
    return zeros(base[..., 0]) if N == 1 else function(base)


def _entropy(W: Array, N: Depth, widths: Any, rank: int | None) -> SpectralFunction:
    """Return the entropy of matrices of a shape and rank. Raises :class:`InputError`."""
    lower, width = as_rank(rank, W), min(W.shape[-2:])
    hidden = as_widths(widths, N, width, lower or width)
    return entropy_function(hidden, lower or width, lower is not None)


@np.errstate(all="ignore")
def entropy_gradient(
    W: ArrayLike,
    depth: Depth,
    *,
    return_value: bool = False,
    widths: int | Sequence[int] | None = None,
    rank: int | None = None,
) -> Array:
    """Return the Euclidean gradient of the entropy S(W) = log vol(O_W) in W.

    It is (1/2) U diag([(1-q)(r-1) + 2 q sum_j (d_j - r) + sum_l psi(x_i - x_l)] / sigma_i) V^T, the
    notation that of :func:`log_volume_density_gradient`; at infinite depth the limit, since what
    grows with N does not depend on W. W and the result have shape (..., m, n); ``widths`` and
    ``rank`` are those of :func:`entropy`, d_j and r. The entropic force, the gradient for
    g^N, is :func:`riemannian_gradient` of it. With ``return_value`` the pair of S(W), finite depth
    only, and the gradient comes back, for one SVD.
    Guaranteed: error (1e-12 + 100 eps sigma_1/sigma_d) times its norm, coincidences included.
    N = 1 gives 0. Raises :class:`~dlnproof.errors.InputError`, also for singular W (N >= 2).
    Source: MY2025.
    Arrays of torch and jax come back as what they are, with derivatives (docs/arrays.md); of
    float32, eps is 1.2e-7, and 1e-12 reads 1e-5.

    >>> entropy_gradient([[4, 0], [0, 1]], 2).round(12)  # 1/2 over sigma_1 + sigma_2
    array([[0.1, 0. ],
           [0. , 0.1]])
    """
    N = check_orbit_depth(depth) if return_value else as_depth(depth)
    base = as_rectangular(W, "W")
    return _of(_entropy(base, N, widths, rank), base, return_value)


def riemannian_gradient(
    G: ArrayLike,
    W: ArrayLike,
    depth: Depth,
    *,
    normalization: Normalization = "mean",
    rank: int | None = None,
) -> Array:
    """Return the gradient for g^N of a function whose Euclidean gradient at W is G: A_{N,W}(G).

    With ``rank`` it is that along the matrices of the rank of W, tangent to them. The same as
    :func:`dlnproof.operator`, which has the shapes, the guarantee and the errors.

    >>> riemannian_gradient(entropy_gradient([[4, 0], [0, 1]], 2), [[4, 0], [0, 1]], 2).round(12)
    array([[0.4, 0. ],
           [0. , 0.1]])
    """
    return operator(G, W, depth, normalization=normalization, rank=rank)


def _of(function: SpectralFunction, W: Array, return_value: bool) -> Array:
    """Return the gradient of a function, zero for N = 1, or the pair of value and gradient."""
    if function.potential.q == 1:
        found = zeros(W[..., 0]), 0 * W
    elif return_value:
        found = function.both(W)
    else:
        return SpectralGradient(function.potential, function.rank)(W)
    return found if return_value else found[1]
