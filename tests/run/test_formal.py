"""The table of the formal development: its claims, its files, and its formulas by their numbers."""

import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable
from contextlib import suppress
from fractions import Fraction
from functools import reduce
from operator import mul
from pathlib import Path

import pytest
from flint import fmpq

from dlnproof import formulas as f
from dlnproof.claims import CLAIMS
from dlnproof.claims.deduction import told
from dlnproof.core.expression import Expression
from dlnproof.core.spectrum import pair_values
from dlnproof.core.verdict import Route, Verdict
from dlnproof.documents.layout import Screen
from dlnproof.documents.verdicts import record_text
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum, point
from dlnproof.numeric.exact.predictions import common, product_value
from dlnproof.record.record import Record
from dlnproof.run.discharges import pairings
from dlnproof.run.formal_build import _FILES, FormalBuild
from dlnproof.run.formal_table import Theorem, discharging, stating, theorems
from dlnproof.run.grid import Grid
from dlnproof.run.jobs import derive_claim
from dlnproof.run.planning import plan
from dlnproof.run.runner import execute

FORMAL = Path(__file__).parents[2] / "formal"
SMALL = Grid(depths=(2,), widths=(2,), points=1, digits=20, runs=0)
THEOREMS = json.loads((FORMAL / "theorems.json").read_text())


def test_each_theorem_is_about_a_claim_and_stands_in_its_file() -> None:
    assert len(THEOREMS) > 50
    for theorem in THEOREMS:
        assert theorem["claim"] is None or theorem["claim"] in CLAIMS
        text = (FORMAL / theorem["file"]).read_text()
        assert theorem["statement"] in text
        assert theorem["says"].isascii()


def test_each_claim_has_one_headline() -> None:
    headlines = [theorem["claim"] for theorem in THEOREMS if theorem.get("headline")]
    assert sorted(headlines) == sorted({t["claim"] for t in THEOREMS if t["claim"] is not None})
    [first, *_] = theorems("volume-form")
    assert (first.theorem, first.headline) == ("volume_form", True)
    assert theorems("riemann") == []


def test_theorems_state_sentences_of_their_claims() -> None:
    for theorem in THEOREMS:
        named = CLAIMS[theorem["claim"]].names if theorem["claim"] else ()
        assert set(theorem.get("sentences", ())) <= set(named)
    assert {sentence: len(found) for sentence, found in stating("operator-spectrum").items()} == {
        "sum": 1, "distinct": 2, "coincident": 2, "basis": 2, "self-adjoint": 1, "positive": 1,
    }  # fmt: skip


def test_the_page_names_just_the_sentences_that_no_theorem_states() -> None:
    page = (FORMAL / "README.md").read_text()
    reasons = page[page.index("## What is not proved") : page.index("## Sources")]
    missing: set[str] = set()
    for claim in CLAIMS.values():
        names = {*claim.names} - {*stating(claim.id)}
        assert not names or claim.id in reasons
        missing |= names
    told_of = {*re.findall(r"`([\w-]+)`", reasons)}
    assert told_of - {theorem["theorem"] for theorem in THEOREMS} == missing


def test_theorems_discharge_premises_that_are_there() -> None:
    for theorem in discharging(CLAIMS):
        claim, sentence, text = theorem.discharges
        proof = derive_claim(CLAIMS[claim])
        assert text in {told(p.sentence) for p in proof.established[sentence].premises}
        assert any(p.theorem == theorem and p.statement for p in pairings(proof))
    assert len(discharging(CLAIMS)) == sum("discharges" in theorem for theorem in THEOREMS)


