"""The README: its table, its commands and its Python block are what a reader would get."""

import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dlnproof.run.grid import Grid
from dlnproof.run.planning import plan
from dlnproof.run.runner import execute

README = Path(__file__).parents[2] / "README.md"
TEXT = README.read_text()
COMMANDS = re.findall(r"^\$ (dlnproof .*)$", TEXT, flags=re.MULTILINE)


@pytest.mark.long
def test_the_table_of_claims_is_what_a_run_says() -> None:
    script = runpy.run_path(str(README.parent / "docs" / "update_readme.py"))
    record = execute(plan([], Grid()), "dlnproof check", jobs=2).record
    assert script["updated"](TEXT, record) == TEXT, "run: python docs/update_readme.py"


def test_there_are_exactly_two_set_up_commands() -> None:
    assert len(re.findall(r"^ +python3 -m venv ", TEXT, flags=re.MULTILINE)) == 2


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder of the sources, as a reader's clone is, to run in and to write into."""
    ignored = shutil.ignore_patterns(".git", ".venv*", "build", ".*_cache", "__pycache__")
    return Path(shutil.copytree(README.parent, tmp_path / "clone", ignore=ignored))


def run(command: str, clone: Path) -> str:
    """Run a command that is printed after a dollar sign, as installed, and return its output."""
    program, *words = shlex.split(command)
    installed = Path(sys.executable).with_name(program)
    done = subprocess.run(
        [installed, *words], cwd=clone, capture_output=True, text=True, check=False
    )
    # what becomes of a formula is told by its status, see docs/formula.md
    told = re.search(r"^(exact|enclosed|refuted)", done.stdout, flags=re.MULTILINE)
    expected = {"exact": 6, "enclosed": 6, "refuted": 1}[told[1]] if told else 0
    expected = expected if words[0] == "formula" else 0
    said = re.sub(r"^dlnproof: \d+ of \d+ in .*\n", "", done.stderr, flags=re.MULTILINE)
    assert (command, done.returncode, said) == (command, expected, "")  # but for progress
    return done.stdout


follows = pytest.mark.skipif(
    os.environ.get("DLNPROOF_README_FOLLOWED") == "1",
    reason="followed already, with the package as installed: see .ci/run",
)


@pytest.mark.long
@follows
@pytest.mark.parametrize(
    "page", [README, *sorted((README.parent / "docs").glob("*.md"))], ids=lambda p: p.stem
)
def test_the_commands_of_a_page_run_in_order(page: Path, clone: Path) -> None:
    for command in re.findall(r"^\$ (dlnproof .*)$", page.read_text(), flags=re.MULTILINE):
        run(command, clone)


def test_there_are_commands() -> None:
    assert len(COMMANDS) >= 5


@pytest.mark.long
@follows
def test_the_python_block_runs(clone: Path) -> None:
    [block] = re.findall(r"```python\n(.*?)```", TEXT, flags=re.DOTALL)
    done = subprocess.run([sys.executable, "-W", "error", "-c", block], cwd=clone, check=False)
    assert done.returncode == 0
