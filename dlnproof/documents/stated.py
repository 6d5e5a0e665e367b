"""Texts of records, which hold their formulas in plain text, as our modules spell them.

No formula is guessed. A record's text has formulas where a string in the source of a claim, of its
checks or of what gathers evidence becomes exactly that text; all else is shown word for word.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from itertools import chain
from pathlib import Path
from pkgutil import iter_modules
from typing import Final

from dlnproof.claims import CLAIMS, module_of
from dlnproof.claims.studies import known, study
from dlnproof.notation import texts
from dlnproof.notation.plain import plain
from dlnproof.numeric.exact.points import Stratum
from dlnproof.run import evidence

_VALUE: Final = "987654321"
"""Stands for a value where a text is compared: in words and in formulas alike it is a number."""

_Spelled = tuple[str, ...]
"""A text with formulas in dollars: what stands between the values that are put into it."""


def in_latex(text: str) -> str:
    """Return a text of the catalogue or of a record as LaTeX, its formulas set."""
    return texts.in_latex(stated(text))


def stated(text: str) -> str:
    r"""Return a record's text with its formulas in dollars.

    >>> stated("sigma in place of sigma^2 throughout"), stated("N = 2..5, inf; d = 1")
    ('$\\sigma$ in place of $\\sigma^2$ throughout', '$N=2,\\dots,5, \\infty$; $d=1$')
    """
    if "$" in text:
        return text
    whole, filled = _spelled(tuple(known()))
    # an explanation may follow what was found
    last = max((x for x in whole if text == x or text.endswith(f" {x}")), key=len, default="")
    first = text.removesuffix(last).rstrip()
    said = next((_put(x, m.groups()) for form, x in filled if (m := form.fullmatch(first))), first)
    return " ".join(piece for piece in (said, whole.get(last, "")) if piece)


def _put(spelled: _Spelled, values: tuple[str, ...]) -> str:
    """Return a text with values put into it."""
    made = spelled[0]
    for value, after in zip(values, spelled[1:], strict=True):
        inside = made.count("$") % 2  # of a formula
        made += texts.ranges(value) if inside else value
        made += after
    return made


@cache
def _spelled(
    claims: tuple[str, ...],
) -> tuple[dict[str, str], list[tuple[re.Pattern[str], _Spelled]]]:
    """Return the texts of the claims by their plain form, and those that take values."""
    sources = (inspect.getsource(evidence), *chain.from_iterable(map(_sources_of, claims)))
    found = list(
        dict.fromkeys(
            (
                *((known()[name].speaks_of,) for name in claims),
                (Stratum.TINY.value.replace("sigma", r"$\sigma$"),),
                *chain.from_iterable(map(_strings, sources)),
            )
        )
    )
    whole = {plain(text[0]): text[0] for text in found if len(text) == 1}
    forms = [re.escape(plain(_VALUE.join(text))).replace(_VALUE, "(.*?)") for text in found]
    filled = [(re.compile(form), text) for form, text in zip(forms, found, strict=True)]
    return whole, [(form, text) for form, text in filled if len(text) > 1]


def _sources_of(claim: str) -> Iterator[str]:
    """Yield the sources of what states and checks a claim; its checks may be several modules."""
    if claim not in CLAIMS:
        yield Path(inspect.getfile(study(claim).derive)).read_text(encoding="utf-8")
        return
    for room in ("claims", "checks"):
        chapter, _, slug = module_of(claim, room).rpartition(".")
        names = sorted(module.name for module in iter_modules(import_module(chapter).__path__))
        modules = (import_module(f"{chapter}.{name}") for name in names if name.startswith(slug))
        yield from map(inspect.getsource, modules)


def _strings(source: str) -> list[_Spelled]:
    """Return the strings of a module that have formulas in dollars."""
    nodes = ast.walk(ast.parse(source))
    found = [_pieces(node) for node in nodes if isinstance(node, ast.Constant | ast.JoinedStr)]
    return [spelled for spelled in found if any("$" in piece for piece in spelled)]


def _pieces(node: ast.Constant | ast.JoinedStr) -> _Spelled:
    if isinstance(node, ast.Constant):
        return (node.value,) if isinstance(node.value, str) else ()
    pieces = [""]
    for value in node.values:
        if isinstance(value, ast.Constant):
            pieces[-1] += str(value.value)
        else:
            pieces.append("")
    return tuple(pieces)
