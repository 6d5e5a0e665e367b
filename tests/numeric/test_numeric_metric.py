"""Laws of the operator and the metric, and their accuracy against the definition in mpmath."""

import math
from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest

from dlnproof import inner_product, log_volume_density, metric_matrix, operator
from dlnproof.depth import Depth
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.numeric.normalization import Normalization

DEPTHS: list[Depth] = [1, 2, 3, 1000, math.inf]
NORMALIZED: list[tuple[Depth, Normalization]] = [
    *((N, "mean") for N in DEPTHS),
    *((N, "sum") for N in DEPTHS[:-1]),
]


def orthogonal(d: int, rng: np.random.Generator) -> FloatArray:
    return np.linalg.qr(rng.standard_normal((d, d)))[0]


def conditioned(d: int, rng: np.random.Generator) -> FloatArray:
    """A matrix with singular values 3, ..., 1, of either orientation."""
    return np.asarray(orthogonal(d, rng) * np.linspace(3, 1, d) @ orthogonal(d, rng))


def vec(Z: FloatArray) -> FloatArray:
    """Stack the columns."""
    return np.swapaxes(Z, -1, -2).reshape(*Z.shape[:-2], -1)


def exact(A: FloatArray) -> Any:
    return mpmath.matrix(A.tolist())


def power(symmetric: Any, exponent: Any) -> Any:
    """A real power of a positive definite matrix, by its eigenvectors; X^0 = I."""
    values, vectors = mpmath.eigsy(symmetric)
    return vectors * mpmath.diag([v**exponent for v in values]) * vectors.T


def defined(Z: FloatArray, W: FloatArray, N: int) -> Any:
    """A_{N,W}(Z) by its definition, a sum over layers."""
    z, w = exact(Z), exact(W)
    left, right = power(w * w.T, mpmath.mpf(1) / N), power(w.T * w, mpmath.mpf(1) / N)
    return sum((left ** (N - j) * z * right ** (j - 1) for j in range(1, N + 1)), 0 * z) / N


