"""Points with frames of more rows than columns, which move out of themselves, and others."""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq

from dlnproof.numeric import values as v
from dlnproof.numeric.exact.matrices import columns
from dlnproof.numeric.geometric_points import Geometry, geometries
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.values import Value

MORE = ((1, 2), (0, 1), (2, 1))
"""How many rows more than r the frames have, for even and for odd j."""


def stratum(g: Geometry, more: tuple[int, int] = MORE[0], *, wide: int = 1) -> Point:
    """Return the point; all columns of its frames are multiplied by a number, if one is given."""
    rank, point = g.width, g.point()
    sizes = [rank + more[j % 2] for j in range(g.depth + 1)]
    point = point.with_values(r=rank, d_j=lambda j: sizes[j] if 0 <= j <= g.depth else rank)
    for j, rows in enumerate(sizes):
        frame = v.times(fmpq(wide), v.times(columns(rows, rank), g.frame(j)))
        point = point.with_entry("R_j", (j,), frame)
        point = point.with_entry("Z_j", (j,), beyond(rows, rank, j if 0 < j < g.depth else 0))
    return point.fixing("R_j", "Z_j", "d_j", "r")


def beyond(rows: int, rank: int, scale: int) -> Value:
    """Return columns orthogonal to the frame's, no two of the same length."""
    found = v.null((rows, rank))
    for c in range(rank, rows):
        across = _column(rows, c)
        weights = v.matrix(1, rank, [fmpq(scale * (c + 2 * i + 1), 3) for i in range(rank)])
        found = v.plus(found, v.times(across, weights))
    return found


def _column(rows: int, c: int) -> Value:
    whole = columns(rows, rows)
    return v.matrix(rows, 1, [whole[i, c] for i in range(rows)])


def strata_points() -> Iterator[tuple[str, Point]]:
    """Yield points of all strata, of several shapes."""
    for g in [*geometries(0, (1, 2, 3), (1, 2)), *geometries(0, (2,), (3,))]:
        for more in MORE[: 3 if g.depth == 2 else 1]:
            yield f"{g.place}, {more[0]} and {more[1]} more rows", stratum(g, more)


def askew() -> Iterator[Point]:
    """Yield points where frames, directions across, or values are not as they are to be."""
    g = Geometry(2, (fmpq(2), fmpq(1)), 1)
    plain = stratum(g)
    yield stratum(g, wide=2)
    for j in range(3):
        own = plain.entries["R_j", str(j)] if j == 1 else beyond(3, 2, 1)
        yield plain.with_entry("Z_j", (j,), own)
    for k, size in enumerate((fmpq(-4), fmpq(-1)), 1):
        plain = plain.with_entry("sigma", (k,), size)
    yield plain
