"""Where formulas are tried: small exact points, smallest first, and what the definition gives.

What is not decided for all N and d is tried at all of GRID_DEPTHS x GRID_WIDTHS. So a formula that
is the right one times 1 + P(N, d) is seen to be wrong, for every polynomial P other than 0 of
degree at most 4 in N and in d: for each of five d it would vanish at five N, so all its
coefficients as a polynomial in N vanish there; these are polynomials in d with five zeros, hence 0.
The right value must not be 0 itself: it is for the entropy at N = 1, which is why there are six
depths; for its gradient also at d = 1, where Gram matrices of pairs are none, so that of these P is
of degree at most 3 in d. Where values
are balls, P must not be as small as they are. Nothing is claimed of other factors: for some of them
see :mod:`dlnproof.judge.suspects`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, product
from typing import TYPE_CHECKING, Final

from flint import fmpq

from dlnproof.depth import INFINITE, Depth
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum, point
from dlnproof.quantities.catalogue import QUANTITIES
from dlnproof.quantities.quantity import Measured
from dlnproof.run.jobs import alone

if TYPE_CHECKING:
    from dlnproof.judge.targets import Target

DIGITS: Final = 50
"""The working precision of balls, in decimal digits."""

GRID_DEPTHS: Final = (1, 2, 3, 4, 5, 6)
GRID_WIDTHS: Final = (1, 2, 3, 4, 5)

_DEPTHS: Final = (1, 2, 3, 4, 5)
_SIMPLE: Final = (
    ("2",),
    ("3",),
    ("2", "1"),
    ("3", "2"),
    ("5/2", "1/3"),
    ("3", "2", "1"),
    ("4", "3/2", "2/3"),
    ("4", "3", "2", "1"),
    ("5", "3", "2", "1/2"),
)
_COINCIDENT: Final = (("2", "2"), ("3", "2", "2"), ("2", "2", "2"))
_WIDEST_DEPTH: Final = 3
"""The largest depth at which d = 4 is tried at more than one spectrum."""


@dataclass(frozen=True)
class Place:
    """A depth and a spectrum, as text: sigma_i^(1/N) at finite depth, sigma_i itself at inf."""

    depth: Depth
    roots: tuple[str, ...]

    @property
    def width(self) -> int:
        """The width d."""
        return len(self.roots)

    @property
    def distinct(self) -> bool:
        """Whether the singular values are."""
        return len(set(self.roots)) == self.width


@cache
def point_at(place: Place) -> ExactPoint:
    """Return a point of the balanced manifold with this spectrum, the same every time."""
    key = PointKey(place.depth, place.width, Stratum.SIMPLE, 1, 0, 0)
    return ExactPoint(place.depth, tuple(fmpq(*_parts(t)) for t in place.roots), point(key).frames)


def _parts(text: str) -> tuple[int, int]:
    above, _, below = text.partition("/")
    return int(above), int(below or 1)


def far_places(target: Target) -> list[Place]:
    """Return where a formula that is not decided is tried when all other places agree.

    They complete the grid and go beyond it: smallest N first, then smallest d.
    """
    deep = range(6, 13) if target.finite else ()
    found = [Place(depth, roots) for depth in deep for roots in _SIMPLE if len(roots) <= 2]
    tried = {(at.depth, at.width) for at in chain(places(target, distinct=True), found)}
    grid = product(GRID_DEPTHS if target.finite else (INFINITE,), GRID_WIDTHS)
    wide = product((1, 2) if target.finite else (INFINITE,), (6,))
    for depth, width in chain((pair for pair in grid if pair not in tried), wide):
        found.append(Place(depth, tuple(str(width - k) for k in range(width))))
    return sorted(found, key=lambda place: (place.depth, place.width))


def places(target: Target, *, distinct: bool, few: bool = False) -> Iterator[Place]:
    """Yield where a formula for a target is tried: smallest N first, then smallest d.

    ``few``: only some, up to N = 3 and d = 2 (d = 3 at coincidences), beside a proof.
    """
    widest = 2 if few and distinct else 3 if few or target.free else 4
    for depth in _DEPTHS if target.finite else (INFINITE,):
        if few and target.finite and depth > 3:
            break
        for roots in _SIMPLE if distinct else _COINCIDENT:
            if len(roots) <= widest and (len(roots) < 4 or depth <= _WIDEST_DEPTH):
                yield Place(depth, roots)


def places_where(target: Target) -> list[Place]:
    """Return all places at which what is assumed of N, d and the singular values can hold."""
    where = target.where
    found = [*chain(*(places(target, distinct=x) for x in (True, False))), *far_places(target)]
    depth, width = where.fixed("N"), where.fixed("d")
    if depth is not None and width is not None:
        found.append(Place(depth, tuple(str(width - k) for k in range(width))))
    return [place for place in dict.fromkeys(found) if where.admit_size(place.depth, place.width)]


@cache
def measured(quantity: str, place: Place) -> Measured:
    """Return a quantity's values at a place, from its definition, in the working precision."""
    with alone(DIGITS):  # the values are kept: never in another precision
        return QUANTITIES[quantity].values(point_at(place))
