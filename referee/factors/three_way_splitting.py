"""Horizontal, vertical and normal directions: orthogonal, in the kernel, or tangent."""

from dlnproof.referee.geometry import Matrix, adjoint, both, dphi, flat, generic, kept, states, unit


@states("three-way-splitting")
def three_way_splitting(p):
    """Of all lifts, and of c_j W_j - W_j c_{j-1} for skew and for symmetric c_j."""
    W, C = p.factors, [M @ generic(p.d) for M in (0 * p.U, *p.Q[1:-1], 0 * p.U)]
    moves = [adjoint(W, unit(p.d, i, l)) for i, l in p.columns]
    for c in ([M - M.T for M in C], [M + M.T for M in C]):
        moves.append([c[j + 1] @ M - M @ c[j] for j, M in enumerate(W)])
        yield from both(dphi(W, moves[-1]), 0 * p.U)
    yield from (pair for X in moves[:-1] for pair in kept(W, X))
    products = (Matrix(map(flat, moves)) @ Matrix(map(flat, moves)).T).rows
    yield from ((x, 0) for x in products[-1][:-1] + products[-2][:-2])
