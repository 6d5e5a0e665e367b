"""Numeric checks that the volume element of the balanced manifold factors."""

from flint import arb, fmpq

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups
from dlnproof.core.precision import bits_of, working_precision
from dlnproof.core.product import PairProduct
from dlnproof.core.spectrum import DOUBLED, I, L, N
from dlnproof.numeric.exact.charts import svd_chart
from dlnproof.numeric.exact.exact_geometry import manifold_tangents
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.numeric.exact.predictions import Parts, product_value
from dlnproof.numeric.exact.stencil import (
    tangents,
    working_digits,
)

COVERS = frozenset({"gram"})


def measure_exact(point: ExactPoint) -> Groups:
    """The determinant of the Gram matrix of all coordinate vectors, by dual numbers."""
    rows = manifold_tangents(point)
    return [[(rows * rows.transpose()).det()]]


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """The closed form."""
    return [[product_value(parts["gram"], point)]]


def size(point: ExactPoint) -> fmpq:
    """The determinant with sums in place of differences: the scale on which it may vanish."""
    sums = PairProduct(
        index=I.root**2 / (N * I.sigma**2),
        pair=DOUBLED * ((I.root**2 + L.root**2) * (I.sigma**2 + L.sigma**2)),
    )
    return product_value(sums, point)


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The same by finite differences, in units of the scale."""
    with working_precision(bits_of(working_digits(point, digits))):
        chart = svd_chart(point)
        rows, _ = tangents(chart, range(chart.dimension), step)
        # the coordinates of the spectrum are relative: d sigma_i = sigma_i dx_i
        unit = arb(1)
        for sigma in point.sigma:
            unit = unit * arb(sigma) ** 2
        return [[(rows * rows.transpose()).det() / unit / size(point)]]


def predict_pullback(parts: Parts, point: ExactPoint) -> Groups:
    """The closed form, in units of the scale."""
    return [[product_value(parts["gram"], point) / size(point)]]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict_exact),
    ConvergentCheck(
        COVERS,
        measure_pullback,
        predict_pullback,
        # the determinant is 0 where values coincide, and 1 at N = d = 1
        truncates=lambda point: point.distinct and (point.depth, point.width) != (1, 1),
    ),
)
