"""Displayed equations, broken where they would not fit: at relations, at signs, between factors.

A display is laid out for a page, or for the narrow column of a two-column article. Where it takes
no more lines it is broken at its relations, as people do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum
from math import inf
from string import ascii_letters, ascii_uppercase
from typing import Final

from dlnproof.notation.boxes import Atom, Blank, Box, Command, Fenced, Row, Scripted, Table, Words
from dlnproof.notation.latex import latex, row, stripped
from dlnproof.notation.reading import as_written, read

COLUMN: Final = 205.0
"""Points at 10pt that a line may take by :func:`width`, which may err by a tenth."""

PAGE: Final = 290.0
"""The same for a page of one column, ``article`` at 10pt, the narrowest that is usual."""

INDENT: Final = 20.0
"""Points by which the right-hand sides of a broken equation are moved in."""
_SHORT: Final = 45.0
"""A left-hand side of at most as many points stays beside what it is equal to."""

_WIDE: Final = {
    r"\qquad": 20.0, r"\quad": 10.0, r"\,": 1.7, r"\;": 2.8, r"\ ": 3.3, r"\!": -1.7,
    r"\sum": 15.0, r"\prod": 13.0, r"\infty": 10.0, r"\otimes": 12.2, r"\wedge": 11.1,
    r"\to": 15.6, r"\dots": 13.3, r"\cdots": 13.3, r"\cdot": 7.2, r"\pm": 12.2,
    r"\mapsto": 15.6, r"\in": 12.2, r"\int": 12.0,
    r"\log": 14.0, r"\det": 14.0, r"\cos": 14.0, r"\sin": 13.0, r"\exp": 15.0, r"\min": 18.0,
    r"\Sigma": 7.2, r"\Lambda": 7.0, r"\|": 5.0, r"\ge": 13.3, r"\le": 13.3, r"\ne": 13.3,
    r"\ell": 4.2, **dict.fromkeys("=<>", 13.3), **dict.fromkeys("+-", 12.2),
    **dict.fromkeys("()[]", 3.9), **dict.fromkeys(",;", 4.4), "|": 2.8, "/": 5.0, ".": 2.8,
    "'": 2.8, **dict.fromkeys("0123456789", 5.0), **dict.fromkeys("Mm", 9.0), "W": 10.2,
    **dict.fromkeys("ABDEGHNQUVXZ", 7.6),
}  # fmt: skip
_AROUND: Final = {
    "bigl": 1.0, "bigr": 1.0, "Bigl": 2.0, "Bigr": 2.0, "sqrt": 8.5, "dot": 0.0,
    "operatorname": 2.0, "text": 4.0, "frac": 2.4, "tfrac": 2.4, "dfrac": 2.4,
}  # fmt: skip
"""What a command adds to its argument."""
_LIMITS: Final = (r"\sum", r"\prod", r"\det", r"\lim", r"\max", r"\min")
"""What has its index below it where it is displayed."""
_SCRIPT: Final = 0.74
_TALL: Final = 9.0
"""Points that a pair of brackets, or a brace, is wider around several lines."""
_WITHIN: Final = 0.6
"""What it costs, in lines, to break within a pair of brackets that no line has room for."""
_APART: Final = 3.0
"""What it costs to break within one that a line has room for."""
_BETWEEN: Final = {r"\,": 0.5, ")": 1.0}
"""What it costs to break between factors, by what is before; no cost at a sign."""
_BESIDE: Final = 2.5
"""What it costs where nothing is there that separates them."""
_BEYOND: Final = 1000.0
"""What a point costs by which a line is too wide."""
_SPACES: Final = {
    **dict.fromkeys(("=", "<", ">", r"\ge", r"\le", r"\ne", r"\in", r"\to", r"\mapsto"), 5.5),
    **dict.fromkeys(("+", "-", r"\pm", r"\cdot", r"\otimes", r"\wedge"), 4.4),
    **dict.fromkeys((",", ";"), 1.6),
}
"""What of the width of a sign is space around it, which there is none of in an index."""
_RELATIONS: Final = ("=", "<", ">", r"\ge", r"\le", r"\ne")


class _Style(Enum):
    """How a formula is set: in text an index stands beside a sum; an index has no spaces."""

    DISPLAY = 0
    TEXT = 1
    SCRIPT = 2


def width(box: Box, style: _Style = _Style.DISPLAY) -> float:
    r"""Return about how wide a formula is in points, displayed at 10pt.

    >>> round(width(read(r"\frac{a}{b}+c")) / 5) * 5
    25
    """
    match box:
        case Blank():
            return 0.0
        case Atom(token):
            tokens = [token] if token in _WIDE or token[0] == "\\" else list(token)
            spaces = sum(_SPACES.get(x, 0.0) for x in tokens) * (style is _Style.SCRIPT)
            return sum(map(_wide, tokens)) - spaces
        case Row(items):
            return sum((width(item, style) for item in items), 0.0)
        case Words(name, words):
            pieces = words.split("$")
            letters = sum(map(_wide, "".join(pieces[::2])))
            return (
                _AROUND.get(name, 0.0) + letters + sum(width(as_written(x)) for x in pieces[1::2])
            )
        case Scripted(base, scripts):
            beside = _SCRIPT * max(width(script, _Style.SCRIPT) for _, script in scripts)
            if style is _Style.DISPLAY and isinstance(base, Atom) and base.token in _LIMITS:
                return max(width(base), beside) + 2
            return width(base, style) + beside + 0.5
        case Fenced(left, body, right):
            inside = width(body, style)
            return 4 + _wide(left) + inside + _wide(right) + _TALL * _is_tall(body)
        case Command(name, arguments):
            scale = _SCRIPT if name == "tfrac" else 1.0
            within = _in_text(style) if name.endswith("frac") else style
            widest = max(width(argument, within) for argument in arguments)
            return scale * widest + _AROUND.get(name, 6.0)
        case Table(name, rows):
            brace = _TALL * (name == "cases")
            within = _in_text(style) if name == "cases" else style
            wide = ([width(cell, within) for cell in cells] for cells in rows)
            return brace + max(sum(cells) + 10 * len(cells) for cells in wide)
    raise TypeError(f"no width of {box!r}")


def _in_text(style: _Style) -> _Style:
    return _Style.TEXT if style is _Style.DISPLAY else style


def _is_tall(body: Row) -> bool:
    """Whether brackets around a row are as high as a table."""
    return any(isinstance(item, Table) or _fences_a_table(item) for item in body.items)


def _fences_a_table(item: Box) -> bool:
    return isinstance(item, Fenced) and _is_tall(item.body)


def _wide(token: str) -> float:
    return _WIDE.get(token, 6.0 if token.startswith("\\") else 5.6)


def chunks(box: Row, room: float = COLUMN) -> list[Row]:
    r"""Return a formula as pieces that fit, each but the first beginning with its sign.

    It is broken outside of fractions and of brackets that grow: before ``+`` and ``-``. Where that
    is not enough it is also broken between factors that stand side by side, which are then joined
    by a dot, and within brackets, as far out as the number of lines allows.

    >>> [latex(piece) for piece in chunks(read("a+b-c"), 20)]
    ['a', '+b', '-c']
    """
    if width(box) <= room:
        return [box]
    for everywhere in (False, True):  # brackets are only broken into where nothing else helps
        pieces = _pieces(box, _depths(box, room), inside=everywhere, beside=everywhere)
        found = _filled(list(pieces), room)
        if max(map(width, found)) <= room:
            break
    found = [_rooted(piece, room) for piece in found]
    return [_signed(piece, first=k == 0) for k, piece in enumerate(found)]


def _filled(pieces: Sequence[tuple[float, Row]], room: float) -> list[Row]:
    """Return pieces on lines, as cheaply as can be: a line costs 1, a break what stands with it.

    What is as cheap as another has the fuller lines first.
    """
    wide = [width(piece) for _, piece in pieces]
    costs, ends = [0.0], [len(pieces)]  # of the lines from a piece on; from the last one backwards
    for first in reversed(range(len(pieces))):
        best, end, taken = inf, first, 0.0
        for last in range(first, len(pieces)):
            taken += wide[last]
            if taken > room and last > first:
                break
            beyond = costs[len(pieces) - 1 - last]
            cost = 1 + _BEYOND * max(0.0, taken - room) + beyond
            cost += pieces[last + 1][0] if last + 1 < len(pieces) else 0.0
            if cost <= best:
                best, end = cost, last + 1
        costs.append(best)
        ends.append(end)
    found, at = list[Row](), 0
    while at < len(pieces):
        end = ends[len(pieces) - at]
        found.append(row(*(piece for _, piece in pieces[at:end])))
        at = end
    return found


def _rooted(piece: Row, room: float) -> Row:
    """Return a piece that is too wide with what stands under its roots in lines of its own."""
    items = list(piece.items)
    for k, item in enumerate(items):
        if isinstance(item, Command) and item.name == "sqrt" and width(piece) > room:
            inside = item.arguments[-1]
            under = inside if isinstance(inside, Row) else Row((inside,))
            lines = chunks(under, room - width(piece) + width(under))
            if len(lines) > 1:
                made = Table("gathered", tuple((line,) for line in lines))
                items[k] = replace(item, arguments=(Row((made,), braced=True),))
    return Row(tuple(items))


def _signed(piece: Row, *, first: bool) -> Row:
    bare = stripped(piece, r"\,")
    leading = _first(bare.items[0])
    if leading == r"\quad":
        return stripped(Row(bare.items[1:]))
    if first or leading in (*_RELATIONS, "+", "-", r"\mapsto"):
        return bare
    return row(read(r"\cdot "), bare)


def _depths(box: Row, room: float) -> list[float]:
    """Return what it costs to break before each item for the brackets that it stands in."""
    costs = [0.0] * len(box.items)
    opened: list[tuple[int, float]] = []
    at = 0.0

    def close(end: int) -> None:
        begin, start = opened.pop()
        for k in range(begin + 1, end):
            costs[k] += _APART if at - start <= room else _WITHIN

    for k, item in enumerate(box.items):
        text = latex(item)
        more = text.count("(") - text.count(")")
        opened += [(k, at)] * more
        at += width(item)
        for _ in range(min(-more, len(opened))):
            close(k + 1)
    while opened:
        close(len(box.items))
    return costs


def _pieces(
    box: Row, costs: Sequence[float], *, inside: bool, beside: bool
) -> Iterator[tuple[float, Row]]:
    """Yield the formula in pieces between which it may be broken, with what a break before costs.

    Within brackets or not, between factors that stand side by side or not.
    """
    piece: list[Box] = []
    depth, before = 0, ""
    cost = 0.0
    last: Box = Row()
    for k, item in enumerate(box.items):
        if isinstance(item, Blank):  # nothing is broken at it
            piece.append(item)
            continue
        token = _first(item)
        joined = before in ("", "(", "[", ",", *_RELATIONS)
        factor = (before == r"\," and token != "d") or (before == ")" and token == "(")
        begins = token in _BEGINNING or (token in ascii_uppercase and isinstance(item, Scripted))
        closed = _closes(last)
        begins = begins or (closed and token in _OPENING)
        factor = factor or (beside and begins and (closed or _is_factor(last)))
        factor = factor or (beside and token == r"\mapsto")
        sign = not joined and (token in (*_RELATIONS, "+", "-") or factor)
        listed = token == r"\quad" and (before == "," or inside)  # not between a formula and "if"
        if (sign or listed) and (inside or depth == 0) and piece:
            yield cost, Row(tuple(piece))
            piece = []
            cost = costs[k] + factor * _BETWEEN.get(")" if closed else before, _BESIDE)
        piece.append(item)
        text = latex(item)
        depth += text.count("(") - text.count(")")
        before, last = _last(item), item
    yield cost, Row(tuple(piece))


_BEGINNING: Final = (
    r"\operatorname", r"\det", r"\prod", r"\sum", r"\left", r"\begin", r"\sqrt",
    r"\cos", r"\sin", r"\log", r"\exp",
)  # fmt: skip
"""What a factor may begin with that stands beside another."""


_OPENING: Final = ("(", r"\bigl", r"\Bigl")


def _closes(item: Box) -> bool:
    """Whether an item is a closing bracket, or one with an exponent."""
    base = item.base if isinstance(item, Scripted) else item
    return not isinstance(base, Fenced) and latex(base).endswith(")")


def _is_factor(item: Box) -> bool:
    """Whether an item ends a factor: a bracket, or a letter with its index or exponent."""
    begin = _first(item)
    return _last(item) == ")" or (isinstance(item, Scripted) and begin in (*ascii_letters, ")"))


def _first(item: Box) -> str:
    """Return the token that a box begins with."""
    match item:
        case Atom(token):
            return token
        case Scripted(base):
            return _first(base)
        case Command(name) | Words(name):
            return f"\\{name}"
        case Fenced():
            return r"\left"
        case Table():
            return r"\begin"
    return ""


def _last(item: Box) -> str:
    """Return the token that a box ends with, where it is one that matters."""
    match item:
        case Atom(token):
            return token
        case Fenced(right=right):
            return right
        case Command(arguments=(*_, Atom(token))):
            return token
    return "}"


def split(parts: Sequence[Row], end: str = "", room: float = COLUMN) -> str:
    r"""Return an equation in one line where it fits, otherwise as a ``split``.

    ``parts`` are its sides, each but the first with the relation before it; ``end`` is the
    punctuation after the last of them.

    >>> split([read("a"), read("= b")], ".")
    'a\n  = b.'
    """
    if sum(map(width, parts)) <= room:
        return "\n  ".join(map(latex, parts)) + end
    lines = _broken(parts, room)
    if len(parts) == 1 and len(sides := _sides(parts[0])) > 1 and _fit(sides, room):
        at_relations = _broken(sides, room)
        lines = min(at_relations, lines, key=_long)
    body = " \\\\\n  ".join(lines)
    return f"\\begin{{split}}\n  {body}{end}\n  \\end{{split}}"


def _long(lines: Sequence[str]) -> int:
    """Return how long lines are to read: one that begins amid a product counts twice."""
    return len(lines) + sum("quad \\cdot " in line for line in lines)


def _fit(sides: Sequence[Row], room: float) -> bool:
    """Whether sides on lines of their own are no wider than the room."""
    first, *rest = sides
    left = room - INDENT - (width(first) if width(first) <= _SHORT else 0)
    return all(width(line) <= left for side in rest for line in chunks(side, left))


def _broken(parts: Sequence[Row], room: float) -> list[str]:
    first, *rest = parts
    short = width(first) <= _SHORT and rest[:1] != []
    lines = [] if short else _lines(first, room, r"\quad ")
    for part in rest:
        moved = r"\quad " if not short else ""
        found = _lines(part, room - INDENT - short * width(first), r"\qquad ")
        lines += [f"&{moved}{found[0].removeprefix('&')}", *found[1:]]
    if short:
        lines[0] = f"{latex(first)} {lines[0]}"
    return lines


def _sides(box: Row) -> list[Row]:
    """Return the sides of a formula, each but the first with the relation before it."""
    sides: list[Row] = []
    for _, piece in _pieces(box, [0.0] * len(box.items), inside=False, beside=False):
        if sides and _first(stripped(piece, r"\,").items[0]) not in _RELATIONS:
            sides[-1] = row(sides[-1], piece)
        else:
            sides.append(piece)
    return sides


def _lines(part: Row, room: float, indent: str) -> list[str]:
    if part.items[0] == Atom(r"\quad"):
        part = stripped(Row(part.items[1:]))
    head, *tail = (latex(piece) for piece in chunks(part, room))
    moved = "" if head.endswith(",") else indent  # the next of a list stands under the first
    return [f"&{head}", *(f"&{moved}{piece}" for piece in tail)]
