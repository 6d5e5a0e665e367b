"""Rectangular matrices of every rank: against exact words, and against the space of factors."""

import math
from fractions import Fraction
from functools import reduce
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest

import dlnproof
from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import FloatArray

RNG = np.random.default_rng
SHAPES = [(3, 2, 2), (2, 3, 2), (3, 2, 1), (2, 4, 1), (3, 3, 2), (3, 3, 1), (4, 3, 2), (2, 1, 1)]
"""m, n and rank."""


def full(m: int, n: int, r: int) -> bool:
    return r == min(m, n)


def named(m: int, n: int, r: int) -> dict[str, Any]:
    """The rank, where it is none that is taken without."""
    return {} if full(m, n, r) else {"rank": r}


def frames(m: int, n: int, seed: int = 0) -> tuple[FloatArray, FloatArray]:
    rng = RNG(seed)
    found = (np.linalg.qr(rng.standard_normal((d, d)))[0] for d in (m, n))
    return next(found), next(found)


def at(m: int, n: int, r: int, seed: int = 0) -> tuple[FloatArray, FloatArray, FloatArray]:
    """U, sigma and V of a matrix, with whole orthogonal U and V."""
    U, V = frames(m, n, seed)
    return U, np.array([2.0, 0.7, 0.4])[:r], V


def matrix(U: FloatArray, sigma: FloatArray, V: FloatArray) -> FloatArray:
    r = len(sigma)
    return np.asarray((U[:, :r] * sigma) @ V[:, :r].T)


def tangents(U: FloatArray, V: FloatArray, r: int) -> list[FloatArray]:
    """An orthonormal basis of the directions that keep the rank."""
    places = np.ndindex(len(U), len(V))
    return [np.outer(U[:, i], V[:, l]) for i, l in places if i < r or l < r]


def factors_of(
    U: FloatArray, sigma: FloatArray, V: FloatArray, widths: list[int]
) -> list[FloatArray]:
    """Balanced factors, hidden frames drawn."""
    r, N = len(sigma), len(widths) + 1
    hidden = [np.linalg.qr(RNG(d).standard_normal((d, r)))[0] for d in widths]
    Q = [V[:, :r], *hidden, U[:, :r]]
    return [(Q[j + 1] * sigma ** (1 / N)) @ Q[j].T for j in range(N)]


def derivative(layers: list[FloatArray]) -> FloatArray:
    """The matrix of dphi, one entry of one layer at a time."""
    columns = []
    for j, layer in enumerate(layers):
        for place in np.ndindex(*layer.shape):
            E = np.zeros_like(layer)
            E[place] = 1
            columns.append(reduce(lambda W, L: L @ W, [*layers[:j], E, *layers[j + 1 :]]).ravel())
    return np.array(columns).T


def metric(layers: list[FloatArray], directions: list[FloatArray]) -> FloatArray:
    """The Gram matrix of shortest preimages: the metric in "sum" normalisation."""
    lifts = (
        np.linalg.pinv(derivative(layers), rcond=1e-10)
        @ np.array([Z.ravel() for Z in directions]).T
    )
    return np.asarray(lifts.T @ lifts)


ROTATIONS = {
    1: [[Fraction(1)]],
    2: [[Fraction(x, 5) for x in row] for row in ([3, -4], [4, 3])],
    3: [[Fraction(x, 3) for x in row] for row in ([2, -1, 2], [2, 2, -1], [-1, 2, 2])],
    4: [[Fraction(x, 2) for x in row] for row in ([1, 1, 1, 1], [1, 1, -1, -1], [1, -1, 1, -1],
                                                  [1, -1, -1, 1])],
}  # fmt: skip


def power(root: Any, k: int) -> Any:
    eye = np.array([[Fraction(i == l) for l in range(len(root))] for i in range(len(root))])
    return reduce(lambda A, B: A @ B, [root] * k, eye)


@pytest.mark.parametrize("N", [1, 2, 3, 5])
@pytest.mark.parametrize(("m", "n", "r"), SHAPES)
def test_the_operator_is_its_definition_in_exact_words(m: int, n: int, r: int, N: int) -> None:
    U, V = (np.array(ROTATIONS[d], dtype=object) for d in (m, n))
    t = np.array([Fraction(3, 2), Fraction(1, 2)][:r], dtype=object)
    W, P, Q = ((A[:, :r] * t**k) @ B[:, :r].T for A, B, k in ((U, V, N), (U, U, 2), (V, V, 2)))
    Z = np.array([[Fraction(3 * i - 2 * l + 1, 2) for l in range(n)] for i in range(m)])
    words = sum(power(P, N - j) @ Z @ power(Q, j - 1) for j in range(1, N + 1)) / Fraction(N)
    found = dlnproof.operator(Z.astype(float), W.astype(float), N)
    np.testing.assert_allclose(found, words.astype(float), rtol=0, atol=1e-12)
    summed = dlnproof.riemannian_gradient(Z.astype(float), W.astype(float), N, normalization="sum")
    np.testing.assert_allclose(summed, N * found, atol=1e-12)


