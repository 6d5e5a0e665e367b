"""The claim volume-corners: what its routes must notice, and the plane by numpy."""

from collections.abc import Callable
from fractions import Fraction
from importlib import import_module
from math import inf, log
from typing import Any

import numpy as np
import pytest
from scipy.optimize import brentq  # type: ignore[import-untyped]

from dlnproof import Grid, check, log_volume_density
from dlnproof.core.verdict import Route, Verdict
from dlnproof.depth import Depth
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.quantities import metric
from dlnproof.quantities.operator import mean_operator

volume_corners = import_module("dlnproof.checks.completion.volume_corners")
ID = "volume-corners"
DEPTHS: list[Depth] = [2, 3, 10, inf]
DIAGONALS = [(1.0, 1.0), (2.0, -0.5), (1.0, 3.0)]


def checked() -> dict[Route, Verdict]:
    [claim] = check([ID], grid=Grid(depths=(2,), widths=(2,)), expression="not derivation").claims
    return {evidence.route: evidence.verdict for evidence in claim.evidence}


# --- what is broken is found ----------------------------------------------------------------------


def test_a_density_that_is_off_by_a_billionth(monkeypatch: pytest.MonkeyPatch) -> None:
    right = volume_corners.density
    monkeypatch.setattr(volume_corners, "density", lambda at: right(at) * (10**9 + 1) / 10**9)
    seen = checked()
    assert seen[Route.EXACT] is Verdict.REFUTED
    assert not seen[Route.PULLBACK].holds


def test_the_other_normalisation(monkeypatch: pytest.MonkeyPatch) -> None:
    right = mean_operator
    monkeypatch.setattr(metric, "mean_operator", lambda at: right(at) * int(at.depth))
    seen = checked()
    assert seen[Route.EXACT] is Verdict.REFUTED
    assert not seen[Route.PULLBACK].holds


def test_a_limit_taken_in_the_wrong_place(monkeypatch: pytest.MonkeyPatch) -> None:
    right = volume_corners.moved
    monkeypatch.setattr(volume_corners, "moved", lambda at, a, b: right(at, a + b, b))
    assert not checked()[Route.PULLBACK].holds


# --- as printed -----------------------------------------------------------------------------------


def density_squared(t: list[Fraction], depth: int) -> Fraction:
    """det g^N of 2 x 2 matrices by the definition of lambda_il: sums over the factors."""
    determinant = Fraction(1)
    for a in t:
        for b in t:
            eigenvalue = sum(
                (a ** (2 * (depth - j)) * b ** (2 * (j - 1)) for j in range(1, depth + 1)),
                Fraction(0),
            )
            determinant *= depth / eigenvalue
    return determinant


def test_the_counterexample_is_on_the_plane_of_unit_diagonal(
    refuted: Callable[[str, str], Any],
) -> None:
    found = refuted(ID, "highest-at-corners")
    assert (found.N, found.d) == (2, 2)
    assert found.left > found.right
    far, near = [Fraction(2), Fraction(1, 100)], [Fraction(7, 5), Fraction(1, 5)]
    assert found.left**2 == density_squared(far, 2)
    assert found.right**2 == density_squared(near, 2)
    for t in (far, near):
        first, second = float(t[0] ** 2), float(t[1] ** 2)
        gap = max((first + second) ** 2 - 4, 0) ** 0.5  # (x - y)^2, with x + y = first - second
        x, y = (first - second + gap) / 2, (first - second - gap) / 2
        W = np.array([[1.0, x], [y, 1.0]])
        assert np.linalg.svd(W, compute_uv=False) == pytest.approx([first, second], abs=1e-12)
    assert (x, y) == (pytest.approx(0.96), pytest.approx(0.96))  # next to the corner (1, 1)


