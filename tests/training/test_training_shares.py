"""Shares of runs: Wilson's interval by its definition, and what agrees with a probability."""

import re
from math import comb, sqrt

import numpy as np
import pytest
from scipy.stats import binomtest, norm  # type: ignore[import-untyped]

from dlnproof.core.verdict import Verdict
from dlnproof.training.shares import Share

SHARES = [Share(0, 10), Share(10, 10), Share(3, 7), Share(498, 500), Share(12, 240), Share(1, 1)]


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("confidence", [0.5, 0.95, 0.999])
def test_the_interval_is_wilsons(share: Share, confidence: float) -> None:
    """Its ends are the p with |seen/of - p| = z sqrt(p (1 - p) / of)."""
    z = norm.ppf((1 + confidence) / 2)
    for p in share.interval(confidence):
        error = abs(share.seen / share.of - p)
        assert error == pytest.approx(z * sqrt(max(p * (1 - p), 0) / share.of), abs=1e-9)
    test = binomtest(share.seen, share.of).proportion_ci(confidence, method="wilson")
    assert share.interval(confidence) == pytest.approx((test.low, test.high), abs=1e-12)


@pytest.mark.parametrize("share", SHARES)
def test_it_contains_the_share_and_stays_in_the_unit_interval(share: Share) -> None:
    low, high = share.interval(0.95)
    assert -1e-12 <= low <= share.seen / share.of + 1e-12
    assert share.seen / share.of - 1e-12 <= high <= 1 + 1e-12
    wider = share.interval()
    assert wider[0] <= low + 1e-12
    assert wider[1] >= high - 1e-12


def test_it_is_symmetric() -> None:
    low, high = Share(3, 11).interval()
    assert Share(8, 11).interval() == pytest.approx((1 - high, 1 - low))


def test_it_narrows_like_the_root_of_the_runs() -> None:
    widths = [np.subtract(*Share(n // 2, n).interval(0.95)) for n in (100, 400, 1600, 6400)]
    assert np.diff(np.log2(np.abs(widths))) == pytest.approx([-1, -1, -1], abs=0.03)


def test_what_agrees() -> None:
    share = Share(463, 500)
    assert share.agrees(0.89)
    assert share.agrees(463 / 500)
    assert not share.agrees(0.5)
    assert not share.agrees(0.99)
    assert not Share(0, 500).agrees(0.03)
    assert Share(0, 500).agrees(0.01)
    low, high = share.interval()
    assert share.agrees(low)
    assert share.agrees(high)
    assert not share.agrees(low - 1e-9)
    assert not share.agrees(high + 1e-9)


@pytest.mark.parametrize("p", [0.5, 0.68, 0.9, 0.97])
def test_a_true_probability_nearly_always_agrees(p: float) -> None:
    n = 500
    chance = sum(
        comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1) if Share(k, n).agrees(p)
    )
    assert chance > 0.996  # the interval's own confidence is approximate


@pytest.mark.parametrize("share", [Share(463, 500), Share(395, 500), Share(18, 50), Share(7, 9)])
def test_the_interval_that_is_printed_is_the_one_that_decides(share: Share) -> None:
    found = re.search(r"(\S+)% interval (\S+) to (\S+)\)", str(share))
    assert found is not None
    level, low, high = map(float, found.groups())
    assert (low / 100, high / 100) == pytest.approx(share.interval(level / 100), abs=5.1e-4)
    for k in range(1001):
        inside = low <= k / 10 <= high
        near_an_end = min(abs(k / 10 - low), abs(k / 10 - high)) <= 0.06  # rounded when printed
        assert near_an_end or share.agrees(k / 1000) is inside
        if share.seen <= share.of * k / 1000:
            assert share.exceeds(k / 1000) is Verdict.NOT_OBSERVED
        elif not near_an_end:
            seen = Verdict.UNDECIDED if inside else Verdict.OBSERVED
            assert share.exceeds(k / 1000) is seen


def test_counting() -> None:
    assert Share.where(np.array([True, False, True])) == Share(2, 3)
    assert Share.where([]) == Share(0, 0)
    assert Share.where(np.array([0.0, 2.0]) > 1) == Share(1, 2)


def test_no_runs_say_nothing() -> None:
    assert Share(0, 0).interval() == (0.0, 1.0)
    assert str(Share(0, 0)) == Share(0, 0).count == Share(0, 0).percent == "no runs"
    assert Share(0, 0).exceeds(0.5) is Verdict.VACUOUS


def test_in_words() -> None:
    assert str(Share(1, 4)) == "1 of 4 (25.0%, 99.9% interval 2.0 to 84.5)"
    assert str(Share(498, 500)) == "498 of 500 (99.6%, 99.9% interval 97.2 to 99.9)"
    assert (Share(1, 3).count, Share(1, 3).percent) == ("1 of 3", "33%")
