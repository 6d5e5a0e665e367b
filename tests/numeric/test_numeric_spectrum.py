"""Functions of sigma against mpmath: the sum definition, and the closed form in 120 digits."""

import math
from collections.abc import Iterator
from typing import Any

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlnproof import log_volume_form, operator_eigenvalues
from dlnproof.depth import Depth

DEPTHS: list[Depth] = [1, 2, 3, 7, 64, 10**6, math.inf]
GAPS = [0.0, *(2.0**-k for k in range(0, 53, 4)), 2.0**-52, 1e3, 1e100, 1e299]
SCALES = [1e-150, 1e-60, 1e-5, 0.3, 1.0, 7.0, 1e60]


@pytest.fixture(autouse=True)
def _digits() -> Iterator[None]:
    with mpmath.workdps(120):
        yield


def summed(a: float, b: float, N: int) -> Any:
    """Lambda by its definition, a sum of N powers."""
    a2, b2, n = mpmath.mpf(a) ** 2, mpmath.mpf(b) ** 2, mpmath.mpf(N)
    return sum(a2 ** ((N - j) / n) * b2 ** ((j - 1) / n) for j in range(1, N + 1)) / n


def closed(a: float, b: float, N: Depth) -> Any:
    """Lambda in closed form, with digits enough for its cancellation."""
    x, y = mpmath.mpf(a), mpmath.mpf(b)
    q = 1 / mpmath.mpf(N)
    if x == y:
        return x ** (2 * (1 - q))
    gap = mpmath.log(x / y) * 2 if q == 0 else (x ** (2 * q) - y ** (2 * q)) / q
    return (x**2 - y**2) / gap


def closed_form(values: list[float], N: Depth) -> Any:
    """Theorem 1.1's density in closed form, its logarithm."""
    s = sorted((mpmath.mpf(v) for v in values), reverse=True)
    q = 1 / mpmath.mpf(N)
    total = (q - 1) * mpmath.fsum(mpmath.log(x) for x in s)
    for i, x in enumerate(s):
        for y in s[i + 1 :]:
            gap = 2 * mpmath.log(x / y) if q == 0 else (x ** (2 * q) - y ** (2 * q)) / q
            total += mpmath.log(gap)
    return total


def assert_lambda(sigma: list[float], N: Depth, reference: Any) -> None:
    got = operator_eigenvalues(sigma, N)
    for (i, k), value in np.ndenumerate(got):
        exact = reference(sigma[i], sigma[k], N)
        assert abs(value - exact) <= 1e-12 * exact, (sigma, N, i, k)


def assert_form(sigma: list[float], N: Depth) -> None:
    exact = closed_form(sigma, N)
    assert abs(log_volume_form(sigma, N) - exact) <= 1e-12 * max(1, abs(exact)), (sigma, N)


@pytest.mark.parametrize("N", [1, 2, 3, 7, 64])
@pytest.mark.parametrize("scale", [1e-150, 0.3, 7.0])
def test_eigenvalues_are_the_sum_of_powers(N: int, scale: float) -> None:
    for gap in (0.0, 2.0**-52, 1e-9, 0.1, 1.0, 1e100):
        assert_lambda([scale, scale * (1 + gap)], N, summed)


@pytest.mark.parametrize("N", DEPTHS)
def test_eigenvalues_at_every_gap_and_scale(N: Depth) -> None:
    for scale in SCALES:
        for gap in GAPS:
            if scale * (1 + gap) <= 1e150:
                assert_lambda([scale * (1 + gap), scale], N, closed)


@pytest.mark.parametrize("N", DEPTHS)
def test_form_at_every_gap_and_scale(N: Depth) -> None:
    for scale in SCALES:
        for gap in GAPS[1:]:
            if scale * (1 + gap) <= 1e150:
                assert_form([scale, scale * (1 + gap)], N)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.lists(st.floats(-345, 345), min_size=1, max_size=8, unique=True),
    st.sampled_from(DEPTHS),
)
def test_form_of_many_values(logarithms: list[float], N: Depth) -> None:
    sigma = [math.exp(x) for x in logarithms]
    if len(set(sigma)) == len(sigma):
        with mpmath.workdps(120):
            assert_form(sigma, N)


