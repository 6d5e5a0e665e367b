"""The parts of the checker that authors of claims bring: what fits in, and how it is told apart."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dlnproof.claims import studies
from dlnproof.claims.schema import CatalogueError
from dlnproof.claims.studies import CHECKER, Study, checker, study
from dlnproof.cli.main import main
from dlnproof.errors import InputError

EXAMPLE = Path(__file__).parents[2] / "examples" / "my_claims.py"
GRID = ["--depth", "1..2", "--width", "1..2", "-k", "exact or derivation"]
PART = '@states("volume-form")\ndef mine(p):\n    yield p.N, p.N\n'


@pytest.fixture
def appendix(tmp_path: Path) -> Callable[[str], Path]:
    """Write the example with some edit, and return the folder of its record."""

    def written(old: str = "", new: str = "") -> Path:
        text = EXAMPLE.read_text()
        assert old in text
        (tmp_path / "mine.py").write_text(text.replace(old, new, 1))
        out = tmp_path / "appendix"
        words = [str(tmp_path / "mine.py"), "volume-form", *GRID, "--no-figures"]
        assert main(["appendix", *words, "-o", str(out)]) == 0
        return out / "anc"

    return written


def run_beside(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    capsys.readouterr()
    made: dict[str, Any] = {"__name__": "beside"}
    exec(compile((folder / CHECKER).read_text("ascii"), CHECKER, "exec"), made)
    status: int = made["main"](str(folder / "record.json"))
    return status, capsys.readouterr().out.splitlines()


def test_what_an_author_recomputes_is_told_apart(
    appendix: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = appendix()
    status, lines = run_beside(folder, capsys)
    assert status == 0
    assert (
        "volume-density: 24 points, equal; 3 wrong variants, none equal, by a part of its author's"
        in lines
    )
    assert "volume-form: 24 points, equal; 6 wrong variants, none equal" in lines
    assert lines[-1] == "3 of 8 pieces recomputed (1 by authors' parts), 5 taken as written"
    text = (folder / CHECKER).read_text("ascii")
    assert text.count("'volume-density': a part by its author, not by dlnproof") == 1
    assert "what it knows of volume-density is the author's" in (folder / "README").read_text()
    verify = ["verify", str(folder / "record.json"), "--with", str(folder / "mine.py")]
    studies._FILES.clear()
    assert main(verify) == 0
    (folder / CHECKER).write_text(text.replace("yield density(p), stated(p)", "yield 1, 1"))
    assert main(verify) == 1


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "closed(p) ** 2",
            "closed(p)",
            "3 wrong variants, none equal, recorded; here 3 wrong variants, equal: squared",
        ),
        (
            '@wrong("squared", stated=lambda p: closed(p) ** 2)\n',
            "",
            "3 wrong variants, none equal, recorded; here 2 wrong variants, none equal",
        ),
        ('@states("volume-density")', '@states("volume-density", said="0")', "title, source, sent"),
    ],
)
def test_wrong_variants_and_words_that_a_part_brings_are_those_of_the_record(
    appendix: Callable[..., Path],
    capsys: pytest.CaptureFixture[str],
    old: str,
    new: str,
    told: str,
) -> None:
    status, lines = run_beside(appendix(old, new), capsys)
    assert status == 1
    assert [line for line in lines if line.startswith(f"volume-density: {told}")]


def test_a_part_need_not_bring_wrong_variants(
    appendix: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = appendix()
    text = (folder / CHECKER).read_text("ascii")
    of_mine = [line for line in text.splitlines() if "closed(p)" in line and "@wrong" in line]
    assert len(of_mine) == 3
    for line in of_mine:
        text = text.replace(f"{line}\n", "")
    (folder / CHECKER).write_text(text)
    status, lines = run_beside(folder, capsys)
    assert status == 0
    none = "no wrong variant is known, by a part of its author's"
    assert f"volume-density: 24 points, equal; {none}" in lines


def test_a_part_that_states_another_formula_does_not_confirm(
    appendix: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    status, lines = run_beside(appendix("prod(p.N / p.mu", "prod(1 / p.mu"), capsys)
    assert status == 1
    assert lines[-1].endswith("NOT confirmed: 'volume-density'")


def test_a_part_that_fails_does_not_confirm(
    appendix: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    status, lines = run_beside(
        appendix("yield density(p), stated(p)", "yield p.nothing, 1"), capsys
    )
    assert status == 1
    assert any("volume-density: point 0: not examined" in line for line in lines)


def test_without_a_part_the_claim_is_unknown_to_the_checker(
    appendix: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = appendix(", referee=REFEREE", "")
    assert (folder / CHECKER).read_text("ascii") == checker(())
    assert "dlnproof's" not in (folder / "README").read_text()
    status, lines = run_beside(folder, capsys)
    assert status == 1
    assert "volume-density: unknown here" in lines


def test_ours_come_with_no_part_of_an_authors() -> None:
    text = checker(["volume-form", "coarea"])
    assert text == checker(())
    assert text.startswith('"""Recompute the exact evidence of a dlnproof record: python3 -I ')
    assert text.count("AUTHORS.add") == 0


