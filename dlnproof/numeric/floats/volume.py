"""Volumes in logarithms: of g^N, with respect to dW and in SVD coordinates, and of the orbit.

For "sum" normalisation the metric is g^N / N, so both logarithms shift by -(D/2) log N, D =
r (m + n - r) the dimension of the m x n matrices of rank r, d^2 of invertible ones.
"""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from dlnproof.depth import Depth, as_finite_depth
from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import (
    Array,
    as_rectangular,
    as_shape,
    as_singular_values,
    known,
    namespace,
    number,
)
from dlnproof.numeric.floats.decomposition import as_rank
from dlnproof.numeric.floats.differentiation import differentiable
from dlnproof.numeric.floats.fields import Field, dimension
from dlnproof.numeric.floats.frame import check_edges
from dlnproof.numeric.floats.kernels import (
    determinant_exponent,
    log_density,
    log_form,
    log_orbit,
    log_ratio,
    pairs,
)
from dlnproof.numeric.floats.log_shc import LogShc
from dlnproof.numeric.floats.spectral import PairPotential, SpectralFunction
from dlnproof.numeric.floats.widths import Widths, as_widths
from dlnproof.numeric.normalization import Normalization, inverse_depth_and_scale

_DEEPEST_ORBIT: Final = 10**15


def log_volume_density(
    W: ArrayLike,
    depth: Depth,
    *,
    normalization: Normalization = "mean",
    rank: int | None = None,
) -> Array:
    """Return log sqrt(det g^N) at W, the density of the volume with respect to dW.

    It is -1/2 sum over all i, l of log lambda_il. W has shape (..., m, n), d the smaller of them;
    the result has the batch's shape, a number if there is none. With ``rank`` r it is the density
    on the matrices of rank r, with respect to the volume that the Frobenius norm gives them: the
    sum over the directions that keep the rank, r (m + n - r) of them. Without, r = d, and that is
    Lebesgue's measure. For N >= 2 a W of a lower rank gives +inf, and its rank counts as
    lower when sigma_r <= d eps sigma_1 (``numpy.linalg.matrix_rank``'s rule: the SVD cannot
    tell such a value from zero; where sigma is known, sum log ``operator_eigenvalues(sigma)``).
    N = 1 gives 0 whatever W. Guaranteed: error 30 d^2 eps sigma_1/sigma_d + 1e-12 max(1, |value|),
    d <= 8 (on lower rank, sigma_r for sigma_d). Cost: one SVD without vectors, whatever N. Raises
    :class:`~dlnproof.errors.InputError`, also for a rank above ``rank``, and at infinite depth
    unless W is square of full rank. Source: CMV2023, Lemma 2.4; of lower rank our proof.
    Arrays of torch and jax come back as what they are, with derivatives (docs/arrays.md); of
    float32, eps is 1.2e-7, and 1e-12 reads 1e-5.

    >>> round(math.exp(log_volume_density([[4, 0], [0, 1]], 2)), 12)
    0.2
    >>> float(log_volume_density([[1, 2], [2, 4]], 2))
    inf
    """
    q, scale = inverse_depth_and_scale(depth, normalization)
    matrices = as_rectangular(W, "W")
    r = as_rank(rank, matrices)
    if q == 1 and r is None:
        return zeros(matrices[..., 0])
    return density_function(q, scale, matrices, r)(matrices)


