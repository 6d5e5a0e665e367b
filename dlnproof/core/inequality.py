"""Inequalities between expressions, under hypotheses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dlnproof.core.domain import Domain
from dlnproof.core.engines import letters_of
from dlnproof.core.expression import Expression, Letter


@dataclass(frozen=True)
class Inequality:
    """left >= right, wherever every expression of ``given`` is >= 0 and ``domain`` holds.

    Where some of its letters obey recurrences, nothing is assumed of these but what holds for
    every N.
    """

    left: Expression
    right: Expression
    given: tuple[Expression, ...] = ()
    domain: Domain = field(default_factory=Domain)

    def letters(self) -> frozenset[Letter]:
        """Return the letters of both sides and of the hypotheses."""
        return letters_of(self.left, self.right, *self.given)

    def applies(self, values: Mapping[Letter, Any]) -> bool:
        """Whether the hypotheses hold for these numbers, exactly known."""
        return self.domain.allows(values) and all(bool(h.at(values) >= 0) for h in self.given)

    def points(self) -> Iterator[dict[Letter, Any]]:
        """Yield small points that satisfy the hypotheses, where both sides have a meaning."""
        for point in self.domain.samples(self.letters()):
            try:
                if self.applies(point):
                    self.excess(point)
                    yield point
            except ZeroDivisionError:
                continue

    def excess(self, values: Mapping[Letter, Any]) -> Any:
        """Return left - right for these numbers."""
        return self.left.at(values) - self.right.at(values)