def brings(part: str) -> Study:
    ours = study("volume-form")
    return Study(ours.claim, ours.derive, ours.checks, referee=part)


@pytest.mark.parametrize(
    ("part", "why"),
    [
        ("def mine(p:\n", "line 1: '(' was never closed"),
        ("\0", "line 1: source code string cannot contain null bytes"),
        (PART + "x = 'é'\n", "expected ASCII"),
        ("import numpy\n" + PART, "imports 'numpy', expected Python's standard library only"),
        ("from . import x\n" + PART, "imports '', expected Python's standard library only"),
        (
            "from dlnproof.core.words import Word\n" + PART,
            "imports 'dlnproof', expected Python's standard library only",
        ),
        (
            "from dlnproof.referee.geometry import nothing\n" + PART,
            "imports 'nothing', which dlnproof.referee.geometry does not define",
        ),
        ("print(1)\n" + PART, "line 1: expected imports, functions and constants only"),
        (
            '"""Mine."""\nprint(1)\n' + PART,
            "line 2: expected imports, functions and constants only",
        ),
        ("x = PAIRS.clear()\n" + PART, "line 1: expected imports, functions and constants only"),
        ("def f(p=AUTHORS.clear()):\n    pass\n" + PART, "line 1: expected imports"),
        ("def f(*, p=AUTHORS.clear()):\n    pass\n" + PART, "line 1: expected imports"),
        (PART.replace(")\n", ", print(1))\n", 1), "line 2: expected imports"),
        ('k = "coarea"\n@states(k)\ndef f(p):\n    pass\n' + PART, "line 3: expected imports"),
        ("class A:\n    x = 1\n" + PART, "line 1: expected imports"),
        ("k = lambda p, q=print(1): p\n" + PART, "line 1: expected imports"),
        ("def f(p: print(1)):\n    pass\n" + PART, "line 1: expected imports"),
        ("def f(p) -> print(1):\n    pass\n" + PART, "line 1: expected imports"),
        ("@wrong('x', n=print(1))\n" + PART, "line 3: expected imports"),
        (PART.replace(")\n", ", said=print(1))\n", 1), "line 2: expected imports"),
        (PART.replace("def", "@cache\ndef"), "line 3: expected imports"),
        ("def f(p):\n    wrong('x', n=1)(f)\n" + PART, "names 'wrong'"),
        ("def f(p):\n    WRONG.clear()\n" + PART, "names 'WRONG'"),
        ("from dlnproof.referee.geometry import SAID\n" + PART, "names 'SAID'"),
        ("from math import *\n" + PART, "line 1: expected imports"),
        ("from __future__ import annotations\n" + PART, "names '__future__'"),
        ("import sys\n" + PART, "names 'sys'"),
        ("from importlib.util import find_spec\n" + PART, "names 'importlib'"),
        ("from dlnproof.referee.geometry import AUTHORS as a\n" + PART, "names 'AUTHORS'"),
        ("def f(p):\n    return f.__globals__\n" + PART, "names '__globals__'"),
        ("def f(p):\n    global PAIRS\n" + PART, "names 'PAIRS'"),
        ("PAIRS.x = 1\n" + PART, "names 'PAIRS', which a claim's part has no business with"),
        ("def fault(*x):\n    return ''\n" + PART, "'fault' means something else in the checker"),
        ("from math import floor as F\n" + PART, "'F' means something else in the checker"),
        ("x = 1\n", 'expected a function under @states("volume-form"), none of another claim'),
        (
            PART + PART.replace("volume-form", "coarea").replace("mine", "theirs"),
            'expected a function under @states("volume-form"), none of another claim',
        ),
        (PART.replace("volume-form", "volume-form: theorem-1.1"), "expected a function under"),
    ],
)
def test_a_part_that_does_not_fit_in_is_refused_in_one_line(part: str, why: str) -> None:
    with pytest.raises(CatalogueError) as raised:
        brings(part)
    said = str(raised.value)
    assert said.startswith(f"claim 'volume-form': referee: {why}")
    assert said.count("\n") == 0


def test_imports_go_to_the_head_of_the_file_and_nothing_else_does() -> None:
    part = "X = 2\nimport bisect\nY = 3\n" + PART.replace("volume-form", "mine")
    text = studies._assembled({"mine": part})
    head, own = text.split("# --- 'mine': a part by its author, not by dlnproof ")
    assert "import bisect" in head
    assert "X = 2\n\nY = 3\n" in own
    assert "import bisect" not in own


def test_two_parts_may_not_mean_different_things_by_one_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parts = {"a": PART.replace("volume-form", "a"), "b": PART.replace("volume-form", "b")}
    monkeypatch.setattr(studies, "own_parts", lambda claims: parts)
    with pytest.raises(InputError, match="claim 'a', 'b': referee: 'mine' means something else"):
        checker(parts)


def test_the_record_says_nothing_of_the_part(appendix: Callable[..., Path]) -> None:
    data = json.loads((appendix() / "record.json").read_text())
    assert list(data["run"]["files"]) == ["mine.py"]
