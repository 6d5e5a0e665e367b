"""The horizontal lift: its laws, at every rank; its accuracy; what it refuses."""

import math
from itertools import pairwise
from typing import Any

import mpmath
import numpy as np
import pytest

from dlnproof import balanced_factors, horizontal_lift, inner_product, operator, product
from dlnproof.errors import InputError

RNG = np.random.default_rng
EPS = 2.0**-52


def derivative(factors: Any, A: Any) -> Any:
    """dphi(A), one product at a time."""
    total = np.zeros(np.broadcast_shapes(A.shape[1:], factors.shape[1:]))
    for j in range(len(factors)):
        term = A[j]
        for before in factors[:j][::-1]:
            term = term @ before
        for after in factors[j + 1 :]:
            term = after @ term
        total = total + term
    return total


def squared(A: Any) -> Any:
    return (A**2).sum(axis=(0, -2, -1))


def of_rank(d: int, r: int, seed: int) -> Any:
    """W of rank r, and a vector tangent to the matrices of rank r there."""
    left, right, X, Y = RNG(seed).standard_normal((4, d, d))
    left, right = left[:, :r], right[:r]
    return left @ right, left @ X[:r] + Y[:, :r] @ right


@pytest.mark.parametrize("N", [1, 2, 3, 6])
@pytest.mark.parametrize("d", [1, 2, 4])
def test_it_is_a_preimage_orthogonal_to_the_kernel(N: int, d: int) -> None:
    """Any factors, balanced or not; what is left of a vector after its own lift is in ker dphi."""
    factors, A = RNG(d).standard_normal((2, N, 5, d, d))
    Z = RNG(N).standard_normal((5, d, d))
    lift = horizontal_lift(Z, factors)
    assert lift.shape == (N, 5, d, d)
    np.testing.assert_allclose(derivative(factors, lift), Z, rtol=1e-9, atol=1e-9)
    vertical = A - horizontal_lift(derivative(factors, A), factors)
    assert np.abs(derivative(factors, vertical)).max() < 1e-9
    assert np.abs((vertical * lift).sum(axis=(0, -2, -1))).max() < 1e-9
    longer = squared(lift + vertical)
    assert (longer >= squared(lift) * (1 - 1e-12)).all()


@pytest.mark.parametrize("N", [1, 2, 3, 8, 200])
@pytest.mark.parametrize("d", [1, 2, 4])
def test_squared_norm_is_the_metric_in_sum_normalisation(N: int, d: int) -> None:
    W, Z = RNG(10 + d).standard_normal((2, 6, d, d))
    norm = squared(horizontal_lift(Z, balanced_factors(W, N)))
    np.testing.assert_allclose(norm, inner_product(Z, Z, W, N, normalization="sum"), rtol=1e-9)


@pytest.mark.parametrize("N", [2, 3, 5])
@pytest.mark.parametrize(("d", "r"), [(2, 1), (3, 1), (3, 2), (5, 2)])
def test_at_singular_matrices_it_lifts_tangent_vectors(N: int, d: int, r: int) -> None:
    W, Z = of_rank(d, r, seed=d + r)
    factors = balanced_factors(W, N)
    lift = horizontal_lift(Z, factors)
    np.testing.assert_allclose(derivative(factors, lift), Z, rtol=1e-11, atol=1e-11)
    # downstairs: Tr(Z^T (N A)^+ Z), with lambda from the definition
    U, sigma, Vt = np.linalg.svd(W)
    sigma[r:] = 0
    coordinates = U.T @ Z @ Vt.T
    i, l = np.meshgrid(range(d), range(d), indexing="ij")
    total = sum(
        sigma[i] ** (2 - 2 * j / N) * sigma[l] ** ((2 * j - 2) / N) for j in range(1, N + 1)
    )
    tangent = np.minimum(i, l) < r
    expected = (coordinates[tangent] ** 2 / total[tangent]).sum()
    assert squared(lift) == pytest.approx(expected, rel=1e-10)
    # it is tangent to the balanced manifold: d(W_{j+1}^T W_{j+1} - W_j W_j^T) = 0
    for (first, A), (second, B) in pairwise(zip(factors, lift, strict=True)):
        np.testing.assert_allclose(
            B.T @ second + second.T @ B, A @ first.T + first @ A.T, rtol=1e-11, atol=1e-11
        )


def test_depth_one_is_the_identity() -> None:
    Z, W = RNG(3).standard_normal((2, 4, 3, 3))
    np.testing.assert_array_equal(horizontal_lift(Z, W[None]), Z[None])
    np.testing.assert_array_equal(horizontal_lift(Z, np.zeros((1, 3, 3))), Z[None])


def test_range_of_the_operator_is_lifted_through_it() -> None:
    """Without an SVD of dphi: the lift of N A(Y) is dphi^*(Y)."""
    W, _ = of_rank(4, 2, seed=9)
    Y, N = RNG(9).standard_normal((4, 4)), 3
    factors = balanced_factors(W, N)
    lift = horizontal_lift(operator(Y, W, N, normalization="sum"), factors)
    W1, W2, W3 = factors
    adjoint = [(W3 @ W2).T @ Y, W3.T @ Y @ W1.T, Y @ (W2 @ W1).T]
    np.testing.assert_allclose(lift, adjoint, rtol=1e-11, atol=1e-11)


def mp_orthogonal(d: int, seed: int) -> Any:
    return mpmath.qr(mpmath.matrix(RNG(seed).standard_normal((d, d)).tolist()))[0]


