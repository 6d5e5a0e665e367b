"""Gradients against differences of the definitions at 60 digits, wherever singular values are."""

import math
from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sixty_digits import DEPTHS, Frame, exact, gradient, matrices, matrix, second

from dlnproof import (
    effective_rank,
    entropy,
    entropy_gradient,
    log_orbit_volume,
    log_volume_density,
    log_volume_density_gradient,
    operator,
    riemannian_gradient,
)
from dlnproof.depth import Depth
from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.numeric.floats.matrix_powers import PowerDifference, nodes
from dlnproof.numeric.floats.operator_power import OperatorPower
from dlnproof.numeric.floats.spectral import SpectralGradient
from dlnproof.numeric.floats.volume import density_potential, entropy_potential
from dlnproof.numeric.normalization import Normalization

depths = st.sampled_from(DEPTHS)


def allowed(W: FloatArray) -> float:
    """1e-10, or 100 eps sigma_1 / sigma_d."""
    return max(1e-10, 100 * 2**-52 * float(np.linalg.cond(W)))


def near(found: Any, expected: Any, W: FloatArray) -> bool:
    size = max(float(np.abs(expected).max()), 1e-290)
    return float(np.abs(np.asarray(found) - expected).max()) <= allowed(W) * size


@given(W=matrices, N=depths)
@example(W=matrix("near", 3, 1), N=2)
@settings(max_examples=60, deadline=None)
def test_gradients_of_density_and_entropy(W: FloatArray, N: Depth) -> None:
    for found, f in (
        (log_volume_density_gradient(W, N), lambda W: Frame(W, N).density()),
        (entropy_gradient(W, N), lambda W: Frame(W, N).entropy()),
    ):
        assert near(found, gradient(f, W), W)


@given(W=matrices, N=depths, normalization=st.sampled_from(["mean", "sum"]))
@settings(max_examples=40, deadline=None)
def test_value_and_gradient_together(W: FloatArray, N: Depth, normalization: Normalization) -> None:
    batch = np.stack([W, 2 * W])
    if math.inf == N and normalization == "sum":
        return  # refused: see the functions' own tests
    value, slope = log_volume_density_gradient(
        batch, N, return_value=True, normalization=normalization
    )
    assert (slope == log_volume_density_gradient(batch, N, normalization=normalization)).all()
    density = log_volume_density(batch, N, normalization=normalization)
    assert value == pytest.approx(density, rel=1e-9, abs=1e-9)
    if math.inf == N:
        with pytest.raises(InputError, match="finite"):
            entropy_gradient(batch, N, return_value=True)
        return
    value, slope = entropy_gradient(batch, int(N), return_value=True)
    assert (slope == entropy_gradient(batch, N)).all()
    assert value == pytest.approx(entropy(batch, int(N)), rel=1e-9, abs=1e-9)


@given(W=matrices, N=depths, seed=st.integers(1, 9))
@settings(max_examples=40, deadline=None)
def test_second_derivatives_of_density_and_entropy(W: FloatArray, N: Depth, seed: int) -> None:
    H, K = np.random.default_rng(seed).standard_normal((2, *W.shape))
    for potential, f in (
        (density_potential(1 / N, len(W)), lambda W: Frame(W, N).density()),
        (entropy_potential(1 / N, len(W)), lambda W: Frame(W, N).entropy()),
    ):
        image = SpectralGradient(potential)(W, H)
        size = np.linalg.norm(image) * np.linalg.norm(K)
        rounding = 100 * 2**-52 * float(np.linalg.cond(W)) ** 2
        error = abs(float((image * K).sum()) - second(f, W, H, K))
        assert error <= max(1e-10, rounding) * size + 1e-290


