"""Numeric checks of the volume of the orbit of balanced factorizations."""

from collections.abc import Sequence

from flint import arb, fmpq

from dlnproof.core.precision import bits_of, working_precision
from dlnproof.numeric.charts import svd_chart
from dlnproof.numeric.exact_geometry import orbit_tangents
from dlnproof.numeric.points import ExactPoint, PointKey, point
from dlnproof.numeric.predictions import Parts, product_value
from dlnproof.numeric.stencil import (
    tangents,
    working_digits,
)
from dlnproof.run.check import ConvergentCheck, ExactCheck, Groups

COVERS = frozenset({"squared"})


def deeper_than_one(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return the points whose fibre has a dimension, of rank d - 1 at least."""
    return [
        key for key in keys if key.depth > 1 and key.width > 1 and point(key).rank >= key.width - 1
    ]


def skew_length(point: ExactPoint) -> fmpq:
    """Two for each coordinate of the group: the squared length of E_il - E_li."""
    coordinates = (int(point.depth) - 1) * point.width * (point.width - 1) // 2
    return fmpq(2) ** coordinates


def measure_exact(point: ExactPoint) -> Groups:
    """The Gram determinant of the orbit, by dual numbers, over that of the group."""
    rows = orbit_tangents(point)
    return [[(rows * rows.transpose()).det() / skew_length(point)]]


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The same by finite differences of the factors along the fibre."""
    with working_precision(bits_of(working_digits(point, digits))):
        chart = svd_chart(point)
        rows, _ = tangents(chart, chart.fibre, step)
        return [[(rows * rows.transpose()).det() / arb(skew_length(point))]]


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """The closed form, squared."""
    return [[product_value(parts["squared"], point)]]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict, visits=deeper_than_one),
    ConvergentCheck(
        COVERS,
        measure_pullback,
        predict,
        truncates=lambda point: True,
        visits=deeper_than_one,
    ),
)
