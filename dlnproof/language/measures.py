r"""The measure at the end of a formula, ``d\Sigma\,dU\,dV``: where it begins, and of what it is.

A ``d`` in front of a letter of the matrix may be a differential or the width. At the end of a
formula, in a product of such, it is a differential; anywhere else nobody can tell, and it is
refused. A sign or a space that prints (``d\,\sigma_i``) makes it the width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from dlnproof.errors import InputError
from dlnproof.files.fields import shortened
from dlnproof.language.authors import Notation

_FONT: Final = r"\\(?:mathrm|operatorname\*?|mathop|mathsf|mathit|text|textrm)"
_ROMAN: Final = (
    rf"(?:\\mathop\s*\{{\s*\}}\s*(?:\\!\s*)?)?(?:{_FONT}(?:\s*\{{\s*d\s*\}}|\s+d)"
    rf"|\\mathop\s*\{{\s*{_FONT}\s*\{{\s*d\s*\}}\s*\}}|\{{\s*\\rm\s+d\s*\}}"
    r"|\\(?:dd|differential)(?![A-Za-z])(?!\s*[\[(]))"  # of the package physics
)
_D: Final = rf"(?:(?P<roman>{_ROMAN})|d)"
_BOLD: Final = r"\\(?:mathbf|mathsf|boldsymbol|bm)(?![A-Za-z])"
_SPACE: Final = r"\s|\\[,;:! ]|\\(?:wedge|q?quad)(?![A-Za-z])|~|\{\}"
_SPACES: Final = rf"(?:{_SPACE})*"
_DOTS: Final = r"\\(?:cdots|ldots|dots[bcm]?)(?![A-Za-z])"
_SCAN: Final = re.compile(
    rf"(?P<space>{_SPACE})|(?P<d>{_D})|(?P<prod>\\prod(?![A-Za-z]))"
    rf"|{_FONT}\s*\{{[^{{}}]*\}}|\\(?:[A-Za-z]+|.)|.",
    re.DOTALL,
)
_ARGUMENT: Final = re.compile(
    r"(?:[\^_]|\\(?:[cdt]?frac|[dt]?binom)\s*(?:\{[^{}]*\}|\\[A-Za-z]+|[0-9A-Za-z])?"
    r"|\\sqrt\s*(?:\[[^][]*\])?)\s*$"
)
r"""What a ``d`` is an argument of, and no differential: ``\sum_{i=1}^d``, ``\frac1d``."""
_NEAR: Final = 200

_OWN: Final[Mapping[str, str]] = {"S": "Sigma", "Q": "Q", **{x: x for x in "WUV"}}
_GREEK: Final = re.compile(
    r"\\(?:Delta|Gamma|Lambda|Omega|Phi|Pi|Psi|Sigma|Theta|Upsilon|Xi|mu|nu|omega|rho|tau|theta|xi)"
)
_SCALARS: Final = frozenset({"N", "L"})
"""Letters that are a number of ours, or usually are: behind a ``d`` they are a factor."""
MATRICES: Final = frozenset({"Sigma", "W", "U", "V"})


@dataclass(frozen=True)
class Measure:
    r"""The measure at the end of a formula, from ``start`` on, behind the formula's ``end``.

    ``of`` are the names of what the differentials are of, an empty one for what is not known.
    """

    end: int
    start: int
    of: tuple[str, ...]


def measure(text: str, notation: Notation) -> Measure | None:
    r"""Return the measure at the end of a formula in LaTeX, in an author's letters, if it has one.

    >>> measure(r"\operatorname{van}(\Sigma^2)\, d\Sigma \wedge dU\,dV", Notation())
    Measure(end=28, start=31, of=('Sigma', 'U', 'V'))
    """
    read = _Letters(notation)
    for end, begins in _scanned(text):
        if (begins["d"] or begins["prod"]) and (of := read.to_the_end(text, begins.start())):
            return Measure(end, begins.start(), of)
    return None


def without_measure(text: str) -> str:
    r"""Return a formula without what may be a measure, in whose letters ever.

    >>> without_measure(r"\sqrt{\det g}\,dX")
    '\\sqrt{\\det g}'
    """
    found = measure(text, Notation())
    return text if found is None else text[: found.end]


def refuse_differentials(text: str, notation: Notation) -> None:
    r"""Raise :class:`InputError` where a ``d`` may be the width, or that of a differential."""
    read = _Letters(notation)
    integral = re.search(r"\\int(?![A-Za-z])", text)  # its differential is refused with it
    for _, begins in () if integral else _scanned(text):
        if begins["d"] and (found := read.follows.match(text, begins.end())):
            raise InputError(
                f"got '{shortened(text[begins.start() : found.end()])}', which may be a "
                "differential, or the width times what follows; a measure stands at the end, as "
                r"d\Sigma\,dU\,dV or \prod_{i=1}^d d\sigma_i\,dU\,dV do; for a product write "
                r"d \cdot or d\,"
            )


def _scanned(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield the tokens of a text but spaces, each with where the one before it ends."""
    end = 0
    for found in _SCAN.finditer(text):
        if found["space"]:
            continue
        near = text[max(0, end - _NEAR) : end]
        if found["d"] and not found["roman"] and _ARGUMENT.search(near):
            end = found.end()
            continue
        yield end, found
        end = found.end()


