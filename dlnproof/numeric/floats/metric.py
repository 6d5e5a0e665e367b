"""The operator A_{N,W}, its spectrum, and the metric g^N, in float64 and batched.

Sources: CMV2023 (arXiv 2210.12497), MY2025 (arXiv 2509.09088). Functions of W go through its SVD;
``dlnproof.numeric.floats.decomposition`` says when a float matrix counts as singular. Their
accuracy is

    delta = 1e-12 + 30 d eps sigma_1 / sigma_d        (eps = 2.2e-16)

for W of full rank with singular values in [1e-150, 1e150], d the larger of its sides and sigma_d
its smallest value (on matrices of rank r, sigma_r): what the error of the SVD amounts to,
since W -> W (1 + F) changes g^N, as a quadratic form, by a factor within (1 +- |F|)^2.
"""

import math
from collections.abc import Callable
from functools import reduce

import numpy as np
from numpy.typing import ArrayLike

from dlnproof.depth import Depth
from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import (
    Array,
    as_rectangular,
    as_shape,
    as_singular_values,
    check_together,
    home_of,
    in_range,
    known,
    like,
    namespace,
)
from dlnproof.numeric.floats.decomposition import as_rank
from dlnproof.numeric.floats.differentiation import constant, differentiable, size_of
from dlnproof.numeric.floats.frame import Frame, check_edges, scaled_edges, scaled_eigenvalues
from dlnproof.numeric.floats.log_shc import LogShc
from dlnproof.numeric.floats.operator_power import OperatorPower
from dlnproof.numeric.floats.volume import log_volume_density, log_volume_form
from dlnproof.numeric.normalization import Normalization, inverse_depth_and_scale

__all__ = [
    "inner_product",
    "log_volume_density",
    "log_volume_form",
    "metric_matrix",
    "operator",
    "operator_eigenvalues",
]


def operator_eigenvalues(
    sigma: ArrayLike,
    depth: Depth,
    *,
    normalization: Normalization = "mean",
    shape: tuple[int, int] | None = None,
) -> Array:
    """Return lambda_il, the eigenvalue of A_{N,W} at u_i v_l^T: a mean of powers of two values.

    lambda_il = (1/N) sum_{j=1}^N sigma_i^{2(N-j)/N} sigma_l^{2(j-1)/N}, times N for "sum"; at
    infinite depth (sigma_i^2 - sigma_l^2) / (log sigma_i^2 - log sigma_l^2).
    ``sigma`` has shape (..., d), any order, zeros allowed; the result has shape (..., d, d) with
    [i, l] = lambda_il in the order given. ``shape`` (m, n) is that of W, if it is not d x d: sigma
    are d <= min(m, n) of its values, the others zero, and the result has shape (..., m, n);
    lambda_i0 = sigma_i^{2-2/N} / N is the eigenvalue of the edges, 0 at infinite depth.
    Guaranteed: relative error 1e-12 for positive sigma in
    [1e-150, 1e150], coincidences included; below, squares underflow to 0. Raises
    :class:`~dlnproof.errors.InputError`, also where squares overflow. Source: CMV2023, Lemma 2.4.
    Arrays of torch and jax come back as what they are, with derivatives (docs/arrays.md); of
    float32, eps is 1.2e-7, and 1e-12 reads 1e-5.

    >>> operator_eigenvalues([4, 1], 2)
    array([[4. , 2.5],
           [2.5, 1. ]])
    >>> operator_eigenvalues([4, 1], 2, shape=(3, 2))
    array([[4. , 2.5],
           [2.5, 1. ],
           [2. , 0.5]])
    """
    q, scale = inverse_depth_and_scale(depth, normalization)
    values = as_singular_values(sigma)
    m, n = as_shape(shape, values.shape[-1])

    def by_pairs(sigma: Array) -> Array:
        xp = namespace(sigma)
        if q == 1:  # constant, also at a zero
            return scale + 0 * (sigma[..., :, None] + sigma[..., None, :])
        if known(xp.any(sigma == 0)):
            raise InputError(
                "sigma: got a zero, expected positive values: there is no derivative; detach it"
            )
        x = xp.log(sigma)
        t, both = x[..., :, None] - x[..., None, :], x[..., :, None] + x[..., None, :]
        return scale * xp.exp((1 - q) * both + LogShc()(t) - LogShc()(q * t))

    def with_edges(table: Array, sigma: Array) -> Array:
        (xp, k), edges = (namespace(sigma), sigma.shape[-1]), scaled_edges(sigma, q, scale)
        rows, columns, zeros = edges[..., None, :], edges[..., :, None], 0 * table[..., :1, :1]
        below = [rows + zeros] * (m - k)
        right = [xp.concat([columns] + [zeros + (scale if q == 1 else 0.0)] * (m - k), axis=-2)]
        return xp.concat([xp.concat([table, *below], axis=-2), *right * (n - k)], axis=-1)

    def found(table: Callable[[Array], Array]) -> Callable[[Array], Array]:
        if m == n == values.shape[-1]:
            return table
        return lambda sigma: with_edges(table(sigma), sigma)

    return differentiable(
        found(lambda sigma: scaled_eigenvalues(sigma, q, scale)), found(by_pairs), values
    )


