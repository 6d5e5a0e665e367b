r"""Formulas as boxes: what LaTeX, MathML, plain text and widths are all made of.

A box keeps how it is spelled (``x_i`` or ``x_{i}``, the blanks between factors), so that the LaTeX
of a formula that was read is that formula; what it means is no concern here.
"""

from __future__ import annotations

from dataclasses import dataclass


class Box:
    """A piece of a formula."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Atom(Box):
    r"""A letter, a number, a sign or a command without arguments, as LaTeX spells it."""

    token: str

    @property
    def key(self) -> str:
        r"""The token as tables of symbols have it: ``\alpha`` without its backslash."""
        return self.token[1:] if len(self.token) > 2 else self.token


@dataclass(frozen=True, slots=True)
class Blank(Box):
    """White space of the source, which plain text alone shows."""

    text: str = " "


@dataclass(frozen=True, slots=True)
class Row(Box):
    """Boxes one after the other; ``braced`` where the source groups them."""

    items: tuple[Box, ...] = ()
    braced: bool = False


@dataclass(frozen=True, slots=True)
class Command(Box):
    r"""A command with arguments: fractions, roots, accents, ``\bigl`` and its bracket."""

    name: str
    arguments: tuple[Box, ...]
    option: Box | None = None


@dataclass(frozen=True, slots=True)
class Words(Box):
    r"""A command whose argument is letters: ``\text``, ``\operatorname``, ``\mathcal``."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Scripted(Box):
    """A box with scripts: the marks ``_``, ``^`` and ``'`` in the order of the source."""

    base: Box
    scripts: tuple[tuple[str, Box], ...]

    def script(self, mark: str) -> Box | None:
        """Return the script with a mark, if there is one."""
        return dict(self.scripts).get(mark)


@dataclass(frozen=True, slots=True)
class Fenced(Box):
    r"""What stands between ``\left`` and ``\right``; a delimiter "." is none."""

    left: str
    body: Row
    right: str


@dataclass(frozen=True, slots=True)
class Table(Box):
    """Rows of cells in an environment; without a name, the lines of a display."""

    name: str
    rows: tuple[tuple[Row, ...], ...]
