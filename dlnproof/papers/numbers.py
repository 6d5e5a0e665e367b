r"""The numbers that LaTeX gave to a paper's equations, from the ``.aux`` file of its last run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

MOST_BYTES: Final = 4 * 10**6
"""How much is read of one such file; what is longer has no numbers."""
_LABEL: Final = re.compile(r"\\newlabel\{([^{}]+)\}\{\{([0-9A-Za-z.\-]{1,20})\}")
_OTHER: Final = re.compile(r"\\@input\{([^{}]+\.aux)\}")


def numbers(main: Path) -> Mapping[str, str]:
    """Return the number of each label of a paper; none where LaTeX was not run.

    A file that cannot be read has no numbers: they are for readers, and decide nothing.
    """
    folder, found = main.parent, dict[str, str]()
    text = _text(main.with_suffix(".aux"))
    for inside in (text, *(_text(folder / name) for name in _OTHER.findall(text)[:300])):
        found.update(_LABEL.findall(inside))
    return found


def _text(path: Path) -> str:
    try:
        if not path.is_file() or path.stat().st_size > MOST_BYTES:
            return ""
        return path.read_text("utf-8", errors="replace")
    except (OSError, ValueError):
        return ""
