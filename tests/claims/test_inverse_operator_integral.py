"""The claim inverse-operator-integral: the integral as matrices, and with other powers."""

from importlib import import_module
from math import pi, sin
from typing import Any

import numpy as np
import pytest
from flint import arb

from dlnproof import Grid, check, inner_product
from dlnproof.core.verdict import Verdict

inverse = import_module("dlnproof.checks.metric.inverse_operator_integral")

NODES, WEIGHTS = np.polynomial.legendre.leggauss(120)


def integral(W: Any, X: Any, Y: Any, depth: int, power: int) -> float:
    """Return that of u^power Tr(X^T (u^N + W W^T)^-1 Y (u^N + W^T W)^-1), with u = (1 - s) / s."""
    total, one = 0.0, np.eye(len(W))
    for s, weight in zip((NODES + 1) / 2, WEIGHTS / 2, strict=True):
        u = (1 - s) / s
        left, right = (np.linalg.inv(u**depth * one + M) for M in (W @ W.T, W.T @ W))
        total += weight / s**2 * u**power * np.trace(X.T @ left @ Y @ right)
    return total


@pytest.mark.parametrize("depth", [2, 3, 5])
def test_the_metric_is_an_integral_of_two_resolvents(depth: int) -> None:
    """Of t = u^N: t^{1/N} dt, and neither t^{1/N - 1} dt nor t^{1 - 1/N} dt; over pi."""
    rng = np.random.default_rng(0)
    W, X, Y = rng.normal(size=(3, 3, 3)) + 2 * np.eye(3)
    factor = depth**2 * sin(pi / depth) / pi
    stated = float(inner_product(X, Y, W, depth))
    assert factor * integral(W, X, Y, depth, depth) == pytest.approx(stated, rel=1e-8)
    assert factor * integral(W, X, Y, depth, 0) != pytest.approx(stated, rel=1e-2)
    if depth > 2:  # at two factors it is the same power
        other = factor * integral(W, X, Y, depth, 2 * depth - 2)
        assert other != pytest.approx(stated, rel=1e-2)


def test_a_wrong_integral_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    right = inverse.integrals

    def wrong(point: Any) -> list[list[arb]]:
        (first, *rest), *rows = right(point)
        return [[first * (1 + arb("1e-3")), *rest], *rows]

    monkeypatch.setattr(inverse, "integrals", wrong)
    grid = Grid(depths=(2,), widths=(2,))
    for route in ("enclosure", "pullback"):
        [claim] = check(["inverse-operator-integral"], grid=grid, expression=route).claims
        assert claim.verdict is Verdict.REFUTED
