"""Pairs (N, d) as a union of products: what was tried is never described by a bounding box."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dlnproof.depth import Depth, in_a_row, show_depth


@dataclass(frozen=True)
class Pairs:
    """All pairs (N, d) of these depths and these widths, both ascending."""

    depths: tuple[Depth, ...]
    widths: tuple[int, ...]

    def __str__(self) -> str:
        return f"N = {listed(self.depths)}, d = {listed(self.widths)}"

    def as_json(self) -> dict[str, Any]:
        """Return the depths and widths as JSON data."""
        return {"N": [show_depth(depth) for depth in self.depths], "d": list(self.widths)}


def products(pairs: Iterable[tuple[Depth, int]]) -> tuple[Pairs, ...]:
    """Return disjoint products whose union is the pairs: depths that have the same widths together.

    >>> for product in products([(1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (4, 1), (5, 1)]):
    ...     print(product)
    N = 1, 2, d = 1, 2
    N = 3..5, d = 1
    """
    widths: dict[Depth, tuple[int, ...]] = {}
    for depth, width in sorted(set(pairs)):
        widths[depth] = (*widths.get(depth, ()), width)
    depths: dict[tuple[int, ...], tuple[Depth, ...]] = {}
    for depth, found in widths.items():
        depths[found] = (*depths.get(found, ()), depth)
    return tuple(Pairs(at, found) for found, at in depths.items())


def listed(values: Sequence[Depth]) -> str:
    """Return 1..4, 7, 9, 10: three or more in a row by their ends, the others one by one."""
    written = [
        [f"{run[0]}..{run[-1]}"] if len(run) > 2 else [str(value) for value in run]
        for run in in_a_row(values)
    ]
    return ", ".join(text for texts in written for text in texts)
