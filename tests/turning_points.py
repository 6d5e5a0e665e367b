"""Points with a path of matrices whose singular vectors turn, as its singular values move."""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq

from dlnproof.numeric import values as v
from dlnproof.numeric.geometric_points import Geometry, geometries
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.paths import turning_point
from dlnproof.numeric.values import Value


def turning(seed: int) -> Iterator[tuple[str, Point]]:
    """Yield points whose frames are U R(t) and V R(-2t), of each stratum of the values."""
    yield from ((f"{g.place}, turning", turning_point(g)) for g in _bases(seed))


def descending(seed: int) -> Iterator[tuple[str, Point]]:
    """Yield such points of values that differ, with the G for which W' = -N A_{N,W}(G)."""
    for g in _bases(seed):
        if len(set(g.roots)) == g.width:
            yield f"{g.place}, descending", descent(turning_point(g), g)
            yield f"{g.place}, at rest", descent(turning_point(g, 0), g)


def _told_apart(x: Value, y: Value) -> bool:
    gap = v.minus(x, y)
    return v.sign(gap.a if isinstance(gap, v.Jet) else gap) in (1, -1)


def descent(point: Point, g: Geometry) -> Point:
    """Return the point of a path with the G for which W' = -N A_{N,W}(G)."""
    left, right, stretch = (point.values[name] for name in ("U(t)", "V(t)", "H(t)"))

    def pull(time: Value) -> Value:
        sizes = [v.entry(g.spread_at(time), i, i) for i in range(g.width)]
        squares = [v.times(x, x) for x in sizes]
        roots = [v.real_power(x, fmpq(1, g.depth)) for x in squares]
        moves, found = stretch(time), []
        for i in range(g.width):
            for l in range(g.width):
                if i == l or not _told_apart(squares[i], squares[l]):
                    own = v.times(fmpq(g.depth), v.times(squares[i], v.inverse_of(roots[i])))
                else:
                    gaps = (v.minus(x[i], x[l]) for x in (squares, roots))
                    own = v.times(next(gaps), v.inverse_of(next(gaps)))
                found.append(v.times(v.negative(v.entry(moves, i, l)), v.inverse_of(own)))
        inner = v.matrix(g.width, g.width, found)
        return v.times(v.times(left(time), inner), v.transpose(right(time)))

    return point.with_values(**{"G(t)": pull})


def _bases(seed: int) -> list[Geometry]:
    return [*geometries(seed, (1, 2, 3), (1, 2)), *geometries(seed, (2, 3), (3,))]