def test_a_corner_has_less_than_another_place_on_the_plane_of_unit_diagonal() -> None:
    """The refutation within one plane: x = y inside, against xy ~ 1 far from the corners."""
    corner = np.array([[1.0, 0.96], [0.96, 1.0]])  # sigma = 49/25, 1/25
    far = np.array([[1.0, 8.0], [0.125 - 1e-9, 1.0]])
    for depth in DEPTHS:
        assert log_volume_density(far, depth) > log_volume_density(corner, depth) + 1


# --- independently, in floats ---------------------------------------------------------------------


def log_density(W: FloatArray, depth: Depth) -> float:
    """-1/2 sum log lambda_il, lambda by sums over the factors, or by an integral."""
    sigma = np.linalg.svd(W, compute_uv=False)
    total = 0.0
    for a in sigma:
        for b in sigma:
            if depth == inf:
                nodes, weights = np.polynomial.legendre.leggauss(60)
                s = (1 + nodes) / 2
                eigenvalue = float((weights / 2 * a ** (2 - 2 * s) * b ** (2 * s)).sum())
            else:
                n = int(depth)
                j = np.arange(1, n + 1)
                eigenvalue = float((a ** (2 * (n - j) / n) * b ** (2 * (j - 1) / n)).mean())
            total -= log(eigenvalue) / 2
    return total


@pytest.mark.parametrize("depth", [1, 2, 3, 10, inf])
def test_the_density_by_its_definition_by_the_public_function_and_by_the_claim(
    depth: Depth,
) -> None:
    rng = np.random.default_rng(4)
    for W in rng.standard_normal((20, 2, 2)):
        a, b = np.linalg.svd(W, compute_uv=False)
        by_hand = log_density(W, depth)
        assert float(log_volume_density(W, depth)) == pytest.approx(by_hand, abs=1e-10)
        if depth == inf:
            claimed = log(2 * log(a / b) / (a * b * (a * a - b * b)))
        else:
            n = int(depth)
            powers = (a * b) ** (1 / n - 1) * (a ** (2 / n) - b ** (2 / n)) / (a * a - b * b)
            claimed = log(n * powers)
        assert claimed == pytest.approx(by_hand, abs=1e-8)


@pytest.mark.parametrize("depth", [2, 3, 10])
def test_the_leading_coefficient(depth: int) -> None:
    b, c, x = 2.0, -0.5, 0.7
    on = np.array([[b, x], [b * c / x, c]])
    U, sigma, Vt = np.linalg.svd(on)
    assert sigma[1] < 1e-15
    assert sigma[0] ** 2 == pytest.approx((b + c) ** 2 + (x - b * c / x) ** 2)
    for small, tolerance in ((1e-6, 1e-1), (1e-12, 1e-2 if depth == 10 else 1e-3)):
        W = U @ np.diag([sigma[0], small]) @ Vt
        value = log_density(W, depth) + (1 - 1 / depth) * log(small)
        expected = log(depth) + (3 / depth - 3) * log(sigma[0])
        near = log(np.linalg.svd(W, compute_uv=False)[1] / small) * (1 - 1 / depth)
        ratio = (small / sigma[0]) ** (2 / depth)  # the order in the root, squared
        assert value + near == pytest.approx(expected, abs=max(tolerance * 1e-3, 1.1 * ratio))


def curve(diagonal: tuple[float, float], u: float, side: int, level: str, value: float) -> Any:
    """Return W with |x| = r e^u, |y| = r e^-u on one side of the hyperbola, at a given level."""
    b, c = diagonal
    sign = np.sign(b * c)
    root = abs(b * c) ** 0.5

    def W(r: float) -> FloatArray:
        return np.array([[b, r * np.exp(u)], [sign * r * np.exp(-u), c]])

    def height(r: float) -> float:
        if level == "determinant":
            return float(abs(b * c - sign * r * r)) - value
        return float(np.linalg.svd(W(r), compute_uv=False)[1]) - value

    ends = (root, 50 * root) if side > 0 else (1e-9, root)
    return W(brentq(height, *ends, xtol=1e-14, rtol=1e-14))