@pytest.mark.parametrize("verdict", [Verdict.PROVED, Verdict.ERROR])
def test_a_built_development_is_about_what_it_states_a_failing_one_about_all(
    verdict: Verdict, monkeypatch: pytest.MonkeyPatch
) -> None:
    def others(claim: str) -> list[Theorem]:
        return [] if claim == "recap" else theorems(claim)

    monkeypatch.setattr("dlnproof.run.runner.theorems", others)
    chosen = plan(["operator-spectrum", "entropy-gradient", "recap"], SMALL)
    record = execute(chosen, "dlnproof check", formal=FormalBuild(verdict, "so")).record
    for claim in record.claims[:2]:
        [found] = (e for e in claim.evidence if e.route is Route.FORMAL)
        stated = stating(claim.id)
        about = [name for name in claim.parts if found.about(name)]
        assert about == [n for n in claim.parts if n in stated or verdict is Verdict.ERROR]
        assert claim.verdict is verdict
    assert Record.from_json(record.as_json()) == record
    lines = [" ".join(line.split()) for line in record_text(record, Screen(80)).splitlines()]
    for line in (
        "operator-spectrum: 6 of 6 in Coq",
        "distinct proved lambda_closed_form; operator_spectrum",
        "coincident proved lambda_coincident; operator_spectrum",
        "entropy-gradient: 0 of 1 in Coq",
        "gradient proved missing",
        "recap: 0 of 12 in Coq, where no theorem is about it",
    ):
        assert (line in lines) is verdict.holds


def test_no_gap_is_left() -> None:
    for path in FORMAL.rglob("*.v"):
        for word in ("Admitted", "admit.", "Axiom ", "Parameter ", "Conjecture "):
            assert word not in path.read_text(), path


def test_a_theorem_that_no_claim_says_is_in_the_table_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mine = [{**theorem, "claim": None} for theorem in THEOREMS]
    (tmp_path / "theorems.json").write_text(json.dumps([*THEOREMS, mine[0]]))
    before = [theorems(claim) for claim in CLAIMS]
    monkeypatch.setattr("dlnproof.run.formal_table.files", lambda _: tmp_path)
    assert [theorems(claim) for claim in CLAIMS] == before


def test_all_files_of_the_development_are_built_and_ship() -> None:
    package_data = tomllib.loads((FORMAL.parent / "pyproject.toml").read_text())
    patterns = package_data["tool"]["setuptools"]["package-data"]["dlnproof.formal"]
    for listed in (patterns, _FILES):
        found = {path for pattern in listed for path in FORMAL.glob(pattern)}
        assert found >= {*FORMAL.rglob("*.v"), FORMAL / "theorems.json", FORMAL / "_CoqProject"}


def test_the_gate_admits_the_axioms_of_the_kind_of_file_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    check = runpy.run_path(str(FORMAL / "check.py"))
    reals = "Axioms:\n" + "".join(f"{name} :\n  forall P\n" for name in sorted(check["REALS"]))
    closed = "Closed under the global context\n"
    assert check["answers"](closed + reals + closed) == [set(), check["REALS"], set()]

    def gate(output: str, *files: str) -> None:
        table = [{"theorem": f"t{i}", "file": file} for i, file in enumerate(files)]
        names = {"run": lambda *_: (output, 0), "kind": lambda file: file.split("/")[0]}
        monkeypatch.setitem(check["check_assumptions"].__globals__, "run", names["run"])
        monkeypatch.setitem(check["check_assumptions"].__globals__, "kind", names["kind"])
        check["check_assumptions"](table, False)

    gate(closed + reals, "algebra/A.v", "analysis/B.v")
    for output, files, foreign in (
        (reals, ["algebra/A.v"], "Classical_Prop.classic"),
        (reals + "boolp.propext : forall P\n", ["analysis/B.v"], "boolp.propext"),
        (reals + "Epsilon.epsilon_statement\n  : P\n", ["analysis/B.v"], "epsilon_statement"),
        (reals.replace("FunctionalExtensionality", "boolp"), ["bridge/C.v"], "boolp.functional"),
        (closed, ["algebra/A.v", "bridge/C.v"], "cannot be had"),
    ):
        with pytest.raises(check["GateError"], match=foreign):
            gate(output, *files)


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
@pytest.mark.parametrize("by_another", [False, True])
def test_the_gate_limits_work_not_waiting(by_another: bool) -> None:
    check = runpy.run_path(str(FORMAL / "check.py"))

    def status(process: str) -> int:
        command = [sys.executable, "-c", process]
        if by_another:  # as make starts coqc
            command = ["sh", "-c", '"$@"; exit', "sh", *command]
        ended: int = check["run"](command, 1)[1]
        return ended

    assert status("import time; time.sleep(1.5)") == 0  # as on a machine that does other things
    if by_another:
        assert status("while True: pass") != 0
    else:
        with pytest.raises(check["GateError"], match="not finished after 1 s of CPU"):
            status("while True: pass")