class _Letters:
    """How an author writes the differentials of a matrix, and of its singular values."""

    def __init__(self, notation: Notation) -> None:
        self._letters = notation.letters
        values = self._standing_for("sigma", r"\sigma", "s")
        widths = "|".join(self._standing_for("d", "d", "n"))
        matrices = "|".join(
            (*self._standing_for("Sigma", r"\Sigma"), *self._standing_for("W", "W"))
        )
        value = "|".join(values)
        self.follows = re.compile(
            rf"\s*(?:\\(?:log|ln)(?![A-Za-z])\s*[({{]?\s*)?"
            rf"(?:\{{\s*)?(?:{value}|(?:{_BOLD}\s*(?:\{{\s*)?)?(?:{matrices}))"
        )
        of_value = rf"{_D.replace('?P<roman>', '')}{_SPACES}(?:{value})\s*_\s*"
        last = rf"(?:\{{\s*(?:{widths})\s*\}}|(?:{widths}))"
        index = r"(?:\{\s*(?P<i>[a-z])\s*(?P<from>=\s*1\s*)?\}|(?P<bare>[a-z]))"
        self._product = re.compile(
            rf"\\prod(?:\\(?:no)?limits)?\s*_\s*{index}\s*(?P<to>\^\s*{last})?{_SPACES}"
            rf"{of_value}(?:\{{\s*(?P<k>[a-z])\s*\}}|(?P<j>[a-z])){_SPACES}"
        )
        first, second = (rf"(?:{k}|\{{\s*{k}\s*\}}){_SPACES}" for k in "12")
        self._dots = re.compile(
            rf"{of_value}{first}(?:{of_value}{second})?{_DOTS}{_SPACES}{of_value}{last}{_SPACES}"
        )
        letter = r"\\[A-Za-z]+|[A-Za-z]"
        bold = rf"{_BOLD}\s*(?:\{{\s*(?P<bold>{letter})\s*\}}|(?P<plain>{letter}))"
        self._of = re.compile(
            rf"{_D}{_SPACES}(?:{bold}|\{{\s*(?P<within>{letter})\s*\}}|(?P<x>{letter}))"
            rf"(?P<under>\s*_\s*(?:\{{[^{{}}]*\}}|[0-9A-Za-z]))?(?!\s*[\^_]){_SPACES}"
        )

    def _standing_for(self, ours: str, *usual: str) -> list[str]:
        """Return patterns of the letters that stand for a name of ours."""
        found = {theirs for theirs, name in self._letters.items() if name == ours}
        found |= {x for x in usual if x not in self._letters}
        return [re.escape(x) + ("(?![A-Za-z])" if x[0] == "\\" else "") for x in sorted(found)]

    def to_the_end(self, text: str, at: int) -> tuple[str, ...]:
        """Return what the differentials from a place on are of, if nothing else follows."""
        found: list[str] = []
        while at < len(text):
            product = self._product.match(text, at)
            if product is None or not _is_of_all(product):
                product = self._dots.match(text, at)
            if product:
                found.append("Sigma")
            elif product := self._of.match(text, at):
                name = self._named(product)
                if name is None:
                    return ()
                found.append(name)
            else:
                return ()
            at = product.end()
        return tuple(found)

    def _named(self, found: re.Match[str]) -> str | None:
        """Return what a differential is of; None where it may be the width times a number."""
        letter: str = next(filter(None, found.group("bold", "plain", "within", "x")))
        ours = self._letters.get(letter, "")
        if not found["under"]:
            if ours in MATRICES:
                return ours
            if letter == r"\Sigma" or (not ours and letter in _OWN):
                return _OWN.get(letter, "Sigma")
        if found["roman"]:
            return ""
        number = ours or letter in _SCALARS or not (letter.isupper() or _GREEK.fullmatch(letter))
        return None if number else ""


def _is_of_all(found: re.Match[str]) -> bool:
    r"""Whether a product is over all singular values: ``\prod_i``, or ``\prod_{i=1}^d``."""
    same = (found["i"] or found["bare"]) == (found["k"] or found["j"])
    return same and bool(found["from"]) == bool(found["to"])
