"""Docstrings as text: signs of mathematics in them, |Z| or phi^*, are no markup."""

from __future__ import annotations

import re

from sphinx.application import Sphinx

_SIGNS = re.compile(r"``.*?``|([|*])")


def _escaped(  # noqa: PLR0917  # as Sphinx calls it
    app: Sphinx, what: str, name: str, thing: object, options: object, lines: list[str]
) -> None:
    example = False
    for number, line in enumerate(lines):
        example = bool(line.strip()) and (example or line.lstrip().startswith(">>>"))
        if not example:
            lines[number] = _SIGNS.sub(lambda m: f"\\{m[1]}" if m[1] else m[0], line)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register what is done to each docstring."""
    app.connect("autodoc-process-docstring", _escaped)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
