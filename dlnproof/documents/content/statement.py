"""A claim's statement, and texts with displays, as blocks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from dlnproof.claims.schema import Claim
from dlnproof.documents.model import Block, Display, Prose, paragraph
from dlnproof.notation.boxes import Row
from dlnproof.notation.display import COLUMN, PAGE, chunks, split, width
from dlnproof.notation.latex import latex, parted
from dlnproof.notation.reading import as_written

_FITS: Final = 0.95
_SIZES: Final = (9, 8, 7, 6, 5)
DISPLAY: Final = re.compile(r"\\\[(.*?)\\\]", re.DOTALL)


def statement_of(claim: Claim) -> list[Block]:
    """Return the claim's statement, its displays fit for a column."""
    return paragraphs_of(claim.written)


def given_of(claim: Claim) -> list[Block]:
    """Return the hypotheses of a claim, which stand before its sentences."""
    return paragraphs_of(f"Given: {'; '.join(claim.hypotheses)}.")


def paragraphs_of(text: str) -> list[Block]:
    """Return LaTeX of our own as words and displays in turn."""
    pieces = (piece.strip() for piece in DISPLAY.split(text))
    return [
        displayed(piece) if k % 2 else paragraph(Prose(piece))
        for k, piece in enumerate(pieces)
        if piece
    ]


def displayed(formula: str) -> Display:
    """Return a formula on lines of its own."""
    shown = as_written(formula)
    made = fitted(partial(_displayed, shown))
    return replace(made, sizes=(_size(shown, PAGE), _size(shown, COLUMN)))


def fitted(
    display: Callable[[float], str], environment: str = "", *, label: str = "", note: str = ""
) -> Display:
    """Return a display that fits a page and a column: ``display`` makes it for a given room."""
    return Display(display(PAGE), display(COLUMN), environment, label, note)


def _size(shown: Row, room: float) -> int:
    """Return the size of letters, in points, in which the longest line fits; 0 for that of text."""
    lines = (line for part in parted(shown, r"\qquad") for line in chunks(part, room))
    needed = room / max(map(width, lines))
    return 0 if needed > _FITS else next((x for x in _SIZES if x / 10 <= needed), _SIZES[-1])


def _displayed(shown: Row, room: float) -> str:
    if width(shown) <= room:
        return f"\\[\n  {latex(shown)}\n\\]"
    parts = [split([part], room=room) for part in parted(shown, r"\qquad")]
    name = "gather*" if len(parts) > 1 else "equation*"
    lines = " \\\\\n  ".join(parts)
    return f"\\begin{{{name}}}\n  {lines}\n\\end{{{name}}}"
