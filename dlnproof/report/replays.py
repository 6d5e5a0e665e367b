"""What ``replay`` prints: counterexamples computed again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dlnproof.depth import INFINITE, show_depth
from dlnproof.report.layout import Screen, paragraph
from dlnproof.report.verdicts import short
from dlnproof.run.replay import Replay

if TYPE_CHECKING:
    from dlnproof.judge.replay import FormulaReplay


def replay_text(done: Sequence[Replay | FormulaReplay], inexact: Sequence[str], on: Screen) -> str:
    """Return each counterexample's two values, as computed now, and whether they confirm it."""
    text = ""
    for found in done:
        given = found.given
        text += paragraph(found.title, on, then="  ")
        roots = ", ".join(short(str(t)) for t in given.at.roots)
        root = "sigma" if given.at.depth == INFINITE else "sigma^(1/N)"
        where = f"N = {show_depth(given.at.depth)}, d = {given.at.width}, {root} = ({roots})"
        text += paragraph(where, on, first="  ", then="    ")
        for side, origin, now, before in (
            ("left", "from the definition", found.left, str(given.left)),
            ("right", "from the formula", found.right, str(given.right)),
        ):
            if now:
                other = "" if now == before else f" (in the file: {short(before)})"
                text += paragraph(f"{side}, {origin}: {short(now)}{other}", on, first="  ")
        outcome = on.styled(
            *(("confirmed", "green") if found.confirmed else ("not confirmed", "red"))
        )
        text += paragraph(f"{outcome}{': ' if found.why else ''}{found.why}", on, first="  ") + "\n"
    for where in inexact:
        text += paragraph(f"{where}: found in balls, not replayed", on)
    confirmed = sum(found.confirmed for found in done)
    return text + on.styled(f"{confirmed} of {len(done)} counterexamples confirmed.", "bold") + "\n"
