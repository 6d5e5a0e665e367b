"""Numeric checks of the volume density of 2 x 2 matrices, and of where it is largest."""

from collections.abc import Sequence

from flint import fmpq, fmpq_mat

from dlnproof.claims.check import (
    ConvergentCheck,
    ExactCheck,
    Groups,
    Parts,
    Question,
    Readings,
    Sides,
    deeper_than_one,
    halving,
    most_of,
    step_of,
)
from dlnproof.claims.completion.letters import B11, B22, X
from dlnproof.core.expression import Expression
from dlnproof.core.side import Side
from dlnproof.core.spectrum import pair_values
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum
from dlnproof.numeric.exact.predictions import common
from dlnproof.quantities.metric import density


def planar(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return the points of width 2 with distinct singular values."""
    return [key for key in keys if key.width == 2 and key.stratum is not Stratum.PAIR]


def deep(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return those of two factors or more: at N = 1 nothing is singular."""
    return deeper_than_one(planar(keys))


def moved(point: ExactPoint, first: fmpq, second: fmpq) -> ExactPoint:
    """Return the point with other roots of singular values."""
    return ExactPoint(point.depth, (first, second), point.frames)


def closed(part: Side, point: ExactPoint) -> fmpq:
    """Return an expression's value at the two singular values."""
    assert isinstance(part, Expression)
    value: fmpq = part.at(pair_values(common(point), *point.levels()))
    return value


def measure_exact(point: ExactPoint) -> Groups:
    """The density; the squared norm of a minimiser of rank one."""
    b, c = point.roots
    W = fmpq_mat([[b, fmpq(3, 2)], [b * c / fmpq(3, 2), c]])
    return [[density(point)], [sum((entry * entry for entry in W.entries()), fmpq(0))]]


Three = tuple[fmpq, fmpq, fmpq]


def further(point: ExactPoint) -> Three:
    """The density, and where sigma_1 is larger: at the same sigma_2, at the same determinant."""
    (b, c), more = point.roots, fmpq(5, 4)
    at = point, moved(point, b * more, c), moved(point, b * more, c / more)
    here, same_second, same_determinant = map(density, at)
    return here, same_second, same_determinant


def growth(found: Three) -> list[fmpq]:
    """By how much the density is larger where sigma_1 is."""
    here, *others = found
    return [max(other - here, fmpq(0)) for other in others]


def grown(found: Three) -> list[Three]:
    """The density twice as large, in one of the two places."""
    here, same_second, same_determinant = found
    return [(here, 2 * here, same_determinant), (here, same_second, 2 * here)]


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """The closed forms."""
    largest = parts["largest"]
    assert isinstance(largest, Expression)
    b, c = point.roots
    at = {B11: b, B22: c, X: fmpq(3, 2)}
    return [[closed(parts["density"], point)], [largest.at(at)]]


def elsewhere(point: ExactPoint) -> Readings:
    """The density at sigma = (4, 1/10000), and next to a corner, at sigma = (49/25, 1/25); N = 2.

    Both are on the plane with unit diagonal: x^2 + y^2 and xy are given by sigma, and real; the
    second has x = y = 24/25.
    """
    if point.depth != 2:
        return Readings()
    far = density(moved(point, fmpq(2), fmpq(1, 100)))
    near = density(moved(point, fmpq(7, 5), fmpq(1, 5)))
    what = Sides(
        r"the density where $\sigma=(4, 1/10000)$, far from the corners",
        "that where $x=y=24/25$, next to one",
        "$N=2$, $d=2$, unit diagonal",
    )
    return Readings([[far]], [[min(far, near)]], what)


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
        questions=(
            Question(
                r"by how much the density is larger where $\sigma_{1}$ is", further, growth, grown
            ),
        ),
        printed={"highest-at-corners": elsewhere},
    ),
    ConvergentCheck(
        frozenset({"leading"}),
        measure_leading,
        predict_leading,
        order=2,
        ladder=halving(64),
        fine=step_of,
        reach=most_of,
        visits=deep,
    ),
)
