"""What is stored of mutation testing: the page says it, and every survivor has a reason."""

import json
import runpy
import sys
import tomllib
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest

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


def test_a_run_that_is_broken_off_goes_on_where_it_was(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Tests that notice the first change, and no other, with a run that ends there at first."""
    driver: Any = runpy.run_path(str(ROOT / "tests/mutants.py"))
    kept, figures, tried = tmp_path / "kept", tmp_path / "figures.json", []

    def pytest_(area: object, *words: str, plugin: Any) -> None:
        tried.append([mutant.number for mutant in plugin.found])
        plugin.say(plugin.found[0], True)
        if len(tried) == 1:
            raise KeyboardInterrupt
        plugin.survivors = plugin.found[1:]

    for name, value in (("_pytest", pytest_), ("settings", MagicMock())):
        monkeypatch.setitem(driver["main"].__globals__, name, value)
    monkeypatch.setenv("DLNPROOF_MADE_ONCE", str(tmp_path))
    words = ["core", "--only", "engines", "--kept", str(kept), "--json", str(figures)]
    monkeypatch.setattr(sys, "argv", ["mutants.py", *words])
    with pytest.raises(KeyboardInterrupt):
        driver["main"]()
    assert driver["main"]() == 1
    every, again = tried
    assert again == every[1:] != []
    assert len(kept.read_text().splitlines()) == 2
    found = json.loads(figures.read_text())["core"]
    assert found["mutants"] == found["tried"] == len(every)
    assert found["noticed"] == 2
