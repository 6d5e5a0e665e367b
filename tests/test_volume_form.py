"""The claim volume-form: its routes, its wrong variants, and what the slides print."""

from collections.abc import Callable
from fractions import Fraction
from importlib import import_module
from itertools import permutations
from math import prod
from typing import Any

import pytest
from flint import arb

from dlnproof import Grid, check
from dlnproof.claims import VOLUME_FORM
from dlnproof.core.verdict import Route, Verdict
from dlnproof.numeric import charts
from dlnproof.numeric.points import ExactPoint, PointKey, Stratum, point
from dlnproof.record import ClaimRecord
from dlnproof.run.jobs import alone
from dlnproof.run.point import comparer

volume_form = import_module("dlnproof.checks.volume_form")
ID = "volume-form"
GRID = Grid(depths=(1, 2, 3), widths=(1, 2, 3))

Matrix = list[list[Fraction]]


def test_every_route_confirms_it() -> None:
    [claim] = check([ID], grid=GRID).claims
    assert claim.verdict is Verdict.PROVED
    assert [(e.route, e.verdict) for e in claim.evidence] == [
        (Route.DERIVATION, Verdict.PROVED),
        (Route.EXACT, Verdict.EXACT),
        (Route.PULLBACK, Verdict.SAMPLED),
    ]


def test_every_route_rejects_every_wrong_variant(in_default: Callable[[str], ClaimRecord]) -> None:
    for evidence in in_default(ID).evidence:
        assert (evidence.tried, evidence.survivors) == (6, ())


def test_the_order_is_observed_wherever_the_density_is_not_constant(
    in_default: Callable[[str], ClaimRecord],
) -> None:
    pullback = in_default(ID).evidence[2].details
    assert (pullback["points"], pullback["order_points"]) == (160, 106)  # 50 coincide, 4 are 1 x 1
    assert pullback["order"] == [4.0, 4.0]


def test_a_wrong_factor_is_no_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    right = ExactPoint.factors.func  # type: ignore[attr-defined]
    wrong = property(lambda at: tuple(f * (1 + (k == 0)) for k, f in enumerate(right(at))))
    monkeypatch.setattr(ExactPoint, "factors", wrong)
    [claim] = check([ID], grid=GRID, expression="exact").claims
    # at depths >= 2 det A may have no rational root any more, which is an error, not a pass
    assert claim.verdict in (Verdict.REFUTED, Verdict.ERROR)
    [claim] = check([ID], grid=Grid(depths=(2,), widths=(1,)), expression="exact").claims
    assert not claim.verdict.holds


def test_a_factor_wrong_in_the_thirtieth_digit_is_not_sampled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = charts.balanced

    def wrong(*given: Any) -> charts.Factors:
        first, *rest = right(*given)
        return (first * (1 + arb("1e-30")), *rest)

    monkeypatch.setattr(charts, "balanced", wrong)
    [claim] = check([ID], grid=Grid(depths=(2,), widths=(2,)), expression="pullback").claims
    assert not claim.verdict.holds


def test_the_sign_of_the_density_is_checked_by_every_numeric_route() -> None:
    turned = VOLUME_FORM.as_printed[1].parts
    at = point(PointKey(2, 2, Stratum.SIMPLE, 1, 0, 0))
    for checked in volume_form.CHECKS:
        with alone(50):
            compare = comparer(checked, at, 50)
            right = compare(checked.predict(VOLUME_FORM.parts, at), VOLUME_FORM.parts)
            parts = VOLUME_FORM.with_parts(turned)
            wrong = compare(checked.predict(parts, at), parts)
        assert right.verdict.holds
        assert wrong.verdict is Verdict.REFUTED


# --- as printed -----------------------------------------------------------------------------------


def transposed(A: Matrix) -> Matrix:
    return [list(row) for row in zip(*A, strict=True)]


