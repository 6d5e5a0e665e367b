"""Premises that Coq theorems say: a claim is proved with Coq where the run built each of them."""

import json
import re
import shutil
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from conftest import Cli

from dlnproof.claims import studies
from dlnproof.core.verdict import Verdict
from dlnproof.record.record import Record
from dlnproof.run.formal_build import Asked, FormalBuild

FORMAL = Path(__file__).parents[2] / "formal"
CLAIM = """
from dlnproof.author import (
    Deduction, I, L, Mutant, N, Route, Sentence, Source, Study, claim, hypotheses, letters, part,
    premise, settle, terms, theorem,
)

i, l, d, sigma = letters.i, letters.l, letters.d, letters.sigma
DISTINCT = 1 / ((I.sigma**2 - L.sigma**2) / (N * (I.root**2 - L.root**2)))
EQUAL = 1 / (I.sigma**2 / I.root**2)
SAME = terms.equal(sigma(i.term), sigma(l.term))
ENTRY = terms.choose(SAME, part("equal", i), part("distinct", i, l))
PLACE = (*terms.within(i, 1, d), *terms.within(l, 1, d))
SQUARES = terms.total(i, 1, d, sigma(i.term) ** 2)
ENTRIES = claim(
    "entries",
    title="Entries of the metric",
    source=Source("Draft2026", "Lemma 1"),
    given=(*hypotheses.DEPTH, *hypotheses.WIDTH, *hypotheses.SVD, *hypotheses.POSITIVE),
    sentences=(
        Sentence("positive", terms.every((i, l), PLACE, terms.less(0, ENTRY))),
        Sentence("squares", terms.less(0, SQUARES + 1)),
    ),
    parts={"distinct": DISTINCT, "equal": EQUAL},
    quantities={"metric-entry": ("distinct", "equal")},
    routes=(Route.DERIVATION, Route.EXACT),
    uses=("metric-diagonalization",),
    mutants=(Mutant("inverse", "upside down", {"distinct": 1 / DISTINCT, "equal": 1 / EQUAL}),),
)


def derive():
    proof = Deduction("entries")
    proof.conclude("positive", theorem("metric-diagonalization", "entries-positive"))
    given = premise(terms.at_most(0, SQUARES), "squares are", given=hypotheses.WIDTH)
    proof.conclude("squares", settle.proved(terms.less(0, SQUARES + 1), given))
    return proof


STUDIES = [Study(ENTRIES, derive)]
"""
PREMISE = "0 <= sum_{i=1}^d sigma_i^2"
GRID = ("--depth", "2", "--width", "2", "--digits", "20", "--jobs", "1")
STATED = (
    "forall (d : nat) (sigma : 'I_d -> F), (1 <= d)%N -> "
    r"(0 <= (\sum_(i < d) ((sigma i) ^+ 2)))"
)
SQUARES = """(** * Squares *)
From mathcomp Require Import all_ssreflect all_algebra.
Import GRing.Theory Num.Theory.
Local Open Scope ring_scope.
Theorem squares (F : realFieldType) (d : nat) (s : 'I_d -> F) :
  (0 < d)%N -> 0 <= \\sum_i s i ^+ 2.
Proof. by move=> _; apply: sumr_ge0 => i _; exact: sqr_ge0. Qed.
Theorem no_squares (F : realFieldType) (d : nat) (s : 'I_d -> F) :
  (0 < d)%N -> 0 <= \\sum_i s i ^+ 4.
Proof. by move=> _; apply: sumr_ge0 => i _; exact: exprn_even_ge0. Qed.
"""
REAL_SQUARES = """(** * Squares of Coq's real numbers *)
From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import Rstruct.
Import GRing.Theory Num.Theory.
Local Open Scope ring_scope.
Theorem real_squares (d : nat) (s : 'I_d -> R) :
  (0 < d)%N -> 0 <= \\sum_i s i ^+ 2.
Proof. by move=> _; apply: sumr_ge0 => i _; exact: sqr_ge0. Qed.
"""
FILES = {"Squares.v": SQUARES, "analysis/RealSquares.v": REAL_SQUARES}


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.py"
    path.write_text(CLAIM)
    return path


def changed(path: Path, old: str, new: str) -> None:
    """Change a file of claims, which is loaded again."""
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    studies._FILES.clear()


def entry(theorem: str, premise: str = PREMISE, **fields: Any) -> dict[str, Any]:
    """A line of the table for a theorem of FILES."""
    file, text = next((f, t) for f, t in FILES.items() if f"Theorem {theorem} " in t)
    found = re.search(rf"Theorem {theorem} .*?(?=\nProof)", text, re.DOTALL)
    assert found
    return {
        "claim": "entries", "theorem": theorem, "file": file, "context": [], "statement": found[0],
        "says": "squares", "headline": True, "discharges": ["entries", "squares", premise],
        **fields,
    }  # fmt: skip


