"""Formulas judged by an executor: the same is said as here; of one that is lost, that it is."""

import pickle
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest
from conftest import Cli
from test_paper_kept import SOURCE

from dlnproof.cli import cluster
from dlnproof.core.verdict import Verdict
from dlnproof.documents import terminal
from dlnproof.errors import FAILED, INTERNAL, InputError
from dlnproof.judge.judgement import formula
from dlnproof.language.authors import Notation
from dlnproof.papers import judged
from dlnproof.papers.elsewhere import answered
from dlnproof.papers.judged import paper
from dlnproof.papers.kept import Kept
from dlnproof.papers.listed import listed

LIST = """let L = N
svd-jacobian: van(Sigma**2)
svd-jacobian: van(
svd-jacobian where N >= 2: van(x)
"""


class Far(Executor):
    """Does at once what it is given, from data and to data; its workers are lost after some."""

    def __init__(self, lost: int = 100) -> None:
        self.count, self.lost = 0, lost

    def submit(self, fn: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        done: Future[Any] = Future()
        self.count += 1
        if self.count > self.lost:
            done.set_exception(OSError("gone"))
            return done
        work, pieces = pickle.loads(pickle.dumps((fn, given)))
        try:
            done.set_result(pickle.loads(pickle.dumps(work(*pieces, **named))))
        except Exception as error:
            done.set_exception(pickle.loads(pickle.dumps(error)))
        return done


@pytest.fixture
def source(tmp_path: Path) -> Path:
    main = tmp_path / "main.tex"
    # one that is marked twice, one that cannot be read, one that nobody marked
    unread = "\n% dlnproof: svd-jacobian\n\\[ \\foo(\\Sigma) \\]\n\\[ J = \\det\\Sigma \\]\n"
    main.write_text(SOURCE + SOURCE + unread)
    return main


def test_a_paper_is_judged_as_here_and_each_formula_once(source: Path) -> None:
    far = Far()
    assert (
        paper(source, suggest=True, executor=far).as_json() == paper(source, suggest=True).as_json()
    )
    marked = Far()
    paper(source, executor=marked)
    assert marked.count == 4 < far.count


def test_a_list_is_judged_as_here(tmp_path: Path) -> None:
    file = tmp_path / "formulas.txt"
    file.write_text(LIST)
    far = Far()
    found = listed(str(file), Notation(), far)
    assert found.as_json() == listed(str(file), Notation()).as_json()
    assert [each.verdict for each in found.formulas] == ["proved", "unread", "unread"]
    assert far.count == 3


def test_what_was_kept_is_not_asked_for_and_what_was_judged_is_kept(
    source: Path, tmp_path: Path
) -> None:
    for asked in (4, 1):  # what cannot be read has no judgement
        far, kept = Far(), Kept(tmp_path / "kept.json")
        found = paper(source, kept=kept, executor=far)
        kept.save()
        assert far.count == asked
        assert found.as_json() == paper(source).as_json()


def test_one_that_is_lost_is_an_error_and_not_kept(source: Path, tmp_path: Path) -> None:
    kept = Kept(tmp_path / "kept.json")
    found = paper(source, kept=kept, executor=Far(lost=1))
    assert [each.verdict for each in found.formulas] == ["proved", "error", "error"] * 2 + [
        "unread"
    ]
    assert found.status == INTERNAL
    lost = found.formulas[1].judgement
    assert lost is not None
    assert lost.notes == ("it was not judged: OSError: gone",)
    kept.save()
    again = Far()
    assert paper(source, kept=Kept(tmp_path / "kept.json"), executor=again).status == FAILED
    assert again.count == 3


def test_one_formula() -> None:
    def said_of(text: str, executor: Executor | None) -> str:
        [found] = answered(
            lambda judge: [judge("svd-jacobian", text, let=Notation())], formula, executor
        )
        return str(found.as_json())

    assert said_of("van(Sigma)", Far()) == said_of("van(Sigma)", None)
    assert f"'{Verdict.ERROR}'" in said_of("van(Sigma)", Far(lost=0))
    said = []
    for executor in (Far(), Far(lost=0), None):
        with pytest.raises(InputError) as refused:
            said_of("van(", executor)
        said.append(str(refused.value))
    assert len(set(said)) == 1


@pytest.mark.parametrize(
    "words",
    [
        ["formula", "svd-jacobian", "1"],
        ["formula", "--file", "main.tex"],
        ["paper", "main.tex", "--fresh"],
    ],
    ids=" ".join,
)
def test_the_scheduler_that_is_named_is_asked(
    words: list[str], source: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    monkeypatch.chdir(source.parent)
    monkeypatch.setattr(cluster, "ANSWER", 0.5)
    address = "tcp://127.0.0.1:1"
    said = cli.refused([*words, "--scheduler", address])
    assert f"--scheduler: got '{address}', which" in said or "dlnproof[cluster]" in said


@pytest.mark.parametrize("words", [["paper", "--fresh"], ["formula", "--file"]], ids=" ".join)
def test_long_work_is_told_of_in_a_log(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    file = tmp_path / "main.tex"
    file.write_text(LIST if "--file" in words else SOURCE)
    monkeypatch.setattr(terminal, "EVERY", 0.001)

    def slow(*given: Any, **named: Any) -> Any:
        time.sleep(0.2)
        return formula(*given, **named)

    monkeypatch.setattr(judged, "formula", slow)
    monkeypatch.setattr(judged, "_KEPT", {})
    _, said = cli.ended([*words, str(file)])
    assert f"dlnproof: 0 of 1 in 1 min; last {file}" in said.err.splitlines()
