"""Checks of the least sum of squared norms: at balanced factors, at others, and near the former."""

from typing import NamedTuple

from flint import arb, fmpq

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups, Question, most_of, step_of
from dlnproof.numeric.exact.matrices import generic, product
from dlnproof.numeric.exact.points import ExactPoint, identity
from dlnproof.numeric.exact.predictions import Parts, over_index
from dlnproof.quantities.operator import deep

from .balanced_is_flattest import Factors, Sizes, others, short_of, square, times
from .balanced_polar_tower import Tower, imbalance
from .three_way_splitting import acted

COVERS = frozenset({"share"})


def measure_exact(point: ExactPoint) -> Groups:
    """The sum of the squared norms of balanced factors."""
    return [[square(point.factors)]]


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """The same as it is stated."""
    return [[sum(over_index(parts["share"], point), fmpq(0))]]


def elsewhere(point: ExactPoint) -> Sizes:
    """The sum for other factors of the same product, and for balanced ones."""
    return Sizes([square(others(point))], [square(point.factors)])


class Norms(NamedTuple):
    """Factors of a matrix, and the least sum of squared norms of such."""

    factors: Factors
    least: fmpq


def some(point: ExactPoint) -> list[Norms]:
    """Return balanced factors, and others."""
    least = square(point.factors)
    return [Norms(factors, least) for factors in (point.factors, others(point))]


def mistaken(found: list[Norms]) -> list[fmpq]:
    """Return 1 for factors that are out of balance with the least sum, or balance with another."""
    off = [any(imbalance(Tower([*W], product(W)))) for W, _ in found]
    more = [square(W) != least for W, least in found]
    return [fmpq(x != y) for x, y in zip(off, more, strict=True)]


def otherwise(found: list[Norms]) -> list[list[Norms]]:
    """The same with a least sum that no balanced factors have; and as if the others had it."""
    balanced, other = found
    foils = [[balanced._replace(least=balanced.least / 2), other]]
    if square(other.factors) != other.least:
        foils.append([balanced, other._replace(least=square(other.factors))])
    return foils


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The sum for factors g_j W_j g_{j-1}^{-1}, of g_j at a distance h of I: its error is h^2."""
    one, many = identity(point.width), range(1, int(point.depth))
    group = [one, *(one + generic(point.width) * (step / j) for j in many), one]
    return [[arb(square(acted(point.factors, group)))]]


CHECKS = (
    ExactCheck(
        COVERS,
        measure_exact,
        predict,
        questions=(
            Question(
                "the sum for other factors less that of balanced ones, where it is negative",
                elsewhere,
                short_of,
                times(fmpq(1, 2)),
            ),
            Question(
                "which factors are out of balance with the least sum, or balance with another",
                some,
                mistaken,
                otherwise,
            ),
        ),
    ),
    ConvergentCheck(
        COVERS,
        measure_pullback,
        predict,
        truncates=deep,
        order=2,
        fine=step_of,
        reach=most_of,
    ),
)
