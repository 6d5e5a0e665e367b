"""Traces and gradients enclosed: against their definitions in mpmath, and where there are none."""

import math
from itertools import product
from typing import Any

import mpmath
import pytest
from test_evaluate import (
    DEPTHS,
    INFINITE,
    assert_encloses,
    diagonal,
    mp_eigenvalue,
    rational_orthogonal,
)

from dlnproof.depth import Depth
from dlnproof.numeric.balls.enclosure import ZERO
from dlnproof.numeric.balls.evaluate import evaluate

SPECTRA = [(2, 1), (5, 5, 5, 2, 2, 1), (3, 3), (7,)]


def eigenvalues(sigma: tuple[Any, ...], depth: Depth) -> list[Any]:
    """All lambda_il, from their definition."""
    pairs = [(max(a, b) ** 2, min(a, b) ** 2) for a, b in product(sigma, repeat=2)]
    return [mp_eigenvalue(a, b, depth) for a, b in pairs]


def slope(sigma: tuple[Any, ...], depth: Depth, k: int, power: Any) -> Any:
    """The central difference by sigma_k of ``power`` times the sum of log lambda_il."""
    h = mpmath.mpf(10) ** -20

    def at(step: Any) -> Any:
        moved = [s + step if i == k else s for i, s in enumerate(map(mpmath.mpf, sigma))]
        return sum(map(mpmath.log, eigenvalues(tuple(moved), depth)))

    return power * (at(h) - at(-h)) / (2 * h)


@pytest.mark.parametrize("depth", [2, 3, 7, INFINITE])
@pytest.mark.parametrize("sigma", SPECTRA)
def test_enclosures_hold_what_the_definitions_give(sigma: tuple[int, ...], depth: Depth) -> None:
    W = rational_orthogonal(len(sigma), 2) * diagonal(*sigma) * rational_orthogonal(len(sigma), 3)
    result = evaluate(W, depth, 30)
    with mpmath.workdps(100):
        values = eigenvalues(tuple(map(mpmath.mpf, sigma)), depth)
        assert_encloses(result.operator_trace, mpmath.fsum(values), 30)
        assert_encloses(result.metric_trace, mpmath.fsum(1 / x for x in values), 30)
        if depth != INFINITE:
            roots = [mpmath.root(mpmath.mpf(s) ** 2, depth) for s in sigma]
            assert_encloses(result.factors_squared_norm, depth * mpmath.fsum(roots), 30)
        for k, (volume, entropy) in enumerate(
            zip(result.volume_gradient, result.entropy_gradient, strict=True)
        ):
            half = mpmath.mpf(1) / 2
            near(volume, slope(sigma, depth, k, -half))
            # of the pairs i < l alone: less what lambda_ii = sigma_i^{2-2/N} adds
            own = mpmath.mpf(2 - 2 * (0 if depth == INFINITE else 1 / mpmath.mpf(depth))) / sigma[k]
            near(entropy, (slope(sigma, depth, k, half) - own / 2) / 2)


def near(found: Any, true: Any) -> None:
    """As far as a difference of step 10^-20 tells."""
    assert abs(mpmath.mpf(found.mid) - true) < mpmath.mpf(10) ** -28
    assert mpmath.mpf(found.rad) < mpmath.mpf(10) ** -30 * max(1, abs(true))


@pytest.mark.parametrize("depth", DEPTHS)
def test_singular_matrices(depth: Depth) -> None:
    """Of (2, 0, 0) A has the eigenvalues 2^{2-2/N}, four times that divided by N, and zeros."""
    result = evaluate(diagonal(2, 0, 0), depth, 20)
    with mpmath.workdps(60):
        if depth == 1:
            assert_encloses(result.operator_trace, mpmath.mpf(9), 20)
            assert_encloses(result.metric_trace, mpmath.mpf(9), 20)
            assert result.volume_gradient == result.entropy_gradient == (ZERO,) * 3
            return
        inverse = 0 if depth == INFINITE else mpmath.mpf(1) / int(depth)
        true = mpmath.mpf(2) ** (2 - 2 * inverse) * (1 + 4 * inverse)
        assert_encloses(result.operator_trace, true, 20)
    assert (result.metric_trace.mid, result.metric_trace.rad) == ("inf", "0")
    assert "rank 1 of 3" in result.metric_trace.reason
    for entries in (result.volume_gradient, result.entropy_gradient):
        assert [value.mid for value in entries] == ["nan"] * 3
        assert "there is no gradient" in entries[0].reason


def test_at_infinite_depth_there_are_no_factors() -> None:
    norm = evaluate(diagonal(2, 1), math.inf).factors_squared_norm
    assert (norm.mid, norm.reason) == ("nan", "no factor space at infinite depth")


def test_values_nearly_coincide() -> None:
    """Derivatives are smooth there, where their terms are not."""
    near = evaluate(
        diagonal("2", "2000000000000000000000000000001/1000000000000000000000000000000"), 3
    )
    same = evaluate(diagonal(2, 2), 3)
    for a, b in zip(
        (*near.volume_gradient, *near.entropy_gradient),
        (*same.volume_gradient, *same.entropy_gradient),
        strict=True,
    ):
        assert abs(float(a.mid) - float(b.mid)) < 1e-14
