"""LaTeX source as tokens that know where they stand; nothing of it is executed.

A parser of LaTeX documents (pylatexenc 2.11 was tried) gives a tree of nodes, but expands no
macro, and takes a second for a paper. Formulas are read by a grammar of our own; what is needed
of the document around them is less than its tree: tokens, groups, environments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dlnproof.errors import InputError

_TOKEN: Final = re.compile(r"%[^\n]*|\\[A-Za-z@]+|\\.|.", re.DOTALL)
_VERBATIM: Final = re.compile(
    r"\\begin\{(?P<name>verbatim\*?|Verbatim|lstlisting|minted|comment)\}"
    r"|\\(?:verb|lstinline)\*?(?P<mark>[^A-Za-z\s*])[^\n]*?(?P=mark)"
    r"|\\.|%[^\n]*"
)
_MOST_OPTIONAL: Final = 100
MOST_ARGUMENT: Final = 2_000
"""How many tokens an argument of a macro may have."""


@dataclass(frozen=True, slots=True)
class Token:
    """A command, a character, or a comment up to its end of line: its text, file and offset."""

    text: str
    file: int
    at: int

    @property
    def is_space(self) -> bool:
        """Whether it prints nothing of its own: white space, or a comment."""
        return self.text.isspace() or self.text[0] == "%"

    @property
    def is_word(self) -> bool:
        r"""Whether it is a command with a name, such as ``\sigma``."""
        return self.text[0] == "\\" and self.text[1:2].isalpha()

    def printing(self, text: str) -> Token:
        """Return a token of another text that stands where this one does."""
        return Token(text, self.file, self.at)


class AtTokenError(InputError):
    """What is wrong with a source at a token of it."""

    def __init__(self, token: Token, says: str) -> None:
        super().__init__(says)
        self.token = token


def tokens(text: str, file: int = 0) -> Iterator[Token]:
    """Yield the tokens of a text; what is printed word for word (``verbatim``) is left out."""
    at = 0
    for start, stop in (*_verbatim(text), (len(text), len(text))):
        for found in _TOKEN.finditer(text, at, start):
            yield Token(found[0], file, found.start())
        at = stop


def _verbatim(text: str) -> Iterator[tuple[int, int]]:
    """Yield where what is printed word for word begins and ends; in comments nothing is."""
    at = 0
    unclosed: set[str] = set()
    while found := _VERBATIM.search(text, at):
        at = found.end()
        name = found["name"]
        if name in unclosed or not (name or found["mark"]):
            continue
        if name is not None:
            end = text.find(f"\\end{{{name}}}", at)
            if end < 0:
                unclosed.add(name)
                continue
            at = end + len(name) + len("\\end{}")
        yield found.start(), at


def group(stream: Sequence[Token], at: int) -> tuple[list[Token], int]:
    """Return an argument, a group without its braces or one token, and where it ends.

    Raises :class:`InputError` where a group is not closed.
    """
    while at < len(stream) and stream[at].is_space:
        at += 1
    if at == len(stream):
        return [], at
    if stream[at].text != "{":
        return [stream[at]], at + 1
    end = closing(stream, at)
    return list(stream[at + 1 : end]), end + 1


def optional(stream: Sequence[Token], at: int) -> tuple[list[Token] | None, int]:
    """Return an argument in square brackets, None where there is none, and where it ends."""
    start = at
    while start < len(stream) and stream[start].is_space:
        start += 1
    if start == len(stream) or stream[start].text != "[":
        return None, at
    deep = 0
    for k in range(start + 1, min(start + _MOST_OPTIONAL, len(stream))):
        deep += (stream[k].text == "{") - (stream[k].text == "}")
        if not deep and stream[k].text == "]":
            return list(stream[start + 1 : k]), k + 1
    return None, at


def closing(stream: Sequence[Token], at: int) -> int:
    """Return where the group that opens there closes."""
    deep = 0
    for k in range(at, len(stream)):
        deep += (stream[k].text == "{") - (stream[k].text == "}")
        if not deep:
            return k
    raise AtTokenError(stream[at], "got a brace that is not closed, expected }")


def joined(stream: Iterable[Token]) -> str:
    """Return tokens as text: no comments, and a space where a command would run into a letter."""
    return "".join(placed(stream))


def placed(stream: Iterable[Token]) -> Iterator[str]:
    """Yield what each token adds to the text that they are."""
    ends_word = False
    for token in stream:
        if token.text[0] == "%":
            yield ""
            continue
        yield f" {token.text}" if ends_word and token.text[:1].isalpha() else token.text
        ends_word = token.is_word
