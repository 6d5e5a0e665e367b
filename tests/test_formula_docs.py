"""docs/formula.md: its examples are what a reader would see."""

import re
import shlex
from pathlib import Path

import pytest

from dlnproof.cli import FAILED, OK, main

TEXT = (Path(__file__).parent.parent / "docs" / "formula.md").read_text()
HOLDING = re.findall(r"```console\n\$ dlnproof (.*?)\n(.*?)```", TEXT, flags=re.DOTALL)
# with status 1, set off by spaces
FAILING = [
    (command, re.sub("^    ", "", output, flags=re.MULTILINE))
    for command, output in re.findall(
        r"^    \$ dlnproof (.*)\n((?:    .*\n|\n(?=    ))*)", TEXT, flags=re.MULTILINE
    )
]


@pytest.mark.parametrize(
    ("command", "output", "status"),
    [(*example, OK) for example in HOLDING] + [(*example, FAILED) for example in FAILING],
)
def test_an_example_prints_what_it_shows(
    command: str, output: str, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(shlex.split(command)) == status
    assert capsys.readouterr().out == output


def test_there_are_examples() -> None:
    assert len(HOLDING) >= 1
    assert len(FAILING) >= 1
