"""Points at which the hypotheses of claims hold, of every stratum that they allow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from dlnproof.claims import CLAIMS
from dlnproof.numeric.completion_points import free_entry, near_hyperbola
from dlnproof.numeric.geometric_points import geometries
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.samples import satisfying
from dlnproof.numeric.sentences import Known

DEPTHS, WIDTHS = (1, 2, 3), (1, 2)
SENTENCES = [claim.id for claim in CLAIMS.values() if claim.sentences]
"""The claims whose statements are made of sentences."""


@dataclass(frozen=True)
class Place:
    """A point, what it is, and what is known there."""

    name: str
    point: Point
    known: Known = field(default_factory=dict, compare=False)


def candidates() -> Iterator[Place]:
    """Yield points of all kinds, the middle ones first."""
    found = list(geometries(0, DEPTHS, WIDTHS)) + list(geometries(0, (2, 3), (3,)))
    for g in sorted(found, key=lambda g: (g.width == 1, g.width, abs(g.depth - 2))):
        name = f"depth {g.depth}, t = {', '.join(map(str, g.roots))}"
        yield Place(name, g.point())
        yield Place(f"{name}, mean", g.point(mean=True))
    for make in (free_entry, near_hyperbola):
        for point in make(0):
            yield Place(make.__name__, point)


@cache
def _candidates() -> tuple[Place, ...]:
    return tuple(candidates())


NO_POINT = {
    "volume-divergence": "a family of differentials, for each e",
    "rank-one-minimizers": "a singular value decomposition of a matrix that is observed in part",
    "diagonal-3x3": "a 3 x 3 matrix with ones on its diagonal, and its decomposition",
    "recap": "gradient descent, and a flow",
}
"""Claims for whose hypotheses no points are made yet, and what they would have to be."""

MOST = {"infinite-depth": 1, "volume-corners": 1}
"""Claims with integrals in a determinant, where a point takes long."""


@cache
def places(claim: str) -> tuple[Place, ...]:
    """Return points at which the hypotheses of a claim hold, as far as can be seen."""
    if claim in NO_POINT:
        return ()
    most = MOST.get(claim, 8)
    found: list[Place] = []
    for place in _candidates():
        if len(found) < most:
            point = satisfying(CLAIMS[claim].given, place.point, place.known)
            if point is not None:
                found.append(Place(place.name, point))
    return tuple(found)
