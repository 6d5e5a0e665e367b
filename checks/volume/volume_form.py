"""Numeric checks of Theorem 1.1: the volume form of g^N."""

from flint import fmpq

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups
from dlnproof.core.product import PairProduct
from dlnproof.core.spectrum import I, L, N
from dlnproof.numeric.exact.exact_geometry import exact_root, sum_operator, svd_differential
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.numeric.exact.predictions import Parts, product_value
from dlnproof.numeric.exact.pullback import density_pullback

COVERS = frozenset({"form"})


def measure_exact(point: ExactPoint) -> Groups:
    """|det J| / sqrt(det A), with J the exact differential of the SVD and A from the factors.

    This is the density of g^N = A^(-1) in the coordinates (Sigma, U, V).
    """
    A = sum_operator(point) * fmpq(1, int(point.depth))
    return [[abs(svd_differential(point).det()) / exact_root(A.det())]]


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """The closed form."""
    return [[product_value(parts["form"], point)]]


def size(point: ExactPoint) -> fmpq:
    """The density with sums in place of differences: the scale on which it may vanish."""
    sums = PairProduct(pair=N * (I.root**2 + L.root**2), index=I.root / I.sigma)
    return product_value(sums, point)


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The squared density of the pulled-back metric, in units of the scale; and +1."""
    return [[density_pullback(point, step, digits).squared / size(point) ** 2], [fmpq(1)]]


def predict_pullback(parts: Parts, point: ExactPoint) -> Groups:
    """The square of the closed form, and its sign."""
    form = product_value(parts["form"], point)
    return [[(form / size(point)) ** 2], [fmpq(1 if form >= 0 else -1)]]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict_exact),
    ConvergentCheck(
        COVERS,
        measure_pullback,
        predict_pullback,
        # the density is 0 where values coincide, and 1 at N = d = 1
        truncates=lambda point: point.distinct and (point.depth, point.width) != (1, 1),
    ),
)
