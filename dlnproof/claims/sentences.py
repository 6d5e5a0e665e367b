"""The sentences of a statement, and their formulas."""

from __future__ import annotations

from dataclasses import dataclass

from dlnproof.kernel.terms import PROP, SortError, Term


@dataclass(frozen=True)
class Sentence:
    """One sentence of a statement, by name; ``topic`` is a label for readers, which says nothing.

    Parts of the statement stand in it as ``part("distinct", i, l)``, see
    :mod:`dlnproof.definitions.formulas`.
    """

    name: str
    term: Term
    topic: str = ""

    def __post_init__(self) -> None:
        if self.term.sort != PROP:
            raise SortError(f"the sentence {self.name} is a {self.term.sort}")
