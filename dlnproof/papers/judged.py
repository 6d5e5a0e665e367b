"""A paper judged: each marked formula, where it stands, and what became of it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import accumulate
from os import PathLike
from pathlib import Path
from typing import Any, Final

from dlnproof.core.verdict import Verdict
from dlnproof.errors import FAILED, IN_PART, INTERNAL, OK, InputError
from dlnproof.judge.asked import asked
from dlnproof.judge.judgement import Judgement, formula
from dlnproof.judge.measured_by import OtherMeasureError, measure_of, measures_of
from dlnproof.judge.targets import TARGETS, target_named
from dlnproof.language.authors import Notation
from dlnproof.language.deciding import DECIDED
from dlnproof.language.measures import Measure, measure
from dlnproof.language.tokens import AtTokenError, Token, joined, placed, tokens
from dlnproof.papers.corrections import Correction, correction
from dlnproof.papers.displays import CHECK, Display, Equation, Mark, asked_of, displays
from dlnproof.papers.elsewhere import Judge, answered
from dlnproof.papers.kept import Kept
from dlnproof.papers.macros import Macro, expanded, macros
from dlnproof.papers.naming import names
from dlnproof.papers.numbers import numbers
from dlnproof.papers.printed import Printing, braced
from dlnproof.papers.sides import Side, sides
from dlnproof.papers.source import Source, Stamp, source
from dlnproof.version import __version__

PAPER_SCHEMA: Final = "dlnproof-paper/1"
UNREAD: Final = "unread"
"""What is said of a marked formula that could not be read: it is no verdict."""
_ON_NOTHING: Final = (
    "got a mark on something that cannot be read as a formula; expected one before it on its line, "
    "or below it, in $...$, \\[...\\], equation, align and the like"
)
_MOST_TOKENS: Final = 20_000
_ARGUMENT: Final = Macro(2, tuple(tokens("#2")), ())
r"""What ``\dlncheck[TARGET]{...}`` prints."""


@dataclass(frozen=True)
class Judged:
    """A formula of a paper: where it stands, what it should be, and the judgement on it.

    ``line`` and ``column`` are counted from one; ``label`` is that of its equation. What could not
    be read has no judgement, and ``unread`` says why. ``correction`` is in the author's letters,
    ``replaces`` where it can be put, or why it cannot. ``suggested``: nobody marked it. ``letters``
    are those of the author's notation there; ``printed`` is the formula as it was read, in them;
    ``proportional``: up to a constant. ``own`` is the notation there, with the author's indices;
    ``case`` is the same for the cases of one case distinction, and else "". ``prints`` are those of
    the letters that are macros of the paper.
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
    replaces: Correction | str = ""
    suggested: bool = False
    letters: Mapping[str, str] = field(default_factory=dict)
    printed: str = ""
    proportional: bool = False
    own: Notation = field(default_factory=Notation)
    case: str = ""
    prints: Mapping[str, Macro] = field(default_factory=dict)

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
            "marked": not self.suggested,
            "notation": dict(self.letters),
            "judgement": None if self.judgement is None else self.judgement.as_json(),
        }


@dataclass(frozen=True)
class Paper:
    """The marked formulas of a paper in their order, and its files: those read, those missing.

    Those of a list are the same, and called by another ``noun``. ``numbers`` are those of its
    equations by label, as LaTeX found them when it was last run. ``absent`` are the paths of the
    missing files: where one is made later, the verdicts are of another paper.
    """

    formulas: tuple[Judged, ...]
    missing: tuple[str, ...]
    files: Mapping[str, Stamp] = field(default_factory=dict)
    noun: str = "marked formula"
    numbers: Mapping[str, str] = field(default_factory=dict)
    absent: tuple[str, ...] = ()

    @property
    def marked(self) -> tuple[Judged, ...]:
        """The formulas that the author marked."""
        return tuple(each for each in self.formulas if not each.suggested)

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """What can be corrected in its place by a formula that holds for all N and d."""
        return tuple(
            each.replaces for each in self.formulas if isinstance(each.replaces, Correction)
        )

    @property
    def status(self) -> int:
        """The exit status: 1 if a formula fails, 6 if one is not decided for all N and d."""
        found = [each.judgement for each in self.marked]
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


