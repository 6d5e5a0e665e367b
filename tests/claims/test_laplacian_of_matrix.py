"""The Laplacian of the entries of W: by hand, where values coincide, and what pairs add."""

from importlib import import_module

import pytest
from flint import fmpq

from dlnproof.claims import CLAIMS
from dlnproof.core.verdict import Verdict
from dlnproof.numeric.exact.laplacian import laplacian
from dlnproof.numeric.exact.points import PointKey, Stratum, point
from dlnproof.run.jobs import derive_claim

checks = import_module("dlnproof.checks.volume.laplacian_of_matrix")
CLAIM = CLAIMS["laplacian-of-matrix"]


def test_of_one_number_by_hand() -> None:
    """On w = t^N > 0 the metric is N^2 dt^2, and (t^N)'' = N (N-1) t^(N-2)."""
    made = point(PointKey(3, 1, Stratum.SIMPLE, 1, 0, 0))
    [t] = made.roots
    whole, along, own, value, density, *others = checks.measure_exact(made)
    assert whole == along == [fmpq(2, 3) * t]
    assert (own, value, density) == ([fmpq(4, 3) * t], [t**4], [fmpq(-2, 3) / t**3])
    assert others == [[], []]


@pytest.mark.parametrize("stratum", [Stratum.PAIR, Stratum.TINY])
def test_of_two_factors_it_is_half_the_polar_factor(stratum: Stratum) -> None:
    made = point(PointKey(2, 3, stratum, -1, 0, 0))
    assert laplacian(made) == made.U * made.V.transpose() * fmpq(1, 2)


def test_pairs_move_the_operator_and_the_density() -> None:
    """Each of the two that a pair adds to is no zero: their sum is."""
    *_, turns, _ = checks.measure_exact(point(PointKey(3, 2, Stratum.SIMPLE, 1, 0, 0)))
    assert all(turns)


def test_what_is_measured_is_not_called_proved() -> None:
    """What it is made of is proved; that a Laplacian is made so is measured."""
    assert CLAIM.empirical == {"laplacian"}
    proof = derive_claim(CLAIM)
    assert proof.verdict is Verdict.PROVED
    assert set(proof.established) == {"own", "rows", "columns", "density", "pair", "no-pair"}
