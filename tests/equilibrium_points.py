"""Points with a loss of singular values and an inverse temperature, and others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from flint import fmpq
from two_value_points import otherwise, two_values

from dlnproof.numeric import values as v
from dlnproof.numeric.geometric_points import Geometry
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.values import Value

TWO = (fmpq(2), fmpq(1))
HOT = fmpq(2)


def heated(point: Point, beta: fmpq = HOT, scale: int = 1, slope: int = 1) -> Point:
    """Return the point with e(x) = a x^2 / 2 and e'(x) = a b x."""

    def energy(x: Value) -> Value:
        return v.times(fmpq(scale, 2), v.times(x, x))

    def force(x: Value) -> Value:
        return v.times(fmpq(scale * slope), x)

    rising = tuple(pair[::-1] for pair in point.together)
    point = replace(point, together=(*point.together, *rising))
    return point.with_values(**{"beta": beta, "e": energy, "e'": force})


def equilibria() -> Iterator[tuple[str, Point]]:
    """Yield points of two values, and frames of any width."""
    for depth, width in product((1, 2, 3), (1, 2, 3)):
        wide = Geometry(depth, (fmpq(1),) * width, 0)
        point = two_values(Geometry(depth, TWO, 1)).with_entry("sigma", (3,), fmpq(1))
        for j in range(depth + 1):
            point = point.with_entry("R_j", (j,), wide.frame(j))
        yield f"two values, frames of {wide.place}", heated(point.with_values(d=width))


def unsettled() -> Iterator[Point]:
    """Yield points with another force, one that decreases, none of this temperature, and others."""
    point = two_values(Geometry(2, TWO, 1))
    yield heated(point, slope=2)
    yield heated(point, scale=-1)
    yield heated(point, fmpq(-2))
    none = point.with_values(d=0)
    for j in range(3):
        none = none.with_entry("R_j", (j,), v.null((0, 0)))
    yield heated(none, fmpq(1, 100))
    for j in range(3):
        point = point.with_entry("R_j", (j,), v.times(fmpq(2), point.entries["R_j", str(j)]))
    yield heated(point)
    yield from map(heated, otherwise())
