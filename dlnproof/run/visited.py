"""The exact points of a run, each once: a record holds them, and evidence refers to them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from dlnproof.numeric.exact.points import PointKey, point
from dlnproof.record.points import Coordinates, Place


class Visited:
    """Points numbered from 0 in the order in which routes visit them first."""

    def __init__(self) -> None:
        self._numbers: dict[PointKey, int] = {}

    def numbers(self, keys: Iterable[PointKey]) -> list[int]:
        """Return the numbers of points, new ones numbered."""
        return [self._numbers.setdefault(key, len(self._numbers)) for key in keys]

    def all(self) -> tuple[Place, ...]:
        """Return the points in order, with all that their kind is named by."""
        return tuple(map(_place, self._numbers))


@cache  # many claims visit it
def _place(key: PointKey) -> Place:
    at = Coordinates.of(point(key))
    return Place(key.depth, key.width, key.stratum.value, at.t, at.Q)
