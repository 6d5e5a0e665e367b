"""The operator A_{N,W}, its spectrum, and the metric g^N, in float64 and batched.

Sources: CMV2023 (arXiv 2210.12497), MY2025 (arXiv 2509.09088). Functions of W go through its SVD;
``dlnproof.numeric.floats.decomposition`` says when a float matrix counts as singular. Their
accuracy is

    delta = 1e-12 + 30 d eps sigma_1 / sigma_d        (eps = 2.2e-16)

for invertible W with singular values in [1e-150, 1e150]: what the error of the SVD amounts to,
since W -> W (1 + F) changes g^N, as a quadratic form, by a factor within (1 +- |F|)^2.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from dlnproof.depth import Depth
from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import (
    Array,
    as_matrices,
    as_singular_values,
    check_together,
    home_of,
    in_range,
    known,
    like,
    namespace,
)
from dlnproof.numeric.floats.differentiation import constant, differentiable, size_of
from dlnproof.numeric.floats.frame import Frame, scaled_eigenvalues
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
    sigma: ArrayLike, depth: Depth, *, normalization: Normalization = "mean"
) -> Array:
    """Return lambda_il, the eigenvalue of A_{N,W} at u_i v_l^T: a mean of powers of two values.

    lambda_il = (1/N) sum_{j=1}^N sigma_i^{2(N-j)/N} sigma_l^{2(j-1)/N}, times N for "sum"; at
    infinite depth (sigma_i^2 - sigma_l^2) / (log sigma_i^2 - log sigma_l^2).
    ``sigma`` has shape (..., d), any order, zeros allowed; the result has shape (..., d, d) with
    [i, l] = lambda_il in the order given. Guaranteed: relative error 1e-12 for positive sigma in
    [1e-150, 1e150], coincidences included; below, squares underflow to 0. Raises
    :class:`~dlnproof.errors.InputError`, also where squares overflow. Source: CMV2023, Lemma 2.4.
    Arrays of torch and jax come back as what they are, with derivatives (docs/arrays.md); of
    float32, eps is 1.2e-7, and 1e-12 reads 1e-5.

    >>> operator_eigenvalues([4, 1], 2)
    array([[4. , 2.5],
           [2.5, 1. ]])
    """
    q, scale = inverse_depth_and_scale(depth, normalization)

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

    return differentiable(
        lambda sigma: scaled_eigenvalues(sigma, q, scale), by_pairs, as_singular_values(sigma)
    )


@np.errstate(all="ignore")
def operator(
    Z: ArrayLike,
    W: ArrayLike,
    depth: Depth,
    *,
    normalization: Normalization = "mean",
    power: float = 1,
) -> Array:
    """Return A_{N,W}(Z) = (1/N) sum_{j=1}^N (W W^T)^{(N-j)/N} Z (W^T W)^{(j-1)/N}.

    For "sum" it is N A_{N,W}(Z). ``power`` p gives A^p(Z), with the eigenvalues lambda_il^p: 1/2
    is what noise is multiplied by, -1 is the metric, for invertible W.
    Z and W have shapes (..., d, d) that broadcast. W may be
    singular: X^0 = I, and singular values at or below d eps sigma_1 count as zero. Guaranteed for
    invertible W: error delta |Z| max lambda in the Frobenius norm, delta as above (for other
    powers, delta |Z| max lambda^p sigma_1/sigma_d). Raises :class:`~dlnproof.errors.InputError`.
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
    direction, base = as_matrices(Z, "Z", home), as_matrices(W, "W", home)
    check_together(Z=direction, W=base)

    if q == 1 and not isinstance(base, np.ndarray):
        return scale**power * direction + 0 * base
    return _power_of_operator(OperatorPower(q, scale, power), direction, base)


