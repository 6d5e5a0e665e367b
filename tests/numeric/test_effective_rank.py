"""The effective rank: against 60 digits, and what its definition says of it."""

import math
from typing import Any

import mpmath
import numpy as np
import pytest

from dlnproof import effective_rank, training
from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import FloatArray

EPSILON = np.finfo(np.float64).eps


def exact(W: FloatArray) -> Any:
    """Return the definition in 60 digits, as Roy and Vetterli write it."""
    with mpmath.workdps(60):
        sigma = mpmath.svd_r(mpmath.matrix(W.tolist()), compute_uv=False)
        p = [value / mpmath.fsum(sigma) for value in sigma]
        return mpmath.exp(-mpmath.fsum(x * mpmath.log(x) for x in p if x > 0))


def spectra(size: int, rng: np.random.Generator) -> list[FloatArray]:
    """Singular values that are spread, wide apart, nearly equal, and next to nothing."""
    return [
        rng.random(size),
        10.0 ** (-16 * rng.random(size)),
        1 + 1e-9 * rng.random(size),
        np.r_[1.0, np.full(size - 1, 1.001 * size * EPSILON)],
        np.r_[1.0, np.full(size - 1, 0.9 * size * EPSILON)],
    ]


@pytest.mark.parametrize("shape", [(1, 1), (2, 2), (3, 3), (8, 8), (2, 5), (8, 3), (1, 4)])
def test_the_error_is_within_the_guarantee(shape: tuple[int, int]) -> None:
    rng = np.random.default_rng(shape)
    d, e = shape
    for sigma in spectra(min(shape), rng):
        for scale in (1e-250, 1.0, 1e250):
            U, V = (np.linalg.qr(rng.standard_normal((n, n)))[0] for n in shape)
            W = scale * (U[:, : min(shape)] * sigma) @ V[: min(shape)]
            assert W.shape == (d, e)
            expected = exact(W)
            assert abs(effective_rank(W) - expected) <= 1e-12 * expected


@pytest.mark.parametrize("shape", [(2, 2), (3, 3), (2, 4)])
def test_it_lies_between_one_and_the_rank(shape: tuple[int, int]) -> None:
    rng = np.random.default_rng(0)
    for W in rng.standard_normal((20, *shape)):
        assert 1 < effective_rank(W) < min(shape)
        assert effective_rank(W) == pytest.approx(effective_rank(W.T), rel=1e-12)
    assert effective_rank(np.eye(*shape)) == pytest.approx(min(shape), rel=1e-15)


def test_a_matrix_of_rank_one_has_one_however_rounding_falls() -> None:
    for u, v in np.random.default_rng(1).standard_normal((50, 2, 4)):
        assert effective_rank(np.outer(u, v)) == 1


def test_batches_and_the_matrix_that_has_none() -> None:
    W = np.array([[np.eye(2), np.zeros((2, 2)), np.diag([2.0, 1.0])]])
    found = effective_rank(W)
    assert found.shape == (1, 3)
    np.testing.assert_allclose(found, [[2, math.nan, 3 / 2 ** (2 / 3)]], rtol=1e-15)
    assert math.isnan(effective_rank([[0, 0, 0]]))
    assert effective_rank(np.empty((0, 2, 3))).shape == (0,)


def test_training_runs_have_the_same() -> None:
    problem = training.Completion((2, 2), {(0, 0): 1, (1, 1): 1})
    runs = training.train(problem, depth=2, runs=5, scale=0.1, stop_loss=1e-3)
    np.testing.assert_allclose(effective_rank(runs.W), runs.effective_rank, rtol=1e-10)


@pytest.mark.parametrize(
    ("W", "fragments"),
    [
        ([1.0, 2.0], ["got shape (2,)", "expected (..., m, n)", "batch"]),
        (np.ones((3, 0)), ["got shape (3, 0)", ">= 1"]),
        ([[1.0, math.nan]], ["got nan at index (0, 1)"]),
        (1j * np.eye(2), ["got complex128 entries"]),
    ],
)
def test_what_has_no_effective_rank_is_refused(W: Any, fragments: list[str]) -> None:
    with pytest.raises(InputError) as refused:
        effective_rank(W)
    assert str(refused.value).startswith("W: ")
    assert all(fragment in str(refused.value) for fragment in fragments)
