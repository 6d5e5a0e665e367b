"""The claim rectangular-flow: at one value, by hand."""

from importlib import import_module

import pytest
from flint import fmpq

from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.points import PointKey, Stratum, point

check = import_module("dlnproof.checks.factors.rectangular_flow")
PARTS = CLAIMS["rectangular-flow"].parts


def test_of_one_value_by_hand() -> None:
    """W = sigma u v^T, of 2 x 2: (G u v^T's entry) twice sigma, the others once, the last not."""
    made = point(PointKey(2, 1, Stratum.SIMPLE, 1, 0, 0))
    [size] = made.sigma
    orbit = check.Orbit(made)
    U, V = orbit.frames[-1], orbit.frames[0]
    pull = U.transpose() * check.gradient(orbit) * V
    times = (2 * size, size, size, fmpq(0))
    framed, values, _ = check.measure_exact(made)
    assert framed == [-k * x for k, x in zip(times, pull.entries(), strict=True)]
    assert values == [framed[0]]


@pytest.mark.parametrize("kind", [Stratum.SIMPLE, Stratum.EQUAL])
def test_nothing_moves_beyond_the_rank(kind: Stratum) -> None:
    made = point(PointKey(3, 2, kind, 1, 0, 0))
    orbit = check.Orbit(made)
    framed = check.measure_exact(made)[0]
    cols = orbit.frames[0].nrows()
    inside = [framed[k] for k in range(len(framed)) if min(k // cols, k % cols) < 2]
    assert all(inside)
    assert not any(framed[k] for k in range(len(framed)) if min(k // cols, k % cols) >= 2)
