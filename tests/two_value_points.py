"""Points with balanced factors of U diag(x, y) V^T for any two singular values, and others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flint import fmpq

from dlnproof.numeric import values as v
from dlnproof.numeric.geometric_points import Geometry, diagonal
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.values import Value


def two_values(g: Geometry, stretched: int | None = None, *, even: bool = True) -> Point:
    """Return the point: with the first column of U (1) or V (0) of length 2, if that is stretched.

    Where not ``even``, the first factor has the singular values, and others have none but 1.
    """

    def part(x: Value, j: int) -> Value:
        """Return what a factor has of a singular value."""
        if not even:
            return x if j == 1 else v.times(fmpq(1), fmpq(1))
        sign = v.sign(x.a if isinstance(x, v.Jet) else x)
        if sign == 0 and isinstance(x, v.Jet):
            raise v.NotSmooth("a root at 0")
        return v.real_power(v.negative(x) if sign == -1 else x, fmpq(1, g.depth))

    def factor(j: int, first: Value, second: Value) -> Value:
        own = first if stretched is None else v.times(fmpq(2), first)
        roots, none = [part(x, j) for x in (own, second)], v.fresh_zero(first)
        middle = v.matrix(2, 2, [roots[0], none, none, roots[1]])
        return v.times(v.times(g.frame(j), middle), v.transpose(g.frame(j - 1)))

    pairs = tuple((fmpq(x**g.depth), fmpq(y, 3) ** g.depth) for x, y in ((1, 2), (3, 2), (2, 1)))
    point = replace(g.point().with_values(**{"W_j(s)": factor}), together=pairs)
    if stretched is None:
        return point
    longer = v.times(g.frame(g.depth * stretched), diagonal((fmpq(2), fmpq(1))))
    return point.with_values(**{"VU"[stretched]: longer})


def otherwise() -> Iterator[Point]:
    """Yield points with a frame that is not orthogonal, and with factors that are not balanced."""
    g = Geometry(2, (fmpq(3), fmpq(1, 2)), 1)
    yield from (two_values(g, frame) for frame in (0, 1))
    yield two_values(g, even=False)
