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
        yield f"{g.place}, turning", turning_point(g)


def turning_point(g: Geometry) -> Point:
    """Return the point with U R(t) and V R(-2t) in place of U and V."""
    left, left_turns = _turned(g, g.depth, fmpq(1))
    right, right_turns = _turned(g, 0, fmpq(-2))
    back, ahead = v.transpose(g.frame(g.depth)), g.frame(0)

    def sizes(time: Value) -> Value:
        return v.times(v.times(back, g.product_at(time)), ahead)

    def path(time: Value) -> Value:
        return v.times(v.times(left(time), sizes(time)), v.transpose(right(time)))

    def stretch(time: Value) -> Value:
        """Return Sigma' - alpha^T Sigma - Sigma beta."""
        one = v.times(v.transpose(left_turns(time)), sizes(time))
        other = v.times(sizes(time), right_turns(time))
        return v.minus(v.minus(g.stretch_at(time), one), other)

    families = {
        "U(t)": left,
        "V(t)": right,
        "alpha(t)": left_turns,
        "beta(t)": right_turns,
        "W(t)": path,
        "H(t)": stretch,
    }
    return g.point().with_values(**families)


def _turned(g: Geometry, frame: int, speed: fmpq) -> tuple[Curve, Curve]:
    """Return Q R(ct), for R(t) = (I - tS)^-1 (I + tS) with S skew, and R^T R'."""
    d = g.width
    entries = [fmpq((k - l) * (k + l + 1), 4) for k in range(d) for l in range(d)]
    skew, one = v.times(speed, v.matrix(d, d, entries)), v.eye(d)

    def turn(time: Value) -> Value:
        step = v.times(time, skew)
        return v.solved(v.minus(one, step), v.plus(one, step))

    def turned(time: Value) -> Value:
        return v.times(g.frame(frame), turn(time))

    def turns(time: Value) -> Value:
        before = v.minus(one, v.times(time, skew))
        moves = v.solved(before, v.times(skew, v.plus(one, turn(time))))
        return v.times(v.transpose(turn(time)), moves)

    return turned, turns
