"""The claim kubo-mori: the integral of resolvents, as matrices and as numbers of pairs."""

from importlib import import_module
from math import inf
from typing import Any

import numpy as np
import pytest
from flint import arb

from dlnproof import Grid, check, inner_product
from dlnproof.core.verdict import Verdict

kubo_mori = import_module("dlnproof.checks.limits.kubo_mori")


def test_the_metric_is_an_integral_of_two_resolvents() -> None:
    """On the half line too, t = (1 - s) / s: with matrices that are inverted, not decomposed."""
    rng = np.random.default_rng(0)
    W, X, Y = rng.normal(size=(3, 3, 3)) + 2 * np.eye(3)
    nodes, weights = np.polynomial.legendre.leggauss(60)
    s = (nodes + 1) / 2
    on_interval, on_line = 0.0, 0.0
    for at, weight in zip(s, weights / 2, strict=True):
        t, one = (1 - at) / at, np.eye(3)
        rows, columns = W @ W.T, W.T @ W
        left, right = (np.linalg.inv((1 - at) * one + at * M) for M in (rows, columns))
        on_interval += weight * np.trace(X.T @ left @ Y @ right)
        left, right = (np.linalg.inv(t * one + M) for M in (rows, columns))
        on_line += weight / at**2 * np.trace(X.T @ left @ Y @ right)
    stated = float(inner_product(X, Y, W, inf))
    assert on_interval == pytest.approx(stated, rel=1e-8)
    assert on_line == pytest.approx(stated, rel=1e-8)


def test_a_wrong_integral_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    right: Any = kubo_mori.integrated_resolvents

    def wrong(point: Any) -> list[arb]:
        first, *rest = right(point)
        return [first * (1 + arb("1e-3")), *rest]

    monkeypatch.setattr(kubo_mori, "integrated_resolvents", wrong)
    grid = Grid(depths=(inf,), widths=(2,))
    [claim] = check(["kubo-mori"], grid=grid, expression="enclosure").claims
    assert claim.verdict is Verdict.REFUTED
