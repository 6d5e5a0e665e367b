r"""Terms and sentences of the kernel as LaTeX: as a mathematician would write them.

Matrices u_i v_l^T stand for U E_il V^T, and the powers of psd matrices may be fractions. What is a
sentence of words has its formulas in dollars, or in a display where it ends with one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from fractions import Fraction
from itertools import pairwise
from typing import Final

from dlnproof.core.expression import Operation
from dlnproof.core.inequality import Inequality
from dlnproof.core.product import PairProduct
from dlnproof.core.side import Side
from dlnproof.definitions.formulas import is_part
from dlnproof.definitions.letters import SIGMA, U, V, d, e, sigma
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Definition,
    Symbol,
    Term,
    apply,
    constant_of,
    identity,
    integer,
    matrix_sort,
    monomials,
    opened,
    variable,
)


class _Level(IntEnum):
    """What a formula looks like from outside: it is put in brackets where it would fall apart."""

    RELATION = 0
    SUM = 1
    BIG = 2  # open at its right end: a sum or product over an index
    PRODUCT = 3
    FRACTION = 4
    POWER = 5
    ATOM = 6


@dataclass(frozen=True)
class _Piece:
    """LaTeX, and how tightly it holds together."""

    text: str
    level: _Level = _Level.ATOM

    def within(self, level: _Level) -> str:
        """Return the LaTeX in brackets where a level is needed that it does not have."""
        return self.text if self.level >= level else bracketed(self.text)


def bracketed(text: str) -> str:
    """Return a formula in brackets, which are larger around what is tall."""
    if r"\begin" in text:
        return rf"\left({text}\right)"
    tall = re.search(r"\\(frac|sum|prod|int)(?![A-Za-z])", text)
    return rf"\Bigl({text}\Bigr)" if tall else f"({text})"


_INDICES: Final = ("i", "l", "k", "m", "p", "q", "r")
_LAYERS: Final = ("j", "k", "m", "n", "p", "q", "r")
_MATRICES: Final = ("Z", "X", "Y", "P", "Q")
_NUMBERS: Final = ("s", "t", "x", "y", "z", "p", "q", "r", "h")


@dataclass(frozen=True)
class Writer:
    """Writes terms; ``parts`` are the formulas of parts, which stand as ``<<part>>``."""

    parts: Mapping[str, Side] = field(default_factory=dict)

    def formula(self, term: Term) -> str:
        """Return the LaTeX of a term, or of a sentence that is a formula."""
        return self._piece(term).text

    def sentence(self, term: Term, *, display: bool = False) -> str:
        """Return a sentence as text: with formulas in dollars, or the last in a display."""
        return _Text(self).sentence(term, display=display)

    def conditions(self, terms: Iterable[Term]) -> str:
        """Return sentences in one, bounds of a letter as its range: 1 <= i, l <= d."""
        return _Text(self).conditions(terms)

    def definition(self, made: Definition) -> str:
        """Return a definition: what stands for what."""
        taken = {p: variable(p.name, p.sort, p.latex) for p in made.parameters}
        left = made(*(p.term for p in taken.values()))
        return f"{self.formula(left)}={self.formula(made.body)}"

    # --- letters ------------------------------------------------------------------------------

    def open(
        self, term: Term, others: Sequence[Symbol] = ()
    ) -> tuple[tuple[Symbol, ...], tuple[Term, ...]]:
        """Return names, beside others, for the variables of a binder, and what is in its scope."""
        names: list[Symbol] = []
        for v in term.variables:
            taken = {_head(s) for s in (*term.free, *others, *names) if not is_part(s)}
            names.append(_named(term, v, taken))
        return tuple(names), opened(term, *(name.term for name in names))

    def _symbol(self, term: Term) -> _Piece:
        symbol = term.data
        if is_part(symbol):
            return self._part(term)
        return _Piece(self._filled(symbol.latex or symbol.name, term.args))

    def _part(self, term: Term) -> _Piece:
        symbol = term.data
        name = symbol.name[1:-1]
        side = self.parts.get(name)
        level = _Level.PRODUCT
        if isinstance(side, Inequality):
            level = _Level.RELATION
        elif isinstance(side, PairProduct):
            level = _Level.BIG
        elif side is None or (isinstance(side, Operation) and side.sign in "+-"):
            level = _Level.SUM
        letters = symbol.latex.split(",") if symbol.latex else []
        at = [
            f"{letter}={self.formula(value)}"
            for letter, value in zip(letters, term.args, strict=True)
            if not (value.op == "symbol" and value.data.latex == letter)
        ]
        text = f"<<{name}>>"
        return _Piece(rf"\bigl[{text}\bigr]_{{{','.join(at)}}}") if at else _Piece(text, level)

    def _filled(self, latex: str, args: Sequence[Term]) -> str:
        def argument(match: re.Match[str]) -> str:
            place = int(match[2])
            if place >= len(args):
                return match[0]
            text = self.formula(args[place])
            return f"{match[1]}{{{text}}}" if match[1] else text

        return re.sub(r"([_^]?)\{(\d)\}", argument, latex)

    def _defined(self, term: Term) -> _Piece:
        latex = term.data.latex or rf"\operatorname{{{term.data.name}}}"
        text = self._filled(latex, term.args)
        return _Piece(text, _Level.FRACTION if text.startswith(r"\det") else _Level.ATOM)

    # --- numbers and matrices -----------------------------------------------------------------

    def _piece(self, term: Term) -> _Piece:
        match term.op:
            case "number":
                return _rational(term.data)
            case "polynomial":
                return self._polynomial(term)
            case "real":
                return self._piece(term.args[0])
            case "pi":
                return _Piece(r"\pi")
            case "symbol":
                return self._symbol(term)
            case "defined":
                return self._defined(term)
            case "+" | "-":
                return self._sum(term)
            case "*" | "scale":
                return self._product(term)
            case "/":
                above, below = map(self.formula, term.args)
                return _Piece(rf"\frac{{{above}}}{{{below}}}", _Level.FRACTION)
            case "^":
                return self._power(term)
            case "T" | "root" | "psdpower":
                return self._raised(term)
            case "entry":
                return self._entry(term)
            case "log" | "cos" | "gamma" | "trace" | "det":
                name = _FUNCTIONS[term.op]
                return _Piece(f"{name}{bracketed(self.formula(term.args[0]))}", _Level.FRACTION)
            case "volO":
                return _Piece(rf"\operatorname{{vol}}(O_{{{self.formula(term.args[0])}}})")
            case "volS":
                return _Piece(rf"\operatorname{{vol}}(S^{{{self.formula(term.args[0] - 1)}}})")
            case "I" | "O" | "unit":
                return self._constant(term)
            case "if" if _is_delta(term):
                row, column = map(self.formula, term.args[0].args)
                return _Piece(rf"\delta_{{{row},{column}}}")
            case "if":
                return _Piece(rf"\begin{{cases}}{self._cases(term)}\end{{cases}}", _Level.BIG)
            case "=" | "!=" | "<=" | "<":
                return self._relation(term)
            case _ if term.variables:
                return self._binder(term)
        raise TypeError(f"no LaTeX for {term.op}")

    def _polynomial(self, term: Term) -> _Piece:
        found = [
            (c, _joined([self._letter_power(x, p) for x, p in m]))
            for m, c in monomials(term).items()
        ]
        if not found:
            return _Piece("0")
        found.sort(key=lambda item: (item[1] == "", item[0] < 0, item[1]))
        if found[0][0] < 0:  # 1 - j rather than -j + 1
            found.sort(key=lambda item: item[0] < 0)
        text = ""
        for coefficient, letters in found:
            size = abs(coefficient)
            sign = "-" if coefficient < 0 else "+" if text else ""
            text = _joined([text, sign + ("" if size == 1 and letters else str(size)) + letters])
        one = len(found) == 1
        level = _Level.PRODUCT if one and found[0][0] > 0 else _Level.SUM
        return _Piece(text, _Level.ATOM if one and text.isdigit() else level)

    def _letter_power(self, letter: Term, exponent: int) -> str:
        base = self._piece(letter).within(_Level.ATOM)
        return base if exponent == 1 else f"{base}^{{{exponent}}}"

    def _sum(self, term: Term) -> _Piece:
        text = ""
        for negative, summand in _summands(term):
            sign = "-" if negative else "+" if text else ""
            text = _joined([text, sign + self._piece(summand).within(_Level.BIG)])
        return _Piece(text, _Level.SUM)

    def _product(self, term: Term) -> _Piece:
        if _is_minus(term):
            return self._sum(term)
        factors = list(_factors(term))
        texts: list[str] = []
        applied = False
        while factors:
            if _is_pair(factors):
                _, middle, _ = factors[:3]
                row, column = map(self.formula, middle.args[1:])
                apart = r"\," if texts and re.match(r"\\frac|<<", texts[-1]) else ""
                texts += [f"{apart}u_{{{row}}}", f"v_{{{column}}}^{{T}}"]
                del factors[:3]
                continue
            factor = factors.pop(0)
            needed = _Level.PRODUCT if factors else _Level.BIG
            if factor.op == "scale":  # a multiple, not at the beginning
                needed = _Level.ATOM
            if factor.op == "entry" and factors:  # not u^T X v u^T Y v
                needed = _Level.FRACTION
            text = self._piece(factor).within(needed)
            if texts and text[:1].isdigit():
                text = rf"\cdot {text}"
            elif texts and re.match(r"\\frac|<<", texts[-1]):
                text = rf"\,{text}"
            elif texts and applied and re.match(r"\(|\\Bigl\(|\\left\(", text):  # no argument of it
                text = rf"\cdot {text}"
            applied = factor.op == "symbol" and factor.args != () and factor.sort == REAL
            texts.append(text)
        level = _Level.BIG if texts and _is_big(term) else _Level.PRODUCT
        return _Piece(_joined(texts), level)

    def _power(self, term: Term) -> _Piece:
        base, exponent = term.args
        if exponent.op == "number" and exponent.data == Fraction(1, 2):
            if base.op == "^" and constant_of_number(base.args[1]) == 2:
                return _Piece(rf"\left|{self.formula(base.args[0])}\right|")
            return _Piece(rf"\sqrt{{{self.formula(base)}}}", _Level.POWER)
        return self._raised(term)

    def _raised(self, term: Term) -> _Piece:
        base, exponent = term.args[0], ""
        if term.op == "T":
            exponent = "T"
        elif term.op == "root":
            exponent = f"1/{self._piece(term.args[1]).within(_Level.POWER)}"
        elif term.op == "psdpower":  # fractions stand as such, else it would be a root
            exponent = self.formula(term.args[1])
        elif base.op == "root" and term.sort.kind == "matrix":
            above = self._piece(term.args[1]).within(_Level.PRODUCT)
            exponent = f"{above}/{self._piece(base.args[1]).within(_Level.POWER)}"
            base = base.args[0]
        else:
            exponent = self._inline(term.args[1])
        return _Piece(f"{self._piece(base).within(_Level.ATOM)}^{{{exponent}}}", _Level.POWER)

    def _inline(self, exponent: Term) -> str:
        """Return an exponent, in one line."""
        if exponent.op == "number" and exponent.data.denominator > 1:
            return str(exponent.data)
        if exponent.op == "/":
            above, below = exponent.args
            positive = _positive(above)
            sign = "" if positive is None else "-"
            top = self._piece(positive or above).within(_Level.PRODUCT)
            return f"{sign}{top}/{self._piece(below).within(_Level.POWER)}"
        summands = list(_summands(exponent))
        if len(summands) > 1:
            texts = [("-" if minus else "+") + self._inline_summand(x) for minus, x in summands]
            return _joined(texts).removeprefix("+")
        return self.formula(exponent)

    def _inline_summand(self, summand: Term) -> str:
        text = self._inline(summand) if summand.op == "/" else ""
        return text if text[:1] not in ("", "-") else self._piece(summand).within(_Level.BIG)

    def _cases(self, term: Term) -> str:
        """Return the rows of a choice; one in what is otherwise goes on below."""
        condition, then = map(self.formula, term.args[:2])
        last = term.args[2]
        if last.op == "if" and not _is_delta(last):
            rest = self._cases(last)
        else:
            rest = rf"{self.formula(last)}&\text{{otherwise}}"
        return rf"{then}&({condition})\\{rest}"

    def _entry(self, term: Term) -> _Piece:
        matrix, *indices = term.args
        row, column = map(self.formula, indices)
        if matrix.op == "*" and matrix.args[1] == V and matrix.args[0].op == "*":
            left, middle = matrix.args[0].args
            if left.op == "T" and left.args[0] == U:
                inside = list(_factors(middle))
                alone = not any(_is_pair(inside[k:]) for k in range(len(inside)))
                inner = self._piece(middle).within(_Level.PRODUCT if alone else _Level.ATOM)
                text = _joined([f"u_{{{row}}}^{{T}}", inner, f"v_{{{column}}}"])
                return _Piece(text, _Level.PRODUCT)
        return _Piece(f"{bracketed(self.formula(matrix))}_{{{row},{column}}}", _Level.POWER)

    def _constant(self, term: Term) -> _Piece:
        sizes = [self.formula(size) for size in term.args]
        if term.op == "I":
            return _Piece("I" if term == identity(d) else f"I_{{{sizes[0]}}}")
        if term.op == "O":
            square = term.sort == matrix_sort(d)
            return _Piece("O" if square else rf"O_{{{sizes[0]}\times {sizes[1]}}}")
        size, row, column = sizes
        return _Piece(
            f"E_{{{row},{column}}}"
            if term.sort == matrix_sort(d)
            else f"E^{{({size})}}_{{{row},{column}}}"
        )

    # --- binders ------------------------------------------------------------------------------

    def _binder(self, term: Term) -> _Piece:
        if term == SIGMA:
            return _Piece(r"\Sigma")
        names, inside = self.open(term)
        letters = [name.latex for name in names]
        outer = [self.formula(arg) for arg in term.args[: term.data]]
        body = self._piece(inside[-1])
        match term.op:
            case "sum":
                return self._over(r"\sum", term, names[0], outer, inside[0])
            case "prod" if term.sort == REAL:
                return self._over(r"\prod", term, names[0], outer, inside[0])
            case "prod":
                return self._prod(term, names[0], outer, inside[0])
            case "diag" if _is_pair_of(inside[0], names[0]) and outer[0] == "2":
                entries = ",".join(map(self.formula, inside[0].args[1:]))
                return _Piece(rf"\operatorname{{diag}}{bracketed(entries)}")
            case "diag":
                under = rf"{letters[0]}\le {outer[0]}"
                return _Piece(rf"\operatorname{{diag}}_{{{under}}}{bracketed(body.text)}")
            case "array" | "pairdet" | "orbit":
                return self._family(term.op, letters, outer, body)
            case "integral":
                text = _joined([rf"\int_{{{outer[0]}}}^{{{outer[1]}}}", body.within(_Level.BIG)])
                return _Piece(rf"{text}\,\mathrm{{d}}{letters[0]}", _Level.BIG)
            case "mapdet":
                arrow = bracketed(self._arrow(names) + body.text)
                return _Piece(rf"\det{arrow}", _Level.FRACTION)
            case "inverse":
                return _Piece(f"{self._inverted(names[0], inside[0], body.text)}({outer[0]})")
            case "framedet":
                arrow = bracketed(self._arrow(names) + body.text)
                return _Piece(rf"\left|\det{arrow}\right|")
            case "derivative" | "gradient" | "limit0" | "limit":
                return self._limit(term, names[0], outer, inside[0])
        raise TypeError(f"no formula for {term.op}")

    @staticmethod
    def _family(op: str, letters: Sequence[str], outer: Sequence[str], body: _Piece) -> _Piece:
        """Return a matrix, a determinant, or the volume of an orbit, of entries or factors."""
        inside = bracketed(body.text)
        if op == "orbit":
            under = rf"1\le {letters[0]}\le {outer[0]}"
            return _Piece(rf"\operatorname{{vol}}(\mathcal{{O}}{inside}_{{{under}}})")
        if op == "array":
            j, k = letters
            rows, columns = outer
            wide = "" if rows == columns else rf"\le {rows}"
            under = rf"{j}{wide},{k}\le {columns}"
            return _Piece(rf"\operatorname{{mat}}_{{{under}}}{inside}")
        j, i, l, k, m, p = letters
        pairs = rf"{i}<{l}\le {outer[1]},{m}<{p}\le {outer[1]}"
        return _Piece(rf"\det_{{{j},{k}\le {outer[0]},{pairs}}}{inside}", _Level.FRACTION)

    def _inverted(self, name: Symbol, inside: Term, body: str) -> str:
        """Return the inverse of a map: of a defined one by its name, if that has no exponent."""
        if inside.op == "defined" and inside.args[-1] == name.term:
            latex = inside.data.latex
            end = f"({{{len(inside.args) - 1}}})"
            if latex.endswith(end) and "^" not in latex:
                others = inside.args[:-1]
                if not any(name in arg.free for arg in others):
                    return f"{self._filled(latex.removesuffix(end), others)}^{{-1}}"
        return f"{bracketed(self._arrow([name]) + body)}^{{-1}}"

    def _arrow(self, names: Sequence[Symbol]) -> str:
        shown = [name.latex + self.shape(name) for name in names]
        listed = shown[0] if len(shown) == 1 else f"({','.join(shown)})"
        return rf"{listed}\mapsto "

    def shape(self, name: Symbol, *, always: bool = False) -> str:
        r"""Return ``\in\mathbb{R}^{p\times q}``, of a matrix that is not d x d, or of any."""
        if name.sort == matrix_sort(d) and not always:
            return ""
        if name.sort == INT:
            return r"\in\mathbb{Z}"
        if name.sort == REAL:
            return r"\in\mathbb{R}"
        rows, cols = map(self.formula, name.sort.shape)
        return rf"\in\mathbb{{R}}^{{{rows}\times {cols}}}"

    def _over(
        self, sign: str, term: Term, name: Symbol, outer: Sequence[str], inside: Term
    ) -> _Piece:
        """Return a sum or product: over two indices at once where they have one range."""
        low, high = outer
        under, above = f"{name.latex}={low}", f"^{{{high}}}"
        if inside.op == term.op:
            [other], [body] = self.open(inside, [name])
            ends, first, both = term.args[:2], name.term, f"{name.latex},{other.latex}"
            if inside.args[:2] == ends:
                under, inside = f"{both}={low}", body
            elif inside.args[:2] == (first + 1, ends[1]):
                ordered = f"{name.latex}<{other.latex}"
                under, above, inside = rf"{low}\le {ordered}\le {high}", "", body
        return _big(f"{sign}_{{{under}}}{above}", self._piece(inside))

    def _prod(self, term: Term, name: Symbol, outer: Sequence[str], inside: Term) -> _Piece:
        lo, hi = term.args[:2]
        if (
            inside.op == "symbol"
            and inside.args[:1] == (name.term,)
            and not any(name in arg.free for arg in inside.args[1:])
        ):
            first, last = (apply(inside.data, end, *inside.args[1:]) for end in (hi, lo))
            text = _joined([self.formula(first), r"\cdots", self.formula(last)])
            return _Piece(text, _Level.PRODUCT)
        return _big(rf"\prod_{{{name.latex}={outer[1]}}}^{{{outer[0]}}}", self._piece(inside))

    def _limit(self, term: Term, name: Symbol, outer: Sequence[str], inside: Term) -> _Piece:
        value, letter = outer[-1], name.latex
        if term.args[term.data - 1].op == "O":
            value = "0"
        if term.op == "limit":
            under = rf"\lim_{{{letter}\to\infty}}"
        elif term.op == "limit0":
            under = rf"\lim_{{{letter}\to 0+}}"
        elif term.op == "gradient":
            under = rf"\nabla_{{{letter}={outer[0]}}}"
        else:
            point = term.args[0]
            alone = point.op == "symbol" and not point.args and point.data not in inside.free
            if alone:  # d/dt f(t), rather than d/ds at s = t of f(s)
                letter = point.data.latex
                [inside] = opened(term, point)
            under = rf"\frac{{\mathrm{{d}}}}{{\mathrm{{d}}{letter}}}"
            if not alone:
                under += rf"\Bigr|_{{{letter}={outer[0]}}}"
        body = self._piece(inside)
        text = body.text if body.level is _Level.ATOM else f"[{body.text}]"
        return _Piece(f"{_joined([under, text])}={value}", _Level.RELATION)

    # --- sentences ----------------------------------------------------------------------------

    def _relation(self, term: Term) -> _Piece:
        left, right = term.args
        if right.op == "O":
            right = integer(0)
        sign = _RELATIONS[term.op]
        if term.op == "<=" and left.sort == INT:  # i + 1 <= l is i < l, and j <= N - 1 is j < N
            if monomials(left).get(()) == 1 and constant_of(left) is None:
                left, sign = left - 1, "<"
            elif monomials(right).get(()) == -1 and constant_of(right) is None:
                right, sign = right + 1, "<"
        sides = [self._piece(side).within(_Level.SUM) for side in (left, right)]
        return _Piece(_joined([sides[0], sign, sides[1]]), _Level.RELATION)


_ONE, _ZERO = Fraction(1), Fraction(0)
_RELATIONS: Final = {"=": "=", "!=": r"\ne", "<=": r"\le", "<": "<"}
_FUNCTIONS: Final = {
    "log": r"\log",
    "cos": r"\cos",
    "gamma": r"\Gamma",
    "trace": r"\operatorname{Tr}",
    "det": r"\det",
}


def constant_of_number(term: Term) -> Fraction | None:
    """Return the rational number that a term is, if it is one."""
    if term.op == "number":
        return Fraction(term.data)
    known = constant_of(term) if term.sort == INT else None
    return None if known is None else Fraction(known)


def _rational(value: Fraction) -> _Piece:
    size = abs(value)
    text = str(size)
    level = _Level.ATOM
    if size.denominator > 1:
        text = rf"\frac{{{size.numerator}}}{{{size.denominator}}}"
        level = _Level.FRACTION
    return _Piece(f"-{text}", _Level.SUM) if value < 0 else _Piece(text, level)


def _big(sign: str, body: _Piece) -> _Piece:
    return _Piece(_joined([sign, body.within(_Level.BIG)]), _Level.BIG)


def _is_minus(term: Term) -> bool:
    return term.op in ("*", "scale") and constant_of_number(term.args[0]) == -1


def _positive(term: Term) -> Term | None:
    """Return minus a term that is minus an integer, if that is written as a product."""
    whole = term.args[0] if term.op == "real" else term
    if whole.sort != INT or len(monomials(whole)) != 1:
        return None
    [coefficient] = monomials(whole).values()
    return -whole if coefficient < 0 else None


def _summands(term: Term, negative: bool = False) -> Iterator[tuple[bool, Term]]:
    if term.op in ("+", "-"):
        yield from _summands(term.args[0], negative)
        yield from _summands(term.args[1], negative != (term.op == "-"))
    elif _is_minus(term):
        yield from _summands(term.args[1], not negative)
    else:
        yield negative, term


def _factors(term: Term, *, first: bool = True) -> Iterator[Term]:
    """Yield the factors of a product; what a matrix is multiplied by, of the first one alone."""
    if term.op == "*" and not _is_minus(term):
        yield from _factors(term.args[0], first=first)
        yield from _factors(term.args[1], first=False)
    elif term.op == "scale" and first and not _is_minus(term):
        yield from _factors(term.args[0])
        yield from _factors(term.args[1], first=False)
    else:
        yield term


def _is_delta(term: Term) -> bool:
    """Whether a number is 1 where two integers are equal, and 0 elsewhere."""
    condition, then, otherwise = term.args
    known = constant_of_number(then), constant_of_number(otherwise)
    return condition.op == "=" and condition.args[0].sort == INT and known == (_ONE, _ZERO)


def _is_pair_of(entry: Term, index: Symbol) -> bool:
    """Whether an entry has one value at 1, and another elsewhere, without an index."""
    if entry.op != "if" or any(index in value.free for value in entry.args[1:]):
        return False
    return entry.args[0].op == "=" and entry.args[0].args == (index.term, integer(1))


def _is_pair(factors: Sequence[Term]) -> bool:
    if len(factors) < 3:
        return False
    first, middle, last = factors[:3]
    is_unit = middle.op == "unit" and middle.args[0] == d
    return first == U and is_unit and last.op == "T" and last.args[0] == V


def _is_big(term: Term) -> bool:
    """Whether a product ends with what is open at its right end."""
    last = list(_factors(term))[-1]
    return last.op in ("sum", "integral", "if", "prod")


def _joined(texts: Sequence[str]) -> str:
    found = [text for text in texts if text]
    joined = "".join(found[:1])
    for before, text in pairwise(found):
        close = re.search(r"\\[A-Za-z]+$", before) and text[0].isalpha()
        close = close or (before.endswith("<") and text.startswith("<<"))
        joined += (" " if close else "") + text
    return joined


# --- names of bound variables ---------------------------------------------------------------------


def _head(symbol: Symbol | str) -> str:
    """Return the letter that a symbol begins with, which no variable takes; of t_0 all of it."""
    if isinstance(symbol, str) or re.fullmatch(r"[A-Za-z]_\d", symbol.latex):
        return symbol if isinstance(symbol, str) else symbol.latex
    found = re.search(
        r"\\(?!dot|mathcal|bar|det)[A-Za-z]+|(?<!\\)(?<![A-Za-z])[A-Za-z]", symbol.latex
    )
    return found[0] if found else symbol.name


def _named(term: Term, v: Symbol, taken: set[str]) -> Symbol:
    for name in (*_preferred(term, v), *(f"x_{k}" for k in range(1, 100))):
        if name not in taken:
            known = variable(name, v.sort)
            if v.sort == REAL and name == e.latex:
                known = variable(e.name, REAL, e.latex)
            return known
    raise TypeError("no name is left")


def _preferred(term: Term, v: Symbol) -> Iterator[str]:
    places = list(_places(term, v.term))
    for symbol, position in places:
        if isinstance(symbol, Symbol) and is_part(symbol):
            yield symbol.latex.split(",")[position]
    if v.sort == INT:
        if term.op == "pairdet":
            yield "jilkmp"[term.variables.index(v)]
        if term.op == "limit":
            yield "n"
        of_sigma = any(_head(s) in ("unit", _head(sigma)) for s, _ in places)
        bounds = {s.name for arg in term.args for s in arg.free} if term.op != "every" else set()
        of_width = of_sigma or (not places and "d" in bounds and "N" not in bounds)
        yield from _INDICES if of_width else _LAYERS
        yield from _INDICES
    elif v.sort == REAL:
        if term.op == "limit0":
            yield e.latex
        if term.op == "every":
            yield "t"
        yield from _NUMBERS
    else:
        if term.op in ("framedet", "every") and _three_matrices(term):
            yield ("D", "a", "b")[term.variables.index(v)]
        yield from _MATRICES


def _three_matrices(binder: Term) -> bool:
    """Whether a binder is over D, a and b."""
    return len(binder.variables) == 3 and all(w.sort.kind == "matrix" for w in binder.variables)


def _places(term: Term, v: Term) -> Iterator[tuple[Symbol | str, int]]:
    """Yield the symbols, and the operations, that have a variable in an argument."""
    for part in term.parts():
        for position, arg in enumerate(part.args):
            if v.data in arg.free and part.op in ("symbol", "unit", "entry"):
                if part.op == "symbol" and is_part(part.data) and arg != v:
                    continue
                yield (part.data if part.op == "symbol" else "unit"), position


# --- words ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Text:
    """Sentences of words and formulas."""

    writer: Writer

    def sentence(self, term: Term, *, display: bool = False) -> str:
        if term.op == "every":
            return self._every(term, display=display)
        match term.op:
            case "psd":
                return f"${self.writer.formula(term.args[0])}$ is positive semidefinite"
            case "linear":
                names, [body] = self.writer.open(term)
                arrow = self.writer._arrow(names)
                return f"${arrow}{self.writer.formula(body)}$ is linear"
            case "orthonormal":
                names, [body] = self.writer.open(term)
                row, column = (name.latex for name in names)
                size = self.writer.formula(term.args[0])
                return (
                    f"the matrices ${self.writer.formula(body)}$, "
                    rf"$1\le {row},{column}\le {size}$, are an orthonormal basis"
                )
            case "false":
                return "this is impossible"
        formula = self.writer.formula(term)
        return rf"\[{formula}\]" if display else f"${formula}$"

    def _every(self, term: Term, *, display: bool) -> str:
        names: list[Symbol] = []
        conditions: list[Term] = []
        while term.op == "every":
            others = [*names, *(s for c in conditions for s in c.free)]
            more, inside = self.writer.open(term, others)
            names += more
            conditions += inside[:-1]
            term = inside[-1]
        declared, left = self._declared(names, conditions)
        text = f"for all {_listed(declared)}" if declared else ""
        if left:
            told = _listed([self._condition(c) for c in left])
            text += f" with {told}" if text else f"if {told}"
        return f"{text}: {self.sentence(term, display=display)}"

    def _condition(self, term: Term) -> str:
        told = self.sentence(term)
        return told if told.startswith("$") else f"({told})"

    def conditions(self, terms: Iterable[Term]) -> str:
        order = sorted(terms, key=self.sentence)
        letters = {x for x in frozenset().union(*(t.free for t in order)) if not x.domain}
        names = [
            x for x in letters if all(any(_bounds(t, x, side) for t in order) for side in (0, 1))
        ]
        names.sort(key=lambda x: x.latex)
        declared, left = self._declared(names, order, shapes=False)
        for low in [term for term in left if term.op in ("<", "<=")]:  # 1 <= i before i < l <= d
            letter = self.writer.formula(low.args[1])
            for k, text in enumerate(declared):
                if text.startswith((f"${letter}<", rf"${letter}\le ")):
                    declared[k] = f"{self.sentence(low)[:-1]}{text.removeprefix(f'${letter}')}"
                    left.remove(low)
                    break
        told = [*declared, *map(self.sentence, left)]
        return "; ".join(told) if any(": " in text for text in told) else _listed(told)

    def _declared(
        self, names: Sequence[Symbol], conditions: Sequence[Term], *, shapes: bool = True
    ) -> tuple[list[str], list[Term]]:
        """Return what says where the variables range, and the conditions that are left."""
        left = list(conditions)
        declared: list[tuple[list[str], tuple[str, str] | str]] = []
        for place, name in enumerate(names):
            later = frozenset(names[place:])
            low = next((c for c in left if _bounds(c, name, 1, later)), None)
            high = next((c for c in left if _bounds(c, name, 0, later)), None)
            where: tuple[str, str] | str = self.writer.shape(name, always=True) if shapes else ""
            if low is not None and high is not None and _is_range(low.args[0], high.args[1]):
                left.remove(low)
                left.remove(high)
                before = self.writer.formula(low).removesuffix(name.latex)
                where = (before, self.writer.formula(high).removeprefix(name.latex))
            elif not shapes:
                continue
            like = declared[-1:] if shapes else declared
            if same := [letters for letters, range_ in like if range_ == where]:
                same[0].append(name.latex)
            else:
                declared.append(([name.latex], where))
        texts = []
        for letters, where in declared:
            listed = ",".join(letters)
            texts.append(
                f"${listed}{where}$"
                if isinstance(where, str)
                else f"${where[0]}{listed}{where[1]}$"
            )
        return texts, left


def _bounds(
    condition: Term, name: Symbol, side: int, later: frozenset[Symbol] = frozenset()
) -> bool:
    """Whether a condition bounds a variable by what stands before it."""
    if condition.op not in ("<", "<="):
        return False
    bounded = condition.args[side]
    if bounded != name.term and (side or name.sort != INT or bounded != 1 + name.term):
        return False  # of integers j < N is 1 + j <= N
    return not condition.args[1 - side].free & later


def _is_range(low: Term, high: Term) -> bool:
    """Whether the ends tell the sort of what lies between; 0 and 1 are integers, and numbers."""
    return low.sort == INT or any(x.sort == REAL for end in (low, high) for x in end.free)


def _listed(texts: Sequence[str]) -> str:
    return " and ".join(texts)
