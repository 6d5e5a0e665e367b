"""Products of factors, and balanced factors of a product."""

import numpy as np
import pytest

from dlnproof import balanced_factors, product


def test_the_first_factor_is_applied_first() -> None:
    first, second, third = np.random.default_rng(0).standard_normal((3, 2, 2))
    np.testing.assert_allclose(product([first, second, third]), third @ second @ first, rtol=1e-14)
    np.testing.assert_array_equal(product(first[None]), first)


@pytest.mark.parametrize("N", [1, 2, 3, 50])
@pytest.mark.parametrize("d", [1, 2, 5])
def test_factors_multiply_to_W_and_are_balanced(N: int, d: int) -> None:
    W = np.random.default_rng(d).standard_normal((4, 3, d, d)) * 10.0**d
    factors = balanced_factors(W, N)
    assert factors.shape == (N, 4, 3, d, d)
    largest = np.linalg.norm(W, 2, axis=(-2, -1))
    eps = 30 * d * 2.0**-52
    errors = np.linalg.norm(product(factors) - W, axis=(-2, -1))
    assert (errors <= N * eps * largest).all()
    transposed = np.swapaxes(factors, -1, -2)
    defects = transposed[1:] @ factors[1:] - factors[:-1] @ transposed[:-1]
    assert (np.linalg.norm(defects, axis=(-2, -1)) <= eps * largest ** (2 / N)).all()


def test_depth_a_million_multiplies_back() -> None:
    W = np.array([[1.0, 2.0], [3.0, 4.0]])
    error = np.linalg.norm(product(balanced_factors(W, 10**6)) - W)
    assert error <= 30 * 10**6 * 2 * 2.0**-52 * np.linalg.norm(W, 2)


def test_factors_before_the_last_are_roots_of_the_gram_matrix() -> None:
    W = np.random.default_rng(3).standard_normal((3, 3))
    first, second, _ = balanced_factors(W, 3)
    np.testing.assert_array_equal(first, second)
    np.testing.assert_allclose(np.linalg.matrix_power(first, 6), W.T @ W, rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(first, first.T, rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize("W", [[[1.0, 2.0], [2.0, 4.0]], [[0.0, 3.0], [0.0, 0.0]]])
def test_factors_have_the_rank_of_W(W: list[list[float]]) -> None:
    factors = balanced_factors(W, 20)
    assert (np.linalg.matrix_rank(factors) == 1).all()
    np.testing.assert_allclose(product(factors), W, rtol=1e-13, atol=1e-14)


def test_batches_equal_loops() -> None:
    W = np.random.default_rng(4).standard_normal((5, 3, 3))
    factors = balanced_factors(W, 4)
    for k in range(5):
        np.testing.assert_allclose(factors[:, k], balanced_factors(W[k], 4), rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(product(factors)[k], product(factors[:, k]), rtol=1e-14)
