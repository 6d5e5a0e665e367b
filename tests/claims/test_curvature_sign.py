"""The claim curvature-sign: planes of a pair by hand, and the Riemann tensor that measures them."""

from importlib import import_module
from itertools import combinations_with_replacement

import numpy as np
import pytest
from flint import arb, fmpq, fmpq_mat

from dlnproof import sectional_curvature
from dlnproof.claims import CLAIMS
from dlnproof.core.verdict import Verdict
from dlnproof.language.precision import working_precision
from dlnproof.numeric.exact.curvature import (
    Series,
    jacobi,
    metric,
    scalar_curvature_of,
    sectional_curvature_of,
)
from dlnproof.numeric.exact.curvature_pullback import sectional_curvature_pullback
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum, identity, point
from dlnproof.run.jobs import derive_claim

checks = import_module("dlnproof.checks.metric.curvature_sign")


def generic(size: int) -> list[fmpq_mat]:
    """Return two columns in no special position."""
    return [fmpq_mat(size, 1, [fmpq(1, n + k) for k in range(size)]) for n in (1, 4)]


def test_planes_by_hand() -> None:
    """Two factors, sigma = (4, 1): kappa = 1 / (4 + 1), and theta is twice that."""
    made = ExactPoint(2, (fmpq(2), fmpq(1)), (identity(2),) * 3)
    kappa = fmpq(1, 5)
    found = checks.measure_exact(made)
    assert found == [[2 * kappa], [-kappa / 4], [3 * kappa / 4], [-kappa / 4]]


@pytest.mark.parametrize("size", [2, 3])
def test_the_unit_sphere_has_curvature_one(size: int) -> None:
    """In stereographic coordinates at a pole its metric is 4 (1 - 2 |x|^2 + ...)."""
    one, axes = identity(size), range(size)
    second = {(a, b): one * (-16 * (a == b)) for a, b in combinations_with_replacement(axes, 2)}
    sphere = Series(one * 4, [one * 0] * size, second)
    assert sectional_curvature_of(sphere, *generic(size)) == 1
    assert scalar_curvature_of(sphere) == size * (size - 1)


def test_the_tensor_has_its_symmetries_and_its_trace() -> None:
    made = point(PointKey(3, 2, Stratum.SIMPLE, -1, 0, 5))
    g = metric(made)
    x, y = generic(4)
    forms = [jacobi(g, x), jacobi(g, y)]
    assert (forms[0] * x).entries() == [0] * 4
    assert forms[0] == forms[0].transpose()
    assert (y.transpose() * forms[0] * y) == (x.transpose() * forms[1] * x)
    raised, axes = g.value.inv(), range(4)
    units = [fmpq_mat(4, 1, [fmpq(a == b) for b in axes]) for a in axes]

    def ricci(column: fmpq_mat) -> fmpq:
        form = raised * jacobi(g, column)
        return sum((form[k, k] for k in axes), fmpq(0))

    polar = {
        (a, b): ricci(units[a] + units[b]) - ricci(units[a] - units[b]) for a in axes for b in axes
    }
    trace = sum((raised[a, b] * value for (a, b), value in polar.items()), fmpq(0)) / 4
    assert trace == scalar_curvature_of(g)


def test_routes_agree_on_a_plane_in_no_special_position() -> None:
    made = point(PointKey(3, 2, Stratum.PAIR, -1, 0, 5))
    x, y = generic(4)
    exact = sectional_curvature_of(metric(made), x, y)
    [found] = sectional_curvature_pullback(made, [(x, y)], fmpq(1, 10**12), 20)
    with working_precision(200):
        assert abs(found - arb(exact)) < arb(fmpq(1, 10**18))
    W, one, two = (
        np.array([[float(m[row + 2 * column, 0]) for column in (0, 1)] for row in (0, 1)])
        for m in (checks.column(made.W), x, y)
    )
    assert sectional_curvature(one, two, W, 3) == pytest.approx(float(exact), rel=1e-9)


def test_what_is_measured_is_not_called_proved() -> None:
    """The derivation is about the sums; that they are curvatures is decided at points alone."""
    claim = CLAIMS["curvature-sign"]
    proof = derive_claim(claim)
    assert proof.verdict is Verdict.PROVED
    assert not claim.empirical.intersection(proof.established)
