"""Points with a path of matrices whose singular vectors turn, as its singular values move."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flint import fmpq

from dlnproof.numeric import values as v
from dlnproof.numeric.geometric_points import Geometry, geometries
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.values import Value

Curve = Callable[[Value], Value]


def turning(seed: int) -> Iterator[tuple[str, Point]]:
    """Yield points whose frames are U R(t) and V R(-2t), of each stratum of the values."""
    for g in [*geometries(seed, (1, 2, 3), (1, 2)), *geometries(seed, (2, 3), (3,))]:
        yield f"depth {g.depth}, t = {', '.join(map(str, g.roots))}, turning", turning_point(g)


def turning_point(g: Geometry) -> Point:
    """Return the point with U R(t) and V R(-2t) in place of U and V."""
    left, left_moves = _turned(g, g.depth, fmpq(1))
    right, right_moves = _turned(g, 0, fmpq(-2))

    def between(first: Value, middle: Value, last: Value) -> Value:
        """Return A U^T M V B^T, for M = U D V^T."""
        inside = v.times(v.times(v.transpose(g.frame(g.depth)), middle), g.frame(0))
        return v.times(v.times(first, inside), v.transpose(last))

    def path(time: Value) -> Value:
        return between(left(time), g.product_at(time), right(time))

    def velocity(time: Value) -> Value:
        stretched = between(left(time), g.product_velocity_at(time), right(time))
        one = between(left_moves(time), g.product_at(time), right(time))
        other = between(left(time), g.product_at(time), right_moves(time))
        return v.plus(stretched, v.plus(one, other))

    families = {
        "U(t)": left,
        "V(t)": right,
        "U'(t)": left_moves,
        "V'(t)": right_moves,
        "W(t)": path,
        "W'(t)": velocity,
    }
    return g.point().with_values(**families)


def _turned(g: Geometry, frame: int, speed: fmpq) -> tuple[Curve, Curve]:
    """Return Q R(ct), and its derivative, for R(t) = (I - tS)^-1 (I + tS) with S skew."""
    d = g.width
    entries = [fmpq((k - l) * (k + l + 1), 4) for k in range(d) for l in range(d)]
    skew, one = v.times(speed, v.matrix(d, d, entries)), v.eye(d)

    def turn(time: Value) -> tuple[Value, Value]:
        step = v.times(time, skew)
        return v.minus(one, step), v.plus(one, step)

    def turned(time: Value) -> Value:
        return v.times(g.frame(frame), v.solved(*turn(time)))

    def moves(time: Value) -> Value:
        before, after = turn(time)
        whole = v.times(skew, v.plus(one, v.solved(before, after)))
        return v.times(g.frame(frame), v.solved(before, whole))

    return turned, moves