def test_the_formulas_agree_with_numbers_and_spoilt_ones_do_not() -> None:
    done = subprocess.run(
        [sys.executable, str(FORMAL / "crosscheck.py")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    formulas, comparisons, _, spoilt, _ = re.findall(r"\d+", done.stdout)
    page = (FORMAL / "README.md").read_text()
    assert f"({formulas} formulas, {comparisons} comparisons), and {spoilt} spoilt" in page


def test_the_page_counts_what_is_there(
    whole_record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (FORMAL / "README.md").read_text()
    monkeypatch.syspath_prepend(str(FORMAL))
    monkeypatch.delitem(sys.modules, "check", raising=False)
    check = runpy.run_path(str(FORMAL / "check.py"))
    wrong = runpy.run_path(str(FORMAL / "mutants.py"))
    del sys.modules["check"]  # the name is anybody's
    assert f"builds the {len(check['sources']())} files" in page
    assert f"{len(wrong['MUTANTS'])} wrong theorems" in page
    for name, title, old, _ in wrong["MUTANTS"]:
        assert (FORMAL / name).read_text().count(old) == 1, (name, title)
    assert len(wrong["FOREIGN"]) == 3
    assert "and three theorems that rest on another axiom" in page
    claims: dict[str, set[str]] = {}
    for theorem in THEOREMS:
        about = claims.setdefault(Path(theorem["file"]).name, set())
        about.add(theorem["claim"] or "(no claim yet)")
    rows = re.findall(r"^\| (`\w+\.v`(?:, `\w+\.v`)*) \| (.*?) \|", page, re.MULTILINE)
    for named, said in rows:
        found = [claims.pop(file, set()) for file in re.findall(r"`(.*?)`", named)]
        assert {*said.split(", ")} == (set().union(*found) or {"(auxiliary)"}), named
    assert not claims
    premises = any(claim.derivation.premises for claim in whole_record.claims if claim.derivation)
    assert ("No claim built in takes a premise today." in page) is not premises


def test_the_gate_wants_the_table_word_for_word(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copytree(FORMAL, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.vo*"))
    check = runpy.run_path(str(tmp_path / "check.py"))
    assert check["check_table"](check["check_sources"]()) == THEOREMS
    for old, new in (
        ("lambda N t i l *: (col i U", "lambda N t l i *: (col i U"),
        ("Hypotheses (oU : orthogonal U)", "Hypotheses (oU : orthogonal V)"),
    ):
        text = (FORMAL / "Operator.v").read_text()
        (tmp_path / "Operator.v").write_text(text.replace(old, new, 1))
        with pytest.raises(check["GateError"], match=r"theorems\.json is not the one in Operator"):
            check["check_table"](check["check_sources"]())


# --- the same mathematics as the package ----------------------------------------------------------

POINTS = [
    point(PointKey(depth, width, Stratum.SIMPLE, 1, 0, 7))
    for depth in (1, 2, 3)
    for width in (2, 3)
]


def at_pair(expression: Expression, at: ExactPoint) -> fmpq:
    value: fmpq = expression.at(pair_values(common(at), *at.levels()[:2]))
    return value


def per_frame(at: ExactPoint) -> fmpq:
    return fmpq(2) ** ((int(at.depth) - 1) * at.width * (at.width - 1) // 2)


def stretches(at: ExactPoint) -> fmpq:
    """(d sigma / d t)^2, over all i."""
    squares = [(int(at.depth) * s / t) ** 2 for s, t in zip(at.sigma, at.roots, strict=True)]
    return reduce(mul, squares)


G = fmpq(5, 3)
IN_THE_PACKAGE: dict[str, Callable[[ExactPoint], fmpq]] = {
    "lambda_closed_form": lambda at: at_pair(f.EIGENVALUE, at),
    "lambda_coincident": lambda at: at_pair(f.EIGENVALUE_COINCIDENT, at),
    "lambda_rank_deficient": lambda at: at_pair(f.SUM_EIGENVALUE_EDGE, at) / int(at.depth),
    "operator_spectrum": lambda at: at_pair(f.EIGENVALUE, at),
    "metric_determinant": lambda at: product_value(f.METRIC_DETERMINANT, at),
    "singular_value_flow": lambda at: -at_pair(f.SUM_EIGENVALUE_COINCIDENT, at) * G,
    "svd_jacobian_squared": lambda at: product_value(f.SVD_JACOBIAN, at) ** 2,
    "volume_form": lambda at: product_value(f.VOLUME_FORM, at),
    "volume_form_squared": lambda at: product_value(f.VOLUME_FORM, at) ** 2,
    "orbit_gram_det": lambda at: product_value(f.ORBIT_SQUARED, at) * per_frame(at),
    "group_gram_det": per_frame,
    "orbit_volume": lambda at: product_value(f.ORBIT_SQUARED, at),  # under the root
    "balanced_gram_det": lambda at: product_value(f.MANIFOLD_GRAM, at) * stretches(at),
}
FORMULAS = {t["theorem"]: t["formula"] for t in THEOREMS if "formula" in t}


def formula_value(formula: str, at: ExactPoint) -> Fraction:
    """The formula of the table at a point; of a root, what is under it. It is our own text."""
    t, s = ([Fraction(str(x)) for x in values] for values in (at.roots, at.sigma))
    d, N = at.width, int(at.depth)

    def product(values: Iterable[Fraction]) -> Fraction:
        return reduce(mul, values, Fraction(1))

    def lam(i: int, l: int) -> Fraction:
        terms = (t[i] ** (2 * (N - j)) * t[l] ** (2 * (j - 1)) for j in range(1, N + 1))
        return sum(terms, Fraction(0)) / N

    def van(x: list[Fraction]) -> Fraction:
        return product(x[i] - x[l] for i in range(len(x)) for l in range(i + 1, len(x)))

    names = {"N": Fraction(N), "d": d, "t": t, "s": s, "i": 0, "l": 1, "r": 0}
    names |= {"g": Fraction(str(G)), "lam": lam, "van": van, "prod": product, "sum": sum}
    names |= {"sqrt": lambda x: x, "range": lambda *ends: range(*map(int, ends))}
    return Fraction(eval(formula, {"__builtins__": {}, **names}))


@pytest.mark.parametrize("theorem", IN_THE_PACKAGE)
def test_coq_and_the_package_state_the_same_formula(theorem: str) -> None:
    for at in POINTS:
        expected = Fraction(str(IN_THE_PACKAGE[theorem](at)))
        assert formula_value(FORMULAS[theorem], at) == expected


@pytest.mark.parametrize("theorem", IN_THE_PACKAGE)
def test_a_transcription_error_is_noticed(theorem: str) -> None:
    formula, noticed = FORMULAS[theorem], 0
    for hit in re.finditer(r"(?<![\w.])[12](?![\w.])", formula):
        if formula[: hit.start()].endswith("range("):
            continue  # where a sum begins
        spoilt = f"{formula[: hit.start()]}{int(hit[0]) + 1}{formula[hit.end() :]}"
        with suppress(ZeroDivisionError, IndexError, TypeError, ValueError):
            values = [(formula_value(spoilt, at), IN_THE_PACKAGE[theorem](at)) for at in POINTS]
            assert any(a != Fraction(str(b)) for a, b in values), spoilt
            noticed += 1
    assert noticed