@np.errstate(all="ignore")
def operator(
    Z: ArrayLike,
    W: ArrayLike,
    depth: Depth,
    *,
    normalization: Normalization = "mean",
    power: float = 1,
    rank: int | None = None,
) -> Array:
    """Return A_{N,W}(Z) = (1/N) sum_{j=1}^N (W W^T)^{(N-j)/N} Z (W^T W)^{(j-1)/N}.

    For "sum" it is N A_{N,W}(Z). ``power`` p gives A^p(Z), with the eigenvalues lambda_il^p: 1/2
    is what noise is multiplied by, -1 is the metric, for W of full rank.
    Z and W have shapes (..., m, n) whose batches broadcast. W may be of any
    rank: X^0 = I, and singular values at or below max(m, n) eps sigma_1 count as zero. With
    ``rank`` r all W have this rank, and A^p is that of the tangent space of the matrices of rank r,
    at the part of Z in it; for p < 0 Z has to be tangent. Guaranteed for W of full rank, or of
    ``rank``: error delta |Z| max lambda in the Frobenius norm, delta as above (for other
    powers, delta |Z| max lambda^p sigma_1/sigma_r). Raises :class:`~dlnproof.errors.InputError`.
    Source: CMV2023, Lemma 2.4; infinite depth: the integral over s of (W W^T)^{1-s} Z (W^T W)^s.
    Arrays of torch and jax come back as what they are, with derivatives (docs/arrays.md); of
    float32, eps is 1.2e-7, and 1e-12 reads 1e-5.

    >>> operator([[1, 1], [1, 1]], [[4, 0], [0, 1]], 2)
    array([[4. , 2.5],
           [2.5, 1. ]])
    """
    q, scale = inverse_depth_and_scale(depth, normalization)
    _check_power(power)
    home = home_of(Z=Z, W=W)
    direction, base = as_rectangular(Z, "Z", home), as_rectangular(W, "W", home)
    check_together(Z=direction, W=base)
    r = as_rank(rank, base)
    if power < 0:
        check_edges(q, base.shape, r)
    if q == 1 and r is None and not isinstance(base, np.ndarray):
        return scale**power * direction + 0 * base
    return _power_of_operator(OperatorPower(q, scale, power, r), direction, base)


@np.errstate(all="ignore")
def metric_matrix(W: ArrayLike, depth: Depth, *, normalization: Normalization = "mean") -> Array:
    """Return the matrix of g^N, the inverse of A_{N,W}, in the column-major basis of matrices.

    g^N(Z1, Z2) = vec(Z1)^T G vec(Z2) with vec stacking columns (numpy: order="F"): entry (i, l) of
    Z has index l m + i. W has shape (..., m, n), the result (..., m*n, m*n). For "sum" it is the
    inverse of N A_{N,W}. Guaranteed: symmetric; relative error delta (as above) in the Frobenius
    norm. Raises :class:`~dlnproof.errors.InputError`, also for W of less than full rank (N >= 2),
    and m /= n at infinite depth.
    Source: CMV2023, (V kron U) D^N (V kron U)^T with D^N = diag(1/lambda_il).
    Arrays of torch and jax come back as what they are, with derivatives (docs/arrays.md); of
    float32, eps is 1.2e-7, and 1e-12 reads 1e-5.

    >>> metric_matrix([[4, 0], [0, 1]], 2).diagonal()
    array([0.25, 0.4 , 0.4 , 1.  ])
    """
    q, scale = inverse_depth_and_scale(depth, normalization)
    base = as_rectangular(W, "W")
    check_edges(q, base.shape)
    if not isinstance(base, np.ndarray) or base.shape[-1] != base.shape[-2]:
        return _metric_matrix_by_columns(base, q, scale)
    frame = Frame.at(base, q, scale)
    lengths, _ = frame.metric_roots()
    # entry (p, a), (l, i) is the entry (a, p) of u_i v_l^T over its length
    basis = np.einsum("...ai,...lp,...il->...pali", frame.U, frame.Vt, lengths)
    half = basis.reshape(*base.shape[:-2], base.shape[-1] ** 2, base.shape[-1] ** 2)
    return in_range(half @ np.swapaxes(half, -1, -2), "metric_matrix")


