"""The architecture in one picture: the layers of pyproject.toml, and what each room says it is."""

from __future__ import annotations

import ast
import re
import textwrap
import tomllib
from pathlib import Path
from typing import Final

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from dlnproof.notation.markup import Markup, tag

ROOT: Final = Path(__file__).parents[2]
_WIDTH, _NAMES, _LINE, _GAP, _LETTERS = 720, 210, 19, 6, 62
"""In pixels, of the picture, the column of names, a line, between boxes; the letters of a line."""


def layers() -> list[list[str]]:
    """Return the rooms of each layer, the highest first."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        [contract] = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    return [re.split(r"\s*[|:]\s*", layer) for layer in contract["layers"]]


def said(room: str) -> str:
    """Return the first sentence of a room's docstring."""
    for name in (f"dlnproof/{room}/__init__.py", f"{room}/__init__.py", f"dlnproof/{room}.py"):
        if (ROOT / name).exists():
            text = ast.get_docstring(ast.parse((ROOT / name).read_text(encoding="utf-8"))) or ""
            return text.partition("\n\n")[0].replace("``", "")
    raise ExtensionError(f"no docstring says what the room {room!r} of the layers is")


def picture() -> Markup:
    """Return the layers, one box below another: each imports only what stands below it."""
    boxes: list[Markup] = []
    top = _GAP
    for rooms in layers():
        lines = [line for room in rooms for line in textwrap.wrap(said(room), _LETTERS)]
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
        self.env.note_dependency(str(ROOT / "pyproject.toml"))
        return [nodes.raw("", f'<div class="wide">{picture()}</div>', format="html")]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("architecture", Architecture)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
