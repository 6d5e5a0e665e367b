"""Formulas and text with formulas, as the notation writes them: documents ask nobody else."""

from __future__ import annotations

import re

from dlnproof.claims.studies import known
from dlnproof.documents import bibliography
from dlnproof.documents.model import Link, Prose, Text, To
from dlnproof.documents.stated import in_latex, stated
from dlnproof.errors import InputError
from dlnproof.notation import texts
from dlnproof.notation.markup import Markup, tag
from dlnproof.notation.mathml import mathml
from dlnproof.notation.plain import plain
from dlnproof.notation.reading import LatexError, read
from dlnproof.notation.texts import escaped

__all__ = ["escaped", "in_latex", "math", "mathml_of", "number", "plain", "said", "see"]


def said(text: str) -> Text:
    """Return a text of records or catalogue: formulas set, sources and claims linked.

    >>> said("RC2020 show it for $x$")[1]
    Prose(latex=' show it for $x$')
    """
    keys = "|".join(re.escape(key) for key in bibliography.entries() if key[-1].isdigit())
    ids = "|".join(sorted((id_ for id_ in known() if "-" in id_), key=len, reverse=True))
    # an id is also an adjective, as in "infinite-depth exponents"; after "by" it is a claim
    names = rf"(?P<key>\b(?:{keys})\b)|(?<=\bby )(?P<id>{ids})(?![\w-])"
    text = stated(text)
    pieces: Text = ()
    at = 0
    for found in re.finditer(names, text):
        link = Link(To.SOURCE, found["key"]) if found["key"] else see(found["id"])
        pieces += (*_set(text[at : found.start()]), link)
        at = found.end()
    return pieces + _set(text[at:])


def _set(text: str) -> Text:
    try:
        return (Prose(texts.in_latex(text)),) if text else ()
    except InputError:  # characters that no record of ours has: who can write them may
        return (text,)


def math(latex: str) -> Prose:
    """Return a formula within text."""
    return Prose(f"${latex}$")


def number(text: str) -> Prose:
    """Return a decimal number as mathematics. Raises :class:`ValueError` for what is none."""
    return math(texts.number(text))


def see(claim: str, to: To = To.CLAIM) -> Link:
    """Return what names a claim by its title."""
    return Link(to, claim, _set(stated(known()[claim].title)))


def mathml_of(latex: str, *, display: bool = False) -> Markup:
    """Return a formula as MathML; as LaTeX, said to be so, where there is no MathML for it."""
    try:
        return mathml(read(latex), display=display)
    except LatexError:
        return tag("code", " ".join(latex.split()), class_="latex")
