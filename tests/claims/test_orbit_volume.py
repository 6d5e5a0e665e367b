"""The claim orbit-volume: what its routes must notice, and orbits measured by hand."""

from collections.abc import Callable
from fractions import Fraction
from importlib import import_module
from itertools import pairwise
from math import exp, pi
from typing import Any

import numpy as np
import pytest
from flint import arb, fmpq

from dlnproof import Grid, check, log_orbit_volume
from dlnproof.core.verdict import Verdict
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.gaussian import orthogonal_group_volume
from dlnproof.numeric.exact.rotations import group_volume
from dlnproof.numeric.floats.arrays import FloatArray

orbit_volume = import_module("dlnproof.checks.orbit.orbit_volume")
ID = "orbit-volume"
GRID = Grid(depths=(1, 2, 3), widths=(1, 2, 3))


def test_a_wrong_length_in_the_group_is_no_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dlnproof.quantities.orbit._coordinates", lambda at: 1)
    for evidence in check([ID], grid=GRID).claims[0].evidence[1:3]:
        assert evidence.verdict is Verdict.REFUTED


@pytest.mark.parametrize("broken", ["group_volume", "orbit_tangents"])
def test_a_wrong_group_or_wrong_tangents_are_not_enclosed(
    broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    right: Any = getattr(orbit_volume, broken)
    turned = {
        "group_volume": lambda d: right(d) * (1 + d * arb("1e-40")),
        "orbit_tangents": lambda at: right(at) * fmpq(10**20 + 1, 10**20),
    }
    monkeypatch.setattr(orbit_volume, broken, turned[broken])
    [claim] = check([ID], grid=GRID, expression="enclosure").claims
    assert claim.verdict is Verdict.REFUTED


@pytest.mark.parametrize("d", [1, 2, 3])
def test_the_group_by_its_definition_and_by_spheres(d: int) -> None:
    with working_precision(bits_of(50)):
        enclosed = group_volume(d)
        spheres = arb(2) ** fmpq(d * (d - 1), 4) * orthogonal_group_volume(d)
        assert enclosed.overlaps(spheres)
        assert enclosed.rel_accuracy_bits() > 150


# --- as printed -----------------------------------------------------------------------------------


def test_without_the_root_it_is_the_square_at_its_counterexample(
    refuted: Callable[[str, str], Any],
) -> None:
    found = refuted(ID, "without-root")
    assert (found.N, found.d) == (2, 2)  # one frame that turns by one angle: a curve
    t, (V, Q, U), zero = found.t, found.Q, Fraction(0)
    dQ = Q @ np.array([[zero, Fraction(1)], [Fraction(-1), zero]])
    moves = [dQ @ np.diag(t) @ V.T, U @ np.diag(t) @ dQ.T]
    orbit = sum((x * x for move in moves for x in move.flat), zero)
    group = sum((x * x for x in dQ.flat), zero)  # Tr(a^T a): the length that c_d has
    assert found.left == orbit / group
    s = [x * x for x in t]
    ratio = (s[0] ** 2 - s[1] ** 2) / (t[0] ** 2 - t[1] ** 2)
    assert ratio == orbit / group
    assert found.right == ratio**2 != ratio


def test_the_whole_fibre_is_more_than_the_orbit(refuted: Callable[[str, str], Any]) -> None:
    found = refuted(ID, "whole-fibre")
    assert (found.N, found.d) == (2, 2)
    t, (V, Q, U) = found.t, found.Q
    first, second = Q @ np.diag(t) @ V.T, U @ np.diag(t) @ Q.T
    assert ((second / 2) @ (2 * first) == second @ first).all()
    defect = (second / 2).T @ (second / 2) - (2 * first) @ (2 * first).T
    assert found.left in defect.ravel()
    assert found.left != found.right == 0
    assert (second.T @ second == first @ first.T).all()


# --- independently, in floats ---------------------------------------------------------------------


def rotation(angle: float) -> FloatArray:
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


@pytest.mark.parametrize("sigma", [(4.0, 1.0), (3.0, 2.9), (2.0, 2.0), (5.0, 1e-9)])
def test_the_length_of_the_two_circles_by_their_chords(sigma: tuple[float, float]) -> None:
    """d = 2, N = 2: the fibre is Q -> (Q Lambda V^T, U Lambda Q^T) over both components of O_2."""
    Lambda, U, V = np.diag(np.sqrt(sigma)), rotation(0.3), rotation(1.1)
    length, steps = 0.0, 4000
    for component in (np.diag([1.0, 1.0]), np.diag([1.0, -1.0])):
        corners = []
        for k in range(steps + 1):
            Q = rotation(2 * pi * k / steps) @ component
            first, second = Q @ Lambda @ V.T, U @ Lambda @ Q.T
            assert k % 1000 or np.allclose(second @ first, U @ np.diag(sigma) @ V.T)
            corners.append(np.concatenate([first.ravel(), second.ravel()]))
        length += sum(float(np.linalg.norm(b - a)) for a, b in pairwise(corners))
    assert length == pytest.approx(exp(log_orbit_volume(sigma, 2)), rel=1e-6)
    c_2 = 2**0.5 * 2 * 2 * pi
    assert length == pytest.approx(c_2 * (sigma[0] + sigma[1]) ** 0.5, rel=1e-6)
    unrooted = c_2 * (sigma[0] + sigma[1])
    assert abs(length - unrooted) > 0.1 * length


def test_the_volume_at_width_three_by_euler_angles() -> None:
    """d = 3, N = 2: sqrt det Gram of finite differences, integrated over both components."""
    sigma = (3.0, 1.4, 0.5)
    Lambda = np.diag(np.sqrt(sigma))
    rng = np.random.default_rng(1)
    U, V = (np.linalg.qr(rng.normal(size=(3, 3)))[0] for _ in range(2))

    def turn(axis: int, angle: float) -> FloatArray:
        kept = [k for k in range(3) if k != axis]
        Q = np.eye(3)
        Q[np.ix_(kept, kept)] = rotation(angle)
        return Q

    def factors(angles: FloatArray, component: FloatArray) -> FloatArray:
        a, b, c = angles
        Q = turn(2, a) @ turn(0, b) @ turn(2, c) @ component
        return np.concatenate([(Q @ Lambda @ V.T).ravel(), (U @ Lambda @ Q.T).ravel()])

    nodes, weights = np.polynomial.legendre.leggauss(10)
    volume, h = 0.0, 1e-5
    for component in (np.eye(3), -np.eye(3)):
        for node, weight in zip(nodes, weights, strict=True):
            for a, c in ((0.2, 0.0), (1.9, 4.0), (3.3, 2.2)):
                at = np.array([a, pi / 2 * (1 + node), c])
                rows = np.array(
                    [
                        (factors(at + h * e, component) - factors(at - h * e, component)) / (2 * h)
                        for e in np.eye(3)
                    ]
                )
                density = np.linalg.det(rows @ rows.T) ** 0.5
                volume += density * weight * pi / 2 * (2 * pi) ** 2 / 3
    assert volume == pytest.approx(exp(log_orbit_volume(sigma, 2)), rel=1e-6)


@pytest.mark.parametrize("depth", [2, 3, 5, 8])
@pytest.mark.parametrize(("a", "b"), [(2.0, 0.7), (1.3, 1.3), (1.0, 0.0)])
def test_the_jacobi_matrix(depth: int, a: float, b: float) -> None:
    size, beside = depth - 1, (a * b) ** 0.5
    J = np.diag([a + b] * size) - beside * (np.eye(size, k=1) + np.eye(size, k=-1))
    by_angles = [a + b - 2 * beside * np.cos(k * pi / depth) for k in range(1, depth)]
    assert np.allclose(np.linalg.eigvalsh(J), sorted(by_angles))
    geometric = sum(a ** (depth - j) * b ** (j - 1) for j in range(1, depth + 1))
    assert np.linalg.det(J) == pytest.approx(geometric)


@pytest.mark.parametrize("sigma", [(3.0, 1.4, 0.5), (2.0, 2.0, 0.5), (1.5, 1.5, 1.5)])
@pytest.mark.parametrize("depth", [2, 3, 4])
def test_the_fibre_is_one_orbit(depth: int, sigma: tuple[float, ...]) -> None:
    """Any balanced factors are Q_j Lambda Q_{j-1}^T in any singular frames of their product."""
    rng = np.random.default_rng(depth)
    Lambda = np.diag(np.array(sigma) ** (1 / depth))
    made = [np.linalg.qr(rng.normal(size=(3, 3)))[0] for _ in range(depth + 1)]
    factors = [after @ Lambda @ before.T for before, after in pairwise(made)]
    W = np.eye(3)
    for factor in factors:
        W = factor @ W
    U, _, Vt = np.linalg.svd(W)  # other frames than those the factors were made from
    Q, P = [U], np.eye(3)
    for j in range(depth - 1, 0, -1):
        P = P @ factors[j]
        Q.insert(0, P.T @ U @ np.linalg.inv(np.linalg.matrix_power(Lambda, depth - j)))
    Q.insert(0, Vt.T)
    assert all(np.allclose(q.T @ q, np.eye(3), atol=1e-9) for q in Q)
    for factor, (before, after) in zip(factors, pairwise(Q), strict=True):
        assert np.allclose(factor, after @ Lambda @ before.T, atol=1e-9)
