"""Decisions in balls: a sign, an inertia, or undecided; and the precision they are made in."""

import flint
import numpy as np
import pytest
from flint import arb, arb_mat, fmpq_mat
from hypothesis import given, settings
from hypothesis import strategies as st
from inertia import Inertia, Sign, inertia, sign

from dlnproof.language.precision import bits_of, working_precision


@pytest.mark.parametrize(
    ("ball", "expected"),
    [
        (arb("2 +/- 1"), Sign.POSITIVE),
        (arb("-2 +/- 1"), Sign.NEGATIVE),
        (arb("0 +/- 1"), Sign.UNDECIDED),
        (arb("1 +/- 1.5"), Sign.UNDECIDED),
        (arb(0), Sign.ZERO),
        (arb(1) - arb(1), Sign.ZERO),
        (arb("0.1") - arb("0.1"), Sign.UNDECIDED),  # 0.1 is a ball
        (arb("nan"), Sign.UNDECIDED),
        (arb("inf"), Sign.POSITIVE),
    ],
)
def test_the_sign_of_a_ball(ball: arb, expected: Sign) -> None:
    assert sign(ball) is expected


def test_overlapping_balls_have_an_undecided_difference() -> None:
    assert sign(arb("1 +/- 0.1") - arb("1.1 +/- 0.1")) is Sign.UNDECIDED
    assert sign(arb("1 +/- 0.1") - arb("2 +/- 0.1")) is Sign.NEGATIVE


def matrix(*rows: list[int | str]) -> arb_mat:
    return arb_mat([[arb(entry) for entry in row] for row in rows])


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (matrix([2, 1], [1, 2]), Inertia(2, 0, 0)),
        (matrix([-2, 1], [1, -2]), Inertia(0, 0, 2)),
        (matrix([1, 2], [2, 1]), Inertia(1, 0, 1)),
        (matrix([1, 1], [1, 1]), Inertia(1, 1, 0)),
        (matrix([0, 0], [0, 0]), Inertia(0, 2, 0)),
        (matrix([1, 0, 0], [0, 0, 0], [0, 0, 0]), Inertia(1, 2, 0)),
        (matrix([0, 1], [1, 0]), None),  # no pivot, though the inertia is (1, 0, 1)
        (matrix([1, 0, 0], [0, 0, 1], [0, 1, 0]), None),
        (matrix(["1 +/- 2"]), None),
        (matrix([1, "1 +/- 1e-9"], ["1 +/- 1e-9", 1]), None),  # near a singular matrix
        (matrix([1, "0.9 +/- 1e-9"], ["0.9 +/- 1e-9", 1]), Inertia(2, 0, 0)),
        (matrix([1, 0], [0, "0 +/- 1e-30"]), None),  # small is not zero
        (arb_mat(0, 0), Inertia(0, 0, 0)),
    ],
)
def test_inertia(of: arb_mat, expected: Inertia | None) -> None:
    assert inertia(of) == expected


@pytest.mark.parametrize("of", [arb_mat(2, 3), arb_mat(3, 2), matrix([1, 5], [0, 1])])
def test_inertia_is_of_symmetric_matrices(of: arb_mat) -> None:
    with pytest.raises(ValueError, match="symmetric"):
        inertia(of)


@settings(deadline=None)  # the first example pays for imports
@given(st.lists(st.integers(-4, 4), min_size=6, max_size=6), st.integers(0, 3))
def test_inertia_is_never_wrong(entries: list[int], radius: int) -> None:
    a, b, c, d, e, f = entries
    rows = [[a, b, c], [b, d, e], [c, e, f]]
    exact = arb_mat([[arb(entry, radius * 1e-3) for entry in row] for row in rows])
    found = inertia(exact)
    if found is not None:
        values = np.linalg.eigvalsh(np.array(rows, dtype=float))
        assert found.positive == (values > 1e-9).sum()
        assert found.negative == (values < -1e-9).sum()
        assert found.zero == 3 - found.positive - found.negative
    if radius == 0 and fmpq_mat(rows).det() != 0 and a and a * d != b * b:
        assert found is not None  # every leading minor is nonzero


def test_precision_is_set_and_restored() -> None:
    before = flint.ctx.prec
    with working_precision(200):
        assert flint.ctx.prec == 200
        with working_precision(300):
            assert float(arb(2).sqrt().rad()) < 2.0**-298
        assert flint.ctx.prec == 200
    assert flint.ctx.prec == before


def test_precision_is_restored_after_an_exception() -> None:
    before = flint.ctx.prec
    with pytest.raises(ZeroDivisionError), working_precision(before + 100):
        raise ZeroDivisionError
    assert flint.ctx.prec == before


def test_an_impossible_precision_changes_nothing() -> None:
    before = flint.ctx.prec
    with pytest.raises(ValueError, match="prec"), working_precision(-1):
        pass
    assert flint.ctx.prec == before


@settings(deadline=None)
@given(st.integers(0, 2000))
def test_bits_carry_the_digits(digits: int) -> None:
    assert 2 ** bits_of(digits) >= 10**digits
    assert 2 ** (bits_of(digits) - 1) <= 10**digits
