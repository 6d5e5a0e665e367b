"""What ``verify`` prints: the verdicts of a record beside those of the same run made now."""

from __future__ import annotations

from collections.abc import Sequence

from dlnproof.report.layout import Screen, columns, paragraph
from dlnproof.run.difference import Change
from dlnproof.run.verification import Verification


def verification_text(found: Verification, notes: Sequence[str], on: Screen) -> str:
    """Return the claims with what became of their verdicts, then every difference, then a count."""
    rows = []
    for claim in dict.fromkeys(difference.claim for difference in found.found):
        mine = [difference for difference in found.found if difference.claim == claim]
        verdict = next(d for d in mine if d.what == "claim")
        others = [d for d in mine if d.what != "claim"]
        same = sum(d.change is Change.SAME for d in others)
        rows.append(
            (
                claim,
                verdict.before or "-",
                verdict.after or "-",
                _change(verdict.change, on),
                f"{same}/{len(others)}",
            )
        )
    header = ("claim", "record", "now", "", "routes and printed statements the same")
    text = f"{columns(header, rows, on) or columns(header, rows, Screen(None, on.colour))}\n"
    for difference in found.found:
        where = f"{difference.claim}, {difference.what}"
        if difference.change is not Change.SAME:
            text += paragraph(
                f"{where}: {_change(difference.change, on)}: {difference.before or 'nothing'} -> "
                f"{difference.after or 'nothing'}",
                on,
                then="  ",
            )
        if difference.figures:
            text += paragraph(f"{where}: {'; '.join(difference.figures)}", on, then="  ")
    for note in (*found.amiss, *notes):
        text += paragraph(note, on, then="  ")
    if found.left_out:
        left = (
            f"Verdicts are by the routes made again; not made again: {', '.join(found.left_out)}."
        )
        text += paragraph(left, on, then="  ")
    counts = ", ".join(f"{found.count(change)} {change}" for change in Change)
    outcome = on.styled(*(("confirmed", "green") if found.confirmed else ("not confirmed", "red")))
    return text + f"\n{len(found.found)} verdicts: {counts}. The record is {outcome}.\n"


def _change(change: Change, on: Screen) -> str:
    return on.styled(change.value, "green" if change is Change.SAME else "red")
