"""Points with the inverse of the Gram matrix of each pair of turns."""

from __future__ import annotations

from collections.abc import Iterator

from dlnproof.definitions.letters import i, l
from dlnproof.definitions.orbits import GRAM_INVERSE, TURNED_GRAM
from dlnproof.kernel.terms import integer, substitute
from dlnproof.numeric import values as v
from dlnproof.numeric.geometric_points import geometries
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.sentences import value


def with_inverses(point: Point, depth: int, width: int) -> Point:
    """Return the point with X_il for each pair i < l."""
    if depth < 2:  # the matrices have no rows
        return point
    for one in range(1, width + 1):
        for other in range(one + 1, width + 1):
            gram = substitute(TURNED_GRAM, {i: integer(one), l: integer(other)})
            inverse = v.solved(value(gram, point), v.eye(depth - 1))
            point = point.with_entry(str(GRAM_INVERSE.name), (one, other), inverse)
    return point


def bending() -> Iterator[tuple[str, Point]]:
    """Yield such points of small depths and widths."""
    for g in [*geometries(0, (1, 2, 3), (1, 2)), *geometries(0, (2,), (3,))]:
        if all(g.roots):
            yield g.place, with_inverses(g.point(), g.depth, g.width)
