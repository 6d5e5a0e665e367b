"""The theorems in Coq about a claim: each sentence with those that state it, and what has none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dlnproof.core.verdict import Route
from dlnproof.documents import model
from dlnproof.documents.content.statement import paragraphs_of
from dlnproof.documents.entries import Entry
from dlnproof.documents.formulas import said
from dlnproof.documents.model import Block, Text, code, joined, listed, paragraph
from dlnproof.documents.verdicts import discharged
from dlnproof.notation.coq_lines import laid_out
from dlnproof.record.evidence import Formal
from dlnproof.run.formal_table import Theorem, stating, theorems

_PAGE: Final = 78
"""Characters of a line of Coq on a page."""
_COLUMN: Final = 58
"""Those that fit the narrow column of a page that has two."""
_FOLDED: Final = "In Coq"
_BY_HAND: Final = (
    "Each sentence with the theorems that state it, from the definitions; the pairing is by hand."
)


def formal(entry: Entry) -> list[Block]:
    """Return the Coq theorems about a claim: with its sentences where the run built them.

    Elsewhere in words, by file, and the headline in Coq.
    """
    if (built := entry.evidence(Route.FORMAL)) and built.verdict.holds:
        return sentence_by_sentence(entry)
    found = _theorems(entry)
    headline = [
        block
        for theorem in found
        if theorem.headline
        for block in (paragraph("Word for word, ", code(theorem.theorem), ":"), _in_coq(theorem))
    ]
    return [*_by_file(found), *_premises(entry), *_missing(entry), *headline]


def sentence_by_sentence(entry: Entry, *, whole: bool = False) -> list[Block]:
    """Return each sentence of a claim in words and in LaTeX with its Coq theorems; then the others.

    A theorem stands in Coq where it is told first, the others if ``whole``.
    """
    told: set[str] = set()
    with_them = [_sentences(entry, names, told) for names in _grouped(entry)]
    others = [theorem for theorem in _theorems(entry) if theorem.theorem not in told]
    opening = [paragraph(_BY_HAND)] if with_them else []
    further = _each(others, told) if whole else _by_file(others)
    more = [model.Section(("Further theorems",), further)] if others else []
    return [*opening, *_missing(entry), *_premises(entry), *with_them, *more]


def _sentences(entry: Entry, names: Sequence[str], told: set[str]) -> model.Section:
    """Return sentences that the same theorems state, with these; ``told`` are those in Coq so far.

    What one states that has been told is named.
    """
    claim = entry.claim
    stated = [
        block
        for sentence in claim.stated.sentences
        if sentence.name in names
        for block in paragraphs_of(claim.placed(claim.stated.labelled(sentence)))
    ]
    found = stated_in_coq(entry)[names[0]]
    again = [theorem for theorem in found if theorem.theorem in told]
    blocks = _each([theorem for theorem in found if theorem not in again], told)
    above = listed((code(theorem.theorem),) for theorem in again)
    how = "Together with " if blocks else "Stated by "
    blocks += [paragraph(how, *above, ", above.")] if again else []
    title = listed((code(name),) for name in names)
    return model.Section(title, [*stated, *blocks], f"coq-{names[0]}")


def _each(found: Sequence[Theorem], told: set[str]) -> list[Block]:
    """Return theorems, each in words and in Coq."""
    told |= {theorem.theorem for theorem in found}
    return [
        block
        for theorem in found
        for block in (
            paragraph(
                code(theorem.theorem),
                ": ",
                *said(theorem.says),
                " (",
                code(f"formal/{theorem.file}"),
                ").",
            ),
            _in_coq(theorem),
        )
    ]


def _in_coq(theorem: Theorem) -> model.Verbatim:
    """Return a theorem as its file has it, but for the lines: what is around it, and what it is."""
    pieces = [*theorem.context, theorem.statement]
    wide, narrow = ("\n".join(laid_out(x, room) for x in pieces) for room in (_PAGE, _COLUMN))
    return model.Verbatim(wide, narrow, folded=_FOLDED)


def _by_file(found: Sequence[Theorem]) -> list[Block]:
    files: dict[str, list[Theorem]] = {}
    for theorem in found:
        files.setdefault(theorem.file, []).append(theorem)
    by_file: list[Text] = [
        (code(f"formal/{name}"), ": ", *joined(map(_theorem, inside)), ".")
        for name, inside in files.items()
    ]
    return [model.Items(by_file)] if by_file else []


def _theorem(theorem: Theorem) -> Text:
    stated = listed((code(name),) for name in theorem.sentences)
    whole = (" (the sentence ", *stated, ")") if theorem.sentences else ()
    return (code(theorem.theorem), *whole, ", ", *said(theorem.says))


def _premises(entry: Entry) -> list[Block]:
    built = entry.evidence(Route.FORMAL)
    premises = [(line,) for line in discharged(built)] if isinstance(built, Formal) else []
    return [model.Items(premises)] if premises else []


def _missing(entry: Entry) -> list[Block]:
    """Return, in a few words, what no theorem states."""
    stated = stated_in_coq(entry)
    missing = [name for name in entry.claim.names if name not in stated]
    if not missing:
        return []
    names = listed((code(name),) for name in missing)
    if not _theorems(entry):
        return [paragraph("No theorem is about this claim.")]
    what: Text = names if stated else ("a whole sentence",)
    return [paragraph("No theorem states ", *what, ".")]


def machine_checked(entries: Sequence[Entry]) -> list[Block]:
    """Return in which generality Coq checked the theorems about claims, and where it did."""
    found = [theorem for entry in entries for theorem in _theorems(entry)]
    if not found:
        return []
    text = "The theorems in Coq are machine-checked, in the generality that each states"
    if not all(theorem.of_reals for theorem in found):
        text += ", without axioms"
    if any(theorem.of_reals for theorem in found):
        text += "; what is in formal/analysis is about Coq's real numbers and rests on their axioms"
    if not any(entry.evidence(Route.FORMAL) for entry in entries):
        text += ", in a development that is built apart from this run (formal/README.md says how)"
    return [paragraph(*said(f"{text}."))]


def _theorems(entry: Entry) -> list[Theorem]:
    return [t for t in theorems(entry.claim.id) if t.theorem in entry.record.formal]


def stated_in_coq(entry: Entry) -> dict[str, list[Theorem]]:
    """Return the theorems that state sentences of a claim, by sentence, in the claim's order."""
    found, known = stating(entry.claim.id), entry.record.formal
    by_name = {n: [t for t in found.get(n, ()) if t.theorem in known] for n in entry.claim.names}
    return {name: theorems_ for name, theorems_ in by_name.items() if theorems_}


def _grouped(entry: Entry) -> list[list[str]]:
    """Return the sentences that theorems state, those together that the same ones state."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for name, found in stated_in_coq(entry).items():
        groups.setdefault(tuple(theorem.theorem for theorem in found), []).append(name)
    return list(groups.values())
