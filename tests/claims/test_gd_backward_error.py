"""A step of gradient descent by hand, and beside the flows of the loss and of the corrected one."""

from collections.abc import Sequence
from fractions import Fraction
from importlib import import_module
from math import log2

import pytest
from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.numeric.exact.gradient import unbalanced
from dlnproof.numeric.exact.matrices import generic
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum, point
from dlnproof.numeric.exact.runge_kutta import State, integrated

checks = import_module("dlnproof.checks.factors.gd_backward_error")


def test_by_hand() -> None:
    """x = 2, y = 3 and the loss (xy)^2 / 2: g = (18, 12), and |g|^2 = x^2 y^4 + x^4 y^2."""
    x, y = Fraction(2), Fraction(3)
    g = (x * y**2, x**2 * y)
    slope = (2 * x * y**4 + 4 * x**3 * y**2, 4 * x**2 * y**3 + 2 * x**4 * y)
    bent = (y**2 * g[0] + 2 * x * y * g[1], 2 * x * y * g[0] + x**2 * g[1])
    assert [a / 4 for a in slope] == [b / 2 for b in bent]
    factors, aim = [fmpq_mat([[2]]), fmpq_mat([[3]])], fmpq_mat(1, 1)
    still = checks.Dual(aim, aim)
    moving = [checks.Dual(W, v) for W, v in zip(factors, checks.slopes(factors, aim), strict=True)]
    found = checks.slopes(moving, still)
    assert [Fraction(str(m.value[0, 0])) for m in found] == list(g)
    assert [Fraction(str(m.derivative[0, 0])) for m in found] == list(bent)


def distance(made: ExactPoint, share: fmpq, step: fmpq) -> float:
    """How far a step ends from the flow of L + share step |grad L|^2, after the time ``step``.

    The gradient of the correction is twice the share times the derivative of the gradient along
    itself, here by central differences.
    """
    start, aim = [arb_mat(W) for W in unbalanced(made)], arb_mat(generic(made.width))
    h = arb(fmpq(1, 10**20))

    def moved(at: Sequence[arb_mat], by: Sequence[arb_mat], time: arb) -> list[arb_mat]:
        return [W + V * time for W, V in zip(at, by, strict=True)]

    def flow(at: State) -> list[arb_mat]:
        g = checks.slopes(at, aim)
        ahead, behind = (checks.slopes(moved(at, g, t), aim) for t in (h, -h))
        bent = [(a - b) / (2 * h) for a, b in zip(ahead, behind, strict=True)]
        return [-(v + c * (2 * share * step)) for v, c in zip(g, bent, strict=True)]

    ends = integrated(flow, start, step, 4)
    steps = moved(start, checks.slopes(start, aim), -arb(step))
    return max(
        float(abs(x - y).mid())
        for a, b in zip(ends, steps, strict=True)
        for x, y in zip(a.entries(), b.entries(), strict=True)
    )


@pytest.mark.parametrize(("share", "order"), [(fmpq(1, 4), 3), (fmpq(1, 2), 2), (fmpq(0), 2)])
@pytest.mark.parametrize("depth", [1, 2, 3])
def test_the_order_of_what_is_left(share: fmpq, order: int, depth: int) -> None:
    made = point(PointKey(depth, 2, Stratum.SIMPLE, 1, 0, 0))
    with checks.working_precision(300):
        errors = [distance(made, share, fmpq(1, 256 * 2**k)) for k in range(2)]
    assert abs(log2(errors[0] / errors[1]) - order) < 0.2
