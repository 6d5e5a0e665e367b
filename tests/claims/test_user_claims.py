"""Claims of one's own: run, recorded, replayed and refused like the ones built in."""

import json
import os
import re
import sys
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import Cli

from dlnproof.author import Study
from dlnproof.claims import studies
from dlnproof.claims.schema import CatalogueError
from dlnproof.cli.main import main
from dlnproof.core.verdict import Route, Verdict
from dlnproof.documents.explanation import trusted_files
from dlnproof.errors import USAGE, InputError
from dlnproof.run.jobs import DerivationResult, Job, run
from dlnproof.run.point import described
from dlnproof.run.select import claims_named

EXAMPLE = Path(__file__).parents[2] / "examples" / "my_claims.py"
LAST = EXAMPLE.read_text().partition("STUDIES = [")[0].count("\n") + 1
BEGINS = "    proof = Deduction("
GRID = ["--depth", "1..2", "--width", "1..2", "--digits", "20"]


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A copy of the example, to be changed."""
    path = tmp_path / "mine.py"
    path.write_text(EXAMPLE.read_text())
    return path


def changed(path: Path, *pairs: tuple[str, str]) -> str:
    text = path.read_text()
    for old, new in pairs:
        assert text.count(old) >= 1, old
        text = text.replace(old, new)
    path.write_text(text)
    return str(path)


def test_the_example_is_proved_and_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(EXAMPLE), "--depth", "1..3", "--width", "1..3", "--json", "-"]) == 0
    data = json.loads(capsys.readouterr().out)
    [claim] = data["claims"]
    assert (claim["id"], claim["verdict"]) == ("volume-density", "proved")
    assert [(e["route"], e["verdict"], e["mutants"]) for e in claim["evidence"]] == [
        ("derivation", "proved", {"tried": 3, "rejected": 3}),
        ("exact", "exact", {"tried": 3, "rejected": 3}),
        ("pullback", "sampled", {"tried": 3, "rejected": 3}),
    ]
    assert claim["evidence"][0]["uses"] == ["metric-diagonalization"]
    assert data["run"]["claims"] == ["my_claims.py"]
    assert list(data["run"]["files"]) == ["my_claims.py"]
    assert str(EXAMPLE.parent) not in json.dumps(data)


def test_one_process_and_several_say_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(EXAMPLE), *GRID, "--jobs", "1", "--json", "-"])
    one = capsys.readouterr().out
    main(["check", str(EXAMPLE), *GRID, "--jobs", "2", "--json", "-"])
    assert capsys.readouterr().out == one


def test_a_file_and_a_claim_of_ours_together(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(EXAMPLE), "svd-jacobian", *GRID]) == 0
    out = capsys.readouterr().out
    assert "volume-density: proved" in out
    assert "svd-jacobian: proved" in out
    assert "All 2 claims hold: 2 proved." in out


@pytest.mark.parametrize(
    "wrong",
    [
        ("determinant(root=1, sigma=-1)", "determinant(root=2, sigma=-1)"),
        ("per_pair(N)", "per_pair(N**2)"),
        ("1 / (N * EQUAL)", "2 / (N * EQUAL)"),
    ],
)
def test_a_wrong_claim_is_refuted_by_every_route(
    mine: Path, capsys: pytest.CaptureFixture[str], wrong: tuple[str, str]
) -> None:
    changed(mine, wrong)
    assert main(["check", str(mine), "--depth", "2", "--width", "2..3", "--digits", "20"]) == 1
    out = capsys.readouterr().out
    assert "volume-density: refuted" in out
    assert "The claim does not hold: refuted." in out
    assert "derivation  refuted" in out
    assert re.search(
        r"density is false at N = 2, d = 2,\s+sigma = \(\S+, \S+\): \S+\s+and\s+\S+\n", out
    )
    assert "counterexample: N = 2" in out


def test_its_derivation_and_explanation(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["derive", str(EXAMPLE)]) == 0
    assert r"\dlnclaim{Volume density with respect to Lebesgue measure}" in capsys.readouterr().out
    assert main(["explain", "volume-density", "--with", str(EXAMPLE), "--trusted"]) == 0
    out = capsys.readouterr().out
    assert "my_claims.py" in out
    assert str(EXAMPLE.parent) not in out
    assert main(["list", "--with", str(EXAMPLE)]) == 0
    assert "volume-density" in capsys.readouterr().out


def test_the_files_to_trust_are_those_it_imports() -> None:
    [claim] = claims_named([str(EXAMPLE)])
    proof, checks = trusted_files(claim)
    names = {name for name, _ in (*proof, *checks)}
    assert {
        "my_claims.py",
        "dlnproof/kernel/theorem.py",
        "dlnproof/numeric/exact/exact_geometry.py",
    } <= names


# --- records --------------------------------------------------------------------------------------


def record_of(path: Path, into: Path) -> str:
    assert main(["check", str(path), *GRID, "--jobs", "1", "--json", str(into)]) == 0
    studies._FILES.clear()
    return str(into)


def test_a_record_is_verified_with_its_file(
    mine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = record_of(mine, tmp_path / "r.json")
    assert main(["verify", record, "--with", str(mine), "--jobs", "1"]) == 0
    assert "4 verdicts: 4 same" in capsys.readouterr().out


def test_a_record_without_its_file(
    mine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = record_of(mine, tmp_path / "r.json")
    assert main(["verify", record]) == 4
    err = capsys.readouterr().err
    assert "is not known here; if it is in a file of your own, give the file" in err
    assert err.count("\n") == 1


def test_a_record_with_another_file_of_that_name(
    mine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = record_of(mine, tmp_path / "r.json")
    changed(mine, ("Ann", "Anne"))
    assert main(["verify", record, "--with", str(mine), "--jobs", "1"]) == 1
    assert "mine.py: is not the record's" in capsys.readouterr().out


def test_a_counterexample_is_replayed_with_its_file(
    mine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed(mine, ("    per_pair(N)\n", "    per_pair(N**2)\n"))
    record = tmp_path / "r.json"
    assert main(["check", str(mine), *GRID, "--json", str(record)]) == 1
    studies._FILES.clear()
    assert main(["replay", str(record), "--with", str(mine)]) == 0
    assert "1 of 1 counterexamples confirmed." in capsys.readouterr().out
    studies._FILES.clear()
    assert main(["replay", str(record)]) == 4


# --- documents ------------------------------------------------------------------------------------


def test_the_appendix_cites_and_carries_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "appendix"
    options = ["--no-figures", "-o", str(out), "--jobs", "1"]
    assert main(["appendix", str(EXAMPLE), *GRID, *options]) == 0
    capsys.readouterr()
    assert (out / "anc" / "my_claims.py").read_bytes() == EXAMPLE.read_bytes()
    assert "@unpublished{Draft2026," in (out / "references.bib").read_text()
    bbl = (out / "main.bbl").read_text()
    assert "Author, A Draft on Volumes, 2026, In preparation." in bbl
    assert r"\cite[Corollary 3]{Draft2026}" in (out / "claims" / "volume_density.tex").read_text()
    readme = (out / "anc" / "README").read_text()
    assert "dlnproof verify record.json --with my_claims.py" in readme
    studies._FILES.clear()
    record, mine = str(out / "anc" / "record.json"), str(out / "anc" / "my_claims.py")
    assert main(["verify", record, "--with", mine, "--jobs", "1"]) == 0


def test_a_document_from_its_record_needs_the_file(
    mine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = record_of(mine, tmp_path / "r.json")
    options = ["--record", record, "--no-figures", "-o", str(tmp_path / "site")]
    assert main(["report", *options]) == 4
    assert "mine.py: the record's file of claims is not given" in capsys.readouterr().err
    assert main(["report", *options, "--with", str(mine)]) == 0
    assert (tmp_path / "site" / "mine.py").read_bytes() == mine.read_bytes()


def test_a_document_from_its_record_needs_that_very_file(
    mine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = record_of(mine, tmp_path / "r.json")
    changed(mine, ("Ann", "Anne"))
    options = ["--record", record, "--no-figures", "-o", str(tmp_path / "site")]
    assert main(["appendix", *options, "--with", str(mine)]) == 4
    assert "mine.py: is not the record's" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("where", ["STUDIES = [", BEGINS])
def test_a_file_that_exits_passes_nothing(
    mine: Path, capsys: pytest.CaptureFixture[str], where: str
) -> None:
    indent = " " * (len(where) - len(where.lstrip()))
    changed(mine, (where, f"{indent}raise SystemExit(0)\n{where}"))
    assert main(["check", str(mine), *GRID, "--jobs", "1"]) in (1, 4)
    assert "SystemExit" in "".join(capsys.readouterr())


def test_what_a_file_prints_is_no_part_of_the_result(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed(mine, (BEGINS, f"    print('{{')\n{BEGINS}"))
    changed(mine, ("STUDIES = [", "print('hello {')\nSTUDIES = ["))
    assert main(["check", str(mine), *GRID, "--jobs", "1", "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["claims"]


def test_an_appendix_of_a_derivation_that_raises_is_written(mine: Path, tmp_path: Path) -> None:
    changed(mine, (BEGINS, f"    raise SystemExit(0)\n{BEGINS}"))
    out = tmp_path / "appendix"
    assert main(["appendix", str(mine), *GRID, "--no-figures", "-o", str(out)]) == 1
    assert "The claim does not hold" in " ".join((out / "appendix.tex").read_text().split())


def test_a_source_without_bibtex_is_named_in_words(mine: Path, tmp_path: Path) -> None:
    name = changed(mine, (", references=REFERENCES", ""))
    out = tmp_path / "appendix"
    assert main(["appendix", name, *GRID, "--no-figures", "-o", str(out)]) == 0
    fragment = (out / "claims" / "volume_density.tex").read_text()
    assert "Draft2026, Corollary 3" in fragment
    assert r"\cite[Corollary 3]" not in fragment


@pytest.mark.parametrize("taken", ["verify_record.py", "mine.py"])
def test_two_files_of_one_name_cannot_stand_beside_each_other(
    mine: Path, tmp_path: Path, taken: str
) -> None:
    claims_named([str(mine)])
    other = tmp_path / "other" / taken
    other.parent.mkdir()
    other.write_text("STUDIES = []")
    with pytest.raises(InputError, match="its name is taken by another file"):
        claims_named([str(other)])


# --- what a derivation establishes ----------------------------------------------------------------

SMALL = """
from dlnproof.author import (
    Deduction, I, L, Mutant, N, Route, Sentence, Source, Study, claim, geometry, hypotheses,
    letters, part, premise, settle, terms, theorem,
)