@pytest.mark.parametrize(("m", "n", "r"), SHAPES)
def test_powers_make_one_another_along_the_rank(m: int, n: int, r: int) -> None:
    U, sigma, V = at(m, n, r)
    W, Z = matrix(U, sigma, V), RNG(1).standard_normal((6, m, n))
    rank = named(m, n, r)
    once = dlnproof.operator(Z, W, 3, **rank)
    half = dlnproof.operator(dlnproof.operator(Z, W, 3, power=0.5, **rank), W, 3, power=0.5, **rank)
    np.testing.assert_allclose(half, once, atol=1e-12)
    tangent = dlnproof.operator(Z, W, 3, power=0, **rank)
    np.testing.assert_allclose(dlnproof.operator(once, W, 3, power=-1, **rank), tangent, atol=1e-11)
    basis = np.array([E.ravel() for E in tangents(U, V, r)])
    projected = (Z.reshape(6, -1) @ basis.T @ basis).reshape(Z.shape)
    np.testing.assert_allclose(tangent, projected, atol=1e-12)


@pytest.mark.parametrize("N", [2, 3])
@pytest.mark.parametrize(("m", "n", "r"), SHAPES)
def test_the_metric_and_its_volume_are_those_of_shortest_preimages(
    m: int, n: int, r: int, N: int
) -> None:
    U, sigma, V = at(m, n, r)
    W, layers = matrix(U, sigma, V), factors_of(U, sigma, V, [3] * (N - 1))
    basis, rank = tangents(U, V, r), named(m, n, r)
    gram = metric(layers, basis)
    Z = np.array(basis)
    found = dlnproof.inner_product(Z[:, None], Z, W, N, normalization="sum", **rank)
    np.testing.assert_allclose(found, gram, atol=1e-10)
    _, volume = np.linalg.slogdet(gram)
    density = dlnproof.log_volume_density(W, N, normalization="sum", **rank)
    assert density == pytest.approx(volume / 2, abs=1e-9)
    lift = dlnproof.horizontal_lift(Z, layers)
    assert [np.shape(A)[1:] for A in lift] == [L.shape for L in layers]
    squares = sum((A**2).sum(axis=(-2, -1)) for A in lift)
    np.testing.assert_allclose(squares, np.diagonal(gram), atol=1e-10)
    if full(m, n, r):
        whole = dlnproof.metric_matrix(W, N, normalization="sum")
        vec = np.array([E.ravel(order="F") for E in basis])
        np.testing.assert_allclose(vec @ whole @ vec.T, gram, atol=1e-10)


@pytest.mark.parametrize(("m", "n", "r"), SHAPES)
@pytest.mark.parametrize("N", [1, 3])
def test_the_volume_form_is_that_of_values_and_frames(m: int, n: int, r: int, N: int) -> None:
    """Directions: each value, each turn of U, and each of V, of length 1 in dSigma dU dV."""
    U, sigma, V = at(m, n, r)
    diagonal = np.zeros((m, n))
    diagonal[range(r), range(r)] = sigma
    moves = [np.outer(U[:, i], V[:, i]) for i in range(r)]
    for turns_left, d in ((True, m), (False, n)):
        for l, i in combinations(range(d), 2):
            if l < r:
                a = np.zeros((d, d))
                a[i, l], a[l, i] = 1, -1
                moves.append(U @ (a @ diagonal if turns_left else diagonal @ a) @ V.T)
    layers = factors_of(U, sigma, V, [4] * (N - 1))
    _, volume = np.linalg.slogdet(metric(layers, moves))
    form = dlnproof.log_volume_form(sigma, N, normalization="sum", shape=(m, n))
    assert form == pytest.approx(volume / 2, abs=1e-8)
    mean = dlnproof.log_volume_form(sigma, N, shape=(m, n))
    assert mean - form == pytest.approx(r * (m + n - r) / 2 * math.log(N), abs=1e-12)


