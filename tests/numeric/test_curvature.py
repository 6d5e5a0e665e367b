"""The scalar curvature: closed form against Taylor series over QQ, and against many digits."""

import math
from itertools import combinations
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy
from flint import fmpq

from dlnproof import scalar_curvature, symbolic
from dlnproof.depth import Depth
from dlnproof.errors import InputError
from dlnproof.numeric.exact.curvature import Series, metric
from dlnproof.numeric.exact.curvature import scalar_curvature as exact
from dlnproof.numeric.exact.exact_geometry import sum_operator
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum, identity, point
from dlnproof.numeric.floats.curvature import of_values

INFINITE = math.inf


def at(*roots: fmpq, depth: int = 2) -> ExactPoint:
    """The diagonal matrix of powers."""
    return ExactPoint(depth, roots, (identity(len(roots)),) * (depth + 1))


# --- over QQ, from the definition -----------------------------------------------------------------


def test_a_series_is_of_order_two() -> None:
    """Of x^3 at 2, and of its inverse: derivatives by hand."""
    from flint import fmpq_mat

    one = fmpq_mat([[1]])
    x = Series(one * 2, [one], {(0, 0): one * 0})
    cube = x.power(3)
    assert [m.entries() for m in (cube.value, cube.first[0], cube.second[0, 0])] == [
        [8],
        [12],
        [12],
    ]
    found = cube.inverse()
    assert found.first[0].entries() == [fmpq(-3, 16)]
    assert found.second[0, 0].entries() == [fmpq(12, 32)]


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_the_metric_is_the_inverse_of_the_operator_of_the_factors(depth: int) -> None:
    made = point(PointKey(depth, 2, Stratum.SIMPLE, 1, 0, 0))
    assert metric(made).value * sum_operator(made) == identity(4) * depth


def test_a_derivative_of_the_metric_is_a_difference_of_metrics() -> None:
    """In the first coordinate, at a matrix that stays diagonal: w_11 = t^2 moves with t."""
    slope = metric(at(fmpq(2), fmpq(1))).first[0]
    h = fmpq(1, 10**6)
    upper, lower = (metric(at(2 + s, fmpq(1))).value for s in (h, -h))
    difference = (upper - lower) * (1 / (8 * h))
    assert all(
        abs(x - y) < fmpq(1, 10**9)
        for x, y in zip(*map(_entries, (slope, difference)), strict=True)
    )


def _entries(matrix: Any) -> list[fmpq]:
    return list(matrix.entries())


def test_by_hand() -> None:
    """Flat for one factor and for numbers; for d = N = 2 it is 1/2 over the nuclear norm."""
    assert exact(at(fmpq(3), fmpq(2), depth=1)) == exact(at(fmpq(3), depth=4)) == 0
    assert exact(at(fmpq(3), fmpq(2))) == fmpq(1, 26)
    assert exact(at(fmpq(2), fmpq(2))) == fmpq(1, 16)
    assert exact(at(*[fmpq(3, 2)] * 3, depth=3)) == fmpq(8 * 3 * 4, 6 * 9) / fmpq(9, 4)


@pytest.mark.parametrize("stratum", ["simple", "coincident pair", "all equal", "tiny sigma"])
@pytest.mark.parametrize(("depth", "width"), [(2, 2), (3, 2), (2, 3), (3, 3), (4, 3)])
def test_the_closed_form_is_that_of_the_riemann_tensor(
    depth: int, width: int, stratum: str
) -> None:
    if not Stratum(stratum).exists(width):
        return
    made = point(PointKey(depth, width, Stratum(stratum), -1, 0, 1))
    sigma = np.array([[int(s.p) / int(s.q)] for s in made.sigma])
    [found], expected = of_values(sigma, 1 / depth), exact(made)
    assert found == pytest.approx(int(expected.p) / int(expected.q), rel=1e-13)
    if stratum != "tiny sigma":
        W = np.array([[int(x.p) / int(x.q) for x in row] for row in made.W.tolist()])
        assert scalar_curvature(W, depth) == pytest.approx(found, rel=1e-12)


# --- in floats ------------------------------------------------------------------------------------


def many_digits(sigma: list[float], depth: Depth) -> Any:
    """The closed form as it is printed, with coincident values moved apart."""
    with mpmath.workdps(300):
        s = [mpmath.mpf(x) * (1 + k * mpmath.mpf(10) ** -40) for k, x in enumerate(sigma)]
        xi, total = [mpmath.log(x) for x in s], mpmath.mpf(0)
        if depth == INFINITE:
            for a, b in combinations(xi, 2):
                total += 1 / (a - b) ** 2 - 1 / mpmath.sinh(a - b) ** 2
            for a, b, c in combinations(xi, 3):
                one, two, both = a - b, b - c, a - c
                terms = (t**2 * mpmath.coth(t) for t in (both, -one, -two))
                total += sum(terms) / (one * two * both)
            return total
        N = int(depth)
        x, y = [mpmath.exp(2 * t / N) for t in xi], [v**2 for v in s]
        for i, l in combinations(range(len(s)), 2):
            plain = N * y[i] * y[l] / (x[i] * x[l] * (y[i] - y[l]) ** 2)
            total += 2 * (x[i] + x[l]) * (1 / (N * (x[i] - x[l]) ** 2) - plain)
        for triple in combinations(range(len(s)), 3):
            top, bottom = mpmath.mpf(0), mpmath.mpf(1)
            for i, l in zip(triple, (*triple[1:], triple[0]), strict=True):
                top += (x[i] - x[l]) ** 2 * (y[i] + y[l]) / (y[i] - y[l])
                bottom *= x[i] - x[l]
            total += 2 * top / bottom
        return total / N