def log_volume_form(
    sigma: ArrayLike,
    depth: Depth,
    *,
    normalization: Normalization = "mean",
    shape: tuple[int, int] | None = None,
    field: Field = "real",
) -> Array:
    """Return the logarithm of N^{d(d-1)/2} det(Sigma^2)^{(1-N)/(2N)} van(Sigma^{2/N}).

    That is the density of g^N's volume with respect to dSigma dU dV; at infinite depth
    det(Sigma^2)^{-1/2} van(log Sigma^2). With ``shape`` (m, n), if it is not d x d, it is that of
    the m x n matrices of rank d: times (N^{d/2} det(Sigma)^{1/N})^{m+n-2d}, finite depth only, and
    dU, dV are the products of the u_i . du_l, l < i <= m, and of the v_i . dv_l, l < i <= n, of
    orthonormal u_i and v_i of which the first d are the singular vectors, all l <= d. ``sigma`` has
    shape (..., d), any order; the result has the batch's shape, a number if there is none. A
    coincidence gives -inf. For N >= 2 one zero gives +inf, and two zeros, or a zero and a
    coincidence, NaN: the limit depends on the way there; with ``shape`` +inf, a number or -inf, as
    N is more than, equal to or less than m + n - 2d + 1. N = 1 is log van(Sigma^2). Of
    ``field`` "complex" or "quaternion", beta = 2 or 4, it is that of the d x d matrices over this
    field, N^{beta d(d-1)/2} det(Sigma)^{beta/N - 1} van(Sigma^{2/N})^beta, at infinite depth
    det(Sigma)^{-1} van(log Sigma^2)^beta; dU dV is then the product of the real components of
    (U^* dU)_{il} and (V^* dV)_{il}, i < l, and of the imaginary ones of (U^* dU - V^* dV)_{ii}, the
    length is that of Re Tr X^* X, and a zero counts as the exponent of det(Sigma) says. Guaranteed:
    error 1e-12 max(1, |value|) for sigma in [1e-150, 1e150], however near one another, d <= 8.
    Raises :class:`~dlnproof.errors.InputError`. Source: CMV2023, Theorem 1.1; with ``shape`` our
    proof.
    Arrays of torch and jax come back as what they are, with derivatives (docs/arrays.md); of
    float32, eps is 1.2e-7, and 1e-12 reads 1e-5.

    >>> round(math.exp(log_volume_form([4, 1], 2)), 12)
    3.0
    >>> round(math.exp(log_volume_form([4, 1], 2, shape=(3, 2))), 12)  # 3 times 2 sqrt(4)
    12.0
    >>> round(math.exp(log_volume_form([4, 1], 2, field="complex")), 12)  # (2 (4 - 1))^2
    36.0
    """
    q, scale = inverse_depth_and_scale(depth, normalization)
    beta = dimension(field, shape=shape)
    values = as_singular_values(sigma)
    d = values.shape[-1]
    m, n = as_shape(shape, d)
    beside = m + n - 2 * d
    check_edges(q, (m, n), d)

    def form(sigma: Array) -> Array:
        decreasing = _decreasing(sigma)
        value = log_form(as_columns(decreasing), q, beside, beta)
        return of_batch(value - _shift(beta * d * (m + n - d), scale), decreasing)

    def by_pairs(sigma: Array) -> Array:
        exponent = determinant_exponent(q, beside, beta)
        columns = _checked_columns(sigma, apart=True, positive=exponent != 0)
        xp = namespace(columns)
        large, small = pairs(columns)
        if q == 1:  # log van(Sigma^2), also at a zero
            van = xp.sum(xp.log(large - small) + xp.log(large + small), axis=0)
        else:
            t = log_ratio(large, small)
            van = xp.sum(q * xp.log(large * small) + xp.log(2 * t) + LogShc()(q * t), axis=0)
        van = beta * van
        if exponent:
            van = van + exponent * xp.sum(xp.log(columns), axis=0)
        return of_batch(van, sigma)

    return differentiable(form, by_pairs, values)


