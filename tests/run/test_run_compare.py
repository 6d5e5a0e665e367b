"""The rules of comparison, on synthetic checks."""

from collections.abc import Callable
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from flint import arb, fmpq

from dlnproof.claims.check import ConvergentCheck, EnclosureCheck, Groups
from dlnproof.core.verdict import Verdict
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.run.compare import (
    Comparison,
    apart,
    compare_convergent,
    compare_enclosed,
    compare_exact,
)

NAN = arb("nan")
DIGITS = 50


@pytest.fixture(autouse=True)
def _precise() -> Any:
    with working_precision(bits_of(80)):
        yield


# --- exact ----------------------------------------------------------------------------------------


def test_equal_rationals_are_exact() -> None:
    assert compare_exact([[fmpq(1, 3)], [fmpq(0)]], [[fmpq(2, 6)], [fmpq(0)]]) == Comparison(
        Verdict.EXACT
    )


def test_the_first_difference_is_the_counterexample() -> None:
    found = compare_exact([[fmpq(1), fmpq(2)]], [[fmpq(1), fmpq(2) + fmpq(1, 10**80)]])
    assert found.verdict is Verdict.REFUTED
    assert (found.left, found.right) == ("2", str(2 + fmpq(1, 10**80)))


@pytest.mark.parametrize("nothing", [[], [[]], [[], []]])
def test_nothing_measured_is_vacuous(nothing: Groups) -> None:
    assert compare_exact(nothing, nothing).verdict is Verdict.VACUOUS
    assert enclosed(nothing, nothing).verdict is Verdict.VACUOUS
    assert converged(lambda h: nothing, nothing).verdict is Verdict.VACUOUS


def test_a_ball_is_not_exact() -> None:
    for pair in ((fmpq(1, 3), arb(1) / 3), (arb(1), fmpq(1)), (NAN, NAN)):
        with pytest.raises(TypeError, match="expected rationals"):
            compare_exact([[pair[0]]], [[pair[1]]])


@pytest.mark.parametrize(
    ("a", "b"), [([[fmpq(1)]], [[fmpq(1)], [fmpq(1)]]), ([[fmpq(1)]], [[fmpq(1), fmpq(1)]])]
)
def test_what_is_not_compared_number_by_number_is_not_compared(a: Groups, b: Groups) -> None:
    with pytest.raises(ValueError, match="zip"):
        compare_exact(a, b)
    with pytest.raises(ValueError, match="zip"):
        enclosed(a, b)
    with pytest.raises(ValueError, match="zip"):
        converged(lambda h: a, b)


# --- enclosed -------------------------------------------------------------------------------------


