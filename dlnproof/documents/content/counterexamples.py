"""Counterexamples: each in a sentence, their points in full, and as files that replay takes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dlnproof.depth import INFINITE, Depth
from dlnproof.documents.entries import Entry
from dlnproof.documents.formulas import escaped, math, said
from dlnproof.documents.model import Block, Items, Link, Paragraph, Prose, Text, To, code, paragraph
from dlnproof.documents.verdicts import place, short, sides
from dlnproof.files.json import dumps
from dlnproof.record.counterexamples import Counterexample
from dlnproof.record.evidence import Evidence
from dlnproof.record.points import Coordinates

Point = tuple[Depth, int, Coordinates]


def sentence(found: Counterexample, points: Sequence[Point] = ()) -> Text:
    """Return where two numbers differ that should be equal, and what they are.

    ``points`` are those that the document lists.
    """
    where = found.where or place(found.N, found.d, found.point.t)
    text: Text = ("counterexample: ", *said(where))
    if points and not found.where:
        text += (" (the point ", math(f"P_{{{points.index(_point(found)) + 1}}}"), ")")
    (left, one), (right, other) = sides(found)
    text += (": ", math(in_math(left)), " (", *said(one), ")")
    return (*text, " against ", math(in_math(right)), " (", *said(other), ")")


def points_of(counterexamples: Sequence[Counterexample | None]) -> list[Point]:
    """Return the points of the counterexamples that are at a point, each once."""
    points: list[Point] = []
    for found in counterexamples:
        if found is not None and not found.where and _point(found) not in points:
            points.append(_point(found))
    return points


def _point(found: Counterexample) -> Point:
    return found.N, found.d, found.point


def listed(points: Sequence[Point]) -> list[Block]:
    """Return the points in full: whoever wants to compute a counterexample needs the frames."""
    if not points:
        return []
    said_ = r"The points, with $W_j=Q_j\operatorname{diag}(t)\,Q_{j-1}^{T}$ and $t=\sigma^{1/N}$:"
    entries: list[Text] = []
    for k, (depth, width, at) in enumerate(points, 1):
        N = r"\infty" if depth == INFINITE else str(depth)
        roots = ", ".join(map(in_math, at.t))
        frames = ", ".join(f"$Q_{{{j}}}={_matrix(Q)}$" for j, Q in enumerate(at.Q))
        entries.append((Prose(f"$P_{{{k}}}$: $N={N}$, $d={width}$, $t=({roots})$, {frames}."),))
    return [paragraph(Prose(said_)), Items(entries)]


def _matrix(rows: Sequence[Sequence[str]]) -> str:
    body = r"\\".join("&".join(map(in_math, row)) for row in rows)
    return rf"\left(\begin{{smallmatrix}}{body}\end{{smallmatrix}}\right)"


def in_math(text: str) -> str:
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
    found = {
        record.name: record.counterexample
        for record in entry.record.as_printed
        if record.counterexample
    }
    for evidence in entry.record.evidence:
        if (own := evidence.counterexample) is not None:
            found[name_of(evidence)] = own
    return {
        file_of(entry.claim.id, name): dumps(data.as_json()).encode("ascii")
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
