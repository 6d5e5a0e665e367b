"""What ``replay`` prints: counterexamples computed again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dlnproof.claims.check import TWICE
from dlnproof.documents.layout import Screen, paragraph
from dlnproof.documents.verdicts import place, short
from dlnproof.run.replay import Replay

if TYPE_CHECKING:
    from dlnproof.judge.replay import FormulaReplay


def replay_text(done: Sequence[Replay | FormulaReplay], inexact: Sequence[str], on: Screen) -> str:
    """Return each counterexample's two values, as computed now, and whether they confirm it."""
    text = ""
    for found in done:
        given, at = found.given, found.given.at
        sides = found.sides if isinstance(found, Replay) else TWICE
        roots = [str(t) for t in at.roots]
        roots = [str(t) for t in at.roots]
        text += paragraph(found.title, on, then="  ")
        text += paragraph(
            sides.where or place(at.depth, at.width, roots),
            on,
            first="  ",
            then="    ",
        )
        for side, what, now, before in (
            ("left", sides.left, found.left, str(given.left)),
            ("right", sides.right, found.right, str(given.right)),
        ):
            if now:
                other = "" if now == before else f" (in the file: {short(before)})"
                line = f"{side}, {what}: {short(now)}{other}"
                text += paragraph(line, on, first="  ", then="    ")
        outcome = on.styled(
            *(("confirmed", "green") if found.confirmed else ("not confirmed", "red"))
        )
        text += paragraph(f"{outcome}{': ' if found.why else ''}{found.why}", on, first="  ") + "\n"
    for where in inexact:
        text += paragraph(f"{where}: found in balls, not replayed", on)
    confirmed = sum(found.confirmed for found in done)
    return text + on.styled(f"{confirmed} of {len(done)} counterexamples confirmed.", "bold") + "\n"
