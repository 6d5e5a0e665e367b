"""Formulas as plain ASCII text on one line: for terminals, records and Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from dlnproof.notation import symbols
from dlnproof.notation.boxes import Atom, Blank, Box, Command, Fenced, Row, Scripted, Table, Words
from dlnproof.notation.latex import latex, parted, row
from dlnproof.notation.reading import as_written
from dlnproof.notation.texts import formulas

_SIGNS: Final = {
    "ne": "!=", "ge": ">=", "le": "<=", "dots": "...", "cdots": "...", "cdot": "*", "|": "|",
    "otimes": " kron ", "wedge": " ^ ", "times": " x ", "infty": "inf", "varepsilon": "epsilon",
    "ell": "l", "to": "->", "leftarrow": "<-", "mapsto": "|->", "pm": "+-", "in": "in",
    "langle": "<", "rangle": ">",
}  # fmt: skip
_DISPLAY: Final = re.compile(r"\\\[(.*?)\\\]", re.DOTALL)


def plain(text: str) -> str:
    r"""Return a text with its formulas, which stand in dollars, as readable text.

    >>> plain(r"the factor $\frac{1}{2N}\,\sigma_i^{2/N}$, for $N\ge2$")
    'the factor (1/(2N)) sigma_i^(2/N), for N >= 2'
    """
    return "".join(piece if isinstance(piece, str) else formula(piece) for piece in formulas(text))


def formula(box: Box) -> str:
    r"""Return a formula as text.

    >>> from dlnproof.notation.reading import read
    >>> formula(read(r"W^{T}W\sigma_{j+1}"))
    'W^T W sigma_{j+1}'
    """
    items = box.items if isinstance(box, Row) else (box,)
    text, pieces = "", [""]
    last: Box = Row()
    for k, item in enumerate(items):
        if isinstance(item, Blank) and _is_sign(last):
            continue  # it only ends the sign's name
        piece = _piece(item, items[k + 1 :])
        text += " " * (text != "" != piece and _apart(pieces, last, piece, item)) + piece
        last = item
        pieces.append(piece)
    text = re.sub(r"([(=,]\s*)-\s+", r"\1-", re.sub(r"\(\s+", "(", text))
    text = re.sub(r"(\d)\*1e(?=-\d)", r"\1e", text)  # 3 times a power of ten
    return re.sub(r"\s+", " ", re.sub(r"\s+([,;:)]|\.(?!\.))", r"\1", text)).strip()


def _is_sign(box: Box) -> bool:
    if not isinstance(box, Atom) or len(box.token) == 1:
        return False
    return symbols.kind_of(box.key) in ("bin", "inner", "open")


def blocks(prose: str) -> list[tuple[bool, str]]:
    r"""Return LaTeX as pieces of text in order, each with whether it is a displayed formula.

    A display is broken where it has a ``\qquad``; a condition in brackets after a ``\quad`` is
    read as one.

    >>> blocks(r"Let \[a=b\quad(b>0),\qquad c=d.\] Then")
    [(False, 'Let'), (True, 'a = b if b > 0,'), (True, 'c = d.'), (False, 'Then')]
    """
    found: list[tuple[bool, str]] = []
    for k, piece in enumerate(_DISPLAY.split(prose)):
        if k % 2:
            found += [(True, _conditional(part)) for part in parted(as_written(piece), r"\qquad")]
        else:
            found.append((False, plain(_words(piece)).strip()))
    return [(displayed, text) for displayed, text in found if text]


def _words(prose: str) -> str:
    """Return prose without what LaTeX has around its words."""
    return re.sub(r"\s+|\\,", " ", re.sub(r"\\(?:emph|text\w\w)\{([^{}]*)\}", r"\1", prose))


def _conditional(shown: Row) -> str:
    first, *others = parted(shown, r"\quad")
    pieces: list[Box] = [first]
    for items in (other.items for other in others):
        pieces.append(Blank())
        if items[:1] == (Atom("("),) and Atom(")") in items:
            end = items.index(Atom(")"))
            pieces += [Words("text", " if "), *items[1:end], *items[end + 1 :]]
        else:
            pieces += items
    return formula(row(*pieces))


def _apart(pieces: Sequence[str], last: Box, piece: str, item: Box) -> bool:
    """Whether a space stands between the last of what was written and the next piece."""
    left, right = pieces[-1][-1:], piece[0]
    if isinstance(item, Command) and "frac" in item.name:
        return left.isalnum() or left in ")}"
    if isinstance(last, Command) and "frac" in last.name:
        return right.isalnum() or right in "({"
    if isinstance(last, Scripted) and left not in ")}" and (right.isalnum() or right == "("):
        return left.isalnum()
    if right.isalpha() and left == ")":
        return True
    if right == "(" and left.isupper():  # )^s Z (, a product
        return isinstance(last, Atom) and pieces[-2].endswith(")")
    differential = last == Atom("d") and (
        isinstance(item, Atom | Scripted) or getattr(item, "name", "") == "mathrm"
    )
    if right == "|" and isinstance(last, Atom) and symbols.kind_of(last.key) == "function":
        return True
    words = re.search("[A-Za-z]{2}$", pieces[-1]) or re.match("[A-Za-z]{2}", piece)
    return left.isalnum() and right.isalnum() and bool(words) and not differential


def _piece(item: Box, following: Sequence[Box]) -> str:
    match item:
        case Blank():
            return " "
        case Atom():
            return _atom(item)
        case Row():
            return formula(item)
        case Words(_, words):
            return plain(words)
        case Scripted(Command("dot", (base,)), scripts):
            return f"d{_scripted(base, scripts)}/dt "
        case Scripted(base, scripts):
            return _scripted(base, scripts)
        case Fenced(left, body, right):
            return _atom(Atom(left)) + formula(body) + _atom(Atom(right))
        case Table("cases", rows):
            return "; ".join(map(_case, rows))
        case Table(_, rows):
            return "; ".join(" ".join(map(formula, cells)) for cells in rows)
        case Command(name, arguments):
            return _command(name, arguments, following)
    raise TypeError(f"no text for {item!r}")


def _case(cells: Sequence[Row]) -> str:
    """Return a line of cases: its condition stands in brackets, or it is the last one."""
    value, *conditions = map(formula, cells)
    within = (re.fullmatch(r"\((.*)\)", condition) for condition in conditions)
    told = (f"if {x[1]}" if x else c for x, c in zip(within, conditions, strict=True))
    return " ".join([value, *told])


def _atom(atom: Atom) -> str:
    key, kind = atom.key, symbols.kind_of(atom.key)
    if kind == "space":
        return " " if symbols.SPACES[key][0] != "-" else ""
    if kind == "rel":
        return f" {_SIGNS.get(key, key)} "
    if key[0] == "\\":
        return key[1:]
    return _SIGNS.get(key, key if kind else atom.token)


def _scripted(base: Box, scripts: Sequence[tuple[str, Box]]) -> str:
    if base == Atom("10") and re.fullmatch(r"\^\{-\d+\}", latex(Scripted(Row(), tuple(scripts)))):
        return f"1e{formula(scripts[0][1])}"
    return formula(base) + "".join(_script(base, mark, inner) for mark, inner in scripts)


def _script(base: Box, mark: str, inner: Box) -> str:
    text = formula(inner)
    if mark == "'":
        return text
    if mark == "^":
        return f"^{text}" if len(text) == 1 or text == "inf" else f"^({text})"
    if isinstance(inner, Row) and text.isdigit() and len(latex(base)) == 1:
        return text  # w_{11} is named w11
    text = re.sub(r"(?<![a-zA-Z0-9]) | (?![a-zA-Z0-9])", "", text)
    return f"_{text}" if re.fullmatch(r"\w+|.", text) else f"_{{{text}}}"


def _command(name: str, arguments: Sequence[Box], following: Sequence[Box]) -> str:
    texts = [formula(argument) for argument in arguments]
    if "frac" in name:
        return _fraction(texts[0], arguments[1], alone=_ends(following))
    if name == "sqrt":
        return f"sqrt({texts[0]})"
    if name == "dot":
        return f"d{texts[0]}/dt "
    return texts[-1]


def _fraction(above: str, divisor: Box, *, alone: bool) -> str:
    """Return a fraction on one line, in brackets itself where a factor follows it."""
    if not re.fullmatch(r"[\w ^/()*]+", above) or re.search(r"[a-z]{2,} ", above):
        # a sum, or a function's name; the exponents' own brackets may hold a sum
        above = f"({above})" if re.search(r"[-+ ]", re.sub(r"\([^()]*\)", "", above)) else above
    below = formula(divisor)
    if isinstance(divisor, Row) and (len(divisor.items) > 1 or _is_fraction(divisor)):
        below = f"({below})"
    return f"{above}/{below}" if alone else f"({above}/{below})"


def _is_fraction(box: Row) -> bool:
    return any(isinstance(item, Command) and "frac" in item.name for item in box.items)


def _ends(following: Sequence[Box]) -> bool:
    """Whether nothing that is multiplied follows."""
    after = next((x for x in following if not isinstance(x, Blank)), None)
    if after is None or isinstance(after, Words):
        return True
    kind = symbols.kind_of(Atom(latex(after)).key)
    return kind in ("rel", "punct", "close") or latex(after) in (r"\quad", r"\qquad")
