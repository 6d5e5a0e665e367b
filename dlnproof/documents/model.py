"""What documents are made of: eight kinds of blocks and references, and text, in no syntax.

``content`` composes them from a record and the catalogue, once; ``writers`` make LaTeX and HTML of
them. A string is text word for word: nothing in it is ever a command or markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from dlnproof.core.verdict import Verdict


class To(StrEnum):
    """What a link leads to."""

    CLAIM = "claim"
    TITLE = "title"
    """A claim, too, where it is not to be numbered."""
    SOURCE = "source"
    SECTION = "section"
    FIGURE = "figure"
    FILE = "file"
    STATEMENT = "statement"


class Style(StrEnum):
    """How words stand out."""

    EMPHASIS = "em"
    STRONG = "strong"
    CODE = "code"


@dataclass(frozen=True)
class Prose:
    """Words with formulas: LaTeX of our own, with formulas in dollars, cites, equations' labels."""

    latex: str


@dataclass(frozen=True)
class Mark:
    """Words that stand out."""

    style: Style
    words: str


@dataclass(frozen=True)
class Word:
    """A verdict's word, another than its own in ``said``."""

    verdict: Verdict
    said: str


@dataclass(frozen=True)
class Link:
    """A reference: to a claim, a source (then ``text`` is the place in it), a section, a file."""

    to: To
    name: str
    text: Text = ()


Inline: TypeAlias = "str | Prose | Mark | Word | Link"
Text: TypeAlias = tuple[Inline, ...]


@dataclass(frozen=True)
class Section:
    """A part with its title; ``folded`` where a page shows the title alone at first."""

    title: Text
    blocks: Sequence[Block]
    anchor: str = ""
    folded: bool = False


@dataclass(frozen=True)
class Paragraph:
    """Running text; ``kind`` is a page's: trouble, note, ..."""

    text: Text
    kind: str = ""


@dataclass(frozen=True)
class Items:
    """A list, its entries perhaps with names."""

    entries: Sequence[Text]
    names: Sequence[str] = ()


@dataclass(frozen=True)
class Table:
    """Rows of cells; a row of one cell is a heading. ``align``: l, r, or p for text that breaks."""

    header: Sequence[str]
    align: str
    rows: Sequence[Sequence[Text]]


@dataclass(frozen=True)
class Display:
    """A formula on lines of its own, as LaTeX for a page, and for the column of a narrow one.

    It has the number of its ``label``; ``note`` says by which rule it was decided. Where there is
    no ``environment``, the two bring their own. ``sizes`` are those of the letters, in points,
    where a line does not fit in the size of the text, or 0.
    """

    wide: str
    narrow: str
    environment: str = ""
    label: str = ""
    note: str = ""
    sizes: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Figure:
    """A picture that lies beside the document, and what it shows."""

    name: str
    folder: str
    shows: str
    caption: Text


@dataclass(frozen=True)
class Verbatim:
    """Lines of code, for a page, and for the column of a narrow one; none is broken.

    Where ``folded`` names it, a page shows the name alone at first.
    """

    code: str
    narrow: str
    folded: str = ""


Block: TypeAlias = "Section | Paragraph | Items | Table | Display | Figure | Verbatim"


def in_columns(blocks: Sequence[Block], columns: int) -> list[Block]:
    """Return blocks laid out for a page of one column, or for the column of one that has two."""
    return [_narrow(block) for block in blocks] if columns > 1 else list(blocks)


def _narrow(block: Block) -> Block:
    if isinstance(block, Section):
        return replace(block, blocks=[_narrow(inside) for inside in block.blocks])
    if isinstance(block, Display):
        _, size = block.sizes
        return replace(block, wide=block.narrow, sizes=(size, size))
    if isinstance(block, Verbatim):
        return replace(block, code=block.narrow)
    return block


def strong(words: str) -> Mark:
    """Return words of which none is to be overlooked."""
    return Mark(Style.STRONG, words)


def code(text: str) -> Mark:
    """Return what a machine reads, word for word."""
    return Mark(Style.CODE, text)


def paragraph(*text: Inline, kind: str = "") -> Paragraph:
    """Return pieces of text as a paragraph."""
    return Paragraph(text, kind)


def joined(texts: Iterable[Text], between: str = "; ") -> Text:
    """Return texts one after the other."""
    return tuple(piece for k, text in enumerate(texts) for piece in ((between,) * (k > 0) + text))


def listed(texts: Iterable[Text]) -> Text:
    """Return texts as a list in words.

    >>> listed([("a",), ("b",), ("c",)])
    ('a', ', ', 'b', ' and ', 'c')
    """
    *first, last = list(texts) or [("none",)]
    return (*joined(first, ", "), " and ", *last) if first else last
