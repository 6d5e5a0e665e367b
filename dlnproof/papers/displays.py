"""Where mathematics stands in a paper, cut into equations, with the marks that are on them.

A mark at the end of a line is on what stands before it there; one alone on its line is on what
comes next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from dlnproof.errors import InputError
from dlnproof.language.tokens import AtTokenError, Token, closing, group, joined, optional
from dlnproof.papers.macros import NO_MACROS, Macro, expanded
from dlnproof.papers.sides import CLOSING, JOINS, OPENING, sides

ROWS: Final = frozenset(
    {"align", "aligned", "alignat", "flalign", "eqnarray", "gather", "gathered", "split"}
)
"""Environments whose rows are equations of their own, or go on with the one before."""
ONE: Final = frozenset({"equation", "displaymath", "math", "multline"})
NOT_READ: Final = frozenset(
    {
        "IEEEeqnarray",
        "dmath",
        "dgroup",
        "dseries",
        "darray",
        "empheq",
        "mathpar",
        "tikzcd",
        "xalignat",
    }
)
"""Environments of mathematics that are not read: a mark on one is on nothing else."""
_DEFINE_ENVIRONMENT: Final = frozenset(
    {r"\newenvironment", r"\renewenvironment", r"\NewDocumentEnvironment", r"\NewEnviron"}
)
INNER: Final = frozenset({"split", "aligned", "gathered", "multlined"})
_OPENS: Final = {r"\[": r"\]", r"\(": r"\)"}
_MARK: Final = re.compile(r"%+\s*dlnproof:\s*(.*?)\s*$")
CHECK: Final = r"\dlncheck"
_GATHERS: Final = frozenset({"gather", "gathered"})
_BLANK: Final = frozenset({r"\quad", r"\qquad", r"\,", r"\;", r"\:", r"\!", r"\ ", "~", "&"})
_BLANK_OF: Final = frozenset({r"\phantom", r"\hphantom", r"\vphantom", r"\hspace", r"\mspace"})
_RELATES: Final = re.compile(
    r"[=<>:]|\\(?:coloneqq|eqqcolon|equiv|triangleq|propto|leq?|geq?|[lg]eqslant|neq?|not|lt|gt|"
    r"sim|simeq|approx|asymp|cong|to|ll|gg|(?:less|gtr)sim|in|ni|notin|subset|subseteq|mapsto|"
    r"stackrel|overset|iff|implies|impliedby|(?:left|right|Left|Right|Leftright|leftright)arrow)"
)
_UNSEEN: Final = frozenset({"&", r"\nonumber", r"\notag"})
_CONDITION: Final = frozenset({r"\text", r"\mbox", r"\textrm"})


@dataclass(frozen=True)
class Mark:
    """What an author writes after ``% dlnproof:``, and where."""

    says: str
    token: Token

    @property
    def is_notation(self) -> bool:
        """Whether it says what letters stand for, and is on no formula."""
        return says_notation(self.says)


def says_notation(says: str) -> bool:
    """Whether a mark is no target, but an author's notation."""
    return re.match(r"let |(?:normali[sz]ation|van)\s*=", says) is not None


def asked_of(says: str) -> tuple[str, str]:
    """Return the target that a mark names, and what it assumes: ``TARGET [where HYPOTHESES]``."""
    target, *where = re.split(r"\s+where\s+", says, maxsplit=1)
    return target, where[0] if where else ""


@dataclass
class Equation:
    """An equation: its tokens, the marks on it, and its label.

    A piece of an equation is ``within`` that, and has its label.
    """

    tokens: list[Token] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    within: str = ""

    @property
    def label(self) -> str:
        r"""The name in its ``\\label``, or that of the equation it is within, or nothing."""
        for k, token in enumerate(self.tokens):
            if token.text == r"\label":
                return joined(group(self.tokens, k + 1)[0]).strip()
        return self.within

    @property
    def solid(self) -> list[Token]:
        """Its tokens without space, comments and marks of alignment."""
        return [t for t in self.tokens if not t.is_space and t.text != "&"]


@dataclass(frozen=True)
class Display:
    """A piece of mathematics: its equations, and marks on the whole of it."""

    equations: tuple[Equation, ...]
    marks: tuple[Mark, ...]


def displays(
    stream: Sequence[Token], known: Mapping[str, Macro] = NO_MACROS
) -> Iterator[Display | Mark]:
    """Yield all mathematics of a paper in order, and the marks that are notation.

    ``known`` are its macros: a relation or an operator may stand in one.
    """
    pending: list[Mark] = []
    checked: list[Display] = []
    lost: list[Mark] = []
    made: Display | None = None
    own = frozenset(_own_environments(stream))
    at = ended = 0
    while at < len(stream):
        token = stream[at]
        if mark := marked(token):
            if mark.is_notation:  # it holds from here on
                if made is not None:
                    yield made
                yield from checked
                made, checked = None, []
                yield mark
            elif made is not None and not any("\n" in t.text for t in stream[ended:at]):
                made = Display(made.equations, (*made.marks, mark))
            else:
                (pending if _is_alone(stream, at) else lost).append(mark)
            at += 1
            continue
        if (after := _unread(stream, at, own)) > at:
            inside_it = (mark for t in stream[at:after] if (mark := marked(t)))
            lost += [*pending, *(mark for mark in inside_it if not mark.is_notation)]
            pending, at = [], after
            continue
        found = _display(stream, at, known)
        if found is None:
            at += 1
            continue
        if made is not None:
            yield made
        yield from checked
        inside, notation, after = found
        yield from notation
        made = Display(inside.equations, (*pending, *inside.marks))
        checked = [x for equation in made.equations for x in _checked(equation)]
        pending = []
        at = ended = after
    if made is not None:
        yield made
    yield from checked
    if lost:
        yield Display((), tuple(lost))
    if pending:
        says = "got a mark after the last formula, expected it before one"
        raise AtTokenError(pending[-1].token, says)


