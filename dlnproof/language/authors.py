r"""An author's notation, said once: ``let L = N, s = sigma; normalization = sum; van = j-i``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from types import MappingProxyType
from typing import Final

from dlnproof.errors import InputError
from dlnproof.files.fields import shortened
from dlnproof.language.tokens import Token, group, joined, tokens
from dlnproof.language.tree import Call, Negative, Node, rebuilt

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
        "W": "W",
        "U": "U",
        "V": "V",
    }
)
"""What an author's letter can stand for, and how it is written in LaTeX."""

_CONVENTIONS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {"normalization": ("mean", "sum"), "van": ("i-j", "j-i")}
)
"""What else differs between papers, as here and otherwise.

The operator is the mean, or the sum, of N terms; van(x) is prod_{i<j} (x_i - x_j), or (x_j - x_i).
"""

_WORDS: Final = frozenset({r"\operatorname", r"\mathrm", r"\text", r"\textrm", r"\mathsf"})


@dataclass(frozen=True)
class Notation:
    """What an author's letters stand for, by names of ours, and the author's conventions.

    A letter is a token of LaTeX, or a name in plain text. ``total``: the operator is the sum of its
    N terms; ``ascending``: van(x) is prod_{i<j} (x_j - x_i). ``braced`` are the letters that are
    macros with an argument: ``\\sv{i}`` is a singular value, ``\\vdm{x}`` a van(x).
    """

    letters: Mapping[str, str] = field(default_factory=dict)
    total: bool = False
    ascending: bool = False
    braced: tuple[str, ...] = ()

    @property
    def said(self) -> dict[str, str]:
        """What an author says of letters and conventions, by what it is said of."""
        said = dict(self.letters)
        for name, other in (("normalization", self.total), ("van", self.ascending)):
            if other:
                said[name] = _CONVENTIONS[name][1]
        return said

    def let(self, says: str) -> Notation:
        """Return it with ``let x = name, ...; normalization = sum; van = j-i`` taken in.

        Raises :class:`InputError` for anything else.
        """
        made, seen = self, set[str]()
        for pair in re.split("[,;]", says.removeprefix("let ")):
            theirs, equals, ours = (part.strip() for part in pair.partition("="))
            name = theirs.replace("normalisation", "normalization")
            if name in seen:
                raise InputError(f"let: got {shortened(theirs)!r} twice, expected it once")
            seen.add(name)
            if name in _CONVENTIONS:
                usual, other = _CONVENTIONS[name]
                chosen = ours.replace(" ", "")
                if chosen not in (usual, other):
                    raise InputError(
                        f"{theirs}: got {shortened(ours)!r}, expected {usual} or {other}"
                    )
                if name == "van":
                    made = replace(made, ascending=chosen == other)
                else:
                    made = replace(made, total=chosen == other)
                continue
            if not equals or not theirs or ours not in OURS:
                raise InputError(
                    f"let: got {shortened(pair.strip())!r}, expected X = NAME with a name of "
                    f"{', '.join(OURS)}; or normalization = sum; or van = j-i"
                )
            if len(list(tokens(theirs))) != 1:
                raise InputError(
                    f"let: got {shortened(theirs)!r}, expected one letter or one command"
                )
            made = replace(made, letters={**made.letters, theirs: ours})
        return made

    @property
    def rewrites(self) -> bool:
        """Whether a formula of the author's is written otherwise here."""
        return bool(self.letters) or self.ascending

    def ours(self, text: str, *, latex: bool) -> str:
        """Return a formula with the author's letters replaced by ours, all at once.

        A letter of ours that another stands for may not occur beside it: it would mean two things.
        """
        if not latex:
            names = set(re.findall(r"[A-Za-z]+", text))
            self._check(names, {name: name for name in OURS})
            return re.sub(r"[A-Za-z]+", lambda found: self.letters.get(found[0], found[0]), text)
        stream = list(tokens(text))
        self._check({token.text for token, in_word in _apart(stream) if not in_word}, OURS)
        found: list[Token] = []
        for token, in_word in _apart(stream):
            if in_word or token.text not in self.letters:
                found.append(token)
            else:
                index = "_" * (token.text in self.braced and self.letters[token.text] == "sigma")
                new = tokens(OURS[self.letters[token.text]] + index)
                found += [token.printing(x.text) for x in new]
        return joined(found)

    def _check(self, used: set[str], shown: Mapping[str, str]) -> None:
        for theirs, ours in self.letters.items():
            there = shown[ours]
            if theirs in used and there in used and there not in self.letters and there != theirs:
                raise InputError(
                    f"{there} is used beside {theirs}, which stands for it; say what {there} "
                    "stands for, with 'let'"
                )

    def back(self, latex: str) -> str:
        """Return a formula of ours, in LaTeX, in the author's letters."""
        theirs = {OURS[ours]: name for name, ours in self.letters.items()}
        word = r"\operatorname{van}"
        if word in theirs:
            latex = latex.replace(word, f"{theirs[word]} ")
        made = [
            token if in_word else token.printing(theirs.get(token.text, token.text))
            for token, in_word in _apart(list(tokens(latex)))
        ]
        return joined(_with_arguments(made, self.braced) if self.braced else made)

    def back_plain(self, text: str) -> str:
        """Return a formula of ours, in plain text, in the author's letters."""
        theirs = {ours: name for name, ours in self.letters.items() if name.isalpha()}
        return re.sub(r"[A-Za-z]+", lambda found: theirs.get(found[0], found[0]), text)

    def ordered(self, tree: Node) -> Node:
        """Return a formula with van in our order, where it is in the author's; or the reverse."""
        return turned(tree) if self.ascending else tree


