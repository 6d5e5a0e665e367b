"""Formulas for the scalar curvature: compared at points, and never proved."""

import pytest

from dlnproof.core.verdict import Verdict
from dlnproof.errors import InputError
from dlnproof.judge import proofs
from dlnproof.judge.judgement import formula
from dlnproof.judge.places import Place, measured, point_at
from dlnproof.judge.replay import resolved
from dlnproof.language.radical import rational
from dlnproof.numeric.exact.curvature import scalar_curvature
from dlnproof.numeric.exact.points import diagonal
from dlnproof.quantities.catalogue import QUANTITIES
from dlnproof.record.counterexamples import COUNTEREXAMPLE_SCHEMA, FormulaCounterexample
from dlnproof.record.points import Coordinates

MEAN, SUM = "scalar-curvature", "submersion-scalar-curvature"
PAIR = (
    "2*(sigma_i^(2/N)+sigma_l^(2/N))*(1/(N*(sigma_i^(2/N)-sigma_l^(2/N))^2)"
    " - N*(sigma_i*sigma_l)^(2-2/N)/(sigma_i^2-sigma_l^2)^2)"
)
TEX = (
    r"\sum_{i<l}\frac{2(\sigma_i^{2/N}+\sigma_l^{2/N})"
    r"\sum_{k=1}^{N-1}(N-k)(\sigma_i\sigma_l)^{2(N-1-k)/N}"
    r"(\sum_{j=1}^{k}\sigma_i^{2(k-j)/N}\sigma_l^{2(j-1)/N})^2}"
    r"{N(\sum_{j=1}^{N}\sigma_i^{2(N-j)/N}\sigma_l^{2(j-1)/N})^2}"
    r"+\sum_{i<l<m}\frac{4(\sum_{j=1}^{N-1}\sigma_l^{2(N-1-j)/N}"
    r"\sum_{k=1}^{j}\sigma_i^{2(j-k)/N}\sigma_m^{2(k-1)/N})"
    r"(\sum_{j=1}^{N}\sigma_i^{2(j-1)/N}(\sigma_l\sigma_m)^{2(N-j)/N}"
    r"\sum_{k=1}^{j}\sigma_l^{2(j-k)/N}\sigma_m^{2(k-1)/N})}"
    r"{(\sum_{j=1}^N\sigma_i^{2(N-j)/N}\sigma_l^{2(j-1)/N})"
    r"(\sum_{j=1}^N\sigma_l^{2(N-j)/N}\sigma_m^{2(j-1)/N})"
    r"(\sum_{j=1}^N\sigma_i^{2(N-j)/N}\sigma_m^{2(j-1)/N})}"
)
"""Pairs and triples by sums, which have a value at coincidences too."""
TWO = (
    "(sum(i<l, 1/(sigma_i+sigma_l)) + 4*sum(i<l<m, (sigma_i*(sigma_l+sigma_m) + sigma_l*sigma_m)"
    "/((sigma_i+sigma_l)*(sigma_l+sigma_m)*(sigma_i+sigma_m))))"
)
"""At N = 2."""


@pytest.mark.parametrize("roots", [("2", "1"), ("2", "2"), ("3", "2", "1")])
@pytest.mark.parametrize("depth", [1, 2, 3])
def test_it_is_that_of_the_metric_at_w_in_both_normalisations(
    depth: int, roots: tuple[str, ...]
) -> None:
    place = Place(depth, roots)
    at = point_at(place)
    value = scalar_curvature(at)
    assert (value == 0) is (depth == 1)
    assert measured(MEAN, place) == {(): rational(value)}
    assert measured(SUM, place) == {(): rational(value * depth)}
    for name in (MEAN, SUM):
        assert QUANTITIES[name].scale(at) == 1 / at.roots[-1] ** 2
    assert diagonal(at.sigma) != at.W


def test_the_closed_form_over_triples_is_exact_and_not_proved() -> None:
    found = formula(MEAN, rf"$\operatorname{{Scal}} = \frac1N({TEX})$")
    assert found.verdict is Verdict.EXACT
    assert found.scope == "N = 1..6, d = 1..3; N = 7..12, d = 1, 2"
    assert found.rests_on == ()
    assert "is measured at points, not proved" in found.notes[1]
    assert "coincident singular values: holds at the 15 points tried" in found.notes


@pytest.mark.parametrize(
    ("target", "text", "where"),
    [
        (MEAN, "1/(2*sum(i, sigma_i))", "N = 2, d = 2"),
        (SUM, "1/(sigma_1+sigma_2)", "N = 2, d = 2"),
        (SUM, r"$\frac{1}{\|W\|_*}$", "N = 2, d = 2"),
        (MEAN, f"1/N*sum(i<l, {PAIR})", "d = 2"),
        (SUM, "(N^2-1)/(3*N*sigma_1^(2/N))", "d = 2, N = 1"),
    ],
)
def test_at_width_two_it_is_said_that_it_is_the_claims(
    target: str, text: str, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proofs, "proof_verdict", lambda claim: Verdict.PROVED)
    found = formula(target, text, where=where)
    assert (found.verdict, found.decided) == (Verdict.EXACT, False)
    assert f"it is the closed form of {MEAN} there; that the closed form" in found.notes[1]


