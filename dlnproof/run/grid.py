"""Grids: which exact points a run visits."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from operator import index
from typing import Any

from dlnproof.claims.schema import Claim
from dlnproof.depth import Depth, as_depth
from dlnproof.errors import InputError
from dlnproof.numeric.exact.points import PointKey, Stratum


@dataclass(frozen=True)
class Grid:
    """Depths x widths x strata x signs of det W x points of each kind.

    ``points`` counts the points of one kind; ``digits`` is the working precision of finite
    differences and enclosures; ``runs`` the training runs of one experiment (0: none are made);
    ``seed`` changes every point and every run. Raises
    :class:`~dlnproof.errors.InputError` for anything but integers in range (and infinite depth).
    """

    depths: tuple[Depth, ...] = (1, 2, 3, 4, 5, inf)
    widths: tuple[int, ...] = (1, 2, 3, 4)
    points: int = 1
    digits: int = 50
    seed: int = 0
    runs: int = 500

    def __post_init__(self) -> None:
        depths = tuple(dict.fromkeys(as_depth(depth) for depth in self.depths))
        widths = tuple(dict.fromkeys(_integer("width", width, 1) for width in self.widths))
        # the same grid has one form, so that its repr repeats a run
        object.__setattr__(self, "depths", depths)
        object.__setattr__(self, "widths", widths)
        for name, least in (("points", 1), ("digits", 20), ("seed", 0), ("runs", 0)):
            object.__setattr__(self, name, _integer(name, getattr(self, name), least))

    def keys(self, claim: Claim) -> Iterator[PointKey]:
        """Yield the keys of the points at which the claim is checked."""
        for depth in self.depths:
            if not (claim.infinite if depth == inf else claim.finite) or depth < claim.least_depth:
                continue
            for width in self.widths:
                for stratum in Stratum:
                    if stratum is Stratum.DEFICIENT and not claim.singular:
                        continue
                    if stratum.exists(width):
                        for sign in (1, -1):
                            for number in range(self.points):
                                yield PointKey(depth, width, stratum, sign, number, self.seed)


def _integer(name: str, value: Any, least: int) -> int:
    try:
        number = None if isinstance(value, bool) else index(value)
    except TypeError:
        number = None
    if number is None or number < least:
        raise InputError(f"{name}: got {value!r}, expected an integer >= {least}")
    return number
