"""Checks of the slopes of the entropy: of two values that differ, and of any that are equal."""

from collections.abc import Sequence
from typing import NamedTuple

from flint import arb, fmpq

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups, Question
from dlnproof.core.expression import Expression
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum
from dlnproof.numeric.exact.predictions import Parts, common
from dlnproof.numeric.exact.stencil import working_digits
from dlnproof.quantities.gradients import entropy_slope, fibred
from dlnproof.quantities.orbit import squared_differences

from ..completion.volume_corners import planar
from . import entropy_shape
from .entropy_gradient import measure_pullback as slopes_pullback

COVERS = frozenset({"first", "second", "place"})


def alike(point: ExactPoint) -> bool:
    """Whether all singular values are equal."""
    return len(set(point.roots)) == 1


def visited(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return the points of two values that differ, and those where all are equal."""
    equal = {1: Stratum.SIMPLE, 2: Stratum.PAIR}
    same = [key for key in keys if key.stratum is equal.get(key.width, Stratum.EQUAL)]
    return [*planar(keys), *same]


def few(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return some of them: each is many determinants, and of close values only rounding is seen."""
    far = [key for key in visited(keys) if key.stratum is not Stratum.NEAR and key.sign == 1]
    return [key for key in far if 1 < key.width < 4 and 1 < key.depth < 4]


def measure_exact(point: ExactPoint) -> Groups:
    """The slopes of the entropy by two values; by one of equal values, times the value."""
    if alike(point):
        return [[], [point.sigma[0] * entropy_slope(point, 0)]]
    return [[entropy_slope(point, i) for i in range(2)], []]


def together(point: ExactPoint, step: fmpq, digits: int) -> arb:
    """The slope of the entropy by log sigma where all values grow alike, over their number."""

    def entropy(by: fmpq) -> arb:
        at = ExactPoint(point.depth, tuple(t * (1 + by) for t in point.roots), point.frames)
        return squared_differences(at, step, 2 * digits).log() / 2

    with working_precision(bits_of(2 * working_digits(point, digits))):
        p, q, r, s = (entropy(step * k) for k in (1, -1, fmpq(1, 2), fmpq(-1, 2)))
        slope = ((r - s) * 8 - (p - q)) / (6 * step)
        return slope / (int(point.depth) * point.width)


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The same by finite differences; of equal values where the roots grow together."""
    if not alike(point):
        return [*slopes_pullback(point, step, digits), []]
    return [[], [together(point, step, digits)]]


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """The two slopes, and the other number, as they are stated."""
    if not alike(point):
        return [*entropy_shape.predict(parts, point), []]
    place = parts["place"]
    assert isinstance(place, Expression)
    return [[], [place.at(common(point))]]


class Rest(NamedTuple):
    """Derivatives of the free energy of e(x) = x^2 / 2 at inverse temperatures 1 and 1/10."""

    pairs: tuple[tuple[fmpq, fmpq], ...]


def derivatives(point: ExactPoint) -> Rest:
    """Return them where two values differ, of more factors than one."""
    if alike(point) or point.depth == 1:
        return Rest(())
    plain = entropy_shape.slopes(point).plain
    first, second = (
        tuple(x - rate * heat for heat in (1, 10))
        for x, rate in zip(point.sigma, plain, strict=True)
    )
    return Rest(tuple(zip(first, second, strict=True)))


def not_apart(found: Rest) -> list[fmpq]:
    """Return by how much the first derivative is not larger than the second."""
    return [min(x - y, fmpq(0)) for x, y in found.pairs]


def turned(found: Rest) -> list[Rest]:
    """The same with the two derivatives exchanged."""
    pairs = tuple((y, x) for x, y in found.pairs)
    return [Rest(pairs)] if pairs else []


CHECKS = (
    ExactCheck(
        COVERS,
        measure_exact,
        predict,
        visits=visited,
        questions=(
            Question(
                "what the derivative of the free energy in the larger value lacks to be larger",
                derivatives,
                not_apart,
                turned,
            ),
        ),
    ),
    ConvergentCheck(COVERS, measure_pullback, predict, truncates=fibred, visits=few),
)
