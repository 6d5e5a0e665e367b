"""Symbolic curvatures, connections and drifts: those of arrays and of quantities."""

import math
from typing import Any

import numpy as np
import pytest
import sympy
from sympy import Matrix, Symbol, eye, oo

import dlnproof
from dlnproof import symbolic
from dlnproof.errors import InputError
from dlnproof.numeric.exact.points import PointKey, Stratum, point
from dlnproof.quantities.catalogue import QUANTITIES

N = Symbol("N", integer=True, positive=True)
S, K = Matrix([[0, 1], [1, 0]]), Matrix([[0, 1], [-1, 0]])
TURN, OTHER = symbolic.rotation(sympy.acos(sympy.Rational(3, 5))), Matrix([[0, 1], [1, 0]])


def direction(d: int, a: int, b: int) -> Any:
    return Matrix(d, d, lambda i, k: (a * i - b * k) % 5 - 2)


def directions(d: int) -> tuple[Any, Any]:
    return direction(d, 3, 1), direction(d, 1, 3)


def floats(x: Any) -> Any:
    return np.array(sympy.Matrix(x).evalf(30).tolist(), dtype=float)


@pytest.mark.parametrize("depth", [1, 3, oo])
@pytest.mark.parametrize("sigma", [[8, 1], [3, 3]])
def test_they_are_those_of_arrays(depth: Any, sigma: list[int]) -> None:
    one, two = directions(2)
    at = {"sigma": sigma, "U": TURN, "V": OTHER}
    W = floats(TURN * sympy.diag(*sigma) * OTHER.T)
    M = math.inf if depth == oo else depth
    for name in ("ricci", "sectional_curvature", "christoffel"):
        found = getattr(symbolic, name)(one, two, depth, **at)
        expected = getattr(dlnproof, name)(floats(one), floats(two), W, M)
        found = floats(found) if name == "christoffel" else float(found.evalf(30))
        np.testing.assert_allclose(found, expected, atol=1e-12)
    drift = symbolic.brownian_drift(depth, 2, **at)
    np.testing.assert_allclose(floats(drift), dlnproof.brownian_drift(W, M), atol=1e-12)


@pytest.mark.parametrize("sigma", [[8, 3, 1], [8, 3, 3], [3, 3, 3], [4, 3, 2, 1]])
@pytest.mark.parametrize("depth", [2, oo])
def test_ricci_of_more_values(depth: Any, sigma: list[int]) -> None:
    d = len(sigma)
    one, two = directions(d)
    found = symbolic.ricci(one, two, depth, sigma=sigma, U=eye(d), V=eye(d))
    M = math.inf if depth == oo else depth
    expected = dlnproof.ricci(floats(one), floats(two), np.diag(np.array(sigma, dtype=float)), M)
    assert float(found.evalf(30)) == pytest.approx(float(expected), abs=1e-12)


@pytest.mark.parametrize("sigma", [[8, 1, 1], [8, 8, 8]])
def test_sectional_curvature_where_three_values_take_part(sigma: list[int]) -> None:
    one, two = directions(3)
    found = symbolic.sectional_curvature(one, two, 2, sigma=sigma, U=eye(3), V=eye(3))
    W = np.diag(np.array(sigma, dtype=float))
    expected = dlnproof.sectional_curvature(floats(one), floats(two), W, 2)
    assert float(found) == pytest.approx(float(expected), abs=1e-12)


@pytest.mark.parametrize("stratum", [Stratum.SIMPLE, Stratum.PAIR])
@pytest.mark.parametrize("name", ["ricci-symmetric", "sectional-skew", "brownian-drift"])
def test_they_are_the_quantities_exactly(name: str, stratum: Stratum) -> None:
    """In sigma = t^N, t rational, where no root is left."""
    here = point(PointKey(3, 2, stratum, 1, 0, 0))
    t = [sympy.Rational(str(x)) for x in here.roots]
    at = {"sigma": [x**3 for x in t], "U": eye(2), "V": eye(2)}
    for summed in ("", "submersion-"):
        how: Any = {"normalization": "sum" if summed else "mean"}
        measured = QUANTITIES[summed + name].exact
        assert measured is not None
        first = sympy.Rational(str(measured(here)[0]))  # type: ignore[index]
        if name == "brownian-drift":
            assert symbolic.brownian_drift(3, 2, **at, **how)[0, 0] == first
        elif name == "sectional-skew":
            found = symbolic.sectional_curvature(sympy.diag(1, 0), K, 3, **at, **how)
            assert sympy.simplify(found) == first
        else:
            g = symbolic.metric_matrix(3, 2, **at, **how)
            length = (S.vec().T * g * S.vec())[0, 0]
            assert sympy.simplify(symbolic.ricci(S, S, 3, **at, **how) / length) == first


def test_at_every_depth_in_letters() -> None:
    letters = dict(zip(symbolic.singular_values(2), (8, 1), strict=True))
    frame = {"U": eye(2), "V": eye(2)}
    for made in (symbolic.ricci, symbolic.sectional_curvature):
        there = made(S, K + S, N, **frame).subs(N, 3).subs(letters)
        assert sympy.simplify(there - made(S, K + S, 3, sigma=[8, 1], **frame)) == 0


@pytest.mark.parametrize(
    ("said", "given"),
    [
        ("Z1: got 1 x 2", ([[1, 2]], S)),
        ("Z2: got 1 x 1, expected 2 x 2", (S, [[1]])),
        ("Z2: got a multiple of Z1", (S, 2 * S)),
    ],
)
def test_what_spans_no_plane_is_refused(said: str, given: tuple[Any, Any]) -> None:
    with pytest.raises(InputError, match=said):
        symbolic.sectional_curvature(*given, 2, U=eye(2), V=eye(2))
