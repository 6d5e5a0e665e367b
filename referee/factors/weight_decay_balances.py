"""With weight decay the defect of balance decays at twice its rate."""

from fractions import Fraction as F

from dlnproof.referee.geometry import adjoint, both, end, generic, states, wrong


@states("weight-decay-balances", said="97535744913fcab99e89ec7f46303684")
@wrong("half", rate=lambda mu: mu)
@wrong("twice", rate=lambda mu: 4 * mu)
@wrong("growing", rate=lambda mu: -2 * mu)
@wrong("conserved", rate=lambda mu: 0)
def weight_decay_balances(p, rate=lambda mu: 2 * mu):
    """The derivative of W_{j+1}^T W_{j+1} - W_j W_j^T, of factors that are not balanced."""
    W = tuple(1 / p.t[0] * M + F(1, 2 + j) * generic(p.d) for j, M in enumerate(p.factors))
    G = adjoint(W, end(W, p.U) - generic(p.d))  # of |W - B|^2 / 2
    for mu in (F(1, 3), F(2)):
        X = [-1 * (Y + mu * M) for Y, M in zip(G, W)]
        for A, dA, B, dB in zip(W, X, W[1:], X[1:]):
            moved = dB.T @ B + B.T @ dB - (dA @ A.T + A @ dA.T)
            yield from both(moved, -rate(mu) * (B.T @ B - A @ A.T))
