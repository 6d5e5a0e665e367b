"""A paper judged: each marked formula, where it stands, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any, Final

from dlnproof.core.verdict import Verdict
from dlnproof.errors import FAILED, IN_PART, INTERNAL, OK, InputError
from dlnproof.judge.judgement import Judgement, formula
from dlnproof.judge.targets import target_named
from dlnproof.papers.displays import Display, Equation, Mark, displays
from dlnproof.papers.macros import Macro, expanded, macros
from dlnproof.papers.notation import Notation, written
from dlnproof.papers.sides import sides, without_measure
from dlnproof.papers.source import Source, source
from dlnproof.papers.tokens import AtTokenError, Token, tokens
from dlnproof.version import __version__

PAPER_SCHEMA: Final = "dlnproof-paper/1"
UNREAD: Final = "unread"
"""What is said of a marked formula that could not be read: it is no verdict."""
_MOST_TOKENS: Final = 20_000


@dataclass(frozen=True)
class Judged:
    """A formula of a paper: where it stands, what it should be, and the judgement on it.

    ``line`` and ``column`` are counted from one; ``label`` is that of its equation. What could not
    be read has no judgement, and ``unread`` says why. ``correction`` is in the author's letters.
    """

    file: str
    line: int
    column: int
    label: str
    target: str
    formula: str
    judgement: Judgement | None = None
    unread: str = ""
    correction: str = ""

    @property
    def verdict(self) -> str:
        """The word of the judgement, or "unread"."""
        return UNREAD if self.judgement is None else self.judgement.verdict.value

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "label": self.label or None,
            "target": self.target,
            "formula": self.formula,
            "verdict": self.verdict,
            "unread": self.unread or None,
            "correction": self.correction or None,
            "judgement": None if self.judgement is None else self.judgement.as_json(),
        }


@dataclass(frozen=True)
class Paper:
    """The marked formulas of a paper in their order, and the files that it names and that miss."""

    formulas: tuple[Judged, ...]
    missing: tuple[str, ...]

    @property
    def status(self) -> int:
        """The exit status: 1 if a formula fails, 6 if one is not decided for all N and d."""
        found = [each.judgement for each in self.formulas]
        if any(x is not None and x.verdict is Verdict.ERROR for x in found):
            return INTERNAL
        if any(x is not None and not x.holds for x in found):
            return FAILED
        return OK if all(x is not None and x.decided for x in found) else IN_PART

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return {
            "schema": PAPER_SCHEMA,
            "version": __version__,
            "formulas": [each.as_json() for each in self.formulas],
            "missing": list(self.missing),
        }


def paper(main: str | PathLike[str]) -> Paper:
    r"""Judge the marked formulas of a paper, given by its main file; TeX is not executed.

    A mark is a comment ``% dlnproof: TARGET`` at the end of the line of a formula, or alone on the
    line before it; ``% dlnproof: let L = N`` says what an author's letters stand for from there on.
    Files that it takes in by ``\input`` are read, its macros expanded. Each formula after a
    relation is judged as by :func:`dlnproof.formula`. Raises :class:`InputError` for what is no
    LaTeX source.
    """
    read = source(Path(main))
    known = macros(read.tokens)
    missing = (f"{_at(read, token)}: {name}: no such file" for token, name in read.missing)
    try:
        return Paper(tuple(_judged(read, known)), tuple(missing))
    except AtTokenError as error:
        raise InputError(f"{_at(read, error.token)}: {error}") from None


def _at(read: Source, token: Token) -> str:
    return ":".join(map(str, read.place(token)))


def _judged(read: Source, known: dict[str, Macro]) -> Iterator[Judged]:
    notation = Notation()
    for found in displays(read.tokens):
        if isinstance(found, Mark):
            try:
                notation.let(found.says)
            except InputError as error:
                raise InputError(f"{_at(read, found.token)}: {error}") from None
            continue
        for mark, equation in _marked(found):
            if isinstance(equation, str):
                yield Judged(*read.place(mark.token), "", mark.says, "", unread=equation)
            else:
                yield from _of_equation(read, known, notation, mark, equation)


def _marked(display: Display) -> Iterator[tuple[Mark, Equation | str]]:
    """Yield each mark with the equation it is on, or why it is on none."""
    for mark in display.marks:
        chain = _chain(display)
        yield mark, chain or "the display has several equations; put the mark on one row"
    for equation in display.equations:
        yield from ((mark, equation) for mark in equation.marks)


def _chain(display: Display) -> Equation | None:
    """Return the equation that a whole display is, if it is one: later rows begin with ``=``."""
    first, *others = display.equations or (None,)
    if first is None or not all(x.solid and x.solid[0].text == "=" for x in others):
        return None
    return Equation([t for x in display.equations for t in x.tokens])


def _of_equation(
    read: Source, known: dict[str, Macro], notation: Notation, mark: Mark, equation: Equation
) -> Iterator[Judged]:
    try:
        if len(equation.tokens) > _MOST_TOKENS:
            raise InputError(f"got more than {_MOST_TOKENS} tokens, expected a formula")
        target_named(mark.says)
        chosen = sides(expanded(equation.tokens, known))
    except InputError as error:
        yield Judged(*read.place(mark.token), equation.label, mark.says, "", unread=str(error))
        return
    for side in chosen:
        first, text = side.tokens[0], ""
        try:
            bare = list(tokens(without_measure(written(side.tokens))))
            text = written(notation.translated(bare))
            found = formula(mark.says, f"${text}$")
        except InputError as error:
            yield Judged(*read.place(first), equation.label, mark.says, text, unread=str(error))
            continue
        better = found.correction
        correction = notation.back(better.formula.latex) if better else ""
        at = read.place(first)
        yield Judged(*at, equation.label, mark.says, text, found, correction=correction)
