"""What ``check --at`` prints: claims at a user's own matrix, and what is not evaluated there."""

from __future__ import annotations

from collections.abc import Sequence

from dlnproof.core.verdict import Verdict
from dlnproof.depth import Depth, show_depth
from dlnproof.documents.layout import Screen, paragraph
from dlnproof.documents.verdicts import colour
from dlnproof.documents.words import count, counted, word
from dlnproof.numeric.matrix_file import MatrixFile
from dlnproof.numeric.rounding import EXACT
from dlnproof.run.own_matrix import AtMatrix

_MEANING = (
    "exact: decided in rationals, or by balls that lie apart. enclosed: both sides in balls that "
    "overlap and agree in 40 digits. sampled: the same, for some of the matrices that a sentence "
    "speaks of. This is what is seen at one matrix: it proves nothing of others."
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
    text += "\n" + paragraph(_MEANING, on) if said else ""
    if others := [at for at in found if at.inapplicable]:
        text += "\nNot evaluated:\n"
        for at in others:
            text += paragraph(f"{at.claim.id}: {at.inapplicable}", on, first="  ", then="    ")
    return text