def _with_arguments(stream: Sequence[Token], braced: Sequence[str]) -> list[Token]:
    r"""Return ``\sv_{i}`` as ``\sv{i}``, ``\vdm(x)`` as ``\vdm{x}``: macros with an argument."""
    made = list(stream)
    for at in range(len(made) - 1, -1, -1):  # what stands inside comes first
        if made[at].text not in braced:
            continue
        rest = made[at + 1 :]
        while rest and rest[0].is_space:
            del rest[0]
        texts = [token.text for token in rest]
        if texts[:1] == ["_"]:
            argument, end = group(rest, 1)
        elif texts[:1] == ["("] or texts[:2] == [r"\left", "("]:
            sized = texts[0] == r"\left"
            deep = accumulate((text == "(") - (text == ")") for text in texts[sized:])
            end = next((k for k, left in enumerate(deep, sized) if not left), len(texts))
            argument, end = rest[1 + sized : end - sized], end + 1
        else:
            argument, end = [], 0
        opens, closes = (made[at].printing(brace) for brace in "{}")
        made[at + 1 :] = [opens, *argument, closes, *rest[end:]]
    return made


def turned(node: Node) -> Node:
    """Return a formula with van(-x) for van(x): prod_{i<j} (x_j - x_i)."""
    made = rebuilt(node, [turned(part) for part in node.parts()])
    if isinstance(made, Call) and made.name == "van":
        return Call("van", made.of.of if isinstance(made.of, Negative) else Negative(made.of))
    return made


def _apart(stream: Sequence[Token]) -> Iterator[tuple[Token, bool]]:
    """Yield the tokens of a formula, and whether each stands in a word, and is no letter."""
    at = 0
    while at < len(stream):
        token, at = stream[at], at + 1
        yield token, False
        if token.text in _WORDS or token.text == r"\rm":
            _, end = group(stream, at)
            while token.text == r"\rm" and end < len(stream) and stream[end].text != "}":
                end += 1
            inside = [t.text for t in group(stream, at)[0]]
            is_matrix = token.text == r"\mathsf" and len(inside) == 1 and inside != ["T"]
            yield from ((letter, not is_matrix) for letter in stream[at:end])
            at = end
