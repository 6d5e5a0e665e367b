"""The claim end-to-end-flow: balancedness is what it needs, its lemma and its flow in floats."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
import pytest
from flint import fmpq, fmpq_mat

from dlnproof import Grid, check
from dlnproof.core.verdict import Verdict
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.numeric.floats.arrays import FloatArray

ID = "end-to-end-flow"


def test_factors_that_are_not_balanced_are_refuted_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    right = ExactPoint.factors.func  # type: ignore[attr-defined]

    def wrong(at: ExactPoint) -> tuple[fmpq_mat, ...]:
        first, *rest = right(at)
        if not rest:
            return (first,)
        return (first * 2, *rest[:-1], rest[-1] * fmpq(1, 2))  # the product is the same

    monkeypatch.setattr(ExactPoint, "factors", property(wrong))
    [claim] = check([ID], grid=Grid(depths=(1,), widths=(2,)), expression="exact").claims
    assert [found.verdict for found in claim.evidence] == [Verdict.EXACT]
    [claim] = check([ID], grid=Grid(depths=(2,), widths=(2,)), expression="exact").claims
    assert claim.verdict is Verdict.REFUTED


# --- independently, in floats ---------------------------------------------------------------------


def orthogonal(rng: np.random.Generator, d: int) -> FloatArray:
    return np.asarray(np.linalg.qr(rng.normal(size=(d, d)))[0])


def balanced(
    rng: np.random.Generator, sigma: Sequence[float], depth: int
) -> tuple[list[FloatArray], list[FloatArray]]:
    """Balanced factors with random frames, and the frames Q_0 = V, ..., Q_N = U."""
    Q = [orthogonal(rng, len(sigma)) for _ in range(depth + 1)]
    Lambda = np.diag(np.array(sigma) ** (1 / depth))
    return [after @ Lambda @ before.T for before, after in pairwise(Q)], Q


def multiplied(factors: Sequence[FloatArray], d: int) -> FloatArray:
    W = np.eye(d)
    for factor in factors:
        W = factor @ W
    return W


def power(S: FloatArray, exponent: float) -> FloatArray:
    """A power of a positive semidefinite matrix, by its eigenvectors; X^0 = I."""
    values, vectors = np.linalg.eigh(S)
    # what should be zero is 1e-16, whose roots are not small
    values = np.where(values < 1e-12 * values[-1], 0, values)
    return np.asarray((vectors * values**exponent) @ vectors.T)


SPECTRA = [(3.0, 1.5, 0.4), (2.0, 2.0, 0.5), (2.5, 0.7, 0.0), (1.7, 0.0, 0.0)]


@pytest.mark.parametrize("sigma", SPECTRA)
@pytest.mark.parametrize("depth", [1, 2, 3, 5])
def test_the_lemma(depth: int, sigma: tuple[float, ...]) -> None:
    factors, _ = balanced(np.random.default_rng(depth), sigma, depth)
    W = multiplied(factors, 3)
    for j in range(1, depth + 1):
        P, R = multiplied(factors[j:], 3), multiplied(factors[: j - 1], 3)
        assert np.allclose(P @ P.T, power(W @ W.T, (depth - j) / depth), atol=1e-10)
        assert np.allclose(R.T @ R, power(W.T @ W, (j - 1) / depth), atol=1e-10)
    if depth > 1:  # it is balancedness that does it
        unbalanced = [2 * factors[0], *factors[1:-1], factors[-1] / 2]
        P = multiplied(unbalanced[1:], 3)
        assert not np.allclose(P @ P.T, power(W @ W.T, (depth - 1) / depth), atol=1e-2)


@pytest.mark.parametrize("sigma", SPECTRA)
@pytest.mark.parametrize("depth", [1, 2, 3, 5])
def test_dphi_dphi_adjoint_is_n_times_the_operator(depth: int, sigma: tuple[float, ...]) -> None:
    """The derivative of phi by central differences, at every rank."""
    factors, _ = balanced(np.random.default_rng(depth + 10), sigma, depth)
    W, h = multiplied(factors, 3), 1e-5
    columns = []
    for j in range(depth):
        for unit in np.eye(9).reshape(9, 3, 3):
            above, below = list(factors), list(factors)
            above[j], below[j] = above[j] + h * unit, below[j] - h * unit
            columns.append((multiplied(above, 3) - multiplied(below, 3)).T.ravel() / (2 * h))
    dphi = np.array(columns).T
    operator = sum(
        np.kron(power(W.T @ W, (j - 1) / depth), power(W @ W.T, (depth - j) / depth))
        for j in range(1, depth + 1)
    )
    assert np.allclose(dphi @ dphi.T, operator, atol=1e-7)


def slopes(factors: Sequence[FloatArray], B: FloatArray) -> list[FloatArray]:
    G = multiplied(factors, len(B)) - B
    d = len(B)
    return [
        -multiplied(factors[j + 1 :], d).T @ G @ multiplied(factors[:j], d).T
        for j in range(len(factors))
    ]


def runge_kutta(
    slope: Callable[[Sequence[FloatArray]], list[FloatArray]],
    state: Sequence[FloatArray],
    time: float,
    steps: int,
) -> list[FloatArray]:
    h, now = time / steps, list(state)
    for _ in range(steps):
        a = slope(now)
        b = slope([W + h / 2 * V for W, V in zip(now, a, strict=True)])
        c = slope([W + h / 2 * V for W, V in zip(now, b, strict=True)])
        d = slope([W + h * V for W, V in zip(now, c, strict=True)])
        now = [
            W + h / 6 * (p + 2 * q + 2 * r + s)
            for W, p, q, r, s in zip(now, a, b, c, d, strict=True)
        ]
    return now


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_the_two_flows_end_at_the_same_matrix(depth: int) -> None:
    rng = np.random.default_rng(depth)
    factors, _ = balanced(rng, (1.6, 1.1, 0.7), depth)
    B = rng.normal(size=(3, 3))

    def downstairs(state: Sequence[FloatArray], scale: float = depth) -> list[FloatArray]:
        [W] = state
        left = [power(W @ W.T, (depth - j) / depth) for j in range(1, depth + 1)]
        right = [power(W.T @ W, (j - 1) / depth) for j in range(1, depth + 1)]
        terms = [L @ (W - B) @ R for L, R in zip(left, right, strict=True)]
        return [np.asarray(-scale / depth * np.sum(terms, axis=0))]

    start = multiplied(factors, 3)
    moved = runge_kutta(lambda state: slopes(state, B), factors, 0.3, 150)
    upstairs = multiplied(moved, 3)
    [below] = runge_kutta(downstairs, [start], 0.3, 150)
    assert np.abs(upstairs - start).max() > 0.1
    assert np.allclose(upstairs, below, atol=1e-8)
    if depth > 1:  # without the factor N it is another unit of time
        [slow] = runge_kutta(lambda state: downstairs(state, 1), [start], 0.3, 150)
        assert not np.allclose(upstairs, slow, atol=1e-2)


@pytest.mark.parametrize("depth", [1, 2, 4])
def test_the_speed_of_a_simple_singular_value(depth: int) -> None:
    rng = np.random.default_rng(depth)
    sigma = np.array([2.1, 1.2, 0.6])
    factors, Q = balanced(rng, list(sigma), depth)
    B, h = rng.normal(size=(3, 3)), 1e-5

    def values(time: float) -> FloatArray:
        moved = [W + time * V for W, V in zip(factors, slopes(factors, B), strict=True)]
        return np.asarray(np.linalg.svd(multiplied(moved, 3), compute_uv=False), dtype=np.float64)

    observed = (values(h) - values(-h)) / (2 * h)
    inner = np.diag(Q[-1].T @ (multiplied(factors, 3) - B) @ Q[0])
    assert np.allclose(observed, -depth * sigma ** (2 - 2 / depth) * inner, atol=1e-7)
