"""The symbolic operator and metric against the definition, at exact points, and the numeric API."""

import math
from typing import Any

import numpy as np
import pytest
import sympy
from sympy import IndexedBase, Matrix, Rational, Symbol, oo

import dlnproof
from dlnproof import symbolic
from dlnproof.numeric.normalization import Normalization

N = Symbol("N", integer=True, positive=True)
ROOTS: dict[str, list[Any]] = {
    "one": [Rational(3, 2)],
    "two": [Rational(3, 2), Rational(2, 3)],
    "two equal": [Rational(3, 2)] * 2,
    "three": [2, Rational(3, 2), Rational(1, 3)],
    "three, a pair equal": [2, Rational(1, 3), Rational(1, 3)],
}
spectra = pytest.mark.parametrize("roots", ROOTS.values(), ids=list(ROOTS))
depths = pytest.mark.parametrize("depth", [1, 2, 3, 4])
NORMALIZED: list[tuple[float, Normalization]] = [
    *((n, "mean") for n in (1, 2, 3, 5, math.inf)),
    *((n, "sum") for n in (1, 2, 3, 5)),
]
normalized = pytest.mark.parametrize(("depth", "normalization"), NORMALIZED)


def orthogonal(d: int, seed: int, sign: int = 1) -> Any:
    """A rational orthogonal matrix of the given determinant (a Cayley transform)."""
    S = Matrix(d, d, lambda i, k: Rational((seed + i + 2 * k) % 5 - 2, 3) if i < k else 0)
    one = sympy.eye(d)
    Q = (one - (S - S.T)).inv() * (one + (S - S.T))
    gram = Q.T * Q
    assert gram == one
    return Q * sympy.diag(*[1] * (d - 1), sign)


def frames(d: int) -> tuple[Any, Any]:
    return orthogonal(d, 1), orthogonal(d, 3, -1)


def powers(roots: list[Any], depth: int) -> list[Any]:
    return [sympy.sympify(t) ** depth for t in roots]


def direction(d: int) -> Any:
    return Matrix(d, d, lambda i, k: Rational(3 * i - 2 * k + 1, 1 + i + k))


def defined(Z: Any, roots: list[Any], U: Any, V: Any, depth: int) -> Any:
    """A_{N,W}(Z) as it is defined, with N-th roots of W W^T and W^T W that are checked to be."""
    W = U * sympy.diag(*powers(roots, depth)) * V.T
    left, right = (Q * sympy.diag(*powers(roots, 2)) * Q.T for Q in (U, V))
    assert left**depth == W * W.T
    assert right**depth == W.T * W
    terms = (left ** (depth - j) * Z * right ** (j - 1) for j in range(1, depth + 1))
    return sum(terms, sympy.zeros(*Z.shape)) / depth


@depths
@spectra
def test_operator_is_its_definition(roots: list[Any], depth: int) -> None:
    d = len(roots)
    U, V = frames(d)
    Z, sigma = direction(d), powers(roots, depth)
    expected = defined(Z, roots, U, V, depth)
    assert symbolic.operator(Z, depth, sigma, U, V) == expected
    assert symbolic.operator(Z, N, sigma, U, V).subs(N, depth) == expected
    assert symbolic.operator(Z, depth, sigma, U, V, normalization="sum") == depth * expected
    assert symbolic.operator_matrix(depth, d, sigma, U, V) * Z.vec() == expected.vec()


@depths
@spectra
def test_eigenvalues_of_the_definition(roots: list[Any], depth: int) -> None:
    d = len(roots)
    U, V = frames(d)
    sigma = powers(roots, depth)
    table = symbolic.eigenvalues(depth, d, sigma)
    at_N = symbolic.eigenvalues(N, d, sigma).subs(N, depth)
    for i in range(d):
        for k in range(d):
            eigenvector = U[:, i] * V[:, k].T
            image = defined(eigenvector, roots, U, V, depth)
            value = symbolic.eigenvalue(i + 1, k + 1, depth, sigma)
            assert image == value * eigenvector
            assert value == table[i, k] == at_N[i, k]


@depths
@spectra
def test_metric_is_the_inverse_of_the_operator(roots: list[Any], depth: int) -> None:
    d = len(roots)
    U, V = frames(d)
    sigma = powers(roots, depth)
    G = symbolic.metric_matrix(depth, d, sigma, U, V)
    assert G * symbolic.operator_matrix(depth, d, sigma, U, V) == sympy.eye(d * d)
    assert symbolic.metric_matrix(N, d, sigma, U, V).subs(N, depth) == G
    assert symbolic.metric_matrix(depth, d, sigma, U, V, normalization="sum") == G / depth
    frame = sympy.kronecker_product(V, U)
    assert frame.T * G * frame == symbolic.diagonal_metric(depth, d, sigma)


