"""Formulas for curvatures of turns and for the drift: compared at points, and never proved."""

import json
from pathlib import Path
from typing import Final

import pytest

from dlnproof.cli.main import main
from dlnproof.core.verdict import Verdict
from dlnproof.errors import OK, InputError
from dlnproof.judge.judgement import formula

X: Final = r"\sigma_i^{2/N}", r"\sigma_l^{2/N}"
RHO: Final = (
    rf"\left(\frac{{{X[0]}{X[1]}}}{{({X[0]}-{X[1]})^2}}"
    r"-\frac{N^2\sigma_i^2\sigma_l^2}{(\sigma_i^2-\sigma_l^2)^2}\right)"
)
PAIR: Final = rf"\frac{{({X[0]}+{X[1]})}}{{{X[0]}{X[1]}}}{RHO}"
"""kappa_il N / 2."""
SPLIT: Final = (
    rf"\frac{{2\sigma_i\sigma_l({X[0]}+{X[1]})}}{{{X[0]}{X[1]}(\sigma_i^2-\sigma_l^2)}}"
    r"\left(N\frac{\sigma_i^2+\sigma_l^2}{\sigma_i^2-\sigma_l^2}"
    rf"-\frac{{{X[0]}+{X[1]}}}{{{X[0]}-{X[1]}}}\right)"
)
"""theta_il."""
SHARE: Final = rf"\frac{{{X[1]}}}{{{X[0]}+{X[1]}}}"


def slope(i: str, m: str) -> str:
    return (
        rf"\left(\frac{{\sigma_{i}^2+\sigma_{m}^2}}{{\sigma_{i}^2-\sigma_{m}^2}}-\frac1N"
        rf"\frac{{\sigma_{i}^{{2/N}}+\sigma_{m}^{{2/N}}}}{{\sigma_{i}^{{2/N}}-\sigma_{m}^{{2/N}}}}\right)"
    )


SUM: Final = (
    rf"\frac{{\sum_{{m\ne i}}{slope('i', 'm')}-\sum_{{m\ne l}}{slope('l', 'm')}"
    rf"-2{slope('i', 'l')}}}{{{X[0]}-{X[1]}}}"
)
"""Half of what Ric(S) and Ric(K) of g^N / N add up to: a sum over the other values, 0 at d = 2."""

RIGHT: Final = [
    ("brownian-drift", r"\left(1-\frac1N\right)\sigma_i^{1-2/N}", ""),
    ("brownian-drift", "1/2", "N = 2"),
    ("submersion-brownian-drift", r"(N-1)\sigma_k^{1-2/N}", ""),
    ("ricci-diagonal", rf"\frac{{2}}{{N^2\sigma_i^2}}\sum_{{l\ne i}}{RHO}", ""),
    ("ricci-mixed", rf"-\frac{{2}}{{N^2\sigma_i\sigma_l}}{RHO}", ""),
    ("sectional-turns", rf"-\frac{{1}}{{N^2}}{PAIR}", ""),
    ("sectional-turns", "-1/(4*(sigma_i+sigma_l))", "N = 2"),
    ("submersion-sectional-turns", rf"-\frac{{1}}{{N}}{PAIR}", ""),
    (
        "sectional-symmetric",
        rf"{SHARE}\left(\frac{{1}}{{N^2}}{PAIR}+\frac{{1}}{{2N}}{SPLIT}\right)",
        "",
    ),
    ("sectional-skew", rf"{SHARE}\left(\frac{{1}}{{N^2}}{PAIR}-\frac{{1}}{{2N}}{SPLIT}\right)", ""),
    ("submersion-sectional-skew", "-sigma_l/(2*(sigma_i+sigma_l)^2)", "N = 2"),
]
AT_ANY_WIDTH: Final = [
    ("ricci-symmetric", rf"\frac1N\left({SUM}+\frac12{SPLIT}\right)", ""),
    ("submersion-ricci-skew", rf"{SUM}-\frac12{SPLIT}", "sigma distinct"),
    ("ricci-symmetric", "1/(2*(sigma_i+sigma_l))", "N = 2, d = 2"),
]


