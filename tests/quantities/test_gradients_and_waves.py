"""Gradients by singular values, the volume beside dR, eigenvalues of orbits: as in closed form."""

from itertools import product

import pytest
from flint import arb, fmpq

from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum, diagonal, point
from dlnproof.quantities.gradients import ENTROPY_GRADIENT, VOLUME_GRADIENT, entropy_second, fibred
from dlnproof.quantities.orbit import GRAM_EIGENVALUE
from dlnproof.quantities.power_map import BALL_VOLUME, SUM_BALL_VOLUME, directions, polar

POINTS = [
    point(PointKey(depth, width, Stratum.SIMPLE, sign, 0, 0))
    for depth, width, sign in [(1, 1, 1), (1, 3, -1), (2, 2, 1), (2, 3, -1), (3, 1, 1), (3, 3, 1)]
]
each_point = pytest.mark.parametrize("at", POINTS, ids=lambda at: f"N={at.depth},d={at.width}")


def by_pairs(at: ExactPoint, i: int) -> fmpq:
    """Return the sum over l of the derivatives by sigma_i of log (y_i - y_l) - log (x_i - x_l)."""
    t, N = at.roots, int(at.depth)
    found = fmpq(0)
    for l in range(at.width):
        if l != i:
            found += 2 * t[i] ** N / (t[i] ** (2 * N) - t[l] ** (2 * N))
            found -= 2 * t[i] ** 2 / (N * t[i] ** N * (t[i] ** 2 - t[l] ** 2))
    return found


@each_point
def test_the_volume_density_by_a_singular_value(at: ExactPoint) -> None:
    N = int(at.depth)
    stated = [fmpq(1 - N, N) / at.sigma[i] - by_pairs(at, i) for i in range(at.width)]
    assert VOLUME_GRADIENT.exact is not None
    assert VOLUME_GRADIENT.exact(at) == stated


@each_point
def test_the_entropy_by_a_singular_value(at: ExactPoint) -> None:
    assert ENTROPY_GRADIENT.exact is not None
    stated = [by_pairs(at, i) / 2 for i in range(at.width)]
    assert ENTROPY_GRADIENT.exact(at) == stated
    assert fibred(at) == (at.depth > 1 and at.width > 1)


def second_by_pairs(at: ExactPoint, i: int, l: int) -> fmpq:
    """Return the derivative by sigma_l of the half of that sum, in closed form."""
    s, N, found = at.sigma, int(at.depth), fmpq(0)
    y, x = [z**2 for z in s], [t**2 for t in at.roots]
    if i != l:
        found = 2 * s[i] * s[l] / (y[i] - y[l]) ** 2
        return found - 2 * x[i] * x[l] / (N * (x[i] - x[l])) ** 2 / (s[i] * s[l])
    for k in set(range(at.width)) - {i}:
        D, E = y[i] - y[k], x[i] - x[k]
        found += 1 / D - 2 * y[i] / D**2
        found += (fmpq(N - 2) / E + 2 * x[i] / E**2) * x[i] / (N * s[i]) ** 2
    return found


@each_point
def test_the_entropy_by_two_singular_values(at: ExactPoint) -> None:
    for i, l in product(range(at.width), repeat=2):
        assert entropy_second(at, i, l) == second_by_pairs(at, i, l)


@each_point
def test_the_volume_beside_that_of_the_power_map_is_a_power_of_the_depth(at: ExactPoint) -> None:
    N, d = int(at.depth), at.width
    for ball, power in ((BALL_VOLUME, d * (d + 1) // 2), (SUM_BALL_VOLUME, d)):
        assert ball.root is not None
        assert ball.root.of.exact is not None
        assert ball.root.of.exact(at) == fmpq(N) ** power


@each_point
def test_polar_coordinates(at: ExactPoint) -> None:
    Q, P = polar(at)
    assert P.transpose() == P
    assert Q * P ** int(at.depth) == at.U * diagonal(at.sigma) * at.V.transpose()
    stretches = [stretch for skew, stretch in directions(at) if skew == 0 * skew]
    assert max(abs(x) for M in stretches for x in M.entries()) == at.roots[-1]


@pytest.mark.parametrize(("depth", "width"), [(1, 2), (2, 2), (3, 3), (5, 2)])
def test_of_waves(depth: int, width: int) -> None:
    at = point(PointKey(depth, width, Stratum.SIMPLE, 1, 0, 0))
    t = at.roots
    assert GRAM_EIGENVALUE.balls is not None
    found = GRAM_EIGENVALUE.balls(at)
    stated = [
        arb(t[i] ** 2 + t[l] ** 2) - 2 * t[i] * t[l] * arb(fmpq(m, depth)).cos_pi()
        for i in range(width)
        for l in range(width)
        if l != i
        for m in range(1, depth)
    ]
    assert all(
        a.overlaps(b) and a.rel_accuracy_bits() > 30 for a, b in zip(found, stated, strict=True)
    )
