"""Atoms of a formula as MathML, and the space between them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from dlnproof.notation import symbols
from dlnproof.notation.markup import Markup, tag

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


class LatexError(ValueError):
    """LaTeX that cannot be shown as MathML; the message names the piece."""


@dataclass(frozen=True)
class Atom:
    """A piece of a formula: TeX's class of it (or "space"), and whether its scripts are limits."""

    kind: str
    markup: Markup
    limits: bool = False


def key_of(token: str) -> str:
    r"""Return a token as the tables of symbols have it: ``\alpha`` without its backslash."""
    return token[1:] if len(token) > 2 else token


def symbol(token: str, before: str, tight: bool) -> Atom | None:
    """Return the atom of a token that takes no argument, after one of class ``before``.

    ``tight``: within a script, where TeX leaves out the space around signs.
    """
    key = key_of(token)
    if key in symbols.BINARY:
        if before in _BEFORE_A_SIGN:  # it belongs to what follows
            return Atom("ord", tag("mo", symbols.BINARY[key], form="prefix", **_NO_SPACE))
        return Atom("bin", tag("mo", symbols.BINARY[key], form="infix", **_space(tight)))
    if key in symbols.FUNCTIONS:
        return function(key, limits=key in symbols.WITH_LIMITS)
    for table, make in _MAKERS:
        if key in table:
            return make(key, table[key], tight)
    return None


def _large(key: str, mark: str, tight: bool) -> Atom:
    return Atom("op", tag("mo", mark, **_NO_SPACE), limits=key in symbols.WITH_LIMITS)


_MAKERS: Final[tuple[tuple[Mapping[str, str], Callable[[str, str, bool], Atom]], ...]] = (
    (symbols.SLANTED, lambda key, mark, tight: Atom("ord", tag("mi", mark))),
    (symbols.UPRIGHT, lambda key, mark, tight: Atom("ord", tag("mi", mark, mathvariant="normal"))),
    (symbols.SOLID, lambda key, mark, tight: Atom("ord", tag("mo", mark, **_NO_SPACE))),
    (symbols.DOTS, lambda key, mark, tight: Atom("inner", tag("mo", mark, **_NO_SPACE))),
    (symbols.LARGE, _large),
    (symbols.RELATION, lambda key, mark, tight: Atom("rel", tag("mo", mark, **_space(tight)))),
    (symbols.OPENING, lambda key, mark, tight: delimiter(mark, opening=True)),
    (symbols.CLOSING, lambda key, mark, tight: delimiter(mark, opening=False)),
    (
        symbols.PUNCTUATION,
        lambda key, mark, tight: Atom("punct", tag("mo", mark, **_space(tight or mark == "."))),
    ),
    (symbols.SPACES, lambda key, mark, tight: Atom("space", tag("mspace", width=mark))),
)


def _space(tight: bool) -> dict[str, str]:
    return _NO_SPACE if tight else {}


def delimiter(mark: str, opening: bool) -> Atom:
    """Return a bracket or bar of its usual size."""
    form = "prefix" if opening else "postfix"
    made = tag("mo", mark, form=form, stretchy="false", **_NO_SPACE)
    return Atom("open" if opening else "close", made)


def fence(mark: str, form: str, size: str = "") -> Markup:
    """Return a bracket that grows with what it encloses, or has a size; "" for none."""
    if not mark:
        return Markup("")
    sized = {"minsize": size, "maxsize": size} if size else {}
    return tag("mo", mark, form=form, stretchy="true", **sized, **_NO_SPACE)


def function(name: str, limits: bool) -> Atom:
    """Return the name of a function; with limits, they stand below it in a display."""
    if limits:
        sign = tag("mo", name, form="prefix", movablelimits="true", **_NO_SPACE)
        return Atom("op", sign, limits=True)
    return Atom("op", tag("mi", name, **({"mathvariant": "normal"} if len(name) == 1 else {})))


def letter_of(letter: str, alphabet: str) -> str:
    """Return a letter of a mathematical alphabet.

    >>> letter_of("A", "SCRIPT") == "\\U0001d49c"
    True
    """
    case = "CAPITAL" if letter.isupper() else "SMALL"
    for name in (
        f"MATHEMATICAL {alphabet} {case} {letter.upper()}",
        f"{alphabet} {case} {letter.upper()}",  # those that Unicode had before the alphabet
    ):
        try:
            return unicodedata.lookup(name)
        except KeyError:
            continue
    raise LatexError(f"no MathML for '{letter}' in the alphabet {alphabet.lower()}")


def spaced(atoms: list[Atom], tight: bool) -> Markup:
    """Return atoms in a row with the thin spaces that TeX puts between them."""
    pieces: list[Markup] = []
    before = ""
    for atom in atoms:
        pair = f"{before} {atom.kind}"
        if pair in _THIN and not (tight and "op" not in pair.split()):
            pieces.append(tag("mspace", width=symbols.SPACES[r"\,"]))
        pieces.append(atom.markup)
        before = atom.kind
    return pieces[0] if len(pieces) == 1 else tag("mrow", *pieces)
