"""Rewrite the page on reliability and the README's table from runs of the selftest and the tests.

dlnproof selftest --long --json docs/reliability.json
python tests/branches.py --json docs/coverage.json
python docs/update_reliability.py
"""

import json
from pathlib import Path
from typing import Any

from dlnproof.selftest.table import outcomes

DOCS = Path(__file__).parent
RUN, PAGE, README = DOCS / "reliability.json", DOCS / "reliability.md", DOCS.parent / "README.md"
COVERAGE = DOCS / "coverage.json"


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


def reached(run: dict[str, Any]) -> str:
    """Return a row for each area, and the gaps that are left."""
    rows = []
    for area in run["areas"]:
        lines, branches = area["lines"], area["branches"]
        share = (area["lines_reached"] + area["branches_taken"]) / (lines + branches)
        rows.append(
            [
                f"`{area['area']}`",
                f"{area['lines_reached']} of {lines}",
                f"{area['branches_taken']} of {branches}",
                f"{100 * share:.1f} %",
            ]
        )
    text = f"\n{_table(['', 'lines', 'branches', 'of both'], rows)}\n"
    for gap in run["gaps"]:
        text += f"- `{gap['file']}`, `{gap['line']}`: {gap['reason']}\n"
    return text + "\n" * bool(run["gaps"])


def updated(text: str, table: str, name: str = "selftest") -> str:
    """Return a text with what stands between the marks of a name replaced."""
    begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->\n"
    before, rest = text.split(begin)
    return before + begin + table + end + rest.split(end)[1]


if __name__ == "__main__":
    data = json.loads(RUN.read_text())
    page = updated(PAGE.read_text(), whole(data))
    PAGE.write_text(updated(page, reached(json.loads(COVERAGE.read_text())), "coverage"))
    README.write_text(updated(README.read_text(), short(data)))
