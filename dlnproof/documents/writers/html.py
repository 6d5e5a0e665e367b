"""Documents as HTML: the blocks and the text of a page, with the pages that it can lead to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from dlnproof.core.verdict import Verdict
from dlnproof.documents import model
from dlnproof.documents.content.counterexamples import file_name
from dlnproof.documents.explanation import reference
from dlnproof.documents.formulas import mathml_of
from dlnproof.documents.model import Block, Inline, Text, To
from dlnproof.documents.writers.prose import anchor_of, inline
from dlnproof.notation.markup import Markup, joined, plain, tag

_ENVIRONMENT: Final = re.compile(
    r"\\\[(.*)\\\]|\\begin\{(?:equation|align|gather)\*\}(.*)\\end\{\w+\*\}", re.DOTALL
)
_ENDING: Final = re.compile(r"(\\end\{(?:split|aligned|gathered)\})\s*([,.])(?=\s*(?:\\\\|$))")
"""Punctuation after a block of lines: on a page it belongs to the last of them."""
_HANGING: Final = 4
"""How much further in a line of code goes on, in characters."""
_SIGNS: Final = {"holds": "\u2713", "observed": "\u25d0", "partial": "\u25cb", "fails": "\u2717"}


def kind(verdict: Verdict) -> str:
    """Return how a verdict is drawn: as holding, observed, in part, or failing."""
    if verdict is Verdict.OBSERVED:
        return "observed"
    return "holds" if verdict.holds else "fails" if verdict.fails else "partial"


@dataclass(frozen=True)
class Html:
    """How a page is written: ``root`` leads to the folder's top ("" or "../").

    ``pages`` are the claims that have one; ``numbers`` those of the displays by label.
    """

    root: str
    pages: frozenset[str]
    numbers: Mapping[str, int] = field(default_factory=dict)

    def text(self, pieces: Text) -> Markup:
        """Return text within a line."""
        return joined([self._inline(piece) for piece in pieces])

    def _inline(self, piece: Inline) -> Markup:
        match piece:
            case model.Prose(latex):
                made = inline(latex, self._cited, self.numbers)
            case model.Mark(style, words):
                made = tag(style.value, words)
            case model.Word(verdict, said):
                # a sign, so that colour only repeats what is said
                shown = kind(verdict)
                sign = tag("span", _SIGNS[shown], aria_hidden="true")
                made = tag("span", sign, f" {said}", class_=f"verdict {shown}")
            case model.Link(To.SOURCE, name, words):
                made = self._cited(name, self.text(words))
            case model.Link(To.CLAIM | To.TITLE, name, words) if name not in self.pages:
                made = joined([self.text(words), plain(" (not in this record)")])
            case model.Link(to, name, words):
                saved = name.startswith("counterexamples/")
                made = tag(
                    "a", self.text(words) or name, href=self._place(to, name), download=saved
                )
            case _:
                made = plain(piece)
        return made

    def _place(self, to: To, name: str) -> str:
        """Return where a link leads."""
        if to in (To.FILE, To.SECTION):
            return f"{self.root}{name if to is To.FILE else f'index.html#{name}'}"
        claim, _, statement = name.partition("#")
        page = f"{'' if self.root else 'claims/'}{file_name(claim)}.html"
        return f"{page}#{file_name(statement)}" if statement else page

    def _cited(self, key: str, where: Markup) -> Markup:
        """Return the citation of a place in a source, a link where it is listed."""
        said = joined([plain(key), *([where] if where else [])], ", ")
        if not reference(key):
            return said
        return tag("a", said, href=f"{self.root}index.html#source-{key}", class_="cite")

    def blocks(self, found: Sequence[Block], level: int = 2) -> Markup:
        """Return blocks, in order; sections among them have headings of a level."""
        return joined([self._block(block, level) for block in found], "\n")

    def _block(self, block: Block, level: int) -> Markup:
        match block:
            case model.Paragraph(words, sort):
                made = tag("p", self.text(words), class_=sort or False)
            case model.Section():
                made = self._section(block, level)
            case model.Items(entries, names):
                made = self._items(entries, names)
            case model.Table(header, _, rows):
                made = _table(header, [[self.text(cell) for cell in row] for row in rows])
            case model.Display():
                made = self._display(block)
            case model.Figure(name, folder, shows, caption):
                picture = f"{self.root}{folder}{name}.svg"
                image = tag("img", src=picture, alt=f"Figure: {shows}.", loading="lazy")
                said = tag("figcaption", self.text(caption))
                made = tag("figure", image, said, id=f"figure-{name}")
            case model.Verbatim(code, _, name):
                made = tag("pre", tag("code", *map(_line, code.splitlines())))
                made = tag("details", tag("summary", name), made) if name else made
        return made

    def _section(self, found: model.Section, level: int = 2) -> Markup:
        """Return a part of a page under its heading."""
        title, body = self.text(found.title), self.blocks(found.blocks, level + 1)
        if found.folded:
            return tag("details", tag("summary", title), body)
        return tag(
            "section",
            tag(f"h{level}", title),
            body,
            id=file_name(found.anchor) if found.anchor else False,
        )

    def _items(self, entries: Sequence[Text], names: Sequence[str]) -> Markup:
        shown = [self.text(entry) for entry in entries]
        if not names:
            return tag("ul", *(tag("li", tag("p", entry)) for entry in shown))
        named = zip(names, shown, strict=True)
        pairs = [tag("div", tag("dt", name), tag("dd", entry)) for name, entry in named]
        return tag("dl", *pairs, class_="facts")

    def _display(self, shown: model.Display) -> Markup:
        inside = _ENVIRONMENT.fullmatch(shown.wide.strip())
        latex = (inside[1] or inside[2]) if inside else shown.wide
        formula = mathml_of(_ENDING.sub(r"\2 \1", latex), display=True)
        scrolled = tag("div", formula, class_="scroll")
        if not shown.label:
            return tag("div", scrolled, class_="display")
        anchor, number = anchor_of(shown.label), self.numbers[shown.label]
        mark = tag("a", f"({number})", href=f"#{anchor}", aria_label=f"Equation {number}")
        said = tag("span", shown.note, class_="rule")
        beside = tag("div", mark, said, class_="beside")
        return tag("div", scrolled, beside, class_="display numbered", id=anchor)


def _line(line: str) -> Markup:
    """Return a line of code; where a screen is too narrow for it, it goes on further in."""
    indent = len(line) - len(line.lstrip()) + _HANGING
    return tag("span", f"{line}\n", style=f"--in: {indent}ch")


def _table(header: Sequence[str], rows: Sequence[Sequence[Markup]]) -> Markup:
    head = tag("tr", *(tag("th", name, scope="col") for name in header))
    body = [
        tag("tr", tag("th", first, scope="row"), *(tag("td", cell) for cell in others))
        for first, *others in rows
    ]
    table = tag("table", tag("thead", head), tag("tbody", *body))
    return tag("div", table, class_="scroll wide")


def numbered(found: Sequence[Block]) -> dict[str, int]:
    """Return the numbers of the displays that have a label, by label."""
    labels = (block.label for block in found if isinstance(block, model.Display) and block.label)
    return {label: number for number, label in enumerate(labels, start=1)}
