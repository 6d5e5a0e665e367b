"""Printed statements: verdict, source, formula, explanation, counterexample; and their table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from dlnproof.claims.schema import AsPrinted, Claim
from dlnproof.documents.attestation import Errata, reading
from dlnproof.documents.content.counterexamples import Point, listed, points_of, sentence
from dlnproof.documents.content.evidence import called
from dlnproof.documents.content.statement import displayed
from dlnproof.documents.entries import Entry
from dlnproof.documents.formulas import plain, said, see
from dlnproof.documents.model import Block, Link, Section, Table, Text, To, code, paragraph
from dlnproof.record.record import PrintedRecord

_WORDS: Final = 5
"""A printed statement of as many words is said in words, too."""


def errata_of(entries: Sequence[Entry]) -> Errata:
    """Return the printed statements of a record, by claim."""
    found = ((entry.claim, entry.record.as_printed) for entry in entries)
    return [(claim, printed) for claim, printed in found if printed]


def pairs(errata: Errata) -> list[tuple[Claim, AsPrinted, PrintedRecord]]:
    """Return the printed statements with their records, which know no formula."""
    found = []
    for claim, records in errata:
        printed = {statement.name: statement for statement in claim.as_printed}
        found += [(claim, printed[record.name], record) for record in records]
    return found


def statement(printed: AsPrinted, record: PrintedRecord, points: Sequence[Point] = ()) -> Section:
    """Return a printed statement with its verdict; ``points`` are those that the document lists."""
    source = Link(To.SOURCE, printed.source.key, said(printed.source.where))
    verdict = called(record.verdict)
    blocks: list[Block] = [
        paragraph(verdict, "; ", source, f"; witness: {record.witness}.", kind="source")
    ]
    words = re.findall(r"(?<![\w(])[A-Za-z][a-z]+(?![\w(])", plain(printed.statement))
    if len(words) >= _WORDS:
        read = reading(printed.witness).capitalize()
        blocks.append(paragraph(f"{read}: ", *said(printed.statement), ":", kind="words"))
    blocks.append(displayed(printed.latex))
    for text in printed.read_as:
        blocks.append(paragraph("Read as ", *said(f"${text}$"), ".", kind="words"))
    blocks.append(paragraph(*said(record.explanation)))
    if record.counterexample is not None:
        first, *rest = sentence(record.counterexample, points)
        blocks.append(paragraph(str(first).capitalize(), *rest, ".", kind="counterexample"))
    return Section((code(record.name),), blocks, anchor(record))


def anchor(record: PrintedRecord) -> str:
    """Return the anchor of a printed statement on its claim's page."""
    return f"printed-{record.name}"


def in_full(errata: Errata) -> list[Block]:
    """Return every printed statement, by claim, and then the points of their counterexamples."""
    found = pairs(errata)
    points = points_of([record.counterexample for *_, record in found])
    by_claim = [
        Section(
            ("On ", see(claim.id)),
            [statement(printed, record, points) for c, printed, record in found if c is claim],
        )
        for claim, _ in errata
    ]
    return [*by_claim, *listed(points)]


def table(errata: Errata, *, formulas: bool = False) -> Table:
    """Return the table of printed statements, with ``formulas`` as the record has them."""
    rows: list[tuple[Text, ...]] = [
        (
            (Link(To.STATEMENT, f"{claim.id}#{anchor(record)}", (code(record.name),)),),
            (called(record.verdict),),
            *[said(record.statement)] * formulas,
            (f"{record.source} ({record.witness})",),
        )
        for claim, _, record in pairs(errata)
    ]
    header = ("Printed statement", "Verdict", *["As recorded"] * formulas, "Source (witness)")
    return Table(header, "llpl" if formulas else "llp", rows)
