"""The operator and its flow at a product of rank d, with more rows and columns than that."""

from dlnproof.referee.geometry import (
    F,
    Matrix,
    Point,
    adjoint,
    dphi,
    factors,
    states,
    thin,
    wrong,
)

least, most = lambda p, i: p.s2[i] / p.t2[i], lambda p, i: p.N * p.s2[i] / p.t2[i]


@states("rectangular-flow", said="b8228838bde712ccf57e1c6e7d6bb107")
@wrong("all-summands", edge=most)
@wrong("exponent", edge=lambda p, i: p.s2[i] / p.t[i], speed=lambda p, i: p.N * p.s2[i] / p.t[i])
@wrong("mean", pair=lambda p, i, l: p.mu(i, l) / (1 if p.t[i] == p.t[l] else p.N), speed=least)
@wrong("whole-edge", out=least)
@wrong("coincident-limit", pair=lambda p, i, l: p.mu(i, l) if p.t[i] - p.t[l] else p.s2[i])
def rectangular_flow(p, pair=Point.mu, edge=least, speed=most, out=lambda p, i: p.s[i] / p.t2[i]):
    """Of G: in the singular vectors and orthogonal columns; what values and vectors move by."""
    d, (R, (V, *_, U)) = p.d, thin(p)
    G = Matrix([F(1, 1 + 2 * i + 5 * l) for l in range(len(V.rows))] for i in range(len(U.rows)))
    W = factors(p.t, R)
    moves, pull = ((U.T @ X @ V).rows for X in (dphi(W, adjoint(W, -1 * G)), G))
    for i, l in ((i, l) for i in range(len(U.rows)) for l in range(len(V.rows)) if p.N > 1):
        k, x = min(i, l), pull[i][l]
        value = pair(p, i, l) if max(i, l) < d else edge(p, k) if k < d else 0
        yield moves[i][l], -value * x
        yield from [(moves[i][l], -out(p, k) * p.s[k] * x)] if k < d <= max(i, l) else []
        yield from [(moves[i][i], -speed(p, i) * x)] if i == l < d else []
