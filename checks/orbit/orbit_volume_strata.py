"""Checks of the orbit of factors of a product of rank r: of its tangents, all together."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import combinations, pairwise
from math import prod
from typing import NamedTuple

from flint import fmpq, fmpq_mat

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups, deeper_than_one
from dlnproof.numeric.exact.matrices import columns
from dlnproof.numeric.exact.points import (
    ExactPoint,
    PointKey,
    Stratum,
    cayley,
    diagonal,
    identity,
)
from dlnproof.numeric.exact.predictions import Parts, over_index, over_pairs

COVERS = frozenset({"edge", "distinct", "coincident", "last"})


def few(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return some points of two factors or more; of close values only rounding is seen."""
    far = [key for key in deeper_than_one(keys) if key.stratum is not Stratum.NEAR]
    return [key for key in far if key.sign == 1 and key.width < 4 and key.depth < 4]


class Turn(NamedTuple):
    """Which frame turns, in the plane of which of its columns, or of one and one beyond."""

    frame: int
    first: int
    second: int


class Orbit:
    """The factors that are Lambda, with zeros around, between orthogonal matrices of any sizes."""

    def __init__(self, point: ExactPoint) -> None:
        """Take the point of full rank r for the singular values and r x r frames."""
        self.rank, self.depth = point.width, int(point.depth)
        self.middle = diagonal(point.roots)
        self.frames = [self._wide(frame, 1 + j % 2) for j, frame in enumerate(point.frames)]

    def _wide(self, frame: fmpq_mat, more: int) -> fmpq_mat:
        """Return an orthogonal matrix of so many rows more, in which the frame turns r columns."""
        rows = self.rank + more
        inner = identity(rows)
        for i in range(self.rank):
            for l in range(self.rank):
                inner[i, l] = frame[i, l]
        return columns(rows, rows) * inner

    @cached_property
    def turns(self) -> list[Turn]:
        """The turns of the frames between the ends that move some factor."""
        return [
            Turn(j, i, l)
            for j in range(1, self.depth)
            for i, l in combinations(range(self.frames[j].ncols()), 2)
            if i < self.rank
        ]

    def among(self, first: int, second: int) -> list[int]:
        """Return the places of the turns of one pair, of all frames."""
        wanted = [Turn(j, first, second) for j in range(1, self.depth)]
        return [self.turns.index(turn) for turn in wanted]

    def factors(self, frames: Sequence[fmpq_mat]) -> Iterator[fmpq_mat]:
        """Yield W_1, ..., W_N."""
        for before, after in pairwise(frames):
            middle = fmpq_mat(after.nrows(), before.nrows())
            for i in range(self.rank):
                middle[i, i] = self.middle[i, i]
            yield after * middle * before.transpose()

    def skew(self, turn: Turn) -> fmpq_mat:
        """Return E_il - E_li."""
        size = self.frames[turn.frame].ncols()
        found = fmpq_mat(size, size)
        found[turn.first, turn.second], found[turn.second, turn.first] = fmpq(1), fmpq(-1)
        return found

    def turned(self, turn: Turn, by: fmpq_mat) -> list[fmpq]:
        """Return the entries of all factors where one frame is multiplied by a matrix."""
        frames = list(self.frames)
        frames[turn.frame] = frames[turn.frame] * by
        return [x for factor in self.factors(frames) for x in factor.entries()]

    def slope(self, turn: Turn, step: fmpq) -> list[fmpq]:
        """Return the derivative of the entries where a frame turns, by finite differences."""
        half, skew = fmpq(1, 2), self.skew(turn) * step
        curves = (self.turned(turn, cayley(skew * k)) for k in (1, -1, half, -half))
        return [((r - s) * 8 - (p - q)) / (6 * step) for p, q, r, s in zip(*curves, strict=True)]


def read(orbit: Orbit, tangents: Sequence[Sequence[fmpq]]) -> Groups:
    """Return Gram determinants, halved: of all; of pairs; of edges, one by one, and together."""
    rows = fmpq_mat([list(row) for row in tangents])
    gram = rows * rows.transpose() / 2
    indices = range(orbit.rank)

    def block(places: Sequence[int]) -> fmpq_mat:
        return fmpq_mat([[gram[a, b] for b in places] for a in places])

    pairs = [block(orbit.among(*pair)).det() for pair in combinations(indices, 2)]
    edges = [block(orbit.among(i, orbit.rank)) for i in indices]
    singly = [edge[k, k] for edge in edges for k in range(edge.nrows())]
    return [[gram.det()], pairs, singly, [edge.det() for edge in edges]]


def measure_exact(point: ExactPoint) -> Groups:
    """The factors are linear in each frame: a difference is the derivative."""
    orbit = Orbit(point)
    still = [x for factor in orbit.factors(orbit.frames) for x in factor.entries()]
    moved = (
        orbit.turned(turn, identity(orbit.frames[turn.frame].ncols()) + orbit.skew(turn))
        for turn in orbit.turns
    )
    return read(orbit, [[a - b for a, b in zip(row, still, strict=True)] for row in moved])


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The same where the frames turn by orthogonal matrices, by finite differences."""
    orbit = Orbit(point)
    return read(orbit, [orbit.slope(turn, step) for turn in orbit.turns])


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """The product over all pairs and edges; the former; the latter."""
    orbit = Orbit(point)
    table = over_pairs(parts["distinct"], parts["coincident"], point)
    pairs = [table[i][l] for i, l in combinations(range(point.width), 2)]
    edges = over_index(parts["edge"], point)
    beyond = sum(frame.ncols() - orbit.rank for frame in orbit.frames[1:-1])
    whole = prod(pairs, start=fmpq(1)) * prod(edges, start=fmpq(1)) ** beyond
    singly = [edge for edge in edges for _ in range(orbit.depth - 1)]
    return [[whole], pairs, singly, over_index(parts["last"], point)]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict, visits=deeper_than_one),
    ConvergentCheck(COVERS, measure_pullback, predict, visits=few),
)
