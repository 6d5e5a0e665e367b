"""How far a claim is established: its statement by a run, its derivation with all it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dlnproof.core.verdict import Route, Verdict
from dlnproof.documents.entries import Entry
from dlnproof.errors import InputError


class Support(StrEnum):
    """The state of a derivation, the claims that it uses included."""

    PROVED = "proved, and so is all it uses"
    WITH_COQ = "proved with Coq: theorems built in this run discharge its premises"
    DERIVED = "derived, but it or what it uses is short of a proof"
    RESTS = "derived, but not all it uses is established in this record"
    OPEN = "not established"
    MISSING = "not examined in this run"


@dataclass(frozen=True)
class Status:
    """The two axes: the verdict on the statement, and the support of the derivation.

    ``doubtful`` are the claims, among all that the derivation rests on, that are not derived in
    this record or do not hold in it; ``absent`` those that the record does not have.
    """

    verdict: Verdict
    support: Support
    doubtful: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The state of the derivation in words."""
        if self.support is not Support.RESTS:
            return self.support.value
        given = [*self.doubtful, *(f"{name} (not in this record)" for name in self.absent)]
        return f"derived, given what is not established here: {', '.join(given)}"


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
                f"record: claim {name!r} uses itself, in a circle; run the checks again"
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
    verdict = entry.record.verdict
    derivation = entry.evidence(Route.DERIVATION)
    if derivation is None:
        return Status(verdict, Support.MISSING)
    if not derivation.verdict.holds:
        return Status(verdict, Support.OPEN)
    absent = tuple(name for name in rest if name not in by_id)
    doubtful = tuple(name for name in rest if name in by_id and not _established(by_id[name]))
    if absent or doubtful:
        return Status(verdict, Support.RESTS, doubtful, absent)
    if entry.record.discharged:
        return Status(verdict, Support.WITH_COQ)
    proved = derivation.verdict is Verdict.PROVED
    return Status(verdict, Support.PROVED if proved else Support.DERIVED)


def _established(entry: Entry) -> bool:
    """Whether a claim's derivation holds, and nothing else of it that was examined fails."""
    derivation = entry.evidence(Route.DERIVATION)
    return derivation is not None and derivation.verdict.holds and not entry.record.verdict.fails
