"""The exact points of a run, each once: a record holds them, and evidence refers to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dlnproof.depth import show_depth
from dlnproof.numeric.exact.points import PointKey, point


class Places:
    """Points numbered from 0 in the order in which routes visit them first."""

    def __init__(self) -> None:
        self._numbers: dict[PointKey, int] = {}

    def numbers(self, keys: Iterable[PointKey]) -> list[int]:
        """Return the numbers of points, new ones numbered."""
        return [self._numbers.setdefault(key, len(self._numbers)) for key in keys]

    def as_json(self) -> list[dict[str, Any]]:
        """Return the points as a record writes them, with all that their kind is named by."""
        return [
            {
                "N": show_depth(key.depth),
                "d": key.width,
                "stratum": key.stratum.value,
                **point(key).coordinates(),
            }
            for key in self._numbers
        ]
