"""Points with two factors out of balance by a multiple of the identity."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from flint import fmpq

from dlnproof.numeric import values as v
from dlnproof.numeric.exact.unbalanced import unbalanced
from dlnproof.numeric.geometric_points import Geometry, diagonal, geometries
from dlnproof.numeric.interpretation import Point, orthogonal


def two_layers(seed: int) -> Iterator[tuple[str, Point]]:
    """Yield such points of each stratum, with lambda > 0, lambda < 0, and balanced factors."""
    for g in [*geometries(seed, (2,), (1, 2, 3))]:
        for sign in (1, -1):
            yield f"{g.place}, out of balance by {sign} c", unbalanced_point(g, sign)
        yield f"{g.place}, balanced", g.point().with_values(lambda_0=fmpq(0)).fixing("lambda_0")


def in_blocks(seed: int) -> Iterator[tuple[str, Point]]:
    """Yield them with two blocks of orthonormal columns, and a matrix that they are to find."""
    for name, point in two_layers(seed):
        yield name, with_blocks(point)


def with_blocks(point: Point) -> Point:
    """Return the point with such blocks, turned out of the coordinate directions."""
    d = point.values["d"]
    frame = orthogonal(Random(f"{point.seed}/blocks"), 2 * d)
    one, none = v.eye(d), v.null((d, d))
    blocks = {
        name: v.times(frame, v.matrix(2 * d, d, [*v.flat(above), *v.flat(below)]))
        for name, above, below in (("E_2d", one, none), ("F_2d", none, one))
    }
    aim = v.matrix(d, d, [fmpq(k + 1, 2 + k % 3) for k in range(d * d)])
    return point.with_values(**blocks, Y=aim).fixing(*blocks, "Y")


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
