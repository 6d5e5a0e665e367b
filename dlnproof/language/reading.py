"""Reading a formula that somebody wrote: bounded, by a grammar, never evaluated."""

from __future__ import annotations

import re
from types import ModuleType
from typing import Final

from lark.exceptions import (
    UnexpectedCharacters,
    UnexpectedEOF,
    UnexpectedInput,
    UnexpectedToken,
    VisitError,
)

from dlnproof.errors import InputError
from dlnproof.language import latex, plain
from dlnproof.language.tree import Node

MAX_CHARACTERS: Final = 10_000
MAX_NESTING: Final = 60
"""How many brackets may be open at once."""

_INSTEAD: Final = {
    r"\Lambda": r"for Sigma^(1/N) write \Sigma^{1/N}",
    r"\lambda": "write the eigenvalue out; of an equation paste the right-hand side alone",
    r"\Delta": r"write \operatorname{van}(...)",
    r"\dots": "write sums and products with an index",
    r"\ldots": "write sums and products with an index",
    r"\cdots": "write sums and products with an index",
}
"""What to write in place of what papers write."""

_DOLLARS: Final = ((r"\(", r"\)"), (r"\[", r"\]"), ("$$", "$$"), ("$", "$"))
_WRAPPERS: Final = (
    *((rf"\begin{{{name}}}", rf"\end{{{name}}}") for name in ("equation", "equation*", "math")),
    *_DOLLARS,
)


def read(text: str) -> Node:
    """Return the tree of a formula in plain text, or in LaTeX: that has a backslash or dollars.

    Raises :class:`InputError` for anything else; what is read has a bounded length, nesting and
    number of digits.
    """
    return parsed(*bare(text))


def bare(text: str) -> tuple[str, bool]:
    """Return a formula without what opens and closes a display, and whether it is LaTeX.

    Raises :class:`InputError` for what is too long, or no ASCII.
    """
    if len(text) > MAX_CHARACTERS:
        raise InputError(f"got {len(text)} characters, expected at most {MAX_CHARACTERS}")
    strange = re.search(r"[^\t\n\r -~]", text)
    if strange:
        raise InputError(
            f"got the character U+{ord(strange[0]):04X} at {strange.start() + 1}, expected ASCII"
        )
    text, displayed = text.strip(), False
    for start, end in _WRAPPERS:
        if len(text) > len(start) + len(end) and text.startswith(start) and text.endswith(end):
            text, displayed = text[len(start) : -len(end)].strip(), True
    if not text:
        raise InputError("got nothing, expected a formula")
    _check_nesting(text)
    # "c_{d}" is LaTeX even without a command
    if not displayed and not re.search(r"\\|[_^]\s*\{", text):
        return text, False
    return re.sub(r"(?<!\\)[.,;]$", "", text), True  # a display ends its sentence


def parsed(text: str, is_latex: bool) -> Node:
    """Return the tree of a bare formula in one of the notations. Raises :class:`InputError`."""
    language: ModuleType = latex if is_latex else plain
    try:
        tree = language.parser().parse(text)
    except UnexpectedInput as error:
        raise InputError(_refusal(error, text, is_latex)) from None
    except VisitError as error:
        raise error.orig_exc from None
    assert isinstance(tree, Node)
    return tree


def _check_nesting(text: str) -> None:
    deep = 0
    for character in text:
        deep += (character in "([{") - (character in ")]}")
        if deep > MAX_NESTING:
            raise InputError(f"got more than {MAX_NESTING} open brackets, expected fewer")


def _refusal(error: UnexpectedInput, text: str, is_latex: bool) -> str:
    language = "LaTeX" if is_latex else "plain text"
    if isinstance(error, UnexpectedEOF) or (
        isinstance(error, UnexpectedToken) and error.token.type == "$END"
    ):
        return f"read as {language}: it ends too early; expected a whole formula, brackets closed"
    if isinstance(error, UnexpectedToken):
        got, at, terminals = str(error.token), error.token.start_pos or 0, error.accepts
    else:
        assert isinstance(error, UnexpectedCharacters)
        at, terminals = error.pos_in_stream, set(error.allowed or ()) - {"RPAR"}  # open or not
        [got] = re.findall(r"^\\?[A-Za-z]+|^\\?.", text[at:], flags=re.DOTALL)
    before = text[max(at - 20, 0) : at]
    hint = ""
    if got in ("=", ":"):
        hint = "; paste the right-hand side alone"
    elif is_latex and got in _INSTEAD:
        hint = f"; {_INSTEAD[got]}"
    elif is_latex and got.startswith("\\"):
        hint = "; this command is not known here"
    elif not is_latex and re.fullmatch(r"[\w(]+", got) and re.search(r"[\w)\]]\s*$", before):
        hint = "; write products with *"
    after = f" after {before!r}" if before else ""
    wanted = _wanted(terminals)
    return f"read as {language}: got {got[:40]!r}{after}, expected {wanted}{hint}"


def _wanted(terminals: set[str]) -> str:
    """Return what can stand where the parser would take one of these terminals."""
    if "NUMBER" in terminals:
        return "a number, a name or an opening bracket"
    ends = ["the end"] if "$END" in terminals else ["a closing bracket"] * ("RPAR" in terminals)
    return " or ".join(["an arithmetic operator"] * ("PLUS" in terminals) + ends)
