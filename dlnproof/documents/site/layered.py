"""Layered drawings of acyclic graphs: what is used stands above what uses it.

Longest-path layers, barycentre sweeps against crossings (Sugiyama, Tagawa, Toda 1981), and in each
layer the least-squares positions that keep the order and the distances.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_SWEEPS: Final = 24
_BEND_WIDTH: Final = 8.0


@dataclass(frozen=True)
class Drawing:
    """``places``: x (centre) and layer of each node; ``edges``: the points of (used, user)."""

    places: Mapping[str, tuple[float, int]]
    edges: Mapping[tuple[str, str], Sequence[tuple[float, int]]]
    layers: int


def reduced(uses: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Return the graph without the edges that follow from others.

    >>> reduced({"a": [], "b": ["a"], "c": ["a", "b"]})["c"]
    ('b',)
    """

    def reaches(node: str, target: str) -> bool:
        return node == target or any(reaches(used, target) for used in uses.get(node, ()))

    return {
        node: tuple(
            used
            for used in dict.fromkeys(direct)
            if not any(other != used and reaches(other, used) for other in direct)
        )
        for node, direct in uses.items()
    }


def drawn(uses: Mapping[str, Sequence[str]], width: float, gap: float) -> Drawing:
    """Return where nodes of one width stand, so that edges cross little and bend little.

    ``uses`` names for every node those it uses, each of them a node; nothing uses itself, directly
    or not.
    """
    layer: dict[str, int] = {}

    def depth(node: str) -> int:
        if node not in layer:
            layer[node] = 1 + max((depth(used) for used in uses[node]), default=-1)
        return layer[node]

    chains = {
        (used, node): [
            used,
            *(f"{used}/{node}/{k}" for k in range(depth(used) + 1, depth(node))),
            node,
        ]
        for node in uses
        for used in uses[node]
    }
    links = [pair for chain in chains.values() for pair in pairwise(chain)]
    rows: list[list[str]] = [[] for _ in range(1 + max(map(depth, uses), default=-1))]
    for node in uses:
        rows[layer[node]].append(node)
    for chain in chains.values():
        for k, bend in enumerate(chain[1:-1], start=layer[chain[0]] + 1):
            rows[k].append(bend)
    rows = _ordered(rows, links)
    x = _placed(rows, links, dict.fromkeys(uses, width), gap)
    height = {name: k for k, row in enumerate(rows) for name in row}
    return Drawing(
        {node: (x[node], layer[node]) for node in uses},
        {edge: [(x[name], height[name]) for name in chain] for edge, chain in chains.items()},
        len(rows),
    )


Links = Sequence[tuple[str, str]]


def _neighbours(links: Links, downward: bool) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for above, below in links:
        here, there = (below, above) if downward else (above, below)
        found.setdefault(here, []).append(there)
    return found


def _ordered(rows: list[list[str]], links: Links) -> list[list[str]]:
    """Return the layers in the order, of those that the sweeps pass, with fewest crossings."""
    best, least = rows, _crossings(rows, links)
    current = [list(row) for row in rows]
    for sweep in range(_SWEEPS):
        downward = sweep % 2 == 0
        beside = _neighbours(links, downward)
        for row in current if downward else reversed(current):
            at = {name: k for other in current for k, name in enumerate(other)}
            row.sort(key=lambda name: _mean([at[n] for n in beside.get(name, [name])]))
        crossings = _crossings(current, links)
        if crossings < least:
            best, least = [list(row) for row in current], crossings
    return best


def _crossings(rows: list[list[str]], links: Links) -> int:
    at = {name: (k, j) for k, row in enumerate(rows) for j, name in enumerate(row)}
    ends = [(at[above][0], at[above][1], at[below][1]) for above, below in links]
    return sum(
        first[0] == second[0] and (first[1] - second[1]) * (first[2] - second[2]) < 0
        for k, first in enumerate(ends)
        for second in ends[:k]
    )


def _placed(
    rows: list[list[str]], links: Links, widths: Mapping[str, float], gap: float
) -> dict[str, float]:
    """Return the x of each name: repeatedly near the mean of its neighbours, in order, apart."""
    offsets: dict[str, float] = {}
    for row in rows:
        right = 0.0
        for name in row:
            half = widths.get(name, _BEND_WIDTH) / 2
            offsets[name] = right + half
            right += 2 * half + gap
    widest = max((offsets[row[-1]] for row in rows if row), default=0.0)
    x = {name: offsets[name] + (widest - offsets[row[-1]]) / 2 for row in rows for name in row}
    for sweep in range(_SWEEPS):
        beside = _neighbours(links, sweep % 2 == 0)
        for row in rows if sweep % 2 == 0 else rows[::-1]:
            wanted = [_mean([x[n] for n in beside.get(name, [name])]) for name in row]
            free = rising([w - offsets[name] for w, name in zip(wanted, row, strict=True)])
            x |= {name: f + offsets[name] for f, name in zip(free, row, strict=True)}
    left = min((x[name] - widths.get(name, _BEND_WIDTH) / 2 for name in x), default=0.0)
    return {name: value - left for name, value in x.items()}


def rising(values: Sequence[float]) -> list[float]:
    """Return the nearest sequence, in least squares, that does not fall.

    >>> rising([1, 3, 2, 4])
    [1.0, 2.5, 2.5, 4.0]
    """
    blocks: list[tuple[float, int]] = []  # sum and length of what has to share one value
    for value in values:
        total, count = float(value), 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / count:
            more, length = blocks.pop()
            total, count = total + more, count + length
        blocks.append((total, count))
    return [total / count for total, count in blocks for _ in range(count)]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
