"""Singular values that rounding of the entries can make: each group is named, and nothing else."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from flint import arb, fmpq

from dlnproof.numeric.balls.evaluate import evaluate
from dlnproof.numeric.matrix_file import read_matrix
from dlnproof.numeric.rounding import EXACT, rounding_warnings

EPSILON = fmpq(1, 2**52)


def named(
    *sigma: fmpq | int, sizes: Sequence[int] | None = None, width: int = 4, entries: str = "float64"
) -> list[str]:
    """Return what the warnings are about: each sentence up to its first figure."""
    balls = [arb(value) for value in sigma]
    found = rounding_warnings(balls, sizes or [1] * len(sigma), width, entries)
    return [sentence.partition(" sigma_1, no more")[0].rpartition(" ")[0] for sentence in found]


def test_gaps_are_compared_with_d_eps_sigma_1() -> None:
    assert named(8, 8 - 33 * EPSILON, 1) == []  # more than 4 eps 8
    assert named(8, 8 - 32 * EPSILON, 1) == ["sigma_1 - sigma_2 ="]
    assert named(8, 1, 33 * EPSILON) == []
    assert named(8, 1, 32 * EPSILON) == ["sigma_3 ="]
    assert named(8, 8 - 33 * EPSILON, 1, width=5) == ["sigma_1 - sigma_2 ="]


def test_each_group_is_one_sentence() -> None:
    near = [2 + k * EPSILON for k in (20, 14, 8)]
    assert named(*near, 1 + EPSILON, 1) == ["sigma_1 - sigma_3 =", "sigma_4 - sigma_5 ="]
    assert named(2, 3 * EPSILON, 2 * EPSILON, EPSILON) == ["sigma_2, ..., sigma_4 <="]
    assert named(*near, EPSILON) == ["sigma_1 - sigma_3 =", "sigma_4 ="]


def test_exact_coincidences_and_zeros_are_no_rounding_but_are_counted() -> None:
    assert named(2, 1, sizes=[2, 2]) == []
    assert named(2, sizes=[2]) == []  # and two zeros
    assert named() == []
    assert named(2, 1 + EPSILON, 1, sizes=[2, 1, 1]) == ["sigma_3 - sigma_4 ="]
    assert named(2, EPSILON, sizes=[1, 2], width=4) == ["sigma_2, ..., sigma_3 <="]


@pytest.mark.parametrize(("entries", "bits"), [("float16", 10), ("float32", 23), ("float64", 52)])
def test_the_rounding_is_that_of_the_entries(entries: str, bits: int) -> None:
    assert named(1, fmpq(4, 2**bits), entries=entries) == ["sigma_2 ="]
    assert named(1, fmpq(5, 2**bits), entries=entries) == []


def test_of_exact_entries_it_is_said_that_they_may_be_meant() -> None:
    sigma = [arb(1), arb(EPSILON)]
    [meant] = rounding_warnings(sigma, [1, 1], 2, EXACT)
    [rounded] = rounding_warnings(sigma, [1, 1], 2, "float64")
    assert meant == f"{rounded[:-1]}, unless the entries are meant exactly."


@pytest.mark.parametrize("width", [3, 8, 30])
@pytest.mark.parametrize("kind", ["float32", "float64"])
def test_matrices_rounded_from_coincident_and_singular_ones_are_warned_of(
    kind: str, width: int, tmp_path: Path
) -> None:
    """The bound is Weyl's: each singular value moves by at most the norm of the rounding."""
    rng = np.random.default_rng(width)
    for sigma in (np.ones(width), np.r_[np.arange(width, 1, -1.0), 0.0]):
        U, V = (np.linalg.qr(rng.standard_normal((width, width)))[0] for _ in "UV")
        np.save(tmp_path / "W.npy", ((U * sigma) @ V).astype(kind))
        read = read_matrix(tmp_path / "W.npy")
        assert read.entries == kind
        [warning] = evaluate(read.matrix, 2, entries=read.entries).warnings
        assert f"rounding to {kind}" in warning
        generic = rng.standard_normal((width, width)).astype(kind)
        np.save(tmp_path / "W.npy", generic)
        read = read_matrix(tmp_path / "W.npy")
        assert evaluate(read.matrix, 2, entries=read.entries).warnings == ()