@given(W=matrices, a=st.sampled_from([0.5, 1 / 3, 0.9, 1 / 60, -0.4, 1.0]), seed=st.integers(1, 9))
@example(W=matrix("close", 3, 1), a=1 / 3, seed=1)
@settings(max_examples=40, deadline=None)
def test_derivatives_of_powers(W: FloatArray, a: float, seed: int) -> None:
    """Of (W W^T)^a: the first against differences, the second too, and adjoints as adjoints."""
    X, H, K = np.random.default_rng(seed).standard_normal((3, *W.shape))

    def f(W: Any) -> Any:
        frame = Frame(W, 1)
        hat = frame.U.T * exact(X) * frame.U
        return sum(hat[i, i] * s ** (2 * a) for i, s in enumerate(frame.s))

    power = PowerDifference((a,))
    assert near(power.pull(0, (W,), X[None]), gradient(f, W), W)
    E = (H @ W.T + W @ H.T)[None]
    assert near(power.push(0, (W,), H), power._next()(W, E), W)
    first = power._next()
    parts = first.push(0, (W, E), K), first(W, (H @ K.T + K @ H.T)[None])
    along = parts[0] + parts[1]
    size = max(float(np.linalg.norm(part)) for part in parts) * float(np.linalg.norm(X))
    assert abs(float((along * X).sum()) - second(f, W, H, K)) <= 100 * allowed(W) * size
    # no difference has an inner matrix of its own symmetry here; of order 2 none in W is offered
    for inner, changes in (
        ((K[None],), {0: H, 1: X[None]}),
        ((K[None], H[None]), {1: X[None], 2: H[None]}),
    ):
        difference = PowerDifference((a,), len(inner))
        for place, change in changes.items():
            left = float((difference.push(place, (W, *inner), change) * X).sum())
            right = float((difference.pull(place, (W, *inner), X[None]) * change).sum())
            assert left == pytest.approx(right, rel=1e-9, abs=1e-9 * size)


@pytest.mark.parametrize("N", [1, 2, 5, 40, 41, 1000, 10**6, math.inf])
def test_nodes_integrate_the_layers(N: Depth) -> None:
    s, w = nodes(1 / N)
    assert w.sum() == pytest.approx(1, rel=1e-14)
    for rate in (-60.0, -1.0, 0.5, 30.0):
        if math.inf == N:
            expected = math.expm1(rate) / rate
        else:
            expected = math.expm1(rate) / (N * math.expm1(rate / N))
        assert float(w @ np.exp(rate * s)) == pytest.approx(expected, rel=2e-13)


@given(W=matrices, N=st.sampled_from([2, 3, 60, math.inf]), p=st.sampled_from([1, -1, 0.5, -0.5]))
@settings(max_examples=40, deadline=None)
def test_derivatives_of_the_operator_and_its_powers(W: FloatArray, N: Depth, p: float) -> None:
    """Against differences; what is made of primitives is the same; adjoints are adjoints."""
    Z, C, H = np.random.default_rng(6).standard_normal((3, *W.shape))
    power = OperatorPower(1 / N, 1.0, p)

    def f(W: Any) -> Any:
        image = Frame(W, N).power(exact(Z), p)
        return mpmath.fsum(c * x for c, x in zip(exact(C), image, strict=True))

    pulled = power.pull(1, (Z, W), C)
    assert near(pulled, gradient(f, W), W)
    pushed = power.push(1, (Z, W), H)
    size = float(np.linalg.norm(pulled) * np.linalg.norm(H))
    assert float((pushed * C).sum()) == pytest.approx(float((pulled * H).sum()), abs=1e-9 * size)
    if abs(p) == 1 and np.linalg.cond(W) < 1e3:
        for found, expected in (
            (power._adjoint_by_powers(Z, C, W), pulled),
            (power._change_by_powers(Z, H, W), pushed),
        ):
            np.testing.assert_allclose(found, expected, rtol=1e-8, atol=1e-10 * size)


@given(W=matrices, N=depths, p=st.sampled_from([0.5, -1, -0.5, 2]))
@settings(max_examples=30, deadline=None)
def test_powers_of_the_operator(W: FloatArray, N: Depth, p: float) -> None:
    Z = np.random.default_rng(1).standard_normal(W.shape)
    with mpmath.workdps(60):
        image = Frame(exact(W), N).power(exact(Z), p)
    assert near(operator(Z, W, N, power=p), np.array(image.tolist(), dtype=float), W)


