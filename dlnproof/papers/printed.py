r"""What an author's macros print, of which it is said what they stand for, where the paper is not.

An appendix that is read by itself has none of the paper's macros: it has what they print. What a
macro prints is no LaTeX of the notation where it is not known, or of other packages: there it
prints our own letter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from dlnproof.errors import InputError
from dlnproof.language.authors import OURS, Notation
from dlnproof.language.tokens import MOST_ARGUMENT, joined, tokens
from dlnproof.notation.reading import LatexError, read
from dlnproof.papers.macros import Macro, expanded

_TAKE_ARGUMENTS: Final = ("sigma", "van")
"""What a macro with an argument can stand for: of the index, or of what stands in brackets."""


def braced(notation: Notation, known: Mapping[str, Macro]) -> Notation:
    """Return an author's notation with which of its letters are macros with an argument.

    Raises :class:`InputError` for a macro that takes others than one for ``sigma`` or ``van``.
    """
    taking = {name: known[name] for name in notation.letters if name in known}
    taking = {name: macro for name, macro in taking.items() if macro.arguments}
    for name, macro in taking.items():
        optional = macro.default is not None
        if macro.arguments > 1 or optional or notation.letters[name] not in _TAKE_ARGUMENTS:
            raise InputError(
                f"let: got {name}, a macro with {macro.arguments} argument"
                f"{'s' * (macro.arguments > 1)}{', one optional' * optional}; expected one "
                "without, or with one for sigma or van; say what the letters that it prints stand "
                "for, and it is expanded"
            )
    return replace(notation, braced=tuple(sorted(taking)))


class Printing:
    """What the macros of a paper print, all macros expanded: each is looked at once."""

    def __init__(self, known: Mapping[str, Macro]) -> None:
        self._known = known
        self._read: dict[str, Macro | None] = {}

    def of(self, notation: Notation) -> dict[str, Macro]:
        """Return an author's letters that are macros, with what they print."""
        names = {name: ours for name, ours in notation.letters.items() if name in self._known}
        for name in names:
            if name not in self._read:
                self._read[name] = _read(self._known[name], self._known)
        return {
            name: self._read[name] or _of_ours(self._known[name], ours)
            for name, ours in names.items()
        }


def _read(macro: Macro, known: Mapping[str, Macro]) -> Macro | None:
    """Return a macro that prints the same by LaTeX alone, or None where that is not known."""
    if macro.unread:
        return None
    try:
        body = expanded(macro.body, known)
        made = replace(macro, body=tuple(body))
        if len(body) > MOST_ARGUMENT:
            return None
        read(joined(expanded([*tokens(r"\x"), *tokens("{x}" * macro.arguments)], {r"\x": made})))
    except (InputError, LatexError):
        return None
    has = {token.text for token in body}
    if "^" in has or ("_" in has and not macro.arguments):  # powers and indices follow
        return replace(macro, body=(*tokens("{"), *body, *tokens("}")))
    return made


def _of_ours(macro: Macro, name: str) -> Macro:
    argument = {"sigma": "_{#1}", "van": "(#1)"}[name] if macro.arguments else ""
    return Macro(macro.arguments, tuple(tokens(OURS[name] + argument)))