def enclosed(measured: Groups, predicted: Groups, digits: int = DIGITS) -> Comparison:
    check = EnclosureCheck(
        frozenset({"x"}),
        lambda at: measured,
        lambda parts, at: predicted,
        reach=lambda digits: [fmpq(1, 10 ** (digits // 2))] * len(measured),
    )
    return compare_enclosed(check, measured, predicted, digits)


def test_small_overlapping_balls_enclose() -> None:
    found = enclosed([[arb(1, "1e-30")]], [[fmpq(1)]])
    assert found.verdict is Verdict.ENCLOSED
    assert found.error is not None
    assert Decimal("1e-30") <= found.error < Decimal("1.001e-30")


def test_disjoint_balls_refute_however_close() -> None:
    found = enclosed([[arb(1, "1e-60")]], [[arb(1) + arb("3e-60")]])
    assert found.verdict is Verdict.REFUTED
    assert found.left
    assert found.right


@pytest.mark.parametrize("wide", ["measured", "predicted"])
def test_large_balls_decide_nothing_on_either_side(wide: str) -> None:
    large, small = arb(1, "1e-20"), arb(1)
    measured, predicted = (large, small) if wide == "measured" else (small, large)
    found = enclosed([[measured]], [[predicted]])
    assert (found.verdict, found.why) == (Verdict.UNDECIDED, "the balls are too large")


@pytest.mark.parametrize("bad", [NAN, arb(0, "inf"), arb("inf")])
def test_what_is_not_finite_decides_nothing_wherever_it_stands(bad: arb) -> None:
    for group in permutations([bad, arb(1), arb(2)]):
        for pair in ((group, group), (group, [arb(2)] * 3), ([arb(2)] * 3, group)):
            found = enclosed([list(pair[0])], [list(pair[1])])
            assert not found.verdict.holds


def test_a_refutation_beside_a_nan_is_still_one() -> None:
    assert enclosed([[NAN, arb(1)]], [[arb(1), arb(2)]]).verdict is Verdict.REFUTED


def test_radii_below_the_range_of_floats_are_seen() -> None:
    with working_precision(bits_of(2000)):
        reached, missed = arb(1, arb("1e-1001")), arb(1, arb("1e-999"))
        assert enclosed([[reached]], [[fmpq(1)]], 2000).verdict is Verdict.ENCLOSED
        assert enclosed([[missed]], [[fmpq(1)]], 2000).verdict is Verdict.UNDECIDED


def test_each_group_has_its_own_reach() -> None:
    check = EnclosureCheck(
        frozenset({"x"}),
        lambda at: [],
        lambda parts, at: [],
        reach=lambda digits: [fmpq(1, 10**9), fmpq(1, 100)],
    )
    fine, coarse = [arb(1, "1e-12")], [arb(1, "1e-3")]
    one = [fmpq(1)]
    assert compare_enclosed(check, [fine, coarse], [one, one], 50).verdict is Verdict.ENCLOSED
    assert compare_enclosed(check, [coarse, fine], [one, one], 50).verdict is Verdict.UNDECIDED


# --- convergent -----------------------------------------------------------------------------------


def converged(
    measure: Callable[[fmpq], Groups],
    predicted: Groups,
    *,
    order: int = 4,
    truncates: bool = True,
    digits: int = DIGITS,
) -> Comparison:
    check = ConvergentCheck(
        frozenset({"x"}),
        lambda at, h, digits: measure(h),
        lambda parts, at: predicted,
        order=order,
        truncates=lambda at: truncates,
        ladder=lambda at: (fmpq(1, 32), fmpq(1, 64), fmpq(1, 128)),
        fine=lambda digits: fmpq(1, 10 ** (digits // 4)),
        reach=lambda digits: fmpq(1, 10 ** (4 * digits // 5)),
    )
    ladder = [measure(h) for h in check.ladder(None)]  # type: ignore[arg-type]
    fine = measure(check.fine(digits))
    return compare_convergent(check, ladder, fine, predicted, digits, truncates=truncates)


def test_the_right_limit_at_the_right_order_is_sampled() -> None:
    found = converged(lambda h: [[2 + 3 * h**4 + h**5]], [[fmpq(2)]])
    assert found.verdict is Verdict.SAMPLED
    assert found.order == pytest.approx(4, abs=0.01)
    assert found.error is not None
    assert found.error < Decimal("1e-47")


def test_the_error_is_relative_to_the_largest_of_its_group() -> None:
    found = converged(
        lambda h: [[100 + h**4, 2 + 0 * h], [fmpq(1)]], [[fmpq(100), fmpq(2)], [fmpq(1)]]
    )
    assert found.error == Decimal("1e-50")


@pytest.mark.parametrize("order", [1, 2, 3, 5, 6, 8])
def test_another_order_decides_nothing(order: int) -> None:
    found = converged(
        lambda h: [[2 + h**order / 10 ** (60 - 12 * order if order < 4 else 0)]], [[fmpq(2)]]
    )
    assert found.verdict is Verdict.UNDECIDED
    assert found.order == pytest.approx(order, abs=1e-4)


def test_no_order_where_there_should_be_one_decides_nothing() -> None:
    for measured in (fmpq(2), arb(2, "1e-60")):
        found = converged(lambda h, x=measured: [[x]], [[fmpq(2)]])  # type: ignore[misc]
        assert found.verdict is Verdict.UNDECIDED
        assert "order" in found.why


def test_without_truncation_every_step_is_exact() -> None:
    assert converged(lambda h: [[fmpq(2)]], [[fmpq(2)]], truncates=False).verdict is Verdict.SAMPLED
    found = converged(lambda h: [[2 + h**4]], [[fmpq(2)]], truncates=False)
    assert (found.verdict, found.why) == (
        Verdict.UNDECIDED,
        "an error at coarse steps, expected none",
    )


def test_another_limit_is_refuted() -> None:
    found = converged(lambda h: [[2 + h**4]], [[fmpq(3)]])
    assert found.verdict is Verdict.REFUTED
    assert found.right == "3"
    # and so is one that differs by little, yet more than precision explains
    near = converged(lambda h: [[2 + h**4]], [[2 + fmpq(1, 10**5)]])
    assert near.verdict is Verdict.REFUTED


def test_a_limit_hidden_by_the_coarse_errors_is_undecided() -> None:
    # 1e-12 from the limit: less than the errors of the ladder, which still shrink
    found = converged(lambda h: [[2 + h**4]], [[2 + fmpq(1, 10**12)]])
    assert (found.verdict, found.why) == (Verdict.UNDECIDED, "the error is beyond reach")


def test_slow_convergence_is_undecided_not_refuted() -> None:
    assert converged(lambda h: [[2 + h]], [[fmpq(2)]]).verdict is Verdict.UNDECIDED


def test_a_large_ball_is_undecided_not_refuted() -> None:
    found = converged(lambda h: [[arb(2, 5)]], [[fmpq(3)]])
    assert found.verdict is Verdict.UNDECIDED


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("bad", [NAN, arb(0, "inf")])
@pytest.mark.parametrize("always", [True, False])
def test_nan_is_never_sampled(place: int, bad: arb, always: bool) -> None:
    def measure(h: fmpq) -> Groups:
        group: list[Any] = [2 + h**4] * 3
        if always or h < fmpq(1, 1000):
            group[place] = bad
        return [group]

    found = converged(measure, [[fmpq(2)] * 3])
    assert (found.verdict, found.why) == (Verdict.UNDECIDED, "a number is not finite")
    found = converged(lambda h: [[2 + h**4]], [[NAN]])
    assert found.verdict is Verdict.UNDECIDED


def test_errors_below_the_range_of_floats_are_seen() -> None:
    with working_precision(bits_of(1200)):
        good = converged(lambda h: [[2 + h**4]], [[fmpq(2)]], digits=1000)
        assert good.verdict is Verdict.SAMPLED
        assert good.error == Decimal("5e-1001")
        wrong = converged(
            lambda h: [[2 + h**4 + (fmpq(1, 10**500) if h < fmpq(1, 10**9) else 0)]],
            [[fmpq(2)]],
            digits=1000,
        )
        assert wrong.verdict is Verdict.UNDECIDED


def test_a_group_of_zeros_is_compared_absolutely() -> None:
    assert converged(lambda h: [[h**4]], [[fmpq(0)]]).error == Decimal("1e-48")


# --- predictions that are alike -------------------------------------------------------------------


def test_alike() -> None:
    third = arb(1) / 3
    assert not apart([[fmpq(1, 3)]], [[fmpq(2, 6)]])
    assert apart([[fmpq(1, 3)]], [[fmpq(1, 3) + fmpq(1, 10**90)]]) == {0}
    assert not apart([[third]], [[fmpq(1, 3)]])
    assert apart([[third]], [[third + arb("1e-60")]]) == {0}
    assert apart([[fmpq(0), fmpq(1)]], [[fmpq(0), fmpq(2)]]) == {0}
