"""The sources: one curated file of BibTeX, what BibTeX makes of it, and selections from both."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Final

BIB: Final = "references.bib"
_ENTRY: Final = re.compile(r"^@\w+\{(\w+),.*?^\}$", re.DOTALL | re.MULTILINE)
_ITEM: Final = re.compile(r"^\\bibitem\{(\w+)\}.*?(?=^\\bibitem|^\\end)", re.DOTALL | re.MULTILINE)


def entries() -> dict[str, str]:
    """Return the BibTeX entry of each source by its key, in the order of the file."""
    return {match[1]: match[0] for match in _ENTRY.finditer(_text(BIB))}


def fields(key: str) -> dict[str, str]:
    """Return the fields of a source; none for an unknown key.

    >>> fields("MY2025")["eprint"]
    '2509.09088'
    """
    return dict(re.findall(r"(\w+)\s*=\s*\{(.*)\}", entries().get(key, "")))


def bibtex(keys: Iterable[str]) -> str:
    """Return the BibTeX of the sources cited. Raises ``KeyError`` for an unknown one."""
    known, wanted = entries(), set(keys)
    if unknown := wanted - set(known):
        raise KeyError(f"not in {BIB}: {', '.join(sorted(unknown))}")
    return "\n\n".join(text for key, text in known.items() if key in wanted) + "\n"


def compiled(keys: Iterable[str]) -> str:
    """Return the bibliography that BibTeX would make of the sources cited, in style ``plain``.

    It is taken from that of all sources, which is kept beside them (``references.bbl``), so that
    no BibTeX is needed.
    """
    wanted = set(keys)
    items = [m[0] for m in _ITEM.finditer(_text("references.bbl")) if m[1] in wanted]
    widest = "1" * len(str(len(items)))  # BibTeX takes the widest number for the margin
    head = rf"\begin{{thebibliography}}{{{widest}}}"
    return f"{head}\n\n{''.join(items)}\\end{{thebibliography}}\n"


@cache
def _text(name: str) -> str:
    return (files("dlnproof.report") / name).read_text("ascii")
