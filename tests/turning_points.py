"""Points with a path of matrices whose singular vectors turn, as its singular values move."""

from __future__ import annotations

from collections.abc import Iterator

from dlnproof.numeric.geometric_points import geometries
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.paths import turning_point


def turning(seed: int) -> Iterator[tuple[str, Point]]:
    """Yield points whose frames are U R(t) and V R(-2t), of each stratum of the values."""
    for g in [*geometries(seed, (1, 2, 3), (1, 2)), *geometries(seed, (2, 3), (3,))]:
        yield f"{g.place}, turning", turning_point(g)