def _is_alone(stream: Sequence[Token], at: int) -> bool:
    """Whether nothing stands before a token on its line."""
    for k in range(at - 1, -1, -1):
        if "\n" in stream[k].text:
            return True
        if not stream[k].is_space:
            return False
    return True


def _own_environments(stream: Sequence[Token]) -> Iterator[str]:
    """Yield the names of the environments that a paper defines: they may be mathematics."""
    for at, token in enumerate(stream):
        if token.text in _DEFINE_ENVIRONMENT:
            name, _ = group(stream, at + 1 + any(t.text == "*" for t in stream[at + 1 : at + 2]))
            yield joined(name).strip()


def _unread(stream: Sequence[Token], at: int, own: frozenset[str]) -> int:
    """Return where mathematics that is not read ends, or the place itself where none begins."""
    if stream[at].text != r"\begin":
        return at
    name = joined(group(stream, at + 1)[0]).strip()
    if name.rstrip("*") not in NOT_READ | own:
        return at
    return group(stream, _until(stream, at, at + 1, r"\end", name) + 1)[1]


def _checked(equation: Equation) -> Iterator[Display]:
    r"""Yield the arguments of ``\dlncheck[TARGET]{...}``, a mark that is a macro.

    One that is a part of a side has no label: its verdict is not of the equation.
    """
    for at, token in enumerate(equation.tokens):
        if token.text == CHECK:
            target, after = optional(equation.tokens, at + 1)
            if target is not None:
                body, _ = group(equation.tokens, after)
                mark = Mark(joined(target).strip(), token)
                inside = list(_equations(body, "equation"))
                if _is_side(equation, at):
                    for each in inside:
                        each.within = equation.label
                yield Display(tuple(inside), (mark,))


def _display(
    stream: Sequence[Token], at: int, known: Mapping[str, Macro]
) -> tuple[Display, list[Mark], int] | None:
    """Return the mathematics that begins here, the notation said in it, and what follows."""
    if stream[at].text == CHECK:
        return _in_text(stream, at)
    opened = _opened(stream, at)
    if opened is None:
        return None
    environment, start, end, after = opened
    body = stream[start:end]
    notation = [mark for mark in map(marked, body) if mark and mark.is_notation]
    return Display(tuple(_equations(body, environment, known)), ()), notation, after


def _is_side(equation: Equation, at: int) -> bool:
    r"""Whether a ``\dlncheck`` is the whole of a side of its equation."""
    _, after = optional(equation.tokens, at + 1)
    _, after = group(equation.tokens, after)
    try:
        found = sides(equation.tokens)
    except InputError:
        return False
    return any(
        side.tokens[0] == equation.tokens[at]
        and side.tokens[-1] == equation.tokens[after - 1]
        and not (side.where or side.after)
        for side in found
    )


def _in_text(stream: Sequence[Token], at: int) -> tuple[Display, list[Mark], int] | None:
    r"""Return the formula in a ``\dlncheck[TARGET]{...}`` that stands in text, and what follows."""
    target, start = optional(stream, at + 1)
    if target is None or stream[start : start + 1] == [] or stream[start].text != "{":
        return None
    body, after = group(stream, start)
    nested = any(token.text == CHECK for token in body)
    inside = [] if nested else [x for x in displays(body) if isinstance(x, Display)]
    if len(inside) != 1:
        raise AtTokenError(
            stream[at], f"got {CHECK} in text, expected one formula in it, such as $...$"
        )
    mark = Mark(joined(target).strip(), stream[at])
    return Display(inside[0].equations, (*inside[0].marks, mark)), [], after


def marked(token: Token) -> Mark | None:
    """Return the mark that a comment is."""
    found = _MARK.match(token.text) if token.text[0] == "%" else None
    return Mark(found[1], token) if found else None


def _opened(stream: Sequence[Token], at: int) -> tuple[str, int, int, int] | None:
    """Return the environment that opens here, where its body begins and ends, and what follows."""
    text = stream[at].text
    if text in _OPENS:
        end = _until(stream, at, at + 1, _OPENS[text])
        return "equation", at + 1, end, end + 1
    if text == "$":
        wide = 1 + (at + 1 < len(stream) and stream[at + 1].text == "$")
        end = _until(stream, at, at + wide, "$")
        return "equation", at + wide, end, end + wide
    if text == r"\begin":
        name, start = group(stream, at + 1)
        environment = joined(name).strip().rstrip("*")
        if environment in ROWS | ONE:
            if environment == "alignat":
                _, start = group(stream, start)
            end = _until(stream, at, start, r"\end", joined(name).strip())
            return environment, start, end, group(stream, end + 1)[1]
    return None