Table = Callable[..., Path]


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Table:
    """A small development with theorems in place of ours; it is given its table."""
    folder = tmp_path / "formal"
    (folder / "analysis").mkdir(parents=True)
    shutil.copy(FORMAL / "check.py", folder)
    for name, text in FILES.items():
        (folder / name).write_text(text)
    (folder / "_CoqProject").write_text("-Q . DLN\n\n" + "\n".join(FILES) + "\n")
    monkeypatch.setattr("dlnproof.run.formal_table.files", lambda _: folder)
    monkeypatch.setattr("dlnproof.run.formal_build._source", lambda: folder)

    def written(*entries: Mapping[str, Any]) -> Path:
        (folder / "theorems.json").write_text(json.dumps(entries))
        return folder

    return written


Built = Callable[..., None]


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> Built:
    """As if Coq had built all, and answered so; by default that the theorem is the premise."""

    def answered(answers: Mapping[Asked, str] | None = None) -> None:
        found = {("squares", STATED): ""} if answers is None else answers
        made = FormalBuild(Verdict.PROVED, "2 files", found)
        for module in ("dlnproof.run.formal_build", "dlnproof.cli.selection"):
            monkeypatch.setattr(f"{module}.build_formal", lambda *_: made)

    return answered


def said(cli: Cli, *words: str, status: int = 0) -> str:
    found, texts = cli.ended([*words])
    assert found == status, texts
    return " ".join(texts.out.split())


def test_without_a_build_the_claim_is_derived_and_names_the_theorem(
    mine: Path, table: Table, cli: Cli
) -> None:
    table(entry("squares"))
    out = said(cli, "check", str(mine), *GRID)
    assert "entries: derived (1 premise in words)" in out
    assert "squares are (held at 84 points; in Coq: squares (formal/Squares.v))" in out
    assert "The claim holds: derived." in out
    studies._FILES.clear()
    assert "; in Coq: squares (formal/Squares.v)" in said(cli, "derive", str(mine))


@pytest.mark.long  # every document
def test_with_a_build_it_is_proved_with_coq_in_every_document(
    mine: Path, table: Table, cli: Cli, built: Built, tmp_path: Path
) -> None:
    table(entry("squares"))
    built()
    record, junit = str(tmp_path / "r.json"), str(tmp_path / "j.xml")
    forms = ("--json", record, "--junit", junit, "--summary-markdown", str(tmp_path / "s.md"))
    used = ("operator-spectrum", "metric-diagonalization")
    out = said(cli, "check", str(mine), *used, *GRID, "--formal", *forms)
    assert "entries: proved with Coq (1 premise in words discharged in Coq)" in out
    assert f"entries, formal: the premise is the theorem squares: {PREMISE}: squares are (" in out
    assert "All 3 claims hold: 2 proved, 1 proved with Coq." in out
    [*_, claim] = json.loads(Path(record).read_text())["claims"]
    assert claim["verdict"] == "proved_with_Coq"
    assert set(claim["sentences"].values()) == {"proved_with_Coq"}
    assert claim["evidence"][0]["verdict"] == "derived"
    [premise] = claim["evidence"][0]["premises"]
    assert claim["evidence"][-1]["discharges"] == {premise: "squares"}
    for form in (tmp_path / "s.md", tmp_path / "j.xml"):
        assert "proved with Coq" in form.read_text()
    again = Record.from_json(json.loads(Path(record).read_text()))
    assert again.claims[-1].verdict is Verdict.PROVED_WITH_COQ

    folder = tmp_path / "appendix"
    words = ("--record", record, "--with", str(mine), "--no-figures", "-o", str(folder))
    said(cli, "appendix", *words)
    paragraph = " ".join((folder / "paragraph.tex").read_text().split())
    assert "and 1 is proved with Coq (derived from premises that are theorems in Coq" in paragraph
    assert "in words" not in paragraph.partition("Of the 3")[2]
    fragment = " ".join((folder / "appendix.tex").read_text().split())
    assert "That a premise and the statement made from it in Coq say the same" in fragment
    page = tmp_path / "page"
    said(cli, "report", "--record", record, "--with", str(mine), "-o", str(page))
    index = (page / "index.html").read_text()
    assert "Statement: proved with Coq. Derivation: proved with Coq: theorems" in index
    assert 'class="strip with_coq"' in index
    for path in (page / "claims" / "entries.html", folder / "claims" / "entries.tex"):
        text = " ".join(path.read_text().split())
        assert "the premise is the theorem squares" in text, path

    verify = ("verify", record, "--with", str(mine), "--jobs", "1")
    out = said(cli, *verify, status=6)
    assert "entries formal" in out
    assert "The record is confirmed in part." in out
    assert "The record is confirmed." in said(cli, *verify, "--formal")
    built({("squares", STATED): "it does not say the premise"})
    out = said(cli, *verify, "--formal", status=1)
    assert "entries, claim: changed: proved_with_Coq -> derived" in out


