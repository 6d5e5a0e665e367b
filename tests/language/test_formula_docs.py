"""docs/formula.md and the README: their examples are what a reader would see."""

import re
import shlex
from pathlib import Path

import pytest

from dlnproof.cli.main import main
from dlnproof.errors import FAILED, IN_PART, OK

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "formula.md").read_text()
EXAMPLES = [
    *re.findall(r"```console\n\$ dlnproof (.*?)\n(.*?)```", TEXT, flags=re.DOTALL),
    *(  # with status 1, set off by spaces
        (command, re.sub("^    ", "", output, flags=re.MULTILINE))
        for command, output in re.findall(
            r"^    \$ dlnproof (.*)\n((?:    .*\n|\n(?=    ))*)",
            TEXT + (ROOT / "README.md").read_text(),
            flags=re.MULTILINE,
        )
    ),
]
STATUS = {
    verdict: int(status)
    for verdict, status in re.findall(r"^\| \*(\w+)\* \| .* \| (\d) \|$", TEXT, flags=re.MULTILINE)
}


def verdict(output: str) -> str:
    return output.split("\n\n")[1].split(maxsplit=1)[0]


@pytest.mark.parametrize(("command", "output"), EXAMPLES)
def test_an_example_prints_what_it_shows(
    command: str, output: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(shlex.split(command))
    assert capsys.readouterr().out == output
    assert status == STATUS[verdict(output)]


def test_there_are_examples_of_every_status() -> None:
    assert {STATUS[verdict(output)] for _, output in EXAMPLES} == {OK, FAILED, IN_PART}
    assert set(STATUS.values()) == {OK, FAILED, IN_PART}
