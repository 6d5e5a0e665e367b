"""The one paragraph of the appendix that a paper can use as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from dlnproof.core.verdict import Verdict
from dlnproof.documents.attestation import outcome
from dlnproof.documents.content.claim import given
from dlnproof.documents.content.printed import errata_of
from dlnproof.documents.entries import Entry
from dlnproof.documents.model import Paragraph, Prose, Text, To, code, joined, strong
from dlnproof.documents.status import Status, Support
from dlnproof.documents.words import count, listed, short_of_a_proof
from dlnproof.record.record import Record

_POINTS: Final = "at points only, without the derivation"
_MEANINGS: Final = {
    Verdict.PROVED: "proved (from definitions, rules and theorems cited by name alone, and "
    "confirmed by every independent route that was run)",
    Verdict.PROVED_WITH_COQ: "proved with Coq (derived from premises that are theorems in Coq, "
    "built in this run, and confirmed by every independent route that was run)",
    Verdict.DERIVED: "derived (every equation of the derivation decided, something of it in "
    "words, and confirmed by every independent route that was run)",
    Verdict.EXACT: f"confirmed in rational numbers {_POINTS}",
    Verdict.ENCLOSED: f"confirmed in balls {_POINTS}",
    Verdict.SAMPLED: f"confirmed to a tolerance {_POINTS}",
    Verdict.OBSERVED: "observed in training runs under stated settings",
    Verdict.UNEXAMINED: "confirmed in part, with sentences that the run did not examine",
    Verdict.NOT_OBSERVED: "not observed in training runs under stated settings",
    Verdict.VACUOUS: "not tested (no point met the hypotheses, or no wrong variant was told apart "
    "from the statement)",
    Verdict.UNDECIDED: "undecided (neither confirmed nor refuted)",
    Verdict.TIMEOUT: "without a verdict (it could not be examined in the time allowed)",
    Verdict.ERROR: "without a verdict (it could not be examined: the software failed, or its two "
    "engines disagree)",
    Verdict.REFUTED: "refuted",
}
"""What a statement is; every verdict has its words."""


def summary(record: Record, entries: Sequence[Entry], status: Mapping[str, Status]) -> Paragraph:
    r"""Return the paragraph; ``\dlnthis`` names the document that it speaks of."""
    sentences: tuple[Text, ...] = (
        _checked(record, entries),
        _failing(record),
        (_by_verdict(entries),),
        _short(entries),
        _given(entries, status),
        _trials(entries),
        (Prose(outcome(errata_of(entries))),) if errata_of(entries) else (),
    )
    return Paragraph(joined((said for said in sentences if said), " "))


def _checked(record: Record, entries: Sequence[Entry]) -> Text:
    number = len(entries)
    which = (
        f"{'All' if record.holds else 'The'} {number} statements" if number > 1 else "The statement"
    )
    stopped = "; the run was stopped at its first failure" if record.run.stopped else ""
    return (
        f"{which} of ",
        Prose(r"\dlnthis{}"),
        f" {'were' if number > 1 else 'was'} checked with dlnproof {record.version} (commit "
        f"{record.commit}; record with SHA-256 digest ",
        code(record.digest),
        f"{stopped}).",
    )


def _failing(record: Record) -> Text:
    failing, total = len(record.failing), len(record.claims)
    how_many = f"{failing} of {total} {'are' if failing > 1 else 'is'}"
    return (strong(f"{how_many if total > 1 else 'It is'} not confirmed."),) if failing else ()


def _by_verdict(entries: Sequence[Entry]) -> str:
    """Return how many statements have which verdict."""
    found = Counter(entry.record.verdict for entry in entries)
    if len(entries) == 1:
        [verdict] = found
        return f"It is {_MEANINGS[verdict]}."
    parts = [
        f"{number} {'are' if number > 1 else 'is'} {_MEANINGS[verdict]}"
        for verdict, number in found.items()
    ]
    return f"Of the {len(entries)}, {listed(parts)}."


def _short(entries: Sequence[Entry]) -> Text:
    """Return how much of the derivations is not decided."""
    short = short_of_a_proof(entry.record for entry in entries)
    whose = "Their derivations rest on" if len(entries) > 1 else "Its derivation rests on"
    return (f"{whose} {short}.",) if short else ()


def _given(entries: Sequence[Entry], status: Mapping[str, Status]) -> Text:
    """Return what the derivations of statements that hold rest on beyond the run."""
    holding = [status[entry.claim.id] for entry in entries if entry.record.verdict.holds]
    resting = [found for found in holding if found.support is Support.RESTS]
    if not resting:
        return ()
    which = (
        f"The derivations of {len(resting)} of them stand"
        if len(resting) > 1
        else "One derivation stands"
    )
    which = "Its derivation stands" if len(entries) == 1 else which
    return (strong(which), " ", *given(resting, To.TITLE), ".")


def _trials(entries: Sequence[Entry]) -> Text:
    evidence = [found for entry in entries for found in entry.record.evidence]
    tried = sum(found.tried for found in evidence)
    rejected = tried - sum(len(found.survivors) for found in evidence)
    if not tried:
        return ()
    ended = "all" if rejected == tried else f"{rejected}"
    return (
        f"In {count(tried, 'trial')} a wrong variant of a statement took its place in one of the "
        f"checks; {ended} ended in its rejection.",
    )
