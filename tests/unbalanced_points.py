"""Points with two factors out of balance by a multiple of the identity."""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq

from dlnproof.numeric import values as v
from dlnproof.numeric.exact.unbalanced import unbalanced
from dlnproof.numeric.geometric_points import Geometry, diagonal, geometries
from dlnproof.numeric.interpretation import Point


def two_layers(seed: int) -> Iterator[tuple[str, Point]]:
    """Yield such points of each stratum, with lambda > 0, lambda < 0, and balanced factors."""
    for g in [*geometries(seed, (2,), (1, 2, 3))]:
        for sign in (1, -1):
            yield f"{g.place}, out of balance by {sign} c", unbalanced_point(g, sign)
        yield f"{g.place}, balanced", g.point().with_values(lambda_0=fmpq(0)).fixing("lambda_0")


def unbalanced_point(g: Geometry, sign: int) -> Point:
    """Return the point of those factors between the frames of others."""
    pair = unbalanced(g.frame(2), g.frame(1), g.frame(0), list(g.roots), sign)
    whole = v.times(v.times(g.frame(2), diagonal(pair.sizes)), v.transpose(g.frame(0)))
    point = g.point().with_values(lambda_0=pair.gap, W=whole).fixing("lambda_0")
    for j, factor in enumerate((pair.first, pair.second), 1):
        point = point.with_entry("W_j", (j,), factor)
    for i, size in enumerate(pair.sizes, 1):
        point = point.with_entry("sigma", (i,), size)
    return point
