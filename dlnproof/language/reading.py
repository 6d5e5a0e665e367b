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
from dlnproof.language.spellings import as_latex, spelled
from dlnproof.language.tree import Node

MAX_CHARACTERS: Final = 10_000
MAX_NESTING: Final = 60
"""How many brackets may be open at once."""
_CLOSING: Final = {"(": ")", "[": "]", "{": "}"}

_INSTEAD: Final = {
    r"\Lambda": r"for Sigma^(1/N) write \Sigma^{1/N}",
    r"\lambda": r"write the eigenvalue out, in \sigma_i and \sigma_l; if \lambda_i is a singular "
    r"value say so: let \lambda = sigma",
    r"\Delta": r"write \operatorname{van}(\Sigma^2), or of another function of \Sigma",
    r"\int": r"write the integral out: that of a^{1-s}b^s over s from 0 to 1 is "
    r"\frac{a-b}{\log a-\log b}",
    **dict.fromkeys(
        (rf"\{font}" for font in ("mathsf", "mathbf", "boldsymbol", "bm", "mathcal", "mathfrak")),
        "of a matrix in such letters say what its letter is: let S = Sigma; of others, what a "
        r"macro is that prints them: let \sv = sigma",
    ),
    r"\|": r"write a norm in singular values, as in \sum_i \sigma_i^2",
    r"\norm": r"write a norm in singular values, as in \sum_i \sigma_i^2",
    r"\min": "the number of singular values that are not zero is d, or r",
    "\\\\": "give one formula, without rows",
    r"\begin": "give one formula, without an environment",
    **dict.fromkeys((r"\dots", r"\ldots", r"\cdots"), r"write sums and products with an index"),
}
"""What to write in place of what papers write."""

_LATEX: Final = re.compile(
    r"\\|[_^]\s*\{|(?<![A-Za-z])(?:(?:sum|prod|lambda)_|(?:log|exp|det|tr|van)\s+[A-Za-z])"
)
"""What is LaTeX, or what a terminal shows of it: ``c_{d}``, ``prod_i``, ``log sigma_i``."""

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
    _check_closed(text)
    text, displayed = text.strip(), False
    for start, end in _WRAPPERS:
        if len(text) > len(start) + len(end) and text.startswith(start) and text.endswith(end):
            text, displayed = text[len(start) : -len(end)].strip(), True
    if not text:
        raise InputError("got nothing, expected a formula")
    _check_nesting(text)
    if not displayed and not _LATEX.search(text):
        return text, False
    text = re.sub(r"(?<!\\)[.,;]$", "", text)  # a display ends its sentence
    return (text if "\\" in text else as_latex(text)), True


def parsed(text: str, is_latex: bool) -> Node:
    """Return the tree of a bare formula in one of the notations. Raises :class:`InputError`."""
    language: ModuleType = latex if is_latex else plain
    text = spelled(text, latex=is_latex)
    if not is_latex:
        plain.check_exponents(text)
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


def _check_closed(text: str) -> None:
    """Refuse a formula that ends while a bracket is open; what else is amiss a grammar refuses."""
    opened: list[tuple[int, str]] = []
    for at, character in enumerate(text, start=1):
        if character in _CLOSING:
            opened.append((at, character))
        elif character in ")]}" and (not opened or _CLOSING[opened.pop()[1]] != character):
            return
    if opened:
        at, bracket = opened[-1]
        raise InputError(
            f"it ends too early: {bracket!r} at column {at} is open, expected {_CLOSING[bracket]!r}"
        )


def _shown_before(text: str) -> str:
    """Return the last whole tokens of a text, about twenty characters of them."""
    shown = ""
    for token in reversed(re.findall(r"\\?[A-Za-z]+|\d+|\\?.", text, flags=re.DOTALL)):
        if shown and len(token + shown) > 20:
            break
        shown = token + shown
    return " ".join(shown[-40:].split())


def _refusal(error: UnexpectedInput, text: str, is_latex: bool) -> str:
    language = "LaTeX" if is_latex else "plain text"
    if isinstance(error, UnexpectedEOF) or (
        isinstance(error, UnexpectedToken) and error.token.type == "$END"
    ):
        return f"read as {language}: it ends too early, expected a whole formula"
    if isinstance(error, UnexpectedToken):
        got, at, terminals = str(error.token), error.token.start_pos or 0, error.accepts
    else:
        assert isinstance(error, UnexpectedCharacters)
        at, terminals = error.pos_in_stream, set(error.allowed or ()) - {"RPAR"}  # open or not
        [got] = re.findall(r"^\\?[A-Za-z]+|^\\?.", text[at:], flags=re.DOTALL)
    before = _shown_before(text[:at])
    hint = ""
    if got in ("=", ":"):
        hint = "; give the right-hand side alone"
    elif is_latex and got in _INSTEAD:
        hint = f"; {_INSTEAD[got]}"
    elif is_latex and got.startswith("\\"):
        hint = (
            f"; {got[:20]} has no meaning here: write it out, or say which of our names it is: let "
            f'{got[:20]} = N (at the command line, --let "{got[:20]} = N")'
        )
    elif not is_latex and got in ("<", "<=", ">", ">=", "!="):
        hint = "; write prod(i<l, ...) or prod_{i<l} ..."
    elif not is_latex and re.fullmatch(r"[\w(]+", got) and "/" in before:
        hint = "; a/b c may mean (a/b) c or a/(b c): write one of them"
    after = f" after '{before}'" if before else ""
    wanted = _wanted(terminals)
    return f"read as {language}: got '{' '.join(got[:40].split())}'{after}, expected {wanted}{hint}"


def _wanted(terminals: set[str]) -> str:
    """Return what can stand where the parser would take one of these terminals."""
    if "NUMBER" in terminals:
        return "a number, a name or an opening bracket"
    ends = ["the end"] if "$END" in terminals else ["a closing bracket"] * ("RPAR" in terminals)
    found = ["an arithmetic operator"] * ("PLUS" in terminals) + ends
    last = "a closing brace" if "_CLOSE" in terminals else "a closing bracket"  # what is left
    return " or ".join(found) or last
