"""Printed statements: formula, verdict, explanation, exact counterexample."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dlnproof.claims.schema import AsPrinted
from dlnproof.documents.entries import Entry
from dlnproof.documents.site.counterexamples import counterexample, counterexample_file
from dlnproof.documents.site.evidence import verdict_mark
from dlnproof.documents.site.page import file_name
from dlnproof.documents.site.prose import scrolled, typeset
from dlnproof.notation.markup import Markup, joined, tag
from dlnproof.record.record import PrintedRecord


def printed_section(
    entry: Entry, cite: Callable[[str, str], Markup], links: Mapping[str, str]
) -> Markup | None:
    """Return every printed statement of a claim, if there are any.

    ``links`` are the pages of the claims that an explanation may name.
    """
    stated = {printed.name: printed for printed in entry.claim.as_printed}
    items = [
        _item(entry, record, stated.get(record.name), cite, links)
        for record in entry.record.as_printed
    ]
    return joined(items, "\n") if items else None


def anchor(name: str) -> str:
    """Return the anchor of a printed statement on its claim's page."""
    return f"printed-{file_name(name)}"


def _item(
    entry: Entry,
    record: PrintedRecord,
    stated: AsPrinted | None,
    cite: Callable[[str, str], Markup],
    links: Mapping[str, str],
) -> Markup:
    title = tag("h3", tag("span", record.name, class_="name"), " ", verdict_mark(record.verdict))
    if stated is None:
        source = tag("p", f"{record.source}; witness: {record.witness}", class_="source")
        formula: list[Markup] = []
    else:
        where = cite(stated.source.key, stated.source.where)
        source = tag("p", where, f"; witness: {record.witness}", class_="source")
        formula = [tag("div", scrolled(stated.latex), class_="display")]
    pieces = [
        title,
        source,
        *formula,
        tag("p", "As recorded: ", typeset(record.statement), class_="words"),
    ]
    pieces.append(tag("p", typeset(record.explanation, links)))
    if record.counterexample:
        file = counterexample_file(entry.claim.id, record.name)
        pieces.append(counterexample(record.counterexample, file))
    return tag("section", *pieces, id=anchor(record.name), class_="printed")