@pytest.mark.parametrize("N", [2, 3, 4])
@pytest.mark.parametrize(
    "sigma",
    [[1.0, 1.0], [3.0, 1e-3], [1.0, 1e-8], [2.0, 0.0], [2.0, 1e-5, 0.0], [1e5, 1.0, 1e-4]],
)
def test_accuracy_at_balanced_factors(N: int, sigma: list[float]) -> None:
    """Against the closed form in the frames of the SVD, factors anywhere on the orbit."""
    d, r = len(sigma), sum(s > 0 for s in sigma)
    with mpmath.workdps(50):
        Q = [mp_orthogonal(d, seed) for seed in range(N + 1)]
        root = [mpmath.root(s, N) for s in sigma]
        total = [
            [sum((a ** (N - j) * b ** (j - 1)) ** 2 for j in range(1, N + 1)) for b in root]
            for a in root
        ]
        X = RNG(8).standard_normal((d, d))
        Y = mpmath.matrix(d)
        Z = mpmath.matrix(d)
        for i in range(d):
            for l in range(d):
                if min(i, l) < r:
                    Z[i, l] = X[i, l]
                    Y[i, l] = X[i, l] / total[i][l]
        Lambda = mpmath.diag(root)
        powers = [mpmath.eye(d)]
        for _ in range(N):
            powers.append(powers[-1] * Lambda)
        factors = [Q[j] * Lambda * Q[j - 1].T for j in range(1, N + 1)]
        exact = [Q[j] * powers[N - j] * Y * powers[j - 1] * Q[j - 1].T for j in range(1, N + 1)]
        as_floats = np.array([m.tolist() for m in factors], dtype=float)
        direction = np.array((Q[N] * Z * Q[0].T).tolist(), dtype=float)
        expected = np.array([m.tolist() for m in exact], dtype=float)
    values = [math.sqrt(total[i][l]) for i in range(d) for l in range(d) if min(i, l) < r]
    kappa = max(values) / min(values)
    assert kappa <= math.sqrt(N) * (sigma[0] / sigma[r - 1]) ** (1 - 1 / N) * (1 + 1e-12)
    error = np.linalg.norm(horizontal_lift(direction, as_floats) - expected)
    assert error <= 30 * N * d**2 * EPS * kappa * np.linalg.norm(expected)


@pytest.mark.parametrize("scale", [1e-200, 1e-60, 1e60, 1e100])
def test_scale(scale: float) -> None:
    """Factors times c: the lift times c^{1 - N}. Z is linear."""
    factors, Z = RNG(5).standard_normal((2, 2, 2)), np.eye(2)
    plain = horizontal_lift(Z, factors)
    np.testing.assert_allclose(horizontal_lift(Z, scale * factors), plain / scale, rtol=1e-12)
    np.testing.assert_allclose(horizontal_lift(scale * Z, factors), plain * scale, rtol=1e-12)


def test_batches_broadcast_and_equal_loops() -> None:
    factors = RNG(6).standard_normal((3, 4, 1, 2, 2))
    Z = RNG(7).standard_normal((5, 2, 2))
    lift = horizontal_lift(Z, factors)
    assert lift.shape == (3, 4, 5, 2, 2)
    for k, m in np.ndindex(4, 5):
        alone = horizontal_lift(Z[m], factors[:, k, 0])
        np.testing.assert_allclose(lift[:, k, m], alone, rtol=1e-10, atol=1e-12)
    assert horizontal_lift(Z, factors[:, :0]).shape == (3, 0, 5, 2, 2)
    np.testing.assert_allclose(product(factors[:, 0, 0]), product(factors)[0, 0], rtol=1e-14)


@pytest.mark.parametrize("N", [2, 4])
def test_a_vector_that_is_not_tangent_is_refused(N: int) -> None:
    factors = balanced_factors(np.diag([2.0, 0.0]), N)
    Z = np.array([[[1, 2], [3, 0]], [[1, 2], [3, 1e-6]]])
    horizontal_lift(Z[0], factors)
    with pytest.raises(InputError, match=r"^Z: got .* of dimension 3 of 4 .* tangent vector"):
        horizontal_lift(Z[1], factors)
    with pytest.raises(InputError, match=r"^Z\[1\]: got 2.7e-07 of its norm"):
        horizontal_lift(Z, factors)


def test_at_zero_only_zero_is_tangent() -> None:
    assert (horizontal_lift(np.zeros((2, 2)), np.zeros((2, 2, 2))) == 0).all()
    with pytest.raises(InputError, match="dimension 0 of 4"):
        horizontal_lift(1e-300 * np.eye(2), np.zeros((2, 2, 2)))


@pytest.mark.parametrize(
    ("Z", "factors", "line"),
    [
        (np.eye(2), np.eye(2), r"^factors: got shape \(2, 2\), expected \(N, ..., d, d\)"),
        (np.eye(2), np.ones((0, 2, 2)), "N >= 1"),
        (np.eye(3), np.ones((2, 2, 2)), "same width d"),
        (np.ones((3, 2, 2)), np.ones((2, 4, 2, 2)), "broadcast"),
        (np.ones((2, 3)), np.ones((2, 2, 2)), r"^Z: got shape \(2, 3\)"),
        (1j * np.eye(2), np.ones((2, 2, 2)), "^Z: got complex128"),
        (np.eye(2), np.full((2, 2, 2), math.nan), "^factors: got nan"),
        (np.eye(2), 1e-200 * np.stack([np.eye(2)] * 3), "beyond float64"),
    ],
)
def test_refusals(Z: Any, factors: Any, line: str) -> None:
    with np.errstate(all="raise"), pytest.raises(InputError, match=line) as caught:
        horizontal_lift(Z, factors)
    assert "\n" not in str(caught.value)
