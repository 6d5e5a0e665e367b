"""Grids: which exact points a run visits."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from dlnproof.claims.schema import Claim
from dlnproof.depth import Depth, as_depth
from dlnproof.limits import DEPTHS, DIGITS, NUMBERS, POINTS, RUNS, SEED, WIDTHS, whole
from dlnproof.numeric.exact.points import PointKey, Stratum


@dataclass(frozen=True)
class Grid:
    """Depths x widths x strata x signs of det W x points of each kind.

    ``points`` counts the points of one kind; ``digits`` is the working precision of finite
    differences and enclosures; ``runs`` the training runs of one experiment (0: none are made);
    ``seed`` changes every point and every run. Raises
    :class:`~dlnproof.errors.InputError` for anything but integers in range (and infinite depth).
    """

    depths: tuple[Depth, ...] = DEPTHS
    widths: tuple[int, ...] = WIDTHS
    points: int = POINTS.usual
    digits: int = DIGITS.usual
    seed: int = SEED.usual
    runs: int = RUNS.usual

    def __post_init__(self) -> None:
        depths = tuple(dict.fromkeys(as_depth(depth) for depth in self.depths))
        widths = tuple(dict.fromkeys(whole("width", width, 1) for width in self.widths))
        # the same grid has one form, so that its repr repeats a run
        object.__setattr__(self, "depths", depths)
        object.__setattr__(self, "widths", widths)
        for name, of in NUMBERS.items():
            object.__setattr__(self, name, whole(name, getattr(self, name), of.least))

    def keys(self, claim: Claim) -> Iterator[PointKey]:
        """Yield the keys of the points at which the claim is checked."""
        for depth, width, stratum in self._kinds(claim):
            for sign in (1, -1):
                for number in range(self.points):
                    yield PointKey(depth, width, stratum, sign, number, self.seed)

    def count(self, claim: Claim) -> int:
        """Return how many these are."""
        return 2 * self.points * sum(1 for _ in self._kinds(claim))

    def _kinds(self, claim: Claim) -> Iterator[tuple[Depth, int, Stratum]]:
        for depth in self.depths:
            if not (claim.infinite if depth == inf else claim.finite) or depth < claim.least_depth:
                continue
            for width in self.widths:
                for stratum in Stratum:
                    if stratum is Stratum.DEFICIENT and not claim.singular:
                        continue
                    if stratum.exists(width):
                        yield depth, width, stratum
