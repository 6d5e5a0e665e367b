"""Geodesics: against explicit families, what they conserve, and the equation that they solve."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from dlnproof import (
    christoffel,
    distance_lower_bound,
    distance_to_rank,
    geodesic,
    inner_product,
    log_map,
    operator,
)
from dlnproof.depth import Depth
from dlnproof.errors import InputError
from dlnproof.numeric.floats.extrapolation import ERROR_ORDER, extrapolated_step

Matrix = NDArray[np.float64]
RNG = np.random.default_rng(0)
U, V = (np.linalg.qr(RNG.normal(size=(3, 3)))[0] for _ in range(2))
START, SPEED = 2 * np.eye(3) + RNG.normal(size=(3, 3)) / 2, RNG.normal(size=(3, 3))
AGAIN = (U * [2.0, 2.0, 0.7]) @ V.T
"""Of which two singular values coincide."""
DEPTHS = [2, 3, 50, math.inf]


def radius(W: Matrix, depth: Depth) -> Any:
    """The square of the radius of the cone, of "sum"."""
    return depth * np.sum(np.linalg.svd(W, compute_uv=False) ** (2 / depth), axis=-1)


# --- explicit families ----------------------------------------------------------------------------


@pytest.mark.parametrize("depth", [2, 3, 7])
def test_roots_are_linear_where_singular_vectors_stay(depth: int) -> None:
    roots, rates = np.array([1.4, 1.4, 0.9]), np.array([-0.3, 0.2, 0.5])
    W, Z = ((U * x) @ V.T for x in (roots**depth, depth * roots ** (depth - 1) * rates))
    for t in (1.0, -1.2, 2.5):
        expected = (U * (roots + t * rates) ** depth) @ V.T
        np.testing.assert_allclose(geodesic(W, Z, t, depth), expected, atol=1e-11)


def test_logarithms_are_at_infinite_depth() -> None:
    W, Z = ((U * x) @ V.T for x in (np.array([2.0, 1.0, 0.5]), np.array([2.0, -0.5, 0.1])))
    expected = (U * np.array([2.0, 1.0, 0.5]) * np.exp([2.0, -1.0, 0.4])) @ V.T
    np.testing.assert_allclose(geodesic(W, Z, 2, math.inf), expected, rtol=1e-11, atol=1e-11)


def test_straight_lines_of_two_factors_have_geodesic_products() -> None:
    """W_2 W_1 = U P (P V^T) moves to U (1 + tK) P^2 (1 + tK) V^T where K is normal."""
    P = np.diag([1.5, 1.1, 0.6]) + 0.1
    K = np.diag([0.3, 0.3, -0.2]) + np.array([[0, -0.5, 0], [0.5, 0, 0], [0, 0, 0]])
    W, Z = U @ P @ P @ V.T, U @ (K @ P @ P + P @ P @ K) @ V.T
    moved = np.eye(3) + 0.9 * K
    expected = U @ moved @ P @ P @ moved @ V.T
    np.testing.assert_allclose(geodesic(W, Z, 0.9, 2), expected, atol=1e-11)


def test_those_of_more_factors_too() -> None:
    """U (P + tD)^N V^T, where D is normal and commutes with P: here a rotation in a plane."""
    D = np.array([[0.4, -0.7, 0], [0.7, 0.4, 0], [0, 0, 0.2]])
    P = np.diag([1.3, 1.3, 0.8])
    W, Z = U @ np.linalg.matrix_power(P, 4) @ V.T, 4 * U @ np.linalg.matrix_power(P, 3) @ D @ V.T
    expected = U @ np.linalg.matrix_power(P + 0.5 * D, 4) @ V.T
    np.testing.assert_allclose(geodesic(W, Z, 0.5, 4), expected, atol=1e-11)


def test_of_one_factor_they_are_lines() -> None:
    W, Z = geodesic(START, SPEED, -3, 1, return_velocity=True)
    np.testing.assert_array_equal(W, START - 3 * SPEED)
    np.testing.assert_array_equal(Z, SPEED)


# --- the equation, and what is conserved ----------------------------------------------------------


@pytest.mark.parametrize("depth", DEPTHS)
def test_the_acceleration_is_that_of_the_connection(depth: Depth) -> None:
    for W in (START, AGAIN):
        h = 1e-2
        steps = np.array([-3, -2, -1, 0, 1, 2, 3])
        path = geodesic(W, SPEED, h * steps, depth)
        weights = np.array([2, -27, 270, -490, 270, -27, 2]) / (180 * h * h)
        found = np.tensordot(weights, path, 1)
        np.testing.assert_allclose(found, -christoffel(SPEED, SPEED, W, depth), atol=1e-5)


@pytest.mark.parametrize("depth", DEPTHS)
def test_speed_and_momenta_are_conserved(depth: Depth) -> None:
    """The momenta are those of turning on the left and on the right."""
    times = np.array([0.0, 0.4, 1.0])
    W, Z = geodesic(START, SPEED, times, depth, return_velocity=True)
    momentum = operator(Z, W, depth, power=-1)
    left, right = momentum @ W.mT, W.mT @ momentum
    for conserved in (left - left.mT, right - right.mT, inner_product(Z, Z, W, depth)):
        np.testing.assert_allclose(conserved, np.broadcast_to(conserved[:1], conserved.shape),
                                   rtol=1e-10, atol=1e-11)  # fmt: skip
    assert np.abs(left[0] - left[2]).max() > 0.1  # which is not by symmetry: that changes
    back, turned = geodesic(W[2], Z[2], -1, depth, return_velocity=True)
    np.testing.assert_allclose(back, START, atol=1e-11)
    np.testing.assert_allclose(turned, SPEED, atol=1e-11)


@pytest.mark.parametrize("depth", [2, 3, 50])
def test_the_square_of_the_radius_is_a_parabola(depth: int) -> None:
    times = np.array([0.0, 0.25, 0.5, 0.75, 1.0])
    found = radius(geodesic(START, SPEED, times, depth), depth)
    speed = inner_product(SPEED, SPEED, START, depth, normalization="sum")
    np.testing.assert_allclose(np.diff(found, 2), speed / 8, rtol=1e-9)


def test_the_determinant_grows_exponentially_at_infinite_depth() -> None:
    found = geodesic(START, SPEED, np.array([0.0, 1.0, 2.0]), math.inf)
    logarithms = np.linalg.slogdet(found)[1]
    assert logarithms[2] - logarithms[1] == pytest.approx(logarithms[1] - logarithms[0], rel=1e-10)


def test_the_method_has_the_order_that_it_says() -> None:
    """Of y' = y: its estimate falls as h^11, its error as h^13."""

    def ends(h: float) -> tuple[float, float]:
        there, estimate = extrapolated_step(lambda y: y, np.ones(1), np.array(h))
        return float(estimate[0]), float(there[0]) - math.exp(h)

    (estimate, error), (less, left) = ends(2.0), ends(1.0)
    assert math.log2(estimate / less) == pytest.approx(ERROR_ORDER, abs=0.2)
    assert math.log2(error / left) == pytest.approx(ERROR_ORDER + 2, abs=0.2)


