"""The page on a study says what the script does and what was measured."""

import json
import runpy
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "study.md").read_text(encoding="utf-8")
SCRIPT = runpy.run_path(str(ROOT / "docs" / "update_study.py"))
FIGURES = json.loads((ROOT / "docs" / "study.json").read_text())


def test_the_page_has_the_figures_of_the_run() -> None:
    assert SCRIPT["updated"](PAGE, FIGURES) == PAGE, "run: python docs/update_study.py"


def test_the_page_has_the_design_of_the_script() -> None:
    study = runpy.run_path(str(ROOT / "examples" / "study.py"))
    cells = list(study["cells"](1))
    assert (SCRIPT["AHEAD"], SCRIPT["FOLDER"]) == (study["AHEAD"], len(cells))
    assert f"These are {len(cells)} cells a seed. 25 runs each are 10^4" in PAGE
    assert f"| depth | {', '.join(map(str, study['DEPTHS']))} |" in PAGE
    assert all(f"`{name}`" in PAGE for name in study["PROBLEMS"])
    assert len(FIGURES["observed"]) == len(study["PROBLEMS"]) * len(study["NOISE"])
    assert sum(int(row["runs"]) for row in FIGURES["observed"]) == 25 * len(cells) == 10**4


def test_what_the_page_says_of_the_effective_rank_is_in_the_table() -> None:
    def medians(noisy: bool) -> list[float]:
        return [
            float(row["median effective rank"].split()[0])
            for row in FIGURES["observed"]
            if row["problem"].endswith("3") and row["noise"].startswith("langevin") == noisy
        ]

    assert len(medians(True)) == 6
    assert max(medians(False)) < min(medians(True))


def test_units() -> None:
    size, lasting = SCRIPT["size"], SCRIPT["lasting"]
    assert [size(999), size(1000), size(2.5e9)] == ["999 B", "1 kB", "2.5 GB"]
    assert [lasting(90), lasting(7200), lasting(864000)] == ["90 s", "2 hours", "10 days"]
