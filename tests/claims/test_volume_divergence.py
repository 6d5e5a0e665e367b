"""The claim volume-divergence: what its routes must notice, the slides, exponents in floats."""

from collections.abc import Callable
from fractions import Fraction
from importlib import import_module
from itertools import combinations, pairwise
from math import exp, inf, log, prod
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import sympy
from flint import fmpq

from dlnproof import Grid, check, log_orbit_volume, log_volume_density, log_volume_form
from dlnproof.claims.limits.volume_divergence import CLAIM
from dlnproof.core.expression import Expression
from dlnproof.core.spectrum import VANISHING, N
from dlnproof.core.verdict import Route, Verdict
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum, point
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.run.compare import compare_enclosed

volume_divergence = import_module("dlnproof.checks.limits.volume_divergence")
ID = "volume-divergence"
GRID = Grid(depths=(1, 2, 3), widths=(1, 2, 3))


def test_the_enclosure_notices_a_wrong_eigenvalue(monkeypatch: pytest.MonkeyPatch) -> None:
    at = point(PointKey(inf, 2, Stratum.SIMPLE, 1, 0, 0))
    right = volume_divergence.measure_infinite(at)
    original = volume_divergence._logarithms

    def without_jacobian(*given: Any) -> Any:
        density, _ = original(*given)
        return density, density

    monkeypatch.setattr(volume_divergence, "_logarithms", without_jacobian)
    wrong = volume_divergence.measure_infinite(at)
    [check] = [c for c in volume_divergence.CHECKS if c.route is Route.ENCLOSURE]
    predicted = check.predict(CLAIM.parts, at)
    assert compare_enclosed(check, right, predicted, 50).verdict is Verdict.ENCLOSED
    assert compare_enclosed(check, wrong, predicted, 50).verdict is Verdict.REFUTED


@pytest.mark.parametrize("route", ["exact", "pullback"])
def test_values_that_vanish_at_another_rate_are_refuted(
    monkeypatch: pytest.MonkeyPatch, route: str
) -> None:
    right = volume_divergence.scaled

    def wrong(at: ExactPoint, count: int, by: fmpq) -> ExactPoint:
        scaled: ExactPoint = right(at, count, by)
        return ExactPoint(at.depth, (*scaled.roots[:-1], scaled.roots[-1] * by), at.frames)

    monkeypatch.setattr(volume_divergence, "scaled", wrong)
    [claim] = check([ID], grid=GRID, expression=route).claims
    assert claim.verdict is Verdict.REFUTED


@pytest.mark.parametrize("which", [0, 1, 2])
@pytest.mark.parametrize("route", ["exact", "pullback"])
def test_each_of_the_three_densities_is_measured(
    monkeypatch: pytest.MonkeyPatch, route: str, which: int
) -> None:
    right = volume_divergence.densities

    def wrong(at: ExactPoint) -> list[fmpq]:
        values: list[fmpq] = right(at)
        values[which] *= at.sigma[-1]
        return values

    monkeypatch.setattr(volume_divergence, "densities", wrong)
    [claim] = check([ID], grid=GRID, expression=route).claims
    assert claim.verdict is Verdict.REFUTED


def test_the_power_of_the_prime() -> None:
    p = fmpq(volume_divergence.PRIME)
    assert volume_divergence._valuation(fmpq(12, 7)) == 0
    assert volume_divergence._valuation(-5 * p**3 / 7) == 3
    assert volume_divergence._valuation(5 / (2 * p**2)) == -2


# --- as printed -----------------------------------------------------------------------------------

Matrix = npt.NDArray[Any]
"""Of fractions: all arithmetic is theirs."""


def exact(rows: Any) -> Matrix:
    return np.array([[Fraction(x) for x in row] for row in rows])