# --- the ends of the geometry, batches, input -----------------------------------------------------


def test_at_the_singular_matrices_it_ends() -> None:
    """At finite depth after the distance; one of a batch is NaN from then on."""
    W, Z = np.diag([4.0, 1.0]), np.diag([0.0, -2.0])
    with pytest.raises(InputError, match=r"t: got 1.5, .* singular matrices, .* about 1 "):
        geodesic(W, Z, 1.5, 2)
    found = geodesic(W, Z, [0.5, 1 - 1e-6, 1.5, -1.0], 2)
    np.testing.assert_allclose(found[:, 1, 1], [0.25, 1e-12, math.nan, 4.0], atol=1e-13)
    length = math.sqrt(inner_product(Z, Z, W, 2))
    assert length == pytest.approx(distance_to_rank(W, 1, 2))
    with pytest.raises(InputError, match=r"leaves the matrices with sigma_d > d eps"):
        geodesic(W, Z, 400, math.inf)


@pytest.mark.parametrize("size", [1e-140, 1e-3, 1e140])
def test_multiples_have_multiples_of_the_geodesic(size: float) -> None:
    expected = geodesic(START, SPEED, 0.5, 3)
    found = geodesic(size * START, size * SPEED, 0.5, 3)
    np.testing.assert_allclose(found / size, expected, rtol=1e-10)
    np.testing.assert_allclose(geodesic(START, SPEED / 2**20, 2**19, 3), expected, rtol=1e-10)


