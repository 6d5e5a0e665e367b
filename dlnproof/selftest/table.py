"""What the selftest prints, and writes into documents: a table, then each failure in a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dlnproof.documents.layout import Screen, columns
from dlnproof.selftest.run import Selftest


def selftest_text(found: Selftest, on: Screen) -> str:
    """Return the table section by section, the failures, and the outcome."""
    rows: list[tuple[str, ...]] = []
    for each in found.tried:
        rows.append((f"{each.section.title} ({each.section.name}, {each.seconds:.0f} s)",))
        rows += [_cells(row) for row in each.rows]
    header = ("", "tried", "held", "")
    text = columns(header, rows, on) or columns(header, rows, Screen(None, on.colour)) or ""
    for each in found.tried:
        for case in each.failures:
            text += f"{_line(f'{each.section.name}: {case.kind}: {case.name}: {case.said}')}\n"
    cases = [case for each in found.tried for case in each.cases]
    held = sum(case.held for case in cases)
    outcome = on.styled("All held.", "green") if found.holds else on.styled("Not all held.", "red")
    return f"{text}\n{held} of {len(cases)} held. {outcome}\n"


def _cells(row: Mapping[str, Any]) -> tuple[str, ...]:
    return f"  {row['kind']}", str(row["tried"]), str(row["held"]), outcomes(row)


def outcomes(row: Mapping[str, Any]) -> str:
    """Return what became of the cases of a kind, as ``12 refused, 3 named``."""
    return ", ".join(f"{count} {outcome}" for outcome, count in row["outcomes"].items())


def _line(text: str) -> str:
    """Return text on one line that a terminal can show."""
    shown = "".join(c if " " <= c <= "~" else ascii(c)[1:-1] for c in " ".join(text.split()))
    return shown if len(shown) <= 400 else f"{shown[:400]}..."
