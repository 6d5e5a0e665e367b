"""Rewrite the page on reliability and the README's table from a run of the selftest.

dlnproof selftest --long --json docs/reliability.json
python docs/update_reliability.py
"""

import json
from pathlib import Path
from typing import Any

from dlnproof.selftest.table import outcomes

DOCS = Path(__file__).parent
RUN, PAGE, README = DOCS / "reliability.json", DOCS / "reliability.md", DOCS.parent / "README.md"
BEGIN, END = "<!-- selftest: begin -->\n", "<!-- selftest: end -->\n"


def _table(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def made_by(run: dict[str, Any]) -> str:
    """Return which run the figures are of."""
    form, used = "long" if run["long"] else "short", run["environment"]
    return (
        f"The {form} form of dlnproof {run['version']}, with Python {used['python']} on "
        f"{used['system']}.\n"
    )


def whole(run: dict[str, Any]) -> str:
    """Return a table for each section."""
    text = f"\n{made_by(run)}"
    for section in run["sections"]:
        rows = [
            [row["kind"], str(row["tried"]), str(row["held"]), outcomes(row)]
            for row in section["rows"]
        ]
        title = f"{section['title']} (`-k {section['name']}`)"
        text += f"\n### {title}\n\n{_table(['', 'tried', 'held', ''], rows)}"
    return f"{text}\n"


def short(run: dict[str, Any]) -> str:
    """Return one row for each section."""
    rows = []
    for section in run["sections"]:
        tried, held = (sum(row[word] for row in section["rows"]) for word in ("tried", "held"))
        rows.append([section["title"], str(tried), str(held)])
    return _table(["", "tried", "held"], rows)


def updated(text: str, table: str) -> str:
    """Return a text with what stands between its marks replaced."""
    before, rest = text.split(BEGIN)
    return before + BEGIN + table + END + rest.split(END)[1]


if __name__ == "__main__":
    data = json.loads(RUN.read_text())
    PAGE.write_text(updated(PAGE.read_text(), whole(data)))
    README.write_text(updated(README.read_text(), short(data)))
