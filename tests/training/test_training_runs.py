"""The outcomes of a batch: what is derived from the singular values, and joining batches."""

import math

import numpy as np
import pytest

from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training.completion import Completion
from dlnproof.training.runs import ARRAYS, Ending, Runs, joined

PROBLEM = Completion((2, 2), {(0, 0): 1})


def runs_with(logs: FloatArray) -> Runs:
    """Return runs of which only the singular values matter."""
    n = len(logs)
    ending = np.array([Ending.REACHED, Ending.DIVERGED] * n)[:n]
    zeros = np.zeros(n)
    sign, steps = np.ones(n, dtype=np.int8), np.arange(n)
    W_at, W_at_time = np.zeros((n, 1, 2, 2)), np.ones((n, 2, 2, 2)) * steps[:, None, None, None]
    ended = (np.zeros((n, 2, 2)), zeros, logs, sign, ending, steps, zeros)
    return Runs(PROBLEM, {}, *ended, (1.0,), W_at, (0.0, 2.0), W_at_time)


def test_the_effective_rank_is_the_exponential_of_the_entropy() -> None:
    logs = np.array([[0.0, 0], [5, 5], [0, -math.inf], [3, -2000], [math.log(3), 0]])
    entropy = -0.75 * math.log(0.75) - 0.25 * math.log(0.25)
    np.testing.assert_allclose(
        runs_with(logs).effective_rank, [2, 2, 1, 1, math.exp(entropy)], rtol=1e-15
    )


def test_the_effective_rank_of_zero_is_no_number() -> None:
    assert np.isnan(runs_with(np.full((1, 2), -math.inf)).effective_rank).all()


def test_the_norms_are_those_of_the_singular_values() -> None:
    norms = runs_with(np.log([[4.0, 3.0], [2.0, 1e-300]])).norms
    np.testing.assert_allclose(norms["frobenius"], [5, 2], rtol=1e-15)
    np.testing.assert_allclose(norms["nuclear"], [7, 2], rtol=1e-15)
    np.testing.assert_allclose(norms["spectral"], [4, 2], rtol=1e-15)


def test_joined_runs_are_the_parts_in_order() -> None:
    parts = [runs_with(np.zeros((2, 2))), runs_with(np.ones((3, 2)))]
    whole = joined(PROBLEM, {"seed": 0}, parts)
    assert len(whole) == 5
    assert whole.reached.tolist() == [True, False, True, False, True]
    assert (whole.levels, whole.settings) == ((1.0,), {"seed": 0})
    assert whole.times == whole.take([1]).times == (0.0, 2.0)
    assert whole.take([1]).W_at_time.tolist() == [[[[1.0, 1.0]] * 2] * 2]
    for name in ARRAYS:
        np.testing.assert_array_equal(
            getattr(whole, name), np.concatenate([getattr(part, name) for part in parts])
        )


@pytest.mark.parametrize("ending", Ending)
def test_an_ending_is_the_word_it_is_stored_as(ending: Ending) -> None:
    assert np.array([ending.value])[0] == ending