def test_the_checker_follows_the_rule_of_the_record(
    mine: Path, table: Table, cli: Cli, built: Built
) -> None:
    examination = import_module("dlnproof.referee.examination")
    table(entry("squares"))
    built()
    said_ = cli(["check", str(mine), *GRID, "--formal", "--json", "-"]).out
    claim = json.loads(said_)["claims"][0]
    wrong = [why for _, why, _ in examination.verdicts(claim) if why != "unknown here"]
    assert not wrong
    record = Record.from_json(json.loads(said_)).claims[0]
    derivation, formal = claim["evidence"][0], claim["evidence"][-1]
    spoilt: list[Callable[[], Any]] = [
        lambda: derivation["premises"].append("0 = 1: believed"),
        lambda: formal.update(discharges={}),
        lambda: formal.pop("discharges"),
    ]
    for spoil in spoilt:
        claim = json.loads(said_)["claims"][0]
        derivation, formal = claim["evidence"][0], claim["evidence"][-1]
        spoil()
        made = {"evidence": claim["evidence"], "sentences": claim["sentences"]}
        wrong = [why for _, why, _ in examination.verdicts({**claim, **made}) if why]
        assert "the claim is recorded as proved_with_Coq, by its evidence derived" in wrong
        assert type(record).from_json(claim).verdict is Verdict.DERIVED


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({("squares", STATED): "it does not say the premise"}, "it does not say the premise"),
        ({("squares", STATED.replace("<=", "<")): ""}, ""),
        ({}, ""),
    ],
)
def test_what_coq_does_not_answer_so_discharges_nothing(
    table: Table, cli: Cli, built: Built, answers: Mapping[Asked, str], why: str
) -> None:
    mine = table(entry("squares")) / "mine.py"
    mine.write_text(CLAIM)
    built(answers)
    out = said(cli, "check", str(mine), *GRID, "--formal")
    assert "entries: derived (1 premise in words)" in out
    assert ("no premise is discharged by squares: it does not say the premise" in out) is bool(why)


def test_a_premise_beyond_the_fragment_is_paired_by_hand(
    mine: Path, table: Table, cli: Cli, built: Built
) -> None:
    table(entry("squares", "0 <= log(sum_{i=1}^d sigma_i^2+1)"))
    changed(mine, "premise(terms.at_most(0, SQUARES)", "premise(terms.at_most(0, LOG)")
    changed(mine, "ENTRIES = claim", "LOG = terms.log(SQUARES + 1)\nENTRIES = claim")
    changed(mine, "terms.less(0, SQUARES + 1)", "terms.less(0, LOG + 1)")
    built()
    by_hand = "in Coq, paired by hand and not discharged: squares (formal/Squares.v); 'log' is not"
    for words in ((), ("--formal",)):
        out = said(cli, "check", str(mine), *GRID, *words)
        assert "entries: derived (1 premise in words)" in out
        assert by_hand in out
        studies._FILES.clear()


def test_one_premise_of_two_is_not_enough(mine: Path, table: Table, cli: Cli, built: Built) -> None:
    table(entry("squares"))
    built()
    changed(
        mine,
        "ENTRIES = claim",
        "FOURTH = terms.total(i, 1, d, sigma(i.term) ** 4)\nENTRIES = claim",
    )
    changed(mine, "SQUARES + 1)", "SQUARES + FOURTH + 1)")
    changed(mine, "1), given)", '1), given, premise(terms.at_most(0, FOURTH), "so are"))')
    out = said(cli, "check", str(mine), *GRID, "--formal")
    assert "entries: derived (2 premises in words)" in out


def test_what_uses_a_claim_is_proved_with_coq_where_that_one_is() -> None:
    from dlnproof.run import formal_evidence

    assert formal_evidence._all_discharged("volume-form", {})  # which takes nothing as given


@pytest.mark.long
@pytest.mark.skipif(shutil.which("coqc") is None, reason="Coq is not installed")
def test_coq_discharges_what_it_proves_and_nothing_else(mine: Path, table: Table, cli: Cli) -> None:
    table(entry("squares"), entry("no_squares", headline=False))
    check = ("check", str(mine), *GRID, "--formal")
    refused = "no premise is discharged by no_squares: it does not say the premise"
    out = said(cli, *check)
    assert "entries: proved with Coq (1 premise in words discharged in Coq)" in out
    assert refused in out

    table(entry("real_squares"))
    studies._FILES.clear()
    assert "the premise is the theorem real_squares: " in said(cli, *check)

    table(entry("no_squares"))
    studies._FILES.clear()
    out = said(cli, *check)
    assert "entries: derived (1 premise in words)" in out
    assert refused in out

    changed(mine, "sigma(i.term) ** 2", "(-sigma(i.term)) ** 2")  # as true, and another sentence
    told = re.search("taken as given: (.*): squares are", said(cli, *check[:-1]))
    assert told
    table(entry("squares", told[1]))
    studies._FILES.clear()
    out = said(cli, *check)
    assert "entries: derived (1 premise in words)" in out
    assert "no premise is discharged by squares: it does not say the premise" in out
