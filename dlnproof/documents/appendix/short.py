"""The short appendix: each statement in a paragraph, with its verdict and what that rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from dlnproof.core.verdict import Route
from dlnproof.documents.appendix.body import joined, opening
from dlnproof.documents.content import claim as content
from dlnproof.documents.content import reliance
from dlnproof.documents.content.evidence import claim_called
from dlnproof.documents.content.formal import machine_checked
from dlnproof.documents.content.statement import DISPLAY
from dlnproof.documents.entries import Entry
from dlnproof.documents.formulas import said
from dlnproof.documents.model import (
    Block,
    Link,
    Paragraph,
    Prose,
    Section,
    Table,
    Text,
    To,
    paragraph,
)
from dlnproof.documents.model import joined as texts
from dlnproof.documents.status import Status
from dlnproof.documents.words import count
from dlnproof.documents.writers import latex
from dlnproof.record.record import Record

_ROOM: Final = 800
"""Characters of LaTeX of a claim's sentences that are printed; of others the topics are."""
_REST: Final[Text] = (
    Link(To.SECTION, "claims"),
    " gives the statements; what they leave out, the definitions of what they speak of, the "
    "derivations, the evidence with its points and errors, the wrong variants that were rejected, "
    "the theorems in Coq and the printed statements are on the web page ",
    Link(To.FILE, "anc/index.html"),
    ", which needs no network.",
)


def short_body(record: Record, found: Sequence[Entry], status: Mapping[str, Status]) -> str:
    """Return the short appendix without its frame."""
    statements: list[Block] = [
        *reliance.conventions(),
        *(_claim(entry, status[entry.claim.id]) for entry in found),
    ]
    trusted = [
        reliance.trusted_said(found, record, "in anc/trusted.txt"),
        *machine_checked(found),
    ]
    return joined(
        {
            "What was checked": ("outcome", opening(record, found, status, _REST)),
            "The verdicts": ("table", [_table(found)]),
            "The statements": ("claims", f"{{\\footnotesize\n{latex.blocks(statements)}\\par}}"),
            "What is assumed": ("assumed", [_assumed(found)]),
            "What is trusted": ("trusted", trusted),
            "How to run it again": ("again", reliance.again(record, "anc/", ())),
        }
    )


def _claim(entry: Entry, status: Status) -> Section:
    """Return a claim in one paragraph: its first sentences, within lines, and its hypotheses."""
    claim = entry.claim
    printed: list[str] = []
    for sentence in claim.stated.sentences:
        text = claim.placed(claim.stated.labelled(sentence))
        if printed and sum(map(len, printed)) + len(text) > _ROOM:
            break
        printed.append(text)
    rest = claim.stated.sentences[len(printed) :]
    after = claim.placed(" ".join(filter(None, (claim.stated.coincidences, claim.measured))))
    inline = " ".join(DISPLAY.sub(r"$\1$", f"{' '.join(printed)} {after}").split())
    topics = ", ".join(dict.fromkeys(sentence.topic or sentence.name for sentence in rest))
    left = f"{count(len(rest), 'further sentence')} (in anc/): {topics}." if rest else ""
    text_: Text = (
        *claim_called(entry.record),
        "; ",
        *content.source(entry),
        " ",
        Prose(inline),
        " ",
        *said(left),
        " Given: ",
        *content.hypotheses(entry),
        " ",
        *content.standing(entry, status),
    )
    return Section(said(claim.title), [Paragraph(text_)])


def _table(entries: Sequence[Entry]) -> Table:
    """Return a row for each claim: its verdict, and how much evidence there is."""
    rows: list[tuple[Text, ...]] = []
    for entry in entries:
        found = entry.record.evidence
        tried = sum(x.tried for x in found)
        rejected = tried - sum(len(x.survivors) for x in found)
        points = sum(x.points or 0 for x in found if x.route is not Route.TRAINING)
        rows.append(
            (
                said(entry.claim.title),
                claim_called(entry.record)[:1],
                (", ".join(x.route.value for x in found),),
                (f"{points:d}",),
                (f"{rejected:d}/{tried:d}",),
            )
        )
    return Table(("Statement", "Verdict", "Routes", "Points", "Rejected"), "lllrr", rows)


def _assumed(entries: Sequence[Entry]) -> Paragraph:
    """Return the theorems that the derivations cite, in one paragraph."""
    named = {named.name: named.book for entry in entries for named in entry.proof.named}
    if not named:
        return paragraph("The derivations cite no theorem.")
    listed = texts(
        (
            (*said(name), *((f" ({book})",) if book else ()))
            for name, book in sorted(named.items(), key=lambda item: item[0].lower())
        ),
        "; ",
    )
    return paragraph("The derivations take as given: ", *listed, ".")
