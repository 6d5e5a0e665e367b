"""The widths d_1, ..., d_{N-1} of hidden layers, all one number or one by one."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dlnproof.depth import Depth
from dlnproof.errors import InputError
from dlnproof.limits import whole


@dataclass(frozen=True)
class Widths:
    """Hidden widths of a network of some depth: one for all, or each."""

    depth: Depth
    every: int | None
    each: tuple[int, ...]

    @property
    def least(self) -> int:
        """The smallest, for N >= 2."""
        return min(self.each) if self.every is None else self.every

    def listed(self) -> list[int]:
        """Return d_1, ..., d_{N-1}."""
        return list(self.each) if self.every is None else [self.every] * (int(self.depth) - 1)

    def total(self, of: Callable[[int], float]) -> float:
        """Return the sum of a function of each, at finite depth."""
        if self.every is not None:
            return (int(self.depth) - 1) * of(self.every)
        return math.fsum(map(of, self.each))

    def excess(self, rank: int) -> float:
        """Return the sum of d_j - rank over N, what it tends to at infinite depth."""
        if self.every is not None:
            return (1 - 1 / self.depth) * (self.every - rank)
        return sum(d - rank for d in self.each) / self.depth


def as_widths(widths: Any, depth: Depth, usual: int, least: int) -> Widths:
    """Return the hidden widths given, the usual ones for None. Raises :class:`InputError`.

    ``least`` is what none may be below.
    """
    if widths is None or not isinstance(widths, tuple | list):
        every = usual if widths is None else whole("widths", widths, 1)
        found = Widths(depth, every, ())
    else:
        if len(widths) != depth - 1:
            raise InputError(
                f"widths: got {len(widths)} of them for depth {depth}, expected one for each of "
                "the N - 1 hidden layers, d_1, ..., d_{N-1}, or one integer for all"
            )
        each = (whole(f"widths[{j}]", d, 1) for j, d in enumerate(widths))
        found = Widths(depth, None, tuple(each))
    if depth > 1 and found.least < least:
        raise InputError(
            f"widths: got {found.least}, expected hidden widths of at least {least}: a product has "
            "no higher rank than its narrowest layer; name a lower rank, or take wider layers"
        )
    return found
