"""Gradient flow on the factors of a deep linear network, exactly at one moment and in time."""

from collections.abc import Sequence
from typing import Final

from flint import arb_mat, fmpq, fmpq_mat

from dlnproof.numeric.exact.exact_geometry import Dual
from dlnproof.numeric.exact.matrices import Matrix, generic, product
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.numeric.exact.runge_kutta import integrated

_NONE: Final = fmpq(0)


def velocities(factors: Sequence[Matrix], gradient: Matrix) -> list[Matrix]:
    """Return the velocities of gradient flow, minus the lift of the gradient."""
    return lift(factors, -gradient)


def product_velocity(factors: Sequence[fmpq_mat], gradient: fmpq_mat) -> fmpq_mat:
    """Return how fast the product moves along that flow, by dual numbers."""
    whole, *rest = map(Dual, factors, velocities(factors, gradient))
    for factor in rest:
        whole = factor * whole
    return whole.derivative


def lift(factors: Sequence[Matrix], Y: Matrix) -> list[Matrix]:
    """Return dphi^*(Y): (W_N...W_{j+1})^T Y (W_{j-1}...W_1)^T for each j."""
    flow = []
    for j in range(len(factors)):
        force = Y
        if j + 1 < len(factors):
            force = product(factors[j + 1 :]).transpose() * force
        if j:
            force = force * product(factors[:j]).transpose()
        flow.append(force)
    return flow


def unbalanced(point: ExactPoint) -> list[fmpq_mat]:
    """Return factors near the point's that are not balanced, of norm about 1."""
    shift, scale = generic(point.width), 1 / point.roots[0]
    return [factor * scale + shift * fmpq(1, 2 + j) for j, factor in enumerate(point.factors)]


def decaying(factors: Sequence[Matrix], gradient: Matrix, decay: fmpq) -> list[Matrix]:
    """Return the velocities with weight decay: those of gradient flow less ``decay`` times W_j."""
    moves = velocities(factors, gradient)
    return [V - W * decay for V, W in zip(moves, factors, strict=True)]


def integrate(
    factors: Sequence[arb_mat], aim: arb_mat, time: fmpq, steps: int, decay: fmpq = _NONE
) -> list[arb_mat]:
    """Follow gradient flow of |W - B|^2 / 2 by the classical Runge-Kutta method of order 4.

    With weight decay, if that is given.
    """

    def flow(at: Sequence[arb_mat]) -> list[arb_mat]:
        return decaying(at, product(at) - aim, decay)

    return integrated(flow, factors, time, steps)
