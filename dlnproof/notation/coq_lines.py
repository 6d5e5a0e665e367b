r"""Statements of Coq on lines of a width, broken where a reader looks for a break.

The head with its binders comes first; then the hypotheses; then, from the start of a line, the
conclusion. What is still too long is broken at its loosest connective, which ends the line, and so
on inwards: conjunctions, relations, sums, products, arguments, brackets. Only spaces change.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_OPENING: Final = "([{"
_CLOSING: Final = ")]}"
_BINDERS: Final = {"forall": ",", "exists": ",", "exists2": ",", "fun": "=>", "let": "in"}
"""What binds all that follows, and how the end of what it binds is written."""
_LEVELS: Final = (
    (":", ":="),
    (",", "&"),
    ("->",),
    ("<->",),
    ("\\/",),
    ("/\\",),
    ("=", "<>", "!=", "==", "<=", "<", ">=", ">", "\\in", "=i"),
    ("+", "-"),
    ("*", "/", "*m", "*:", "*+", "*-", "\\o"),
)
"""The connectives, the loosest first; what is written side by side is tighter than all of them."""
_CONNECTIVES: Final = frozenset(word for level in _LEVELS for word in level)
_ALONE: Final = frozenset((",", "&", "<->", "\\/", "/\\"))
"""Connectives of which each operand has lines of its own."""
_TIED: Final = frozenset(("^+", "^-", ":>", ":", "-"))
"""What stands on one line with what is before it and after it, where it is no connective."""
_STEP: Final = 2


def laid_out(statement: str, width: int) -> str:
    r"""Return a statement, or a declaration, on lines of a width.

    >>> print(laid_out("Theorem t (F : fieldType) i : 0 < i -> a i <= b * c i + d.", 30))
    Theorem t (F : fieldType) i :
      0 < i -> a i <= b * c i + d.
    """
    atoms = _atoms(" ".join(statement.split()))
    end = next((k for k, atom in enumerate(atoms, 1) if atom.endswith(":")), 0)
    head, body = " ".join(atoms[:end]), " ".join(atoms[end:])
    if atoms[0] not in ("Theorem", "Lemma") and len(" ".join(atoms)) <= width:
        return " ".join(atoms)
    lines = _filled(_tied(_atoms(head)), 0, width) if head else []
    return "\n".join([*lines, *_broken(body, _STEP if head else 0, width)])


def _atoms(text: str) -> list[str]:
    """Return what spaces separate outside of brackets."""
    found, depth, start = [], 0, 0
    for k, letter in enumerate(text):
        depth += (letter in _OPENING) - (letter in _CLOSING)
        if letter == " " and not depth:
            found.append(text[start:k])
            start = k + 1
    return [atom for atom in (*found, text[start:]) if atom]


def _broken(text: str, indent: int, width: int) -> list[str]:
    """Return text on lines from a column on, whole if it fits."""
    if indent + len(text) <= width:
        return [" " * indent + text]
    *before, last = atoms = _atoms(text)
    if before and last in _CONNECTIVES:  # what it connects is broken, it stays at the end
        lines = _broken(" ".join(before), indent, width - len(last) - 1)
        return [*lines[:-1], f"{lines[-1]} {last}"]
    pieces = _operands(atoms)
    if len(pieces) == 1:
        tied = _tied(atoms)
        return (_filled if len(tied) > 1 else _inside)(tied, indent, width)
    connective = pieces[0].rpartition(" ")[2]
    if connective == "->":
        lines = _filled(pieces[:-1], indent, width, whole=True)
        return lines + _broken(pieces[-1], indent, width)
    if connective in _ALONE or connective.endswith(",") or pieces[0].startswith("if "):
        return [line for piece in pieces for line in _broken(piece, indent, width)]
    return _filled(pieces, indent, width)


def _operands(atoms: Sequence[str]) -> list[str]:
    """Return the operands of the loosest connective, each with the one that follows it."""
    if atoms[0] in _BINDERS:
        closing = _BINDERS[atoms[0]]
        heads = (k for k, atom in enumerate(atoms, 1) if atom.endswith(closing))
        if (end := next(heads, len(atoms))) == len(atoms):
            return [" ".join(atoms)]
        head, inside = " ".join(atoms[:end]), _operands(atoms[end:])
        if inside[0].endswith(" ->"):
            return [f"{head} {inside[0]}", *inside[1:]]
        return [head, " ".join(atoms[end:])]
    if atoms[0] == "if":
        cuts = [k for k, atom in enumerate(atoms) if atom in ("then", "else")]
        return _cut(atoms, cuts) or [" ".join(atoms)]
    bound = next((k for k, atom in enumerate(atoms) if atom in _BINDERS), len(atoms))
    for level in _LEVELS:
        ends = [
            k + 1
            for k, atom in enumerate(atoms[:bound])
            if (atom in level or ("," in level and atom.endswith(",")))
            and not (atom == "-" and (k == 0 or atoms[k - 1] in _CONNECTIVES))
        ]
        if pieces := _cut(atoms, [k for k in ends if k < len(atoms)]):
            return pieces
    return [" ".join(atoms)]


def _cut(atoms: Sequence[str], at: Sequence[int]) -> list[str]:
    """Return the atoms in pieces, none where there is nowhere to cut."""
    ends = zip([0, *at], [*at, len(atoms)], strict=True)
    return [" ".join(atoms[a:b]) for a, b in ends] if at else []


def _tied(atoms: Sequence[str]) -> list[str]:
    """Return the atoms, those joined that belong on one line."""
    found: list[str] = []
    for atom in atoms:
        if found and (atom in _TIED or found[-1].rpartition(" ")[2] in _TIED):
            found[-1] += f" {atom}"
        else:
            found.append(atom)
    return found


def _filled(pieces: Sequence[str], indent: int, width: int, *, whole: bool = False) -> list[str]:
    """Return pieces one after the other, on as few lines as they fit; later lines further in.

    Those that are ``whole`` begin all at one column, and nothing goes on after one that is broken.
    """
    lines: list[str] = []
    full = False
    for piece in pieces:
        if lines and not full and len(lines[-1]) + 1 + len(piece) <= width:
            lines[-1] += f" {piece}"
        else:
            more = _broken(piece, indent + (_STEP if lines and not whole else 0), width)
            full = whole and len(more) > 1
            lines += more
    return lines


def _inside(pieces: Sequence[str], indent: int, width: int) -> list[str]:
    """Return one piece, which has no other place to break, broken within its first brackets."""
    [piece] = pieces
    start = min((k for k in map(piece.find, _OPENING) if k >= 0), default=-1)
    if indent + len(piece) <= width or start < 0:
        return [" " * indent + piece]
    depth = 0
    for end in range(start, len(piece)):
        depth += (piece[end] in _OPENING) - (piece[end] in _CLOSING)
        if not depth:
            break
    if piece.startswith("[/\\ ", start):  # a conjunction of what commas separate
        start += 3
    before, inside, after = piece[: start + 1], piece[start + 1 : end], piece[end:]
    if not inside:
        return [" " * indent + piece]
    first, *rest = _broken(inside, indent + len(before), width - len(after))
    lines = [" " * indent + before + first.lstrip(), *rest]
    return [*lines[:-1], lines[-1] + after]
