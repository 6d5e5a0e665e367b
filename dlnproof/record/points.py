"""Exact points as records hold them: rationals as text, matrices by rows."""

from __future__ import annotations

from dataclasses import dataclass

from dlnproof.files.typed import AnyDepth, Printable, Size, Typed
from dlnproof.numeric.exact.points import ExactPoint

Row = tuple[Printable, ...]
Frames = tuple[tuple[Row, ...], ...]


@dataclass(frozen=True)
class Coordinates(Typed):
    """A point: the roots t of its singular values, and its frames Q."""

    t: Row
    Q: Frames

    @classmethod
    def of(cls, at: ExactPoint) -> Coordinates:
        """Return the coordinates of a point."""
        frames = (tuple(tuple(map(str, row)) for row in frame.tolist()) for frame in at.frames)
        return cls(tuple(map(str, at.roots)), tuple(frames))


@dataclass(frozen=True)
class Place(Typed):
    """A point that a run visited, with what its kind is named by."""

    N: AnyDepth
    d: Size
    stratum: Printable
    t: Row
    Q: Frames
