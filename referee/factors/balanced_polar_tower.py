"""Balanced factors as V_j P V_{j-1}^T, with P^2 = W_1^T W_1 and V_j = W_j ... W_1 P^(-j)."""

from dlnproof.referee.geometry import both, diag, end, generic, one, states


@states("balanced-polar-tower")
def balanced_polar_tower(p):
    """The frames and the factors; and another tower, which balances."""
    W, Q, S, I = p.factors, p.Q, generic(p.d), one(p.U)
    P, E = (Q[0] @ diag(x) @ Q[0].T for x in (p.t, [1 / t for t in p.t]))
    V = [end(W[:j], I) @ end([E] * j, I) for j in range(p.N + 1)]
    yield from both(P @ P, W[0].T @ W[0])
    yield from (pair for M in V for pair in both(M.T @ M, I))
    yield from (pair for j, M in enumerate(W) for pair in both(V[j + 1] @ P @ V[j].T, M))
    yield from both(p.W, V[-1] @ end([P] * p.N, I))
    X = [after @ (S + S.T) @ before.T for before, after in zip(Q, Q[1:])]
    yield from (pair for A, B in zip(X, X[1:]) for pair in both(B.T @ B, A @ A.T))
    yield from both(end(X, I), Q[-1] @ end([S + S.T] * p.N, I) @ Q[0].T)
