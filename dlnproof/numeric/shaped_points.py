"""Points with balanced factors of several shapes, whose product is not of full rank.

They are P_j W_j P_{j-1}^T for the factors of a point of full rank r, where P_j has d_j >= r rows
and orthonormal columns; the singular values that are not zero are those of that point.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from flint import fmpq

from dlnproof.numeric import values as v
from dlnproof.numeric.exact.matrices import columns
from dlnproof.numeric.geometric_points import Geometry, geometries
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.values import Value

_MORE: Final = ((1, 2), (0, 1), (2, 0))
"""How many rows more than r the P_j have, for even and for odd j."""


def shaped(seed: int, depths: Sequence[int], ranks: Sequence[int]) -> Iterator[tuple[str, Point]]:
    """Yield a point for each depth, rank, stratum and kind of shapes."""
    for geometry in geometries(seed, depths, ranks):
        for more in _MORE:
            yield (
                f"{geometry.place}, {more[0]} and {more[1]} more rows",
                shaped_point(geometry, more),
            )


def shaped_point(geometry: Geometry, more: Sequence[int]) -> Point:
    """Return the point with so many rows more than r, for even and for odd j."""
    rank, depth = geometry.width, geometry.depth

    def size(j: int) -> int:
        return rank + more[j % 2]

    def wider(j: int, k: int, inside: Value) -> Value:
        """Return P_j M P_k^T."""
        after, before = (columns(size(m), rank) for m in (j, k))
        return v.times(v.times(after, inside), v.transpose(before))

    sizes = [geometry.sigma(i) for i in range(1, rank + 1)]
    values: dict[str, Any] = {
        "N": depth,
        "d": rank,
        "r": rank,
        "d_j": size,
        "U": v.times(columns(size(depth), rank), geometry.frame(depth)),
        "V": v.times(columns(size(0), rank), geometry.frame(0)),
        "W": wider(depth, 0, geometry.whole(sizes)),
    }
    entries: dict[tuple[str, ...], Value] = {
        ("sigma", str(i)): fmpq(x) for i, x in enumerate(sizes, 1)
    }
    for j in range(1, depth + 1):
        entries["W_j", str(j)] = wider(j, j - 1, geometry.factor(j))
    fixed = frozenset((*values, "sigma", "W_j"))
    return Point(values, geometry.seed, entries=entries, fixed=fixed)
