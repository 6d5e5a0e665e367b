"""What is looked at along trajectories: against definitions, in batches, and where W is unknown."""

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

import dlnproof
from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training import observables as o
from dlnproof.training.completion import Completion

RNG = np.random.default_rng(5)
W = RNG.standard_normal((2, 3, 3, 4))
PROBLEM = Completion((3, 4), {(0, 1): 1.0, (2, 2): -2.0, (1, 3): 0.5})

ALL: dict[str, Callable[[Any], FloatArray]] = {
    "singular_values": o.singular_values,
    "effective_rank": o.effective_rank,
    "nuclear": lambda W: o.schatten(W, 1),
    "spectral": lambda W: o.schatten(W, math.inf),
    "quasi": lambda W: o.schatten(W, 2 / 3),
    "distance": lambda W: o.distance(W, np.ones((3, 4))),
    "gradient_in_frame": lambda W: o.gradient_in_frame(PROBLEM, W),
    "off_diagonal": lambda W: o.off_diagonal(PROBLEM, W),
}


@pytest.mark.parametrize("name", ALL)
def test_a_batch_is_its_matrices_one_by_one(name: str) -> None:
    together = ALL[name](W)
    for k in np.ndindex(2, 3):
        np.testing.assert_allclose(together[k], ALL[name](W[k]), rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("name", ALL)
def test_what_is_unknown_is_nan_and_takes_nothing_with_it(name: str) -> None:
    unknown = W.copy()
    unknown[1, 0] = np.nan
    unknown[0, 2, 0, 0] = np.inf
    found, expected = ALL[name](unknown), ALL[name](W)
    for k in np.ndindex(2, 3):
        if k in ((1, 0), (0, 2)):
            assert np.isnan(found[k]).all()
        else:
            np.testing.assert_allclose(found[k], expected[k], rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("name", ALL)
def test_a_batch_of_none_is_none(name: str) -> None:
    assert ALL[name](W[:0]).shape == (0, *ALL[name](W).shape[1:])


def test_norms_are_what_numpy_says() -> None:
    for k in np.ndindex(2, 3):
        orders: dict[float, Any] = {1: "nuc", 2: "fro", math.inf: 2}
        for p, order in orders.items():
            expected = np.linalg.norm(W[k], order)
            assert o.schatten(W[k], p) == pytest.approx(expected, rel=1e-13)


def test_a_power_may_be_a_fraction() -> None:
    found = o.schatten(W, Fraction(2, 3))  # type: ignore[arg-type]
    assert found.dtype == np.float64
    np.testing.assert_allclose(found, o.schatten(W, 2 / 3), rtol=1e-14)


def test_a_quasi_norm_of_two_ones() -> None:
    assert o.schatten(np.eye(2), 0.5) == pytest.approx(4, rel=1e-15)
    assert o.schatten(1e-300 * np.eye(2), 2) == pytest.approx(math.sqrt(2) * 1e-300, rel=1e-14)
    assert o.schatten(np.zeros((2, 2)), 0.5) == 0


def test_the_effective_rank_is_the_packages() -> None:
    np.testing.assert_allclose(o.effective_rank(W), dlnproof.effective_rank(W), rtol=1e-13)
    assert np.isnan(o.effective_rank(np.zeros((2, 2))))


def test_the_distance_is_frobenius() -> None:
    assert o.distance([[3.0, 4.0]], [[0, 0]]) == 5
    assert o.distance([[3e200, 4e200]], [[0, 0]]) == pytest.approx(5e200)
    assert o.distance([[3e-200, 4e-200]], [[0, 0]]) == pytest.approx(5e-200)


def test_the_distance_to_what_is_not_known_in_full_is_not_known() -> None:
    truths = [[[1, math.nan], [0, 1]], np.eye(2)]
    np.testing.assert_array_equal(o.distance(2 * np.eye(2), truths), [math.nan, math.sqrt(2)])


def test_the_gradient_in_the_frame_has_the_definition() -> None:
    U, _, Vt = np.linalg.svd(W[0, 1], full_matrices=False)
    expected = U.T @ PROBLEM.gradient(W[0, 1]) @ Vt.T
    found = o.gradient_in_frame(PROBLEM, W[0, 1])
    np.testing.assert_allclose(found, expected, rtol=1e-12)
    without = expected - np.diag(np.diag(expected))
    assert o.off_diagonal(PROBLEM, W[0, 1]) == pytest.approx(np.linalg.norm(without), rel=1e-12)
    assert o.off_diagonal(PROBLEM, W[0, 1]) > 0.1


def test_nothing_is_off_the_diagonal_where_the_frames_rest() -> None:
    diagonal = Completion((2, 2), {(0, 0): 1, (1, 1): 1})
    assert o.off_diagonal(diagonal, np.diag([3.0, 0.5])) == 0


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: o.schatten(W, 0), "p: got 0, expected a number > 0"),
        (lambda: o.schatten(W, math.nan), "p: got nan"),
        (lambda: o.schatten(W, "2"), "p: got '2'"),  # type: ignore[arg-type]
        (lambda: o.off_diagonal(PROBLEM, np.eye(4)), r"W: got shape \(4, 4\), expected"),
        (lambda: o.singular_values([1, 2]), r"W: got shape \(2,\)"),
        (lambda: o.singular_values(np.zeros((2, 0))), r"W: got shape \(2, 0\)"),
        (lambda: o.singular_values([["a"]]), "W: got <U1 entries"),
        (lambda: o.distance(W, np.eye(3)), r"truth: got shape \(3, 3\), expected that of W"),
    ],
)
def test_what_is_no_batch_of_matrices_is_refused(ask: Callable[[], Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        ask()