def log_orbit_volume(
    sigma: ArrayLike,
    depth: int,
    *,
    widths: int | Sequence[int] | None = None,
    field: Field = "real",
) -> Array:
    """Return log vol(O_W) = (N-1) log c_d + 1/2 log(van(Sigma^2) / van(Sigma^{2/N})).

    O_W is the fibre of balanced factorizations of an invertible W, an orbit of O_d^{N-1}, with the
    volume of the Frobenius metric on factors; c_d = 2^{d(d-1)/4} prod_{k=1}^d vol(S^{k-1}) is that
    of O_d, both components. ``sigma`` has shape (..., d), any order; the result has the batch's
    shape, a number if there is none. Coincidences and one zero give the limit, which for a zero
    is 2^{N-1} times the volume of that fibre; N >= 2 and two zeros give -inf. N = 1 gives 0: the
    fibre is a point. ``widths`` are those of hidden layers, d_1, ..., d_{N-1} or one number for
    all, d if left out: with them sigma are the d nonzero values of a W of this rank and of any
    shape, and the volume is
    prod_j (c_{d_j} / c_{d_j - d}) prod_i sigma_i^{sum_j (d_j - d)/N} (van(..)/van(..))^{1/2}, with
    c_0 = 1; a zero among the values gives the limit, -inf where a layer is wider than d.
    Of ``field`` "complex" or "quaternion", beta = 2 or 4, O_W is an orbit of U_d^{N-1} or
    Sp_d^{N-1}, with the length of Re Tr X^* X, and its volume
    c^{N-1} N^{d(beta-1)/2} det(Sigma)^{(beta-1)(N-1)/N} (van(Sigma^2)/van(Sigma^{2/N}))^{beta/2},
    c = 2^{beta d(d-1)/4} prod_{k=1}^d vol(S^{beta k - 1}); one zero gives -inf (N >= 2).
    Guaranteed: error 1e-12 max(1, |value|) for sigma in [1e-150, 1e150] or 0,
    however near one another, d <= 8. Finite depth only, N <= 10^15. Raises
    :class:`~dlnproof.errors.InputError`. Source: MY2025, entropy formula; slides "Theorem 10",
    there without the square root; other widths and fields: our proof.
    Arrays of torch and jax come back as what they are, with derivatives (docs/arrays.md); of
    float32, eps is 1.2e-7, and 1e-12 reads 1e-5.

    >>> round(math.exp(log_orbit_volume([4, 1], 2)) / math.pi, 12)  # c_2 sqrt(15 / 3)
    12.649110640674
    >>> round(math.exp(log_orbit_volume([4], 2, widths=2)) / math.pi, 12)  # a circle: 2 sqrt(2 4)
    5.656854249492
    >>> round(math.exp(log_orbit_volume([9], 2, field="complex")) / math.pi, 12)  # radius sqrt(18)
    8.485281374239
    """
    N, beta = check_orbit_depth(depth), dimension(field, widths=widths)
    values = as_singular_values(sigma)
    d = values.shape[-1]
    hidden = as_widths(widths, N, d, d)
    if N == 1:
        return zeros(values)

    def by_pairs(sigma: Array) -> Array:
        columns = _checked_columns(sigma)
        xp = namespace(columns)
        large, small = pairs(columns)
        t = log_ratio(large, small)
        gaps = LogShc()(t) - LogShc()(t / N) + (1 - 1 / N) * xp.log(large * small)
        each = hidden.excess(d) + (beta - 1) * (1 - 1 / N)
        logs = each * xp.sum(xp.log(columns), axis=0)
        return of_batch(xp.sum(gaps, axis=0) * beta / 2 + logs, sigma)

    def volume(sigma: Array) -> Array:
        return orbit_volume(_decreasing(sigma), hidden, beta)

    return differentiable(volume, by_pairs, values)


def check_orbit_depth(depth: object) -> int:
    """Return a depth whose orbits have a volume. Raises :class:`InputError`."""
    N = as_finite_depth(depth, "the orbit of balanced factorizations")
    if N > _DEEPEST_ORBIT:
        raise InputError(
            "depth: got an integer above 10^15, expected at most that; "
            "vol(O_W) grows like c_d^(N - 1) and has no limit at infinite depth"
        )
    return N


def orbit_volume(decreasing: Array, hidden: Widths, beta: int = 1) -> Array:
    """Return log vol(O_W) for N >= 2 and decreasing singular values, shape (..., r).

    Over a field of dimension ``beta``; above 1, of layers of width r alone.
    """
    r, columns, q = decreasing.shape[-1], as_columns(decreasing), 1 / hidden.depth
    frames = hidden.total(lambda d: log_group_volume(d, beta) - log_group_volume(d - r, beta))
    value = frames + beta * log_orbit(columns, q) - (beta - 1) * r / 2 * math.log(q)
    excess = hidden.excess(r) + (beta - 1) * (1 - q)
    if excess:
        with np.errstate(divide="ignore"):  # log 0 = -inf is meant
            xp = namespace(columns)
            value = value + excess * xp.sum(xp.log(columns), axis=0)
    return of_batch(value, decreasing)


