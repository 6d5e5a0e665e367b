r"""LaTeX as authors write it, read as boxes: the one reader of formulas that are to be shown.

It is strict: what is no part of the notation is refused, and the message names the piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NoReturn

from dlnproof.notation import symbols
from dlnproof.notation.boxes import Atom, Blank, Box, Command, Fenced, Row, Scripted, Table, Words
from dlnproof.notation.latex import row

_TOKEN: Final = re.compile(r"\\(?:[a-zA-Z]+\*?|.)|\d+(?:\.\d+)*|\s+|.", re.DOTALL)
_ARGUMENTS: Final = ("slanted", "upright", "bin")
"""What TeX takes for an argument where it is not in braces."""
_DEEPEST: Final = 40
_PLAIN: Final = re.compile(r"(?:[^\\{}^_&#%~$]|\\[_%&#{} ,])*")


class LatexError(ValueError):
    """LaTeX that is not of the notation; the message names the piece."""


@cache
def read(latex: str) -> Row:
    r"""Return the boxes of a formula. Raises :class:`LatexError`.

    >>> read("x^2").items
    (Scripted(base=Atom(token='x'), scripts=(('^', Atom(token='2')),)),)
    """
    reader = _Reader(latex)
    rows = reader.rows("")
    return rows[0][0] if len(rows) == len(rows[0]) == 1 else Row((Table("", rows),))


def as_written(latex: str) -> Row:
    r"""Return the boxes of a formula; one that cannot be read as a single box, as it stands.

    >>> as_written(r"\mymacro{x}")
    Row(items=(Atom(token='\\mymacro{x}'),), braced=False)
    """
    try:
        return read(latex)
    except LatexError:
        return Row((Atom(latex),))


def written(*pieces: Box | str) -> Row:
    """Return boxes, and LaTeX between them, as one row."""
    return row(*(as_written(piece) if isinstance(piece, str) else piece for piece in pieces))


class _Reader:
    """Reads tokens one after the other; ``_at`` is the place where reading stands."""

    def __init__(self, latex: str) -> None:
        self._latex = latex
        self._tokens = [match[0] for match in _TOKEN.finditer(latex)]
        self._at = 0
        self._depth = 0
        self._passed = ""

    def rows(self, end: str) -> tuple[tuple[Row, ...], ...]:
        r"""Return rows, separated by ``\\``, of cells, separated by ``&``."""
        rows: list[tuple[Row, ...]] = []
        cells: list[Row] = []
        while True:
            cells.append(self._row("&", r"\\", end))
            if self._passed != "&":
                rows.append(tuple(cells))
                cells = []
            if self._passed == end:
                return tuple(rows)

    def _fail(self, what: str) -> NoReturn:
        raise LatexError(f"no MathML for {what} in: {self._latex.strip()[:200]}")

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _next(self) -> str:
        """Return the next token that is no blank; refuse the formula at its end."""
        self._skip()
        token = self._peek()
        if not token:
            self._fail("it ends too early")
        self._at += 1
        return token

    def _skip(self) -> None:
        while self._peek().isspace():
            self._at += 1

    def _row(self, *ends: str) -> Row:
        """Return what comes before one of ``ends`` ("": the formula's end), and pass over that."""
        self._depth += 1
        if self._depth > _DEEPEST:
            self._fail("brackets within brackets so often")
        items = tuple(self._items(ends))
        self._passed = self._peek()
        self._at += 1
        self._depth -= 1
        return Row(items)

    def _items(self, ends: tuple[str, ...]) -> Iterator[Box]:
        while (token := self._peek()) not in ends:
            blank = token.isspace()
            self._at += blank
            yield Blank(token) if blank else self._scripted()

    def _scripted(self) -> Box:
        base = self._atom()
        scripts: dict[str, Box] = {}
        at = self._at
        while True:
            self._skip()
            mark = self._peek()
            if mark not in ("_", "^", "'"):
                break
            self._at += 1
            if (mark != "'" and mark in scripts) or (mark == "'" and "^" in scripts):
                self._fail(f"two scripts {mark}")
            primes = row(scripts.get("'", Row()), Atom("'"))
            scripts[mark] = primes if mark == "'" else self._argument()
            at = self._at
        self._at = at  # a blank behind it is not passed over
        return Scripted(base, tuple(scripts.items())) if scripts else base

    def _argument(self) -> Box:
        self._skip()
        if self._peek()[:1].isdigit():  # of a number an argument is one digit
            token = self._peek()
            self._tokens[self._at : self._at + 1] = filter(None, (token[0], token[1:]))
        box = self._atom()
        if isinstance(box, Atom):
            single = box.token.isalnum() or symbols.kind_of(box.key) in _ARGUMENTS
        else:
            single = isinstance(box, Row | Words)
        if not single:
            self._fail("an argument without braces")
        return box

    def _atom(self) -> Box:
        token = self._next()
        if token == "{":
            return Row(self._row("}").items, braced=True)
        atom = Atom(token)
        if token[0].isdigit() or (len(token) == 1 and token.isascii() and token.isalpha()):
            return atom
        if symbols.kind_of(atom.key) is not None:
            return atom
        name = token[1:]
        if name in symbols.SIZES:
            return Command(name, (Atom(self._delimiter()),))
        if name in symbols.WORDS:
            return Words(name, self._words())
        if name in symbols.ARGUMENTS:
            option = None
            if name == "sqrt" and self._peek() == "[":
                self._at += 1
                option = self._row("]")
            arguments = (self._argument() for _ in range(symbols.ARGUMENTS[name]))
            return Command(name, tuple(arguments), option)
        if name == "left":
            left, body = self._delimiter(), self._row(r"\right")
            return Fenced(left, body, self._delimiter())
        if name != "begin":
            self._fail(f"'{name or token}'")
        return self._table(self._words())

    def _delimiter(self) -> str:
        token = self._next()
        if Atom(token).key not in symbols.DELIMITERS:
            self._fail(f"the delimiter '{token}'")
        return token

    def _table(self, name: str) -> Table:
        if name.removesuffix("*") not in symbols.TABLES:
            self._fail(f"the environment '{name}'")
        rows = self.rows(r"\end")
        if self._words() != name:
            self._fail(f"the end of '{name}'")
        return Table(name, rows)

    def _words(self) -> str:
        """Return the braced argument as it stands in the source, blanks included."""
        if self._next() != "{":
            self._fail("an argument without braces")
        depth, first = 1, self._at
        while depth:
            if not self._peek():
                self._fail("it ends too early")
            depth += {"{": 1, "}": -1}.get(self._peek(), 0)
            self._at += 1
        words = "".join(self._tokens[first : self._at - 1])
        for k, piece in enumerate(words.split("$")):
            if k % 2:
                read(piece)
            elif not _PLAIN.fullmatch(piece):
                self._fail(f"'{piece}' among words")
        return words
