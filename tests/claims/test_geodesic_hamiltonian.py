"""The geodesic flow by momenta: by hand, and as the one that arrays follow."""

from importlib import import_module
from itertools import pairwise

import numpy as np
import pytest
from flint import fmpq, fmpq_mat

from dlnproof import geodesic, operator
from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum, point
from dlnproof.numeric.floats.metric import inner_product

flow = import_module("dlnproof.checks.metric.geodesic_hamiltonian")
PARTS = CLAIMS["geodesic-hamiltonian"].parts


def test_of_one_number_by_hand() -> None:
    """w = t^N and momentum p: w' = N t^(2N-2) p and p' = -(N - 1) t^(N-2) p^2."""
    made = point(PointKey(3, 1, Stratum.SIMPLE, 1, 0, 0))
    [t], [[p]] = made.roots, flow.momentum(made).tolist()
    w = made.W[0, 0]
    at = flow.state(made)
    assert at.speed[0, 0] == 3 * t**4 * p
    assert at.force[0, 0] == -2 * (w / t**2) * p**2


def test_two_factors_by_hand() -> None:
    """At I for P = E_12: W' = 2 E_12 for any two factors; H = 1, half of it from turns of rows."""
    eye = fmpq_mat([[1, 0], [0, 1]])
    made = ExactPoint(2, (fmpq(1), fmpq(1)), (eye, eye, eye))
    assert flow.operator(made, fmpq_mat([[0, 1], [0, 0]])) == fmpq_mat([[0, 1], [0, 0]])
    assert flow.squared(made.factors, fmpq_mat([[0, 1], [0, 0]])) == 2


@pytest.mark.parametrize("stratum", [Stratum.SIMPLE, Stratum.PAIR, Stratum.NEAR])
def test_what_is_conserved_depends_on_the_force(stratum: Stratum) -> None:
    made = point(PointKey(3, 3, stratum, -1, 0, 0))
    at, nothing = flow.state(made), fmpq_mat(3, 3)
    assert flow.drift(PARTS, "left", made) == flow.drift(PARTS, "right", made) == nothing
    bare = [half - half.transpose() for half in flow.halves(made, at._replace(force=nothing))]
    assert nothing not in bare


@pytest.mark.parametrize("depth", [1, 2, 5])
def test_geodesics_in_arrays_keep_both_momenta(depth: int) -> None:
    """Neither of the products alone is kept."""
    rng = np.random.default_rng(3)
    W, Z = np.eye(3) + rng.normal(size=(3, 3)) / 4, rng.normal(size=(3, 3)) / 4
    times = np.linspace(0, 0.5, 5)
    path = [geodesic(W, Z, time, depth) for time in times]
    h = 1e-4
    found = []
    for time, at in zip(times[1:-1], path[1:-1], strict=True):
        ends = [geodesic(W, Z, time + k * h, depth) for k in (-1, 1)]
        velocity = (ends[1] - ends[0]) / (2 * h)
        columns = [inner_product(E, velocity, at, depth) for E in np.eye(9).reshape(9, 3, 3)]
        P = np.array(columns).reshape(3, 3) / depth  # the metric of the submersion
        assert np.allclose(depth * operator(P, at, depth), velocity, atol=1e-6)
        found.append((P @ at.T, at.T @ P))
    for (left, right), (later, after) in pairwise(found):
        for one, other in ((left, later), (right, after)):
            assert np.allclose(one - one.T, other - other.T, atol=1e-6)
            assert depth == 1 or not np.allclose(one, other, atol=1e-4)
