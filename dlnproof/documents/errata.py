"""What ``errata`` prints on a terminal: every statement as its source prints it."""

from __future__ import annotations

from dlnproof.core.verdict import Verdict
from dlnproof.documents.attestation import Errata, legend, outcome
from dlnproof.documents.bibliography import as_text
from dlnproof.documents.layout import Screen, columns, paragraph
from dlnproof.documents.verdicts import colour, printed_text


def errata_text(errata: Errata, on: Screen) -> str:
    """Return the table of printed statements, and then each with its explanation."""
    found = [(claim, record) for claim, records in errata for record in records]
    rows = [(c.id, r.name, r.source, r.witness, _coloured(r.verdict, on)) for c, r in found]
    table = columns(("claim", "printed statement", "source", "witness", "verdict"), rows, on)
    text = f"{table}\n" if table is not None else ""  # else: too narrow, and all of it follows
    text += "\n".join(printed_text(claim.id, record, on) for claim, record in found)
    text += "\n" + paragraph(legend(record for _, record in found), on)
    return text + "\n" + paragraph(as_text(outcome(errata)), on)


def _coloured(verdict: Verdict, on: Screen) -> str:
    return on.styled(verdict.value, colour(verdict))
