r"""Words with formulas, which are LaTeX of our own, as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from dlnproof.documents.formulas import mathml_of
from dlnproof.notation.markup import Markup, joined, plain, tag

_INLINE: Final = re.compile(
    r"\$(?P<math>[^$]+)\$"
    r"|\\(?P<command>eqref|emph|textbf|textit|texttt)\{(?P<argument>[^{}]*)\}"
    r"|\\cite(?:\[(?P<where>[^\]]*)\])?\{(?P<key>[^}]*)\}"
    r"|\\(?P<sign>textbackslash|textasciicircum|textasciitilde|dots)\{\}"
    r"|\\(?P<escaped>[_%&#$ {}])|\{(?P<bracket>[][])\}"
    r"|(?P<tie>~|\\,)|(?P<dash>---?)|(?P<quote>``|'')"
)
_SIGNS: Final = {
    "textbackslash": "\\",
    "textasciicircum": "^",
    "textasciitilde": "~",
    "dots": "\u2026",
    "~": "\u00a0",
    "\\,": "\u202f",
    "--": "\u2013",
    "---": "\u2014",
    "``": "\u201c",
    "''": "\u201d",
}
_CLOSING: Final = re.compile(r"[,.;:)]+")
_ELEMENTS: Final = {"emph": "em", "textit": "i", "textbf": "strong", "texttt": "code"}

Cite = Callable[[str, Markup], Markup]


def inline(latex: str, cite: Cite, numbers: Mapping[str, int]) -> Markup:
    """Return text with formulas in it.

    ``cite`` makes the citation of a source and a place in it; ``numbers`` are those of the displays
    by label.
    """
    pieces: list[Markup] = []
    at = 0
    for found in _INLINE.finditer(latex):
        pieces.append(plain(_joined_lines(latex[at : found.start()])))
        at = found.end()
        piece = _piece(found, cite, numbers)
        if found["math"] and (mark := _CLOSING.match(latex, at)):
            piece = tag("span", piece, mark[0], class_="tie")  # no line begins with a comma
            at = mark.end()
        pieces.append(piece)
    return joined([*pieces, plain(_joined_lines(latex[at:]))])


def _piece(found: re.Match[str], cite: Cite, numbers: Mapping[str, int]) -> Markup:
    if found["math"]:
        return mathml_of(found["math"])
    if found["key"]:
        return cite(found["key"], inline(found["where"] or "", cite, numbers))
    if found["command"] == "eqref":
        return _reference(found["argument"], numbers)
    if found["command"]:
        return tag(_ELEMENTS[found["command"]], inline(found["argument"], cite, numbers))
    if sign := found["sign"] or found["tie"] or found["dash"] or found["quote"]:
        return plain(_SIGNS[sign])
    return plain(found["escaped"] or found["bracket"])


def _reference(label: str, numbers: Mapping[str, int]) -> Markup:
    if label not in numbers:  # an author's slip: the reference is shown as it stands
        return tag("code", label, class_="latex")
    return tag("a", f"({numbers[label]})", href=f"#{anchor_of(label)}")


def anchor_of(label: str) -> str:
    """Return the anchor of a labelled equation: ``dln:<claim>:<step>`` stands on the claim's page.

    >>> anchor_of("dln:volume-form:squared")
    'eq-squared'
    """
    return f"eq-{label.rpartition(':')[2]}"


def _joined_lines(text: str) -> str:
    return re.sub(r"\s+", " ", text)
