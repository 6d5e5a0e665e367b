"""Notebooks: what this package returns shows itself, and the tutorial runs as it stands."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import numpy as np
import pytest
from conftest import derivation_of, few
from IPython.core.interactiveshell import InteractiveShell

from dlnproof import derive, paper
from dlnproof.claims import CLAIMS
from dlnproof.claims.deduction import Account
from dlnproof.core.verdict import Route, Verdict
from dlnproof.documents.notebook import (
    account_markdown,
    claim_markdown,
    record_html,
    register,
    runs_html,
    sweep_html,
    verdict_html,
)
from dlnproof.record.evidence import Exact
from dlnproof.record.record import ClaimRecord, PrintedRecord, Record
from dlnproof.run.grid import Grid
from dlnproof.run.planning import Plan
from dlnproof.training.completion import Completion
from dlnproof.training.sweeps import Sweep, sweep

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial.ipynb"
HOSTILE = "<script>alert(1)</script> & $x$ <b"


# --- the tutorial ---------------------------------------------------------------------------------


def tutorial() -> Any:
    return nbformat.read(TUTORIAL, as_version=4)  # type: ignore[no-untyped-call]


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR"):
            patch.setenv(name, str(tmp_path_factory.mktemp("jupyter")))  # nothing of the user's
        patch.setenv("JUPYTER_PREFER_ENV_PATH", "1")
        notebook = tutorial()
        where = {"metadata": {"path": str(tmp_path_factory.mktemp("cwd"))}}
        nbclient.NotebookClient(notebook, timeout=600, resources=where).execute()
        yield notebook


def code(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def shown(notebook: Any, source: str) -> Any:
    """Return the data of the one result of the cell that ends so."""
    [cell] = (cell for cell in code(notebook) if cell.source.endswith(source))
    [result] = (out for out in cell.outputs if out.output_type == "execute_result")
    return result.data


def printed(notebook: Any, start: str) -> str:
    """Return what the one cell that starts so printed."""
    [cell] = (cell for cell in code(notebook) if cell.source.startswith(start))
    return "".join(out.text for out in cell.outputs if out.get("name") == "stdout")


@pytest.mark.long
@pytest.mark.long  # the whole of it is run once
def test_every_cell_of_the_tutorial_passes_and_warns_of_nothing(executed: Any) -> None:
    for cell in code(executed):
        assert cell.execution_count, cell.source
        for out in cell.outputs:
            assert out.output_type != "error", out
            if out.get("name") == "stderr":  # the first picture that a user draws
                assert out.text.startswith("Matplotlib is building the font cache;")


@pytest.mark.long
@pytest.mark.long  # the whole of it is run once
def test_the_tutorial_shows_what_its_words_promise(executed: Any) -> None:
    assert r"\sqrt{\det g^{N}_{W}}" in shown(executed, 'CLAIMS["volume-form"]')["text/markdown"]
    assert shown(executed, "\nproof")["text/markdown"] == account_markdown(account())
    assert shown(executed, "\nrecord")["text/html"].count("<td>") == 4
    assert "The claim holds" in shown(executed, "\nrecord")["text/plain"]
    verdicts = ["proved", "refuted", "refuted"]
    cells = ["proof.verdict", "wrong.verdict", "without_root.verdict"]
    for cell, verdict in zip(cells, verdicts, strict=True):
        data = shown(executed, cell)["text/html"]
        assert data == verdict_html(Verdict(verdict))
    start = "with TemporaryDirectory() as directory:\n    "
    what, corrected = printed(executed, "wrong =").splitlines()
    assert what.endswith("van(Sigma**(1/N)) should be van(Sigma**(2/N))")
    assert corrected.endswith("van(Sigma**(2/N)) is proved")
    assert "confirmed" in printed(
        executed, start + 'file = Path(directory) / "counterexample.json"'
    )
    [picture] = (cell for cell in code(executed) if cell.source.startswith("plots."))
    assert ["image/png" in out.data for out in picture.outputs if "data" in out] == [True]
    assert "40 of 40 runs" in printed(executed, "problem =")
    assert r"\begin{proof}" in printed(executed, start + 'command("derive"')
    cited = printed(executed, start + 'file = Path(directory) / "record.json"')
    assert "@software{dlnproof," in cited


def account() -> Account:
    return derivation_of("volume-form")


@pytest.mark.long  # the whole of it is run once
def test_the_tutorial_counts_rules_and_names_what_is_used(executed: Any) -> None:
    proof = account()
    lines = printed(executed, "for theorem in").splitlines()
    assert [line.partition(": ")[0] for line in lines] == [x.name for x in proof.deduction.shown]
    assert all(re.fullmatch(r"[\w-]+: \d+ \w.*", line) for line in lines)
    named = printed(executed, "for named in").splitlines()
    assert named == [f"{x.name}: {x.book}" for x in proof.named]


@pytest.mark.parametrize("claim", few(CLAIMS))
def test_theorems_are_shown_with_their_mathematics(claim: str) -> None:
    proof = derivation_of(claim)
    text = account_markdown(proof)
    assert text.count("**") == 2 * len(proof.deduction.shown)
    words = re.sub(r"\$\$.*?\$\$|\$.*?\$", "", text, flags=re.DOTALL)
    assert "$" not in words
    assert not re.search(r"\\[a-zA-Z\[\],]|<", words)


def test_the_tutorial_is_stored_without_outputs_and_in_one_form() -> None:
    notebook = tutorial()
    nbformat.validate(notebook)
    for cell in code(notebook):
        assert (cell.outputs, cell.execution_count) == ([], None)
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, (ast.Import, ast.ImportFrom)):  # of ours public names alone
                assert "dlnproof." not in ast.unparse(node)
    text = TUTORIAL.read_text("ascii")
    assert json.dumps(json.loads(text), indent=1, sort_keys=True) + "\n" == text
    assert set(notebook.metadata) == {"kernelspec", "language_info"}


def test_the_tutorial_cites_by_keys_of_the_bibliography() -> None:
    bibliography = TUTORIAL.parent.parent / "dlnproof" / "documents" / "references.bib"
    text = "".join(cell.source for cell in tutorial().cells)
    cited = set(re.findall(r"\b[A-Z]{1,4}\d{4}\b", text))
    assert cited == {"CMV2023", "MY2025"}
    assert all(f"{{{key}," in bibliography.read_text() for key in cited)


# --- what is shown --------------------------------------------------------------------------------


class Seen(HTMLParser):
    """The words of a piece of HTML, and whether its tags are closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words, self.open, self.tags = "", list[str](), set[str]()
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.fixture
def failing() -> Record:
    evidence = Exact(
        Verdict.REFUTED, scope=HOSTILE, points=3, failure=HOSTILE, tried=2, survivors=("v",)
    )
    printed = PrintedRecord(
        HOSTILE, HOSTILE, "paper", HOSTILE, Verdict.REFUTED, Route.EXACT, HOSTILE, None
    )
    claim = ClaimRecord(HOSTILE, HOSTILE, HOSTILE, ("f",), (evidence,), (printed,))
    return Record(
        HOSTILE, HOSTILE, 0, (claim,), Plan((), "", (), Grid(), ()).settings, commit=HOSTILE
    )


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=list(CLAIMS))
def test_a_claim_is_shown_with_its_mathematics(claim: Any) -> None:
    text = claim_markdown(claim)
    assert claim.title in text
    assert claim.source.key in text
    assert text.isascii()
    words = re.sub(r"\$\$.*?\$\$|\$.*?\$", "", text, flags=re.DOTALL)
    assert "$" not in words
    assert not re.search(r"\\[a-zA-Z\[\],]|<<|<", words)  # no LaTeX is left outside
    displays = re.findall(r"\n\n\$\$\n(.*?)\n\$\$\n", text, flags=re.DOTALL)
    assert len(displays) == claim.statement.count(r"\[")


