"""What ``replay`` prints: counterexamples computed again."""

from __future__ import annotations

from collections.abc import Sequence

from dlnproof.documents.layout import Screen, paragraph
from dlnproof.documents.verdicts import place, short
from dlnproof.notation.plain import plain
from dlnproof.run.replayed import Replay


def replay_text(done: Sequence[Replay], inexact: Sequence[str], on: Screen) -> str:
    """Return each counterexample's two values, as computed now, and whether they confirm it."""
    text = ""
    for found in done:
        at = found.at
        where = place(at.depth, at.width, [str(t) for t in at.roots])
        text += paragraph(found.title, on, then="  ")
        text += paragraph(found.sides.where or plain(where), on, first="  ", then="    ")
        names = (f"left, {found.sides.left}", f"right, {found.sides.right}")
        for name, now, before in zip(names, found.found or (), found.given, strict=False):
            other = "" if now == before else f" (in the file: {short(before)})"
            text += paragraph(f"{name}: {short(now)}{other}", on, first="  ", then="    ")
        outcome = on.styled(
            *(("confirmed", "green") if found.confirmed else ("not confirmed", "red"))
        )
        text += paragraph(f"{outcome}{': ' if found.why else ''}{found.why}", on, first="  ") + "\n"
    for where in inexact:
        text += paragraph(f"{where}: found in balls, not replayed", on)
    confirmed = sum(found.confirmed for found in done)
    return text + on.styled(f"{confirmed} of {len(done)} counterexamples confirmed.", "bold") + "\n"
