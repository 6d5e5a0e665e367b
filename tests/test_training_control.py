"""Descent on two factors at any precision: one iteration by hand, and when the sign changes."""

from fractions import Fraction
from typing import Any

import flint
import numpy as np
import pytest

from dlnproof.numeric.arrays import FloatArray
from dlnproof.training.completion import Completion
from dlnproof.training.control import SignChange, first_sign_change
from dlnproof.training.descent import gradient_descent
from dlnproof.training.initial import network_factors

PROBLEM = Completion((2, 2), {(0, 1): 1, (1, 0): 1, (1, 1): 0})
START = ([0.25, 0.0, 0.125, 0.5], [0.5, 0.25, 0.0, 0.25])  # det W > 0, exact in binary
LR = 2.0**-5


def by_hand(lr: Any, most: int, number: Any) -> SignChange | None:
    """The definition, with numpy's products of arrays of any numbers."""
    zero, one = number(0), number(1)
    first, second = (
        np.array([[number(x) for x in row] for row in np.reshape(s, (2, 2))]) for s in START
    )

    def det(M: Any) -> Any:
        return M[0, 0] * M[1, 1] - M[0, 1] * M[1, 0]

    sign = det(first) * det(second) > 0
    for k in range(1, most + 1):
        W = second @ first
        G = np.array([[zero, W[0, 1] - one], [W[1, 0] - one, W[1, 1]]])
        first, second = first - lr * (second.T @ G), second - lr * (G @ first.T)
        if (det(first) * det(second) > 0) is not sign:
            W = second @ first
            loss = ((W[0, 1] - 1) ** 2 + (W[1, 0] - 1) ** 2 + W[1, 1] ** 2) / 2
            return SignChange(k, float(loss), abs(float(W[0, 0])))
    return None


def test_against_numpy() -> None:
    found = first_sign_change(START, LR, most=10_000)
    expected = by_hand(LR, 10_000, float)
    assert found is not None
    assert expected is not None
    assert found.iteration == expected.iteration
    assert (found.loss, found.entry) == pytest.approx((expected.loss, expected.entry), rel=1e-10)


def test_against_fractions() -> None:
    """A step so large that the sign changes within a few iterations."""
    found = first_sign_change(START, 1.25, most=6, digits=50)
    expected = by_hand(Fraction(5, 4), 6, Fraction)
    assert found is not None
    assert expected is not None
    assert found.iteration == expected.iteration
    assert (found.loss, found.entry) == pytest.approx((expected.loss, expected.entry), rel=1e-14)


def test_rounding_has_no_part_in_it() -> None:
    plain, precise, more = (first_sign_change(START, LR, most=10_000, digits=k) for k in (None, 30, 60))
    assert plain is not None
    assert precise == more is not None
    assert plain.iteration == precise.iteration
    assert plain.loss == pytest.approx(precise.loss, rel=1e-9)


def test_from_balanced_factors_smaller_steps_change_it_later_and_at_a_smaller_loss() -> None:
    """The flow, to which they tend, never changes it."""
    W0 = np.array([[[1e-3, 2e-4], [-3e-4, 2e-3]]])
    factors = [factor[0].ravel().tolist() for factor in network_factors(W0, 2)]
    found = [first_sign_change(factors, lr, most=40_000) for lr in (2e-2, 1e-2, 5e-3)]
    first, second, third = (change for change in found if change is not None)
    assert first.iteration < second.iteration < third.iteration
    assert first.loss > second.loss > third.loss
    assert first.entry < second.entry < third.entry


def test_the_descent_of_the_runs_changes_sign_at_the_same_iteration() -> None:
    factors = [np.reshape(s, (1, 2, 2)) for s in START]
    change = first_sign_change(START, LR, most=10_000)
    assert change is not None

    def sign(iterations: int) -> int:
        done = gradient_descent(
            PROBLEM, factors, lr=LR, stop_loss=1e-12, max_iterations=iterations
        )
        return int(done.det_sign[0])

    assert (sign(change.iteration - 1), sign(change.iteration)) == (1, -1)


def test_the_iterate_before_has_the_old_sign() -> None:
    change = first_sign_change(START, LR, most=10_000)
    assert change is not None
    assert first_sign_change(START, LR, most=change.iteration - 1) is None
    assert first_sign_change(START, LR, most=change.iteration) == change


def test_it_is_not_seen_where_it_does_not_happen() -> None:
    assert first_sign_change(START, LR, most=0) is None
    turned = ([-x for x in START[0][:2]] + START[0][2:], START[1])  # det W(0) < 0
    assert first_sign_change(turned, LR, most=2000) is None


def test_the_precision_is_put_back() -> None:
    before = flint.ctx.prec
    first_sign_change(START, LR, most=3, digits=80)
    assert flint.ctx.prec == before


def test_two_factors_are_taken_first_factor_first() -> None:
    """W = W_2 W_1: with the factors exchanged and transposed, W is transposed and all is alike."""

    def transposed(entries: list[float]) -> list[float]:
        M: FloatArray = np.reshape(entries, (2, 2)).T
        return [float(x) for x in M.ravel()]

    straight = first_sign_change(START, LR, most=10_000)
    exchanged = first_sign_change((transposed(START[1]), transposed(START[0])), LR, most=10_000)
    wrong = first_sign_change((START[1], START[0]), LR, most=10_000)
    assert straight is not None
    assert exchanged is not None
    assert straight.iteration == exchanged.iteration
    assert wrong is None or wrong.loss != pytest.approx(straight.loss, rel=1e-6)
