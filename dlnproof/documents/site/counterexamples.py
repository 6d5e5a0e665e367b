"""Counterexamples: each in a sentence on its claim's page, and exactly in a file beside it."""

from __future__ import annotations

from dlnproof.documents.entries import Entry
from dlnproof.documents.site.page import file_name
from dlnproof.documents.site.prose import typeset
from dlnproof.documents.verdicts import counterexample_text
from dlnproof.files.json import dumps
from dlnproof.notation.markup import Markup, joined, tag
from dlnproof.record.counterexamples import Counterexample
from dlnproof.record.evidence import Evidence


def counterexample_file(claim: str, statement: str) -> str:
    """Return the path, in the folder, of a counterexample's file."""
    return f"counterexamples/{file_name(claim)}--{file_name(statement)}.json"


def counterexample_files(entry: Entry) -> dict[str, bytes]:
    """Return a claim's counterexamples as files that ``dlnproof replay`` takes."""
    found = {
        counterexample_file(entry.claim.id, record.name): record.counterexample
        for record in entry.record.as_printed
        if record.counterexample
    }
    for evidence in entry.record.evidence:
        if (own := evidence.counterexample) is not None:
            found[counterexample_file(entry.claim.id, own_name(evidence))] = own
    return {name: dumps(data.as_json()).encode("ascii") for name, data in found.items()}


def own_name(evidence: Evidence) -> str:
    """Return what names the counterexample that a route found to the claim itself."""
    return f"route-{evidence.route.value}"


def counterexample(found: Counterexample, file: str) -> Markup:
    """Return a counterexample in a sentence, and where its file is."""
    said = counterexample_text(found)
    link = tag("a", "counterexample as JSON", href=f"../{file}", download=True)
    again = tag("code", f"dlnproof replay {file.rpartition('/')[2]}")
    return joined(
        [
            tag("p", typeset(f"{said[:1].upper()}{said[1:]}."), class_="counterexample"),
            tag("p", "To compute it again: ", link, "; ", again, "."),
        ]
    )
