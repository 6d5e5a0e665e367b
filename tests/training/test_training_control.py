"""Descent on two factors at any precision: one iteration by hand, and when the sign changes."""

from fractions import Fraction
from typing import Any

import flint
import numpy as np
import pytest

from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training.completion import Completion
from dlnproof.training.control import SignChange, first_sign_change
from dlnproof.training.descent import gradient_descent
from dlnproof.training.initial import network_factors

PROBLEM = Completion((2, 2), {(0, 1): 1, (1, 0): 1, (1, 1): 0})
START = [1e-3, 2e-4, -3e-4, 2e-3]
"""W(0), with a positive determinant."""
LR = 2.0**-6
MOST = 40_000


def by_hand(first: Any, second: Any, lr: Any, most: int) -> SignChange | None:
    """The definition, with numpy's products of arrays of any numbers."""

    def det(M: Any) -> Any:
        return M[0, 0] * M[1, 1] - M[0, 1] * M[1, 0]

    sign = bool(det(first) * det(second) > 0)
    for k in range(1, most + 1):
        W = second @ first
        G = W - np.array([[W[0, 0], 1], [1, 0]], dtype=W.dtype)
        first, second = first - lr * (second.T @ G), second - lr * (G @ first.T)
        if bool(det(first) * det(second) > 0) is not sign:
            W = second @ first
            loss = ((W[0, 1] - 1) ** 2 + (W[1, 0] - 1) ** 2 + W[1, 1] ** 2) / 2
            return SignChange(k, float(loss), abs(float(W[0, 0])))
    return None


def balanced(entries: list[float]) -> list[FloatArray]:
    """Return W_1 = (W^T W)^(1/4) by eigenvalues, and W_2 = W W_1^(-1)."""
    W = np.reshape(entries, (2, 2))
    values, V = np.linalg.eigh(W.T @ W)
    first = V @ np.diag(values**0.25) @ V.T
    return [first, W @ np.linalg.inv(first)]


@pytest.mark.parametrize("digits", [None, 50])
def test_against_numpy(digits: int | None) -> None:
    found = first_sign_change(START, LR, most=MOST, digits=digits)
    first, second = balanced(START)
    assert np.allclose(second.T @ second, first @ first.T)
    expected = by_hand(first, second, LR, MOST)
    assert found is not None
    assert expected is not None
    assert found.iteration == expected.iteration
    assert (found.loss, found.entry) == pytest.approx((expected.loss, expected.entry), rel=1e-9)


@pytest.mark.parametrize(("step", "iteration"), [("5/8", 6), ("3/4", 4), ("9/8", 2)])
def test_against_fractions(step: str, iteration: int) -> None:
    """W(0) is a turn by 3/5, 4/5 after diag(25/64, 25/256), whose root is rational."""
    lr, zero = Fraction(step), Fraction(0)
    root = np.array([[Fraction(5, 8), zero], [zero, Fraction(5, 16)]])
    turn = np.array([[Fraction(3), Fraction(-4)], [Fraction(4), Fraction(3)]]) / Fraction(5)
    start = [float(x) for x in (turn @ root @ root).ravel()]
    assert start == [15 / 64, -20 / 256, 20 / 64, 15 / 256]  # exact in binary
    found = first_sign_change(start, float(lr), most=8, digits=50)
    expected = by_hand(root, turn @ root, lr, 8)
    assert found is not None
    assert expected is not None
    assert found.iteration == expected.iteration == iteration
    assert (found.loss, found.entry) == pytest.approx((expected.loss, expected.entry), rel=1e-14)


def test_rounding_has_no_part_in_it() -> None:
    plain, precise, more = (
        first_sign_change(START, LR, most=MOST, digits=digits) for digits in (None, 30, 60)
    )
    assert plain is not None
    assert precise is not None
    assert precise == more
    assert plain.iteration == precise.iteration
    assert plain.loss == pytest.approx(precise.loss, rel=1e-9)


def test_smaller_steps_change_it_later_and_at_a_smaller_loss() -> None:
    """The flow, to which they tend, never changes it."""
    found = [first_sign_change(START, lr, most=MOST) for lr in (2e-2, 1e-2, 5e-3)]
    first, second, third = (change for change in found if change is not None)
    assert first.iteration < second.iteration < third.iteration
    assert first.loss > second.loss > third.loss
    assert first.entry < second.entry < third.entry


def test_the_descent_of_the_runs_changes_sign_at_the_same_iteration() -> None:
    factors = network_factors(np.reshape(START, (1, 2, 2)), 2)  # others, alike up to rotation
    change = first_sign_change(START, LR, most=MOST)
    assert change is not None

    def sign(iterations: int) -> int:
        done = gradient_descent(PROBLEM, factors, lr=LR, stop_loss=1e-12, max_iterations=iterations)
        return int(done.det_sign[0])

    assert (sign(change.iteration - 1), sign(change.iteration)) == (1, -1)


def test_the_iterate_before_has_the_old_sign() -> None:
    change = first_sign_change(START, LR, most=MOST)
    assert change is not None
    assert first_sign_change(START, LR, most=change.iteration - 1) is None
    assert first_sign_change(START, LR, most=change.iteration) == change


def test_it_is_not_seen_where_it_does_not_happen() -> None:
    assert first_sign_change(START, LR, most=0) is None
    turned = [*START[:2], -START[2], -START[3]]  # det W(0) < 0, as that of the minimisers
    assert first_sign_change(turned, LR, most=3000) is None


def test_the_precision_is_put_back() -> None:
    before = flint.ctx.prec
    first_sign_change(START, LR, most=3, digits=80)
    assert flint.ctx.prec == before


def test_a_transposed_start_is_a_transposed_descent() -> None:
    straight = first_sign_change(START, LR, most=MOST)
    transposed = first_sign_change([START[k] for k in (0, 2, 1, 3)], LR, most=MOST)
    other = first_sign_change([START[k] for k in (3, 1, 2, 0)], LR, most=MOST)
    assert straight is not None
    assert transposed is not None
    assert straight.iteration == transposed.iteration
    assert other is None or other.iteration != straight.iteration
