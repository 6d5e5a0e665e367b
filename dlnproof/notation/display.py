"""Displayed equations, broken where they would not fit: at relations, at signs, between factors.

A fragment does not know how wide the page is that it is put on. Where it matters a display is
written twice, for a page and for the narrow column of a two-column article, and TeX takes the one
that fits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

COLUMN: Final = 205.0
"""Points at 10pt that a line may take by :func:`width`, which may err by a tenth."""

PAGE: Final = 290.0
"""The same for a page of one column, ``article`` at 10pt, the narrowest that is usual."""

MACRO: Final = r"""\providecommand{\dlnfit}{%
  \csname @\ifdim\linewidth<340pt second\else first\fi oftwo\endcsname}"""
r"""Defines ``\dlnfit{wide}{narrow}``, which is one of the two."""

INDENT: Final = 20.0
"""Points by which the right-hand sides of a broken equation are moved in."""
_SHORT: Final = 45.0
"""A left-hand side of at most as many points stays beside what it is equal to."""

_TOKEN: Final = re.compile(r"\\[A-Za-z]+\*?|\\.|[{}^_&]|\s+|.", re.DOTALL)
_WIDE: Final = {
    r"\qquad": 20.0, r"\quad": 10.0, r"\,": 1.7, r"\;": 2.8, r"\ ": 3.3, r"\!": -1.7,
    r"\sum": 15.0, r"\prod": 13.0, r"\infty": 10.0, r"\otimes": 12.2, r"\wedge": 11.1,
    r"\to": 15.6, r"\dots": 13.3, r"\cdots": 13.3, r"\cdot": 7.2, r"\pm": 12.2,
    r"\log": 14.0, r"\det": 14.0, r"\cos": 14.0, r"\sin": 13.0, r"\exp": 15.0, r"\min": 18.0,
    r"\Sigma": 7.2, r"\Lambda": 7.0, r"\left": 2.0, r"\right": 2.0, r"\dot": 0.0,
    r"\bigl": 1.0, r"\bigr": 1.0, r"\Bigl": 2.0, r"\Bigr": 2.0, r"\|": 5.0,
    r"\mathcal": 0.0, r"\mathbb": 0.0, r"\mathrm": 0.0, r"\operatorname": 2.0, r"\text": 0.0,
    r"\ge": 13.3, r"\le": 13.3, r"\ne": 13.3, r"\ell": 4.2, "&": 0.0, r"\tfrac": 0.0,
}  # fmt: skip
_CHARACTERS: Final = {
    **dict.fromkeys("=<>", 13.3), **dict.fromkeys("+-", 12.2), **dict.fromkeys("()[]", 3.9),
    **dict.fromkeys(",;", 4.4), "|": 2.8, "/": 5.0, ".": 2.8, " ": 0.0, "'": 2.8,
    **dict.fromkeys("0123456789", 5.0), **dict.fromkeys("WMm", 9.0),
    **dict.fromkeys("ABDEGHNQUVXZ", 7.6),
}  # fmt: skip
_SCRIPT: Final = 0.74
_RELATIONS: Final = ("=", "<", ">", r"\ge", r"\le", r"\ne")


def width(latex: str) -> float:
    r"""Return about how wide a formula is in points, displayed at 10pt.

    >>> round(width(r"\frac{a}{b}+c") / 5) * 5
    25
    """
    tokens = [token for token in _TOKEN.findall(latex) if not token.isspace()]
    return _row(tokens)[0]


def _row(tokens: list[str], at: int = 0) -> tuple[float, int]:
    """Return the width of tokens up to the brace that closes, and where that is."""
    total = 0.0
    while at < len(tokens) and tokens[at] != "}":
        token = tokens[at]
        if token in ("^", "_"):
            script, at = _argument(tokens, at + 1)
            if at < len(tokens) and tokens[at] in ("^", "_"):  # one above the other
                other, at = _argument(tokens, at + 1)
                script = max(script, other)
            total += _SCRIPT * script + 0.5
        elif token in (r"\frac", r"\tfrac"):
            above, at = _argument(tokens, at + 1)
            below, at = _argument(tokens, at)
            total += max(above, below) * (_SCRIPT if token == r"\tfrac" else 1) + 2.4
        elif token == r"\sqrt":
            inner, at = _argument(tokens, at + 1)
            total += inner + 8.5
        elif token == "{":
            inner, at = _row(tokens, at + 1)
            total += inner
            at += 1
        else:
            known = _WIDE if token.startswith("\\") else _CHARACTERS
            total += known.get(token, 6.0 if token.startswith("\\") else 5.6)
            at += 1
    return total, at


def _argument(tokens: list[str], at: int) -> tuple[float, int]:
    if at < len(tokens) and tokens[at] == "{":
        inner, end = _row(tokens, at + 1)
        return inner, end + 1
    return _row(tokens[at : at + 1])[0], at + 1


def chunks(latex: str, room: float = COLUMN) -> list[str]:
    r"""Return a formula as pieces that fit, each but the first beginning with its sign.

    It is broken outside of fractions and of brackets that grow: before ``+`` and ``-``, and where
    that is not enough between factors, which are then joined by a dot.

    >>> chunks("a+b-c", 20)
    ['a', '+b', '-c']
    """
    if width(latex) <= room:
        return [latex]
    for inside in (False, True):  # brackets are only broken into where nothing else helps
        found = [""]
        for piece in _pieces(latex, inside=inside):
            if found[-1] and width(found[-1] + piece) > room:
                found.append("")
            found[-1] += piece
        if all(width(piece) <= room for piece in found):
            break
    return [_signed(piece, first=k == 0) for k, piece in enumerate(found)]


def _signed(piece: str, *, first: bool) -> str:
    bare = re.sub(r"^(?:\\,|\s)+|(?:\\,|\s)+$", "", piece)
    if first or bare[0] in "+-" or bare.startswith((*_RELATIONS, r"\quad")):
        return bare.removeprefix(r"\quad").lstrip()
    return rf"\cdot {bare}"


def _pieces(latex: str, *, inside: bool) -> Iterator[str]:
    """Yield the formula in pieces between which it may be broken, within brackets or not."""
    braces, growing, piece, before = 0, 0, "", ""
    for token in _TOKEN.findall(latex):
        joined = not before or before in "([,^_" or before in (*_RELATIONS, r"\left")
        factor = (before == r"\," and token != "d") or (before == ")" and token == "(")
        sign = not joined and (token in (*_RELATIONS, "+", "-") or factor)
        listed = token == r"\quad" and (before == "," or inside)  # not between a formula and "if"
        outside = braces == 0 and growing == 0 and (inside or not _depth(piece))
        if (sign or listed) and outside and piece:
            yield piece
            piece = ""
        piece += token
        braces += {"{": 1, "}": -1}.get(token, 0)
        growing += {r"\left": 1, r"\right": -1}.get(token, 0)
        before = token if not token.isspace() else before
    yield piece


def _depth(piece: str) -> int:
    return piece.count("(") - piece.count(")")


def fitted(display: Callable[[float], str]) -> str:
    r"""Return a display that fits a page and a column: ``display`` makes it for a given room.

    >>> fitted(lambda room: "x")
    'x'
    """
    wide, narrow = display(PAGE), display(COLUMN)
    return wide if wide == narrow else f"\\dlnfit{{{wide}}}{{{narrow}}}"


def on_a_page(latex: str) -> str:
    r"""Return LaTeX with displays as they are on a page, for what can scroll.

    >>> on_a_page(r"\dlnfit{a = {b}}{a \\ = {b}}.")
    'a = {b}.'
    """
    while (start := latex.find(r"\dlnfit{")) >= 0:
        wide, middle = _braced(latex, latex.index("{", start))
        _, end = _braced(latex, middle)
        latex = latex[:start] + wide + latex[end:]
    return latex


def _braced(latex: str, at: int) -> tuple[str, int]:
    """Return what the brace at a place encloses, and where that ends."""
    depth = 0
    for token in re.compile(r"\\.|[{}]", re.DOTALL).finditer(latex, at):
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if depth == 0:
            return latex[at + 1 : token.start()], token.end()
    raise ValueError("a brace is not closed")


def split(parts: Sequence[str], end: str = "", room: float = COLUMN) -> str:
    r"""Return an equation in one line where it fits, otherwise as a ``split``.

    ``parts`` are its sides, each but the first with the relation before it; ``end`` is the
    punctuation after the last of them.

    >>> split(["a", "= b"], ".")
    'a\n  = b.'
    """
    joined = "\n  ".join(parts)
    if width(joined) <= room:
        return f"{joined}{end}"
    first, *rest = parts
    short = width(first) <= _SHORT and rest[:1] != []
    lines = [] if short else _lines(first, room, r"\quad ")
    for part in rest:
        lines += _lines(part, room - INDENT - short * width(first), r"\qquad ")
    if short:
        lines[0] = f"{first} {lines[0]}"
    body = " \\\\\n  ".join(lines)
    return f"\\begin{{split}}\n  {body}{end}\n  \\end{{split}}"


def _lines(part: str, room: float, indent: str) -> list[str]:
    head, *tail = chunks(part.removeprefix(r"\quad "), room)
    moved = "" if head.endswith(",") else indent  # the next of a list stands under the first
    return [f"&{head}", *(f"&{moved}{piece}" for piece in tail)]
