"""A shell that asks what may come next is answered: verbs, options, claims, targets, figures."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dlnproof.claims import CLAIMS
from dlnproof.cli.main import VERBS
from dlnproof.documents.figures import FIGURES
from dlnproof.quantities.catalogue import QUANTITIES

pytest.importorskip("argcomplete")

PROGRAM = "from dlnproof.__main__ import program; raise SystemExit(program())"


def completed(line: str, folder: Path) -> set[str]:
    """Return what a shell is told that may stand in the place of the last word."""
    answer = folder / "answer"
    asked = {
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_IFS": "\n",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(answer),
        "COMP_LINE": line,
        "COMP_POINT": str(len(line)),
    }
    subprocess.run(
        [sys.executable, "-c", PROGRAM], env={**os.environ, **asked}, cwd=folder, check=True
    )
    return {word.strip() for word in answer.read_text().split("\n")}


def beginning(names: object, start: str) -> set[str]:
    assert hasattr(names, "__iter__")
    return {name for name in names if name.startswith(start)}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("dlnproof ", {*VERBS, "-h", "--help", "--version"}),
        ("dlnproof check volume-", beginning(CLAIMS, "volume-")),
        ("dlnproof check volume-form op", beginning(CLAIMS, "op")),
        ("dlnproof explain reca", {"recap"}),
        ("dlnproof check --qu", {"--quick"}),
        ("dlnproof formula metric-", beginning(QUANTITIES, "metric-")),
        ("dlnproof figure out", beginning(FIGURES, "out")),
        ("dlnproof evaluate W.", {"W.json"}),
    ],
)
def test_what_may_come_next(line: str, expected: set[str], tmp_path: Path) -> None:
    (tmp_path / "W.json").touch()
    assert completed(line, tmp_path) == expected


def test_of_nothing_there_is_nothing(tmp_path: Path) -> None:
    assert completed("dlnproof explain no-such", tmp_path) == {""}
