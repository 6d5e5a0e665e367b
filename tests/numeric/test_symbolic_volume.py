"""det g^N, the SVD Jacobian and the volume form, at exact points and for symbolic width."""

import math
from typing import Any

import numpy as np
import pytest
import sympy
from sympy import IndexedBase, Matrix, Rational, Symbol, oo
from test_symbolic import N, depths, float_matrix, frames, normalized, powers, spectra

import dlnproof
from dlnproof import symbolic
from dlnproof.numeric.normalization import Normalization

WIDTH = Symbol("d", integer=True, positive=True)
BASE: Any = IndexedBase("sigma", positive=True)


@depths
@spectra
def test_determinant_of_the_metric(roots: list[Any], depth: int) -> None:
    d, sigma = len(roots), powers(roots, depth)
    value = symbolic.metric_determinant(depth, d, sigma)
    assert symbolic.metric_matrix(depth, d, sigma, *frames(d)).det() == value
    assert symbolic.metric_determinant(N, d, sigma).subs(N, depth) == value
    summed = symbolic.metric_matrix(depth, d, sigma, *frames(d), normalization="sum")
    assert symbolic.metric_determinant(depth, d, sigma, normalization="sum") == summed.det()


@depths
@spectra
def test_volume_form_is_the_pullback(roots: list[Any], depth: int) -> None:
    d, sigma = len(roots), powers(roots, depth)
    J = symbolic.svd_jacobian_matrix(d, sigma, *frames(d))
    G = symbolic.metric_matrix(depth, d, sigma, *frames(d))
    assert abs(J.det()) == symbolic.svd_jacobian(d, sigma)
    form = symbolic.volume_form(depth, d, sigma)
    assert form >= 0
    assert form**2 == (J.T * G * J).det()
    assert form == symbolic.volume_form(N, d, sigma).subs(N, depth)
    summed = symbolic.volume_form(depth, d, sigma, normalization="sum")
    assert summed**2 == (J.T * G * J / depth).det()


@spectra
def test_jacobian_matrix_is_the_derivative(roots: list[Any]) -> None:
    """Along a curve in which U and V turn by Cayley transforms, as fast as the coordinates say."""
    d, e = len(roots), Symbol("e", real=True)
    U, V = frames(d)
    pairs = [(i, k) for i in range(d) for k in range(i + 1, d)]
    velocity = [Rational(n * n + 1, n + 2) for n in range(d + 2 * len(pairs))]

    def turned(Q: Any, coordinates: list[Any]) -> Any:
        S = sympy.zeros(d)
        for (i, k), value in zip(pairs, coordinates, strict=True):
            S[i, k], S[k, i] = value, -value
        return Q * (sympy.eye(d) - e * S / 2).inv("ADJ") * (sympy.eye(d) + e * S / 2)

    Sigma = sympy.diag(*(s + e * v for s, v in zip(roots, velocity, strict=False)))
    curve = turned(U, velocity[d : d + len(pairs)]) * Sigma
    curve = curve * turned(V, velocity[d + len(pairs) :]).T
    derivative = curve.diff(e).subs(e, 0)
    assert symbolic.svd_jacobian_matrix(d, roots, U, V) * Matrix(velocity) == derivative.vec()


@spectra
def test_depth_one_is_euclidean(roots: list[Any]) -> None:
    d = len(roots)
    assert symbolic.metric_determinant(1, d) == symbolic.metric_determinant(1, WIDTH) == 1
    assert symbolic.volume_form(1, d, roots) == symbolic.svd_jacobian(d, roots)
    assert symbolic.volume_form(1, WIDTH) == symbolic.svd_jacobian(WIDTH)