@pytest.mark.parametrize("level", ["second singular value", "determinant"])
@pytest.mark.parametrize("diagonal", DIAGONALS)
@pytest.mark.parametrize("side", [1, -1])
def test_at_a_fixed_level_it_is_largest_at_the_corners(
    side: int, diagonal: tuple[float, float], level: str
) -> None:
    for value in (1e-3, 0.05, 0.2):
        us = np.linspace(-1.5, 1.5, 13)
        if level == "determinant" or side > 0:
            points = [curve(diagonal, u, side, level, value) for u in us]
        else:  # sigma_2 is not large enough inside, far from the corners
            us = us[4:9]
            points = [curve(diagonal, u, side, level, value) for u in us]
        first = [np.linalg.svd(W, compute_uv=False)[0] for W in points]
        middle = len(us) // 2
        assert abs(us[middle]) < 1e-12
        assert np.argmin(first) == middle
        for depth in DEPTHS:
            values = [log_density(W, depth) for W in points]
            assert np.argmax(values) == middle
            assert (np.diff(values[: middle + 1]) > 0).all()
            assert (np.diff(values[middle:]) < 0).all()


@pytest.mark.parametrize("diagonal", DIAGONALS)
@pytest.mark.parametrize("side", [1, -1])
def test_at_a_small_distance_it_is_largest_next_to_the_corners(
    side: int, diagonal: tuple[float, float]
) -> None:
    b, c = diagonal
    eta = 1e-5
    us = np.linspace(-2, 2, 17)
    for depth in DEPTHS:
        values, leading = [], []
        for u in us:
            r = abs(b * c) ** 0.5
            x, y = r * np.exp(u), np.sign(b * c) * r * np.exp(-u)
            normal = np.array([y, x]) * np.sign(b * c) / np.hypot(x, y)  # the gradient of |xy|
            x_off, y_off = np.array([x, y]) + side * eta * normal
            W = np.array([[b, x_off], [y_off, c]])
            assert (abs(x_off * y_off) > abs(b * c)) == (side > 0)
            values.append(log_density(W, depth))
            square = b * b + c * c + x * x + y * y
            if depth != inf:
                power = 1 - 1 / depth
                leading.append(log(depth) - power * log(eta * np.hypot(x, y) * square))
        middle = len(us) // 2
        assert np.argmax(values) == middle
        assert (np.diff(values[: middle + 1]) > 0).all()
        assert (np.diff(values[middle:]) < 0).all()
        if depth in (2, 3):
            assert values == pytest.approx(leading, abs=2e-2 if depth == 3 else 1e-3)


def test_at_depth_one_nothing_distinguishes_a_point() -> None:
    for W in np.random.default_rng(5).standard_normal((5, 2, 2)):
        assert log_density(W, 1) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("depth", DEPTHS)
def test_it_is_infinite_on_the_hyperbola(depth: Depth) -> None:
    for x in (0.25, 1.0, -4.0):
        on = np.array([[1.0, x], [1 / x, 1.0]])
        assert log_volume_density(on, depth) == inf
        values = []
        for eta in (1e-3, 1e-6, 1e-9):
            values.append(log_density(on + np.array([[0, eta], [0, 0]]), depth))
        assert values[0] < values[1] < values[2]
        assert values[2] > 4


@pytest.mark.parametrize("depth", DEPTHS)
def test_a_smaller_first_singular_value_means_more_volume(depth: Depth) -> None:
    rng = np.random.default_rng(6)
    for first, growth, second in zip(*10 ** rng.uniform(-1.5, 1.5, (3, 60)), strict=True):
        larger = first * (1 + growth)
        fixed_second = [log_density(np.diag([s, second]), depth) for s in (first, larger)]
        assert fixed_second[0] > fixed_second[1]
        a, b = max(first, second), min(first, second)
        same = [log_density(np.diag(s), depth) for s in ((a, b), (a * larger, b / larger))]
        if larger > 1:
            assert same[0] > same[1]
