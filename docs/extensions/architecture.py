"""The architecture in one picture: the layers of pyproject.toml, in the words of CONTRIBUTING.md."""

from __future__ import annotations

import re
import textwrap
import tomllib
from pathlib import Path
from typing import Final

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from dlnproof.notation.markup import Markup, tag

ROOT: Final = Path(__file__).parents[2]
_WIDTH, _NAMES, _LINE, _GAP, _LETTERS = 720, 210, 19, 6, 62
"""Of the picture, of the column of names, of a line of text, between boxes: in pixels; in letters."""


def layers() -> list[list[str]]:
    """Return the rooms of each layer, the highest first."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        [contract] = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    return [re.split(r"\s*[|:]\s*", layer) for layer in contract["layers"]]


def said() -> dict[str, str]:
    """Return what CONTRIBUTING.md says of rooms, by name."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    lines = re.findall(r"^    dlnproof/(\w+)(?:/|\.py) +(.*(?:\n {10,}.*)*)", text, re.MULTILINE)
    return {room: " ".join(words.split()) for room, words in lines}


def picture() -> Markup:
    """Return the layers, one box below another: each imports only what stands below it."""
    words, boxes, top = said(), [], _GAP
    for rooms in layers():
        told = " ".join(f"{words[room]}." for room in rooms if room in words)
        lines = textwrap.wrap(told, _LETTERS) or [""]
        names = textwrap.wrap(", ".join(rooms), 22)
        height = _LINE * max(len(lines), len(names)) + 2 * _GAP
        box = tag("rect", y=str(top), width=str(_WIDTH), height=str(height), class_="layer")
        boxes += [box, _text(names, 12, top, "rooms"), _text(lines, _NAMES, top, "said")]
        top += height + _GAP
    return tag(
        "svg",
        tag("title", "The layers of the package: each imports only what stands below it"),
        *boxes,
        viewBox=f"0 0 {_WIDTH} {top}",
        role="img",
        class_="layers",
    )


def _text(lines: list[str], left: int, top: int, kind: str) -> Markup:
    spans = [
        tag("tspan", line, x=str(left), y=str(top + _GAP + _LINE * number - 5))
        for number, line in enumerate(lines, start=1)
    ]
    return tag("text", *spans, class_=kind)


class Architecture(SphinxDirective):
    """The picture."""

    def run(self) -> list[nodes.Node]:
        """Return it."""
        for name in ("pyproject.toml", "CONTRIBUTING.md"):
            self.env.note_dependency(str(ROOT / name))
        return [nodes.raw("", str(picture()), format="html")]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("architecture", Architecture)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
