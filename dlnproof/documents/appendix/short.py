"""The short appendix: each statement in a paragraph, with its verdict and what that rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import zip_longest
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
from dlnproof.documents.words import listed
from dlnproof.documents.writers import latex
from dlnproof.notation.plain import plain
from dlnproof.record.record import Record

_ROOM: Final = 100
"""Characters of a claim's sentences, as a terminal shows them, that are printed."""
_ABREAST: Final = 3
"""How many claims share a row of the table."""
_HEADER: Final = ("", "Verdict", "Routes", "Points", "Rejected")
_LETTERS: Final = {
    Route.DERIVATION: "D",
    Route.EXACT: "E",
    Route.PULLBACK: "P",
    Route.ENCLOSURE: "B",
    Route.TRAINING: "T",
    Route.FORMAL: "C",
}
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
        *(_claim(number, entry, shared) for number, entry in enumerate(found, 1)),
    ]
    trusted = [
        reliance.trusted_said(found, record, "in anc/trusted.txt"),
        *machine_checked(found),
    ]
    return joined(
        {
            "What was checked": ("outcome", _set(opening(record, found, status, _REST))),
            "The verdicts": ("table", _verdicts(found)),
            "The statements": ("claims", _small(statements)),
            "What is assumed": ("assumed", _small([_assumed(found)])),
            "What is trusted": ("trusted", _small(trusted)),
            "How to run it again": ("again", _small(reliance.again(record, "anc/", ()))),
        }
    )


def _small(blocks: Sequence[Block]) -> str:
    return _set(latex.blocks(blocks))


def _set(text: str) -> str:
    """Return text set small and close, that all claims have room on six pages."""
    return f"{{\\footnotesize\\medskipamount=1pt\n{text}\\par}}"


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


def _claim(number: int, entry: Entry, shared: Mapping[str, int]) -> Section:
    """Return a claim in one paragraph: its chief sentences, within lines, and its hypotheses."""
    claim = entry.claim
    shown = _chief(claim)
    after = map(claim.placed, (claim.stated.coincidences, claim.measured))
    rest = len(claim.sentences) - len(shown)
    left = f"({rest} more in anc/.)" if rest else ""
    numbers = ", ".join(map(str, sorted(shared[x] for x in claim.hypotheses if x in shared)))
    own = (x for x in claim.hypotheses if x not in shared)
    given = "; ".join((*[f"H{numbers}"] * bool(numbers), *own))
    text: Text = (
        *claim_called(entry.record),
        "; ",
        *_source(entry),
        " ",
        Prose(" ".join(filter(None, (*shown.values(), *after, left)))),
        " Given: ",
        *said(f"{given}."),
    )
    return Section((f"{number:d}. ", *said(claim.title)), [Paragraph(text)])


def _source(entry: Entry) -> Text:
    """Return where the claim is stated, or after what, where that is here."""
    found = entry.claim.source
    if found.where.endswith(" here"):
        return ("after ", Link(To.SOURCE, found.key, ()), ".")
    return content.source(entry)


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


def _verdicts(entries: Sequence[Entry]) -> list[Block]:
    """Return for each claim, by its number, its verdict and how much evidence there is."""
    cells: list[tuple[Text, ...]] = []
    for number, entry in enumerate(entries, 1):
        found = entry.record.evidence
        tried = sum(x.tried for x in found)
        rejected = tried - sum(len(x.survivors) for x in found)
        points = sum(x.points or 0 for x in found if x.route is not Route.TRAINING)
        routes = "".join(_LETTERS[x.route] for x in found)
        shown = (f"{number:d}", routes, f"{points:d}", f"{rejected:d}/{tried:d}")
        first, *last = ((x,) for x in shown)
        cells.append((first, claim_called(entry.record)[:1], *last))
    length = -(-len(cells) // _ABREAST)
    columns = [cells[k : k + length] for k in range(0, len(cells), length)]
    none: tuple[Text, ...] = ((),) * len(_HEADER)
    rows = [sum(row, ()) for row in zip_longest(*columns, fillvalue=none)]
    used = dict.fromkeys(x.route for entry in entries for x in entry.record.evidence)
    letters = listed([f"{_LETTERS[route]} {route.value}" for route in _LETTERS if route in used])
    return [
        paragraph("Statements have the numbers of ", Link(To.SECTION, "claims"), f"; {letters}."),
        Table(_HEADER * len(columns), "rllrr" * len(columns), rows),
    ]


def _assumed(entries: Sequence[Entry]) -> Paragraph:
    """Return the theorems that the derivations cite, in one paragraph."""
    named = {named.name: named.book for entry in entries for named in entry.proof.named}
    if not named:
        return paragraph("The derivations cite no theorem.")
    books: dict[str, list[Text]] = {}  # in words: a bibliography would take half a page
    for name, where in sorted(named.items(), key=lambda item: item[0].lower()):
        book, *place = where.rsplit(", ", 1)  # a claim of one's own may name a book alone
        books.setdefault(book, []).append((*said(name), *(f" ({at})" for at in place)))
    listed = texts((f"{book}: ", *texts(books[book], ", ")) for book in sorted(books))
    return paragraph("The derivations take as given: ", *listed, ".")
