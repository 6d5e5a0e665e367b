"""What ``check --formal`` tables: the two roads to each sentence, its derivation and Coq."""

from __future__ import annotations

from typing import Final

from dlnproof.documents.layout import Screen, columns, paragraph
from dlnproof.documents.words import count, word
from dlnproof.record.evidence import Formal
from dlnproof.record.record import ClaimRecord, Record
from dlnproof.run.formal_table import stating

_HEADER: Final = ("sentence", "derivation", "in Coq, from the definitions")
_MISSING: Final = "missing"
_LEGEND: Final = (
    "Two roads lead to a sentence. Derivation: by the rules of this package; with Coq: each thing "
    "that it takes as given is a theorem in Coq. In Coq: the theorems there that state the "
    "sentence, from the definitions, alone or together; the pairing is by hand."
)


def roads_text(record: Record, on: Screen) -> str:
    """Return the sentences of a run that built the Coq development, each with both roads to it.

    Nothing where the development was not built.
    """
    built = [_built(claim) for claim in record.claims]
    if not record.run.formal or any(found and not found.verdict.holds for found in built):
        return ""
    rows: list[tuple[str, ...]] = []
    stated = 0
    for claim in record.claims:
        theorems = _theorems(claim)
        stated += len(theorems)
        title = f"{on.styled(claim.id, 'bold')}: {len(theorems)} of {len(claim.parts)} in Coq"
        rows.append((title if claim.formal else f"{title}, where no theorem is about it",))
        for name in claim.parts:
            rows.append((f"  {name}", _derivation(claim, name), theorems.get(name, _MISSING)))
    text = columns(_HEADER, rows, on, folding=2) or columns(_HEADER, rows, Screen(None, on.colour))
    whole = count(sum(len(claim.parts) for claim in record.claims), "sentence")
    return f"\n{text}\n{paragraph(f'{_LEGEND} {stated} of {whole} are stated there.', on)}"


def _built(claim: ClaimRecord) -> Formal | None:
    return next((found for found in claim.evidence if isinstance(found, Formal)), None)


def _theorems(claim: ClaimRecord) -> dict[str, str]:
    """Return the theorems that state sentences of a claim, by sentence."""
    found, built = stating(claim.id), _built(claim)
    about = (name for name in claim.parts if name in found and built and built.about(name))
    return {name: "; ".join(t.theorem for t in found[name]) for name in about}


def _derivation(claim: ClaimRecord, sentence: str) -> str:
    """Return how far the derivation leads to a sentence."""
    if sentence in claim.measured:
        return "measured"
    if claim.derivation is None:
        return _MISSING
    return "with Coq" if claim.discharged else word(claim.derivation.verdict)
