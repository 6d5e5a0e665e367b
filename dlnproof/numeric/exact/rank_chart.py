"""Coordinates on the manifold of balanced factors of rank r, at any r <= d."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, combinations_with_replacement

from flint import arb, arb_mat

from dlnproof.depth import as_finite_depth
from dlnproof.numeric.exact.charts import Chart, Factors, balanced, cayley
from dlnproof.numeric.exact.points import ExactPoint

Position = tuple[int, int]


@dataclass(frozen=True)
class RankChart(Chart):
    """A parametrisation of the balanced factors of rank r by ``size`` coordinates."""

    size: int = 0

    @property
    def dimension(self) -> int:
        """The number of coordinates."""
        return self.size


def rank_chart(point: ExactPoint) -> RankChart:
    """Return the chart (X; S_0; S_1, ..., S_N) near factors of rank r.

    W_j = Q_j M Q_{j-1}^T with M = Lambda^{1/2} cay(X) Lambda^{1/2}, X symmetric on the first r
    indices. A frame turns by the entries (i, l) of S_j that move its first r columns, i < r; Q_0
    only by those with i < r <= l, because turning the first r columns among themselves is already
    done by the others.
    """
    depth, d, r = as_finite_depth(point.depth, "a chart of factor space"), point.width, point.rank
    frames = [arb_mat(Q) for Q in point.frames]
    root = arb_mat(d, d)
    for k, t in enumerate(point.roots):
        root[k, k] = arb(t).sqrt()
    stretches = list(combinations_with_replacement(range(r), 2))
    turns = [(i, l) for i, l in combinations(range(d), 2) if i < r]
    outward = [(i, l) for i, l in turns if l >= r]
    kinds = [stretches, outward, *[turns] * depth]

    def factors(x: Sequence[arb]) -> Factors:
        pieces, start = [], 0
        for positions in kinds:
            pieces.append(x[start : start + len(positions)])
            start += len(positions)
        middle = root * cayley(_filled(d, stretches, pieces[0], 1)) * root
        turned = [
            Q * cayley(_filled(d, positions, piece, -1))
            for Q, positions, piece in zip(frames, kinds[1:], pieces[1:], strict=True)
        ]
        return balanced(middle, turned)

    return RankChart(depth, d, factors, sum(len(positions) for positions in kinds))


def _filled(d: int, positions: Sequence[Position], entries: Sequence[arb], sign: int) -> arb_mat:
    """Return the symmetric (sign 1) or skew (sign -1) matrix with the given upper entries."""
    matrix = arb_mat(d, d)
    for (row, column), entry in zip(positions, entries, strict=True):
        matrix[column, row] = sign * entry
        matrix[row, column] = entry
    return matrix
