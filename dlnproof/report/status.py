"""How far a claim is established: its statement by a run, its derivation with all it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dlnproof.core.verdict import Route, Verdict
from dlnproof.errors import InputError
from dlnproof.report.entries import Entry


class Support(StrEnum):
    """The state of a derivation, the claims that it uses included."""

    WHOLE = "proved, and so is all it uses"
    RESTS = "proved, but not all it uses is"
    OPEN = "not proved"
    MISSING = "not examined in this run"


@dataclass(frozen=True)
class Status:
    """The two axes: the verdict on the statement, and the support of the derivation.

    ``partial``: measured parts were not examined, and the verdict is not on them. ``doubtful`` are
    the claims, among all that the derivation rests on, that are not proved in this record or do not
    hold in it; ``absent`` those that the record does not have.
    """

    verdict: Verdict
    support: Support
    partial: bool = False
    doubtful: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The state of the derivation in words."""
        if self.support is not Support.RESTS:
            return self.support.value
        given = [*self.doubtful, *(f"{name} (not in this record)" for name in self.absent)]
        return f"proved, given what is not proved here: {', '.join(given)}"


def statuses(found: Sequence[Entry]) -> dict[str, Status]:
    """Return the status of each claim of a record; dependences are the record's."""
    by_id = {entry.claim.id: entry for entry in found}
    uses = dependences(found)
    return {name: _status(entry, ancestors(name, uses), by_id) for name, entry in by_id.items()}


def dependences(found: Sequence[Entry]) -> dict[str, tuple[str, ...]]:
    """Return what each claim uses, by the record. Raises :class:`InputError` for a circle."""
    uses = {entry.claim.id: tuple(dict.fromkeys(map(str, entry.uses))) for entry in found}
    for name in uses:
        if name in ancestors(name, uses):
            raise InputError(
                f"record: claim {name!r} uses itself, expected no circle; run it again"
            )
    return uses


def ancestors(name: str, uses: Mapping[str, Sequence[str]]) -> list[str]:
    """Return every claim that one rests on, directly or not, each once."""
    found: dict[str, None] = {}
    waiting = list(uses.get(name, ()))
    while waiting:
        used = waiting.pop(0)
        if used not in found:
            found[used] = None
            waiting += uses.get(used, ())
    return list(found)


def _status(entry: Entry, rest: Sequence[str], by_id: Mapping[str, Entry]) -> Status:
    verdict, partial = entry.record.verdict, bool(entry.record.unexamined)
    derivation = entry.evidence(Route.DERIVATION)
    if derivation is None:
        return Status(verdict, Support.MISSING, partial)
    if derivation.verdict is not Verdict.PROVED:
        return Status(verdict, Support.OPEN, partial)
    absent = tuple(name for name in rest if name not in by_id)
    doubtful = tuple(name for name in rest if name in by_id and not _established(by_id[name]))
    support = Support.RESTS if absent or doubtful else Support.WHOLE
    return Status(verdict, support, partial, doubtful, absent)


def _established(entry: Entry) -> bool:
    derivation = entry.evidence(Route.DERIVATION)
    proved = derivation is not None and derivation.verdict is Verdict.PROVED
    return proved and entry.record.verdict.holds
