"""HTML, SVG and MathML as text in which nothing that was text can become markup."""

from __future__ import annotations

from html import escape
from typing import Final

_VOID: Final = frozenset({"br", "img", "input", "link", "meta"})


class Markup(str):
    """Text that is markup already: only :func:`tag`, :func:`plain` and :func:`joined` make it."""

    __slots__ = ()


def plain(text: str) -> Markup:
    """Return text as markup that shows it.

    >>> plain("a < b & c")
    'a &lt; b &amp; c'
    """
    return text if isinstance(text, Markup) else Markup(escape(text))


def joined(pieces: list[Markup], between: str = "") -> Markup:
    """Return pieces one after the other."""
    return Markup(between.join(pieces))


def tag(name: str, /, *children: str, **attributes: str | bool) -> Markup:
    """Return an element. Children that are no markup are text; attributes always are.

    A trailing ``_`` of an attribute's name is dropped and others are written ``-``; ``True`` stands
    for the name alone, ``False`` for none at all.

    >>> tag("a", "x < y", href='"', class_="wide", aria_label="so", hidden=True)
    '<a href="&quot;" class="wide" aria-label="so" hidden>x &lt; y</a>'
    """
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{escape(value)}"')
        for key, value in attributes.items()
        if value is not False
    )
    if name in _VOID:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{''.join(map(plain, children))}</{name}>")


def ascii_bytes(text: str) -> bytes:
    """Return a document's bytes: ASCII, other characters by their numbers."""
    return text.encode("ascii", "xmlcharrefreplace")
