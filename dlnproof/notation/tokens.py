"""The tokens of a formula in LaTeX, read one after the other."""

from __future__ import annotations

import re
from typing import Final, NoReturn

from dlnproof.notation.atoms import LatexError

_TOKEN: Final = re.compile(r"\\(?:[a-zA-Z]+\*?|.)|[^\s]", re.DOTALL)


class Tokens:
    """A formula's tokens; ``at`` is the place where reading stands."""

    def __init__(self, latex: str) -> None:
        self._latex = latex
        found = list(_TOKEN.finditer(latex))
        self._tokens = [match[0] for match in found]
        self._starts = [match.start() for match in found]
        self.at = 0

    @property
    def has_rows(self) -> bool:
        """Whether the formula is rows of an alignment, outside of any environment."""
        depth = 0
        for token in self._tokens:
            depth += token == r"\begin"
            depth -= token == r"\end"
            if not depth and token in ("&", r"\\"):
                return True
        return False

    def peek(self, further: int = 0) -> str:
        """Return the token that comes next, or later; "" after the end."""
        at = self.at + further
        return self._tokens[at] if at < len(self._tokens) else ""

    def next(self) -> str:
        """Return the next token and pass over it. Raises :class:`LatexError` at the end."""
        token = self.peek()
        if not token:
            self.fail("it ends too early")
        self.at += 1
        return token

    def fail(self, what: str) -> NoReturn:
        """Refuse the formula; the message names the piece."""
        raise LatexError(f"no MathML for {what} in: {self._latex.strip()[:200]}")

    def words(self) -> str:
        """Return the braced argument as it stands in the source, spaces included."""
        if self.peek() != "{":
            self.fail("an argument without braces")
        depth, first = 0, self.at
        while True:
            token = self.next()
            depth += (token == "{") - (token == "}")
            if depth == 0:
                return self._latex[self._starts[first] + 1 : self._starts[self.at - 1]]
