"""Points for statements about singular values of which the last k tend to zero."""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq

from dlnproof.numeric.geometric_points import Geometry
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.paths import vanishing_point


def vanishing(seed: int) -> Iterator[tuple[str, Point]]:
    """Yield points of depths 1, 2 and 4, where some values vanish, or all."""
    for depth, roots, last in (
        (2, (2, 1), 1),
        (2, (2, 1), 2),
        (1, (3, 1), 1),
        (4, (3, 2), 1),
        (2, (2,), 1),
        (2, (3, 2, 1), 2),
    ):
        name = f"depth {depth}, {last} of {len(roots)} vanish"
        g = Geometry(depth, tuple(fmpq(t) for t in roots), seed + depth)
        yield name, vanishing_point(g, last)
