"""Numeric checks that balancedness is conserved."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.claims.check import (
    RUNGE_KUTTA,
    ConvergentCheck,
    ExactCheck,
    Groups,
    Parts,
    Sides,
    deeper_than_one,
)
from dlnproof.core.expression import Expression, Letter
from dlnproof.core.spectrum import NEXT, NEXT_T, THIS, THIS_T
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.exact_geometry import Dual
from dlnproof.numeric.exact.gradient import integrate, unbalanced, velocities
from dlnproof.numeric.exact.matrices import generic, product
from dlnproof.numeric.exact.points import ExactPoint, identity

COVERS = frozenset({"invariant"})
TIME = fmpq(1, 8)


def neighbours(this: Any, after: Any) -> dict[Letter, Any]:
    """Return the values of the letters of two neighbouring factors, of any matrix type."""
    return {NEXT: after, NEXT_T: after.transpose(), THIS: this, THIS_T: this.transpose()}


def measure_exact(point: ExactPoint) -> Groups:
    """Zero: nothing moves."""
    return [[fmpq(0)] * point.width**2] * (int(point.depth) - 1)


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """The derivative of each difference along the flow, by dual numbers, for |W - B|^2 / 2."""
    invariant = parts["invariant"]
    assert isinstance(invariant, Expression)
    factors = unbalanced(point)
    gradient = product(factors) - generic(point.width)
    moving = [Dual(W, V) for W, V in zip(factors, velocities(factors, gradient), strict=True)]
    one, zero = identity(point.width), fmpq_mat(point.width, point.width)

    def rate(this: Dual, after: Dual) -> list[fmpq]:
        moved: Dual = invariant.at(neighbours(this, after), lambda c: Dual(one * c, zero))
        return moved.derivative.entries()

    return [rate(this, after) for this, after in pairwise(moving)]


def conserved(point: ExactPoint, group: int, number: int) -> Sides:
    """Say what the exact check compares."""
    return Sides(
        "the derivative of what is conserved",
        "an entry of the derivative of the difference along the flow",
        f"$N={point.depth}$, $d={point.width}$, factors that are not balanced",
    )


def measure_flow(point: ExactPoint, step: fmpq, digits: int) -> list[arb_mat]:
    """The factors after some time, by a method of order 4 with the given step."""
    with working_precision(bits_of(digits)):
        start = [arb_mat(W) for W in unbalanced(point)]
        return integrate(start, arb_mat(generic(point.width)), TIME, int(TIME / step))


def read_flow(parts: Parts, factors: list[arb_mat]) -> Groups:
    """The differences at the end."""
    return _differences(parts, factors)


def predict_flow(parts: Parts, point: ExactPoint) -> Groups:
    """The differences at the start."""
    return _differences(parts, [arb_mat(W) for W in unbalanced(point)])


def _differences(parts: Parts, factors: Sequence[arb_mat]) -> list[list[arb]]:
    invariant = parts["invariant"]
    assert isinstance(invariant, Expression)
    one = arb_mat(identity(factors[0].nrows()))

    def entries(this: arb_mat, after: arb_mat) -> list[arb]:
        found: list[arb] = invariant.at(neighbours(this, after), lambda c: one * c).entries()
        return found

    return [entries(this, after) for this, after in pairwise(factors)]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict_exact, visits=deeper_than_one, sides=conserved),
    ConvergentCheck(
        COVERS,
        measure_flow,
        predict_flow,
        **RUNGE_KUTTA,
        read=read_flow,
        visits=deeper_than_one,
    ),
)
