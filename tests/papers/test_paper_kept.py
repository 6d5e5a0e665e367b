"""Judgements are kept from run to run: only what changed is judged again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Cli

from dlnproof.errors import FAILED
from dlnproof.judge.judgement import Judgement, formula
from dlnproof.language.authors import Notation
from dlnproof.papers import judged as judging
from dlnproof.papers import kept as module
from dlnproof.papers.judged import paper
from dlnproof.papers.kept import Kept

SOURCE = r"""
% dlnproof: svd-jacobian
\[ \operatorname{van}(\Sigma^2) \]
% dlnproof: svd-jacobian
\[ \operatorname{van}(\Sigma) \]
% dlnproof: infinite-volume-form
\[ \operatorname{van}(\log\Sigma) \]
"""


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The formulas that are judged, and not only found among what is kept."""
    seen: list[str] = []

    def counting(target: str, text: str, **asked: Any) -> Judgement:
        seen.append(text)
        return formula(target, text, **asked)

    monkeypatch.setattr(judging, "formula", counting)
    monkeypatch.setattr(judging, "_KEPT", {})
    return seen


@pytest.fixture
def run(tmp_path: Path) -> Callable[[str], list[dict[str, Any]]]:
    def judge(text: str) -> list[dict[str, Any]]:
        (tmp_path / "main.tex").write_text(text)
        kept = Kept(tmp_path / "kept.json")
        found = paper(tmp_path / "main.tex", kept=kept)
        kept.save()
        return [each.as_json() for each in found.formulas]

    return judge


Run = Callable[[str], list[dict[str, Any]]]


def test_what_did_not_change_is_not_judged_again(run: Run, judged: list[str]) -> None:
    first = run(SOURCE)
    assert [each["verdict"] for each in first] == ["proved", "refuted", "refuted"]
    assert len(judged) == 3
    assert run(SOURCE) == first
    assert len(judged) == 3
    edited = run(SOURCE.replace(r"(\Sigma)", r"(\Sigma^3)"))
    assert judged[3:] == [r"$\operatorname{van}(\Sigma^3)$"]
    assert (edited[0], edited[2]) == (first[0], first[2])


def test_what_letters_stand_for_is_part_of_a_formula(run: Run, judged: list[str]) -> None:
    text = "% dlnproof: let S = {}\n% dlnproof: svd-jacobian{}\n$\\operatorname{{van}}(\\Sigma^2)S$"
    for letter, where in (("N", ""), ("d", ""), ("N", " where N = 1"), ("N", "")):
        run(text.format(letter, where))
    assert len(judged) == 3


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[:-10],
        lambda text: "",
        lambda text: "\x00",
        lambda text: "[" * 10**5,
        lambda text: "[]",
        lambda text: '{"program": 1}',
        lambda text: text.replace('"program": "', '"program": "0'),
        lambda text: text.replace('"verdict"', '"verdikt"'),
        lambda text: text.replace('"version": "', '"version": "9'),
        lambda text: text.replace('"verdict": "', '"verdict": "un'),
        lambda text: text.replace('"scope": "', '"scope": 1, "was": "'),
        lambda text: text + " " * 2**25,
    ],
)
def test_what_is_damaged_is_absent(
    damage: Callable[[str], str], run: Run, judged: list[str], tmp_path: Path
) -> None:
    first = run(SOURCE)
    file = tmp_path / "kept.json"
    whole = file.read_text()
    assert damage(whole) != whole
    file.write_text(damage(whole))
    assert run(SOURCE) == first
    assert len(judged) == 6
    assert file.read_text() == whole


def test_of_another_program_nothing_is_taken(
    run: Run, judged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(SOURCE)
    monkeypatch.setattr(module, "program", lambda: "another")
    run(SOURCE)
    assert len(judged) == 6


def test_those_asked_for_last_are_kept(
    run: Run, judged: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    run(SOURCE)
    run(SOURCE.replace(r"(\Sigma)", r"(\Sigma^3)"))
    assert len(json.loads((tmp_path / "kept.json").read_text())["judgements"]) == 3
    run(SOURCE)
    assert judged[-1] == r"$\operatorname{van}(\Sigma)$"
    assert len(judged) == 5


def test_the_command_keeps_them_in_the_users_cache(
    judged: list[str], tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "main.tex").write_text(SOURCE)
    command = ["paper", str(tmp_path / "main.tex")]
    first = cli(command, FAILED)
    assert cli(command, FAILED) == first
    assert len(judged) == 3
    assert [p.name for p in (tmp_path / "cache" / "dlnproof").iterdir()] == ["judgements.json"]
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    said = cli(command, FAILED)
    assert said.out == first.out
    assert "nothing is kept for the next run" in said.err
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert module.folder() == tmp_path / ".cache" / "dlnproof"


def test_all_are_judged_again_where_it_is_asked(
    cli: Cli, tmp_path: Path, judged: list[str]
) -> None:
    (tmp_path / "main.tex").write_text(SOURCE)
    command = ["paper", str(tmp_path / "main.tex")]
    first = cli(command, FAILED)
    judged.clear()
    assert cli([*command, "--fresh"], FAILED) == first
    assert len(judged) == 3


def test_what_was_guessed_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "judgements.json"
    first = Kept(path)
    judged = first.formula("svd-jacobian", r"\Delta(\Sigma^2)", let=Notation())
    first.save()
    assert judged.guessed
    assert Kept(path).formula("svd-jacobian", r"\Delta(\Sigma^2)", let=Notation()) == judged
    assert json.loads(path.read_text())["judgements"]
