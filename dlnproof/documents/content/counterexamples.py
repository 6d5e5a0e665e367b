"""Counterexamples: each in a sentence, their points in full, and as files that replay takes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from dlnproof.documents.entries import Entry
from dlnproof.documents.formulas import escaped, math, said
from dlnproof.documents.model import Block, Items, Link, Paragraph, Prose, Text, To, code, paragraph
from dlnproof.documents.verdicts import place, short, sides
from dlnproof.files.json import dumps
from dlnproof.record.record import Evidence

Found = Mapping[str, Any]


def sentence(found: Found, points: Sequence[Found] = ()) -> Text:
    """Return where two numbers differ that should be equal, and what they are.

    ``points`` are those that the document lists.
    """
    where = found.get("where")
    text: Text = ("counterexample: ", *said(where or place(found)))
    if points and not where:
        text += (" (the point ", math(f"P_{{{points.index(_point(found)) + 1}}}"), ")")
    (left, one), (right, other) = sides(found).items()
    text += (": ", _number(found[left]), " (", *said(one), ")")
    return (*text, " against ", _number(found[right]), " (", *said(other), ")")


def points_of(counterexamples: Sequence[Found | None]) -> list[Found]:
    """Return the points of the counterexamples that are at a point, each once."""
    points: list[Found] = []
    for found in counterexamples:
        if found is not None and not found.get("where") and _point(found) not in points:
            points.append(_point(found))
    return points


def _point(found: Found) -> Found:
    return {name: found[name] for name in ("N", "d", "point")}


def listed(points: Sequence[Found]) -> list[Block]:
    """Return the points in full: whoever wants to compute a counterexample needs the frames."""
    if not points:
        return []
    said_ = r"The points, with $W_j=Q_j\operatorname{diag}(t)\,Q_{j-1}^{T}$ and $t=\sigma^{1/N}$:"
    entries: list[Text] = []
    for k, at in enumerate(points, 1):
        depth = r"\infty" if at["N"] == "inf" else f"{at['N']:d}"
        roots = ", ".join(_rational(str(t)) for t in at["point"]["t"])
        frames = ", ".join(f"$Q_{{{j}}}={_matrix(Q)}$" for j, Q in enumerate(at["point"]["Q"]))
        entries.append(
            (Prose(f"$P_{{{k}}}$: $N={depth}$, $d={at['d']:d}$, $t=({roots})$, {frames}."),)
        )
    return [paragraph(Prose(said_)), Items(entries)]


def _matrix(rows: Sequence[Sequence[str]]) -> str:
    body = r"\\".join("&".join(_rational(str(x)) for x in row) for row in rows)
    return rf"\left(\begin{{smallmatrix}}{body}\end{{smallmatrix}}\right)"


def _number(text: object) -> Prose:
    return math(_rational(str(text)))


def _rational(text: str) -> str:
    """Return a rational as mathematics, the digits in the middle of a long one left out."""
    if not re.fullmatch(r"-?\d+(/\d+)?", text):
        return rf"\text{{{escaped(short(text))}}}"
    return short(text).replace("...", r"\dots ")


def name_of(evidence: Evidence) -> str:
    """Return what names the counterexample that a route found to the claim itself."""
    return f"route-{evidence.route.value}"


def file_of(claim: str, statement: str) -> str:
    """Return the path, in the folder of a page, of a counterexample's file."""
    return f"counterexamples/{file_name(claim)}--{file_name(statement)}.json"


def files_of(entry: Entry) -> dict[str, bytes]:
    """Return a claim's counterexamples as files that ``dlnproof replay`` takes."""
    found: dict[str, Found] = {
        record.name: record.counterexample
        for record in entry.record.as_printed
        if record.counterexample
    }
    for evidence in entry.record.evidence:
        if isinstance(own := evidence.details.get("counterexample"), dict):
            found[name_of(evidence)] = own
    return {
        file_of(entry.claim.id, name): dumps(dict(data)).encode("ascii")
        for name, data in found.items()
    }


def again(file: str) -> Paragraph:
    """Return how a counterexample is computed again from its file."""
    link = Link(To.FILE, file, ("counterexample as JSON",))
    command = code(f"dlnproof replay {file.rpartition('/')[2]}")
    return paragraph("To compute it again: ", link, "; ", command, ".")


def file_name(text: str) -> str:
    """Return a name that is safe in paths and anchors, for an id or a name.

    >>> file_name("orbit-volume"), file_name("../x y")
    ('orbit-volume', 'x-y')
    """
    return re.sub(r"[^A-Za-z0-9.-]+", "-", text).strip(".-") or "unnamed"
