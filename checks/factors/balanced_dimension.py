"""Checks of how many directions balanced factors have: ranks, of coordinates and of equations."""

from collections.abc import Iterator, Sequence
from itertools import combinations, combinations_with_replacement, pairwise

from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.claims.check import SECOND_DIFFERENCES, ConvergentCheck, ExactCheck, Groups
from dlnproof.core.expression import Expression
from dlnproof.core.spectrum import FIRST_ROWS, LAST_ROWS, RANK, ROWS
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.matrices import columns, product, trace
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum, cayley, diagonal, identity
from dlnproof.numeric.exact.predictions import Parts, common
from dlnproof.numeric.exact.stencil import working_digits
from dlnproof.numeric.values import unit

COVERS = frozenset({"full", "frame", "product", "dimension"})
Moves = Sequence[fmpq_mat]


class Tower:
    """Factors W_j = R_j P R_{j-1}^T of rank r, where R_j has some rows more than r columns."""

    def __init__(self, point: ExactPoint, *more: int) -> None:
        """Take the point's frames and roots; ``more`` are the rows beyond, from layer to layer."""
        self.rank = point.width
        self.sizes = [self.rank + more[j % len(more)] for j in range(len(point.frames))]
        wide = (columns(n, self.rank) for n in self.sizes)
        self.frames = [rows * Q for rows, Q in zip(wide, point.frames, strict=True)]
        self.middle = diagonal(point.roots)
        self.factors = self.made(self.frames, self.middle)

    def made(self, frames: Moves, middle: fmpq_mat) -> list[fmpq_mat]:
        """Return the factors of frames and a matrix between them."""
        return [after * middle * before.transpose() for before, after in pairwise(frames)]

    def turns(self, j: int, step: fmpq | None = None) -> Iterator[list[fmpq_mat]]:
        """Yield how the factors move with R_j, in which they are linear; or a difference of that.

        A step is one to either side, along Cayley transforms.
        """
        n = self.sizes[j]
        for k, l in combinations(range(n), 2):
            turn = unit(n, n, k, l) - unit(n, n, l, k)
            if step is not None:
                turn = (cayley(turn * step) - cayley(turn * -step)) / (2 * step)
            frames = [*self.frames[:j], turn * self.frames[j], *self.frames[j + 1 :]]
            moved = self.made(frames, self.middle)
            yield [W if j in (q, q + 1) else W * 0 for q, W in enumerate(moved)]

    def between(self, step: fmpq | None = None) -> list[list[fmpq_mat]]:
        """Return how they move with the frames between the ends."""
        return [move for j in range(1, len(self.frames) - 1) for move in self.turns(j, step)]

    def tangents(self, step: fmpq | None = None) -> list[list[fmpq_mat]]:
        """Return how they move with all frames, and with symmetric P."""
        r = self.rank
        pairs = combinations_with_replacement(range(r), 2)
        stretches = (unit(r, r, k, l) + unit(r, r, l, k) for k, l in pairs)
        ends = [move for j in (0, len(self.frames) - 1) for move in self.turns(j, step)]
        return [*ends, *self.between(step), *(self.made(self.frames, P) for P in stretches)]

    def pushed(self, move: Moves) -> fmpq_mat:
        """Return how the product moves."""
        W, last = self.factors, len(self.factors)
        zero = fmpq_mat(self.sizes[-1], self.sizes[0])
        return sum((product([*W[:j], move[j], *W[j + 1 :]]) for j in range(last)), zero)

    def defects(self, move: Moves) -> list[fmpq_mat]:
        """Return how the defects of balance move, and by what the factors leave their rank."""
        beyond = [identity(Q.nrows()) - Q * Q.transpose() for Q in self.frames]
        found = [
            after * X * before for X, (before, after) in zip(move, pairwise(beyond), strict=True)
        ]
        for (W, after), (X, Y) in zip(pairwise(self.factors), pairwise(move), strict=True):
            half = after.transpose() * Y - X * W.transpose()
            found.append(half + half.transpose())
        return found

    def kept(self) -> int:
        """Return in how many directions balance and the rank are kept, to first order."""
        moves = []
        for j, W in enumerate(self.factors):
            for k in range(W.nrows()):
                for l in range(W.ncols()):
                    still = [M * 0 for M in self.factors]
                    still[j] = unit(W.nrows(), W.ncols(), k, l)
                    moves.append(self.defects(still))
        return len(moves) - rank(moves)


