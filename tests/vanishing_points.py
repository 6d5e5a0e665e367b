"""Points for statements about singular values of which the last k tend to zero."""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq

from dlnproof.definitions import letters
from dlnproof.numeric import values as v
from dlnproof.numeric.geometric_points import Geometry, moved
from dlnproof.numeric.interpretation import Dependent, Point
from dlnproof.numeric.values import Value


def _differential(point: Point, e: Value, d: Value, a: Value, b: Value) -> Value:
    """Return U (a Sigma(e) + D + Sigma(e) b^T) V^T."""
    width, last = point.values["d"], point.of(letters.k, (), None)
    sizes = [point.of(letters.sigma, (i,), None) for i in range(1, width + 1)]
    moving = [v.times(e, s) if i > width - last else s for i, s in enumerate(sizes, 1)]
    return moved(point, moving, d, a, b)


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
        yield name, vanishing_point(depth, tuple(fmpq(t) for t in roots), last, seed + depth)


def vanishing_point(depth: int, roots: tuple[fmpq, ...], last: int, seed: int) -> Point:
    """Return the point of a depth, with N-th roots of the values, of which the last k vanish."""
    point = Geometry(depth, roots, seed).point()
    other = {"k": last, "dW(e)": Dependent(_differential)}
    return point.with_values(**other).fixing(*other)
