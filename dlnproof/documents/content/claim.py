"""What is said of one claim: hypotheses, source, verdict, what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dlnproof.core.verdict import Route, worst
from dlnproof.documents import model
from dlnproof.documents.content.deduction import account_of
from dlnproof.documents.entries import Entry
from dlnproof.documents.figures.captions import SHOWN
from dlnproof.documents.formulas import plain, said, see
from dlnproof.documents.model import Block, Text, To, code, joined, listed, paragraph, strong
from dlnproof.documents.status import Status, Support
from dlnproof.documents.verdicts import discharged
from dlnproof.quantities.catalogue import quantity_named
from dlnproof.record.evidence import Formal
from dlnproof.record.record import Record
from dlnproof.run.formal_table import Theorem, theorems


def hypotheses(entry: Entry) -> Text:
    """Return what the claim assumes."""
    return (*said("; ".join(entry.claim.hypotheses)), ".")


def source(entry: Entry) -> Text:
    """Return where the claim is stated."""
    found = entry.claim.source
    return (model.Link(To.SOURCE, found.key, said(found.where)), ".")


def about(entry: Entry) -> list[Block]:
    """Return what is measured apart from the statement's formulas: each quantity's definition."""
    quantities = map(quantity_named, entry.claim.quantities)
    found = [said(f"{quantity.symbol}: {quantity.definition}.") for quantity in quantities]
    return [model.Items(found)] * bool(found)


def derivation(entry: Entry) -> list[Block]:
    """Return the proof, under the record's verdict or a worse one found now."""
    found = entry.evidence(Route.DERIVATION)
    return account_of(
        entry.proof, worst([entry.proof.verdict, *([found.verdict] if found else [])])
    )


def standing(entry: Entry, status: Status) -> Text:
    """Return what the derivation uses, and what it rests on that the run did not establish."""
    if status.support is Support.MISSING:
        return ("The derivation was no part of the run, and is printed as it stands.",)
    if not entry.uses:
        return ("The derivation uses no other claim.",)
    uses = ("The derivation uses ", *listed((see(used),) for used in entry.uses))
    but = given([status])
    return (*uses, "; ", strong("it stands"), " ", *but, ".") if but else (*uses, ".")


def given(statuses: Iterable[Status], to: To = To.CLAIM) -> Text:
    """Return "given A, which this run did not examine, and B, ..." for derivations that hold.

    Nothing where all that they rest on was established.
    """
    resting = [status for status in statuses if status.support is Support.RESTS]
    groups = {
        "examine": [name for status in resting for name in status.absent],
        "establish": [name for status in resting for name in status.doubtful],
    }
    parts: list[Text] = [
        (
            *listed((see(name, to),) for name in dict.fromkeys(names)),
            f", which this run did not {verb}",
        )
        for verb, names in groups.items()
        if names
    ]
    return ("given ", *joined(parts, ", and ")) if parts else ()


def not_examined(entry: Entry) -> list[model.Paragraph]:
    """Return what of the statement the run has no verdict on."""
    if not entry.record.unexamined:
        return []
    names = listed((code(name),) for name in entry.record.unexamined)
    text = ("What the statement says of ", *names, " was not examined in this run, and no verdict ")
    return [model.Paragraph((*text, "is on it."))]


def formal(entry: Entry, *, whole: bool = False) -> list[Block]:
    """Return the Coq theorems about a claim by file, the headline or the ``whole`` also in Coq.

    What they rest on is said by :func:`machine_checked`, once in a document.
    """
    found = _theorems(entry)
    files: dict[str, list[Theorem]] = {}
    for theorem in found:
        files.setdefault(theorem.file, []).append(theorem)
    by_file: list[Text] = [
        (code(f"formal/{name}"), ": ", *joined(map(_theorem, inside)), ".")
        for name, inside in files.items()
    ]
    word_for_word = [
        model.Section(
            ("Word for word, ", code(theorem.theorem), " states"),
            [model.Verbatim("\n".join([*theorem.context, theorem.statement]))],
            folded=not theorem.headline,
        )
        for theorem in found
        if whole or theorem.headline
    ]
    built = entry.evidence(Route.FORMAL)
    premises = [(line,) for line in discharged(built)] if isinstance(built, Formal) else []
    of_premises = [model.Items(premises)] if premises else []
    return [model.Items(by_file), *of_premises, *word_for_word] if found else []


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


def _theorem(theorem: Theorem) -> Text:
    stated = listed((code(name),) for name in theorem.sentences)
    whole = (" (the sentence ", *stated, ")") if theorem.sentences else ()
    return (code(theorem.theorem), *whole, ", ", *said(theorem.says))


def figures(names: Sequence[str], folder: str, record: Record) -> list[model.Figure]:
    """Return figures, which lie in a folder, with the settings of the record's runs."""
    runs, seed = record.run.runs, record.seed
    shown = ((name, SHOWN[name]) for name in names)
    return [
        model.Figure(name, folder, plain(x.shows), said(x.caption(runs, seed))) for name, x in shown
    ]
