"""What ``verify`` prints: the verdicts of a record beside those of the same run made now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dlnproof.documents.layout import Screen, columns, paragraph
from dlnproof.record.difference import Change, Difference
from dlnproof.run.verification import Outcome, Verification

_COLOURS: Final = {
    Outcome.CONFIRMED: "green",
    Outcome.IN_PART: "yellow",
    Outcome.NOT_CONFIRMED: "red",
}


def verification_text(found: Verification, notes: Sequence[str], on: Screen) -> str:
    """Return the claims with what became of their verdicts, then every difference, then a count."""
    rows = []
    by_claim: dict[str, list[Difference]] = {}
    for difference in found.found:
        by_claim.setdefault(difference.claim, []).append(difference)
    for claim, mine in by_claim.items():
        others = [d for d in mine if d.what != "claim"]
        same = sum(d.change is Change.SAME for d in others)
        rows += [
            (
                _plain(claim),
                verdict.before or "-",
                verdict.after or "-",
                _change(verdict.change, on),
                f"{same}/{len(others)}",
            )
            for verdict in mine
            if verdict.what == "claim"
        ]
    header = ("claim", "record", "now", "", "routes and printed statements the same")
    text = f"{columns(header, rows, on) or columns(header, rows, Screen(None, on.colour))}\n"
    for difference in found.found:
        where = _plain(f"{difference.claim}, {difference.what}")
        if difference.change is not Change.SAME:
            changed = _plain("; ".join(_changes(difference)))
            line = f"{where}: {_change(difference.change, on)}: {changed}"
            text += paragraph(line, on, then="  ")
        if difference.figures:
            text += paragraph(f"{where}: {_plain('; '.join(difference.figures))}", on, then="  ")
    for note in (*found.amiss, *notes):
        text += paragraph(_plain(note), on, then="  ")
    if found.left_out:
        left = (
            f"Verdicts are by the routes made again; not made again: {', '.join(found.left_out)}."
        )
        text += paragraph(_plain(left), on, then="  ")
    counts = ", ".join(f"{found.count(change)} {change}" for change in Change)
    outcome = on.styled(found.outcome.value, _COLOURS[found.outcome])
    return text + f"\n{len(found.found)} verdicts: {counts}. The record is {outcome}.\n"


def _changes(difference: Difference) -> list[str]:
    """Return the verdicts if they differ, and what differs beside them."""
    verdicts = f"{difference.before or 'nothing'} -> {difference.after or 'nothing'}"
    return [verdicts] * (difference.before != difference.after) + list(difference.content)


def _change(change: Change, on: Screen) -> str:
    return on.styled(change.value, "green" if change is Change.SAME else "red")


def _plain(text: str) -> str:
    """Return text with everything escaped that a terminal might obey: a stranger wrote it."""
    return "".join(c if " " <= c <= "~" else ascii(c)[1:-1] for c in text)
