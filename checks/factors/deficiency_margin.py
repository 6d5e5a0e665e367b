"""Numeric checks of how fast the squared distance to a matrix falls along the flow."""

from functools import reduce

from flint import arb, fmpq, fmpq_mat

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups, Question, most_of, step_of
from dlnproof.core.expression import Expression
from dlnproof.core.side import Side
from dlnproof.core.spectrum import N
from dlnproof.numeric.exact.exact_geometry import Dual
from dlnproof.numeric.exact.gradient import velocities
from dlnproof.numeric.exact.matrices import product, trace
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.numeric.exact.predictions import Parts, common, over_index
from dlnproof.quantities.operator import deep

from .balanced_is_flattest import Sizes, residuals, short_of, square, times, vectors

COVERS = frozenset({"least", "scale", "weight"})


def falls(point: ExactPoint, off: fmpq_mat) -> fmpq:
    """Return how fast |W - Y|^2 / 2 falls along the factors' flow, where W - Y is given."""
    moves = velocities(point.factors, off)
    moving = [Dual(W, V) for W, V in zip(point.factors, moves, strict=True)]
    whole = reduce(lambda below, factor: factor * below, moving)
    return -trace(off.transpose() * whole.derivative)


def aside(point: ExactPoint) -> list[fmpq_mat]:
    """Return twice u_i v_i^T for each i: what W - Y is to be."""
    return [Z * 2 for Z in vectors(point)]


def measure_exact(point: ExactPoint) -> Groups:
    """Along each singular vector: how fast it falls, by |W - Y|^2 and by itself."""
    found = [falls(point, Z) / square([Z]) for Z in aside(point)]
    return [found, [2 * x for x in found]]


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """The same as it is stated, for the singular value as the least, and as the margin."""
    shared = common(point)
    scale, weight = (expression(parts[n]) for n in ("scale", "weight"))
    power = int(shared[N] * weight.at(shared))  # c^w = t^(N w)
    return [
        over_index(parts["least"], point),
        [scale.at(shared) * t**power for t in point.roots],
    ]


def expression(side: Side) -> Expression:
    """Return a part of the statement, which is a formula."""
    assert isinstance(side, Expression)
    return side


def measure_loss(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """By differences of the loss, of factors a step ahead of the flow and a step behind."""
    found = []
    for Z, s, t in zip(aside(point), point.sigma, point.roots, strict=True):
        moves = velocities(point.factors, Z)
        h, ends = step * t**2 / s, []  # in which the factors move by twice that share
        for time in (h, -h):
            end = product([W + V * time for W, V in zip(point.factors, moves, strict=True)])
            ends.append(square([end - point.W + Z]) / 2)
        found.append(arb((ends[1] - ends[0]) / (2 * h * square([Z]))))
    return [found, [2 * x for x in found]]


def all_around(point: ExactPoint) -> Sizes:
    """How fast it falls for some W - Y, and |W - Y|^2 times the speed at the last pair."""
    last = falls(point, vectors(point)[-1])
    found = residuals(point)
    return Sizes([falls(point, Z) for Z in found], [square([Z]) * last for Z in found])


CHECKS = (
    ExactCheck(
        COVERS,
        measure_exact,
        predict,
        questions=(
            Question(
                r"how fast the loss falls less $|W-Y|^2$ times the least, where it is negative",
                all_around,
                short_of,
                times(fmpq(1, 2)),
            ),
        ),
    ),
    ConvergentCheck(
        COVERS,
        measure_loss,
        predict,
        truncates=deep,
        order=2,
        fine=step_of,
        reach=most_of,
    ),
)
