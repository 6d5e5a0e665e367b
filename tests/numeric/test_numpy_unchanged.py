"""Numpy's results do not depend on what else is supported: these formulas, to the bit."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import dlnproof
from dlnproof.depth import Depth
from dlnproof.numeric.floats.arrays import FloatArray

RNG = np.random.default_rng(0)
W, Z, Y = RNG.standard_normal((3, 50, 3, 3))
SIGMA = np.abs(RNG.standard_normal((50, 3)))
LARGER, SMALLER = np.triu_indices(3, 1)


def resolved(sigma: FloatArray) -> FloatArray:
    return np.where(sigma <= 3 * 2.0**-52 * sigma[..., :1], 0.0, sigma)


def gap(x: FloatArray, q: float) -> FloatArray:
    return 2 * x if q == 0 else np.asarray(-np.expm1(-2 * q * x) / q)


def ratio(x: FloatArray, q: float) -> FloatArray:
    x = np.maximum(x, 1e-30)
    return np.asarray(gap(x, 1.0) / gap(x, q))


def eigenvalues(sigma: FloatArray, q: float) -> FloatArray:
    large = np.maximum(sigma[..., :, None], sigma[..., None, :])
    small = np.minimum(sigma[..., :, None], sigma[..., None, :])
    return np.asarray(large ** (2 * (1 - q)) * ratio(np.log1p((large - small) / small), q))


def columns(sigma: FloatArray) -> tuple[FloatArray, FloatArray]:
    s = np.ascontiguousarray(np.sort(sigma)[:, ::-1].T)
    return s, np.log1p((s[LARGER] - s[SMALLER]) / s[SMALLER])


def density(q: float) -> FloatArray:
    s, x = columns(resolved(np.linalg.svd(W, compute_uv=False)))
    powers = (1 - q) * (2 * np.arange(3, 0, -1) - 1)
    return np.asarray(-(powers @ np.log(s)) - np.log(ratio(x, q)).sum(axis=0))


def form(q: float) -> FloatArray:
    s, x = columns(SIGMA)
    van = 2 * q * np.arange(2, 0, -1) @ np.log(s)[:-1] + np.log(gap(x, q)).sum(axis=0)
    return np.asarray(van + (q - 1) * np.log(s).sum(axis=0))


def metric(q: float) -> FloatArray:
    U, s, Vt = np.linalg.svd(W)
    roots = 1 / np.sqrt(eigenvalues(resolved(s), q))
    half = np.einsum("...ai,...lp,...il->...pali", U, Vt, roots).reshape(-1, 9, 9)
    return np.asarray(half @ np.swapaxes(half, -1, -2))


def image(q: float) -> FloatArray:
    U, s, Vt = np.linalg.svd(W)
    coordinates = np.swapaxes(U, -1, -2) @ Z @ np.swapaxes(Vt, -1, -2)
    return np.asarray(U @ (eigenvalues(resolved(s), q) * coordinates) @ Vt)


def product(q: float) -> FloatArray:
    U, s, Vt = np.linalg.svd(W)
    roots = 1 / np.sqrt(eigenvalues(resolved(s), q))
    left, right = (roots * (np.swapaxes(U, -1, -2) @ X @ np.swapaxes(Vt, -1, -2)) for X in (Z, Y))
    return np.asarray((left * right).sum(axis=(-2, -1)))


def factors(q: float) -> FloatArray:
    U, s, Vt = np.linalg.svd(W)
    scaled = (resolved(s) ** q)[..., :, None] * Vt
    return np.stack([np.swapaxes(Vt, -1, -2) @ scaled] * (round(1 / q) - 1) + [U @ scaled])


def shares(_: float) -> FloatArray:
    logs = np.log(resolved(np.linalg.svd(W, compute_uv=False)))
    shifted = logs - logs.max(axis=-1, keepdims=True)
    weights = np.exp(shifted)
    total, terms = weights.sum(axis=-1), (weights * shifted).sum(axis=-1)
    return np.asarray(np.exp(np.log(total) - terms / total))


FORMULAS: dict[str, tuple[Callable[[Depth], Any], Callable[[float], FloatArray]]] = {
    "operator": (lambda N: dlnproof.operator(Z, W, N), image),
    "operator_eigenvalues": (
        lambda N: dlnproof.operator_eigenvalues(SIGMA, N),
        lambda q: eigenvalues(SIGMA, q),
    ),
    "inner_product": (lambda N: dlnproof.inner_product(Z, Y, W, N), product),
    "metric_matrix": (lambda N: dlnproof.metric_matrix(W, N), metric),
    "log_volume_density": (lambda N: dlnproof.log_volume_density(W, N), density),
    "log_volume_form": (lambda N: dlnproof.log_volume_form(SIGMA, N), form),
    "balanced_factors": (lambda N: dlnproof.balanced_factors(W, min(N, 9)), factors),
    "effective_rank": (lambda N: dlnproof.effective_rank(W), shares),
}


@pytest.mark.parametrize("name", FORMULAS)
@pytest.mark.parametrize("N", [2, 3, 7, math.inf])
def test_to_the_bit(name: str, N: Depth) -> None:
    computed, formula = FORMULAS[name]
    q = 1 / min(N, 9) if name == "balanced_factors" else 1 / N
    np.testing.assert_array_equal(computed(N), formula(q))


def test_float32_is_computed_with_in_float64() -> None:
    """As before there were other libraries: of numpy's arrays the results are float64."""
    found = dlnproof.operator(Z.astype(np.float32), W.astype(np.float32), 3)
    assert found.dtype == np.float64
    assert isinstance(dlnproof.log_volume_density(W[0].astype(np.float32), 3), np.float64)
