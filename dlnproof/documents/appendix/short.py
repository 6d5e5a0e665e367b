"""The short appendix: each statement in a paragraph, with its verdict and what that rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from dlnproof.claims.schema import Claim
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
from dlnproof.notation.plain import plain
from dlnproof.record.record import Record

_ROOM: Final = 300
"""Characters of a claim's sentences, as a terminal shows them, that are printed."""
_SHARED: Final = 3
"""A hypothesis of so many claims is printed once, before all of them."""
_REST: Final[Text] = (
    Link(To.SECTION, "claims"),
    " gives the statements, the longer ones by a few of their sentences. All sentences, the "
    "definitions of what they speak of, derivations, evidence, wrong variants, theorems in Coq and "
    "printed statements are on the web page ",
    Link(To.FILE, "anc/index.html"),
    ", which needs no network.",
)


def short_body(record: Record, found: Sequence[Entry], status: Mapping[str, Status]) -> str:
    """Return the short appendix without its frame."""
    shared = _shared(found)
    statements: list[Block] = [
        *reliance.conventions(),
        *_listed(shared),
        *(_claim(entry, shared) for entry in found),
    ]
    trusted = [
        reliance.trusted_said(found, record, "in anc/trusted.txt"),
        *machine_checked(found),
    ]
    return joined(
        {
            "What was checked": ("outcome", opening(record, found, status, _REST)),
            "The verdicts": ("table", [_table(found)]),
            "The statements": ("claims", _small(statements)),
            "What is assumed": ("assumed", _small([_assumed(found)])),
            "What is trusted": ("trusted", _small(trusted)),
            "How to run it again": ("again", reliance.again(record, "anc/", ())),
        }
    )


def _small(blocks: Sequence[Block]) -> str:
    return f"{{\\footnotesize\n{latex.blocks(blocks)}\\par}}"


def _shared(found: Sequence[Entry]) -> dict[str, int]:
    """Return the hypotheses that several claims share, each with its number."""
    uses = Counter(given for entry in found for given in entry.claim.hypotheses)
    return {x: k for k, x in enumerate((x for x, n in uses.items() if n >= _SHARED), 1)}


def _listed(shared: Mapping[str, int]) -> list[Paragraph]:
    """Return the shared hypotheses with their numbers."""
    if not shared:
        return []
    numbered = texts((f"H{number}: ", *said(given)) for given, number in shared.items())
    return [paragraph("Hypotheses that several statements share are numbered. ", *numbered, ".")]


def _claim(entry: Entry, shared: Mapping[str, int]) -> Section:
    """Return a claim in one paragraph: its chief sentences, within lines, and its hypotheses."""
    claim = entry.claim
    shown = _chief(claim)
    after = map(claim.placed, (claim.stated.coincidences, claim.measured))
    rest = count(len(claim.sentences) - len(shown), "further sentence")
    left = "" if len(shown) == len(claim.sentences) else f"(In anc/: {rest}.)"
    numbers = ", ".join(map(str, sorted(shared[x] for x in claim.hypotheses if x in shared)))
    own = (x for x in claim.hypotheses if x not in shared)
    given = "; ".join((*[f"H{numbers}"] * bool(numbers), *own))
    text: Text = (
        *claim_called(entry.record),
        "; ",
        *content.source(entry),
        " ",
        Prose(" ".join(filter(None, (*shown.values(), *after, left)))),
        " Given: ",
        *said(f"{given}."),
    )
    return Section(said(claim.title), [Paragraph(text)])


def _chief(claim: Claim) -> dict[str, str]:
    """Return the sentences that are printed, within lines: the first always, others with room."""
    printed: dict[str, str] = {}
    room = _ROOM
    for sentence in claim.sentences:
        if claim.chief and sentence.name not in claim.chief:
            continue
        placed = claim.placed(claim.stated.labelled(sentence))
        text = " ".join(DISPLAY.sub(r"$\1$", placed).split())
        room -= len(plain(text))
        if printed and room < 0:
            break
        printed[sentence.name] = text
    return printed


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
            (*said(name), f" ({book})")  # in words: a bibliography of books would take half a page
            for name, book in sorted(named.items(), key=lambda item: item[0].lower())
        ),
        "; ",
    )
    return paragraph("The derivations take as given: ", *listed, ".")