def squares(t: list[Fraction], Q: list[Matrix]) -> tuple[Any, Fraction]:
    """At N = d = 2: the squared density in Sigma, U, V, and the orbit's squared speed, over 2."""
    V, middle, U = Q
    Lambda, Sigma = exact([[t[0], 0], [0, t[1]]]), exact([[t[0] ** 2, 0], [0, t[1] ** 2]])
    turn = exact([[0, 1], [-1, 0]])
    first, second = middle @ Lambda @ V.T, U @ Lambda @ middle.T
    one = exact([[1, 0], [0, 1]])
    # rows are vec, row by row, of W_2 W_2^T Z and Z W_1^T W_1; A is half the sum
    A = (np.kron(second @ second.T, one) + np.kron(one, first.T @ first)) / Fraction(2)
    units = [exact([[1, 0], [0, 0]]), exact([[0, 0], [0, 1]])]
    partials = [U @ unit @ V.T for unit in units]
    partials += [U @ turn @ Sigma @ V.T, U @ Sigma @ turn.T @ V.T]
    J = [Z.ravel() for Z in partials]
    moves = [middle @ turn @ Lambda @ V.T, U @ Lambda @ turn.T @ middle.T]
    speed = sum((x * x for move in moves for x in move.flat), Fraction(0))
    return sympy.Matrix(J).det() ** 2 / sympy.Matrix(A).det(), speed / 2


def test_two_values_that_vanish_together_leave_the_density_at_depth_two_constant(
    refuted: Callable[[str, str], Any],
) -> None:
    found = refuted(ID, "any-singular-value")
    assert (found.N, found.d) == (2, 2)
    t, Q = found.t, found.Q
    s = Fraction(1, 10**6)  # epsilon^(1/2)
    density, _ = squares(t, Q)
    smaller, _ = squares([s * x for x in t], Q)
    assert density == smaller > 0
    assert found.left == 0
    assert found.right == -1  # of epsilon: the square would grow like s^(-4)
    # one value alone: like epsilon^(1/2 - 1), as printed
    one_small, _ = squares([t[0], s * t[1]], Q)
    nearer, _ = squares([t[0], s * t[1] / 10], Q)
    assert abs(nearer / one_small / 100 - 1) < Fraction(1, 10**10)  # the square, like s^(-2)


def test_the_orbit_does_not_diverge(refuted: Callable[[str, str], Any]) -> None:
    found = refuted(ID, "orbit-diverges")
    # what diverges has an exponent below 0; here both values vanish and it is above
    assert (found.N, found.d) == (2, 2)
    assert (found.left, found.right) == (Fraction(1, 2), 0)
    # its squared speed tends to sigma_1, or to 0 like epsilon
    t = [Fraction(4), Fraction(7, 2)]
    Q = [exact([["3/5", "4/5"], ["-4/5", "3/5"]])] * 3
    s = Fraction(1, 10**6)
    _, speed = squares(t, Q)
    assert speed == t[0] ** 2 + t[1] ** 2
    _, one_small = squares([t[0], s * t[1]], Q)
    assert t[0] ** 2 < one_small < speed
    _, both_small = squares([s * x for x in t], Q)
    assert both_small == s**2 * speed


def test_one_vanishing_value_is_as_printed() -> None:
    """The slides' exponent is the claim's for k = 1 only; with respect to dW it is negative."""
    stated, [printed, _] = CLAIM.parts, CLAIM.as_printed
    form, density, slides = (
        stated["form"],
        stated["density"],
        CLAIM.with_parts(printed.parts)["form"],
    )
    assert isinstance(form, Expression)
    assert isinstance(density, Expression)
    assert isinstance(slides, Expression)
    for depth in range(2, 7):
        for k in range(1, 6):
            values = {N: fmpq(depth), VANISHING: fmpq(k)}
            assert (form.at(values) == slides.at(values)) == (k == 1)
            assert (form.at(values) < 0) == (k < depth)
            assert density.at(values) < 0


# --- independently, in floats ---------------------------------------------------------------------

CASES = [(depth, k) for depth in (1, 2, 3, 5) for k in (1, 2, 3, 4)]
"""At width 4."""

VALUES = np.array([3.0, 2.0, 1.1, 0.4])


