"""Grids: which exact points a run visits."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from dlnproof.core.claim import Claim
from dlnproof.depth import Depth
from dlnproof.numeric.points import PointKey, Stratum


@dataclass(frozen=True)
class Grid:
    """Depths x widths x strata x signs of det W x points of each kind.

    ``points`` counts the points of one kind; ``digits`` is the working precision of finite
    differences and enclosures; ``seed`` changes every point.
    """

    depths: tuple[Depth, ...] = (1, 2, 3, 4, 5, inf)
    widths: tuple[int, ...] = (1, 2, 3, 4)
    points: int = 1
    digits: int = 50
    seed: int = 0

    def keys(self, claim: Claim) -> Iterator[PointKey]:
        """Yield the keys of the points at which the claim is checked."""
        for depth in self.depths:
            if not (claim.infinite if depth == inf else claim.finite):
                continue
            for width in self.widths:
                for stratum in Stratum:
                    if stratum.exists(width):
                        for sign in (1, -1):
                            for index in range(self.points):
                                yield PointKey(depth, width, stratum, sign, index, self.seed)
