"""What several claims must notice alike: wrong measurements and factors, experiments that fail."""

from dataclasses import replace
from importlib import import_module
from typing import Any

import numpy as np
import pytest
from flint import arb, fmpq

from dlnproof import Grid, check
from dlnproof.claims import CLAIMS, module_of
from dlnproof.claims.check import TrainingCheck
from dlnproof.core.verdict import Route, Verdict
from dlnproof.numeric.exact import charts, rank_chart
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.run.jobs import checks_of

GRID = Grid(depths=(1, 2, 3), widths=(1, 2, 3))
SMALL = Grid(depths=(2,), widths=(2,))


@pytest.mark.parametrize(
    ("claim", "route", "measured"),
    [
        ("balancedness", "exact", "velocities"),
        ("end-to-end-flow", "exact", "product_velocity"),
        ("end-to-end-flow", "pullback", "velocities"),
        ("riemannian-submersion", "exact", "sum_operator"),
        ("riemannian-submersion", "exact", "lift"),
    ],
)
def test_a_measurement_wrong_in_a_late_digit_is_no_pass(
    claim: str, route: str, measured: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the sixtieth digit of rationals, in the thirtieth of balls; of factors, in the first."""
    module = import_module(module_of(claim, "checks"))
    right = getattr(module, measured)
    off = 1 + fmpq(1, 10 ** (60 if route == "exact" else 30))

    def wrong(*given: Any) -> Any:
        found = right(*given)
        return [found[0] * off, *found[1:]] if isinstance(found, list) else found * off

    monkeypatch.setattr(module, measured, wrong)
    [record] = check([claim], grid=GRID, expression=route).claims
    assert record.verdict.fails
    assert record.verdict is Verdict.REFUTED or route == "pullback"


@pytest.mark.parametrize("claim", ["operator-spectrum", "metric-diagonalization", "volume-form"])
def test_factors_that_are_not_balanced_are_refuted_exactly(
    claim: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = ExactPoint.factors.func  # type: ignore[attr-defined]
    wrong = property(lambda at: tuple(f * (1 + (k == 0)) for k, f in enumerate(right(at))))
    monkeypatch.setattr(ExactPoint, "factors", wrong)
    [record] = check([claim], grid=GRID, expression="exact").claims
    # at depths >= 2 the density may have no rational root any more, which is an error, not a pass
    rooted = claim == "volume-form"
    assert record.verdict in ((Verdict.REFUTED, Verdict.ERROR) if rooted else (Verdict.REFUTED,))
    assert rooted or "counterexample" in record.evidence[0].details
    [record] = check([claim], grid=Grid(depths=(2,), widths=(1,)), expression="exact").claims
    assert record.verdict.fails


@pytest.mark.parametrize(
    "claim",
    [
        "operator-spectrum",
        "riemannian-submersion",
        "metric-diagonalization",
        "volume-form",
        "orbit-volume",
        "coarea",
    ],
)
def test_a_factor_wrong_in_the_thirtieth_digit_is_not_sampled(
    claim: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = charts.balanced

    def wrong(*given: Any) -> charts.Factors:
        first, *rest = right(*given)
        return (first * (1 + arb("1e-30")), *rest)

    for chart in (charts, rank_chart):
        monkeypatch.setattr(chart, "balanced", wrong)
    [record] = check([claim], grid=SMALL, expression="pullback").claims
    assert record.verdict in (Verdict.REFUTED, Verdict.UNDECIDED)
    assert record.evidence[0].details["failure"].endswith("the error is beyond reach")


@pytest.mark.parametrize(
    ("claim", "error"),
    [
        ("norm-divergence", FloatingPointError),
        ("rank-one-minimizers", ValueError),
        ("diagonal-3x3", RuntimeError),
        ("recap", np.linalg.LinAlgError),
    ],
)
@pytest.mark.parametrize("failing", ["all", "the last"])
def test_experiments_that_fail_are_errors(
    failing: str, claim: str, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    module = import_module(module_of(claim, "checks"))
    *others, training = checks_of(CLAIMS[claim])
    assert isinstance(training, TrainingCheck)
    decided = {Verdict.PROVED, Verdict.REFUTED}

    def fails(experiment: Any, runs: int, seed: int) -> Any:
        if failing == "all" or experiment == training.experiments[-1]:
            raise error(f"nothing for {runs} runs")
        return []

    monkeypatch.setattr(module, "CHECKS", (*others, replace(training, train=fails)))
    [record] = check([claim], grid=replace(SMALL, runs=40)).claims
    assert record.verdict is Verdict.ERROR
    assert [e.route for e in record.evidence if not e.verdict.holds] == [Route.TRAINING]
    assert record.evidence[-1].verdict is Verdict.ERROR
    assert "nothing for 40 runs" in record.evidence[-1].details["failure"]
    for printed in record.as_printed:  # what speaks of no training loses nothing
        unknown = printed.name in training.printed
        assert printed.verdict in ({Verdict.ERROR} if unknown else decided)
