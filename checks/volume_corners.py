"""Numeric checks of the volume density of 2 x 2 matrices, and of where it is largest."""

from collections.abc import Sequence

from flint import fmpq, fmpq_mat

from dlnproof.claims.minimisers import B11, B22, X
from dlnproof.core.expression import Expression
from dlnproof.core.spectrum import pair_values
from dlnproof.core.step import Side
from dlnproof.numeric.exact_geometry import exact_root, sum_operator
from dlnproof.numeric.points import ExactPoint, PointKey, Stratum
from dlnproof.numeric.predictions import common
from dlnproof.run.check import ConvergentCheck, ExactCheck, Groups, Parts, Readings


def planar(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return the points of width 2 with distinct singular values."""
    return [key for key in keys if key.width == 2 and key.stratum is not Stratum.PAIR]


def deep(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return those of two factors or more: at N = 1 nothing is singular."""
    return [key for key in planar(keys) if key.depth > 1]


def density(point: ExactPoint) -> fmpq:
    """Return sqrt(det g^N) with respect to dW, from the factors."""
    return 1 / exact_root((sum_operator(point) / int(point.depth)).det())


def moved(point: ExactPoint, first: fmpq, second: fmpq) -> ExactPoint:
    """Return the point with other roots of singular values."""
    return ExactPoint(point.depth, (first, second), point.frames)


def closed(part: Side, point: ExactPoint) -> fmpq:
    """Return an expression's value at the two singular values."""
    assert isinstance(part, Expression)
    value: fmpq = part.at(pair_values(common(point), *point.levels()))
    return value


def measure_exact(point: ExactPoint) -> Groups:
    """The density; and the squared norm of a minimiser of rank one."""
    b, c = point.roots
    W = fmpq_mat([[b, fmpq(3, 2)], [b * c / fmpq(3, 2), c]])
    return [[density(point)], [sum((entry * entry for entry in W.entries()), fmpq(0))]]


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """The closed forms."""
    largest = parts["largest"]
    assert isinstance(largest, Expression)
    b, c = point.roots
    return [[closed(parts["density"], point)], [largest.at({B11: b, B22: c, X: fmpq(3, 2)})]]


def elsewhere(point: ExactPoint) -> Readings:
    """The density at twice sigma_1 and sigma_2 / 100 (by roots); at a maximum it is no larger."""
    first, second = point.roots
    far = density(moved(point, 2 * first, second / 100))
    return [[far]], [[[min(far, density(point))]]]


def measure_leading(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The density times sigma_l^(1 - 1/N), the root of sigma_l being ``step`` times the first."""
    near = moved(point, point.roots[0], step * point.roots[0])
    return [[density(near) * near.sigma[1] / near.roots[1]]]


def predict_leading(parts: Parts, point: ExactPoint) -> Groups:
    """The leading coefficient."""
    return [[closed(parts["leading"], point)]]


CHECKS = (
    ExactCheck(
        frozenset({"density", "largest"}),
        measure_exact,
        predict_exact,
        visits=planar,
        printed={"highest-at-corners": elsewhere},
    ),
    ConvergentCheck(
        frozenset({"leading"}),
        measure_leading,
        predict_leading,
        truncates=lambda point: True,
        order=2,
        ladder=lambda point: (fmpq(1, 64), fmpq(1, 128), fmpq(1, 256)),
        fine=lambda digits: fmpq(1, 10 ** ((digits + 1) // 2)),
        reach=lambda digits: fmpq(1, 10 ** (4 * digits // 5)),
        visits=deep,
    ),
)
