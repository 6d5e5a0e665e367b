r"""The source of a paper: its file, and those that it takes in by ``\input`` and ``\include``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from dlnproof.errors import InputError
from dlnproof.files.bounded import text
from dlnproof.files.fields import shortened
from dlnproof.language.tokens import AtTokenError, Token, group, joined, optional, tokens

MOST_FILES: Final = 300
MOST_BYTES: Final = 4 * 10**6
"""How many files are read for one paper, and how much of all of them."""

_TAKES_IN: Final = frozenset({r"\input", r"\include", r"\subfile"})
_PACKAGES: Final = {
    r"\usepackage": ".sty",
    r"\RequirePackage": ".sty",
    r"\documentclass": ".cls",
    r"\LoadClass": ".cls",
}
_OURS: Final = "dlnproof"
"""The package of ours, which a paper has in the folder of its verdicts."""
_WRITTEN: Final = re.compile(r"% appendix\.tex: .*\bdlnproof (?:paper|appendix)\.\n")
"""How an appendix begins that dlnproof wrote: it tells the paper's formulas, and has none."""


Stamp = tuple[int, int] | None
"""When a file was changed, and its size; None for one that is not there."""


def stamp(path: Path) -> Stamp:
    """Return the stamp of a file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


@dataclass
class Source:
    """The tokens of a paper in the order in which TeX reads them, and the files they stand in.

    Only regular files of the folder of the first are read. ``missing`` are those that are named
    and not there, with where, and ``absent`` the paths they would have; ``stamps`` those of the
    files before they were read. ``definitions`` are the tokens with those of packages and classes
    that lie beside the paper: their macros are read, and no formulas. Nothing is read of appendices
    that are ``written`` by dlnproof.
    """

    paths: list[Path] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    missing: list[tuple[Token, str]] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    stamps: dict[str, Stamp] = field(default_factory=dict)
    definitions: list[Token] = field(default_factory=list)
    written: set[Path] = field(default_factory=set)

    def place(self, token: Token) -> tuple[str, int, int]:
        """Return the file, the line and the column of a token, counted from one."""
        before = self.texts[token.file][: token.at]
        return (
            str(self.paths[token.file]),
            before.count("\n") + 1,
            token.at - before.rfind("\n"),
        )

    def said(self, token: Token) -> str:
        """Return the place of a token as messages begin: file:line:column."""
        return ":".join(map(str, self.place(token)))


def source(main: Path) -> Source:
    """Read a paper. Raises :class:`InputError` for what is no text, too much, or outside."""
    found = Source()
    _take_in(found, main, main.parent, ())
    return found


def _take_in(
    found: Source, path: Path, folder: Path, above: tuple[Path, ...], *, package: bool = False
) -> None:
    if not _opened(found, path, above):
        return
    number = len(found.paths) - 1
    stream = list(tokens(found.texts[number], number))
    stream.append(Token("\n", number, len(found.texts[number])))  # a file ends its last line
    at = 0
    while at < len(stream):
        token = stream[at]
        if token.text not in _TAKES_IN:
            found.definitions.append(token)
            if not package:
                found.tokens.append(token)
            at += 1
            for other in _packages(stream, at, folder) if token.text in _PACKAGES else ():
                if str(other) not in found.stamps:
                    _take_in(found, other, folder, (*above, path), package=True)
            continue
        try:
            name, at = _name(stream, at + 1)
        except AtTokenError as error:
            raise InputError(f"{found.said(token)}: {error}") from None
        other = folder / (name if name.endswith(".tex") else f"{name}.tex")
        if token.text != r"\include" and name and not _is_file(other) and _is_file(folder / name):
            other = folder / name  # TeX looks for this second
        if not name or not _is_file(other):
            found.missing.append((token, shortened(name)))
            found.absent += [str(other)] if name else []
        elif not other.resolve().is_relative_to(folder.resolve()):
            raise InputError(f"{path}: takes in {name!r}, expected a file in the paper's folder")
        else:
            own = package or other.suffix in _PACKAGES.values()
            _take_in(found, other, folder, (*above, path), package=own)


def _opened(found: Source, path: Path, above: tuple[Path, ...]) -> bool:
    """Read a file, and return whether it is one of the paper's own."""
    if path in above:
        raise InputError(f"{path}: is taken in by itself; expected no circle")
    if path in found.written:
        return False
    if len(found.paths) + len(found.written) == MOST_FILES:
        raise InputError(f"{path}: got more than {MOST_FILES} files, expected fewer")
    before = stamp(path)
    content = _text(path, MOST_BYTES - sum(map(len, found.texts)))
    if above and _WRITTEN.match(content):
        found.written.add(path)
        return False
    found.paths.append(path)
    found.stamps[str(path)] = before
    found.texts.append(content)
    return True


def _packages(stream: list[Token], at: int, folder: Path) -> list[Path]:
    """Return the packages, or the class, of a command that lie in the folder of the paper."""
    ending = _PACKAGES[stream[at - 1].text]
    _, at = optional(stream, at)
    named, _ = group(stream, at)
    paths = [folder / f"{name.strip()}{ending}" for name in joined(named).split(",")]
    return [
        path
        for path in paths
        if _is_file(path) and path.stem != _OURS and path.resolve().is_relative_to(folder.resolve())
    ]


def _name(stream: list[Token], at: int) -> tuple[str, int]:
    while at < len(stream) and stream[at].text.isspace():
        at += 1
    if at < len(stream) and stream[at].text == "{":
        given, at = group(stream, at)
        return joined(given).strip(), at
    start = at  # plain TeX: \input name
    while at < len(stream) and not stream[at].is_space and stream[at].text[0] not in "\\{}":
        at += 1
    return joined(stream[start:at]), at


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # no file can have this name
        return False


def _text(path: Path, most: int) -> str:
    what = "the LaTeX source of a paper"
    if not _is_file(path):
        wrong = "is not a file" if stamp(path) else "no such file"
        raise InputError(f"{path}: {wrong}; expected {what}")
    try:
        found = text(path, most, what)
    except InputError as error:
        raise InputError(f"{path}: {error}") from None
    if strange := re.search(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]", found):
        code = f"U+{ord(strange[0]):04X}"
        raise InputError(f"{path}: got the control character {code}, expected {what}")
    return found
