"""Checks of the orbit of factors over the complex numbers and the quaternions: of its tangents."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple

from flint import arb, fmpq, fmpq_mat

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups, deeper_than_one
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum, cayley, identity
from dlnproof.numeric.exact.predictions import Parts, over_index, over_pairs, product_value

COVERS: Final = frozenset({"distinct", "coincident", "index", "pairs", "indices"})
_CYCLE: Final = {(1, 2): 3, (2, 3): 1, (3, 1): 2}


def times(one: int, other: int) -> tuple[int, int]:
    """Return the product of two units of the quaternions 1, i, j, k: its sign, and which it is.

    >>> times(1, 2), times(2, 1), times(1, 1)
    ((1, 3), (-1, 3), (-1, 0))
    """
    if 0 in (one, other):
        return 1, one + other
    if one == other:
        return -1, 0
    return (1, _CYCLE[one, other]) if (one, other) in _CYCLE else (-1, _CYCLE[other, one])


def few(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return some points of two factors or more; of close values only rounding is seen."""
    far = [key for key in deeper_than_one(keys) if key.stratum is not Stratum.NEAR]
    return [key for key in far if key.sign == 1 and key.rank == key.width < 4 and key.depth < 4]


class Turn(NamedTuple):
    """Which frame turns, by which unit, in the plane of which of its columns."""

    frame: int
    unit: int
    first: int
    second: int


class Orbit:
    """The factors Q_j Lambda Q_{j-1}^*, with unitary matrices, as real matrices of d x d blocks."""

    def __init__(self, point: ExactPoint, dimension: int) -> None:
        """Take the singular values, and frames to multiply by unitary matrices."""
        self.dimension, self.width, self.depth = dimension, point.width, int(point.depth)
        self.middle = self.matrix(lambda i, l, u: point.roots[i] if i == l and u == 0 else 0)
        self.frames = [self._unitary(frame, j) for j, frame in enumerate(point.frames)]

    def matrix(self, entry: Callable[[int, int, int], fmpq | int]) -> fmpq_mat:
        """Return the matrix with the entries sum_u entry(i, l, u) e_u, acting from the left."""
        d = self.width
        found = fmpq_mat(self.dimension * d, self.dimension * d)
        for unit in range(self.dimension):
            for column in range(self.dimension):
                sign, row = times(unit, column)
                for i in range(d):
                    for l in range(d):
                        found[row * d + i, column * d + l] += sign * entry(i, l, unit)
        return found

    def _unitary(self, frame: fmpq_mat, j: int) -> fmpq_mat:
        """Return an orthogonal matrix times a unitary one, which is not real."""
        imaginary = self.matrix(lambda i, l, u: fmpq(1 + u + j * (i == l), 3) if u else 0)
        return self.matrix(lambda i, l, u: 0 if u else frame[i, l]) * cayley(imaginary)

    @cached_property
    def turns(self) -> list[Turn]:
        """The turns of the frames between the ends: of pairs, and of imaginary units."""
        return [
            Turn(j, unit, i, l)
            for j in range(1, self.depth)
            for unit in range(self.dimension)
            for i in range(self.width)
            for l in range(i if unit else i + 1, self.width)
        ]

    def blocks(self) -> Iterator[tuple[bool, list[int]]]:
        """Yield whether a block is of a pair, and the places of its turns, of all frames."""
        for turn in (turn for turn in self.turns if turn.frame == 1):
            same = [turn._replace(frame=j) for j in range(1, self.depth)]
            yield turn.first != turn.second, [self.turns.index(t) for t in same]

    def skew(self, turn: Turn) -> fmpq_mat:
        """Return e_u E_il less its conjugate transpose, and e_u E_ii itself."""
        found = self.matrix(lambda i, l, u: int((i, l, u) == (turn.first, turn.second, turn.unit)))
        return found if turn.first == turn.second else found - found.transpose()

    def turned(self, turn: Turn, by: fmpq_mat) -> list[fmpq]:
        """Return the entries of all factors where one frame is multiplied by a matrix."""
        frames = list(self.frames)
        frames[turn.frame] = frames[turn.frame] * by
        return self.entries(frames)

    def entries(self, frames: Sequence[fmpq_mat]) -> list[fmpq]:
        """Return the entries of W_1, ..., W_N."""
        products = (after * self.middle * before.transpose() for before, after in pairwise(frames))
        return [x for factor in products for x in factor.entries()]

    def read(self, tangents: Sequence[Sequence[fmpq]]) -> Groups:
        """Return Gram determinants, of pairs halved: of all tangents; of pairs; of indices."""
        rows = fmpq_mat([list(row) for row in tangents])
        gram = rows * rows.transpose() / self.dimension
        found: dict[bool, list[fmpq]] = {True: [], False: []}
        for pair, places in self.blocks():
            block = fmpq_mat([[gram[a, b] for b in places] for a in places])
            found[pair].append((block / 2 if pair else block).det())
        halves = fmpq(2) ** sum(turn.first != turn.second for turn in self.turns)
        return [[gram.det() / halves], found[True], found[False]]


def orbits(point: ExactPoint) -> list[Orbit]:
    """Return the orbits over the fields that are tried: the quaternions up to d = 2."""
    return [Orbit(point, dimension) for dimension in ((2, 4) if point.width < 3 else (2,))]


def measure_exact(point: ExactPoint) -> Groups:
    """The factors are linear in each frame: a difference is the derivative."""
    found: list[Sequence[fmpq | arb]] = []
    for orbit in orbits(point):
        still, one = orbit.entries(orbit.frames), identity(orbit.dimension * orbit.width)
        moved = (orbit.turned(turn, one + orbit.skew(turn)) for turn in orbit.turns)
        rows = [[a - b for a, b in zip(row, still, strict=True)] for row in moved]
        found += orbit.read(rows)
    return found


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The same where the frames turn by unitary matrices, by finite differences."""
    half, found = fmpq(1, 2), list[Sequence[fmpq | arb]]()

    def slope(orbit: Orbit, turn: Turn) -> list[fmpq]:
        curves = (
            orbit.turned(turn, cayley(orbit.skew(turn) * (step * k))) for k in (1, -1, half, -half)
        )
        return [((r - s) * 8 - (p - q)) / (6 * step) for p, q, r, s in zip(*curves, strict=True)]

    for orbit in orbits(point):
        found += orbit.read([slope(orbit, turn) for turn in orbit.turns])
    return found


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """The product over all pairs and units; those of one pair; of one index."""
    table = over_pairs(parts["distinct"], parts["coincident"], point)
    indices = over_index(parts["index"], point)
    whole = [product_value(parts[name], point) for name in ("pairs", "indices")]
    found: list[Sequence[fmpq | arb]] = []
    for orbit in orbits(point):
        beta = orbit.dimension
        found.append([whole[0] ** beta * whole[1] ** (beta - 1)])
        order = [(turn.first, turn.second) for turn in orbit.turns if turn.frame == 1]
        found.append([table[i][l] for i, l in order if i != l])
        found.append([indices[i] for i, l in order if i == l])
    return found


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict, visits=few),
    ConvergentCheck(COVERS, measure_pullback, predict, visits=few),
)