def test_a_zero_value_in_the_form_counts_by_its_exponent() -> None:
    """The exponent of the determinant is (1 + m + n - 2d - N)/N."""
    for n, limit in ((2, math.inf), (4, -math.inf)):
        assert dlnproof.log_volume_form([1.0, 0.0], 2, shape=(2, n)) == limit
    finite = dlnproof.log_volume_form([1.0, 0.0], 2, shape=(2, 3))
    near = dlnproof.log_volume_form([1.0, 1e-30], 2, shape=(2, 3))
    assert finite == pytest.approx(near, abs=1e-12)


def test_eigenvalues_of_edges() -> None:
    sigma = np.array([2.0, 0.5])
    for N in (1, 2, 5, math.inf):
        table = dlnproof.operator_eigenvalues(sigma, N, shape=(4, 3))
        padded = dlnproof.operator_eigenvalues([2.0, 0.5, 0.0, 0.0], N)
        np.testing.assert_allclose(table, padded[:, :3], rtol=1e-14)


@pytest.mark.parametrize("widths", [[2, 2], [3, 4], [5, 2], [4, 4]])
@pytest.mark.parametrize("r", [1, 2])
def test_the_volume_of_the_fibre_is_a_gram_determinant_times_that_of_frames(
    widths: list[int], r: int
) -> None:
    """It is homogeneous under the hidden layers' orthogonal groups: one point is enough."""
    U, sigma, V = at(3, 2, r)
    layers, N = factors_of(U, sigma, V, widths), len(widths) + 1
    hidden = [np.linalg.qr(RNG(d).standard_normal((d, r)))[0] for d in widths]
    turns, spheres = [], 0.0
    for j, d in enumerate(widths):
        basis = np.linalg.qr(np.hstack([hidden[j], RNG(9).standard_normal((d, d - r))]))[0]
        basis[:, :r] = hidden[j]
        for l, i in combinations(range(d), 2):
            if l < r:
                a = np.outer(basis[:, i], basis[:, l]) - np.outer(basis[:, l], basis[:, i])
                move = [np.zeros_like(L) for L in layers]
                move[j], move[j + 1] = a @ layers[j], -layers[j + 1] @ a
                turns.append(np.concatenate([x.ravel() for x in move]))
        for k in range(d - r + 1, d + 1):  # the spheres that a frame of r vectors is made of
            spheres += math.log(2) + k / 2 * math.log(math.pi) - math.lgamma(k / 2)
    _, gram = np.linalg.slogdet(np.array(turns) @ np.array(turns).T)
    found = dlnproof.log_orbit_volume(sigma, N, widths=widths)
    assert found == pytest.approx(spheres + gram / 2, abs=1e-10)
    W = matrix(U, sigma, V)
    assert dlnproof.entropy(W, N, widths=widths, rank=r) == pytest.approx(found, abs=1e-11)
    if r == 2 and widths == [2, 2]:
        assert dlnproof.entropy(W, N) == pytest.approx(found, abs=1e-11)


def along_rank(U: FloatArray, sigma: FloatArray, V: FloatArray, Z: FloatArray, h: float) -> Any:
    """A point near W + h Z, of the same rank."""
    return dlnproof.truncate(matrix(U, sigma, V) + h * Z, len(sigma))


@pytest.mark.parametrize(("m", "n", "r"), SHAPES)
@pytest.mark.parametrize("N", [2, 5])
def test_gradients_are_differences_along_the_rank(m: int, n: int, r: int, N: int) -> None:
    U, sigma, V = at(m, n, r)
    W, rank, h = matrix(U, sigma, V), named(m, n, r), 1e-5
    functions: dict[Any, Any] = {
        dlnproof.log_volume_density: dlnproof.log_volume_density_gradient,
        dlnproof.entropy: dlnproof.entropy_gradient,
    }
    widths: list[dict[str, Any]] = [{}, {"widths": 4}]
    for (of, gradient), more in zip(functions.items(), widths, strict=True):
        value, found = gradient(W, N, return_value=True, **rank, **more)
        assert value == pytest.approx(of(W, N, **rank, **more), abs=1e-12)
        np.testing.assert_array_equal(gradient(W, N, **rank, **more), found)
        for Z in tangents(U, V, r):
            up, down = (of(along_rank(U, sigma, V, Z, x), N, **rank, **more) for x in (h, -h))
            assert (up - down) / (2 * h) == pytest.approx((found * Z).sum(), abs=1e-7)
        outside = dlnproof.operator(found, W, 2, power=0, **rank) - found
        assert np.abs(outside).max() < 1e-12


