"""Checks of the radial part of the Laplacian: of traces of powers of W^T W."""

from collections.abc import Sequence

from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.claims.check import SECOND_DIFFERENCES, ConvergentCheck, ExactCheck, Groups
from dlnproof.core.expression import Number
from dlnproof.numeric.exact.curvature import Series
from dlnproof.numeric.exact.exact_geometry import eigenvectors, exact_root
from dlnproof.numeric.exact.laplacian import laplacian_of, laplacian_pullback
from dlnproof.numeric.exact.matrices import trace
from dlnproof.numeric.exact.points import ExactPoint, PointKey
from dlnproof.numeric.exact.predictions import Parts, over_pairs
from dlnproof.quantities.operator import mean_operator

from .volume_gradient import by_value, distinct, narrow

DIFFERENCES = frozenset({"first", "second", "scale"})
COVERS = DIFFERENCES | {"length"}


def powers(width: int) -> range:
    """Return the powers of W^T W whose traces are tried: one more than there are drifts."""
    return range(1, width + 2)


def traces(W: Series) -> list[Series]:
    """Return the traces of powers of W^T W."""
    gram = W.mapped(fmpq_mat.transpose) * W
    tried = (gram.power(k) for k in powers(W.value.nrows()))
    return [each.mapped(lambda x: fmpq_mat([[trace(x)]])) for each in tried]


def traces_of_column(column: arb_mat) -> list[arb]:
    """Return the same of W as a column."""
    size = exact_root(fmpq(column.nrows()))
    W = arb_mat(int(size.p), int(size.p), column.entries())
    gram = W * W.transpose()
    return [trace(gram**k) for k in powers(W.nrows())]


def measure_exact(point: ExactPoint) -> Groups:
    """The Laplacians; and the metric with directions in which the root of one value grows."""
    d, N = point.width, int(point.depth)
    K = eigenvectors(point)
    form = K.transpose() * mean_operator(point).inv() * K
    grows = [N * s / t for s, t in zip(point.sigma, point.roots, strict=True)]
    products = [form[k, i * (d + 1)] * grows[i] for i in range(d) for k in range(d * d)]
    return [products, *([x] for x in laplacian_of(point, traces))]


def stated(parts: Parts, point: ExactPoint) -> Groups:
    """Return what is stated of the traces: sums over the roots r of r^(2 N k)."""
    [drifts] = by_value(parts, Number(0), point)
    scale, N = over_pairs(parts["scale"], parts["scale"], point)[0][0], int(point.depth)
    found = []
    for n in (2 * N * k for k in powers(point.width)):
        own = (
            r ** (n - 2) * (n - 1) + a * r ** (n - 1)
            for r, a in zip(point.roots, drifts, strict=True)
        )
        found.append([scale * n * sum(own, fmpq(0))])
    return found


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """The same as it is stated."""
    d, lengths = point.width, over_pairs(parts["length"], parts["length"], point)
    products = [fmpq(0)] * d**3
    for i, (s, t) in enumerate(zip(point.sigma, point.roots, strict=True)):
        products[i * d * d + i * (d + 1)] = lengths[i][i] * t / (s * int(point.depth))
    return [products, *stated(parts, point)]


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The Laplacians by finite differences in factor space."""
    return [[x] for x in laplacian_pullback(point, step, digits, traces_of_column)]


def few(keys: Sequence[PointKey]) -> list[PointKey]:
    """Return of distinct values one point of each kind, of width 3 one in all."""
    first = [key for key in distinct(keys) if (key.index, key.sign) == (0, 1)]
    wide = [key for key in first if key.width == 3 and key.depth == 2]
    return [*(key for key in first if key.width < 3 and key.depth < 4), *wide[:1]]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict_exact, visits=narrow),
    ConvergentCheck(
        DIFFERENCES,
        measure_pullback,
        stated,
        **SECOND_DIFFERENCES,
        visits=few,
    ),
)
