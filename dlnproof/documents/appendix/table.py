"""The table of claims: verdict, evidence by route, scope, points, precision reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from dlnproof.core.verdict import Route
from dlnproof.documents.appendix.evidence import order
from dlnproof.documents.entries import Entry
from dlnproof.documents.status import Status, Support
from dlnproof.documents.wording import paragraph
from dlnproof.documents.words import claim_note, claim_word, word
from dlnproof.notation.mathtext import latex, number
from dlnproof.record.evidence import Evidence

_LEGEND: Final = (
    "Under each claim stand the routes by which it was examined. Error: the largest of a "
    "comparison, or the largest radius of an enclosure. Order: the observed order of convergence "
    "of the finite differences, the least and the largest. Rejected: wrong variants told apart "
    "from the statement, of those tried. For training, points are runs."
)


def table(entries: Sequence[Entry], status: Mapping[str, Status]) -> str:
    """Return the table of claims: a heading for each, and under it a row for each route."""
    head = r"Route & Verdict & Scope & Points & Error & Order & Rejected \\"
    lines = [
        paragraph(_LEGEND),
        r"{\footnotesize\setlength{\tabcolsep}{4pt}",
        r"\begin{longtable}{@{\quad}llp{0.23\linewidth}rllr@{}}",
        rf"\toprule\multicolumn{{1}}{{@{{}}l}}{{Claim}}&&&&&&\\* {head}",
        r"\midrule\endhead",
        r"\bottomrule\endlastfoot",
    ]
    for entry in entries:
        title = rf"\ref{{dln:{entry.claim.id}}}\enspace {latex(entry.claim.title)}"
        rests = status[entry.claim.id].support is Support.RESTS
        said = [claim_note(entry.record)] + ["given what was not established"] * rests
        note = "; ".join(filter(None, said))
        verdict = rf"\textbf{{{claim_word(entry.record)}}}" + (f" ({note})" if note else "")
        heading = rf"\parbox[t]{{\linewidth}}{{\raggedright {title}: {verdict}}}"
        lines.append(rf"\multicolumn{{7}}{{@{{}}l@{{}}}}{{{heading}}} \\*")
        rows = [_row(evidence) for evidence in entry.record.evidence]
        lines += [rf"{row} \\*" for row in rows[:-1]]
        lines += [rf"{row} \\[3pt]" for row in rows[-1:]]
    return "\n".join([*lines, r"\end{longtable}}"])


def _row(evidence: Evidence) -> str:
    trained = evidence.route is Route.TRAINING
    scope = "" if trained else latex(evidence.scope)
    error = evidence.worst_error
    rejected = f"{evidence.tried - len(evidence.survivors)}/{evidence.tried}"
    if not evidence.tried:
        rejected = ""
    return " & ".join(
        (
            evidence.route.value,
            word(evidence.verdict),
            rf"\raggedright {scope}" if scope else "",
            str(evidence.points or ""),
            f"${number(error)}$" if error else "",
            order(evidence),
            rejected,
        )
    )