def vanishing(k: int, epsilon: float) -> FloatArray:
    return np.concatenate([VALUES[: 4 - k], VALUES[4 - k :] * epsilon])


@pytest.mark.parametrize(("depth", "k"), CASES)
def test_the_exponent_in_svd_coordinates(depth: int, k: int) -> None:
    a, b = (float(log_volume_form(vanishing(k, e), depth)) for e in (1e-30, 1e-34))
    assert (a - b) / log(1e4) == pytest.approx(k * (k - depth) / depth, abs=1e-9)


@pytest.mark.parametrize(("depth", "k"), CASES)
def test_the_exponent_with_respect_to_dw(depth: int, k: int) -> None:
    rng = np.random.default_rng(k)
    U, V = (np.linalg.qr(rng.normal(size=(4, 4)))[0] for _ in range(2))
    a, b = (
        float(log_volume_density(U @ np.diag(vanishing(k, e)) @ V.T, depth)) for e in (1e-7, 1e-9)
    )
    slope = (a - b) / log(1e2)
    assert slope == pytest.approx(-(k**2) * (depth - 1) / depth, abs=0.02)
    assert (slope < -0.4) == (depth > 1)


@pytest.mark.parametrize(("depth", "k"), CASES)
def test_the_exponent_of_the_orbit(depth: int, k: int) -> None:
    a, b = (float(log_orbit_volume(vanishing(k, e), depth)) for e in (1e-30, 1e-34))
    expected = k * (k - 1) / 2 * (1 - 1 / depth)
    assert (a - b) / log(1e4) == pytest.approx(expected, abs=1e-9)
    assert b <= float(log_orbit_volume(VALUES, depth))


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_as_many_values_as_layers_leave_a_constant_that_depends_on_their_ratios(
    depth: int,
) -> None:
    k = depth
    limit = float(log_volume_form(vanishing(k, 1e-60), depth))
    assert abs(limit) < 10
    assert float(log_volume_form(vanishing(k, 1e-70), depth)) == pytest.approx(limit, abs=1e-9)
    ratios = vanishing(k, 1e-60)
    ratios[-1] /= 7
    changed = float(log_volume_form(ratios, depth)) - limit
    assert abs(changed) > 0.1 or k == 1  # at N = 1 there is no ratio: the density is van(Sigma^2)
    # Theorem 1.1, where a mixed pair has kept the square of the larger root only
    t = VALUES ** (1 / depth)
    small, large = t[4 - k :], t[: 4 - k]
    by_hand = depth**6 * np.prod(VALUES ** (1 / depth - 1))
    by_hand *= prod(a * a - b * b for a, b in combinations(small, 2))
    by_hand *= prod(a * a - b * b for a, b in combinations(large, 2))
    by_hand *= np.prod(large ** (2 * k))
    assert exp(limit) == pytest.approx(by_hand, rel=1e-9)


@pytest.mark.parametrize(("depth", "k"), [(1, 2), (2, 3), (2, 4), (3, 4)])
def test_more_values_than_layers_make_it_vanish(depth: int, k: int) -> None:
    logs = [float(log_volume_form(vanishing(k, 10.0**-n), depth)) for n in (20, 60, 120)]
    assert all(b < a - 20 for a, b in pairwise(logs))


@pytest.mark.parametrize("k", [1, 2, 3, 4])
def test_at_infinite_depth_there_are_powers_of_the_logarithm(k: int) -> None:
    """epsilon^(-k) |log epsilon|^(k(d-k)); the remainder falls like 1 / |log epsilon|."""

    def remainder(epsilon: float) -> float:
        size = -log(epsilon)
        value = float(log_volume_form(vanishing(k, epsilon), inf))
        return value - k * size - k * (4 - k) * log(size)

    a, b, c = (remainder(e) for e in (1e-30, 1e-60, 1e-120))
    assert abs(b - c) < 0.05
    assert k == 4 or abs(b - c) < 0.6 * abs(a - b)