@pytest.mark.parametrize(
    ("target", "text", "where"),
    [
        (SUM, TWO, "N = 2"),
        (MEAN, f"{TWO}/N", "N = 2, d = 3"),
        (MEAN, "0", "N = 1"),
        (MEAN, "0", "d = 1"),
    ],
)
def test_right_elsewhere(target: str, text: str, where: str) -> None:
    found = formula(target, text, where=where)
    assert found.verdict is Verdict.EXACT
    assert f"that the closed form of {MEAN} is this quantity is measured" in found.notes[1]


def test_one_that_differs_where_no_point_is_tried_is_undecided() -> None:
    beyond = f"(1 + {'*'.join(f'(N-{k})' for k in range(1, 13))})"
    found = formula(SUM, f"{beyond}*sum(i<l, {PAIR})", where="d = 2", diagnose=False)
    assert found.verdict is Verdict.UNDECIDED
    assert f"it is not the closed form of {MEAN}" in found.notes[0]


OTHER = 'the "{}" normalisation in place of the "{}" one'


@pytest.mark.parametrize(
    ("target", "text", "where", "diagnosis", "at"),
    [
        (MEAN, "1/sum(i, sigma_i)", "N = 2, d = 2", OTHER.format("sum", "mean"), (2, 2)),
        (SUM, "1/(2*sum(i, sigma_i))", "N = 2, d = 2", OTHER.format("mean", "sum"), (2, 2)),
        (MEAN, f"sum(i<l, {PAIR})", "d = 2", OTHER.format("sum", "mean"), (2, 2)),
        (SUM, f"sum(i<l, {PAIR})/(3*N^2)", "d = 2", "off by a factor 3*N**2, which is", (2, 2)),
        (MEAN, "1/(4*sum(i, sigma_i))", "N = 2, d = 2", "a factor 2, which is missing", (2, 2)),
        (SUM, f"2/3*{TWO}", "N = 2", "off by a factor 2 / 3", (2, 2)),
        (SUM, "sum(i<l, 1/(sigma_i+sigma_l))", "N = 2", None, (2, 3)),  # without triples
        (SUM, f"-{TWO}", "N = 2", "the negative of the right value", (2, 2)),
        (SUM, f"-2*{TWO}", "N = 2", "and off by a factor 2, which should not", (2, 2)),
        (MEAN, "0", "", None, (2, 2)),
        (MEAN, "(N^2-1)*d*(d-1)^2/(6*N^2*sigma_1^(2/N))", "", None, (2, 2)),  # where all are equal
    ],
)
def test_a_wrong_one_is_refuted_and_diagnosed(
    target: str, text: str, where: str, diagnosis: str | None, at: tuple[int, int]
) -> None:
    found = formula(target, text, where=where)
    assert found.verdict is Verdict.REFUTED
    example = found.counterexample
    assert example is not None
    assert (example["N"], example["d"]) == at
    if diagnosis is None:
        assert found.diagnosis is None
        return
    assert diagnosis in (found.diagnosis or "")
    assert ("normalisation" in diagnosis) is ("normalisation" in (found.diagnosis or ""))
    assert found.correction is not None
    assert found.correction.verdict is Verdict.EXACT
    assert formula(target, found.correction.formula.plain, where=where).verdict is Verdict.EXACT


def test_a_proportion_is_named_and_one_that_is_none_is_refuted() -> None:
    found = formula(MEAN, r"$\propto \frac{1}{\sum_i\sigma_i}$", where="N = 2, d = 2")
    assert found.verdict is Verdict.EXACT
    assert found.scope == "N = 2, d = 2, up to a constant: it is 1/2 times the formula"
    found = formula(MEAN, r"$\propto \frac{1}{\sigma_1}$", where="N = 2, d = 2")
    assert found.verdict is Verdict.REFUTED


def test_it_is_measured_up_to_width_three() -> None:
    found = formula(MEAN, "0", where="d = 4")
    assert found.verdict is Verdict.VACUOUS
    assert "formulas for scalar-curvature are compared up to d = 3" in found.notes[0]
    for roots in (("3", "2", "1"), ("4", "3", "2", "1")):
        given = FormulaCounterexample(
            schema=COUNTEREXAMPLE_SCHEMA,
            target=MEAN,
            statement="0",
            N=2,
            d=len(roots),
            point=Coordinates.of(point_at(Place(2, roots))),
            left="1",
            right="0",
        )
        if len(roots) == 3:
            assert resolved(given).at.width == 3
            continue
        with pytest.raises(InputError, match="d: got 4, which is wider than scalar-curvature is"):
            resolved(given)
