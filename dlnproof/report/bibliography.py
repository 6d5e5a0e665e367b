"""The sources: one curated file of BibTeX, what BibTeX makes of it, and selections from both.

Claims of a user's bring the BibTeX of their sources along.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Final

from dlnproof.run.studies import known, references

BIB: Final = "references.bib"
_ENTRY: Final = re.compile(r"^@\w+\{(\w+),.*?^\}$", re.DOTALL | re.MULTILINE)
_ITEM: Final = re.compile(r"^\\bibitem\{(\w+)\}.*?(?=^\\bibitem|^\\end)", re.DOTALL | re.MULTILINE)


def entries() -> dict[str, str]:
    """Return the BibTeX entry of each source by its key, in the order of the file."""
    theirs, ours = references(known()), _text(BIB)
    return {match[1]: match[0] for match in _ENTRY.finditer(f"{theirs}\n{ours}")}


def fields(key: str) -> dict[str, str]:
    """Return the fields of a source; none for an unknown key.

    >>> fields("MY2025")["eprint"]
    '2509.09088'
    """
    return dict(re.findall(r"(\w+)\s*=\s*\{(.*)\}", entries().get(key, "")))


def bibtex(keys: Iterable[str]) -> str:
    """Return the BibTeX of the sources cited. Raises ``KeyError`` for an unknown one."""
    found, wanted = entries(), set(keys)
    if unknown := wanted - set(found):
        raise KeyError(f"not in {BIB}: {', '.join(sorted(unknown))}")
    return "\n\n".join(text for key, text in found.items() if key in wanted) + "\n"


def compiled(keys: Iterable[str]) -> str:
    """Return the bibliography that BibTeX would make of the sources cited, in style ``plain``.

    It is taken from that of all sources, which is kept beside them (``references.bbl``), so that
    no BibTeX is needed. A user's sources follow, in a plainer form.
    """
    wanted = set(keys)
    items = {m[1]: m[0] for m in _ITEM.finditer(_text("references.bbl")) if m[1] in wanted}
    for key in sorted(wanted - set(items)):
        items[key] = f"\\bibitem{{{key}}}\n{in_full(key)}.\n\n"
    widest = "1" * len(str(len(items)))  # BibTeX takes the widest number for the margin
    head = rf"\begin{{thebibliography}}{{{widest}}}"
    return f"{head}\n\n{''.join(items.values())}\\end{{thebibliography}}\n"


def in_full(key: str) -> str:
    """Return a source in LaTeX: authors, title, where it appeared, year; "" for an unknown key."""
    given = fields(key)
    names = [name.partition(",")[0] for name in given.get("author", "").split(" and ")]
    listed = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    where = [given.get(k, "") for k in ("title", "journal", "publisher", "year", "note")]
    return ", ".join(part for part in (listed, *where) if part)


@cache
def _text(name: str) -> str:
    return (files("dlnproof.report") / name).read_text("ascii")
