r"""Formulas as MathML.

Spaces between atoms are TeX's, which MathML's operator dictionary only has for some: ``\log x`` and
``c\,|w|`` need them said. What is not known is refused, never shown half translated.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from dlnproof.notation import symbols
from dlnproof.notation.boxes import Atom, Blank, Box, Command, Fenced, Row, Scripted, Table, Words
from dlnproof.notation.latex import latex
from dlnproof.notation.markup import Markup, tag
from dlnproof.notation.reading import LatexError, read

_NO_SPACE: Final = {"lspace": "0", "rspace": "0"}
_BEFORE_A_SIGN: Final = frozenset({"", "bin", "rel", "open", "punct", "op"})
_THIN: Final = frozenset(
    f"{left} {right}"
    for left, rights in (
        ("ord", "op inner"),
        ("op", "ord op inner"),
        ("close", "op inner"),
        ("inner", "ord op open inner"),
    )
    for right in rights.split()
)
_CLASSES: Final = {"solid": "ord", "large": "op"}
_FENCES: Final = {"pmatrix": ("(", ")"), "cases": (r"\{", ".")}
_OVER: Final = {"overset": "mover", "stackrel": "mover", "underset": "munder"}
_SCRIPTS: Final = {
    "_": ("msub", "munder"), "^": ("msup", "mover"), "_^": ("msubsup", "munderover"),
}  # fmt: skip


def mathml(box: Box, *, display: bool = False) -> Markup:
    r"""Return a formula as a ``math`` element. Raises :class:`LatexError`.

    >>> mathml(read(r"\sigma_i^{2}"))
    '<math><msubsup><mi>\u03c3</mi><mi>i</mi><mn>2</mn></msubsup></math>'
    """
    return tag("math", _markup(box), **({"display": "block"} if display else {}))


@dataclass(frozen=True)
class _Piece:
    """A piece of a formula: TeX's class of it (or "space"), and whether its scripts are limits."""

    kind: str
    markup: Markup
    limits: bool = False


def _markup(box: Box, *, tight: bool = False) -> Markup:
    """Return a box that stands alone: in braces, in a script, as an argument."""
    return _row(box.items if isinstance(box, Row) else (box,), tight=tight)


def _row(items: Iterable[Box], *, tight: bool = False, after: str = "") -> Markup:
    """Return boxes in a row; ``after`` is the class of what the row continues.

    ``tight``: within scripts TeX leaves out the spaces around relations.
    """
    pieces: list[_Piece] = []
    bars: list[str] = []
    opened: list[int] = []
    for item in items:
        if isinstance(item, Blank):
            continue
        before = next((p.kind for p in reversed(pieces) if p.kind != "space"), after)
        match item:
            case Command(name) if name in symbols.SIZES and name[-1] == "l":
                opened.append(len(pieces))
            case Command(name) if name in symbols.SIZES:
                del opened[-1:]
            case Scripted(Command(name), _) if name in symbols.SIZES and opened:
                # scripts are of all that the brackets hold, or these lose their size
                at = opened.pop()
                inside = [*pieces[at:], _piece(item.base, before, bars, tight)]
                base = _Piece("close", _spaced(inside, tight))
                pieces[at:] = [_scripted(base, item, tight)]
                continue
        pieces.append(_piece(item, before, bars, tight))
    return _spaced(pieces, tight)


def _spaced(pieces: list[_Piece], tight: bool) -> Markup:
    """Return pieces in a row with the thin spaces that TeX puts between them."""
    made: list[Markup] = []
    before = ""
    for piece in pieces:
        pair = f"{before} {piece.kind}"
        if pair in _THIN and not (tight and "op" not in pair.split()):
            made.append(tag("mspace", width=symbols.SPACES[r"\,"]))
        made.append(piece.markup)
        before = piece.kind
    return made[0] if len(made) == 1 else tag("mrow", *made)


def _piece(box: Box, before: str, bars: list[str], tight: bool) -> _Piece:
    """Return a box after one of class ``before``; ``bars`` are those that are open."""
    match box:
        case Atom("|" | r"\|" as token):
            opening = token not in bars
            bars.append(token) if opening else bars.remove(token)
            return _delimiter(symbols.BAR[token], opening)
        case Atom(token) if token[0].isdigit():
            return _Piece("ord", tag("mn", token))
        case Atom(token) if len(token) == 1 and token.isalpha():
            return _Piece("ord", tag("mi", token))
        case Atom():
            return _symbol(box.key, before, tight)
        case Row():
            return _Piece("ord", _markup(box, tight=tight))
        case Scripted(base):
            return _scripted(_piece(base, before, bars, tight), box, tight)
        case Fenced(left, body, right):
            ends = (_fence(left, "prefix"), _markup(body, tight=tight), _fence(right, "postfix"))
            return _Piece("inner", tag("mrow", *ends))
        case Words(name, words):
            return _words(name, words)
        case Command():
            return _command(box, tight)
        case Table():
            return _Piece("ord", _table(box))
    raise TypeError(f"no MathML for {box!r}")


def _scripted(base: _Piece, box: Scripted, tight: bool) -> _Piece:
    sub, sup, primes = (box.script(mark) for mark in "_^'")
    above = [] if primes is None else [tag("mo", "\u2032" * len(latex(primes)))]
    above += [] if sup is None else [_markup(sup, tight=True)]
    made = [] if sub is None else [_markup(sub, tight=True)]
    made += above if len(above) < 2 else [tag("mrow", *above)]
    marks = "_" * (sub is not None) + "^" * bool(above)
    return _Piece(base.kind, tag(_SCRIPTS[marks][base.limits], base.markup, *made))