@pytest.mark.parametrize(("m", "n", "r"), [(3, 2, 1), (2, 2, 1), (2, 3, 2), (4, 2, 2)])
@pytest.mark.parametrize("N", [1, 2, 3])
def test_the_drift_is_the_laplacian_of_the_entries(m: int, n: int, r: int, N: int) -> None:
    """In the chart W = X (I, Y) of matrices of rank r, by differences of sqrt(det) g^{-1} dW."""
    X, Y = RNG(4).standard_normal((m, r)), RNG(5).standard_normal((r, n - r))
    start = np.concatenate([X.ravel(), Y.ravel()])

    def at_place(x: FloatArray) -> tuple[FloatArray, FloatArray]:
        X, Y = x[: m * r].reshape(m, r), x[m * r :].reshape(r, n - r)
        right, moves = np.hstack([np.eye(r), Y]), []
        for k in range(len(x)):
            E = np.zeros_like(x)
            E[k] = 1
            dX, dY = E[: m * r].reshape(m, r), E[m * r :].reshape(r, n - r)
            moves.append(dX @ right + X @ np.hstack([np.zeros((r, r)), dY]))
        return X @ right, np.array(moves)

    def flux(x: FloatArray) -> tuple[FloatArray, float]:
        W, moves = at_place(x)
        g = dlnproof.inner_product(moves[:, None], moves, W, N, **named(m, n, r))
        root = math.sqrt(np.linalg.det(g))
        return root * np.einsum("ij,jab->iab", np.linalg.inv(g), moves), root

    h, total = 1e-4, np.zeros((m, n))
    for k in range(len(start)):
        step = h * (np.arange(len(start)) == k)
        total += (flux(start + step)[0][k] - flux(start - step)[0][k]) / (2 * h)
    W, _ = at_place(start)
    expected = dlnproof.brownian_drift(W, N, **named(m, n, r))
    np.testing.assert_allclose(total / flux(start)[1], expected, atol=2e-6 * np.abs(W).max())


@pytest.mark.parametrize(("m", "n"), [(3, 2), (2, 4)])
def test_distances_are_lengths_of_ways(m: int, n: int) -> None:
    U, sigma, V = at(m, n, 2)
    N, W = 3, matrix(U, sigma, V)
    places, weights = np.polynomial.legendre.leggauss(20)
    t = (places + 1) / 2
    roots = np.stack([np.full_like(t, 2.0 ** (1 / 3)), (1 - t) * 0.7 ** (1 / 3)], axis=-1)
    speed = 3 * roots[:, 1] ** 2 * 0.7 ** (1 / 3)
    way = np.einsum("mk,tk,nk->tmn", U[:, :2], roots**3, V[:, :2])
    move = np.einsum("m,t,n->tmn", U[:, 1], speed, V[:, 1])
    length = weights / 2 @ np.sqrt(dlnproof.inner_product(move, move, way, N))
    assert dlnproof.distance_to_rank(W, 1, N) == pytest.approx(length, rel=1e-9)
    near = dlnproof.truncate(W, 1)
    assert np.linalg.matrix_rank(near) == 1
    assert dlnproof.distance_lower_bound(W, near, N) == pytest.approx(length, rel=1e-7)
    other = RNG(8).standard_normal((m, n))
    segment = W + t[:, None, None] * (other - W)
    long = weights / 2 @ np.sqrt(dlnproof.inner_product(other - W, other - W, segment, N))
    assert dlnproof.distance_lower_bound(W, other, N) < long


@pytest.mark.parametrize(
    ("m", "n", "r", "widths"),
    [
        (3, 2, 2, None), (2, 3, 2, None), (4, 3, 2, None), (3, 2, 2, 2), (3, 2, 2, 5),
        (2, 3, 2, (3, 4)), (4, 3, 2, (2, 3)), (3, 3, 1, (1, 1)), (3, 3, 2, (4, 2)), (1, 4, 1, 1),
    ],
)  # fmt: skip
def test_factors_multiply_to_W_and_balance(m: int, n: int, r: int, widths: Any) -> None:
    W = matrix(*at(m, n, r))
    layers = list(dlnproof.balanced_factors(W, 3, widths=widths))
    usual = min(m, n) if widths is None else widths
    hidden = [usual] * 2 if isinstance(usual, int) else list(usual)
    assert [L.shape for L in layers] == list(zip([*hidden, m], [n, *hidden], strict=True))
    np.testing.assert_allclose(dlnproof.product(layers), W, atol=1e-14)
    for below, above in pairwise(layers):
        np.testing.assert_allclose(above.T @ above, below @ below.T, atol=1e-14)