def test_half_twice_is_the_operator_in_both_normalisations() -> None:
    Z, W = np.random.default_rng(2).standard_normal((2, 3, 3))
    half = operator(Z, W, 3, power=0.5, normalization="sum")
    twice = operator(half, W, 3, power=0.5, normalization="sum")
    np.testing.assert_allclose(twice, operator(Z, W, 3, normalization="sum"), rtol=1e-12)
    np.testing.assert_allclose(half, math.sqrt(3) * operator(Z, W, 3, power=0.5), rtol=1e-12)
    np.testing.assert_allclose(
        riemannian_gradient(Z, W, 3, normalization="sum"), 3 * operator(Z, W, 3), rtol=1e-14
    )


@pytest.mark.parametrize("power", [True, "1/2", math.inf, math.nan, None])
def test_power_is_a_number(power: Any) -> None:
    with pytest.raises(InputError, match=r"^power: got .* 1/2 or -1"):
        operator(np.eye(2), np.eye(2), 2, power=power)


@given(W=matrices, N=st.sampled_from([2, 3, 7]))
@settings(max_examples=15, deadline=None)
def test_the_entropic_force_increases_every_singular_value(W: FloatArray, N: int) -> None:
    """Its coordinates are N (mean: 1) sigma_i^{2-2/N} times those of the gradient."""
    U, sigma, Vt = np.linalg.svd(W)
    force = U.T @ riemannian_gradient(entropy_gradient(W, N), W, N) @ Vt.T
    assert len(W) == 1 or (np.diag(force) > 0).all()
    q = 1 / N
    coordinates = np.diag(U.T @ entropy_gradient(W, N) @ Vt.T) * sigma ** (2 - 2 * q)
    assert near(np.diag(force), coordinates, W)


def test_entropy_is_the_orbits_volume() -> None:
    W = np.random.default_rng(3).standard_normal((4, 3, 3))
    sigma = np.linalg.svd(W, compute_uv=False)
    np.testing.assert_array_equal(entropy(W, 4), log_orbit_volume(sigma, 4))
    assert entropy(np.zeros((3, 3)), 1) == 0
    assert entropy(np.diag([2.0, 0.0]), 2) == log_orbit_volume([2, 0], 2)
    assert entropy(np.zeros((2, 2)), 2) == -math.inf
    with pytest.raises(InputError, match="infinity"):
        entropy(np.eye(2), math.inf)  # type: ignore[arg-type]


def test_gradients_at_depth_one_and_of_one_entry_are_zero() -> None:
    W = np.array([[1.0, 2.0], [2.0, 4.0]])  # singular
    for gradient_of in (entropy_gradient, log_volume_density_gradient):
        np.testing.assert_array_equal(gradient_of(W, 1), np.zeros((2, 2)))
    np.testing.assert_array_equal(entropy_gradient([[3.0]], 5), [[0.0]])


@pytest.mark.parametrize("W", [[[1, 2], [2, 4]], [[1, 0], [0, 0]], [[0, 0], [0, 0]]])
@pytest.mark.parametrize("N", [2, 3, math.inf])
def test_no_gradient_at_singular_matrices(W: Any, N: Depth) -> None:
    calls: list[Callable[[], Any]] = [
        lambda: log_volume_density_gradient(W, N),
        lambda: entropy_gradient(W, N),
        lambda: log_volume_density_gradient([np.eye(2), W], N),
        lambda: PowerDifference((0.5,)).push(0, (np.array(W, dtype=float),), np.eye(2)),
    ]
    for call in calls:
        with pytest.raises(InputError, match=r"^W(\[1\])?: got a singular matrix"):
            call()


def test_effective_rank_by_its_shares() -> None:
    W = np.random.default_rng(4).standard_normal((3, 3))
    expected = float(Frame(exact(W), 1).effective_rank())
    assert float(effective_rank(W)) == pytest.approx(expected, rel=1e-13)


def test_gradients_of_many_are_those_of_each() -> None:
    W = np.random.default_rng(5).standard_normal((2, 4, 3, 3))
    for gradient_of in (entropy_gradient, log_volume_density_gradient):
        batch = gradient_of(W, 3)
        for place in np.ndindex(2, 4):
            np.testing.assert_allclose(batch[place], gradient_of(W[place], 3), rtol=1e-10)
        assert gradient_of(W[:0], 3).shape == (0, 4, 3, 3)
