"""Checks of the curvature of a pair's planes: their sums, and the Riemann tensor."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from flint import fmpq, fmpq_mat

from dlnproof.claims.check import (
    SECOND_DIFFERENCES,
    ConvergentCheck,
    ExactCheck,
    Groups,
    deeper_than_one,
)
from dlnproof.numeric.exact.curvature import metric, sectional_curvature_of
from dlnproof.numeric.exact.curvature_pullback import sectional_curvature_pullback
from dlnproof.numeric.exact.points import ExactPoint, PointKey
from dlnproof.numeric.exact.predictions import Parts, over_pairs

from .riemannian_cone import column
from .scalar_curvature import complete, few, narrow, of_pair, unit, value

Columns = tuple[fmpq_mat, fmpq_mat]
COVERS = frozenset({"apart", "coincident", "turning", "together", "against"})


def split(point: ExactPoint, i: int, l: int) -> fmpq:
    """Return theta_il by its sum."""
    N, x, y = int(point.depth), point.roots[i] ** 2, point.roots[l] ** 2
    shares = sum((complete(k, x, y) * complete(N - k, x, y) for k in range(1, N)), fmpq(0))
    front = 2 * point.sigma[i] * point.sigma[l] * (x + y) / (x * y)
    return front * shares / complete(N, x, y) ** 2


def framed(point: ExactPoint, entries: Mapping[tuple[int, int], fmpq]) -> fmpq_mat:
    """Return the matrix of these entries of U^T . V, as a column."""
    found = fmpq_mat(point.width, point.width)
    for place, entry in entries.items():
        found[place] = entry
    return column(point.U * found * point.V.transpose())


def planes(point: ExactPoint, i: int, l: int) -> list[Columns]:
    """Return the planes of S and K, of D and S, of D and K, as columns."""
    t, s, one = point.roots, point.sigma, fmpq(1)
    S, K = framed(point, {(i, l): one, (l, i): one}), framed(point, {(i, l): one, (l, i): -one})
    D = framed(point, {(i, i): s[i] / t[i] ** 2, (l, l): -s[l] / t[l] ** 2})
    return [(S, K), (D, S), (D, K)]


def places(point: ExactPoint) -> list[tuple[int, int]]:
    """Return the pairs i < l."""
    return list(combinations(range(point.width), 2))


def measure_exact(point: ExactPoint) -> Groups:
    """The sums; the curvature of each pair's planes."""
    pairs, g = places(point), metric(point)
    found = [[sectional_curvature_of(g, *plane) for plane in planes(point, *p)] for p in pairs]
    return [[split(point, *pair) for pair in pairs], *map(list, zip(*found, strict=True))]


def stated(parts: Parts, point: ExactPoint) -> list[list[fmpq]]:
    """Return what is stated of theta_il, and of each kind of plane, for all pairs."""
    N, t, pairs = int(point.depth), point.roots, places(point)
    table = over_pairs(parts["apart"], parts["coincident"], point)
    thetas = [table[i][l] for i, l in pairs]
    kappas = [of_pair(N, t[i] ** 2, t[l] ** 2) for i, l in pairs]
    by = [value(parts[name], point, 0) for name in ("turning", "together", "against")]
    both = list(zip(kappas, thetas, strict=True))
    return [
        thetas,
        [by[0] * k for k in kappas],
        [by[1] * (k + theta) for k, theta in both],
        [by[2] * (k - theta) for k, theta in both],
    ]


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The curvature of each pair's planes by finite differences, in units of its size."""
    return [
        [x / unit(point) for x in sectional_curvature_pullback(point, some, step, digits)]
        for some in zip(*(planes(point, *pair) for pair in places(point)), strict=True)
    ]


def predict_pullback(parts: Parts, point: ExactPoint) -> Groups:
    """The same as it is stated."""
    return [[x / unit(point) for x in some] for some in stated(parts, point)[1:]]


def with_pairs(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return all points of width 2, and few of width 3."""
    return [key for key in narrow(keys) if key.width > 1]


def planar(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return of these one of each kind, of width 2, where something is curved."""
    return deeper_than_one([key for key in few(keys) if key.width == 2])


CHECKS = (
    ExactCheck(COVERS, measure_exact, stated, visits=with_pairs),
    ConvergentCheck(
        COVERS,
        measure_pullback,
        predict_pullback,
        **SECOND_DIFFERENCES,
        visits=planar,
    ),
)
"""Sums of pairs, and the curvature of their planes against the Riemann tensor."""
