"""Two records compared, verdict by verdict: what a run says again, and what it does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from dlnproof.core.verdict import Route
from dlnproof.record import ClaimRecord, Evidence, PrintedRecord, Record


class Change(StrEnum):
    """What became of one verdict of a record."""

    SAME = "same"
    CHANGED = "changed"
    MISSING = "missing"
    """The record has it; the run made now has not."""
    NEW = "new"
    """The run made now has it; the record has not."""


@dataclass(frozen=True)
class Difference:
    """One verdict in two records: of a claim, of one of its routes, of a printed statement.

    ``figures`` are the numbers that differ beside it (errors, counts, counterexamples); they are
    reported, and change no verdict.
    """

    claim: str
    what: str
    before: str
    after: str
    figures: tuple[str, ...] = ()

    @property
    def change(self) -> Change:
        """Whether the verdicts are the same."""
        if not self.before:
            return Change.NEW
        if not self.after:
            return Change.MISSING
        return Change.SAME if self.before == self.after else Change.CHANGED

    def as_json(self) -> dict[str, Any]:
        """Return the difference as JSON data."""
        return {
            "claim": self.claim,
            "what": self.what,
            "change": self.change.value,
            "before": self.before or None,
            "after": self.after or None,
            **({"figures": list(self.figures)} if self.figures else {}),
        }


def differences(before: Record, after: Record) -> list[Difference]:
    """Return every verdict of two records side by side, in the order of the first."""
    old = {claim.id: claim for claim in before.claims}
    new = {claim.id: claim for claim in after.claims}
    return [
        difference
        for claim in dict.fromkeys((*old, *new))
        for difference in _of_claim(claim, old.get(claim), new.get(claim))
    ]


def with_routes(record: Record, kept: Mapping[str, frozenset[Route]]) -> Record:
    """Return the record with some routes of its claims only, and verdicts by these alone.

    What training runs said about printed statements goes with the route training.
    """
    claims = []
    for claim in record.claims:
        routes = kept.get(claim.id, frozenset())
        evidence = tuple(found for found in claim.evidence if found.route in routes)
        printed = claim.as_printed
        if Route.TRAINING not in routes:
            printed = tuple(p for p in printed if p.route is not Route.TRAINING)
        claims.append(replace(claim, evidence=evidence, as_printed=printed))
    return replace(record, claims=tuple(claim for claim in claims if claim.evidence))


def _of_claim(name: str, old: ClaimRecord | None, new: ClaimRecord | None) -> Iterator[Difference]:
    yield Difference(name, "claim", old.verdict if old else "", new.verdict if new else "")
    before: dict[str, Evidence | PrintedRecord] = _parts(old) if old else {}
    after: dict[str, Evidence | PrintedRecord] = _parts(new) if new else {}
    for what in dict.fromkeys((*before, *after)):
        one, other = before.get(what), after.get(what)
        figures = tuple(_figures(one.as_json(), other.as_json())) if one and other else ()
        yield Difference(
            name, what, one.verdict if one else "", other.verdict if other else "", figures
        )


def _parts(claim: ClaimRecord) -> dict[str, Evidence | PrintedRecord]:
    return {found.route.value: found for found in claim.evidence} | {
        f"as printed: {printed.name}": printed for printed in claim.as_printed
    }


def _figures(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for key in dict.fromkeys((*before, *after)):
        if key not in ("verdict", "at") and before.get(key) != after.get(key):
            one, other = (_short(data.get(key)) for data in (before, after))
            yield f"{key}: {one} -> {other}" if one != other else f"{key} differs"


def _short(value: Any) -> str:
    text = "nothing" if value is None else str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
