"""The claim scalar-curvature: its sums, and the Riemann tensor in two systems of coordinates."""

from importlib import import_module

import pytest
from flint import arb, fmpq

from dlnproof.claims import CLAIMS
from dlnproof.core.verdict import Verdict
from dlnproof.language.precision import working_precision
from dlnproof.numeric.exact.curvature import scalar_curvature
from dlnproof.numeric.exact.curvature_pullback import scalar_curvature_pullback
from dlnproof.numeric.exact.points import PointKey, Stratum, point
from dlnproof.run.jobs import derive_claim

sums = import_module("dlnproof.checks.metric.scalar_curvature")
of_pair, of_triple = sums.of_pair, sums.of_triple


def test_sums_by_hand() -> None:
    """Of two factors 1/(x + y), and 4 (x y + y z + z x) over the product of the sums."""
    x, y, z = fmpq(2), fmpq(3), fmpq(7)
    assert of_pair(2, x, y) == fmpq(1, 5)
    assert of_triple(2, x, y, z) == fmpq(4 * 41, 5 * 10 * 9)
    assert of_pair(3, x, x) == fmpq(8, 18)
    assert of_triple(3, x, x, x) == fmpq(8, 6)
    assert of_pair(1, x, y) == of_triple(1, x, y, z) == 0


def test_the_sums_of_a_triple_are_symmetric() -> None:
    x, y, z = fmpq(2), fmpq(3), fmpq(7)
    found = {of_triple(4, *some) for some in ((x, y, z), (y, z, x), (y, x, z))}
    assert len(found) == 1


@pytest.mark.parametrize("stratum", [Stratum.SIMPLE, Stratum.PAIR])
def test_differences_in_factor_space_are_the_riemann_tensor(stratum: Stratum) -> None:
    made = point(PointKey(3, 2, stratum, -1, 0, 5))
    found = scalar_curvature_pullback(made, fmpq(1, 10**12), 20)
    with working_precision(200):
        assert abs(found - arb(scalar_curvature(made))) < arb(fmpq(1, 10**18))


def test_what_is_measured_is_not_called_proved() -> None:
    """The derivation is about the sums; that they are the curvature is decided at points alone."""
    claim = CLAIMS["scalar-curvature"]
    assert claim.empirical == {"curvature"}
    proof = derive_claim(claim)
    assert proof.verdict is Verdict.PROVED
    assert "curvature" not in proof.established