def rank(moves: Sequence[Moves]) -> int:
    """Return how many of the tuples of matrices are linearly independent."""
    rows = [[x for M in move for x in M.entries()] for move in moves]
    return int(fmpq_mat(rows).rank()) if rows else 0


def measure_exact(point: ExactPoint) -> Groups:
    """Ranks: of all, of square factors and of others; of how the product moves; of the fibre."""
    square, wide = Tower(point, 0), Tower(point, 1, 2)
    tangents, frames = wide.tangents(), range(1, len(wide.frames) - 1)
    groups = [
        [rank(square.tangents()), square.kept()],
        [rank(tangents), wide.kept()],
        [rank([[wide.pushed(move)] for move in tangents])],
        [rank(wide.between())],
        [rank(list(wide.turns(j))) for j in frames],
    ]
    return [[fmpq(n) for n in group] for group in groups]


def nearly(moves: Sequence[Moves], step: fmpq) -> arb:
    """Return Tr(G (G + h^2)^(-1)), G their Gram matrix: as h tends to 0, the rank.

    Eigenvalues of order 1 count as 1 - O(h^2), those that vanish but for the differences, of order
    h^4, as O(h^2).
    """
    rows = arb_mat([[arb(x) for M in move for x in M.entries()] for move in moves])
    count, ridge = len(moves), arb(step) ** 2
    inverse = (rows * rows.transpose() + arb_mat(count, count, ridge)).inv()
    return count - ridge * trace(inverse)


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The same where frames turn by finite differences."""
    square, wide = Tower(point, 0), Tower(point, 1, 2)
    tangents, frames = wide.tangents(step), range(1, len(wide.frames) - 1)
    with working_precision(bits_of(working_digits(point, 4 * digits))):
        return [
            [nearly(square.tangents(step), step)] * 2,
            [nearly(tangents, step)] * 2,
            [nearly([[wide.pushed(move)] for move in tangents], step)],
            [nearly(wide.between(step), step)],
            [nearly(list(wide.turns(j, step)), step) for j in frames],
        ]


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """The same as it is stated."""
    sizes = Tower(point, 1, 2).sizes
    values = {**common(point), RANK: fmpq(point.width)}
    values |= {FIRST_ROWS: fmpq(sizes[0]), LAST_ROWS: fmpq(sizes[-1])}

    def at(name: str, rows: int = 0) -> fmpq:
        stated = parts[name]
        assert isinstance(stated, Expression)
        found: fmpq = stated.at({**values, ROWS: fmpq(rows)})
        return found

    frames = [at("frame", n) for n in sizes[1:-1]]
    fibre = sum(frames, fmpq(0))
    whole = at("product") + fibre
    return [[at("dimension"), at("full")], [whole, whole], [at("product")], [fibre], frames]


def narrow(keys: Sequence[PointKey]) -> list[PointKey]:
    """Return those of few factors and columns, at most three of either."""
    return [key for key in keys if max(key.width, key.depth) < 4 and key.sign == 1]


def few(keys: Sequence[PointKey]) -> list[PointKey]:
    """Return of two factors or more one point of each kind, where no value is tiny or near."""
    calm = (Stratum.SIMPLE, Stratum.PAIR)
    first = [key for key in narrow(keys) if key.index == 0 and key.stratum in calm]
    return [key for key in first if key.depth > 1 and key.width * key.depth < 7]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict, visits=narrow),
    ConvergentCheck(COVERS, measure_pullback, predict, **SECOND_DIFFERENCES, visits=few),
)