def density_function(q: float, scale: float, W: Array, rank: int | None = None) -> SpectralFunction:
    """Return log sqrt(det g^N / scale) as a function of matrices of a shape, and of their rank."""
    m, n = W.shape[-2:]
    r = rank or min(m, n)
    check_edges(q, (m, n), r)
    beside = m + n - 2 * r

    def of_values(sigma: Array) -> Array:
        if q == 1:
            return zeros(sigma)
        xp, columns = namespace(sigma), as_columns(sigma)
        value = log_density(columns, q) - _shift(r * (m + n - r), scale)
        if beside:
            with np.errstate(divide="ignore"):  # log 0 = -inf is meant
                logs = xp.sum(xp.log(columns), axis=0)
            value = value - beside / 2 * (r * math.log(q) + 2 * (1 - q) * logs)
        return of_batch(value, sigma)

    return SpectralFunction(density_potential(q, m + n - r), of_values, rank)


def entropy_function(hidden: Widths, rank: int, lower: bool = False) -> SpectralFunction:
    """Return log vol(O_W) as a function of W, for N >= 2; for N = inf its gradient alone.

    ``lower``: W of a lower rank than the largest of its shape.
    """
    q = 1 / hidden.depth
    potential = entropy_potential(q, rank, hidden.excess(rank))
    return SpectralFunction(
        potential, lambda sigma: orbit_volume(sigma, hidden), rank if lower else None
    )


def density_potential(q: float, width: int) -> PairPotential:
    """Return log sqrt(det g^N) as a function of pairs, up to a constant.

    Of m x n matrices of rank r, ``width`` is m + n - r.
    """
    return PairPotential(q, -(1 - q) * width, -1.0)


def entropy_potential(q: float, width: int, excess: float = 0.0) -> PairPotential:
    """Return log vol(O_W) as a function of pairs, up to a constant."""
    return PairPotential(q, (1 - q) * (width - 1) / 2 + excess, 0.5)


def log_group_volume(width: int, beta: int = 1) -> float:
    """Return log c_d, the volume of O_d (both components) for the metric Tr(a^T a) on so(d).

    Over the complex numbers (``beta`` 2) that of U_d, over the quaternions (4) of Sp_d, for
    Re Tr(a^* a).

    >>> round(math.exp(log_group_volume(2)) / math.pi, 12)  # sqrt(2) vol(S^0) vol(S^1)
    5.656854249492
    >>> round(math.exp(log_group_volume(2, 2)) / math.pi**3, 12)  # 2 vol(S^1) vol(S^3)
    8.0
    """
    halves = (beta * k / 2 for k in range(1, width + 1))
    spheres = (math.log(2) + n * math.log(math.pi) - math.lgamma(n) for n in halves)
    return beta * width * (width - 1) / 4 * math.log(2) + math.fsum(spheres)


def zeros(array: Array) -> Array:
    """Return zero for each row, whose derivatives are zero too."""
    if isinstance(array, np.ndarray):
        return np.zeros(array.shape[:-1])[()]
    return 0 * namespace(array).sum(array, axis=-1)


def _decreasing(sigma: Array) -> Array:
    xp = namespace(sigma)
    return xp.flip(xp.sort(sigma, axis=-1), axis=-1)


def of_batch(values: Array, sigma: Array) -> Array:
    """Return values of each row of sigma in the batch's shape, a number if there is none."""
    return number(namespace(values).reshape(values, sigma.shape[:-1]))


def as_columns(sigma: Array) -> Array:
    """Return singular values (..., d) as (d, batch): what is summed over pairs is contiguous."""
    columns = namespace(sigma).reshape(sigma, (-1, sigma.shape[-1])).T
    return np.ascontiguousarray(columns) if isinstance(sigma, np.ndarray) else columns


def _checked_columns(sigma: Array, *, apart: bool = False, positive: bool = True) -> Array:
    """Return decreasing columns where a derivative exists. Raises :class:`InputError`."""
    columns, xp = as_columns(_decreasing(sigma)), namespace(sigma)
    if positive and known(xp.any(columns == 0)):
        raise InputError(
            "sigma: got a zero, expected positive values: there is no derivative; detach it"
        )
    if apart and known(xp.any(columns[1:] == columns[:-1])):
        raise InputError(
            "sigma: got two equal values, expected distinct ones: the logarithm is -inf there, "
            "and has no derivative; detach it"
        )
    return columns


def _shift(dimension: int, scale: float) -> float:
    """Return what g^N / scale takes off the logarithm of the volume: (D / 2) log(scale)."""
    return dimension / 2 * math.log(scale)