def test_batches_and_normalisations() -> None:
    W = START + 0.1 * RNG.normal(size=(2, 4, 3, 3))
    found = geodesic(W, SPEED, [[0.1], [0.2]], 3)
    assert found.shape == (2, 4, 3, 3)
    np.testing.assert_allclose(found[1, 2], geodesic(W[1, 2], SPEED, 0.2, 3), rtol=1e-12)
    np.testing.assert_array_equal(geodesic(W, SPEED, 0.1, 3, normalization="sum")[0], found[0])
    np.testing.assert_array_equal(geodesic(START, 0 * SPEED, 5, 3), START)
    assert geodesic(W[:, :0], SPEED, 1, 3).shape == (2, 0, 3, 3)
    bent = christoffel(W, SPEED, START, 3)
    np.testing.assert_allclose(bent, christoffel(SPEED, W, START, 3, normalization="sum"))
    assert (christoffel(W, SPEED, 0 * START, 1) == 0).all()


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: geodesic([[1, 2], [2, 4]], np.eye(2), 1, 2), "W: got a singular"),
        (lambda: geodesic(np.eye(2), np.eye(3), 1, 2), "the same width"),
        (lambda: geodesic(np.ones((4, 1, 1)), [[1.0]], [1, 2], 2), "batches: got W"),
        (lambda: geodesic(np.eye(2), np.eye(2), math.nan, 2), "t: got nan"),
        (lambda: geodesic(np.eye(2), np.eye(2), 1, 0), "depth"),
        (lambda: geodesic(np.eye(2), np.eye(2), 1, math.inf, normalization="sum"), "infinity"),
        (lambda: geodesic(1e-200 * np.eye(2), 1e200 * np.eye(2), 1, 2), "beyond float64"),
        (lambda: geodesic(np.eye(2), 1e300 * np.eye(2), 1e300, 1), "beyond float64"),
        (lambda: christoffel(np.eye(2), np.eye(2), 0 * np.eye(2), 2), "singular"),
        (lambda: christoffel(np.eye(2), np.eye(3), np.eye(2), 2), "the same width"),
        (lambda: log_map(np.eye(2), [[1, 2], [2, 4]], 2), "singular"),
        (lambda: log_map(1e-200 * np.eye(2), 1e200 * np.eye(2), 2), "beyond float64"),
        (lambda: log_map(np.eye(2), np.diag([1, -1]), 2), "sign of the determinant"),
        (lambda: log_map(np.eye(2), np.diag([1, -1]), math.inf), "sign of the determinant"),
    ],
)
def test_bad_input_is_one_clear_line(call: Callable[[], Any], said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        call()
    assert "\n" not in str(caught.value)


# --- shooting -------------------------------------------------------------------------------------


@pytest.mark.parametrize("depth", [1, 2, 3, math.inf])
def test_a_logarithm_leads_there_and_is_no_shorter_than_the_bound(depth: Depth) -> None:
    turned = np.array([[0.6, -0.8, 0], [0.8, 0.6, 0], [0, 0, 1]])
    aims = np.stack([AGAIN @ turned, (U * [3.0, 1.0, 0.3]) @ V.T])
    Z, there = log_map(AGAIN, aims, depth)
    assert there.all()
    np.testing.assert_allclose(geodesic(AGAIN, Z, 1, depth), aims, atol=1e-9)
    lengths = np.sqrt(inner_product(Z, Z, AGAIN, depth))
    bounds = distance_lower_bound(AGAIN, aims, depth)
    assert lengths[0] > bounds[0] + 0.1
    assert lengths[1] == pytest.approx(bounds[1], rel=1e-9)  # where singular vectors stay


def test_it_inverts_the_exponential_map() -> None:
    Z = 0.3 * SPEED
    np.testing.assert_allclose(log_map(START, geodesic(START, Z, 1, 3), 3), Z, atol=1e-9)


def test_one_of_a_batch_that_is_not_found_is_nan() -> None:
    Z, there = log_map(np.eye(2), np.stack([np.diag([1.0, -1.0]), np.diag([2.0, 1.0])]), 2)
    assert there.tolist() == [False, True]
    assert np.isnan(Z[0]).all()
    np.testing.assert_allclose(Z[1], np.diag([2 * (math.sqrt(2) - 1), 0]), atol=1e-9)


def test_of_torch_they_are_torch_without_derivatives() -> None:
    torch = pytest.importorskip("torch")
    W = torch.tensor(START, requires_grad=True)
    found = geodesic(W, SPEED.tolist(), 0.5, 3)
    np.testing.assert_array_equal(found.detach().numpy(), geodesic(START, SPEED, 0.5, 3))
    low = geodesic(W.to(torch.float32), SPEED.tolist(), 0.5, 3)
    assert low.dtype is torch.float32
    reached, there = log_map(W, torch.stack([found, found]), 3)
    assert bool(there.all())
    for result in (found, reached, christoffel(W, W, W, 3)):
        with pytest.raises(InputError, match="derivative"):
            result.sum().backward(retain_graph=True)
    with pytest.raises(InputError, match="under jit or vmap"):
        torch.func.vmap(lambda W: geodesic(W, W, 1.0, 3))(W.detach()[None])
