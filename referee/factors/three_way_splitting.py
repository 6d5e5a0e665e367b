"""Horizontal, vertical and normal directions: orthogonal, in the kernel, or tangent."""

from fractions import Fraction as F

from dlnproof.referee.geometry import (
    Matrix,
    adjoint,
    both,
    dphi,
    flat,
    generic,
    kept,
    states,
    unit,
    wrong,
)

turned = lambda c, M, last: c @ M - M @ last  # c_j W_j - W_j c_{j-1}


@states("three-way-splitting", said="b819db1aab367b8a015a2e1a1ec97c56")
@wrong("added", vertical=lambda a, M, last: a @ M + M @ last)
@wrong("stretched-added", normal=lambda b, M, last: b @ M + M @ last)
@wrong("free-end", normal=lambda b, M, last: b @ M - M @ last + M)
@wrong(
    "exchanged",
    vertical=lambda a, M, last: last @ M - M @ a,
    normal=lambda b, M, last: last @ M - M @ b,
)
@wrong("vertical-alone", normal=lambda b, M, last: 0 * M)
@wrong("one-sided", normal=lambda b, M, last: b @ M)
def three_way_splitting(p, vertical=turned, normal=turned):
    """Of lifts, of vertical directions (skew a_j), of normal ones (symmetric b_j)."""
    W, C = p.factors, [M @ generic(p.d) for M in (0 * p.U, *p.Q[1:-1], 0 * p.U)]
    a, b = [M - M.T for M in C], [M + M.T for M in C]
    lifts = [adjoint(W, unit(p.d, i, l)) for i, l in p.columns]
    yield from (pair for X in lifts for pair in kept(W, X))
    ways = [[of(*x) for x in zip(c[1:], W, c)] for of, c in ((vertical, a), (normal, b))]
    for X in ways:
        yield from both(0 * p.U, dphi(W, X))
    yield from ((0, x - y) for x, y in kept(W, ways[0]))
    lengths = (Matrix(map(flat, (*lifts, *ways))) @ Matrix(map(flat, (*lifts, *ways))).T).rows
    yield from ((0, x) for x in lengths[-1][:-1] + lengths[-2][:-2])
    # the normal one is minus half the gradient of sum_j Tr(b_j (W_{j+1}^T W_{j+1} - W_j W_j^T))
    Y = [F(1, 2 + j) * generic(p.d) + M for j, M in enumerate(p.Q[1:])]
    moved = sum(x * (after - M) for x, (after, M) in zip(flat(b[1:-1]), kept(W, Y)))
    yield moved, -2 * sum(x * y for x, y in zip(flat(ways[1]), flat(Y)))
