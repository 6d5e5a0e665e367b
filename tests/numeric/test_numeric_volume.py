"""The volume's logarithms: accuracy, strata, and their dependence on depth and scale."""

import math

import mpmath
import numpy as np
import pytest

from dlnproof import log_volume_density, log_volume_form, operator_eigenvalues
from dlnproof.depth import Depth

DEPTHS: list[Depth] = [2, 3, 64, 10**6, math.inf]


@pytest.mark.parametrize("N", DEPTHS)
@pytest.mark.parametrize(
    "sigma",
    [
        [4.0, 1.0],
        [1.0, 1.0, 1.0],
        [2.0, 2.0 - 2**-51, 1e-3, 1e-3],
        [1.0, 1e-12],
        [1e150, 1e140, 1e139],
        [1e-150],
    ],
)
def test_density_is_the_eigenvalues_sum(sigma: list[float], N: Depth) -> None:
    """Diagonal matrices: LAPACK finds their singular values to the last bits."""
    expected = -np.log(operator_eigenvalues(sigma, N)).sum() / 2
    got = float(log_volume_density(np.diag(sigma), N))
    assert abs(got - expected) <= 1e-12 * max(1, abs(expected))


@pytest.mark.parametrize("N", DEPTHS)
def test_density_against_exact_singular_values(N: Depth) -> None:
    rng = np.random.default_rng(0)
    for exponent in (0, 4, 8, 12):
        d = 3
        left, right = (np.linalg.qr(rng.standard_normal((d, d)))[0] for _ in "UV")
        W = left * np.geomspace(1, 10.0**-exponent, d) @ right
        with mpmath.workdps(60):
            s = list(mpmath.svd_r(mpmath.matrix(W.tolist()), compute_uv=False))
            q = 1 / mpmath.mpf(N)
            exact = -(1 - q) * mpmath.fsum(mpmath.log(x) for x in s)
            for i, x in enumerate(s):
                for y in s[i + 1 :]:
                    gap = 2 * mpmath.log(x / y) if q == 0 else (x ** (2 * q) - y ** (2 * q)) / q
                    exact -= mpmath.log((x**2 - y**2) / gap)
            bound = 30 * d**2 * 2**-52 * s[0] / s[-1] + mpmath.mpf("1e-12") * max(1, abs(exact))
            assert abs(log_volume_density(W, N) - exact) <= bound


@pytest.mark.parametrize("N", DEPTHS)
@pytest.mark.parametrize("d", [1, 2, 4])
def test_density_is_homogeneous(N: Depth, d: int) -> None:
    W = np.random.default_rng(d).standard_normal((d, d))
    shift = log_volume_density(1e40 * W, N) - log_volume_density(W, N)
    assert shift == pytest.approx(-(d**2) * (1 - 1 / N) * math.log(1e40), rel=1e-11)


@pytest.mark.parametrize("N", DEPTHS)
@pytest.mark.parametrize(
    "W", [[[1, 2], [2, 4]], [[1, 0], [0, 0]], [[0, 0], [0, 0]], [[0.1, 0.2], [0.3, 0.6]], [[0]]]
)
def test_density_at_singular_matrices_is_infinite(W: list[list[float]], N: Depth) -> None:
    assert log_volume_density(W, N) == math.inf
    if isinstance(N, int):
        assert log_volume_density(W, N, normalization="sum") == math.inf


@pytest.mark.parametrize("N", DEPTHS)
@pytest.mark.parametrize("d", [2, 3, 8, 30])
def test_products_of_thin_matrices_are_recognised_as_singular(N: Depth, d: int) -> None:
    rng = np.random.default_rng(d)
    W = rng.standard_normal((200, d, d - 1)) @ rng.standard_normal((200, d - 1, d))
    assert (np.asarray(log_volume_density(W, N)) == math.inf).all()


@pytest.mark.parametrize("N", DEPTHS)
def test_ill_conditioned_is_not_singular(N: Depth) -> None:
    rng = np.random.default_rng(7)
    left, right = (np.linalg.qr(rng.standard_normal((4, 4)))[0] for _ in "UV")
    W = left * np.array([1, 1, 1, 1e-12]) @ right
    assert math.isfinite(log_volume_density(W, N))


@pytest.mark.parametrize("N", DEPTHS)
@pytest.mark.parametrize(
    ("sigma", "expected"),
    [
        ([3.0, 1.0, 0.0], math.inf),
        ([0.0, 3.0, 1.0], math.inf),
        ([0.0], math.inf),
        ([3.0, 3.0, 1.0], -math.inf),
        ([3.0, 0.0, 3.0], math.nan),
        ([3.0, 0.0, 0.0], math.nan),
        ([0.0, 0.0], math.nan),
        ([0.0, 0.0, 0.0], math.nan),
    ],
)
def test_form_on_the_strata(sigma: list[float], expected: float, N: Depth) -> None:
    np.testing.assert_equal(log_volume_form(sigma, N), expected)


@pytest.mark.parametrize(
    ("sigma", "expected"),
    [
        ([3.0, 1.0], math.log(8)),
        ([0.0, 3.0], math.log(9)),
        ([3.0, 0.0, 1.0], math.log(8 * 9 * 1)),
        ([0.0], 0.0),
        ([5.0], 0.0),
        ([3.0, 3.0], -math.inf),
        ([3.0, 0.0, 0.0], -math.inf),
        ([0.0, 0.0], -math.inf),
        ([3.0, 3.0, 0.0], -math.inf),
    ],
)
def test_form_at_depth_one_is_the_vandermonde(sigma: list[float], expected: float) -> None:
    assert log_volume_form(sigma, 1) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("N", [1, *DEPTHS])
def test_form_is_the_density_times_the_svd_jacobian(N: Depth) -> None:
    sigma = [3.0, 1.5, 0.2]
    jacobian = sum(math.log(a * a - b * b) for a, b in [(3, 1.5), (3, 0.2), (1.5, 0.2)])
    expected = log_volume_density(np.diag(sigma), N) + jacobian
    assert log_volume_form(sigma, N) == pytest.approx(float(expected), rel=1e-12, abs=1e-12)


def test_density_is_continuous_at_infinite_depth() -> None:
    W = np.random.default_rng(1).standard_normal((3, 3))
    limit = float(log_volume_density(W, math.inf))
    errors = [float(log_volume_density(W, N)) - limit for N in (10**3, 10**5)]
    assert errors[1] / errors[0] == pytest.approx(0.01, rel=0.1)


def test_density_under_sum_shifts() -> None:
    W = np.random.default_rng(2).standard_normal((6, 3, 3))
    shift = log_volume_density(W, 5, normalization="sum") - log_volume_density(W, 5)
    np.testing.assert_allclose(shift, -4.5 * math.log(5), rtol=1e-13)
    assert log_volume_density(np.zeros((2, 2)), 1, normalization="sum") == 0


def test_one_singular_matrix_leaves_its_batch_alone() -> None:
    density = np.asarray(log_volume_density([np.eye(2), np.zeros((2, 2)), 2 * np.eye(2)], 2))
    np.testing.assert_allclose(density, [0, math.inf, -2 * math.log(2)], rtol=1e-14)