i, l, d, sigma = letters.i, letters.l, letters.d, letters.sigma
DISTINCT = 1 / ((I.sigma**2 - L.sigma**2) / (N * (I.root**2 - L.root**2)))
EQUAL = 1 / (I.sigma**2 / I.root**2)
SAME = terms.equal(sigma(i.term), sigma(l.term))
ENTRY = terms.choose(SAME, part("equal", i), part("distinct", i, l))
PLACE = (*terms.within(i, 1, d), *terms.within(l, 1, d))
POSITIVE = terms.every((i, l), PLACE, terms.less(0, ENTRY))
UNIT = terms.unit(d, i.term, l.term)
METRIC = geometry.METRIC(letters.N, letters.W, UNIT, UNIT)
TRACE = terms.equal(
    terms.total(i, 1, d, terms.total(l, 1, d, METRIC)),
    terms.total(i, 1, d, part("equal", i))
    + 2 * terms.total(i, 1, d, terms.total(l, i.term + 1, d, ENTRY)),
)
GIVEN = (*hypotheses.DEPTH, *hypotheses.WIDTH, *hypotheses.SVD, *hypotheses.POSITIVE)
ENTRIES = claim(
    "entries",
    title="Entries of the metric",
    source=Source("Draft2026", "Lemma 1"),
    given=GIVEN,
    sentences=(Sentence("positive", POSITIVE),),
    parts={"distinct": DISTINCT, "equal": EQUAL},
    quantities={"metric-entry": ("distinct", "equal")},
    routes=(Route.DERIVATION, Route.EXACT),
    uses=("metric-diagonalization",),
    mutants=(Mutant("inverse", "upside down", {"distinct": 1 / DISTINCT, "equal": 1 / EQUAL}),),
)


