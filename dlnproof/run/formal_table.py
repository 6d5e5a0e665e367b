"""What the Coq development proves of a claim: the table of its theorems."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from dlnproof.errors import InputError

_WHOLE: Final = re.DOTALL | re.MULTILINE


@dataclass(frozen=True)
class Theorem:
    """A theorem of ``formal/``: its name and file, what is around it there, and what it says.

    ``context`` are the variables and hypotheses that the section around it declares; ``headline``
    marks the one that says most of its claim. ``sentences`` are those of its claim that it states
    from the definitions, with the theorems that share the name: a pairing by hand. Of a theorem
    that no claim says yet, ``claim`` is None. ``discharges`` are a claim, a sentence of it, and a
    premise on which this rests, as it is told: the theorem says that premise, if Coq agrees.
    """

    claim: str | None
    theorem: str
    file: str
    context: tuple[str, ...]
    says: str
    headline: bool = False
    sentences: tuple[str, ...] = ()
    discharges: tuple[str, ...] = ()

    @property
    def statement(self) -> str:
        """Its statement word for word, as it stands in its file, which Coq reads."""
        text = (files("dlnproof.formal") / self.file).read_text("utf-8")
        found = re.search(rf"^(Theorem|Lemma) {self.theorem}\b.*?\.(?=\nProof)", text, _WHOLE)
        if not found:
            raise InputError(
                f"formal/{self.file}: got no theorem {self.theorem}, expected it there by "
                "formal/theorems.json; install dlnproof again, or mend the table"
            )
        return found[0]

    @property
    def of_reals(self) -> bool:
        """Whether it is about Coq's real numbers, and rests on the axioms of these."""
        return self.file.startswith("analysis/")


def theorems(claim: str) -> list[Theorem]:
    """Return the theorems about a claim, the headline first, then in the order of the files."""
    found = [theorem for theorem in _table() if theorem.claim == claim]
    return sorted(found, key=lambda theorem: not theorem.headline)


def discharging(claims: Collection[str]) -> list[Theorem]:
    """Return the theorems that are to discharge premises of claims."""
    return [
        theorem
        for theorem in _table()
        if theorem.discharges[:1] and theorem.discharges[0] in claims
    ]


def _table() -> tuple[Theorem, ...]:
    return _read((files("dlnproof.formal") / "theorems.json").read_text("ascii"))


@cache
def _read(table: str) -> tuple[Theorem, ...]:
    return tuple(
        Theorem(
            entry["claim"],
            entry["theorem"],
            entry["file"],
            tuple(entry["context"]),
            entry["says"],
            entry.get("headline", False),
            tuple(entry.get("sentences", ())),
            tuple(entry.get("discharges", ())),
        )
        for entry in json.loads(table)
    )


def stating(claim: str) -> dict[str, list[Theorem]]:
    """Return the theorems that state sentences of a claim, by sentence, from the definitions."""
    found: dict[str, list[Theorem]] = {}
    for theorem in theorems(claim):
        for sentence in theorem.sentences:
            found.setdefault(sentence, []).append(theorem)
    return found
