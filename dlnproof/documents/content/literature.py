"""Theorems of the literature, cited by a book of the bibliography and the place in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from dlnproof.documents.model import Link, Text, To, joined
from dlnproof.kernel.theorem import Named

BOOKS: Final = {
    "Axler, Linear Algebra Done Right, 3rd ed.": "Axler2015",
    "Chavel, Riemannian Geometry, 2nd ed.": "Chavel2006",
    "Conway, Functions of One Complex Variable I, 2nd ed.": "Conway1978",
    "Federer, Geometric Measure Theory": "Federer1996",
    "Folland, Real Analysis, 2nd ed.": "Folland1999",
    "Horn and Johnson, Matrix Analysis, 2nd ed.": "HJ2013",
    "Horn and Johnson, Topics in Matrix Analysis": "HJ1991",
    "Muirhead, Multivariate Statistical Theory": "Muirhead1982",
    "Rudin, Principles of Mathematical Analysis": "Rudin1976",
    "Stewart and Sun, Matrix Perturbation Theory": "StewartSun1990",
}
"""The kernel's words for a book, and its key in the bibliography."""


def cited(book: str) -> Text:
    """Return the citation of a theorem, which the kernel gives as books and places in them."""
    places = ((Link(To.SOURCE, key, (place,)) if key else place,) for key, place in _places(book))
    return joined(places, ", ")


def keys(named: Iterable[Named]) -> set[str]:
    """Return the books that theorems are cited from, by their keys."""
    return {key for theorem in named for key, _ in _places(theorem.book) if key}


def _places(book: str) -> Iterator[tuple[str, str]]:
    """Yield key and place; no key, and all the words, of a book that is not in the bibliography."""
    for words in book.split("; "):
        known = next((title for title in BOOKS if words.startswith(f"{title}, ")), "")
        yield BOOKS.get(known, ""), words.removeprefix(f"{known}, ") if known else words