def derive():
    proof = Deduction(ENTRIES.id)
    known = theorem("metric-diagonalization", "entries-positive")
    proof.conclude("positive", known)
    return proof


STUDIES = [Study(ENTRIES, derive)]
"""
OTHER = 'theorem("operator-spectrum", "basis")'
TRACED = ('Sentence("positive", POSITIVE),', 'Sentence("trace", TRACE, "the trace"),')
ASSUMED = ("    known = theorem(", "    known = premise(theorem(")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A claim that needs no check of its own, to be changed."""
    path = tmp_path / "small.py"
    path.write_text(SMALL)
    return path


def checked(path: Path, cli: Cli, *words: str) -> tuple[int, str]:
    """The exit status of ``check``, and what it prints, on one line."""
    grid = ("--depth", "2", "--width", "2", "--digits", "20", "--jobs", "1")
    status, said = cli.ended(["check", str(path), *grid, *words])
    return status, " ".join(said.out.split())


def test_a_claim_of_sentences_is_proved(small: Path, cli: Cli) -> None:
    status, out = checked(small, cli)
    assert (status, "entries: proved" in out) == (0, True)


def test_a_false_sentence_is_refuted_with_its_values(small: Path, cli: Cli) -> None:
    changed(small, TRACED, ("    + 2 *", "    + 3 *"))
    changed(small, ('    proof.conclude("positive", known)\n', ""))
    status, out = checked(small, cli)
    assert status == 1
    assert "entries: refuted" in out
    values = "12132/1225 and 12573/1225"
    assert f"trace is false at N = 2, d = 2, sigma = (49/9, 1/9): {values}" in out
    assert "The claim does not hold: refuted." in out


