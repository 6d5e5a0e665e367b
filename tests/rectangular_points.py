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
