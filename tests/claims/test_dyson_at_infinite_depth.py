"""The Laplacian at infinite depth: by hand, at coincidences, and as a limit, in floats."""

from importlib import import_module
from math import exp, inf, log

import pytest
from flint import arb, arb_mat, fmpq

from dlnproof import Grid, check
from dlnproof.claims import CLAIMS
from dlnproof.core.verdict import Verdict
from dlnproof.numeric.exact import limit_laplacian
from dlnproof.numeric.exact.exact_geometry import kronecker
from dlnproof.numeric.exact.laplacian import limit_laplacian as laplacian
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum, point
from dlnproof.run.jobs import alone, derive_claim

checks = import_module("dlnproof.checks.limits.dyson_at_infinite_depth")
CLAIM = CLAIMS["dyson-at-infinite-depth"]


def made(width: int, stratum: Stratum = Stratum.SIMPLE) -> ExactPoint:
    return point(PointKey(inf, width, stratum, 1, 0, 0))


def test_of_one_number_by_hand() -> None:
    """On w = e^x the metric is dx^2: of w^2 and w^4 the Laplacians are 4 w^2 and 16 w^4."""
    at = made(1)
    [w] = at.sigma
    with alone(50):
        (square, fourth, logarithm), own = laplacian(
            at, lambda W: [*checks.traces(W), checks.log_determinant(W)]
        )
        assert square.overlaps(arb(4 * w**2))
        assert fourth.overlaps(arb(16 * w**4))
        assert logarithm.contains(0)
        assert own[0].overlaps(arb(w))


def test_where_values_coincide_the_entries_are_their_laplacians() -> None:
    at = made(3, Stratum.PAIR)
    with alone(50):
        _, entries = laplacian(at, lambda W: [])
        for k, x in enumerate(entries):
            i, l = k % 3, k // 3
            assert (x - (at.sigma[i] if i == l else 0)).contains(0)


@pytest.mark.parametrize(("one", "other"), [(0.7, -0.4), (0.2, 0.1)])
def test_it_is_the_limit_of_the_drift_at_finite_depth(one: float, other: float) -> None:
    """In x = N log t the Laplacian of t is t^-2 (d_x^2 - d_x / N), and 2 t / (t^2 - u^2) d_t."""
    found = []
    for depth in (10**4, 10**5):
        t, u = exp(one / depth), exp(other / depth)
        # (1/N^2) 2 t / (t^2 - u^2) (N / t) d_x, and what d_t^2 has besides
        found.append((2 / (t**2 - u**2) - 1 / t**2) / depth)
    limit = 1 / (one - other)
    assert found[1] == pytest.approx(limit, rel=1e-4)
    assert abs(found[1] - limit) < abs(found[0] - limit) / 5
    values = 2 / (log(exp(one) ** 2) - log(exp(other) ** 2))
    assert values == pytest.approx(limit, rel=1e-12)


def test_a_wrong_integral_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    right = limit_laplacian.LimitMetric.integral

    def wrong(self: object, *indices: int) -> arb:
        found: arb = right(self, *indices)
        return found * (1 + arb("1e-3")) if len(indices) == 3 else found

    monkeypatch.setattr(limit_laplacian.LimitMetric, "integral", wrong)
    grid = Grid(depths=(inf,), widths=(2,))
    [claim] = check([CLAIM.id], grid=grid, expression="enclosure").claims
    assert claim.verdict is Verdict.REFUTED


def test_both_measurements_have_one_metric() -> None:
    at = made(2)
    with alone(30):
        d2 = at.width**2
        frame = arb_mat(kronecker(at.V, at.U))
        whole = limit_laplacian.EntryLattice(at, fmpq(1, 100)).metric((0,) * d2)
        apart = frame.transpose() * whole * frame - limit_laplacian.LimitMetric(at).value
        assert all(abs(x) < arb("1e-25") for x in apart.entries())


def test_what_is_measured_is_not_called_proved() -> None:
    """The metric, its volume and the limits are proved; what makes a Laplacian of them is not."""
    assert CLAIM.empirical == {"drift", "laplacian"}
    proof = derive_claim(CLAIM)
    assert proof.verdict is Verdict.PROVED
    assert set(proof.established) == {"radial", "volume", "opposite", "pair", "value"}
