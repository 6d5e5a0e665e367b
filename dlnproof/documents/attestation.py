"""What is said of printed statements together: whose they are, how well attested, how many fail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from dlnproof.claims.schema import Claim, Witness
from dlnproof.core.verdict import Verdict
from dlnproof.documents.bibliography import named
from dlnproof.documents.meanings import WITNESSES
from dlnproof.documents.words import count, listed
from dlnproof.record.record import PrintedRecord

Errata = Sequence[tuple[Claim, Sequence[PrintedRecord]]]
"""Claims with what became of each of their printed statements."""

_FROM_THE_AUTHOR: Final = (Witness.PAPER, Witness.SOURCE_FILE)
_COUNTEREXAMPLE: Final = "a counterexample in rational numbers"


def reading(witness: str) -> str:
    """Return as what a statement is told: not as printed where one machine alone read it so."""
    return "as extracted" if witness == Witness.SINGLE else "as printed"


def legend(found: Iterable[PrintedRecord]) -> str:
    """Return what the words mean that say how well the statements are attested; "" for none."""
    names = {printed.witness for printed in found}
    words = [f"{w} ({meaning})" for w, meaning in WITNESSES.items() if w in names]
    return f"Witness of what is printed: {listed(words)}." if words else ""


def outcome(errata: Errata) -> str:
    """Return, in LaTeX, how many printed statements of each source are refuted, and by what it is
    attested that they stand there; then the claims' own sources of which nothing printed is known.
    """
    by_source: dict[str, list[PrintedRecord]] = {}
    cited = set()
    for claim, records in errata:
        for printed in records:
            by_source.setdefault(printed.source.partition(",")[0], []).append(printed)
            cited.add(claim.source.key)
    sentences = [_of_source(key, found) for key, found in by_source.items()]
    if others := sorted(cited - set(by_source)):
        sentences.append(f"Nothing is said of the wording of {listed(map(named, others))}.")
    return " ".join(sentences)


def _of_source(key: str, found: Sequence[PrintedRecord]) -> str:
    read = "printed in" if all(p.witness in _FROM_THE_AUTHOR for p in found) else "extracted from"
    number = count(len(found), "related statement")
    source = f"Of {number} as {read} {named(key, titled=True)}"
    refuted = Counter(printed.witness for printed in found if printed.verdict is Verdict.REFUTED)
    by = [f"{refuted[w]} attested by {meaning}" for w, meaning in WITNESSES.items() if refuted[w]]
    if not by:
        return f"{source}, none is refuted."
    if refuted.total() == 1:
        attested = by[0].removeprefix("1 ")
        return f"{source}, one is refuted as it stands, with {_COUNTEREXAMPLE}, {attested}."
    return (
        f"{source}, {refuted.total()} are refuted as they stand, each with {_COUNTEREXAMPLE}: "
        f"{listed(by)}."
    )
