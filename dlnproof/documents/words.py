"""Words of every document: verdicts, with what must stand beside them; counts and lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from dlnproof.core.verdict import Verdict
from dlnproof.record.record import ClaimRecord, Record

IN_PART = "in part"
_PART = "The claim holds in part, its other sentences were not examined."


def word(verdict: Verdict | str) -> str:
    """Return a verdict as text reads it.

    >>> word("not_observed")
    'not observed'
    """
    return verdict.replace("_", " ")


def count(number: int, what: str) -> str:
    """Return a number of things, in the singular for one.

    >>> count(1, "claim"), count(0, "claim")
    ('1 claim', '0 claims')
    """
    return f"{number:d} {what}{'s' * (number != 1)}"


def listed(items: Iterable[str]) -> str:
    """Return items as a list in words.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    *first, last = list(items) or ["none"]
    return f"{', '.join(first)} and {last}" if first else last


def claim_word(claim: ClaimRecord) -> str:
    """Return a claim's verdict in a word; "in part" where a sentence was not examined."""
    return IN_PART if claim.verdict is Verdict.UNEXAMINED else word(claim.verdict)


def claim_note(claim: ClaimRecord) -> str:
    """Return what must stand beside a claim's verdict, or nothing.

    How many sentences of a claim in part have which verdict, and how much of a derivation is not
    decided.
    """
    said = []
    if missing := len(claim.unexamined):
        seen = counted(v for v in claim.sentences.values() if v is not Verdict.UNEXAMINED)
        number = len(claim.sentences)
        which = f"{missing} not examined"
        said.append(f"of {count(number, 'sentence')} {seen}, {which}" if seen else which)
    return "; ".join([*said, *_in_words(claim)])


def claim_verdict(claim: ClaimRecord) -> str:
    """Return a claim's verdict in a word, with what must stand beside it in brackets."""
    note = claim_note(claim)
    return f"{claim_word(claim)} ({note})" if note else claim_word(claim)


def _in_words(claim: ClaimRecord) -> list[str]:
    """Return by what a derivation falls short of a proof, or what Coq adds, if it is derived."""
    derivation = claim.derivation
    if derivation is None or derivation.verdict is not Verdict.DERIVED:
        return []
    if claim.discharged:
        return [f"{count(len(derivation.premises or ()), 'premise')} in words discharged in Coq"]
    return [short_of_a_proof([claim]) or "by claims that are derived"]


def short_of_a_proof(claims: Iterable[ClaimRecord]) -> str:
    """Return how many premises in words what is derived rests on, if on any.

    Those that Coq theorems discharge are not counted.
    """
    whole = (claim.derivation for claim in claims if not claim.discharged)
    found = [derived for derived in whole if derived and derived.verdict is Verdict.DERIVED]
    number = sum(len(d.premises or ()) for d in found)
    return f"{count(number, 'premise')} in words" if number else ""


def headline(record: Record) -> str:
    """Return how many claims hold, with which verdicts, and how many in part: a document's outcome.

    Claims in part are counted apart, and under no stronger word.
    """
    total = len(record.claims)
    if total == 1:
        [claim] = record.claims
        said = "holds" if claim.verdict.holds else "does not hold"
        return f"The claim {said}: {word(claim.verdict)}." if not record.in_part else _PART
    holding = [claim.verdict for claim in record.claims if claim.verdict.holds]
    text = f"{len(holding)} of {total} claims hold"
    if len(holding) == total:
        text = f"All {total} claims hold"
    if holding:
        text += f": {counted(holding)}"
    if record.in_part:
        text += f"; {len(record.in_part)} in part, their other sentences not examined"
    return f"{text}."


def counted(verdicts: Iterable[Verdict]) -> str:
    """Return how many verdicts of each kind there are, the strongest first.

    >>> counted([Verdict.OBSERVED, Verdict.DERIVED, Verdict.DERIVED])
    '2 derived, 1 observed'
    """
    found = Counter(verdicts)
    return ", ".join(f"{found[v]} {word(v)}" for v in Verdict if found[v])
