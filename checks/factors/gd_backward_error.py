"""Numeric checks of the loss whose flow a step of gradient descent follows."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.claims.check import (
    SECOND_DIFFERENCES,
    ConvergentCheck,
    ExactCheck,
    Groups,
    Parts,
    deep_and_narrow,
)
from dlnproof.core.expression import Expression
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.exact_geometry import Dual
from dlnproof.numeric.exact.gradient import integrate, lift, unbalanced
from dlnproof.numeric.exact.matrices import generic, product, trace
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.numeric.exact.predictions import over_pairs

from .balanced_is_flattest import square

COVERS = frozenset({"correction", "distinct", "coincident"})


def slopes(factors: Sequence[Any], aim: Any) -> list[Any]:
    """Return the gradients of |W_N ... W_1 - B|^2 / 2 in the factors, which may be dual numbers."""
    return lift(factors, product(factors) - aim)


def changed(factors: Sequence[fmpq_mat], moves: Sequence[fmpq_mat]) -> list[Dual]:
    """Return the gradients of factors that move, with their derivatives."""
    still = Dual(generic(factors[0].nrows()), moves[0] * 0)
    return slopes([Dual(W, H) for W, H in zip(factors, moves, strict=True)], still)


def ways(point: ExactPoint) -> list[list[fmpq_mat]]:
    """Return directions, in each of which one factor moves alone."""
    one, none = generic(point.width), fmpq_mat(point.width, point.width)
    depth = int(point.depth)
    return [[one if j == k else none for j in range(depth)] for k in range(depth)]


def along_itself(point: ExactPoint) -> list[fmpq]:
    """Half of how the gradients move along themselves, in each of those directions."""
    factors = unbalanced(point)
    moved = changed(factors, slopes(factors, generic(point.width)))
    return [trace(generic(point.width).transpose() * g.derivative) / 2 for g in moved]


def measure_exact(point: ExactPoint) -> Groups:
    """What a step misses, by dual numbers; the squared gradients at balanced factors."""
    return [along_itself(point), [square(slopes(point.factors, generic(point.width)))]]


@lru_cache(maxsize=1)  # no wrong variant of the statement changes it
def squares_along(point: ExactPoint) -> list[fmpq]:
    """How the sum of the squared gradients moves in each of those directions, by dual numbers."""
    moved = (changed(unbalanced(point), H) for H in ways(point))
    pairs = ([g.value.transpose() * g.derivative for g in found] for found in moved)
    return [2 * sum(map(trace, found), fmpq(0)) for found in pairs]


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """The share of that which is stated; the squared gradients, by singular values."""
    share = parts["correction"]
    assert isinstance(share, Expression)
    rest = point.U.transpose() * (point.W - generic(point.width)) * point.V
    lengths = over_pairs(parts["distinct"], parts["coincident"], point)
    squares = (
        x * y**2
        for row, entries in zip(lengths, rest.tolist(), strict=True)
        for x, y in zip(row, entries, strict=True)
    )
    return [[share.at({}) * x for x in squares_along(point)], [sum(squares, fmpq(0))]]


def measure_steps(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """How far gradient flow ends from a step, by its square; how fast steps lessen the loss.

    Each is the mean of a step forward and one back, whose errors of the next order cancel.
    """
    with working_precision(bits_of(4 * digits)):
        start, aim = [arb_mat(W) for W in unbalanced(point)], arb_mat(generic(point.width))
        moves, apart = slopes(start, aim), [aim * 0 for _ in start]
        for time in (step, -step):
            ends = integrate(start, aim, time, 1)  # of order 4
            steps = [W - g * time for W, g in zip(start, moves, strict=True)]
            apart = [x + y - z for x, y, z in zip(apart, ends, steps, strict=True)]
        missed = [trace(aim.transpose() * x) / (2 * arb(step) ** 2) for x in apart]
        balanced = [arb_mat(W) for W in point.factors]
        pull = slopes(balanced, aim)
        speed = max(float(abs(x).upper()) for g in pull for x in g.entries())
        h = arb(step / (1 + int(speed)))

        def loss(time: arb) -> arb:
            end = product([W - g * time for W, g in zip(balanced, pull, strict=True)]) - aim
            return arb(trace(end.transpose() * end) / 2)

        return [missed, [(loss(-h) - loss(h)) / (2 * h)]]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict),
    ConvergentCheck(
        COVERS,
        measure_steps,
        predict,
        **SECOND_DIFFERENCES,
        visits=deep_and_narrow,
    ),
)
