r"""Corrections put into the source of a paper: nothing outside the formula changes.

A formula that a correction replaces is a piece of one file, from its first to its last character.
Where it goes over rows, or a comment or ``&`` stands in it, the author's layout would be lost: it
is left, and told.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dlnproof.errors import InputError
from dlnproof.files.atomic import write_bytes
from dlnproof.language.tokens import Token
from dlnproof.papers.macros import Macro, expanded
from dlnproof.papers.sides import Side
from dlnproof.papers.source import Source


@dataclass(frozen=True)
class Correction:
    """A piece of a file's text and what it becomes; ``whole`` is the text that was read."""

    path: Path
    whole: str
    start: int
    end: int
    text: str


def correction(
    read: Source,
    side: Side | None,
    formula: Sequence[Token],
    known: Mapping[str, Macro],
    text: str,
) -> Correction | str:
    """Return what replaces a formula, or why it cannot be replaced in its place.

    It is what a side of an equation begins with, as it was read: macros expanded, no measure.
    """
    if side is None:
        return "a macro holds its relation"
    end = _end(side.tokens, formula, known)
    if end is None:
        return "a macro holds its end, or its measure"
    first, last = side.tokens[0], side.tokens[end - 1]
    if any(t.file != first.file for t in side.tokens[:end]):
        return "it stands in two files"
    whole = read.texts[first.file]
    piece = whole[first.at : last.at + len(last.text)]
    if re.search(r"&|%|\\\\", piece):
        return "it is laid out over rows"
    return Correction(read.paths[first.file], whole, first.at, first.at + len(piece), text)


def _end(
    written: Sequence[Token], formula: Sequence[Token], known: Mapping[str, Macro]
) -> int | None:
    """Return how many tokens of a source, the fewest, are a formula: what expands to just that."""
    sought = [t for t in formula if not t.is_space]
    found = None
    for end in range(len(written), 0, -1):
        try:
            made = [t for t in expanded(written[:end], known) if not (t.is_space or t.text == "&")]
        except InputError:  # an argument of a macro is cut off
            continue
        if made == sought:
            found = end
        elif len(made) < len(sought):
            break
    return found


def corrected(found: Iterable[Correction]) -> dict[Path, tuple[str, str]]:
    """Return the text of each file before and after, corrected from its end to its beginning."""
    texts: dict[Path, tuple[str, str]] = {}
    for each in sorted(found, key=lambda x: x.start, reverse=True):
        before, after = texts.get(each.path, (each.whole, each.whole))
        texts[each.path] = (before, after[: each.start] + each.text + after[each.end :])
    return texts


def difference(texts: dict[Path, tuple[str, str]]) -> str:
    """Return what would change, as a unified diff."""
    return "".join(
        line if line.endswith("\n") else f"{line}\n"
        for path, (before, after) in texts.items()
        for line in difflib.unified_diff(
            before.splitlines(keepends=True),
            after.splitlines(keepends=True),
            str(path),
            str(path),
            n=1,
        )
    )


def rewrite(texts: dict[Path, tuple[str, str]]) -> None:
    """Write corrected files, each whole or not at all, in their own encoding and line ends.

    Raises :class:`InputError` where a file is no longer what was read.
    """
    contents: dict[Path, bytes] = {}
    for path, (before, after) in texts.items():
        content = path.read_bytes()
        mark = content[: len(content) - len(before.encode("utf-8"))]
        if content != mark + before.encode("utf-8") or mark not in (b"", b"\xef\xbb\xbf"):
            raise InputError(f"{path}: has changed since it was read; run the command again")
        contents[path] = mark + after.encode("utf-8")
    for path, content in contents.items():
        write_bytes(path, content)
