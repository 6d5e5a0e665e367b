"""One claim of the appendix: a fragment that also stands alone, in one column or two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dlnproof.documents.content import claim as content
from dlnproof.documents.content.common import NOTHING, Common
from dlnproof.documents.content.evidence import claim_called, findings, sentences, variants
from dlnproof.documents.content.formal import formal
from dlnproof.documents.content.statement import statement_of
from dlnproof.documents.entries import Entry
from dlnproof.documents.formulas import escaped, said
from dlnproof.documents.fragment import keys, proof_tex
from dlnproof.documents.model import Block, Items, Paragraph, Section, in_columns
from dlnproof.documents.status import Status
from dlnproof.documents.words import listed
from dlnproof.documents.writers import latex

MACROS: Final = "\n".join(
    (
        r"\providecommand{\dlnsubsection}[1]{\subsection{#1}}",
        r"\providecommand{\dlntitle}[2]"
        r"{\ifcsname texorpdfstring\endcsname\texorpdfstring{#2}{#1}\else#2\fi}",
        latex.POINT,
        latex.SEE,
    )
)
"""What fragments need; a document that knows better defines its own before."""


_SAYS: Final = ", which defines what several claims speak of"


def fragment(entry: Entry, status: Status, *, columns: int = 1, shared: Common = NOTHING) -> str:
    """Return a claim as LaTeX that can be put into a document of so many columns.

    ``status`` says what its derivation rests on that the record did not establish; what is
    ``shared`` by claims is said by the document.
    """
    claim = entry.claim
    title = latex.text(said(claim.title))
    if "$" in title:  # bookmarks of a PDF hold no formulas
        title = rf"\dlntitle{{{escaped(claim.title)}}}{{{title}}}"
    before: dict[str, Sequence[Block]] = {
        "Statement": statement_of(claim, shared.definitions),
        "Hypotheses": [Paragraph(content.hypotheses(entry))],
        "Source": [Paragraph(content.source(entry))],
        "Measured": content.about(entry),
    }
    standing = content.standing(entry, status, shared)
    verdict = (*claim_called(entry.record), ".", *([" "] if standing else []), *standing)
    after: dict[str, Sequence[Block]] = {
        "Verdict": [Paragraph(verdict)],
        "Not examined": content.not_examined(entry),
        "Evidence": _some(sentences(entry, shared)),
        "Seen in training": _some(findings(entry)),
        "Wrong variants": _some(variants(entry)),
        "In Coq": formal(entry),
    }
    parts = [
        f"% The claim {claim.id}; part of the appendix that dlnproof wrote"
        f"{_SAYS * (shared != NOTHING)}.\n"
        "% Needs amsmath, amssymb, amsthm, mathtools, and of references.bib: "
        f"{listed(keys(claim, entry.proof))}.",
        MACROS,
        rf"\dlnsubsection{{{title}}}\label{{dln:{claim.id}}}",
        rf"\begingroup{latex.loose(columns)}",
        _points(before, columns),
        proof_tex(in_columns(content.derivation(entry), columns)),
        _points(after, columns),
        r"\par\endgroup",
    ]
    return "\n".join(parts) + "\n"


def _points(parts: dict[str, Sequence[Block]], columns: int) -> str:
    made = [Section((name,), inside) for name, inside in parts.items() if inside]
    return latex.blocks(in_columns(made, columns))


def _some(items: Items) -> list[Items]:
    return [items] * bool(items.entries)
