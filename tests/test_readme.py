"""The README: its table, its commands and its Python block are what a reader would get."""

import re
import runpy
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from dlnproof.record import Record

README = Path(__file__).parent.parent / "README.md"
TEXT = README.read_text()
COMMANDS = re.findall(r"^\$ (dlnproof .*)$", TEXT, flags=re.MULTILINE)


def test_the_table_of_claims_is_what_a_run_says(default_record: Record) -> None:
    script = runpy.run_path(str(README.parent / "docs" / "update_readme.py"))
    assert script["updated"](TEXT, default_record) == TEXT, "run: python docs/update_readme.py"


def test_there_are_exactly_two_set_up_commands() -> None:
    assert len(re.findall(r"^ +python3 -m venv ", TEXT, flags=re.MULTILINE)) == 2


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_runs(command: str, tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(README.parent / "examples")
    words = [sys.executable, "-m", *shlex.split(command)]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


@pytest.mark.parametrize(
    "page", sorted((README.parent / "docs").glob("*.md")), ids=lambda p: p.stem
)
def test_the_commands_of_a_page_run_in_order(page: Path, tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(README.parent / "examples")
    for command in re.findall(r"^\$ (dlnproof .*)$", page.read_text(), flags=re.MULTILINE):
        words = [sys.executable, "-m", *shlex.split(command)]
        done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (command, done.returncode, done.stderr) == (command, 0, "")


def test_there_are_commands() -> None:
    assert len(COMMANDS) >= 5


def test_the_python_block_runs() -> None:
    [block] = re.findall(r"```python\n(.*?)```", TEXT, flags=re.DOTALL)
    done = subprocess.run([sys.executable, "-W", "error", "-c", block], check=False)
    assert done.returncode == 0
