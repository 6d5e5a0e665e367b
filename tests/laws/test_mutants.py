"""What is stored of mutation testing: the page says it, and every survivor has a reason."""

import json
import runpy
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
FIGURES: dict[str, dict[str, int]] = json.loads((ROOT / "docs/mutants.json").read_text())


def test_the_page_says_what_was_found() -> None:
    script = runpy.run_path(str(ROOT / "docs/update_mutants.py"))
    page = (ROOT / "docs/reliability.md").read_text()
    assert script["updated"](page, FIGURES) == page, "run: python docs/update_mutants.py"


def test_what_survived_is_listed() -> None:
    assert "kernel" in FIGURES
    for area, of in FIGURES.items():
        assert of["tried"] == of["noticed"] + of["listed"], area
        assert 0 < of["tried"] <= of["mutants"]


def test_survivors_are_of_files_there_are_and_have_reasons() -> None:
    listed = tomllib.loads((ROOT / "tests/survivors.toml").read_text())
    for path, names in listed.items():
        assert (ROOT / path).is_file()
        assert all(reason.strip() for reason in names.values())
