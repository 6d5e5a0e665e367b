"""Points with the flow W' = -N A(W - Y) from near the matrix Y, known for all times."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flint import arb, fmpq

from dlnproof.numeric import values as v
from dlnproof.numeric.geometric_points import Geometry, geometries
from dlnproof.numeric.interpretation import Dependent, Point
from dlnproof.numeric.values import Value

TENTH = fmpq(1, 10)


def closing(seed: int) -> Iterator[tuple[str, Point]]:
    """Yield points whose flow ends at their W, of each stratum of its values."""
    bases = [*geometries(seed, (2, 1, 3), (1, 2)), *geometries(seed, (2, 3), (3,))]
    for g in bases:
        yield f"{g.place}, closing", closing_point(g)


def closing_point(g: Geometry, apart: fmpq = TENTH) -> Point:
    """Return the flow to Y = W in its frames; of three factors, at rest.

    One value moves with e^(-t), or as a logistic function of it; how far off all are at the start
    is a share of the least.
    """
    least = min(g.sigma(i) for i in range(1, g.width + 1))

    def size(i: int, time: Value) -> Value:
        aim = g.sigma(i) if 1 <= i <= g.width else fmpq(1)
        if g.depth > 2 or aim == 0:
            return aim
        fades = v.real_power(arb(1).exp(), v.times(-fmpq(1) if g.depth == 1 else -2 * aim, time))
        if g.depth == 1:
            return v.plus(aim, v.times(apart * least, fades))
        share = v.times(apart * least / aim, fades)
        return v.times(aim, v.inverse_of(v.plus(fmpq(1), share)))

    return of_sizes(g, size, least / 2)


def of_sizes(g: Geometry, size: Callable[[int, Value], Value], margin: fmpq) -> Point:
    """Return the point of a path of singular values, with y the least of Y = W."""
    point = g.point()
    aim = point.values["W"]

    def path(time: Value) -> Value:
        return g.whole([size(i, time) for i in range(1, g.width + 1)])

    return point.with_values(
        **{
            "sigma(t)": size,
            "W(t)": path,
            "G(t)": lambda time: v.minus(path(time), aim),
            "Y": aim,
            "y": min(g.sigma(i) for i in range(1, g.width + 1)),
            "c": margin,
            "euler": Dependent(lambda at: arb(1).exp()),
        }
    ).fixing("Y", "y", "c", "euler")