def test_ratio_beyond_float64_is_not_infinite() -> None:
    sigma = [1e150, 1e-200]  # the quotient overflows
    exact = closed_form(sigma, math.inf)
    assert abs(log_volume_form(sigma, math.inf) / exact - 1) < 1e-12
    mixed = operator_eigenvalues(sigma, math.inf)[0, 1]
    assert abs(mixed / closed(1e150, 1e-200, math.inf) - 1) < 1e-12


@pytest.mark.parametrize("gap", [0.0, 1e-12, 0.5, 1e6])
def test_infinite_depth_is_the_limit_at_rate_one_over_N(gap: float) -> None:
    sigma = np.array([0.7, 0.7 * (1 + gap), 3.0])
    limit = operator_eigenvalues(sigma, math.inf)
    errors = [np.abs(operator_eigenvalues(sigma, N) / limit - 1).max() for N in (10**3, 10**4)]
    assert errors[0] < 0.1
    assert errors[1] / errors[0] == pytest.approx(0.1, rel=0.1)


def test_infinite_depth_form_is_the_limit_at_rate_one_over_N() -> None:
    sigma = [3.0, 2.0, 0.7]
    errors = [log_volume_form(sigma, N) - log_volume_form(sigma, math.inf) for N in (1000, 10000)]
    assert math.expm1(errors[0]) == pytest.approx(4.3e-3, rel=0.02)
    assert math.expm1(errors[1]) == pytest.approx(4.3e-4, rel=0.02)


@pytest.mark.parametrize(
    ("sigma", "N", "expected"),
    [
        ([2.0, 0.0], 1, [[1, 1], [1, 1]]),
        ([2.0, 0.0], 2, [[2, 1], [1, 0]]),
        ([8.0, 0.0], 3, [[16, 16 / 3], [16 / 3, 0]]),
        ([2.0, 0.0], math.inf, [[4, 0], [0, 0]]),
        ([0.0, 0.0], 2, [[0, 0], [0, 0]]),
        ([-0.0, 2.0], 2, [[0, 1], [1, 2]]),
    ],
)
def test_eigenvalues_at_zero(sigma: list[float], N: Depth, expected: list[list[float]]) -> None:
    np.testing.assert_allclose(operator_eigenvalues(sigma, N), expected, rtol=1e-15)


def test_integers_are_read_as_float64() -> None:
    assert operator_eigenvalues([2**24 + 1], math.inf)[0, 0] == (2.0**24 + 1) ** 2


def test_eigenvalues_keep_the_order_given_and_forms_forget_it() -> None:
    sigma = np.array([2.0, 5.0, 1.0, 3.0])
    order = np.array([2, 0, 3, 1])
    for N in DEPTHS:
        whole = operator_eigenvalues(sigma, N)
        np.testing.assert_array_equal(whole, whole.T)
        np.testing.assert_array_equal(
            operator_eigenvalues(sigma[order], N), whole[np.ix_(order, order)]
        )
        assert log_volume_form(sigma, N) == log_volume_form(sigma[order], N)


def test_batches_equal_loops() -> None:
    sigma = np.random.default_rng(0).exponential(size=(3, 2, 4))
    for N in DEPTHS:
        values, forms = operator_eigenvalues(sigma, N), np.asarray(log_volume_form(sigma, N))
        assert values.shape == (3, 2, 4, 4)
        assert forms.shape == (3, 2)
        for index in np.ndindex(3, 2):
            np.testing.assert_allclose(values[index], operator_eigenvalues(sigma[index], N), 1e-15)
            np.testing.assert_allclose(forms[index], log_volume_form(sigma[index], N), 1e-14)


def test_sum_normalisation_is_N_times_the_mean() -> None:
    sigma = [3.0, 2.0, 0.7]
    np.testing.assert_array_equal(
        operator_eigenvalues(sigma, 49, normalization="sum"),
        49 * operator_eigenvalues(sigma, 49),
    )
    shift = log_volume_form(sigma, 49, normalization="sum") - log_volume_form(sigma, 49)
    assert shift == pytest.approx(-4.5 * math.log(49), rel=1e-14)
