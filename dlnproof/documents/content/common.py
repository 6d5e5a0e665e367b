"""What many claims of one document share, so that it is said once: definitions, kinds of points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import gcd
from typing import Final, TypeVar

from dlnproof.documents.content.statement import definitions_of, paragraphs_of
from dlnproof.documents.entries import Entry
from dlnproof.documents.formulas import said
from dlnproof.documents.model import Block, Text, listed, paragraph

_Said = TypeVar("_Said")
_SEVERAL: Final = 3
"""In how many places the same is said before it is said once, for all of them."""

Shares = tuple[tuple[str, int], ...]
"""Kinds of points, and how many there are of each in the fewest points of these proportions."""


@dataclass(frozen=True)
class Common:
    """What is said once: ``definitions`` of several statements, and the usual kinds of points.

    Where there is something, it is also said once that routes reject all wrong variants.
    """

    definitions: tuple[str, ...] = ()
    shares: Shares = ()

    def is_usual(self, strata: Mapping[str, int]) -> bool:
        """Whether points are of the usual kinds."""
        return bool(strata) and _shares(strata) == self.shares


NOTHING: Final = Common()


def common(found: Sequence[Entry]) -> Common:
    """Return what several of these claims share."""
    definitions = _often(made for entry in found for made in definitions_of(entry.claim))
    strata = (evidence.strata for entry in found for evidence in entry.record.evidence)
    return Common(definitions, next(iter(_often(_shares(x) for x in strata if x)), ()))


def _often(every: Iterable[_Said]) -> tuple[_Said, ...]:
    """Return what occurs several times, the most frequent first."""
    return tuple(x for x, times in Counter(every).most_common() if times >= _SEVERAL)


def _shares(strata: Mapping[str, int]) -> Shares:
    least = gcd(*strata.values())
    return tuple((kind, number // least) for kind, number in strata.items())


def said_once(shared: Common) -> list[Block]:
    """Return what the claims share, in words."""
    blocks: list[Block] = []
    if shared != NOTHING:
        blocks.append(
            paragraph(
                "Of its wrong variants a claim says only where a route met fewer than all, or did "
                "not reject one; training and Coq meet none. A derivation uses the claims that "
                "are named with its verdict, and no others."
            )
        )
    if shared.definitions:
        blocks += paragraphs_of(
            "Where what is defined here occurs, its definition is not repeated: "
            + " ".join(shared.definitions)
        )
    if shared.shares:
        kinds: list[Text] = [(f"{number:d} ", *said(kind)) for kind, number in shared.shares]
        total = sum(number for _, number in shared.shares)
        every = f"Of every {total:d} points at depths and widths there are, of each kind, "
        blocks.append(paragraph(every, *listed(kinds), ", where a claim does not say otherwise."))
    return blocks
