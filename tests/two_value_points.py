"""Points with balanced factors of U diag(x, y) V^T for any two singular values, and others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flint import fmpq

from dlnproof.numeric import values as v
from dlnproof.numeric.geometric_points import Geometry, diagonal
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.values import Value

_LINES = tuple((fmpq(x), fmpq(y)) for x, y in ((1, 0), (1, -1), (3, 1)))
"""Ways in which both values move."""


def _seconds(g: Geometry) -> tuple[fmpq, fmpq, fmpq]:
    """Return the second derivatives of the entropy at the point's own values, which differ."""
    depth, (s, t), (x, y) = g.depth, (g.sigma(1), g.sigma(2)), (z**2 for z in g.roots)
    squares, roots = s**2 - t**2, depth * (x - y)

    def own(sign: int, value: fmpq, root: fmpq) -> fmpq:
        bend = sign * fmpq(depth - 2, depth) + 2 * root / roots
        return sign / squares - 2 * (value / squares) ** 2 + root / value**2 * bend / roots

    mixed = 2 * s * t / squares**2 - 2 * x * y / (s * t * roots**2)
    return own(1, s, x), mixed, own(-1, t, y)


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
    lines = [(*_seconds(g), *line) for line in _LINES] if 0 < g.roots[1] < g.roots[0] else []
    point = replace(g.point().with_values(**{"W_j(s)": factor}), together=(*pairs, *lines))
    if stretched is None:
        return point
    longer = v.times(g.frame(g.depth * stretched), diagonal((fmpq(2), fmpq(1))))
    return point.with_values(**{"VU"[stretched]: longer})


def otherwise() -> Iterator[Point]:
    """Yield points with a frame that is not orthogonal, and with factors that are not balanced."""
    g = Geometry(2, (fmpq(3), fmpq(1, 2)), 1)
    yield from (two_values(g, frame) for frame in (0, 1))
    yield two_values(g, even=False)