def _symbol(key: str, before: str, tight: bool) -> _Piece:
    kind = symbols.kind_of(key)
    if kind is None:
        raise LatexError(f"no MathML for '{key}'")
    mark = symbols.KINDS[kind][key]
    match kind:
        case "function":
            return _function(key, limits=key in symbols.WITH_LIMITS)
        case "open" | "close":
            return _delimiter(mark, opening=kind == "open")
        case "slanted":
            return _Piece("ord", tag("mi", mark))
        case "upright":
            return _Piece("ord", tag("mi", mark, mathvariant="normal"))
        case "space":
            return _Piece("space", tag("mspace", width=mark))
        case "bin" if before in _BEFORE_A_SIGN:  # it belongs to what follows
            return _Piece("ord", tag("mo", mark, form="prefix", **_NO_SPACE))
    space = _NO_SPACE if tight or mark == "." or kind in ("solid", "inner", "large") else {}
    made = tag("mo", mark, form="infix" if kind == "bin" else False, **space)
    return _Piece(_CLASSES.get(kind, kind), made, limits=key in symbols.WITH_LIMITS)


def _delimiter(mark: str, opening: bool) -> _Piece:
    """Return a bracket or bar of its usual size."""
    form = "prefix" if opening else "postfix"
    made = tag("mo", mark, form=form, stretchy="false", **_NO_SPACE)
    return _Piece("open" if opening else "close", made)


def _fence(token: str, form: str, size: str = "") -> Markup:
    """Return a bracket that grows with what it encloses, or has a size; nothing for "."."""
    mark = symbols.DELIMITERS[Atom(token).key]
    if not mark:
        return Markup("")
    sized = {"minsize": size, "maxsize": size} if size else {}
    return tag("mo", mark, form=form, stretchy="true", **sized, **_NO_SPACE)


def _function(name: str, limits: bool) -> _Piece:
    """Return the name of a function; with limits, they stand below it in a display."""
    if limits:
        sign = tag("mo", name, form="prefix", movablelimits="true", **_NO_SPACE)
        return _Piece("op", sign, limits=True)
    return _Piece("op", tag("mi", name, **({"mathvariant": "normal"} if len(name) == 1 else {})))


def _words(name: str, words: str) -> _Piece:
    if name == "operatorname":
        return _function(words, limits=False)
    if name == "mathrm":
        return _Piece("ord", tag("mi", words, mathvariant="normal"))
    if name in symbols.ALPHABETS:
        letters = (_letter(x, symbols.ALPHABETS[name]) for x in words)
        return _Piece("ord", tag("mi", "".join(letters)))
    shown = [
        _markup(read(piece)) if k % 2 else tag("mtext", _unescaped(piece))
        for k, piece in enumerate(words.split("$"))
        if piece
    ]
    return _Piece("ord", tag("mrow", *shown))


def _unescaped(words: str) -> str:
    return re.sub(r"\\([_%&#{}])", r"\1", words).replace(" ", "\u00a0")


def _letter(letter: str, alphabet: str) -> str:
    name = f"{alphabet} {'CAPITAL' if letter.isupper() else 'SMALL'} {letter.upper()}"
    for before in ("MATHEMATICAL ", ""):  # some were in Unicode before the alphabets
        with suppress(KeyError):
            return unicodedata.lookup(before + name)
    raise LatexError(f"no MathML for '{letter}' in the alphabet {alphabet.lower()}")


def _command(box: Command, tight: bool) -> _Piece:
    name = box.name
    if name in symbols.SIZES:
        [token] = map(latex, box.arguments)
        opening = name[-1] == "l"
        made = _fence(token, "prefix" if opening else "postfix", symbols.SIZES[name])
        return _Piece("open" if opening else "close", made)
    first, *others = (_markup(argument, tight=tight) for argument in box.arguments)
    if name in symbols.ACCENTS:
        mark = tag("mo", symbols.ACCENTS[name], stretchy=str(name == "overline").lower())
        return _Piece("ord", tag("mover", first, mark, accent="true"))
    if name in _OVER:
        return _Piece("rel", tag(_OVER[name], *others, first))
    if name == "xrightarrow":
        return _Piece("rel", tag("mover", tag("mo", "\u2192", stretchy="true"), first))
    if name == "sqrt":
        index = box.option
        root = tag("msqrt", first) if index is None else tag("mroot", first, _markup(index))
        return _Piece("ord", root)
    made = tag("mfrac", first, *others)
    if name == "frac":
        return _Piece("inner", made)
    displayed = str(name == "dfrac").lower()
    return _Piece("inner", tag("mstyle", made, displaystyle=displayed, scriptlevel="0"))


def _table(table: Table) -> Markup:
    """Return rows of cells; what follows & goes on: a sign there is an operation, as in amsmath."""
    name = table.name.removesuffix("*")
    rows = [
        tag("mtr", *(tag("mtd", _row(x.items, after="ord" * (k > 0))) for k, x in enumerate(cells)))
        for cells in table.rows
    ]
    shape = symbols.TABLES[name]
    made = tag("mtable", *rows, class_=shape, displaystyle="true" if shape != "matrix" else False)
    left, right = _FENCES.get(name, (".", "."))
    return tag("mrow", _fence(left, "prefix"), made, _fence(right, "postfix"))
