"""Counts in fixed bins: they add up, and what they say of a quantile holds."""

from math import inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlnproof.errors import InputError
from dlnproof.training import Bins

BINS = Bins(-1, 2, 7)
values = st.lists(st.one_of(st.floats(-2, 3), st.sampled_from([-inf, inf, *BINS.edges.tolist()])))


@settings(max_examples=100, deadline=None)
@given(values, values)
def test_counts_of_parts_add_up(one: list[float], other: list[float]) -> None:
    assert (BINS.counts(one) + BINS.counts(other)).tolist() == BINS.counts(one + other).tolist()


@settings(max_examples=200, deadline=None)
@given(values.filter(bool), st.floats(0.001, 1))
def test_the_quantile_lies_in_the_bin_that_is_named(found: list[float], share: float) -> None:
    low, high = BINS.quantile(BINS.counts(found), share)
    exact = sorted(found)[int(np.ceil(share * len(found))) - 1]
    assert low <= exact < high or exact == high == inf
    assert high - low == pytest.approx(3 / 7) or inf in (-low, high)


def test_a_value_on_an_edge_is_in_the_bin_above_and_ends_are_outside() -> None:
    assert Bins(0, 1, 2).bins([[-1e-300, 0, 0.5], [1, inf, -inf]]).tolist() == [
        [0, 1, 2],
        [3, 3, 0],
    ]


@pytest.mark.parametrize(
    ("refused", "why"),
    [
        (lambda: Bins(1, 1, 3), r"bins: got the ends 1 and 1, expected finite ones"),
        (lambda: Bins(0, inf, 3), r"bins: got the ends 0 and inf"),
        (lambda: Bins(0, 1, 0), r"count: got 0, expected an integer >= 1"),
        (lambda: BINS.counts([1, nan]), r"values: got 1 NaN of 2, which no bin holds"),
        (lambda: BINS.quantile(BINS.counts([]), 0.5), r"counts: got 0 values in 9 bins"),
        (lambda: BINS.quantile([1, 2], 0.5), r"counts: got 3 values in 2 bins"),
        (lambda: BINS.quantile(BINS.counts([1]), 0), r"share: got 0, expected a number > 0"),
    ],
)
def test_what_is_refused(refused: object, why: str) -> None:
    with pytest.raises(InputError, match=why):
        refused()  # type: ignore[operator]
