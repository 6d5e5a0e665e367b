"""The forms of a run that CI services read: JUnit XML and a summary in Markdown."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import permutations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import Cli
from markdown_it import MarkdownIt

from dlnproof.core.verdict import Route, Verdict
from dlnproof.documents.writers.junit import junit_text
from dlnproof.documents.writers.markdown import claims_table, escaped, summary_markdown
from dlnproof.errors import FAILED, USAGE
from dlnproof.record.counterexamples import Counterexample
from dlnproof.record.evidence import ROUTES, Evidence
from dlnproof.record.reading import counterexamples_in
from dlnproof.record.record import ClaimRecord, PrintedRecord, Record
from dlnproof.run.grid import Grid
from dlnproof.run.planning import Plan
from dlnproof.run.runner import Run

SMALL = ["check", "svd-jacobian", "--width", "2", "--depth", "1..2", "--jobs", "1"]
FORMS = ("--json", "--junit", "--summary-markdown")
NASTY = 'a|b <c> "d" & \x1b[31m `e` *f* \ud800 $g$\nh'

AT = {"t": ["2", "1"], "Q": [[["1", "0"], ["0", "1"]]] * 3}
DATA = {
    "schema": "dlnproof-counterexample/1", "claim": "volume-form", "statement": "false", "N": 2,
    "d": 2, "point": AT, "left": "1/2", "right": "3",
}  # fmt: skip
COUNTEREXAMPLE = Counterexample.from_json(DATA)
SETTINGS = Plan((), "", (), Grid(), ()).settings


def evidence(route: Route, verdict: Verdict, **figures: Any) -> Evidence:
    if route is not Route.DERIVATION:
        figures["points"] = 4
    return ROUTES[route](verdict, scope="here", tried=3, **figures)


def run_of(*claims: ClaimRecord, stopped: bool = False) -> Run:
    record = Record("1.2.3", "dlnproof check -k 'a|b'", 0, claims, SETTINGS, commit="abc")
    durations = [
        (3.0, f"{claim.id} {found.route} point {k}")
        for claim in claims
        for found in claim.evidence
        for k in range(2)
    ]
    return Run(record, durations, stopped)


GOOD = ClaimRecord("good", "Good", "here", ("f",), (evidence(Route.DERIVATION, Verdict.PROVED),))
PRINTED = PrintedRecord(
    "slip", "slides", "paper", NASTY, Verdict.REFUTED, Route.EXACT, "A slip.", COUNTEREXAMPLE
)
BAD = ClaimRecord(
    "bad", NASTY, "there", ("f",),
    (
        evidence(Route.DERIVATION, Verdict.UNDECIDED, failure=NASTY),
        evidence(Route.EXACT, Verdict.REFUTED, counterexample=COUNTEREXAMPLE),
        evidence(Route.PULLBACK, Verdict.ERROR, failure="ValueError: x", worst_error="1e-30"),
    ),
    (PRINTED,),
)  # fmt: skip


# --- JUnit ----------------------------------------------------------------------------------------


def parsed(text: str) -> ElementTree.Element:
    assert text.isascii()
    root = ElementTree.fromstring(text)
    assert_is_junit(root)
    return root


def assert_is_junit(root: ElementTree.Element) -> None:
    """Check what the schema that Jenkins and GitLab read asks for: elements, order, counts."""
    assert root.tag == "testsuites"
    for suite in root:
        assert suite.tag == "testsuite"
        assert suite.get("name")
        tags = [child.tag for child in suite]
        assert re.fullmatch(r"properties( testcase)+( system-out)?", " ".join(tags))
        [properties] = suite.iter("properties")
        assert all(set(entry.attrib) == {"name", "value"} for entry in properties)
        for case in suite.iter("testcase"):
            assert set(case.attrib) == {"classname", "name", "time"}
            assert re.fullmatch(r"\d+\.\d{3}", case.get("time", ""))
            tags = [child.tag for child in case]
            assert re.fullmatch(r"((failure|error) )?system-out", " ".join(tags))
            for child in case:
                if child.tag != "system-out":
                    assert set(child.attrib) == {"type", "message"}
    for level in (root, *root):
        cases = list(level.iter("testcase"))
        assert level.get("tests") == str(len(cases))
        assert level.get("failures") == str(len(list(level.iter("failure"))))
        assert level.get("errors") == str(len(list(level.iter("error"))))
        assert level.get("skipped") == "0"
        total = sum(float(case.get("time", "")) for case in cases)
        assert float(level.get("time", "")) == pytest.approx(total, abs=1e-3)


def test_a_suite_for_each_claim_and_a_case_for_each_route() -> None:
    root = parsed(junit_text(run_of(GOOD, BAD)))
    cases = [(c.get("classname"), c.get("name"), [e.tag for e in c]) for c in root.iter("testcase")]
    assert cases == [
        ("good", "derivation", ["system-out"]),
        ("bad", "derivation", ["failure", "system-out"]),
        ("bad", "exact", ["failure", "system-out"]),
        ("bad", "pullback", ["error", "system-out"]),
    ]
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("4", "2", "1")
    assert root.get("time") == "24.000"
    assert {case.get("time") for case in root.iter("testcase")} == {"6.000"}


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_that_does_not_hold_is_a_failure_or_an_error(verdict: Verdict) -> None:
    claim = ClaimRecord("x", "X", "here", ("f",), (evidence(Route.EXACT, verdict, failure="why"),))
    root = parsed(junit_text(run_of(claim)))
    found = [e for e in root.iter() if e.tag in ("failure", "error")]
    assert len(found) == (not verdict.holds)
    for entry in found:
        assert (entry.tag == "error") == (verdict in (Verdict.ERROR, Verdict.TIMEOUT))
        assert entry.get("type") == verdict.value
        assert entry.get("message") == entry.text == f"{verdict.value}; why"


def test_reasons_are_there_whatever_characters_they_hold() -> None:
    root = parsed(junit_text(run_of(BAD)))
    undecided, refuted = root.iter("failure")
    assert undecided.text == "undecided; " + NASTY.replace("\x1b", r"\x1b").replace(
        "\ud800", r"\ud800"
    )
    assert "1/2 (from the definition) against 3 (from the formula)" in (refuted.text or "")


def test_printed_statements_are_no_failures() -> None:
    [suite] = parsed(junit_text(run_of(replace(GOOD, as_printed=(PRINTED,)))))
    assert suite.get("failures") == suite.get("errors") == "0"
    assert [e.text for e in suite.findall("system-out")] == ["as printed, slip: refuted"]


def test_a_run_that_was_stopped_says_so() -> None:
    assert "stopped at the first failure" in junit_text(run_of(BAD, stopped=True))
    assert "stopped" not in junit_text(run_of(BAD))


def test_a_claim_whose_name_begins_another_has_its_own_time() -> None:
    longer = replace(GOOD, id="good-too")
    root = parsed(junit_text(run_of(GOOD, longer)))
    assert [suite.get("time") for suite in root] == ["6.000", "6.000"]


# --- Markdown -------------------------------------------------------------------------------------


class Seen(HTMLParser):
    """The words of a page, and the tags that are open around them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words, self.tags = "", list[str]()
        self.feed(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


def test_what_fails_comes_first() -> None:
    record = run_of(GOOD, BAD, replace(GOOD, id="good-too")).record
    rows = claims_table(record).splitlines()[2:]
    assert [row.split("`")[1] for row in rows] == ["bad", "good", "good-too"]
    text = summary_markdown(record)
    assert text.startswith("## dlnproof: 2 of 3 claims hold: 2 proved\n")
    assert text.index("- `bad`, derivation: undecided") < text.index("| claim |")


def test_the_table_has_its_columns_whatever_it_holds() -> None:
    seen = Seen(summary_markdown(run_of(GOOD, BAD).record))
    assert seen.tags.count("th") == 5
    assert seen.tags.count("td") == 10
    assert seen.tags.count("details") == seen.tags.count("summary") == 1
    assert "c" not in seen.tags
    assert seen.words.count('a|b <c> "d" &') >= 2
    assert "worst error 1e-30" in seen.words


def test_a_refuted_printed_statement_brings_a_counterexample_to_replay(tmp_path: Path) -> None:
    text = summary_markdown(run_of(replace(GOOD, as_printed=(PRINTED,))).record)
    assert "The claim holds: " in text
    [found] = re.findall(r"```json\n(.*)\n```", text)
    assert json.loads(found) == DATA
    file = tmp_path / "counterexample.json"
    file.write_text(found)
    assert counterexamples_in(str(file)).alone == COUNTEREXAMPLE
    holding = replace(PRINTED, verdict=Verdict.PROVED, counterexample=None)
    assert "<details>" not in summary_markdown(run_of(replace(GOOD, as_printed=(holding,))).record)


def test_a_summary_names_the_run() -> None:
    run = run_of(GOOD)
    words = Seen(summary_markdown(run.record)).words
    for said in ("dlnproof 1.2.3", "commit abc", "dlnproof check -k 'a|b'", run.record.digest):
        assert said in words
    assert "Stopped" in summary_markdown(run.record, stopped=True)


@pytest.mark.parametrize("text", ["w_1 not_observed N = 1..5", "a (b) x = t - 1/t > 0"])
def test_harmless_text_stays_readable(text: str) -> None:
    assert escaped(text) == text


@pytest.mark.parametrize(
    "text", ["_a_", "*a*", "a|b", "`a`", "[a](b)", "<b>a</b>", "&lt;", "~~a~~"]
)
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    seen = Seen(escaped(text))
    assert (seen.words.strip(), seen.tags) == (text, ["p"])


# --- the command ----------------------------------------------------------------------------------


def without_times(text: str) -> str:
    return re.sub(r' time="[\d.]+"', "", text)


def test_all_forms_are_written_beside_the_output(tmp_path: Path, cli: Cli) -> None:
    names = {form: str(tmp_path / form.strip("-")) for form in FORMS}
    words = [word for pair in names.items() for word in pair]
    out, err = cli([*SMALL, *words])
    assert "The claim holds: proved." in out
    assert err == ""
    record = json.loads((tmp_path / "json").read_text())
    root = parsed((tmp_path / "junit").read_text())
    [claim] = record["claims"]
    assert [case.get("name") for case in root.iter("testcase")] == [
        found["route"] for found in claim["evidence"]
    ]
    assert all(float(case.get("time", "")) > 0 for case in root.iter("testcase"))
    summary = (tmp_path / "summary-markdown").read_text()
    assert record["digest"] in summary
    assert f'value="{record["digest"]}"' in (tmp_path / "junit").read_text()
    for form in FORMS:  # and each of them printed
        printed = cli([*SMALL, form, "-"]).out
        assert without_times(printed) == without_times(Path(names[form]).read_text())


@pytest.mark.parametrize("place", ["-", "file"])
@pytest.mark.parametrize("forms", list(permutations(FORMS, 2)))
def test_two_forms_in_one_place_are_refused(
    forms: tuple[str, str],
    place: str,
    tmp_path: Path,
    cli: Cli,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    err = cli.refused([*SMALL, forms[0], place, forms[1], place])
    assert "writes to already; expected another file" in err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_cannot_be_written_is_refused_before_the_work(form: str, cli: Cli) -> None:
    assert f"{form}: got 'nowhere/file'" in cli([*SMALL, form, "nowhere/file"], USAGE).err


def test_a_paper_is_a_suite_for_each_file(tmp_path: Path, cli: Cli) -> None:
    van = r"\operatorname{van}"
    (tmp_path / "main.tex").write_text(
        "\\input{other}\n% dlnproof: svd-jacobian\n\\[x=" + van + "(\\Sigma^2)\\label{eq:a}\\]\n"
        "% dlnproof: svd-jacobian\n$" + van + "(\\Sigma)$\n"
    )
    (tmp_path / "other.tex").write_text("% dlnproof: svd-jacobian\n$\\int x$")
    said = cli(["paper", str(tmp_path / "main.tex"), "--format", "junit"], FAILED).out
    whole = ElementTree.fromstring(said)
    counts = {name: whole.get(name) for name in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "3", "failures": "1", "errors": "0", "skipped": "1"}
    suites = whole.findall("testsuite")
    assert [suite.get("name") for suite in suites] == [
        str(tmp_path / "other.tex"),
        str(tmp_path / "main.tex"),
    ]
    names = [case.get("name") for case in suites[1].findall("testcase")]
    assert names == ["svd-jacobian (eq:a), line 3, column 5", "svd-jacobian, line 5, column 2"]
    [failure] = whole.iter("failure")
    assert failure.get("type") == "refuted"
    assert str(failure.text).startswith("at N = 1, d = 2; ")
    [skipped] = whole.iter("skipped")
    assert r"got '\int'" in str(skipped.get("message"))
