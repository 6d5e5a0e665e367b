"""A claim's statement, and texts with displays, as blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import lru_cache, partial
from typing import Final

from dlnproof.claims.schema import Claim
from dlnproof.documents.model import Block, Display, Prose, paragraph
from dlnproof.notation.boxes import Row
from dlnproof.notation.display import COLUMN, PAGE, chunks, split, width
from dlnproof.notation.latex import latex, parted
from dlnproof.notation.reading import as_written

_FITS: Final = 0.95
_SIZES: Final = (9, 8, 7, 6, 5)
_DEFINITION: Final = re.compile(r"By definition (\\\[.*?\\\])", re.DOTALL)
DISPLAY: Final = re.compile(r"\\\[(.*?)\\\]", re.DOTALL)


def statement_of(claim: Claim, without: Collection[str] = ()) -> list[Block]:
    """Return the claim's statement, its displays fit for a column.

    It is ``without`` definitions that the document has elsewhere.
    """
    return paragraphs_of(
        _DEFINITION.sub(lambda found: "" if found[1] in without else found[0], claim.written)
    )


def definitions_of(claim: Claim) -> list[str]:
    """Return the definitions that a claim's statement ends with, as displays."""
    return _DEFINITION.findall(claim.written)


def given_of(claim: Claim) -> list[Block]:
    """Return the hypotheses of a claim, which stand before its sentences."""
    return paragraphs_of(f"Given: {'; '.join(claim.hypotheses)}.")


def paragraphs_of(text: str, label: str = "") -> list[Block]:
    """Return LaTeX of our own as words and displays in turn, the last display with a label."""
    pieces = [piece.strip() for piece in DISPLAY.split(text)]
    last = max(range(1, len(pieces), 2), default=0)
    return [
        displayed(piece, label if k == last else "") if k % 2 else paragraph(Prose(piece))
        for k, piece in enumerate(pieces)
        if piece
    ]


@lru_cache(maxsize=4096)  # documents of one run, and `verify`, show the same formulas
def displayed(formula: str, label: str = "") -> Display:
    """Return a formula on lines of its own, with a number if it has a label."""
    shown = as_written(formula)
    made = fitted(partial(_numbered if label else _displayed, shown))
    sizes = _size(shown, PAGE), _size(shown, COLUMN)
    return replace(made, environment="equation" if label else "", label=label, sizes=sizes)


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


def _numbered(shown: Row, room: float) -> str:
    if width(shown) <= room:
        return latex(shown)
    parts = [split([part], room=room) for part in parted(shown, r"\qquad")]
    if len(parts) == 1:
        return parts[0]
    lines = " \\\\\n  ".join(parts)
    return f"\\begin{{gathered}}\n  {lines}\n\\end{{gathered}}"


def _displayed(shown: Row, room: float) -> str:
    if width(shown) <= room:
        return f"\\[\n  {latex(shown)}\n\\]"
    parts = [split([part], room=room) for part in parted(shown, r"\qquad")]
    name = "gather*" if len(parts) > 1 else "equation*"
    lines = " \\\\\n  ".join(parts)
    return f"\\begin{{{name}}}\n  {lines}\n\\end{{{name}}}"
