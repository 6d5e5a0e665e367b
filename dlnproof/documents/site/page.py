"""The frame of every page: head, skip link, landmarks."""

from __future__ import annotations

from dlnproof.notation.markup import Markup, ascii_bytes, joined, tag


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