def test_a_true_sentence_without_a_theorem_is_undecided(small: Path, cli: Cli) -> None:
    changed(small, TRACED, ('    proof.conclude("positive", known)\n', ""))
    status, out = checked(small, cli)
    assert status == 1
    assert "undecided; not established: trace: no theorem concludes it" in out


def test_a_theorem_that_says_something_else_is_shown(small: Path, cli: Cli) -> None:
    changed(small, ('theorem("metric-diagonalization", "entries-positive")', OTHER))
    status, out = checked(small, cli)
    assert status == 1
    assert "not established: positive: the theorem says otherwise: the matrices u_i v_l^T" in out


def test_a_hypothesis_that_the_claim_lacks_is_named(small: Path, cli: Cli) -> None:
    changed(small, (", *hypotheses.POSITIVE", ""))
    status, out = checked(small, cli)
    assert status == 1
    needed = "the theorem needs what the claim does not assume: for all 1 <= i <= d: 0 < sigma_i"
    assert f"undecided; not established: positive: {needed}" in out


def test_a_wrong_variant_that_is_established_is_an_error(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    same = "per_pair(N) * DENSITY * per_pair(1 / N)"
    changed(mine, ('{"density": DENSITY**2}', f'{{"density": {same}}}'))
    assert main(["check", str(mine), *GRID, "-k", "derivation", "--jobs", "1"]) == 1
    out = " ".join(capsys.readouterr().out.split())
    assert "volume-density: error" in out
    assert "error; the wrong variant 'squared' is derived too" in out


@pytest.mark.parametrize("latex", [r"\pi", "3", r"\sigma_{1}", "x+y", r"\log x", r"\Gamma"])
def test_a_symbol_that_is_printed_as_something_else_is_an_error(
    small: Path, cli: Cli, latex: str
) -> None:
    symbol = f'terms.variable("rate", terms.REAL, r"{latex}").term'
    changed(small, ("*hypotheses.POSITIVE)", f"*hypotheses.POSITIVE, terms.positive({symbol}))"))
    status, out = checked(small, cli)
    assert status == 1
    assert "entries: error" in out
    assert f"derivation: error; rate is printed as {latex}, which " in out


def test_two_letters_that_are_printed_alike_are_an_error(small: Path, cli: Cli) -> None:
    symbol = 'terms.variable("rate", terms.INT, "N").term'
    changed(small, ("*hypotheses.POSITIVE)", f"*hypotheses.POSITIVE, terms.at_most(0, {symbol}))"))
    status, out = checked(small, cli)
    assert status == 1
    assert "entries: error" in out
    assert "two letters are printed as N" in out


# --- premises -------------------------------------------------------------------------------------

STATED = '    positive = theorem("metric-diagonalization", "entries-positive")\n'
ARGUED = """    told = theorem("metric-diagonalization", "entries-positive")
    argument = r"each $\\lambda_{il}$ is a sum of positive numbers"
    positive = premise(told.conclusion, argument, "a book", told.hypotheses)
"""


@pytest.fixture
def argued(mine: Path) -> Path:
    """The example, with a step that is argued in words."""
    changed(mine, (STATED, ARGUED), ("    per_pair,\n", "    per_pair,\n    premise,\n"))
    return mine


def test_a_claim_with_a_premise_is_derived_and_says_which(
    argued: Path, tmp_path: Path, cli: Cli
) -> None:
    record = tmp_path / "r.json"
    status, out = checked(argued, cli, "--json", str(record))
    assert status == 0
    assert "volume-density: derived (1 premise in words)" in out
    given = "volume-density, derivation: taken as given: for all 1 <= i,l <= d: 0 < "
    assert given in out
    found = re.search(
        r"otherwise: each lambda_il is a sum of positive numbers, a book \(held at (\d+) points\)",
        out,
    )
    assert found is not None
    assert int(found[1]) > 10
    [claim] = json.loads(record.read_text())["claims"]
    [premise] = claim["evidence"][0]["premises"]
    assert (claim["verdict"], claim["evidence"][0]["verdict"]) == ("derived", "derived")
    assert premise.endswith(found[0])
    studies._FILES.clear()
    out = cli(["derive", str(argued)]).out
    assert "Taken as given, in words (1):" in out
    assert r"each $\lambda_{il}$ is a sum of positive numbers (a book)" in out
    studies._FILES.clear()
    assert (
        "The record is confirmed"
        in cli(["verify", str(record), "--with", str(argued), "--jobs", "1"]).out
    )


def test_documents_count_and_print_a_premise(argued: Path, tmp_path: Path, cli: Cli) -> None:
    out = tmp_path / "appendix"
    cli(["appendix", str(argued), *GRID, "--no-figures", "-o", str(out), "--jobs", "1"])
    fragment = " ".join((out / "claims" / "volume_density.tex").read_text().split())
    assert "Taken as given, in words (1):" in fragment
    assert r"otherwise}\end{cases}$: each $\lambda_{il}$ is a sum of positive numbers (a book)" in (
        fragment
    )
    paper = " ".join((out / "paragraph.tex").read_text().split())
    assert "It is derived (every equation of the derivation decided, something of it in" in paper
    assert "Its derivation rests on 1 premise in words." in paper


@pytest.mark.parametrize(
    ("premise", "why"),
    [
        ("terms.less(1, sigma(i.term))", "1 < sigma_i is false at N = "),
        ("terms.equal(sigma(i.term) ** 2, sigma(i.term))", "sigma_i^2 = sigma_i is false at N = "),
    ],
)
def test_a_false_premise_is_an_error_with_a_point(
    small: Path, cli: Cli, premise: str, why: str
) -> None:
    false = f"""
    false = premise(terms.every(i, terms.within(i, 1, d), {premise}), "clear")
    known = logic.cut(logic.weaken(known, false.conclusion), false)
    proof.conclude("""
    changed(small, ("    proof.conclude(", false), (" letters,", " letters, logic,"))
    status, out = checked(small, cli)
    assert (status, "entries: error" in out) == (1, True)
    assert f"derivation: error; the premise for all 1 <= i <= d: {why}" in out
    assert re.search(r"sigma = \([^)]*\): .*; if it needs hypotheses, name them", out)


def test_a_sentence_that_is_a_premise_is_not_established(small: Path, cli: Cli) -> None:
    changed(small, ('"entries-positive")', '"entries-positive").conclusion, "clear")'), ASSUMED)
    status, out = checked(small, cli)
    assert status == 1
    assert (
        "undecided; not established: positive: it is taken as given, by the premise for all" in out
    )


# --- files that are at fault ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pair", "message"),
    [
        (("STUDIES = [", "STUDIES = [["), "SyntaxError: "),
        (("STUDIES = [", "undefined_name\nSTUDIES = ["), f"line {LAST}: NameError"),
        (("STUDIES = [", "OTHER = ["), "defines no STUDIES"),
        (("STUDIES = [Study(VOLUME_DENSITY, derive, CHECKS, ", "STUDIES = [dict("), "holds dict"),
        (('"volume-density"', '"volume-form"'), "claim 'volume-form' is stated already"),
        (('uses=("metric-diagonalization",)', 'uses=("nothing",)'), "uses 'nothing', which is not"),
        (("Route.EXACT, Route.PULLBACK", "Route.EXACT, Route.ENCLOSURE"), "got checks of the rout"),
        (('parts={"density": DENSITY},', "parts={},"), "field 'parts' is empty"),
        (("routes=(Route.DERIVATION, Route.EXACT, Route.PULLBACK)", "routes=()"), "field 'routes'"),
        (
            ("    given=GIVEN,", "    statement='It is.',"),
            "from terms; expected them in 'sent",
        ),
        (
            ("    given=GIVEN,", "    hypotheses=('N',),"),
            "from terms; expected them in 'giv",
        ),
        (("    given=GIVEN,", "    given=(),"), "field 'given' is empty"),
        (('part("density")', 'part("densiti")'), "the statement does not show the part 'density'"),
        (("def derive()", "def derive(parts)"), "derive: expected a function of no arguments"),
    ],
)
def test_a_file_at_fault_is_one_line(
    mine: Path, capsys: pytest.CaptureFixture[str], pair: tuple[str, str], message: str
) -> None:
    name = changed(mine, pair)
    assert main(["check", name]) == 4
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err
    assert "mine.py'" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("name", ["none.py", "a\0b.py", ".py"])
