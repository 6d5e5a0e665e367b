"""The Laplacian of the metric, from its definition: exactly, and by differences in factor space.

Of a function f it is the sum of g^ab d_a d_b f, and of the Laplacians of coordinates times d_a f.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any

from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.curvature import Series, coordinates, metric
from dlnproof.numeric.exact.curvature_pullback import SIGNS, Lattice, moved
from dlnproof.numeric.exact.limit_laplacian import EntryLattice, LimitMetric
from dlnproof.numeric.exact.matrices import trace
from dlnproof.numeric.exact.points import ExactPoint, diagonal
from dlnproof.numeric.exact.stencil import working_digits


def of_coordinates(raised: Any, slopes: Sequence[Any]) -> list[Any]:
    """Return the sum of d_m (sqrt(det g) g^mk) / sqrt(det g) for each k, of rationals or balls."""
    axes = range(raised.nrows())
    found = [fmpq(0)] * len(axes)
    for m, slope in enumerate(slopes):
        turned = raised * slope
        row, half = turned * raised, trace(turned) / 2
        found = [x + half * raised[m, k] - row[m, k] for k, x in enumerate(found)]
    return found


def laplacian(point: ExactPoint) -> fmpq_mat:
    """Return the Laplacian of g^N of each entry of an invertible W, of finite depth, exactly."""
    g, size = metric(point, 1), point.width
    return fmpq_mat(size, size, of_coordinates(g.value.inv(), g.first)).transpose()


def laplacian_of(point: ExactPoint, functions: Callable[[Series], Sequence[Series]]) -> list[fmpq]:
    """Return that of functions of the entries of W, as 1 x 1 matrices, of finite depth, exactly."""
    g = metric(point, 1)
    raised, axes = g.value.inv(), range(point.width**2)
    own = of_coordinates(raised, g.first)
    return [
        sum((raised[a, b] * f.at(a, b)[0, 0] for a in axes for b in axes), fmpq(0))
        + sum((own[a] * f.first[a][0, 0] for a in axes), fmpq(0))
        for f in functions(coordinates(point.W))
    ]


def limit_laplacian(
    point: ExactPoint, functions: Callable[[Series], Sequence[Series]]
) -> tuple[list[arb], list[arb]]:
    """Return that at infinite depth, enclosed, of functions of U^T W V; and of its entries.

    The metric is the same in these coordinates, as U and V do not move.
    """
    g, axes = LimitMetric(point), range(point.width**2)
    raised, middle = g.value.inv(), coordinates(diagonal(point.sigma))
    own = of_coordinates(raised, g.first)
    found = [
        sum((raised[a, b] * f.at(a, b)[0, 0] for a in axes for b in axes), arb(0))
        + sum((own[a] * f.first[a][0, 0] for a in axes), arb(0))
        for f in functions(middle)
    ]
    return found, own


def laplacian_pullback(
    point: ExactPoint, step: fmpq, digits: int, functions: Callable[[arb_mat], Sequence[arb]]
) -> list[arb]:
    """Return that of functions of W, as a column of its columns, up to O(h^2).

    In coordinates of balanced factors, which are not the entries of W; steps down to 10^-digits
    leave the digits.
    """
    with working_precision(bits_of(working_digits(point, 4 * digits))):
        return laplacian_on(Lattice(point, step), functions)


def laplacian_on(
    lattice: Lattice | EntryLattice, functions: Callable[[arb_mat], Sequence[arb]]
) -> list[arb]:
    """Return the same by differences on a lattice, in its coordinates."""
    h, axes = lattice.h, range(lattice.size)
    rest = (0,) * len(axes)

    def at(*by: tuple[int, int]) -> arb_mat:
        return arb_mat([list(functions(lattice.image(moved(rest, *by))))])

    middle = at()
    near = {(k, s): at((k, s)) for k in axes for s in (1, -1)}
    raised = lattice.metric(rest).inv()
    slopes = [
        (lattice.metric(moved(rest, (k, 1))) - lattice.metric(moved(rest, (k, -1)))) / (2 * h)
        for k in axes
    ]
    found = arb_mat(1, middle.ncols())
    for k, own in enumerate(of_coordinates(raised, slopes)):
        found += (near[k, 1] - near[k, -1]) * (own / (2 * h))
        found += (near[k, 1] + near[k, -1] - 2 * middle) * (raised[k, k] / h**2)
    for a, b in combinations(axes, 2):
        corners = [at((a, s), (b, t)) * (s * t) for s, t in SIGNS]
        found += sum(corners[1:], corners[0]) * (raised[a, b] / (2 * h**2))
    return list(found.entries())
