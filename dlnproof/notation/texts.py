"""Texts of the catalogue and of records, with formulas in dollars: as LaTeX, and as plain text.

Words stay words, character by character; what stands between two dollars is a formula. A text with
a dollar left over is words alone, and so is a formula that cannot be read: it may be anybody's.
"""

from __future__ import annotations

import re
from typing import Final

from dlnproof.errors import InputError
from dlnproof.notation.boxes import Row
from dlnproof.notation.latex import latex
from dlnproof.notation.reading import LatexError, read

_ESCAPED: Final = {
    "\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", '"': "''",
    **{c: f"${c}$" for c in "<>|*"},
    **{c: rf"\{c}" for c in "_{}%&#$"},
    **{c: f"{{{c}}}" for c in "[]"},  # else an optional argument, where one may stand
}  # fmt: skip
_ROWS: Final = re.compile(r"&|\\\\|\\begin")
"""What rows are made of, for which there is no room in a line."""
_CASES: Final = re.compile(r"\\begin\{cases\}.*?\\end\{cases\}")
"""The rows that sentences have in a line: an entry that is one thing or another."""
_LISTED: Final = 3
"""How many numbers in a row are written one by one."""
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?(?:e[-+]?\d+)?", re.ASCII)


def printable(text: str) -> str:
    """Return text with each line break as a space.

    Raises :class:`InputError` for what is no printable ASCII.
    """
    text = re.sub(r"[\t\n\r]", " ", text)
    if not text.isascii() or not text.isprintable():
        raise InputError(
            f"text {text[:40]!a}: got a character that is not printable ASCII; expected a "
            "record as dlnproof writes it"
        )
    return text


def escaped(text: str) -> str:
    r"""Return text as LaTeX word for word, nothing in it read as a formula.

    Raises :class:`InputError` for what is no printable ASCII.

    >>> escaped("not_observed")
    'not\\_observed'
    """
    return "".join(_ESCAPED.get(c, c) for c in printable(text))


def formulas(text: str) -> list[str | Row]:
    """Return a text as words and formulas in turn, beginning with words."""
    pieces = text.split("$")
    return (
        [_formula(piece) if k % 2 else piece for k, piece in enumerate(pieces)]
        if len(pieces) % 2
        else [text]
    )


def _formula(text: str) -> str | Row:
    try:
        if text.strip() and not _ROWS.search(_CASES.sub("", text)):
            return read(text)
    except LatexError:
        pass
    return f"${text}$"


def in_latex(text: str) -> str:
    r"""Return a text as LaTeX, in which nothing is a command but what formulas are made of.

    >>> in_latex(r"$\sigma^{2/N}$ for 5%")
    '$\\sigma^{2/N}$ for 5\\%'

    Raises :class:`InputError` for what is no printable ASCII.
    """
    return "".join(
        escaped(piece) if isinstance(piece, str) else f"${latex(piece)}$"
        for piece in formulas(printable(text))
    )


def ranges(text: str) -> str:
    r"""Return depths or widths as mathematics: a long run by its ends, a short one in full.

    >>> ranges("2..3"), ranges("1..5, 7, inf")
    ('2,3', '1,\\dots,5, 7, \\infty')
    """

    def run(found: re.Match[str]) -> str:
        first, last = int(found[1]), int(found[2])
        if last - first < _LISTED:
            return ",".join(map(str, range(first, last + 1)))
        return rf"{first},\dots,{last}"

    return re.sub(r"(\d+)\.\.(\d+)", run, text).replace("inf", r"\infty")


def number(text: str) -> str:
    r"""Return a number as mathematics: 3.1e-47 as 3.1 times a power of ten.

    Raises :class:`ValueError` for what is no decimal number without a sign.

    >>> number("3.1e-47"), number("1e-06"), number("4.0")
    ('3.1\\cdot10^{-47}', '10^{-6}', '4.0')
    """
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{text[:40]!a} is not a number")
    mantissa, _, exponent = text.partition("e")
    if not exponent or float(mantissa) == 0:
        return mantissa
    power = f"10^{{{int(exponent)}}}"
    return power if mantissa == "1" else rf"{mantissa}\cdot{power}"
