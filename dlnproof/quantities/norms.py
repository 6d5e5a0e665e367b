"""Squared Frobenius norms of a matrix of any shape and rank, and of balanced factors of it."""

from typing import Final

from flint import arb, ctx, fmpq, fmpq_mat

from dlnproof.numeric.balls.certified_spectrum import certified_spectra
from dlnproof.numeric.exact.matrices import columns, product
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.quantities.quantity import Quantity

_SHAPES: Final = (
    r"of norms: $W$ may have any shape and rank, $\sigma_1,\dots,\sigma_d$ are its singular values "
    "that are not zero, and $d$, for which $r$ can be written, is the rank"
)


def shaped(point: ExactPoint) -> list[fmpq_mat]:
    """Return balanced factors with the point's singular values, wider than these are many.

    They are P_j W_j P_{j-1}^T, of which each P_j has orthonormal columns and one row more than
    columns, or two.
    """
    frames = [columns(point.width + 1 + j % 2, point.width) for j in range(len(point.factors) + 1)]
    return [
        after * factor * before.transpose()
        for before, factor, after in zip(frames[:-1], point.factors, frames[1:], strict=True)
    ]


def _squared(matrix: fmpq_mat) -> fmpq:
    return sum((x * x for x in matrix.entries()), fmpq(0))


def _of_product(point: ExactPoint) -> fmpq:
    return _squared(product(shaped(point)))


def _of_factors(point: ExactPoint) -> fmpq:
    return sum(map(_squared, shaped(point)), fmpq(0))


def _squares(point: ExactPoint) -> list[arb]:
    """Return the squares of the singular values that are not zero, from the entries of W alone."""
    found = certified_spectra(product(shaped(point)))
    near = next(spectrum for spectrum in found if spectrum.bits >= ctx.prec)
    pairs = zip(near.squares, near.multiplicities, strict=True)
    return [square for square, times in pairs for _ in range(times)]


def _product_enclosed(point: ExactPoint) -> list[arb]:
    return [sum(_squares(point), arb(0))]


def _factors_enclosed(point: ExactPoint) -> list[arb]:
    """Return the squared norm of U S^(1/N), ..., S^(1/N) V^T, for W = U S V^T."""
    depth = int(point.depth)
    return [depth * sum((square.root(depth) for square in _squares(point)), arb(0))]


SQUARED_NORM: Final = Quantity(
    "squared-norm",
    r"$\|W\|_F^{2}$",
    r"the squared Frobenius norm $\operatorname{Tr}(W^{T}W)$ of the product of the factors",
    (_SHAPES,),
    exact=_of_product,
    balls=_product_enclosed,
    scale=lambda point: point.sigma[0] ** 2,
    additive=True,
    ranked=True,
)
FACTORS_SQUARED_NORM: Final = Quantity(
    "factors-squared-norm",
    r"$\sum_j\|W_j\|_F^{2}$",
    r"the sum of the squared Frobenius norms $\operatorname{Tr}(W_j^{T}W_j)$ of balanced factors "
    "of $W$",
    (_SHAPES,),
    exact=_of_factors,
    balls=_factors_enclosed,
    scale=lambda point: int(point.depth) * point.roots[0] ** 2,
    additive=True,
    ranked=True,
)