def test_factors_are_one_array_where_all_have_one_shape() -> None:
    W = RNG(0).standard_normal((5, 2, 2))
    assert isinstance(dlnproof.balanced_factors(W, 3, widths=2), np.ndarray)
    layers = dlnproof.balanced_factors(W, 3, widths=4)
    assert [L.shape for L in layers] == [(5, 4, 2), (5, 4, 4), (5, 2, 4)]
    np.testing.assert_allclose(dlnproof.product(layers), W, atol=1e-14)
    [alone] = dlnproof.balanced_factors(W[:, :, :1], 1)
    np.testing.assert_array_equal(alone, W[:, :, :1])


W32 = RNG(2).standard_normal((3, 2))


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: dlnproof.operator(np.eye(2), W32, 2), "got Z (2, 2), W (3, 2)"),
        (lambda: dlnproof.inner_product(W32, W32, W32, math.inf), "expected a finite depth"),
        (lambda: dlnproof.log_volume_density(W32, math.inf), "expected a finite depth"),
        (lambda: dlnproof.log_volume_form([1.0], math.inf, shape=(2, 1)), "a finite depth"),
        (lambda: dlnproof.brownian_drift(np.eye(2), math.inf, rank=1), "a finite depth"),
        (lambda: dlnproof.metric_matrix(0 * W32, 2), "expected a matrix of rank 2"),
        (lambda: dlnproof.operator(W32, 0 * W32, 2, power=-1), "name it: rank=..."),
        (lambda: dlnproof.log_volume_density(W32, 2, rank=1), "expected a matrix of rank 1"),
        (lambda: dlnproof.entropy(W32, 2, rank=3), "rank: got 3"),
        (lambda: dlnproof.entropy(W32, 2, rank=0), "rank: got 0"),
        (lambda: dlnproof.entropy(W32, 2, widths=1), "hidden widths of at least 2"),
        (lambda: dlnproof.entropy(W32, 3, widths=[2]), "got 1 of them for depth 3"),
        (lambda: dlnproof.entropy(W32, 3, widths=[2, 2.0]), "widths[1]: got 2.0"),  # type: ignore[list-item]
        (lambda: dlnproof.log_orbit_volume([2.0, 1.0], 2, widths=1), "widths: got 1"),
        (lambda: dlnproof.balanced_factors(W32, 2, widths=1), "at least as wide as its rank"),
        (lambda: dlnproof.operator_eigenvalues([2.0, 1.0], 2, shape=(1, 3)), "shape: got (1, 3)"),
        (lambda: dlnproof.operator_eigenvalues([2.0], 2, shape=3), "expected (m, n)"),  # type: ignore[arg-type]
        (lambda: dlnproof.product([W32, W32]), "got W_2 of shape (3, 2) after W_1"),
        (lambda: dlnproof.product([np.ones((4, 3, 2)), np.ones((5, 2, 3))]), "broadcast"),
        (lambda: dlnproof.horizontal_lift(np.eye(2), [W32, W32.T, W32]), "product is 3 x 2"),
        (lambda: dlnproof.scalar_curvature(W32, 2), "this function is for square matrices"),
        (
            lambda: dlnproof.inner_product(np.eye(2), np.eye(2), np.diag([1.0, 0]), 2, rank=1),
            "Z1: got 0.71 of its norm in directions that leave rank 1",
        ),
    ],
)  # fmt: skip
def test_bad_input_is_one_clear_line(call: Any, said: str) -> None:
    with pytest.raises(InputError) as caught:
        call()
    line = str(caught.value)
    assert said in line, line
    assert "\n" not in line


def test_of_a_lower_rank_the_volume_is_infinite_and_the_place_is_named() -> None:
    batch = np.stack([W32, np.outer([1, 2, 3], [1, 1])])
    found = dlnproof.log_volume_density(batch, 3)
    assert math.isfinite(found[0])
    assert found[1] == math.inf
    with pytest.raises(InputError, match=r"^W\[1\]: "):
        dlnproof.inner_product(batch, batch, batch, 3)
    with pytest.raises(InputError, match=r"^W\[0\]: .*rank 1"):
        dlnproof.entropy(batch, 3, rank=1)
