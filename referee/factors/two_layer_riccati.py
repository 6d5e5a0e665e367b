"""Gradient flow of two factors as one Riccati equation, of |W_2 W_1 - B|^2 / 2."""

from dlnproof.referee.geometry import F, Matrix, adjoint, both, generic, one, spread, states, wrong


@states(
    "two-layer-riccati",
    said="2f72ef12125198aca27b762578419cb9",
    scope="N = 2; lambda of both signs",
)
@wrong("whole-gap", gap=lambda x: x)
@wrong("opposite", gap=lambda x: -x / 2)
@wrong("balanced", gap=lambda x: 0 * x)
@wrong("whole", cubic=lambda: F(1))
@wrong("growing", cubic=lambda: F(-1, 2))
def two_layer_riccati(p, gap=lambda x: x / 2, cubic=lambda: F(1, 2)):
    """Q' = P Q - Q Q^T Q / 2 for W_1^T over W_2, and what follows for Q Q^T."""
    over = lambda *X: Matrix(row for M in X for row in M.rows)
    B, I = generic(p.d), one(p.U)
    E, L = over(I, 0 * I), over(0 * I, I)
    for W, x, _ in spread(p):
        V = adjoint(W, B - W[1] @ W[0])
        Q, moves = over(W[0].T, W[1]), over(V[0].T, V[1])
        across = L @ B @ E.T
        pull = across + across.T + gap(x) * (L @ L.T - E @ E.T)
        yield from both(moves, pull @ Q - cubic() * (Q @ Q.T @ Q))
        P = Q @ Q.T
        yield from both(moves @ Q.T + Q @ moves.T, pull @ P + P @ pull - P @ P)
