"""Words of LaTeX documents: texts of records and catalogue, names of claims, lists of things."""

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import fill
from typing import Final

from dlnproof.claims.studies import known
from dlnproof.documents import bibliography
from dlnproof.documents.stated import in_latex
from dlnproof.notation.texts import escaped

LINE: Final = 98
"""Characters of a line of the LaTeX sources."""


def prose(text: str) -> str:
    r"""Return plain text as LaTeX: formulas set, sources cited, claims named by their titles.

    >>> prose("RC2020 show it for N >= 2")
    '\\cite{RC2020} show it for $N\\ge 2$'
    """
    set_text = in_latex(text)
    keys = "|".join(re.escape(key) for key in bibliography.entries() if key[-1].isdigit())
    set_text = re.sub(rf"\b({keys})\b", r"\\cite{\1}", set_text)
    ids = "|".join(sorted((id_ for id_ in known() if "-" in id_), key=len, reverse=True))
    # an id is also an adjective, as in "infinite-depth exponents"; after "by" it is a claim
    return re.sub(rf"(?<=\bby )({ids})(?![\w-])", lambda m: see(m[1]), set_text)


def see(claim: str) -> str:
    """Return what names a claim; where it has a number in the document, that too."""
    return rf"\dlnsee{{dln:{claim}}}{{{in_latex(known()[claim].title)}}}"


def code(text: str) -> str:
    r"""Return text word for word in typewriter letters, with places where a line may end.

    >>> code("--seed 0")
    '\\texttt{-{}-seed 0}'
    """
    shown = escaped(text).replace("--", "-{}-")
    shown = re.sub(r"(/|\\_)", r"\1\\allowbreak{}", shown)
    return rf"\texttt{{{shown}}}"


def digest(text: str) -> str:
    """Return a digest in groups, between which a line may end."""
    return code(text).replace(text, r"\allowbreak{}".join(re.findall(".{1,16}", text)))


def paragraph(text: str) -> str:
    """Return a paragraph as lines of the source."""
    return fill(text, LINE, break_long_words=False, break_on_hyphens=False)


def paragraphs(*texts: str) -> str:
    """Return paragraphs, one after the other; empty ones are left out."""
    return "\n\n".join(paragraph(text) for text in texts if text)


def items(entries: Sequence[str], environment: str = "itemize") -> str:
    """Return a list environment; nothing for no entries."""
    if not entries:
        return ""
    body = "\n".join(paragraph(rf"\item {entry}") for entry in entries)
    return f"\\begin{{{environment}}}\n{body}\n\\end{{{environment}}}"
