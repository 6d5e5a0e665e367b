"""How sharp the loss is: by hand, where the trace is not least, and in steps of descent."""

from dataclasses import replace
from importlib import import_module
from typing import Any

import numpy as np
import pytest
from flint import fmpq, fmpq_mat

from dlnproof.claims import CLAIMS
from dlnproof.core.verdict import Verdict
from dlnproof.numeric.exact.gradient import lift
from dlnproof.numeric.exact.points import PointKey, Stratum, diagonal, point
from dlnproof.training.discretised import Beside, SignChanges

flattest = import_module("dlnproof.checks.factors.balanced_is_flattest")
PARTS = CLAIMS["balanced-is-flattest"].parts
ALL, HALF, TWO = np.ones(3, dtype=bool), np.full(3, 0.5), np.full(3, 2.0)


def test_of_one_number_by_hand() -> None:
    """w = a b c: |dphi^*|^2 is (bc)^2 + (ac)^2 + (ab)^2, least where all are equal."""
    made = point(PointKey(3, 1, Stratum.SIMPLE, 1, 0, 0))
    [t] = made.roots
    assert flattest.measure_exact(made) == [[3 * t**4], [2 / (3 * t**4)]]
    assert flattest.predict(PARTS, made) == flattest.measure_exact(made)
    numbers = [fmpq_mat([[x * t]]) for x in (2, fmpq(1, 2), 1)]
    one = fmpq_mat([[1]])
    assert flattest.square(lift(numbers, one)) == t**4 * (fmpq(1, 4) + 4 + 1)


def test_the_trace_is_not_least_at_balanced_factors() -> None:
    """Of three factors another choice has a smaller sum of all eigenvalues, not of the largest."""
    lengths = tuple(fmpq(x, 10) for x in (14, 6))
    balanced = [diagonal(lengths)] * 3
    gauge = diagonal((fmpq(21, 20), fmpq(19, 20)))
    other = [gauge * balanced[0], balanced[1] * gauge.inv(), balanced[2]]
    units = [fmpq_mat(2, 2, [k == i for k in range(4)]) for i in range(4)]
    sizes = [[flattest.square(lift(W, E)) for E in units] for W in (balanced, other)]
    assert sum(sizes[1]) < sum(sizes[0])
    assert max(sizes[1]) > max(sizes[0])


ORDERS = Beside(2, (2.0, 1.0, 0.5), (2.0, 1.0, 0.5), (4.0, 1.0, 0.25))
SIGNS = [SignChanges(2, 0.1, ALL, HALF), SignChanges(3, 0.2, ALL, TWO)]
DATA: list[Any] = [(1.0, [1.0, 2 / 3, 0.5]), [ORDERS], SIGNS]


def verdict(data: list[Any], name: str) -> Verdict:
    [found] = [f.verdict for f in flattest.TRAINING.read(PARTS, data) if f.name == name]
    return Verdict(found)


def test_what_is_read_of_descents_can_be_otherwise() -> None:
    """The longest step, orders, and whether det W changes its sign after unstable steps alone."""
    assert verdict(DATA, "longest-step") is Verdict.OBSERVED
    assert verdict([(1.0, [1.0, 0.66, 0.5]), *DATA[1:]], "longest-step") is Verdict.OBSERVED
    assert verdict([(1.0, [1.0, 0.6, 0.5]), *DATA[1:]], "longest-step") is Verdict.NOT_OBSERVED
    slower = (8.0, 4.0, 3.0)
    for other, name in (
        (replace(ORDERS, defect=slower), "balance"),
        (replace(ORDERS, flow=slower), "flow"),
        (replace(ORDERS, modified=slower), "modified-loss"),
    ):
        assert verdict(DATA, name) is Verdict.OBSERVED
        assert verdict([DATA[0], [other], SIGNS], name) is Verdict.NOT_OBSERVED


@pytest.mark.parametrize(
    ("two", "three"),
    [
        ((ALL, TWO), (ALL, TWO)),
        ((~ALL, HALF), (ALL, TWO)),
        ((ALL, HALF), (ALL, HALF)),
        ((ALL, HALF), (~ALL, TWO)),
    ],
)
def test_a_sign_that_changes_otherwise_is_not_what_is_observed(two: Any, three: Any) -> None:
    runs = [SignChanges(2, 0.1, *two), SignChanges(3, 0.2, *three)]
    assert verdict(DATA, "sign") is Verdict.OBSERVED
    assert verdict([*DATA[:2], runs], "sign") is Verdict.NOT_OBSERVED


@pytest.mark.parametrize(("share", "grows"), [(0.99, False), (1.01, True)])
def test_descent_near_a_minimum_grows_in_longer_steps_alone(share: float, grows: bool) -> None:
    """The loss |W_3 W_2 W_1 - B|^2 / 2, from balanced factors of B, moved a little."""
    rng = np.random.default_rng(0)
    left, right = (np.linalg.qr(rng.normal(size=(2, 2)))[0] for _ in range(2))
    roots = np.array([1.3, 0.7])
    W = [left @ np.diag(roots), np.diag(roots), np.diag(roots) @ right.T]
    aim = W[0] @ W[1] @ W[2]
    step = share * 2 / (3 * roots[0] ** 4)
    W = [M * (1 + 1e-6) for M in W]
    first = np.linalg.norm(W[0] @ W[1] @ W[2] - aim)
    for _ in range(40):
        off = W[0] @ W[1] @ W[2] - aim
        moves = (off @ (W[1] @ W[2]).T, W[0].T @ off @ W[2].T, (W[0] @ W[1]).T @ off)
        W = [M - step * V for M, V in zip(W, moves, strict=True)]
    assert bool(np.linalg.norm(W[0] @ W[1] @ W[2] - aim) > first) is grows
