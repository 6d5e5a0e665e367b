"""The sources: one curated file of BibTeX, what BibTeX makes of it, and selections from both.

Claims of a user's bring the BibTeX of their sources along.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from dlnproof.claims.bibtex import BibEntry, read_bibtex
from dlnproof.claims.studies import known, references
from dlnproof.errors import InputError
from dlnproof.notation.texts import escaped

BIB: Final = "references.bib"
_ITEM: Final = re.compile(r"^\\bibitem\{(\w+)\}.*?(?=^\\bibitem|^\\end)", re.DOTALL | re.MULTILINE)


def entries() -> dict[str, BibEntry]:
    """Return the BibTeX entry of each source by its key: a user's own, then ours.

    Raises :class:`InputError` where two entries have one key.
    """
    found: dict[str, BibEntry] = {}
    texts = {**references(known()), "": _text(BIB)}
    for claim, text in texts.items():
        for key, entry in read_bibtex(text).items():
            if found.setdefault(key, entry).fields != entry.fields:
                second = f"claim {claim!r}" if claim else "dlnproof"
                raise InputError(
                    f"references: got two entries with the key {key!r}, the second that of "
                    f"{second}, expected one of each key; rename yours"
                )
    return found


def fields(key: str) -> dict[str, str]:
    """Return the fields of a source; none for an unknown key.

    >>> fields("MY2025")["eprint"]
    '2509.09088'
    """
    entry = entries().get(key)
    return dict(entry.fields) if entry else {}


def bibtex(keys: Iterable[str]) -> str:
    """Return the BibTeX of the sources cited. Raises ``KeyError`` for an unknown one."""
    found, wanted = entries(), set(keys)
    if unknown := wanted - set(found):
        raise KeyError(f"not in {BIB}: {', '.join(sorted(unknown))}")
    return "\n\n".join(entry.text for key, entry in found.items() if key in wanted) + "\n"


def compiled(keys: Iterable[str]) -> str:
    """Return the bibliography that BibTeX would make of the sources cited, in style ``plain``.

    It is taken from that of all sources, which is kept beside them (``references.bbl``), so that
    no BibTeX is needed. A user's sources follow, in a plainer form.
    """
    wanted = set(keys)
    items = {m[1]: m[0] for m in _ITEM.finditer(_text("references.bbl")) if m[1] in wanted}
    for key in sorted(wanted - set(items)):
        items[key] = f"\\bibitem{{{key}}}\n{in_full(key)}.\n\n"
    widest = 10 ** (len(str(len(items))) - 1)  # BibTeX takes the first of the widest numbers
    head = rf"\begin{{thebibliography}}{{{widest}}}"
    return f"{head}\n\n{''.join(items.values())}\\end{{thebibliography}}\n"


def in_full(key: str) -> str:
    """Return a source in LaTeX: authors, title, where it appeared, year; "" for an unknown key."""
    given = fields(key)
    where = [given.get(k, "") for k in ("title", "journal", "publisher", "year", "note")]
    return ", ".join(part for part in (_authors(given), *where) if part)


def named(key: str, *, titled: bool = False) -> str:
    """Return how a sentence names a source, in LaTeX; the key for one that is not known.

    >>> named("MY2025"), named("Me 2026")
    ('Menon and Yu (2025)', 'Me 2026')
    >>> named("slides", titled=True)
    "Karmakar, ``Deep Linear Networks, Session 3: Characterizing the Minimizer'' (lecture slides)"
    """
    given = fields(key)
    title = f", ``{given['title']}''" if titled and "title" in given else ""
    place = given.get("year", given.get("note", ""))
    said = f" ({place[0].lower()}{place[1:]})" if place else ""
    return f"{_authors(given, most=3) or escaped(key)}{title}{said}"


def as_text(latex: str) -> str:
    r"""Return what is said of a source in plain text.

    >>> as_text(r"``A {Deep} Network---A \& B''")
    '"A Deep Network - A & B"'
    """
    text = re.sub(r"[{}]|\\(?=[_&%#$])", "", latex)
    return re.sub("``|''", '"', text).replace("---", " - ")


def _authors(given: Mapping[str, str], most: int = 100) -> str:
    names = [name.partition(",")[0] for name in given.get("author", "").split(" and ")]
    *first, last = names if len(names) <= most else [f"{names[0]} et al."]
    return f"{', '.join(first)} and {last}" if first else last


@cache
def _text(name: str) -> str:
    return (files("dlnproof.documents") / name).read_text("ascii")
