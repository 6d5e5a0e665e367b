"""The geometry downstairs from finite differences in factor space, and from nothing else.

No eigenvalue, no van, no A_{N,W} enters: only factor tuples, their Frobenius inner products and
their product phi(W_N, ..., W_1) = W_N ... W_1. What comes out is compared with closed forms
elsewhere. Each function takes an exact point of finite depth, a step (see
:func:`~dlnproof.numeric.exact.stencil.fine_step`,
:func:`~dlnproof.numeric.exact.stencil.coarse_steps`) and the decimal digits to work to; guard
digits are added. Running example: d = 2, N = 2, where :func:`density_pullback` meets
N^{d(d-1)/2} det(Sigma^2)^{(1-N)/(2N)} van(Sigma^{2/N}) = 2 (sigma_1 - sigma_2) /
sqrt(sigma_1 sigma_2).
"""

from dataclasses import dataclass
from math import prod

from flint import arb, arb_mat, fmpq

from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.charts import Chart, polar_chart, svd_chart
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.numeric.exact.stencil import tangents, working_digits


@dataclass(frozen=True)
class Volume:
    """A squared volume, and Hadamard's bound for it: the product of the squared edge lengths.

    Where coordinates degenerate the square is a ball around 0, of either sign, and has no root:
    hence squares are compared. The error of ``squared`` is small on the scale of ``bound``.
    """

    squared: arb
    bound: arb


def operator_pullback(point: ExactPoint, step: fmpq, digits: int = 50) -> arb_mat:
    """Return dphi dphi^* on the balanced manifold, which is N A_{N,W} by the theory.

    d^2 x d^2, in the column-major vec basis: Y^T G^{-1} Y, with G the Gram matrix of a basis of
    tangent vectors and Y, by rows, their images. Regular at every spectrum of an invertible W.
    Heuristic: balls enclose the rounding, not the truncation O(h^4), which is absent at N = 1.
    Raises :class:`~dlnproof.errors.InputError` at infinite depth. CMV2023 Lemma 2.4; MY2025.
    """
    with working_precision(bits_of(working_digits(point, digits))):
        chart = polar_chart(point)
        vectors, images = tangents(chart, range(chart.dimension), step)
        gram = vectors * vectors.transpose()
        return images.transpose() * gram.solve(images)


def metric_pullback(point: ExactPoint, step: fmpq, digits: int = 50) -> arb_mat:
    """Return the matrix of g^N, "mean" normalisation: vec(Z)^T g vec(Z) is N min |lift of Z|^2.

    d^2 x d^2, in the column-major vec basis: N Y^{-1} S Y^{-T}, with S the horizontal Gram matrix
    of the coordinates of W and Y, by rows, their images. Inverting :func:`operator_pullback` gives
    the same; this way small singular values cost no accuracy. Guarantee and errors: as there.
    MY2025 (phi is a Riemannian submersion).
    """
    with working_precision(bits_of(working_digits(point, digits))):
        horizontal, images = _horizontal(polar_chart(point), step)
        half = images.solve(horizontal)
        return images.solve(half.transpose()) * int(point.depth)


def determinant_pullback(point: ExactPoint, step: fmpq, digits: int = 50) -> arb:
    """Return det g^N, "mean" normalisation, with respect to dW.

    It is det(N S) / det(Y)^2, with S and Y as in :func:`metric_pullback`: each is relative to the
    singular values, so that small ones cost no accuracy, as they would in the determinant of the
    matrix. Guarantee and errors: :func:`operator_pullback`. CMV2023, proof of Theorem 1.1.
    """
    with working_precision(bits_of(working_digits(point, digits))):
        horizontal, images = _horizontal(polar_chart(point), step)
        volume = images.det()
        return (horizontal * int(point.depth)).det() / (volume * volume)


def density_pullback(point: ExactPoint, step: fmpq, digits: int = 50) -> Volume:
    """Return the squared density of g^N, "mean" normalisation, with respect to dSigma dU dV.

    It is det(N S), S the horizontal Gram matrix in the coordinates Sigma, U, V: zero up to
    rounding where singular values coincide. Guarantee and errors: :func:`operator_pullback`.
    CMV2023 Theorem 1.1.
    """
    with working_precision(bits_of(working_digits(point, digits))):
        horizontal, _ = _horizontal(svd_chart(point), step)
        # the coordinates are relative: d sigma_i = sigma_i dx_i
        return _volume(horizontal * int(point.depth), arb(prod(point.sigma)) ** 2)


def jacobian_pullback(point: ExactPoint, step: fmpq, digits: int = 50) -> Volume:
    """Return the squared Jacobian of (Sigma, U, V) -> U Sigma V^T, dW against dSigma dU dV.

    The determinant of the d^2 x d^2 Gram matrix of the partial derivatives. Zero up to rounding
    where singular values coincide. Depends on W only; any depth, infinity included. Guarantee:
    :func:`operator_pullback`. CMV2023 Lemma 2.7.
    """
    shallow = ExactPoint(1, point.sigma, (point.V, point.U))  # one factor: the chart is the SVD
    with working_precision(bits_of(working_digits(shallow, digits))):
        chart = svd_chart(shallow)
        _, partials = tangents(chart, chart.base, step)
        return _volume(partials * partials.transpose(), arb(prod(point.sigma)) ** 2)


def _horizontal(chart: Chart, step: fmpq) -> tuple[arb_mat, arb_mat]:
    """Return the Gram matrix B - C F^{-1} C^T of the coordinates of W, and their images, as rows.

    [[B, C], [C^T, F]] is the Gram matrix upstairs, the coordinates of W first, then those of the
    fibre: what is left of the former is orthogonal to the fibre.
    """
    base, images = tangents(chart, chart.base, step)
    fibre, _ = tangents(chart, chart.fibre, step)
    mixed = base * fibre.transpose()
    along = fibre * fibre.transpose()
    return base * base.transpose() - mixed * along.solve(mixed.transpose()), images


def _volume(gram: arb_mat, unit: arb) -> Volume:
    lengths = [gram[k, k] for k in range(gram.nrows())]
    return Volume(gram.det() / unit, prod(lengths, start=arb(1)) / unit)
