r"""LaTeX text as HTML: the paragraphs and displays of statements and derivations.

A display with a ``\label`` gets its number and an anchor; ``\eqref`` links to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from dlnproof.documents.stated import in_latex
from dlnproof.errors import InputError
from dlnproof.notation.markup import Markup, joined, plain, tag
from dlnproof.notation.mathml import mathml
from dlnproof.notation.reading import LatexError, read

_DISPLAY: Final = re.compile(
    r"\\\[(.*?)\\\]|\\begin\{(equation|align|gather|multline)(\*?)\}(.*?)\\end\{\2\3\}", re.DOTALL
)
_LABEL: Final = re.compile(r"\\label\{([^}]*)\}\s*")
_ENDING: Final = re.compile(r"(\\end\{(?:split|aligned|gathered)\})\s*([,.])(?=\s*(?:\\\\|$))")
"""Punctuation after a block of lines: on a page it belongs to the last of them."""
_INLINE: Final = re.compile(
    r"\$(?P<math>[^$]+)\$"
    r"|\\(?P<command>eqref|emph|textbf|textit|texttt)\{(?P<argument>[^{}]*)\}"
    r"|\\cite(?:\[(?P<where>[^\]]*)\])?\{(?P<key>[^}]*)\}"
    r"|\\text(?P<sign>backslash|asciicircum|asciitilde)\{\}"
    r"|\\(?P<escaped>[_%&#$ {}])|\{(?P<bracket>[][])\}"
    r"|(?P<tie>~|\\,)|(?P<dash>---?)|(?P<quote>``|'')"
)
_DASHES: Final = {"--": "\u2013", "---": "\u2014"}
_QUOTES: Final = {"``": "\u201c", "''": "\u201d"}
_CLOSING: Final = re.compile(r"[,.;:)]+")
_SIGNS: Final = {"backslash": "\\", "asciicircum": "^", "asciitilde": "~"}
_ELEMENTS: Final = {"emph": "em", "textit": "i", "textbf": "strong", "texttt": "code"}


@dataclass(frozen=True)
class Prose:
    """How the LaTeX of one page becomes HTML.

    ``cite`` makes the citation of a source and a place in it; ``numbers`` are those of the displays
    by label, ``links`` the pages that emphasised titles lead to, ``note`` what is said beside a
    display with a label.
    """

    cite: Callable[[str, str], Markup]
    numbers: Mapping[str, int] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    note: Callable[[str], str] = lambda label: ""

    def blocks(self, latex: str) -> Markup:
        """Return paragraphs and displays, in order."""
        return joined(list(self._blocks(latex)), "\n")

    def _blocks(self, latex: str) -> Iterator[Markup]:
        at = 0
        for found in _DISPLAY.finditer(latex):
            yield from self._paragraphs(latex[at : found.start()])
            yield self._display(found[1] or found[4] or "")
            at = found.end()
        yield from self._paragraphs(latex[at:])

    def _paragraphs(self, latex: str) -> Iterator[Markup]:
        for paragraph in re.split(r"\n\s*\n", latex):
            if paragraph.strip():
                yield tag("p", self.inline(paragraph.strip()))

    def _display(self, body: str) -> Markup:
        label = _LABEL.search(body)
        formula = scrolled(_ENDING.sub(r"\2 \1", _LABEL.sub("", body)))
        if label is None:
            return tag("div", formula, class_="display")
        anchor, number = anchor_of(label[1]), self.numbers[label[1]]
        mark = tag("a", f"({number})", href=f"#{anchor}", aria_label=f"Equation {number}")
        said = tag("span", self.note(label[1]), class_="rule")
        beside = tag("div", mark, said, class_="beside")
        return tag("div", formula, beside, class_="display numbered", id=anchor)

    def inline(self, latex: str) -> Markup:
        """Return text with formulas in it."""
        pieces: list[Markup] = []
        at = 0
        for found in _INLINE.finditer(latex):
            pieces.append(plain(_joined_lines(latex[at : found.start()])))
            at = found.end()
            piece = self._piece(found)
            if found["math"] and (mark := _CLOSING.match(latex, at)):
                piece = tag("span", piece, mark[0], class_="tie")  # no line begins with a comma
                at = mark.end()
            pieces.append(piece)
        return joined([*pieces, plain(_joined_lines(latex[at:]))])

    def _piece(self, found: re.Match[str]) -> Markup:
        if found["math"]:
            return formula_of(found["math"])
        if found["key"]:
            return self.cite(found["key"], found["where"] or "")
        if found["command"] == "eqref":
            return self._reference(found["argument"])
        if found["command"] == "emph" and (link := self.links.get(found["argument"])):
            return tag("a", tag("em", found["argument"]), href=link)
        if found["command"]:
            return tag(_ELEMENTS[found["command"]], self.inline(found["argument"]))
        return plain(
            found["escaped"]
            or found["bracket"]
            or _SIGNS.get(found["sign"] or "")
            or _DASHES.get(found["dash"] or "")
            or _QUOTES.get(found["quote"] or "")
            or ("\u00a0" if found["tie"] == "~" else "\u202f")
        )

    def _reference(self, label: str) -> Markup:
        if label not in self.numbers:  # an author's slip: the reference is shown as it stands
            return tag("code", label, class_="latex")
        return tag("a", f"({self.numbers[label]})", href=f"#{anchor_of(label)}")


def numbered(latex: str) -> dict[str, int]:
    """Return the numbers of the displays that have a label, by label."""
    labels = dict.fromkeys(_LABEL.findall(latex))
    return {label: number for number, label in enumerate(labels, start=1)}


def anchor_of(label: str) -> str:
    """Return the anchor of a labelled equation: ``dln:<claim>:<step>`` stands on the claim's page.

    >>> anchor_of("dln:volume-form:squared")
    'eq-squared'
    """
    return f"eq-{label.rpartition(':')[2]}"


def formula_of(latex: str, *, display: bool = False) -> Markup:
    """Return a formula as MathML; as LaTeX, said to be so, where there is no MathML for it."""
    try:
        return mathml(read(latex), display=display)
    except LatexError:
        return tag("code", " ".join(latex.split()), class_="latex")


def typeset(text: str, links: Mapping[str, str] | None = None) -> Markup:
    """Return plain text of records and catalogue with its formulas set as such.

    ``links`` are the pages of claims by id: where the text names one, it leads there.
    """
    if links:
        ids = "|".join(re.escape(name) for name in links if "-" in name) or "(?!)"
        found = re.split(rf"(?<![\w-])({ids})(?![\w-])", text)
        return joined(
            [
                tag("a", tag("code", piece), href=links[piece]) if k % 2 else typeset(piece)
                for k, piece in enumerate(found)
            ]
        )
    try:
        return Prose(lambda key, where: plain(f"{key}, {where}")).inline(in_latex(text))
    except InputError:  # characters that no record of ours has
        return plain(text)


def scrolled(latex: str) -> Markup:
    """Return a displayed formula in a box that scrolls where the screen is narrow."""
    return tag("div", formula_of(latex, display=True), class_="scroll")


def _joined_lines(text: str) -> str:
    return re.sub(r"\s+", " ", text)