@normalized
@pytest.mark.parametrize("sigma", [[Rational(5, 3)], [3, 2, Rational(7, 10)], [3, 3, 1]], ids=str)
def test_against_the_numeric_functions(
    sigma: list[Any], depth: Any, normalization: Normalization
) -> None:
    d = len(sigma)
    U, V = frames(d)
    W = float_matrix(U * sympy.diag(*sigma) * V.T)
    determinant = symbolic.metric_determinant(depth, d, sigma, normalization=normalization)
    density = dlnproof.log_volume_density(W, depth, normalization=normalization)
    assert float(sympy.log(determinant)) / 2 == pytest.approx(density, rel=1e-11, abs=1e-11)
    form = float(symbolic.volume_form(depth, d, sigma, normalization=normalization))
    log_form = dlnproof.log_volume_form(
        [float(s) for s in sigma], depth, normalization=normalization
    )
    assert (math.log(form) if form else -math.inf) == pytest.approx(float(log_form), rel=1e-12)


CASES: list[tuple[Any, Normalization]] = [
    (1, "mean"),
    (2, "mean"),
    (3, "mean"),
    (N, "mean"),
    (oo, "mean"),
    (2, "sum"),
    (N, "sum"),
]


@pytest.mark.parametrize(("depth", "normalization"), CASES)
@pytest.mark.parametrize("d", [1, 2, 3, 4])
@pytest.mark.parametrize("function", [symbolic.metric_determinant, symbolic.volume_form])
def test_symbolic_width(function: Any, d: int, depth: Any, normalization: Normalization) -> None:
    products = function(depth, WIDTH, normalization=normalization)
    multiplied = products.subs(WIDTH, d).doit()
    assert not multiplied.has(sympy.Product)
    if depth in (N, oo):
        assert multiplied == function(depth, d, BASE, normalization=normalization)
    else:  # sympy writes 2 (x - y) as 2 x - 2 y in one of the two: compare exact values
        sigma = powers([4, 3, 2, 1][:d], 6)
        values = {BASE[i + 1]: s for i, s in enumerate(sigma)}
        concrete = function(depth, d, sigma, normalization=normalization)
        assert multiplied.subs(values) == concrete
        at_N = function(N, WIDTH, normalization=normalization)
        assert at_N.subs({N: depth, WIDTH: d}).doit().subs(values) == concrete


@pytest.mark.parametrize("d", [1, 2, 3, 5])
def test_symbolic_width_of_the_jacobian(d: int) -> None:
    products = symbolic.svd_jacobian(WIDTH)
    assert products.doit() == products
    assert products.subs(WIDTH, d).doit() == symbolic.svd_jacobian(d, BASE)
    other = IndexedBase("s", positive=True)
    assert symbolic.svd_jacobian(WIDTH, other) == products.subs(BASE, other)


def test_infinite_depth_is_the_limit() -> None:
    form = symbolic.volume_form(N, 2)
    assert sympy.simplify(sympy.limit(form, N, oo) - symbolic.volume_form(oo, 2)) == 0
    assert symbolic.volume_form(math.inf, 2) == symbolic.volume_form(oo, 2)


def test_infinite_depth_is_approached_at_the_rate_d_over_2N_times_log_det() -> None:
    sigma = [3, 2, Rational(7, 10)]
    infinite = symbolic.volume_form(oo, 3, sigma)
    finite = symbolic.volume_form(N, 3, sigma)
    ratio = (N * sympy.log(finite / infinite)).subs(N, 10**8).evalf(40)
    rate = Rational(3, 2) * sum(sympy.log(s**2) for s in sigma)
    assert float(ratio) == pytest.approx(float(rate), rel=1e-6)
    squared = symbolic.metric_determinant(oo, 3, sigma) * symbolic.svd_jacobian(3, sigma) ** 2
    assert float(squared) == pytest.approx(float(infinite**2), rel=1e-14)


def test_construction_expands_nothing() -> None:
    assert len(symbolic.svd_jacobian(8).args) == 28
    form = symbolic.volume_form(3, 8)
    assert form.coeff(symbolic.singular_values(8)[0]) == 0
    assert sum(isinstance(factor, sympy.Add) for factor in form.args) == 28
    assert form.args[0] == 3**28


def test_lambdified_like_the_numeric_function() -> None:
    sigma = symbolic.singular_values(3)
    compiled = sympy.lambdify(sigma, symbolic.volume_form(4, 3))
    expected = dlnproof.log_volume_form([3.0, 2.0, 0.7], 4)
    assert np.log(compiled(3.0, 2.0, 0.7)) == pytest.approx(expected, rel=1e-12)
