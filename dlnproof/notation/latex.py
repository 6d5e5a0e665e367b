"""Boxes as LaTeX, and rows of them put together and taken apart."""

from collections.abc import Iterable
from itertools import pairwise

from dlnproof.notation.boxes import Atom, Blank, Box, Command, Fenced, Row, Scripted, Table, Words


def latex(box: Box) -> str:
    r"""Return the LaTeX of a box.

    >>> latex(Command("frac", (Atom("1"), Row((Atom("2"), Atom("N")), braced=True))))
    '\\frac1{2N}'
    """
    match box:
        case Atom(token):
            return token
        case Blank(text):
            return text
        case Row(items, braced):
            inner = _joined(map(latex, items))
            return f"{{{inner}}}" if braced else inner
        case Command(name, arguments, option):
            chosen = "" if option is None else f"[{latex(option)}]"
            return _joined((f"\\{name}{chosen}", *map(latex, arguments)))
        case Words(name, words):
            return f"\\{name}{{{words}}}"
        case Scripted(base, scripts):
            return latex(base) + "".join(mark.strip("'") + latex(x) for mark, x in scripts)
        case Fenced(left, body, right):
            return _joined((r"\left" + left, latex(body), r"\right" + right))
        case Table(name, rows):
            lines = (r"\\".join("&".join(map(latex, cells)) for cells in rows),)
            return _joined((rf"\begin{{{name}}}", *lines, rf"\end{{{name}}}") if name else lines)
    raise TypeError(f"no LaTeX for {box!r}")


def _joined(pieces: Iterable[str]) -> str:
    r"""Return LaTeX one after the other, with a space where ``\ne`` and ``a`` were ``\nea``."""
    found = [piece for piece in pieces if piece]
    text = "".join(found[:1])
    for before, piece in pairwise(found):
        name = before.rpartition("\\")[2]
        text += " " * (name.isalpha() and "\\" in before and piece[0].isalpha()) + piece
    return text


def row(*boxes: Box) -> Row:
    """Return boxes as one row, the rows among them that are no group opened."""
    items: list[Box] = []
    for box in boxes:
        items += box.items if isinstance(box, Row) and not box.braced else (box,)
    return Row(tuple(items))


def group(box: Box) -> Row:
    """Return a box in braces."""
    return Row(row(box).items, braced=True)


def parted(box: Row, command: str) -> list[Row]:
    r"""Return what stands between the places where a row has a command, such as ``\qquad``."""
    found: list[list[Box]] = [[]]
    for item in box.items:
        if item == Atom(command):
            found.append([])
        else:
            found[-1].append(item)
    return [stripped(Row(tuple(items))) for items in found]


def stripped(box: Row, *spaces: str) -> Row:
    """Return a row without the blanks, and the spaces named, at its ends."""
    items = list(box.items)
    for end in (0, -1):
        while items and (isinstance(items[end], Blank) or latex(items[end]) in spaces):
            del items[end]
    return Row(tuple(items))
