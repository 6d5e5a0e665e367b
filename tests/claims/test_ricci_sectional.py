"""The claim ricci-sectional: two factors by hand, and the form that measures it."""

from importlib import import_module

import numpy as np
import pytest
from flint import fmpq

from dlnproof import ricci
from dlnproof.claims import CLAIMS
from dlnproof.core.verdict import Verdict
from dlnproof.numeric.exact.curvature import metric, ricci_of, scalar_curvature_of
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum, identity, point
from dlnproof.run.jobs import derive_claim

checks = import_module("dlnproof.checks.metric.ricci_sectional")


def test_two_factors_by_hand() -> None:
    """At sigma = (4, 1): kappa = 1/5, rho = 4 kappa / 5; D = (2, 3/2); theta = 2 kappa."""
    made = ExactPoint(2, (fmpq(2), fmpq(1)), (identity(2),) * 3)
    rho = fmpq(4, 25)
    relative = fmpq(2, 4) - fmpq(3, 2)
    assert checks.measure_exact(made) == [[rho], [rho * relative**2 / 2], [fmpq(1, 5)], [0]]


def test_the_form_is_that_of_floats_and_its_trace_the_scalar_curvature() -> None:
    made = point(PointKey(3, 2, Stratum.SIMPLE, -1, 0, 5))
    g = metric(made)
    form = ricci_of(g)
    trace = g.value.inv() * form
    assert sum((trace[k, k] for k in range(4)), fmpq(0)) == scalar_curvature_of(g)
    W = np.array([[float(made.W[i, l]) for l in (0, 1)] for i in (0, 1)])
    units = [np.eye(4)[k].reshape(2, 2).T for k in range(4)]  # column-major
    found = [[ricci(one, other, W, 3) for other in units] for one in units]
    assert np.array(form.tolist(), dtype=float) == pytest.approx(np.array(found), abs=1e-9)


def test_what_is_measured_is_not_called_proved() -> None:
    """The derivation is about the sums; that they are curvature is decided at points alone."""
    claim = CLAIMS["ricci-sectional"]
    proof = derive_claim(claim)
    assert proof.verdict is Verdict.PROVED
    assert not claim.empirical.intersection(proof.established)
