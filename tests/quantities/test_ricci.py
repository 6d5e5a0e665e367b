"""Curvatures in the frames of W, and the drift: as arrays have them at W itself."""

from dataclasses import replace
from itertools import permutations
from typing import Any

import numpy as np
import pytest

from dlnproof import brownian_drift, inner_product, ricci, sectional_curvature
from dlnproof.claims import CLAIMS, measured
from dlnproof.core.spectrum import N
from dlnproof.core.verdict import Route, Verdict
from dlnproof.formulas import CURVATURE_PAIR, CURVATURE_PAIR_COINCIDENT
from dlnproof.judge.targets import SUMS
from dlnproof.language.arithmetic import ball
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum, point
from dlnproof.quantities.catalogue import QUANTITIES
from dlnproof.run.jobs import alone
from dlnproof.run.point import check_at

POINTS = [
    point(PointKey(depth, width, stratum, sign, 0, 0))
    for depth, width, stratum, sign in [
        (1, 2, Stratum.SIMPLE, 1),
        (2, 3, Stratum.PAIR, -1),
        (3, 3, Stratum.SIMPLE, 1),
        (3, 3, Stratum.EQUAL, 1),
    ]
]
each_point = pytest.mark.parametrize("at", POINTS, ids=lambda at: f"N={at.depth},d={at.width}")


def exact(name: str, at: ExactPoint) -> Any:
    """Return the values by indices, counted from 0."""
    values = QUANTITIES[name].values(at)
    return {tuple(k - 1 for k in key): float(ball(value)) for key, value in values.items()}


def floats(at: ExactPoint) -> tuple[Any, ...]:
    return tuple(np.array(x.tolist(), dtype=float) for x in (at.W, at.U, at.V))


@each_point
def test_of_diagonal_directions_it_is_the_form_of_arrays(at: ExactPoint) -> None:
    W, U, V = floats(at)
    along = [np.outer(U[:, i], V[:, i]) for i in range(at.width)]
    own, mixed = exact("ricci-diagonal", at), exact("ricci-mixed", at)
    assert set(mixed) == set(permutations(range(at.width), 2))
    for (i, l), value in mixed.items():
        assert value == pytest.approx(ricci(along[i], along[l], W, at.depth), abs=1e-9)
    for (i,), value in own.items():
        assert value == pytest.approx(ricci(along[i], along[i], W, at.depth), abs=1e-9)


@each_point
def test_of_turns_it_is_that_of_arrays(at: ExactPoint) -> None:
    W, U, V = floats(at)
    N = int(at.depth)
    for i, l in permutations(range(at.width), 2):
        D, one, other = (np.outer(U[:, a], V[:, b]) for a, b in ((i, i), (i, l), (l, i)))
        S, K = one + other, one - other
        expected = {
            "ricci-symmetric": ricci(S, S, W, N) / inner_product(S, S, W, N),
            "ricci-skew": ricci(K, K, W, N) / inner_product(K, K, W, N),
            "sectional-symmetric": sectional_curvature(D, S, W, N),
            "sectional-skew": sectional_curvature(D, K, W, N),
            "sectional-turns": sectional_curvature(S, K, W, N),
        }
        for name, value in expected.items():
            assert exact(name, at)[i, l] == pytest.approx(value, abs=1e-9)


@each_point
def test_the_drift_is_that_of_arrays(at: ExactPoint) -> None:
    W, U, V = floats(at)
    found = U.T @ brownian_drift(W, int(at.depth)) @ V
    values = exact("brownian-drift", at)
    assert np.diag([values[i,] for i in range(at.width)]) == pytest.approx(found, abs=1e-9)


@each_point
def test_without_the_mean_they_are_as_often_as_large_as_there_are_factors(at: ExactPoint) -> None:
    names = {name for name in SUMS if name.startswith(("ricci", "sectional", "brownian"))}
    assert len(names) == 6
    for name in names:
        mean, summed = (QUANTITIES[x].exact for x in (name, SUMS[name]))
        assert mean is not None
        assert summed is not None
        assert summed(at) == [int(at.depth) * x for x in mean(at)]  # type: ignore[union-attr]


def test_the_curvature_is_the_trace_of_ricci() -> None:
    at = POINTS[2]
    [whole] = exact("scalar-curvature", at).values()
    trace = sum(exact("ricci-symmetric", at).values()) + sum(exact("ricci-skew", at).values())
    trace /= 2  # each pair comes twice
    for (i,), value in exact("ricci-diagonal", at).items():
        trace += value / float((at.roots[i] / at.sigma[i]) ** 2)
    assert whole == pytest.approx(trace, rel=1e-12)


@pytest.mark.parametrize("factor", [1, 2])
def test_a_claim_about_one_of_pairs_needs_no_check_of_its_own(factor: int) -> None:
    distinct, coincident = (
        0 - factor * x / (2 * N) for x in (CURVATURE_PAIR, CURVATURE_PAIR_COINCIDENT)
    )
    claim = replace(
        CLAIMS["svd-jacobian"],
        parts={"distinct": distinct, "coincident": coincident},
        mutants=(),
        quantities={"sectional-turns": ("distinct", "coincident")},
        routes=(Route.DERIVATION, Route.EXACT),
    )
    [check] = measured.completed(claim, ())
    for stratum in (Stratum.SIMPLE, Stratum.PAIR):
        with alone(50):
            found = check_at(claim, check, PointKey(2, 3, stratum, 1, 0, 0), 50)  # type: ignore[arg-type]
        holds = found.comparison.verdict is Verdict.EXACT
        assert holds is (factor == 1)
