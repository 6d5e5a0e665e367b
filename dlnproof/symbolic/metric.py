"""The operator A_{N,W} and the metric g^N as sympy matrices."""

from math import isqrt
from typing import Any

import sympy

from dlnproof.numeric.normalization import Normalization
from dlnproof.symbolic.arguments import Expr, as_square
from dlnproof.symbolic.spectrum import Spectrum
from dlnproof.symbolic.svd import as_frames


def _layer_mean(spectrum: Spectrum, i: int, l: int) -> Expr:
    """Return the factor by which the operator stretches u_i v_l^T.

    At a concrete depth it is the sum over layers that defines the operator, not its closed form.
    """
    N, s, t = spectrum.depth, spectrum.sigma[i], spectrum.sigma[l]
    if not N.is_Integer:
        return spectrum.eigenvalue(i, l)
    terms = (s ** (2 * (N - j) / N) * t ** (2 * (j - 1) / N) for j in range(1, int(N) + 1))
    return sympy.Add(*terms) * spectrum.scale / N


def _framed(diagonal: Any, U: Any, V: Any) -> Any:
    """Return (V kron U) diagonal (V kron U)^T."""
    left, right = as_frames(isqrt(diagonal.rows), U, V)
    frame = sympy.kronecker_product(right, left)
    return frame * diagonal * frame.T


def operator(
    Z: Any,
    depth: Any,
    sigma: Any = None,
    U: Any = None,
    V: Any = None,
    *,
    normalization: Normalization = "mean",
) -> Any:
    """Return A_{N,W}(Z) = (1/N) sum_{j=1}^N (W W^T)^{(N-j)/N} Z (W^T W)^{(j-1)/N}.

    For "sum" it is N A_{N,W}(Z). W = U Sigma V^T; ``Z`` is d x d; the other arguments are as for
    :func:`metric_matrix`. At an integer depth the sum is formed (N terms), at a symbolic or
    infinite one its closed form. Raises :class:`~dlnproof.errors.InputError`.
    Source: CMV2023, Lemma 2.4.

    >>> operator([[1, 1], [1, 1]], 2, sigma=[4, 1], U=sympy.eye(2), V=sympy.eye(2))
    Matrix([
    [  4, 5/2],
    [5/2,   1]])
    """
    direction = as_square(Z, "Z")
    d = int(direction.rows)
    spectrum = Spectrum.of(depth, d, sigma, normalization)
    left, right = as_frames(d, U, V)
    coordinates = left.T * direction * right
    means = sympy.Matrix(d, d, lambda i, l: _layer_mean(spectrum, int(i), int(l)))
    return left * means.multiply_elementwise(coordinates) * right.T


def operator_matrix(
    depth: Any,
    width: Any,
    sigma: Any = None,
    U: Any = None,
    V: Any = None,
    *,
    normalization: Normalization = "mean",
) -> Any:
    """Return the d^2 x d^2 matrix of A_{N,W}, or of N A_{N,W} for "sum".

    vec(A_{N,W}(Z)) is this matrix times vec(Z), vec stacking columns. Arguments and errors as for
    :func:`metric_matrix`, construction and source as for :func:`operator`.

    >>> operator_matrix(2, 2, U=sympy.eye(2), V=sympy.eye(2)).diagonal()
    Matrix([[sigma_1, sigma_1/2 + sigma_2/2, sigma_1/2 + sigma_2/2, sigma_2]])
    """
    spectrum = Spectrum.of(depth, width, sigma, normalization)
    return _framed(sympy.diag(*(_layer_mean(spectrum, *il) for il in spectrum.pairs())), U, V)


def diagonal_metric(
    depth: Any, width: Any, sigma: Any = None, *, normalization: Normalization = "mean"
) -> Any:
    """Return D^N = diag(1/lambda_il), g^N in the basis u_i v_l^T: d^2 x d^2.

    Entry (i, l) has position (l - 1) d + i, counted from 1. For "sum" it is over N. Arguments and
    errors as for :func:`metric_matrix`. Source: CMV2023.

    >>> diagonal_metric(2, 2, sigma=[4, 1]).diagonal()
    Matrix([[1/4, 2/5, 2/5, 1]])
    """
    spectrum = Spectrum.of(depth, width, sigma, normalization)
    return sympy.diag(*(spectrum.metric_entry(*il) for il in spectrum.pairs()))


def metric_matrix(
    depth: Any,
    width: Any,
    sigma: Any = None,
    U: Any = None,
    V: Any = None,
    *,
    normalization: Normalization = "mean",
) -> Any:
    """Return the d^2 x d^2 matrix of g^N at W = U Sigma V^T: (V kron U) D^N (V kron U)^T.

    g^N(Z1, Z2) = vec(Z1)^T G vec(Z2), vec stacking columns; for "sum" the metric of N A_{N,W}.
    ``depth``: an integer >= 1, ``Symbol("N", integer=True, positive=True)`` or ``oo``. ``sigma``:
    d positive exact values, by default symbols; different symbols stand for different values,
    equal values take the closed form's limit. ``U``, ``V``: orthogonal d x d matrices, by default
    the symbols of :func:`singular_vectors`. The entries are not simplified.
    Raises :class:`~dlnproof.errors.InputError`. Source: CMV2023.

    >>> metric_matrix(2, 2, V=sympy.eye(2))[0, 1]
    2*u_12*u_22*(sigma_1 - sigma_2)/(sigma_1**2 - sigma_2**2) + u_11*u_21/sigma_1
    >>> metric_matrix(2, 2, sigma=[4, 1], U=sympy.eye(2), V=sympy.eye(2)).diagonal()
    Matrix([[1/4, 2/5, 2/5, 1]])
    """
    return _framed(diagonal_metric(depth, width, sigma, normalization=normalization), U, V)