def test_a_file_that_is_not_there(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", name]) == 4
    err = capsys.readouterr().err
    assert "cannot be read" in err
    assert err.count("\n") == 1


def test_a_derivation_that_raises_is_an_error_of_that_route(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed(mine, (BEGINS, f"    raise KeyError('oops')\n{BEGINS}"))
    assert main(["check", str(mine), *GRID]) == 1
    out = " ".join(capsys.readouterr().out.split())
    assert "volume-density, derivation: error; KeyError: 'oops'" in out


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (('theorem("metric-', 'theorem("no-such-'), "no claim 'no-such-diagonalization' is known"),
        (('"entries-positive")', '"no-such")'), "shows no theorem 'no-such'; it shows linear,"),
        (('uses=("metric-diagonalization",),', ""), "field 'uses' (which is empty)"),
        (("    return proof\n", "    return [proof]\n"), "it returns list, expected Deduction"),
        (
            ("    return proof\n", "    return Deduction('x')\n"),
            "theorems about 'x', expected 'vol",
        ),
        (
            ('conclude("density"', 'conclude("densiti"'),
            "it concludes 'densiti', expected a sentence",
        ),
        (('proof.show("square"', 'proof.show("density"'), "two theorems are shown as 'density'"),
        (("(on * off) ** 2, on**2", "(on * off) ** 2, on**3"), "not"),
    ],
)
def test_a_derivation_that_is_not_admitted_is_one_line(
    changes: tuple[str, str], said: str, mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """``derive`` says so, and ``check`` gives the same sentence beside its verdict."""
    changed(mine, changes)
    assert main(["derive", str(mine)]) == 4
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert said in err
    assert main(["check", str(mine), *GRID, "-k", "derivation", "--jobs", "1"]) == 1
    out = " ".join(capsys.readouterr().out.split())
    assert said in out
    assert "derivation error" in out


def test_a_study_whose_checks_cover_too_little() -> None:
    [claim] = claims_named([str(EXAMPLE)])
    ours = studies.study("volume-form")
    with pytest.raises(CatalogueError, match="checks cover density"):
        Study(claim, ours.derive, ours.checks)


# --- installed packages ---------------------------------------------------------------------------


class Entry:
    """An entry point as importlib.metadata gives it."""

    name = "theirs"

    def __init__(self, loaded: Any) -> None:
        self.loaded = loaded

    def load(self) -> Any:
        if isinstance(self.loaded, BaseException):
            raise self.loaded
        return self.loaded() if callable(self.loaded) else self.loaded


def installed(monkeypatch: pytest.MonkeyPatch, loaded: Any) -> None:
    def entry_points(group: str) -> list[Entry]:
        assert group == "dlnproof.studies"
        return [Entry(loaded)]

    monkeypatch.setattr(metadata, "entry_points", entry_points)
    studies._installed.cache_clear()


@pytest.fixture
def own_cache() -> Any:
    yield
    studies._installed.cache_clear()


@pytest.mark.usefixtures("own_cache")
def test_an_installed_package_registers_its_claims(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    claims_named([str(EXAMPLE)])
    [file] = studies._FILES.values()
    studies._FILES.clear()
    installed(monkeypatch, SimpleNamespace(STUDIES=list(file.studies)))
    assert main(["check", "volume-density", *GRID, "--jobs", "1"]) == 0
    assert "volume-density: proved" in capsys.readouterr().out
    assert main(["list"]) == 0
    assert "volume-density" in capsys.readouterr().out


@pytest.mark.usefixtures("own_cache")
@pytest.mark.parametrize("loaded", [ImportError("no such thing"), SimpleNamespace(STUDIES=[])])
def test_a_broken_package_is_named(monkeypatch: pytest.MonkeyPatch, loaded: Any) -> None:
    installed(monkeypatch, loaded)
    with pytest.raises(InputError, match=r"entry point 'theirs' of dlnproof\.studies"):
        claims_named([])


@pytest.mark.usefixtures("own_cache")
@pytest.mark.parametrize(
    ("loaded", "named"),
    [
        (lambda: os._exit(0), "ExitError: os._exit(0)"),
        (lambda: sys.exit(0), "SystemExit: 0"),
        (GeneratorExit("x"), "GeneratorExit: x"),
        (BaseException("a\x1b[2Jb\nc"), "BaseException: a\\x1b[2Jb c"),
        (lambda: print("{}"), "defines no STUDIES"),
    ],
)
def test_a_package_that_exits_raises_or_prints_is_named_in_one_line(
    loaded: Any, named: str, monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    ends = os._exit
    installed(monkeypatch, loaded)
    out, err = cli(["list"], USAGE)
    assert (out, os._exit) == ("", ends)
    *printed, line = err.splitlines()
    assert named in line
    assert line.isprintable()
    assert printed == (["{}"] if "STUDIES" in named else [])


@pytest.mark.parametrize("how", ["os._exit(0)", "sys.exit(0)", "raise GeneratorExit"])
def test_a_derivation_that_ends_the_process_is_an_error_of_its_claim(
    how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def derive() -> None:
        exec(how, {"os": os, "sys": sys})

    monkeypatch.setattr("dlnproof.run.jobs.derive_claim", lambda *given: derive())
    found = run(Job("svd-jacobian", Route.DERIVATION))
    assert isinstance(found, DerivationResult)
    assert found.found.verdict is Verdict.ERROR


def test_what_an_exception_says_is_one_line_of_printable_ascii() -> None:
    assert described(ValueError("a\x1b[2J\nb\u202e \xe9")) == "ValueError: a\\x1b[2J b\\u202e \\xe9"
