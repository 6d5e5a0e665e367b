"""The operator and its flow at a product of rank d, with more rows and columns than that."""

from dlnproof.referee.geometry import (
    F,
    Matrix,
    adjoint,
    both,
    columns,
    diag,
    dphi,
    factors,
    states,
    wrong,
)

least = lambda p, i: p.s2[i] / p.t2[i]


@states("rectangular-flow", said="b8228838bde712ccf57e1c6e7d6bb107")
@wrong("all-summands", edge=lambda p, i: p.N * least(p, i))
@wrong("exponent", edge=lambda p, i: p.s2[i] / p.t[i], speed=lambda p, i: p.N * p.s2[i] / p.t[i])
@wrong("mean", pair=lambda p, i, l: p.mu(i, l) / (1 if p.t[i] == p.t[l] else p.N), speed=least)
@wrong("whole-edge", out=least)
@wrong("coincident-limit", pair=lambda p, i, l: p.mu(i, l) if p.t[i] - p.t[l] else p.s2[i])
def rectangular_flow(
    p,
    pair=lambda p, i, l: p.mu(i, l),
    edge=least,
    speed=lambda p, i: p.N * least(p, i),
    out=lambda p, i: p.s[i] / p.t2[i],
):
    """Of G: in the singular vectors and orthogonal columns; what values and vectors move by."""
    if p.N == 1:
        return
    d, P = p.d, [columns(p.d + 1 + j % 2, p.d + 1 + j % 2) for j in range(p.N + 1)]
    R = [Matrix(row[:d] for row in whole.rows) @ Q for whole, Q in zip(P, p.Q)]
    U, V = (Matrix([*R[j].T.rows, *P[j].T.rows[d:]]).T for j in (-1, 0))
    G = Matrix([F(1, 1 + 2 * i + 5 * l) for l in range(len(V.rows))] for i in range(len(U.rows)))
    W = factors(p.t, R)
    moves, pull = (U.T @ X @ V for X in (dphi(W, adjoint(W, -1 * G)), G))
    at = lambda i, l: pair(p, i, l) if max(i, l) < d else edge(p, min(i, l)) if min(i, l) < d else 0
    rows = [[-at(i, l) * x for l, x in enumerate(row)] for i, row in enumerate(pull.rows)]
    yield from both(moves, Matrix(rows))
    yield from ((moves.rows[i][i], -speed(p, i) * pull.rows[i][i]) for i in range(d))
    for X, Y in ((moves, pull), (moves.T, pull.T)):
        move, image = (Matrix(row[:d] for row in M.rows[d:]) for M in (X, Y))
        yield from both(move, -1 * image @ diag([out(p, i) * p.s[i] for i in range(d)]))
