"""Gradient flow of two factors as one Riccati equation, of |W_2 W_1 - B|^2 / 2."""

from dlnproof.referee.geometry import F, Matrix, adjoint, both, generic, one, spread, states, wrong


@states("two-layer-riccati", said="cf435ac4d9d8ab1de0104b41885a0bde", scope="N = 2, both signs")
@wrong("whole-gap", gap=lambda x: x)
@wrong("opposite", gap=lambda x: -x / 2)
@wrong("whole", cubic=lambda: F(1))
@wrong("growing", cubic=lambda: F(-1, 2))
def two_layer_riccati(p, gap=lambda x: x / 2, cubic=lambda: F(1, 2)):
    """Q' = P Q - Q Q^T Q / 2 for W_1^T over W_2, and what follows for Q Q^T."""
    over, B = lambda X, Y: Matrix(X.rows + Y.rows), generic(p.d)
    for W, x, _ in spread(p):
        V, c = adjoint(W, B - W[1] @ W[0]), gap(x) * one(B)
        Q, moves = over(W[0].T, W[1]), over(V[0].T, V[1])
        pull, P = over(over(-1 * c, B).T, over(B.T, c).T), Q @ Q.T
        yield from both(moves, pull @ Q - cubic() * (P @ Q))
        yield from both(moves @ Q.T + Q @ moves.T, pull @ P + P @ pull - P @ P)