def test_hypotheses_are_escaped() -> None:
    claim = replace(CLAIMS["volume-form"])
    vars(claim)["hypotheses"] = ("|a| < *b*", "_c_")
    assert r"\|a\| &lt; \*b\*; \_c\_" in claim_markdown(claim)


@pytest.mark.parametrize("verdict", Verdict)
def test_a_verdict_is_a_word_with_a_mark(verdict: Verdict) -> None:
    seen = Seen(verdict_html(verdict)).words
    sign = 0x25CB if verdict is Verdict.UNEXAMINED else 0x2713 if verdict.holds else 0x2717
    sign = 0x25D0 if verdict is Verdict.OBSERVED else sign
    assert seen == f"{chr(sign)} {verdict.replace('_', ' ')}"


def test_a_record_is_shown_whole_and_escaped(failing: Record) -> None:
    html = record_html(failing)
    seen = Seen(html)
    assert seen.tags == {
        *("div", "p", "strong", "span", "code", "ul", "li"),
        *("table", "thead", "tbody", "tr", "th", "td", "em"),
    }
    for words in (
        "The claim does not hold",
        "refuted",
        failing.digest,
        "not told apart",
        "3 points",
    ):
        assert words in seen.words
    assert seen.words.count(HOSTILE) >= 6
    assert html.startswith('<div class="tex2jax_ignore mathjax_ignore">')  # $x$ is no formula
    assert html.isascii()


