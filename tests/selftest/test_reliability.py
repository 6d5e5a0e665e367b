"""The page on reliability and the README's table say what the stored run of the selftest found."""

import json
import runpy
import tomllib
from pathlib import Path
from typing import Any

import branches
import pytest

from dlnproof.selftest.corpus import MATRICES, OPTIONS, STORED
from dlnproof.selftest.forgeries import FORGERIES
from dlnproof.selftest.run import SCHEMA, SECTIONS
from dlnproof.selftest.surroundings import EVERY

ROOT = Path(__file__).parents[2]
RUN: dict[str, Any] = json.loads((ROOT / "docs/reliability.json").read_text())
ROWS = {row["kind"]: row for section in RUN["sections"] for row in section["rows"]}


@pytest.mark.parametrize(
    ("page", "table"), [("docs/reliability.md", "whole"), ("README.md", "short")]
)
def test_pages_are_of_the_stored_run(page: str, table: str) -> None:
    script = runpy.run_path(str(ROOT / "docs/update_reliability.py"))
    text = (ROOT / page).read_text()
    assert script["updated"](text, script[table](RUN)) == text, (
        "run: python docs/update_reliability.py"
    )


def test_the_page_says_what_was_reached() -> None:
    script = runpy.run_path(str(ROOT / "docs/update_reliability.py"))
    text = (ROOT / "docs/reliability.md").read_text()
    run = json.loads((ROOT / "docs/coverage.json").read_text())
    assert [x["area"] for x in run["areas"]] == ["dlnproof/core", "dlnproof/record", "dlnproof"]
    assert script["updated"](text, script["reached"](run), "coverage") == text, (
        "run: python docs/update_reliability.py"
    )
    plan = tomllib.loads(branches.PLAN.read_text())
    assert run["schema"] == branches.SCHEMA
    assert run["gaps"] == plan.get("gap", [])
    least = {area or "dlnproof": share for area, share in plan["least"].items()}
    assert run["areas"]
    for total in run["areas"]:
        assert branches.share(total) >= least[total["area"]], total["area"]


def test_it_is_a_run_of_all_sections_and_all_held() -> None:
    assert RUN["schema"] == SCHEMA
    found = [(section["name"], section["title"]) for section in RUN["sections"]]
    assert found == [(section.name, section.title) for section in SECTIONS]
    assert all(row["tried"] == row["held"] > 0 for row in ROWS.values())
    assert not any(section["failures"] for section in RUN["sections"])
    crashes = sum(row["tried"] for kind, row in ROWS.items() if kind.startswith("crashes"))
    assert crashes >= (100 if RUN["long"] else 10)


def test_it_tried_what_is_tried_today() -> None:
    """Run again: dlnproof selftest --long --json docs/reliability.json, with Dask installed."""
    tried = {kind: row["tried"] for kind, row in ROWS.items()}
    assert tried["forgeries, by verify"] == tried["forgeries, by the checker"] == len(FORGERIES)
    assert tried["hostile matrices"] == len(MATRICES)
    assert tried["hostile options"] == len(OPTIONS)
    assert tried["hostile stored runs"] == len(STORED)
    assert {each.kind for each in EVERY if RUN["long"] or not each.long} < set(tried)
    assert ("repeats of a record, by a Dask cluster" in tried) == RUN["long"]
