"""Judgements: right formulas proved in both notations, wrong ones refuted, diagnosed, corrected."""

import re
import subprocess
import sys

import pytest
from conftest import one_in
from flint import fmpq
from formulas_of_targets import GEOMETRIC, RIGHT, WRONG

import dlnproof
from dlnproof.core.verdict import Verdict, worst
from dlnproof.errors import InputError
from dlnproof.judge import proofs, trial
from dlnproof.judge.judgement import Judgement, formula
from dlnproof.judge.places import measured, places
from dlnproof.judge.targets import TARGETS
from dlnproof.language.deciding import DECIDED, Outcome
from dlnproof.language.reading import read
from dlnproof.language.value import Allowance
from dlnproof.run.jobs import proof_verdict

NOT_REDUCIBLE = {RIGHT["metric-determinant"][3]}


def test_every_target_has_a_right_formula_in_both_notations() -> None:
    assert set(RIGHT) == {name for name, target in TARGETS.items() if target.provable}
    for texts in RIGHT.values():
        assert {"\\" in text for text in texts} == {True, False}


@pytest.mark.parametrize(
    "right", one_in(2, [(target, text) for target, texts in RIGHT.items() for text in texts])
)
def test_a_right_formula_is_proved(right: tuple[str, str]) -> None:
    target, text = right
    found = formula(target, text)
    assert found.holds
    assert found.counterexample is None
    assert found.diagnosis is None
    if text in NOT_REDUCIBLE:
        assert found.verdict is Verdict.EXACT
        assert found.rests_on == ()
        assert "nothing is claimed elsewhere" in found.notes[0]
        assert "not decided for all N and d" in found.notes[1]
        return
    claims = TARGETS[target].claims
    assert found.verdict is worst(map(proof_verdict, claims))  # proved, or derived
    assert found.scope == ("all N, all d" if TARGETS[target].finite else "all d")
    assert found.rests_on == claims
    # the echo is judged alike
    assert formula(target, found.understood.plain).verdict is found.verdict


@pytest.mark.parametrize("wrong", one_in(3, WRONG), ids=lambda wrong: f"{wrong[0]}-{wrong[1]}")
def test_a_wrong_formula_is_refuted_and_diagnosed(
    wrong: tuple[str, str, str | None, tuple[int | str, int]],
) -> None:
    target, text, diagnosis, at = wrong
    found = formula(target, text)
    assert found.verdict is Verdict.REFUTED
    assert not found.holds
    assert found.counterexample is not None
    assert (found.counterexample["N"], found.counterexample["d"]) == at
    assert found.counterexample["left"] != found.counterexample["right"]
    if diagnosis is None:
        assert found.diagnosis is None
        return
    assert found.diagnosis is not None
    assert diagnosis in found.diagnosis
    assert found.correction is not None
    assert found.correction.verdict in DECIDED
    for corrected in (found.correction.formula.plain, f"${found.correction.formula.latex}$"):
        assert formula(target, corrected).verdict is found.correction.verdict


def test_the_two_formulas_of_the_issue() -> None:
    right = formula(
        "volume-form", "N**(d*(d-1)/2) * det(Sigma**2)**((1-N)/(2*N)) * van(Sigma**(2/N))"
    )
    assert right.decided
    assert right.scope == "all N, all d"
    assert right.notes[-3:] == ("N = 1: holds", "d = 1: holds", "coincident singular values: holds")
    wrong = formula("orbit-volume", "c(d)**(N-1) * van(Sigma**2) / van(Sigma**(2/N))")
    assert wrong.ratio == "sqrt(5)"
    assert wrong.counterexample is not None
    assert wrong.counterexample["left"] == "4 * sqrt(10) * pi"
    assert wrong.correction is not None
    assert wrong.correction.formula.plain == "c(d)**(N - 1)*sqrt(van(Sigma**2)/van(Sigma**(2/N)))"


def test_where_a_formula_has_no_value_is_said() -> None:
    found = formula("orbit-volume", "c(d)**(N-1)*sqrt(van(Sigma**2)/van(Sigma**(2/N)))")
    assert found.decided
    assert found.notes[-3:] == (
        "N = 1: holds",
        "d = 1: holds",
        "coincident singular values: it has no value (it divides by zero); "
        "nothing is claimed there",
    )
    quotient = formula("eigenvalue", RIGHT["eigenvalue"][2])
    assert quotient.notes[-1].startswith("coincident singular values: it has no value")
    never = formula(
        "metric-determinant",
        "prod(i, l, N*(sigma[i]**(2/N)-sigma[l]**(2/N))/(sigma[i]**2-sigma[l]**2))",
    )
    assert never.verdict is Verdict.VACUOUS
    assert not never.holds