@pytest.fixture(scope="module")
def table() -> Sweep:
    problem = Completion((1, 2), {(0, 0): 1})
    settings: Any = {"stop_loss": 1e-2, "max_steps": 500, "lr": 0.1}
    return sweep(problem, depths=[1, 2], scales=[0.5], runs=3, **settings)


def test_training_runs_are_shown_by_their_endings(table: Sweep) -> None:
    runs = table.runs[2, 0.5, 0]
    seen = Seen(runs_html(replace(runs, ending=np.array(["reached", HOSTILE, "reached"]))))
    assert seen.words.startswith("3 runs of Completion 1 x 2; method descent, depth 2, runs 3")
    assert "lr 0.1" in seen.words
    assert "at_loss" not in seen.words  # of lists only their lengths would be short
    assert "script" not in seen.tags
    assert HOSTILE in seen.words
    assert "reached2" in seen.words  # of the row: the ending, how many


def test_a_sweep_is_shown_by_its_labels(table: Sweep) -> None:
    seen = Seen(sweep_html(table))
    assert "median loss" in seen.words
    assert "10.503 reached3" in seen.words
    assert "20.503 reached3" in seen.words


# --- how IPython learns of it ---------------------------------------------------------------------


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[InteractiveShell]:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    started = InteractiveShell.instance()
    yield started
    InteractiveShell.clear_instance()
    started.history_manager.end_session()  # type: ignore[union-attr]


def test_without_a_running_ipython_nothing_is_registered() -> None:
    assert not InteractiveShell.initialized()
    register()
    assert not InteractiveShell.initialized()


def test_a_paper_is_a_table_of_its_formulas(shell: InteractiveShell, tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_text(
        "% dlnproof: svd-jacobian\n$\\operatorname{van}(\\Sigma)$\n"
        "% dlnproof: entropy\n$<script>alert(1)</script> & x$\n"
    )
    register()
    found, _ = shell.display_formatter.format(paper(tmp_path / "main.tex"))  # type: ignore[union-attr]
    page, text = found["text/html"], found["text/plain"]
    assert page.count("<tr>") == 3
    assert "main.tex:2:2</code>" in page
    assert "sigma in place of sigma^2 throughout; write" in page
    assert "<script>" not in page
    assert text.endswith("2 marked formulas: 1 refuted, 1 unread.")


def test_registered_formatters_find_the_classes(
    shell: InteractiveShell, failing: Record, table: Sweep
) -> None:
    show: Callable[[Any], tuple[dict[str, Any], Any]]
    show = shell.display_formatter.format  # type: ignore[union-attr]
    assert "text/html" not in show(failing)[0]
    register()
    assert show(failing)[0]["text/html"] == record_html(failing)
    assert show(failing)[0]["text/plain"].endswith("The claim does not hold: refuted.")
    [claim] = failing.claims
    assert HOSTILE not in show(claim)[0]["text/html"]
    assert show(claim)[0]["text/plain"] == f"{HOSTILE}: refuted"
    assert show(Verdict.PROVED)[0]["text/html"] == verdict_html(Verdict.PROVED)
    claim_shown = show(CLAIMS["coarea"])[0]
    assert claim_shown["text/markdown"] == claim_markdown(CLAIMS["coarea"])
    proof = derive("svd-jacobian")
    assert show(proof)[0]["text/markdown"] == account_markdown(proof)
    assert show(proof)[0]["text/plain"] == "proof of svd-jacobian: proved"
    assert repr(proof) == "<proof of svd-jacobian: proved>"
    assert show(table)[0]["text/html"] == sweep_html(table)
    runs = table.runs[1, 0.5, 0]
    assert show(runs)[0] == {"text/html": runs_html(runs), "text/plain": repr(runs)}


def test_nothing_that_decides_imports_what_shows() -> None:
    code = (
        "import sys, dlnproof.kernel.theorem, dlnproof.run.runner; print('\\n'.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "dlnproof.claims.schema" in done
    assert not [name for name in done if name.startswith(("IPython", "dlnproof.documents"))]