@np.errstate(all="ignore")
def metric_matrix(W: ArrayLike, depth: Depth, *, normalization: Normalization = "mean") -> Array:
    """Return the matrix of g^N, the inverse of A_{N,W}, in the column-major basis of matrices.

    g^N(Z1, Z2) = vec(Z1)^T G vec(Z2) with vec stacking columns (numpy: order="F"): entry (i, l) of
    Z has index l d + i. W has shape (..., d, d), the result (..., d*d, d*d). For "sum" it is the
    inverse of N A_{N,W}. Guaranteed: symmetric; relative error delta (as above) in the Frobenius
    norm. Raises :class:`~dlnproof.errors.InputError`, also for singular W (N >= 2).
    Source: CMV2023, (V kron U) D^N (V kron U)^T with D^N = diag(1/lambda_il).
    Arrays of torch and jax come back as what they are, with derivatives (docs/arrays.md); of
    float32, eps is 1.2e-7, and 1e-12 reads 1e-5.

    >>> metric_matrix([[4, 0], [0, 1]], 2).diagonal()
    array([0.25, 0.4 , 0.4 , 1.  ])
    """
    q, scale = inverse_depth_and_scale(depth, normalization)
    base = as_matrices(W, "W")
    if not isinstance(base, np.ndarray):
        return _metric_matrix_by_columns(base, q, scale)
    frame = Frame.at(base, q, scale)
    # entry (p, a), (l, i) is the entry (a, p) of u_i v_l^T over its length
    basis = np.einsum("...ai,...lp,...il->...pali", frame.U, frame.Vt, frame.metric_roots())
    half = basis.reshape(*base.shape[:-2], base.shape[-1] ** 2, base.shape[-1] ** 2)
    return in_range(half @ np.swapaxes(half, -1, -2), "metric_matrix")


def _check_power(power: object) -> None:
    if isinstance(power, bool) or not isinstance(power, int | float) or not math.isfinite(power):
        raise InputError(f"power: got {power!r}, expected a finite number such as 1/2 or -1")


def _metric_matrix_by_columns(W: Array, q: float, scale: float) -> Array:
    """Return the same from A^{-1} of each unit matrix, which has derivatives."""
    d, xp = W.shape[-1], namespace(W)
    Frame.at(constant(W), q, scale).metric_roots()  # refuses a singular W by its place
    units = like(W, np.swapaxes(np.eye(d * d).reshape(d * d, d, d), -1, -2))
    each = W[..., None, :, :]
    images = _inverse(units, each, q, scale)
    G = xp.reshape(images.mT, (*W.shape[:-2], d * d, d * d))  # row k is A^{-1} of unit k
    return in_range((G + G.mT) / 2, "metric_matrix")


@np.errstate(all="ignore")
def inner_product(
    Z1: ArrayLike,
    Z2: ArrayLike,
    W: ArrayLike,
    depth: Depth,
    *,
    normalization: Normalization = "mean",
) -> Array:
    """Return g^N(Z1, Z2) = Tr(Z1^T A_{N,W}^{-1} Z2) at W; for "sum" the inverse is of N A_{N,W}.

    The three arrays have shapes (..., d, d) that broadcast; the result has the batch's shape, a
    number if there is none. Symmetric in Z1 and Z2 to the bit. Guaranteed: error
    delta |Z1| |Z2|, delta as above, in the norm of g^N itself. Raises
    :class:`~dlnproof.errors.InputError`, also for singular W (N >= 2). Source: CMV2023; MY2025.
    Arrays of torch and jax come back as what they are, with derivatives (docs/arrays.md); of
    float32, eps is 1.2e-7, and 1e-12 reads 1e-5.

    >>> float(inner_product([[1, 1], [1, 1]], [[1, 0], [0, 1]], [[4, 0], [0, 1]], 2))
    1.25
    """
    q, scale = inverse_depth_and_scale(depth, normalization)
    home = home_of(Z1=Z1, Z2=Z2, W=W)
    first, second = as_matrices(Z1, "Z1", home), as_matrices(Z2, "Z2", home)
    base = as_matrices(W, "W", home)
    check_together(Z1=first, Z2=second, W=base)

    def product(Z1: Array, Z2: Array, W: Array) -> Array:
        frame = Frame.at(W, q, scale)
        roots = frame.metric_roots()
        terms = (roots * frame.coordinates(Z1)) * (roots * frame.coordinates(Z2))
        return in_range(namespace(W).sum(terms, axis=(-2, -1)), "inner_product")

    def by_inverse(Z1: Array, Z2: Array, W: Array) -> Array:
        return namespace(W).sum(Z1 * _inverse(Z2, W, q, scale), axis=(-2, -1))

    return differentiable(product, by_inverse, first, second, base)


def _inverse(Z: Array, W: Array, q: float, scale: float) -> Array:
    """Return the inverse of ``scale`` A_{N,W} at Z."""
    if q == 1:
        return Z / scale + 0 * W
    return _power_of_operator(OperatorPower(q, scale, -1), Z, W)


def _power_of_operator(of: OperatorPower, Z: Array, W: Array) -> Array:
    """Return A_{N,W}^p(Z), by homogeneity of degree 2 (1 - q) p in W.

    Where there are derivatives: powers of W on the way to them would leave the dtype.
    """
    if isinstance(W, np.ndarray):
        return of(Z, W)
    size = size_of(W)
    return in_range(of(Z, W / size) * size ** (2 * (1 - of.q) * of.power), "A_{N,W}(Z)")
