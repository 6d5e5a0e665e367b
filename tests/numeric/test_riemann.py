"""Connection, Riemann tensor and Ricci curvature: against Taylor series of the metric over QQ."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from dlnproof import (
    christoffel,
    geodesic,
    inner_product,
    operator,
    ricci,
    scalar_curvature,
    sectional_curvature,
)
from dlnproof.depth import Depth
from dlnproof.errors import InputError
from dlnproof.numeric.exact.curvature import metric
from dlnproof.numeric.exact.points import PointKey, Stratum, point

Table = NDArray[np.float64]
RNG = np.random.default_rng(0)
X, Y = RNG.normal(size=(2, 3, 3))
W = RNG.normal(size=(3, 3)) + np.eye(3)
SWAP, TURN = np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([[0.0, -1.0], [1.0, 0.0]])


def floats(matrix: Any) -> Table:
    return np.array([[int(x.p) / int(x.q) for x in row] for row in matrix.tolist()])


def column(Z: Table) -> Table:
    return Z.T.reshape(-1)


def from_the_metric(depth: int, width: int, stratum: Stratum) -> tuple[Table, ...]:
    """W, g, Christoffel symbols and R_ijkl, in column-major vec, by exact derivatives of g."""
    made = point(PointKey(depth, width, stratum, -1, 0, 1))
    series = metric(made)
    axes = range(width**2)
    g, first = floats(series.value), np.array([floats(x) for x in series.first])
    second = np.array([[floats(series.at(a, b)) for b in axes] for a in axes])
    lower = (np.einsum("jmk->mjk", first) + np.einsum("kmj->mjk", first) - first) / 2
    upper = np.einsum("mn,njk->mjk", np.linalg.inv(g), lower)
    pairs = np.einsum("mab,mcd->abcd", lower, upper)
    straight = np.einsum("jkil->ijkl", second) + np.einsum("iljk->ijkl", second)
    straight = straight - np.einsum("ikjl->ijkl", second) - np.einsum("jlik->ijkl", second)
    bent = np.einsum("jkil->ijkl", pairs) - np.einsum("jlik->ijkl", pairs)
    return floats(made.W), g, upper, straight / 2 + bent


@pytest.mark.parametrize("stratum", ["simple", "coincident pair", "all equal", "near-coincident"])
@pytest.mark.parametrize(("depth", "width"), [(1, 2), (2, 2), (3, 2), (2, 3)])
def test_they_are_those_of_the_metric(depth: int, width: int, stratum: str) -> None:
    if not Stratum(stratum).exists(width):
        return
    base, g, upper, tensor = from_the_metric(depth, width, Stratum(stratum))
    one, two = X[:width, :width], Y[:width, :width]
    x, y = column(one), column(two)
    bent = np.einsum("mjk,j,k->m", upper, x, y).reshape(width, width).T
    np.testing.assert_allclose(christoffel(one, two, base, depth), bent, rtol=1e-9, atol=1e-11)
    traced = np.einsum("ik,ijkl->jl", np.linalg.inv(g), tensor)
    lengths = [math.sqrt(z @ g @ z) for z in (x, y)]
    allowed = 1e-11 * lengths[0] * lengths[1]
    assert ricci(one, two, base, depth) == pytest.approx(x @ traced @ y, abs=allowed)
    area = (x @ g @ x) * (y @ g @ y) - (x @ g @ y) ** 2
    curved = np.einsum("ijkl,i,j,k,l", tensor, x, y, x, y) / area
    found = sectional_curvature(one, two, base, depth)
    allowed = float(1e-11 * (lengths[0] * lengths[1]) ** 2 / area)
    assert found == pytest.approx(curved, abs=allowed)


@pytest.mark.parametrize("depth", [2, 50, math.inf])
@pytest.mark.parametrize("base", [W, 2 * np.eye(3)], ids=["simple", "all equal"])
def test_the_trace_is_the_scalar_curvature(base: Table, depth: Depth) -> None:
    """Of Ricci over an orthonormal basis, and of sectional curvature over its planes."""
    basis = operator(np.eye(9).reshape(9, 3, 3), base, depth, power=1 / 2)
    expected = scalar_curvature(base, depth)
    assert ricci(basis, basis, base, depth).sum() == pytest.approx(expected, rel=1e-10)
    some, others = np.triu_indices(9, 1)
    planes = sectional_curvature(basis[some], basis[others], base, depth)
    assert 2 * planes.sum() == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("depth", [3, math.inf])
def test_the_connection_belongs_to_the_metric_and_the_tensor_to_it(depth: Depth) -> None:
    """At infinite depth: a derivative of g by differences; and how fast geodesics part."""
    h = 1e-5
    slopes = [inner_product(Y, Y, W + s * X, depth) for s in (h, -h)]
    bent = 2 * inner_product(christoffel(X, Y, W, depth), Y, W, depth)
    assert (slopes[0] - slopes[1]) / (2 * h) == pytest.approx(bent, rel=1e-7)
    # |J(t)|^2 = t^2 - sec t^4/3 + ... of geodesics that start from one point, orthonormally
    one = X / math.sqrt(inner_product(X, X, W, depth))
    two = Y - inner_product(one, Y, W, depth) * one
    two = two / math.sqrt(inner_product(two, two, W, depth))
    t, s = 0.02, 1e-4
    ends = [geodesic(W, one + k * two, t, depth) for k in (s, -s, 0)]
    parted = (ends[0] - ends[1]) / (2 * s)
    found = 3 * (1 - inner_product(parted, parted, ends[2], depth) / t**2) / t**2
    assert found == pytest.approx(sectional_curvature(one, two, W, depth), abs=0.05)


def test_by_hand() -> None:
    """Of d = N = 2 and diag(2, 1): -1/6 for what turns both frames and what turns them apart."""
    base = np.diag([2.0, 1.0])
    assert sectional_curvature(SWAP, TURN, base, 2, normalization="sum") == pytest.approx(-1 / 6)
    assert sectional_curvature(SWAP, SWAP + TURN, base, 2) == pytest.approx(-1 / 12)
    assert sectional_curvature(base, SWAP, base, 2) == pytest.approx(0, abs=1e-15)
    assert sectional_curvature(X, Y, W, 1) == ricci(X, Y, W, 1) == 0
    assert ricci([[3.0]], [[2.0]], [[5.0]], 4) == 0
    for depth in (2, 3, math.inf):  # along the rays of the cone there is none
        assert ricci(W, Y, W, depth) == pytest.approx(0, abs=1e-10)


@pytest.mark.parametrize("size", [1e-140, 1e140])
def test_sizes_batches_and_normalisations(size: float) -> None:
    expected, by = ricci(X, Y, W, 3), sectional_curvature(X, Y, W, 3)
    assert ricci(size * X, size * Y, size * W, 3) == pytest.approx(expected, rel=1e-10)
    found = sectional_curvature(X, Y, size * W, 3)
    assert found == pytest.approx(by * size ** (-2 / 3), rel=1e-10)
    batch = np.stack([W, W + X / 4])[:, None]
    directions = np.stack([X, Y, X - Y])
    for function in (ricci, sectional_curvature):
        whole = function(directions, W, batch, 3)
        assert whole.shape == (2, 3)
        one = function(directions[2], W, batch[1, 0], 3)
        assert whole[1, 2] == pytest.approx(one, rel=1e-10)
        assert function(W, directions[2], batch[1, 0], 3) == pytest.approx(one, rel=1e-10)
    assert ricci(X, Y, W, 3, normalization="sum") == expected
    np.testing.assert_allclose(sectional_curvature(X, Y, W, 3, normalization="sum"), 3 * by)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: ricci(SWAP, SWAP, [[1, 2], [2, 4]], 2), "singular"),
        (lambda: ricci(SWAP, X, np.eye(2), 2), "the same width"),
        (lambda: ricci(SWAP, SWAP, np.eye(2), 0), "depth"),
        (lambda: sectional_curvature(SWAP, 3 * SWAP, np.eye(2), 2), "Z2: got a multiple of Z1"),
        (lambda: sectional_curvature(0 * SWAP, SWAP, np.eye(2), 1), "Z2: got a multiple of Z1"),
        (lambda: sectional_curvature([[1]], [[2]], [[1]], 2), "of d = 1 there is none"),
        (lambda: sectional_curvature([SWAP, TURN], TURN, np.eye(2), 2), r"Z2\[1\]"),
        (lambda: sectional_curvature(SWAP, TURN, 0 * SWAP, 2), "singular"),
    ],
)
def test_bad_input_is_one_clear_line(call: Callable[[], Any], said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        call()
    assert "\n" not in str(caught.value)


def test_of_torch_they_are_torch_without_derivatives() -> None:
    torch = pytest.importorskip("torch")
    own = torch.tensor(W, requires_grad=True)
    for function in (ricci, sectional_curvature):
        found = function(torch.tensor(X), Y.tolist(), own, 3)
        assert found.item() == pytest.approx(function(X, Y, W, 3), rel=1e-10)
        with pytest.raises(InputError, match="derivative"):
            found.backward()
        traced = torch.func.vmap(lambda W, of=function: of(W + W.mT, W, W, 3))(own.detach()[None])
        assert traced.shape == (1,)