@pytest.mark.parametrize(("target", "text", "where"), RIGHT)
def test_the_closed_form_of_a_claim_is_exact_and_not_proved(
    target: str, text: str, where: str
) -> None:
    found = formula(target, text, where=where)
    assert found.verdict is Verdict.EXACT
    assert found.rests_on == ()
    assert "it is the closed form of " in found.notes[1]
    assert found.notes[1].endswith("is measured at points, not proved")
    assert {width for pairs in found.pairs for width in pairs.widths} >= {2, 3}


@pytest.mark.parametrize(("target", "text", "where"), AT_ANY_WIDTH)
def test_of_a_turn_other_values_matter_from_width_three_on(
    target: str, text: str, where: str
) -> None:
    found = formula(target, text, where=where)
    assert found.verdict is Verdict.EXACT
    assert found.notes[1].endswith("is measured at points, not proved")
    assert {w for x in found.pairs for w in x.widths} == ({2} if "d = 2" in where else {2, 3})


SUMMED: Final = "normalization = sum"
NOT_MEAN: Final = 'the "sum" normalisation in place of the "mean" one'


@pytest.mark.parametrize(
    ("target", "text", "where", "diagnosis", "at"),
    [
        ("brownian-drift", "(N-1)*sigma_i^(1-2/N)", "", NOT_MEAN, (2, 1)),
        ("brownian-drift", "(1-1/N)*sigma_i^(2-2/N)", "", None, (2, 1)),
        ("brownian-drift", "sigma_i^(1-2/N)", "", None, (1, 1)),
        (
            "submersion-brownian-drift",
            "(N-1)*sigma_i^(1-2/N) + sum(l!=i, 2*sigma_i/(sigma_i^(2/N)-sigma_l^(2/N)))",
            "",
            None,
            (1, 2),
        ),
        ("ricci-mixed", rf"\frac{{2}}{{N^2\sigma_i\sigma_l}}{RHO}", "", "the negative", (2, 2)),
        ("ricci-diagonal", rf"\frac{{2}}{{N^2\sigma_i^2}}\sum_{{l>i}}{RHO}", "", "another", (2, 2)),
        ("sectional-turns", "1/(4*(sigma_i+sigma_l))", "N = 2", "the negative of", (2, 2)),
        (
            "sectional-turns",
            "-1/(2*(sigma_i+sigma_l))",
            "N = 2",
            NOT_MEAN,
            (2, 2),
        ),
        ("sectional-symmetric", rf"{SHARE}\frac{{1}}{{N^2}}{PAIR}", "", None, (2, 2)),
        ("ricci-symmetric", rf"\frac{{1}}{{2N}}{SPLIT}", "", None, (2, 3)),  # without the others
        ("ricci-skew", "1/(2*(sigma_i+sigma_l))", "N = 2, d = 2", "the negative of", (2, 2)),
        ("ricci-skew", "-1/(sigma_i+sigma_l)", "N = 2, d = 2", NOT_MEAN, (2, 2)),
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
    assert found.correction is not None
    assert found.correction.verdict is Verdict.EXACT


def test_a_counterexample_is_of_two_indices_and_computed_again(tmp_path: Path) -> None:
    found = formula("ricci-skew", "0", where="N = 2, d = 2")
    example = found.counterexample
    assert example is not None
    assert set(example["indices"]) == {"i", "l"}
    (tmp_path / "at.json").write_text(json.dumps(example))
    assert main(["replay", str(tmp_path / "at.json")]) == OK


def test_the_normalisation_that_is_said_chooses_the_quantity() -> None:
    found = formula("brownian-drift", "(N-1)*sigma_i^(1-2/N)", let=SUMMED)
    assert (found.target, found.verdict) == ("submersion-brownian-drift", Verdict.EXACT)
    alike = formula("ricci-mixed", rf"-\frac{{2}}{{N^2\sigma_i\sigma_l}}{RHO}", let=SUMMED)
    assert (alike.target, alike.verdict) == ("ricci-mixed", Verdict.EXACT)


@pytest.mark.parametrize(("target", "widest"), [("ricci-skew", 3), ("brownian-drift", 4)])
def test_they_are_measured_up_to_some_width(target: str, widest: int) -> None:
    found = formula(target, "0", where=f"d = {widest + 1}")
    assert found.verdict is Verdict.VACUOUS
    assert f"formulas for {target} are compared up to d = {widest}" in found.notes[0]


def test_an_index_of_a_drift_is_one() -> None:
    with pytest.raises(InputError, match="the free indices i, l, expected one"):
        formula("brownian-drift", r"\sigma_i+\sigma_l")
