"""The orbit's volume: hand values, accuracy, and what happens where singular values vanish."""

import math
from itertools import combinations
from typing import Any

import mpmath
import numpy as np
import pytest

from dlnproof import log_orbit_volume, product
from dlnproof.errors import InputError
from dlnproof.numeric.floats.volume import log_group_volume

DEPTHS = [2, 3, 7, 64, 10**6, 10**15]


def mp_value(sigma: Any, N: int) -> Any:
    """The formula at many digits, pair by pair; c_d from the recurrence c_d / c_{d-1}."""
    squares = sorted((mpmath.mpf(s) ** 2 for s in sigma), reverse=True)
    q = mpmath.mpf(1) / N
    total = (N - 1) * mpmath.log(2)
    for k in range(2, len(sigma) + 1):
        sphere = k * mpmath.pi ** (mpmath.mpf(k) / 2) / mpmath.gamma(mpmath.mpf(k) / 2 + 1)
        total += (N - 1) * mpmath.log(mpmath.sqrt(2) ** (k - 1) * sphere)
    for a, b in combinations(squares, 2):
        factor = N * a ** (1 - q) if a == b else (a - b) / (a**q - b**q)
        total += mpmath.log(factor) / 2
    return total


def fibre(sigma: list[float], steps: int, mirror: int) -> Any:
    """Balanced factorizations of diag(sigma), N = 2, along one component of O_2."""
    root = np.diag(np.sqrt(sigma))
    angle = np.linspace(0, 2 * np.pi, steps + 1)
    c, s = np.cos(angle), np.sin(angle)
    Q = np.array([[c, -mirror * s], [s, mirror * c]]).transpose(2, 0, 1)
    return np.stack([Q @ root, root @ np.swapaxes(Q, -1, -2)])


def length(curve: Any) -> float:
    """The length of the inscribed polygon, in the Frobenius norm of the pair of factors."""
    return float(np.sqrt((np.diff(curve, axis=1) ** 2).sum(axis=(0, 2, 3))).sum())


@pytest.mark.parametrize("sigma", [[4.0, 1.0], [1.0, 3.0], [2.0, 2.0]])
def test_width_two_depth_two_is_the_length_of_the_fibre(sigma: list[float]) -> None:
    """Two circles, each of speed sqrt(2 (sigma_1 + sigma_2))."""
    curves = [fibre(sigma, 20_000, mirror) for mirror in (1, -1)]
    for curve in curves:
        assert np.abs(product(curve) - np.diag(sigma)).max() < 1e-14
    volume = math.exp(log_orbit_volume(sigma, 2))
    assert volume == pytest.approx(sum(map(length, curves)), rel=1e-7)
    assert volume == pytest.approx(4 * math.pi * math.sqrt(2 * sum(sigma)), rel=1e-12)


def test_at_rank_one_the_limit_counts_the_fibre_twice() -> None:
    """The two components become one circle: the sign of the second axis no longer matters."""
    curves = [fibre([3.0, 0.0], 20_000, mirror) for mirror in (1, -1)]
    np.testing.assert_array_equal(*curves)
    assert math.exp(log_orbit_volume([3, 0], 2)) == pytest.approx(2 * length(curves[0]), rel=1e-7)


@pytest.mark.parametrize(
    ("d", "volume"),
    [
        (1, 2),  # two points
        (2, 2 * 2 * math.pi * math.sqrt(2)),  # angle t: Tr(a^T a) = 2 dt^2
        (3, 2 * 8 * math.pi**2 * math.sqrt(2) ** 3),  # SO_3 is a 3-sphere of radius 2, halved
    ],
)
def test_volume_of_the_orthogonal_group(d: int, volume: float) -> None:
    assert math.exp(log_group_volume(d)) == pytest.approx(volume, rel=1e-14)
    # N lambda_il = 2 sigma = 1/2 at sigma = 1/4, N = 2
    assert log_orbit_volume([0.25] * d, 2) == pytest.approx(
        math.log(volume) + d * (d - 1) / 4 * math.log(0.5), rel=1e-14
    )


@pytest.mark.parametrize("N", DEPTHS)
@pytest.mark.parametrize(
    "sigma",
    [
        [3.0],
        [1.0, 4.0],
        [1.0, 1.0, 1.0],
        [2.0, 2.0 - 2**-51, 1e-3, 1e-3],
        [1.0, 1 + 1e-8, 1 + 1e-12],
        [1.0, 1e-12, 5.0],
        [1e150, 1e140, 1e-150],
        [1e-150, 2e-150, 1e-149, 1e-150],
        [8.0, 7, 6, 5, 4, 3, 2, 1],
        [0.0],
        [0.0, 5.0],
        [2.0, 0.0, 2.0, 1e-9],
    ],
)
def test_accuracy(sigma: list[float], N: int) -> None:
    with mpmath.workdps(120):
        exact = mp_value(sigma, N)
        assert abs(log_orbit_volume(sigma, N) - exact) <= mpmath.mpf("1e-12") * max(1, abs(exact))


@pytest.mark.parametrize("N", DEPTHS)
@pytest.mark.parametrize("sigma", [[0.0, 0.0], [0.0, 3.0, 0.0], [2.0, 0, 0, 0]])
def test_two_zeros_leave_no_volume(sigma: list[float], N: int) -> None:
    assert log_orbit_volume(sigma, N) == -math.inf


@pytest.mark.parametrize("sigma", [[2.0, 1.0], [0.0, 0.0], [1.0, 1.0, 0.0], [0.0]])
def test_at_depth_one_the_fibre_is_a_point(sigma: list[float]) -> None:
    assert log_orbit_volume(sigma, 1) == 0


@pytest.mark.parametrize(("N", "k"), [(2, 2), (3, 2), (3, 3), (5, 3)])
def test_exponent_at_k_vanishing_values(N: int, k: int) -> None:
    values = [
        float(log_orbit_volume([3.0, 2.0, *(e * (j + 1) for j in range(k))], N))
        for e in (1e-100, 1e-120)
    ]
    slope = (values[0] - values[1]) / math.log(1e20)
    assert slope == pytest.approx(k * (k - 1) / 2 * (1 - 1 / N), rel=1e-6)


def test_order_and_batches() -> None:
    sigma = np.random.default_rng(0).uniform(0.1, 3, (2, 5, 4))
    values = np.asarray(log_orbit_volume(sigma, 3))
    assert values.shape == (2, 5)
    np.testing.assert_array_equal(values, log_orbit_volume(sigma[..., [2, 0, 3, 1]], 3))
    for index in np.ndindex(2, 5):
        assert log_orbit_volume(sigma[index], 3) == pytest.approx(values[index], rel=1e-14)
    assert np.asarray(log_orbit_volume(np.ones((0, 3)), 2)).shape == (0,)


@pytest.mark.parametrize(
    ("sigma", "depth", "line"),
    [
        ([2, 1], math.inf, "the orbit of balanced factorizations exists at finite depth only"),
        ([2, 1], 0, "expected an integer >= 1"),
        ([2, 1], 2.0, "expected an integer >= 1"),
        ([2, 1], 10**400, "above 10\\^15"),
        ([2, -1], 2, "expected singular values >= 0"),
        (2.0, 2, "expected \\(..., d\\)"),
    ],
)
def test_refusals(sigma: Any, depth: Any, line: str) -> None:
    with pytest.raises(InputError, match=line):
        log_orbit_volume(sigma, depth)
