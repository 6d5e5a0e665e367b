"""Checks of how the entropy grows with the determinant, and that with an entry."""

from collections.abc import Sequence
from itertools import product
from math import prod

from flint import fmpq, fmpq_mat

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups, Question
from dlnproof.claims.completion.no_free_energy_minimiser import INVERSE, TIME
from dlnproof.core.expression import Expression
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum
from dlnproof.numeric.exact.predictions import Parts, common
from dlnproof.quantities.gradients import entropy_slope, fibred
from dlnproof.quantities.orbit import squared

from ..orbit.free_energy_equilibria import together

MOVED = fmpq(2)
"""By how much an entry moves."""


def few(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return some points: each is many determinants, and of close values only rounding is seen."""
    far = [key for key in keys if key.stratum is not Stratum.NEAR and key.sign == 1]
    return [key for key in far if 1 < key.width < 4 and 1 < key.depth < 4]


def measure_exact(point: ExactPoint) -> Groups:
    """The slope of the entropy where all values grow alike; determinants where an entry moves."""
    d = point.width
    rate = sum((s * entropy_slope(point, i) for i, s in enumerate(point.sigma)), fmpq(0)) / d
    sizes = []
    for i, l in product(range(d), range(d)):
        there = fmpq_mat(point.W)
        there[i, l] += MOVED
        sizes.append(there.det() / point.W.det())
    return [[rate], sizes]


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """The two as they are stated."""
    rate, slope = parts["rate"], parts["slope"]
    assert isinstance(rate, Expression)
    assert isinstance(slope, Expression)
    inverse = point.W.inv().transpose().entries()
    return [[rate.at(common(point))], [slope.at({TIME: MOVED, INVERSE: x}) for x in inverse]]


Volumes = tuple[fmpq, fmpq]


def volumes(point: ExactPoint) -> Volumes:
    """The square of the volume of the orbit over that of the group, and what bounds it below."""
    n, d = int(point.depth), point.width
    least = fmpq(n) ** (d * (d - 1) // 2) * prod(point.roots) ** ((n - 1) * (d - 1))
    return squared(point), least


def lacking(found: Volumes) -> list[fmpq]:
    """Return what the volume lacks to be as large as that of equal values."""
    return [min(found[0] - found[1], fmpq(0))]


def exchanged(found: Volumes) -> list[Volumes]:
    """The same with the two exchanged, where they differ."""
    return [found[::-1]] if found[0] != found[1] else []


def predict_rate(parts: Parts, point: ExactPoint) -> Groups:
    """The rate alone."""
    return predict(parts, point)[:1]


CHECKS = (
    ExactCheck(
        frozenset({"rate", "slope"}),
        measure_exact,
        predict,
        questions=(
            Question(
                "what the squared volume lacks to be that of equal values of this determinant",
                volumes,
                lacking,
                exchanged,
            ),
        ),
    ),
    ConvergentCheck(
        frozenset({"rate"}),
        lambda point, step, digits: [[together(point, step, digits)]],
        predict_rate,
        truncates=fibred,
        visits=few,
    ),
)