def paper(
    main: str | PathLike[str],
    *,
    suggest: bool = False,
    kept: Kept | None = None,
    executor: Executor | None = None,
) -> Paper:
    r"""Judge the marked formulas of a paper, given by its main file; TeX is not executed.

    A mark is a comment ``% dlnproof: TARGET`` at the end of the line of a formula, or alone on the
    line before it; ``% dlnproof: let L = N`` says what an author's letters stand for from there on.
    With ``suggest`` unmarked formulas are told, too, that are a target's for all N and d.
    Files that it takes in by ``\input`` are read, its macros expanded. Each formula after a
    relation is judged as by :func:`dlnproof.formula`, but for those whose judgement is ``kept``,
    by this process or an ``executor`` (anything with the interface of
    :class:`concurrent.futures.Executor`). Raises :class:`InputError` for what is no LaTeX source.
    """
    read = source(Path(main))
    known = {CHECK: _ARGUMENT, **macros(read.definitions)}
    missing = (f"{read.said(token)}: {name}: no such file" for token, name in read.missing)

    def judged(judge: Judge) -> Iterator[Judged]:
        by = judge if kept is None else partial(kept.formula, by=judge)
        return _judged(read, known, by, suggest=suggest)

    try:
        found = answered(judged, judged_once if kept is None else formula, executor)
    except AtTokenError as error:
        raise InputError(f"{read.said(error.token)}: {error}") from None
    return Paper(
        found, tuple(missing), read.stamps, numbers=numbers(Path(main)), absent=tuple(read.absent)
    )


def _judged(
    read: Source, known: dict[str, Macro], judge: Judge, *, suggest: bool
) -> Iterator[Judged]:
    notation, printing = Notation(), Printing(known)
    for found in displays(read.tokens, known):
        if isinstance(found, Mark):
            try:
                notation = braced(notation.let(found.says), known)
            except InputError as error:
                raise AtTokenError(found.token, str(error)) from None
            continue
        for mark, equation in _marked(found):
            if isinstance(equation, str):
                yield Judged(*read.place(mark.token), "", mark.says, "", unread=equation)
            else:
                for made in _of_equation(read, known, notation, mark, equation, judge=judge):
                    yield replace(made, prints=printing.of(notation))
        if suggest and not found.marks:
            for equation in found.equations:
                if not (equation.marks or any(t.text == CHECK for t in equation.tokens)):
                    yield from _recognised(read, known, notation, equation, judge)


def _marked(display: Display) -> Iterator[tuple[Mark, Equation | str]]:
    """Yield each mark with the equation it is on, or why it is on none."""
    for mark in display.marks:
        chain = _chain(display)
        why = "the display has several equations; put the mark on one row"
        yield mark, chain or (why if display.equations else _ON_NOTHING)
    for equation in display.equations:
        yield from ((mark, equation) for mark in equation.marks)


def _chain(display: Display) -> Equation | None:
    """Return the equation that a whole display is, if it is one: later rows begin with ``=``."""
    first, *others = display.equations or (None,)
    if first is None or not all(x.solid and x.solid[0].text == "=" for x in others):
        return None
    return Equation([t for x in display.equations for t in x.tokens], within=first.label)


def _of_equation(
    read: Source,
    known: dict[str, Macro],
    notation: Notation,
    mark: Mark,
    equation: Equation,
    *,
    judge: Judge,
) -> Iterator[Judged]:
    label, letters, own = equation.label, notation.said, _own(known, notation)
    target, where = asked_of(mark.says)
    try:
        if not target.startswith("="):
            target_named(target)
        chosen = _sides(equation, own)
    except InputError as error:
        yield Judged(*read.place(mark.token), label, mark.says, "", unread=str(error))
        return
    formulas = [(plain, side) for plain, side in chosen if not names(target, joined(side.tokens))]
    for plain, side in formulas or chosen:
        text, at = "", read.place(side.tokens[0])
        try:
            kept = _without_measure(side, target, notation)
            text = _text(kept)
            relation = r"\propto " if side.proportional else ""
            assumed = ", ".join(filter(None, (where, side.where, _after(side, target, notation))))
            whole = f"${relation}{text}$"
            found = judge(target, whole, where=assumed, let=notation)
            read_as = asked(target, whole, assumed, notation)
        except InputError as error:
            if isinstance(error, AtTokenError):
                at = read.place(error.token)
            yield Judged(*at, label, target, text, unread=str(error), letters=letters)
            continue
        printed = read_as.theirs(read_as.tree).latex
        made = Judged(*at, label, found.target, text, found, letters=letters, printed=printed)
        case = f"{read.place(equation.tokens[0])}, {side.number}" if side.where else ""
        indices = {theirs: ours for ours, theirs in read_as.indices.items()}
        there = replace(notation, letters={**indices, **notation.letters})
        made = replace(made, proportional=side.proportional, own=there, case=case)
        if found.correction is not None and found.correction.verdict in DECIDED:
            better = found.correction.formula.latex
            made = replace(
                made, correction=better, replaces=correction(read, plain, kept, own, better)
            )
        yield made


