"""Checks of the second derivatives of the entropy of two singular values, and of their sign."""

from collections.abc import Callable
from itertools import product
from typing import NamedTuple

from flint import arb, fmpq

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups, Question
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.numeric.exact.predictions import Parts
from dlnproof.numeric.exact.slopes import slopes
from dlnproof.numeric.exact.stencil import working_digits
from dlnproof.quantities.gradients import entropy_second, entropy_slope, fibred

from ..completion.volume_corners import closed, planar
from .entropy_shape import few

COVERS = frozenset({"one", "mixed", "other"})
_PLACES = ((0, 0), (0, 1), (1, 1))


def measure_exact(point: ExactPoint) -> Groups:
    """The second derivatives, of the Gram matrix of the orbit's tangents."""
    return [list(second(point)[1:])]


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The same by finite differences of the first derivatives."""
    with working_precision(bits_of(2 * working_digits(point, digits))):
        moved = [list(slopes(_slope(i), point, step)) for i in (0, 1)]
    return [[moved[i][l] for i, l in _PLACES]]


def _slope(i: int) -> Callable[[ExactPoint], arb]:
    return lambda at: arb(entropy_slope(at, i))


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """The three as they are stated."""
    return [[closed(parts[name], point) for name in ("one", "mixed", "other")]]


class Second(NamedTuple):
    """The depth, and the second derivatives."""

    depth: int
    one: fmpq
    mixed: fmpq
    other: fmpq


def second(point: ExactPoint) -> Second:
    """Return them."""
    return Second(int(point.depth), *(entropy_second(point, i, l) for i, l in _PLACES))


def amiss(found: Second) -> list[fmpq]:
    """Return what is positive of the form along some lines; and of two factors its determinant."""
    depth, one, mixed, other = found
    lines = ((x, y) for x, y in product(range(-3, 4), range(4)) if (x, y) != (0, 0))
    along = [one * x * x + 2 * mixed * x * y + other * y * y for x, y in lines]
    determinant = one * other - mixed * mixed
    least = min(determinant, fmpq(0)) if depth > 2 else determinant
    return [*(max(value, fmpq(0)) for value in along), least]


def turned(found: Second) -> list[Second]:
    """The opposite sign of one, and of two factors more mixing; of one factor all are 0."""
    depth, one, mixed, other = found
    less, more = Second(depth, -one, mixed, other), Second(depth, one, 2 * mixed, other)
    return [less, more] if depth == 2 else [less] if depth > 2 else []


CHECKS = (
    ExactCheck(
        COVERS,
        measure_exact,
        predict,
        visits=planar,
        questions=(
            Question(
                "a second derivative along a line that is positive, or of two factors the "
                "determinant of all three",
                second,
                amiss,
                turned,
            ),
        ),
    ),
    ConvergentCheck(COVERS, measure_pullback, predict, truncates=fibred, visits=few),
)
"""The second derivatives of the entropy, exactly and by differences."""
