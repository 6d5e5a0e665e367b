"""What becomes of a counterexample that is computed again, to a claim or to a user's formula."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dlnproof.claims.check import TWICE, Sides
from dlnproof.depth import show_depth
from dlnproof.numeric.exact.points import ExactPoint

Values = tuple[str, str]
"""The two values, left and right."""


@dataclass(frozen=True)
class Replay:
    """What became of a counterexample: its values in the file, those found now, and why not.

    ``title`` says what was replayed, ``of`` names it in JSON; ``sides`` is what the values are,
    which the file's word is not taken for.
    """

    title: str
    of: Mapping[str, str | None]
    statement: str
    at: ExactPoint
    given: Values
    found: Values | None = None
    why: str = ""
    sides: Sides = TWICE

    @property
    def confirmed(self) -> bool:
        """Whether the statement fails at the point with the values in the file."""
        return not self.why

    def as_json(self) -> dict[str, Any]:
        """Return the outcome as JSON data."""
        given, found = (
            None if values is None else dict(zip(("left", "right"), values, strict=True))
            for values in (self.given, self.found)
        )
        return {
            **self.of,
            "statement": self.statement,
            "N": show_depth(self.at.depth),
            "d": self.at.width,
            "t": [str(t) for t in self.at.roots],
            "file": given,
            "computed": found,
            "confirmed": self.confirmed,
            **({"why": self.why} if self.why else {}),
        }
