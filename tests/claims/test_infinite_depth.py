"""The claim infinite-depth: what its routes must notice, and the limit itself."""

from importlib import import_module
from math import inf, log
from typing import Any

import pytest
from flint import arb

from dlnproof import Grid, check, log_volume_form, operator_eigenvalues
from dlnproof.claims.limits.infinite_depth import CLAIM
from dlnproof.core.product import PairProduct
from dlnproof.core.spectrum import I, L
from dlnproof.core.verdict import Route, Verdict
from dlnproof.formulas import INFINITE_DET_POWER
from dlnproof.numeric.exact import limit_geometry
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum, point
from dlnproof.run.jobs import alone
from dlnproof.run.point import comparer

infinite_depth = import_module("dlnproof.checks.limits.infinite_depth")
ID = "infinite-depth"


@pytest.mark.parametrize(
    ("where", "broken"),
    [
        (infinite_depth, "integrated_operator"),
        (limit_geometry, "integrated_eigenvalues"),
        (limit_geometry, "summed_eigenvalues"),
    ],
)
def test_a_wrong_integral_or_sum_is_refuted(
    where: Any, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    right: Any = getattr(where, broken)

    def wrong(*given: Any) -> list[arb]:
        first, *rest = right(*given)
        return [first * (1 + arb("1e-3")), *rest]

    monkeypatch.setattr(where, broken, wrong)
    [claim] = check([ID], grid=Grid(depths=(inf,), widths=(2,)), expression="enclosure").claims
    assert claim.verdict is Verdict.REFUTED


def test_an_integral_that_fails_is_no_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        limit_geometry, "integrated_eigenvalues", lambda at: [arb("nan")] * at.width**2
    )
    [claim] = check([ID], grid=Grid(depths=(inf,), widths=(2,)), expression="enclosure").claims
    assert claim.verdict is Verdict.UNDECIDED


def test_factors_with_a_wrong_singular_value_are_not_sampled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = infinite_depth.operator_from_factors
    monkeypatch.setattr(
        infinite_depth,
        "operator_from_factors",
        lambda *given: right(*given) * (1 + arb("1e-5")),
    )
    [claim] = check([ID], grid=Grid(depths=(inf,), widths=(2,)), expression="pullback").claims
    assert claim.verdict.fails


def test_the_sign_of_the_density_is_checked() -> None:
    at = point(PointKey(inf, 2, Stratum.SIMPLE, 1, 0, 0))
    [check_enclosed] = (c for c in infinite_depth.CHECKS if c.route is Route.ENCLOSURE)
    turned = INFINITE_DET_POWER * PairProduct(pair=L.log - I.log)
    with alone(50):
        compare = comparer(check_enclosed, at, 50)
        right = check_enclosed.predict(CLAIM.parts, at)
        wrong = check_enclosed.predict(CLAIM.with_parts({"form": turned}), at)
        assert compare(right, CLAIM.parts).verdict is Verdict.ENCLOSED
        assert compare(wrong, CLAIM.parts).verdict is Verdict.REFUTED


def test_no_spectrum_makes_the_rate_too_small_to_compare() -> None:
    # sigma = (2, 1/2): the rate, the sum of log sigma_i^2, is 0
    at = point(PointKey(inf, 2, Stratum.SIMPLE, 1, 0, 0))
    balanced = ExactPoint(inf, (at.roots[0] * 0 + 2, 1 / (at.roots[0] * 0 + 2)), at.frames)
    [check_enclosed] = (c for c in infinite_depth.CHECKS if c.route is Route.ENCLOSURE)
    with alone(50):
        predicted = check_enclosed.predict(CLAIM.parts, balanced)
        assert (
            comparer(check_enclosed, balanced, 50)(predicted, CLAIM.parts).verdict
            is Verdict.ENCLOSED
        )


# --- independently, in floats ---------------------------------------------------------------------

SIGMA = (3.0, 2.0, 0.7)


def test_the_eigenvalues_are_limits_of_finite_sums() -> None:
    for a in SIGMA:
        for b in SIGMA:
            depth = 20_000
            x, y = a ** (2 / depth), b ** (2 / depth)
            total = sum(x ** (depth - j) * y ** (j - 1) for j in range(1, depth + 1)) / depth
            limit = a * a if a == b else (a * a - b * b) / (2 * log(a / b))
            assert total == pytest.approx(limit, rel=2e-4)
    limits = operator_eigenvalues(list(SIGMA), inf)
    assert limits[0, 1] == pytest.approx((9 - 4) / (2 * log(1.5)), rel=1e-14)


def test_the_error_of_depth_n_is_the_rate_over_n() -> None:
    rate = 3 * sum(log(s * s) for s in SIGMA) / 2
    limit = float(log_volume_form(list(SIGMA), inf))
    for depth, relative in ((1000, 4.3e-3), (10000, 4.3e-4)):
        distance = float(log_volume_form(list(SIGMA), depth)) - limit
        assert distance == pytest.approx(rate / depth, rel=5 / depth)
        assert distance == pytest.approx(relative, rel=0.05)


def test_the_determinant_is_that_of_the_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not the product of the eigenvalues: with frames that are not orthogonal the two differ."""
    at = point(PointKey(inf, 2, Stratum.TINY, 1, 0, 0))
    with alone(50):
        values = limit_geometry.integrated_eigenvalues(at)
        product = values[0] * values[1] * values[2] * values[3]
        assert limit_geometry.integrated_determinant(at).overlaps(product)
        skewed = ExactPoint(inf, at.roots, (at.V * 2, at.U))
        ratio = limit_geometry.integrated_determinant(skewed) / product
        assert ratio.overlaps(arb(4) ** 4)
        assert ratio.rel_accuracy_bits() > 150
