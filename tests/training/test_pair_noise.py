"""What pairs add to a step with noise, beside the same at 60 digits, wherever two values are."""

import math

import mpmath
import numpy as np
import pytest

from dlnproof.training.pair_noise import pair

NEAR = [1e-12, 1e-3, 0.3, 0.9, 0.99, 0.999, 1 - 1e-6, 1 - 1e-12]
"""The smaller value, in parts of the larger one."""


def at_sixty_digits(large: float, small: float, N: int) -> list[float]:
    """Return rates, quotients and pushes from their definitions."""
    with mpmath.workdps(60):
        s, r = mpmath.mpf(large), mpmath.mpf(small)
        x, y = s / N, r / N

        def entropy(s: mpmath.mpf, r: mpmath.mpf) -> mpmath.mpf:
            a, b = s / N, r / N
            return mpmath.log((a ** (2 * N) - b ** (2 * N)) / (a * a - b * b)) / 2

        rest = (s - r) / (s + r)  # tanh of half the logarithm of s / r
        symmetric = N * rest * (s**N + r**N) / (s**N - r**N)
        h = mpmath.mpf(10) ** -20 * (s - r)
        pushes = [
            (entropy(s + h, r) - entropy(s - h, r)) / (2 * h),
            (entropy(s, r + h * r) - entropy(s, r - h * r)) / (2 * h * r),
        ]
        found = [
            (symmetric - 1) / (s - r) ** 2,
            ((N**2) / symmetric - 1) / (s + r) ** 2,
            (x**N + y**N) / (x + y),
            (x**N - y**N) / (x - y),
            *pushes,
        ]
        return [float(value) for value in found]


@pytest.mark.parametrize("depth", [1, 2, 3, 7, 50])
def test_rates_quotients_and_pushes(depth: int) -> None:
    large = np.repeat([0.3, 1.0, float(depth)], len(NEAR))
    small = large * np.tile(NEAR, 3)
    found = pair(large, small, depth)
    for k, (s, r) in enumerate(zip(large, small, strict=True)):
        expected = at_sixty_digits(float(s), float(r), depth)
        for name, value, stated in zip(found._fields, found, expected, strict=True):
            allowed = 1e-11 * abs(stated) + (1e-11 if depth == 1 else 0)
            assert abs(value[k] - stated) <= allowed, (name, s, r)


def test_where_two_meet_and_where_one_is_zero() -> None:
    met, zero = (pair(np.array([1.0]), np.array([r]), 3) for r in (1.0, 0.0))
    assert met.p[0] == pytest.approx(2 / 3)  # (N^2 - 1) / 12
    assert (met.minus[0], met.plus[0]) == pytest.approx((3 / 9, 1 / 9))
    assert met.push_large[0] == pytest.approx(1.0)  # (N - 1) / 2
    assert met.push_small[0] == pytest.approx(1.0)
    assert (zero.p[0], zero.m[0]) == pytest.approx((2.0, 2.0))
    assert zero.push_small[0] == pytest.approx(0, abs=1e-290)
    assert all(math.isfinite(value[0]) for value in zero)