@pytest.mark.parametrize("N", [1, 2, 3, 8])
@pytest.mark.parametrize("smallest", [1.0, 1e-4, 1e-9])
def test_accuracy_against_the_sum_over_layers(N: int, smallest: float) -> None:
    rng = np.random.default_rng(N)
    for d in (1, 2, 3):
        sigma = np.geomspace(1, smallest, d) if d > 1 else np.array([smallest])
        W = np.asarray(orthogonal(d, rng) * sigma @ orthogonal(d, rng))
        delta = 1e-12 + 30 * d * 2**-52 * sigma[0] / sigma[-1]
        units = np.eye(d * d).reshape(d * d, d, d)
        with mpmath.workdps(60):
            A = mpmath.matrix(d * d, d * d)
            for k, unit in enumerate(units):  # unit k is e_row e_col^T with k = row d + col
                image = defined(unit, W, N)
                for r, c in np.ndindex(d, d):
                    A[c * d + r, (k % d) * d + k // d] = image[r, c]
                error = mpmath.mnorm(exact(operator(unit, W, N)) - image, "f")
                assert error <= delta * sigma[0] ** (2 - 2 / N)
            G = A**-1
            error = mpmath.mnorm(exact(metric_matrix(W, N)) - G, "f")
            assert error <= delta * mpmath.mnorm(G, "f")
            density = -mpmath.log(mpmath.det(A)) / 2
            assert abs(log_volume_density(W, N) - density) <= d * d * delta * (1 + abs(density))
            Z1, Z2 = rng.standard_normal((2, d, d))
            product = (exact(vec(Z1)).T * G * exact(vec(Z2)))[0]
            lengths = [mpmath.sqrt((exact(vec(Z)).T * G * exact(vec(Z)))[0]) for Z in (Z1, Z2)]
            assert abs(inner_product(Z1, Z2, W, N) - product) <= delta * lengths[0] * lengths[1]


def test_infinite_depth_is_the_integral() -> None:
    rng = np.random.default_rng(5)
    W, Z = conditioned(3, rng), rng.standard_normal((3, 3))
    nodes, weights = np.polynomial.legendre.leggauss(20)
    left, U = np.linalg.eigh(W @ W.T)
    right, V = np.linalg.eigh(W.T @ W)
    integral = sum(
        weight / 2 * (U * left ** (1 - s)) @ U.T @ Z @ (V * right**s) @ V.T
        for s, weight in zip((nodes + 1) / 2, weights, strict=True)
    )
    np.testing.assert_allclose(operator(Z, W, math.inf), integral, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(("N", "normalization"), NORMALIZED)
@pytest.mark.parametrize("d", [1, 2, 4])
def test_metric_matrix_is_the_symmetric_positive_inverse_of_the_operator(
    N: Depth, normalization: Normalization, d: int
) -> None:
    rng = np.random.default_rng(d)
    W = conditioned(d, rng)
    G = metric_matrix(W, N, normalization=normalization)
    np.testing.assert_array_equal(G, G.T)
    assert np.linalg.eigvalsh(G).min() > 0
    Z = rng.standard_normal((d, d))
    image = operator(Z, W, N, normalization=normalization)
    np.testing.assert_allclose(G @ vec(image), vec(Z), atol=1e-12)
    half_logdet = np.linalg.slogdet(G)[1] / 2
    density = log_volume_density(W, N, normalization=normalization)
    assert density == pytest.approx(half_logdet, rel=1e-12, abs=1e-11)


@pytest.mark.parametrize(("N", "normalization"), NORMALIZED)
def test_inner_product_is_bilinear_symmetric_and_the_matrix_s(
    N: Depth, normalization: Normalization
) -> None:
    rng = np.random.default_rng(1)
    W, (Z1, Z2, Z3) = conditioned(3, rng), rng.standard_normal((3, 3, 3))

    def g(X: FloatArray, Y: FloatArray) -> Any:
        return inner_product(X, Y, W, N, normalization=normalization)

    assert g(Z1, Z2) == g(Z2, Z1)
    assert g(2 * Z1 - Z2, Z3) == pytest.approx(2 * g(Z1, Z3) - g(Z2, Z3), rel=1e-12, abs=1e-12)
    G = metric_matrix(W, N, normalization=normalization)
    assert g(Z1, Z2) == pytest.approx(vec(Z1) @ G @ vec(Z2), rel=1e-12, abs=1e-12)
    assert isinstance(g(Z1, Z2), np.float64)


@pytest.mark.parametrize("N", DEPTHS)
def test_invariance_under_both_orthogonal_groups(N: Depth) -> None:
    rng = np.random.default_rng(2)
    W, (Z1, Z2), P, Q = (
        conditioned(3, rng),
        rng.standard_normal((2, 3, 3)),
        orthogonal(3, rng),
        orthogonal(3, rng),
    )
    np.testing.assert_allclose(
        operator(P @ Z1 @ Q, P @ W @ Q, N), P @ operator(Z1, W, N) @ Q, rtol=1e-12, atol=1e-12
    )
    assert inner_product(P @ Z1 @ Q, P @ Z2 @ Q, P @ W @ Q, N) == pytest.approx(
        float(inner_product(Z1, Z2, W, N)), rel=1e-12, abs=1e-12
    )
    assert log_volume_density(P @ W @ Q, N) == pytest.approx(
        float(log_volume_density(W, N)), rel=1e-12, abs=1e-12
    )


@pytest.mark.parametrize("W", [np.array([[1.0, 2.0], [2.0, 4.0]]), np.zeros((2, 2)), np.eye(2)])
def test_depth_one_is_euclidean_whatever_W(W: FloatArray) -> None:
    Z1, Z2 = np.random.default_rng(3).standard_normal((2, 2, 2))
    np.testing.assert_allclose(operator(Z1, W, 1), Z1, atol=1e-15)
    np.testing.assert_allclose(metric_matrix(W, 1), np.eye(4), atol=1e-15)
    assert inner_product(Z1, Z2, W, 1) == pytest.approx(np.trace(Z1.T @ Z2), rel=1e-14)
    assert log_volume_density(W, 1) == 0


def test_operator_at_singular_W_has_the_zeroth_power_I() -> None:
    Z = np.array([[1.0, 2.0], [3.0, 4.0]])
    W = np.diag([4.0, 0.0])
    # (W W^T Z + sqrt(W W^T) Z ... ) at N = 2: (1/2) (|W| Z + Z |W|)
    np.testing.assert_allclose(operator(Z, W, 2), [[4, 4], [6, 0]], rtol=1e-15)
    np.testing.assert_allclose(operator(Z, W, math.inf), [[16, 0], [0, 0]], rtol=1e-15)


def test_rounded_singular_matrix_is_singular_at_every_depth() -> None:
    W, Z = [[1.0, 2.0], [2.0, 4.0]], np.diag([1.0, 0.0])
    projection = np.array([[0.2, 0.4], [0.4, 0.8]])
    expected = 25 * projection @ Z @ projection  # only the top singular pair survives
    np.testing.assert_allclose(operator(Z, W, math.inf), expected, rtol=1e-14)


Batched = Callable[[FloatArray, FloatArray, Depth], Any]


@pytest.mark.parametrize(
    "function",
    [
        operator,
        lambda Z, W, N: inner_product(Z, Z + 1, W, N),
        lambda Z, W, N: metric_matrix(W, N),
        lambda Z, W, N: log_volume_density(W, N),
    ],
    ids=["operator", "inner_product", "metric_matrix", "log_volume_density"],
)
def test_batching_equals_a_loop(function: Batched) -> None:
    rng = np.random.default_rng(4)
    W, Z = rng.standard_normal((2, 3, 4, 3, 3))
    for N in DEPTHS:
        batch = function(Z, W, N)
        for index in np.ndindex(3, 4):
            expected = function(Z[index], W[index], N)
            np.testing.assert_allclose(batch[index], expected, rtol=1e-10, atol=1e-12)


def test_batches_broadcast_and_may_be_empty() -> None:
    rng = np.random.default_rng(6)
    W, Z = conditioned(2, rng), rng.standard_normal((5, 2, 2))
    np.testing.assert_allclose(operator(Z, W, 2)[3], operator(Z[3], W, 2), rtol=1e-14)
    assert np.shape(inner_product(Z[:, None], Z, W, 2)) == (5, 5)
    assert np.shape(log_volume_density(Z[:0], 2)) == (0,)
    assert metric_matrix(Z[:0], 2).shape == (0, 4, 4)


def test_input_is_left_alone_and_lists_are_welcome() -> None:
    W = np.asfortranarray(np.diag([4.0, 1.0]))
    operator(W, W, 3)
    np.testing.assert_array_equal(W, np.diag([4.0, 1.0]))
    assert inner_product([[1, 0], [0, 1]], [[1, 0], [0, 1]], [[4, 0], [0, 1]], 2) == 1.25
