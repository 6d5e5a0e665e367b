"""Numeric checks of what gradient descent does to balancedness."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.claims.check import (
    ConvergentCheck,
    ExactCheck,
    Groups,
    Parts,
    deep_and_narrow,
    deeper_than_one,
    halving,
)
from dlnproof.core.expression import Expression
from dlnproof.core.spectrum import NEXT_MOVES, NEXT_MOVES_T, THIS_MOVES, THIS_MOVES_T
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.gradient import integrate, unbalanced, velocities
from dlnproof.numeric.exact.matrices import generic, product
from dlnproof.numeric.exact.points import ExactPoint, identity

COVERS = frozenset({"drift"})
STEPS, TIME, NODES = (fmpq(1, 7), fmpq(2, 5)), fmpq(1, 8), 16
"""Steps: of one, a power could not be told; a time, and into how many pieces it is parted."""


def defects(factors: Sequence[Any]) -> list[Any]:
    """Return W_{j+1}^T W_{j+1} - W_j W_j^T for each j."""
    return [b.transpose() * b - a * a.transpose() for a, b in pairwise(factors)]


def drift(parts: Parts, factors: Sequence[Any], aim: Any) -> list[Any]:
    """Return what is stated, at the gradient of |W - B|^2 / 2, for each j."""
    stated = parts["drift"]
    assert isinstance(stated, Expression)
    one = type(factors[0])(identity(factors[0].nrows()))
    moves = velocities(factors, product(factors) - aim)
    return [
        stated.at(
            {
                NEXT_MOVES: b,
                NEXT_MOVES_T: b.transpose(),
                THIS_MOVES: a,
                THIS_MOVES_T: a.transpose(),
            },
            lambda c: one * c,
        )
        for a, b in pairwise(moves)
    ]


def measure_exact(point: ExactPoint) -> Groups:
    """The change of each difference in a step, by the square of the step, over QQ."""
    factors = unbalanced(point)
    moves = velocities(factors, product(factors) - generic(point.width))
    found = []
    for step in STEPS:
        after = [W + V * step for W, V in zip(factors, moves, strict=True)]
        changes = zip(defects(after), defects(factors), strict=True)
        found += [((new - old) / step**2).entries() for new, old in changes]
    return found


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """What is stated of each step."""
    found: list[fmpq_mat] = drift(parts, unbalanced(point), generic(point.width))
    return [each.entries() for each in found] * len(STEPS)


def measure_descent(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The change of each difference until some time, by the step."""
    with working_precision(bits_of(digits)):
        factors, aim = [arb_mat(W) for W in unbalanced(point)], arb_mat(generic(point.width))
        start = defects(factors)
        for _ in range(int(TIME / step)):
            moves = velocities(factors, product(factors) - aim)
            factors = [(W + V * step).mid() for W, V in zip(factors, moves, strict=True)]
        changes = zip(defects(factors), start, strict=True)
        return [((new - old) / arb(step)).entries() for new, old in changes]


def predict_descent(parts: Parts, point: ExactPoint) -> Groups:
    """What is stated, integrated along the gradient flow by Simpson's rule."""
    aim = arb_mat(generic(point.width))
    state, h = [arb_mat(W) for W in unbalanced(point)], TIME / NODES
    sums = [each * (h / 3) for each in drift(parts, state, aim)]
    for k in range(1, NODES + 1):
        state = integrate(state, aim, h, 1)  # of order 4: far closer than the descent is
        share = h / 3 * (1 if k == NODES else 4 if k % 2 else 2)
        found = drift(parts, state, aim)
        sums = [total + value * share for total, value in zip(sums, found, strict=True)]
    return [each.entries() for each in sums]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict_exact, visits=deeper_than_one),
    ConvergentCheck(
        COVERS,
        measure_descent,
        predict_descent,
        order=1,
        ladder=halving(64),
        fine=lambda digits: fmpq(1, 2048),
        reach=lambda digits: fmpq(1, 50),
        visits=deep_and_narrow,
    ),
)
