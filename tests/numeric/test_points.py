"""Exact points: on the balanced manifold, in their stratum, the same everywhere."""

import subprocess
import sys
from itertools import pairwise
from math import inf

import pytest
from flint import fmpq

from dlnproof.numeric.exact.points import (
    ExactPoint,
    PointKey,
    Stratum,
    cayley,
    diagonal,
    identity,
    point,
)

KEYS = [
    PointKey(depth, width, stratum, sign, index, seed)
    for depth in (1, 2, 3, inf)
    for width in (1, 2, 3, 4)
    for stratum in Stratum
    if stratum.exists(width)
    for sign in (1, -1)
    for index in (0, 1)
    for seed in (0, 7)
]


def test_frames_are_orthogonal_and_w_has_its_sign() -> None:
    for key in KEYS:
        at = point(key)
        for Q in at.frames:
            assert Q.transpose() * Q == identity(key.width)
        assert len(at.frames) == (2 if key.depth == inf else int(key.depth) + 1)
        assert at.U.det() * at.V.det() == key.sign
        assert at.W.det() * key.sign > 0 or key.stratum is Stratum.DEFICIENT
        assert at.width == key.width


def test_both_components_of_the_group_occur_in_every_place() -> None:
    frames = [point(key).frames for key in KEYS if key.depth == 3 and key.width == 2]
    for j in range(4):
        assert {int(Qs[j].det()) for Qs in frames} == {1, -1}
    signs = {(int(Qs[0].det()), int(Qs[-1].det())) for Qs in frames}
    assert len(signs) == 4


def test_frames_are_not_signed_permutations() -> None:
    frames = [Q for key in KEYS if key.width >= 2 for Q in point(key).frames]
    assert all(any(x not in (-1, 0, 1) for x in Q.entries()) for Q in frames)
    # nor do they fix a coordinate, but for a few
    fixing = [Q for Q in frames if any(x in (-1, 1) for x in Q.entries())]
    assert len(fixing) < len(frames) / 20


def test_factors_are_balanced_and_multiply_to_w() -> None:
    for key in KEYS:
        if key.depth == inf:
            continue
        at = point(key)
        W = identity(key.width)
        for factor in at.factors:
            W = factor * W
        assert W == at.W == at.U * diagonal(at.sigma) * at.V.transpose()
        for before, after in pairwise(at.factors):
            assert after.transpose() * after == before * before.transpose()


def test_each_point_lies_in_its_stratum() -> None:
    for key in KEYS:
        at = point(key)
        t = at.roots
        positive = t[: at.rank]
        gaps = [1 - b / a for a, b in pairwise(positive)]
        assert all(x > 0 for x in positive)
        assert (at.rank < key.width) == (key.stratum is Stratum.DEFICIENT)
        if key.stratum is Stratum.DEFICIENT:
            assert at.rank == (key.width - 1 if key.sign == 1 else 1)
            continue
        assert all(gap >= 0 for gap in gaps)
        assert at.distinct == all(gaps)
        match key.stratum:
            case Stratum.PAIR:
                assert gaps[0] == 0
                assert all(gaps[1:])
            case Stratum.EQUAL:
                assert not any(gaps)
            case Stratum.NEAR:
                assert 0 < gaps[0] <= fmpq(1, 10**6)
                assert all(gap > fmpq(1, 100) for gap in gaps[1:])
            case Stratum.TINY:
                assert t[-1] < fmpq(1, 1000)
                assert key.width == 1 or t[-1] < t[0] / 1000
            case Stratum.SIMPLE:
                assert t[-1] > fmpq(1, 10)
                assert all(gap > fmpq(1, 100) for gap in gaps)


def test_the_gaps_of_near_coincidences_reach_beyond_double_precision() -> None:
    gaps = {1 - point(k).roots[1] / point(k).roots[0] for k in KEYS if k.stratum is Stratum.NEAR}
    assert gaps == {fmpq(1, 10**k) for k in (6, 12, 24)}


def test_singular_values_are_powers_of_the_roots() -> None:
    frames = (identity(2), identity(2))
    assert ExactPoint(3, (fmpq(2), fmpq(1, 2)), frames).sigma == (fmpq(8), fmpq(1, 8))
    assert ExactPoint(inf, (fmpq(2), fmpq(1, 2)), frames).sigma == (fmpq(2), fmpq(1, 2))
    sigma, root, log = ExactPoint(3, (fmpq(2),), frames).levels()[0]
    assert (sigma, root) == (fmpq(8), fmpq(2))
    assert log.overlaps(6 * (log * 0 + 2).log())
    # at infinite depth the root is 1
    assert ExactPoint(inf, (fmpq(5),), frames).levels()[0][1] == 1


def test_keys_make_different_points_and_equal_keys_the_same() -> None:
    assert len({str((point(k).W, point(k).roots)) for k in KEYS if k.width > 1}) > 0.99 * sum(
        k.width > 1 for k in KEYS
    )
    for key in KEYS[:20]:
        assert point(key).frames == point(PointKey(*vars(key).values())).frames


def test_a_point_is_the_same_in_another_process() -> None:
    script = (
        "from dlnproof.numeric.exact.points import *\n"
        "at = point(PointKey(2, 3, Stratum.NEAR, -1, 1, 7))\n"
        "print(at.roots, [Q.entries() for Q in at.frames])"
    )
    at = point(PointKey(2, 3, Stratum.NEAR, -1, 1, 7))
    for seed in ("0", "1"):
        done = subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == f"{at.roots} {[Q.entries() for Q in at.frames]}"


def test_one_point_for_ever() -> None:
    """The points of published records: a change here makes old counterexamples unrepeatable."""
    at = point(PointKey(1, 2, Stratum.SIMPLE, 1, 0, 0))
    assert at.roots == (fmpq(9, 5), fmpq(8, 5))
    assert [str(x) for x in at.U.entries()] == ["-5/13", "12/13", "12/13", "5/13"]


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_the_cayley_transform_of_a_skew_matrix_is_a_rotation(size: int) -> None:
    skew = diagonal((fmpq(0),) * size)
    for row in range(size):
        for column in range(row):
            skew[row, column] = fmpq(row + 1, column + 2)
            skew[column, row] = -skew[row, column]
    Q = cayley(skew)
    assert Q * Q.transpose() == identity(size)
    assert Q.det() == 1