def _until(stream: Sequence[Token], opened: int, at: int, closing: str, name: str = "") -> int:
    for k in range(at, len(stream)):
        if stream[k].text == closing and (
            not name or joined(group(stream, k + 1)[0]).strip() == name
        ):
            return k
    what = f"{closing}{{{name}}}" if name else closing
    raise AtTokenError(stream[opened], f"got mathematics that does not close, expected {what}")


def _equations(
    body: Sequence[Token], environment: str, known: Mapping[str, Macro] = NO_MACROS
) -> Iterator[Equation]:
    r"""Yield the equations of a display: a row without a relation goes on with the one before.

    Where it may be another formula, a ``\\\\`` stays between the two, and neither is read.
    """
    found: list[Equation] = []
    related = False
    for row in _rows(body):
        solid, rest = row.solid, _indented(row.tokens)
        seen = _visible(rest, known)
        begins = seen[0].text if seen else ""
        relates = _relates(seen)
        joins = begins in JOINS or not seen or (begins in _CONDITION and relates)
        apart = relates if environment in ROWS else False
        if environment in _GATHERS and not related:
            apart = apart or not joins
        if found and (joins or not apart):
            if environment in ROWS:
                aligned = next((t.text for t in row.tokens if not t.is_space), "") == "&"
                unclear = bool(seen) and (
                    relates and not aligned  # -x &= y
                    if joins
                    else not related or environment in _GATHERS
                )
            else:  # one equation, of which a row is a side, or goes on with one
                unclear = relates and not joins and not _RELATES.fullmatch(begins)
            if unclear:
                found[-1].tokens.append(rest[0].printing(r"\\"))
            found[-1].tokens += rest if seen else row.tokens
            found[-1].marks += row.marks
            related = related or relates
        elif solid or row.marks:
            found.append(row)
            related = relates
    yield from found


def _indented(row: Sequence[Token]) -> list[Token]:
    r"""Return a row without what only moves it: space, ``{}``, ``\phantom{=}``."""
    at = 0
    while at < len(row):
        text = row[at].text
        if row[at].is_space or text in _BLANK:
            at += 1
        elif text in _BLANK_OF:
            at += 1 + (at + 1 < len(row) and row[at + 1].text == "*")
            _, at = group(row, at)
        elif text == "{" and _is_empty(row[at + 1 : (end := closing(row, at))]):
            at = end + 1
        elif text == r"\mathrel" and _is_empty(group(row, at + 1)[0]):
            _, at = group(row, at + 1)
        else:
            break
    return list(row[at:])


def _is_empty(inside: Sequence[Token]) -> bool:
    """Whether a group prints nothing; groups in it are looked at with it, however deep they are."""
    at = 0
    while at < len(inside):
        text = inside[at].text
        if text in _BLANK_OF:
            _, at = group(inside, at + 1)
        elif inside[at].is_space or text in _BLANK or text in ("{", "}"):
            at += 1
        else:
            return False
    return True


def _visible(row: Sequence[Token], known: Mapping[str, Macro]) -> list[Token]:
    """Return what a row prints, its macros expanded where they can be."""
    try:
        whole = expanded(row, known)
    except InputError:
        whole = list(row)
    found, at = list[Token](), 0
    while at < len(whole):
        if whole[at].text in (r"\label", r"\tag", r"\intertext", r"\shortintertext"):
            _, at = group(whole, at + 1)
            continue
        found.append(whole[at])
        at += 1
    return [t for t in _indented(found) if not t.is_space and t.text not in _UNSEEN]


def _relates(row: Sequence[Token]) -> bool:
    deep = 0
    for token in row:
        deep += (token.text in OPENING) - (token.text in CLOSING)
        if deep <= 0 and _RELATES.fullmatch(token.text):
            return True
    return False


def _rows(body: Sequence[Token]) -> Iterator[Equation]:
    row = Equation()
    deep = 0
    at = 0
    last: Equation | None = None
    ended_on_line = False
    while at < len(body):
        token = body[at]
        deep += (token.text == "{") - (token.text == "}")
        if token.text in (r"\begin", r"\end"):
            name, after = group(body, at + 1)
            if joined(name).strip().rstrip("*") in INNER:
                at = after
                continue
            deep += 1 if token.text == r"\begin" else -1
        if "\n" in token.text:
            ended_on_line = False
        if token.text == r"\\" and not deep:
            yield row
            row, last, ended_on_line = Equation(), row, True
            at += 1
            if at < len(body) and body[at].text == "[":
                while at < len(body) and body[at].text != "]":
                    at += 1
                at += 1
            continue
        if mark := marked(token):
            before = last if last is not None and ended_on_line and not row.solid else row
            if not mark.is_notation:
                before.marks.append(mark)
        else:
            row.tokens.append(token)
        at += 1
    yield row