def _check_power(power: object) -> None:
    if isinstance(power, bool) or not isinstance(power, int | float) or not math.isfinite(power):
        raise InputError(f"power: got {power!r}, expected a finite number such as 1/2 or -1")


def _metric_matrix_by_columns(W: Array, q: float, scale: float) -> Array:
    """Return the same from A^{-1} of each unit matrix, which has derivatives."""
    (m, n), xp = W.shape[-2:], namespace(W)
    Frame.at(constant(W), q, scale).metric_roots()  # refuses a singular W by its place
    units = like(W, np.swapaxes(np.eye(m * n).reshape(m * n, n, m), -1, -2))
    each = W[..., None, :, :]
    images = _inverse(units, each, OperatorPower(q, scale, -1))
    G = xp.reshape(images.mT, (*W.shape[:-2], m * n, m * n))  # row k is A^{-1} of unit k
    return in_range((G + G.mT) / 2, "metric_matrix")


@np.errstate(all="ignore")
def inner_product(
    Z1: ArrayLike,
    Z2: ArrayLike,
    W: ArrayLike,
    depth: Depth,
    *,
    normalization: Normalization = "mean",
    rank: int | None = None,
) -> Array:
    """Return g^N(Z1, Z2) = Tr(Z1^T A_{N,W}^{-1} Z2) at W; for "sum" the inverse is of N A_{N,W}.

    The three arrays have shapes (..., m, n) whose batches broadcast; the result has the batch's
    shape, a number if there is none. With ``rank`` r it is the metric of the matrices of rank r: W
    has that rank, and Z1 and Z2 are tangent. Without, that of full rank, min(m, n). Symmetric in Z1
    and Z2 to the bit. Guaranteed: error delta |Z1| |Z2|, delta as above, in the norm of g^N itself.
    Raises :class:`~dlnproof.errors.InputError`, also for W of a lower rank (N >= 2), for directions
    that leave the rank, and at infinite depth unless W is square of full rank. Source: CMV2023;
    MY2025.
    Arrays of torch and jax come back as what they are, with derivatives (docs/arrays.md); of
    float32, eps is 1.2e-7, and 1e-12 reads 1e-5.

    >>> float(inner_product([[1, 1], [1, 1]], [[1, 0], [0, 1]], [[4, 0], [0, 1]], 2))
    1.25
    """
    q, scale = inverse_depth_and_scale(depth, normalization)
    home = home_of(Z1=Z1, Z2=Z2, W=W)
    first, second = as_rectangular(Z1, "Z1", home), as_rectangular(Z2, "Z2", home)
    base = as_rectangular(W, "W", home)
    check_together(Z1=first, Z2=second, W=base)
    r = as_rank(rank, base)
    check_edges(q, base.shape, r)

    def product(Z1: Array, Z2: Array, W: Array) -> Array:
        frame = Frame.at(W, q, scale, r)
        roots, sides = frame.metric_roots(), []
        for name, Z in (("Z1", Z1), ("Z2", Z2)):
            of = frame.coordinates(Z)
            frame.check_tangent(Z, of, name)
            sides.append(frame.times(*roots, of).parts())
        sums = (namespace(W).sum(a * b, axis=(-2, -1)) for a, b in zip(*sides, strict=True))
        return in_range(reduce(lambda one, two: one + two, sums), "inner_product")

    def by_inverse(Z1: Array, Z2: Array, W: Array) -> Array:
        inverse = _inverse(Z2, W, OperatorPower(q, scale, -1, r))
        return namespace(W).sum(Z1 * inverse, axis=(-2, -1))

    return differentiable(product, by_inverse, first, second, base)


def _inverse(Z: Array, W: Array, of: OperatorPower) -> Array:
    """Return the inverse of A_{N,W} at Z, times what ``of`` says."""
    if of.q == 1 and of.rank is None:
        return Z / of.scale + 0 * W
    return _power_of_operator(of, Z, W)


def _power_of_operator(of: OperatorPower, Z: Array, W: Array) -> Array:
    """Return A_{N,W}^p(Z), by homogeneity of degree 2 (1 - q) p in W.

    Where there are derivatives: powers of W on the way to them would leave the dtype.
    """
    if isinstance(W, np.ndarray):
        return of(Z, W)
    size = size_of(W)
    square = of.rank is None and W.shape[-1] == W.shape[-2]
    found = (of if square else of.at_full_rank)(Z, W / size)
    return in_range(found * size ** (2 * (1 - of.q) * of.power), "A_{N,W}(Z)")
