"""The claim metric-diagonalization: small entries are seen, and the metric of N = 2 and 3."""

from fractions import Fraction
from typing import Any

import pytest
from flint import arb_mat

from dlnproof import Grid, check
from dlnproof.core.verdict import Verdict
from dlnproof.numeric.exact.exact_geometry import eigenvectors
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum, point
from dlnproof.numeric.exact.pullback import metric_pullback
from dlnproof.quantities import metric

ID = "metric-diagonalization"


def test_at_depth_one_no_wrong_variant_differs_and_that_is_no_pass() -> None:
    [claim] = check([ID], grid=Grid(depths=(1,)), expression="exact").claims
    assert claim.verdict is Verdict.VACUOUS


def test_a_small_entry_is_not_hidden_by_a_large_one(monkeypatch: pytest.MonkeyPatch) -> None:
    right = metric_pullback
    first = arb_mat([[1, 0, 0, 0]] + [[0] * 4] * 3)

    def wrong(at: ExactPoint, step: Any, digits: int) -> Any:
        K = arb_mat(eigenvectors(at))
        smallest = 1 / at.roots[0] ** (2 * int(at.depth) - 2)
        return right(at, step, digits) + K * first * K.transpose() * smallest / 10**20

    monkeypatch.setattr(metric, "metric_pullback", wrong)
    [claim] = check([ID], grid=Grid(depths=(5,), widths=(2,)), expression="pullback").claims
    assert claim.verdict.fails


def test_what_is_measured_agrees_with_fractions_alone() -> None:
    """N = 2, d = 1: A = (w_1^2 + w_2^2) / 2 = |w|, so g = 1/|w|. N = 3: g = |w|^(-4/3)."""
    for depth in (2, 3):
        at = point(PointKey(depth, 1, Stratum.SIMPLE, -1, 0, 0))
        w = [Fraction(str(f[0, 0])) for f in at.factors]
        assert len({abs(x) for x in w}) == 1
        expected = Fraction(depth) / sum(
            (Fraction(str(at.W[0, 0])) / w[j]) ** 2 for j in range(depth)
        )
        found = (metric.METRIC_ENTRY.values(at)[1, 1], metric.METRIC_DETERMINANT.values(at)[()])
        assert [Fraction(str(value)) for value in found] == [expected, expected]
        assert expected == abs(w[0]) ** (2 - 2 * depth)
