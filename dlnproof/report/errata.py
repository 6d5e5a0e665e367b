"""What ``errata`` prints on a terminal: every statement as its source prints it."""

from __future__ import annotations

from collections.abc import Sequence

from dlnproof.core.claim import Claim
from dlnproof.core.verdict import Verdict
from dlnproof.record import PrintedRecord
from dlnproof.report.layout import Screen, columns
from dlnproof.report.verdicts import printed_text

Errata = Sequence[tuple[Claim, Sequence[PrintedRecord]]]
"""Claims with what became of each of their printed statements."""


def errata_text(errata: Errata, on: Screen) -> str:
    """Return the table of printed statements, and then each with its explanation."""
    found = [(claim, record) for claim, records in errata for record in records]
    rows = [(c.id, r.name, r.source, r.witness, _coloured(r.verdict, on)) for c, r in found]
    table = columns(("claim", "printed statement", "source", "witness", "verdict"), rows, on)
    text = f"{table}\n" if table is not None else ""  # else: too narrow, and all of it follows
    text += "\n".join(printed_text(claim.id, record, on) for claim, record in found)
    refuted = sum(record.verdict is Verdict.REFUTED for _, record in found)
    return f"{text}\n" + on.styled(f"{refuted} of {len(found)} refuted as printed.", "bold") + "\n"


def _coloured(verdict: Verdict, on: Screen) -> str:
    return on.styled(verdict.value, "green" if verdict.holds else "red")
