r"""LaTeX formulas as MathML: the LaTeX that this project writes, and nothing else.

Spaces between atoms are TeX's, which MathML's operator dictionary only has for some: ``\log x`` and
``c\,|w|`` need them said. What is not known is refused, never shown half translated.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from dlnproof.notation import symbols
from dlnproof.notation.atoms import (
    Atom,
    delimiter,
    fence,
    function,
    key_of,
    letter_of,
    spaced,
    symbol,
)
from dlnproof.notation.markup import Markup, tag
from dlnproof.notation.tokens import Tokens

_ALPHABETS: Final = {
    "mathcal": "SCRIPT",
    "mathbb": "DOUBLE-STRUCK",
    "mathfrak": "FRAKTUR",
    "mathbf": "BOLD",
}
_TABLES: Final = {
    "split": "aligned",
    "aligned": "aligned",
    "align": "aligned",
    "gather": "gathered",
    "gathered": "gathered",
    "multline": "gathered",
    "multlined": "gathered",
    "pmatrix": "matrix",
    "matrix": "matrix",
    "smallmatrix": "matrix",
    "cases": "cases",
}
_SIZED: Final = {
    f"{name}{side}": (size, side == "l")
    for name, size in (("big", "1.2em"), ("Big", "1.8em"), ("bigg", "2.4em"), ("Bigg", "3em"))
    for side in "lr"
}
_FENCES: Final = {"pmatrix": ("(", ")"), "cases": ("{", "")}


def mathml(latex: str, *, display: bool = False) -> Markup:
    r"""Return a formula as a ``math`` element. Raises :class:`LatexError`.

    >>> mathml(r"\sigma_i^{2}")
    '<math><msubsup><mi>\u03c3</mi><mi>i</mi><mn>2</mn></msubsup></math>'
    """
    reader = _Reader(latex)
    body = reader.table("align", "") if reader.has_rows else reader.row("")
    return tag("math", body, **({"display": "block"} if display else {}))


class _Reader(Tokens):
    def __init__(self, latex: str) -> None:
        super().__init__(latex)
        self._tight = False  # within scripts TeX leaves out the spaces around relations

    def row(self, *ends: str, after: str = "") -> Markup:
        """Return what comes before one of ``ends`` ("": the formula's end), and pass over that.

        ``after`` is the class of what the row continues.
        """
        atoms: list[Atom] = []
        bars: list[str] = []
        while (token := self.peek()) not in ends:
            before = next((a.kind for a in reversed(atoms) if a.kind != "space"), after)
            atoms.append(self._scripted(before, bars))
        self.at += 1
        self._passed = token
        return spaced(atoms, self._tight)

    def table(self, name: str, end: str) -> Markup:
        r"""Return rows, separated by ``\\\\``, of cells, separated by ``&``."""
        rows: list[Markup] = []
        cells: list[Markup] = []
        while True:
            # what follows & goes on: a sign there is an operation, as amsmath has it
            cells.append(tag("mtd", self.row("&", r"\\", end, after="ord" if cells else "")))
            if self._passed != "&":
                rows.append(tag("mtr", *cells))
                cells = []
            if self._passed == end:
                break
        shape = _TABLES[name]
        attributes = {"class_": shape} | ({} if shape == "matrix" else {"displaystyle": "true"})
        made = tag("mtable", *rows, **attributes)
        left, right = _FENCES.get(name, ("", ""))
        return tag("mrow", fence(left, "prefix"), made, fence(right, "postfix"))

    def _scripted(self, before: str, bars: list[str]) -> Atom:
        base = self._atom(before, bars)
        scripts: dict[str, Markup] = {}
        while (token := self.peek()) in ("_", "^", "'"):
            self.at += 1
            where = "_" if token == "_" else "^"
            if where in scripts:
                self.fail(f"two scripts {where}")
            scripts[where] = self._primes() if token == "'" else self._script()
        if not scripts:
            return base
        over = base.limits
        name = {
            "_": "munder" if over else "msub",
            "^": "mover" if over else "msup",
            "_^": "munderover" if over else "msubsup",
        }["".join(sorted(scripts, reverse=True))]
        made = tag(name, base.markup, *(scripts[x] for x in "_^" if x in scripts))
        return Atom(base.kind, made)

    def _primes(self) -> Markup:
        marks = 1
        while self.peek() == "'":
            self.at += 1
            marks += 1
        primes = tag("mo", "\u2032" * marks)
        if self.peek() != "^":
            return primes
        self.at += 1
        return tag("mrow", primes, self._script())

    def _script(self) -> Markup:
        outside, self._tight = self._tight, True
        script = self._argument()
        self._tight = outside
        return script

    def _atom(self, before: str, bars: list[str]) -> Atom:
        token = self.next()
        if token == "{":
            return Atom("ord", self.row("}"))
        if token in symbols.BAR:
            opening = token not in bars
            bars.append(token) if opening else bars.remove(token)
            return delimiter(symbols.BAR[token], opening)
        if token.isdecimal():
            return self._number(token)
        if len(token) == 1 and token.isascii() and token.isalpha():
            return Atom("ord", tag("mi", token))
        return symbol(token, before, self._tight) or self._command(key_of(token))

    def _number(self, token: str) -> Atom:
        while self.peek().isdecimal() or (self.peek() == "." and self.peek(1).isdecimal()):
            token += self.next()
        return Atom("ord", tag("mn", token))

    def _command(self, name: str) -> Atom:
        if name in symbols.ACCENTS:
            mark = tag("mo", symbols.ACCENTS[name], stretchy=str(name == "overline").lower())
            return Atom("ord", tag("mover", self._argument(), mark, accent="true"))
        if name in _ALPHABETS:
            return Atom("ord", self._styled(_ALPHABETS[name]))
        if name in _SIZED:
            return self._sized(*_SIZED[name])
        if name not in self._SPECIAL:
            self.fail(f"'{name}'")
        return self._SPECIAL[name](self)

    def _fraction(self) -> Atom:
        return Atom("inner", tag("mfrac", self._argument(), self._argument()))

    def _sized_fraction(self, displayed: bool) -> Atom:
        made = self._fraction().markup
        style = {"displaystyle": "true" if displayed else "false", "scriptlevel": "0"}
        return Atom("inner", tag("mstyle", made, **style))

    def _root(self) -> Atom:
        if self.peek() == "[":
            self.at += 1
            index = self.row("]")
            return Atom("ord", tag("mroot", self._argument(), index))
        return Atom("ord", tag("msqrt", self._argument()))

    def _named(self) -> Atom:
        return function(self.words(), limits=False)

    def _upright(self) -> Atom:
        return Atom("ord", tag("mi", self.words(), mathvariant="normal"))

    def _text(self) -> Atom:
        pieces = re.split(r"\$([^$]*)\$", self.words())
        shown = [
            _Reader(piece).row("") if k % 2 else tag("mtext", _words(piece))
            for k, piece in enumerate(pieces)
            if piece
        ]
        return Atom("ord", tag("mrow", *shown))

    def _fenced(self) -> Atom:
        left = self._fence()
        body = self.row(r"\right")
        right = self._fence()
        return Atom("inner", tag("mrow", fence(left, "prefix"), body, fence(right, "postfix")))

    def _sized(self, size: str, opening: bool) -> Atom:
        form = "prefix" if opening else "postfix"
        return Atom("open" if opening else "close", fence(self._fence(), form, size))

    def _fence(self) -> str:
        token = self.next()
        every = {**symbols.OPENING, **symbols.CLOSING, **symbols.BAR, ".": "", "/": "/"}
        if key_of(token) not in every:
            self.fail(f"the delimiter '{token}'")
        return every[key_of(token)]

    def _over(self, name: str) -> Atom:
        first, second = self._argument(), self._argument()
        return Atom("rel", tag(name, second, first))

    def _long_arrow(self) -> Atom:
        return Atom("rel", tag("mover", tag("mo", "\u2192", stretchy="true"), self._argument()))

    def _environment(self) -> Atom:
        name = self.words().removesuffix("*")
        if name not in _TABLES:
            self.fail(f"the environment '{name}'")
        made = self.table(name, r"\end")
        self.words()
        return Atom("ord", made)

    def _styled(self, alphabet: str) -> Markup:
        return tag("mi", "".join(letter_of(x, alphabet) for x in self.words()))

    def _argument(self) -> Markup:
        token = self.peek()
        if token == "{":
            self.at += 1
            return self.row("}")
        if token.isdecimal():
            return tag("mn", self.next())
        return self._atom("", []).markup

    _SPECIAL: Final[dict[str, Callable[[_Reader], Atom]]] = {
        "frac": _fraction,
        "tfrac": lambda self: self._sized_fraction(displayed=False),
        "dfrac": lambda self: self._sized_fraction(displayed=True),
        "sqrt": _root,
        "operatorname": _named,
        "mathrm": _upright,
        "text": _text,
        "left": _fenced,
        "overset": lambda self: self._over("mover"),
        "stackrel": lambda self: self._over("mover"),
        "underset": lambda self: self._over("munder"),
        "xrightarrow": _long_arrow,
        "begin": _environment,
    }


def _words(latex: str) -> str:
    """Return what stands in ``\\text``, its escaped characters as they are."""
    return re.sub(r"\\([_%&#{}])", r"\1", latex).replace(" ", "\u00a0")
