"""The claims of a record at a glance: what a README, a job's summary and a notebook show."""

from __future__ import annotations

from collections.abc import Sequence

from dlnproof.documents.content.evidence import claim_called
from dlnproof.documents.model import Items, Mark, Style, Table, Text, code
from dlnproof.documents.verdicts import complaints, evidence_text
from dlnproof.documents.words import word
from dlnproof.record.record import ClaimRecord

_HEADER = ("claim", "what it states", "source", "verdict", "evidence")


def overview(claims: Sequence[ClaimRecord], *, figures: bool) -> Table:
    """Return the claims with their verdicts and evidence as a table; what fails comes first.

    ``figures`` adds to each route how many points it tried and its worst error.
    """
    ordered = sorted(claims, key=lambda claim: not claim.verdict.fails)
    return Table(_HEADER, "lllll", [_row(claim, figures) for claim in ordered])


def _row(claim: ClaimRecord, figures: bool) -> tuple[Text, ...]:
    verdict = claim_called(claim)
    for printed in claim.as_printed:
        name = Mark(Style.EMPHASIS, printed.name)
        verdict += ("; as printed, ", name, f": {word(printed.verdict)}")
    evidence = "; ".join(evidence_text(found, figures=figures) for found in claim.evidence)
    return ((code(claim.id),), (claim.title,), (claim.source,), verdict, (evidence,))


def failures(claims: Sequence[ClaimRecord]) -> Items:
    """Return why routes do not confirm their claims, and the wrong variants they let through."""
    found = [
        (code(claim.id), f", {evidence.route.value}: {why}")
        for claim in claims
        for evidence in claim.evidence
        for why in complaints(evidence)
    ]
    return Items(found)
