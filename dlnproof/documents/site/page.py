"""The frame of every page: head, skip link, landmarks."""

from __future__ import annotations

import re

from dlnproof.documents.explanation import reference
from dlnproof.notation.markup import Markup, ascii_bytes, joined, plain, tag
from dlnproof.notation.plain import plain as as_text


def page(title: str, main: list[Markup], root: str, foot: str, *, script: str = "") -> bytes:
    """Return a whole page; ``root`` leads to the folder's top ("" or "../")."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        tag("link", rel="icon", href="data:,"),  # no browser then asks for one
        tag("link", rel="stylesheet", href=f"{root}style.css"),
    )
    home = tag("a", "dlnproof", href=f"{root}index.html")
    parts = {"Claims": "claims", "Dependences": "graph", "Errata": "errata", "Run": "run"}
    links = [tag("a", word, href=f"{root}index.html#{part}") for word, part in parts.items()]
    body = [
        tag("a", "Skip to the text", href="#main", class_="skip"),
        tag("header", tag("nav", home, *links, aria_label="Site"), class_="top"),
        tag("main", joined(main, "\n"), id="main", tabindex="-1"),
        tag("footer", tag("p", foot)),
    ]
    if script:
        body.append(tag("script", Markup(script)))
    html = tag("html", head, tag("body", joined(body, "\n")), lang="en")
    return ascii_bytes(f"<!DOCTYPE html>\n{html}\n")


def file_name(text: str) -> str:
    """Return a name that is safe in paths and anchors, for an id or a name.

    >>> file_name("orbit-volume"), file_name("../x y")
    ('orbit-volume', 'x-y')
    """
    return re.sub(r"[^A-Za-z0-9.-]+", "-", text).strip(".-") or "unnamed"


def section(anchor: str, title: str, *children: str) -> Markup:
    """Return a part of a page with its heading."""
    return tag("section", tag("h2", title), *children, id=anchor)


def facts(rows: list[tuple[str, str]]) -> Markup:
    """Return named facts as a description list."""
    pairs = [tag("div", tag("dt", name), tag("dd", value)) for name, value in rows]
    return tag("dl", *pairs, class_="facts")


def cited(root: str, key: str, where: str) -> Markup:
    """Return the citation of a place in a source, a link to the list of sources if it is there."""
    text = as_text(f"{key}, {where}") if where else key
    if not reference(key):
        return plain(text)
    return tag("a", text, href=f"{root}index.html#source-{key}", class_="cite")
