"""Points with a path of matrices whose singular vectors turn, as its singular values move."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from flint import arb, fmpq

from dlnproof.numeric import values as v
from dlnproof.numeric.geometric_points import Geometry, geometries
from dlnproof.numeric.interpretation import Dependent, Point
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


def limited(seed: int) -> Iterator[tuple[str, Point]]:
    """Yield such points, also of values that coincide, and whose speed is at most c.

    The last value is lost on another path; one number is such that it is as fast as that.
    """
    for g in [*geometries(seed, (1, 2, 3), (1, 2)), *islice(geometries(seed, (2,), (3,)), 1)]:
        if all(g.roots):
            yield f"{g.place}, limited", with_speed(turning_point(g), g, fmpq(50))
    for depth in (1, 4):
        g = Geometry(depth, (fmpq(1),), seed)
        yield f"{g.place}, straight", straight(g)


def straight(g: Geometry) -> Point:
    """Return the point of the number (1 + t / 2)^N, whose speed is N^(1/2) / 2."""

    def power(time: Value, exponent: int) -> Value:
        return v.integer_power(v.plus(fmpq(1), v.times(fmpq(1, 2), time)), exponent)

    def moves(time: Value) -> Value:
        return g.whole([v.times(fmpq(g.depth, 2), power(time, g.depth - 1))])

    path = {
        "t_0": fmpq(-1),
        "W(t)": lambda time: g.whole([power(time, g.depth)]),
        "W'(t)": moves,
        "sigma(t)": lambda i, time: power(time, g.depth) if i == 1 else fmpq(1),
    }
    return with_speed(g.point().with_values(**path), g, fmpq({1: 1, 4: 2}[g.depth], 2))


def with_speed(point: Point, g: Geometry, speed: Value) -> Point:
    """Return the point with e_i, of which the last alone is 1, c, and the base of the logarithm."""
    for i in range(1, g.width + 1):
        point = point.with_entry("e_i", (i,), fmpq(int(i == g.width)))
    values = {"c": speed, "euler": Dependent(lambda point: arb(1).exp())}
    return point.with_values(**values).fixing("e_i", *values)


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
