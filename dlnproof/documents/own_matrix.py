"""What ``check --at`` says: claims at a user's own matrix, what was drawn, what is left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dlnproof.core.verdict import Verdict
from dlnproof.depth import INFINITE, Depth, show_depth
from dlnproof.documents.layout import Screen, paragraph
from dlnproof.documents.verdicts import colour
from dlnproof.documents.words import count, counted, listed, word
from dlnproof.numeric.drawings import BETWEEN
from dlnproof.numeric.matrix_file import MatrixFile
from dlnproof.numeric.rounding import EXACT
from dlnproof.record.record import AT_SCHEMA
from dlnproof.run.own_matrix import AtMatrix
from dlnproof.version import __version__

_MEANING = (
    "exact: decided in rationals, or by balls that lie apart. enclosed: both sides in balls that "
    "overlap and agree in 40 digits. sampled: the same, for some of what a sentence speaks of: "
    "matrices, times, or what is drawn. This is what is seen at one matrix: it proves nothing of "
    "others."
)


def own_matrix_text(
    found: Sequence[AtMatrix], read: MatrixFile, rank: int, depth: Depth, on: Screen
) -> str:
    """Return what claims say at a matrix, sentence by sentence where one is not confirmed."""
    width = read.matrix.nrows()
    text = f"depth {show_depth(depth)}, width {width}, rank {rank} (exact)\n"
    if read.entries != EXACT:
        taken = f"The entries are {read.entries}, taken as the exact binary numbers they are."
        text += paragraph(taken, on)
    said = [at for at in found if not at.inapplicable]
    text += "\n" if said else ""
    for at in said:
        verdict = on.styled(word(at.verdict), colour(at.verdict))
        verdicts = [verdict for verdict, _ in at.sentences.values()]
        parts = [f"{count(len(at.sentences), 'sentence')}: {counted(verdicts)}"]
        parts += [f"{len(at.idle)} without a case here"] * bool(at.idle)
        text += f"{on.styled(at.claim.id, 'bold')}: {verdict} ({'; '.join(parts)})\n"
        for name, (seen, shown) in at.sentences.items():
            if seen in (Verdict.REFUTED, Verdict.UNDECIDED):
                text += paragraph(f"{name}: {word(seen)}: {shown}", on, first="  ", then="    ")
    text += "\n" + paragraph(_MEANING, on) + _drawn_text(said, depth, on) if said else ""
    if others := [at for at in found if at.inapplicable]:
        text += "\nNot evaluated:\n"
        for at in others:
            text += paragraph(f"{at.claim.id}: {at.inapplicable}", on, first="  ", then="    ")
    return text


def _drawn_text(said: Sequence[AtMatrix], depth: Depth, on: Screen) -> str:
    """Return what was drawn, and for which claims."""
    drawn: dict[str, list[str]] = {}
    for at in said:
        if at.drawn:
            drawn.setdefault(at.drawn, []).append(at.claim.id)
    lines = [BETWEEN] * (1 < depth < INFINITE)
    lines += [f"{what} (for {listed(claims)})" for what, claims in drawn.items()]
    text = "\nDrawn:\n" if lines else ""
    return text + "".join(paragraph(line, on, first="  ", then="    ") for line in lines)


def own_matrix_json(
    found: Sequence[AtMatrix], read: MatrixFile, rank: int, depth: Depth
) -> dict[str, Any]:
    """Return the same as JSON data."""
    return {
        "schema": AT_SCHEMA,
        "version": __version__,
        "depth": show_depth(depth),
        "width": read.matrix.nrows(),
        "rank": rank,
        "entries": read.entries,
        "claims": [at.as_json() for at in found],
    }
