"""The first thing that is said of a run: what holds, what does not, what was not examined."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dlnproof.claims import CLAIMS
from dlnproof.core.verdict import Verdict
from dlnproof.depth import INFINITE
from dlnproof.documents.content.claim import given
from dlnproof.documents.entries import Entry
from dlnproof.documents.figures.catalogue import trained
from dlnproof.documents.formulas import see
from dlnproof.documents.model import (
    Paragraph,
    Prose,
    Text,
    joined,
    listed,
    paragraph,
    strong,
)
from dlnproof.documents.status import Status, Support
from dlnproof.documents.words import count, headline, word
from dlnproof.documents.words import listed as in_words
from dlnproof.record.record import Record


def outcome(
    record: Record, entries: Sequence[Entry], status: Mapping[str, Status]
) -> list[Paragraph]:
    """Return how many claims hold, and by name those of which there is more to say."""

    def named(keep: Callable[[Entry], bool]) -> list[Text]:
        return [(see(entry.claim.id),) for entry in entries if keep(entry)]

    found = [paragraph(strong(headline(record)), kind="outcome")]
    if record.run.stopped:
        text = "The run was stopped at its first failure: the evidence is incomplete."
        found.append(paragraph(text, kind="trouble"))
    failing: list[Text] = [(see(c.id), f": {word(c.verdict)}") for c in record.failing]
    if failing:
        text_ = (strong("Not confirmed:"), " ", *joined(failing), ".")
        found.append(Paragraph(text_, "trouble"))
    if part := named(lambda entry: entry.record.verdict is Verdict.UNEXAMINED):
        text_ = (strong("In part:"), " this run did not examine every sentence of ", *listed(part))
        found.append(Paragraph((*text_, "."), "trouble"))
    if resting := named(lambda entry: status[entry.claim.id].support is Support.RESTS):
        stand = "derivations of " if len(resting) > 1 else "derivation of "
        text_ = (
            strong("Not all was established that derivations rest on."),
            f" The {stand}",
            *listed(resting),
            f" stand{'s' * (len(resting) == 1)} ",
            *given(status.values()),
            ".",
        )
        found.append(Paragraph(text_, "trouble"))
    for support in (Support.OPEN, Support.MISSING):
        if open_ := named(lambda entry, s=support: status[entry.claim.id].support is s):  # type: ignore[misc]
            text_ = (strong(f"Derivation {support.value}:"), " ", *joined(open_), ".")
            found.append(Paragraph(text_, "trouble"))
    return found


def scope(entries: Sequence[Entry]) -> str:
    """Return how much of the catalogue is covered, and how many claims of the user's own."""
    mine = sum(entry.claim.id in CLAIMS for entry in entries)
    own = len(entries) - mine
    every = "all" if mine == len(CLAIMS) else f"{mine}"
    catalogue = "the catalogue of dlnproof"
    parts = [f"{every} of the {len(CLAIMS)} claims in {catalogue}"] * bool(mine)
    parts += [f"{count(own, 'claim')} not in {'it' if mine else catalogue}"] * bool(own)
    return in_words(parts)


def settings(record: Record) -> Paragraph:
    """Return where the run looked, and how closely."""
    run = record.run
    depths = ", ".join(r"\infty" if n == INFINITE else str(n) for n in run.depths)
    widths = ", ".join(f"{width:d}" for width in run.widths)
    runs = "no training runs"
    if trained(record):
        runs = f"at most {count(run.runs, 'training run')} of an experiment"
    return paragraph(
        Prose(
            f"The run took the depths $N={depths}$ and the widths $d={widths}$, "
            f"{count(run.points, 'point')} of each kind, {count(run.digits, 'digit')} in "
            f"finite differences and balls, {runs}, and the seed {record.seed:d}."
        )
    )
