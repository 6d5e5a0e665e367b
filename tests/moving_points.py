"""Points with directions of balanced factors: vertical and normal ones, and tangents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from flint import fmpq

from dlnproof.numeric import values as v
from dlnproof.numeric.directions import Along, Kind, line_point, moving_point, towering_point
from dlnproof.numeric.geometric_points import Geometry, geometries
from dlnproof.numeric.interpretation import Dependent, Point
from dlnproof.numeric.values import Value


def moving(seed: int) -> Iterator[tuple[str, Point]]:
    """Yield points of each stratum of the values."""
    for g in [*geometries(seed, (1, 2, 3), (1, 2)), *geometries(seed, (2, 3), (3,))]:
        yield f"{g.place}, moving", moving_point(g, Kind(g.seed % len(Kind)))


def counting(seed: int) -> Iterator[tuple[str, Point]]:
    """Yield points with vertical directions, and with widths of layers of another product."""
    for g in [*geometries(seed, (1, 2, 3), (1, 2)), *geometries(seed, (2, 3), (3,))]:
        rank = g.seed % 3
        point = moving_point(g, Kind.VERTICAL).with_values(r=rank, d_j=lambda j, r=rank: r + j % 2)
        yield f"{g.place}, counting", point.fixing("r", "d_j")


def framing(seed: int) -> Iterator[tuple[str, Point]]:
    """Yield points with a diagonal matrix and two skew ones, to be tried together."""
    for g in [*geometries(seed, (1, 2, 3), (1, 2)), *geometries(seed, (2, 3), (3,))]:
        yield f"{g.place}, framing", framing_point(g)


def framing_point(g: Geometry) -> Point:
    """Return the point with D, a and b to be tried together."""
    d = range(g.width)
    D = v.matrix(g.width, g.width, [fmpq((k + 2) * (k == l), 3) for k in d for l in d])
    a, b = (
        v.matrix(g.width, g.width, [fmpq((k - l) * (k + l + n), n) for k in d for l in d])
        for n in (1, 2)
    )
    return replace(g.point(), together=((D, a, b),))


def acting(seed: int) -> Iterator[tuple[str, Point]]:
    """Yield points with two orthogonal matrices, the inverse, and matrices as in framing."""
    for g in [*geometries(seed, (1, 2, 3), (1, 2)), *geometries(seed, (2, 3), (3,))]:
        if all(g.roots):
            yield f"{g.place}, acting", acting_point(g)


def acting_point(g: Geometry) -> Point:
    """Return the point with Q, R and E = W^(-1), and D, a and b to be tried together."""
    point = framing_point(g)
    turns = {"Q": g.frame(g.depth + 1), "R": g.frame(g.depth + 2)}
    point = point.with_values(**turns, E=point.values["W"].inv())
    [(D, a, b)] = point.together
    return replace(point, together=((D, a, b), (D, v.times(D, D)))).fixing("Q", "R", "E")


def shrinking(seed: int) -> Iterator[tuple[str, Point]]:
    """Yield points with the path to a truncated decomposition, of each rank."""
    for g in [*geometries(seed, (1, 2, 3), (1, 2)), *geometries(seed, (2, 3), (3,))]:
        if all(g.roots):
            for rank in range(g.width + 1) if g.width < 3 else (1,):
                yield f"{g.place}, to rank {rank}", shrinking_point(g, rank)


def shrinking_point(g: Geometry, rank: int) -> Point:
    """Return the point with that path, whose roots shrink by their share of the time."""
    point = g.point()
    for i in range(1, g.width + 1):
        point = point.with_entry("e_i", (i,), fmpq(int(i > rank)))

    def spread(time: Value, *, moving: bool) -> Value:
        found = []
        for i in range(1, g.width + 1):
            lost = fmpq(int(i > rank))
            left = v.minus(fmpq(1), v.times(time, lost))
            if moving:
                rate = v.times(-g.depth * lost * g.sigma(i), v.integer_power(left, g.depth - 1))
                found.append(rate)
            else:
                found.append(v.times(g.sigma(i), v.integer_power(left, g.depth)))
        return g.whole(found)

    paths = {"W(t)": False, "W'(t)": True}
    made = {name: partial(spread, moving=moving) for name, moving in paths.items()}
    return point.with_values(r=rank, **made).fixing("r", "e_i")


def towering(seed: int) -> Iterator[tuple[str, Point]]:
    """Yield points whose factors are a tower, with the matrix of that and another to be tried."""
    for g in [*geometries(seed, (1, 2, 3), (1, 2)), *geometries(seed, (2, 3), (3,))]:
        if all(g.roots):
            yield f"{g.place}, towering", towering_point(g)


def lining(seed: int) -> Iterator[tuple[str, Point]]:
    """Yield points whose factors are a tower that moves along a line, of each kind."""
    for g in [*geometries(seed, (1, 2, 3), (1, 2)), *geometries(seed, (2, 3), (3,))]:
        if all(g.roots):
            for along in Along if g.width == 2 else (Along(g.seed % len(Along)),):
                yield f"{g.place}, along a line", line_point(g, along)


def without_differentials() -> Iterator[Point]:
    """Yield a point where dphi_j, and its adjoint, is j times what it is."""
    point = moving_point(Geometry(2, (fmpq(2), fmpq(1)), 1), Kind.LIFTED)

    def scaled(name: str) -> Dependent:
        make = point.values[name].value
        return Dependent(lambda at, j, x: v.times(fmpq(j), make(at, j, x)))

    yield point.with_values(**{name: scaled(name) for name in ("dphi_j", "dphi_j*")})


def out_of_balance() -> Iterator[Point]:
    """Yield two factors, diag(2, 1) and I, that a matrix turns which is not skew; and no dphi_j.

    Linearised, the defect of their balance stays: a + a^T + a B + B a^T = O for B = diag(4, 1).
    """
    point = moving_point(Geometry(2, (fmpq(2), fmpq(1)), 1), Kind.VERTICAL)
    one, turn = v.eye(2), v.matrix(2, 2, [fmpq(k) for k in (0, 5, -2, 0)])
    first = v.matrix(2, 2, [fmpq(k) for k in (2, 0, 0, 1)])
    back = v.solved(first, one)
    entries = {("W_j", 1): first, ("W_j", 2): one, ("a_j", 1): turn}
    entries |= {("H_j", 1): v.times(turn, first), ("H_j", 2): v.negative(turn)}
    entries |= {("E_j", 1): back, ("E_j", 2): back}
    for (name, j), value in entries.items():
        point = point.with_entry(name, (j,), value)
    yield point
    yield from without_differentials()