def times(*matrices: Matrix) -> Matrix:
    A, *rest = matrices
    for B in rest:
        A = [
            [sum((x * y for x, y in zip(r, c, strict=True)), Fraction(0)) for c in transposed(B)]
            for r in A
        ]
    return A


def determinant(A: Matrix) -> Fraction:
    total = Fraction(0)
    for order in permutations(range(len(A))):
        swaps = sum(a > b for k, a in enumerate(order) for b in order[k + 1 :])
        total += (-1) ** swaps * prod((A[r][c] for r, c in enumerate(order)), start=Fraction(1))
    return total


def squared_density(t: list[Fraction], frames: list[Matrix]) -> Fraction:
    """det(J)^2 / det(A) at d = 2, with A(Z) from its factors and J from the product rule."""
    depth = len(frames) - 1
    Lambda: Matrix = [[t[0], Fraction(0)], [Fraction(0), t[1]]]
    one: Matrix = [[Fraction(1), Fraction(0)], [Fraction(0), Fraction(1)]]
    factors = [times(frames[j], Lambda, transposed(frames[j - 1])) for j in range(1, depth + 1)]
    U, V = frames[-1], transposed(frames[0])
    Sigma: Matrix = [[t[0] ** depth, Fraction(0)], [Fraction(0), t[1] ** depth]]
    turn: Matrix = [[Fraction(0), Fraction(1)], [Fraction(-1), Fraction(0)]]
    units: list[Matrix] = [
        [[Fraction(int((r, c) == (i, l))) for c in range(2)] for r in range(2)]
        for i in range(2)
        for l in range(2)
    ]
    partials = [times(U, units[0], V), times(U, units[3], V), times(U, turn, Sigma, V)]
    partials.append(times(U, Sigma, transposed(turn), V))
    columns = []
    for Z in units:
        total = [Fraction(0)] * 4
        for j in range(depth):
            after = times(one, *reversed(factors[j + 1 :]))
            before = times(one, *reversed(factors[:j]))
            term = times(after, transposed(after), Z, transposed(before), before)
            total = [x + y for x, y in zip(total, (*term[0], *term[1]), strict=True)]
        columns.append([x / depth for x in total])
    return determinant([[*Z[0], *Z[1]] for Z in partials]) ** 2 / determinant(columns)


def test_the_theorem_as_printed_holds(in_default: Callable[[str], ClaimRecord]) -> None:
    printed = in_default(ID).as_printed[0]
    assert (printed.name, printed.verdict) == ("theorem-1.1", Verdict.PROVED)
    assert printed.counterexample is None


def test_van_reversed_is_negative_at_its_counterexample(
    in_default: Callable[[str], ClaimRecord],
) -> None:
    printed = in_default(ID).as_printed[1]
    assert (printed.name, printed.verdict) == ("van-reversed", Verdict.REFUTED)
    found = printed.counterexample
    assert found is not None
    depth, t = found["N"], [Fraction(x) for x in found["point"]["t"]]
    frames = [[[Fraction(x) for x in row] for row in Q] for Q in found["point"]["Q"]]
    assert (found["d"], len(frames)) == (2, depth + 1)
    left, right = Fraction(found["left"]), Fraction(found["right"])
    assert left > 0  # a density
    assert left**2 == squared_density(t, frames)
    reversed_van = t[1] ** 2 - t[0] ** 2
    assert right == depth * (t[0] * t[1]) ** (1 - depth) * reversed_van == -left


def test_what_is_measured_agrees_with_fractions_alone() -> None:
    for depth in (1, 2, 3):
        at = point(PointKey(depth, 2, Stratum.SIMPLE, -1, 0, 0))
        t = [Fraction(str(x)) for x in at.roots]
        frames = [[[Fraction(str(x)) for x in row] for row in Q.tolist()] for Q in at.frames]
        [[density]] = volume_form.measure_exact(at)
        assert Fraction(str(density)) ** 2 == squared_density(t, frames)
