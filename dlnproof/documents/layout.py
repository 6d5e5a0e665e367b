"""Text laid out for a terminal: columns that keep names and numbers whole, paragraphs, colour."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Final

_GAP: Final = "  "
_PROSE_WIDTH: Final = 100
_CODES: Final = {"bold": "1", "green": "32", "yellow": "33", "red": "1;31"}


@dataclass(frozen=True)
class Screen:
    """Where text is shown. ``width`` is None in a pipe or file: there a row stays one line."""

    width: int | None = None
    colour: bool = False

    @property
    def prose(self) -> int:
        """The width of running text."""
        return min(self.width or _PROSE_WIDTH, _PROSE_WIDTH)

    def styled(self, text: str, style: str) -> str:
        """Return text in bold or in a colour where the screen has colour."""
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self.colour else text


def screen() -> Screen:
    """Return standard output as a screen; ``NO_COLOR`` and ``TERM=dumb`` are respected."""
    if sys.stdout is None or not sys.stdout.isatty():
        return Screen()
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return Screen(shutil.get_terminal_size().columns, not plain)


def columns(
    header: Sequence[str], rows: Sequence[Sequence[str]], on: Screen, *, folding: int | None = None
) -> str | None:
    """Return rows as aligned columns, or None where they do not fit the screen.

    ``folding`` is the one column that may be broken, at semicolons, to make them fit. A row of one
    cell is a heading across all columns.
    """
    whole = [row for row in (header, *rows) if len(row) > 1]
    widths = [max(_length(row[k]) for row in whole) for k in range(len(header))]
    excess = sum(widths) + len(_GAP) * (len(widths) - 1) - (on.width or 10**9)
    if excess > 0:
        if folding is None:
            return None
        pieces = [len(piece) for row in whole for piece in _pieces(row[folding])]
        widths[folding] = max(widths[folding] - excess, 0)
        if widths[folding] < max(pieces):
            return None
    lines = [on.styled(line, "bold") for line in _lines(header, widths, None)]
    for row in rows:
        lines += _lines(row, widths, folding) if len(row) > 1 else row
    return "".join(f"{line}\n" for line in lines)


def _lines(row: Sequence[str], widths: Sequence[int], folding: int | None) -> list[str]:
    cells = [
        _pieces(cell) if k == folding and _length(cell) > widths[k] else [cell]
        for k, cell in enumerate(row)
    ]
    lines = []
    for at in range(max(1, *(len(cell) for cell in cells))):
        pieces = [cell[at] if at < len(cell) else "" for cell in cells]
        padded = [p + " " * (w - _length(p)) for p, w in zip(pieces, widths, strict=True)]
        lines.append(_GAP.join(padded).rstrip())
    return lines


def _pieces(cell: str) -> list[str]:
    return re.split(r"(?<=;) ", cell)


def paragraph(text: str, on: Screen, *, first: str = "", then: str | None = None) -> str:
    """Return running text, folded between words; ``first`` and ``then`` start its lines.

    A formula that is longer than a line is folded after brackets as well.
    """
    indent = " " * len(first) if then is None else then
    room = on.prose - max(len(first), len(indent))
    words = (w if len(w) <= room else re.sub(r"(?<=\))(?=[-+*/])", " ", w) for w in text.split(" "))
    lines = wrap(
        " ".join(words),
        on.prose,
        initial_indent=first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "".join(f"{line}\n" for line in lines or [first.rstrip()])


def _length(text: str) -> int:
    return len(re.sub(r"\x1b\[[0-9;]*m", "", text))