def test_what_is_wrong_at_coincidences_only_is_refuted() -> None:
    # 0^0 = 1 tells coincidences apart from everything else
    apart = "prod(i<l, 1 + 0**abs(sigma[i]-sigma[l]))"
    found = formula("svd-jacobian", f"van(Sigma**2) + {apart} - 1")
    assert found.verdict is Verdict.REFUTED
    assert found.counterexample is not None
    assert found.counterexample["point"]["t"] == ["2", "2"]


def test_what_is_wrong_at_one_index_only_is_refuted() -> None:
    found = formula("eigenvalue", f"{GEOMETRIC}/N*(1 + 0**abs(sigma[i]-sigma[l]))")
    assert found.verdict is Verdict.REFUTED
    assert found.counterexample is not None
    assert found.counterexample["indices"] == {"i": 1, "l": 1}


def test_points_alone_never_say_proved() -> None:
    found = formula("svd-jacobian", "sqrt(van(Sigma**2) + 2)**2 - 2")
    assert found.verdict is Verdict.EXACT
    assert found.scope == "N = 1, 2, d = 1..6; N = 3..6, d = 1..5; N = 7..12, d = 1, 2"
    assert found.notes[0] == "equal exactly at 103 points; nothing is claimed elsewhere"
    balls = formula("svd-jacobian", "exp(log(van(Sigma**2) + 2)) - 2")
    assert balls.verdict is Verdict.ENCLOSED
    assert "as balls" in balls.notes[0]


def test_a_formula_that_agrees_at_all_points_tried_is_not_refuted_without_one() -> None:
    # true for N <= 70 and wrong from there on: nothing more may be said than what was seen
    found = formula("svd-jacobian", "van(Sigma**2) * abs(N-71)/(71-N)")
    assert found.verdict is Verdict.EXACT
    assert found.scope == "N = 1, 2, d = 1..6; N = 3..6, d = 1..5; N = 7..12, d = 1, 2"
    # wrong from d = 5 on: it is looked for further away than where small points are
    further = formula("svd-jacobian", "van(Sigma**2) * (1 + (d-1)*(d-2)*(d-3)*(d-4))")
    assert further.verdict is Verdict.REFUTED
    assert further.scope == "N = 1, d = 5"


def test_what_is_known_to_be_wrong_is_looked_for_further_away() -> None:
    # 1 at N = 1..5: as a rational function in N it is not, and a point is found at N = 6
    blind = "(1 + (N-1)*(N-2)*(N-3)*(N-4)*(N-5))"
    found = formula("svd-jacobian", f"{blind}*van(Sigma**2)")
    assert found.verdict is Verdict.REFUTED
    assert found.counterexample is not None
    assert (found.counterexample["N"], found.counterexample["d"]) == (6, 1)


def test_what_is_known_to_be_wrong_does_not_hold_even_if_no_point_shows_it() -> None:
    blind = "*".join(f"(N-{k})" for k in range(1, 13))
    found = formula("svd-jacobian", f"prod(i, 1 + {blind}*sigma[i])*van(Sigma**2)")
    assert found.verdict is Verdict.UNDECIDED
    assert not found.holds


# --- teeth: the definition alone decides at points, the proof alone for all N and d ---------------


def test_the_definition_decides_at_points_whatever_the_proof_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(trial, "decide", lambda target, tree: Outcome(Verdict.PROVED))
    found = formula("svd-jacobian", "van(Sigma)")
    assert found.verdict is Verdict.ERROR
    assert "disagree" in found.notes[0]


def test_without_the_claim_nothing_is_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs, "proof_verdict", lambda claim: Verdict.UNDECIDED)
    found = formula("svd-jacobian", "van(Sigma**2)")
    assert found.verdict is Verdict.EXACT
    assert "the claim svd-jacobian is neither proved nor derived" in found.notes[1]


@pytest.mark.parametrize("verdict", DECIDED)
def test_a_formula_is_proved_or_derived_as_its_claims_are(
    verdict: Verdict, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proofs, "proof_verdict", lambda claim: verdict)
    for target, [text, *_] in RIGHT.items():
        found = formula(target, text)
        assert found.verdict is verdict
        assert found.decided
        assert found.rests_on == TARGETS[target].claims
        assert ("premises in words" in found.notes[0]) is (verdict is Verdict.DERIVED)
        assert f"({verdict}: all " in found._repr_latex_()
    wrong = formula("svd-jacobian", "van(Sigma)")
    assert (wrong.verdict, wrong.decided) == (Verdict.REFUTED, False)
    assert wrong.correction is not None
    assert wrong.correction.verdict is verdict


