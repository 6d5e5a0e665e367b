"""The one paragraph of the appendix that a paper can use as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from dlnproof.core.verdict import Verdict
from dlnproof.documents.appendix.support import given, title
from dlnproof.documents.attestation import outcome
from dlnproof.documents.entries import Entry
from dlnproof.documents.status import Status, Support
from dlnproof.documents.wording import digest, paragraph
from dlnproof.documents.words import count, listed
from dlnproof.notation.mathtext import escaped
from dlnproof.record.record import Record

_THIS: Final = r"\providecommand{\dlnthis}{Appendix~\ref{dln:appendix}}"
_POINTS: Final = "at points only, without the derivation"
_MEANINGS: Final = {
    Verdict.PROVED: "proved (every equation of the derivation decided, and confirmed by every "
    "independent route that was run)",
    Verdict.DERIVED: "derived (every equation of the derivation decided, steps between them in "
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


def summary(record: Record, entries: Sequence[Entry], status: Mapping[str, Status]) -> str:
    """Return the paragraph, with the macro that names the document it speaks of."""
    sentences = (
        _checked(record, entries),
        _failing(record),
        _by_verdict(entries),
        _in_words(entries),
        _given(entries, status),
        _trials(entries),
        _printed(entries),
    )
    return f"{_THIS}\n{paragraph(' '.join(sentence for sentence in sentences if sentence))}\n"


def _checked(record: Record, entries: Sequence[Entry]) -> str:
    number = len(entries)
    which = (
        f"{'All' if record.holds else 'The'} {number} statements" if number > 1 else "The statement"
    )
    stopped = "; the run was stopped at its first failure" if record.run.stopped else ""
    return (
        rf"{which} of \dlnthis{{}} {'were' if number > 1 else 'was'} checked with dlnproof "
        f"{escaped(record.version)} (commit {escaped(record.commit)}; record with SHA-256 digest "
        f"{digest(record.digest)}{stopped})."
    )


def _failing(record: Record) -> str:
    failing, total = len(record.failing), len(record.claims)
    if not failing:
        return ""
    how_many = f"{failing} of {total} {'are' if failing > 1 else 'is'}"
    return rf"\textbf{{{how_many if total > 1 else 'It is'} not confirmed.}}"


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


def _in_words(entries: Sequence[Entry]) -> str:
    """Return how much of the derivations is not decided."""
    found = [derived for entry in entries if (derived := entry.record.derivation)]
    words = sum(derived.in_words or 0 for derived in found)
    loose = sum(derived.loose or 0 for derived in found)
    parts = [f"{count(words, 'step')} in words"] * bool(words)
    parts += [f"{count(loose, 'decided step')} that no statement follows from"] * bool(loose)
    which = "derivations contain" if len(entries) > 1 else "derivation contains"
    whose = "Their" if len(entries) > 1 else "Its"
    return f"{whose} {which} {listed(parts)}." if parts else ""


def _given(entries: Sequence[Entry], status: Mapping[str, Status]) -> str:
    """Return what the derivations of statements that hold rest on beyond the run."""
    holding = [status[entry.claim.id] for entry in entries if entry.record.verdict.holds]
    resting = [found for found in holding if found.support is Support.RESTS]
    if not resting:
        return ""
    which = (
        f"The derivations of {len(resting)} of them stand"
        if len(resting) > 1
        else "One derivation stands"
    )
    which = "Its derivation stands" if len(entries) == 1 else which
    return rf"\textbf{{{which}}} {given(resting, named=title)}."


def _trials(entries: Sequence[Entry]) -> str:
    evidence = [found for entry in entries for found in entry.record.evidence]
    tried = sum(found.tried for found in evidence)
    rejected = tried - sum(len(found.survivors) for found in evidence)
    if not tried:
        return ""
    ended = "all" if rejected == tried else f"{rejected}"
    return (
        f"In {count(tried, 'trial')} a wrong variant of a statement took its place in one of the "
        f"checks; {ended} ended in its rejection."
    )


def _printed(entries: Sequence[Entry]) -> str:
    return outcome([(entry.claim, entry.record.as_printed) for entry in entries])