_KEPT: Final[dict[tuple[str, str, str, str, bool], Judgement]] = {}
_MOST_KEPT: Final = 1_000


def judged_once(
    target: str, text: str, *, where: str = "", let: Notation, diagnose: bool = True
) -> Judgement:
    """Judge a formula once: whoever watches a paper waits for what has changed."""
    key = (target, text, where, repr(let), diagnose)
    if key not in _KEPT:
        if len(_KEPT) == _MOST_KEPT:
            del _KEPT[next(iter(_KEPT))]
        _KEPT[key] = formula(target, text, where=where, let=let, diagnose=diagnose)
    return _KEPT[key]


def _own(known: Mapping[str, Macro], notation: Notation) -> dict[str, Macro]:
    """Return the macros that are expanded: one of which the author says what it means is not."""
    return {name: macro for name, macro in known.items() if name not in notation.letters}


def _sides(equation: Equation, known: Mapping[str, Macro]) -> list[tuple[Side | None, Side]]:
    """Return the sides of an equation, as they stand there if they do, and expanded."""
    if len(equation.tokens) > _MOST_TOKENS:
        raise InputError(f"got more than {_MOST_TOKENS} tokens, expected a formula")
    whole = sides(expanded(equation.tokens, known))
    try:
        plain = sides(equation.tokens)
    except InputError:  # it is one only with what a macro has in it
        return [(None, side) for side in whole]
    if [_begins(x) for x in plain] != [_begins(x) for x in whole]:  # a macro has a relation in it
        return [(None, side) for side in whole]
    return list(zip(plain, whole, strict=True))


_OF_INDICES: Final = re.compile(r"\s*[a-ce-z]\s*(?:=|<|!=|\\neq?(?![A-Za-z]))\s*[a-ce-z]\s*")


def _after(side: Side, target: str, notation: Notation) -> str:
    """Return the conditions behind an equation; one of indices says nothing where none are free."""
    if target.startswith("=") or target_named(target).free:
        return side.after
    letters = {theirs for theirs, ours in notation.letters.items() if ours in ("N", "d")} | {"n"}
    return ", ".join(
        part
        for part in side.after.split(", ")
        if not _OF_INDICES.fullmatch(part) or letters & set(re.sub(r"\\[A-Za-z]+", "", part))
    )


def _begins(side: Side) -> tuple[int, int]:
    return side.tokens[0].file, side.tokens[0].at


def _without_measure(side: Side, target: str, notation: Notation) -> tuple[Token, ...]:
    """Return the tokens of a side without the target's measure at its end."""
    try:
        found = measure_of(target, joined(side.tokens), notation)
    except OtherMeasureError as error:
        at = bisect_right(_starts(side), error.at) - 1
        raise AtTokenError(side.tokens[at], str(error)) from None
    return _before(side, found)


def _before(side: Side, ends: Measure | None) -> tuple[Token, ...]:
    """Return the tokens of a side without the measure with which it ends."""
    return side.tokens if ends is None else side.tokens[: bisect_left(_starts(side), ends.end)]


def _starts(side: Side) -> list[int]:
    """Return where each token of a side begins in its text, and where that ends."""
    return [0, *accumulate(map(len, placed(side.tokens)))]


def _text(stream: Sequence[Token]) -> str:
    return " ".join(joined(stream).split())


def _recognised(
    read: Source, known: dict[str, Macro], notation: Notation, equation: Equation, judge: Judge
) -> Iterator[Judged]:
    """Yield the sides of an unmarked equation that are a target's closed form."""
    try:
        chosen = _sides(equation, _own(known, notation))
    except InputError:
        return
    for _, side in chosen:
        ends = measure(joined(side.tokens), notation)
        text, at = _text(_before(side, ends)), read.place(side.tokens[0])
        try:
            if not re.search(r"\\sigma|\\Sigma", notation.ours(text, latex=True)):
                continue
        except InputError:
            continue
        for target in TARGETS:
            if not TARGETS[target].provable:
                continue
            if ends is not None and tuple(sorted(ends.of)) not in measures_of(target):
                continue
            found = _recognises(judge, target, f"${text}$", notation)
            if found is not None:
                yield Judged(*at, equation.label, target, text, found, suggested=True)


def _recognises(judge: Judge, target: str, text: str, notation: Notation) -> Judgement | None:
    """Return the judgement on a formula that is a target's, with no search for what is wrong."""
    try:
        found = judge(target, text, let=notation, diagnose=False)
    except InputError:
        return None
    return found if found.decided else None
