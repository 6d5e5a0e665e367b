"""The claim operator-spectrum: its routes, its wrong variants, its printed variant."""

from collections.abc import Callable
from fractions import Fraction
from importlib import import_module
from math import inf
from typing import Any

import pytest
from flint import arb

from dlnproof import Grid, check
from dlnproof.core.verdict import Route, Verdict
from dlnproof.errors import NothingSelectedError
from dlnproof.numeric import charts
from dlnproof.numeric.points import ExactPoint
from dlnproof.record import ClaimRecord

operator_spectrum = import_module("dlnproof.checks.operator_spectrum")
ID = "operator-spectrum"
GRID = Grid(depths=(1, 2, 3), widths=(1, 2, 3))


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
        assert (evidence.tried, evidence.survivors) == (5, ())


def test_the_order_is_observed_wherever_phi_is_not_linear(
    in_default: Callable[[str], ClaimRecord],
) -> None:
    pullback = in_default(ID).evidence[2].details
    assert (pullback["points"], pullback["order_points"]) == (160, 128)  # 32 have N = 1
    assert pullback["order"] == [4.0, 4.0]


def test_it_does_not_speak_of_infinite_depth() -> None:
    with pytest.raises(NothingSelectedError):
        check([ID], grid=Grid(depths=(inf,)))


def test_a_wrong_factor_is_refuted_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    right = ExactPoint.factors.func  # type: ignore[attr-defined]
    wrong = property(lambda at: tuple(f * (1 + (k == 0)) for k, f in enumerate(right(at))))
    monkeypatch.setattr(ExactPoint, "factors", wrong)
    [claim] = check([ID], grid=GRID, expression="exact").claims
    assert claim.verdict is Verdict.REFUTED
    assert "counterexample" in claim.evidence[0].details


def test_a_factor_wrong_in_the_thirtieth_digit_is_not_sampled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = charts.balanced

    def wrong(*given: Any) -> charts.Factors:
        first, *rest = right(*given)
        return (first * (1 + arb("1e-30")), *rest)

    monkeypatch.setattr(charts, "balanced", wrong)
    [claim] = check([ID], grid=Grid(depths=(2,), widths=(2,)), expression="pullback").claims
    assert claim.verdict in (Verdict.REFUTED, Verdict.UNDECIDED)
    assert claim.evidence[0].details["failure"].endswith("the error is beyond reach")


def test_a_small_eigenvalue_is_not_hidden_by_a_large_one(monkeypatch: pytest.MonkeyPatch) -> None:
    # lambda_dd relative to lambda_11 is 1e-37 or less on this grid's tiny spectra
    right = operator_spectrum.operator_pullback
    relative = operator_spectrum.arb_mat([[0] * 4] * 3 + [[0, 0, 0, 1]])

    def wrong(at: ExactPoint, step: Any, digits: int) -> Any:
        K = operator_spectrum.arb_mat(operator_spectrum.eigenvectors(at))
        smallest = at.roots[-1] ** (2 * int(at.depth) - 2)
        return right(at, step, digits) + K * relative * K.transpose() * smallest / 10**20

    monkeypatch.setattr(operator_spectrum, "operator_pullback", wrong)
    [claim] = check([ID], grid=Grid(depths=(5,), widths=(2,)), expression="pullback").claims
    assert not claim.verdict.holds


# --- as printed: the sum over i -------------------------------------------------------------------


def transposed(A: list[list[Fraction]]) -> list[list[Fraction]]:
    return [list(row) for row in zip(*A, strict=True)]


def times(A: list[list[Fraction]], B: list[list[Fraction]]) -> list[list[Fraction]]:
    return [
        [sum((x * y for x, y in zip(r, c, strict=True)), Fraction(0)) for c in transposed(B)]
        for r in A
    ]


def test_the_sum_over_i_is_refuted_for_every_j(in_default: Callable[[str], ClaimRecord]) -> None:
    [printed] = in_default(ID).as_printed
    assert printed.verdict is Verdict.REFUTED
    found = printed.counterexample
    assert found is not None
    assert (found["schema"], found["claim"]) == ("dlnproof-counterexample/1", ID)
    depth, size = found["N"], found["d"]
    t = [Fraction(x) for x in found["point"]["t"]]
    frames = [[[Fraction(x) for x in row] for row in Q] for Q in found["point"]["Q"]]
    assert depth == size == 2

    # the eigenvalues from the definition: (1/N) sum_j (W_N..W_{j+1})(..)^T Z (W_{j-1}..W_1)^T (..)
    Lambda = [[t[r] if r == c else Fraction(0) for c in range(size)] for r in range(size)]
    W1, W2 = (times(times(frames[j], Lambda), transposed(frames[j - 1])) for j in (1, 2))
    U, V = frames[-1], frames[0]
    true = {}
    for i in range(size):
        for l in range(size):
            Z = [[U[r][i] * V[c][l] for c in range(size)] for r in range(size)]
            after, before = times(times(W2, transposed(W2)), Z), times(Z, times(transposed(W1), W1))
            AZ = [
                [(x + y) / 2 for x, y in zip(*rows, strict=True)]
                for rows in zip(after, before, strict=True)
            ]
            ratios = {
                a / z for rows in zip(AZ, Z, strict=True) for a, z in zip(*rows, strict=True) if z
            }
            [true[i, l]] = ratios  # an eigenvector
    for j in (1, 2):
        mean = sum(x ** (2 * (depth - j)) for x in t) / depth
        printed_values = {(i, l): mean * t[l] ** (2 * (j - 1)) for i, l in true}
        assert printed_values != true
    assert Fraction(found["left"]) == true[0, 0] == t[0] ** 2
    assert Fraction(found["right"]) == (t[0] ** 2 + t[1] ** 2) / 2  # at i = l = 1, read with j = 1
