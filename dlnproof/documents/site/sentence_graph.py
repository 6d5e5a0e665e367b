"""What the sentences of a claim rest on, as inline SVG: claims and premises, sentences, Coq."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Final

from dlnproof.claims.studies import known
from dlnproof.core.verdict import Route, Verdict
from dlnproof.documents.content.counterexamples import file_name
from dlnproof.documents.content.dependences import rests_on
from dlnproof.documents.entries import Entry
from dlnproof.documents.formulas import plain
from dlnproof.documents.site.layered import rising
from dlnproof.documents.site.shapes import graph_of, number, outline
from dlnproof.documents.words import word
from dlnproof.notation.markup import Markup, tag

_HEIGHT, _STEP = 22.0, 30.0
_MARGIN: Final = 8.0
_LETTER: Final = 7.2
_PADDING: Final = 9.0
_BETWEEN: Final = 76.0
"""Between two columns, where the lines run."""
_LONGEST: Final = 36
"""Characters of what is shown of a premise."""
_HEADS: Final = ("uses", "sentence", "stated in Coq by")

Rows = Mapping[str, float]
"""How far down names stand, in rows."""


def sentence_graph(entry: Entry, pages: Collection[str]) -> Markup:
    """Return the graph: an arrow leads to a sentence from what it rests on, and what states it.

    What follows from other sentences of the claim has an arrow from these alone. ``pages`` are the
    claims that have one.
    """
    rests = rests_on(entry)
    uses = {name: (*found.claims, *found.premises) for name, found in rests.items()}
    coq = {name: found.theorems for name, found in rests.items()}
    sentences: Rows = {name: float(k) for k, name in enumerate(rests)}
    columns = (_beside(uses, sentences), sentences, _beside(coq, sentences))
    ends: list[tuple[float, float]] = []
    inner = any(found.sentences for found in rests.values())
    at = _MARGIN + _BETWEEN * (inner and not columns[0])
    for head, column in zip(_HEADS, columns, strict=True):
        letters = max(len(_short(name)) for name in (head, *column)) if column else 0
        ends.append((at, at + letters * _LETTER + 2 * _PADDING * bool(column)))
        at = ends[-1][1] + _BETWEEN * bool(column)
    (_, a), (left, right), (b, _) = ends
    edges = [
        *(_edge(a, columns[0][x], left, k) for n, k in sentences.items() for x in uses[n]),
        *(_edge(b, columns[2][x], right, k) for n, k in sentences.items() for x in coq[n]),
        *(_round(left, sentences[x], k) for n, k in sentences.items() for x in rests[n].sentences),
    ]
    nodes = (partial(_used, entry, pages), partial(_sentence, entry), partial(_theorem, entry))
    drawn = [
        tag("g", node(name, end[1] - end[0]), transform=_at(end[0], row))
        for column, end, node in zip(columns, ends, nodes, strict=True)
        for name, row in column.items()
    ]
    heads = [
        tag("text", head, x=number(end[0]), y="14", class_="verdict")
        for head, column, end in zip(_HEADS, columns, ends, strict=True)
        if column
    ]
    width = max(end for (_, end), column in zip(ends, columns, strict=True) if column) + _MARGIN
    last = max(row for column in columns for row in column.values())
    height = _y(last) + _HEIGHT / 2 + _MARGIN
    title = "What each sentence rests on, and which theorems in Coq state it"
    drawing = *heads, tag("g", *edges), tag("g", *drawn)
    return graph_of(title, "Graph of the sentences", width, height, *drawing)


def _beside(leading: Mapping[str, Sequence[str]], rows: Rows) -> Rows:
    """Return rows for what leads to sentences, near these, each one row apart at least."""
    near: dict[str, list[float]] = {}
    for sentence, names in leading.items():
        for name in names:
            near.setdefault(name, []).append(rows[sentence])
    wanted = sorted((sum(found) / len(found), name) for name, found in near.items())
    free = rising([row - k for k, (row, _) in enumerate(wanted)])
    return {name: max(0.0, free[k]) + k for k, (_, name) in enumerate(wanted)}


def _y(row: float) -> float:
    return 22 + _STEP * row + _HEIGHT / 2


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 4]} ..."


def _at(x: float, row: float) -> str:
    return f"translate({number(x)} {number(_y(row) - _HEIGHT / 2)})"


def _used(entry: Entry, pages: Collection[str], name: str, width: float) -> Markup:
    """Return what a derivation uses: a claim, which leads to its page if it has one; a premise."""
    if name not in entry.proof.claims_used:
        return _named(name, f"taken as given: {name}", _box(width, "other"))
    said = f"the claim {plain(known()[name].title)}"
    if name not in pages:
        return _named(name, f"{said}, which is not in this record", _box(width, "absent"))
    box = _named(name, said, _box(width, "other"))
    return tag("a", box, href=f"{file_name(name)}.html", aria_label=said, class_="node")


def _sentence(entry: Entry, name: str, width: float) -> Markup:
    """Return a sentence of the claim in the shape of its verdict."""
    verdict = entry.record.sentences.get(name, Verdict.UNEXAMINED)
    return _named(name, f"{name}: {word(verdict)}", outline(verdict, width, _HEIGHT))


def _theorem(entry: Entry, name: str, width: float) -> Markup:
    """Return a theorem, dashed where the run did not build it."""
    built = entry.evidence(Route.FORMAL)
    if built and built.verdict.holds:
        return _named(name, f"{name}, built in this run", _box(width, "other"))
    return _named(name, f"{name}, not built in this run", _box(width, "absent"))


def _named(name: str, said: str, box: Markup) -> Markup:
    text = tag("text", _short(name), x=number(_PADDING), y=number(_HEIGHT / 2 + 4), class_="code")
    return tag("g", tag("title", said), box, text)


def _box(width: float, kind: str) -> Markup:
    size = {"width": number(width), "height": number(_HEIGHT)}
    return tag("rect", **size, class_=f"outline {kind}")


def _edge(x: float, row: float, to: float, sentence: float) -> Markup:
    half = (x + to) / 2
    y, end = number(_y(row)), number(_y(sentence))
    curve = f"M{number(x)},{y} C{number(half)},{y} {number(half)},{end} {number(to)},{end}"
    return tag("path", d=curve, class_="edge")


def _round(x: float, row: float, sentence: float) -> Markup:
    """Return a line from one sentence to another, at their left."""
    beside = number(x - min(20 + 6 * abs(sentence - row), _BETWEEN))
    y, end = number(_y(row)), number(_y(sentence))
    curve = f"M{number(x)},{y} C{beside},{y} {beside},{end} {number(x)},{end}"
    return tag("path", d=curve, class_="edge")
