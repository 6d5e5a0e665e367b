"""The claim balancedness: what its routes must notice, what the slides print, and flows by hand."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from importlib import import_module
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from flint import arb_mat, fmpq

from dlnproof import Grid, check
from dlnproof.claims.deduction import Account
from dlnproof.claims.factors.balancedness import CLAIM
from dlnproof.definitions.letters import N, j
from dlnproof.kernel.terms import each, every, fresh_for, opened

balancedness = import_module("dlnproof.checks.factors.balancedness")
derivation = import_module("dlnproof.derivations.factors.balancedness")
ID = "balancedness"
GRID = Grid(depths=(1, 2, 3), widths=(1, 2, 3))

Matrix = npt.NDArray[Any]
"""Of floats, or of fractions: then all arithmetic is theirs."""


def test_a_factor_that_leaves_the_flow_is_not_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    right = balancedness.integrate

    def wrong(*given: Any) -> list[arb_mat]:
        first, *rest = right(*given)
        return [first * (1 + fmpq(1, 10**5)), *rest]

    monkeypatch.setattr(balancedness, "integrate", wrong)
    [claim] = check([ID], grid=GRID, expression="pullback").claims
    assert claim.verdict.fails
    assert claim.evidence[0].details["failure"].endswith("the error is beyond reach")


@pytest.mark.parametrize("place", range(4))
def test_beyond_the_interval_of_the_flow_nothing_is_established(place: int) -> None:
    """Without one of t_0 < s, s < t_1, t_0 < t, t < t_1 the sentence is about no flow."""
    said = CLAIM.says()["constant"]
    *_, of_times = opened(said, j.term)
    names = fresh_for(of_times)
    *times, same = opened(of_times, *(name.term for name in names))
    del times[place]
    wider = each(j, 1, N - 1, every(names, times, same))
    account = Account(derivation.derive(), {"constant": wider}, CLAIM.given)
    assert set(account.missing) == {"constant"}
    right = Account(derivation.derive(), {"constant": said}, CLAIM.given)
    assert not right.missing


# --- independently --------------------------------------------------------------------------------


def multiplied(factors: Sequence[Matrix], size: int) -> Matrix:
    W: Matrix = np.array([[Fraction(int(r == c)) for c in range(size)] for r in range(size)])
    for factor in factors:
        W = factor @ W
    return W


def flow(factors: Sequence[Matrix], G: Matrix) -> list[Matrix]:
    """Minus (W_N ... W_{j+1})^T G (W_{j-1} ... W_1)^T for each j."""
    d = len(G)
    return [
        -multiplied(factors[j + 1 :], d).T @ G @ multiplied(factors[:j], d).T
        for j in range(len(factors))
    ]


def rates(factors: Sequence[Matrix], G: Matrix, *, printed: bool) -> list[Matrix]:
    """The derivatives of W_{j+1}^T W_{j+1} - W_j W_j^T, or, as printed, - W_j^T W_j."""
    found = []
    for (W, dW), (V, dV) in pairwise(zip(factors, flow(factors, G), strict=True)):
        this = dW.T @ W + W.T @ dW if printed else dW @ W.T + W @ dW.T
        found.append(dV.T @ V + V.T @ dV - this)
    return found


@pytest.mark.parametrize(("depth", "width"), [(2, 1), (2, 2), (3, 2), (4, 3)])
def test_it_is_conserved_whatever_the_gradient(depth: int, width: int) -> None:
    def matrix(k: int) -> Matrix:
        entries = [Fraction((7 * k + 3 * j * j) % 11 - 5, 1 + j % 4) for j in range(width**2)]
        return np.array(entries).reshape(width, width)

    factors, G = [matrix(k) for k in range(1, depth + 1)], matrix(depth + 3)
    moving = flow(factors, G)
    assert all(any(x != 0 for x in V.flat) for V in moving)
    assert all(x == 0 for rate in rates(factors, G, printed=False) for x in rate.flat)


def test_as_printed_it_is_not_conserved_at_its_counterexample(
    refuted: Callable[[str, str], Any],
) -> None:
    [printed] = CLAIM.as_printed
    found = refuted(ID, printed.name)
    t, d = found.t, found.d
    B = np.array([[Fraction(1, 1 + 2 * r + 5 * c) for c in range(d)] for r in range(d)])
    balanced = [after @ np.diag(t) @ before.T for before, after in pairwise(found.Q)]
    factors = [W / t[0] + B * Fraction(1, 2 + j) for j, W in enumerate(balanced)]
    G = multiplied(factors, d) - B
    wrong = [x for rate in rates(factors, G, printed=True) for x in rate.flat if x != 0]
    assert found.left == 0
    assert found.right == wrong[0]
    assert all(x == 0 for rate in rates(factors, G, printed=False) for x in rate.flat)


def test_it_is_conserved_along_the_flow_of_a_loss_that_is_not_quadratic() -> None:
    rng = np.random.default_rng(3)
    start, B = [rng.normal(size=(3, 3)) for _ in range(3)], rng.normal(size=(3, 3))

    def slope(factors: Sequence[Matrix]) -> list[Matrix]:
        A, M, C = factors
        G = np.tanh(C @ M @ A - B)  # the loss is the sum of log cosh of the entries of W - B
        return [-(C @ M).T @ G, -C.T @ G @ A.T, -G @ (M @ A).T]

    def drifts(steps: int) -> tuple[float, float]:
        h, state = 1 / steps, start
        for _ in range(steps):
            a = slope(state)
            b = slope([W + h / 2 * V for W, V in zip(state, a, strict=True)])
            c = slope([W + h / 2 * V for W, V in zip(state, b, strict=True)])
            d = slope([W + h * V for W, V in zip(state, c, strict=True)])
            state = [
                W + h / 6 * (p + 2 * q + 2 * r + s)
                for W, p, q, r, s in zip(state, a, b, c, d, strict=True)
            ]
        kept = [
            np.abs((V.T @ V - W @ W.T) - (V0.T @ V0 - W0 @ W0.T)).max()
            for (W, V), (W0, V0) in zip(pairwise(state), pairwise(start), strict=True)
        ]
        printed = [
            np.abs((V.T @ V - W.T @ W) - (V0.T @ V0 - W0.T @ W0)).max()
            for (W, V), (W0, V0) in zip(pairwise(state), pairwise(start), strict=True)
        ]
        return float(max(kept)), float(min(printed))

    coarse, fine = drifts(250), drifts(500)
    assert fine[0] < 1e-6
    assert coarse[0] / fine[0] > 12  # order 4: about 16
    assert fine[1] > 1e-2
