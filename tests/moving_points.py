"""Points with directions of balanced factors: vertical and normal ones, and tangents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flint import fmpq

from dlnproof.numeric import values as v
from dlnproof.numeric.geometric_points import Geometry, adjoint, geometries
from dlnproof.numeric.interpretation import Dependent, Point
from dlnproof.numeric.values import Value


def moving(seed: int) -> Iterator[tuple[str, Point]]:
    """Yield points of each stratum of the values."""
    for g in [*geometries(seed, (1, 2, 3), (1, 2)), *geometries(seed, (2, 3), (3,))]:
        yield f"{g.place}, moving", moving_point(g)


def moving_point(g: Geometry) -> Point:
    """Return the point with skew a_j, symmetric b_j, O at both ends, and directions H_j.

    These are vertical, or beside that a lift, or normal ones; E_j is the inverse of W_j ... W_1.
    """
    point, size = g.point(), (g.width, g.width)
    entries = dict(point.entries)
    factors = [g.factor(j) for j in range(1, g.depth + 1)]
    for j in range(g.depth + 1):
        for name, sign in (("a_j", -1), ("b_j", 1)):
            entries[name, str(j)] = _between(g, j, sign)
    kind, product = g.seed % 3, v.eye(g.width)
    lifted = v.matrix(*size, [fmpq(k + 2, 3) for k in range(g.width**2)])
    if all(g.roots):
        entries["E_j", "0"] = product
    for j, W in enumerate(factors, 1):
        turns = [entries["a_j", str(k)] for k in (j, j - 1)]
        if kind == 0:
            turns = [
                v.plus(a, entries["b_j", str(k)]) for a, k in zip(turns, (j, j - 1), strict=True)
            ]
        moves = v.minus(v.times(turns[0], W), v.times(W, turns[1]))
        if kind == 1:
            moves = v.plus(moves, adjoint(factors, j, lifted))
        entries["H_j", str(j)], product = moves, v.times(W, product)
        if all(g.roots):
            entries["E_j", str(j)] = v.solved(product, v.eye(g.width))
    return replace(point, entries=entries, fixed=point.fixed | {"a_j", "b_j", "E_j"})


def _between(g: Geometry, j: int, sign: int) -> Value:
    """Return a skew (-1) or symmetric (1) matrix, and O at both ends."""
    d, inner = g.width, 0 < j < g.depth
    some = [fmpq(int(inner) * (2 * k + j * l + 1), l + 2) for k in range(d) for l in range(d)]
    matrix = v.matrix(d, d, some)
    return v.plus(matrix, v.times(fmpq(sign), v.transpose(matrix)))


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


def without_differentials() -> Iterator[Point]:
    """Yield a point where dphi_j, and its adjoint, is j times what it is."""
    point = moving_point(Geometry(2, (fmpq(2), fmpq(1)), 1))

    def scaled(name: str) -> Dependent:
        make = point.values[name].value
        return Dependent(lambda at, j, x: v.times(fmpq(j), make(at, j, x)))

    yield point.with_values(**{name: scaled(name) for name in ("dphi_j", "dphi_j*")})
