"""Coordinates on the balanced manifold near an exact point, as functions into factor space.

Both charts write W_j = Q_j M Q_{j-1}^T with one symmetric M > 0 for all j, which is balancedness:
W_{j+1}^T W_{j+1} = Q_j M^2 Q_j^T = W_j W_j^T. They differ in how M and the frames move:

    polar   M = Lambda^{1/2} cay(X) Lambda^{1/2}, X symmetric; Q_1, ..., Q_N turn, Q_0 = V rests
    SVD     M = Sigma^{1/N}, sigma_i = t_i^N (1 + x_i);        Q_0, ..., Q_N turn

where Q_j turns to Q_j cay(S_j), S_j skew. The polar chart is a chart at every spectrum. The SVD
chart has the coordinates of CMV2023 Theorem 1.1 and degenerates where singular values coincide.
Ball arithmetic at the working precision of the caller.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, combinations_with_replacement, pairwise

from flint import arb, arb_mat

from dlnproof.depth import as_finite_depth
from dlnproof.numeric.exact.points import ExactPoint

Factors = tuple[arb_mat, ...]
"""W_1, ..., W_N, each d x d."""


@dataclass(frozen=True)
class Chart:
    """A parametrisation x -> (W_1, ..., W_N) of the balanced manifold, the point at x = 0.

    The first d^2 coordinates, ``base``, move W; the (N-1) d(d-1)/2 others, ``fibre``, are the
    entries of S_1, ..., S_{N-1} and leave W where it is. Entries of a symmetric or skew matrix
    are listed row by row on and above, or above, the diagonal: S_il = x = -S_li for i < l, so that
    dx = (Q^T dQ)_il at x = 0.
    """

    depth: int
    width: int
    factors: Callable[[Sequence[arb]], Factors]

    @property
    def base(self) -> range:
        """The indices of the d^2 coordinates of W."""
        return range(self.width**2)

    @property
    def fibre(self) -> range:
        """The indices of the coordinates along the fibre of phi."""
        start = self.width**2
        return range(start, start + (self.depth - 1) * _pairs(self.width))

    @property
    def dimension(self) -> int:
        """The dimension d^2 + (N-1) d(d-1)/2 of the balanced manifold."""
        return len(self.base) + len(self.fibre)


def polar_chart(point: ExactPoint) -> Chart:
    """Return the chart (X, S_N; S_1, ..., S_{N-1}), regular at every spectrum.

    Lambda^{1/2} cay(X) Lambda^{1/2} moves the (i, l) entry by sqrt(t_i t_l) X_il: it stays
    positive definite for |X| < 2 however small a t_i is.
    """
    depth, d = as_finite_depth(point.depth, "a chart of factor space"), point.width
    frames = [arb_mat(Q) for Q in point.frames]
    root = _diagonal([arb(t).sqrt() for t in point.roots])

    def factors(x: Sequence[arb]) -> Factors:
        stretch, turns = _split(x, d * (d + 1) // 2, depth, d)
        middle = root * cayley(_symmetric(stretch, d)) * root
        return balanced(middle, [frames[0], *_turned(frames[1:], [*turns[1:], turns[0]])])

    return Chart(depth, d, factors)


def svd_chart(point: ExactPoint) -> Chart:
    """Return the chart (x, S_U, S_V; S_1, ..., S_{N-1}) with d sigma_i = sigma_i dx_i at x = 0.

    S_U = S_N and S_V = S_0: at x = 0 the coordinates are dU = (U^T dU)_il and dV = (V^T dV)_il.
    """
    depth, d = as_finite_depth(point.depth, "a chart of factor space"), point.width
    frames = [arb_mat(Q) for Q in point.frames]
    roots = [arb(t) for t in point.roots]

    def factors(x: Sequence[arb]) -> Factors:
        growth, turns = _split(x, d, depth + 1, d)
        middle = _diagonal([t * (1 + g).root(depth) for t, g in zip(roots, growth, strict=True)])
        return balanced(middle, _turned(frames, [turns[1], *turns[2:], turns[0]]))

    return Chart(depth, d, factors)


def cayley(matrix: arb_mat) -> arb_mat:
    """Return cay(X) = (I - X/2)^{-1} (I + X/2) = exp(X) + O(X^3).

    Orthogonal for a skew X; symmetric and positive definite for a symmetric X of norm below 2.
    """
    one = _diagonal([arb(1)] * matrix.nrows())
    return (one - matrix / 2).solve(one + matrix / 2)


def balanced(middle: arb_mat, frames: Sequence[arb_mat]) -> Factors:
    """Return Q_j M Q_{j-1}^T for each j."""
    return tuple(after * middle * before.transpose() for before, after in pairwise(frames))


def _turned(frames: Sequence[arb_mat], turns: Sequence[Sequence[arb]]) -> list[arb_mat]:
    """Return Q_j cay(S_j) for each j; a frame that does not turn costs nothing."""
    return [
        Q if all(angle.is_zero() for angle in turn) else Q * cayley(_skew(turn, Q.nrows()))
        for Q, turn in zip(frames, turns, strict=True)
    ]


def _split(
    x: Sequence[arb], first: int, turns: int, width: int
) -> tuple[Sequence[arb], list[Sequence[arb]]]:
    """Return the first coordinates, and the others in ``turns`` lists, one to a skew matrix."""
    size = _pairs(width)
    return x[:first], [x[first + k * size : first + (k + 1) * size] for k in range(turns)]


def _pairs(width: int) -> int:
    return width * (width - 1) // 2


def _diagonal(entries: Sequence[arb]) -> arb_mat:
    d = len(entries)
    matrix = arb_mat(d, d)
    for k, entry in enumerate(entries):
        matrix[k, k] = entry
    return matrix


def _symmetric(entries: Sequence[arb], d: int) -> arb_mat:
    matrix = arb_mat(d, d)
    for (row, column), entry in zip(
        combinations_with_replacement(range(d), 2), entries, strict=True
    ):
        matrix[row, column] = matrix[column, row] = entry
    return matrix


def _skew(entries: Sequence[arb], d: int) -> arb_mat:
    matrix = arb_mat(d, d)
    for (row, column), entry in zip(combinations(range(d), 2), entries, strict=True):
        matrix[row, column], matrix[column, row] = entry, -entry
    return matrix
