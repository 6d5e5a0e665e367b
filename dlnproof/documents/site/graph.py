"""The graph of dependences as inline SVG: two-axis status by shape, pattern and words."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Final

from dlnproof.core.verdict import Verdict
from dlnproof.documents.content.counterexamples import file_name
from dlnproof.documents.content.formal import stated_in_coq
from dlnproof.documents.entries import Entry
from dlnproof.documents.site.layered import Drawing, drawn, reduced
from dlnproof.documents.site.shapes import graph_of, number, outline, strip
from dlnproof.documents.status import Status, Support, dependences
from dlnproof.documents.words import IN_PART, word
from dlnproof.notation.markup import Markup, tag

_WIDTH, _HEIGHT = 166.0, 103.0
_GAP, _RISE = 14.0, 44.0
_MARGIN: Final = 8.0
_STRIP: Final = 14.0
_LETTERS: Final = 19
"""Characters of a title on one line of a node."""

_SHORT: Final = {
    Support.PROVED: "derivation proved",
    Support.WITH_COQ: "proved with Coq",
    Support.DERIVED: "short of a proof",
    Support.RESTS: "rests on what is open",
    Support.OPEN: "derivation open",
    Support.MISSING: "no derivation run",
}


def graph(found: Sequence[Entry], status: Mapping[str, Status]) -> Markup:
    """Return the graph of a record's claims; each node links to its claim's page.

    Claims that are used but not in the record are drawn as such. An edge that follows from others
    is left out. Claims without any edge stand in rows of their own below.
    """
    uses = dependences(found)
    uses |= {name: () for used in [*uses.values()] for name in used if name not in uses}
    linked = {name for name, used in uses.items() for name in ((name, *used) if used else ())}
    drawing = drawn(
        {name: used for name, used in reduced(uses).items() if name in linked}, _WIDTH, _GAP
    )
    alone = [name for name in uses if name not in linked]
    places = _alone(alone, drawing)
    width = max(x for x, _ in places.values()) + _WIDTH / 2 + 2 * _MARGIN
    height = (1 + max(y for _, y in places.values())) * (_HEIGHT + _RISE) - _RISE + 2 * _MARGIN
    titles = {entry.claim.id: entry.record.title for entry in found}
    coq = {entry.claim.id: _in_coq(entry) for entry in found}
    edges = [tag("path", d=_path(points), class_="edge") for points in drawing.edges.values()]
    nodes = [
        _node(name, titles.get(name), status.get(name), coq.get(name, ""), places[name])
        for name in uses
    ]
    title = "Which claim uses which: an arrow leads from a claim to those that use it"
    groups = tag("g", *edges), tag("g", *nodes)
    return graph_of(title, "Graph of dependences", width, height, *groups)


def _alone(alone: Sequence[str], drawing: Drawing) -> dict[str, tuple[float, int]]:
    """Return all places, those of claims without edges in rows below."""
    places = dict(drawing.places)
    across = max((x for x, _ in places.values()), default=4 * (_WIDTH + _GAP)) + _WIDTH / 2
    columns = max(1, int((across + _GAP) // (_WIDTH + _GAP)))
    for k, name in enumerate(alone):
        x = _WIDTH / 2 + (k % columns) * (_WIDTH + _GAP)
        places[name] = (x, drawing.layers + k // columns)
    return places


def _in_coq(entry: Entry) -> str:
    return f"in Coq: {len(stated_in_coq(entry))} of {len(entry.claim.names)}"


def _node(
    name: str, title: str | None, status: Status | None, coq: str, place: tuple[float, int]
) -> Markup:
    x, y = _corner(place)
    lines = textwrap.wrap(title or name, _LETTERS, max_lines=3, placeholder=" ...")
    verdict = "not in this record" if status is None else _verdict(status)
    texts = [_text(line, 18 + 14 * k, "name") for k, line in enumerate(lines)]
    texts.append(_text(verdict, _HEIGHT - 35, "verdict"))
    if status:
        texts.append(_text(_SHORT[status.support], _HEIGHT - 22, "verdict"))
        texts.append(_text(coq, _HEIGHT - 9, "verdict"))
    inside = [outline(status.verdict if status else None, _WIDTH, _HEIGHT)]
    inside.append(strip(status.support if status else Support.MISSING, _HEIGHT, _STRIP))
    inside += texts
    at = f"translate({number(x)} {number(y)})"
    if status is None:
        return tag("g", tag("title", f"{name}: {verdict}"), *inside, transform=at, class_="absent")
    said = f"{title}. Statement: {verdict}. Derivation: {status.text}. Sentences {coq}."
    return tag(
        "a",
        tag("title", said),
        tag("g", *inside, transform=at),
        href=f"claims/{file_name(name)}.html",
        aria_label=said,
        class_="node",
        data_claim=name,
    )


def _verdict(status: Status) -> str:
    return IN_PART if status.verdict is Verdict.UNEXAMINED else word(status.verdict)


def _text(line: str, y: float, kind: str) -> Markup:
    return tag("text", line, x=number(_STRIP + 10), y=number(y), class_=kind)


def _path(points: Sequence[tuple[float, int]]) -> str:
    """Return a smooth path from below the first point to above the last."""
    x, y = _corner(points[0])
    start = (x + _WIDTH / 2, y + _HEIGHT)
    pieces = [f"M{_pair(*start)}"]
    for k, point in enumerate(points[1:], start=1):
        corner = _corner(point)
        end = (corner[0] + _WIDTH / 2, corner[1])
        half = (start[1] + end[1]) / 2
        pieces.append(f"C{_pair(start[0], half)} {_pair(end[0], half)} {_pair(*end)}")
        start = end
        if k < len(points) - 1:  # straight past the nodes beside
            start = (end[0], end[1] + _HEIGHT)
            pieces.append(f"L{_pair(*start)}")
    return " ".join(pieces)


def _corner(place: tuple[float, int]) -> tuple[float, float]:
    x, layer = place
    return x - _WIDTH / 2 + _MARGIN, layer * (_HEIGHT + _RISE) + _MARGIN


def _pair(x: float, y: float) -> str:
    return f"{number(x)},{number(y)}"
