"""The radial part of the Laplacian: by hand, and what it is in the roots, of every depth."""

from importlib import import_module

import pytest
from flint import fmpq

from dlnproof.claims import CLAIMS
from dlnproof.core.verdict import Verdict
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum, point
from dlnproof.run.jobs import derive_claim

checks = import_module("dlnproof.checks.volume.radial_laplacian")
parts_by_value = import_module("dlnproof.checks.volume.volume_gradient").by_value
CLAIM = CLAIMS["radial-laplacian"]


def test_of_one_number_by_hand() -> None:
    """On w = t^N > 0 the metric is N^2 dt^2: of w^2 and w^4 the Laplacians are those of t."""
    made = point(PointKey(3, 1, Stratum.SIMPLE, 1, 0, 0))
    [t] = made.roots
    [product], square, fourth = checks.measure_exact(made)
    assert product == 3 / t**2
    assert (square, fourth) == ([30 * t**4 / 9], [132 * t**10 / 9])


def test_of_one_factor_it_is_euclidean() -> None:
    """The Laplacian of |W|^2 is 2 d^2."""
    _, square, *_ = checks.measure_exact(point(PointKey(1, 3, Stratum.SIMPLE, -1, 0, 0)))
    assert square == [18]


@pytest.mark.parametrize("depth", [2, 5])
def test_in_the_roots_it_is_that_of_one_factor(depth: int) -> None:
    """The drift of the roots is the same of every depth, but for the scale."""
    made = point(PointKey(depth, 3, Stratum.SIMPLE, 1, 0, 0))
    shallow = ExactPoint(1, made.roots, (made.V, made.U))
    deep, flat = (parts_by_value(CLAIM.parts, CLAIM.parts["scale"], p) for p in (made, shallow))
    scale, one = fmpq(1, depth**2), fmpq(1)
    assert [x - scale for x in deep[0]] == [x - one for x in flat[0]]


def test_what_is_measured_is_not_called_proved() -> None:
    """The metric along roots, and its volume, are proved; what makes a Laplacian of them is not."""
    assert CLAIM.empirical == {"scale"}
    proof = derive_claim(CLAIM)
    assert proof.verdict is Verdict.PROVED
    assert set(proof.established) == {"radial", "volume"}