def _spectra() -> list[list[float]]:
    rng = np.random.default_rng(0)
    found: list[list[float]] = [[2.0] * 3, [3.0, 3.0, 1e-9], [1e9, 2.0, 2.0], [5.0, 5.0 - 1e-14]]
    for width in (2.0, 0.02, 1e-7, 9.0):
        found += [sorted(np.exp(width * rng.normal(size=d)), reverse=True) for d in (2, 3, 4)]
    gaps = ((1e-15, 1.0), (1e-8, 1e-12), (0.99, 0.99), (1.01, 1.01), (0.5, 40.0), (40.0, 0.5))
    return [*found, *([math.exp(a), 1.0, math.exp(-b)] for a, b in gaps)]


@pytest.mark.parametrize("depth", [2, 3, 20, 10**6, INFINITE])
def test_it_is_right_to_the_last_digits_everywhere(depth: Depth) -> None:
    for sigma in _spectra():
        [found] = of_values(np.array(sigma, dtype=float)[:, None], 1 / depth)
        assert found == pytest.approx(float(many_digits(sigma, depth)), rel=2e-14), sigma


@pytest.mark.parametrize("depth", [1, 2, 3, INFINITE])
@pytest.mark.parametrize("sigma", [[3], [3, 2, 1], [1, 3, 3], [3, 1, 3], [2, 2, 2], [5, 3, 3, 2]])
def test_of_sympy_it_is_the_same(depth: Depth, sigma: list[int]) -> None:
    made = symbolic.scalar_curvature(
        sympy.oo if depth == INFINITE else depth, len(sigma), sigma=sigma
    )
    expected = scalar_curvature(np.diag(sigma), depth)
    assert float(made.evalf(30)) == pytest.approx(float(expected), rel=1e-12, abs=1e-12)
    if depth != INFINITE:
        total = symbolic.scalar_curvature(depth, len(sigma), sigma=sigma, normalization="sum")
        assert total - depth * made == 0


def test_normalisations_batches_and_depth_one() -> None:
    W = np.random.default_rng(1).normal(size=(2, 5, 3, 3))
    found = scalar_curvature(W, 4)
    assert found.shape == (2, 5)
    assert (found > 0).all()
    np.testing.assert_allclose(scalar_curvature(W, 4, normalization="sum"), 4 * found)
    assert scalar_curvature(W[0, 0], 4) == found[0, 0]
    assert scalar_curvature(np.zeros((0, 2, 2)), 3).shape == (0,)
    assert (scalar_curvature(0 * W, 1) == 0).all()
    assert scalar_curvature([[5.0]], INFINITE) == 0


def test_it_scales_as_the_metric_of_a_cone_does() -> None:
    """By c^(-2/N), and not at all at infinite depth."""
    W = np.random.default_rng(2).normal(size=(3, 3))
    for depth in (2, 5, INFINITE):
        expected = 7 ** (-2 / depth) * scalar_curvature(W, depth)
        assert scalar_curvature(7 * W, depth) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (([[1, 2], [2, 4]], 2), "singular"),
        (([[1, 0, 0], [0, 1, 0]], 2), "(..., d, d)"),
        (([[1, 0], [0, 1]], 0), "depth"),
        (([[1, math.nan], [0, 1]], 2), "finite"),
    ],
)
def test_bad_input_is_one_clear_line(given: Any, said: str) -> None:
    with pytest.raises(InputError, match=said.replace("(", r"\(").replace(")", r"\)")) as caught:
        scalar_curvature(*given)
    assert "\n" not in str(caught.value)


def test_sum_has_no_infinite_depth() -> None:
    with pytest.raises(InputError):
        scalar_curvature(np.eye(2), INFINITE, normalization="sum")


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_of_torch_it_has_values_and_no_derivative(dtype: str) -> None:
    torch = pytest.importorskip("torch")
    W = np.random.default_rng(3).normal(size=(4, 3, 3))
    own = torch.tensor(W, dtype=getattr(torch, dtype), requires_grad=True)
    found = scalar_curvature(own, 3)
    assert found.dtype == own.dtype
    rel = 1e-3 if dtype == "float32" else 1e-11
    np.testing.assert_allclose(found.detach().numpy(), scalar_curvature(W, 3), rtol=rel)
    with pytest.raises(InputError, match="the scalar curvature"):
        found.sum().backward()


@pytest.mark.long
def test_of_jax_it_is_traced() -> None:
    """Importing jax takes seconds."""
    jax = pytest.importorskip("jax")
    W = np.random.default_rng(3).normal(size=(4, 3, 3))
    found = jax.jit(jax.vmap(lambda some: scalar_curvature(some, 3)))(jax.numpy.asarray(W))
    np.testing.assert_allclose(np.asarray(found), scalar_curvature(W, 3), rtol=1e-3)
