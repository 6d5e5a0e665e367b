"""Points of a product of any shape and rank that moves, with its gradient and what lifts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flint import fmpq
from strata_points import beyond

from dlnproof.numeric import values as v
from dlnproof.numeric.geometric_points import Geometry, diagonal, geometries
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.shaped_points import shaped_point
from dlnproof.numeric.values import Value

MORE = ((1, 2), (2, 1), (0, 1))
"""How many rows more than r the frames have, for even and for odd j."""


def moving(g: Geometry, more: tuple[int, int] = MORE[0]) -> Point:
    """Return the point: D, a_N, a_0, Z_N and Z_0 move it, and W' = -N A(G); H is a lift."""
    point, r, depth = shaped_point(g, more), g.width, g.depth
    U, V = point.values["U"], point.values["V"]
    sizes, indices = [g.sigma(i) for i in range(1, r + 1)], range(r)
    edges = [(x / t) ** 2 for x, t in zip(sizes, g.roots, strict=True)]
    stretch = [fmpq(2 * i + 1, 3) for i in indices]
    rates = [depth * x / t * y for x, t, y in zip(sizes, g.roots, stretch, strict=True)]
    left, right = (
        v.matrix(r, r, [fmpq((i - l) * (i + l + n), 4) for i in indices for l in indices])
        for n in (1, 2)
    )
    above, beside = (beyond(r + more[end % 2], r, n) for n, end in ((1, depth), (2, 0)))

    def eigenvalue(i: int, l: int) -> Value:
        if sizes[i] == sizes[l]:
            return depth * edges[i]
        return (sizes[i] ** 2 - sizes[l] ** 2) / (g.roots[i] ** 2 - g.roots[l] ** 2)

    def lifted(moves: Sequence[Value]) -> Value:
        """Return a matrix that N A takes to how the product moves, Sigma by these."""
        turned = [
            v.entry(left, i, l) * sizes[l] + sizes[i] * v.entry(right, l, i) + (i == l) * moves[i]
            for i in indices
            for l in indices
        ]
        values = [eigenvalue(i, l) for i in indices for l in indices]
        inner = v.matrix(r, r, [x / y for x, y in zip(turned, values, strict=True)])
        share = diagonal([x / y for x, y in zip(sizes, edges, strict=True)])
        columns = v.plus(v.times(U, inner), v.times(above, share))
        found = v.times(columns, v.transpose(V))
        return v.plus(found, v.times(v.times(U, share), v.transpose(beside)))

    point = point.with_values(
        D_r=diagonal(stretch),
        G_r=v.negative(lifted(stretch)),
        H_r=lifted(rates),
        Z_r=v.times(above, v.transpose(beside)),
    )
    for end, turn, across in ((depth, left, above), (0, right, beside)):
        point = point.with_entry("a_j", (end,), turn).with_entry("Z_j", (end,), across)
    return point.fixing("a_j", "Z_j", "D_r", "G_r", "H_r", "Z_r")


def rectangular_points() -> Iterator[tuple[str, Point]]:
    """Yield points of all strata, of several shapes."""
    for g in [*geometries(0, (1, 2, 3), (1, 2)), *geometries(0, (2,), (3,))]:
        if all(g.roots):
            for more in MORE[: 3 if g.depth == 2 else 1]:
                yield f"{g.place}, {more[0]} and {more[1]} more rows", moving(g, more)


# --- where something is wrong ---------------------------------------------------------------------


def _still(depth: int) -> Point:
    """Return a point at which nothing moves."""
    point = moving(Geometry(depth, (fmpq(2), fmpq(1)), 1))
    for name in ("D_r", "G_r", "H_r"):
        point = point.with_values(**{name: _none(point, name)})
    for end in {depth, 0}:
        width = v.shape(point.values["V" if end == 0 else "U"])[0]
        point = point.with_entry("a_j", (end,), v.null((2, 2)))
        point = point.with_entry("Z_j", (end,), v.null((width, 2)))
    return point


def _none(point: Point, name: str) -> Value:
    return v.times(fmpq(0), point.values[name])


def _sized(point: Point, *sizes: Value) -> Point:
    for i, size in enumerate(sizes, 1):
        point = point.with_entry("sigma", (i,), size)
    return point


def _turning(depth: int, *, by_roots: bool) -> Iterator[Point]:
    """Yield points whose frames move as they may not, and values as if to make up for it."""
    still, sizes = _still(depth), (fmpq(2) ** depth, fmpq(1))
    roots = (fmpq(2), fmpq(1))
    made_up = [-x / depth for x in roots] if by_roots else [-x for x in sizes]
    still = still.with_values(D_r=diagonal(made_up))
    for end, name in ((depth, "U"), (0, "V")):
        yield still.with_entry("a_j", (end,), v.eye(2))
        yield still.with_entry("Z_j", (end,), still.values[name])


def unlike_flow() -> Iterator[Point]:
    """Yield points where one hypothesis about the flow is wrong."""
    still = _still(2)
    yield still.with_values(W=v.times(fmpq(2), still.values["W"]))
    for name in "UV":
        longer = still.with_values(**{name: v.times(fmpq(4), still.values[name])})
        yield _sized(longer, fmpq(1), fmpq(1, 4))
    flipped = v.times(still.values["U"], diagonal((fmpq(-1), fmpq(1))))
    yield _sized(still.with_values(U=flipped), fmpq(-4), fmpq(1))
    yield from _turning(2, by_roots=False)
    point = moving(Geometry(2, (fmpq(2), fmpq(1)), 1))
    yield point.with_values(G_r=v.times(fmpq(2), point.values["G_r"]))


def unlike_volume() -> Iterator[Point]:
    """Yield points where one hypothesis about the metric is wrong."""
    point = moving(Geometry(2, (fmpq(2), fmpq(1)), 1))
    half = v.times(fmpq(1, 2), point.values["H_r"])
    yield point.with_values(W=v.times(fmpq(2), point.values["W"]), H_r=half)
    yield point.with_values(H_r=half)
    stretch = [fmpq(1), fmpq(2)]  # with roots 2 and 1: H is U diag(stretch / root) V^T
    still, inner = _still(2), diagonal([fmpq(1, 2), fmpq(2)])
    lift = v.times(v.times(still.values["U"], inner), v.transpose(still.values["V"]))
    still = still.with_values(H_r=lift, D_r=diagonal(stretch))
    for name in "UV":
        longer = v.times(fmpq(4), still.values[name])
        halves = diagonal([x / 2 for x in stretch])
        yield _sized(still.with_values(**{name: longer}, D_r=halves), fmpq(1), fmpq(1, 4))
    flat = v.times(still.values["U"], diagonal([fmpq(4), fmpq(0)]))
    lost = still.with_values(W=v.times(flat, v.transpose(still.values["V"])))
    single = v.times(still.values["U"], diagonal([fmpq(1, 2), fmpq(0)]))
    single = v.times(single, v.transpose(still.values["V"]))
    yield _sized(lost.with_values(H_r=single), fmpq(4), fmpq(0))
    yield from _turning(2, by_roots=True)
