"""Weight decay: by hand, and without it."""

from importlib import import_module

import pytest
from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.gradient import decaying, integrate, velocities
from dlnproof.numeric.exact.points import PointKey, Stratum, point

weight_decay = import_module("dlnproof.checks.factors.weight_decay_balances")
PARTS = CLAIMS["weight-decay-balances"].parts


def test_by_hand() -> None:
    """W = 3 * 2 and the loss W^2 / 2: the gradients are 18 in W_1, and 12 in W_2."""
    factors = [fmpq_mat([[2]]), fmpq_mat([[3]])]
    moves = decaying(factors, factors[0] * factors[1], fmpq(5))
    assert [m[0, 0] for m in moves] == [-18 - 10, -12 - 15]
    change = 2 * (3 * moves[1][0, 0] - 2 * moves[0][0, 0])
    assert change == -2 * 5 * (9 - 4) == -weight_decay.rate(PARTS, fmpq(5)) * (9 - 4)


def test_without_decay_it_is_gradient_flow() -> None:
    factors = [fmpq_mat([[2]]), fmpq_mat([[3]])]
    gradient = fmpq_mat([[7]])
    assert decaying(factors, gradient, fmpq(0)) == velocities(factors, gradient)
    assert weight_decay.rate(PARTS, fmpq(0)) == 0


@pytest.mark.parametrize("strength", [fmpq(1, 3), fmpq(2)])
def test_at_rest_factors_decay_alone(strength: fmpq) -> None:
    """Where W is what is aimed at from the start, at W = 0, both factors are multiplied alike."""
    factors = [arb_mat([[2]]), arb_mat([[0]])]
    ends = integrate(factors, arb_mat([[0]]), fmpq(1, 8), 64, strength)
    left = (arb(-strength) / 8).exp()
    assert abs(float(ends[0][0, 0] - 2 * left)) < 1e-9
    assert float(ends[1][0, 0]) == 0


def test_what_decays_is_not_0() -> None:
    made = point(PointKey(3, 2, Stratum.SIMPLE, 1, 0, 0))
    assert all(any(group) for group in weight_decay.measure_exact(made))
