"""The end of the first page: printed statements, the run, the limits, the sources."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dlnproof.documents.attestation import legend
from dlnproof.documents.entries import Entry
from dlnproof.documents.explanation import reference
from dlnproof.documents.fragment import keys
from dlnproof.documents.limits import limits as shared_limits
from dlnproof.documents.site.evidence import verdict_mark
from dlnproof.documents.site.page import facts, file_name, section
from dlnproof.documents.site.printed import anchor
from dlnproof.documents.site.prose import typeset
from dlnproof.notation.markup import Markup, tag
from dlnproof.record.record import PrintedRecord, Record


def errata(found: Sequence[Entry]) -> list[Markup]:
    """Return the table of printed statements, if there are any."""
    rows = [_printed_row(entry, printed) for entry in found for printed in entry.record.as_printed]
    if not rows:
        return []
    columns = ("statement", "as printed", "source")
    head = tag("tr", *(tag("th", name, scope="col") for name in columns))
    table = tag("table", tag("thead", head), tag("tbody", *rows), class_="errata")
    said = (
        "Each is checked as it stands. A refuted one has a counterexample in rationals on the page "
        "of its claim. "
    ) + legend(printed for entry in found for printed in entry.record.as_printed)
    box = tag("div", table, class_="scroll wide")
    return [section("errata", "Printed statements", tag("p", said), box)]


def _printed_row(entry: Entry, printed: PrintedRecord) -> Markup:
    link = f"claims/{file_name(entry.claim.id)}.html#{anchor(printed.name)}"
    name = tag("a", printed.name, href=link)
    return tag(
        "tr",
        tag("th", name, tag("p", verdict_mark(printed.verdict)), scope="row"),
        tag("td", typeset(printed.statement)),
        tag("td", printed.source, f" ({printed.witness})"),
    )


def run(record: Record, carried: Collection[str]) -> list[Markup]:
    """Return which run it was, and how to make it again.

    A file that the record names is a link where it is ``carried`` along, and nowhere else.
    """
    used = record.environment
    packages = ", ".join(f"{name} {version}" for name, version in used.packages.items())
    rows: list[tuple[str, str]] = [
        ("Version", f"dlnproof {record.version}"),
        ("Commit", record.commit),
        ("Command", tag("code", record.command)),
        ("Seed", str(record.seed)),
        ("Digest", tag("code", record.digest, class_="long")),
        ("With", f"Python {used.python}, {packages}"),
        ("Record", tag("a", "record.json", href="record.json")),
    ]
    again: list[str] = [
        "Make the run again and compare every verdict: ",
        tag("code", "dlnproof verify record.json"),
        ". Compute its counterexamples again: ",
        tag("code", "dlnproof replay record.json"),
        ". Check its exact evidence with one file and the standard library alone: ",
        tag("code", "python3 -I verify_record.py record.json"),
        " (",
        tag("a", "verify_record.py", href="verify_record.py"),
        "; better the one of dlnproof itself, of which this should be a copy).",
    ]
    for name in record.run.files:
        again += [
            " Claims that are not built in come from ",
            tag("a", name, href=name) if name in carried else tag("code", name),
            ", a program: verify and replay take it as ",
            tag("code", f"--with {name}"),
            " once you have read it.",
        ]
    return [facts(rows), tag("p", *again)]


def limits(found: Sequence[Entry]) -> Markup:
    """Return what is not decided by a run in which every claim holds."""
    return tag("ul", *(tag("li", text) for text in shared_limits(found)))


def sources(found: Sequence[Entry]) -> Markup:
    """Return what the claims and their proofs cite."""
    cited = sorted(
        {key for entry in found for key in keys(entry.claim, entry.proof)}
        | {printed.source.key for entry in found for printed in entry.claim.as_printed}
    )
    rows = [
        tag("li", tag("code", key), f" {reference(key)}.", id=f"source-{key}")
        for key in cited
        if reference(key)
    ]
    slides = "slides: lecture slides that restate these sources."
    if "slides" in cited and not reference("slides"):
        rows.append(tag("li", slides))
    return section("sources", "Sources", tag("ul", *rows))
