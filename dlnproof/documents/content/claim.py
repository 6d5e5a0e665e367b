"""What is said of one claim: hypotheses, source, verdict, what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dlnproof.core.verdict import Route, worst
from dlnproof.documents import model
from dlnproof.documents.content.common import NOTHING, Common
from dlnproof.documents.content.deduction import account_of
from dlnproof.documents.entries import Entry
from dlnproof.documents.figures.captions import SHOWN
from dlnproof.documents.formulas import plain, said, see
from dlnproof.documents.model import Block, Text, To, code, joined, listed, strong
from dlnproof.documents.status import Status, Support
from dlnproof.quantities.catalogue import quantity_named
from dlnproof.record.record import Record


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


def standing(entry: Entry, status: Status, shared: Common = NOTHING) -> Text:
    """Return what the derivation uses, and what it rests on that the run did not establish."""
    if status.support is Support.MISSING:
        return ("The derivation was no part of the run, and is printed as it stands.",)
    if not entry.uses:
        return ("The derivation uses no other claim.",) if shared == NOTHING else ()
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


def figures(names: Sequence[str], folder: str, record: Record) -> list[model.Figure]:
    """Return figures, which lie in a folder, with the settings of the record's runs."""
    runs, seed = record.run.runs, record.seed
    shown = ((name, SHOWN[name]) for name in names)
    return [
        model.Figure(name, folder, plain(x.shows), said(x.caption(runs, seed))) for name, x in shown
    ]
