"""Rewrite the part of the page on reliability that is about mutation testing, from stored figures.

python tests/mutants.py AREA --json docs/mutants.json
python docs/update_mutants.py
"""

import json
from pathlib import Path

DOCS = Path(__file__).parent
FIGURES, PAGE = DOCS / "mutants.json", DOCS / "reliability.md"
BEGIN, END = "<!-- mutants: begin -->\n", "<!-- mutants: end -->\n"
HEADER = ["", "mutants", "tried", "noticed", "listed", "neither"]


def table(figures: dict[str, dict[str, int]]) -> str:
    """Return a row for each area."""
    rows = [HEADER, ["---"] * len(HEADER)]
    for area, of in figures.items():
        neither = of["tried"] - of["noticed"] - of["listed"]
        counts = [of["mutants"], of["tried"], of["noticed"], of["listed"], neither]
        rows.append([area, *map(str, counts)])
    return "\n" + "".join(f"| {' | '.join(row)} |\n" for row in rows) + "\n"


def updated(text: str, figures: dict[str, dict[str, int]]) -> str:
    """Return the page with what stands between its marks replaced."""
    before, rest = text.split(BEGIN)
    return before + BEGIN + table(figures) + END + rest.split(END)[1]


if __name__ == "__main__":
    PAGE.write_text(updated(PAGE.read_text(), json.loads(FIGURES.read_text())))
