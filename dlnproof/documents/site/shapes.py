"""The shapes and patterns of the graph of dependences, and the legend that explains them."""

from __future__ import annotations

from dlnproof.core.verdict import Verdict
from dlnproof.documents.status import Support
from dlnproof.documents.writers.html import kind
from dlnproof.notation.markup import Markup, tag


def legend() -> Markup:
    """Return what shapes and patterns mean, in the words that the nodes use."""
    statements = [
        (Verdict.PROVED, "the statement holds"),
        (Verdict.OBSERVED, "it holds where it was measured in training runs"),
        (Verdict.UNEXAMINED, "it holds in part, the rest was not examined"),
        (Verdict.REFUTED, "it does not hold, or is not decided"),
    ]
    items = [_key(tag("g", outline(verdict, 60, 24)), said) for verdict, said in statements]
    for support in Support:
        items.append(_key(tag("g", strip(support, 24, 60)), f"derivation: {support.value}"))
    return tag("ul", *items, class_="legend")


def _key(drawing: Markup, said: str) -> Markup:
    small = tag("svg", drawing, viewBox="-2 -2 64 28", width="48", height="21", aria_hidden="true")
    return tag("li", small, said)


def graph_of(title: str, label: str, width: float, height: float, *drawn: Markup) -> Markup:
    """Return what is drawn as a picture of that size, with its title and how it is called aloud."""
    return tag(
        "svg",
        tag("title", title),
        defs(),
        *drawn,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=number(width),
        height=number(height),
        role="group",
        aria_label=label,
        class_="graph",
    )


def outline(verdict: Verdict | None, width: float, height: float) -> Markup:
    """Return the shape of a statement's verdict: box (dashed: in part), rounded, cut corners."""
    w, h = number(width), number(height)
    if verdict is None:
        return tag("rect", width=w, height=h, class_="outline absent")
    shown = kind(verdict)
    if shown == "fails":
        c = min(12.0, height / 2)
        points = [(c, 0), (width - c, 0), (width, c), (width, height - c)]
        points += [(width - c, height), (c, height), (0, height - c), (0, c)]
        corners = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        return tag("polygon", points=corners, class_="outline fails")
    round_ = {"rx": number(min(12.0, height / 3))} if shown == "observed" else {}
    return tag("rect", width=w, height=h, **round_, class_=f"outline {shown}")


def strip(support: Support, height: float, width: float) -> Markup:
    """Return the pattern of a derivation's support, at the left of a node."""
    inset = 4.0
    top = min(12.0, height / 6)
    return tag(
        "rect",
        x=number(inset),
        y=number(top),
        width=number(width - inset),
        height=number(height - 2 * top),
        rx="2",
        class_=f"strip {support.name.lower()}",
    )


def defs() -> Markup:
    """Return the hatching of a strip and the head of an arrow."""
    hatch = tag(
        "pattern",
        tag("path", d="M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2", class_="hatching"),
        id="hatch",
        width="6",
        height="6",
        patternUnits="userSpaceOnUse",
    )
    arrow = tag(
        "marker",
        tag("path", d="M0,0 L8,4 L0,8 z", class_="head"),
        id="arrow",
        viewBox="0 0 8 8",
        refX="7",
        refY="4",
        markerWidth="8",
        markerHeight="8",
        markerUnits="userSpaceOnUse",
        orient="auto",
    )
    return tag("defs", hatch, arrow)


def number(value: float) -> str:
    """Return a length as SVG writes it."""
    return f"{value:.1f}".removesuffix(".0")
