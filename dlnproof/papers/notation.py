r"""An author's notation, said once: ``% dlnproof: let L = N, n = d, s = sigma``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from dlnproof.errors import InputError
from dlnproof.papers.tokens import Token, group, joined, tokens

OURS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "N": "N",
        "d": "d",
        "i": "i",
        "l": "l",
        "sigma": r"\sigma",
        "Sigma": r"\Sigma",
        "van": r"\operatorname{van}",
        "c": "c",
    }
)
"""What an author's letter can stand for, and how it is written in LaTeX."""

_WORDS: Final = frozenset({r"\operatorname", r"\mathrm", r"\text", r"\textrm", r"\mathsf"})


@dataclass
class Notation:
    """What an author's letters stand for: a token or the text of a command, by a name of ours."""

    letters: dict[str, str] = field(default_factory=dict)

    def let(self, says: str) -> None:
        """Take in a line ``let x = name, ...``. Raises :class:`InputError` for anything else."""
        for pair in says.removeprefix("let ").split(","):
            theirs, equals, ours = (part.strip() for part in pair.partition("="))
            if not equals or not theirs or ours not in OURS:
                raise InputError(
                    f"let: got {pair.strip()[:60]!r}, expected X = NAME with a name of "
                    f"{', '.join(OURS)}"
                )
            if len(list(tokens(theirs))) != 1:
                shown = theirs[:60]
                raise InputError(f"let: got {shown!r}, expected one letter or one command")
            self.letters[theirs] = ours

    def translated(self, stream: Sequence[Token]) -> list[Token]:
        """Return tokens with the author's letters replaced by ours, all at once.

        A letter of ours that another stands for may not occur beside it: it would mean two things.
        """
        used = {token.text for token, in_word in _apart(stream) if not in_word}
        for theirs, ours in self.letters.items():
            there = OURS[ours]
            if theirs in used and there in used and there not in self.letters and there != theirs:
                raise InputError(
                    f"{there} is used beside {theirs}, which stands for it; say what {there} "
                    f"stands for, with '% dlnproof: let'"
                )
        found: list[Token] = []
        for token, in_word in _apart(stream):
            if in_word or token.text not in self.letters:
                found.append(token)
            else:
                new = tokens(OURS[self.letters[token.text]])
                found += [token.printing(x.text) for x in new]
        return found

    def back(self, latex: str) -> str:
        """Return a formula of ours in the author's letters."""
        theirs = {OURS[ours]: name for name, ours in self.letters.items()}
        return joined(t.printing(theirs.get(t.text, t.text)) for t in tokens(latex))


def _apart(stream: Sequence[Token]) -> Iterator[tuple[Token, bool]]:
    """Yield the tokens of a formula, and whether each stands in a word, and is no letter."""
    at = 0
    while at < len(stream):
        token, at = stream[at], at + 1
        yield token, False
        if token.text in _WORDS:
            _, end = group(stream, at)
            yield from ((inside, True) for inside in stream[at:end])
            at = end


def written(stream: Sequence[Token]) -> str:
    """Return tokens as a formula that our grammar reads."""
    return " ".join(joined(stream).split())