@pytest.mark.parametrize("depth", [1, 2, 3, N, oo])
def test_default_symbols_stand_for_the_arguments(depth: Any) -> None:
    sigma, (U, V) = powers([2, Rational(2, 3)], 3), frames(2)
    values = dict(zip(symbolic.singular_values(2), sigma, strict=True))
    for symbols, matrix in zip(symbolic.singular_vectors(2), (U, V), strict=True):
        values |= dict(zip(symbols, matrix, strict=True))
    given = symbolic.metric_matrix(depth, 2, sigma, U, V)
    default = symbolic.metric_matrix(depth, 2).subs(values)
    assert (default - given).applyfunc(sympy.expand) == sympy.zeros(4)
    assert given != symbolic.metric_matrix(depth, 2, sigma, V, U) or depth == 1


@spectra
def test_depth_one_is_euclidean(roots: list[Any]) -> None:
    d = len(roots)
    assert symbolic.metric_matrix(1, d, roots, *frames(d)) == sympy.eye(d * d)
    assert symbolic.operator(direction(d), 1, roots, *frames(d)) == direction(d)
    assert symbolic.eigenvalues(1, d) == sympy.ones(d)


@pytest.mark.parametrize("depth", [1, 2, 3, N, oo])
def test_coincident_values_take_the_limit_of_distinct_ones(depth: Any) -> None:
    s, h = sympy.symbols("s h", positive=True)
    limit = sympy.limit(symbolic.eigenvalue(1, 2, depth, [s + h, s]), h, 0)
    coincident = symbolic.eigenvalue(1, 2, depth, [s, s])
    assert sympy.simplify(limit - coincident) == 0
    for equal in (
        [s, s],
        [3, 3],
        [3, sympy.sqrt(9)],
        [(s + 1) ** 2, s**2 + 2 * s + 1],
        [sympy.sqrt(2) + sympy.sqrt(3), sympy.sqrt(5 + 2 * sympy.sqrt(6))],
    ):
        G = symbolic.metric_matrix(depth, 2, equal)
        assert not G.has(sympy.nan, sympy.zoo)
        value = symbolic.eigenvalue(1, 2, depth, equal)
        assert value == symbolic.eigenvalue(1, 1, depth, equal)


def test_infinite_depth_is_the_integral_that_defines_it() -> None:
    x = Symbol("x", real=True)
    s, t = sympy.S(3), Rational(1, 2)
    integrand = (s**2) ** (1 - x) * (t**2) ** x
    value = symbolic.eigenvalue(1, 2, oo, [s, t])
    assert value.evalf(30) == pytest.approx(sympy.Integral(integrand, (x, 0, 1)).evalf(30), 1e-25)
    assert symbolic.eigenvalue(1, 2, math.inf, [s, t]) == value


def float_matrix(matrix: Any) -> Any:
    return np.array(matrix.evalf().tolist(), dtype=float)


@normalized
@pytest.mark.parametrize("sigma", [[3, Rational(1, 2)], [2, 2], [3, 2, Rational(7, 10)]], ids=str)
def test_against_the_numeric_functions(
    sigma: list[Any], depth: Any, normalization: Normalization
) -> None:
    d = len(sigma)
    U, V = frames(d)
    W, Z = U * sympy.diag(*sigma) * V.T, direction(d)
    floats = np.array([float(s) for s in sigma])
    for ours, numeric in (
        (
            symbolic.eigenvalues(depth, d, sigma, normalization=normalization),
            dlnproof.operator_eigenvalues(floats, depth, normalization=normalization),
        ),
        (
            symbolic.operator(Z, depth, sigma, U, V, normalization=normalization),
            dlnproof.operator(float_matrix(Z), float_matrix(W), depth, normalization=normalization),
        ),
        (
            symbolic.metric_matrix(depth, d, sigma, U, V, normalization=normalization),
            dlnproof.metric_matrix(float_matrix(W), depth, normalization=normalization),
        ),
    ):
        np.testing.assert_allclose(float_matrix(ours), numeric, rtol=1e-11, atol=1e-12)


def test_metric_along_rotations() -> None:
    theta, phi = sympy.symbols("theta phi", real=True)
    G = symbolic.metric_matrix(3, 2, [8, 1], symbolic.rotation(theta), symbolic.rotation(phi))
    at = {theta: 0.3, phi: -1.1}
    U, V = (float_matrix(symbolic.rotation(angle).subs(at)) for angle in (theta, phi))
    W = U @ np.diag([8, 1]) @ V.T
    np.testing.assert_allclose(float_matrix(G.subs(at)), dlnproof.metric_matrix(W, 3), rtol=1e-12)


def test_symbols_of_large_matrices_are_all_different() -> None:
    U, V = symbolic.singular_vectors(11)
    assert len(U.free_symbols | V.free_symbols) == 2 * 11**2


def test_sigma_may_be_an_indexed_base() -> None:
    s = IndexedBase("s", positive=True)
    assert symbolic.eigenvalue(2, 3, N, s) == symbolic.eigenvalue(2, 3, N, [s[1], s[2], s[3]])
    assert symbolic.eigenvalues(2, 2, s) == symbolic.eigenvalues(2, 2, [s[1], s[2]])