def test_the_claims_that_are_only_derived_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    weak = "infinite-depth"
    monkeypatch.setattr(
        proofs, "proof_verdict", lambda claim: DECIDED[claim == weak]
    )  # its other claim is proved
    found = formula("infinite-metric-determinant", RIGHT["infinite-metric-determinant"][0])
    assert found.verdict is Verdict.DERIVED
    assert found.rests_on == (weak, "metric-diagonalization")
    assert (
        found.notes[0]
        == f"the derivation of {weak}, or of a claim used there, takes premises in words"
    )
    assert formula("metric-determinant", RIGHT["metric-determinant"][0]).verdict is Verdict.PROVED


def test_of_two_claims_the_worse_one_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    verdicts = {"infinite-depth": Verdict.DERIVED, "metric-diagonalization": Verdict.REFUTED}
    monkeypatch.setattr(proofs, "proof_verdict", verdicts.__getitem__)
    found = formula("infinite-metric-determinant", RIGHT["infinite-metric-determinant"][0])
    assert found.verdict is Verdict.ENCLOSED
    assert found.rests_on == ()
    assert "the claim metric-diagonalization is neither proved nor derived" in found.notes[1]


@pytest.mark.parametrize("target", RIGHT)
def test_right_formulas_are_decided_without_points(target: str) -> None:
    for text in RIGHT[target]:
        if text not in NOT_REDUCIBLE:
            assert proofs.decide(TARGETS[target], read(text)).decided


@pytest.mark.parametrize(("target", "text"), [(w[0], w[1]) for w in WRONG])
def test_wrong_formulas_are_never_proved(target: str, text: str) -> None:
    assert not proofs.decide(TARGETS[target], read(text)).decided


def test_definitions_know_no_closed_form() -> None:
    """At diagonal W, N = 2: A(Z) = (|W| Z + Z |W|)/2 with |W| = Sigma, by hand."""
    for place in places(TARGETS["eigenvalue"], distinct=True):
        if place.depth == 2:
            t = [fmpq(*map(int, (x + "/1").split("/")[:2])) for x in place.roots]
            found = measured("eigenvalue", place)
            assert len(found) == place.width**2
            for i, l in found:
                assert str(found[i, l]) == str((t[i - 1] ** 2 + t[l - 1] ** 2) / 2)


def test_a_correction_that_holds_at_a_few_points_only_is_no_diagnosis() -> None:
    # at N = 2 and 3 it is off by its sign
    assert formula("svd-jacobian", "-(van(Sigma**2) + (N-2)*(N-3))").diagnosis is None


@pytest.mark.parametrize("deep", [20, 40, 56])
def test_deep_formulas_are_judged(deep: int) -> None:
    text = "van(Sigma)"
    for _ in range(deep):
        text = f"sqrt(({text})**2)" if deep < 40 else f"({text}+0)*1"
    found = formula("svd-jacobian", text + "*1" * (deep == 56) * 4)
    assert found.verdict is Verdict.REFUTED


# --- in Python ------------------------------------------------------------------------------------


def test_the_public_function() -> None:
    found = dlnproof.formula("svd-jacobian", "van(Sigma**2)")
    assert isinstance(found, Judgement)
    assert found.holds
    with pytest.raises(AttributeError):
        found.verdict = Verdict.REFUTED  # type: ignore[misc]
    with pytest.raises(InputError, match=r"target: got 'volume'.*did you mean"):
        dlnproof.formula("volume", "1")
    with pytest.raises(InputError, match="target: got 'x"):
        dlnproof.formula("x" * 10_000, "1")


def test_a_notebook_shows_it() -> None:
    shown = dlnproof.formula("svd-jacobian", r"\operatorname{van}(\Sigma)")._repr_latex_()
    assert shown.startswith("$")
    assert shown.endswith("$")
    assert r"\operatorname{van}(\Sigma)" in shown
    assert "refuted" in shown
    assert r"\operatorname{van}(\Sigma^{2})" in shown
    assert shown.isascii()
    assert re.search(r"\\text\{svd-jacobian\}", shown)


def test_a_second_judgement_measures_and_derives_nothing_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    visited = 0
    spend = Allowance.spend

    def counted(allowance: Allowance) -> None:
        nonlocal visited
        visited += 1
        spend(allowance)

    monkeypatch.setattr(Allowance, "spend", counted)
    for target, [text, *_] in RIGHT.items():
        formula(target, text)
        before = measured.cache_info().misses, proof_verdict.cache_info().misses
        visited = 0
        formula(target, text)
        assert (measured.cache_info().misses, proof_verdict.cache_info().misses) == before
        # what is decided is compared at a few points only
        assert 0 < visited <= 7_000


def test_a_cold_start_loads_no_numpy() -> None:
    code = (
        "import sys, dlnproof; dlnproof.formula('svd-jacobian', 'van(Sigma**2)');"
        "sys.exit(bool({'numpy', 'scipy', 'matplotlib'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
